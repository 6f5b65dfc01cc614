"""The mails that we intend to send: queued once under their key, claimed, sent, put off or held."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    literal,
    null,
    or_,
    select,
    update,
)

from autoack.core.decision import Event
from autoack.core.delivery import (
    DRY_RUN,
    PAUSED,
    PROMISE_PASSED,
    TOO_LATE,
    MailKind,
    OutboxState,
    Outgoing,
)
from autoack.store import meta
from autoack.store.engine import is_rehearsal, is_sqlite
from autoack.store.sql import chunks, insert_new, moment, run
from autoack.store.tables import outbox, still_open, threads
from autoack.store.threads import add_events, ids_of

_LONGEST_ATTEMPT = timedelta(minutes=10)  # a replica that has been at it for longer is gone
_CUSTOMERS = [kind.value for kind in MailKind if kind.to_customer]
_OPEN = [OutboxState.READY.value, OutboxState.DEFERRED.value]
_UNSENT = [*_OPEN, OutboxState.HELD.value]

_COLUMNS = [  # Outgoing's fields, in their order
    outbox.c.key,
    outbox.c.kind,
    outbox.c.mailbox,
    outbox.c.to_as_written,
    outbox.c.message_id,
    outbox.c.raw,
    outbox.c.created_at,
    outbox.c.next_at,
    threads.c.ref,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.attempted_at,
    outbox.c.sent_at,
    outbox.c.error,
    outbox.c.expires_at,
]
_JOINED = outbox.outerjoin(threads, threads.c.id == outbox.c.thread_id)

# What every mail goes through: built once, and what every mail changes past SQLAlchemy's preparations.
_MAY_GO = [
    outbox.c.mailbox == bindparam("of"),
    still_open,
    outbox.c.state.in_(_OPEN),
    outbox.c.kind.not_in(bindparam("but", expanding=True)),
]
_READY = (
    select(*_COLUMNS)
    .select_from(_JOINED)
    .where(*_MAY_GO, outbox.c.next_at <= bindparam("now"))
    .order_by(outbox.c.next_at, outbox.c.key)
    .limit(bindparam("most"))
)
_NEXT = select(outbox.c.next_at).where(*_MAY_GO).order_by(outbox.c.next_at, outbox.c.key).limit(1)
_CLAIM = (
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempted_at = ? "
    "WHERE key IN ({keys}) AND state IN ('ready', 'deferred') RETURNING key"
)
_SENT = "UPDATE outbox SET state = 'sent', sent_at = ?, error = NULL WHERE key = ?"
_GIVE_BACK = "UPDATE outbox SET state = 'ready', attempts = attempts - 1 WHERE key = ? AND state = 'sending'"
_NOT_SENT = (
    update(outbox)
    .where(outbox.c.key == bindparam("which"), outbox.c.state == OutboxState.SENDING)
    .values({name: bindparam(f"new_{name}") for name in ("state", "next_at", "error")})
)


# --- queueing ----------------------------------------------------------------------------------------------


def add(conn: Connection, rows: Sequence[Outgoing]) -> set[str]:
    """Queue the mails; returns the keys that are new. A key that is on record stays as it is.

    In a dry run they are given up at once: no later run is to send them as a surprise.
    """
    before: set[str] = set()
    for chunk in chunks(row.key for row in rows):
        before.update(conn.scalars(select(outbox.c.key).where(outbox.c.key.in_(chunk))))
    new = {row.key: row for row in reversed(rows) if row.key not in before}
    ids = ids_of(conn, (row.thread_ref for row in new.values()))
    rehearsal = is_rehearsal(conn)
    if rehearsal:
        new = {key: replace(row, state=OutboxState.FAILED, error=DRY_RUN) for key, row in new.items()}
    insert_new(conn, outbox, [_values(row, ids) for row in new.values()])
    if rehearsal:
        of_threads = [row for row in new.values() if row.thread_ref]
        add_events(conn, [_event(row, row.state.value, row.created_at, row.error) for row in of_threads])
    return set(new)


def exists(conn: Connection, key: str) -> bool:
    """Whether a mail with this key was ever queued."""
    return conn.scalar(select(literal(1)).where(outbox.c.key == key)) is not None


# --- sending -----------------------------------------------------------------------------------------------


def ready(conn: Connection, mailbox: str, limit: int, now: datetime) -> list[Outgoing]:
    """Up to `limit` mails that are due, the longest due first; whoever sends one claims it first.

    What is paused stays; what has expired is told too, for its sender to fail it.
    """
    values = {**_waiting(conn, mailbox), "now": now, "most": limit}
    return [_read(row) for row in conn.execute(_READY, values).all()]


def claim(conn: Connection, keys: Sequence[str], now: datetime) -> set[str]:
    """Register an attempt at each of these mails; returns those that are ours now.

    No two claimers get the same mail, and nobody gets one that was held or dropped meanwhile.
    """
    if not keys:
        return set()
    statement = _CLAIM.format(keys=", ".join("?" * len(keys)))
    return set(run(conn, statement, (moment(conn, now), *keys)).scalars().all())


def next_at(conn: Connection, mailbox: str) -> datetime | None:
    """When the next mail of this mailbox may go; None where none waits."""
    earliest: datetime | None = conn.scalar(_NEXT, _waiting(conn, mailbox))
    return earliest


def finish(conn: Connection, rows: Sequence[Outgoing], now: datetime) -> None:
    """Record what became of mails that were claimed: their state, times and error.

    What was dropped or sent meanwhile stays so; that a mail was sent is recorded in any case. A mail that was
    not sent gets a line in its thread's timeline; for one that was, the outbox itself is the record. One that is
    ready again was not attempted after all.
    """
    sent = [(moment(conn, row.sent_at), row.key) for row in rows if row.state is OutboxState.SENT]
    back = [(row.key,) for row in rows if row.state is OutboxState.READY]
    unsent = [row for row in rows if row.state not in (OutboxState.SENT, OutboxState.READY)]
    if sent:
        run(conn, _SENT, sent)
    if back:
        run(conn, _GIVE_BACK, back)
    if unsent:
        conn.execute(_NOT_SENT, [_outcome(row) for row in unsent])
        add_events(conn, [_event(row, row.state.value, now, row.error) for row in unsent if row.thread_ref])


def recover(conn: Connection, now: datetime, *, starting: bool = True) -> list[str]:
    """After a crash: mails found in `sending` go again, under the same Message-ID. Returns their keys.

    On PostgreSQL another replica may be at work, and once we have started (`starting` False) we are ourselves:
    then a mail counts as left behind after ten minutes.
    """
    left = [outbox.c.state == OutboxState.SENDING]
    if not (starting and is_sqlite(conn)):
        left.append(outbox.c.attempted_at < now - _LONGEST_ATTEMPT)
    rows = _change(conn, {"state": OutboxState.READY, "next_at": now}, *left)
    because = "the earlier attempt was either not handed over or not recorded"
    add_events(conn, [_event(row, "resend", now, because) for row in rows])
    return [row.key for row in rows]


# --- looking -----------------------------------------------------------------------------------------------


def by_key(conn: Connection, key: str) -> Outgoing | None:
    """The mail under this key."""
    row = conn.execute(_outgoing().where(outbox.c.key == key)).one_or_none()
    return _read(row) if row else None


def unsent(conn: Connection, thread_ref: str) -> list[Outgoing]:
    """A thread's mails that are still to go or held back, the next first, without their letters."""
    query = _outgoing(raw=False).where(threads.c.ref == thread_ref, outbox.c.state.in_(_UNSENT))
    return [_read(row) for row in conn.execute(query.order_by(outbox.c.next_at, outbox.c.key))]


