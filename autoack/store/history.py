"""What happened in a night's time: the questions that the digest asks of the database. Who waits: store/past.py.

Exact for ever, as long as retention keeps the rows: answers, receipts, bounces, failures, mails by verdict. What
stands still at a moment (put off, held, in quarantine) no event tells later: it is noted when a digest is queued.
Where a digest is about some mailboxes only, `boxes` has their ids; None is all.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, true
from sqlalchemy.sql import FromClause, Select

from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState
from autoack.core.digest import Answered, Bounced, FailedMail, Standing
from autoack.core.feedback import RATED, of_detail
from autoack.core.message import Kind, Outcome
from autoack.core.satisfaction import VOICED, Rated, Voiced
from autoack.store.tables import events, messages, outbox, quarantine, threads
from autoack.store.threads import add_events

Boxes = Collection[str] | None

_QUEUED = "digest"  # the event that notes how things stood


# --- how the day went --------------------------------------------------------------------------------------


def answers(
    conn: Connection, since: datetime, until: datetime, as_of: datetime, boxes: Boxes = None
) -> tuple[Answered, ...]:
    """The answers to customers who waited that were seen after `since` up to `until`, in order.

    An answer known by a flag only does not count once the Sent copy showed, up to `as_of`, that it went elsewhere.
    Since when its customer had waited is exact for the last wait of a thread; before, to the time that passed
    between an answer and our seeing it.
    """
    earlier = events.alias("earlier")
    came_before = exists().where(
        earlier.c.thread_id == events.c.thread_id, earlier.c.id < events.c.id, _stands(earlier, as_of)
    )
    rows = conn.execute(
        select(
            events.c.at,
            events.c.seconds,
            (~came_before).label("first"),
            threads.c.mailbox,
            threads.c.policy,
            threads.c.category,
            threads.c.waiting_since,
        )
        .join(threads, threads.c.id == events.c.thread_id)
        .where(_within(events.c.at, since, until), _stands(events, as_of), _in(threads.c.mailbox, boxes))
        .order_by(events.c.at, events.c.id)
    )
    return tuple(_answered(row) for row in rows)


def _stands(answer: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """Whether an event is an answer to a customer who waited, and not one that was taken back."""
    later = events.alias()
    undone = exists().where(
        later.c.thread_id == answer.c.thread_id,
        later.c.reason == "flag-undone",
        later.c.id > answer.c.id,
        later.c.at <= as_of,
    )
    by_a_person = answer.c.reason.is_distinct_from("flag")
    return and_(answer.c.what == "answer", answer.c.seconds.is_not(None), or_(by_a_person, ~undone))


def _answered(row: Any) -> Answered:
    since = row.at - timedelta(seconds=row.seconds)
    # An answer is seen after it was given: the last wait began no later than that.
    if row.waiting_since is not None and row.waiting_since <= since:
        since = row.waiting_since
    return Answered(
        at=row.at,
        since=since,
        seconds=row.seconds,
        first=bool(row.first),
        mailbox=row.mailbox,
        policy=row.policy,
        category=row.category,
    )


def ratings(conn: Connection, since: datetime, until: datetime, boxes: Boxes = None) -> tuple[Rated, ...]:
    """The votes that customers gave after `since` up to `until`, also those that they changed, in order."""
    rows = conn.execute(
        select(
            events.c.at,
            events.c.detail,
            threads.c.ref,
            threads.c.mailbox,
            threads.c.subject,
            threads.c.customer_name,
            threads.c.customer_as_written,
        )
        .join(threads, threads.c.id == events.c.thread_id)
        .where(events.c.what == RATED, _within(events.c.at, since, until), _in(threads.c.mailbox, boxes))
        .order_by(events.c.at, events.c.id)
    )
    return tuple(
        Rated(
            row.at,
            row.ref,
            row.mailbox,
            row.subject,
            row.customer_name or row.customer_as_written,
            row.customer_as_written,
            *of_detail(row.detail),
        )
        for row in rows
    )


def voiced(conn: Connection, since: datetime, until: datetime, boxes: Boxes = None) -> tuple[Voiced, ...]:
    """The complaints and the praise that came after `since` up to `until`, in order."""
    rows = conn.execute(
        select(events.c.at, threads.c.ref, events.c.what)
        .join(threads, threads.c.id == events.c.thread_id)
        .where(events.c.what.in_(VOICED), _within(events.c.at, since, until))
        .where(_in(threads.c.mailbox, boxes))
        .order_by(events.c.at, events.c.id)
    )
    return tuple(Voiced(*row) for row in rows)


def receipts_sent(conn: Connection, since: datetime, until: datetime, boxes: Boxes = None) -> int:
    """How many receipts the servers took."""
    return _count(
        conn,
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.kind == MailKind.RECEIPT, outbox.c.state == OutboxState.SENT)
        .where(_within(outbox.c.sent_at, since, until), _in(outbox.c.mailbox, boxes)),
    )


def not_answered(
    conn: Connection, since: datetime, until: datetime, boxes: Boxes = None
) -> Mapping[tuple[str, str], int]:
    """How many mails got no receipt, by kind and reason; not the team's, our own, and repetitions."""
    rows = conn.execute(
        select(messages.c.kind, messages.c.reason, func.count())
        .where(_within(messages.c.recorded_at, since, until), _in(messages.c.mailbox, boxes))
        .where(messages.c.verdict != Outcome.RECEIPT, messages.c.reason != "duplicate")
        .where(messages.c.kind.not_in([Kind.TEAM, Kind.OWN]))
        .group_by(messages.c.kind, messages.c.reason)
    )
    return {(kind, reason): n for kind, reason, n in rows}


