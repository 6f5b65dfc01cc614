"""What ops write for lengths of time, times, days, zones and languages, read into values of the core.

Each function takes what the YAML file or the environment holds and raises ValueError with the mend.
"""

import re
from datetime import date, time
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from autoack.core.policy import Duration, Share
from autoack.settings.names import LETTERS, nearest, normal_tag

_SECONDS = {"s": 1, "m": 60, "h": 3600}
_DAYS = {"d": 1, "w": 7, "y": 365}
_DURATION = re.compile(r"([0-9]{1,5})([smhdw])")
_PERIOD = re.compile(r"([0-9]{1,5})([smhdwy])")
_SHARE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)\s*%")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")


def text_of(value: object, wanted: str) -> str:
    """The text that was written, without space around it."""
    if not isinstance(value, str):
        raise ValueError(f"{wanted} is needed")  # noqa: TRY004  # pydantic collects ValueErrors only
    return value.strip()


def read_duration(value: object) -> Duration:
    """`90m` and the like."""
    return _length(value, _DURATION, "30s, 15m, 24h, 3d, 1w")


def read_period(value: object) -> Duration:
    """A duration, also in years of 365 days: how long things are kept."""
    return _length(value, _PERIOD, "90d, 8w, 2y")


def _length(value: object, pattern: re.Pattern[str], examples: str) -> Duration:
    text = text_of(value, f"a duration ({examples})")
    match = pattern.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no duration; durations are {examples}{_meant_duration(text)}")
    number, unit = int(match[1]), match[2]
    return (
        Duration(seconds=number * _SECONDS[unit]) if unit in _SECONDS else Duration(days=number * _DAYS[unit])
    )


def _meant_duration(text: str) -> str:
    """A guess at `1 day`, `24 hours`, `2D`."""
    match = re.fullmatch(r"([0-9]+)\s*([A-Za-z]+)", text)
    unit = match[2][0].lower() if match else ""
    return f"; did you mean {match[1]}{unit}?" if match and unit and unit in "smhdw" else ""


def read_step_time(value: object) -> Duration | Share:
    """When a ladder step comes: a duration, or a share of reply_within such as 75%."""
    text = text_of(value, "a duration such as 20h or a share such as 75%")
    if "%" not in text:
        return above_zero(read_duration(text))
    match = _SHARE.fullmatch(text)
    if not match or not float(match[1]):
        raise ValueError(f"{text!r} is no share of reply_within; shares are 50%, 75%, 150%")
    return Share(Fraction(match[1]) / 100)


def above_zero(value: Duration) -> Duration:
    """Only lengths that pass."""
    if not value.elapsed:
        raise ValueError("must be longer than nothing")
    return value


def read_time(value: object) -> time:
    """`21:00`, a wall-clock time."""
    text = text_of(value, "a time such as 21:00")
    match = _CLOCK.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(f"{text!r} is no time of day; times are 00:00 to 23:59")
    return time(int(match[1]), int(match[2]))


def read_day(value: object) -> date:
    """`2026-12-24`."""
    text = text_of(value, "a date such as 2026-12-24")
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is no date; dates are year-month-day: 2026-12-24")


def read_month_day(value: object) -> tuple[int, int]:
    """`07-01`: the first of July, every year, as (7, 1)."""
    text = text_of(value, "a month and day such as 07-01")
    match = _MONTH_DAY.fullmatch(text)
    try:
        if match:
            day = date(2024, int(match[1]), int(match[2]))  # a leap year: 02-29 is a day
            return day.month, day.day
    except ValueError:
        pass
    raise ValueError(f"{text!r} is no day of the year; these are month-day: 07-01")


@cache
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if not name.startswith("Etc/")))


def read_zone(value: object) -> ZoneInfo:
    """A zone of the IANA database: `Europe/Zagreb`."""
    text = text_of(value, "a time zone such as Europe/Zagreb")
    try:
        return ZoneInfo(text)
    except (
        LookupError,
        OSError,
        ValueError,
    ):  # OSError: a folder of zones; ValueError: a path
        raise ValueError(f"no time zone {text!r}{nearest(text, _zone_names())}") from None


def read_tag(value: object) -> str:
    """A language tag of language, script and region, in its usual capitals."""
    text = text_of(value, "a language tag such as hr or sr-Latn")
    if not _TAG.fullmatch(text):
        raise ValueError(f"{text!r} is no language tag{nearest(text, LETTERS)}")
    return normal_tag(text)


def read_language(value: object) -> str:
    """The tag of a language that we have letters in."""
    tag = read_tag(value)
    if tag not in LETTERS:
        raise ValueError(f"no letters in {tag!r}; offered: {', '.join(LETTERS)}{nearest(tag, LETTERS)}")
    return tag


def read_fallback_tag(value: object) -> str:
    """A language tag, or `*`: every other language."""
    return "*" if value == "*" else read_tag(value)
