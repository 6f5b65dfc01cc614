"""Handles the threads whose next step is due, a transaction a batch, each thread by itself.

Due dates are rows (`threads.next_step_at`). A ring that comes late or twice does no harm: the thread changes only
if its due date is still the one that was read, and each mail has a unique key.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from autoack.core import acts, ladder, news
from autoack.core.delivery import Outgoing
from autoack.core.pause import taken_up
from autoack.core.policy import Desk
from autoack.core.recipients import with_absences
from autoack.core.thread import Thread
from autoack.flows.alarms import tellings
from autoack.flows.alarms.customers import Customers
from autoack.flows.alarms.people import People
from autoack.flows.alarms.ring import Ring
from autoack.flows.alarms.tellings import Due, List
from autoack.letters.compose import Composer
from autoack.store import meta, orders, outbox, threads

log = logging.getLogger(__name__)

AT_ONCE = 1000  # threads a transaction, so that a flood is one list; it takes a second or two
PUT_OFF = timedelta(minutes=5)  # until a thread that could not be handled is tried again


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Rung:
    """What one step did, and when the next is due."""

    threads: int
    mailboxes: frozenset[str]  # whose outbox has something new
    next_at: datetime | None


class _NoListError(Exception):
    """A list of reminders could not be written: the ring is undone."""


class Alarms:
    """Does what is due. `watched_since`: of what was due before, an outage swallowed all but the highest step."""

    def __init__(
        self, desk: Desk, database: Database, composer: Composer, watched_since: datetime | None = None
    ) -> None:
        self._desk = desk
        self._database = database
        self._composer = composer
        self._watched_since = watched_since
        self._customers = Customers(composer, desk.public_url)

    async def step(self, now: datetime) -> Rung:
        """Handle the threads that are due, at most a batch of them; `next_at` in the past says: go on at once."""
        try:
            rung: Rung = await self._database.run(self._ring, now, lists=True)
        except _NoListError:
            # Nothing was done yet. Many mails are worse than a list, and better than silence.
            log.exception("a list of reminders could not be written: each goes by itself")
            rung = await self._database.run(self._ring, now, lists=False)
        return rung

    def _ring(self, conn: Connection, now: datetime, *, lists: bool) -> Rung:
        found = threads.due(conn, now, AT_ONCE)
        if not found:
            return Rung(0, frozenset(), threads.next_due_at(conn))
        people = with_absences(self._desk.people, orders.away(conn))
        ring = Ring(conn, now, meta.installation(conn), people, self._watched_since)
        dues = self._what_is_due(ring, found)
        flooded = tellings.floods(dues) if lists else {}
        telling = People(self._composer, ring, flooded)
        for due in dues:
            before = len(ring.events), len(ring.letters)
            try:
                with conn.begin_nested():
                    if self._one(ring, due, flooded):
                        ring.letters.extend(telling.letters(due.tellings))
            except OperationalError:  # the database's trouble, or a race: no fault of the thread
                raise
            except Exception:
                del ring.events[before[0] :], ring.letters[before[1] :]
                _put_off(ring, due.thread)
        ring.letters.extend(_lists(telling))
        threads.add_events(conn, ring.events)
        new = outbox.add(conn, ring.letters)
        touched = frozenset(row.mailbox for row in ring.letters if row.key in new)
        return Rung(len(found), touched, threads.next_due_at(conn))

    def _what_is_due(self, ring: Ring, found: Sequence[Thread]) -> list[Due]:
        dues = []
        for thread in found:
            mailbox = self._desk.mailbox_of(thread.mailbox, thread.policy)
            if mailbox is None:  # taken out of the configuration: its clocks stand still
                threads.update_if_due(ring.conn, replace(thread, next_step_at=None), thread.next_step_at)
                continue
            try:
                dues.append(tellings.due(ring, thread, mailbox))
            except Exception:
                _put_off(ring, thread)
        return dues

    def _one(self, ring: Ring, due: Due, lists: Mapping[str, List]) -> bool:
        """Record what is done with this thread; whether it was done, and not by somebody faster."""
        thread, mailbox, now = due.thread, due.mailbox, ring.now
        told = tellings.told(ring, due, lists)
        match due.action:
            case ladder.Tell():
                # Whatever the hour: that is what the ops asked for.
                return ring.save(replace(news.told(thread), updated_at=now), thread, mailbox, told)
            case ladder.Fire(step=step, missed=missed):
                fired = (*thread.fired, *(one.key for one in missed), step.key)
                swallowed = [ring.event(thread, "missed", detail=m.name, reason="outage") for m in missed]
                changed = replace(thread, fired=fired, updated_at=now)
                return ring.save(changed, thread, mailbox, [*swallowed, *told])
            case ladder.FollowUp():
                act = acts.come_back(thread, mailbox.policy, now)
                return ring.save(act.thread, thread, mailbox, [act.event, *told])
            case ladder.Wake():
                awake = taken_up(thread, mailbox.policy, now)
                woken = ring.event(thread, "wake", detail="the snooze is over")
                return ring.save(awake, thread, mailbox, [woken, *told])
            case ladder.Update() | ladder.Close() | ladder.Survey() as action:
                return self._customers.write(ring, thread, mailbox, action)
            case ladder.Wait(until=until, name=name):
                later = replace(thread, next_step_at=until, next_step=name)
                return threads.update_if_due(ring.conn, later, thread.next_step_at)


def _put_off(ring: Ring, thread: Thread) -> None:
    """Loudly: a thread that cannot be handled must not keep the others from being handled."""
    log.exception("a step could not be done", extra={"ref": thread.ref})
    later = replace(thread, next_step_at=ring.now + PUT_OFF)
    threads.update_if_due(ring.conn, later, thread.next_step_at)


def _lists(telling: People) -> list[Outgoing]:
    try:
        return telling.lists()
    except Exception as fault:
        raise _NoListError from fault
