"""What the ops are warned of: swapped working days that are not decreed yet, calendars that run out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from autoack.core import foresight
from autoack.core.policy import Desk
from tests import office

PEST = {"hours": {"mon-fri": "09:00-17:00"}, "timezone": "Europe/Budapest", "holidays": {"country": "HU"}}


def desk(folder: Path, **calendar: object) -> Desk:
    changes = {"calendars.pest": PEST | calendar, "policies.standard": {"calendar": "pest"}}
    return office.settings(folder, changes).desk


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def test_years_that_are_decreed_are_no_matter(tmp_path: Path) -> None:
    here = desk(tmp_path)
    for now in ("2024-06-01", "2024-12-01", "2025-06-01", "2025-12-01"):
        assert foresight.warnings(here, at(now)) == [], now


def test_a_year_without_a_decree_is_warned_of_once_it_is_within_three_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decreed = {2022, 2024, 2025, 2026}
    monkeypatch.setattr(
        foresight.holidays_of,
        "_swaps",
        lambda country, subdivision, year: {date(year, 1, 10): date(year, 1, 2)} if year in decreed else {},
    )
    here = desk(tmp_path)
    assert foresight.warnings(here, at("2026-09-30")) == []
    (told,) = foresight.warnings(here, at("2026-10-02"))
    assert told.startswith("calendar pest: no swapped working days of HU are known for 2027: ")
    assert len(foresight.warnings(here, at("2027-01-15"))) == 1, "it stays so until it is known"
    own = desk(tmp_path, open=[{"date": "2027-08-14", "hours": "09:00-17:00"}])
    assert foresight.warnings(own, at("2027-01-15")) == [], "the ops have given the Saturday themselves"


def test_countries_that_swap_nothing_are_not_asked_about(tmp_path: Path) -> None:
    for country in ("HR", "RS"):
        assert foresight.warnings(desk(tmp_path, holidays={"country": country}), at("2026-12-31")) == []


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
