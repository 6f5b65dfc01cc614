"""Tells people of a thread: the steps of the ladder, what a rule asks for, a follow-up that is due."""

from collections.abc import Sequence
from dataclasses import replace

from autoack.core import acts, ladder
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.ours import message_id
from autoack.core.policy import Mailbox, Person
from autoack.core.thread import Thread
from autoack.flows.alarms.ring import Ring
from autoack.letters.compose import Composer, ReminderFacts
from autoack.store import threads


class People:
    """Each method records what is done to the thread, and returns the mails that go out for it."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def fire(self, ring: Ring, thread: Thread, mailbox: Mailbox, fire: ladder.Fire) -> list[Outgoing]:
        """A step of the ladder, and a note of those that an outage swallowed."""
        step = fire.step
        fired = (*thread.fired, *(missed.key for missed in fire.missed), step.key)
        people = _reached(ring, step.notify, thread, mailbox)
        events = [ring.event(thread, "missed", detail=one.name, reason="outage") for one in fire.missed]
        kind = MailKind.ESCALATION if step.escalation else MailKind.REMINDER
        events += [ring.event(thread, kind, who=p.id, detail=step.name) for p in people]
        if not ring.save(replace(thread, fired=fired, updated_at=ring.now), thread, mailbox, events):
            return []
        return self._letters(ring, thread, mailbox, kind, step, people)

    def come_back(self, ring: Ring, thread: Thread, mailbox: Mailbox) -> list[Outgoing]:
        """What our answer promised is due: whoever has the thread hears at once, and a new wait begins."""
        act = acts.come_back(thread, mailbox.policy, ring.now)
        notify, name = ("assignee",), ladder.FOLLOW_UP
        step = ladder.Step(name, ring.now, notify, urgent=False, escalation=False, name=name, due=ring.now)
        people = _reached(ring, notify, thread, mailbox)
        events = [ring.event(thread, MailKind.REMINDER, who=p.id, detail=name) for p in people]
        if not ring.save(act.thread, thread, mailbox, [act.event, *events]):
            return []
        return self._letters(ring, act.thread, mailbox, MailKind.REMINDER, step, people)

    def tell(self, ring: Ring, thread: Thread, mailbox: Mailbox) -> list[Outgoing]:
        """Those whom a rule names hear at once, whatever the hour: that is what the ops asked for."""
        people = _reached(ring, thread.notify, thread, mailbox)
        events = [ring.event(thread, MailKind.NOTICE, who=p.id, reason="rule") for p in people]
        if not ring.save(replace(thread, notify=(), updated_at=ring.now), thread, mailbox, events):
            return []
        return self._letters(ring, thread, mailbox, MailKind.NOTICE, None, people)

    def _letters(
        self,
        ring: Ring,
        thread: Thread,
        mailbox: Mailbox,
        kind: MailKind,
        step: ladder.Step | None,  # None: a notice, which is none of the ladder's
        people: Sequence[Person],
    ) -> list[Outgoing]:
        """One mail a person. The key lets each go out once in a wait."""
        words = threads.latest_text(ring.conn, thread.ref) or ""
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
                waited=ring.now - (thread.waiting_since or ring.now),
                words=words,
                message_id=message_id(key, mailbox.domain, ring.salt),
                now=ring.now,
                secret=ring.salt,
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
                    created_at=ring.now,
                    next_at=ring.now,
                    thread_ref=thread.ref,
                )
            )
        return letters


def _reached(ring: Ring, notify: Sequence[str], thread: Thread, mailbox: Mailbox) -> tuple[Person, ...]:
    """Whom this reaches now."""
    zone = mailbox.policy.calendar.zone
    return ladder.recipients(notify, mailbox.team, ring.people, thread.assignee, zone, ring.now)
