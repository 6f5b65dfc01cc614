"""The digest of one night: what is late, what falls due, how the day went, and which night it is.

The letter words it, the store feeds it; here it is only worked out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from autoack.core.policy import DigestPlan, Organisation, Person
from autoack.core.statistics import ResponseTimes, ranked, response_times

# --- nights ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Night:
    """The night of a local date. Its digest counts what came after `since` up to `moment` (aware, UTC)."""

    date: date
    since: datetime  # the moment of the night before
    moment: datetime
    following: datetime  # the moment of the night after


def moment(plan: DigestPlan, zone: ZoneInfo, day: date) -> datetime:
    """When the digest of that local date comes, in UTC.

    A wall-clock time that spring skips is read with the offset from before the change, one that autumn
    repeats is its first occurrence: every date has exactly one moment (PEP 495).
    """
    return datetime.combine(day, plan.at, zone).astimezone(UTC)


def night_of(plan: DigestPlan, zone: ZoneInfo, day: date) -> Night:
    """The night of that local date."""
    one = timedelta(days=1)
    return Night(day, moment(plan, zone, day - one), moment(plan, zone, day), moment(plan, zone, day + one))


def last_night(plan: DigestPlan, zone: ZoneInfo, now: datetime, since: datetime) -> date | None:
    """The latest local date whose digest was due by `now`; None where that was not after `since`.

    `since` is the moment at which the database was made: the first night is the first one after it.
    """
    one = timedelta(days=1)
    # Where clocks go back at midnight, tomorrow's moment can come while the wall still shows today.
    day = now.astimezone(zone).date() + one
    while moment(plan, zone, day) > now:
        day -= one
    return day if moment(plan, zone, day) > since else None


def tonight(plan: DigestPlan, zone: ZoneInfo, now: datetime) -> date:
    """The date of the digest that a person means by "tonight": today's, or the coming morning's."""
    today = now.astimezone(zone).date()
    if plan.at >= time(12) or moment(plan, zone, today) > now:
        return today
    return today + timedelta(days=1)


def key(day: date, person_id: str) -> str:
    """The outbox key that lets a person's digest of a night go out once."""
    return f"digest:{day.isoformat()}:{person_id}"


def stands_at(night: Night, now: datetime, sent_at: datetime | None) -> datetime:
    """The moment whose state the lists of a digest show.

    Until its moment, and late as long as no other night has come, a digest shows what is so now. Once it is
    queued it shows for ever what was so then; a past night without one shows its own moment.
    """
    if now < night.moment:
        return now
    if sent_at is not None:
        return sent_at
    return now if now < night.following else night.moment


# --- waits -------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Turn:
    """An event that starts or stops a thread's clock: `what` and `reason` as the timeline has them."""

    at: datetime
    what: str
    reason: str | None = None


STARTS = frozenset({"wait", "reopen", "wake"})
STOPS = frozenset({"answer", "close", "snooze", "ignore"})
NEW_WAIT = "customer-mail"  # the reason of a `wait` event that begins a wait, not one that goes on with it

Promises = Callable[[str, datetime], tuple[datetime | None, datetime | None] | None]
"""Mailbox and start of a wait → its promises (reply, resolution); None where the mailbox is no more."""


def rewound(thread: Waiting, turns: Sequence[Turn], at: datetime, promises: Promises) -> Waiting | None:
    """The thread as it waited at that moment, None where it did not. `turns` are all of its turns, in order.

    Of the wait that the thread still has on record all is exact. An earlier wait is known by the event that
    began it, and its promises are counted anew by the policy of today.
    """
    before = [turn for turn in turns if turn.at <= at]
    if not before or before[-1].what in STOPS:
        return None
    if not any(turn.reason == NEW_WAIT for turn in turns[len(before) :]):
        return thread
    since = next((turn.at for turn in reversed(before) if turn.reason == NEW_WAIT), before[-1].at)
    promised = promises(thread.mailbox, since)
    if promised is None:
        return None
    return replace(thread, waiting_since=since, promised_at=promised[0], resolve_at=promised[1])


