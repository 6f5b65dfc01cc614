"""Alerts for ops as outbox rows, one for each person of `alerts.to`, each trouble under a key of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from autoack.core.delivery import MailKind, Outgoing
from autoack.core.guards import span
from autoack.core.ours import message_id
from autoack.core.policy import Desk, Mailbox
from autoack.core.storm import Storm
from autoack.letters.compose import Composer


class Notice(NamedTuple):
    """What an alert says."""

    subject: str
    lines: Sequence[str]


def alert_rows(
    desk: Desk,
    composer: Composer,
    name: str,
    through: Mailbox,
    notice: Callable[[str], Notice],
    *,
    salt: str,
    now: datetime,
) -> list[Outgoing]:
    """The alerts of that name, sent by the server of `through`; `notice` gives the words in a language."""
    rows = []
    for person in (desk.people[name] for name in desk.alerts.to):
        key = f"{MailKind.ALERT}:{name}:{person.id}"
        subject, lines = notice(person.language)
        identifier = message_id(key, through.domain, salt)
        letter = composer.alert(person, through, subject, lines, message_id=identifier, now=now)
        rows.append(
            Outgoing(
                key=key,
                kind=MailKind.ALERT,
                mailbox=through.id,
                to=letter.to,
                message_id=letter.message_id,
                raw=letter.raw,
                created_at=now,
                next_at=now,
            )
        )
    return rows


def storm_rows(
    desk: Desk, composer: Composer, mailbox: Mailbox, storm: Storm, *, salt: str, now: datetime
) -> list[Outgoing]:
    """The alerts that say that receipts of this mailbox are held back."""

    def notice(language: str) -> Notice:
        words = _STORM.get(language, _STORM["en"])
        facts = {
            "mailbox": mailbox.id,
            "address": mailbox.address,
            "limit": mailbox.storm.receipts,
            "within": span(mailbox.storm.within),
            "at": f"{storm.since.astimezone(desk.organisation.zone):%Y-%m-%d %H:%M %Z}",
        }
        subject, *lines = (line.format(**facts) for line in words)
        return Notice(subject, lines)

    name = f"storm:{mailbox.id}:{storm.since.isoformat(timespec='seconds')}"
    return alert_rows(desk, composer, name, mailbox, notice, salt=salt, now=now)


# The subject, then the lines.
_STORM = {
    "en": (
        "Receipts of {mailbox} are held back",
        "More than {limit} receipts within {within} were due for {address}: since {at} further ones are held back.",
        "Mails are recorded all the same, and clocks and reminders go on.",
        "The receipts go by themselves once {within} have passed without too many. Those that are too late by "
        "then are dropped with that reason.",
        "To let them go now: autoack resume {mailbox}. To keep them back: autoack pause {mailbox}. "
        "To see them: autoack outbox.",
    ),
    "hr": (
        "Potvrde za {mailbox} su zadržane",
        "U roku od {within} trebalo je poslati više od {limit} potvrda za {address}: od {at} daljnje se zadržavaju.",
        "Poruke se i dalje bilježe, a rokovi i podsjetnici teku kao i inače.",
        "Potvrde odlaze same kad prođe {within} bez prekoračenja. One koje su dotad zakasnile odbacuju se s tim "
        "razlogom.",
        "Za slanje odmah: autoack resume {mailbox}. Za daljnje zadržavanje: autoack pause {mailbox}. "
        "Za pregled: autoack outbox.",
    ),
    "sr-Latn": (
        "Potvrde za {mailbox} su zadržane",
        "U roku od {within} trebalo je poslati više od {limit} potvrda za {address}: od {at} dalje potvrde se "
        "zadržavaju.",
        "Poruke se i dalje beleže, a rokovi i podsetnici teku kao i inače.",
        "Potvrde odlaze same kada prođe {within} bez prekoračenja. One koje su dotad zakasnile odbacuju se s tim "
        "razlogom.",
        "Za slanje odmah: autoack resume {mailbox}. Za dalje zadržavanje: autoack pause {mailbox}. "
        "Za pregled: autoack outbox.",
    ),
    "sr-Cyrl": (
        "Потврде за {mailbox} су задржане",
        "У року од {within} требало је послати више од {limit} потврда за {address}: од {at} даље потврде се "
        "задржавају.",
        "Поруке се и даље бележе, а рокови и подсетници теку као и иначе.",
        "Потврде одлазе саме када прође {within} без прекорачења. Оне које су дотад закасниле одбацују се с тим "
        "разлогом.",
        "За слање одмах: autoack resume {mailbox}. За даље задржавање: autoack pause {mailbox}. "
        "За преглед: autoack outbox.",
    ),
    "hu": (
        "Visszatartott visszaigazolások: {mailbox}",
        "{within} alatt több mint {limit} visszaigazolást kellett volna küldeni ({address}): {at} óta a továbbiakat "
        "visszatartjuk.",
        "A leveleket ettől még rögzítjük, a határidők és az emlékeztetők változatlanul futnak.",
        "A visszaigazolások maguktól elmennek, ha {within} túllépés nélkül telik el. Amelyik addigra elkésett, azt "
        "ezzel az indokkal elvetjük.",
        "Küldés azonnal: autoack resume {mailbox}. További visszatartás: autoack pause {mailbox}. "
        "Megtekintés: autoack outbox.",
    ),
}
