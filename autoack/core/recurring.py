"""Customers who need a look from time to time: when it is time, and the thread that is opened for the team.

Nothing goes to the customer by itself: the thread asks the team to write. What the customer then answers is a matter
like others.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autoack.core.decision import Event
from autoack.core.policy import Duration, Mailbox, Policy, Recurring, is_recurring, silent
from autoack.core.thread import State, Thread
from autoack.core.waiting import with_terms
from autoack.core.waits import begun, scheduled, terms_of

if TYPE_CHECKING:
    from autoack.core.cron import Cron

OPENED = "recurring"  # `what` of the event
TELLS = ("team",)  # who hears as the thread is opened
_LATE = timedelta(minutes=5)  # a time that is noticed later than this was missed, not merely queued


@dataclass(frozen=True, slots=True)
class Due:
    """A time that has come. `late`: nobody looked when it did; `others`: more times before it had been missed."""

    at: datetime
    late: bool
    others: bool


def times_of(entry: Recurring, zone: ZoneInfo) -> "Cron":
    """When the entry comes, on the wall clock of the organisation's zone."""
    from autoack.core.cron import Cron  # noqa: PLC0415 - paid for only where a cron line stands

    return Cron(entry.cron, zone)


def fingerprint(entry: Recurring, zone: ZoneInfo) -> str:
    """What the times rest on: an entry whose times are others begins anew."""
    return hashlib.sha256(f"{entry.cron}\0{zone.key}".encode()).hexdigest()[:16]


def due(times: "Cron", since: datetime, now: datetime) -> Due | None:
    """The last time since then, where one has come; those before it are made up for by none."""
    last = times.last_until(since, now)
    if last is None:
        return None
    return Due(last, late=now - last > _LATE, others=times.next_after(since) != last)


def policy_of(entry: Recurring, usual: Policy) -> Policy:
    """The policy of the entry's threads: its mailbox's, with a ladder of its own and nothing for the customer.

    Nobody was promised anything: the thread is overdue from its first step on, where all are given as times.
    """
    steps = [step.at for step in entry.ladder if isinstance(step.at, Duration)]
    promise = usual.reply_within, usual.resolve_within
    if len(steps) == len(entry.ladder):
        promise = min(steps, key=lambda at: at.elapsed), max(steps, key=lambda at: at.elapsed)
    return replace(
        silent(usual),
        id=entry.policy,
        ladder=entry.ladder,
        reply_within=promise[0],
        resolve_within=promise[1],
    )


def opened(
    entry: Recurring, found: Due, ref: str, mailbox: Mailbox, earlier: Sequence[Thread], now: datetime
) -> tuple[Thread, Event]:
    """The thread that is opened for the team, and the line of its timeline.

    `mailbox` has the entry's policy; `earlier` are the customer's threads, the newest first.
    """
    before = next((thread for thread in earlier if thread.customer_name), None)
    thread = Thread(
        ref=ref,
        mailbox=mailbox.id,
        subject=entry.name,
        customer_address=entry.customer_address,
        customer_name=entry.customer_name or (before.customer_name if before else None),
        honorific=before.honorific if before and not entry.customer_name else None,
        language=earlier[0].language if earlier else mailbox.languages[0],
        state=State.CLOSED,
        created_at=now,
        updated_at=now,
        policy=entry.policy,
        notify=TELLS,
    )
    waits = scheduled(begun(thread, now, mailbox.policy, now), mailbox.policy, now)
    at = found.at.astimezone(mailbox.policy.calendar.zone).isoformat(timespec="minutes")
    missed = "; missed, and made up for now" if found.late else ""
    others = "; earlier times were missed too" if found.others else ""
    reason = "outage" if found.late else "time"
    detail = with_terms(f"{entry.name}: due at {at}{missed}{others}", terms_of(waits))
    return waits, Event(now, OPENED, None, detail, reason, ref, mailbox.id)


def taken_over(thread: Thread, now: datetime) -> Thread:
    """The thread as its customer's own mail finds it: no longer ours alone, but a matter like others."""
    if not is_recurring(thread.policy):
        return thread
    if thread.state in (State.WAITING, State.SNOOZED):  # it was we who were to write: that is over
        thread = replace(thread, state=State.CLOSED, closed_at=now, next_step=None, next_step_at=None)
    return replace(thread, policy=None)


def reference_seed(entry: Recurring, at: datetime) -> str:
    """What the reference of the thread for this time is made from: the same in every replica."""
    return f"{entry.policy}\0{at.isoformat()}"
