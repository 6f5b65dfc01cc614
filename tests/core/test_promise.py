"""A promised time is rounded up to a quarter of an hour, never down."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.core.promise import promised_quarter


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [
        ("2026-11-24T09:00:00", "Europe/Zagreb", "2026-11-24T10:00+01:00"),
        ("2026-11-24T09:00:00.000001", "Europe/Zagreb", "2026-11-24T10:15+01:00"),
        ("2026-11-24T09:14:59", "Europe/Zagreb", "2026-11-24T10:15+01:00"),
        ("2026-11-24T09:45:01", "Europe/Zagreb", "2026-11-24T11:00+01:00"),
        ("2026-11-24T22:50:00", "Europe/Zagreb", "2026-11-25T00:00+01:00"),
        ("2026-11-24T09:01:00", "Asia/Kathmandu", "2026-11-24T15:00+05:45"),
        ("2026-03-29T00:50:00", "Europe/Zagreb", "2026-03-29T03:00+02:00"),  # clocks go forward
        ("2026-10-25T00:50:00", "Europe/Zagreb", "2026-10-25T02:00+01:00"),  # clocks go back
    ],
)
def test_it_is_the_next_quarter_of_the_wall_clock(at: str, zone: str, told: str) -> None:
    """`at` is UTC."""
    rounded = promised_quarter(datetime.fromisoformat(at).replace(tzinfo=UTC), ZoneInfo(zone))
    assert rounded.isoformat(timespec="minutes") == told
    assert rounded.second == rounded.microsecond == 0
