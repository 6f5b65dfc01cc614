"""Drafts of answers for the team: for which mails one is wanted, and what may become of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from autoack.core.decision import Decision
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.thread import Known, State
from autoack.core.turns import Part

_CUSTOMERS = (Kind.CUSTOMER, Kind.CUSTOMER_REPLY)


class DraftState(StrEnum):
    """Where a draft stands (the column `drafts.state`)."""

    READY = "ready"  # to be laid at next_at
    LAID = "laid"
    REMOVED = "removed"  # taken away by us: the thread was answered otherwise, or closed
    LEFT = "left"  # no longer ours: edited, moved, sent, or not to be told for certain
    NEEDLESS = "needless"  # the thread was answered before it was laid
    FAILED = "failed"  # given up; `error` says why


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft on record, one a thread. `raw` is the whole mail (CRLF), None once it is over.

    `size` is RFC822.SIZE as the server tells it of what we laid. Times are aware, UTC.
    """

    thread_ref: str
    mailbox: str
    message_id: str
    raw: bytes | None
    size: int
    created_at: datetime
    next_at: datetime
    state: DraftState = DraftState.READY
    attempts: int = 0
    folder: str | None = None
    uidvalidity: int | None = None
    uid: int | None = None
    laid_at: datetime | None = None
    ended_at: datetime | None = None
    error: str | None = None


def wanted(decision: Decision, known: Known) -> bool:
    """Whether the team may be glad of a draft: a customer waits, and nobody of the team has written yet.

    Not in a storm: a folder full of drafts helps nobody.
    """
    thread, customer = decision.thread, decision.customer
    if thread is None or customer is None or not customer.address:
        return False
    if decision.verdict.kind not in _CUSTOMERS or decision.turn is None or decision.turn.part is not Part.ASK:
        return False
    waits = thread.state is State.WAITING and thread.clock and thread.wait == 1
    begun = any(turn.part is Part.REPLY for turn in known.turns.get(thread.ref, ()))
    return waits and not begun and known.storm is None and decision.storm is None


def unsent(mail: Mail) -> tuple[Mail, Decision]:
    """A mail that carries \\Draft, and what becomes of it: nothing, for nobody has sent it (RFC 3501 §2.3.2).

    It is recorded apart from the mail that is sent from it under the same Message-ID.
    """
    because = "It carries \\Draft: nobody has sent it yet (RFC 3501 §2.3.2)."
    apart = hashlib.sha256(f"draft\0{mail.fingerprint}".encode()).hexdigest()[:32]
    verdict = Verdict(Kind.OWN, Outcome.IGNORE, "draft", because)
    return replace(mail, message_id=None, fingerprint=apart), Decision(verdict)
