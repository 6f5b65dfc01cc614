"""What goes to customers after the receipt: that a matter is not forgotten, that it was closed, how it went."""

from dataclasses import dataclass
from datetime import datetime

from autoack.core import feedback
from autoack.core.delivery import MailKind
from autoack.core.opening_hours import next_opening
from autoack.core.policy import Mailbox
from autoack.core.promise import in_sight, promised_quarter
from autoack.core.thread import Thread
from autoack.letters.compose import Composer
from autoack.letters.hours import opening_hours
from autoack.letters.letter import Letter
from autoack.letters.subject import quoted_subject
from autoack.letters.times import moment, promised

_LINKS = tuple(f"rate_{stars}" for stars in feedback.STARS)


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What all these letters say. `in_reply_to` and `references`: the mails of the thread, the customer's last first.

    Times are aware.
    """

    mailbox: Mailbox
    thread: Thread
    in_reply_to: str | None
    references: tuple[str, ...]
    message_id: str
    now: datetime


def holding_update(
    composer: Composer, facts: CustomerFacts, told: datetime | None, due: datetime | None
) -> Letter:
    """That the matter is not forgotten, and by when a person answers.

    `told`: the time that the customer was promised, None where no receipt said one; `due`: by when the answer
    is due, None where nothing can be said. Of a promise that has passed it says so, and invents no other.
    """
    zone, language, now = facts.mailbox.policy.calendar.zone, facts.thread.language, facts.now
    late = due is not None and due <= now
    ahead = due if due is not None and not late and in_sight(due, now) else None
    values: dict[str, str | bool] = {
        "late": late,
        "promised": promised(ahead, zone, language, now) if ahead else "",
        "missed": moment(promised_quarter(told, zone), zone, language, now) if late and told else "",
    }
    return _letter(composer, MailKind.UPDATE, facts, values)


def closing_note(composer: Composer, facts: CustomerFacts) -> Letter:
    """That the matter seems settled and was closed, and that a reply opens it again."""
    return _letter(composer, MailKind.CLOSING, facts, {})


def survey(composer: Composer, facts: CustomerFacts, public_url: str | None, secret: str) -> Letter:
    """Whether all is well: a link for each rating, or by a number in a reply where there are no web pages.

    `secret` is this installation's, which signs the links.
    """
    links = dict.fromkeys(_LINKS, "")
    if public_url:
        token = feedback.token(secret, facts.thread.ref, facts.now)
        stars = zip(_LINKS, feedback.STARS, strict=True)
        links = {name: feedback.link(public_url, token, number) for name, number in stars}
    return _letter(composer, MailKind.SURVEY, facts, links)


def _letter(
    composer: Composer, kind: MailKind, facts: CustomerFacts, values: dict[str, str] | dict[str, str | bool]
) -> Letter:
    mailbox, thread = facts.mailbox, facts.thread
    calendar = mailbox.policy.calendar
    # While the desk is closed, the hours that count once it opens, as in receipts: those may be of another season.
    seen_on = (next_opening(calendar, facts.now) or facts.now).astimezone(calendar.zone).date()
    own = thread.written_to if (thread.written_to or "").casefold() in mailbox.addresses else None
    return composer.to_customer(
        kind,
        thread.customer,
        mailbox,
        thread,
        {
            "subject": quoted_subject(thread.subject),
            "hours": opening_hours(calendar, seen_on, thread.language),
            **values,
        },
        sender=own or mailbox.address,
        subject=thread.subject,
        message_id=facts.message_id,
        now=facts.now,
        in_reply_to=facts.in_reply_to,
        references=facts.references,
    )
