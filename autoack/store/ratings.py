"""Customers' ratings: one vote a thread holds; each is also an event, from which the digest counts."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from autoack.core.feedback import MOST_VOTES, RATED, Vote, Voted, event_of, voted
from autoack.store.sql import insert
from autoack.store.tables import events, ratings, threads
from autoack.store.threads import add_events, read


def vote(
    conn: Connection,
    ref: str,
    stars: int,
    words: str,
    via: str,
    now: datetime,
    *,
    written_at: datetime | None = None,
) -> Voted | None:
    """Record how the customer of this thread rates us; `via`: web or mail, which may be read long after `written_at`.

    It takes the place of an earlier vote. None where nothing new was said, where a later one holds already, where
    the thread has taken MOST_VOTES or is not on record. Raises ValueError where it is not one of 1 to 5 stars.
    """
    # Locked, so that of two votes at once the later finds the earlier (SQLite has one writer at a time).
    row = conn.execute(select(threads).where(threads.c.ref == ref).with_for_update()).one_or_none()
    if row is None:
        return None
    thread, before = read(row), get(conn, ref)
    if before and written_at and written_at < before.at:
        return None
    new = voted(before, stars, words, via, now)
    if new is None or _taken(conn, row.id) >= MOST_VOTES:
        return None
    values = {"stars": new.stars, "words": new.words or None, "via": via, "rated_at": now}
    upsert = insert(conn, ratings).values(thread_id=row.id, mailbox=thread.mailbox, **values)
    conn.execute(upsert.on_conflict_do_update(index_elements=["thread_id"], set_=values))
    add_events(conn, [event_of(thread, new)])
    return Voted(thread, new)


def _taken(conn: Connection, thread_id: int) -> int:
    """How many votes the thread has taken."""
    those = [events.c.thread_id == thread_id, events.c.what == RATED]
    return conn.scalar(select(func.count()).where(*those)) or 0


def get(conn: Connection, ref: str) -> Vote | None:
    """The vote that holds for this thread."""
    query = select(ratings).join_from(ratings, threads).where(threads.c.ref == ref)
    row = conn.execute(query).one_or_none()
    return Vote(row.stars, row.words or "", row.via, row.rated_at) if row else None