# --- the digest --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail of ours that was given up, with the last words of the server."""

    kind: str
    to: str
    error: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of a night. `not_answered` counts mails without a receipt by kind and reason."""

    waiting: Sequence[Waiting]
    answer_seconds: Sequence[int]
    receipts: int
    not_answered: Mapping[tuple[str, str], int]
    failed: Sequence[FailedMail]
    deferred: int
    held: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """A thread that waits past its promise. `past_resolve`: past the second one, too."""

    thread: Waiting
    waited: timedelta
    overdue_since: datetime
    past_resolve: bool
    assignee: str | None  # a name


@dataclass(frozen=True, slots=True)
class Due:
    """A thread whose next promise falls due by the end of the next day."""

    thread: Waiting
    due_at: datetime
    resolve: bool  # the promise to resolve, the one to reply being past
    assignee: str | None  # a name


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of a night for one person.

    `as_of` is the moment of the lists; numbers count what happened after `night.since` up to `until`.
    """

    night: Night
    as_of: datetime
    until: datetime
    organisation: str
    zone: ZoneInfo
    person: Person
    overdue: tuple[Overdue, ...]  # the most urgent first
    due: tuple[Due, ...]  # the earliest first
    times: ResponseTimes
    receipts: int
    not_answered: tuple[tuple[str, str, int], ...]  # kind, reason, count; the most frequent first
    failed: tuple[FailedMail, ...] = ()
    deferred: int = 0
    held: int = 0
    quarantined: int = 0


def build(
    facts: Facts,
    organisation: Organisation,
    person: Person,
    people: Mapping[str, Person],
    night: Night,
    as_of: datetime,
) -> Digest:
    """The digest of that night for that person, from what the store knows."""
    horizon = end_of_next_day(night, organisation.zone)
    return Digest(
        night=night,
        as_of=as_of,
        until=min(as_of, night.moment),
        organisation=organisation.name,
        zone=organisation.zone,
        person=person,
        overdue=_overdue(facts.waiting, people, as_of),
        due=_due(facts.waiting, people, as_of, horizon),
        times=response_times(facts.answer_seconds),
        receipts=facts.receipts,
        not_answered=tuple((kind, reason, n) for (kind, reason), n in ranked(facts.not_answered)),
        failed=tuple(facts.failed),
        deferred=facts.deferred,
        held=facts.held,
        quarantined=facts.quarantined,
    )


def end_of_next_day(night: Night, zone: ZoneInfo) -> datetime:
    """The local midnight that ends the day after the night's date, in UTC."""
    after = night.date + timedelta(days=2)
    return datetime.combine(after, time(0), zone).astimezone(UTC)


def _overdue(
    waiting: Sequence[Waiting], people: Mapping[str, Person], as_of: datetime
) -> tuple[Overdue, ...]:
    late = [
        Overdue(
            thread=t,
            waited=as_of - t.waiting_since,
            overdue_since=t.promised_at,
            past_resolve=t.resolve_at is not None and t.resolve_at < as_of,
            assignee=_name(people, t.assignee),
        )
        for t in waiting
        if t.promised_at is not None and t.promised_at < as_of
    ]
    return tuple(sorted(late, key=lambda o: (not o.past_resolve, o.overdue_since, o.thread.ref)))


def _due(
    waiting: Sequence[Waiting], people: Mapping[str, Person], as_of: datetime, horizon: datetime
) -> tuple[Due, ...]:
    coming = []
    for thread in waiting:
        promises = ((thread.promised_at, False), (thread.resolve_at, True))
        ahead = [(at, resolve) for at, resolve in promises if at is not None and as_of <= at < horizon]
        if ahead:
            due_at, resolve = min(ahead)
            coming.append(Due(thread, due_at, resolve, _name(people, thread.assignee)))
    return tuple(sorted(coming, key=lambda due: (due.due_at, due.thread.ref)))


def _name(people: Mapping[str, Person], person_id: str | None) -> str | None:
    if person_id is None:
        return None
    return people[person_id].name if person_id in people else person_id
