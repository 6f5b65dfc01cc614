"""The digest of one night: who gets it, what is late, what falls due, how the day and the week went.

The letter words it, the store feeds it; here it is only worked out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from autoack.core import opening_hours
from autoack.core.nights import Night, end_of_next_day, starts
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.satisfaction import Rated, Satisfaction, Voiced, satisfaction
from autoack.core.statistics import Answer, Day, Group, Period, day_of, groups, period, ranked
from autoack.core.waiting import Told, Waiting

NIGHTS = 14  # of the trend; half of them are the week, half the week before

# --- readers -----------------------------------------------------------------------------------------------


def readers(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Who gets a digest (id) → the teams (ids) that it is about; () for all.

    Who gets the whole one gets no second one as a lead; who leads several teams gets one for all of them.
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(desk.digest.to, ())
    if desk.digest.leads:
        for team in {mailbox.team.id: mailbox.team for mailbox in desk.mailboxes.values()}.values():
            if team.lead not in desk.digest.to:
                found[team.lead] = (*found.get(team.lead, ()), team.id)
    return found


def scope(desk: Desk, teams: Sequence[str]) -> frozenset[str] | None:
    """The mailboxes (ids) of these teams; None where the digest is about all."""
    if not teams:
        return None
    return frozenset(mailbox.id for mailbox in desk.mailboxes.values() if mailbox.team.id in teams)


# --- the digest --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail of ours that was given up, with the last words of the server."""

    kind: str
    to: str
    error: str


@dataclass(frozen=True, slots=True)
class Bounced:
    """A customer's address that takes no mail, and why, as its server said."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood still at a moment: our mails put off and held back, and mails in quarantine."""

    deferred: int = 0
    held: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is on record: when it was seen, since when the customer had waited, and how long."""

    at: datetime
    since: datetime
    seconds: int
    first: bool  # of its thread
    mailbox: str
    policy: str | None  # the rules'; None: the mailbox's
    category: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of a night. `not_answered` counts mails without a receipt by kind and reason.

    `answers` are those of the last NIGHTS nights. `standing` is None where nobody noted how it was then.
    """

    waiting: Sequence[Waiting] = ()
    told: Mapping[str, Told] | None = None  # by reference
    answers: Sequence[Answered] = ()
    receipts: int = 0
    not_answered: Mapping[tuple[str, str], int] | None = None
    bounced: Sequence[Bounced] = ()
    failed: Sequence[FailedMail] = ()
    standing: Standing | None = None
    ratings: Sequence[Rated] = ()  # of the last NIGHTS nights, in order
    voiced: Sequence[Voiced] = ()  # of the last months


@dataclass(frozen=True, slots=True)
class Item:
    """A thread of a list with what is known beside it: names instead of ids."""

    thread: Waiting
    waited: timedelta
    assignee: str | None = None
    told: Told | None = None  # with names
    mailbox: Mailbox | None = None  # None where it is configured no more


@dataclass(frozen=True, slots=True)
class Overdue:
    """A thread that waits past its promise. `past_resolve`: past the second one, too."""

    item: Item
    since: datetime
    past_resolve: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A thread whose next promise falls due by the end of the next day."""

    item: Item
    at: datetime
    resolve: bool  # the promise to resolve, the one to reply being past


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of a night for one person.

    `as_of` is the moment of the lists; numbers count what happened after `night.since` up to its moment, those
    of a week what happened in the seven nights up to this one.
    """

    night: Night
    as_of: datetime
    organisation: str
    zone: ZoneInfo
    person: Person
    overdue: tuple[Overdue, ...]  # the most urgent first
    due: tuple[Due, ...]  # the earliest first
    trend: tuple[Day, ...]  # NIGHTS nights, the last being this one
    week: Period
    week_before: Period
    mailboxes: tuple[Group, ...] = ()
    by_team: tuple[Group, ...] = ()
    categories: tuple[Group, ...] = ()
    helpless: tuple[tuple[str | None, int], ...] = ()  # name, None: nobody's; how many of theirs are overdue
    teams: tuple[str, ...] = ()  # that it is about; () for all
    receipts: int = 0
    not_answered: tuple[tuple[str, str, int], ...] = ()  # kind, reason, count; the most frequent first
    bounced: tuple[Bounced, ...] = ()
    failed: tuple[FailedMail, ...] = ()
    standing: Standing | None = None
    satisfaction: Satisfaction = field(default_factory=Satisfaction)

    @property
    def answered(self) -> int:
        """How many waits were answered since the night before."""
        return self.trend[-1].answered

    @property
    def past_resolve(self) -> int:
        """How many of the overdue wait past the time to resolve, too."""
        return sum(overdue.past_resolve for overdue in self.overdue)


