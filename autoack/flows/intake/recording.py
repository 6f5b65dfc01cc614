"""The transaction of a batch: what is known, the decisions, the record, the letters, the checkpoint."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision, Event
from autoack.core.delivery import Outgoing
from autoack.core.drafts import unsent
from autoack.core.guards import LOOP_WINDOW
from autoack.core.message import Arrival, Mail, Place, Unparseable
from autoack.core.policy import Desk
from autoack.core.ruling import writer_named
from autoack.core.storm import Storm
from autoack.core.thread import Known
from autoack.flows.intake import checkpoint
from autoack.flows.intake.answered import withdraw
from autoack.flows.intake.commands import Commands
from autoack.flows.intake.drafting import draft_answers
from autoack.flows.intake.folder import Watched
from autoack.flows.intake.votes import record_votes, tell_praise, withdraw_afterwards, withdraw_unwelcome
from autoack.letters.alerts import storm_rows
from autoack.letters.compose import Composer
from autoack.letters.drafts import Drafter
from autoack.letters.receipts import receipt_for
from autoack.store import intake, meta, orders, outbox, quarantine, receipts, removed
from autoack.store.intake import Entry

log = logging.getLogger(__name__)

Parsed: TypeAlias = Sequence[tuple[Arrival, Mail | Unparseable]]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one pass over a folder did."""

    mails: int = 0
    receipts: int = 0


