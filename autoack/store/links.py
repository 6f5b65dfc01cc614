"""What ties mails to threads beside their own Message-IDs: what they refer to, Gmail's threads, customers, turns."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, select

from autoack.core import subject
from autoack.core.message import Mail
from autoack.core.thread import Stray
from autoack.core.turns import Part, Turn
from autoack.store.sql import chunks, insert_new
from autoack.store.tables import links, messages, threads

_LATELY = timedelta(days=8)  # a little more than an answer is looked for by its subject


# --- what is known -----------------------------------------------------------------------------------------


def referred(conn: Connection, ids: Iterable[str], mailbox: str) -> dict[str, str]:
    """Message-IDs that mails of a thread of this mailbox refer to → its reference; the eldest link first."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        query = (
            select(links.c.refers_to, threads.c.ref)
            .join_from(links, threads)
            .where(links.c.refers_to.in_(chunk), links.c.mailbox == mailbox)
        )
        for message_id, ref in conn.execute(query.order_by(links.c.recorded_at, threads.c.id)):
            found.setdefault(message_id, ref)
    return found


def strays(conn: Connection, ids: Iterable[str], mailbox: str) -> dict[str, list[Stray]]:
    """The mails of this mailbox that belong to no thread and refer to these Message-IDs."""
    found: dict[str, list[Stray]] = {}
    same = sa.and_(messages.c.fingerprint == links.c.fingerprint, messages.c.mailbox == links.c.mailbox)
    for chunk in chunks(ids):
        query = (
            select(
                links.c.refers_to,
                messages.c.fingerprint,
                messages.c.message_id,
                messages.c.sender,
                messages.c.subject,
                messages.c.reason,
            )
            .join_from(links, messages, same)
            .where(links.c.refers_to.in_(chunk), links.c.mailbox == mailbox, links.c.thread_id.is_(None))
            .where(messages.c.thread_id.is_(None), messages.c.reason != "duplicate")
        )
        for message_id, *stray in conn.execute(query.order_by(messages.c.id)):
            found.setdefault(message_id, []).append(Stray(*stray))
    return found


def by_gmail_thread(conn: Connection, wanted: Iterable[str], mailbox: str) -> dict[str, str]:
    """Gmail's threads of this mailbox → the reference of ours."""
    found: dict[str, str] = {}
    for chunk in chunks(wanted):
        query = (
            select(messages.c.gmail_thread, threads.c.ref)
            .join_from(messages, threads)
            .where(messages.c.gmail_thread.in_(chunk), messages.c.gmail_thread.is_not(None))
            .where(messages.c.mailbox == mailbox)
        )
        for gmail_thread, ref in conn.execute(query.order_by(messages.c.id)):
            found.setdefault(gmail_thread, ref)
    return found


def by_customer(
    conn: Connection, mails: Iterable[Mail], mailbox: str, since: datetime
) -> dict[str, list[str]]:
    """The threads of those who answer without saying what, but for what was over long before `since`."""
    wanted = {mail.sender.key for mail in mails if not mail.references and subject.answers(mail.subject)}
    found: dict[str, list[str]] = {}
    for chunk in chunks(wanted):
        query = select(threads.c.customer_address, threads.c.ref).where(
            threads.c.customer_address.in_(chunk),
            threads.c.mailbox == mailbox,
            threads.c.updated_at >= since - _LATELY,
        )
        for address, ref in conn.execute(query.order_by(threads.c.id)):
            found.setdefault(address, []).append(ref)
    return found


def turns(conn: Connection, refs: Iterable[str]) -> dict[str, list[Turn]]:
    """The turns of these threads, in the order in which they were recorded."""
    found: dict[str, list[Turn]] = {}
    for chunk in chunks(refs):
        query = (
            select(
                threads.c.ref,
                messages.c.received_at,
                messages.c.recorded_at,
                messages.c.turn,
                messages.c.sender,
                messages.c.reached,
            )
            .join_from(threads, messages)
            .where(threads.c.ref.in_(chunk), messages.c.turn.is_not(None))
        )
        for ref, at, recorded_at, part, who, reached in conn.execute(query.order_by(messages.c.id)):
            turn = Turn(min(at, recorded_at), Part(part), who, frozenset((reached or "").split()))
            found.setdefault(ref, []).append(turn)
    return found


# --- the record --------------------------------------------------------------------------------------------


def record(
    conn: Connection,
    mailbox: str,
    fingerprint: str,
    refers_to: Iterable[str],
    thread_id: int | None,
    now: datetime,
) -> None:
    """Remember what the mail of that fingerprint refers to; `thread_id` is the row of its thread."""
    rows = [
        {
            "mailbox": mailbox,
            "refers_to": message_id,
            "fingerprint": fingerprint,
            "thread_id": thread_id,
            "recorded_at": now,
        }
        for message_id in refers_to
    ]
    insert_new(conn, links, rows)


def bring_home(conn: Connection, mailbox: str, fingerprints: Iterable[str], thread_id: int) -> None:
    """These mails, which belonged to no thread, belong to this one from now on."""
    for chunk in chunks(fingerprints):
        for table in (messages, links):
            homeless = sa.and_(table.c.mailbox == mailbox, table.c.thread_id.is_(None))
            here = table.c.fingerprint.in_(chunk)
            conn.execute(sa.update(table).where(homeless, here).values(thread_id=thread_id))
