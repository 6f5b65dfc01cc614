"""Who waited at a moment, whose the threads were, and what had been done: the present, or wound back by events.

Exact for the present, for the past of each thread's last wait, and for earlier ones by what their events tell: when
they began, what was promised, and what a change of policies made of that. Of waits that an older version recorded
the promises are counted anew. Subject, priority and category of a thread are those that it has when asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select
from sqlalchemy.sql import Select

from autoack.core.delivery import MailKind
from autoack.core.recompute import RECOMPUTED, moved_times
from autoack.core.thread import State
from autoack.core.waiting import (
    STARTS,
    STOPS,
    Promises,
    Told,
    Turn,
    Waiting,
    as_promised,
    assignee_at,
    rewound,
    terms_in,
)
from autoack.store.history import Boxes
from autoack.store.sql import chunks
from autoack.store.tables import events, threads

_STEPS = [MailKind.REMINDER.value, MailKind.ESCALATION.value, MailKind.NOTICE.value]
# How the detail of an `assign` event begins; the person's id follows, and a comma or nothing.
_ASSIGNED = "assigned to "


def waiting_at(
    conn: Connection, at: datetime, horizon: datetime, promises: Promises, boxes: Boxes = None
) -> tuple[Waiting, ...]:
    """The threads that waited at a moment and had a promise to keep before `horizon`.

    A thread that nothing has touched since is read as it stands; the others are wound back by their events.
    """
    still = conn.execute(
        _threads(boxes)
        .where(threads.c.state == State.WAITING, threads.c.clock, threads.c.updated_at <= at)
        .where(or_(threads.c.promised_at < horizon, threads.c.resolve_at < horizon))
        .where(threads.c.id.not_in(_recounted_after(at)))
    )
    later = or_(threads.c.updated_at > at, threads.c.id.in_(_recounted_after(at)))
    touched = and_(threads.c.created_at <= at, later)
    return (
        *(_waiting(row) for row in still),
        *(w for w in _wound_back(conn, touched, at, promises, boxes) if _before(w, horizon)),
    )


def last_steps(conn: Connection, waiting: Iterable[Waiting], at: datetime) -> dict[str, Told]:
    """What had last gone out to people about the wait of each of these threads by that moment, by reference."""
    since = {wait.ref: wait.waiting_since for wait in waiting}
    found: dict[str, Told] = {}
    for chunk in chunks(since):
        rows = conn.execute(
            select(threads.c.ref, events.c.at, events.c.what, events.c.who)
            .join(threads, threads.c.id == events.c.thread_id)
            .where(threads.c.ref.in_(chunk), events.c.what.in_(_STEPS), events.c.at <= at)
            .order_by(events.c.at, events.c.id)
        )
        for row in rows:
            if row.at < since[row.ref]:
                continue
            before, who = found.get(row.ref), (row.who,) if row.who else ()
            together = before is not None and (before.what, before.at) == (row.what, row.at)
            found[row.ref] = Told(row.what, row.at, (*before.who, *who) if before and together else who)
    return found


def _recounted_after(at: datetime) -> Select[Any]:
    """The threads whose times were counted anew since, which leaves them untouched for all else."""
    return select(events.c.thread_id).where(
        events.c.at > at, events.c.what == RECOMPUTED, events.c.thread_id.is_not(None)
    )


def _threads(boxes: Boxes) -> Select[Any]:
    query = select(
        threads.c.id,
        threads.c.ref,
        threads.c.mailbox,
        threads.c.subject,
        threads.c.customer_as_written.label("customer_address"),
        threads.c.customer_name,
        threads.c.assignee,
        threads.c.waiting_since,
        threads.c.promised_at,
        threads.c.resolve_at,
        threads.c.priority,
        threads.c.category,
        threads.c.policy,
    ).where(threads.c.waiting_since.is_not(None))
    return query if boxes is None else query.where(threads.c.mailbox.in_(sorted(boxes)))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(**{name: value for name, value in row._mapping.items() if name != "id"})


def _before(waiting: Waiting, horizon: datetime) -> bool:
    return any(at is not None and at < horizon for at in (waiting.promised_at, waiting.resolve_at))


def _wound_back(
    conn: Connection, which: ColumnElement[bool], at: datetime, promises: Promises, boxes: Boxes
) -> Iterator[Waiting]:
    found = {row.id: _waiting(row) for row in conn.execute(_threads(boxes).where(which))}
    if not found:
        return
    log = conn.execute(
        select(events.c.thread_id, events.c.at, events.c.what, events.c.reason, events.c.detail)
        .join(threads, threads.c.id == events.c.thread_id)
        .where(which, events.c.what.in_([*STARTS, *STOPS, "assign", RECOMPUTED]))
        .order_by(events.c.thread_id, events.c.at, events.c.id)
    )
    for thread_id, rows in groupby(log, key=lambda row: row.thread_id):
        if thread_id in found:
            then = _then(found[thread_id], list(rows), at, promises)
            if then is not None:
                yield then


def _then(thread: Waiting, log: Sequence[Any], at: datetime, promises: Promises) -> Waiting | None:
    turns = [
        Turn(row.at, row.what, row.reason, terms_in(row.detail)) for row in log if row.what in STARTS | STOPS
    ]
    assigned = [
        (row.at, row.detail.removeprefix(_ASSIGNED).partition(",")[0])
        for row in log
        if row.what == "assign" and row.detail.startswith(_ASSIGNED)
    ]
    recounted = [(row.at, moved_times(row.detail)) for row in log if row.what == RECOMPUTED]
    waited = rewound(thread, turns, at, promises)
    if waited is None:
        return None
    waited = as_promised(waited, turns, recounted, at)
    return replace(waited, assignee=assignee_at(thread.assignee, assigned, at))
