"""A thread, its policy and now give what is due: word to the team or the customer, a waking, a closing, or a wait."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from autoack.core import opening_hours
from autoack.core.policy import Duration, LadderStep, Policy, Share
from autoack.core.promise import promised_quarter
from autoack.core.recipients import recipients
from autoack.core.thread import State, Thread

__all__ = [
    "FOLLOW_UP",
    "UPDATE",
    "Action",
    "Close",
    "Fire",
    "FollowUp",
    "Step",
    "Survey",
    "Tell",
    "Update",
    "Wait",
    "Wake",
    "next_due",
    "promise",
    "recipients",  # whom a step reaches belongs to the ladder, though it has a module of its own
    "resolution",
    "schedule",
    "survey_at",
    "upcoming",
    "written",
]

FOLLOW_UP = "follow-up"  # the next step of an answered thread that is to come back

UPDATE = "update"  # the key of the step that tells the customer
_STALE = timedelta(days=7)  # a survey that is later than this asks about what is long forgotten
_OUTAGE = timedelta(minutes=5)  # a step that is later than this was missed, not merely queued
_AMONG_COLLEAGUES = frozenset({"team", "on_duty", "assignee"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder of one wait.

    `key` stays the same as long as the configuration does: "2#3" is the third repetition of the second step.
    `due` is when it was reached, `at` when it goes out: later where quiet time holds it back (aware, UTC).
    """

    key: str
    at: datetime
    notify: tuple[str, ...]
    urgent: bool
    escalation: bool  # told to somebody above: lead, manager or a named person; otherwise a reminder
    name: str
    due: datetime

    @property
    def to_customer(self) -> bool:
        """Whether it is the holding update."""
        return self.key == UPDATE


@dataclass(frozen=True, slots=True)
class Fire:
    """Tell people now. `missed` are steps that an outage swallowed: they are recorded, not told any more."""

    step: Step
    missed: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Tell the customer now that the matter is not forgotten."""

    step: Step


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell at once those whom a rule names: that such a mail came, not that it waits."""


@dataclass(frozen=True, slots=True)
class Wake:
    """The thread was put aside until now."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Our answer promised to come back to the customer about now."""


@dataclass(frozen=True, slots=True)
class Close:
    """The customer has been silent for long enough after our answer."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Ask the customer how it went."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is due before `until`, when `name` is; None: nothing will be."""

    until: datetime | None
    name: str | None


Action = Tell | Fire | Update | Wake | FollowUp | Close | Survey | Wait


def promise(policy: Policy, waiting_since: datetime) -> datetime | None:
    """By when a person will have answered (UTC); None where the calendar never opens."""
    return _counted(policy, waiting_since, policy.reply_within)


def resolution(policy: Policy, waiting_since: datetime) -> datetime | None:
    """By when the matter shall be settled (UTC); None where the calendar never opens."""
    return _counted(policy, waiting_since, policy.resolve_within)


def schedule(policy: Policy, waiting_since: datetime) -> tuple[Step, ...]:
    """All steps of a wait in the order of their times, but those after a calendar's last opening."""
    return tuple(_in_order(policy, waiting_since))


def _in_order(policy: Policy, waiting_since: datetime) -> Iterator[Step]:
    """The same, each counted when it is asked for: of most waits only the first is ever needed."""
    rungs = [
        _as_long_as_open(_steps_of(policy, rung, number, waiting_since))
        for number, rung in enumerate(policy.ladder, start=1)
    ]
    update = _as_long_as_open(_update(policy, waiting_since))
    return heapq.merge(*rungs, update, key=lambda step: step.at)


def next_due(
    thread: Thread, policy: Policy, now: datetime, *, watched_since: datetime | None = None
) -> Action:
    """What is to be done with this thread now, or how long nothing is.

    `watched_since`: what was due before that moment nobody was there to do.
    After a Fire the caller adds the keys of the step and of the missed ones to `fired` and asks again, after an
    Update that of its step; after a Tell it empties `notify`, after a Survey it sets `surveyed_at`.
    """
    if thread.notify and thread.clock and thread.state in (State.WAITING, State.ANSWERED):
        return Tell()
    match thread.state:
        case State.WAITING if thread.clock and thread.waiting_since is not None:
            return _next_step(policy, thread.counted_since or now, thread.fired, now, watched_since)
        case State.SNOOZED:
            woken = thread.next_step_at is None or thread.next_step_at <= now
            return Wake() if woken else Wait(thread.next_step_at, "wake")
        case State.ANSWERED:
            return _answered(thread, policy, now)
        case State.CLOSED:
            return _survey(thread, policy, now)
    return Wait(None, None)


def upcoming(thread: Thread, policy: Policy, now: datetime) -> tuple[datetime | None, str | None]:
    """When the thread is to be looked at next, and for what: `next_step_at` and `next_step`."""
    match next_due(thread, policy, now):
        case Tell():
            return now, "notice"
        case Fire(step=step) | Update(step=step):
            return step.at, step.name
        case Wake() | FollowUp() as due:
            return thread.next_step_at or now, "wake" if isinstance(due, Wake) else FOLLOW_UP
        case Close() | Survey() as due:
            return now, "close" if isinstance(due, Close) else "survey"
        case Wait(until=until, name=name):
            return until, name


