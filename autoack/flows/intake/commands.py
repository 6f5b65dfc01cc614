"""Commands by mail: what a batch's mails ask for is done in its transaction, answered once, or refused and reported."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from autoack.core.decision import Decision, Event
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.fulfil import Fulfilled, Result, faster, fulfilled, once_key
from autoack.core.message import Mail
from autoack.core.orders import Order, Refused, as_ordered, order_in
from autoack.core.ours import is_ours, message_id
from autoack.core.policy import Desk, Mailbox
from autoack.core.thread import Known, Thread
from autoack.letters.alerts import refused_rows
from autoack.letters.compose import Composer
from autoack.letters.confirmation import ConfirmationFacts
from autoack.store import meta, orders, outbox, threads

log = logging.getLogger(__name__)


class Commands:
    """The commands in the mails of one batch: `handle` decides, mail by mail; `record` writes what follows."""

    def __init__(
        self,
        conn: Connection,
        mails: Iterable[Mail],
        desk: Desk,
        mailbox: Mailbox,
        composer: Composer,
        now: datetime,
    ) -> None:
        self._conn = conn
        self._desk = desk
        self._mailbox = mailbox
        self._composer = composer
        self._now = now
        self._secret = meta.installation(conn)
        ids = {one for mail in mails for one in mail.references if is_ours(one)}
        self._letters = orders.letters(conn, ids) if ids else {}
        self._events: list[Event] = []  # of this batch: they are not on record yet
        self._done: list[tuple[Order, Fulfilled, Outgoing | None]] = []
        self._refused: list[Refused] = []

    def handle(self, mail: Mail, decision: Decision, known: Known) -> Decision:
        """The decision on this mail, if need be with what it asks for."""
        order = order_in(
            mail,
            decision.verdict,
            self._desk,
            self._letters,
            self._secret,
            self._now,
            of_thread=decision.thread is not None,
        )
        match order:
            case Order():
                decision = self._obeyed(mail, decision, known, order)
            case Refused():
                decision = self._reported(mail, decision, order)
        self._events += decision.events
        return decision

    def record(self) -> None:
        """Write what the commands of this batch did besides their threads, and queue the answers."""
        for order, done, _ in self._done:
            if done.result is Result.DONE and order.command:
                orders.done(self._conn, once_key(order), self._now)
            if done.away:
                orders.put_away(self._conn, order.person.id, done.away)
                threads.add_events(self._conn, done.events)
            if done.needless:
                assert done.thread is not None
                because = f"needless: {order.command}"
                outbox.withdraw(self._conn, [done.thread.ref], done.needless, self._now, because)
        outbox.add(self._conn, [letter for *_, letter in self._done if letter])
        if self._refused:
            outbox.add(self._conn, self._alerts(self._refused[0]))

    def _obeyed(self, mail: Mail, decision: Decision, known: Known, order: Order) -> Decision:
        thread = self._thread(order, known)
        done = fulfilled(
            order,
            thread,
            self._desk,
            self._now,
            done_before=self._was_done(order),
            faster=faster(order, self._happened(thread)) if thread else None,
        )
        letter = self._answer(mail, order, done) if _wants_answer(mail, order, self._desk) else None
        self._done.append((order, done, letter))
        log.info(
            "a command by mail",
            extra={
                "person": order.person.id,
                "command": order.command.verb if order.command else None,
                "result": done.result,
                "ref": thread.ref if thread else None,
            },
        )
        # What a colleague asks of us is no mail among colleagues about the matter: the clock is not touched by it.
        return replace(
            decision,
            verdict=as_ordered(order),
            thread=done.thread or thread,
            opens_thread=False,
            events=(*self._note(mail, order, thread), *(() if done.away else done.events)),
            turn=None,
        )

    def _thread(self, order: Order, known: Known) -> Thread | None:
        if order.ref is None:
            return None
        return known.threads.get(order.ref) or threads.by_ref(self._conn, order.ref)

    def _was_done(self, order: Order) -> bool:
        if order.command is None:
            return False
        key = once_key(order)
        here = (one for one, done, _ in self._done if one.command and done.result is Result.DONE)
        return key in map(once_key, here) or orders.was_done(self._conn, key)

    def _happened(self, thread: Thread) -> Sequence[Event]:
        before = threads.timeline(self._conn, thread.ref)
        return [*before, *(event for event in self._events if event.thread_ref == thread.ref)]

    def _note(self, mail: Mail, order: Order, thread: Thread | None) -> tuple[Event, ...]:
        if thread is None:
            return ()
        reason = as_ordered(order).reason
        return (Event(self._now, "mail", mail.sender.key, mail.subject, reason, thread.ref, thread.mailbox),)

    def _answer(self, mail: Mail, order: Order, done: Fulfilled) -> Outgoing:
        """To the address of the configuration: what From says decides nothing."""
        key = f"{MailKind.CONFIRMATION}:{mail.fingerprint}"
        facts = ConfirmationFacts(
            mailbox=self._mailbox,
            order=order,
            fulfilled=done,
            words=mail.new_text,
            answers=(*mail.references, *((mail.message_id,) if mail.message_id else ())),
            message_id=message_id(key, self._mailbox.domain, self._secret),
            now=self._now,
            said=(threads.latest_text(self._conn, done.thread.ref) or "") if done.thread else "",
            secret=self._secret,
        )
        letter = self._composer.confirmation(facts)
        return Outgoing(
            key=key,
            kind=MailKind.CONFIRMATION,
            mailbox=self._mailbox.id,
            to=letter.to,
            message_id=letter.message_id,
            raw=letter.raw,
            created_at=self._now,
            next_at=self._now,
            thread_ref=done.thread.ref if done.thread else None,
        )

    def _reported(self, mail: Mail, decision: Decision, refused: Refused) -> Decision:
        log.warning("a command by mail was refused: %s", refused.because, extra={"reason": refused.reason})
        self._refused.append(refused)
        thread = decision.thread
        told = Event(
            self._now,
            "refused",
            mail.sender.key,
            refused.because,
            refused.reason,
            thread.ref if thread else None,
            self._mailbox.id,
        )
        return replace(decision, events=(*decision.events, told))

    def _alerts(self, refused: Refused) -> list[Outgoing]:
        """One mail a day and mailbox, however many come."""
        day = self._now.astimezone(self._desk.organisation.zone).date()
        return refused_rows(
            self._desk, self._composer, self._mailbox, refused, day, salt=self._secret, now=self._now
        )


def _wants_answer(mail: Mail, order: Order, desk: Desk) -> bool:
    """A command always; other words where they were surely meant for the customer.

    Not what is said to colleagues in copy, nor words in answer to such an answer of ours: a machine that answers
    everything would get answers for ever.
    """
    if order.command is not None:
        return True
    others = [one for one in mail.recipients if (who := desk.person_at(one.address)) and who != order.person]
    return order.to_reminder and not others
