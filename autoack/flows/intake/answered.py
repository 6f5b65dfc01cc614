"""Looks at what became of waiting mails in the mailbox itself: answered, or moved to Junk or Trash."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.core.decision import Event
from autoack.core.delivery import URGING, MailKind
from autoack.core.policy import Desk
from autoack.core.thread import State, Thread
from autoack.core.waits import answer
from autoack.errors import MailboxError
from autoack.flows.intake import checkpoint
from autoack.flows.intake.folder import Database, Folder, Watched
from autoack.store import folders, outbox, removed, threads

log = logging.getLogger(__name__)

_NEEDLESS = "needless: answered"


class Answered:
    """Looks at the waiting mails of one folder; `look` is the step."""

    def __init__(
        self,
        desk: Desk,
        of: Watched,
        folder: Folder,
        database: Database,
        clock: Clock,
        withdrawn: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._of = of
        self._folder = folder
        self._database = database
        self._clock = clock
        self._withdrawn = withdrawn
        self._looked_for: set[int] = set()  # UIDs that vanished

    async def look(self) -> int:
        """End the waits whose mail now carries \\Answered (RFC 3501 §2.3.2); returns how many."""
        waiting: dict[int, str] = await self._database.run(self._waiting_uids)
        if not waiting:
            return 0
        flags = await self._folder.flags(sorted(waiting))
        await self._look_for_removed(waiting, set(flags))
        # Of a wait's mails the last counts: an earlier one may have been answered before that came.
        last = {ref: uid for uid, ref in sorted(waiting.items())}
        answered = [ref for ref, uid in last.items() if "\\Answered" in flags.get(uid, ())]
        return (
            await self._database.run(self._answered_by_flag, answered, self._clock.now()) if answered else 0
        )

    async def _look_for_removed(self, waiting: dict[int, str], there: set[int]) -> None:
        """End the waits whose mails have all been moved to Junk or Trash.

        Archived or moved elsewhere, a mail still waits for its answer. So does one that is gone altogether: some
        servers and clients expunge what they move, and a mail that nobody can see must not be forgotten for that.
        Each mail that vanishes is looked for once.
        """
        left = {ref for uid, ref in waiting.items() if uid in there}
        gone = {uid: ref for uid, ref in waiting.items() if ref not in left}
        if not gone.keys() - self._looked_for:
            return
        ids: dict[int, str] = await self._database.run(self._message_ids, list(gone))
        try:
            thrown = await self._folder.thrown_away(list(ids.values()))
        except MailboxError as error:  # no second connection, for instance: at the next look, then
            log.warning("mails that vanished could not be looked for: %s", error, extra=self._of.where)
            return
        self._looked_for |= gone.keys()
        kept = {ref for uid, ref in gone.items() if ids.get(uid) not in thrown}
        thrown_away = set(gone.values()) - kept
        if thrown_away:
            await self._database.run(removed.end, sorted(thrown_away), self._clock.now())
            self._withdrawn()

    # --- inside transactions -------------------------------------------------------------------------------

    def _waiting_uids(self, conn: Connection) -> dict[int, str]:
        known = folders.get(conn, self._of.mailbox.id, self._of.name)
        if known is None:
            return {}
        return threads.waiting_uids(conn, self._of.mailbox.id, self._of.name, known.uidvalidity)

    def _answered_by_flag(self, conn: Connection, refs: Sequence[str], now: datetime) -> int:
        stopped = 0
        for thread in threads.by_refs(conn, refs).values():
            if thread.state is not State.WAITING or _went_to_colleague(conn, thread):
                continue
            policy = self._desk.policed(self._of.mailbox, thread.policy).policy
            done, event = answer(thread, now, "flag", "flag", policy, now)
            threads.update(conn, done)
            threads.add_events(conn, [event])
            withdraw(conn, [event], now)
            stopped += 1
        return stopped

    def _message_ids(self, conn: Connection, uids: Sequence[int]) -> dict[int, str]:
        uidvalidity = checkpoint.present(conn, self._of).uidvalidity
        return threads.message_ids_at(conn, self._of.mailbox.id, self._of.name, uidvalidity, uids)


def withdraw(conn: Connection, answers: Iterable[Event], now: datetime) -> None:
    """What would still urge the team to answer is not sent: no stale reminder follows the answer.

    Nor does a receipt that waits for its time, or is held back, unless the customer has written again since.
    """
    answered = threads.by_refs(conn, [event.thread_ref for event in answers if event.thread_ref])
    settled = [ref for ref, thread in answered.items() if thread.state is not State.WAITING]
    outbox.withdraw(conn, answered, URGING, now, _NEEDLESS)
    outbox.withdraw(conn, settled, [MailKind.RECEIPT], now, _NEEDLESS, put_off=True)


def _went_to_colleague(conn: Connection, thread: Thread) -> bool:
    """Whether what was answered in this wait is known to have gone to a colleague: then the flag tells nothing."""
    since = thread.waiting_since
    return any(
        event.reason == "team-internal" and since is not None and event.at >= since
        for event in threads.timeline(conn, thread.ref)
    )
