"""What follows where a server has refused the customer's address: as after a bounce, which then never comes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from autoack.core.delivery import AFTER_RECEIPT, Outgoing
from autoack.core.returned import UNREACHED, refused
from autoack.store import outbox, threads


def mark_refused(conn: Connection, rows: Sequence[Outgoing], now: datetime) -> None:
    """Mark the threads of mails to customers that were refused for their address, in the caller's transaction.

    What else waits to go there is given up.
    """
    refusals = [row for row in rows if row.refused and row.kind.to_customer and row.thread_ref]
    if not refusals:
        return
    found = threads.by_refs(conn, (row.thread_ref for row in refusals if row.thread_ref))
    for row in refusals:
        thread = found.get(row.thread_ref or "")
        marked = refused(thread, row.to, row.error or "", now) if thread else None
        if marked:
            found[marked[0].ref] = marked[0]
            threads.update(conn, marked[0])
            threads.add_events(conn, [marked[1]])
            outbox.withdraw(conn, [marked[0].ref], AFTER_RECEIPT, now, UNREACHED)
