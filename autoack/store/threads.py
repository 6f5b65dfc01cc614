"""Threads on record: found by reference or due time, changed, and told as a timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row, Select, select

from autoack.core.decision import Event
from autoack.core.message import Kind, Outcome, Verdict
from autoack.core.thread import State, Thread
from autoack.store.sql import chunks, insert_new
from autoack.store.tables import events, messages, outbox, threads

FROM_CUSTOMERS = [Kind.CUSTOMER.value, Kind.CUSTOMER_REPLY.value]
_WHERE_IT_LIES = [
    messages.c[name] for name in ("mailbox", "folder", "uidvalidity", "uid", "kind", "received_at")
]
_URGENCY = sa.case({"high": 0, "low": 2}, value=threads.c.priority, else_=1)
_NOT_CLOSED = [state.value for state in State if state is not State.CLOSED]
_AS_THEY_ARE = [
    field.name
    for field in fields(Thread)
    if field.name not in ("customer_address", "fired", "notify", "state")
]
_PLAIN = attrgetter(*_AS_THEY_ARE)

# Built once: a thousand threads may be due at the same time, and a statement of so many columns takes longer to
# build than to run.
_CHANGE = (
    sa.update(threads)
    .where(threads.c.ref == sa.bindparam("of"))
    .values({column.name: sa.bindparam(f"new_{column.name}") for column in threads.c if column.name != "id"})
)
_IF_DUE = _CHANGE.where(threads.c.next_step_at == sa.bindparam("was"))
_IF_NOT_DUE = _CHANGE.where(threads.c.next_step_at.is_(None))
_LATEST_TEXT = (
    select(messages.c.text)
    .where(
        messages.c.thread_id
        == select(threads.c.id).where(threads.c.ref == sa.bindparam("of")).scalar_subquery(),
        messages.c.kind.in_(FROM_CUSTOMERS),
    )
    .order_by(messages.c.received_at.desc(), messages.c.id.desc())
    .limit(1)
)


# --- looking -----------------------------------------------------------------------------------------------


def by_ref(conn: Connection, ref: str) -> Thread | None:
    """The thread with this reference."""
    return by_refs(conn, [ref]).get(ref)


def by_refs(conn: Connection, refs: Iterable[str]) -> dict[str, Thread]:
    """The threads with these references, by reference; those that do not exist are left out."""
    found = {}
    for chunk in chunks(refs):
        for row in conn.execute(select(threads).where(threads.c.ref.in_(chunk))):
            found[row.ref] = read(row)
    return found


def listing(
    conn: Connection,
    now: datetime,
    *,
    mailbox: str | None = None,
    overdue: bool = False,
    include_closed: bool = False,
) -> list[Thread]:
    """The threads: by priority, then the earliest promise first.

    `overdue`: only those whose promise has passed unanswered.
    """
    query = select(threads)
    if mailbox is not None:
        query = query.where(threads.c.mailbox == mailbox)
    if overdue:
        query = query.where(threads.c.state == State.WAITING, threads.c.promised_at < now)
    elif not include_closed:
        query = query.where(threads.c.state.in_(_NOT_CLOSED))
    return _read_all(conn, query.order_by(_URGENCY, threads.c.promised_at.nulls_last(), threads.c.id))


def due(conn: Connection, now: datetime, limit: int) -> list[Thread]:
    """Up to `limit` threads whose next step is due, the longest due first."""
    query = select(threads).where(threads.c.next_step_at <= now)
    return _read_all(conn, query.order_by(threads.c.next_step_at, threads.c.id).limit(limit))


def next_due_at(conn: Connection) -> datetime | None:
    """When the next step of any thread is due; None where nothing is to come."""
    # Not min(): for that SQLite reads all threads, since the index leaves some out.
    due_at = threads.c.next_step_at
    earliest: datetime | None = conn.scalar(
        select(due_at).where(due_at.is_not(None)).order_by(due_at).limit(1)
    )
    return earliest


def of_customer(conn: Connection, address: str, limit: int) -> list[Thread]:
    """The last threads of the customer with this address, in all mailboxes, the newest first."""
    query = select(threads).where(threads.c.customer_address == address.casefold())
    return _read_all(conn, query.order_by(threads.c.created_at.desc(), threads.c.id.desc()).limit(limit))


def latest_text(conn: Connection, ref: str) -> str | None:
    """What the customer wrote last; None where nothing is kept of it."""
    text: str | None = conn.scalar(_LATEST_TEXT, {"of": ref})
    return text


def waiting_uids(conn: Connection, mailbox: str, folder: str, uidvalidity: int) -> dict[int, str]:
    """The UIDs of customers' mails in this folder that wait for an answer → their thread's reference."""
    # By way of the waiting threads, which are few: a folder's messages are all that ever came.
    query = (
        select(*_WHERE_IT_LIES, threads.c.ref, threads.c.waiting_since)
        .join_from(threads, messages)
        .where(threads.c.state == State.WAITING, threads.c.mailbox == mailbox)
    )
    here = (mailbox, folder, uidvalidity)
    return {
        row.uid: row.ref
        for row in conn.execute(query)
        if (row.mailbox, row.folder, row.uidvalidity) == here
        and row.kind in FROM_CUSTOMERS
        and row.received_at >= row.waiting_since
    }


def message_ids_at(
    conn: Connection, mailbox: str, folder: str, uidvalidity: int, uids: Iterable[int]
) -> dict[int, str]:
    """The Message-IDs of the mails that were met there, without those that have none."""
    found: dict[int, str] = {}
    for chunk in chunks(uids):
        query = select(messages.c.uid, messages.c.message_id).where(
            messages.c.mailbox == mailbox,
            messages.c.folder == folder,
            messages.c.uidvalidity == uidvalidity,
            messages.c.uid.in_(chunk),
            messages.c.message_id.is_not(None),
        )
        found |= {row.uid: row.message_id for row in conn.execute(query)}
    return found


def timeline(conn: Connection, ref: str) -> list[Event]:
    """What happened to the thread, the oldest first; that a mail went out is told by the outbox."""
    query = select(events).where(_of_thread(events.c.thread_id, ref)).order_by(events.c.at, events.c.id)
    told = [
        Event(row.at, row.what, row.who, row.detail, row.reason, ref, row.mailbox, row.seconds)
        for row in conn.execute(query)
    ]
    gone = select(outbox).where(_of_thread(outbox.c.thread_id, ref), outbox.c.sent_at.is_not(None))
    sent = [
        Event(row.sent_at, "sent", None, f"{row.kind} {row.to_as_written}", None, ref, row.mailbox)
        for row in conn.execute(gone)
    ]
    return sorted([*told, *sent], key=lambda event: event.at)


def judgments(conn: Connection, ref: str) -> list[tuple[tuple[datetime, str | None, str], Verdict]]:
    """The verdict on each mail of the thread, in the order of arrival, by when it was recorded, its sender and subject.

    So its line in the timeline says; mails of one moment may say the same.
    """
    query = select(messages).where(_of_thread(messages.c.thread_id, ref)).order_by(messages.c.id)
    return [
        (
            (row.recorded_at, row.sender, row.subject),
            Verdict(Kind(row.kind), Outcome(row.verdict), row.reason, row.because),
        )
        for row in conn.execute(query)
    ]


# --- writing -----------------------------------------------------------------------------------------------


def insert(conn: Connection, thread: Thread) -> Thread:
    """Record a new thread; returns it with its id. Raises IntegrityError where the reference is taken."""
    number = conn.scalar(sa.insert(threads).returning(threads.c.id), values(thread))
    return replace(thread, id=number)


def update(conn: Connection, thread: Thread) -> None:
    """Record the thread as it stands now; its reference says which."""
    conn.execute(sa.update(threads).where(threads.c.ref == thread.ref).values(values(thread)))


def update_if_due(conn: Connection, thread: Thread, was: datetime | None) -> bool:
    """Record the thread unless somebody was faster: its next step must still be due at `was`.

    Returns whether it was recorded.
    """
    new = {f"new_{name}": value for name, value in values(thread).items()}
    done = conn.execute(
        _IF_DUE if was is not None else _IF_NOT_DUE,
        {**new, "of": thread.ref, **({"was": was} if was else {})},
    )
    return done.rowcount == 1


def add_events(conn: Connection, new: Sequence[Event]) -> None:
    """Write these lines into the timelines; an event without a reference belongs to no thread.

    Raises KeyError where a reference is not on record.
    """
    if not new:
        return
    ids = ids_of(conn, (event.thread_ref for event in new))
    insert_new(
        conn,
        events,
        [
            {
                "thread_id": ids[event.thread_ref] if event.thread_ref else None,
                "mailbox": event.mailbox,
                "at": event.at,
                "what": event.what,
                "who": event.who,
                "detail": event.detail,
                "reason": event.reason,
                "seconds": event.seconds,
            }
            for event in new
        ],
    )


# --- between rows and values -------------------------------------------------------------------------------


def ids_of(conn: Connection, refs: Iterable[str | None]) -> dict[str, int]:
    """The row ids of the threads that exist, by reference."""
    ids: dict[str, int] = {}
    for chunk in chunks(ref for ref in refs if ref):
        rows = conn.execute(select(threads.c.ref, threads.c.id).where(threads.c.ref.in_(chunk)))
        ids |= {row.ref: row.id for row in rows}
    return ids


def values(thread: Thread) -> dict[str, Any]:
    """The columns of a thread, but for its id, which the database gives."""
    row = {name: getattr(thread, name) for name in _AS_THEY_ARE if name != "id"}
    row["state"] = thread.state.value
    row["fired"] = list(thread.fired)
    row["notify"] = list(thread.notify)
    row["customer_address"] = thread.customer_address.casefold()
    row["customer_as_written"] = thread.customer_address
    row["updated_at"] = thread.updated_at or thread.created_at
    return row


def read(row: Row[Any]) -> Thread:
    """The thread of a row of the whole table."""
    return Thread(
        **dict(zip(_AS_THEY_ARE, _PLAIN(row), strict=True)),
        customer_address=row.customer_as_written,
        state=State(row.state),
        fired=tuple(row.fired),
        notify=tuple(row.notify),
    )


def _read_all(conn: Connection, query: Select[Any]) -> list[Thread]:
    return [read(row) for row in conn.execute(query)]


def _of_thread(column: sa.Column[Any], ref: str) -> ColumnElement[bool]:
    return column == select(threads.c.id).where(threads.c.ref == ref).scalar_subquery()