def _next_step(
    policy: Policy,
    waiting_since: datetime,
    fired: tuple[str, ...],
    now: datetime,
    watched_since: datetime | None,
) -> Fire | Update | Wait:
    ahead = (step for step in _in_order(policy, waiting_since) if step.key not in fired)
    due: list[Step] = []
    following: Step | None = None
    for step in ahead:
        if step.at > now:
            following = step
            break
        due.append(step)
    if not due:
        return Wait(following.at, following.name) if following else Wait(None, None)
    if due[0].to_customer:
        return Update(due[0])
    due = [step for step in due if not step.to_customer]
    # After an outage people hear the highest step only, not a volley of all that was due meanwhile.
    highest = max(due, key=lambda step: _height(step, policy, waiting_since))
    queued_from = max(now - _OUTAGE, watched_since or now - _OUTAGE)
    missed = tuple(step for step in due if step.at < queued_from and step is not highest)
    return Fire(next(step for step in due if step not in missed), missed)


def _height(step: Step, policy: Policy, waiting_since: datetime) -> tuple[datetime, int, datetime]:
    """How high on the ladder: that of the rung, which its repetitions share; of these the latest."""
    number = int(step.key.partition("#")[0])
    return _reached(policy, policy.ladder[number - 1].at, waiting_since), number, step.at


def _answered(thread: Thread, policy: Policy, now: datetime) -> FollowUp | Close | Wait:
    if thread.next_step == FOLLOW_UP and thread.next_step_at is not None:
        return FollowUp() if thread.next_step_at <= now else Wait(thread.next_step_at, FOLLOW_UP)
    if thread.answered_at is None:
        return Wait(None, None)
    closing = thread.answered_at + policy.close_after.elapsed
    return Close() if closing <= now else Wait(closing, "close")


def survey_at(thread: Thread, policy: Policy) -> datetime | None:
    """When the customer of a closed thread is asked how it went; None where they are not.

    Once a thread, and only where we have answered what they wrote, and our mail reaches them.
    """
    answered = thread.clock and thread.wait > 0 and thread.answered_at is not None
    reachable = bool(thread.customer_address) and thread.undeliverable is None
    if not answered or not reachable or thread.surveyed_at or thread.closed_at is None:
        return None
    return thread.closed_at + policy.survey_after_close.elapsed if policy.survey_after_close else None


def _survey(thread: Thread, policy: Policy, now: datetime) -> Survey | Wait:
    at = survey_at(thread, policy)
    if at is None or now - at > _STALE:
        return Wait(None, None)
    return Survey() if at <= now else Wait(at, "survey")


def _counted(policy: Policy, since: datetime, duration: Duration) -> datetime | None:
    try:
        return opening_hours.add(policy.calendar, since, duration)
    except ValueError:  # it never opens again: the ops were told at the start (foresight.py)
        return None


def _as_long_as_open(steps: Iterator[Step]) -> Iterator[Step]:
    try:
        yield from steps
    except ValueError:
        return


def _steps_of(policy: Policy, rung: LadderStep, number: int, waiting_since: datetime) -> Iterator[Step]:
    escalation = not _AMONG_COLLEAGUES.issuperset(rung.notify)
    name = f"{'escalation' if escalation else 'reminder'} at {written(rung.at)}"
    due = _reached(policy, rung.at, waiting_since)
    at = _out_of_quiet(policy, rung, due)
    yield Step(str(number), at, rung.notify, rung.urgent, escalation, name, due)
    if rung.repeat is None:
        return
    for again in range(1, rung.times + 1):
        # From when it went out: what quiet time held back does not then come in a volley.
        due = opening_hours.add(policy.calendar, at, rung.repeat)
        at = _out_of_quiet(policy, rung, due)
        label = f"{name}, again {again} of {rung.times}"
        yield Step(f"{number}#{again}", at, rung.notify, rung.urgent, escalation, label, due)


def _update(policy: Policy, waiting_since: datetime) -> Iterator[Step]:
    """At its time whatever is quiet: that spares people of the team, and customers read when they like."""
    if policy.holding_update is not None:
        at = opening_hours.add(policy.calendar, waiting_since, policy.holding_update)
        promised = opening_hours.add(policy.calendar, waiting_since, policy.reply_within)
        if promised <= at:  # it says that the promised time has passed: the one that the customer was told
            at = max(at, promised_quarter(promised, policy.calendar.zone))
        name = f"holding update at {written(policy.holding_update)}"
        yield Step(UPDATE, at, ("customer",), urgent=False, escalation=False, name=name, due=at)


def _reached(policy: Policy, at: Duration | Share, waiting_since: datetime) -> datetime:
    """When the rung is reached: after so much open time, or at a share of the open time until the promise.

    A promise may have no open time before it: of one day, made on Saturday at 05:00, it falls on Monday's opening.
    Then each share of it does, too. Nobody could act on a warning any sooner; a share of the wall clock instead
    would call people on a Sunday, which is what opening hours are there to prevent.
    """
    if isinstance(at, Duration):
        return opening_hours.add(policy.calendar, waiting_since, at)
    promised = opening_hours.add(policy.calendar, waiting_since, policy.reply_within)
    if at.of_reply == 1:
        return promised  # a promise at an opening has no more open time than one at the closing before
    whole = opening_hours.elapsed(policy.calendar, waiting_since, promised)
    part = whole * at.of_reply.numerator / at.of_reply.denominator
    return opening_hours.advance(policy.calendar, waiting_since, part)


def _out_of_quiet(policy: Policy, rung: LadderStep, due: datetime) -> datetime:
    if policy.quiet is None or rung.urgent:
        return due
    # Where quiet never ends the step goes out all the same: nothing disappears.
    return opening_hours.next_opening(policy.quiet, due) or due


def written(at: Duration | Share) -> str:
    """As the ops would write it: 20h, 90m, 3d, 75%."""
    if isinstance(at, Share):
        return f"{float(at.of_reply * 100):g}%"
    if at.days:
        return f"{at.days}d"
    unit, size = next((u for u in (("h", 3600), ("m", 60)) if at.seconds % u[1] == 0), ("s", 1))
    return f"{at.seconds // size}{unit}"
