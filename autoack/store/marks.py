"""Mails on which the team's mark that their thread is finished was met: each counts once.

A mail may lie at several places, after a move or a change of UIDVALIDITY: its fingerprint tells that it is the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select, update

from autoack.core.thread import State
from autoack.store.sql import chunks
from autoack.store.tables import messages, threads
from autoack.store.threads import FROM_CUSTOMERS


@dataclass(frozen=True, slots=True)
class Marked:
    """A mail that bears the mark for the first time."""

    ref: str  # of its thread
    fingerprint: str
    subject: str
    received_at: datetime  # aware, UTC


def at(conn: Connection, mailbox: str, folder: str, uidvalidity: int, uids: Collection[int]) -> list[Marked]:
    """Those of these mails in this folder that belong to a thread and had no mark yet."""
    here = [messages.c.mailbox == mailbox, messages.c.folder == folder, messages.c.uidvalidity == uidvalidity]
    return [mark for chunk in chunks(uids) for mark in _new(conn, *here, messages.c.uid.in_(chunk))]


def on(conn: Connection, mailbox: str, fingerprints: Iterable[str]) -> list[Marked]:
    """Those of these mails, wherever they lie, that belong to a thread and had no mark yet."""
    here = messages.c.mailbox == mailbox
    return [
        mark for chunk in chunks(fingerprints) for mark in _new(conn, here, messages.c.fingerprint.in_(chunk))
    ]


def note(conn: Connection, mailbox: str, fingerprint: str, now: datetime) -> None:
    """The mark on this mail has been met."""
    which = [messages.c.mailbox == mailbox, messages.c.fingerprint == fingerprint]
    conn.execute(update(messages).where(*which).values(done_at=now))


def overtaken(conn: Connection, mark: Marked, since: datetime | None) -> bool:
    """Whether the customer wrote after the marked mail, and we read it after `since` (None: at any time).

    Then whoever set the mark may not have seen it.
    """
    later = [
        threads.c.ref == mark.ref,
        threads.c.state.in_([State.WAITING.value, State.SNOOZED.value]),
        messages.c.kind.in_(FROM_CUSTOMERS),
        messages.c.fingerprint != mark.fingerprint,
        messages.c.received_at > mark.received_at,
    ]
    if since is not None:
        later.append(messages.c.recorded_at > since)
    query = select(messages.c.id).join(threads, threads.c.id == messages.c.thread_id).where(*later).limit(1)
    return conn.scalar(query) is not None


def _new(conn: Connection, *which: ColumnElement[bool]) -> list[Marked]:
    earlier = messages.alias()
    marked_before = exists().where(
        earlier.c.mailbox == messages.c.mailbox,
        earlier.c.fingerprint == messages.c.fingerprint,
        earlier.c.done_at.is_not(None),
    )
    query = (
        select(threads.c.ref, messages.c.fingerprint, messages.c.subject, messages.c.received_at)
        .join(threads, threads.c.id == messages.c.thread_id)
        .where(*which, ~marked_before)
        .order_by(messages.c.received_at, messages.c.id)
    )
    return [Marked(*row) for row in conn.execute(query)]
