"""Whom a step reaches: roles, duty, absence."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.core.policy import Absence, Duty, Person, Span, Team
from autoack.core.recipients import recipients

ZAGREB = ZoneInfo("Europe/Zagreb")
DAY = ((Span(480, 960),),)  # 08:00-16:00
NIGHT = ((Span(1320, 1800),),)  # 22:00-06:00
NONE = ((),)

FRONT = Team(
    "front",
    members=("ana", "iva", "luka"),
    lead="marko",
    manager="vera",
    rota=(
        Duty(("ana",), DAY * 5 + NONE * 2),
        Duty(("iva",), NONE * 4 + NIGHT + NONE * 2),
    ),  # iva: Friday night
)
NO_ROTA = Team("plain", members=("ana", "iva"), lead="marko", manager="vera")
MONDAY = "2026-11-16T10:00"


def people(*away: str) -> dict[str, Person]:
    """Everybody; those named are away on Monday, 16 November."""
    absent = (Absence(date(2026, 11, 16), date(2026, 11, 16)),)
    return {
        name: Person(name, name.title(), f"{name}@primjer.example", away=absent if name in away else ())
        for name in ("ana", "iva", "luka", "marko", "vera", "petra")
    }


def told(
    *notify: str,
    away: tuple[str, ...] = (),
    assignee: str | None = None,
    team: Team = FRONT,
    at: str = MONDAY,
) -> str:
    now = datetime.fromisoformat(at).replace(tzinfo=ZAGREB).astimezone(UTC)
    return " ".join(person.id for person in recipients(notify, team, people(*away), assignee, ZAGREB, now))


@pytest.mark.parametrize(
    ("notify", "assignee", "expected"),
    [
        ("team", None, "ana iva luka"),
        ("on_duty", None, "ana"),
        ("assignee", "luka", "luka"),
        ("assignee", None, "ana"),  # falls to on_duty
        ("assignee", "gone", "ana"),  # somebody who has left the configuration
        ("lead", None, "marko"),
        ("manager", None, "vera"),
        ("petra", None, "petra"),
    ],
)
def test_a_role_is_filled_by(notify: str, assignee: str | None, expected: str) -> None:
    assert told(notify, assignee=assignee) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-16T08:00", "ana"),
        ("2026-11-16T15:59", "ana"),
        ("2026-11-16T16:00", "ana iva luka"),  # outside the rota: all members
        ("2026-11-20T23:00", "iva"),
        ("2026-11-21T05:59", "iva"),  # the night that began on Friday
        ("2026-11-21T06:00", "ana iva luka"),
        ("2026-11-16T05:00", "ana iva luka"),
    ],
)
def test_duty_goes_by_the_wall_clock_of_the_calendar(at: str, expected: str) -> None:
    assert told("on_duty", at=at) == expected


def test_without_a_rota_all_members_are_on_duty() -> None:
    assert told("on_duty", team=NO_ROTA) == "ana iva"


@pytest.mark.parametrize(
    ("notify", "away", "expected"),
    [
        ("team", ("iva",), "ana luka"),
        ("on_duty", ("ana",), "iva luka"),
        ("ana", ("ana",), "iva luka"),
        ("team", ("ana", "iva", "luka"), "marko"),
        ("on_duty", ("ana", "iva", "luka"), "marko"),
        ("team", ("ana", "iva", "luka", "marko"), "vera"),
        ("lead", ("marko",), "vera"),
        ("marko", ("marko",), "vera"),
        ("lead", ("marko", "vera"), "vera"),  # the manager is always told
        ("manager", ("vera",), "vera"),
        ("vera", ("vera",), "vera"),
        ("petra", ("petra",), "ana iva luka"),
    ],
)
def test_for_who_is_away_another_stands_in(notify: str, away: tuple[str, ...], expected: str) -> None:
    assert told(notify, away=away) == expected


def test_for_an_assignee_who_is_away_those_on_duty_stand_in() -> None:
    assert told("assignee", assignee="luka", away=("luka",)) == "ana"
    assert told("assignee", assignee="ana", away=("ana",)) == "iva luka"


def test_an_absence_is_over_when_the_wall_shows_the_next_day() -> None:
    assert told("marko", away=("marko",), at="2026-11-16T23:59") == "vera"
    assert told("marko", away=("marko",), at="2026-11-17T00:00") == "marko"


def test_each_person_is_told_once_in_the_order_written() -> None:
    assert told("manager", "on_duty", "team", "assignee", assignee="luka") == "vera ana iva luka"
    assert told("lead", "manager", away=("marko",)) == "vera"
