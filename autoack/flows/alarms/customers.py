"""Writes to customers what is due: that a matter is not forgotten, that it was closed, whether all is well.

Each is a letter under a key of its own, held back in a pause. Where one must not go, the timeline says why.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from autoack.core import ladder
from autoack.core.decision import Event
from autoack.core.delivery import PAUSED, MailKind, OutboxState, Outgoing
from autoack.core.ours import message_id
from autoack.core.policy import Mailbox
from autoack.core.thread import State, Thread
from autoack.flows.alarms.ring import Ring
from autoack.letters.compose import Composer
from autoack.letters.customer_letters import CustomerFacts, closing_note, holding_update, survey
from autoack.letters.letter import Letter
from autoack.store import customers, meta

_LATE_COMFORT = timedelta(days=7)  # after so long nobody wants to hear how a thread ended


class Customers:
    """`write` records what is done to the thread, and returns whether it was, and not by somebody faster."""

    def __init__(self, composer: Composer, public_url: str | None) -> None:
        self._composer = composer
        self._public_url = public_url

    def write(
        self,
        ring: Ring,
        thread: Thread,
        mailbox: Mailbox,
        action: ladder.Update | ladder.Close | ladder.Survey,
    ) -> bool:
        """Do what is due, and queue the letter that tells the customer, if one is to go."""
        match action:
            case ladder.Update(step=step):
                return self._update(ring, thread, mailbox, step)
            case ladder.Close():
                return self._close(ring, thread, mailbox)
            case ladder.Survey():
                return self._survey(ring, thread, mailbox)

    def _update(self, ring: Ring, thread: Thread, mailbox: Mailbox, step: ladder.Step) -> bool:
        """Tell the customer that the matter is not forgotten, once in a wait."""
        changed = replace(thread, fired=(*thread.fired, step.key), updated_at=ring.now)
        reason = _why_not(ring, thread)
        if reason is None and not customers.team_reply_seen(ring.conn, mailbox.id):
            reason = "no-team-reply-seen"
        event = _event(ring, thread, MailKind.UPDATE, step.name, reason)
        if not ring.save(changed, thread, mailbox, [event]):
            return False
        if reason is None:
            facts = _facts(ring, thread, mailbox, MailKind.UPDATE, f"{thread.wait}")
            told = _told(ring, thread, mailbox)
            due = told or thread.promised_at
            letter = holding_update(self._composer, facts, told, due)
            ahead = due is not None and due > ring.now
            expires_at = due if ahead else ring.now + mailbox.max_age
            self._queue(ring, thread, mailbox, MailKind.UPDATE, f"{thread.wait}", letter, expires_at)
        return True

    def _close(self, ring: Ring, thread: Thread, mailbox: Mailbox) -> bool:
        """Close a thread whose customer is silent; a note tells it, unless a survey will: nobody needs two letters."""
        closed = replace(thread, state=State.CLOSED, closed_at=ring.now, updated_at=ring.now)
        detail = f"silent for {ladder.written(mailbox.policy.close_after)} after our answer"
        events = [ring.event(thread, "close", detail=detail, reason="silence")]
        asked = ladder.survey_at(closed, mailbox.policy) is not None
        noted = mailbox.policy.closing_note and thread.wait > 0 and not asked
        reason = _why_not(ring, thread) if noted else None
        if noted:
            events.append(_event(ring, thread, MailKind.CLOSING, "closing note", reason))
        if not ring.save(closed, thread, mailbox, events):
            return False
        if noted and reason is None:
            which = f"{thread.wait}"
            letter = closing_note(self._composer, _facts(ring, thread, mailbox, MailKind.CLOSING, which))
            self._queue(ring, thread, mailbox, MailKind.CLOSING, which, letter, ring.now + _LATE_COMFORT)
        return True

    def _survey(self, ring: Ring, thread: Thread, mailbox: Mailbox) -> bool:
        """Ask the customer of a closed thread how it went, once."""
        changed = replace(thread, surveyed_at=ring.now, updated_at=ring.now)
        reason = _why_not(ring, thread)
        if not ring.save(changed, thread, mailbox, [_event(ring, thread, MailKind.SURVEY, "survey", reason)]):
            return False
        if reason is None:
            facts = _facts(ring, thread, mailbox, MailKind.SURVEY)
            letter = survey(self._composer, facts, self._public_url, ring.salt)
            self._queue(ring, thread, mailbox, MailKind.SURVEY, "", letter, ring.now + _LATE_COMFORT)
        return True

    def _queue(
        self,
        ring: Ring,
        thread: Thread,
        mailbox: Mailbox,
        kind: MailKind,
        which: str,
        letter: Letter,
        expires_at: datetime | None,
    ) -> None:
        held = mailbox.id in meta.paused(ring.conn, firmly=True)
        ring.letters.append(
            Outgoing(
                key=_key(kind, thread, which),
                kind=kind,
                mailbox=mailbox.id,
                to=letter.to,
                message_id=letter.message_id,
                raw=letter.raw,
                created_at=ring.now,
                next_at=ring.now,
                thread_ref=thread.ref,
                state=OutboxState.HELD if held else OutboxState.READY,
                error=PAUSED if held else None,
                expires_at=expires_at,
            )
        )


def _why_not(ring: Ring, thread: Thread) -> str | None:
    """Why this customer is not written to; None where nothing speaks against it."""
    if not thread.customer_address:
        return "no-address"
    if thread.undeliverable is not None:
        return "undeliverable"
    return "no-mail-wanted" if customers.wants_no_mail(ring.conn, thread) else None


def _event(ring: Ring, thread: Thread, kind: MailKind, name: str, reason: str | None) -> Event:
    if reason is not None:
        return ring.event(thread, "missed", detail=name, reason=reason)
    return ring.event(thread, kind, who=thread.customer_address, detail=name)


def _told(ring: Ring, thread: Thread, mailbox: Mailbox) -> datetime | None:
    """The time that the customer's receipt stated; a receipt that was late to it had counted it anew."""
    made_at = customers.receipt_made_at(ring.conn, thread)
    if made_at is None:
        return None
    promised = thread.promised_at
    return (
        promised if promised is not None and promised > made_at else ladder.promise(mailbox.policy, made_at)
    )


def _key(kind: MailKind, thread: Thread, which: str) -> str:
    return f"{kind}:{thread.ref}:{which}" if which else f"{kind}:{thread.ref}"


def _facts(ring: Ring, thread: Thread, mailbox: Mailbox, kind: MailKind, which: str = "") -> CustomerFacts:
    last, others = customers.conversation(ring.conn, thread.ref)
    identifier = message_id(_key(kind, thread, which), mailbox.domain, ring.salt)
    return CustomerFacts(mailbox, thread, last, others, identifier, ring.now)
