"""A `resume` beside an intake that has seen the pause."""

from concurrent.futures import ThreadPoolExecutor, wait

from sqlalchemy import Connection

from autoack.core.delivery import OutboxState
from autoack.store import meta, outbox
from autoack.store.engine import Database
from tests.store.samples import NOW, outgoing


def test_what_is_held_while_a_resume_begins_is_let_go_by_it(database: Database) -> None:
    row = outgoing()
    database.transact(meta.pause, row.mailbox, NOW)

    def resume() -> None:
        database.transact(meta.resume, row.mailbox)
        database.transact(outbox.release, row.mailbox, NOW)

    with ThreadPoolExecutor(1) as other:

        def take_in(conn: Connection) -> None:
            assert meta.paused(conn, firmly=True) == {row.mailbox}
            wait([other.submit(resume)], timeout=0.3)  # it cannot end before this transaction does
            outbox.add(conn, [outgoing(state=OutboxState.HELD)])

        database.transact(take_in)
    assert [row.state for row in database.read(outbox.listing)] == [OutboxState.READY]
