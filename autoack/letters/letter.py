"""A letter: what is sent, and what `preview`, the demo and the tests show of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished mail. `raw` is the whole message as it goes over the wire, CRLF; `to` is fit for RCPT TO."""

    to: str
    subject: str
    message_id: str
    raw: bytes
    text: str
    html: str
