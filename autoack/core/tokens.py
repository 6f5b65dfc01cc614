"""Signed tokens in links: whoever has one was sent it (HMAC, RFC 2104).

A token stands behind a thread's reference, `[AA-7K3M-Q9TD.0H2J4M…]`, in a mailto link's subject. It is bound to the
thread, to the one person it was sent to, to what it is for, and to a time at which it ends. It has letters and
digits only, so that no mail program breaks it; a full stop parts it from the reference, because some programs
garble other characters in a mailto link.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

LASTS = timedelta(days=30)  # a link in a mail

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_TIME = 6  # letters for the minute at which it ends
_SIGNATURE = 16  # letters: 80 bits, far more than anybody can try by mail
_TOKEN = re.compile(  # ASCII: else a Kelvin sign is a K
    rf"\[\s*(AA-[0-9A-Z]{{4}}-[0-9A-Z]{{4}})[.·]([0-9A-Z]{{{_TIME + _SIGNATURE}}})\s*\]",
    re.IGNORECASE | re.ASCII,
)


class Signed(NamedTuple):
    """A token as it was found in a text, with the reference that it claims; not checked yet."""

    ref: str
    token: str


def token(secret: str, ref: str, person: str, kind: str, ends_at: datetime) -> str:
    """The token for this thread, person and kind of link; `secret` is this installation's."""
    minute = _letters(int(ends_at.timestamp()) // 60, _TIME)
    return minute + _signature(secret, ref, person, kind, minute)


def written(ref: str, signed: str) -> str:
    """As it stands in a subject."""
    return f"[{ref}.{signed}]"


def tokens_of(text: str) -> tuple[Signed, ...]:
    """The tokens that a text holds, in order, in normal form."""
    if "[" not in text:  # hardly any mail has one, and this look costs nothing
        return ()
    return tuple(dict.fromkeys(Signed(ref.upper(), rest.upper()) for ref, rest in _TOKEN.findall(text)))


def without_tokens(text: str) -> str:
    """The text without them."""
    return _TOKEN.sub(" ", text) if "[" in text else text


def is_genuine(secret: str, signed: Signed, person: str, kind: str) -> bool:
    """Whether we made it, for this person and kind; it may have ended since. Compares in constant time."""
    minute, signature = signed.token[:_TIME], signed.token[_TIME:]
    return hmac.compare_digest(signature, _signature(secret, signed.ref, person, kind, minute))


def ends_at(signed: Signed) -> datetime:
    """When it ends (UTC); believe it only of a genuine one."""
    minutes = 0
    for letter in signed.token[:_TIME]:
        minutes = minutes * 32 + max(0, _ALPHABET.find(letter))
    return datetime.fromtimestamp(minutes * 60, UTC)


def _signature(secret: str, ref: str, person: str, kind: str, minute: str) -> str:
    claim = "\0".join(("token", ref, person, kind, minute))
    digest = hmac.digest(secret.encode(), claim.encode(), hashlib.sha256)
    return _letters(int.from_bytes(digest[:10], "big"), _SIGNATURE)


def _letters(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))
