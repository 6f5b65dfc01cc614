"""Handles the threads whose next step is due, a transaction a batch, each thread by itself.

Due dates are rows (`threads.next_step_at`). A ring that comes late or twice does no harm: the thread changes only
if its due date is still the one that was read, and each mail has a unique key.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core import ladder
from autoack.core.delivery import Outgoing
from autoack.core.policy import Desk, Mailbox
from autoack.core.recipients import with_absences
from autoack.core.thread import State, Thread
from autoack.flows.alarms.people import People
from autoack.flows.alarms.ring import Ring
from autoack.letters.compose import Composer
from autoack.store import meta, orders, outbox, threads

log = logging.getLogger(__name__)

AT_ONCE = 100  # threads a transaction
PUT_OFF = timedelta(minutes=5)  # until a thread that could not be handled is tried again


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Rung:
    """What one step did, and when the next is due."""

    threads: int
    mailboxes: frozenset[str]  # whose outbox has something new
    next_at: datetime | None


class Alarms:
    """Does what is due."""

    def __init__(self, desk: Desk, database: Database, composer: Composer) -> None:
        self._desk = desk
        self._database = database
        self._people = People(composer)

    async def step(self, now: datetime) -> Rung:
        """Handle the threads that are due, at most a batch of them; `next_at` in the past says: go on at once."""
        rung: Rung = await self._database.run(self._ring, now)
        return rung

    def _ring(self, conn: Connection, now: datetime) -> Rung:
        due = threads.due(conn, now, AT_ONCE)
        if not due:
            return Rung(0, frozenset(), threads.next_due_at(conn))
        people = with_absences(self._desk.people, orders.away(conn))
        ring = Ring(conn, now, meta.installation(conn), people)
        touched: set[str] = set()
        for thread in due:
            try:
                with conn.begin_nested():
                    letters = self._one(ring, thread)
            except Exception:
                # Put off, loudly: a thread that cannot be handled must not keep the others from being handled.
                log.exception("a step could not be done", extra={"ref": thread.ref})
                threads.update_if_due(conn, replace(thread, next_step_at=now + PUT_OFF), thread.next_step_at)
                continue
            if outbox.add(conn, letters):
                touched.add(thread.mailbox)
        return Rung(len(due), frozenset(touched), threads.next_due_at(conn))

    def _one(self, ring: Ring, thread: Thread) -> list[Outgoing]:
        """Do what is due for this thread; returns the mails that go out for it."""
        mailbox = self._desk.mailbox_of(thread.mailbox, thread.policy)
        if mailbox is None:  # taken out of the configuration: its clocks stand still
            threads.update_if_due(ring.conn, replace(thread, next_step_at=None), thread.next_step_at)
            return []
        action = ladder.next_due(thread, mailbox.policy, ring.now)
        match action:
            case ladder.Tell():
                return self._people.tell(ring, thread, mailbox)
            case ladder.Fire():
                return self._people.fire(ring, thread, mailbox, action)
            case ladder.FollowUp():
                return self._people.come_back(ring, thread, mailbox)
            case ladder.Wake():
                awake = replace(thread, state=State.WAITING, updated_at=ring.now)
                ring.save(awake, thread, mailbox, [ring.event(thread, "wake", detail="the snooze is over")])
            case ladder.Close():
                _close(ring, thread, mailbox)
            case ladder.Wait(until=until, name=name):
                later = replace(thread, next_step_at=until, next_step=name)
                threads.update_if_due(ring.conn, later, thread.next_step_at)
        return []


def _close(ring: Ring, thread: Thread, mailbox: Mailbox) -> None:
    closed = replace(thread, state=State.CLOSED, closed_at=ring.now, updated_at=ring.now)
    detail = f"silent for {mailbox.policy.close_after.elapsed} after our answer"
    ring.save(closed, thread, mailbox, [ring.event(thread, "close", detail=detail, reason="silence")])
