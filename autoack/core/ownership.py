"""Whose a thread is: whoever answers first owns it, unless it was assigned."""

from dataclasses import replace

from autoack.core.decision import Circumstances, Event, event_of
from autoack.core.message import Address
from autoack.core.policy import Desk, Person
from autoack.core.thread import State, Thread
from autoack.core.words import fold


def writer(sender: Address, desk: Desk) -> Person | None:
    """The person who wrote: by their address, or by their name over an address that the desk shares."""
    person = desk.person_at(sender.address)
    if person is not None or sender.key not in desk.own_addresses or not sender.name:
        return person
    named = [one for one in desk.people.values() if fold(one.name) == fold(sender.name)]
    return named[0] if len(named) == 1 else None


def owned(
    thread: Thread, sender: Address, desk: Desk, met: Circumstances
) -> tuple[Thread, tuple[Event, ...]]:
    """The thread, which this sender has answered, with its owner; nobody where it is not certain who wrote."""
    person = writer(sender, desk)
    first = thread.assignee is None and thread.state is State.ANSWERED and thread.answered_by == sender.key
    if person is None or not first:
        return thread, ()
    detail = f"assigned to {person.id}, who answered first"
    told = event_of(met, thread, "assign", person.id, detail, "answered-first")
    return replace(thread, assignee=person.id), (told,)
