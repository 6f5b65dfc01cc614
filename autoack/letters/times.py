"""Times as a person would say them: "do utorka, 24. studenoga, u 10:00".

Tables of our own, because a date in a sentence takes its case: libraries give the nominative only. Wall clock
times are those of `zone`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_QUARTER = 15 * 60
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How one language says it. `{day}` is a near day by name, `{date}` a date, `{time}` the time of day.

    `months` as they stand in a date; `weekdays`, Monday first, after "by" and after "on".
    """

    by_weekdays: tuple[str, ...]
    on_weekdays: tuple[str, ...]
    months: tuple[str, ...]
    near: Mapping[int, str]  # days from today → today, tomorrow, yesterday
    by_near: str
    by_date: str
    from_near: str
    from_date: str
    at_near: str
    at_date: str
    date: str  # of {weekday}, {day}, {month}
    date_with_year: str
    until: str
    until_with_year: str
    by_midnight: tuple[str, str]  # near, far: "24:00" is the next day's 00:00 to most readers


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_HR = _Tongue(
    by_weekdays=_split("ponedjeljka utorka srijede četvrtka petka subote nedjelje"),
    on_weekdays=_split("ponedjeljak utorak srijedu četvrtak petak subotu nedjelju"),
    months=_split(
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"
    ),
    near={-1: "jučer", 0: "danas", 1: "sutra"},
    by_near="{day} do {time}",
    by_date="do {date}, u {time}",
    from_near="{day} od {time}",
    from_date="u {date}, od {time}",
    at_near="{day} u {time}",
    at_date="u {date}, u {time}",
    date="{weekday}, {day}. {month}",
    date_with_year="{weekday}, {day}. {month} {year}.",
    until="do {day}. {month}",
    until_with_year="do {day}. {month} {year}.",
    by_midnight=("{day} do ponoći", "do {date}, u ponoć"),
)
_SR_LATN = _Tongue(
    by_weekdays=_split("ponedeljka utorka srede četvrtka petka subote nedelje"),
    on_weekdays=_split("ponedeljak utorak sredu četvrtak petak subotu nedelju"),
    months=_split("januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra"),
    near={-1: "juče", 0: "danas", 1: "sutra"},
    by_near="{day} do {time}",
    by_date="do {date}, u {time}",
    from_near="{day} od {time}",
    from_date="u {date}, od {time}",
    at_near="{day} u {time}",
    at_date="u {date}, u {time}",
    date="{weekday}, {day}. {month}",
    date_with_year="{weekday}, {day}. {month} {year}",
    until="do {day}. {month}",
    until_with_year="do {day}. {month} {year}",
    by_midnight=("{day} do ponoći", "do {date}, u ponoć"),
)
_SR_CYRL = _Tongue(
    by_weekdays=_split("понедељка уторка среде четвртка петка суботе недеље"),
    on_weekdays=_split("понедељак уторак среду четвртак петак суботу недељу"),
    months=_split("јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра"),
    near={-1: "јуче", 0: "данас", 1: "сутра"},
    by_near="{day} до {time}",
    by_date="до {date}, у {time}",
    from_near="{day} од {time}",
    from_date="у {date}, од {time}",
    at_near="{day} у {time}",
    at_date="у {date}, у {time}",
    date="{weekday}, {day}. {month}",
    date_with_year="{weekday}, {day}. {month} {year}",
    until="до {day}. {month}",
    until_with_year="до {day}. {month} {year}",
    by_midnight=("{day} до поноћи", "до {date}, у поноћ"),
)
_HU_WEEKDAYS = _split("hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap")
_HU = _Tongue(
    by_weekdays=_HU_WEEKDAYS,
    on_weekdays=_HU_WEEKDAYS,
    months=_split(
        "január február március április május június július augusztus szeptember október november december"
    ),
    near={-1: "tegnap", 0: "ma", 1: "holnap"},
    by_near="{day} {time}-ig",
    by_date="{date} {time}-ig",
    from_near="{day} {time}-kor",
    from_date="{date} {time}-kor",
    at_near="{day} {time}-kor",
    at_date="{date} {time}-kor",
    date="{month} {day}-{on}, {weekday}",
    date_with_year="{year}. {month} {day}-{on}, {weekday}",
    until="{month} {day}-ig",
    until_with_year="{year}. {month} {day}-ig",
    by_midnight=("{day} éjfélig", "{date} éjfélig"),
)
_EN_WEEKDAYS = _split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_EN = _Tongue(
    by_weekdays=_EN_WEEKDAYS,
    on_weekdays=_EN_WEEKDAYS,
    months=_split("January February March April May June July August September October November December"),
    near={-1: "yesterday", 0: "today", 1: "tomorrow"},
    by_near="by {time} {day}",
    by_date="by {time} on {date}",
    from_near="{day} at {time}",
    from_date="on {date}, at {time}",
    at_near="{day} at {time}",
    at_date="on {date}, at {time}",
    date="{weekday}, {day} {month}",
    date_with_year="{weekday}, {day} {month} {year}",
    until="until {day} {month}",
    until_with_year="until {day} {month} {year}",
    by_midnight=("by midnight {day}", "by the end of {date}"),
)
_TONGUES = {"hr": _HR, "sr-Latn": _SR_LATN, "sr-Cyrl": _SR_CYRL, "hu": _HU, "en": _EN}


