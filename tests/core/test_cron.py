"""Cron lines mean what crontab(5) says, on the wall clock of a zone, also where it jumps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.core.cron import Cron

ZAGREB = ZoneInfo("Europe/Zagreb")


def times(line: str, since: str, count: int = 3) -> list[str]:
    """The next times after a moment of Zagreb, as its wall clock and calendar show them."""
    cron, at, found = Cron(line, ZAGREB), datetime.fromisoformat(since).replace(tzinfo=ZAGREB), []
    for _ in range(count):
        next_at = cron.next_after(at)
        assert next_at is not None and next_at > at
        at = next_at
        found.append(f"{at.astimezone(ZAGREB):%a %Y-%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 9 1 3 *", ["Mon 2027-03-01 09:00", "Wed 2028-03-01 09:00"]),
        ("30 8 * * *", ["Sun 2026-11-22 08:30", "Mon 2026-11-23 08:30"]),
        ("0 9 * * 1", ["Mon 2026-11-23 09:00", "Mon 2026-11-30 09:00"]),  # Monday is 1, not 0
        ("0 9 * * 0", ["Sun 2026-11-22 09:00", "Sun 2026-11-29 09:00"]),
        ("0 9 * * 7", ["Sun 2026-11-22 09:00", "Sun 2026-11-29 09:00"]),
        ("0 9 * * Tue", ["Tue 2026-11-24 09:00", "Tue 2026-12-01 09:00"]),
        ("0 9 * * mon-fri", ["Mon 2026-11-23 09:00", "Tue 2026-11-24 09:00"]),
        ("0 9 * * 5-7", ["Sun 2026-11-22 09:00", "Fri 2026-11-27 09:00"]),
        ("0 9 * * fri-mon", ["Sun 2026-11-22 09:00", "Mon 2026-11-23 09:00", "Fri 2026-11-27 09:00"]),
        ("0 9 * * */3", ["Sun 2026-11-22 09:00", "Wed 2026-11-25 09:00", "Sat 2026-11-28 09:00"]),
        ("0 9 * * 1/2", ["Mon 2026-11-23 09:00", "Wed 2026-11-25 09:00", "Fri 2026-11-27 09:00"]),
        ("0 9 1 * 1", ["Mon 2026-11-23 09:00", "Mon 2026-11-30 09:00", "Tue 2026-12-01 09:00"]),  # either day
        ("0 9 29 2 *", ["Tue 2028-02-29 09:00", "Sun 2032-02-29 09:00"]),
        ("0 9 1 jan,jul *", ["Fri 2027-01-01 09:00", "Thu 2027-07-01 09:00"]),
        ("*/20 8-9 * * *", ["Sun 2026-11-22 08:00", "Sun 2026-11-22 08:20"]),
    ],
)
def test_a_line_gives_its_times(line: str, expected: list[str]) -> None:
    assert times(line, "2026-11-22 07:00", len(expected)) == expected


def test_a_time_that_spring_skips_comes_when_the_clock_has_moved_on() -> None:
    found = times("30 2 * * *", "2026-03-28 00:00")
    assert found == ["Sat 2026-03-28 02:30", "Sun 2026-03-29 03:30", "Mon 2026-03-30 02:30"]


def test_a_time_that_autumn_shows_twice_comes_once() -> None:
    found = times("30 2 * * *", "2026-10-24 00:00")
    assert found == ["Sat 2026-10-24 02:30", "Sun 2026-10-25 02:30", "Mon 2026-10-26 02:30"]
    first = Cron("30 2 * * *", ZAGREB).next_after(datetime(2026, 10, 25, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first showing, in summer time


def test_every_quarter_of_an_hour_goes_on_through_both_changes() -> None:
    cron = Cron("*/15 * * * *", ZAGREB)
    for day in (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)):
        at, seen = day, []
        while at < day + timedelta(hours=10):
            next_at = cron.next_after(at)
            assert next_at is not None and timedelta(0) < next_at - at <= timedelta(minutes=75)
            at = next_at
            seen.append(at)
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("line", "since", "last"),
    [
        ("0 9 * * *", "2026-11-20 10:00", "2026-11-22 09:00"),
        ("0 9 * * *", "2026-11-22 09:00", None),  # since then, not at it
        ("0 12 * * *", "2026-11-22 09:00", "2026-11-22 12:00"),  # up to now
        ("0 9 1 3 *", "2020-01-01 00:00", "2026-03-01 09:00"),
        ("0 9 29 2 *", "2020-01-01 00:00", "2024-02-29 09:00"),
        ("0 9 29 2 *", "2024-03-01 00:00", None),
        ("* * * * *", "2020-01-01 00:00", "2026-11-22 12:00"),
    ],
)
def test_the_last_time_since_then(line: str, since: str, last: str | None) -> None:
    begin, now = (
        datetime.fromisoformat(since).replace(tzinfo=ZAGREB),
        datetime(2026, 11, 22, 11, 0, tzinfo=UTC),
    )
    found = Cron(line, ZAGREB).last_until(begin, now)
    assert found == (datetime.fromisoformat(last).replace(tzinfo=ZAGREB) if last else None)


def test_a_day_that_no_year_has_never_comes() -> None:
    assert Cron("0 9 31 2 *", ZAGREB).next_after(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("0 9 * *", "4 fields instead of five"),
        ("@yearly", "1 fields instead of five"),
        ("60 9 * * *", "higher than the maximum value"),
        ("0 24 * * *", "higher than the maximum value"),
        ("0 9 32 * *", "higher than the maximum value"),
        ("0 9 * foo *", "Invalid month name"),
        ("0 9 * * 8", "8 is no day of the week"),
        ("0 9 * * funday", "'funday' is no day of the week"),
        ("0 9 * * mun", "'mun' is no day of the week"),
        ("0 9 * * */0", "'\\*/0' is no day of the week"),
    ],
)
def test_what_is_no_line_says_why(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Cron(line, ZAGREB)
