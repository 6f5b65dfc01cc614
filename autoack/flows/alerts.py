"""Tells ops what keeps the daemon from its work; each trouble once."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core.policy import Desk
from autoack.letters.alerts import alert_rows
from autoack.letters.compose import Composer
from autoack.letters.notice import Notice
from autoack.letters.template_alert import template_alert_name, template_notice
from autoack.letters.unreachable import unreachable_notice
from autoack.store import meta, outbox

log = logging.getLogger(__name__)


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Alerts:
    """Queues alerts to the people of `alerts.to`."""

    def __init__(self, desk: Desk, database: Database, composer: Composer) -> None:
        self._desk = desk
        self._database = database
        self._composer = composer

    async def unreachable(self, mailbox: str, folder: str, since: datetime, why: str, now: datetime) -> None:
        """A folder cannot be read since `since`. The mail goes out through every other mailbox's server first."""
        log.error("unreachable for long", extra={"mailbox": mailbox, "folder": folder, "why": why})
        name = f"unreachable:{mailbox}:{folder}:{since.isoformat(timespec='seconds')}"
        zone = self._desk.organisation.zone
        notice = partial(unreachable_notice, mailbox, folder, why, since, zone, now)
        await self._database.run(self._queue, name, self._way_out(mailbox), notice, now)

    async def template(self, problem: str, now: datetime) -> None:
        """A template of the ops cannot be used. However often it is told, they get one mail."""
        notice = partial(template_notice, problem)
        through = next(iter(self._desk.mailboxes))
        await self._database.run(self._queue, template_alert_name(problem), through, notice, now)

    def _way_out(self, mailbox: str) -> str:
        """A mailbox whose server is likely to work: another one than that in trouble, where there is one."""
        return next((name for name in self._desk.mailboxes if name != mailbox), mailbox)

    def _queue(
        self, conn: Connection, name: str, through: str, notice: Callable[[str], Notice], now: datetime
    ) -> None:
        rows = alert_rows(
            self._desk,
            self._composer,
            name,
            self._desk.mailboxes[through],
            notice,
            salt=meta.installation(conn),
            now=now,
        )
        outbox.add(conn, rows)
