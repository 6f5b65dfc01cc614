"""Each watched folder: up to which UID its mails have been dealt with, and what is on record of them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, delete, select, update

from autoack.store import meta
from autoack.store.sql import insert
from autoack.store.tables import folders, messages, quarantine


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a folder has been read. Times are aware, UTC.

    Every UID up to `last_uid` has been dealt with. `in_step_at`: what had arrived by then has been read.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    last_uid: int
    first_seen_at: datetime
    in_step_at: datetime


def get(conn: Connection, mailbox: str, folder: str) -> Checkpoint | None:
    """The checkpoint; None where the folder was never met."""
    row = conn.execute(
        select(folders).where(folders.c.mailbox == mailbox, folders.c.folder == folder)
    ).one_or_none()
    return Checkpoint(*row) if row else None


def save(conn: Connection, checkpoint: Checkpoint) -> None:
    """Record the checkpoint; it replaces an older one."""
    row = asdict(checkpoint)
    upsert = insert(conn, folders).values(row)
    conn.execute(upsert.on_conflict_do_update(index_elements=["mailbox", "folder"], set_=row))


@dataclass(frozen=True, slots=True)
class Counted:
    """From which UID on a folder's mails are ours to know, and when (aware) that was last compared."""

    first_uid: int
    at: datetime


def counted(conn: Connection, mailbox: str, folder: str) -> Counted | None:
    """The last comparison; None where the folder was met before there were any."""
    found = meta.get(conn, _counted(mailbox, folder))
    if found is None:
        return None
    first_uid, at = found.split()
    return Counted(int(first_uid), datetime.fromisoformat(at))


def save_counted(conn: Connection, mailbox: str, folder: str, last: Counted) -> None:
    """Record a comparison; it replaces an older one."""
    meta.put(conn, _counted(mailbox, folder), f"{last.first_uid} {last.at.isoformat()}")


def _counted(mailbox: str, folder: str) -> str:
    return f"counted:{mailbox}:{folder}"


def known_uids(conn: Connection, mailbox: str, folder: str, uidvalidity: int) -> set[int]:
    """The UIDs that are on record, in quarantine too."""
    known: set[int] = set()
    for table in (messages, quarantine):
        known.update(conn.scalars(select(table.c.uid).where(_inside(table, mailbox, folder, uidvalidity))))
    return known


def latest(
    conn: Connection, mailbox: str, folder: str, uidvalidity: int, limit: int = 10
) -> dict[int, datetime]:
    """The highest UIDs on record, each with its mail's INTERNALDATE."""
    uid: Column[int] = messages.c.uid
    query = select(uid, messages.c.received_at).where(_inside(messages, mailbox, folder, uidvalidity))
    return {row.uid: row.received_at for row in conn.execute(query.order_by(uid.desc()).limit(limit))}


def displace(conn: Connection, mailbox: str, folder: str, uidvalidity: int) -> None:
    """Other mails may lie at these UIDs now: what is on record keeps all but its place.

    Mails that were put aside are forgotten: they come again, or are gone.
    """
    nowhere = {"uidvalidity": 0, "uid": -messages.c.id}  # a server gives neither (RFC 3501 §9, nz-number)
    conn.execute(update(messages).where(_inside(messages, mailbox, folder, uidvalidity)).values(nowhere))
    conn.execute(delete(quarantine).where(_inside(quarantine, mailbox, folder, uidvalidity)))


def _inside(table: Table, mailbox: str, folder: str, uidvalidity: int) -> ColumnElement[bool]:
    columns = table.c
    return and_(columns.mailbox == mailbox, columns.folder == folder, columns.uidvalidity == uidvalidity)
