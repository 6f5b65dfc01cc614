"""What the team is told of a customer who needs a look: why, what there was before, and how to write to them."""

from collections.abc import Sequence
from datetime import tzinfo
from urllib.parse import quote

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.plain import shortened, visible_line
from autoack.core.policy import is_recurring
from autoack.core.thread import Thread
from autoack.letters.labels import label
from autoack.letters.reminder_values import ReminderFacts
from autoack.letters.times import calendar_day

TEMPLATE = "recurring"

_OF_ITS_OWN = (MailKind.NOTICE, MailKind.REMINDER, MailKind.ESCALATION)
_LONGEST_SUBJECT = 80


def is_about_recurring(facts: ReminderFacts) -> bool:
    """Whether the customer waits for nothing, and it is we who were to write."""
    ours = is_recurring(facts.thread.policy) and facts.kind in _OF_ITS_OWN
    return ours and facts.step != FOLLOW_UP


def recurring_values(facts: ReminderFacts) -> dict[str, str | bool]:
    """The values of the template besides those that a reminder has."""
    thread, language = facts.thread, facts.person.language
    return {
        "opening": facts.kind is MailKind.NOTICE,
        "history": _history(facts.earlier, language, facts.mailbox.policy.calendar.zone),
        "link_write": _link(thread, facts.mailbox.address),
    }


def _history(earlier: Sequence[Thread], language: str, zone: tzinfo) -> str:
    return "\n".join(f"– {_line(thread, language, zone)}" for thread in earlier)


def _line(thread: Thread, language: str, zone: tzinfo) -> str:
    day = calendar_day(thread.created_at.astimezone(zone).date(), language)
    subject = shortened(visible_line(thread.subject), _LONGEST_SUBJECT) or "—"
    return f"{day} {thread.ref}: {subject} ({label(thread.state, language)})"


def _link(thread: Thread, mailbox: str) -> str:
    """A mail to the customer that belongs to the thread by its reference, and is seen by its copy (RFC 6068)."""
    subject = quote(f"{visible_line(thread.subject)} [{thread.ref}]", safe="")
    return (
        f"mailto:{quote(thread.customer_address, safe='@')}?cc={quote(mailbox, safe='@')}&subject={subject}"
    )
