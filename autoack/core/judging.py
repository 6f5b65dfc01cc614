"""What the rules of classification share: how they say their verdict, and how they cite a field."""

import re

from autoack.core.addresses import parse_addresses
from autoack.core.message import Address, Kind, Mail, Outcome, Verdict

_LONGEST = 700  # characters of a sentence, and of a field's value that are looked at
_COMMENT = re.compile(r"\([^)]*\)")
_FORWARDED = re.compile(
    r"\s*(?:fwd?|wg|tr|pd|vl|rv|i|proslijedeno|prosledeno|tovabbitott)\s*:", re.IGNORECASE
)
_ANSWER = re.compile(r"\s*(?:re|aw|odg|vs|sv|antw|ynt|rif|res|odp|ref)(?:\[\d+\])?\s*:", re.IGNORECASE)


def ignored(kind: Kind, reason: str, because: str) -> Verdict:
    """Certainly no customer's: nobody of the team needs to see it."""
    return Verdict(kind, Outcome.IGNORE, reason, _shortened(because))


def recorded(kind: Kind, reason: str, because: str) -> Verdict:
    """Without a receipt, where a person can look at it."""
    return Verdict(kind, Outcome.RECORD, reason, _shortened(because))


def _shortened(because: str) -> str:
    """What is cited may be as long as a stranger likes."""
    return because if len(because) <= _LONGEST else f"{because[: _LONGEST - 1]}…"


def keyword(value: str) -> str:
    """The keyword of a field, lower case, without comments and parameters (RFC 3834 §5)."""
    return _COMMENT.sub(" ", value[:_LONGEST]).partition(";")[0].strip().lower()


def cite(mail: Mail, name: str) -> str:
    """The field as the header has it, its value shortened."""
    return f"{name.title()}: {mail.headers.get(name)[:200]}"


def shown(address: Address) -> str:
    """Name and address as From has them."""
    return f"{address.name} <{address.address}>" if address.name else address.address


def return_path(mail: Mail) -> Address:
    """The envelope sender, where the server that delivered it wrote it down (RFC 5321 §4.4)."""
    return next(iter(parse_addresses(mail.headers.get("Return-Path"))), Address("", ""))


def has_null_sender(mail: Mail) -> bool:
    """Whether the envelope sender is `<>`: what delivered it says so in Return-Path (RFC 5321 §4.5.5)."""
    return "Return-Path" in mail.headers and mail.headers.get("Return-Path") in ("<>", "")


def is_forwarded(mail: Mail) -> bool:
    """Whether the subject says that somebody hands on what they got."""
    return _FORWARDED.match(mail.subject) is not None


def is_answer(mail: Mail) -> bool:
    """Whether it answers a mail, by its fields or, where they are missing, by its subject."""
    return bool(mail.references) or _ANSWER.match(mail.subject) is not None
