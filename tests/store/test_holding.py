"""What is held back or put off in the outbox, and how it goes or is given up."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from autoack.core.delivery import PAUSED, MailKind, OutboxState, Outgoing
from autoack.core.storm import Storm
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database
from tests.store.samples import HOUR, NOW, outgoing, thread

REF = "AA-1111-1111"
HELD = OutboxState.HELD


@pytest.fixture
def with_thread(database: Database) -> Database:
    """Iva waits since now; she has been promised an answer within 24 hours."""
    database.transact(threads.insert, thread())
    return database


def add(database: Database, *rows: Outgoing) -> None:
    database.transact(outbox.add, rows)


def stands(database: Database) -> dict[str, tuple[OutboxState, str | None]]:
    return {row.key: (row.state, row.error) for row in database.read(outbox.listing)}


def test_a_pause_leaves_its_reason_and_a_resume_takes_it_away(database: Database) -> None:
    add(database, outgoing())
    database.transact(outbox.hold, "support", NOW)
    assert stands(database) == {"receipt:1": (HELD, PAUSED)}
    database.transact(outbox.release, "support", NOW)
    assert stands(database) == {"receipt:1": (OutboxState.READY, None)}


@pytest.mark.parametrize(
    ("hours", "made", "state"),
    [
        (23, 0, OutboxState.READY),
        (24, 0, OutboxState.FAILED),
        (26, 25, OutboxState.READY),  # the promise had passed when it was written: it states a later one
    ],
)
def test_a_receipt_whose_promise_has_passed_is_not_let_go(
    with_thread: Database, hours: int, made: int, state: OutboxState
) -> None:
    add(with_thread, outgoing(thread_ref=REF, state=HELD, created_at=NOW + made * HOUR))
    with_thread.transact(outbox.release, "support", NOW + hours * HOUR)
    why = "too late: the time that it promises has passed" if state is OutboxState.FAILED else None
    assert stands(with_thread) == {"receipt:1": (state, why)}


def test_only_what_was_put_off_is_withdrawn_where_that_is_asked(with_thread: Database) -> None:
    add(
        with_thread,
        outgoing("due", thread_ref=REF),
        outgoing("later", thread_ref=REF, next_at=NOW + HOUR),
        outgoing("deferred", thread_ref=REF, next_at=NOW + HOUR, state=OutboxState.DEFERRED),
        outgoing("held", thread_ref=REF, state=HELD),
        outgoing("sent", thread_ref=REF, state=OutboxState.SENT),
    )

    def answered(conn: Connection) -> int:
        return outbox.withdraw(conn, [REF], [MailKind.RECEIPT], NOW, "needless: answered", put_off=True)

    assert with_thread.transact(answered) == 3
    assert {key for key, (state, _) in stands(with_thread).items() if state is not OutboxState.FAILED} == {
        "due",
        "sent",
    }


def test_what_a_thread_has_still_to_send_is_told_in_order(with_thread: Database) -> None:
    add(
        with_thread,
        outgoing("later", thread_ref=REF, next_at=NOW + HOUR),
        outgoing("held", thread_ref=REF, state=HELD),
        outgoing("sent", thread_ref=REF, state=OutboxState.SENT),
        outgoing("elsewhere"),
    )
    assert [row.key for row in with_thread.read(outbox.unsent, REF)] == ["held", "later"]


def test_a_storm_stands_as_it_was_recorded_last(database: Database) -> None:
    assert database.read(meta.storm, "support") == (None, None)
    storm = Storm(NOW, NOW + timedelta(minutes=3))
    database.transact(meta.put_storm, "support", Storm(NOW, NOW))
    database.transact(meta.put_storm, "support", storm)
    assert database.read(meta.storm, "support") == (storm, None)
    assert database.read(meta.storm, "sales") == (None, None)
    assert database.transact(meta.end_storm, "support", NOW + HOUR) is True
    assert database.read(meta.storm, "support") == (None, NOW + HOUR)
    assert database.transact(meta.end_storm, "sales", NOW) is False
