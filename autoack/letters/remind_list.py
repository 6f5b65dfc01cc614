"""What a list of reminders says to a person of the team: many matters at once, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from autoack.core.plain import shortened, visible_line
from autoack.core.policy import Mailbox, Person
from autoack.core.promise import promised_quarter
from autoack.letters.links import act_links
from autoack.letters.reminder_values import ReminderFacts, absences, is_reachable
from autoack.letters.templates import Values
from autoack.letters.times import moment, waited, waited_short

SHOWN = 24  # in full, each with its links: some 1 KB of HTML a matter, and a letter is to stay below 30 KB
_SUBJECT_LENGTH = 80
_NAME_LENGTH = 60
_PRIORITIES = ("high", "normal", "low")


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list says. `items` in their order, the most urgent first; `mailbox` is the one that sends it.

    `secret` is the installation's, which signs the links.
    """

    mailbox: Mailbox
    person: Person
    items: tuple[ReminderFacts, ...]
    message_id: str
    now: datetime
    secret: str = ""


def urgency(facts: ReminderFacts) -> tuple[int, bool, datetime, str]:
    """What sorts the most urgent first: priority, then the earliest promise, then the longest wait."""
    thread = facts.thread
    priority = _PRIORITIES.index(thread.priority) if thread.priority in _PRIORITIES else 1
    at = thread.promised_at or thread.waiting_since or thread.created_at
    return priority, thread.promised_at is None, at, thread.ref


def list_values(facts: ListFacts) -> Values:
    """The values of the template besides those that every letter to a person of the team has."""
    language, zone = facts.person.language, facts.mailbox.policy.calendar.zone
    shown, further = facts.items[:SHOWN], facts.items[SHOWN:]
    items = {
        f"items.{n}.{name}": text
        for n, one in enumerate(shown)
        for name, text in _item(one, facts.secret).items()
    }
    absent = dict.fromkeys(away for one in facts.items for away in one.instead_of)
    overdue = sum(_is_overdue(one, facts.now) for one in facts.items)
    return {
        "count": str(len(facts.items)),
        "overdue_count": str(overdue) if overdue else "",
        "ref": facts.items[0].thread.ref,
        **items,
        "more": str(len(further)) if further else "",
        "rest": "\n".join(_in_a_line(one) for one in further),
        "instead_of": absences(tuple(absent), language, facts.now.astimezone(zone).date()),
        "all_away": any(one.all_away for one in facts.items),
    }


def _item(facts: ReminderFacts, secret: str) -> dict[str, str]:
    thread, person, now = facts.thread, facts.person, facts.now
    zone, promise = facts.mailbox.policy.calendar.zone, _promise(facts)
    who, phone = _who(facts), visible_line(thread.customer_phone or "")
    return {
        "who": who,
        "no_mail": "" if is_reachable(thread) else "yes",
        "phone": phone if phone != who else "",
        "matter": shortened(visible_line(thread.subject), _SUBJECT_LENGTH),
        "waited": waited(facts.waited, person.language),
        "due": moment(promise, zone, person.language, now) if promise else "",
        "ref": thread.ref,
        **act_links(facts.mailbox, person, thread.ref, secret=secret, now=now),
    }


def _in_a_line(facts: ReminderFacts) -> str:
    return f"{facts.thread.ref}: {_who(facts)}, {waited_short(facts.waited, facts.person.language)}"


def _who(facts: ReminderFacts) -> str:
    thread = facts.thread
    said = thread.customer_name or thread.customer_address or thread.customer_phone or ""
    return shortened(visible_line(said), _NAME_LENGTH) or "—"


def _is_overdue(facts: ReminderFacts, now: datetime) -> bool:
    promise = _promise(facts)
    return promise is not None and promise <= now


def _promise(facts: ReminderFacts) -> datetime | None:
    """As the customer was told it: rounded up to a quarter of an hour."""
    promised_at = facts.thread.promised_at
    return promised_quarter(promised_at, facts.mailbox.policy.calendar.zone) if promised_at else None


def ordered(items: Sequence[ReminderFacts]) -> tuple[ReminderFacts, ...]:
    """The most urgent first."""
    return tuple(sorted(items, key=urgency))
