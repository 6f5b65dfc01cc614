"""Message-IDs of our own mails: fixed by the key of the outbox row, and recognisable."""

import hashlib
import re

_OURS = re.compile(r"<autoack\.[0-9a-f]{24}@[^<>\s]+>")


def message_id(key: str, domain: str, salt: str) -> str:
    """The Message-ID (RFC 5322 §3.6.4), with its brackets, of the mail under this outbox key.

    The same key gives the same Message-ID, so that a resend is recognisable everywhere; `salt` is this
    installation's, so that two installations never give the same.
    """
    return f"<autoack.{_digest(key, salt)}@{_ascii(domain)}>"


def draft_id(ref: str, domain: str, salt: str) -> str:
    """The Message-ID of the draft for a thread: one that is not taken for ours, for a person sends it (or not).

    The same thread gives the same one: so a draft that was laid is found again.
    """
    return f"<{_digest(f'draft:{ref}', salt)}@{_ascii(domain)}>"


def is_ours(identifier: str) -> bool:
    """Whether a Message-ID has the form of ours."""
    return _OURS.fullmatch(identifier) is not None


def _digest(key: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\0{key}".encode()).hexdigest()[:24]


def _ascii(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")  # RFC 5890