def listing(conn: Connection, states: Iterable[OutboxState] = tuple(OutboxState)) -> list[Outgoing]:
    """The mails in these states, the oldest first. `raw` is left empty: a list does not need the letters."""
    query = _outgoing(raw=False).where(outbox.c.state.in_([state.value for state in states]))
    return [_read(row) for row in conn.execute(query.order_by(outbox.c.created_at, outbox.c.key))]


# --- steering ----------------------------------------------------------------------------------------------


def retry(conn: Connection, key: str, now: datetime) -> bool:
    """Let a mail that failed or waits go now, late as it may be; whether there was such a mail."""
    states = [OutboxState.FAILED.value, OutboxState.DEFERRED.value]
    values = {"state": OutboxState.READY, "next_at": now, "error": None, "expires_at": None}
    rows = _change(conn, values, outbox.c.key == key, outbox.c.state.in_(states), outbox.c.raw.is_not(None))
    add_events(conn, [_event(row, "retry", now) for row in rows])
    return bool(rows)


def drop(conn: Connection, key: str, now: datetime, reason: str) -> bool:
    """Give a mail up that was not sent; whether there was such a mail.

    One that is being sent just now may go out all the same: then it is recorded as sent.
    """
    states = [*_UNSENT, OutboxState.SENDING.value]
    values = {"state": OutboxState.FAILED, "error": reason}
    rows = _change(conn, values, outbox.c.key == key, outbox.c.state.in_(states))
    add_events(conn, [_event(row, "dropped", now, reason) for row in rows])
    return bool(rows)


def withdraw(
    conn: Connection,
    thread_refs: Iterable[str],
    kinds: Collection[MailKind],
    now: datetime,
    reason: str,
    *,
    put_off: bool = False,
) -> int:
    """Give up the unsent mails of these kinds and threads, which nobody needs now; returns how many.

    `put_off`: only those that are held, or whose time is still to come.
    """
    withdrawn = 0
    for chunk in chunks(thread_refs):
        of_threads = outbox.c.thread_id.in_(select(threads.c.id).where(threads.c.ref.in_(chunk)))
        which: list[ColumnElement[bool]] = [
            of_threads,
            outbox.c.kind.in_(kinds),
            outbox.c.state.in_(_UNSENT),
        ]
        if put_off:
            which.append(or_(outbox.c.state == OutboxState.HELD, outbox.c.next_at > now))
        rows = _change(conn, {"state": OutboxState.FAILED, "error": reason}, *which)
        add_events(conn, [_event(row, "withdrawn", now, reason) for row in rows])
        withdrawn += len(rows)
    return withdrawn


