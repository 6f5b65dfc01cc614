"""Opening hours against an oracle that looks at the wall clock every minute of a few weeks.

Hundreds of random calendars, around the days on which clocks change and holidays and swapped Saturdays fall.
"""

import random
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest

from autoack.core import opening_hours
from autoack.core.policy import Calendar, Closure, Duration, Opening, Season, Span, Week

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LENGTH = 16  # days looked at

# zone, country, first day: what happens in those days
WINDOWS = [
    ("Europe/Zagreb", "HR", date(2026, 3, 20)),  # clocks go forward, Easter
    ("Europe/Zagreb", "HR", date(2026, 10, 20)),  # clocks go back, All Saints
    ("Europe/Zagreb", "HR", date(2026, 12, 20)),  # Christmas, the year's end
    ("Europe/Zagreb", "HR", date(2028, 2, 20)),  # a leap day
    ("Europe/Belgrade", "RS", date(2026, 12, 28)),  # New Year's two days, Orthodox Christmas
    ("Europe/Belgrade", "RS", date(2026, 2, 8)),  # a holiday moved from Sunday
    ("Europe/Budapest", "HU", date(2025, 12, 30)),  # 10 January worked
    ("Europe/Budapest", "HU", date(2026, 8, 7)),  # 8 August worked for the 21st
    ("Europe/Budapest", "HU", date(2025, 10, 14)),  # 18 October worked for the 24th; clocks go back
    ("Australia/Lord_Howe", None, date(2026, 3, 28)),  # clocks go back by half an hour
    ("America/Havana", None, date(2026, 3, 1)),  # clocks go forward at midnight
    ("America/Havana", None, date(2026, 10, 25)),  # clocks go back to midnight
]
# Saturdays worked in Hungary, and the days off that they make up for, as decreed.
SWAPPED = {
    date(2025, 10, 18): date(2025, 10, 24),
    date(2025, 12, 13): date(2025, 12, 24),
    date(2026, 1, 10): date(2026, 1, 2),
    date(2026, 8, 8): date(2026, 8, 21),
}


