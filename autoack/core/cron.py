"""The times of a cron line: minute, hour, day of the month, month, day of the week, as crontab(5) has them.

Sunday is 0 and 7. Where both days are restricted, either will do. A time that the clock skips in spring comes when
the clock has moved on, and one that it shows twice in autumn comes once.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from autoack.core.wall_time import at_clock, on_wall

_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(\*|[a-z]{3}|\d)(?:-([a-z]{3}|\d))?(?:/(\d+))?", re.IGNORECASE)
_TICK = timedelta(microseconds=1)
# How far back the last time is looked for, step by step: a line for every minute is not counted through for years.
# The last step holds every line: 29 February comes again within eight years.
_BACK = tuple(timedelta(days=days) for days in (1 / 24, 1, 32, 366, 8 * 366))
_FIELDS = ("minute", "hour", "day", "month", "day_of_week")


class Cron:
    """A cron line on the wall clock of a zone. Raises ValueError, with what is wrong, where it is none."""

    def __init__(self, line: str, zone: ZoneInfo) -> None:
        fields = line.split()
        if len(fields) != len(_FIELDS):
            raise ValueError(
                f"it has {len(fields)} fields instead of five: minute, hour, day, month, day of the week"
            )
        minute, hour, day, month, weekday = fields
        days = [(day, _weekdays(weekday))]
        if not day.startswith("*") and not weekday.startswith("*"):
            days = [(day, "*"), ("*", days[0][1])]
        self._zone = zone
        # On a clock that never jumps; what the zone's clock makes of its times is said by wall_time.
        self._triggers = [
            CronTrigger(minute=minute, hour=hour, day=d, month=month, day_of_week=w, timezone=UTC)
            for d, w in days
        ]

    def next_after(self, moment: datetime) -> datetime | None:
        """The first time after the moment (UTC); None where none will ever come."""
        shown = self._next(on_wall(self._zone, moment))
        while shown is not None:
            at = at_clock(self._zone, shown)
            if at > moment:
                return at
            shown = self._next(shown)
        return None

    def last_until(self, since: datetime, now: datetime) -> datetime | None:
        """The last time after `since` and not after `now` (UTC); None where there is none."""
        for back in _BACK:
            start = max(since, now - back)
            times = list(self._between(start, now))
            if times or start == since:
                return times[-1] if times else None
        return None

    def _between(self, start: datetime, end: datetime) -> Iterator[datetime]:
        at = self.next_after(start)
        while at is not None and at <= end:
            yield at
            at = self.next_after(at)

    def _next(self, shown: datetime) -> datetime | None:
        """The next time that a wall clock shows after this one."""
        after = shown.replace(tzinfo=UTC) + _TICK
        times = (trigger.get_next_fire_time(None, after) for trigger in self._triggers)
        return min((time.replace(tzinfo=None) for time in times if time is not None), default=None)


def _weekdays(field: str) -> str:
    """The field with names for numbers: the trigger counts from Monday, cron from Sunday."""
    if field == "*":
        return field
    days = sorted({day for part in field.split(",") for day in _days(part)})
    return ",".join(_NAMES[day] for day in days)


def _days(part: str) -> Iterator[int]:
    match = _PART.fullmatch(part)
    if not match:
        raise ValueError(
            f"{part!r} is no day of the week; these are 0 to 7 and sun to sat, 0 and 7 being Sunday"
        )
    first, last, step = match[1], match[2], int(match[3] or 1)
    if step < 1 or (first == "*" and last):
        raise ValueError(f"{part!r} is no day of the week")
    begin, end = (0, 6) if first == "*" else (_number(first), _number(last) if last else _number(first))
    if match[3] and not last:
        end = 6  # `1/2` is `1-6/2`
    if end < begin:
        end += 7  # fri-mon
    for day in range(begin, end + 1, step):
        yield day % 7


def _number(day: str) -> int:
    if day.isdigit():
        if int(day) > 7:
            raise ValueError(f"{day} is no day of the week; these are 0 to 7, 0 and 7 being Sunday")
        return int(day)
    if day.lower() not in _NAMES:
        raise ValueError(f"{day!r} is no day of the week; these are sun, mon, tue, wed, thu, fri and sat")
    return _NAMES.index(day.lower())
