"""What becomes of a mail in the outbox after an attempt to hand it over (RFC 5321 §4.2.1, §4.5.4.1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutboxState(StrEnum):
    """Where an outbox row stands (the field `state` of `outbox`)."""

    READY = "ready"  # to be sent now
    SENDING = "sending"  # an attempt was registered and has no result yet
    SENT = "sent"
    DEFERRED = "deferred"  # to be tried again at next_at
    FAILED = "failed"  # given up; `error` says why
    HELD = "held"  # waits for `resume`


class MailKind(StrEnum):
    """What sort of mail we send; X-Autoack and the outbox carry it."""

    RECEIPT = "receipt"
    UPDATE = "update"
    REMINDER = "remind"
    ESCALATION = "escalate"
    DIGEST = "digest"
    ALERT = "alert"
    CHECK = "check"

    @property
    def to_customer(self) -> bool:
        """Whether `pause` holds it back."""
        return self in (MailKind.RECEIPT, MailKind.UPDATE)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that we intend to send, under a key that makes the intent idempotent (DESIGN section 2.2).

    `raw` is the whole message as it goes over the wire (CRLF, dot-stuffing left to SMTP); `message_id` is in it.
    `expires_at`: an attempt after this moment is not made; late comfort is none. `mailbox` names whose SMTP sends it.
    """

    key: str
    kind: MailKind
    mailbox: str
    to: str
    message_id: str
    raw: bytes
    created_at: datetime
    next_at: datetime
    thread_ref: str | None = None
    state: OutboxState = OutboxState.READY
    attempts: int = 0
    attempted_at: datetime | None = None
    sent_at: datetime | None = None
    error: str | None = None
    expires_at: datetime | None = None


class Answer(StrEnum):
    """What the server said to one attempt."""

    ACCEPTED = "accepted"  # 2xx to DATA
    TEMPORARY = "temporary"  # 4xx, or the connection failed: try again
    PERMANENT = "permanent"  # 5xx


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one attempt: `detail` is the server's own words, with its code."""

    answer: Answer
    detail: str = ""
