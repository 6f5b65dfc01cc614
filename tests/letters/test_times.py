"""Times as a person would say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.letters.times import (
    duration,
    moment,
    opening,
    promised,
    standing_alone,
    waited,
    waited_short,
)

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # a Sunday, 10:00 in Zagreb


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZAGREB)


@pytest.mark.parametrize(
    ("language", "today", "tomorrow", "later"),
    [
        ("hr", "danas do 16:30", "sutra do 10:00", "do utorka, 24. studenoga, u 10:00"),
        ("sr-Latn", "danas do 16:30", "sutra do 10:00", "do utorka, 24. novembra, u 10:00"),
        ("sr-Cyrl", "данас до 16:30", "сутра до 10:00", "до уторка, 24. новембра, у 10:00"),
        ("hu", "ma 16:30-ig", "holnap 10:00-ig", "november 24-én, kedden 10:00-ig"),
        ("en", "by 16:30 today", "by 10:00 tomorrow", "by 10:00 on Tuesday, 24 November"),
    ],
)
def test_a_promise_is_said_as_a_person_says_it(language: str, today: str, tomorrow: str, later: str) -> None:
    assert promised(at(22, 16, 30), ZAGREB, language, NOW) == today
    assert promised(at(23, 10), ZAGREB, language, NOW) == tomorrow
    assert promised(at(24, 10), ZAGREB, language, NOW) == later


@pytest.mark.parametrize(
    ("minute", "said"), [(0, "10:00"), (1, "10:15"), (15, "10:15"), (46, "11:00"), (59, "11:00")]
)
def test_a_promise_is_rounded_up_to_a_quarter_of_an_hour(minute: int, said: str) -> None:
    assert promised(at(24, 10, minute), ZAGREB, "en", NOW) == f"by {said} on Tuesday, 24 November"
    one_second_more = at(24, 10, 15) + timedelta(seconds=1)
    assert promised(one_second_more, ZAGREB, "en", NOW).startswith("by 10:30 ")


@pytest.mark.parametrize(
    ("language", "tonight", "later"),
    [
        ("hr", "danas do ponoći", "do utorka, 24. studenoga, u ponoć"),
        ("hu", "ma éjfélig", "november 24-én, kedden éjfélig"),
        ("en", "by midnight today", "by the end of Tuesday, 24 November"),
    ],
)
def test_midnight_belongs_to_the_evening(language: str, tonight: str, later: str) -> None:
    assert promised(at(22, 23, 50), ZAGREB, language, NOW) == tonight
    assert promised(at(25, 0), ZAGREB, language, NOW) == later


def test_the_day_is_that_of_the_calendars_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert promised(late, ZAGREB, "en", NOW) == "by 00:30 tomorrow"
    assert promised(late, ZoneInfo("UTC"), "en", NOW) == "by 23:30 today"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hr", "do petka, 1. siječnja 2027., u 10:00"),
        ("sr-Latn", "do petka, 1. januara 2027, u 10:00"),
        ("hu", "2027. január 1-jén, pénteken 10:00-ig"),
        ("en", "by 10:00 on Friday, 1 January 2027"),
    ],
)
def test_another_year_is_named(language: str, said: str) -> None:
    assert promised(at(1, 10, month=1, year=2027), ZAGREB, language, NOW) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (1, "1-jén"),
        (2, "2-án"),
        (3, "3-án"),
        (4, "4-én"),
        (6, "6-án"),
        (8, "8-án"),
        (10, "10-én"),
        (11, "11-én"),
        (12, "12-én"),
        (13, "13-án"),
        (16, "16-án"),
        (20, "20-án"),
        (21, "21-én"),
        (22, "22-én"),
        (28, "28-án"),
        (30, "30-án"),
        (31, "31-én"),
    ],
)
def test_hungarian_days_take_their_own_ending(day: int, said: str) -> None:
    assert promised(at(day, 10, month=12), ZAGREB, "hu", NOW).startswith(f"december {said},")


@pytest.mark.parametrize(
    ("language", "soon", "later"),
    [
        ("hr", "sutra od 08:00", "u srijedu, 25. studenoga, od 08:00"),
        ("sr-Latn", "sutra od 08:00", "u sredu, 25. novembra, od 08:00"),
        ("sr-Cyrl", "сутра од 08:00", "у среду, 25. новембра, од 08:00"),
        ("hu", "holnap 08:00-kor", "november 25-én, szerdán 08:00-kor"),
        ("en", "tomorrow at 08:00", "on Wednesday, 25 November, at 08:00"),
    ],
)
def test_an_opening_is_said_exactly(language: str, soon: str, later: str) -> None:
    assert opening(at(23, 8), ZAGREB, language, NOW) == soon
    assert opening(at(25, 8), ZAGREB, language, NOW) == later


def test_a_moment_may_be_past_and_is_not_rounded() -> None:
    assert moment(at(21, 10, 7), ZAGREB, "hr", NOW) == "jučer u 10:07"
    assert moment(at(20, 10, 7), ZAGREB, "hr", NOW) == "u petak, 20. studenoga, u 10:07"


@pytest.mark.parametrize(
    ("hours", "hr", "sr_cyrl", "hu", "en"),
    [
        (1, "1 sat", "1 сат", "1 órája", "1 hour"),
        (3, "3 sata", "3 сата", "3 órája", "3 hours"),
        (11, "11 sati", "11 сати", "11 órája", "11 hours"),
        (21, "21 sat", "21 сат", "21 órája", "21 hours"),
        (26, "26 sati", "26 сати", "26 órája", "26 hours"),
        (51, "2 dana i 3 sata", "2 дана и 3 сата", "2 napja és 3 órája", "2 days and 3 hours"),
        (72, "3 dana", "3 дана", "3 napja", "3 days"),
        (21 * 24 + 1, "21 dan i 1 sat", "21 дан и 1 сат", "21 napja és 1 órája", "21 days and 1 hour"),
    ],
)
def test_a_wait_is_counted_with_the_right_plurals(
    hours: int, hr: str, sr_cyrl: str, hu: str, en: str
) -> None:
    said = [waited(timedelta(hours=hours, minutes=59), tag) for tag in ("hr", "sr-Cyrl", "hu", "en")]
    assert said == [hr, sr_cyrl, hu, en]


def test_short_waits_are_said_in_minutes_and_in_subjects_all_are_short() -> None:
    assert [waited(timedelta(minutes=m), "hr") for m in (0, 1, 2, 25)] == [
        "0 minuta",
        "1 minutu",
        "2 minute",
        "25 minuta",
    ]
    assert waited_short(timedelta(hours=22), "hr") == "22 h"
    assert waited_short(timedelta(hours=51), "sr-Cyrl") == "2 д 3 ч"
    assert waited_short(timedelta(hours=48), "hu") == "2 nap"


@pytest.mark.parametrize(
    ("length", "language", "said"),
    [
        (timedelta(seconds=90), "hr", "90 s"),
        (timedelta(minutes=10), "sr-Cyrl", "10 мин"),
        (timedelta(seconds=45), "hu", "45 másodperc"),
        (timedelta(hours=1), "hu", "1 óra"),
        (timedelta(hours=24), "en", "24 h"),
        (timedelta(days=3), "sr-Latn", "3 d"),
    ],
)
def test_a_length_of_the_configuration_is_said_exactly(length: timedelta, language: str, said: str) -> None:
    assert duration(length, language) == said


def test_a_moment_on_a_line_of_its_own_begins_with_a_capital() -> None:
    assert standing_alone(moment(at(21, 10, 7), ZAGREB, "hr", NOW)) == "Jučer u 10:07"
