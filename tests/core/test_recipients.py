"""Whom a step reaches: roles, duty, absence."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.core.policy import Absence, Duty, Person, Span, Team
from autoack.core.recipients import Reached, away_until, recipients

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
    found = reached(*notify, away=away, assignee=assignee, team=team, at=at)
    return " ".join(one.person.id for one in found)


def reached(
    *notify: str,
    away: tuple[str, ...] = (),
    assignee: str | None = None,
    team: Team = FRONT,
    at: str = MONDAY,
) -> tuple[Reached, ...]:
    now = datetime.fromisoformat(at).replace(tzinfo=ZAGREB).astimezone(UTC)
    return recipients(notify, team, people(*away), assignee, ZAGREB, now)


def said(*notify: str, away: tuple[str, ...] = (), assignee: str | None = None) -> list[str]:
    """Whom it reaches, and for whom they stand in: "vera for marko"."""
    return [
        f"{one.person.id} for {' '.join(a.person.id for a in one.instead_of)}"
        + (" (all away)" if one.all_away else "")
        if one.instead_of
        else one.person.id
        for one in reached(*notify, away=away, assignee=assignee)
    ]


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
        ("lead", ("marko", "vera"), "ana"),
        ("lead", ("marko", "vera", "ana"), "iva luka"),
        ("manager", ("vera",), "marko"),
        ("vera", ("vera",), "marko"),
        ("manager", ("vera", "marko"), "ana"),
        ("lead", ("ana", "iva", "luka", "marko"), "vera"),
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


EVERYBODY = ("ana", "iva", "luka", "marko", "vera")


@pytest.mark.parametrize(
    ("notify", "away", "expected"),
    [
        (("lead",), ("marko",), ["vera for marko"]),
        (("lead",), (), ["marko"]),
        (("team",), ("ana", "iva", "luka"), ["marko for ana iva luka"]),
        (("team",), ("ana",), ["iva", "luka"]),  # who is there is meant
        (("ana", "lead"), ("ana", "iva", "luka", "marko"), ["vera for ana marko"]),
        (("lead", "manager"), ("marko",), ["vera"]),  # she would have been told in any case
        (("manager", "lead"), ("marko",), ["vera"]),
        # A step never vanishes: with nobody there, it reaches all whom it means.
        (("lead",), EVERYBODY, ["marko for marko (all away)"]),
        (("manager",), EVERYBODY, ["vera for vera (all away)"]),
        (
            ("team",),
            EVERYBODY,
            [f"{one} for ana iva luka (all away)" for one in ("ana", "iva", "luka")],
        ),
    ],
)
def test_who_stands_in_knows_for_whom(
    notify: tuple[str, ...], away: tuple[str, ...], expected: list[str]
) -> None:
    assert said(*notify, away=away) == expected


def test_for_an_assignee_who_is_away_those_on_duty_know_for_whom() -> None:
    assert said("assignee", assignee="luka", away=("luka",)) == ["ana for luka"]


def test_absences_that_follow_each_other_are_one() -> None:
    days = [Absence(date(2026, 12, 20), date(2026, 12, 31)), Absence(date(2027, 1, 1), date(2027, 1, 6))]
    person = Person("marko", "Marko", "marko@primjer.example", away=tuple(days))
    assert away_until(person, date(2026, 12, 24)) == date(2027, 1, 6)
    assert away_until(person, date(2027, 1, 7)) is None
    assert away_until(person, date(2026, 12, 19)) is None


def test_an_absence_without_end_is_one() -> None:
    person = Person("marko", "Marko", "marko@primjer.example", away=(Absence(date(2026, 1, 1), date.max),))
    assert away_until(person, date(2026, 12, 24)) == date.max
