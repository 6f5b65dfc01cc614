"""Closes threads that the team marks as finished in the mailbox itself: by a keyword, or by a folder of their own."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from autoack.clock import Clock
from autoack.core import acts
from autoack.core.decision import Event
from autoack.core.message import Arrival
from autoack.core.parse import parse
from autoack.core.policy import Desk, Mailbox
from autoack.core.thread import State
from autoack.flows.intake import checkpoint
from autoack.flows.intake.folder import Database, Folder, Watched
from autoack.store import marks, outbox, threads
from autoack.store.folders import Checkpoint
from autoack.store.marks import Marked

log = logging.getLogger(__name__)

BATCH = 100  # mails a transaction
_LONGEST_SUBJECT = 80  # characters in a timeline


class DoneKeyword:
    """The keyword, looked for in one watched folder; `look` is the step."""

    def __init__(
        self,
        desk: Desk,
        of: Watched,
        folder: Folder,
        database: Database,
        clock: Clock,
        closed: Callable[[], None],
        keyword: str,
    ) -> None:
        self._desk = desk
        self._of = of
        self._folder = folder
        self._database = database
        self._clock = clock
        self._closed = closed
        self._keyword = keyword
        self._met: set[tuple[int, int]] = set()  # UIDVALIDITY and UID: no need to ask the database again
        self._looked_at: datetime | None = None

    async def look(self) -> int:
        """Close the threads of mails that carry the keyword for the first time; returns how many."""
        now = self._clock.now()
        uids = await self._folder.with_keyword(self._keyword)
        known: Checkpoint = await self._database.run(checkpoint.present, self._of)
        read = {uid for uid in uids if uid <= known.last_uid}  # what is not read yet is looked at next time
        new = {uid for uid in read if (known.uidvalidity, uid) not in self._met}
        closed = 0
        if new:
            closed = await self._database.run(self._mark, known.uidvalidity, new, now)
        self._met = {(known.uidvalidity, uid) for uid in read}
        self._looked_at = now
        if closed:
            self._closed()
        return closed

    def _mark(self, conn: Connection, uidvalidity: int, uids: Collection[int], now: datetime) -> int:
        found = marks.at(conn, self._of.mailbox.id, self._of.name, uidvalidity, uids)
        how = f"carries the keyword {self._keyword}, in {self._of.name}"
        return _close(conn, self._desk, self._of.mailbox, found, how, self._looked_at, now)


class DoneFolder:
    """The folder into which finished mails are moved; `catch_up` is the step. It is read as others are: by EXAMINE."""

    def __init__(
        self,
        desk: Desk,
        mailbox: Mailbox,
        folder: Folder,
        database: Database,
        clock: Clock,
        closed: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._mailbox = mailbox
        self._folder = folder
        self._database = database
        self._clock = clock
        self._closed = closed
        self._looked_at: datetime | None = None
        # Under a name of its own: what was moved here before is passed over, and nothing of it is taken in.
        self._watched = Watched(mailbox, f"done:{folder.name}", sent=True)

    async def begin(self) -> Checkpoint:
        """Open the folder and settle from which UID on its mails count. Raises MailboxError."""
        now = self._clock.now().replace(microsecond=0)
        status = await self._folder.open()
        return await self._database.run(checkpoint.settle, self._watched, status, now)  # type: ignore[no-any-return]  # the Protocol hides the result's type

    async def catch_up(self) -> int:
        """Close the threads of the mails that came into the folder; returns how many. Raises MailboxError."""
        now = self._clock.now()
        known = await self.begin()
        uids = await self._folder.uids_above(known.last_uid)
        closed = 0
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            fingerprints = await asyncio.to_thread(_fingerprints, await self._folder.fetch(batch))
            work = (self._mark, fingerprints, batch, known.uidvalidity, now)
            closed += await self._database.run(*work)
        await self._database.run(checkpoint.in_step, self._watched, now.replace(microsecond=0))
        self._looked_at = now
        if closed:
            self._closed()
        return closed

    async def look_at_flags(self) -> int:
        """Flags mean nothing here."""
        return 0

    async def step(self) -> int:
        """Nor is the folder compared with what is on record."""
        return 0

    def _mark(
        self,
        conn: Connection,
        fingerprints: Sequence[str],
        uids: Sequence[int],
        uidvalidity: int,
        now: datetime,
    ) -> int:
        found = marks.on(conn, self._mailbox.id, fingerprints)
        how = f"lies in {self._folder.name}"
        closed = _close(conn, self._desk, self._mailbox, found, how, self._looked_at, now)
        checkpoint.advance(conn, checkpoint.present(conn, self._watched), uids, uidvalidity)
        return closed


def _fingerprints(arrivals: Sequence[Arrival]) -> list[str]:
    mails = (parse(arrival.raw) for arrival in arrivals)
    return [mail.fingerprint for mail in mails if mail.fingerprint]


def _close(
    conn: Connection,
    desk: Desk,
    mailbox: Mailbox,
    found: Sequence[Marked],
    how: str,
    since: datetime | None,
    now: datetime,
) -> int:
    """Close the threads of these mails, each by itself; of several mails of a thread the last counts."""
    closed = 0
    for mark in found:
        marks.note(conn, mailbox.id, mark.fingerprint, now)
    for mark in {mark.ref: mark for mark in found}.values():
        try:
            with conn.begin_nested():
                closed += _close_one(conn, desk, mailbox, mark, how, since, now)
        except DBAPIError:  # a race, or the database's trouble: no fault of the thread
            raise
        except Exception:
            where = {"mailbox": mailbox.id, "ref": mark.ref}
            log.exception("a thread could not be closed that the team marked as finished", extra=where)
    return closed


def _close_one(
    conn: Connection,
    desk: Desk,
    mailbox: Mailbox,
    mark: Marked,
    how: str,
    since: datetime | None,
    now: datetime,
) -> bool:
    """Close the thread, unless its customer has written again meanwhile; whether it was closed."""
    thread = threads.by_ref(conn, mark.ref)
    if thread is None or thread.state is State.CLOSED:
        return False
    mail = f"“{mark.subject[:_LONGEST_SUBJECT]}” {how}"
    if marks.overtaken(conn, mark, since):
        because = f"{mail}; but the customer has written since, and waits"
        threads.add_events(conn, [Event(now, "done", None, because, "overtaken", mark.ref, mailbox.id)])
        return False
    act = acts.done(thread, desk, now, mail)
    threads.update(conn, act.thread)
    threads.add_events(conn, [act.event])
    outbox.withdraw(conn, [thread.ref], act.needless, now, "needless: done")
    log.info("the team marked a thread as finished", extra={"mailbox": mailbox.id, "ref": thread.ref})
    return True
