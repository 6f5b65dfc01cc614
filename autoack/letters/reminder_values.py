"""What a reminder, an escalation or a notice says to a person of the team, in the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.plain import lines_of, shortened, visible_line, without_contacts
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.promise import promised_quarter
from autoack.core.recipients import Away
from autoack.core.returned import NO_REASON
from autoack.core.thread import State, Thread
from autoack.letters.labels import label
from autoack.letters.links import act_links
from autoack.letters.times import moment, promised, until_date, waited, waited_short

_MOST_WORDS = 2000  # characters of the customer's words
_NAME_IN_SUBJECT = 18  # characters: the whole stays within 60 (DESIGN section 8)


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What a reminder, an escalation or a notice says to a person of the team. `words` are the customer's.

    `instead_of`: those for whom the person stands in; with `all_away` they are away themselves.
    """

    mailbox: Mailbox
    thread: Thread
    person: Person
    kind: MailKind
    step: str
    waited: timedelta
    words: str
    message_id: str
    now: datetime
    secret: str = ""  # this installation's, which signs the links; without it there are none
    instead_of: tuple[Away, ...] = ()
    all_away: bool = False
    earlier: tuple[Thread, ...] = ()  # the customer's, the newest first; told where it is we who are to write


def reminder_values(facts: ReminderFacts, desk: Desk, suggestion: str = "") -> dict[str, str | bool]:
    """The values of the template besides those that every letter to a person of the team has.

    `suggestion` is a ready answer to what the customer wrote, in their language.
    """
    thread, language, now = facts.thread, facts.person.language, facts.now
    zone = facts.mailbox.policy.calendar.zone
    phone = visible_line(thread.customer_phone or "")
    who = visible_line(thread.customer_name or thread.customer_address) or phone or "—"
    category = label(thread.category, language)
    # What the customer was told, which is rounded up: the team keeps that promise.
    promise = promised_quarter(thread.promised_at, zone) if thread.promised_at else None
    waits = thread.state is State.WAITING and facts.waited >= timedelta(minutes=1)
    due, resolve, since = (
        moment(at, zone, language, now) if at else ""
        for at in (promise, thread.resolve_at, thread.waiting_since)
    )
    why = shortened(without_contacts(visible_line(thread.undeliverable or "")), 120)
    assignee = desk.people.get(thread.assignee or "")
    return {
        "who": who,
        "who_short": shortened(who, _NAME_IN_SUBJECT),
        "customer_address": visible_line(thread.customer_address) if thread.customer_name else "",
        "customer_phone": phone,
        "phone_line": phone if phone != who else "",  # a caller without a name is called by their number
        "reachable": is_reachable(thread),
        "category": category,
        "title": category[:1].upper() + category[1:],
        "priority": label(thread.priority, language),
        "channel": label(thread.channel, language),
        "strong": thread.strong_language,
        "undeliverable": why,
        "why_returned": "" if why == NO_REASON else why,
        "subject": shortened(visible_line(thread.subject), 200),
        "waited": waited(facts.waited, language),
        "waited_short": waited_short(facts.waited, language),
        "since": since,
        "due": due,
        "waiting_for": waited(facts.waited, language) if waits else "",
        "promised": promised(promise, zone, language, now) if promise else "",
        "resolve": resolve,
        "overdue": promise is not None and promise <= now,
        "assignee": assignee.name if assignee else "",
        "words": shortened(lines_of(facts.words).strip(), _MOST_WORDS),
        "ref": thread.ref,
        "suggestion": suggestion,
        "step": facts.step,
        "follow_up": facts.step == FOLLOW_UP,
        "instead_of": absences(facts.instead_of, language, now.astimezone(zone).date()),
        "all_away": facts.all_away,
        **act_links(facts.mailbox, facts.person, thread.ref, secret=facts.secret, now=now),
    }


def is_reachable(thread: Thread) -> bool:
    """Whether mail reaches the customer: they have an address, and the last mail to it was not returned."""
    return bool(thread.customer_address) and thread.undeliverable is None


def absences(away: Sequence[Away], language: str, today: date) -> str:
    """Who is away and until when: "Marko Babić (do 6. siječnja), Ana Kovač (do 24. studenoga)"."""
    return ", ".join(
        f"{visible_line(one.person.name)} ({until_date(one.until, language, today)})" for one in away
    )
