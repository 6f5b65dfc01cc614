"""Weekly hours as ops write them: `{mon-thu: ["08:00-12:00", "12:30-16:30"], fri: "08:00-14:00"}`."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from autoack.core.policy import Span, Week
from autoack.settings.names import nearest
from autoack.settings.scalars import text_of

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES = 24 * 60
_WEEK_MINUTES = 7 * _DAY_MINUTES
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def read_span(value: object) -> Span:
    """`08:00-12:00`; an end before its start lies past midnight. Raises ValueError."""
    text = text_of(value, "hours such as 08:00-16:00")
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} are no hours; hours are 08:00-16:00")
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start >= _DAY_MINUTES or end > _DAY_MINUTES or start_minute > 59 or end_minute > 59:
        raise ValueError(f"{text!r} are no hours; a day goes from 00:00 to 24:00")
    if start == end:
        raise ValueError(f"{text!r} is no time at all; a whole day is 00:00-24:00")
    return Span(start, end if end > start else end + _DAY_MINUTES)


def read_days(text: str) -> tuple[int, ...]:
    """`mon`, `mon-thu`, `fri-mon`, `tue,thu`: numbers of days, Monday is 0. Raises ValueError."""
    days: list[int] = []
    for part in text.lower().split(","):
        first, dash, last = (name.strip() for name in part.partition("-"))
        begin = _day(first)
        length = (_day(last) - begin) % 7 + 1 if dash else 1
        days += [(begin + offset) % 7 for offset in range(length)]
    return tuple(days)


def _day(name: str) -> int:
    if name not in DAYS:
        meant = f"; did you mean {name[:3]}?" if name[:3] in DAYS else nearest(name, DAYS)
        raise ValueError(f"no day {name!r}{meant or '; days are ' + ', '.join(DAYS)}")
    return DAYS.index(name)


def _check_days(text: str) -> str:
    read_days(text)
    return text


def _as_list(value: object) -> object:
    """One span alone, or none: `sat: null`."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def check_apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of a day in order. Raises ValueError where two share a minute."""
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    for earlier, later in pairwise(ordered):
        if later.start < earlier.end:
            raise ValueError(f"{say_span(earlier)} and {say_span(later)} overlap")
    return ordered


def week_of(hours: Mapping[str, tuple[Span, ...]]) -> Week:
    """The hours of each day, Monday first. Raises ValueError where two share a minute."""
    week: list[list[Span]] = [[] for _ in DAYS]
    for days, spans in hours.items():
        for day in read_days(days):
            week[day].extend(spans)
    ordered = tuple(tuple(sorted(spans, key=lambda span: span.start)) for spans in week)
    _check_week_apart(ordered)
    return ordered


def _check_week(hours: dict[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    week_of(hours)
    return hours


def _check_week_apart(week: Week) -> None:
    timed = [(day, span) for day, spans in enumerate(week) for span in spans]
    if not timed:
        return
    for (day, span), (next_day, next_span) in zip(timed, timed[1:] + timed[:1], strict=True):
        begin, end = day * _DAY_MINUTES + span.start, day * _DAY_MINUTES + span.end
        follows = next_day * _DAY_MINUTES + next_span.start
        if follows < begin or len(timed) == 1:  # round the end of the week
            follows += _WEEK_MINUTES
        if follows < end:
            raise ValueError(
                f"{DAYS[day]} {say_span(span)} and {DAYS[next_day]} {say_span(next_span)} overlap"
            )


def say_span(span: Span) -> str:
    """The span as it was written."""
    end = span.end if span.end <= _DAY_MINUTES else span.end - _DAY_MINUTES
    return f"{span.start // 60:02}:{span.start % 60:02}-{end // 60:02}:{end % 60:02}"


HoursOfDay = Annotated[
    Span,
    BeforeValidator(read_span),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}\\s*[-–]\\s*[0-9]{1,2}:[0-9]{2}$"}),
]
_Hours = BeforeValidator(_as_list, json_schema_input_type=HoursOfDay | tuple[HoursOfDay, ...] | None)
Spans = Annotated[tuple[HoursOfDay, ...], _Hours, AfterValidator(check_apart)]
_Days = Annotated[str, AfterValidator(_check_days)]
WeeklyHours = Annotated[dict[_Days, Annotated[tuple[HoursOfDay, ...], _Hours]], AfterValidator(_check_week)]