def hold(conn: Connection, mailbox: str, now: datetime) -> int:
    """Hold back what waits to go to customers of this mailbox; returns how many mails that are."""
    values = {"state": OutboxState.HELD, "error": PAUSED}
    rows = _change(conn, values, *_to_customers(mailbox), outbox.c.state.in_(_OPEN))
    add_events(conn, [_event(row, "held", now, PAUSED) for row in rows])
    return len(rows)


def release(conn: Connection, mailbox: str, now: datetime) -> tuple[int, int]:
    """Let go what was held back; returns how many mails may go now, and how many were too late and failed.

    Too late is what has expired, and a receipt that promises a time which has passed: it was written before. What
    was to go later only (`receipt_delay`) still goes then.
    """
    held = [*_to_customers(mailbox), outbox.c.state == OutboxState.HELD]
    given_up = _give_up(conn, TOO_LATE, now, *held, outbox.c.expires_at <= now)
    of = threads.alias()
    promised = select(of.c.id).where(of.c.id == outbox.c.thread_id, of.c.promised_at > outbox.c.created_at)
    broken = [outbox.c.kind == MailKind.RECEIPT, promised.where(of.c.promised_at <= now).exists()]
    given_up += _give_up(conn, PROMISE_PASSED, now, *held, *broken)
    later = and_(outbox.c.attempts == 0, outbox.c.next_at > now)
    goes_at = case((later, outbox.c.next_at), else_=literal(now, outbox.c.next_at.type))
    rows = _change(conn, {"state": OutboxState.READY, "next_at": goes_at, "error": None}, *held)
    add_events(conn, [_event(row, "released", now) for row in rows])
    return len(rows), given_up


# --- the parts of which these are made ---------------------------------------------------------------------


def _outgoing(*, raw: bool = True) -> Select[Any]:
    columns = [column if raw or column is not outbox.c.raw else null() for column in _COLUMNS]
    return select(*columns).select_from(_JOINED)


def _read(row: Sequence[Any]) -> Outgoing:
    key, kind, mailbox, to, message_id, raw, created, next_at, ref, state, *rest = row
    return Outgoing(
        *(key, MailKind(kind), mailbox, to, message_id, raw or b"", created, next_at, ref),
        *(OutboxState(state), *rest),
    )


def _values(row: Outgoing, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "key": row.key,
        "kind": row.kind,
        "mailbox": row.mailbox,
        "thread_id": ids[row.thread_ref] if row.thread_ref else None,
        "to": row.to.casefold(),
        "to_as_written": row.to,
        "state": row.state,
        "attempts": row.attempts,
        "next_at": row.next_at,
        "created_at": row.created_at,
        "attempted_at": row.attempted_at,
        "sent_at": row.sent_at,
        "expires_at": row.expires_at,
        "error": row.error,
        "message_id": row.message_id,
        "raw": row.raw,
    }


def _outcome(row: Outgoing) -> dict[str, Any]:
    return {
        "which": row.key,
        "new_state": row.state,
        "new_next_at": row.next_at,
        "new_error": row.error,
    }


def _change(conn: Connection, values: dict[str, Any], *which: ColumnElement[bool]) -> list[Outgoing]:
    """Change the mails for which all of `which` holds; returns them as they were, without `raw`."""
    query = _outgoing(raw=False).where(*which).order_by(outbox.c.key).with_for_update(of=outbox)
    rows = [_read(row) for row in conn.execute(query)]
    if rows:
        conn.execute(update(outbox).where(*which).values(values))
    return rows


def _give_up(conn: Connection, why: str, now: datetime, *which: ColumnElement[bool]) -> int:
    """Fail the mails whose time is over."""
    rows = _change(conn, {"state": OutboxState.FAILED, "error": why}, *which)
    add_events(conn, [_event(row, "failed", now, why) for row in rows])
    return len(rows)


def _waiting(conn: Connection, mailbox: str) -> dict[str, Any]:
    """What _MAY_GO asks for: in a pause, not what goes to customers."""
    return {"of": mailbox, "but": _CUSTOMERS if mailbox in meta.paused(conn) else []}


def _to_customers(mailbox: str) -> list[ColumnElement[bool]]:
    return [outbox.c.mailbox == mailbox, outbox.c.kind.in_(_CUSTOMERS)]


def _event(row: Outgoing, what: str, now: datetime, because: str | None = None) -> Event:
    detail = f"{row.kind} {row.to}" + (f": {because}" if because else "")
    return Event(now, what, None, detail, None, row.thread_ref, row.mailbox)
