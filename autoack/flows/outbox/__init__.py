"""Sends what is in the outbox: attempt registered first, result recorded before the next, over reused connections.

Each mailbox has a lane with a few workers, and each worker a connection (`flow`). One ledger serves them all
(`ledger`): it takes the results that they bring and the rows that they ask for, and settles what has gathered in one
transaction. So a commit is shared, and yet after a crash only what was in flight on a connection can go twice, and
then under the same Message-ID.
"""

from autoack.flows.outbox.flow import OutboxFlow

__all__ = ["OutboxFlow"]
