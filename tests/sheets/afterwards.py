"""Letters that follow: answers to commands, what customers think of us, and what they hear after the receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

from autoack.core.commands import Command, Verb
from autoack.core.decision import Event
from autoack.core.delivery import Outgoing
from autoack.core.feedback import Vote, Voted
from autoack.core.fulfil import Fulfilled, Result
from autoack.core.orders import Order
from autoack.core.policy import Absence, Desk, Mailbox, Person
from autoack.core.thread import State, Thread
from autoack.letters.compose import Composer
from autoack.letters.confirmation import ConfirmationFacts
from autoack.letters.customer_letters import CustomerFacts, closing_note, holding_update, survey
from autoack.letters.letter import Letter
from autoack.letters.ratings import praise_rows, rating_rows


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
    yield (
        "command: close, above words for the customer",
        answer(Command(Verb.CLOSE), Fulfilled(Result.DONE, closed), f"close\n\n{words}"),
    )
    yield "command: snooze", answer(Command(Verb.SNOOZE, "2d"), Fulfilled(Result.DONE, aside, until=later))
    yield (
        "command: somebody was faster",
        answer(Command(Verb.CLOSE), Fulfilled(Result.FASTER, closed, faster=act)),
    )
    yield "no command: words for the customer", answer(None, Fulfilled(Result.NOT_DELIVERED, thread), words)
    yield "no command, and no words", answer(None, Fulfilled(Result.NOT_DELIVERED, thread))


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


def opinions(
    desk: Desk, composer: Composer, thread: Thread, words: str, now: datetime
) -> Iterator[tuple[str, Letter]]:
    """What the team hears of what customers think: by stars, and in a mail."""
    (ana,) = desk.people.values()
    answered = replace(thread, state=State.CLOSED, answered_by=ana.id, answered_at=now)
    away = {ana.id: replace(ana, away=(Absence(now.date(), now.date() + timedelta(days=4)),))}

    def rated(stars: int, said: str, people: Mapping[str, Person]) -> Letter:
        voted = Voted(answered, Vote(stars, said, "web", now))
        (row,) = rating_rows(desk, composer, voted, people, salt="secret", now=now)
        return _letter_of(row)

    yield "rating: low, with words", rated(1, words, desk.people)
    yield "rating: low, while everybody is away", rated(2, "", away)
    yield "rating: the best, for whoever earned it", rated(5, "", desk.people)
    for name, whose in (("whoever earned it", answered), ("the lead", replace(thread, assignee=None))):
        (row,) = praise_rows(desk, composer, whose, words, desk.people, salt="secret", now=now)
        yield f"praise in a mail, for {name}", _letter_of(row)


def _letter_of(row: Outgoing) -> Letter:
    message = message_from_bytes(row.raw, policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return Letter(row.to, message["Subject"], row.message_id, row.raw, text.get_content(), html.get_content())
