"""What a batch's mails say of us: votes and praise; and what a customer's new mail makes needless."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.delivery import AFTERWARDS
from autoack.core.policy import Desk
from autoack.core.recipients import with_absences
from autoack.letters.compose import Composer
from autoack.letters.ratings import praise_rows, rating_rows
from autoack.store import orders, outbox, ratings
from autoack.store.intake import Entry

_LATE = timedelta(days=7)  # praise that is older was read when it came
_PRAISE = "praise"  # `what` of the event


def record_votes(
    conn: Connection, entries: Sequence[Entry], desk: Desk, composer: Composer, salt: str, now: datetime
) -> None:
    """Record the votes in these mails, which are on record, and tell who should hear of them at once."""
    for entry in entries:
        ballot, thread = entry.decision.ballot, entry.decision.thread
        if ballot is None or thread is None:
            continue
        voted = ratings.vote(conn, thread.ref, ballot.stars, ballot.words, "mail", now)
        if voted is not None:
            people = with_absences(desk.people, orders.away(conn))
            outbox.add(conn, rating_rows(desk, composer, voted, people, salt=salt, now=now))


def tell_praise(
    conn: Connection, entries: Sequence[Entry], desk: Desk, composer: Composer, salt: str, now: datetime
) -> None:
    """Tell whoever earned it of praise in these mails. A vote tells itself, and in a storm nobody is told."""
    for entry in entries:
        decision, thread = entry.decision, entry.decision.thread
        told = any(event.what == _PRAISE for event in decision.events) and decision.ballot is None
        late = now - entry.received_at > _LATE or decision.verdict.reason == "storm"
        if thread is None or not thread.clock or not told or late:
            continue
        people = with_absences(desk.people, orders.away(conn))
        words = entry.mail.new_text
        outbox.add(conn, praise_rows(desk, composer, thread, words, people, salt=salt, now=now))


def withdraw_afterwards(conn: Connection, events: Iterable[Event], now: datetime) -> None:
    """Where a new wait has begun, nobody is told any more that all is settled, or asked whether it is."""
    waiting = [event.thread_ref for event in events if event.what == "wait" and event.thread_ref]
    outbox.withdraw(conn, waiting, AFTERWARDS, now, "needless: the customer has written again")
