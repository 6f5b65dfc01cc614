"""Public holidays and swapped working days of a country, and their names.

The package `holidays` knows them; it is imported when first asked for (0.1 s) and asked once for each year.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import metadata
from typing import Any

_YEARS_BEFORE = 5  # that tell whether a country swaps working days
# Serbian is spelt alike in both scripts, letter for letter; the package knows only the Cyrillic names.
_LATIN = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(),  # noqa: SIM905 - one row each
        strict=True,
    )
)
_TO_LATIN = str.maketrans(_LATIN | {c.upper(): latin.capitalize() for c, latin in _LATIN.items()})


def holidays_in(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """The public holidays of a year with their names in the country's own language.

    Raises NotImplementedError for a country or subdivision that the package does not know.
    """
    return _names(country, subdivision, year, None)


def holiday_name(country: str, subdivision: str | None, day: date, language: str) -> str | None:
    """What the public holiday on `day` is called in `language` (`hr`, `sr-Latn`); None where there is none.

    Where the package does not know the language, the name is English.
    """
    base, _, script = language.lower().replace("_", "-").partition("-")
    name = _names(country, subdivision, day.year, "en_US" if base == "en" else base).get(day)
    return name.translate(_TO_LATIN) if name and script == "latn" else name


def day_off_for(country: str, subdivision: str | None, day: date) -> date | None:
    """The day off that is made up for on `day`, where `day` is a weekend day that is worked instead."""
    for year in (day.year - 1, day.year, day.year + 1):
        if day in (swaps := _swaps(country, subdivision, year)):
            return swaps[day]
    return None


def release() -> str:
    """The version of the package: another one may know more holidays."""
    return metadata.version("holidays")


def swaps_awaited(country: str, subdivision: str | None, year: int) -> bool:
    """Whether the country swaps working days in most years, and none of `year` is on record (yet)."""
    if _swaps(country, subdivision, year):
        return False
    before = sum(bool(_swaps(country, subdivision, year - back)) for back in range(1, _YEARS_BEFORE + 1))
    return 2 * before > _YEARS_BEFORE


@lru_cache(maxsize=256)
def _names(country: str, subdivision: str | None, year: int, language: str | None) -> Mapping[date, str]:
    return dict(_year(country, subdivision, year, language))


@lru_cache(maxsize=256)
def _swaps(country: str, subdivision: str | None, year: int) -> Mapping[date, date]:
    """Weekend days that are worked, each with the day off of `year` that it makes up for."""
    table = _year(country, subdivision, year, None)
    if not table.weekend_workdays:
        return {}
    # The package ties the two together only by the name that it gives to the day off.
    names = {
        w: table.substituted_label % w.strftime(table.substituted_date_format) for w in table.weekend_workdays
    }
    return {worked: off for worked, name in names.items() for off, said in table.items() if name in said}


def _year(country: str, subdivision: str | None, year: int, language: str | None) -> Any:
    import holidays  # noqa: PLC0415 - 0.1 s that only calendars with holidays should pay

    kind = holidays.country_holidays(country, subdiv=subdivision, expand=False)
    wanted = (kind.default_language,) if language is None else (language, "en_US", kind.default_language)
    # The language is always given: without one the package takes that of the machine.
    known = next((tag for tag in wanted if tag in kind.supported_languages), kind.default_language)
    return holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False, language=known)
