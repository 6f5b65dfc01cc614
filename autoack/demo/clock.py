"""The demo's clock: real time while something happens, fast in between, and never past the next thing to come.

A week on a clock that only runs fast would blur: at 20,000 times real time the tenth of a second that a receipt
takes is half an hour. Here time flies while nobody has anything to do, and stops where something falls due.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_TICK = 0.02  # seconds of real time between looks at a clock that changes its pace


class StoryClock:
    """A clock.Clock that starts at `start`; `travel` lets it run `speed` times as fast as the wall clock."""

    def __init__(
        self, start: datetime, speed: float, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._speed = speed
        self._monotonic = monotonic
        self._goal: datetime | None = None
        self._from = start.astimezone(UTC)
        self._origin = monotonic()

    def now(self) -> datetime:
        """The present moment of the story, aware, in UTC."""
        passed = self._monotonic() - self._origin
        if self._goal is None:
            return self._from + timedelta(seconds=passed)
        return min(self._goal, self._from + timedelta(seconds=passed * self._speed))

    async def travel(self, goal: datetime) -> None:
        """Let time fly until `goal`, and stand there no moment later; a goal in the past is reached already."""
        if goal <= self.now():
            return
        self._set_off(goal)
        try:
            while (left := (goal - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - timers may ring early
                await asyncio.sleep(left / self._speed)
        finally:
            self._set_off(None)

    def _set_off(self, goal: datetime | None) -> None:
        self._from, self._origin = self.now(), self._monotonic()
        self._goal = goal.astimezone(UTC) if goal else None

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` of the story have passed."""
        end = self.now() + timedelta(seconds=seconds)
        while (left := (end - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - the pace may change meanwhile
            await asyncio.sleep(min(left, _TICK))

    def real_seconds(self, seconds: float) -> float:
        """How long `seconds` of the story take when time flies: who waits for so long never misses anything."""
        return seconds / self._speed
