"""Tells people at once what a customer thinks of us: the lead of a low rating, whoever earned it of praise.

Praise comes as a rating or in a mail of the customer's. Where nobody of the configuration is known to have earned it,
the lead hears, to pass it on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from autoack.core.delivery import CHANNEL, MailKind, Outgoing
from autoack.core.feedback import Voted
from autoack.core.ours import message_id
from autoack.core.plain import lines_of, shortened, visible_line
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.recipients import Reached, recipients
from autoack.core.thread import Thread
from autoack.letters.compose import Composer
from autoack.letters.links import act_links
from autoack.letters.reminder_values import absences
from autoack.letters.short import short_opinion

_MAIL = "mail"
_MOST_WORDS = 2000  # characters of the customer's words
_NAME_IN_SUBJECT = 18  # characters


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What a customer said of us in this thread. `which` tells it from others there."""

    thread: Thread
    which: str
    words: str
    stars: str = ""  # "" where it is no rating
    low: bool = False


def rating_rows(
    desk: Desk,
    composer: Composer,
    voted: Voted,
    people: Mapping[str, Person],
    *,
    salt: str,
    now: datetime,
) -> list[Outgoing]:
    """What tells of this vote, none where nobody needs to hear of it at once.

    `people` are those of the configuration with their absences. Whoever is told once of so many stars, with or
    without words, is not told again, however often the customer changes the vote.
    """
    thread, vote = voted.thread, voted.vote
    if not vote.is_low and not vote.is_praise(thread.category):
        return []
    which = f"{vote.stars}{'+' if vote.words else ''}"
    opinion = _Opinion(thread, which, vote.words, str(vote.stars), vote.is_low)
    return list(_rows(desk, composer, opinion, people, salt, now))


def praise_rows(
    desk: Desk,
    composer: Composer,
    thread: Thread,
    words: str,
    people: Mapping[str, Person],
    *,
    salt: str,
    now: datetime,
) -> list[Outgoing]:
    """What tells of praise in a customer's mail, whose words they are: once a thread and person."""
    return list(_rows(desk, composer, _Opinion(thread, "praise", words), people, salt, now))


def _rows(
    desk: Desk,
    composer: Composer,
    opinion: _Opinion,
    people: Mapping[str, Person],
    salt: str,
    now: datetime,
) -> Iterator[Outgoing]:
    """An outbox row for each who is told, and each way in which they want to be reached."""
    thread = opinion.thread
    mailbox = desk.mailbox_of(thread.mailbox, thread.policy)
    for reached in _told(opinion, mailbox, people, now) if mailbox else ():
        assert mailbox is not None
        person = reached.person
        key = f"{MailKind.RATING}:{thread.ref}:{opinion.which}:{person.id}"
        for way in person.notify:
            if way == _MAIL:
                values = _values(opinion, desk, mailbox, reached, salt, now)
                identifier = message_id(key, mailbox.domain, salt)
                letter = composer.to_person(
                    MailKind.RATING, person, mailbox, values, identifier, now, thread.ref
                )
                yield _outgoing(key, mailbox.id, letter.to, identifier, letter.raw, thread, now)
            else:
                own, to = f"{key}:{way}", f"{way} ({person.id})"
                zone = mailbox.policy.calendar.zone
                short = short_opinion(thread.ref, opinion.stars, reached, low=opinion.low, zone=zone, now=now)
                identifier = message_id(own, mailbox.domain, salt)
                yield _outgoing(own, f"{CHANNEL}{way}", to, identifier, short, thread, now)


def _outgoing(
    key: str, lane: str, to: str, identifier: str, raw: bytes, thread: Thread, now: datetime
) -> Outgoing:
    return Outgoing(
        key=key,
        kind=MailKind.RATING,
        mailbox=lane,
        to=to,
        message_id=identifier,
        raw=raw,
        created_at=now,
        next_at=now,
        thread_ref=thread.ref,
    )


def _told(
    opinion: _Opinion, mailbox: Mailbox, people: Mapping[str, Person], now: datetime
) -> tuple[Reached, ...]:
    if not opinion.low and (earned := _earned_by(opinion.thread, people)):
        return (Reached(earned),)  # also while they are away: it is theirs, and can wait for them
    zone = mailbox.policy.calendar.zone
    return recipients(("lead",), mailbox.team, people, opinion.thread.assignee, zone, now)


def _earned_by(thread: Thread, people: Mapping[str, Person]) -> Person | None:
    return _answered_by(thread, people) or people.get(thread.assignee or "")


def _answered_by(thread: Thread, people: Mapping[str, Person]) -> Person | None:
    """Who answered last: the id or an address of a person."""
    who = (thread.answered_by or "").casefold()
    return people.get(who) or next((p for p in people.values() if who in p.addresses), None)


def _values(
    opinion: _Opinion, desk: Desk, mailbox: Mailbox, reached: Reached, salt: str, now: datetime
) -> dict[str, str | bool]:
    thread, person = opinion.thread, reached.person
    phone = visible_line(thread.customer_phone or "")
    who = visible_line(thread.customer_name or thread.customer_address) or phone or "—"
    answered_by = _answered_by(thread, desk.people)
    earned = _earned_by(thread, desk.people)
    today = now.astimezone(mailbox.policy.calendar.zone).date()
    return {
        "low": opinion.low,
        "earned": earned is not None and earned.id == person.id,
        "stars": opinion.stars,
        "words": shortened(lines_of(opinion.words).strip(), _MOST_WORDS),
        "who": who,
        "who_short": shortened(who, _NAME_IN_SUBJECT),
        "customer_address": visible_line(thread.customer_address) if thread.customer_name else "",
        "customer_phone": phone,
        "phone_line": phone if phone != who else "",
        "subject": shortened(visible_line(thread.subject), 200),
        "answered_by": answered_by.name if answered_by else "",
        "ref": thread.ref,
        "instead_of": absences(reached.instead_of, person.language, today),
        "all_away": reached.all_away,
        **act_links(mailbox, person, thread.ref, secret=salt, now=now),
    }