class Oracle:
    """Every minute of a window, with what the wall shows: slow, and too simple to be wrong."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        self.calendar = calendar
        self.days = {first + n * DAY: self._hours(first + n * DAY) for n in range(-3, LENGTH + 12)}
        shown = {day: self._shown(day) for day in self.days if day - DAY in self.days}
        self.open = [at for at, day, minute in minutes_of(calendar.zone, first) if minute in shown[day]]
        self.open_set = frozenset(self.open)

    def _hours(self, day: date) -> tuple[Span, ...]:
        calendar = self.calendar
        exceptions = [opening.hours for opening in calendar.openings if opening.day == day]
        if exceptions:
            return exceptions[0]
        if any(closure.first <= day <= closure.last for closure in calendar.closures):
            return ()
        if calendar.country and day in known_holidays(calendar.country):
            return ()
        week = calendar.week
        for season in calendar.seasons:
            first, last = date(2000, *season.first), date(2000, *season.last)
            spot = date(2000, day.month, day.day)
            if (first <= spot <= last) if first <= last else not (last < spot < first):
                week = season.week
        if calendar.country == "HU" and day in SWAPPED and week[SWAPPED[day].weekday()]:
            return week[SWAPPED[day].weekday()]
        return week[day.weekday()]

    def owner(self, wall: datetime) -> date | None:
        """The day whose hours are open then."""
        for day, shift in ((wall.date(), 0), (wall.date() - DAY, 1440)):
            minute = wall.hour * 60 + wall.minute + shift
            if any(span.start <= minute < span.end for span in self.days[day]):
                return day
        return None

    def _shown(self, day: date) -> frozenset[int]:
        """The open minutes of a day, those of the night before included."""
        own = {minute for span in self.days[day] for minute in range(span.start, span.end)}
        late = {m - 1440 for span in self.days[day - DAY] for m in range(span.start, span.end)}
        return frozenset(minute for minute in own | late if 0 <= minute < 1440)

    def from_(self, start: datetime) -> int:
        """The index of the first open minute from `start` on."""
        return bisect_left(self.open, start)

    def days_later(self, start: datetime, number: int) -> datetime | None:
        begins = self.open[self.from_(start)]
        wall = begins.astimezone(self.calendar.zone).replace(tzinfo=None)
        day = self.owner(wall)
        assert day is not None
        clock = wall - datetime.combine(day, time())
        working = [each for each, spans in self.days.items() if each > day and spans]
        if len(working) < number:
            return None
        shown = datetime.combine(working[number - 1], time()) + clock
        due = shown.replace(tzinfo=self.calendar.zone).astimezone(UTC)
        if due > self.open[-1]:
            return None
        if due - MINUTE in self.open_set:
            return due
        return self.open[self.from_(due)]


@cache
def minutes_of(zone: ZoneInfo, first: date) -> list[tuple[datetime, date, int]]:
    """Each minute (UTC) of the window and a day on each side, with the day and minute that the wall shows."""
    start = datetime.combine(first - DAY, time(), UTC)
    moments = (start + n * MINUTE for n in range((LENGTH + 2) * 1440))
    return [
        (at, wall.date(), wall.hour * 60 + wall.minute) for at in moments for wall in [at.astimezone(zone)]
    ]


@cache
def known_holidays(country: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=range(2025, 2029), language="en_US"))


def some_spans(dice: random.Random) -> tuple[Span, ...]:
    kinds: list[tuple[Span, ...]] = [
        (),
        (Span(dice.randrange(420, 600, 15), dice.randrange(900, 1140, 15)),),
        (Span(480, 720), Span(dice.randrange(730, 790, 5), 990)),  # a break
        (Span(dice.randrange(1200, 1440, 30), 1440 + dice.randrange(60, 480, 20)),),  # a night
        (Span(0, 1440),),
        (Span(dice.randrange(0, 120), dice.randrange(121, 240)), Span(600, 601)),  # while clocks change
        (Span(dice.randrange(0, 600), 1440),),
    ]
    return dice.choice(kinds)


def some_week(dice: random.Random) -> Week:
    return tuple(some_spans(dice) for _ in range(7))


def some_calendar(dice: random.Random, zone: str, country: str | None, first: date) -> Calendar:
    def day() -> date:
        return first + dice.randrange(LENGTH) * DAY

    closed_from, season_from = day(), day()
    season_to = season_from + dice.choice([3, 10, 300]) * DAY
    closure = Closure(closed_from, closed_from + dice.randrange(3) * DAY, {"en": "Closed."})
    season = Season(
        "s", (season_from.month, season_from.day), (season_to.month, season_to.day), some_week(dice)
    )
    return Calendar(
        "random",
        ZoneInfo(zone),
        week=some_week(dice),
        country=country,
        closures=(closure,) if dice.random() < 0.5 else (),
        openings=(Opening(day(), some_spans(dice)),) if dice.random() < 0.5 else (),
        seasons=(season,) if dice.random() < 0.4 else (),
    )


@pytest.fixture(params=range(len(WINDOWS) * 20), ids=lambda n: f"{WINDOWS[n % len(WINDOWS)][0]}-{n}")
def case(request: pytest.FixtureRequest) -> tuple[random.Random, Calendar, Oracle, date]:
    dice = random.Random(request.param)
    zone, country, first = WINDOWS[request.param % len(WINDOWS)]
    calendar = some_calendar(dice, zone, country, first)
    return dice, calendar, Oracle(calendar, first), first


def test_every_question_is_answered_as_by_counting_minutes(
    case: tuple[random.Random, Calendar, Oracle, date],
) -> None:
    dice, calendar, oracle, first = case
    spans_are_the_runs_of_open_minutes(calendar, oracle, first)
    for _ in range(25):
        start = minutes_of(calendar.zone, first)[dice.randrange(LENGTH * 1440 // 2)][0]
        end = start + dice.randrange(6 * 1440) * MINUTE
        assert opening_hours.is_open(calendar, start) is (start in oracle.open_set)
        begin = oracle.from_(start)
        if begin == len(oracle.open):
            continue
        assert opening_hours.next_opening(calendar, start) == oracle.open[begin]
        passed = opening_hours.elapsed(calendar, start, end)
        assert passed == (oracle.from_(end) - begin) * MINUTE
        counts_seconds(dice, calendar, oracle, start, begin)
        counts_days(dice, calendar, oracle, start)


def spans_are_the_runs_of_open_minutes(calendar: Calendar, oracle: Oracle, first: date) -> None:
    last = first + (LENGTH - 1) * DAY
    inside = [at for at in oracle.open if first <= at.astimezone(calendar.zone).date() <= last]
    breaks = [0, *(n for n, (a, b) in enumerate(pairwise(inside), 1) if b - a != MINUTE), len(inside)]
    runs = [(inside[a], inside[b - 1] + MINUTE) for a, b in pairwise(breaks)] if inside else []
    assert opening_hours.spans(calendar, first, last) == runs


def counts_seconds(
    dice: random.Random, calendar: Calendar, oracle: Oracle, start: datetime, begin: int
) -> None:
    """So many open minutes after `start`: the end of the last of them, be it the closing."""
    number = dice.randrange(1, 1200)
    if begin + number <= len(oracle.open):
        told = opening_hours.count(calendar, start, Duration(seconds=number * 60))
        assert told.at == oracle.open[begin + number - 1] + MINUTE
        assert sum((b - a for a, b in told.counted), timedelta()) == number * MINUTE


def counts_days(dice: random.Random, calendar: Calendar, oracle: Oracle, start: datetime) -> None:
    number = dice.randrange(1, 6)
    due = oracle.days_later(start, number)
    if due is not None:
        assert opening_hours.add(calendar, start, Duration(days=number)) == due
