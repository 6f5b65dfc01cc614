"""A thread that is set aside: its ladder stands still, and afterwards goes on with what of its time had passed.

The promise to the customer does not move: they were told a time, and know nothing of our setting aside.
"""

from dataclasses import replace
from datetime import datetime

from autoack.core import opening_hours
from autoack.core.policy import Policy
from autoack.core.thread import State, Thread


def set_aside(thread: Thread, until: datetime, now: datetime) -> Thread:
    """The thread as it is until then, or until it is taken up before."""
    since = thread.aside_since if thread.state is State.SNOOZED else now
    return replace(
        thread,
        state=State.SNOOZED,
        aside_since=since,
        next_step_at=until,
        next_step="end of the snooze",
        updated_at=now,
    )


def taken_up(thread: Thread, policy: Policy, now: datetime) -> Thread:
    """The thread waiting again; which step comes next is for the caller to schedule."""
    since = thread.counted_since
    if thread.aside_since is not None and since is not None:
        passed = opening_hours.elapsed(policy.calendar, since, thread.aside_since)
        since = opening_hours.rewind(policy.calendar, now, passed, since)
    return replace(thread, state=State.WAITING, ladder_since=since, aside_since=None, updated_at=now)