def build(
    facts: Facts, desk: Desk, person: Person, teams: Sequence[str], night: Night, as_of: datetime
) -> Digest:
    """The digest of that night for that person about these teams (() for all), from what the store knows."""
    zone, until = desk.organisation.zone, min(as_of, night.moment)
    answers = [_measured(answer, desk) for answer in facts.answers]
    began = starts(desk.digest, zone, night.date, NIGHTS)
    middle = began[NIGHTS // 2]
    overdue = _overdue(facts, desk, as_of)
    lately = [answer for answer in answers if answer.at > middle]
    mine = scope(desk, teams)
    boxes = [mailbox for mailbox in desk.mailboxes.values() if mine is None or mailbox.id in mine]
    return Digest(
        night=night,
        as_of=as_of,
        organisation=desk.organisation.name,
        zone=zone,
        person=person,
        teams=tuple(teams),
        overdue=overdue,
        due=_due(facts, desk, as_of, end_of_next_day(night, zone)),
        trend=tuple(_trend(night, answers, began, until)),
        week=period(answers, middle, until),
        week_before=period(answers, began[0], middle),
        mailboxes=groups(
            lately,
            lambda a: a.mailbox,
            Counter(o.item.thread.mailbox for o in overdue),
            [b.id for b in boxes],
        ),
        by_team=groups(
            lately,
            lambda a: a.team,
            Counter(o.item.mailbox.team.id for o in overdue if o.item.mailbox),
            [b.team.id for b in boxes],
        ),
        categories=groups(lately, lambda a: a.category, Counter(o.item.thread.category for o in overdue)),
        helpless=_helpless(overdue),
        receipts=facts.receipts,
        not_answered=tuple((kind, reason, n) for (kind, reason), n in ranked(facts.not_answered or {})),
        bounced=tuple(facts.bounced),
        failed=tuple(facts.failed),
        standing=facts.standing,
        satisfaction=satisfaction(facts.ratings, facts.voiced, night.date, began, until, zone),
    )


def _measured(answered: Answered, desk: Desk) -> Answer:
    """With its length in open time, by the calendar of its policy; where that is gone, in wall time."""
    mailbox = desk.mailbox_of(answered.mailbox, answered.policy)
    open_time = answered.seconds
    if mailbox is not None:
        end = answered.since + timedelta(seconds=answered.seconds)
        open_time = int(opening_hours.elapsed(mailbox.policy.calendar, answered.since, end).total_seconds())
    return Answer(
        at=answered.at,
        wall=answered.seconds,
        open=open_time,
        first=answered.first,
        mailbox=answered.mailbox,
        team=mailbox.team.id if mailbox else None,
        category=answered.category,
    )


def _trend(
    night: Night, answers: Sequence[Answer], began: Sequence[datetime], until: datetime
) -> Iterator[Day]:
    for n, (since, end) in enumerate(zip(began, (*began[1:], until), strict=True)):
        yield day_of(night.date - timedelta(days=len(began) - 1 - n), answers, since, end)


def _overdue(facts: Facts, desk: Desk, as_of: datetime) -> tuple[Overdue, ...]:
    late = [
        Overdue(
            item=_item(facts, desk, thread, as_of),
            since=thread.promised_at,
            past_resolve=thread.resolve_at is not None and thread.resolve_at < as_of,
        )
        for thread in facts.waiting
        if thread.promised_at is not None and thread.promised_at < as_of
    ]
    return tuple(sorted(late, key=_urgency))


def _urgency(overdue: Overdue) -> tuple[int, bool, datetime, str]:
    thread = overdue.item.thread
    priority = {"high": 0, "low": 2}.get(thread.priority, 1)
    return priority, not overdue.past_resolve, overdue.since, thread.ref


def _due(facts: Facts, desk: Desk, as_of: datetime, horizon: datetime) -> tuple[Due, ...]:
    coming = []
    for thread in facts.waiting:
        promises = ((thread.promised_at, False), (thread.resolve_at, True))
        ahead = [(at, resolve) for at, resolve in promises if at is not None and as_of <= at < horizon]
        if ahead:
            at, resolve = min(ahead)
            coming.append(Due(_item(facts, desk, thread, as_of), at, resolve))
    return tuple(sorted(coming, key=lambda due: (due.at, due.item.thread.ref)))


def _helpless(overdue: Sequence[Overdue]) -> tuple[tuple[str | None, int], ...]:
    """Whose threads are overdue, the most first, of equals nobody's first."""
    counted = Counter(o.item.assignee for o in overdue)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] or "")))


def _item(facts: Facts, desk: Desk, thread: Waiting, as_of: datetime) -> Item:
    told = (facts.told or {}).get(thread.ref)
    if told is not None:
        told = Told(told.what, told.at, tuple(_name(desk, person) for person in told.who))
    return Item(
        thread=thread,
        waited=as_of - thread.waiting_since,
        assignee=_name(desk, thread.assignee) if thread.assignee is not None else None,
        told=told,
        mailbox=desk.mailboxes.get(thread.mailbox),
    )


def _name(desk: Desk, person_id: str) -> str:
    return desk.people[person_id].name if person_id in desk.people else person_id
