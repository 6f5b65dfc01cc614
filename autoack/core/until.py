"""Times as people type them after "until": 2d, 3 radna dana, sutra u 9, petka, 24. 11. u 10:00, január 6-ig.

What may mean two moments is none: "next Friday" on a Wednesday, "Friday 9". The person is asked for a date then.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from autoack.core import opening_hours
from autoack.core.policy import Calendar, Duration
from autoack.core.script import to_latin
from autoack.core.words import fold

MORNING = time(8)  # of a day that is named without a time

_LONGEST = timedelta(days=2 * 366)  # what lies further ahead is a slip of the pen
_UNITS = {
    "hours": ("h", "hour", "hours", "sat", "sata", "sati", "ora", "orat", "orara"),
    "days": ("d", "day", "days", "dan", "dana", "nap", "napra", "nappal"),
    "weeks": ("w", "week", "weeks", "tjedan", "tjedna", "tjedana", "nedelju", "nedelje", "nedelja", "het", "hetre",
              "hettel"),
    "months": ("month", "months", "mjesec", "mjeseca", "mjeseci", "mesec", "meseca", "meseci", "honap", "honapra"),
}  # fmt: skip
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words}
_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "jedan jedna jednu egy one a an", "dva dvije dve ket ketto two", "tri harom three", "cetiri negy four",
            "pet ot five", "sest hat six", "sedam het seven", "osam nyolc eight", "devet kilenc nine",
            "deset tiz ten",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
# Days on which people work: those of the calendar that counts.
_WORKING = re.compile(
    r"(\d{1,3})\s*(?:wd|radn[aei]h? dana?|radni dan|munkanap(?:ra|pal|ig)?|(?:working|business|work) ?days?)"
)
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
_BEFORE = re.compile(r"(?:(?:until|till|for|to|by|in|within|do|na|za|od|kroz)\s+|(?:u|on)\s+(?!\d))")
_LATER = re.compile(r"\s+(?:mulva|from now|later)$")
# The coming one, and the one after that which comes in this week.
_THIS = re.compile(r"(?:this|coming|ovaj|ovog|ovoga|ovu|ove|ezen? a|ez a|most)\s+")
_NEXT = re.compile(r"(?:next|sljedec\w+|sledec\w+|iduc\w+)\s+")
_OF_NEXT_WEEK = re.compile(r"jovo\s+(?:het(?:i|en)?\s+)?(?!het(?:en|re|ig|tol)?$)")
_NEXT_WEEK = re.compile(
    r"next week|(?:sljedec|iduc)\w* tjed\w+|(?:sledec|iduc|sljedec)\w* sedmic\w|jovo het(?:en|re|ig|tol)?"
)
# Times of a day that have a name; a morning is when people begin to work.
_NAMED_CLOCK = re.compile(
    r"\s*(?:(?P<noon>(?:at )?noon|u podne|podne|delben|delig)|(?:in the )?morning|ujutro|ujutru|reggel)$"
)
_AFTER = re.compile(
    r"(?:-j?[ae](?:ig|n)|[- ]?i?g|[- ]?[ae]n|[- ]?[ar][ae])$"
)  # Hungarian: péntekig, 24-én, 2 napra
_HOURS = r"(?:h|sati|sata|sat|casova|casa|o'clock|orakor|orara|oraig|ora|-?(?:kor|re|ra))"
_CLOCK = re.compile(rf"(?:[\st]|^)(?:at|u)?\s*([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*{_HOURS})?$")
# An hour without minutes says so: "at 9", "9h", "9-kor"; only a day of few words may do without.
_HOUR = re.compile(
    rf"(?:(?:^|\s)(?:at|u)\s+([01]?\d|2[0-3])(?:\s*{_HOURS})?|(?<=\s)([01]?\d|2[0-3])\s*{_HOURS}"
    r"|(?<=tomorrow )([01]?\d|2[0-3])|(?<=sutra )([01]?\d|2[0-3])|(?<=holnap )([01]?\d|2[0-3]))$"
)
_TWELVE = re.compile(r"(?:(?<=\s)|^)(?:at\s+)?(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?\s*([ap])\.?\s?m\.?$")
_LENGTH = re.compile(r"(\d{1,4})\s*([a-z]+)(?: (?:dana|vremena))?")
_A_LENGTH = re.compile(r"(?:week|tjedan|nedelju|month|mjesec|mesec|sat|hour)(?= |$)(?!.*\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of )?([a-z]{3,})\.?(?:,?\s*(\d{4})\.?)?")
_MONTH_AND_DAY = re.compile(
    r"(?:(\d{4})\.?\s*)?([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\.?(?:,?\s+(\d{4}))?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*(?:[./]\s*(?:(\d{4})\.?)?)?")


def until(text: str, zone: ZoneInfo, now: datetime, calendar: Calendar | None = None) -> datetime | None:
    """The moment that is meant (aware, UTC); None where that is none, is past, or lies years ahead.

    `zone`: whose wall clock counts. A day without a time is its morning; a length of days, weeks or months ends at
    the same time of day. Working days are the open days of `calendar`; without one, or where it is always open,
    Monday to Friday.
    """
    plain = _plain(text)
    try:
        at = _working_days_on(plain, zone, now, calendar) or _moment(plain, zone, now.astimezone(zone))
        utc = at.astimezone(UTC) if at else None
    except (ValueError, OverflowError):
        return None
    return utc if utc and now < utc <= now + _LONGEST else None


def until_day(text: str, zone: ZoneInfo, now: datetime) -> date | None:
    """The day that is meant, today at the earliest; None where that is none, is past, or lies years ahead."""
    here = now.astimezone(zone)
    try:
        plain = _plain(text)
        ends = _after_length(plain, here)
        day = ends.astimezone(zone).date() if ends else _day(plain, here.date(), today_too=True)
    except (ValueError, OverflowError):
        return None
    return day if day and here.date() <= day <= here.date() + _LONGEST else None


def is_length(text: str) -> bool:
    """Whether this is a length of time: 3d, 2 tjedna, 3 radna dana."""
    plain = _plain(text)
    return _WORKING.fullmatch(plain) is not None or _parts(plain) is not None


def names_time(text: str) -> bool:
    """Whether a word of this may name a time: a digit, a day, a month, a length."""
    words = re.findall(r"\w+", _plain(text))
    begins = tuple(begin for listed in (*_WEEKDAYS.values(), *_MONTHS.values()) for begin in listed)
    return any(
        word[0].isdigit() or word in _NEAR or word in _UNIT or word.startswith(begins) for word in words
    )


def _plain(text: str) -> str:
    plain = " ".join(fold(to_latin(text.casefold())).split()).strip(" !,;")
    while (before := _BEFORE.match(plain)) is not None:
        plain = plain[before.end() :]
    plain = _LATER.sub("", plain)
    if _A_LENGTH.match(plain):
        return f"1 {plain}"
    first, _, rest = plain.partition(" ")
    return f"{_NUMBERS[first]} {rest}" if rest and first in _NUMBERS else plain


def _working_days_on(plain: str, zone: ZoneInfo, now: datetime, calendar: Calendar | None) -> datetime | None:
    match = _WORKING.fullmatch(plain)
    if match is None:
        return None
    if calendar is not None and not calendar.always:
        return opening_hours.add(calendar, now, Duration(days=int(match[1])))
    at, left = now.astimezone(zone), int(match[1])
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < 5
    return at


def _moment(plain: str, zone: ZoneInfo, here: datetime) -> datetime | None:
    ends = _after_length(plain, here)
    if ends is not None:
        return ends
    if _day(plain, here.date(), today_too=True) is None:  # "január 6-ra" is a day
        plain = _with_minutes(plain)
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


def _with_minutes(plain: str) -> str:
    """The hour of the day written as 9:00, however it was written."""
    named = _NAMED_CLOCK.search(plain)
    if named is not None:
        return f"{plain[: named.start()]} {'12:00' if named['noon'] else f'{MORNING:%H:%M}'}".strip()
    twelve = _TWELVE.search(plain)
    if twelve is not None:
        hour = int(twelve[1]) % 12 + (12 if twelve[3] == "p" else 0)
        return f"{plain[: twelve.start()].strip()} {hour}:{twelve[2] or '00'}".strip()
    return _HOUR.sub(lambda hour: f" {next(filter(None, hour.groups()))}:00", plain).strip()


def _after_length(plain: str, here: datetime) -> datetime | None:
    """Days, weeks and months by the wall clock, hours by the clock that ticks."""
    parts = _parts(plain)
    if parts is None:
        return None
    number, unit = parts
    if unit == "hours":
        return here.astimezone(UTC) + timedelta(hours=number)
    if unit == "months":
        years, month = divmod(here.month - 1 + number, 12)
        year = here.year + years
        return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))
    return here + timedelta(days=number * (7 if unit == "weeks" else 1))


def _parts(plain: str) -> tuple[int, str] | None:
    """How many of which unit."""
    match = _LENGTH.fullmatch(plain)
    if match is None:
        return None
    unit = _UNIT.get(match[2]) or _UNIT.get(_AFTER.sub("", match[2]))
    return (int(match[1]), unit) if unit and int(match[1]) else None


def _day(named: str, today: date, *, today_too: bool) -> date | None:
    """`today_too`: a day of the week may be this very day."""
    named = _BEFORE.sub("", named.strip(" ,"), count=1)
    for words in (named, _AFTER.sub("", named).strip(" ,-")):
        ahead = 7 - today.weekday() if _NEXT_WEEK.fullmatch(words) else _NEAR.get(words)
        if ahead is not None:
            return today + timedelta(days=ahead)
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
    this, next_one, of_next_week = _THIS.match(named), _NEXT.match(named), _OF_NEXT_WEEK.match(named)
    prefix = this or next_one or of_next_week
    word = named[prefix.end() :] if prefix else named
    if not word.isalpha():
        return None
    found = [number for number, begins in _WEEKDAYS.items() if word.startswith(begins)]
    if len(found) != 1:
        return None
    if of_next_week or (next_one and found[0] <= today.weekday()):
        return today + timedelta(days=7 - today.weekday() + found[0])
    if next_one:
        return None  # the coming one or the one after it: people differ
    ahead = (found[0] - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or today_too else 7)
