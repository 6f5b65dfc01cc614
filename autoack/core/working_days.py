"""Which hours a day has on a calendar, and why it has none.

What stands first wins: exceptional openings, closures, public holidays, seasons, the week. A weekend day that
is worked in exchange for a day off (Hungary) has the hours of that day off's weekday.
"""

from datetime import date

from autoack.core import holidays_of
from autoack.core.plain import in_language
from autoack.core.policy import Calendar, Closure, Season, Span, Week

_ALL_DAY = (Span(0, 24 * 60),)


def hours_of(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The hours that begin on `day`: they may run past midnight."""
    if calendar.always:
        return _ALL_DAY
    if is_exceptional(calendar, day):
        return tuple(span for opening in calendar.openings if opening.day == day for span in opening.hours)
    if closure_on(calendar, day) or _is_holiday(calendar, day):
        return ()
    week = week_on(calendar, day)
    return _swapped_hours(calendar, week, day) or week[day.weekday()]


def week_on(calendar: Calendar, day: date) -> Week:
    """The weekly hours that count on `day`: those of its season, else the calendar's own."""
    season = _season_on(calendar, day)
    return season.week if season else calendar.week


def why_closed(calendar: Calendar, day: date, language: str) -> str:
    """Why no hours begin on `day`, in a few English words.

    A holiday by its name in `language`, and in its own country; a closure with its notice.
    """
    if is_exceptional(calendar, day):
        return "exceptionally closed"
    if closure := closure_on(calendar, day):
        span = f" from {closure.first} to {closure.last}" if closure.first != closure.last else ""
        notice = notice_of(closure, language)
        return f"closed{span}" + (f": {notice}" if notice else "")
    if _is_holiday(calendar, day):
        said, own = holiday_name(calendar, day, language), holiday_name(calendar, day, None)
        return f"public holiday: {said}" + (f" ({own})" if own != said else "")
    if day.weekday() >= 5:
        return "weekend"
    season = _season_on(calendar, day)
    return f"no hours on a {day:%A}" + (f" in the season {season.name}" if season else "")


def why_open(calendar: Calendar, day: date) -> str | None:
    """Why `day` has other hours than its weekday, in a few English words; None where it has those or none."""
    if calendar.always or not hours_of(calendar, day):
        return None
    if is_exceptional(calendar, day):
        return "exceptional hours"
    season = _season_on(calendar, day)
    if _swapped_hours(calendar, season.week if season else calendar.week, day) and calendar.country:
        off = holidays_of.day_off_for(calendar.country, calendar.subdivision, day)
        return f"worked in exchange for {off:%A} {off}"
    return f"season {season.name}" if season else None


def notice_of(closure: Closure, language: str) -> str | None:
    """What the ops say of the closure: in `language`, its base language, English, or the first given."""
    return in_language(closure.notice, language) or None


def holiday_name(calendar: Calendar, day: date, language: str | None) -> str | None:
    """The name of the public holiday on `day` in `language` (None: the country's own); None: it is none."""
    if calendar.country is None:
        return None
    if language is None:
        return holidays_of.holidays_in(calendar.country, calendar.subdivision, day.year).get(day)
    return holidays_of.holiday_name(calendar.country, calendar.subdivision, day, language)


def closure_on(calendar: Calendar, day: date) -> Closure | None:
    """The closure that covers `day`, unless the desk is exceptionally open."""
    if is_exceptional(calendar, day):
        return None
    return next((c for c in calendar.closures if c.first <= day <= c.last), None)


def is_exceptional(calendar: Calendar, day: date) -> bool:
    """Whether the ops gave this one day its own hours."""
    return any(opening.day == day for opening in calendar.openings)


def _is_holiday(calendar: Calendar, day: date) -> bool:
    if calendar.country is None:
        return False
    return day in holidays_of.holidays_in(calendar.country, calendar.subdivision, day.year)


def _season_on(calendar: Calendar, day: date) -> Season | None:
    return next((s for s in calendar.seasons if _within(s, (day.month, day.day))), None)


def _within(season: Season, day: tuple[int, int]) -> bool:
    if season.first <= season.last:
        return season.first <= day <= season.last
    return day >= season.first or day <= season.last  # across the year's end


def _swapped_hours(calendar: Calendar, week: Week, day: date) -> tuple[Span, ...]:
    if calendar.country is None or day.weekday() < 5:
        return ()
    off = holidays_of.day_off_for(calendar.country, calendar.subdivision, day)
    return week[off.weekday()] if off else ()
