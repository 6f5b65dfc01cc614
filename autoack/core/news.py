"""What people hear of a thread at once: what a rule wants told, that it is theirs, that its customer gets no mail.

A thread keeps such news in `notify` until the next ring of the alarms has told them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from autoack.core.delivery import MailKind
from autoack.core.thread import State, Thread

_TOLD = (State.WAITING, State.ANSWERED)  # else once it is open again
_OF_OURS = (
    f"{MailKind.ASSIGNMENT}:",
    f"{MailKind.BOUNCED}:",
)  # other entries are a rule's: roles, ids of people


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `which` tells it from others of its kind in the thread; `whom` are roles or ids."""

    kind: MailKind
    which: str
    whom: tuple[str, ...]


def news_of(thread: Thread) -> Iterator[News]:
    """What is to be told of this thread now."""
    ruled = tuple(one for one in thread.notify if not one.startswith(_OF_OURS))
    if ruled:
        yield News(MailKind.NOTICE, str(thread.wait), ruled)
    for one in thread.notify:
        if one.startswith(_OF_OURS):
            kind, which, whom = one.split(":", 2)
            yield News(MailKind(kind), which, (whom,))


def assigned(thread: Thread, person: str, now: datetime) -> Thread:
    """The thread, with `person` to hear that it is theirs; whose it was to be before hears nothing any more."""
    others = tuple(one for one in thread.notify if not one.startswith(f"{MailKind.ASSIGNMENT}:"))
    return _with(replace(thread, notify=others), MailKind.ASSIGNMENT, person, now)


def bounced(thread: Thread, now: datetime) -> Thread:
    """The thread, with whoever is in charge to hear that its customer gets no mail."""
    return _with(thread, MailKind.BOUNCED, "assignee", now)


def _with(thread: Thread, kind: MailKind, whom: str, now: datetime) -> Thread:
    told = replace(thread, notify=(*thread.notify, f"{kind}:{int(now.timestamp())}:{whom}"))
    if thread.clock and thread.state in _TOLD:
        return replace(told, next_step_at=now, next_step="notice")
    return told
