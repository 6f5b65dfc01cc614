"""Everything known about one mail, and now, gives one decision with its reason (DESIGN section 5)."""

from dataclasses import dataclass
from datetime import datetime

from autoack.core.message import Verdict
from autoack.core.thread import Thread


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a thread's timeline, and the stuff that statistics are made of.

    `what`: mail, wait, receipt, answer, thanks, remind, escalate, missed, close, reopen, snooze, wake, assign,
    ignore, pause, resume, sent, failed … `seconds` is a measured length where there is one: with `answer`, how
    long the customer had waited.
    """

    at: datetime
    what: str
    who: str | None = None
    detail: str = ""
    reason: str | None = None
    thread_ref: str | None = None
    mailbox: str | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from one mail. `thread` is the thread as it stands afterwards, None where none is touched."""

    verdict: Verdict
    thread: Thread | None = None
    opens_thread: bool = False
    wants_receipt: bool = False
    events: tuple[Event, ...] = ()
