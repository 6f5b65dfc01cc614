"""What people hear of a thread at once: what a rule wants told, that it is theirs, that its customer gets no mail.

A thread keeps such news in `notify` until the next ring of the alarms has told them. There it keeps meanwhile, too,
when our answer promised to come back: until then its next step is the news.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.thread import State, Thread

_TOLD = (State.WAITING, State.ANSWERED)  # else once it is open again
_OF_OURS = (
    f"{MailKind.ASSIGNMENT}:",
    f"{MailKind.BOUNCED}:",
)  # other entries are a rule's: roles, ids of people
_KEPT = f"{FOLLOW_UP}:"  # before the second at which the thread comes back


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `which` tells it from others of its kind in the thread; `whom` are roles or ids."""

    kind: MailKind
    which: str
    whom: tuple[str, ...]


def news_of(thread: Thread) -> Iterator[News]:
    """What is to be told of this thread now."""
    ruled = tuple(one for one in thread.notify if not one.startswith((*_OF_OURS, _KEPT)))
    if ruled:
        yield News(MailKind.NOTICE, str(thread.wait), ruled)
    for one in thread.notify:
        if one.startswith(_OF_OURS):
            kind, which, whom = one.split(":", 2)
            yield News(MailKind(kind), which, (whom,))


def told(thread: Thread) -> Thread:
    """The thread once its news are told: what it waited for before, it waits for again."""
    return coming_back(replace(thread, notify=()), comes_back_at(thread))


def comes_back_at(thread: Thread) -> datetime | None:
    """When the answered thread comes back, as our answer promised."""
    if thread.state is not State.ANSWERED:
        return None
    if thread.next_step == FOLLOW_UP:
        return thread.next_step_at
    kept = next((one for one in thread.notify if one.startswith(_KEPT)), None)
    return datetime.fromtimestamp(int(kept.removeprefix(_KEPT)), UTC) if kept else None


def coming_back(thread: Thread, at: datetime | None) -> Thread:
    """The thread that comes back then; with None, that does not. Its news are told before."""
    news = tuple(one for one in thread.notify if not one.startswith(_KEPT))
    if news:
        return replace(thread, notify=(*news, f"{_KEPT}{int(at.timestamp())}") if at else news)
    if at is None:
        return replace(thread, notify=(), next_step=None, next_step_at=None)
    return replace(thread, notify=(), next_step=FOLLOW_UP, next_step_at=at)


def ruled(thread: Thread, whom: tuple[str, ...]) -> Thread:
    """The thread, with those to hear of it whom a rule names now; our own news that wait to be told stay."""
    ours = tuple(one for one in thread.notify if one.startswith((*_OF_OURS, _KEPT)))
    return replace(thread, notify=(*whom, *ours))


def assigned(thread: Thread, person: str, now: datetime) -> Thread:
    """The thread, with `person` to hear that it is theirs; whose it was to be before hears nothing any more."""
    others = tuple(one for one in thread.notify if not one.startswith(f"{MailKind.ASSIGNMENT}:"))
    return _with(replace(thread, notify=others), MailKind.ASSIGNMENT, person, now)


def bounced(thread: Thread, now: datetime) -> Thread:
    """The thread, with whoever is in charge to hear that its customer gets no mail."""
    return _with(thread, MailKind.BOUNCED, "assignee", now)


def _with(thread: Thread, kind: MailKind, whom: str, now: datetime) -> Thread:
    after = comes_back_at(thread)
    told = replace(thread, notify=(*thread.notify, f"{kind}:{int(now.timestamp())}:{whom}"))
    if thread.clock and thread.state in _TOLD:
        return replace(coming_back(told, after), next_step_at=now, next_step="notice")
    return told
