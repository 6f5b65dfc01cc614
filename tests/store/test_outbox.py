"""The outbox: each intent once, each mail in one hand at a time, nothing lost."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database, open_database
from tests.store.samples import HOUR, NOW, outgoing, thread


def add(database: Database, *rows: Outgoing) -> set[str]:
    return database.transact(outbox.add, rows)


def take(conn: Connection, mailbox: str, limit: int, now: datetime) -> list[Outgoing]:
    """What is ready, claimed."""
    rows = outbox.ready(conn, mailbox, limit, now)
    ours = outbox.claim(conn, [row.key for row in rows], now)
    registered = {"state": OutboxState.SENDING, "attempted_at": now}
    return [replace(row, attempts=row.attempts + 1, **registered) for row in rows if row.key in ours]


def claim(database: Database, now: datetime = NOW, limit: int = 100) -> list[Outgoing]:
    return database.transact(take, "support", limit, now)


def state(database: Database, key: str = "receipt:1") -> OutboxState:
    row = database.read(outbox.by_key, key)
    assert row is not None
    return row.state


def told(database: Database, ref: str = "AA-1111-1111") -> list[str]:
    """What the thread's timeline says, without times."""
    return [f"{event.what}: {event.detail}" for event in database.read(threads.timeline, ref)]


@pytest.fixture
def with_thread(database: Database) -> Database:
    database.transact(threads.insert, thread())
    return database


def of_thread(key: str = "receipt:1", **changes: object) -> Outgoing:
    return outgoing(key, thread_ref="AA-1111-1111", **changes)


# --- queueing ---------------------------------------------------------------------------------------------


def test_in_a_dry_run_what_is_queued_is_given_up_and_what_waited_is_not(with_thread: Database) -> None:
    add(with_thread, of_thread("receipt:before"))
    with_thread.rehearse()
    add(with_thread, of_thread("receipt:before"), of_thread(), of_thread("receipt:2", state=OutboxState.HELD))
    assert state(with_thread, "receipt:before") is OutboxState.READY
    assert {state(with_thread), state(with_thread, "receipt:2")} == {OutboxState.FAILED}
    assert told(with_thread) == ["failed: receipt Iva.Horvat@kupac.example: dry run: not sent"] * 2
    with_thread.transact(outbox.release, "support", NOW)
    assert [row.key for row in claim(with_thread)] == ["receipt:before"]


def test_an_intent_is_queued_once_and_stays_as_it_was_first(database: Database) -> None:
    assert add(database, outgoing(), outgoing(message_id="<other@primjer.example>")) == {"receipt:1"}
    again = outgoing(to="luka@kupac.example", raw=b"another")
    assert add(database, again, outgoing("receipt:2")) == {"receipt:2"}
    assert database.read(outbox.by_key, "receipt:1") == outgoing()


def test_a_mail_comes_back_whole(with_thread: Database) -> None:
    row = of_thread(
        to="Žana.Đurić@kupac.example", raw=bytes(range(256)), expires_at=NOW + HOUR, kind=MailKind.UPDATE
    )
    add(with_thread, row)
    assert with_thread.read(outbox.by_key, "receipt:1") == row
    assert with_thread.read(outbox.exists, "receipt:1") is True
    assert with_thread.read(outbox.exists, "receipt:2") is False


