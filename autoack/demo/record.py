"""What the demo asks of the daemon's database, beside it, as any command does."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from autoack.core import nights
from autoack.core.decision import Event
from autoack.core.policy import Desk
from autoack.store import folders, meta, threads
from autoack.store.tables import messages, outbox, still_open
from autoack.store.tables import threads as threads_table


@dataclass(frozen=True)
class Taken:
    """What became of a mail."""

    kind: str
    reason: str
    because: str
    ref: str | None


def taken_in(conn: Connection, mailbox: str, folder: str, uid: int) -> bool:
    """Whether the daemon has dealt with this mail."""
    checkpoint = folders.get(conn, mailbox, folder)
    return checkpoint is not None and checkpoint.last_uid >= uid


def is_watched(conn: Connection, mailbox: str, folder: str) -> bool:
    """Whether the daemon has met this folder: what arrives from then on is new."""
    return folders.get(conn, mailbox, folder) is not None


def verdict(conn: Connection, folder: str, uid: int) -> Taken | None:
    """The verdict on a mail; None where it was passed over."""
    row = conn.execute(
        select(messages.c.kind, messages.c.reason, messages.c.because, threads_table.c.ref)
        .outerjoin(threads_table, threads_table.c.id == messages.c.thread_id)
        .where(messages.c.folder == folder, messages.c.uid == uid)
    ).one_or_none()
    return Taken(*row) if row else None


def at_rest(conn: Connection, desk: Desk, now: datetime) -> bool:
    """Whether all that is due has been done: no step, no mail to send, no digest."""
    step = threads.next_due_at(conn)
    if (step is not None and step <= now) or conn.scalar(
        select(func.count()).select_from(outbox).where(still_open)
    ):
        return False
    night = nights.last_night(desk.digest, desk.organisation.zone, now, meta.created_at(conn))
    return night is None or meta.get(conn, "digest_done") == night.isoformat()


def next_due(conn: Connection, desk: Desk, now: datetime) -> datetime:
    """When something falls due next by itself: a step, a mail to send, the digest."""
    zone = desk.organisation.zone
    tonight = nights.night_of(desk.digest, zone, now.astimezone(zone).date())
    night = tonight.moment if tonight.moment > now else tonight.following
    step = threads.next_due_at(conn)
    mail = conn.scalar(select(func.min(outbox.c.next_at)).where(still_open))
    return min(at for at in (night, step, mail) if at is not None)


def waiting(conn: Connection) -> int:
    """How many customers wait for an answer."""
    count = conn.scalar(select(func.count()).where(threads_table.c.state == "waiting"))
    return int(count or 0)


def events(conn: Connection, ref: str) -> list[Event]:
    """What happened to a thread, the oldest first."""
    return threads.timeline(conn, ref)
