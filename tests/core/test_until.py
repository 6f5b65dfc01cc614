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


def test_days_go_by_the_wall_clock_and_hours_by_the_clock_that_ticks() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZAGREB)  # the night in which summer time ends
    assert until("1d", ZAGREB, before) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    assert until("23h", ZAGREB, before) == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
