"""What becomes of a mail in the outbox after an attempt to hand it over (RFC 5321 §4.2.1, §4.5.4.1)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

GIVE_UP_AFTER = timedelta(days=3)  # RFC 5321 §4.5.4.1 asks for four to five; a support mail is stale before
_PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240))  # after the first, second … attempt
_JITTER = 0.1
_REPLY = re.compile(r"(?P<code>5\d\d)(?:[ -]5\.(?P<status>\d{1,3}\.\d{1,3})\b)?")
# RFC 3463 §3.2-3.3, RFC 7505 §4.2: the address, the domain, the mailbox. Not 5.1.7 and 5.1.8, which are the sender's,
# nor 5.2.3, the length of the mail. 5.7.x may be anybody's.
_ITS_OWN = frozenset({"1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.0", "2.1", "2.2", "2.4"})
_OF_ADDRESSES = frozenset({"550", "551", "553", "556"})  # codes for an address (RFC 5321 §4.2.2, RFC 7504)
_NOT_THE_ADDRESS = re.compile(
    r"relay|sender|spam|block|black|polic|reject(?:ed)? (?:by|due|for)|authent|authoriz|denied|reputation|\bip\b|dns"
    r"|helo|verify|https?:",
    re.IGNORECASE,
)


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
    UPDATE = "update"  # that the matter is not forgotten
    CLOSING = "closing"  # that the thread was closed
    SURVEY = "survey"  # how did it go?
    REMINDER = "remind"
    ESCALATION = "escalate"
    LIST = "remind-list"  # what would be many of these to one person at once
    NOTICE = "notify"  # tells at once those whom a rule names
    ASSIGNMENT = "assigned"  # tells somebody that a thread is theirs now
    BOUNCED = "bounced"  # tells at once that a customer's address takes no mail
    DIGEST = "digest"
    RATING = "rating"  # tells at once how a customer rated us
    CONFIRMATION = "confirm"  # answers somebody's command: what was done, and how the thread stands
    ALERT = "alert"
    CHECK = "check"

    @property
    def to_customer(self) -> bool:
        """Whether `pause` holds it back."""
        return self in (MailKind.RECEIPT, *AFTER_RECEIPT)


CHANNEL = "channel:"  # before a channel's name: its place of `mailbox` in what goes out by it
PAUSED = "held back by `autoack pause`"  # `error` of a mail that waits for `resume`
# `error` of a mail that we gave up by ourselves; the first two go before the last words of the server.
TOO_LATE_AFTER = "too late to comfort: "
GAVE_UP_AFTER = f"gave up after {GIVE_UP_AFTER.days} days: "
UNSENT_IN_TIME = f"{TOO_LATE_AFTER}its time had passed unsent"
TOO_LATE = "too late: it could not be sent in time, and late comfort is none"
PROMISE_PASSED = "too late: the time that it promises has passed"
DRY_RUN = "dry run: not sent"
AFTER_RECEIPT = (MailKind.UPDATE, MailKind.CLOSING, MailKind.SURVEY)  # what else goes to customers by itself
URGING = (MailKind.REMINDER, MailKind.ESCALATION, MailKind.UPDATE)  # needless once nobody waits any more
AFTERWARDS = (MailKind.CLOSING, MailKind.SURVEY)  # needless once somebody waits again


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that we intend to send, under a key that makes the intent idempotent (DESIGN section 2.2).

    `raw` is the whole message as it goes over the wire (CRLF, dot-stuffing left to SMTP); `message_id` is in
    it. `expires_at`: an attempt after this moment is not made; late comfort is none. `mailbox`: whose SMTP
    sends it.
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
    refused: bool = False  # after an attempt: the server says that the address takes no mail; not on record


class Answer(StrEnum):
    """What the server said to one attempt."""

    ACCEPTED = "accepted"  # 2xx to DATA
    TEMPORARY = "temporary"  # 4xx, or the connection failed: try again
    PERMANENT = "permanent"  # 5xx


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one attempt: `detail` is the server's own words, with its code.

    `stage` names what was refused or failed: connect, auth, mail, rcpt or data.
    """

    answer: Answer
    detail: str = ""
    stage: str = ""


def after(mail: Outgoing, result: Result, now: datetime, jitter: float) -> Outgoing:
    """The mail as it stands after its `mail.attempts`-th attempt.

    `jitter`, from -1 to 1, keeps mails that failed together from coming back together.
    """
    if result.answer is Answer.ACCEPTED:
        return replace(mail, state=OutboxState.SENT, sent_at=now, error=None)
    if result.answer is Answer.PERMANENT:
        return replace(_failed(mail, result.detail), refused=recipient_refused(result))
    last_at = mail.created_at + GIVE_UP_AFTER
    if now >= last_at:
        return _failed(mail, f"{GAVE_UP_AFTER}{result.detail}")
    pause = _PAUSES[min(mail.attempts, len(_PAUSES)) - 1] * (1 + _JITTER * jitter)
    next_at = min(now + pause, last_at)
    if mail.expires_at is not None and next_at >= mail.expires_at:
        return _failed(mail, f"{TOO_LATE_AFTER}{result.detail}")
    return replace(mail, state=OutboxState.DEFERRED, next_at=next_at, error=result.detail)


class GivenUp(StrEnum):
    """Why we give up a mail by ourselves; each language has its words for it."""

    LATE = "late"
    PROMISE = "promise"
    LONG = "long"
    DRY_RUN = "dry_run"


def given_up(error: str) -> tuple[GivenUp | None, str]:
    """Our own reason in the `error` of a failed mail, if any, and the words of a server or program in it."""
    alone = {
        UNSENT_IN_TIME: GivenUp.LATE,
        TOO_LATE: GivenUp.LATE,
        PROMISE_PASSED: GivenUp.PROMISE,
        DRY_RUN: GivenUp.DRY_RUN,
    }
    if error in alone:
        return alone[error], ""
    for before, why in ((TOO_LATE_AFTER, GivenUp.LATE), (GAVE_UP_AFTER, GivenUp.LONG)):
        if error.startswith(before):
            return why, error.removeprefix(before)
    return None, error


def envelope_sender(kind: MailKind, envelope: str | None, address: str, *, null_refused: bool) -> str:
    """The address for MAIL FROM; "" is the null sender `<>`.

    What goes to customers by itself has the null sender, so that nothing ever answers it (RFC 3834 §3.3,
    RFC 5230 §5); `envelope` is the setting smtp.envelope: auto, address, or None for null. What goes to the
    team has the mailbox's address, so that we learn where reminders cannot be delivered.
    """
    if not kind.to_customer or envelope == "address" or (envelope == "auto" and null_refused):
        return address
    return ""


def null_sender_fallback(result: Result) -> bool:
    """Whether the server may have refused the null sender: 5xx to MAIL or DATA, not to a recipient."""
    return result.answer is Answer.PERMANENT and result.stage in ("mail", "data")


def recipient_refused(result: Result) -> bool:
    """Whether the server refused the recipient for good, and not our sender, our host or the mail.

    Where a reply leaves that open it counts as no: a customer who could be reached would get no mail any more.
    """
    if result.answer is not Answer.PERMANENT or result.stage != "rcpt":
        return False
    match = _REPLY.match(result.detail)
    if match is None:  # ours: the address cannot even be written in a command
        return True
    if match["status"]:
        return match["status"] in _ITS_OWN
    return match["code"] in _OF_ADDRESSES and not _NOT_THE_ADDRESS.search(result.detail)


def _failed(mail: Outgoing, error: str) -> Outgoing:
    return replace(mail, state=OutboxState.FAILED, error=error)
