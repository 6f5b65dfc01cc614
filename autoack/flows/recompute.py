"""After a change of policies or calendars: the times of open threads, counted anew, and told in their timelines.

A page of threads a transaction, with how far it came: what is broken off goes on at the next start, and of two
replicas that start together each page is done by one.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.policy import Desk
from autoack.core.recompute import Timing, carried_over, recomputed, timing_of
from autoack.core.thread import Thread
from autoack.store import recompute as store
from autoack.store import threads
from autoack.store.recompute import Progress

log = logging.getLogger(__name__)

AT_ONCE = 100  # threads a transaction: some 30 ms, after which other work has its turn


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Page:
    """What one transaction did: threads met, and those with new times."""

    met: int = 0
    moved: int = 0
    done: bool = False


class Recompute:
    """Brings open threads in step with the configuration."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database

    async def begin(self) -> None:
        """Note that a database without open threads is in step: what comes in is counted as things are now."""
        await self._database.run(_begin, timing_of(self._desk))

    async def step(self, now: datetime) -> int:
        """Count all open threads anew where policies, calendars or known holidays changed.

        Returns how many got new times.
        """
        present = timing_of(self._desk)
        met = moved = 0
        page = Page()
        while not page.done:
            page = await self._database.run(self._page, present, now)
            met, moved = met + page.met, moved + page.moved
        if moved:
            log.info("policies or calendars changed: %d of %d open threads have new times", moved, met)
        return moved

    def _page(self, conn: Connection, present: Timing, now: datetime) -> Page:
        at = store.progress(conn) or Progress(
            present, present
        )  # of a database of old the ladder is not known
        if at.to is None:
            if at.done == present:
                return Page(done=True)
            at = Progress(at.done, present)
        assert at.to is not None
        found = store.open_after(conn, at.after, AT_ONCE)
        if not found:
            store.put_progress(conn, Progress(at.to))
            return Page(done=at.to == present)
        if at.to == present:
            moved = self._count(conn, found, at.done, now)
        else:  # what was broken off is changed again: only what has fired is carried over, all else is counted next
            moved = 0
            store.save_times(conn, [_carried(thread, at.done, at.to) for thread in found])
        store.put_progress(conn, Progress(at.done, at.to, found[-1].id))
        return Page(len(found) if at.to == present else 0, moved)

    def _count(self, conn: Connection, found: list[Thread], before: Timing, now: datetime) -> int:
        changed: list[Thread] = []
        events: list[Event] = []
        for thread in found:
            mailbox = self._desk.mailbox_of(thread.mailbox, thread.policy)
            if mailbox is None:  # taken out of the configuration: its clocks stand still
                continue
            zone = self._desk.organisation.zone
            anew, event = recomputed(thread, mailbox.policy, before.ladder_of(thread), zone, now)
            if anew != thread:
                changed.append(anew)
            events += [event] if event else []
        store.save_times(conn, changed)
        threads.add_events(conn, events)
        return len(events)


def _begin(conn: Connection, present: Timing) -> None:
    if store.progress(conn) is None and not store.open_after(conn, 0, 1):
        store.put_progress(conn, Progress(present))


def _carried(thread: Thread, before: Timing, after: Timing) -> Thread:
    fired = carried_over(thread.fired, before.ladder_of(thread), after.ladder_of(thread))
    return replace(thread, fired=fired)