def promised(at: datetime, zone: ZoneInfo, language: str, now: datetime) -> str:
    """By when, rounded up to a quarter of an hour: "danas do 16:30", "by 10:00 on Tuesday, 24 November"."""
    tongue = _TONGUES.get(language, _EN)
    quarter = math.ceil(at.timestamp() / _QUARTER) * _QUARTER
    local = datetime.fromtimestamp(quarter, zone)
    day = local.date()
    if local.hour == 0 and local.minute == 0:
        near, far = tongue.by_midnight
        return _said(tongue, near, far, tongue.by_weekdays, local, day - _ONE_DAY, now)
    return _said(tongue, tongue.by_near, tongue.by_date, tongue.by_weekdays, local, day, now)


def opening(at: datetime, zone: ZoneInfo, language: str, now: datetime) -> str:
    """From when a desk is open: "sutra od 08:00", "u utorak, 24. studenoga, od 08:00"."""
    tongue = _TONGUES.get(language, _EN)
    local = at.astimezone(zone)
    return _said(tongue, tongue.from_near, tongue.from_date, tongue.on_weekdays, local, local.date(), now)


def moment(at: datetime, zone: ZoneInfo, language: str, now: datetime) -> str:
    """When something was or will be: "jučer u 10:07", "u utorak, 24. studenoga, u 10:07"."""
    tongue = _TONGUES.get(language, _EN)
    local = at.astimezone(zone)
    return _said(tongue, tongue.at_near, tongue.at_date, tongue.on_weekdays, local, local.date(), now)


def standing_alone(said: str) -> str:
    """What these functions say, as a line of its own."""
    return said[:1].upper() + said[1:]


def calendar_day(day: date, language: str) -> str:
    """A day, as it may stand anywhere in a sentence: "1. 12. 2026.", "1 December 2026"."""
    if language == "hu":
        return f"{day.year}. {day.month}. {day.day}."
    if language in _TONGUES and language != "en":
        return f"{day.day}. {day.month}. {day.year}."
    return f"{day.day} {_EN.months[day.month - 1]} {day.year}"


def until_date(day: date, language: str, today: date) -> str:
    """Up to and including a day: "do 6. siječnja", "január 6-ig", "until 6 January"; with the year if it is another."""
    tongue = _TONGUES.get(language, _EN)
    form = tongue.until if day.year == today.year else tongue.until_with_year
    return form.format(day=day.day, month=tongue.months[day.month - 1], year=day.year)


def _said(
    tongue: _Tongue, near: str, far: str, weekdays: tuple[str, ...], local: datetime, day: date, now: datetime
) -> str:
    """`day` may be the day before `local`: midnight belongs to the evening."""
    today = now.astimezone(local.tzinfo).date()
    time = f"{local.hour:02}:{local.minute:02}"
    by_name = tongue.near.get((day - today).days)
    if by_name is not None:
        return near.format(day=by_name, time=time)
    form = tongue.date if day.year == today.year else tongue.date_with_year
    written = form.format(
        weekday=weekdays[day.weekday()],
        day=day.day,
        month=tongue.months[day.month - 1],
        year=day.year,
        on=_hungarian_on(day.day),
    )
    return far.format(date=written, time=time)


