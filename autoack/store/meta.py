"""Single facts about this installation; which mailboxes are paused, and which are in a storm of receipts."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from autoack.core.storm import Storm
from autoack.errors import StoreError
from autoack.store.sql import insert
from autoack.store.tables import meta

_PAUSED = "paused:"
_PAUSED_KEYS = select(meta.c.key).where(meta.c.key.startswith(_PAUSED, autoescape=True))
_STORM = (
    "storm:"  # while one goes on: since, and when a receipt last went beyond the limit; then: when it ended
)


def get(conn: Connection, key: str) -> str | None:
    """The fact, None where it is not on record."""
    return conn.scalar(select(meta.c.value).where(meta.c.key == key))


def put(conn: Connection, key: str, value: str) -> None:
    """Record the fact; it replaces an older one."""
    upsert = insert(conn, meta).values(key=key, value=value)
    conn.execute(upsert.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def put_new(conn: Connection, key: str, value: str) -> bool:
    """Record the fact unless there is one already; returns whether it was new."""
    statement = insert(conn, meta).values(key=key, value=value).on_conflict_do_nothing()
    return conn.scalar(statement.returning(meta.c.key)) is not None


def remove(conn: Connection, key: str) -> None:
    """Forget the fact."""
    conn.execute(delete(meta).where(meta.c.key == key))


def created_at(conn: Connection) -> datetime:
    """When the database was made; aware, UTC. Raises StoreError where it never was migrated."""
    return datetime.fromisoformat(_needed(conn, "created_at"))


def installation(conn: Connection) -> str:
    """The random id of this installation. Raises StoreError where the database never was migrated."""
    return _needed(conn, "installation")


def paused(conn: Connection, *, firmly: bool = False) -> frozenset[str]:
    """The mailboxes whose mail to customers is held back.

    `firmly`: a `resume` waits for this transaction, and so finds what it holds back.
    """
    keys = conn.scalars(_PAUSED_KEYS.with_for_update(read=True) if firmly else _PAUSED_KEYS)
    return frozenset(key.removeprefix(_PAUSED) for key in keys)


def pause(conn: Connection, mailbox: str, now: datetime) -> None:
    """From now on hold back what goes to customers of this mailbox."""
    put_new(conn, _PAUSED + mailbox, now.astimezone(UTC).isoformat())


def resume(conn: Connection, mailbox: str) -> None:
    """Let mail to customers of this mailbox go again."""
    remove(conn, _PAUSED + mailbox)


def storm(conn: Connection, mailbox: str) -> tuple[Storm | None, datetime | None]:
    """The storm of receipts that goes on in this mailbox; or else, when the last one ended."""
    times = [datetime.fromisoformat(at) for at in (get(conn, _STORM + mailbox) or "").split()]
    if len(times) == 2:
        return Storm(*times), None
    return None, times[0] if times else None


def put_storm(conn: Connection, mailbox: str, storm: Storm) -> None:
    """Record how the storm stands."""
    times = (at.astimezone(UTC).isoformat() for at in (storm.since, storm.over_at))
    put(conn, _STORM + mailbox, " ".join(times))


def end_storm(conn: Connection, mailbox: str, now: datetime) -> bool:
    """The storm, if there was one, is over, and receipts count anew from now; returns whether there was one."""
    ended = storm(conn, mailbox)[0] is not None
    if ended:
        put(conn, _STORM + mailbox, now.astimezone(UTC).isoformat())
    return ended


def _needed(conn: Connection, key: str) -> str:
    value = get(conn, key)
    if value is None:
        raise StoreError("the database was never set up: autoack db upgrade")
    return value
