"""Mails that could not be taken in: where they lie, why, and whether somebody asked to try again."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from autoack.core.message import Place
from autoack.store.sql import insert
from autoack.store.tables import quarantine

_PLACE = ["mailbox", "folder", "uidvalidity", "uid"]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A mail in quarantine. `at`, aware, UTC: when it was last tried; `retry`: it is to be tried again."""

    id: int
    place: Place
    at: datetime
    reason: str
    because: str
    retry: bool


def put(conn: Connection, place: Place, now: datetime, reason: str, because: str) -> None:
    """Put the mail aside with its reason. One that is there already has been tried once more, in vain."""
    tried = {"at": now, "reason": reason, "because": because, "retry": False}
    upsert = insert(conn, quarantine).values(asdict(place) | tried)
    conn.execute(upsert.on_conflict_do_update(index_elements=_PLACE, set_=tried))


def listing(conn: Connection) -> list[Quarantined]:
    """All of it, the oldest first."""
    return [
        Quarantined(
            row.id,
            Place(row.mailbox, row.folder, row.uidvalidity, row.uid),
            row.at,
            row.reason,
            row.because,
            row.retry,
        )
        for row in conn.execute(select(quarantine).order_by(quarantine.c.at, quarantine.c.id))
    ]


def ask_retry(conn: Connection, ids: Collection[int] | None = None) -> int:
    """Ask that these mails be tried again, all where `ids` is None; returns how many there are."""
    query = update(quarantine).values(retry=True)
    if ids is not None:
        query = query.where(quarantine.c.id.in_(ids))
    return conn.execute(query).rowcount


def retries(conn: Connection, mailbox: str, folder: str, uidvalidity: int) -> list[int]:
    """The UIDs in this folder that are to be tried again, ascending."""
    query = select(quarantine.c.uid).where(
        quarantine.c.mailbox == mailbox,
        quarantine.c.folder == folder,
        quarantine.c.uidvalidity == uidvalidity,
        quarantine.c.retry,
    )
    return list(conn.scalars(query.order_by(quarantine.c.uid)))


def remove(conn: Connection, place: Place) -> None:
    """The mail was taken in, or is gone. Does nothing where it is not in quarantine."""
    conn.execute(delete(quarantine).where(_at(place)))


def _at(place: Place) -> ColumnElement[bool]:
    return and_(*(quarantine.c[name] == getattr(place, name) for name in _PLACE))
