"""How a thread's wait begins, ends and is scheduled."""

from dataclasses import replace
from datetime import datetime

from autoack.core import ladder
from autoack.core.decision import Circumstances, Event
from autoack.core.policy import Mailbox, Policy
from autoack.core.thread import State, Thread


def begun(thread: Thread, since: datetime, policy: Policy, now: datetime) -> Thread:
    """A new wait begins at `since`: the promise and the ladder count from then."""
    return replace(
        thread,
        state=State.WAITING,
        wait=thread.wait + 1,
        waiting_since=since,
        promised_at=ladder.promise(policy, since),
        resolve_at=ladder.resolution(policy, since),
        fired=(),
        answered_at=None,
        answered_by=None,
        closed_at=None,
        updated_at=now,
        clock=True,
    )


def stated_promise(mailbox: Mailbox, since: datetime, met: Circumstances) -> datetime:
    """The time that a receipt states: the promise, counted anew from now where it has passed already."""
    promised = ladder.promise(mailbox.policy, since)
    return promised if promised > met.now else ladder.promise(mailbox.policy, met.now)


def answer(
    thread: Thread, at: datetime, who: str, reason: str, policy: Policy, now: datetime
) -> tuple[Thread, Event]:
    """The customer's wait is over: the clock stops at `at`."""
    waited = max(0, int((at - thread.waiting_since).total_seconds())) if thread.waiting_since else None
    stopped = replace(thread, state=State.ANSWERED, answered_at=at, answered_by=who, updated_at=now)
    event = Event(now, "answer", who, "", reason, thread.ref, thread.mailbox, waited)
    return scheduled(stopped, policy, now), event


def scheduled(thread: Thread, policy: Policy, now: datetime) -> Thread:
    """The thread with the step that comes next for it, as it now stands."""
    next_at, name = ladder.upcoming(thread, policy, now)
    return replace(thread, next_step_at=next_at, next_step=name)
