"""Opening hours against an oracle that looks at the wall clock every minute of a few weeks.

Random calendars over every week of 2024 to 2027 in Zagreb, Belgrade and Budapest, with their holidays, swapped
Saturdays and both changes of the clocks, and over odd days elsewhere. The oracle has its own table of holidays
(public_holidays.py). `make oracle` counts 10,000 calendars (AUTOACK_ORACLE=10000) in all windows; without it
a part of them is counted, the changes of the clocks always among them.
"""

import os
import random
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from autoack.core import holidays_of, opening_hours
from autoack.core.policy import Calendar, Closure, Duration, Opening, Season, Span, Week
from tests.core.public_holidays import HOLIDAYS, SWAPPED, YEARS

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LENGTH = 16  # days looked at
MARGIN = 12  # days after them that a span may reach into
CALENDARS = int(os.environ.get("AUTOACK_ORACLE", "200"))
SPANS = 12  # a calendar

ZONES = [("Europe/Zagreb", "HR"), ("Europe/Belgrade", "RS"), ("Europe/Budapest", "HU")]
FIRST, LAST = date(2024, 1, 4), date(2027, 12, 31) - (LENGTH + MARGIN) * DAY
STARTS = [FIRST + n * DAY for n in range(0, (LAST - FIRST).days + 1, LENGTH)]
# zone, country, first day: what happens in those days
ODD_WINDOWS: list[tuple[str, str | None, date]] = [
    ("Europe/Zagreb", "HR", date(2024, 2, 20)),  # a leap day
    ("Europe/Belgrade", "RS", date(2026, 12, 28)),  # across the year's end, Orthodox Christmas
    ("Europe/Belgrade", "RS", date(2027, 4, 24)),  # a holiday moved from Sunday beyond Easter Monday
    ("Europe/Budapest", "HU", date(2024, 12, 1)),  # two Saturdays worked for Christmas
    ("Australia/Lord_Howe", None, date(2026, 3, 28)),  # clocks go back by half an hour
    ("America/Havana", None, date(2026, 3, 1)),  # clocks go forward at midnight
    ("America/Havana", None, date(2026, 10, 25)),  # clocks go back to midnight
    ("America/St_Johns", None, date(2026, 10, 26)),  # an offset of half hours
]


def has_change(zone: str, first: date) -> bool:
    """Whether the clocks change in those days."""
    ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (first, first + LENGTH * DAY))
    return len({end.utcoffset() for end in ends}) == 2


ALL_WINDOWS = [(zone, country, first) for first in STARTS for zone, country in ZONES]
CHANGES = [window for window in ALL_WINDOWS if has_change(window[0], window[2])]
WHOLE = 10 * len(ALL_WINDOWS) <= CALENDARS
WINDOWS = list(dict.fromkeys(ODD_WINDOWS + (ALL_WINDOWS if WHOLE else CHANGES + ALL_WINDOWS[::20])))


class Oracle:
    """Every minute of a window, with what the wall shows: slow, and too simple to be wrong."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        self.calendar = calendar
        self.days = {first + n * DAY: self._hours(first + n * DAY) for n in range(-3, LENGTH + MARGIN)}
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
        if day in HOLIDAYS[calendar.country]:
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
        wall = start.astimezone(self.calendar.zone).replace(tzinfo=None)
        if start in self.open_set:
            day = self.owner(wall)
        elif start - MINUTE in self.open_set:
            day = self.owner(wall - MINUTE)
        else:
            day = wall.date()
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


@lru_cache(maxsize=4)
def minutes_of(zone: ZoneInfo, first: date) -> list[tuple[datetime, date, int]]:
    """Each minute (UTC) of the window and a day on each side, with the day and minute that the wall shows."""
    start = datetime.combine(first - DAY, time(), UTC)
    moments = (start + n * MINUTE for n in range((LENGTH + 2) * 1440))
    return [
        (at, wall.date(), wall.hour * 60 + wall.minute) for at in moments for wall in [at.astimezone(zone)]
    ]


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


def calendars(
    zone: str, country: str | None, first: date
) -> Iterator[tuple[random.Random, Calendar, Oracle]]:
    """So many of them in each window that all windows together make up CALENDARS, the same ones every time."""
    number = WINDOWS.index((zone, country, first))
    for index in range(number, CALENDARS, len(WINDOWS)):
        dice = random.Random(index)
        calendar = some_calendar(dice, zone, country, first)
        yield dice, calendar, Oracle(calendar, first)


@pytest.mark.parametrize(("zone", "country", "first"), WINDOWS, ids=str)
def test_every_question_is_answered_as_by_counting_minutes(
    zone: str, country: str | None, first: date
) -> None:
    for dice, calendar, oracle in calendars(zone, country, first):
        spans_are_the_runs_of_open_minutes(calendar, oracle, first)
        for _ in range(SPANS):
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
            adding_undoes_measuring(dice, calendar, start, end)


@pytest.mark.parametrize("country", ["HR", "RS", "HU"])
def test_holidays_are_those_of_the_law(country: str) -> None:
    for year in YEARS:
        of_law = {day for day in HOLIDAYS[country] if day.year == year}
        assert set(holidays_of.holidays_in(country, None, year)) == of_law, year


def test_the_weekend_days_worked_in_hungary_are_those_decreed() -> None:
    days = [date(2024, 1, 1) + n * DAY for n in range(3 * 366)]
    found = {day: off for day in days if (off := holidays_of.day_off_for("HU", None, day))}
    assert found == SWAPPED


def test_no_window_is_left_out() -> None:
    """Every window has calendars, also in the smaller run; both changes of each year lie in one, in each zone."""
    assert 2 * len(WINDOWS) <= CALENDARS
    assert all(b - a <= LENGTH * DAY for a, b in pairwise([*STARTS, LAST]))
    assert len(CHANGES) == len(ZONES) * 2 * len(YEARS)
    assert set(CHANGES) <= set(WINDOWS)


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


def adding_undoes_measuring(dice: random.Random, calendar: Calendar, start: datetime, end: datetime) -> None:
    """What was added is measured again; what was measured leads, added, to the last open moment before `end`."""
    some = timedelta(seconds=dice.randrange(1, 40_000), microseconds=dice.randrange(1_000_000))
    begins = start + timedelta(seconds=dice.randrange(60))
    assert opening_hours.elapsed(calendar, begins, opening_hours.advance(calendar, begins, some)) == some
    measured = opening_hours.elapsed(calendar, begins, end)
    if measured:
        reached = opening_hours.advance(calendar, begins, measured)
        assert reached <= end
        assert not opening_hours.elapsed(calendar, reached, end)
        assert opening_hours.is_open(calendar, reached - timedelta.resolution)
