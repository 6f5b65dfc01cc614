"""Keeps one folder watched: reads it to its end, waits for news, and begins anew when the connection fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from autoack.clock import Clock
from autoack.errors import LoginRefused, StoreError, TransportError

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between attempts to connect; doubled each time
# After a refused log-in: few enough attempts that no account is locked, which begins at some ten in ten minutes.
FIRST_REFUSED, LONGEST_REFUSED = 60.0, 900.0


class Intake(Protocol):
    """Takes in what lies in the folder."""

    async def begin(self) -> Any: ...
    async def catch_up(self) -> Any: ...
    async def look_at_flags(self) -> int: ...


class Comparison(Protocol):
    """Compares the folder with what is on record, where that is due."""

    async def step(self) -> int: ...


class Folder(Protocol):
    """The folder's connection."""

    mailbox: str
    name: str

    async def wait(self, seconds: float) -> None: ...
    async def close(self) -> None: ...


class Pauses:
    """How long to wait after each of several failed attempts, in seconds."""

    def __init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """An attempt was successful."""
        self._next, self._next_refused = FIRST_PAUSE, FIRST_REFUSED

    def after(self, error: Exception) -> float:
        """The pause after this failure."""
        if isinstance(error, LoginRefused):
            pause = self._next_refused
            self._next_refused = min(pause * 2, LONGEST_REFUSED)
            return pause
        pause = self._next
        self._next = min(pause * 2, LONGEST_PAUSE)
        return LONGEST_PAUSE if isinstance(error, TransportError) and error.permanent else pause


class Watch:
    """One folder, watched until it is cancelled.

    `watching` is set once mail that arrives from now on will be seen, `in_step` once the folder was read to its
    end, or cannot be until a person has mended something: nobody is to wait for that. `unreachable` is called once
    for each outage that lasts longer than `unreachable_after`.
    """

    def __init__(
        self,
        intake: Intake,
        comparison: Comparison,
        folder: Folder,
        clock: Clock,
        *,
        poll: timedelta,
        unreachable_after: timedelta,
        unreachable: Callable[[str, str, datetime, str], Awaitable[None]],
    ) -> None:
        self.watching = asyncio.Event()
        self.in_step = asyncio.Event()
        self._intake = intake
        self._comparison = comparison
        self._folder = folder
        self._clock = clock
        self._poll = poll
        self._unreachable_after = unreachable_after
        self._unreachable = unreachable
        self._pauses = Pauses()
        self._failing_since: datetime | None = None
        self._alerted = False

    @property
    def is_well(self) -> bool:
        """Whether mail that arrives now will be seen soon: the server answered at the last attempt."""
        return self.watching.is_set() and self._failing_since is None

    async def run(self, after: Sequence[asyncio.Event] = ()) -> None:
        """Watch for ever; only cancellation ends it. What is there is read once `after` have been set."""
        try:
            while True:
                try:
                    await self._begin()
                    for event in after:
                        await event.wait()
                    await self.once()
                    await self._folder.wait(self._poll.total_seconds())
                except TransportError as error:
                    await self._failed(error, str(error))
                except Exception as error:
                    log.exception("watching failed", extra=self._where())
                    await self._failed(error, f"{type(error).__name__}: {error}")
        finally:
            await self._folder.close()

    async def once(self) -> None:
        """One pass: everything that is there now. Raises TransportError where the server cannot be reached."""
        await self._begin()
        await self._intake.catch_up()
        await self._intake.look_at_flags()
        self.in_step.set()
        await self._compare()
        if self._failing_since is not None:
            log.info("reachable again", extra=self._where())
        self._failing_since, self._alerted = None, False
        self._pauses.begin_anew()

    async def _compare(self) -> None:
        try:
            await self._comparison.step()
        except TransportError:
            raise
        except Exception:  # mail is answered all the same
            log.exception(
                "what is on the server could not be compared with what is on record", extra=self._where()
            )

    async def once_and_close(self) -> None:
        """One pass over a connection that is closed afterwards."""
        try:
            await self.once()
        finally:
            await self._folder.close()

    async def _begin(self) -> None:
        if not self.watching.is_set():
            await self._intake.begin()
            self.watching.set()

    async def _failed(self, error: Exception, why: str) -> None:
        now = self._clock.now()
        self._failing_since = self._failing_since or now
        pause = self._pauses.after(error)
        if not _may_pass(error):
            self.in_step.set()
        log.warning("unreachable: %s; next attempt in %g s", why, pause, extra=self._where())
        if not self._alerted and now - self._failing_since >= self._unreachable_after:
            self._alerted = True
            await self._tell(why)
        await self._folder.close()
        await self._clock.sleep(pause)

    async def _tell(self, why: str) -> None:
        assert self._failing_since is not None
        try:
            await self._unreachable(self._folder.mailbox, self._folder.name, self._failing_since, why)
        except Exception:
            log.exception("the alert could not be queued", extra=self._where())

    def _where(self) -> dict[str, str]:
        return {"mailbox": self._folder.mailbox, "folder": self._folder.name}


def _may_pass(error: Exception) -> bool:
    """Whether it may be over by itself; a fault of our own is not."""
    if isinstance(error, TransportError):
        return not error.permanent
    return isinstance(error, StoreError)
