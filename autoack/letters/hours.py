"""Opening hours as a person would say them: "od ponedjeljka do četvrtka od 08:00 do 16:30, petkom od 08:00 do 14:00".

Days with the same hours are said together; three or more in a row as a range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from autoack.core.policy import Calendar, Span, Week
from autoack.core.working_days import week_on

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How one language says it; weekdays Monday first: by themselves, and as ends of a range."""

    days: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    range: str  # of {first} and {last}
    every_day: str
    hours: str  # of {opens} and {closes}
    all_day: str
    conjunction: str


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_HR_GENITIVE = _split("ponedjeljka utorka srijede četvrtka petka subote nedjelje")
_SR_GENITIVE = _split("ponedeljka utorka srede četvrtka petka subote nedelje")
_SR_CYRL_GENITIVE = _split("понедељка уторка среде четвртка петка суботе недеље")
_EN_DAYS = _split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_TONGUES: Mapping[str, _Tongue] = {
    "hr": _Tongue(
        days=_split("ponedjeljkom utorkom srijedom četvrtkom petkom subotom nedjeljom"),
        first=_HR_GENITIVE,
        last=_HR_GENITIVE,
        range="od {first} do {last}",
        every_day="svaki dan",
        hours="od {opens} do {closes}",
        all_day="cijeli dan",
        conjunction="i",
    ),
    "sr-Latn": _Tongue(
        days=_split("ponedeljkom utorkom sredom četvrtkom petkom subotom nedeljom"),
        first=_SR_GENITIVE,
        last=_SR_GENITIVE,
        range="od {first} do {last}",
        every_day="svakog dana",
        hours="od {opens} do {closes}",
        all_day="ceo dan",
        conjunction="i",
    ),
    "sr-Cyrl": _Tongue(
        days=_split("понедељком уторком средом четвртком петком суботом недељом"),
        first=_SR_CYRL_GENITIVE,
        last=_SR_CYRL_GENITIVE,
        range="од {first} до {last}",
        every_day="сваког дана",
        hours="од {opens} до {closes}",
        all_day="цео дан",
        conjunction="и",
    ),
    "hu": _Tongue(
        days=_split("hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap"),
        first=_split("hétfőtől keddtől szerdától csütörtöktől péntektől szombattól vasárnaptól"),
        last=_split("hétfőig keddig szerdáig csütörtökig péntekig szombatig vasárnapig"),
        range="{first} {last}",
        every_day="minden nap",
        hours="{opens}–{closes}",
        all_day="egész nap",
        conjunction="és",
    ),
    "en": _Tongue(
        days=_EN_DAYS,
        first=_EN_DAYS,
        last=_EN_DAYS,
        range="{first} to {last}",
        every_day="every day",
        hours="from {opens} to {closes}",
        all_day="round the clock",
        conjunction="and",
    ),
}


def opening_hours(calendar: Calendar, day: date, language: str) -> str:
    """The weekly hours that count on `day`; empty for a desk that is always open, or never."""
    return "" if calendar.always else _said(week_on(calendar, day), language)


@lru_cache(maxsize=512)
def _said(week: Week, language: str) -> str:
    tongue = _TONGUES.get(language, _TONGUES["en"])
    groups: dict[tuple[Span, ...], list[int]] = {}
    for number, spans in enumerate(week):
        if spans:
            groups.setdefault(spans, []).append(number)
    return ", ".join(f"{_days(days, tongue)} {_hours(spans, tongue)}" for spans, days in groups.items())


def _days(days: Sequence[int], tongue: _Tongue) -> str:
    if len(days) == 7:
        return tongue.every_day
    said: list[str] = []
    for run in _runs(days):
        if len(run) > 2:
            said.append(tongue.range.format(first=tongue.first[run[0]], last=tongue.last[run[-1]]))
        else:
            said += [tongue.days[day] for day in run]
    return _listed(said, tongue)


def _runs(days: Sequence[int]) -> list[list[int]]:
    """The days, cut where one is left out."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _hours(spans: Sequence[Span], tongue: _Tongue) -> str:
    if spans == (Span(0, _DAY),):
        return tongue.all_day
    said = [tongue.hours.format(opens=_clock(s.start), closes=_clock(s.end)) for s in spans]
    return _listed(said, tongue)


def _clock(minute: int) -> str:
    """Closing at midnight is 24:00: 00:00 would read as the morning's."""
    minute = minute if minute <= _DAY else minute - _DAY
    return f"{minute // 60:02}:{minute % 60:02}"


def _listed(words: Sequence[str], tongue: _Tongue) -> str:
    *others, last = words
    return f"{', '.join(others)} {tongue.conjunction} {last}" if others else last
