"""Times as people type them after "until": 2d, 3 dana, sutra, petka, 24. 11. u 10:00, január 6-ig."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from autoack.core.script import to_latin
from autoack.core.words import fold

MORNING = time(8)  # of a day that is named without a time

_LONGEST = timedelta(days=2 * 366)  # what lies further ahead is a slip of the pen
_UNITS = {
    "hours": ("h", "hour", "hours", "sat", "sata", "sati", "ora", "orat", "orara"),
    "days": ("d", "day", "days", "dan", "dana", "nap", "napra", "nappal"),
    "weeks": ("w", "week", "weeks", "tjedan", "tjedna", "tjedana", "nedelju", "nedelje", "nedelja", "het", "hetre"),
}  # fmt: skip
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words}
_NEAR = {
    "today": 0,
    "danas": 0,
    "ma": 0,
    "tomorrow": 1,
    "sutra": 1,
    "holnap": 1,
    "prekosutra": 2,
    "holnaputan": 2,
}
# How the days of the week begin, in any case of their declension; the longer ones are tried first.
_WEEKDAYS = {
    0: ("monday", "mon", "ponedj", "poned", "hetfo"),
    1: ("tuesday", "tue", "utor", "kedd"),
    2: ("wednesday", "wed", "srijed", "sred", "szerda"),
    3: ("thursday", "thu", "cetvrt", "csutortok"),
    4: ("friday", "fri", "petak", "petka", "pentek"),
    5: ("saturday", "sat", "subot", "szombat"),
    6: ("sunday", "sun", "nedjelj", "nedelj", "vasarnap"),
}
# How months begin, in any case of their declension.
_MONTHS = {
    1: ("jan", "sij"),
    2: ("feb", "velj"),
    3: ("mar", "ozuj"),
    4: ("apr", "trav"),
    5: ("may", "maj", "svib"),
    6: ("jun", "lip"),
    7: ("jul", "srp"),
    8: ("aug", "avg", "kolov"),
    9: ("sep", "szep", "ruj"),
    10: ("oct", "okt", "listop"),
    11: ("nov", "studen"),
    12: ("dec", "pros"),
}
_BEFORE = re.compile(r"(?:until|till|for|to|do|na|za|od)\s+")
_AFTER = re.compile(
    r"(?:-j?[ae](?:ig|n)|[- ]?i?g|[- ]?[ae]n|[- ]?[ar][ae])$"
)  # Hungarian: péntekig, 24-én, 2 napra
_CLOCK = re.compile(
    r"(?:[\st]|^)(?:at|u)?\s*([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*(?:h|sati|sata|ora(?:kor)?|-?kor))?$"
)
_HOUR = re.compile(
    r"(?:(?:^|\s)(?:at|u)\s+([01]?\d|2[0-3])(?:\s*(?:h|sati|sata))?|\s([01]?\d|2[0-3])\s*orakor)$"
)
_LENGTH = re.compile(r"(\d{1,4})\s*([a-z]+)")
_A_WEEK = re.compile(
    r"(?:(?:a|one) )?week|(?:jedan )?tjedan(?: dana)?|(?:jednu )?nedelju dana|egy het(?:re|tel)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of )?([a-z]{3,})\.?(?:,?\s*(\d{4})\.?)?")
_MONTH_AND_DAY = re.compile(
    r"(?:(\d{4})\.?\s*)?([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\.?(?:,?\s+(\d{4}))?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*(?:[./]\s*(?:(\d{4})\.?)?)?")


def until(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment that is meant (aware, UTC); None where that is none, is past, or lies years ahead.

    `zone`: whose wall clock counts. A day without a time is its morning; a length of days or weeks ends at the
    same time of day.
    """
    try:
        at = _moment(_plain(text), zone, now.astimezone(zone))
        utc = at.astimezone(UTC) if at else None
    except (ValueError, OverflowError):
        return None
    return utc if utc and now < utc <= now + _LONGEST else None


def until_day(text: str, zone: ZoneInfo, now: datetime) -> date | None:
    """The day that is meant, today at the earliest; None where that is none, is past, or lies years ahead."""
    here = now.astimezone(zone)
    try:
        plain = _plain(text)
        length = _length(plain)
        day = (here + length).date() if length else _day(plain, here.date(), today_too=True)
    except (ValueError, OverflowError):
        return None
    return day if day and here.date() <= day <= here.date() + _LONGEST else None


def _plain(text: str) -> str:
    plain = " ".join(fold(to_latin(text.casefold())).split()).strip(" !,;")
    while (before := _BEFORE.match(plain)) is not None:
        plain = plain[before.end() :]
    return plain


def _moment(plain: str, zone: ZoneInfo, here: datetime) -> datetime | None:
    length = _length(plain)
    if length is not None:
        # Days by the wall clock, hours by the clock that ticks.
        return here + length if length >= timedelta(days=1) else here.astimezone(UTC) + length
    plain = _HOUR.sub(lambda hour: f" {hour[1] or hour[2]}:00", plain).strip()
    clock = _CLOCK.search(plain)
    at = time(int(clock[1]), int(clock[2])) if clock else MORNING
    named = plain[: clock.start()].strip(" ,") if clock else plain
    if clock and (not named or _day(plain, here.date(), today_too=True) is not None):
        # "24.11" is a day rather than a time; "14:00" alone is today's or tomorrow's.
        if not named and ":" in clock[0]:
            today = datetime.combine(here.date(), at, zone)
            return today if today > here else datetime.combine(here.date() + timedelta(days=1), at, zone)
        named, at = plain, MORNING
    day = _day(named, here.date(), today_too=False)
    return datetime.combine(day, at, zone) if day else None


def _length(plain: str) -> timedelta | None:
    if _A_WEEK.fullmatch(plain):
        return timedelta(weeks=1)
    match = _LENGTH.fullmatch(plain)
    if match is None:
        return None
    unit = _UNIT.get(match[2]) or _UNIT.get(_AFTER.sub("", match[2]))
    return timedelta(**{unit: int(match[1])}) if unit and int(match[1]) else None


def _day(named: str, today: date, *, today_too: bool) -> date | None:
    """`today_too`: a day of the week may be this very day."""
    named = named.strip(" ,")
    for words in (named, _AFTER.sub("", named).strip(" ,-")):
        if words in _NEAR:
            return today + timedelta(days=_NEAR[words])
        if (match := _YEAR_FIRST.fullmatch(words)) is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _DAY_FIRST.fullmatch(words)) is not None:
            return _next(today, int(match[1]), int(match[2]), match[3])
        if (match := _DAY_OF_MONTH.fullmatch(words)) is not None and (month := _month(match[2])):
            return _next(today, int(match[1]), month, match[3])
        if (match := _MONTH_AND_DAY.fullmatch(words)) is not None and (month := _month(match[2])):
            return _next(today, int(match[3]), month, match[1] or match[4])
    return _weekday(named, today, today_too=today_too)


def _next(today: date, day: int, month: int, year: str | None) -> date:
    if year is not None:
        return date(int(year), month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def _month(named: str) -> int | None:
    return next((number for number, begins in _MONTHS.items() if named.startswith(begins)), None)


def _weekday(named: str, today: date, *, today_too: bool) -> date | None:
    if not named.isalpha():
        return None
    found = [number for number, begins in _WEEKDAYS.items() if named.startswith(begins)]
    if len(found) != 1:
        return None
    ahead = (found[0] - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or today_too else 7)
