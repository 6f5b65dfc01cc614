"""Once a day: what lies on the server is compared with what is on record, and what was overlooked is taken in.

A server may show a mail late, under a UID below one that was seen before it (several of them that keep each
other in step do), or lose and find mails. The checkpoint knows nothing of that; this comparison does.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.store import folders
from autoack.store.folders import Checkpoint, Counted

log = logging.getLogger(__name__)

DAY = timedelta(days=1)


class Folder(Protocol):
    """The folder, which is open."""

    mailbox: str
    name: str

    async def uids_above(self, uid: int, since: date | None = None) -> list[int]: ...


class Intake(Protocol):
    """Takes in mails of this folder."""

    async def read(self, uids: Sequence[int], uidvalidity: int) -> Any: ...


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Comparison:
    """Compares one folder. `kept`: for how long a mail is on record at least."""

    def __init__(
        self, folder: Folder, intake: Intake, database: Database, clock: Clock, *, kept: timedelta
    ) -> None:
        self._folder = folder
        self._intake = intake
        self._database = database
        self._clock = clock
        self._kept = kept

    async def step(self) -> int:
        """Compare, where the last time is a day ago; returns how many mails had been overlooked.

        Raises MailboxError where the server cannot be reached or refuses.
        """
        now = self._clock.now()
        due: tuple[Checkpoint, Counted] | None = await self._database.run(self._due, now)
        if due is None:
            return 0
        checkpoint, last = due
        # What came earlier may have been on record, and been deleted since. SINCE knows no time of day.
        there = await self._folder.uids_above(last.first_uid - 1, since=(now - self._kept + DAY).date())
        overlooked = await self._database.run(self._overlooked, checkpoint, there)
        if overlooked:
            where = {"mailbox": self._folder.mailbox, "folder": self._folder.name}
            log.warning(
                "the server has %d mails and %d of them were not on record: these are taken in now",
                len(there),
                len(overlooked),
                extra=where,
            )
            await self._intake.read(overlooked, checkpoint.uidvalidity)
        await self._database.run(self._done, Counted(last.first_uid, now))
        return len(overlooked)

    # --- inside transactions -------------------------------------------------------------------------------

    def _due(self, conn: Connection, now: datetime) -> tuple[Checkpoint, Counted] | None:
        checkpoint = folders.get(conn, self._folder.mailbox, self._folder.name)
        if checkpoint is None:
            return None
        last = folders.counted(conn, checkpoint.mailbox, checkpoint.folder)
        if last is None:  # known since before there were comparisons: from now on
            self._done(conn, Counted(checkpoint.last_uid + 1, now))
            return None
        return None if now - last.at < DAY else (checkpoint, last)

    def _overlooked(self, conn: Connection, checkpoint: Checkpoint, there: Sequence[int]) -> list[int]:
        """Those up to the checkpoint that are on no record; what is above comes by itself."""
        known = folders.known_uids(conn, checkpoint.mailbox, checkpoint.folder, checkpoint.uidvalidity)
        return [uid for uid in there if uid <= checkpoint.last_uid and uid not in known]

    def _done(self, conn: Connection, counted: Counted) -> None:
        folders.save_counted(conn, self._folder.mailbox, self._folder.name, counted)
