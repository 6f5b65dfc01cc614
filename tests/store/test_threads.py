"""Threads on record."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from autoack.core.decision import Event
from autoack.core.message import Kind
from autoack.core.thread import State, Thread
from autoack.store import intake, threads
from autoack.store.engine import Database, open_database
from tests.store.samples import HOUR, NOW, entry, thread


def refs(found: list[Thread]) -> list[str]:
    return [one.ref for one in found]


def test_a_thread_comes_back_as_it_was_recorded(database: Database) -> None:
    recorded = database.transact(threads.insert, thread())
    assert recorded.id > 0
    assert database.read(threads.by_ref, "AA-1111-1111") == recorded
    assert database.read(threads.by_ref, "AA-9999-9999") is None


def test_a_change_is_recorded_whole(database: Database) -> None:
    recorded = database.transact(threads.insert, thread())
    answered = thread(
        id=recorded.id,
        state=State.ANSWERED,
        answered_at=NOW + HOUR,
        answered_by="ana",
        next_step_at=None,
        next_step=None,
        fired=("10h", "20h"),
        assignee="ana",
        updated_at=NOW + HOUR,
    )
    database.transact(threads.update, answered)
    assert database.read(threads.by_ref, "AA-1111-1111") == answered


def test_a_reference_belongs_to_one_thread(database: Database) -> None:
    database.transact(threads.insert, thread())
    with pytest.raises(IntegrityError):
        database.transact(threads.insert, thread())


def test_more_threads_than_fit_one_question_are_found(database: Database) -> None:
    wanted = [f"AA-0000-{number:04}" for number in range(1200)]
    batch = [entry(number, thread(ref), opens=True) for number, ref in enumerate(wanted)]
    database.transact(intake.record, batch, NOW)
    assert database.read(threads.by_refs, [*wanted, "AA-9999-9999"]).keys() == set(wanted)


def test_hostile_words_do_not_sink_a_record(database: Database) -> None:
    hostile = thread(subject="a\0b \ud800 č", customer_name="x" * 5000, customer_address="ž" * 5000)
    database.transact(threads.insert, hostile)
    kept = database.read(threads.by_ref, hostile.ref)
    assert kept is not None
    assert kept.subject == "ab ? č"
    assert kept.customer_address == hostile.customer_address


# --- lists ------------------------------------------------------------------------------------------------


def test_lists_begin_with_the_earliest_promise(database: Database) -> None:
    late = thread("AA-0000-0001", promised_at=NOW - 2 * HOUR)
    never = thread("AA-0000-0002", promised_at=None, state=State.ANSWERED)
    later = thread("AA-0000-0003", promised_at=NOW - HOUR, mailbox="sales")
    snoozed = thread("AA-0000-0004", promised_at=NOW - HOUR, state=State.SNOOZED)
    in_time = thread("AA-0000-0005", promised_at=NOW)
    closed = thread("AA-0000-0006", promised_at=NOW - 9 * HOUR, state=State.CLOSED)
    database.transact(
        lambda conn: [threads.insert(conn, one) for one in (late, never, later, snoozed, in_time, closed)]
    )

    def listed(**which: object) -> list[str]:
        return [ref[-1] for ref in refs(database.read(threads.listing, NOW, **which))]  # type: ignore[arg-type]

    assert listed() == ["1", "3", "4", "5", "2"]
    assert listed(overdue=True) == ["1", "3"]
    assert listed(overdue=True, include_closed=True) == ["1", "3"]
    assert listed(mailbox="sales") == ["3"]
    assert listed(include_closed=True) == ["6", "1", "3", "4", "5", "2"]


# --- the alarm clock --------------------------------------------------------------------------------------


def test_what_is_due_comes_the_longest_due_first(database: Database) -> None:
    steps = {"1": NOW, "2": NOW - HOUR, "3": NOW + HOUR, "4": None}
    for number, at in steps.items():
        database.transact(threads.insert, thread(f"AA-0000-000{number}", next_step_at=at))
    assert refs(database.read(threads.due, NOW, 10)) == ["AA-0000-0002", "AA-0000-0001"]
    assert refs(database.read(threads.due, NOW, 1)) == ["AA-0000-0002"]
    assert database.read(threads.next_due_at) == NOW - HOUR


def test_where_nothing_is_to_come_the_alarm_clock_sleeps(database: Database) -> None:
    database.transact(threads.insert, thread(next_step_at=None))
    assert database.read(threads.next_due_at) is None


def test_of_two_who_take_a_due_step_one_gets_it(database: Database, database_url: str) -> None:
    other = open_database(database_url)
    due = database.transact(threads.insert, thread(next_step_at=NOW))
    stepped = thread(id=due.id, next_step_at=NOW + HOUR)
    assert database.transact(threads.update_if_due, stepped, NOW) is True
    assert other.transact(threads.update_if_due, stepped, NOW) is False
    other.close()


def test_a_step_for_a_thread_that_had_none_is_taken_once(database: Database) -> None:
    database.transact(threads.insert, thread(next_step_at=None))
    assert database.transact(threads.update_if_due, thread(next_step_at=NOW), None) is True
    assert database.transact(threads.update_if_due, thread(next_step_at=NOW), None) is False


# --- what happened ----------------------------------------------------------------------------------------


def test_the_timeline_tells_what_happened_in_order(database: Database) -> None:
    database.transact(threads.insert, thread())
    answer = Event(NOW + HOUR, "answer", "ana", "", "team-reply", "AA-1111-1111", "support", 3600)
    receipt = Event(NOW, "receipt", "iva@kupac.example", "receipt:1", "new", "AA-1111-1111", "support")
    elsewhere = Event(NOW, "pause", "ana", "support", None, None, "support")
    database.transact(threads.add_events, [answer, receipt, elsewhere])
    assert database.read(threads.timeline, "AA-1111-1111") == [receipt, answer]


def test_a_line_for_a_thread_that_is_not_on_record_is_an_error(database: Database) -> None:
    with pytest.raises(KeyError, match="AA-9999-9999"):
        database.transact(threads.add_events, [Event(NOW, "close", thread_ref="AA-9999-9999")])


def test_the_latest_text_is_the_customers(database: Database) -> None:
    waiting = thread()
    entries = [
        entry(2, waiting, new_text="Hvala, i još nešto", kind=Kind.CUSTOMER_REPLY),
        entry(1, waiting, opens=True, new_text="Gdje je račun?"),
        entry(3, waiting, new_text="Evo ga", kind=Kind.TEAM),
    ]
    database.transact(intake.record, entries, NOW)
    assert database.read(threads.latest_text, "AA-1111-1111") == "Hvala, i još nešto"
    assert database.read(threads.latest_text, "AA-9999-9999") is None


def test_the_uids_that_wait_are_the_customers_mails_of_this_wait(database: Database) -> None:
    waiting = thread(waiting_since=NOW + timedelta(minutes=2))
    answered = thread("AA-2222-2222", state=State.ANSWERED)
    entries = [
        entry(1, waiting, opens=True),  # of an earlier wait: answered long ago, its flag says nothing now
        entry(2, waiting),
        entry(3, waiting, kind=Kind.TEAM),
        entry(4, answered, opens=True),
        entry(5),
        entry(6, waiting, kind=Kind.CUSTOMER_REPLY),
    ]
    database.transact(intake.record, entries, NOW)
    uids = database.read(threads.waiting_uids, "support", "INBOX", 1)
    assert uids == {2: "AA-1111-1111", 6: "AA-1111-1111"}
    assert database.read(threads.waiting_uids, "support", "INBOX", 2) == {}
    assert database.read(threads.waiting_uids, "support", "Sent", 1) == {}