def test_replicas_that_queue_the_same_intent_at_once_queue_it_once(
    database: Database, database_url: str
) -> None:
    other = open_database(database_url)
    keys = [f"receipt:{number}" for number in range(20)]
    new: list[str] = []

    def queue(where: Database, order: Sequence[str]) -> None:
        for key in order:
            new.extend(where.transact(outbox.add, [outgoing(key)]))

    both = [threading.Thread(target=queue, args=(where, keys)) for where in (database, other)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    other.close()
    assert sorted(new) == sorted(keys)


# --- claiming ---------------------------------------------------------------------------------------------


def test_a_claim_registers_the_attempt(database: Database) -> None:
    add(database, outgoing())
    [claimed] = claim(database)
    registered = replace(outgoing(), state=OutboxState.SENDING, attempts=1, attempted_at=NOW)
    assert claimed == registered
    assert database.read(outbox.by_key, "receipt:1") == registered
    assert claim(database) == []


def test_the_longest_due_go_first_and_only_what_is_due(database: Database) -> None:
    add(
        database,
        outgoing("late", next_at=NOW - HOUR),
        outgoing("later", next_at=NOW - 2 * HOUR, state=OutboxState.DEFERRED, attempts=3),
        outgoing("now"),
        outgoing("soon", next_at=NOW + HOUR, state=OutboxState.DEFERRED),
        outgoing("elsewhere", mailbox="sales"),
        outgoing("held", state=OutboxState.HELD),
        outgoing("sent", state=OutboxState.SENT),
        outgoing("failed", state=OutboxState.FAILED),
    )
    assert [row.key for row in claim(database, limit=2)] == ["later", "late"]
    assert database.read(outbox.next_at, "support") == NOW
    assert [row.key for row in claim(database)] == ["now"]
    assert database.read(outbox.next_at, "support") == NOW + HOUR
    assert database.read(outbox.next_at, "nobody") is None


def test_two_claimers_never_share_a_mail_and_leave_none(database: Database, database_url: str) -> None:
    add(database, *(outgoing(f"receipt:{number:03}") for number in range(120)))
    other = open_database(database_url)
    got: dict[int, list[str]] = {0: [], 1: []}
    start = threading.Barrier(2)

    def take_all(number: int, where: Database) -> None:
        start.wait()
        while rows := where.transact(take, "support", 7, NOW):
            got[number] += [row.key for row in rows]

    both = [threading.Thread(target=take_all, args=pair) for pair in enumerate((database, other))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    # A claimer may see an empty table while the other still holds the last rows.
    got[0] += [row.key for row in claim(database)]
    other.close()
    assert sorted(got[0] + got[1]) == [f"receipt:{number:03}" for number in range(120)]


def test_what_was_held_or_dropped_since_it_was_looked_at_is_not_claimed(database: Database) -> None:
    add(database, outgoing("receipt:1"), outgoing("receipt:2"), outgoing("remind:1", kind=MailKind.REMINDER))
    seen = [row.key for row in database.transact(outbox.ready, "support", 10, NOW)]
    assert seen == ["receipt:1", "receipt:2", "remind:1"]
    database.transact(outbox.hold, "support", NOW)
    assert database.transact(outbox.claim, seen, NOW) == {"remind:1"}
    assert database.transact(outbox.claim, seen, NOW) == set()


# --- the result -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "line"),
    [
        ({"state": OutboxState.SENT, "sent_at": NOW + HOUR}, "sent: receipt Iva.Horvat@kupac.example"),
        (
            {"state": OutboxState.DEFERRED, "next_at": NOW + 2 * HOUR, "error": "451 4.3.0 try later"},
            "deferred: receipt Iva.Horvat@kupac.example: 451 4.3.0 try later",
        ),
        (
            {"state": OutboxState.FAILED, "error": "550 5.1.1 no such user"},
            "failed: receipt Iva.Horvat@kupac.example: 550 5.1.1 no such user",
        ),
    ],
)
def test_a_result_is_recorded_and_told(with_thread: Database, result: dict[str, object], line: str) -> None:
    add(with_thread, of_thread())
    [claimed] = claim(with_thread)
    done = replace(claimed, **result)  # type: ignore[arg-type]  # the table's values are what the fields take
    with_thread.transact(outbox.finish, [done], NOW + HOUR)
    assert with_thread.read(outbox.by_key, "receipt:1") == done
    assert told(with_thread) == [line]


def test_a_mail_without_a_thread_is_finished_too(database: Database) -> None:
    add(database, outgoing("digest:2026-11-23:vera", kind=MailKind.DIGEST))
    [claimed] = claim(database)
    database.transact(outbox.finish, [replace(claimed, state=OutboxState.SENT, sent_at=NOW)], NOW)
    assert state(database, "digest:2026-11-23:vera") is OutboxState.SENT


def test_what_was_dropped_while_it_was_on_its_way_is_not_tried_again(with_thread: Database) -> None:
    add(with_thread, of_thread())
    [claimed] = claim(with_thread)
    assert with_thread.transact(outbox.drop, "receipt:1", NOW, "dropped by ana") is True
    put_off = replace(claimed, state=OutboxState.DEFERRED, next_at=NOW + HOUR, error="451")
    with_thread.transact(outbox.finish, [put_off], NOW)
    assert state(with_thread) is OutboxState.FAILED
    gone = replace(claimed, state=OutboxState.SENT, sent_at=NOW)
    with_thread.transact(outbox.finish, [gone], NOW)
    assert state(with_thread) is OutboxState.SENT  # it had been handed over: that is the truth


# --- after a crash ----------------------------------------------------------------------------------------


def test_a_mail_that_was_on_its_way_in_a_crash_goes_again_as_the_same_mail(
    with_thread: Database, database_url: str
) -> None:
    add(with_thread, of_thread())
    crashed = open_database(database_url)
    [claimed] = claim(crashed)
    crashed.close()  # without `finish`: as a kill between the claim and the result leaves it
    later = NOW + timedelta(minutes=11)
    assert claim(with_thread, later) == []
    assert with_thread.transact(outbox.recover, later) == ["receipt:1"]
    [again] = claim(with_thread, later)
    assert (again.message_id, again.raw) == (claimed.message_id, claimed.raw)
    assert again.attempts == 2
    because = "the earlier attempt was either not handed over or not recorded"
    assert told(with_thread) == [f"resend: receipt {claimed.to}: {because}"]


def test_on_postgresql_a_mail_that_another_replica_may_be_sending_is_left_to_it(postgres_url: str) -> None:
    database = open_database(postgres_url)
    add(database, outgoing())
    claim(database)
    assert database.transact(outbox.recover, NOW + timedelta(minutes=10)) == []
    assert database.transact(outbox.recover, NOW + timedelta(minutes=10, seconds=1)) == ["receipt:1"]
    database.close()


def test_on_sqlite_there_is_no_other_replica(sqlite_database: Database) -> None:
    add(sqlite_database, outgoing())
    claim(sqlite_database)
    assert sqlite_database.transact(outbox.recover, NOW) == ["receipt:1"]


def test_once_we_have_started_a_mail_in_flight_may_be_our_own(database: Database) -> None:
    add(database, outgoing())
    claim(database)
    in_flight, left = NOW + timedelta(minutes=10), NOW + timedelta(minutes=10, seconds=1)
    assert database.transact(outbox.recover, in_flight, starting=False) == []
    assert database.transact(outbox.recover, left, starting=False) == ["receipt:1"]


# --- steering ---------------------------------------------------------------------------------------------


def test_the_list_shows_the_states_asked_for_the_oldest_first_without_letters(database: Database) -> None:
    add(
        database,
        outgoing("new", created_at=NOW),
        outgoing("old", created_at=NOW - HOUR, state=OutboxState.FAILED, error="550"),
        outgoing("gone", state=OutboxState.SENT),
    )
    shown = database.read(outbox.listing, [OutboxState.READY, OutboxState.FAILED])
    assert [(row.key, row.raw) for row in shown] == [("old", b""), ("new", b"")]
    assert len(database.read(outbox.listing)) == 3


@pytest.mark.parametrize("was", list(OutboxState))
def test_only_what_failed_or_waits_can_be_tried_again(with_thread: Database, was: OutboxState) -> None:
    add(with_thread, of_thread(state=was, next_at=NOW + HOUR, error="550", expires_at=NOW - HOUR))
    may = was in (OutboxState.FAILED, OutboxState.DEFERRED)
    assert with_thread.transact(outbox.retry, "receipt:1", NOW) is may
    assert [row.key for row in claim(with_thread)] == (["receipt:1"] if may else [])


@pytest.mark.parametrize("was", list(OutboxState))
def test_only_what_was_not_sent_can_be_dropped(with_thread: Database, was: OutboxState) -> None:
    add(with_thread, of_thread(state=was))
    may = was not in (OutboxState.SENT, OutboxState.FAILED)
    assert with_thread.transact(outbox.drop, "receipt:1", NOW, "dropped by ana") is may
    assert told(with_thread) == (["dropped: receipt Iva.Horvat@kupac.example: dropped by ana"] if may else [])


def test_a_key_that_does_not_exist_is_neither_tried_nor_dropped(database: Database) -> None:
    assert database.transact(outbox.retry, "receipt:9", NOW) is False
    assert database.transact(outbox.drop, "receipt:9", NOW, "why") is False


def test_a_reminder_that_nobody_needs_is_withdrawn_and_nothing_else(with_thread: Database) -> None:
    with_thread.transact(threads.insert, thread("AA-2222-2222"))
    add(
        with_thread,
        of_thread("remind:1", kind=MailKind.REMINDER),
        of_thread("remind:0", kind=MailKind.REMINDER, state=OutboxState.SENT),
        of_thread("receipt:1"),
        outgoing("remind:2", kind=MailKind.REMINDER, thread_ref="AA-2222-2222"),
    )
    reason = "answered meanwhile"
    assert with_thread.transact(outbox.withdraw, ["AA-1111-1111"], [MailKind.REMINDER], NOW, reason) == 1
    assert {row.key for row in claim(with_thread)} == {"receipt:1", "remind:2"}
    row = with_thread.read(outbox.by_key, "remind:1")
    assert row is not None
    assert (row.state, row.error) == (OutboxState.FAILED, reason)


# --- pause and resume -------------------------------------------------------------------------------------


def test_a_pause_holds_back_what_goes_to_customers_and_nothing_else(database: Database) -> None:
    add(
        database,
        outgoing("receipt:1"),
        outgoing("update:1", kind=MailKind.UPDATE, state=OutboxState.DEFERRED),
        outgoing("remind:1", kind=MailKind.REMINDER),
        outgoing("receipt:2", mailbox="sales"),
    )
    assert database.transact(outbox.hold, "support", NOW) == 2
    assert [row.key for row in claim(database)] == ["remind:1"]
    assert state(database, "receipt:2") is OutboxState.READY


def test_in_a_pause_nothing_slips_out_to_a_customer(database: Database) -> None:
    database.transact(meta.pause, "support", NOW)
    add(database, outgoing("receipt:1", state=OutboxState.DEFERRED))  # was on its way when the pause began
    assert claim(database) == []
    assert database.read(outbox.next_at, "support") is None


def test_a_resume_lets_go_what_is_not_too_late(with_thread: Database) -> None:
    add(
        with_thread,
        of_thread("receipt:1", state=OutboxState.HELD, expires_at=NOW + HOUR),
        of_thread("receipt:2", state=OutboxState.HELD, expires_at=NOW),
        of_thread("receipt:3", state=OutboxState.HELD, mailbox="sales"),
    )
    assert with_thread.transact(outbox.release, "support", NOW) == (1, 1)
    assert [row.key for row in claim(with_thread)] == ["receipt:1"]
    assert state(with_thread, "receipt:2") is OutboxState.FAILED
    assert state(with_thread, "receipt:3") is OutboxState.HELD


def test_sending_finds_its_mails_by_index(sqlite_database: Database) -> None:
    """In two years the table holds a hundred thousand mails that were sent."""

    def plan(conn: object) -> str:
        query = (
            "EXPLAIN QUERY PLAN SELECT key FROM outbox WHERE mailbox = 'support' "
            "AND outbox.state IN ('ready', 'deferred', 'sending') AND next_at <= ? ORDER BY next_at, key"
        )
        rows = conn.exec_driver_sql(query, ("2026",)).all()  # type: ignore[attr-defined]
        return "; ".join(row[3] for row in rows)

    assert sqlite_database.read(plan) == "SEARCH outbox USING INDEX ix_outbox_open (mailbox=? AND next_at<?)"
