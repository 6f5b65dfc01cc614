"""Ratings by mail: the votes in a batch's mails, and what a customer's new mail makes needless."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.delivery import AFTERWARDS
from autoack.core.policy import Desk
from autoack.core.recipients import with_absences
from autoack.letters.compose import Composer
from autoack.letters.ratings import rating_rows
from autoack.store import orders, outbox, ratings
from autoack.store.intake import Entry


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


def withdraw_afterwards(conn: Connection, events: Iterable[Event], now: datetime) -> None:
    """Where a new wait has begun, nobody is told any more that all is settled, or asked whether it is."""
    for ref in dict.fromkeys(event.thread_ref for event in events if event.what == "wait"):
        if ref is not None:
            for kind in AFTERWARDS:
                outbox.withdraw(conn, ref, kind, now, "needless: the customer has written again")
