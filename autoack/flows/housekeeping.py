"""Every night: forget customers' words and old threads, as `retention` says.

The work is cut into short transactions, with room for others between them. A night that is missed, broken
off or done twice does no harm: the next one takes up what is left.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core.policy import Retention
from autoack.store import retention

log = logging.getLogger(__name__)

ROWS_AT_ONCE = 500  # a transaction
THREADS_AT_ONCE = 50  # with what hangs on them some 500 rows, too

Batch = Callable[[Connection, datetime, int], int]


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one step did away with: words of mails and letters emptied, records deleted."""

    texts: int
    letters: int
    threads: int
    loose_messages: int
    loose_events: int
    loose_letters: int

    @property
    def anything(self) -> bool:
        """Whether there was anything to do."""
        return any(
            (
                self.texts,
                self.letters,
                self.threads,
                self.loose_messages,
                self.loose_events,
                self.loose_letters,
            )
        )


class Housekeeping:
    """Carries out the retention."""

    def __init__(self, plan: Retention, database: Database) -> None:
        self._plan = plan
        self._database = database

    async def step(self, now: datetime) -> Cleared:
        """Do away with all that is too old at `now`."""
        bodies, whole = now - self._plan.bodies, now - self._plan.threads
        cleared = Cleared(
            texts=await self._all(retention.empty_texts, bodies, ROWS_AT_ONCE)
            + await self._all(retention.empty_ratings, bodies, ROWS_AT_ONCE),
            letters=await self._all(retention.empty_letters, bodies, ROWS_AT_ONCE)
            + await self._all(retention.empty_drafts, bodies, ROWS_AT_ONCE),
            threads=await self._all(retention.delete_threads, whole, THREADS_AT_ONCE),
            loose_messages=await self._all(retention.delete_messages, whole, ROWS_AT_ONCE),
            loose_events=await self._all(retention.delete_events, whole, ROWS_AT_ONCE),
            loose_letters=await self._all(retention.delete_letters, whole, ROWS_AT_ONCE),
        )
        if cleared.anything:
            log.info(
                "retention: %d customers' texts and %d letters emptied, %d threads deleted",
                cleared.texts,
                cleared.letters,
                cleared.threads,
            )
        return cleared

    async def _all(self, batch: Batch, before: datetime, limit: int) -> int:
        total = 0
        while True:
            met: int = await self._database.run(batch, before, limit)
            total += met
            if met < limit:
                return total
