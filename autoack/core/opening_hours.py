"""Opening hours: when a calendar is open, and how much open time lies between two moments.

Open time is elapsed time while the wall clock of the calendar's zone shows open (DESIGN section 7). All is
done over intervals of UTC, `from` included and `up to` not, one day of the wall at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from autoack.core import working_days
from autoack.core.policy import Calendar, Duration, Span
from autoack.core.wall_time import Interval, at_clock, joined, midnight, on_wall, while_shown
from autoack.core.working_days import holiday_name

__all__ = [
    "Counted",
    "add",
    "advance",
    "closure_notice",
    "count",
    "counted_between",
    "elapsed",
    "holiday_name",
    "is_open",
    "next_opening",
    "rewind",
    "spans",
]

_DAY = timedelta(days=1)
_AGENDAS_KEPT = 64  # far more calendars than any desk has
_RESULTS_KEPT = 256  # of each calendar: the promise and the steps of a thread ask for the same days again
_LOOK_AHEAD_DAYS = (
    3653  # ten years: a calendar that stays closed for longer is taken for one that never opens
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A moment and how it was counted: open time (from, up to; UTC), and days with why.

    `skipped` are days passed over, `unusual` those that were counted with other hours than their weekday's.
    `days` are the open days of a duration in days, in order: the last is the one that it leads to.
    """

    at: datetime
    counted: tuple[Interval, ...]
    skipped: tuple[tuple[date, str], ...]
    unusual: tuple[tuple[date, str], ...] = ()
    days: tuple[date, ...] = ()


def spans(calendar: Calendar, first: date, last: date) -> list[Interval]:
    """The open time of the days `first` to `last` of the calendar's zone, both included; in order, joined."""
    agenda, found = _agenda_of(calendar), []
    for day in _days(first, last):
        found += agenda.open_on(day)
    return joined(found)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether the calendar is open at that moment; at the moment of closing it is not."""
    at = at.astimezone(UTC)
    return any(opens <= at < closes for opens, closes in _agenda_of(calendar).open_on(_day(calendar, at)))


def next_opening(calendar: Calendar, at: datetime) -> datetime | None:
    """`at` itself if the calendar is open then, else when it opens next; None if not within ten years."""
    return next((opens for opens, _ in _open_from(calendar, at)), None)


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The open time between two moments; none if `end` is not after `start`."""
    if calendar.always:
        return max(end - start, timedelta(0))
    return sum((closes - opens for opens, closes in _open_between(calendar, start, end)), timedelta(0))


def add(calendar: Calendar, start: datetime, duration: Duration) -> datetime:
    """The moment (UTC) at which `duration` has run out.

    Open time counts from the next opening where the start lies outside; days from the start's own day, open or
    not. Raises ValueError if the calendar never opens.
    """
    if calendar.always or not duration.days:
        return advance(calendar, start, duration.elapsed)
    return _agenda_of(calendar).days_later(start, duration.days)


