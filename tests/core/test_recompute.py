"""Which steps of a changed ladder have fired already, and what makes times be counted anew."""

from pathlib import Path
from typing import Any

import pytest

from autoack.core.recompute import Rung, Timing, carried_over, timing_of
from tests import office

DUTY, LEAD, LATE, BOSS = ("20h", ("on_duty",)), ("24h", ("lead",)), ("68h", ("lead",)), ("72h", ("manager",))
LADDER = (DUTY, LEAD, LATE, BOSS)


@pytest.mark.parametrize(
    ("after", "fired", "carried"),
    [
        (LADDER, ("1", "2#3"), ("1", "2#3")),
        ((("75%", ("on_duty",)), *LADDER), ("1", "2#1"), ("2", "3#1")),  # one more before: the numbers move
        ((LEAD, DUTY), ("1",), ("2",)),  # another order
        ((("18h", ("on_duty",)), LEAD), ("1",), ("1",)),  # another time: the same step, for the same people
        ((("18h", ("on_duty",)), ("26h", ("lead",)), LATE), ("1", "2", "3"), ("1", "2", "3")),
        ((LEAD,), ("1",), ()),  # taken out
        ((), ("1", "2"), ()),
        ((LEAD,), ("1", "update"), ("update",)),  # the customer heard: that is none of the ladder's
    ],
)
def test_what_has_fired_is_known_again_in_another_ladder(
    after: tuple[Rung, ...], fired: tuple[str, ...], carried: tuple[str, ...]
) -> None:
    assert carried_over(fired, LADDER, after) == carried


def test_keys_of_no_ladder_are_left_out() -> None:
    assert carried_over(("20h", "9", "x#1"), LADDER, (DUTY,)) == ()


SHOP: dict[str, Any] = {
    "hours": {"mon-fri": "08:00-16:00"},
    "closed": [{"from": "2026-12-24", "to": "2026-12-31"}],
}
DESK: dict[str, Any] = {"calendars.shop": SHOP, "policies.standard": {"calendar": "shop"}}


def timing(folder: Path, **changes: Any) -> Timing:
    named = {key.replace("__", "."): value for key, value in changes.items()}
    return timing_of(office.settings(folder, DESK | named).desk)


def test_a_timing_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = timing(tmp_path)
    assert Timing.of_json(kept.as_json()) == kept
    assert kept == timing(tmp_path)


@pytest.mark.parametrize(
    ("changes", "moves"),
    [
        ({"calendars__shop": SHOP | {"hours": {"mon-thu": "08:00-16:00"}}}, True),
        ({"calendars__shop": SHOP | {"holidays": {"country": "HR"}}}, True),
        ({"calendars__shop": SHOP | {"open": [{"date": "2026-12-12", "hours": "08:00-12:00"}]}}, True),
        ({"policies__standard": {"calendar": "shop", "reply_within": "1d"}}, True),
        ({"policies__standard": {"calendar": "shop", "quiet": "shop"}}, True),
        ({"policies__standard": {"calendar": "shop", "ladder": [{"at": "1d", "notify": "lead"}]}}, True),
        ({"policies__other": {}, "mailboxes__support__policy": "other"}, True),
        ({"organisation__name": "Voćar i sinovi"}, False),
        ({"calendars__shop": SHOP | {"closed": [SHOP["closed"][0] | {"notice": {"en": "Closed."}}]}}, False),
    ],
)
def test_what_bears_on_times_makes_another_timing(
    tmp_path: Path, changes: dict[str, Any], moves: bool
) -> None:
    assert (timing(tmp_path, **changes) != timing(tmp_path)) is moves


def test_another_release_of_the_holidays_is_another_timing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may know what was decreed since."""
    with_holidays = {"calendars__shop": SHOP | {"holidays": {"country": "HU"}}}
    before, without = timing(tmp_path, **with_holidays), timing(tmp_path)
    monkeypatch.setattr("autoack.core.holidays_of.release", lambda: "99.0")
    assert timing(tmp_path, **with_holidays) != before
    assert timing(tmp_path) == without
