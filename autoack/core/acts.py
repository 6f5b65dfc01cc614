"""What a person may do to a thread: close, reopen, snooze, assign, ignore. A command line today, a mail tomorrow."""

from dataclasses import dataclass, replace
from datetime import datetime

from autoack.core import ladder
from autoack.core.decision import Event
from autoack.core.delivery import AFTERWARDS, URGING, MailKind
from autoack.core.news import assigned
from autoack.core.pause import set_aside
from autoack.core.policy import Desk, Policy
from autoack.core.thread import State, Thread
from autoack.core.waiting import with_terms
from autoack.core.waits import scheduled, terms_of
from autoack.errors import CheckFailed

_NO_CUSTOMER = (*URGING, *AFTERWARDS, MailKind.RECEIPT)  # needless where nobody is to hear of us


@dataclass(frozen=True, slots=True)
class Act:
    """The thread as it stands afterwards, the line for its timeline, and the kinds of unsent mail now needless."""

    thread: Thread
    event: Event
    needless: tuple[MailKind, ...] = ()


def close(thread: Thread, desk: Desk, now: datetime, who: str = "operator") -> Act:
    """The matter is done; what remains is to ask the customer how it went, where that is wanted.

    Raises CheckFailed where it is closed already.
    """
    if thread.state is State.CLOSED:
        raise CheckFailed(f"{thread.ref} is closed already")
    closed = _still(replace(thread, state=State.CLOSED, closed_at=now, updated_at=now))
    if mailbox := desk.mailbox_of(thread.mailbox, thread.policy):
        closed = scheduled(closed, mailbox.policy, now)
    return Act(closed, _event(thread, now, "close", who, "closed"), URGING)


def done(thread: Thread, desk: Desk, now: datetime, how: str) -> Act:
    """The team marked the matter as finished, in the mailbox itself; `how` says by what mark on which mail.

    Raises CheckFailed where it is closed already.
    """
    act = close(thread, desk, now)
    event = replace(act.event, who=None, reason="done", detail=how)
    return replace(act, event=event, needless=(*act.needless, MailKind.UPDATE))


def removed(thread: Thread, now: datetime) -> Act:
    """Somebody threw the customer's mails away, or called them spam: nobody is to answer them.

    Should they come back, the wait goes on where it stood (`pause`).
    """
    closed = _still(replace(thread, state=State.CLOSED, closed_at=now, aside_since=now, updated_at=now))
    detail = "its mails lie in the folder of spam or of deleted mail now"
    return Act(
        closed, replace(_event(thread, now, "close", "", detail), who=None, reason="removed"), _NO_CUSTOMER
    )


def reopen(thread: Thread, desk: Desk, now: datetime, who: str = "operator") -> Act:
    """A new wait begins now. Raises CheckFailed where the customer waits already."""
    if thread.state is State.WAITING:
        raise CheckFailed(f"{thread.ref} is open: its customer waits already")
    opened = _begun_now(thread, _policy(thread, desk), now)
    detail = with_terms("reopened", terms_of(opened))
    return Act(opened, _event(thread, now, "reopen", who, detail), AFTERWARDS)


def snooze(thread: Thread, until: datetime, now: datetime, who: str = "operator") -> Act:
    """Nobody is reminded until then. Raises CheckFailed where nobody waits."""
    if thread.state not in (State.WAITING, State.SNOOZED):
        raise CheckFailed(f"{thread.ref} is {thread.state}: nobody waits, so there is nothing to put aside")
    aside = set_aside(thread, until, now)
    detail = f"put aside until {until.isoformat(timespec='minutes')}"
    return Act(aside, _event(thread, now, "snooze", who, detail), URGING)


def assign(thread: Thread, person: str, now: datetime, who: str = "operator") -> Act:
    """The thread is this person's from now on; they hear of it, unless they took it themselves."""
    given = replace(thread, assignee=person, updated_at=now)
    return Act(
        given if who == person else assigned(given, person, now),
        _event(thread, now, "assign", who, f"assigned to {person}"),
    )


def come_back(thread: Thread, policy: Policy, now: datetime) -> Act:
    """The follow-up that an answer promised is due: a new wait begins now."""
    again = _begun_now(thread, policy, now)
    detail = with_terms("the follow-up that our answer promised is due", terms_of(again))
    return Act(again, replace(_event(thread, now, "wake", "", detail), who=None, reason="follow-up"))


def ignore(thread: Thread, now: datetime, who: str = "operator") -> Act:
    """It is no customer's matter: the clock stops for good."""
    ignored = replace(thread, state=State.CLOSED, clock=False, closed_at=now, updated_at=now)
    return Act(_still(ignored), _event(thread, now, "ignore", who, "not a customer"), _NO_CUSTOMER)


def _begun_now(thread: Thread, policy: Policy, now: datetime) -> Thread:
    opened = replace(
        thread,
        state=State.WAITING,
        clock=True,
        wait=thread.wait + 1,
        waiting_since=now,
        promised_at=ladder.promise(policy, now),
        resolve_at=ladder.resolution(policy, now),
        fired=(),
        answered_at=None,
        answered_by=None,
        closed_at=None,
        aside_since=None,
        ladder_since=None,
        settled_at=now,
        updated_at=now,
    )
    return scheduled(opened, policy, now)


def _still(thread: Thread) -> Thread:
    return replace(thread, next_step_at=None, next_step=None)


def _policy(thread: Thread, desk: Desk) -> Policy:
    mailbox = desk.mailbox_of(thread.mailbox, thread.policy)
    if mailbox is None:
        raise CheckFailed(f"{thread.ref} belongs to the mailbox {thread.mailbox!r}, which is not configured")
    return mailbox.policy


def _event(thread: Thread, now: datetime, what: str, who: str, detail: str) -> Event:
    return Event(now, what, who, detail, None, thread.ref, thread.mailbox)
