"""What the database tells of a night: who waited, who was answered, what was sent and what was not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.digest import FailedMail, Night
from autoack.core.thread import State, Thread
from autoack.store import history, outbox, threads
from autoack.store.engine import Database
from autoack.store.tables import messages, quarantine

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
NIGHT = Night(NOW.date(), NOW - DAY, NOW, NOW + DAY)


def promises(mailbox: str, since: datetime) -> tuple[datetime, datetime] | None:
    return (since + DAY, since + 3 * DAY) if mailbox == "support" else None


def thread(ref: str, since: datetime, **changes: object) -> Thread:
    """A thread that has waited since then."""
    made = Thread(
        ref=ref,
        mailbox="support",
        subject="Račun",
        customer_address="Ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=since,
        updated_at=since,
        wait=1,
        waiting_since=since,
        promised_at=since + DAY,
        resolve_at=since + 3 * DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def event(ref: str | None, at: datetime, what: str, reason: str | None = None, **more: object) -> Event:
    return Event(at, what, reason=reason, thread_ref=ref, **more)  # type: ignore[arg-type]  # as above


def keep(database: Database, *things: Thread | Event) -> None:
    for thing in things:
        if isinstance(thing, Thread):
            database.transact(threads.insert, thing)
        else:
            database.transact(threads.add_events, [thing])


def waiting(database: Database, at: datetime = NOW, horizon: datetime = NOW + DAY) -> list[str]:
    return sorted(w.ref for w in database.read(history.waiting_at, at, horizon, promises))


class TestWhoWaits:
    """Threads at a moment."""

    def test_all_that_the_digest_shows_of_a_thread_comes_along(self, database: Database) -> None:
        since = NOW - 30 * HOUR
        keep(database, thread("AA-1", since, assignee="ana"))
        (found,) = database.read(history.waiting_at, NOW, NOW + DAY, promises)
        assert (found.ref, found.mailbox, found.subject, found.assignee) == (
            "AA-1",
            "support",
            "Račun",
            "ana",
        )
        assert (found.customer_address, found.customer_name) == ("Ivan@kupac.example", "Ivan Horvat")
        assert (found.waiting_since, found.promised_at, found.resolve_at) == (
            since,
            since + DAY,
            since + 3 * DAY,
        )

    def test_only_a_thread_whose_clock_runs_waits(self, database: Database) -> None:
        since = NOW - 30 * HOUR
        keep(database, *(thread(f"AA-{state}", since, state=state) for state in State))
        keep(database, thread("AA-no-clock", since, clock=False))
        assert waiting(database) == ["AA-waiting"]

    def test_a_promise_beyond_the_horizon_is_not_asked_for(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW), thread("AA-2", NOW - SECOND))
        keep(database, thread("AA-3", NOW, promised_at=NOW + 5 * DAY, resolve_at=NOW + HOUR))
        assert waiting(database) == ["AA-2", "AA-3"]

    def test_who_was_answered_after_that_moment_waited_then(self, database: Database) -> None:
        since, answered = NOW - 30 * HOUR, NOW + HOUR
        keep(
            database,
            thread("AA-1", since, state=State.ANSWERED, answered_at=answered, updated_at=answered),
            event("AA-1", since, "wait", "customer-mail"),
            event("AA-1", answered, "answer", "team-reply", seconds=31 * 3600),
        )
        assert waiting(database, NOW) == ["AA-1"]
        assert waiting(database, answered) == []

    def test_an_earlier_wait_is_found_though_the_thread_waits_anew(self, database: Database) -> None:
        first, second = NOW - 30 * HOUR, NOW + 5 * HOUR
        keep(
            database,
            thread("AA-1", second, created_at=first, updated_at=second, wait=2),
            event("AA-1", first, "wait", "customer-mail"),
            event("AA-1", NOW + HOUR, "answer", "team-reply", seconds=31 * 3600),
            event("AA-1", second, "wait", "customer-mail"),
        )
        (found,) = database.read(history.waiting_at, NOW, NOW + DAY, promises)
        assert (found.waiting_since, found.promised_at) == (first, first + DAY)

    def test_a_thread_that_came_later_did_not_wait(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW + HOUR), event("AA-1", NOW + HOUR, "wait", "customer-mail"))
        assert waiting(database, NOW, NOW + 9 * DAY) == []

    def test_the_past_of_one_thread_is_not_mixed_with_anothers(self, database: Database) -> None:
        since, later = NOW - 30 * HOUR, NOW + HOUR
        for ref, stopped_at in (("AA-1", NOW - HOUR), ("AA-2", later), ("AA-3", NOW - 2 * HOUR)):
            keep(
                database,
                thread(ref, since, state=State.CLOSED, updated_at=later),
                event(ref, since, "wait", "customer-mail"),
                event(ref, stopped_at, "close"),
            )
        assert waiting(database) == ["AA-2"]


class TestAnswers:
    """How long customers had waited."""

    def seconds(self, database: Database) -> list[int]:
        return sorted(database.read(history.answer_seconds, NIGHT.since, NIGHT.moment))

    def test_answers_count_in_the_night_in_which_they_were_seen(self, database: Database) -> None:
        at = {1: NIGHT.since, 2: NIGHT.since + SECOND, 3: NIGHT.moment, 4: NIGHT.moment + SECOND}
        keep(database, thread("AA-1", NOW - 3 * DAY))
        keep(database, *(event("AA-1", when, "answer", "team-reply", seconds=n) for n, when in at.items()))
        assert self.seconds(database) == [2, 3]

    def test_other_events_and_answers_to_nobody_who_waited_do_not_count(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        keep(database, event("AA-1", NOW, "remind", seconds=9), event("AA-1", NOW, "answer", "team-reply"))
        assert self.seconds(database) == []

    def test_a_flag_counts_until_it_is_undone(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY), thread("AA-2", NOW - DAY))
        keep(database, event("AA-1", NOW - HOUR, "answer", "flag", seconds=1))
        keep(database, event("AA-2", NOW - HOUR, "answer", "flag", seconds=2))
        keep(database, event("AA-1", NOW, "wait", "flag-undone"))
        keep(database, event("AA-1", NOW, "answer", "team-reply", seconds=3))
        assert self.seconds(database) == [2, 3]


def row(key: str, state: OutboxState, at: datetime = NOW, **changes: object) -> Outgoing:
    made = Outgoing(
        key=key,
        kind=MailKind.RECEIPT,
        mailbox="support",
        to="ivan@kupac.example",
        message_id=f"<{key}@primjer.example>",
        raw=b"x",
        created_at=at,
        next_at=at,
        state=state,
        sent_at=at if state is OutboxState.SENT else None,
        attempted_at=at,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


class TestOurMails:
    """What was sent, and what was not."""

    def test_receipts_count_in_the_night_in_which_a_server_took_them(self, database: Database) -> None:
        sent = OutboxState.SENT
        rows = [
            row("receipt:1", sent),
            row("receipt:2", sent, NIGHT.since + SECOND),
            row("receipt:3", sent, NIGHT.since),
            row("receipt:4", sent, NIGHT.moment + SECOND),
            row("receipt:5", OutboxState.READY),
            row("remind:1", sent, kind=MailKind.REMINDER),
        ]
        database.transact(outbox.add, rows)
        assert database.read(history.receipts_sent, NIGHT.since, NIGHT.moment) == 2

    def test_a_failed_mail_is_named_with_the_words_of_the_server(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        claimed = row("receipt:1", OutboxState.SENDING, NOW - HOUR, thread_ref="AA-1")
        alert = row("alert:1", OutboxState.FAILED, NOW - HOUR, kind=MailKind.ALERT, error="550 5.7.1 no")
        early = row("alert:2", OutboxState.FAILED, NOW - 2 * DAY, kind=MailKind.ALERT, error="550 5.7.1 no")
        database.transact(outbox.add, [claimed, alert, early])
        failed = replace(claimed, state=OutboxState.FAILED, error="550 5.1.1: unknown user: ivan")
        database.transact(outbox.finish, [failed], NOW)
        assert database.read(history.failed_mails, NIGHT.since, NIGHT.moment) == (
            FailedMail("receipt", "ivan@kupac.example", "550 5.1.1: unknown user: ivan"),
            FailedMail("alert", "ivan@kupac.example", "550 5.7.1 no"),
        )

    def test_a_mail_that_was_withdrawn_did_not_fail(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        database.transact(outbox.add, [row("receipt:1", OutboxState.READY, thread_ref="AA-1")])
        database.transact(outbox.withdraw, "AA-1", MailKind.RECEIPT, NOW, "answered before it was sent")
        assert database.read(history.failed_mails, NIGHT.since, NIGHT.moment) == ()

    def test_it_is_known_which_digests_were_queued_and_when(self, database: Database) -> None:
        database.transact(outbox.add, [row("digest:2026-11-21:vera", OutboxState.READY)])
        asked = ["digest:2026-11-21:vera", "digest:2026-11-21:ana"]
        assert database.read(history.queued, asked) == {"digest:2026-11-21:vera"}
        assert [database.read(history.queued_at, key) for key in asked] == [NOW, None]


def message(uid: int, kind: str, verdict: str, reason: str, at: datetime = NOW) -> dict[str, object]:
    return {
        "mailbox": "support",
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": uid,
        "fingerprint": str(uid),
        "kind": kind,
        "verdict": verdict,
        "reason": reason,
        "because": "",
        "sender": "ivan@kupac.example",
        "subject": "",
        "received_at": at,
        "recorded_at": at,
        "size": 1,
    }


def test_mails_without_a_receipt_are_counted_by_kind_and_reason(database: Database) -> None:
    rows = [
        message(1, "list", "ignore", "list-id"),
        message(2, "list", "ignore", "list-id", NIGHT.since + SECOND),
        message(3, "list", "ignore", "list-id", NIGHT.since),  # the night before
        message(4, "customer", "record", "limit"),
        message(5, "customer", "receipt", "person"),  # got one
        message(6, "team", "record", "team"),  # not a customer's
        message(7, "own", "ignore", "own"),
        message(8, "customer", "ignore", "duplicate"),  # counted where it was met first
    ]
    database.transact(lambda conn: conn.execute(sa.insert(messages), rows))
    counted = database.read(history.not_answered, NIGHT.since, NIGHT.moment)
    assert counted == {("list", "list-id"): 2, ("customer", "limit"): 1}


def test_the_facts_of_a_night_come_together(database: Database) -> None:
    keep(database, thread("AA-1", NOW - 30 * HOUR))
    keep(database, event("AA-1", NOW - HOUR, "answer", "team-reply", seconds=5))
    database.transact(
        outbox.add,
        [row("receipt:1", OutboxState.SENT), row("b", OutboxState.DEFERRED), row("c", OutboxState.HELD)],
    )
    place = {"mailbox": "support", "folder": "INBOX", "uidvalidity": 1, "uid": 9}
    poison = {**place, "at": NOW, "reason": "depth", "because": "", "retry": False}
    database.transact(lambda conn: conn.execute(sa.insert(quarantine), [poison]))
    facts = database.read(history.facts, NIGHT, NOW, NOW + DAY, promises)
    assert [w.ref for w in facts.waiting] == ["AA-1"]
    assert (facts.answer_seconds, facts.receipts) == ((5,), 1)
    assert (facts.deferred, facts.held, facts.quarantined) == (1, 1, 1)


def test_sent_late_a_digest_counts_up_to_its_own_moment_only(database: Database) -> None:
    keep(database, thread("AA-1", NOW - 30 * HOUR))
    keep(database, event("AA-1", NOW + HOUR, "answer", "team-reply", seconds=5))
    facts = database.read(history.facts, NIGHT, NOW + 2 * HOUR, NOW + DAY, promises)
    assert facts.answer_seconds == ()
