"""The story's clock: real time while something happens, fast in between, never past its goal."""

import asyncio
from datetime import UTC, datetime, timedelta

from autoack.demo.clock import StoryClock

START = datetime(2026, 11, 23, 7, 55, tzinfo=UTC)


class Monotonic:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def test_while_nobody_travels_a_second_is_a_second() -> None:
    monotonic = Monotonic()
    clock = StoryClock(START, 1000, monotonic=monotonic)
    monotonic.seconds += 3
    assert clock.now() == START + timedelta(seconds=3)


async def test_on_the_way_time_flies_and_stands_still_at_the_goal() -> None:
    monotonic = Monotonic()
    clock = StoryClock(START, 1000, monotonic=monotonic)
    goal = START + timedelta(hours=1)
    journey = asyncio.create_task(clock.travel(goal))
    await asyncio.sleep(0)
    monotonic.seconds += 2
    assert clock.now() == START + timedelta(seconds=2000)
    monotonic.seconds += 1_000_000  # a machine that stalls for days
    assert clock.now() == goal
    journey.cancel()


async def test_who_arrives_is_there_to_the_microsecond_and_time_goes_on_from_there() -> None:
    clock = StoryClock(START, 1e9)
    goal = START + timedelta(days=7)
    await clock.travel(goal)
    assert goal <= clock.now() < goal + timedelta(seconds=5)


async def test_a_goal_in_the_past_is_reached_already() -> None:
    clock = StoryClock(START, 1e9)
    await clock.travel(START - timedelta(days=1))
    assert clock.now() >= START


async def test_a_sleeper_wakes_when_time_has_flown_past() -> None:
    clock = StoryClock(START, 1e9)
    sleeper = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    assert not sleeper.done()
    await clock.travel(START + timedelta(hours=2))
    await asyncio.wait_for(sleeper, 5)


async def test_real_waits_are_as_short_as_when_time_flies() -> None:
    assert StoryClock(START, 1000).real_seconds(60) == 0.06
