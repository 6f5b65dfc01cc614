"""Reads one folder: its mails in batches, the next fetched while one is recorded; poison is put aside."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from autoack.clock import Clock
from autoack.core.message import Arrival
from autoack.core.parse import parse
from autoack.core.policy import Desk, Mailbox
from autoack.errors import MailboxError, StoreError
from autoack.flows.intake import checkpoint
from autoack.flows.intake.answered import Answered
from autoack.flows.intake.done import DoneKeyword
from autoack.flows.intake.folder import Database, Folder, FolderStatus, Watched
from autoack.flows.intake.recording import Parsed, Recorder, TakenIn
from autoack.letters.compose import Composer
from autoack.letters.drafts import Drafter
from autoack.store import folders, quarantine
from autoack.store.folders import Checkpoint

log = logging.getLogger(__name__)

POISONOUS = 4  # times in a row that the server may fail at a mail, twice with others and then alone
BATCH = 100  # mails a transaction: large enough to share the commit, small enough that other writers get their turn


@dataclass(frozen=True, slots=True)
class _Stumbles:
    """The mail at which fetching failed, the first of its batch, and how many times in a row."""

    uid: int = 0
    times: int = 0

    def again(self, uid: int) -> "_Stumbles":
        return _Stumbles(uid, self.times + 1 if uid == self.uid else 1)


class Intake:
    """Takes in the mails of one folder; `catch_up` is the step."""

    def __init__(
        self,
        desk: Desk,
        mailbox: Mailbox,
        folder: Folder,
        database: Database,
        composer: Composer,
        clock: Clock,
        *,
        sent_folder: bool = False,
        recorded: Callable[[], None] = lambda: None,
        drafter: Drafter | None = None,
        done_keyword: str | None = None,
    ) -> None:
        self.mailbox = mailbox
        self.folder = folder
        self._database = database
        self._clock = clock
        self._recorded = recorded
        self._watched = Watched(mailbox, folder.name, sent_folder)
        self._recorder = Recorder(desk, self._watched, composer, drafter)
        self._answered = Answered(desk, self._watched, folder, database, clock, recorded)
        self._done = (
            DoneKeyword(desk, self._watched, folder, database, clock, recorded, done_keyword)
            if done_keyword
            else None
        )
        self._stumbles = _Stumbles()

    async def begin(self) -> Checkpoint:
        """Open the folder and settle from which UID on its mails count.

        Raises MailboxError where the server cannot be reached or refuses.
        """
        now = self._clock.now().replace(microsecond=0)
        status = await self.folder.open()
        known: Checkpoint = await self._database.run(checkpoint.settle, self._watched, status, now)
        if await self._is_older_state(status, known):
            known = await self._database.run(checkpoint.restored, self._watched, known, now)
        return known

    async def catch_up(self) -> TakenIn:
        """Read the folder to its end: every mail above the checkpoint."""
        # What arrives during the pass is not yet read at its end. INTERNALDATE counts whole seconds.
        searched_at = self._clock.now().replace(microsecond=0)
        known = await self.begin()
        uids = await self.folder.uids_above(known.last_uid)
        uids += await self._asked_again(known)
        taken = await self.read(uids, known.uidvalidity)
        await self._database.run(checkpoint.in_step, self._watched, searched_at)
        return taken

    async def read(self, uids: Sequence[int], uidvalidity: int) -> TakenIn:
        """Take in these mails of the folder, which is open, in batches; the next is fetched meanwhile."""
        mails = receipts = 0
        batches = await self._batches(uids, uidvalidity)
        ahead = asyncio.ensure_future(self.folder.fetch(batches[0])) if batches else None
        try:
            for number, batch in enumerate(batches):
                assert ahead is not None
                try:
                    arrivals = await ahead
                except MailboxError:
                    self._stumbles = self._stumbles.again(batch[0])
                    raise
                rest = batches[number + 1 : number + 2]
                ahead = asyncio.ensure_future(self.folder.fetch(rest[0])) if rest else None
                taken = await self.take_in(arrivals, batch, uidvalidity)
                mails += taken.mails
                receipts += taken.receipts
        except asyncio.CancelledError:
            if ahead is not None:
                ahead.cancel()  # a server that has fallen silent must not hold up a stop
            raise
        finally:
            if ahead is not None:
                await _settled(ahead)
        return TakenIn(mails, receipts)

    async def take_in(self, arrivals: Sequence[Arrival], uids: Sequence[int], uidvalidity: int) -> TakenIn:
        """Parse, decide, record and queue one batch in one transaction, its checkpoint included.

        Where a mail makes that fail, each mail has a transaction of its own, and that one is put aside.
        """
        parsed = await asyncio.to_thread(_parse_all, arrivals)
        try:
            taken = await self._record_all(parsed, uids, uidvalidity)
        except (StoreError, OSError):
            raise  # the database is not well: no mail is to blame
        except Exception:
            log.exception(
                "a batch could not be recorded: its mails are tried one by one", extra=self._watched.where
            )
            taken = await self._one_by_one(parsed, uids, uidvalidity)
        self._recorded()
        return taken

    async def _record_all(self, parsed: Parsed, uids: Sequence[int], uidvalidity: int) -> TakenIn:
        work = (self._recorder.record, parsed, uids, uidvalidity, self._clock.now())
        return await self._database.run(*work)  # type: ignore[no-any-return]  # the Protocol hides the result's type

    async def _one_by_one(self, parsed: Parsed, uids: Sequence[int], uidvalidity: int) -> TakenIn:
        mails = receipts = 0
        for uid in uids:
            this = [(arrival, mail) for arrival, mail in parsed if arrival.place.uid == uid]
            try:
                taken = await self._record_all(this, [uid], uidvalidity)
            except (StoreError, OSError):
                raise
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
                log.exception("a mail could not be recorded", extra={**self._watched.where, "uid": uid})
                await self._database.run(
                    self._recorder.put_aside, uid, uidvalidity, "error", why, self._clock.now()
                )
                continue
            mails += taken.mails
            receipts += taken.receipts
        return TakenIn(mails, receipts)

    async def _batches(self, uids: Sequence[int], uidvalidity: int) -> list[Sequence[int]]:
        """In batches, but for a while one by one where the server failed twice at the same mails."""
        singly = 0
        if uids and uids[0] == self._stumbles.uid and self._stumbles.times > 1:
            singly = BATCH
            if self._stumbles.times > POISONOUS:
                await self._try_apart(uids[0], uidvalidity)
        first = [uids[i : i + 1] for i in range(min(singly, len(uids)))]
        return first + [uids[i : i + BATCH] for i in range(singly, len(uids), BATCH)]

    async def _try_apart(self, uid: int, uidvalidity: int) -> None:
        """Put the mail aside, if the server gives another one and fails at this one.

        Some servers end the connection whenever they are asked for a mail that they hold in a broken state.
        """
        others = [other for other in await self.folder.uids_above(0) if other != uid]
        if not others or not await self.folder.fetch(others[-1:]):
            return
        try:
            await self.folder.fetch([uid])
        except MailboxError as error:
            why = f"The server fails each time when it is asked for this mail, and gives others: {error}"
            now = self._clock.now()
            await self._database.run(self._recorder.put_aside, uid, uidvalidity, "unfetchable", why, now)
            log.exception(
                "the server cannot give a mail: it is put aside", extra={**self._watched.where, "uid": uid}
            )
            raise

    async def _is_older_state(self, status: FolderStatus, known: Checkpoint) -> bool:
        """Whether the server has lost what we have seen, as after the restore of a backup, and says nothing.

        RFC 3501 §2.3.1.1 wants a new UIDVALIDITY then. Without one, new mails come under UIDs that others had.
        """
        if status.uid_next <= known.last_uid:
            status = await self.folder.open()  # another daemon may have read on meanwhile
            fallen = status.uidvalidity == known.uidvalidity and status.uid_next <= known.last_uid
            return fallen and not await self.folder.uids_above(status.uid_next - 1)  # else UIDNEXT tells lies
        if not status.fresh or status.uid_next == 1:
            return False
        at = await self._database.run(folders.latest, self.mailbox.id, self.folder.name, known.uidvalidity)
        told = await self.folder.dates(sorted(at))
        return any(at[uid] != date for uid, date in told.items())

    async def look_at_flags(self) -> int:
        """End the waits whose mail carries \\Answered by now, or lies in Junk or Trash; how many the flag did.

        Close the threads whose mails carry the team's keyword.
        """
        stopped = 0 if self._watched.sent else await self._answered.look()
        if self._done is not None:
            await self._done.look()
        return stopped

    async def _asked_again(self, known: Checkpoint) -> list[int]:
        """Mails in quarantine for which somebody asked `autoack quarantine --retry`."""
        return await self._database.run(  # type: ignore[no-any-return]  # the Protocol hides the result's type
            quarantine.retries, self.mailbox.id, self.folder.name, known.uidvalidity
        )


def _parse_all(arrivals: Sequence[Arrival]) -> Parsed:
    return [(arrival, parse(arrival.raw)) for arrival in arrivals]


async def _settled(task: Awaitable[object]) -> None:
    """Let a fetch that nobody waits for come to its end: a connection takes one command at a time."""
    try:
        await task
    except Exception:
        log.debug("a prefetch failed after its batch had", exc_info=True)
