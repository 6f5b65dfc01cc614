"""Opening hours in words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from autoack.core.policy import Calendar, Season, Span, Week
from autoack.letters.hours import opening_hours

ZAGREB = ZoneInfo("Europe/Zagreb")
DAY = date(2026, 11, 24)
LONG, SHORT = (Span(480, 720), Span(750, 990)), (Span(480, 840),)
OFFICE: Week = (LONG, LONG, LONG, LONG, SHORT, (), ())


def calendar(week: Week, **more: object) -> Calendar:
    return Calendar("office", ZAGREB, week=week, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hr", "od ponedjeljka do četvrtka od 08:00 do 12:00 i od 12:30 do 16:30, petkom od 08:00 do 14:00"),
        (
            "sr-Latn",
            "od ponedeljka do četvrtka od 08:00 do 12:00 i od 12:30 do 16:30, petkom od 08:00 do 14:00",
        ),
        (
            "sr-Cyrl",
            "од понедељка до четвртка од 08:00 до 12:00 и од 12:30 до 16:30, петком од 08:00 до 14:00",
        ),
        ("hu", "hétfőtől csütörtökig 08:00–12:00 és 12:30–16:30, pénteken 08:00–14:00"),
        ("en", "Monday to Thursday from 08:00 to 12:00 and from 12:30 to 16:30, Friday from 08:00 to 14:00"),
        ("de", "Monday to Thursday from 08:00 to 12:00 and from 12:30 to 16:30, Friday from 08:00 to 14:00"),
    ],
)
def test_days_with_the_same_hours_are_said_together(language: str, said: str) -> None:
    assert opening_hours(calendar(OFFICE), DAY, language) == said


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ((SHORT,) * 7, "svaki dan od 08:00 do 14:00"),
        ((SHORT, (), SHORT, (), SHORT, (), ()), "ponedjeljkom, srijedom i petkom od 08:00 do 14:00"),
        ((SHORT,) * 5 + ((), SHORT), "od ponedjeljka do petka i nedjeljom od 08:00 do 14:00"),
        (((),) * 5 + (SHORT, SHORT), "subotom i nedjeljom od 08:00 do 14:00"),
        (((Span(0, 1440),),) * 5 + ((), ()), "od ponedjeljka do petka cijeli dan"),
        (((Span(1320, 1800),),) + ((),) * 6, "ponedjeljkom od 22:00 do 06:00"),
        (((Span(1080, 1440),),) + ((),) * 6, "ponedjeljkom od 18:00 do 24:00"),
        (((),) * 7, ""),
    ],
)
def test_weeks_of_every_shape(week: Week, said: str) -> None:
    assert opening_hours(calendar(week), DAY, "hr") == said


def test_a_desk_that_is_always_open_says_nothing() -> None:
    assert opening_hours(Calendar("always", ZAGREB, always=True), DAY, "hr") == ""


def test_a_season_has_its_own_hours() -> None:
    summer = Season("ljeto", (7, 1), (8, 31), (SHORT,) * 5 + ((), ()))
    office = calendar(OFFICE, seasons=(summer,))
    assert opening_hours(office, date(2026, 7, 15), "en") == "Monday to Friday from 08:00 to 14:00"
    assert opening_hours(office, DAY, "en") == opening_hours(calendar(OFFICE), DAY, "en")
