"""Times as people type them, seen from Sunday, 22 November 2026, 10:00 in Zagreb."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.core.until import until, until_day

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZAGREB)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2d", "2026-11-24 10:00"),
        ("2д", "2026-11-24 10:00"),
        ("4h", "2026-11-22 14:00"),
        ("1w", "2026-11-29 10:00"),
        ("for 3 days", "2026-11-25 10:00"),
        ("na 2 dana", "2026-11-24 10:00"),
        ("za 3 сата", "2026-11-22 13:00"),
        ("2 napra", "2026-11-24 10:00"),
        ("2 napig", "2026-11-24 10:00"),
        ("1 hét", "2026-11-29 10:00"),
        ("2026-11-24", "2026-11-24 08:00"),
        ("until 2026-11-24 14:30", "2026-11-24 14:30"),
        ("2026-11-24T14:30", "2026-11-24 14:30"),
        ("do 24.11.", "2026-11-24 08:00"),
        ("24.11", "2026-11-24 08:00"),
        ("24. 11. 2026.", "2026-11-24 08:00"),
        ("do 24. 11. u 9:15", "2026-11-24 09:15"),
        ("24/11/2026", "2026-11-24 08:00"),
        ("2026. 11. 24-ig", "2026-11-24 08:00"),
        ("2026-11-24-ig", "2026-11-24 08:00"),
        ("1.2.", "2027-02-01 08:00"),
        ("tomorrow", "2026-11-23 08:00"),
        ("do sutra", "2026-11-23 08:00"),
        ("сутра", "2026-11-23 08:00"),
        ("holnapig", "2026-11-23 08:00"),
        ("tomorrow at 14:00", "2026-11-23 14:00"),
        ("until Friday", "2026-11-27 08:00"),
        ("do petka", "2026-11-27 08:00"),
        ("до среде", "2026-11-25 08:00"),
        ("do srijede u 12:00", "2026-11-25 12:00"),
        ("péntekig", "2026-11-27 08:00"),
        ("Sunday", "2026-11-29 08:00"),
        ("14:00", "2026-11-22 14:00"),
        ("9:00", "2026-11-23 09:00"),
        ("do sutra u 10", "2026-11-23 10:00"),
        ("do ponedjeljka u 9 sati", "2026-11-23 09:00"),
        ("Monday at 9", "2026-11-23 09:00"),
        ("holnap 10 órakor", "2026-11-23 10:00"),
        ("at 14", "2026-11-22 14:00"),
        ("a week", "2026-11-29 10:00"),
        ("na tjedan dana", "2026-11-29 10:00"),
        ("недељу дана", "2026-11-29 10:00"),
        ("egy héttel", "2026-11-29 10:00"),
        ("30 November", "2026-11-30 08:00"),
        ("Nov 30th", "2026-11-30 08:00"),
        ("December 24, 2026", "2026-12-24 08:00"),
        ("do 1. prosinca u 12", "2026-12-01 12:00"),
        ("до 15. јануара", "2027-01-15 08:00"),
        ("december 24-ig", "2026-12-24 08:00"),
        ("2027. január 6-ig", "2027-01-06 08:00"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    expected = datetime.fromisoformat(meant).replace(tzinfo=ZAGREB).astimezone(UTC)
    assert until(typed, ZAGREB, NOW) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-11-21",
        "2026-02-30",
        "22.11.2026",
        "soon",
        "0d",
        "9999d",
        "2031-01-01",
        "25:00",
        "30.2.",
        "30. veljače",
        "24 people",
        "6. sastanka",
        "21. studenoga 2026.",
        "2x",
        "d",
    ],
)
def test_what_is_no_time_or_past_or_years_ahead(typed: str) -> None:
    assert until(typed, ZAGREB, NOW) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("until 2026-12-01", date(2026, 12, 1)),
        ("do 1.12.2026.", date(2026, 12, 1)),
        ("do 1. 12.", date(2026, 12, 1)),
        ("do 6. siječnja", date(2027, 1, 6)),
        ("do 6. avgusta", date(2027, 8, 6)),
        ("until 6 January 2027", date(2027, 1, 6)),
        ("január 6-áig", date(2027, 1, 6)),
        ("szeptember 1-jéig", date(2027, 9, 1)),
        ("2026. 12. 1-ig", date(2026, 12, 1)),
        ("today", date(2026, 11, 22)),
        ("do nedjelje", date(2026, 11, 22)),
        ("3d", date(2026, 11, 25)),
        ("2026-11-22", date(2026, 11, 22)),
    ],
)
def test_the_day_until_which_somebody_is_away(typed: str, meant: date) -> None:
    assert until_day(typed, ZAGREB, NOW) == meant


@pytest.mark.parametrize("typed", ["", "2026-11-21", "next year", "2029-11-21"])
def test_no_such_day(typed: str) -> None:
    assert until_day(typed, ZAGREB, NOW) is None


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_in_each_language(number: int) -> None:
    names = {
        "en": "January February March April May June July August September October November December",
        "hr": "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
        "sr": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
        "hu": "január február március április május június július augusztus szeptember október november december",
    }
    meant = date(2026 if number == 12 else 2027, number, 5)
    for language, year in names.items():
        name = year.split()[number - 1]
        typed = f"{name} 5-ig" if language == "hu" else f"do 5. {name}"
        assert until_day(typed, ZAGREB, NOW) == meant, typed


def test_days_go_by_the_wall_clock_and_hours_by_the_clock_that_ticks() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZAGREB)  # the night in which summer time ends
    assert until("1d", ZAGREB, before) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    assert until("23h", ZAGREB, before) == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