class Recorder:
    """Records what arrived in one folder; its methods work in the caller's transaction."""

    def __init__(self, desk: Desk, of: Watched, composer: Composer, drafter: Drafter | None = None) -> None:
        self._desk = desk
        self._of = of
        self._composer = composer
        self._drafter = drafter

    def record(
        self,
        conn: Connection,
        parsed: Parsed,
        uids: Sequence[int],
        uidvalidity: int,
        now: datetime,
    ) -> TakenIn:
        """Decide on the mails of one batch, and record and queue what follows, its checkpoint included."""
        known_to = checkpoint.present(conn, self._of)
        mails = [mail for _, mail in parsed if isinstance(mail, Mail)]
        since = now - max(self._of.mailbox.per_sender.within, LOOP_WINDOW)
        named = [writer_named(mail, self._desk) for mail in mails]
        gmail = {arrival.gmail_thread for arrival, _ in parsed if arrival.gmail_thread}
        known = intake.known(conn, mails, self._of.mailbox.id, since, named=named, gmail_threads=gmail)
        before, known.receipts_lately = receipts.storm(conn, self._of.mailbox, len(mails), now)
        known.storm = before
        horizon = checkpoint.old_before(conn, self._of, known_to)
        salt = meta.installation(conn)
        commands = Commands(conn, mails, self._desk, self._of.mailbox, self._composer, now)
        decided = [
            self._one(conn, arrival, mail, known, horizon, commands, salt, now) for arrival, mail in parsed
        ]
        entries = [entry for entry, _ in decided if entry]
        letters = [letter for _, letter in decided if letter]
        self._release(conn, parsed, entries, uids, uidvalidity)
        new = intake.record(conn, entries, now)
        fresh = [entry for entry in entries if entry.place in new]
        draft_answers(conn, fresh, known, self._drafter, self._of.mailbox, salt, now)
        if known.storm is not None and known.storm != before:
            meta.put_storm(conn, self._of.mailbox.id, known.storm)
            if before is None:
                letters += self._alert(known.storm, salt, now)
        outbox.add(conn, letters)
        commands.record()
        self._then(conn, fresh, salt, now)
        if not self._of.sent:
            self._moved_back(conn, entries, now)
        checkpoint.advance(conn, known_to, uids, uidvalidity)
        return TakenIn(len(parsed), len(letters))

    def _then(self, conn: Connection, fresh: Sequence[Entry], salt: str, now: datetime) -> None:
        """What follows from mails that are on record: votes, praise, and that mails of ours are not needed any more."""
        record_votes(conn, fresh, self._desk, self._composer, salt, now)
        tell_praise(conn, fresh, self._desk, self._composer, salt, now)
        told = [event for entry in fresh for event in entry.decision.events]
        withdraw(conn, [event for event in told if event.what == "answer"], now)
        withdraw_afterwards(conn, told, now)
        withdraw_unwelcome(conn, fresh, now)

    def _moved_back(self, conn: Connection, entries: Sequence[Entry], now: datetime) -> None:
        for entry in entries:
            thread = entry.decision.thread
            if thread and entry.decision.verdict.reason == "duplicate":
                policy = self._desk.policed(self._of.mailbox, thread.policy).policy
                removed.resume(conn, thread, policy, now)

    def put_aside(
        self, conn: Connection, uid: int, uidvalidity: int, reason: str, because: str, now: datetime
    ) -> None:
        place = Place(self._of.mailbox.id, self._of.name, uidvalidity, uid)
        quarantine.put(conn, place, now, reason, because)
        checkpoint.advance(conn, checkpoint.present(conn, self._of), [uid], uidvalidity)

    def _release(
        self,
        conn: Connection,
        parsed: Parsed,
        entries: Sequence[Entry],
        uids: Sequence[int],
        uidvalidity: int,
    ) -> None:
        """Out of quarantine come mails that were taken in at another try, and those that are gone by now."""
        again = quarantine.retries(conn, self._of.mailbox.id, self._of.name, uidvalidity)
        still_there = {arrival.place.uid for arrival, _ in parsed}
        taken_in = {entry.place.uid for entry in entries}
        for uid in set(again) & set(uids):
            if uid in taken_in or uid not in still_there:
                quarantine.remove(conn, Place(self._of.mailbox.id, self._of.name, uidvalidity, uid))

    def _one(
        self,
        conn: Connection,
        arrival: Arrival,
        mail: Mail | Unparseable,
        known: Known,
        horizon: tuple[datetime, bool] | None,
        commands: Commands,
        salt: str,
        now: datetime,
    ) -> tuple[Entry | None, Outgoing | None]:
        """One mail of the batch. Poison is put aside with its reason; the others go on."""
        if isinstance(mail, Unparseable):
            quarantine.put(conn, arrival.place, now, mail.reason, mail.because)
            return None, None
        if "\\Draft" in arrival.flags:
            return Entry(arrival.place, arrival.received_at, *unsent(mail)), None
        try:
            met = self._met(arrival, mail, horizon, now)
            decision = decide(mail, self._desk, self._of.mailbox, known, met)
            decision = commands.handle(mail, decision, known)
            letter = self._receipt(conn, mail, decision, known, salt, now)
        except Exception as error:
            log.exception("a mail could not be decided on", extra={"place": str(arrival.place)})
            quarantine.put(conn, arrival.place, now, "error", f"{type(error).__name__}: {error}")
            return None, None
        learn(known, mail, decision)
        if letter and decision.thread:
            queued = Event(
                now,
                "receipt",
                decision.customer.address if decision.customer else None,
                letter.key,
                decision.verdict.reason,
                decision.thread.ref,
                self._of.mailbox.id,
            )
            decision = replace(decision, events=(*decision.events, queued))
        return Entry(arrival.place, arrival.received_at, mail, decision), letter

    def _met(
        self, arrival: Arrival, mail: Mail, horizon: tuple[datetime, bool] | None, now: datetime
    ) -> Circumstances:
        received_at = min(arrival.received_at, now)
        old = False
        if horizon is not None:
            before, by_date_too = horizon
            old = received_at < before or (by_date_too and (mail.date is None or mail.date < before))
        answered = "\\Answered" in arrival.flags
        return Circumstances(now, received_at, self._of.sent, answered, old, arrival.gmail_thread)

    def _receipt(
        self, conn: Connection, mail: Mail, decision: Decision, known: Known, salt: str, now: datetime
    ) -> Outgoing | None:
        if not decision.wants_receipt:
            return None
        paused = self._of.mailbox.id in known.paused
        _, row = receipt_for(
            mail,
            decision,
            self._of.mailbox,
            self._composer,
            salt=salt,
            now=now,
            paused=paused,
            absences=orders.away(conn) if decision.thread and decision.thread.assignee else None,
        )
        return row

    def _alert(self, storm: Storm, salt: str, now: datetime) -> list[Outgoing]:
        log.warning(
            "a storm of receipts: further ones are held back, those within the limit have gone",
            extra={"mailbox": self._of.mailbox.id, "limit": self._of.mailbox.storm.receipts},
        )
        return storm_rows(self._desk, self._composer, self._of.mailbox, storm, salt=salt, now=now)
