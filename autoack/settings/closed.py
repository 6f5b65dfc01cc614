"""Calendars that, seen from now, do not open again within sight: the clock of a promise would stand still."""

from collections.abc import Iterator
from datetime import datetime

from autoack.core import opening_hours, working_days
from autoack.core.policy import Calendar
from autoack.core.promise import SIGHT_DAYS, in_sight
from autoack.settings.document import Problem
from autoack.settings.file import File


def stay_closed(file: File, calendars: dict[str, Calendar], now: datetime) -> Iterator[Problem]:
    """A problem for each calendar that stays closed, at what closes it."""
    for name in file.calendars:
        if not in_sight(opening_hours.next_opening(calendars[name], now), now):
            yield _problem(name, calendars[name], now)


def _problem(name: str, calendar: Calendar, now: datetime) -> Problem:
    today = now.astimezone(calendar.zone).date()
    stays = f"this calendar does not open within {SIGHT_DAYS} days of {today}"
    closure = working_days.closure_on(calendar, today)
    if closure is None:
        message = f"{stays}: give it hours, or leave it out (`always` is built in)"
        return Problem(("calendars", name, "hours"), message, on="key")
    index = calendar.closures.index(closure)
    return Problem(("calendars", name, "closed", index), f"{stays}: closed up to {closure.last}", on="value")
