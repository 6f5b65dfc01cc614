"""What a batch's mails say of us: votes and praise; and what they make needless of what waits to be sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.delivery import AFTER_RECEIPT, AFTERWARDS
from autoack.core.policy import Desk
from autoack.core.recipients import with_absences
from autoack.core.returned import UNDELIVERABLE, UNREACHED
from autoack.core.unwanted import UNWANTED
from autoack.letters.compose import Composer
from autoack.letters.ratings import praise_rows, rating_rows
from autoack.store import customers, orders, outbox, ratings
from autoack.store.intake import Entry

_LATE = timedelta(days=7)  # praise that is older was read when it came
_PRAISE = "praise"  # `what` of the event
_UNWANTED = "needless: the customer wants no mail that nobody wrote"


def record_votes(
    conn: Connection, entries: Sequence[Entry], desk: Desk, composer: Composer, salt: str, now: datetime
) -> None:
    """Record the votes in these mails, which are on record, and tell who should hear of them at once."""
    for entry in entries:
        ballot, thread = entry.decision.ballot, entry.decision.thread
        if ballot is None or thread is None:
            continue
        written_at = entry.received_at
        voted = ratings.vote(conn, thread.ref, ballot.stars, ballot.words, "mail", now, written_at=written_at)
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


def withdraw_unwelcome(conn: Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Give up what waits to go to customers who ask for silence, and on threads whose customer no mail reaches.

    In a pause, or after a server's "later", it may have waited for long.
    """
    for entry in entries:
        thread, told = entry.decision.thread, {event.what for event in entry.decision.events}
        if thread is None:
            continue
        if UNWANTED in told:
            refs = customers.refs_of(conn, thread)
            outbox.withdraw(conn, refs, AFTER_RECEIPT, now, _UNWANTED)
        if UNDELIVERABLE in told:
            outbox.withdraw(conn, [thread.ref], AFTER_RECEIPT, now, UNREACHED)


def withdraw_afterwards(conn: Connection, events: Iterable[Event], now: datetime) -> None:
    """Where a new wait has begun, nobody is told any more that all is settled, or asked whether it is."""
    waiting = [event.thread_ref for event in events if event.what == "wait" and event.thread_ref]
    outbox.withdraw(conn, waiting, AFTERWARDS, now, "needless: the customer has written again")