def bounced(conn: Connection, since: datetime, until: datetime, boxes: Boxes = None) -> tuple[Bounced, ...]:
    """The customers' addresses that turned out to take no mail, each once with the last word on it."""
    rows = conn.execute(
        select(events.c.who, events.c.detail)
        .where(events.c.what == "undeliverable", _within(events.c.at, since, until))
        .where(_in(events.c.mailbox, boxes))
        .order_by(events.c.at, events.c.id)
    )
    return tuple(Bounced(who, why) for who, why in {row.who or "": row.detail for row in rows}.items())


def failed_mails(
    conn: Connection, since: datetime, until: datetime, boxes: Boxes = None
) -> tuple[FailedMail, ...]:
    """The mails that were given up meanwhile, in order; not those that were withdrawn or dropped on purpose.

    A thread's timeline has them; mails of no thread are found in the outbox, until they are retried.
    """
    told = conn.execute(
        select(events.c.detail)
        .where(events.c.what == OutboxState.FAILED, _within(events.c.at, since, until))
        .where(_in(events.c.mailbox, boxes))
        .order_by(events.c.at, events.c.id)
    )
    when = func.coalesce(outbox.c.attempted_at, outbox.c.created_at)
    others = conn.execute(
        select(outbox.c.kind, outbox.c.to, outbox.c.error)
        .where(outbox.c.thread_id.is_(None), outbox.c.state == OutboxState.FAILED)
        .where(_within(when, since, until), _in(outbox.c.mailbox, boxes))
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


# --- what stands still, and what was queued ----------------------------------------------------------------


def standing(conn: Connection, boxes: Boxes = None) -> Standing:
    """How many of our mails are put off or held back now, and how many mails lie in quarantine."""
    return Standing(
        deferred=_rows_in(conn, OutboxState.DEFERRED, boxes),
        held=_rows_in(conn, OutboxState.HELD, boxes),
        quarantined=_count(
            conn, select(func.count()).select_from(quarantine).where(_in(quarantine.c.mailbox, boxes))
        ),
    )


def note_standing(conn: Connection, key: str, then: Standing, now: datetime) -> None:
    """Note how things stood when the digest of that key was queued: nothing else tells it later."""
    add_events(conn, [Event(now, _QUEUED, key, json.dumps(asdict(then)))])


def noted_standing(conn: Connection, key: str, queued: datetime) -> Standing | None:
    """How things stood when the digest of that key was queued, at `queued`; None where nobody noted it."""
    found = conn.execute(
        select(events.c.detail).where(events.c.at == queued, events.c.what == _QUEUED, events.c.who == key)
    ).scalar()
    return None if found is None else Standing(**json.loads(found))


def queued_at(conn: Connection, key: str) -> datetime | None:
    """When the outbox row of that key was made; None where there is none."""
    return conn.execute(select(outbox.c.created_at).where(outbox.c.key == key)).scalar_one_or_none()


def queued(conn: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys that have an outbox row."""
    return frozenset(conn.execute(select(outbox.c.key).where(outbox.c.key.in_(keys))).scalars())


def _within(moment: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(moment > since, moment <= until)


def _in(mailbox: ColumnElement[str], boxes: Boxes) -> ColumnElement[bool]:
    return true() if boxes is None else mailbox.in_(sorted(boxes))


def _rows_in(conn: Connection, state: OutboxState, boxes: Boxes) -> int:
    which = [outbox.c.state == state, _in(outbox.c.mailbox, boxes)]
    return _count(conn, select(func.count()).select_from(outbox).where(*which))


def _count(conn: Connection, query: Select[int]) -> int:
    return int(conn.execute(query).scalar_one())
