"""What bears on a letter to a customer that answers no mail just then: holding update, closing note, survey."""

from datetime import datetime

from sqlalchemy import Connection, func, literal, select

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.thread import Thread
from autoack.core.turns import Part
from autoack.core.unwanted import UNWANTED
from autoack.store import meta
from autoack.store.tables import events, messages, outbox, threads

_MOST_REFERENCES = 20  # Message-IDs beside the first: enough for every mail program to find the thread
_REPLY_SEEN = "team-reply-seen:"


def conversation(conn: Connection, ref: str) -> tuple[str | None, tuple[str, ...]]:
    """The Message-ID of the customer's last mail, and those of the other mails of the thread, in order."""
    query = (
        select(messages.c.message_id, messages.c.turn)
        .join_from(messages, threads)
        .where(threads.c.ref == ref, messages.c.message_id.is_not(None), messages.c.turn.is_not(None))
        .order_by(messages.c.received_at, messages.c.id)
    )
    mails = list(conn.execute(query))
    theirs = [message_id for message_id, turn in mails if turn != Part.REPLY]
    last = theirs[-1] if theirs else None
    others = [message_id for message_id, _ in mails if message_id != last]
    return last, (*others[:1], *others[1:][-_MOST_REFERENCES:])


def receipt_made_at(conn: Connection, thread: Thread) -> datetime | None:
    """When the last receipt of the present wait was written that the server took; None where there is none."""
    made_at: datetime | None = conn.scalar(
        select(func.max(outbox.c.created_at)).where(
            outbox.c.thread_id == thread.id,
            outbox.c.kind == MailKind.RECEIPT,
            outbox.c.state == OutboxState.SENT,
            outbox.c.created_at >= thread.waiting_since,
        )
    )
    return made_at


def team_reply_seen(conn: Connection, mailbox: str) -> bool:
    """Whether an answer of the team was ever read in this mailbox: else its Sent folder may be the wrong one."""
    if meta.get(conn, _REPLY_SEEN + mailbox) is not None:
        return True
    replies = select(literal(1)).where(messages.c.mailbox == mailbox, messages.c.turn == Part.REPLY)
    if conn.scalar(replies.limit(1)) is None:
        return False
    meta.put_new(conn, _REPLY_SEEN + mailbox, "yes")  # remembered: the next look costs nothing
    return True


def wants_no_mail(conn: Connection, thread: Thread) -> bool:
    """Whether this customer has asked this mailbox not to be written to by itself."""
    said = (
        select(literal(1))
        .join_from(events, threads)
        .where(
            threads.c.customer_address == thread.customer_address.casefold(),
            threads.c.mailbox == thread.mailbox,
            events.c.what == UNWANTED,
        )
    )
    return conn.scalar(said.limit(1)) is not None


def refs_of(conn: Connection, thread: Thread) -> list[str]:
    """The references of all threads of this thread's customer in its mailbox."""
    theirs = [
        threads.c.customer_address == thread.customer_address.casefold(),
        threads.c.mailbox == thread.mailbox,
    ]
    return list(conn.scalars(select(threads.c.ref).where(*theirs)))
