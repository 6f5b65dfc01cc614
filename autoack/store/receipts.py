"""Which receipts were made lately, for whom and how many: what the guards go by (core/guards.py)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.guards import MOST_IN_A_LOOP
from autoack.core.message import Outcome
from autoack.core.policy import Mailbox
from autoack.core.storm import Storm
from autoack.core.thread import Said
from autoack.store import meta
from autoack.store.sql import chunks
from autoack.store.tables import messages, outbox

_GONE = (OutboxState.SENT, OutboxState.SENDING)  # an answer may be quicker than the record of what was sent
_RECEIPT = f"{MailKind.RECEIPT}:"


def to_writers(
    conn: Connection, writers: Iterable[str], mailbox: str, since: datetime
) -> tuple[dict[str, list[datetime]], dict[str, list[Said]]]:
    """By address: when this mailbox made receipts for it, but for failed ones; and which mails those answered.

    The mails are looked up only where so many receipts have gone out that a loop may be ended.
    """
    made: dict[str, list[datetime]] = {}
    gone: dict[str, list[str]] = {}
    for chunk in chunks(writers):
        query = select(outbox.c.to, outbox.c.created_at, outbox.c.state, outbox.c.key).where(
            outbox.c.to.in_(chunk),
            outbox.c.mailbox == mailbox,
            outbox.c.kind == MailKind.RECEIPT,
            outbox.c.state != OutboxState.FAILED,
            outbox.c.created_at >= since,
        )
        for to, created_at, state, key in conn.execute(query.order_by(outbox.c.created_at)):
            made.setdefault(to, []).append(created_at)
            if state in _GONE:
                gone.setdefault(to, []).append(key.removeprefix(_RECEIPT))
    return made, _said(conn, {to: prints for to, prints in gone.items() if len(prints) >= MOST_IN_A_LOOP})


def _said(conn: Connection, fingerprints: dict[str, list[str]]) -> dict[str, list[Said]]:
    """What stood in the mails with these fingerprints."""
    said: dict[str, Said] = {}
    for chunk in chunks(one for prints in fingerprints.values() for one in prints):
        query = select(messages.c.fingerprint, messages.c.subject, messages.c.text).where(
            messages.c.fingerprint.in_(chunk), messages.c.verdict == Outcome.RECEIPT
        )
        for fingerprint, subject, text in conn.execute(query):
            said[fingerprint] = Said(subject, text or "")
    return {to: [said[one] for one in prints if one in said] for to, prints in fingerprints.items()}


def storm(conn: Connection, mailbox: Mailbox, batch: int, now: datetime) -> tuple[Storm | None, int]:
    """The storm that goes on in this mailbox, and how many receipts it made within the time of `storm`.

    They are counted only where this batch of mails, so many, can bring them to the limit. After a storm they
    count anew.
    """
    going_on, ended_at = meta.storm(conn, mailbox.id)
    since = max(filter(None, (now - mailbox.storm.within, ended_at)))
    lately = messages.c.recorded_at > since
    first = conn.scalar(select(messages.c.id).where(lately).order_by(messages.c.recorded_at).limit(1))
    last = conn.scalar(select(func.max(messages.c.id)))
    if first is None or last - first + 1 + batch <= mailbox.storm.receipts:
        return going_on, 0
    query = select(func.count()).select_from(messages)
    query = query.where(lately, messages.c.mailbox == mailbox.id, messages.c.verdict == Outcome.RECEIPT)
    return going_on, conn.scalar(query) or 0
