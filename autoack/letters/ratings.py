"""Tells people at once how a customer rated us: the lead of a low rating, whoever earned it of praise."""

from collections.abc import Mapping
from datetime import datetime

from autoack.core.delivery import MailKind, Outgoing
from autoack.core.feedback import Vote, Voted
from autoack.core.ours import message_id
from autoack.core.plain import lines_of, shortened, visible_line
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.recipients import recipients
from autoack.core.thread import Thread
from autoack.letters.compose import Composer
from autoack.letters.links import act_links

_MOST_WORDS = 2000  # characters of the customer's words
_NAME_IN_SUBJECT = 18  # characters


def rating_rows(
    desk: Desk,
    composer: Composer,
    voted: Voted,
    people: Mapping[str, Person],
    *,
    salt: str,
    now: datetime,
) -> list[Outgoing]:
    """The mails that tell of this vote, none where nobody needs to hear of it at once.

    `people` are those of the configuration with their absences. Whoever is told once of so many stars, with or
    without words, is not told again, however often the customer changes the vote.
    """
    thread, vote = voted.thread, voted.vote
    mailbox = desk.mailbox_of(thread.mailbox, thread.policy)
    if mailbox is None:
        return []
    rows = []
    for person in _told(thread, vote, mailbox, people, now):
        what = f"{vote.stars}{'+' if vote.words else ''}"
        key = f"{MailKind.RATING}:{thread.ref}:{what}:{person.id}"
        values = _values(thread, vote, desk, mailbox, person, salt, now)
        identifier = message_id(key, mailbox.domain, salt)
        letter = composer.to_person(MailKind.RATING, person, mailbox, values, identifier, now, thread.ref)
        rows.append(
            Outgoing(
                key=key,
                kind=MailKind.RATING,
                mailbox=mailbox.id,
                to=letter.to,
                message_id=letter.message_id,
                raw=letter.raw,
                created_at=now,
                next_at=now,
                thread_ref=thread.ref,
            )
        )
    return rows


def _told(
    thread: Thread, vote: Vote, mailbox: Mailbox, people: Mapping[str, Person], now: datetime
) -> tuple[Person, ...]:
    if vote.is_low:
        zone = mailbox.policy.calendar.zone
        reached = recipients(("lead",), mailbox.team, people, thread.assignee, zone, now)
        return tuple(one.person for one in reached)
    if not vote.is_praise(thread.category):
        return ()
    earned = _answered_by(thread, people) or people.get(thread.assignee or "")
    return (earned,) if earned else ()


def _answered_by(thread: Thread, people: Mapping[str, Person]) -> Person | None:
    """Who answered last: the id or an address of a person."""
    who = (thread.answered_by or "").casefold()
    return people.get(who) or next((p for p in people.values() if who in p.addresses), None)


def _values(
    thread: Thread, vote: Vote, desk: Desk, mailbox: Mailbox, person: Person, salt: str, now: datetime
) -> dict[str, str | bool]:
    phone = visible_line(thread.customer_phone or "")
    who = visible_line(thread.customer_name or thread.customer_address) or phone or "—"
    answered_by = _answered_by(thread, desk.people)
    return {
        "low": vote.is_low,
        "stars": str(vote.stars),
        "words": shortened(lines_of(vote.words).strip(), _MOST_WORDS),
        "who": who,
        "who_short": shortened(who, _NAME_IN_SUBJECT),
        "customer_address": visible_line(thread.customer_address) if thread.customer_name else "",
        "customer_phone": phone,
        "subject": shortened(visible_line(thread.subject), 200),
        "answered_by": answered_by.name if answered_by else "",
        "ref": thread.ref,
        **act_links(mailbox, person, thread.ref, secret=salt, now=now),
    }
