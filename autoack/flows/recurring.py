"""Opens a thread for the team when it is time to look after a customer (`recurring`).

The team is told by the alarms, as of every thread: what is opened here is due at once. Of each entry the time up to
which it has been looked after is a fact in `meta`, changed in the transaction that opens the thread: so a time
counts once, across restarts and replicas. An entry that is new, or whose times were changed, begins now and not in
the past. After an outage the last time that was missed is made up for.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from autoack.core import recurring
from autoack.core.policy import Desk
from autoack.core.policy import Recurring as Entry
from autoack.core.recurring import Due
from autoack.core.thread import reference_for
from autoack.store import meta, threads

log = logging.getLogger(__name__)

_SINCE = (
    "recurring:"  # the fact in `meta`: a fingerprint of the times, and up to when they have been looked after
)


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Looked:
    opened: tuple[str, ...]  # references
    next_at: datetime | None


class Recurring:
    """Looks whether the time of an entry has come; between two times a look costs nothing."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database
        self._zone = desk.organisation.zone
        self._times = {entry.name: recurring.times_of(entry, self._zone) for entry in desk.recurring}
        self._next_at: datetime | None = None  # None: not looked yet

    async def step(self, now: datetime) -> int:
        """Open the threads whose time has come; returns how many."""
        if not self._times or (self._next_at is not None and now < self._next_at):
            return 0
        looked: _Looked = await self._database.run(self._look, now)
        self._next_at = looked.next_at or datetime.max.replace(tzinfo=UTC)
        for ref in looked.opened:
            log.info("opened for the team: it is time to look after a customer", extra={"ref": ref})
        return len(looked.opened)

    # --- inside transactions -------------------------------------------------------------------------------

    def _look(self, conn: Connection, now: datetime) -> _Looked:
        refs = (self._entry(conn, entry, now) for entry in self._desk.recurring)
        opened = tuple(ref for ref in refs if ref)
        coming = [self._times[entry.name].next_after(now) for entry in self._desk.recurring]
        return _Looked(opened, min((at for at in coming if at is not None), default=None))

    def _entry(self, conn: Connection, entry: Entry, now: datetime) -> str | None:
        try:
            with conn.begin_nested():
                return self._one(conn, entry, now)
        except DBAPIError:  # a race, or the database's trouble: no fault of the entry
            raise
        except Exception:
            log.exception("a recurring entry could not be looked after", extra={"entry": entry.name})
            return None

    def _one(self, conn: Connection, entry: Entry, now: datetime) -> str | None:
        """The reference of the thread that was opened."""
        key = _SINCE + hashlib.sha256(entry.name.encode()).hexdigest()[:32]
        times, since = recurring.fingerprint(entry, self._zone), None
        known, _, looked_until = (meta.get(conn, key) or "").partition(" ")
        if known == times:
            since = datetime.fromisoformat(looked_until)
        due = recurring.due(self._times[entry.name], since, now) if since else None
        if since is None or due is not None:
            # Before all else: of two replicas one waits here, and then finds that it was done.
            meta.put(conn, key, f"{times} {now.astimezone(UTC).isoformat()}")
        return self._open(conn, entry, due, now) if due else None

    def _open(self, conn: Connection, entry: Entry, due: Due, now: datetime) -> str | None:
        mailbox = self._desk.mailbox_of(entry.mailbox, entry.policy)
        assert mailbox is not None, "the settings have seen to it that the mailbox is there"
        ref = reference_for(mailbox.id, recurring.reference_seed(entry, due.at))
        while (taken := threads.by_ref(conn, ref)) is not None:
            if taken.policy == entry.policy:
                return None
            ref = reference_for(mailbox.id, ref + recurring.reference_seed(entry, due.at))
        earlier = threads.of_customer(conn, entry.customer_address, 1)
        thread, event = recurring.opened(entry, due, ref, mailbox, earlier, now)
        threads.insert(conn, thread)
        threads.add_events(conn, [event])
        return ref
