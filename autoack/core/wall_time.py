"""Where the clock on the wall and elapsed time part: stretches of wall clock as moments of UTC.

A zone is a row of stretches of constant offset. A span of wall clock is cut along them: hours that the wall
skips in spring hold no time, hours that it shows twice in autumn hold it twice.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]  # from, up to; aware, UTC

_DAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    """The beginning of `day` on the wall: naive."""
    return datetime.combine(day, time())


def on_wall(zone: ZoneInfo, at: datetime) -> datetime:
    """What the wall clock of `zone` shows `at` that moment: naive."""
    return at.astimezone(zone).replace(tzinfo=None)


def at_clock(zone: ZoneInfo, wall: datetime) -> datetime:
    """The moment (UTC) at which the wall clock shows `wall` (naive).

    A time that is shown twice is its first showing, one that is skipped is read with the offset before
    the gap (RFC 5545 §3.3.5).
    """
    return wall.replace(tzinfo=zone).astimezone(UTC)


def while_shown(zone: ZoneInfo, first: datetime, last: datetime) -> list[Interval]:
    """The moments at which the wall clock shows a time from `first` up to `last` (both naive), in order."""
    found: list[Interval] = []
    for year in range(first.year, last.year + 1):
        for begins, ends, offset in _stretches(zone, year):
            start, end = max(begins, first - offset), min(ends, last - offset)
            if start < end:
                found.append((start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)))
    return joined(sorted(found))


def joined(intervals: list[Interval]) -> list[Interval]:
    """Sorted intervals with those that touch or overlap made one."""
    result: list[Interval] = []
    for start, end in intervals:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


@lru_cache(maxsize=256)
def _stretches(zone: ZoneInfo, year: int) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The stretches of constant offset in a year and the days around it: from, to (naive UTC), offset."""
    begins, stop = midnight(date(year, 1, 1)) - 2 * _DAY, midnight(date(year + 1, 1, 1)) + 2 * _DAY
    found, at = [], begins
    while at < stop:
        after = at + _DAY
        if _offset(zone, at) != _offset(zone, after):
            change = _change(zone, at, after)
            found.append((begins, change, _offset(zone, begins)))
            begins = change
        at = after
    return (*found, (begins, stop, _offset(zone, begins)))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second between the two at which the offset changes."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    """How far the wall is ahead of `at` (naive UTC)."""
    return on_wall(zone, at.replace(tzinfo=UTC)) - at
