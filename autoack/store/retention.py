"""What is too old to keep: customers' words first, whole threads later, in small batches.

Each function handles at most `limit` rows in the transaction that it is given and returns how many it met, so
that nobody waits for it; 0 means that nothing is left. To repeat one does no harm. A thread whose customer
waits, or that somebody has put aside for later, is never deleted, however old.
"""

from datetime import datetime

from sqlalchemy import Connection, Table, and_, delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement

from autoack.core.delivery import OutboxState
from autoack.core.drafts import DraftState
from autoack.core.feedback import RATED, WITHOUT_WORDS
from autoack.core.thread import State
from autoack.store.tables import drafts, events, links, messages, outbox, ratings, threads

_DONE = [OutboxState.SENT, OutboxState.FAILED]
_OPEN = [State.WAITING, State.SNOOZED]
_HANGING = (messages, links, events, outbox, drafts, ratings)  # what belongs to a thread


def empty_texts(conn: Connection, before: datetime, limit: int) -> int:
    """Forget the words of mails that were recorded before that moment."""
    old = and_(messages.c.text.is_not(None), messages.c.recorded_at < before)
    ids = conn.scalars(select(messages.c.id).where(old).limit(limit)).all()
    if ids:
        conn.execute(update(messages).where(messages.c.id.in_(ids)).values(text=None))
    return len(ids)


def empty_ratings(conn: Connection, before: datetime, limit: int) -> int:
    """Forget the words of ratings that were given before that moment; the stars stay."""
    worded = func.length(events.c.detail) > WITHOUT_WORDS
    old = and_(events.c.what == RATED, worded, events.c.at < before)
    ids = conn.scalars(select(events.c.id).where(old).limit(limit)).all()
    if ids:
        short = func.substr(events.c.detail, 1, WITHOUT_WORDS)
        conn.execute(update(events).where(events.c.id.in_(ids)).values(detail=short))
    given = and_(ratings.c.words.is_not(None), ratings.c.rated_at < before)
    rated = conn.scalars(select(ratings.c.thread_id).where(given).limit(limit)).all()
    if rated:
        conn.execute(update(ratings).where(ratings.c.thread_id.in_(rated)).values(words=None))
    return len(ids) + len(rated)


def empty_letters(conn: Connection, before: datetime, limit: int) -> int:
    """Forget the words of our own mails that were sent, or given up, before that moment."""
    finished = func.coalesce(outbox.c.sent_at, outbox.c.attempted_at, outbox.c.created_at)
    old = and_(outbox.c.raw.is_not(None), outbox.c.state.in_(_DONE), finished < before)
    keys = conn.scalars(select(outbox.c.key).where(old).limit(limit)).all()
    if keys:
        conn.execute(update(outbox).where(outbox.c.key.in_(keys)).values(raw=None))
    return len(keys)


def empty_drafts(conn: Connection, before: datetime, limit: int) -> int:
    """Forget the words of drafts that were made before that moment; one that lies there still is then left there."""
    old = and_(drafts.c.raw.is_not(None), drafts.c.state != DraftState.READY, drafts.c.created_at < before)
    ids = conn.scalars(select(drafts.c.thread_id).where(old).limit(limit)).all()
    if ids:
        conn.execute(update(drafts).where(drafts.c.thread_id.in_(ids)).values(raw=None))
    return len(ids)


def delete_threads(conn: Connection, before: datetime, limit: int) -> int:
    """Delete threads that nothing has touched since that moment, with all that hangs on them."""
    over = or_(threads.c.state.not_in(_OPEN), ~threads.c.clock)
    query = select(threads.c.id).where(over, threads.c.updated_at < before).limit(limit)
    # Another replica that is at it keeps its rows; a mail that touches one just now keeps it alive.
    ids = conn.scalars(query.with_for_update(skip_locked=True)).all()
    if ids:
        for table in _HANGING:
            conn.execute(delete(table).where(table.c.thread_id.in_(ids)))
        conn.execute(delete(threads).where(threads.c.id.in_(ids)))
    return len(ids)


def delete_messages(conn: Connection, before: datetime, limit: int) -> int:
    """Delete records of mails that belong to no thread, and what is remembered of them."""
    homeless = and_(links.c.thread_id.is_(None), links.c.recorded_at < before)
    some = conn.scalars(select(links.c.fingerprint).where(homeless).limit(limit)).all()
    if some:
        conn.execute(delete(links).where(homeless, links.c.fingerprint.in_(some)))
    return len(some) + _delete(conn, messages, messages.c.id, messages.c.recorded_at < before, limit)


def delete_events(conn: Connection, before: datetime, limit: int) -> int:
    """Delete events that belong to no thread."""
    return _delete(conn, events, events.c.id, events.c.at < before, limit)


def delete_letters(conn: Connection, before: datetime, limit: int) -> int:
    """Delete records of our own mails that belong to no thread (digests, alerts) and are done with."""
    old = and_(outbox.c.state.in_(_DONE), outbox.c.created_at < before)
    return _delete(conn, outbox, outbox.c.key, old, limit)


def _delete(
    conn: Connection, table: Table, key: ColumnElement[object], old: ColumnElement[bool], limit: int
) -> int:
    query = select(key).where(table.c.thread_id.is_(None), old).limit(limit)
    keys = conn.scalars(query.with_for_update(skip_locked=True)).all()
    if keys:
        conn.execute(delete(table).where(key.in_(keys)))
    return len(keys)
