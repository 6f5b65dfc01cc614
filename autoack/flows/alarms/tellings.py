"""Who is to hear of which thread in one ring, found out before anything is done: whether it is a flood shows then."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autoack.core import acts, ladder
from autoack.core.decision import Event
from autoack.core.delivery import MailKind
from autoack.core.news import News, news_of
from autoack.core.pause import taken_up
from autoack.core.policy import Mailbox, is_recurring
from autoack.core.recipients import Reached
from autoack.core.thread import Thread
from autoack.flows.alarms.ring import Ring

# Four mails side by side are still read one by one; from five on, a list says sooner what burns.
FLOOD = 5
_LISTED = frozenset(
    {MailKind.REMINDER, MailKind.ESCALATION}
)  # what else there is to tell says more than a line


@dataclass(frozen=True, slots=True)
class Telling:
    """A person is to hear of a thread. `key` lets that go out once in a wait; `step` is the ladder's, in words."""

    key: str
    kind: MailKind
    step: str
    reached: Reached
    thread: Thread
    mailbox: Mailbox


@dataclass(frozen=True, slots=True)
class Due:
    """A thread with what is due, and who is to hear of it."""

    thread: Thread
    mailbox: Mailbox
    action: ladder.Action
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """All that one person hears in a ring that brings a flood of it; `key` is the mail's."""

    key: str
    count: int


def due(ring: Ring, thread: Thread, mailbox: Mailbox) -> Due:
    """What is due for this thread now."""
    action = ladder.next_due(thread, mailbox.policy, ring.now, watched_since=ring.watched_since)
    about = thread
    news, step = list[News](), ""
    match action:
        case ladder.Fire(step=one):
            kind = MailKind.ESCALATION if one.escalation else MailKind.REMINDER
            news, step = [News(kind, f"{thread.wait}:{one.key}", one.notify)], one.name
        case ladder.FollowUp():  # it begins the next wait, and is the first that is said of it
            about, step = acts.come_back(thread, mailbox.policy, ring.now).thread, ladder.FOLLOW_UP
            news = [News(MailKind.REMINDER, f"{about.wait}:{step}", ("assignee",))]
        case ladder.Wake():
            about = taken_up(thread, mailbox.policy, ring.now)
            if ladder.upcoming(about, mailbox.policy, ring.now)[0] is None:
                # The whole ladder is behind it: nobody would ever be reminded of what was to come back.
                step, back = "the snooze is over", int((thread.next_step_at or ring.now).timestamp())
                news = [News(MailKind.REMINDER, f"{thread.wait}:wake:{back}", ("assignee",))]
        case ladder.Tell():
            news = list(news_of(thread))
    zone = mailbox.policy.calendar.zone
    tellings = tuple(
        Telling(f"{one.kind}:{thread.ref}:{one.which}:{who.person.id}", one.kind, step, who, about, mailbox)
        for one in news
        for who in ladder.recipients(one.whom, mailbox.team, ring.people, thread.assignee, zone, ring.now)
    )
    return Due(thread, mailbox, action, tellings)


def floods(dues: Iterable[Due]) -> dict[str, List]:
    """Those who would hear of so many threads at once that one list serves them better, by their id."""
    keys: Mapping[str, list[str]] = defaultdict(list)
    for one in dues:
        for telling in one.tellings:
            if telling.kind in _LISTED:
                keys[telling.reached.person.id].append(telling.key)
    return {
        person: List(f"{MailKind.LIST}:{person}:{_digest(told)}", len(told))
        for person, told in keys.items()
        if len(told) >= FLOOD
    }


def list_of(telling: Telling, lists: Mapping[str, List]) -> List | None:
    """The list in which this is told, or None: by a mail of its own."""
    return lists.get(telling.reached.person.id) if telling.kind in _LISTED else None


def told(ring: Ring, one: Due, lists: Mapping[str, List]) -> list[Event]:
    """The lines of the thread's timeline: who heard, instead of whom, and in which mail."""
    return [_told(ring, telling, list_of(telling, lists)) for telling in one.tellings]


def _told(ring: Ring, telling: Telling, listed: List | None) -> Event:
    reached, reason = telling.reached, None
    parts = [telling.step] if telling.step else []
    if listed is not None:
        parts.append(f"in a list of {listed.count} ({listed.key})")
        reason = "list"
    if reached.instead_of:
        absent = ", ".join(f"{a.person.id} is away until {a.until.isoformat()}" for a in reached.instead_of)
        parts.append(f"everybody is away: {absent}" if reached.all_away else f"because {absent}")
        reason = "away"
    if telling.kind is MailKind.NOTICE:
        reason = "recurring" if is_recurring(telling.thread.policy) else "rule"
    detail = "; ".join(parts)
    return ring.event(telling.thread, telling.kind, who=reached.person.id, detail=detail, reason=reason)


def _digest(keys: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(sorted(keys)).encode()).hexdigest()[:16]
