"""Tells people: a letter for each thread, or one list of all where many come at once; by mail and by channels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autoack.core.delivery import CHANNEL, MailKind, Outgoing
from autoack.core.ours import message_id
from autoack.core.policy import Mailbox, is_recurring
from autoack.core.thread import Thread
from autoack.flows.alarms.ring import Ring
from autoack.flows.alarms.tellings import List, Telling, list_of
from autoack.letters.compose import Composer, ListFacts, ReminderFacts
from autoack.letters.remind_list import ordered
from autoack.letters.short import short_list, short_reminder
from autoack.store import threads

_MAIL = "mail"
_EARLIER = 5  # threads of the customer that are told


class People:
    """Makes the outbox rows of one ring. `lists`: who gets a list of all, by the person's id."""

    def __init__(self, composer: Composer, ring: Ring, lists: Mapping[str, List]) -> None:
        self._composer = composer
        self._ring = ring
        self._lists = lists
        self._listed: dict[str, list[ReminderFacts]] = {person: [] for person in lists}

    def letters(self, tellings: Sequence[Telling]) -> list[Outgoing]:
        """What goes out for one thread by itself. Whoever gets a list is kept for `lists`."""
        alone = [one for one in tellings if list_of(one, self._lists) is None]
        rows = [self._row(one, way) for one in alone for way in one.reached.person.notify]
        for one in tellings:  # last: what fails above is told later, and must not stand in a list
            if list_of(one, self._lists) is not None:
                self._listed[one.reached.person.id].append(self._facts(one, one.key, ""))
        return rows

    def lists(self) -> list[Outgoing]:
        """The lists of what `letters` kept."""
        return [
            self._list(self._lists[person], facts, way)
            for person, facts in self._listed.items()
            if facts
            for way in facts[0].person.notify
        ]

    def _row(self, telling: Telling, way: str) -> Outgoing:
        ref = telling.thread.ref
        if way == _MAIL:
            words = threads.latest_text(self._ring.conn, ref) or ""
            facts = self._facts(telling, telling.key, words)
            letter = self._composer.reminder(replace(facts, earlier=self._earlier(telling)))
            return self._outgoing(telling.key, telling.kind, telling.mailbox, letter.to, letter.raw, ref)
        facts = self._facts(telling, telling.key, "")
        return self._by_channel(way, telling.key, facts, telling.kind, short_reminder(facts), ref)

    def _earlier(self, telling: Telling) -> tuple[Thread, ...]:
        """What there was with the customer before: where nobody wrote, that is all there is to go by."""
        thread = telling.thread
        if not is_recurring(thread.policy):
            return ()
        found = threads.of_customer(self._ring.conn, thread.customer_address, _EARLIER + 1)
        return tuple(one for one in found if one.ref != thread.ref)[:_EARLIER]

    def _list(self, told: List, facts: Sequence[ReminderFacts], way: str) -> Outgoing:
        items = ordered(facts)
        first = items[0]
        if way != _MAIL:
            return self._by_channel(way, told.key, first, MailKind.LIST, short_list(items), None)
        identifier = message_id(told.key, first.mailbox.domain, self._ring.salt)
        letter = self._composer.reminder_list(
            ListFacts(first.mailbox, first.person, items, identifier, self._ring.now, self._ring.salt)
        )
        return self._outgoing(told.key, MailKind.LIST, first.mailbox, letter.to, letter.raw, None)

    def _by_channel(
        self, way: str, key: str, facts: ReminderFacts, kind: MailKind, words: bytes, ref: str | None
    ) -> Outgoing:
        to = f"{way} ({facts.person.id})"
        return self._outgoing(f"{key}:{way}", kind, facts.mailbox, to, words, ref, lane=f"{CHANNEL}{way}")

    def _outgoing(
        self,
        key: str,
        kind: MailKind,
        mailbox: Mailbox,
        to: str,
        raw: bytes,
        ref: str | None,
        *,
        lane: str | None = None,
    ) -> Outgoing:
        return Outgoing(
            key=key,
            kind=kind,
            mailbox=lane or mailbox.id,
            to=to,
            message_id=message_id(key, mailbox.domain, self._ring.salt),
            raw=raw,
            created_at=self._ring.now,
            next_at=self._ring.now,
            thread_ref=ref,
        )

    def _facts(self, telling: Telling, key: str, words: str) -> ReminderFacts:
        thread, reached, now = telling.thread, telling.reached, self._ring.now
        return ReminderFacts(
            mailbox=telling.mailbox,
            thread=thread,
            person=reached.person,
            kind=telling.kind,
            step=telling.step,
            waited=now - (thread.waiting_since or now),
            words=words,
            message_id=message_id(key, telling.mailbox.domain, self._ring.salt),
            now=now,
            secret=self._ring.salt,
            instead_of=reached.instead_of,
            all_away=reached.all_away,
        )
