"""What follows from an order: the thread as it stands afterwards, the lines of its timeline, and what to tell."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from autoack.core import acts
from autoack.core.acts import Act
from autoack.core.commands import Command, Verb
from autoack.core.decision import Event
from autoack.core.delivery import MailKind
from autoack.core.orders import Order
from autoack.core.policy import Absence, Desk, Person
from autoack.core.script import to_latin
from autoack.core.thread import Thread
from autoack.core.until import until, until_day
from autoack.core.words import fold
from autoack.errors import CheckFailed

_ACTS = frozenset({"close", "reopen", "snooze", "assign", "ignore"})  # what two people may do at once
_LONGEST_ENDING = 4  # letters that a declined name has more than its stem: Ani, Luki, Annának


class Result(StrEnum):
    """How an order went."""

    DONE = "done"
    REPEATED = "repeated"  # the same mail or link has had this done before
    FASTER = "faster"  # somebody else acted first
    AS_IT_IS = "as it is"  # there is nothing to do: it stands so already
    NO_THREAD = "no thread"
    NO_PERSON = "no person"
    NO_TIME = "no time"
    TOO_LATE = "too late"  # the mail or link that proves it is too old
    NOT_DELIVERED = "not delivered"  # no command: words that were meant for the customer


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """What became of an order. `thread` as it stands afterwards, None where the order is about none.

    `needless`: kinds of the thread's unsent mail that nobody needs any more. `faster`: what somebody else did.
    """

    result: Result
    thread: Thread | None = None
    events: tuple[Event, ...] = ()
    needless: tuple[MailKind, ...] = ()
    until: datetime | None = None
    assignee: Person | None = None
    faster: Event | None = None
    away: Absence | None = None


def once_key(order: Order) -> str:
    """The same for the same command by the same mail or link of ours: it is done once."""
    what = "\0".join((order.proof, order.person.id, order.ref or "", fold(str(order.command))))
    return hashlib.sha256(what.encode()).hexdigest()


def faster(order: Order, events: Iterable[Event]) -> Event | None:
    """What somebody else did to the thread since the mail was written that the order answers; the last of it."""
    assigns = order.command is not None and order.command.verb in (Verb.ASSIGN, Verb.MINE)
    theirs = [
        event
        for event in events
        if event.what in _ACTS
        and event.at > order.written_at
        and event.who not in (None, order.person.id)
        and (assigns or event.reason != "answered-first")
    ]
    return theirs[-1] if theirs else None


def fulfilled(
    order: Order,
    thread: Thread | None,
    desk: Desk,
    now: datetime,
    *,
    done_before: bool,
    faster: Event | None,
) -> Fulfilled:
    """Carry the order out on its thread. `done_before`: this mail or link has had it done already."""
    if not order.in_time:
        return Fulfilled(Result.TOO_LATE, thread)
    if order.command is None:
        return _not_delivered(order, thread, now)
    if done_before:
        return Fulfilled(Result.REPEATED, thread)
    return _commanded(order, order.command, thread, desk, now, faster)


def _commanded(
    order: Order, command: Command, thread: Thread | None, desk: Desk, now: datetime, faster: Event | None
) -> Fulfilled:
    if command.verb is Verb.AWAY:
        return _away(order, command, desk, now)
    if thread is None:
        return Fulfilled(Result.NO_THREAD)
    if command.verb is Verb.NOTE:
        note = Event(now, "note", order.person.id, command.argument, None, thread.ref, thread.mailbox)
        return Fulfilled(Result.DONE, thread, (note,))
    if faster is not None:
        return Fulfilled(Result.FASTER, thread, faster=faster)
    return _acted(order, command, thread, desk, now)


def _not_delivered(order: Order, thread: Thread | None, now: datetime) -> Fulfilled:
    if thread is None:
        return Fulfilled(Result.NOT_DELIVERED)
    detail = "their answer to our mail did not reach the customer: they were told"
    told = Event(now, "not-delivered", order.person.id, detail, None, thread.ref, thread.mailbox)
    return Fulfilled(Result.NOT_DELIVERED, thread, (told,))


def _away(order: Order, command: Command, desk: Desk, now: datetime) -> Fulfilled:
    zone = desk.organisation.zone
    last = until_day(command.argument, zone, now)
    if last is None:
        return Fulfilled(Result.NO_TIME)
    told = Event(now, "away", order.person.id, f"until {last.isoformat()}")
    return Fulfilled(Result.DONE, events=(told,), away=Absence(now.astimezone(zone).date(), last))


def _acted(order: Order, command: Command, thread: Thread, desk: Desk, now: datetime) -> Fulfilled:
    who = order.person.id
    at, assignee = None, None
    if command.verb is Verb.SNOOZE:
        box = desk.mailbox_of(thread.mailbox, thread.policy)
        zone = box.policy.calendar.zone if box else desk.organisation.zone
        at = until(command.argument, zone, now, box.policy.calendar if box else None)
        if at is None:
            return Fulfilled(Result.NO_TIME, thread)
    elif command.verb is Verb.ASSIGN:
        assignee = person_named(command.argument, desk)
        if assignee is None:
            return Fulfilled(Result.NO_PERSON, thread)
    elif command.verb is Verb.MINE:
        assignee = order.person
    try:
        act = _act(command.verb, thread, desk, now, who, at, assignee)
    except CheckFailed:
        return Fulfilled(Result.AS_IT_IS, thread)
    return Fulfilled(Result.DONE, act.thread, (act.event,), act.needless, at, assignee)


def _act(
    verb: Verb,
    thread: Thread,
    desk: Desk,
    now: datetime,
    who: str,
    at: datetime | None,
    assignee: Person | None,
) -> Act:
    """Raises CheckFailed where the thread stands so already, or nothing can be done."""
    if at is not None:
        return acts.snooze(thread, at, now, who)
    if assignee is not None:
        if thread.assignee == assignee.id:
            raise CheckFailed(f"{thread.ref} is theirs already")
        return acts.assign(thread, assignee.id, now, who)
    match verb:
        case Verb.CLOSE:
            return acts.close(thread, desk, now, who)
        case Verb.REOPEN:
            return acts.reopen(thread, desk, now, who)
        case _:
            return acts.ignore(thread, now, who)


def person_named(words: str, desk: Desk) -> Person | None:
    """The one person who is meant: by id, address, name or first name, also declined; None where it is not certain."""
    said = _plain(words)
    exactly = [p for p in desk.people.values() if said in _names(p) or words.casefold() in p.addresses]
    if exactly:
        return exactly[0] if len(exactly) == 1 else None
    lengths = {person.id: _stem_in(said, person) for person in desk.people.values()}
    longest = max(lengths.values(), default=0)
    meant = [id_ for id_, length in lengths.items() if length == longest]
    return desk.people[meant[0]] if longest and len(meant) == 1 else None


def _stem_in(said: str, person: Person) -> int:
    """The length of the first name's stem, where the word is that name in some case; else 0."""
    first = said.partition(" ")[0]
    stems = [name.partition(" ")[0].rstrip("aeiou") for name in _names(person)]
    fitting = [
        s for s in stems if len(s) > 1 and first.startswith(s) and len(first) - len(s) <= _LONGEST_ENDING
    ]
    return max(map(len, fitting), default=0)


def _names(person: Person) -> tuple[str, ...]:
    """What somebody may write for this person; Hungarian names have the given name last."""
    name = _plain(person.name)
    words = name.split()
    return (_plain(person.id), name, " ".join(reversed(words)), *words)


def _plain(words: str) -> str:
    return " ".join(fold(to_latin(words.casefold())).replace(".", " ").split())
