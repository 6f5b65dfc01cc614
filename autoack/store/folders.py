"""The checkpoint of each watched folder: up to which UID its mails have been dealt with."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from autoack.store.sql import insert
from autoack.store.tables import folders


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
