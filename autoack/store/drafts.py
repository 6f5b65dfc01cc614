"""Drafts of answers on record: to be laid, lying in a team's folder, or over. One a thread."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from autoack.core.decision import Event
from autoack.core.drafts import Draft, DraftState
from autoack.core.thread import State
from autoack.store.engine import is_rehearsal
from autoack.store.sql import chunks, insert
from autoack.store.tables import drafts, threads
from autoack.store.threads import add_events, ids_of

_EVENT = "draft"
_DRY_RUN = "dry run: not laid"
_OPEN = [State.WAITING.value, State.SNOOZED.value]  # the team has not answered yet
_CHANGING = (
    "state",
    "attempts",
    "next_at",
    "raw",
    "size",
    "folder",
    "uidvalidity",
    "uid",
    "laid_at",
    "ended_at",
    "error",
)


def add(conn: Connection, draft: Draft, detail: str) -> bool:
    """Record a draft that is to be laid; returns whether it is new: a thread gets one.

    In a dry run it is given up at once: no later run is to lay it as a surprise.
    """
    if is_rehearsal(conn):
        draft = replace(draft, state=DraftState.FAILED, raw=None, ended_at=draft.created_at, error=_DRY_RUN)
    thread_id = ids_of(conn, [draft.thread_ref])[draft.thread_ref]
    row = {"thread_id": thread_id, "mailbox": draft.mailbox, "message_id": draft.message_id}
    row |= {"created_at": draft.created_at, **_changing(draft)}
    statement = insert(conn, drafts).values(row).on_conflict_do_nothing().returning(drafts.c.thread_id)
    new = conn.scalar(statement) is not None
    if new:
        _tell(conn, draft, draft.created_at, f"{detail}: {draft.error}" if draft.error else detail)
    return new


def by_ref(conn: Connection, ref: str) -> Draft | None:
    """The thread's draft."""
    joined = select(drafts, threads.c.ref).join(threads, threads.c.id == drafts.c.thread_id)
    row = conn.execute(joined.where(threads.c.ref == ref)).one_or_none()
    return _read(row) if row else None


def having(conn: Connection, refs: Collection[str]) -> frozenset[str]:
    """Those of the threads that have, or had, a draft."""
    joined = select(threads.c.ref).join(drafts, drafts.c.thread_id == threads.c.id)
    return frozenset(
        ref for chunk in chunks(refs) for ref in conn.scalars(joined.where(threads.c.ref.in_(chunk)))
    )


def due(conn: Connection, mailbox: str, now: datetime, limit: int) -> list[tuple[Draft, bool]]:
    """Up to `limit` drafts that want something done, the longest due first; and whether their customer waits still.

    Those to be laid, and those that lie there though their thread was answered or closed since.
    """
    lies_in_vain = and_(drafts.c.state == DraftState.LAID, threads.c.state.not_in(_OPEN))
    query = (
        select(drafts, threads.c.ref, threads.c.state.in_(_OPEN).label("open"))
        .join(threads, threads.c.id == drafts.c.thread_id)
        .where(drafts.c.mailbox == mailbox, drafts.c.next_at <= now)
        .where(or_(drafts.c.state == DraftState.READY, lies_in_vain))
        .order_by(drafts.c.next_at, drafts.c.thread_id)
    )
    return [(_read(row), bool(row.open)) for row in conn.execute(query.limit(limit))]


def change(conn: Connection, was: Draft, now_is: Draft, now: datetime, detail: str | None = None) -> bool:
    """Record how the draft stands now, unless somebody was faster; with `detail`, a line for the timeline."""
    unchanged: list[ColumnElement[bool]] = [
        drafts.c.thread_id == select(threads.c.id).where(threads.c.ref == was.thread_ref).scalar_subquery(),
        drafts.c.state == was.state,
        drafts.c.attempts == was.attempts,
    ]
    done = conn.execute(update(drafts).where(*unchanged).values(_changing(now_is))).rowcount == 1
    if done and detail is not None:
        _tell(conn, now_is, now, detail)
    return done


def _read(row: Row[Any]) -> Draft:
    return Draft(
        thread_ref=row.ref,
        mailbox=row.mailbox,
        message_id=row.message_id,
        created_at=row.created_at,
        **{name: getattr(row, name) for name in _CHANGING if name != "state"},
        state=DraftState(row.state),
    )


def _changing(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _CHANGING} | {"state": draft.state.value}


def _tell(conn: Connection, draft: Draft, now: datetime, detail: str) -> None:
    add_events(conn, [Event(now, _EVENT, None, detail, draft.state.value, draft.thread_ref, draft.mailbox)])
