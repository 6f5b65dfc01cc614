"""Which replica watches which mailbox. One that is not renewed runs out, and another replica takes over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_

from autoack.store.sql import insert
from autoack.store.tables import leases


def acquire(conn: Connection, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take or renew the lease until `now + ttl`; returns whether `holder` has it."""
    wish = {"holder": holder, "until": now + ttl}
    upsert = insert(conn, leases).values(name=name, **wish)
    free = or_(leases.c.holder == holder, leases.c.until <= now)
    upsert = upsert.on_conflict_do_update(index_elements=["name"], set_=wish, where=free)
    return conn.scalar(upsert.returning(leases.c.name)) is not None


def release(conn: Connection, name: str, holder: str) -> None:
    """Give the lease back. Does nothing where another holds it."""
    conn.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
