"""What a set of response times tells: the middle, the slow end, and how many kept a limit.

Every figure of an empty set is None: no answers is not the same as answers within no time.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

K = TypeVar("K", str, tuple[str, str])  # what is counted: it must have an order

DAY = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How fast a number of waits was answered. Lengths in whole seconds, shares from 0 to 1."""

    count: int
    median: int | None
    p90: int | None
    within_24h: float | None
    within_3d: float | None


def response_times(seconds: Sequence[int]) -> ResponseTimes:
    """The figures of these lengths (seconds, in any order)."""
    return ResponseTimes(
        count=len(seconds),
        median=median(seconds),
        p90=percentile(seconds, 90),
        within_24h=share_within(seconds, DAY),
        within_3d=share_within(seconds, 3 * DAY),
    )


def median(seconds: Sequence[int]) -> int | None:
    """The middle length; of an even number the mean of the two in the middle, rounded down."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) // 2


def percentile(seconds: Sequence[int], percent: int) -> int | None:
    """The nearest-rank percentile: the smallest length that at least `percent` % of them do not exceed.

    It is always one of the lengths that occurred. `percent` is from 1 to 100.
    """
    if not seconds:
        return None
    rank = math.ceil(percent * len(seconds) / 100)
    return sorted(seconds)[rank - 1]


def share_within(seconds: Sequence[int], limit: int) -> float | None:
    """Which share of them, 0 to 1, does not exceed `limit` (seconds)."""
    if not seconds:
        return None
    return sum(length <= limit for length in seconds) / len(seconds)


def ranked(counts: Mapping[K, int]) -> tuple[tuple[K, int], ...]:
    """What was counted, the most frequent first, equals by name; what never occurred is left out."""
    return tuple(sorted(((k, n) for k, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))


# --- answers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """A wait that an answer ended. `first`: it was the first answer of its thread."""

    at: datetime
    wall: int  # seconds that the customer waited
    open: int  # those of them in which the calendar of the thread's policy was open
    first: bool
    mailbox: str
    team: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Period:
    """How fast first answers came in a time."""

    wall: ResponseTimes
    open: ResponseTimes


@dataclass(frozen=True, slots=True)
class Day:
    """The answers of a night's day; `late` of them came after more than 24 hours of wall time."""

    date: date
    answered: int
    late: int


@dataclass(frozen=True, slots=True)
class Group:
    """How a mailbox, a team or a category does: what is overdue now, and its first answers of a time."""

    name: str
    overdue: int
    times: ResponseTimes


def period(answers: Iterable[Answer], since: datetime, until: datetime) -> Period:
    """The first answers that came after `since` up to `until`."""
    first = [answer for answer in answers if answer.first and since < answer.at <= until]
    return Period(response_times([a.wall for a in first]), response_times([a.open for a in first]))


def day_of(night: date, answers: Iterable[Answer], since: datetime, until: datetime) -> Day:
    """The bar of one night: all answers, first or not, that came after `since` up to `until`."""
    walls = [answer.wall for answer in answers if since < answer.at <= until]
    return Day(night, len(walls), sum(wall > DAY for wall in walls))


def groups(
    answers: Iterable[Answer],
    name_of: Callable[[Answer], str | None],
    overdue: Mapping[str, int],
    known: Iterable[str] = (),
) -> tuple[Group, ...]:
    """The first answers by name, with the number of overdue threads: most overdue first, then most answered.

    `known` are named even where nothing happened.
    """
    walls: dict[str, list[int]] = {name: [] for name in (*known, *overdue)}
    for answer in answers:
        name = name_of(answer)
        if name is not None and answer.first:
            walls.setdefault(name, []).append(answer.wall)
    made = [Group(name, overdue.get(name, 0), response_times(lengths)) for name, lengths in walls.items()]
    return tuple(sorted(made, key=lambda group: (-group.overdue, -group.times.count, group.name)))


def verdict(week: ResponseTimes, before: ResponseTimes) -> str:
    """Whether a time was better than the one before it: better, worse, same; new: nothing to compare; none.

    The share within 24 hours decides, in whole percent, as people see it; then the median.
    """
    if week.within_24h is None or week.median is None:
        return "none"
    if before.within_24h is None or before.median is None:
        return "new"
    now, then = percent(week.within_24h), percent(before.within_24h)
    if now != then:
        return "better" if now > then else "worse"
    if week.median == before.median:
        return "same"
    return "better" if week.median < before.median else "worse"


def percent(share: float) -> int:
    """A share of 0 to 1 as whole percent, rounded down: not all is never 100."""
    return int(round(share * 100, 6))
