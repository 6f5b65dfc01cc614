"""What happened in a night's time, and who waits: the questions that the digest asks of the database.

Exact for ever, as long as retention keeps the rows: answers, receipts, failures, mails by verdict. Exact for
the present, and for the past of each thread's last wait: who waits (`waiting_at`). As they stand when asked:
subject and assignee of a thread, deferred and held mails, quarantine.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select
from sqlalchemy.sql import Select

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.digest import (
    STARTS,
    STOPS,
    Facts,
    FailedMail,
    Night,
    Promises,
    Turn,
    Waiting,
    rewound,
)
from autoack.core.message import Kind, Outcome
from autoack.core.thread import State
from autoack.store.tables import events, messages, outbox, quarantine, threads


def facts(conn: Connection, night: Night, as_of: datetime, horizon: datetime, promises: Promises) -> Facts:
    """All that the store knows of a night; `horizon` is the moment before which a promise falls due soon."""
    since, until = night.since, min(as_of, night.moment)
    return Facts(
        waiting=waiting_at(conn, as_of, horizon, promises),
        answer_seconds=answer_seconds(conn, since, until),
        receipts=receipts_sent(conn, since, until),
        not_answered=not_answered(conn, since, until),
        failed=failed_mails(conn, since, until),
        deferred=_rows_in(conn, OutboxState.DEFERRED),
        held=_rows_in(conn, OutboxState.HELD),
        quarantined=_count(conn, select(func.count()).select_from(quarantine)),
    )


def queued_at(conn: Connection, key: str) -> datetime | None:
    """When the outbox row of that key was made; None where there is none."""
    return conn.execute(select(outbox.c.created_at).where(outbox.c.key == key)).scalar_one_or_none()


def queued(conn: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys that have an outbox row."""
    return frozenset(conn.execute(select(outbox.c.key).where(outbox.c.key.in_(keys))).scalars())


# --- who waits ---------------------------------------------------------------------------------------------


def waiting_at(conn: Connection, at: datetime, horizon: datetime, promises: Promises) -> tuple[Waiting, ...]:
    """The threads that waited at a moment and had a promise to keep before `horizon`.

    A thread that nothing has touched since is read as it stands; the others are wound back by their events.
    """
    still = conn.execute(
        _threads()
        .where(threads.c.state == State.WAITING, threads.c.clock, threads.c.updated_at <= at)
        .where(or_(threads.c.promised_at < horizon, threads.c.resolve_at < horizon))
    )
    touched = and_(threads.c.created_at <= at, threads.c.updated_at > at)
    return (
        *(_waiting(row) for row in still),
        *(w for w in _wound_back(conn, touched, at, promises) if _before(w, horizon)),
    )


def _threads() -> Select[Any]:
    return select(
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
    ).where(threads.c.waiting_since.is_not(None))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(**{name: value for name, value in row._mapping.items() if name != "id"})


def _before(waiting: Waiting, horizon: datetime) -> bool:
    return any(at is not None and at < horizon for at in (waiting.promised_at, waiting.resolve_at))


def _wound_back(
    conn: Connection, which: ColumnElement[bool], at: datetime, promises: Promises
) -> list[Waiting]:
    found = {row.id: _waiting(row) for row in conn.execute(_threads().where(which))}
    if not found:
        return []
    log = conn.execute(
        select(events.c.thread_id, events.c.at, events.c.what, events.c.reason)
        .join(threads, threads.c.id == events.c.thread_id)
        .where(which, events.c.what.in_(STARTS | STOPS))
        .order_by(events.c.thread_id, events.c.at, events.c.id)
    )
    waits = []
    for thread_id, rows in groupby(log, key=lambda row: row.thread_id):
        turns = [Turn(row.at, row.what, row.reason) for row in rows]
        waits.append(rewound(found[thread_id], turns, at, promises) if thread_id in found else None)
    return [wait for wait in waits if wait is not None]


# --- how the day went --------------------------------------------------------------------------------------


def answer_seconds(conn: Connection, since: datetime, until: datetime) -> tuple[int, ...]:
    """How long each customer had waited who was answered in that time, in seconds of wall time.

    An answer known by a flag only does not count once the Sent copy showed that it went elsewhere.
    """
    later = events.alias("later")
    undone = exists().where(
        later.c.thread_id == events.c.thread_id,
        later.c.reason == "flag-undone",
        later.c.id > events.c.id,
    )
    rows = conn.execute(
        select(events.c.seconds)
        .where(events.c.what == "answer", events.c.seconds.is_not(None), _within(events.c.at, since, until))
        .where(~and_(events.c.reason == "flag", undone))
    )
    return tuple(rows.scalars())


def receipts_sent(conn: Connection, since: datetime, until: datetime) -> int:
    """How many receipts the servers took."""
    return _count(
        conn,
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.kind == MailKind.RECEIPT, outbox.c.state == OutboxState.SENT)
        .where(_within(outbox.c.sent_at, since, until)),
    )


def not_answered(conn: Connection, since: datetime, until: datetime) -> Mapping[tuple[str, str], int]:
    """How many mails got no receipt, by kind and reason; not the team's, our own, and repetitions."""
    rows = conn.execute(
        select(messages.c.kind, messages.c.reason, func.count())
        .where(_within(messages.c.recorded_at, since, until))
        .where(messages.c.verdict != Outcome.RECEIPT, messages.c.reason != "duplicate")
        .where(messages.c.kind.not_in([Kind.TEAM, Kind.OWN]))
        .group_by(messages.c.kind, messages.c.reason)
    )
    return {(kind, reason): n for kind, reason, n in rows}


def failed_mails(conn: Connection, since: datetime, until: datetime) -> tuple[FailedMail, ...]:
    """The mails that were given up meanwhile, in order; not those that were withdrawn or dropped on purpose.

    A thread's timeline has them; mails of no thread are found in the outbox, until they are retried.
    """
    told = conn.execute(
        select(events.c.detail)
        .where(events.c.what == OutboxState.FAILED, _within(events.c.at, since, until))
        .order_by(events.c.at, events.c.id)
    )
    when = func.coalesce(outbox.c.attempted_at, outbox.c.created_at)
    others = conn.execute(
        select(outbox.c.kind, outbox.c.to, outbox.c.error)
        .where(outbox.c.thread_id.is_(None), outbox.c.state == OutboxState.FAILED)
        .where(_within(when, since, until))
        .order_by(when, outbox.c.key)
    )
    return (
        *(_failure(detail) for detail in told.scalars()),
        *(FailedMail(kind, to, error or "") for kind, to, error in others),
    )


def _failure(detail: str) -> FailedMail:
    """Of the event's detail, which the outbox writes as `KIND TO: ERROR`."""
    kind, _, rest = detail.partition(" ")
    to, _, error = rest.partition(": ")
    return FailedMail(kind, to, error)


def _within(moment: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(moment > since, moment <= until)


def _rows_in(conn: Connection, state: OutboxState) -> int:
    return _count(conn, select(func.count()).select_from(outbox).where(outbox.c.state == state))


def _count(conn: Connection, query: Select[int]) -> int:
    return int(conn.execute(query).scalar_one())
