"""Links by which a person acts on a thread: each writes a mail with a command to the mailbox (RFC 6068)."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from autoack.core import tokens
from autoack.core.orders import LINK
from autoack.core.policy import Mailbox, Person

# In letters that every mail program carries over from a link unharmed.
_WORDS: Mapping[str, tuple[str, str, str, str, str]] = {
    "hr": ("zatvori", "odgodi 2d", "moje", "nije korisnik", "ponovno otvori"),
    "sr": ("zatvori", "odlozi 2d", "moje", "nije korisnik", "ponovo otvori"),
    "hu": ("lezaras", "halasztas 2 nappal", "enyem", "nem ugyfel", "ujranyitas"),
    "en": ("close", "snooze 2d", "mine", "not a customer", "reopen"),
}
_OF_THE_DIGEST: Mapping[str, tuple[str, str, str]] = {
    "hr": ("zatvori", "odgodi 1d", "dodijeli"),
    "sr": ("zatvori", "odlozi 1d", "dodeli"),
    "hu": ("lezaras", "halasztas 1 nappal", "felelos"),
    "en": ("close", "snooze 1d", "assign"),
}
_NAMES = ("link_close", "link_snooze", "link_mine", "link_ignore", "link_reopen")


def act_link(
    mailbox: Mailbox, person: Person, ref: str, command: str, *, secret: str, now: datetime, below: str = ""
) -> str:
    """A link that only this person can use, for 30 days: `command` is done to the thread `ref`.

    `secret` is the installation's. The command stands in the subject too, since some mail programs drop a link's
    text; what the person writes in its place counts before it. `below` stands under it and is no command.
    """
    signed = tokens.token(secret, ref, person.id, LINK, now + tokens.LASTS)
    subject = f"{command} {tokens.written(ref, signed)}"
    # RFC 6068 §5: lines of a body end in CRLF. Whoever is to add a word finds the space for it.
    body = f"{command} \r\n\r\n{below}" if below else f"{command}\r\n"
    return f"mailto:{quote(mailbox.address, safe='@')}?subject={_quoted(subject)}&body={_quoted(body)}"


def act_links(mailbox: Mailbox, person: Person, ref: str, *, secret: str, now: datetime) -> dict[str, str]:
    """The links of a letter to this person about the thread, by the names that templates know them by.

    All are empty without a secret to sign them with.
    """
    if not secret:
        return dict.fromkeys(_NAMES, "")
    words = _WORDS.get(person.language.partition("-")[0], _WORDS["en"])
    return {
        name: act_link(mailbox, person, ref, word, secret=secret, now=now)
        for name, word in zip(_NAMES, words, strict=True)
    }


def commands_of_the_digest(language: str) -> tuple[str, str, str]:
    """What the links of a digest in this language write: to close, to put aside for a day, to give to somebody."""
    return _OF_THE_DIGEST.get(language.partition("-")[0], _OF_THE_DIGEST["en"])


def _quoted(text: str) -> str:
    return quote(text, safe="")
