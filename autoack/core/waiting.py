"""Who waited at a moment: a thread as the digest shows it, and as its events tell that it stood in the past."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread whose customer waits for us. Times are aware, UTC."""

    ref: str
    mailbox: str
    subject: str
    customer_address: str
    customer_name: str | None
    assignee: str | None  # id of a person
    waiting_since: datetime
    promised_at: datetime | None
    resolve_at: datetime | None
    priority: str = "normal"  # high | normal | low
    category: str = "other"
    policy: str | None = None  # the rules'; None: the mailbox's


@dataclass(frozen=True, slots=True)
class Told:
    """The last step that went out about a wait: `what` as the timeline has it, and whom it told (ids)."""

    what: str  # remind | escalate | notify
    at: datetime
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What held when a wait began: since when it counts, and its promises. Times are aware, UTC."""

    since: datetime
    promised_at: datetime | None
    resolve_at: datetime | None


def with_terms(detail: str, terms: Terms) -> str:
    """The detail of an event that begins a wait, with what is then needed of it when the thread has waited again."""
    reply, resolution = _written(terms.promised_at), _written(terms.resolve_at)
    return f"{detail}; since {_written(terms.since)}, reply by {reply}, resolution by {resolution}"


def terms_in(detail: str) -> Terms | None:
    """The terms that `with_terms` wrote; None in events of older databases, which have none."""
    found = _TERMS.search(detail)
    if found is None:
        return None
    since, reply, resolution = (None if told == "none" else _read(told) for told in found.groups())
    return Terms(since, reply, resolution) if since else None


def _written(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else "none"


def _read(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except ValueError:
        return None


_TERMS = re.compile(r"; since (\S+), reply by (\S+), resolution by (\S+)$")


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that starts or stops a thread's clock: `what` and `reason` as the timeline has them."""

    at: datetime
    what: str
    reason: str | None = None
    terms: Terms | None = None  # of the wait that begins by it, where they are on record

    @property
    def begins_wait(self) -> bool:
        """Whether a wait begins by it, rather than goes on."""
        return self.what in ("reopen", "recurring") or self.reason in (NEW_WAIT, COMES_BACK)


STARTS = frozenset({"wait", "reopen", "wake", "recurring"})
STOPS = frozenset({"answer", "close", "snooze", "ignore"})
COMES_BACK = "follow-up"  # the reason of a `wake` event that begins a wait, not one that ends a snooze
NEW_WAIT = "customer-mail"  # the reason of a `wait` event that begins a wait, not one that goes on with it

Recounted = tuple[datetime, Mapping[str, tuple[datetime | None, datetime | None]]]
"""When times were counted anew, and which: "promise", "resolution" → before, after."""

Promises = Callable[[Waiting, datetime], tuple[datetime | None, datetime | None] | None]
"""A thread and the start of a wait → its promises (reply, resolution); None where its mailbox is no more."""


def rewound(thread: Waiting, turns: Sequence[Turn], at: datetime, promises: Promises) -> Waiting | None:
    """The thread as it waited at that moment, None where it did not. `turns` are all of its turns, in order.

    Of the wait that the thread still has on record all is exact. An earlier wait is known by the event that
    began it, and by the terms in that; older databases have none, and there its promises are counted anew by the
    policy of today.
    """
    before = [turn for turn in turns if turn.at <= at]
    if not before or before[-1].what in STOPS:
        return None
    if not any(turn.begins_wait for turn in turns[len(before) :]):
        return thread
    began = next((turn for turn in reversed(before) if turn.begins_wait), before[-1])
    terms = began.terms
    if terms is None:
        promised = promises(thread, began.at)
        if promised is None:
            return None
        terms = Terms(began.at, *promised)
    return replace(
        thread, waiting_since=terms.since, promised_at=terms.promised_at, resolve_at=terms.resolve_at
    )


def as_promised(
    thread: Waiting, turns: Sequence[Turn], recounted: Sequence[Recounted], at: datetime
) -> Waiting:
    """The rewound thread with the promises that held at that moment, where they were counted anew in that wait.

    `recounted`: each time that happened to the thread, in order.
    """
    until = next((turn.at for turn in turns if turn.at > at and turn.begins_wait), None)
    wait = [one for one in recounted if one[0] >= thread.waiting_since and (until is None or one[0] < until)]
    promised_at = _held(thread.promised_at, "promise", wait, at)
    return replace(
        thread, promised_at=promised_at, resolve_at=_held(thread.resolve_at, "resolution", wait, at)
    )


def _held(now: datetime | None, what: str, wait: Sequence[Recounted], at: datetime) -> datetime | None:
    """What held is what the next count found, else what the last one left."""
    for when, times in wait:
        if when > at and what in times:
            return times[what][0]
    for when, times in reversed(wait):
        if when <= at and what in times:
            return times[what][1]
    return now


def assignee_at(now: str | None, assigned: Sequence[tuple[datetime, str]], at: datetime) -> str | None:
    """Whose the thread was at that moment. `assigned`: each time it was given to a person, in order.

    Whom a rule set when the thread was opened is known only as long as nobody else was given it.
    """
    if not assigned:
        return now
    return next((person for moment, person in reversed(assigned) if moment <= at), None)
