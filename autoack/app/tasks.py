"""Tasks of the daemon: kept alive, waited for within a limit of time, and ended in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

log = logging.getLogger(__name__)

STOP_WITHIN = 7.0  # seconds for what is in hand, of the 10 that a stop may take
BEGIN_ANEW_AFTER = 5.0  # seconds after a loop has failed


async def keep(loop: Callable[[], Awaitable[None]]) -> None:
    """Run a loop until it ends by itself, whatever happens in it."""
    while True:
        try:
            return await loop()
        except Exception:
            log.exception("a loop failed and begins anew")
            await asyncio.sleep(BEGIN_ANEW_AFTER)


def guarded(work: Callable[[], Awaitable[None]], seconds: float) -> Callable[[], Awaitable[None]]:
    """Work that is done every so many `seconds`; a failure is logged, and the next turn tries again."""

    async def attempt() -> None:
        try:
            await work()
        except Exception:
            log.exception("work failed that is done from time to time; it is tried again in %g s", seconds)

    return attempt


async def cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    """End the tasks; wait for what they still finish, but not for ever."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    done, _ = await asyncio.wait(tasks, timeout=STOP_WITHIN) if tasks else (set[asyncio.Task[None]](), None)
    for task in done:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task had failed", exc_info=error)


async def first_of(event: Awaitable[object], seconds: float) -> None:
    """Wait for the event, or until `seconds` have passed."""
    try:
        await asyncio.wait_for(event, seconds)
    except TimeoutError:
        return
