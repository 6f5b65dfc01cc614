"""One ring: the transaction in which what is due is done, and how a thread changes in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.delivery import Outgoing
from autoack.core.policy import Mailbox, Person
from autoack.core.thread import Thread
from autoack.core.waits import scheduled
from autoack.store import threads


@dataclass(frozen=True, slots=True)
class Ring:
    """What is the same for all threads of one ring.

    `salt` is the installation's secret; `people` are those of the configuration, with the absences that they
    told by mail. `events` gathers the lines of the timelines, and `letters` what goes out: they are written at the
    end, all in one. `watched_since`: when the alarms were set up, if that is known.
    """

    conn: Connection
    now: datetime
    salt: str
    people: Mapping[str, Person]
    watched_since: datetime | None = None
    events: list[Event] = field(default_factory=list)
    letters: list[Outgoing] = field(default_factory=list)

    def save(self, changed: Thread, was: Thread, mailbox: Mailbox, events: Sequence[Event]) -> bool:
        """Record the thread with its next step, and the events, unless somebody was faster; whether it was."""
        following = scheduled(changed, mailbox.policy, self.now)
        if not threads.update_if_due(self.conn, following, was.next_step_at):
            return False
        self.events.extend(events)
        return True

    def event(
        self,
        thread: Thread,
        what: str,
        *,
        who: str | None = None,
        detail: str = "",
        reason: str | None = None,
    ) -> Event:
        """A line of the thread's timeline, of now."""
        return Event(self.now, what, who, detail, reason, thread.ref, thread.mailbox)
