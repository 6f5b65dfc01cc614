"""What a decision on one mail is made of: how it was met, what follows, and the lines of the timeline."""

from dataclasses import dataclass
from datetime import datetime

from autoack.core.ballots import Ballot
from autoack.core.message import Customer, Verdict
from autoack.core.policy import Policy
from autoack.core.rules import Ruled
from autoack.core.storm import Storm
from autoack.core.thread import Stray, Thread
from autoack.core.turns import Turn


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a thread's timeline, and the stuff that statistics are made of.

    `what`: mail, wait, rule, receipt, answer, thanks, notify, remind, escalate, missed, close, reopen, snooze,
    wake, assign, ignore, draft, done, recomputed, sent, failed … `seconds` is a measured length where there is
    one: with `answer`, how long the customer had waited.
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
    """What follows from one mail. `thread` is the thread as it stands afterwards, None where none is touched.

    `receipt_promise` is the time that the receipt states, set where `wants_receipt` is; None where the calendar
    stays closed. `storm` is the one in which the receipt is held back.
    """

    verdict: Verdict
    thread: Thread | None = None
    opens_thread: bool = False
    wants_receipt: bool = False
    receipt_promise: datetime | None = None
    storm: Storm | None = None
    customer: Customer | None = None
    language: str | None = None
    language_reason: str = ""
    reply_to: str | None = None
    events: tuple[Event, ...] = ()
    ruled: Ruled | None = None  # what the rules set
    policy: Policy | None = None  # the one that counts for the mail, where a rule may have set it
    questions: tuple[str, ...] = ()  # what the receipt asks for, in the thread's language
    turn: Turn | None = None  # what the mail is to the clock
    ballot: Ballot | None = None  # how the customer rates us by this mail
    gmail_thread: str | None = None  # X-GM-THRID
    refers_to: tuple[str, ...] = ()  # Message-IDs that are to be remembered for what arrives later
    strays: tuple[Stray, ...] = ()  # mails without a thread that join this one with it


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the mail was met.

    `old` says that it lay there before we watched and is not to be answered (`backlog`), or, after a change of
    UIDVALIDITY, that it cannot be told from mail that was dealt with long ago (DESIGN section 5).
    """

    now: datetime
    received_at: datetime  # INTERNALDATE, never later than now
    sent_folder: bool = False
    answered: bool = False  # it carries \Answered already
    old: bool = False
    gmail_thread: str | None = None  # X-GM-THRID


def event_of(
    met: Circumstances,
    thread: Thread,
    what: str,
    who: str | None,
    detail: str = "",
    reason: str | None = None,
    seconds: int | None = None,
) -> Event:
    """A line of this thread's timeline."""
    return Event(met.now, what, who, detail, reason, thread.ref, thread.mailbox, seconds)
