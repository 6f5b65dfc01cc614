"""The mails of the benchmark: 2 to 20 KB, in five languages, each from a sender of its own."""

import random

from tests import office

_TEXTS = (
    "Dobar dan,\n\nkada stiže moja narudžba? Naručio sam je prošli tjedan, a još nema obavijesti o slanju.\n",
    "Добар дан,\n\nкада стиже моја поруџбина? Наручио сам је прошле недеље, а још нема обавештења о слању.\n",
    "Dobar dan,\n\nkada stiže moja porudžbina? Naručio sam je prošle nedelje, a još nema obaveštenja.\n",
    "Jó napot kívánok!\n\nMikor érkezik meg a rendelésem? Múlt héten rendeltem, de még nem kaptam értesítést.\n",
    "Hello,\n\nwhen will my order arrive? I placed it last week and have not heard anything since.\n",
)


def mails(count: int, seed: int = 1) -> list[bytes]:
    """The same `count` mails for the same `seed`."""
    chance = random.Random(seed)
    return [_mail(number, chance) for number in range(count)]


def _mail(number: int, chance: random.Random) -> bytes:
    text = _TEXTS[number % len(_TEXTS)]
    quoted = "> " + text.replace("\n", "\n> ")
    return office.mail(
        text + "\nIvan Horvat\n\n" + quoted * (chance.randrange(1_500, 14_000) // len(quoted.encode())),
        sender=f"Ivan Horvat <kupac{number}@kupac.example>",
        subject=f"Narudžba br. {number}",
        message_id=f"<{number}.{chance.getrandbits(40):x}@kupac.example>",
    )
