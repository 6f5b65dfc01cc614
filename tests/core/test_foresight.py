"""What the ops are warned of: swapped working days that are not decreed yet, calendars that run out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from autoack.core import foresight, holidays_of
from autoack.core.policy import Desk
from tests import office

PEST = {"hours": {"mon-fri": "09:00-17:00"}, "timezone": "Europe/Budapest", "holidays": {"country": "HU"}}


def desk(folder: Path, **calendar: object) -> Desk:
    changes = {"calendars.pest": PEST | calendar, "policies.standard": {"calendar": "pest"}}
    return office.settings(folder, changes).desk


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is in 2026: no swapped days in 2023, those of 2027 not decreed yet."""
    decreed = {2020, 2021, 2022, 2024, 2025, 2026}
    monkeypatch.setattr(
        holidays_of,
        "_swaps",
        lambda country, subdivision, year: {date(year, 1, 10): date(year, 1, 2)} if year in decreed else {},
    )


def test_years_that_are_decreed_are_no_matter(tmp_path: Path) -> None:
    here = desk(tmp_path)
    for now in ("2024-06-01", "2024-12-01", "2025-03-15", "2025-11-22"):
        assert foresight.warnings(here, at(now)) == [], now


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("now", ["2026-01-02", "2026-03-15", "2026-11-22", "2026-12-31"])
def test_the_coming_year_is_warned_of_until_it_is_decreed(tmp_path: Path, now: str) -> None:
    (told,) = foresight.warnings(desk(tmp_path), at(now))
    assert told.startswith("calendar pest: no swapped working days of HU are known for 2027: ")


@pytest.mark.usefixtures("known")
def test_the_year_before_has_nothing_to_say_of_it(tmp_path: Path) -> None:
    assert foresight.warnings(desk(tmp_path), at("2025-12-31")) == []


@pytest.mark.usefixtures("known")
def test_a_year_that_has_begun_is_warned_of_until_the_ops_have_given_a_saturday(tmp_path: Path) -> None:
    now = at("2027-01-15")
    assert [warning.partition(":")[0] for warning in foresight.warnings(desk(tmp_path), now)] == [
        "calendar pest",
        "calendar pest",
    ], "2027 and 2028"
    own = desk(tmp_path, open=[{"date": "2027-08-14", "hours": "09:00-17:00"}])
    (told,) = foresight.warnings(own, now)
    assert "known for 2028" in told


@pytest.mark.usefixtures("known")
def test_times_are_warned_of_where_they_reach_into_such_a_year(tmp_path: Path) -> None:
    policy = desk(tmp_path).policies["standard"]
    assert foresight.warnings_of(policy, at("2026-11-22"), at("2026-11-25")) == []
    (told,) = foresight.warnings_of(policy, at("2026-12-30"), at("2027-01-04"))
    assert "known for 2027" in told


def test_countries_that_swap_nothing_are_not_asked_about(tmp_path: Path) -> None:
    for country in ("HR", "RS"):
        here = desk(tmp_path, holidays={"country": country})
        for now in ("2026-03-15", "2026-11-22", "2026-12-31"):
            assert foresight.warnings(here, at(now)) == []


def test_a_calendar_that_opens_too_little_for_a_promise_is_warned_of(tmp_path: Path) -> None:
    closed = [{"from": "2026-12-01", "to": "2030-12-31"}]
    ends = desk(tmp_path, holidays={"country": "HR"}, closed=closed)
    assert foresight.warnings(ends, at("2026-09-01T08:00")) == []
    (told,) = foresight.warnings(ends, at("2026-11-30T15:00"))
    assert told.startswith("policy standard: its calendar pest opens too little within 400 days: ")
    (told,) = foresight.warnings(ends, at("2026-12-02T08:00"))
    assert told.startswith("policy standard: its calendar pest does not open within 400 days: ")


def test_what_no_policy_uses_warns_of_nothing(tmp_path: Path) -> None:
    closed = PEST | {"closed": [{"from": "2026-01-01", "to": "2030-12-31"}]}
    unused = office.settings(tmp_path, {"calendars.pest": closed}).desk
    assert foresight.warnings(unused, at("2026-12-02")) == []
