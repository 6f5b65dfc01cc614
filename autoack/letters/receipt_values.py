"""What a receipt says to a customer: the facts, and the values of its template in the customer's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from autoack.core.answers import Answer
from autoack.core.message import Customer
from autoack.core.plain import lines_of, visible_line
from autoack.core.policy import Absence, Mailbox, Person
from autoack.core.recipients import with_absences
from autoack.core.thread import Thread
from autoack.letters.hours import opening_hours
from autoack.letters.subject import quoted_subject
from autoack.letters.suggestions import block
from autoack.letters.times import opening, promised


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says. `from_address` is the one of the mailbox's addresses that was written to.

    `in_reply_to` and `references` are the customer's Message-ID and References; `opens_at` is set while
    the desk is closed, `notice` while a closure has one. Times are aware.
    """

    mailbox: Mailbox
    thread: Thread
    customer: Customer
    from_address: str
    subject: str  # the customer's own
    in_reply_to: str | None
    references: tuple[str, ...]
    promised_at: datetime | None
    opens_at: datetime | None
    notice: str | None
    message_id: str
    now: datetime
    questions: tuple[str, ...] = ()  # facts that the mail lacks, in the thread's language
    answers: tuple[Answer, ...] = ()  # to frequent questions, that fit the mail
    category: str = "other"  # of this mail: question | complaint | praise | other
    further: bool = False  # the wait has its receipt: a short one is enough
    absences: Mapping[str, Absence] = field(default_factory=dict)  # of people who said so by mail, by id


def receipt_values(
    facts: ReceiptFacts, people: Mapping[str, Person], personal: Mapping[str, str]
) -> dict[str, str | bool]:
    """The values of the template besides those that every letter to a customer has.

    `people` are the desk's, by id; `personal` are the values that answers may name.
    """
    mailbox, language, zone = facts.mailbox, facts.thread.language, facts.mailbox.policy.calendar.zone
    seen_on = (facts.opens_at or facts.now).astimezone(zone).date()
    agent = _agent(facts, people, seen_on)
    return {
        "agent": visible_line(agent.name) if agent else "",
        "agent_phone": agent.phone or "" if agent else "",
        "subject": quoted_subject(facts.subject),
        "promised": promised(facts.promised_at, zone, language, facts.now) if facts.promised_at else "",
        "opens": opening(facts.opens_at, zone, language, facts.now) if facts.opens_at else "",
        "notice": lines_of(facts.notice or "").strip(),
        "hours": opening_hours(mailbox.policy.calendar, seen_on, language),
        "questions": _list(facts.questions),
        "answers": block(facts.answers, personal),
        "question": facts.category == "question",
        "complaint": facts.category == "complaint",
        "praise": facts.category == "praise",
        "strong": facts.thread.strong_language,
        "further": facts.further,
    }


def _list(questions: Sequence[str]) -> str:
    """One question is a sentence of its own, several are a list."""
    lines = [visible_line(question) for question in questions]
    return "\n".join(lines if len(lines) < 2 else [f"– {line}" for line in lines])


def _agent(facts: ReceiptFacts, people: Mapping[str, Person], day: date) -> Person | None:
    """Whose matter it is; nobody is named who is away that day."""
    person = with_absences(people, facts.absences).get(facts.thread.assignee or "")
    if person is None or any(absence.first <= day <= absence.last for absence in person.away):
        return None
    return person
