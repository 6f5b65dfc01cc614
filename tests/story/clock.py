"""The clock of the stories: it stands still until the story moves it on."""

import asyncio
from datetime import UTC, datetime, timedelta


class StoryClock:
    """Shows the time that it was set to. Whoever sleeps on it wakes when it is moved far enough."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        awake = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + timedelta(seconds=seconds), awake))
        await awake

    def real_seconds(self, seconds: float) -> float:
        return seconds

    def move_to(self, moment: datetime) -> None:
        """It is `moment` now; time does not run backwards."""
        if moment < self._now:
            raise ValueError(f"it is {self._now} already, {moment} has passed")
        self._now = moment.astimezone(UTC)
        for until, awake in self._sleepers:
            if until <= self._now and not awake.done():
                awake.set_result(None)
        self._sleepers = [(until, awake) for until, awake in self._sleepers if not awake.done()]

    def pass_time(self, by: timedelta) -> None:
        """That much later."""
        self.move_to(self._now + by)
