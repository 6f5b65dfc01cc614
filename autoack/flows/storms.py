"""Ends storms of receipts: once the rate has fallen, what was held back goes, or is dropped where it is too late."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core.policy import Desk, Mailbox
from autoack.core.storm import is_over
from autoack.store import meta, outbox

log = logging.getLogger(__name__)


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Storms:
    """Looks whether storms are over; that one has begun is seen by the intake."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database

    async def step(self, now: datetime) -> frozenset[str]:
        """End what is over; returns the mailboxes whose receipts may go."""
        ended: frozenset[str] = await self._database.run(self._end, now)
        return ended

    def _end(self, conn: Connection, now: datetime) -> frozenset[str]:
        return frozenset(box.id for box in self._desk.mailboxes.values() if _end_if_over(conn, box, now))


def _end_if_over(conn: Connection, mailbox: Mailbox, now: datetime) -> bool:
    storm, _ = meta.storm(conn, mailbox.id)
    if storm is None or not is_over(storm, mailbox.storm, now):
        return False
    meta.end_storm(conn, mailbox.id, now)
    if mailbox.id in meta.paused(conn):
        log.info("the storm is over; the mailbox stays paused", extra={"mailbox": mailbox.id})
        return False
    released, dropped = outbox.release(conn, mailbox.id, now)
    what = {"mailbox": mailbox.id, "released": released, "dropped": dropped}
    log.info("the storm is over: receipts go again", extra=what)
    return True
