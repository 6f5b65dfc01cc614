"""Rings when a thread's next step is due: reminders, escalations, closing, the end of a snooze.

Due dates are rows (`threads.next_step_at`). A ring that comes late or twice does no harm: the thread changes only
if its due date is still the one that was read, and each mail has a unique key.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core import acts, ladder
from autoack.core.decision import Event
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.ours import message_id
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.recipients import with_absences
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.letters.compose import Composer, ReminderFacts
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
        self._composer = composer

    async def step(self, now: datetime) -> Rung:
        """Handle the threads that are due, at most a batch of them; `next_at` in the past says: go on at once."""
        rung: Rung = await self._database.run(self._ring, now)
        return rung

    def _ring(self, conn: Connection, now: datetime) -> Rung:
        due = threads.due(conn, now, AT_ONCE)
        salt = meta.installation(conn)
        touched: set[str] = set()
        for thread in due:
            try:
                with conn.begin_nested():
                    letters = self._one(conn, thread, salt, now)
            except Exception:
                # Put off, loudly: a thread that cannot be handled must not keep the others from being handled.
                log.exception("a step could not be done", extra={"ref": thread.ref})
                threads.update_if_due(conn, replace(thread, next_step_at=now + PUT_OFF), thread.next_step_at)
                continue
            if outbox.add(conn, letters):
                touched.add(thread.mailbox)
        return Rung(len(due), frozenset(touched), threads.next_due_at(conn))

    def _one(self, conn: Connection, thread: Thread, salt: str, now: datetime) -> list[Outgoing]:
        mailbox = self._desk.mailbox_of(thread.mailbox, thread.policy)
        if mailbox is None:  # taken out of the configuration: its clocks stand still
            threads.update_if_due(conn, replace(thread, next_step_at=None), thread.next_step_at)
            return []
        action = ladder.next_due(thread, mailbox.policy, now)
        match action:
            case ladder.Tell():
                return self._tell(conn, thread, mailbox, salt, now)
            case ladder.Fire():
                return self._fire(conn, thread, mailbox, action, salt, now)
            case ladder.Wake():
                awake = replace(thread, state=State.WAITING, updated_at=now)
                event = self._event(thread, now, "wake", detail="the snooze is over")
                self._save(conn, awake, thread, mailbox, [event], now)
            case ladder.FollowUp():
                return self._come_back(conn, thread, mailbox, salt, now)
            case ladder.Close():
                closed = replace(thread, state=State.CLOSED, closed_at=now, updated_at=now)
                detail = f"silent for {mailbox.policy.close_after.elapsed} after our answer"
                event = self._event(thread, now, "close", detail=detail, reason="silence")
                self._save(conn, closed, thread, mailbox, [event], now)
            case ladder.Wait(until=until, name=name):
                later = replace(thread, next_step_at=until, next_step=name)
                threads.update_if_due(conn, later, thread.next_step_at)
        return []

    def _fire(
        self, conn: Connection, thread: Thread, mailbox: Mailbox, fire: ladder.Fire, salt: str, now: datetime
    ) -> list[Outgoing]:
        step = fire.step
        fired = (*thread.fired, *(missed.key for missed in fire.missed), step.key)
        people = self._people(conn, step.notify, thread, mailbox, now)
        events = [
            self._event(thread, now, "missed", detail=missed.name, reason="outage") for missed in fire.missed
        ]
        kind = MailKind.ESCALATION if step.escalation else MailKind.REMINDER
        events += [self._event(thread, now, kind, who=p.id, detail=step.name) for p in people]
        if not self._save(conn, replace(thread, fired=fired, updated_at=now), thread, mailbox, events, now):
            return []
        return self._letters(conn, thread, mailbox, kind, step, people, salt, now)

    def _come_back(
        self, conn: Connection, thread: Thread, mailbox: Mailbox, salt: str, now: datetime
    ) -> list[Outgoing]:
        """What our answer promised is due: whoever has the thread hears at once, and a new wait begins."""
        act = acts.come_back(thread, mailbox.policy, now)
        notify, name = ("assignee",), ladder.FOLLOW_UP
        step = ladder.Step(name, now, notify, urgent=False, escalation=False, name=name, due=now)
        people = self._people(conn, notify, thread, mailbox, now)
        events = [self._event(thread, now, MailKind.REMINDER, who=p.id, detail=name) for p in people]
        if not self._save(conn, act.thread, thread, mailbox, [act.event, *events], now):
            return []
        return self._letters(conn, act.thread, mailbox, MailKind.REMINDER, step, people, salt, now)

    def _people(
        self, conn: Connection, notify: Sequence[str], thread: Thread, mailbox: Mailbox, now: datetime
    ) -> tuple[Person, ...]:
        """Whom this reaches now; who said by mail that they are away is away."""
        people = with_absences(self._desk.people, orders.away(conn))
        zone = mailbox.policy.calendar.zone
        return ladder.recipients(notify, mailbox.team, people, thread.assignee, zone, now)

    def _tell(
        self, conn: Connection, thread: Thread, mailbox: Mailbox, salt: str, now: datetime
    ) -> list[Outgoing]:
        """Those whom a rule names hear at once, whatever the hour: that is what the ops asked for."""
        people = self._people(conn, thread.notify, thread, mailbox, now)
        events = [self._event(thread, now, MailKind.NOTICE, who=p.id, reason="rule") for p in people]
        if not self._save(conn, replace(thread, notify=(), updated_at=now), thread, mailbox, events, now):
            return []
        return self._letters(conn, thread, mailbox, MailKind.NOTICE, None, people, salt, now)

    def _save(
        self,
        conn: Connection,
        changed: Thread,
        was: Thread,
        mailbox: Mailbox,
        events: Sequence[Event],
        now: datetime,
    ) -> bool:
        if not threads.update_if_due(conn, scheduled(changed, mailbox.policy, now), was.next_step_at):
            return False
        threads.add_events(conn, events)
        return True

    def _letters(
        self,
        conn: Connection,
        thread: Thread,
        mailbox: Mailbox,
        kind: MailKind,
        step: ladder.Step | None,  # None: a notice, which is none of the ladder's
        people: Sequence[Person],
        salt: str,
        now: datetime,
    ) -> list[Outgoing]:
        """One mail a person. The key lets each go out once in a wait."""
        words = threads.latest_text(conn, thread.ref) or ""
        which = f"{thread.wait}:{step.key}" if step else f"{thread.wait}"
        letters = []
        for person in people:
            key = f"{kind}:{thread.ref}:{which}:{person.id}"
            facts = ReminderFacts(
                mailbox=mailbox,
                thread=thread,
                person=person,
                kind=kind,
                step=step.name if step else "notice",
                waited=now - (thread.waiting_since or now),
                words=words,
                message_id=message_id(key, mailbox.domain, salt),
                now=now,
                secret=salt,
            )
            letter = self._composer.reminder(facts)
            letters.append(
                Outgoing(
                    key=key,
                    kind=kind,
                    mailbox=mailbox.id,
                    to=letter.to,
                    message_id=letter.message_id,
                    raw=letter.raw,
                    created_at=now,
                    next_at=now,
                    thread_ref=thread.ref,
                )
            )
        return letters

    def _event(
        self,
        thread: Thread,
        now: datetime,
        what: str,
        *,
        who: str | None = None,
        detail: str = "",
        reason: str | None = None,
    ) -> Event:
        return Event(now, what, who, detail, reason, thread.ref, thread.mailbox)
