"""Times as people type them, seen from Sunday, 22 November 2026, 10:00 in Zagreb."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autoack.core.until import is_length, until, until_day
from tests import office

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


HOURS_AND_DAYS = {
    "hr": {
        "petak 9h": "2026-11-27 09:00",
        "petak u 9": "2026-11-27 09:00",
        "u petak u 9": "2026-11-27 09:00",
        "sutra u 9": "2026-11-23 09:00",
        "sutra u 14h": "2026-11-23 14:00",
        "sutra ujutro": "2026-11-23 08:00",
        "petak u podne": "2026-11-27 12:00",
        "sljedeći ponedjeljak": "2026-11-23 08:00",
        "idući tjedan": "2026-11-23 08:00",
        "za dva dana": "2026-11-24 10:00",
        "za sat vremena": "2026-11-22 11:00",
        "mjesec dana": "2026-12-22 10:00",
        "24. 11. u 9h": "2026-11-24 09:00",
    },
    "sr": {
        "у петак у 9": "2026-11-27 09:00",
        "за два дана": "2026-11-24 10:00",
        "сутра у 9 часова": "2026-11-23 09:00",
        "sledeći ponedeljak": "2026-11-23 08:00",
        "месец дана": "2026-12-22 10:00",
        "sledeće sedmice": "2026-11-23 08:00",
    },
    "hu": {
        "holnap 9-kor": "2026-11-23 09:00",
        "holnap 9-re": "2026-11-23 09:00",
        "péntek 9 óráig": "2026-11-27 09:00",
        "holnap reggel": "2026-11-23 08:00",
        "holnap délben": "2026-11-23 12:00",
        "jövő hétfőn": "2026-11-23 08:00",
        "jövő hét péntek": "2026-11-27 08:00",
        "jövő hétig": "2026-11-23 08:00",
        "két nap múlva": "2026-11-24 10:00",
        "1 hónap": "2026-12-22 10:00",
        "január 6-ra": "2027-01-06 08:00",
    },
    "en": {
        "9am": "2026-11-23 09:00",
        "tomorrow 9am": "2026-11-23 09:00",
        "tomorrow 9": "2026-11-23 09:00",
        "tomorrow 2:30 p.m.": "2026-11-23 14:30",
        "tomorrow 12am": "2026-11-23 00:00",
        "noon": "2026-11-22 12:00",
        "Monday morning": "2026-11-23 08:00",
        "next Monday": "2026-11-23 08:00",
        "this Friday": "2026-11-27 08:00",
        "next week": "2026-11-23 08:00",
        "on Friday at 9": "2026-11-27 09:00",
        "in two hours": "2026-11-22 12:00",
        "1 month": "2026-12-22 10:00",
        "Nov 30 9am": "2026-11-30 09:00",
    },
}


@pytest.mark.parametrize(
    ("typed", "meant"), [row for table in HOURS_AND_DAYS.values() for row in table.items()]
)
def test_hours_and_days_as_people_type_them(typed: str, meant: str) -> None:
    expected = datetime.fromisoformat(meant).replace(tzinfo=ZAGREB).astimezone(UTC)
    assert until(typed, ZAGREB, NOW) == expected


WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=ZAGREB)


@pytest.mark.parametrize("typed", ["next Friday", "sljedeći petak", "идући петак", "Friday 9", "petak 9"])
def test_what_may_mean_two_moments_is_none(typed: str) -> None:
    """On a Wednesday, the next Friday is in two days to some, and in nine to others."""
    assert until(typed, ZAGREB, WEDNESDAY) is None


def test_a_week_day_of_the_next_week_is_told_apart_from_the_coming_one() -> None:
    for typed, meant in (("next Monday", 30), ("this Friday", 27), ("jövő héten", 30)):
        assert until(typed, ZAGREB, WEDNESDAY) == datetime(2026, 11, meant, 8, tzinfo=ZAGREB), typed
    assert until("jövő péntek", ZAGREB, WEDNESDAY) == datetime(2026, 12, 4, 8, tzinfo=ZAGREB)


WORKING = (
    "3 radna dana",
    "za 3 radna dana",
    "3 радна дана",
    "3 munkanap",
    "3 working days",
    "in 3 business days",
)


@pytest.mark.parametrize("typed", WORKING)
def test_working_days_are_the_open_days_of_the_calendar(typed: str, tmp_path: Path) -> None:
    """From a Thursday: Friday is a holiday of the desk, Saturday is worked; without opening hours Monday to Friday."""
    shop = {
        "hours": {"mon-fri": "08:00-16:00"},
        "closed": [{"from": "2026-11-27", "to": "2026-11-27"}],
        "open": [{"date": "2026-11-28", "hours": "08:00-16:00"}],
    }
    changes = {"calendars.shop": shop, "policies.standard": {"calendar": "shop"}}
    calendar = office.settings(tmp_path, changes).desk.mailboxes["support"].policy.calendar
    always = office.settings(tmp_path).desk.mailboxes["support"].policy.calendar
    thursday = datetime(2026, 11, 26, 10, 0, tzinfo=ZAGREB)
    due = datetime(2026, 12, 1, 10, 0, tzinfo=ZAGREB)
    assert until(typed, ZAGREB, thursday, calendar) == due
    assert until(typed, ZAGREB, thursday, always) == until(typed, ZAGREB, thursday) == due
    friday_open = replace(calendar, closures=())
    assert until(typed, ZAGREB, thursday, friday_open) == datetime(2026, 11, 30, 10, 0, tzinfo=ZAGREB)


@pytest.mark.parametrize("text", ["3d", "2 tjedna", "3 radna dana", "3 munkanap", "a week"])
def test_lengths(text: str) -> None:
    assert is_length(text)


@pytest.mark.parametrize("text", ["385 91 123 456", "3 komada", "0d", "petak", "24.11."])
def test_no_lengths(text: str) -> None:
    assert not is_length(text)


def test_days_go_by_the_wall_clock_and_hours_by_the_clock_that_ticks() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZAGREB)  # the night in which summer time ends
    assert until("1d", ZAGREB, before) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    assert until("23h", ZAGREB, before) == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