def advance(calendar: Calendar, start: datetime, open_time: timedelta) -> datetime:
    """The moment (UTC) at which so much open time has passed; at closing if it runs out then.

    Raises ValueError if the calendar never opens.
    """
    if calendar.always:
        return start.astimezone(UTC) + open_time
    left = open_time
    for opens, closes in _open_from(calendar, start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise _never_opens(calendar, start)


def count(calendar: Calendar, start: datetime, duration: Duration, language: str = "en") -> Counted:
    """As `add`, with the account of it."""
    account = counted_between(calendar, start, add(calendar, start, duration), language)
    if calendar.always or not duration.days:
        return account
    return replace(account, days=_open_days(calendar, _own_day(calendar, start), duration.days))


def counted_between(calendar: Calendar, start: datetime, end: datetime, language: str = "en") -> Counted:
    """The open time from `start` to `end`, and the days between them on which the calendar did not open.

    Holidays are named, and notices of closures said, in `language`.
    """
    counted = joined(list(_open_between(calendar, start, end)))
    touched = {
        day for a, b in counted for day in _days(_day(calendar, a), _day(calendar, b - timedelta.resolution))
    }
    skipped = tuple(
        (day, working_days.why_closed(calendar, day, language))
        for day in _days(_day(calendar, start), _day(calendar, end))
        if day not in touched and not _agenda_of(calendar).hours_on(day)
    )
    begun = sorted({_agenda_of(calendar).day_of(on_wall(calendar.zone, a)) for a, _ in counted} | touched)
    unusual = tuple((day, why) for day in begun if (why := working_days.why_open(calendar, day)))
    return Counted(end.astimezone(UTC), tuple(counted), skipped, unusual)


def closure_notice(calendar: Calendar, at: datetime, language: str) -> str | None:
    """What the ops say to customers about the closure that covers `at`; None where nothing is said."""
    closure = working_days.closure_on(calendar, _day(calendar, at))
    return working_days.notice_of(closure, language) if closure else None


def _open_from(calendar: Calendar, at: datetime) -> Iterator[Interval]:
    """Open intervals of what is left from `at` on, without end; stops when ten years have none."""
    agenda, day, idle = _agenda_of(calendar), _day(calendar, at), 0
    at = at.astimezone(UTC)
    while idle <= _LOOK_AHEAD_DAYS:
        idle += 1
        for opens, closes in agenda.open_on(day):
            if closes > at:
                idle = 0
                yield max(opens, at), closes
        day += _DAY


def rewind(calendar: Calendar, end: datetime, open_time: timedelta, earliest: datetime) -> datetime:
    """The last moment (UTC) from which so much open time passes until `end`; `earliest` where that lies before it."""
    if calendar.always:
        return max(end - open_time, earliest).astimezone(UTC)
    left = open_time
    for opens, closes in reversed([*_open_between(calendar, earliest, end)]):
        if left <= closes - opens:
            return closes - left
        left -= closes - opens
    return earliest.astimezone(UTC)


def _open_between(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Interval]:
    agenda, start, end = _agenda_of(calendar), start.astimezone(UTC), end.astimezone(UTC)
    for day in _days(_day(calendar, start), _day(calendar, end)):
        for opens, closes in agenda.open_on(day):
            if opens < end and closes > start:
                yield max(opens, start), min(closes, end)


def _days_later(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The same clock time so many open days later, moved into opening hours if it falls outside.

    A day is the one on which its hours begin: 02:00 of a night that began on Friday at 22:00 is Friday's.
    """
    first = _own_day(calendar, start)
    clock = on_wall(calendar.zone, start) - midnight(first)
    due = at_clock(calendar.zone, midnight(_open_days(calendar, first, days)[-1]) + clock)
    if is_open(calendar, due - timedelta.resolution):  # open up to then: at closing is not outside
        return due
    moved = next_opening(calendar, due)
    if moved is None:
        raise _never_opens(calendar, due)
    return moved


def _own_day(calendar: Calendar, start: datetime) -> date:
    """The day whose hours hold that moment, be it their closing; outside hours the day that the wall shows."""
    for moment in (start, start - timedelta.resolution):
        if is_open(calendar, moment):
            return _agenda_of(calendar).day_of(on_wall(calendar.zone, moment))
    return _day(calendar, start)


def _open_days(calendar: Calendar, first: date, days: int) -> tuple[date, ...]:
    """So many open days that follow that day, which need not be one itself."""
    agenda, found = _agenda_of(calendar), list[date]()
    for _ in range(days):
        following = agenda.next_working_day(found[-1] if found else first)
        if following is None:
            raise _never_opens(calendar, at_clock(calendar.zone, midnight(first)))
        found.append(following)
    return tuple(found)


def _day(calendar: Calendar, at: datetime) -> date:
    """The day that the wall of the calendar's zone shows."""
    return at.astimezone(calendar.zone).date()


def _never_opens(calendar: Calendar, since: datetime) -> ValueError:
    day = _day(calendar, since)
    return ValueError(
        f"calendar {calendar.name} does not open within ten years of {day}: "
        "no time can be counted on it; give it hours"
    )


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


class _Agenda:
    """The days of one calendar, each worked out once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._next: dict[date, date | None] = {}
        self._hours: dict[date, tuple[Span, ...]] = {}
        self._open: dict[date, list[Interval]] = {}
        self._later: dict[tuple[datetime, int], datetime] = {}

    def days_later(self, start: datetime, days: int) -> datetime:
        """As `_days_later`, whose last results are kept. Raises ValueError if the calendar never opens."""
        found = self._later.get((start, days))
        if found is None:
            if len(self._later) >= _RESULTS_KEPT:
                self._later.clear()
            found = self._later[start, days] = _days_later(self._calendar, start, days)
        return found

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """The hours that begin on `day`."""
        if day not in self._hours:
            self._hours[day] = working_days.hours_of(self._calendar, day)
        return self._hours[day]

    def open_on(self, day: date) -> list[Interval]:
        """The open time while the wall shows `day`, with what is left of the night before."""
        if day not in self._open:
            start, found = midnight(day), []
            for begin, end in self._minutes(day):
                first, last = start + timedelta(minutes=begin), start + timedelta(minutes=end)
                found += while_shown(self._calendar.zone, first, last)
            self._open[day] = joined(sorted(found))
        return self._open[day]

    def day_of(self, wall: datetime) -> date:
        """The day whose hours hold this open time of the wall."""
        day = wall.date()
        minute = wall.hour * 60 + wall.minute
        return day if any(s.start <= minute < s.end for s in self.hours_on(day)) else day - _DAY

    def next_working_day(self, day: date) -> date | None:
        """The next day after `day` on which hours begin."""
        if day not in self._next:
            ahead = _days(day + _DAY, day + _LOOK_AHEAD_DAYS * _DAY)
            self._next[day] = next((d for d in ahead if self.hours_on(d)), None)
        return self._next[day]

    def _minutes(self, day: date) -> Iterator[tuple[int, int]]:
        for span in self.hours_on(day - _DAY):
            if span.end > 1440:
                yield 0, span.end - 1440
        for span in self.hours_on(day):
            yield span.start, min(span.end, 1440)


# By identity, since closures hold mappings, which have no hash. An agenda keeps its calendar alive, so that
# no other one can come to the same id.
_agendas: dict[int, _Agenda] = {}


def _agenda_of(calendar: Calendar) -> _Agenda:
    agenda = _agendas.get(id(calendar))
    if agenda is None:
        if len(_agendas) >= _AGENDAS_KEPT:
            _agendas.clear()
        agenda = _agendas[id(calendar)] = _Agenda(calendar)
    return agenda
