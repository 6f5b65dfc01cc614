"""What a subject says of its mail: the matter itself, and whether it answers or forwards another mail."""

import re

from autoack.core.plain import one_line

# "Re:" and "Fwd:" as mail programs of many languages write them.
_REPLIES = (
    r"re|r|aw|antw|antwort|sv|vs|odp|ynt|res|rif|bls|ref|odg|odgovor|vá|vál|válasz|одг|одговор|на|отв"
    r"|pr|пр"  # Outlook's forwards in Croatian and Serbian; other programs answer with them
)
_FORWARDS = r"fwd?|wg|tr|rv|enc|doorst|pd|prosl|proslijeđeno|prosleđeno|tov|továbbítás|прослеђено|прос"
_COUNTER = r"\.?\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]\s*"  # "RE[2]:", "Odg. :"
_PREFIXES = re.compile(rf"\A(?:(?:{_REPLIES}|{_FORWARDS}){_COUNTER})+", re.IGNORECASE)
_REPLY = re.compile(rf"(?:{_REPLIES}){_COUNTER}", re.IGNORECASE)
_FORWARD = re.compile(rf"(?:{_FORWARDS}){_COUNTER}", re.IGNORECASE)
_LONGEST = 500  # characters; a subject beyond that is no subject


def bare_subject(subject: str) -> str:
    """The subject on one line, without the prefixes of replies and forwards."""
    return _PREFIXES.sub("", _line(subject), count=1).strip()[:_LONGEST].rstrip()


def same_matter(subject: str) -> str:
    """What two subjects of one matter have in common: without prefixes, case folded."""
    return bare_subject(subject).casefold()


def answers(subject: str) -> bool:
    """Whether the outermost prefix is that of a reply."""
    return _REPLY.match(_line(subject)) is not None


def forwards(subject: str) -> bool:
    """Whether the outermost prefix is that of a forwarded mail."""
    return _FORWARD.match(_line(subject)) is not None


def _line(subject: str) -> str:
    return one_line(subject[: _LONGEST * 4])
