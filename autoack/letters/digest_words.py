"""The words of the digest in one language: sentences by number, moments, dates and lengths of time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_percent
from babel.units import format_unit

from autoack.core.script import to_latin

LANGUAGES = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")
_NEAREST = {"sr": "sr-Cyrl", "bs": "hr", "cnr": "sr-Latn", "sh": "sr-Latn"}
_BABEL = {"hr": "hr", "sr": "sr_Cyrl", "hu": "hu", "en": "en_GB"}
_DAY, _HOUR, _MINUTE = 86400, 3600, 60
_UNITS = {
    "en": ("d", "h", "min"),
    "hu": ("nap", "ó", "p"),
    "sr-Cyrl": ("д", "ч", "мин"),
}  # the others as English


def language_for(tag: str) -> str:
    """The language of the digest for a person whose language is `tag`: theirs, its nearest, else English."""
    base = tag.replace("_", "-").partition("-")[0]
    return next((t for t in (tag, _NEAREST.get(base), base) if t in LANGUAGES), "en")


class Words:
    """One language's words. Serbian in Latin letters is Serbian in Cyrillic, transliterated word by word."""

    def __init__(self, language: str, words: Mapping[str, Any]) -> None:
        self.language = language
        self._words = words
        base = language.partition("-")[0]
        self._locale = Locale.parse(_BABEL[base])
        self._written = to_latin if language == "sr-Latn" else str

    def __call__(self, name: str, **values: object) -> str:
        """The words called `name` ("tiles.due"), with the values in their places."""
        return self._filled(self._found(name), values)

    def number(self, name: str, n: int, **values: object) -> str:
        """The words called `name` in the form for the number n; `none` for 0 where there is one."""
        forms = self._found(name)
        form = "none" if n == 0 and "none" in forms else self._locale.plural_form(n)
        return self._filled(forms[form], {"n": n, **values})

    def label(self, names: str, code: str) -> str | None:
        """What `code` is called in the list `names`; None where it has no name of its own."""
        found = self._found(names).get(code)
        return None if found is None else self._written(found)

    def day(self, day: date) -> str:
        """A day of this year: "21. studenoga"."""
        return self("day", **self._parts(day))

    def full_date(self, day: date) -> str:
        """A date in full: "subota, 21. studenoga 2026."."""
        return self("date", **self._parts(day))

    def month(self, day: date) -> str:
        """The month of that day, by itself: "studeni 2026."."""
        return self._written(format_skeleton("yMMMM", day, locale=self._locale))

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """Weekday, day and time on the zone's wall: "sub 21. 11. u 10:00"."""
        local = at.astimezone(zone)
        return self("moment", time=f"{local:%H:%M}", **self._parts(local.date()))

    def length(self, seconds: float) -> str:
        """How long, in its two largest units, days from two on: "3 dana i 4 sata", "24 sata i 35 minuta"."""
        whole = timedelta(seconds=max(_MINUTE, seconds)) // timedelta(minutes=1) * _MINUTE
        days = whole // _DAY if whole >= 2 * _DAY else 0
        units = (
            ("day", days),
            ("hour", (whole - days * _DAY) // _HOUR),
            ("minute", whole % _HOUR // _MINUTE),
        )
        shown = [(unit, n) for unit, n in units if n][:2]
        said = [format_unit(n, f"duration-{unit}", locale=self._locale) for unit, n in shown]
        return self._written(self._found("and")).join(self._written(part) for part in said)

    def short(self, seconds: float) -> str:
        """The same for a table: "3 d 4 h", "2 h 30 min", "5 min"."""
        minutes = int(seconds) // _MINUTE
        days, hours = (minutes // 1440, minutes % 1440 // 60) if minutes >= 2880 else (0, minutes // 60)
        parts = zip((days, hours, 0 if days else minutes % 60), self._units(), strict=True)
        said = [f"{n}\u00a0{unit}" for n, unit in parts if n]
        return " ".join(said) or f"0\u00a0{self._units()[2]}"

    def percent(self, percent: int) -> str:
        """Whole percent: "74 %"."""
        return str(format_percent(percent / 100, locale=self._locale))

    def decimal(self, number: float) -> str:
        """A number with one place, as a spreadsheet of the reader's country reads it: "30,5"."""
        written = f"{number:.1f}"
        return written if self.language == "en" else written.replace(".", ",")

    def weekday_short(self, day: date) -> str:
        """ "pon"."""
        return str(self._parts(day)["weekday_short"])

    def _units(self) -> tuple[str, str, str]:
        return _UNITS.get(self.language, _UNITS["en"])

    def _found(self, name: str) -> Any:
        found: Any = self._words
        for key in name.split("."):
            found = found[key]
        return found

    def _filled(self, pattern: str, values: Mapping[str, object]) -> str:
        return self._written(pattern).format(**values)

    def _parts(self, day: date) -> dict[str, object]:
        month = self._written(self._found("months")[day.month - 1])
        return {
            "d": day.day,
            "m": day.month,
            "y": day.year,
            "month": month,
            "month_short": month[:3],
            "weekday": self._written(self._found("weekdays")[day.weekday()]),
            "weekday_short": self._written(self._found("weekdays_short")[day.weekday()]),
        }


@lru_cache
def words_in(language: str) -> Words:
    """The words in one of LANGUAGES."""
    name = f"templates/digest.{language.partition('-')[0]}.yaml"
    text = files("autoack.letters").joinpath(name).read_text("utf-8")
    return Words(language, yaml.safe_load(text))
