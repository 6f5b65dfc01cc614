"""Letters that follow: answers to commands for the team, and what customers hear after the receipt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from autoack.core.commands import Command, Verb
from autoack.core.decision import Event
from autoack.core.fulfil import Fulfilled, Result
from autoack.core.orders import Order
from autoack.core.policy import Mailbox, Person
from autoack.core.thread import State, Thread
from autoack.letters.compose import Composer
from autoack.letters.confirmation import ConfirmationFacts
from autoack.letters.customer_letters import CustomerFacts, closing_note, holding_update, survey
from autoack.letters.letter import Letter


def answers_to_commands(
    composer: Composer, box: Mailbox, person: Person, thread: Thread, words: str, now: datetime
) -> Iterator[tuple[str, Letter]]:
    """What a person reads after a command."""

    def answer(command: Command | None, done: Fulfilled, said: str = "") -> Letter:
        order = Order(person, command, thread.ref, now, "", in_time=True, to_reminder=True)
        parent = ("<parent@primjer.example>",)
        return composer.confirmation(
            ConfirmationFacts(
                box, order, done, said, parent, "<autoack.5@primjer.example>", now, words, "secret"
            )
        )

    closed = replace(thread, state=State.CLOSED, closed_at=now)
    later = now + timedelta(days=2)
    aside = replace(thread, state=State.SNOOZED, next_step_at=later)
    mine = replace(thread, assignee=person.id)
    act = Event(now - timedelta(minutes=20), "close", "marko", "closed", None, thread.ref, box.id)
    yield "command: mine", answer(Command(Verb.MINE), Fulfilled(Result.DONE, mine, assignee=person))
    yield "command: close", answer(Command(Verb.CLOSE), Fulfilled(Result.DONE, closed))
    yield "command: snooze", answer(Command(Verb.SNOOZE, "2d"), Fulfilled(Result.DONE, aside, until=later))
    yield (
        "command: somebody was faster",
        answer(Command(Verb.CLOSE), Fulfilled(Result.FASTER, closed, faster=act)),
    )
    yield "no command: words for the customer", answer(None, Fulfilled(Result.NOT_DELIVERED, thread), words)


def after_the_receipt(
    composer: Composer, box: Mailbox, thread: Thread, now: datetime
) -> Iterator[tuple[str, Letter]]:
    """What a customer hears later."""
    facts = CustomerFacts(
        box, thread, "<m1@kupac.example>", ("<m0@kupac.example>",), "<autoack.6@primjer.example>", now
    )
    told, due = now + timedelta(hours=2), now + timedelta(hours=2)
    yield "receipt's follower: holding update", holding_update(composer, facts, told, due)
    late = now - timedelta(hours=1)
    yield "receipt's follower: holding update, too late", holding_update(composer, facts, late, late)
    yield "receipt's follower: closing note", closing_note(composer, facts)
    yield "receipt's follower: survey by reply", survey(composer, facts, None, "secret")
    yield (
        "receipt's follower: survey with links",
        survey(composer, facts, "https://podrska.primjer.example", "secret"),
    )