def _hungarian_on(day: int) -> str:
    """The ending of a day's number: elsején, másodikán, negyedikén."""
    if day == 1:
        return "jén"
    return "án" if day == 2 or day in (20, 30) or day % 10 in (3, 6, 8) else "én"


# One, few (2 to 4), many: as after "waits", the accusative. Hungarian: "21 órája vár", because "21 óra óta" is
# also "since nine in the evening".
_UNITS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "hr": {"d": ("dan", "dana", "dana"), "h": ("sat", "sata", "sati"), "m": ("minutu", "minute", "minuta")},
    "sr-Latn": {
        "d": ("dan", "dana", "dana"),
        "h": ("sat", "sata", "sati"),
        "m": ("minut", "minuta", "minuta"),
    },
    "sr-Cyrl": {
        "d": ("дан", "дана", "дана"),
        "h": ("сат", "сата", "сати"),
        "m": ("минут", "минута", "минута"),
    },
    "hu": {"d": ("napja",) * 3, "h": ("órája",) * 3, "m": ("perce",) * 3},
    "en": {
        "d": ("day", "days", "days"),
        "h": ("hour", "hours", "hours"),
        "m": ("minute", "minutes", "minutes"),
    },
}
_AND = {"hr": "i", "sr-Latn": "i", "sr-Cyrl": "и", "hu": "és", "en": "and"}
_SHORT = {"sr-Cyrl": ("д", "ч", "мин"), "hu": ("nap", "h", "perc"), "en": ("d", "h", "min")}
_EXACT = {
    "sr-Cyrl": ("д", "ч", "мин", "с"),
    "hu": ("nap", "óra", "perc", "másodperc"),
    "en": ("d", "h", "min", "s"),
}


def waited(length: timedelta, language: str) -> str:
    """How long, as a person says it, rounded down: "26 sati", "2 dana i 3 sata"."""
    units = _UNITS.get(language, _UNITS["en"])
    days, hours, minutes = _parts(length)
    if days:
        said = f"{days} {_plural(days, units['d'], language)}"
        if not hours:
            return said
        return f"{said} {_AND.get(language, 'and')} {hours} {_plural(hours, units['h'], language)}"
    if hours:
        return f"{hours} {_plural(hours, units['h'], language)}"
    return f"{minutes} {_plural(minutes, units['m'], language)}"


def waited_short(length: timedelta, language: str) -> str:
    """The same for a subject: "22 h", "2 d 3 h"."""
    day, hour, minute = _SHORT.get(language, _SHORT["en"])
    days, hours, minutes = _parts(length)
    if days:
        return f"{days} {day} {hours} {hour}" if hours else f"{days} {day}"
    return f"{hours} {hour}" if hours else f"{minutes} {minute}"


def duration(length: timedelta, language: str) -> str:
    """A length of the configuration, exactly: "10 min", "24 h", "3 d"; in a unit that no case changes."""
    day, hour, minute, second = _EXACT.get(language, _EXACT["en"])
    seconds = int(length.total_seconds())
    for unit, size, least in ((day, 86_400, 2), (hour, 3_600, 1), (minute, 60, 1)):
        if seconds % size == 0 and seconds >= least * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} {second}"


def _parts(length: timedelta) -> tuple[int, int, int]:
    """Days from two on and the hours over them; else hours; else minutes."""
    minutes = max(0, int(length.total_seconds()) // 60)
    hours = minutes // 60
    if hours >= 48:
        return hours // 24, hours % 24, 0
    return 0, hours, minutes % 60 if hours == 0 else 0


def _plural(count: int, forms: tuple[str, str, str], language: str) -> str:
    one, few, many = forms
    if language in ("hu", "en") or language not in _UNITS:
        return one if count == 1 else many
    if count % 100 in (11, 12, 13, 14):
        return many
    return one if count % 10 == 1 else few if count % 10 in (2, 3, 4) else many
