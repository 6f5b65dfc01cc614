"""Takes in what arrived in one folder: fetch, decide, record; a batch a transaction, the checkpoint included."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision, Event
from autoack.core.delivery import URGING, MailKind, Outgoing
from autoack.core.guards import LOOP_WINDOW
from autoack.core.message import Arrival, Mail, Place, Unparseable
from autoack.core.parse import parse
from autoack.core.policy import Desk, Mailbox
from autoack.core.ruling import writer_named
from autoack.core.storm import Storm
from autoack.core.thread import Known, State, Thread
from autoack.core.waits import answer
from autoack.errors import MailboxError, StoreError
from autoack.letters.alerts import storm_rows
from autoack.letters.compose import Composer
from autoack.letters.receipts import receipt_for
from autoack.store import folders, intake, meta, outbox, quarantine, receipts, removed, threads
from autoack.store.folders import Checkpoint, Counted
from autoack.store.intake import Entry

log = logging.getLogger(__name__)

_NEEDLESS = "needless: answered"

Parsed: TypeAlias = Sequence[tuple[Arrival, Mail | Unparseable]]

POISONOUS = 4  # times in a row that the server may fail at a mail, twice with others and then alone
BATCH = 100  # mails a transaction: large enough to share the commit, small enough that other writers get their turn


class FolderStatus(Protocol):
    """What a server tells of a folder that is opened (RFC 3501 §6.3.1)."""

    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid_next(self) -> int: ...
    @property
    def fresh(self) -> bool: ...


class Folder(Protocol):
    """A watched folder, as this flow needs it."""

    mailbox: str
    name: str

    async def open(self) -> FolderStatus: ...
    async def uids_above(self, uid: int) -> list[int]: ...
    async def fetch(self, uids: Sequence[int]) -> list[Arrival]: ...
    async def dates(self, uids: Sequence[int]) -> dict[int, datetime]: ...
    async def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]: ...
    async def thrown_away(self, message_ids: Sequence[str]) -> set[str]: ...


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one pass over a folder did."""

    mails: int = 0
    receipts: int = 0


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
    ) -> None:
        self.mailbox = mailbox
        self.folder = folder
        self.sent_folder = sent_folder
        self._desk = desk
        self._database = database
        self._composer = composer
        self._clock = clock
        self._recorded = recorded
        self._resync = f"resync:{mailbox.id}:{folder.name}"
        self._where = {"mailbox": mailbox.id, "folder": folder.name}
        self._stumbles = _Stumbles()
        self._looked_for: set[int] = set()  # UIDs that vanished

    async def begin(self) -> Checkpoint:
        """Open the folder and settle from which UID on its mails count.

        Raises MailboxError where the server cannot be reached or refuses.
        """
        now = self._clock.now().replace(microsecond=0)
        status = await self.folder.open()
        checkpoint: Checkpoint = await self._database.run(self._settle, status, now)
        if await self._is_older_state(status, checkpoint):
            checkpoint = await self._database.run(self._restored, checkpoint, now)
        return checkpoint

    async def catch_up(self) -> TakenIn:
        """Read the folder to its end: every mail above the checkpoint."""
        # What arrives during the pass is not yet read at its end. INTERNALDATE counts whole seconds.
        searched_at = self._clock.now().replace(microsecond=0)
        checkpoint = await self.begin()
        uids = await self.folder.uids_above(checkpoint.last_uid)
        uids += await self._asked_again(checkpoint)
        taken = await self.read(uids, checkpoint.uidvalidity)
        await self._database.run(self._in_step, searched_at)
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
            log.exception("a batch could not be recorded: its mails are tried one by one", extra=self._where)
            taken = await self._one_by_one(parsed, uids, uidvalidity)
        self._recorded()
        return taken

    async def _record_all(self, parsed: Parsed, uids: Sequence[int], uidvalidity: int) -> TakenIn:
        work = (self._record, parsed, uids, uidvalidity, self._clock.now())
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
                log.exception("a mail could not be recorded", extra={**self._where, "uid": uid})
                await self._database.run(self._put_aside, uid, uidvalidity, "error", why, self._clock.now())
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
            await self._database.run(self._put_aside, uid, uidvalidity, "unfetchable", why, now)
            log.exception("the server cannot give a mail: it is put aside", extra={**self._where, "uid": uid})
            raise

    async def _is_older_state(self, status: FolderStatus, checkpoint: Checkpoint) -> bool:
        """Whether the server has lost what we have seen, as after the restore of a backup, and says nothing.

        RFC 3501 §2.3.1.1 wants a new UIDVALIDITY then. Without one, new mails come under UIDs that others had.
        """
        if status.uid_next <= checkpoint.last_uid:
            status = await self.folder.open()  # another daemon may have read on meanwhile
            fallen = status.uidvalidity == checkpoint.uidvalidity and status.uid_next <= checkpoint.last_uid
            return fallen and not await self.folder.uids_above(status.uid_next - 1)  # else UIDNEXT tells lies
        if not status.fresh or status.uid_next == 1:
            return False
        at = await self._database.run(
            folders.latest, self.mailbox.id, self.folder.name, checkpoint.uidvalidity
        )
        told = await self.folder.dates(sorted(at))
        return any(at[uid] != date for uid, date in told.items())

    async def look_at_flags(self) -> int:
        """End the waits whose mail now carries \\Answered (RFC 3501 §2.3.2); returns how many."""
        if self.sent_folder:
            return 0
        waiting: dict[int, str] = await self._database.run(self._waiting_uids)
        if not waiting:
            return 0
        flags = await self.folder.flags(sorted(waiting))
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
            thrown = await self.folder.thrown_away(list(ids.values()))
        except MailboxError as error:  # no second connection, for instance: at the next look, then
            log.warning("mails that vanished could not be looked for: %s", error, extra=self._where)
            return
        self._looked_for |= gone.keys()
        kept = {ref for uid, ref in gone.items() if ids.get(uid) not in thrown}
        thrown_away = set(gone.values()) - kept
        if thrown_away:
            await self._database.run(removed.end, sorted(thrown_away), self._clock.now())
            self._recorded()

    # --- inside transactions -------------------------------------------------------------------------------

    def _settle(self, conn: Connection, status: FolderStatus, now: datetime) -> Checkpoint:
        known = folders.get(conn, self.mailbox.id, self.folder.name)
        if known is None:
            return self._first_sight(conn, status, now)
        if known.uidvalidity == status.uidvalidity:
            return known
        log.warning("UIDVALIDITY changed: mails are recognised by Message-ID", extra=self._where)
        return self._begin_anew(conn, replace(known, uidvalidity=status.uidvalidity), now)

    def _restored(self, conn: Connection, known: Checkpoint, now: datetime) -> Checkpoint:
        log.warning(
            "the folder is in an older state, with the same UIDVALIDITY: mails are recognised by Message-ID",
            extra=self._where,
        )
        folders.displace(conn, self.mailbox.id, self.folder.name, known.uidvalidity)
        return self._begin_anew(conn, known, now)

    def _begin_anew(self, conn: Connection, known: Checkpoint, now: datetime) -> Checkpoint:
        """UIDs stand for other mails now: all are read again."""
        meta.put(conn, self._resync, known.in_step_at.isoformat())
        renewed = replace(known, last_uid=0)
        folders.save(conn, renewed)
        folders.save_counted(conn, self.mailbox.id, self.folder.name, Counted(1, now))
        return renewed

    def _first_sight(self, conn: Connection, status: FolderStatus, now: datetime) -> Checkpoint:
        """First contact is harmless (DESIGN principle 6): by default what lies there is passed over."""
        skip = self.sent_folder or self.mailbox.backlog == "ignore"
        checkpoint = Checkpoint(
            mailbox=self.mailbox.id,
            folder=self.folder.name,
            uidvalidity=status.uidvalidity,
            last_uid=status.uid_next - 1 if skip else 0,
            first_seen_at=now,
            in_step_at=now,
        )
        folders.save(conn, checkpoint)
        first = Counted(checkpoint.last_uid + 1, now)
        folders.save_counted(conn, self.mailbox.id, self.folder.name, first)
        return checkpoint

    def _record(
        self,
        conn: Connection,
        parsed: Parsed,
        uids: Sequence[int],
        uidvalidity: int,
        now: datetime,
    ) -> TakenIn:
        checkpoint = self._checkpoint(conn)
        mails = [mail for _, mail in parsed if isinstance(mail, Mail)]
        since = now - max(self.mailbox.per_sender.within, LOOP_WINDOW)
        named = [writer_named(mail, self._desk) for mail in mails]
        gmail = {arrival.gmail_thread for arrival, _ in parsed if arrival.gmail_thread}
        known = intake.known(conn, mails, self.mailbox.id, since, named=named, gmail_threads=gmail)
        before, known.receipts_lately = receipts.storm(conn, self.mailbox, len(mails), now)
        known.storm = before
        horizon = self._old_before(conn, checkpoint)
        salt = meta.installation(conn)
        entries: list[Entry] = []
        letters: list[Outgoing] = []
        for arrival, mail in parsed:
            entry, letter = self._one(conn, arrival, mail, known, horizon, salt, now)
            if entry:
                entries.append(entry)
            if letter:
                letters.append(letter)
        self._release(conn, parsed, entries, uids, uidvalidity)
        new = intake.record(conn, entries, now)
        if known.storm is not None and known.storm != before:
            meta.put_storm(conn, self.mailbox.id, known.storm)
            if before is None:
                letters += self._alert(known.storm, salt, now)
        outbox.add(conn, letters)
        decided = (event for entry in entries if entry.place in new for event in entry.decision.events)
        _withdraw(conn, [event for event in decided if event.what == "answer"], now)
        if not self.sent_folder:
            self._moved_back(conn, entries, now)
        _advance(conn, checkpoint, uids, uidvalidity)
        return TakenIn(len(parsed), len(letters))

    def _moved_back(self, conn: Connection, entries: Sequence[Entry], now: datetime) -> None:
        for entry in entries:
            thread = entry.decision.thread
            if thread and entry.decision.verdict.reason == "duplicate":
                policy = self._desk.policed(self.mailbox, thread.policy).policy
                removed.resume(conn, thread, policy, now)

    def _put_aside(
        self, conn: Connection, uid: int, uidvalidity: int, reason: str, because: str, now: datetime
    ) -> None:
        place = Place(self.mailbox.id, self.folder.name, uidvalidity, uid)
        quarantine.put(conn, place, now, reason, because)
        _advance(conn, self._checkpoint(conn), [uid], uidvalidity)

    def _checkpoint(self, conn: Connection) -> Checkpoint:
        checkpoint = folders.get(conn, self.mailbox.id, self.folder.name)
        assert checkpoint is not None
        return checkpoint

    def _release(
        self,
        conn: Connection,
        parsed: Parsed,
        entries: Sequence[Entry],
        uids: Sequence[int],
        uidvalidity: int,
    ) -> None:
        """Out of quarantine come mails that were taken in at another try, and those that are gone by now."""
        again = quarantine.retries(conn, self.mailbox.id, self.folder.name, uidvalidity)
        still_there = {arrival.place.uid for arrival, _ in parsed}
        taken_in = {entry.place.uid for entry in entries}
        for uid in set(again) & set(uids):
            if uid in taken_in or uid not in still_there:
                quarantine.remove(conn, Place(self.mailbox.id, self.folder.name, uidvalidity, uid))

    def _one(
        self,
        conn: Connection,
        arrival: Arrival,
        mail: Mail | Unparseable,
        known: Known,
        horizon: tuple[datetime, bool] | None,
        salt: str,
        now: datetime,
    ) -> tuple[Entry | None, Outgoing | None]:
        """One mail of the batch. Poison is put aside with its reason; the others go on."""
        if isinstance(mail, Unparseable):
            quarantine.put(conn, arrival.place, now, mail.reason, mail.because)
            return None, None
        try:
            met = self._met(arrival, mail, horizon, now)
            decision = decide(mail, self._desk, self.mailbox, known, met)
            letter = self._receipt(mail, decision, known, salt, now)
        except Exception as error:
            log.exception("a mail could not be decided on", extra={"place": str(arrival.place)})
            quarantine.put(conn, arrival.place, now, "error", f"{type(error).__name__}: {error}")
            return None, None
        learn(known, mail, decision)
        if letter and decision.thread:
            queued = Event(
                now,
                "receipt",
                decision.customer.address if decision.customer else None,
                letter.key,
                decision.verdict.reason,
                decision.thread.ref,
                self.mailbox.id,
            )
            decision = replace(decision, events=(*decision.events, queued))
        return Entry(arrival.place, arrival.received_at, mail, decision), letter

    def _met(
        self, arrival: Arrival, mail: Mail, horizon: tuple[datetime, bool] | None, now: datetime
    ) -> Circumstances:
        received_at = min(arrival.received_at, now)
        old = False
        if horizon is not None:
            before, by_date_too = horizon
            old = received_at < before or (by_date_too and (mail.date is None or mail.date < before))
        answered = "\\Answered" in arrival.flags
        return Circumstances(now, received_at, self.sent_folder, answered, old, arrival.gmail_thread)

    def _old_before(self, conn: Connection, checkpoint: Checkpoint) -> tuple[datetime, bool] | None:
        """Mail from before this moment is backlog; the second value asks for its Date field to agree.

        After a change of UIDVALIDITY that is the moment at which the folder was last in step (DESIGN section 5).
        """
        resync = meta.get(conn, self._resync)
        if resync is not None:
            return datetime.fromisoformat(resync), True
        if self.sent_folder or self.mailbox.backlog == "answer":
            return None
        return checkpoint.first_seen_at, False

    def _receipt(
        self, mail: Mail, decision: Decision, known: Known, salt: str, now: datetime
    ) -> Outgoing | None:
        if not decision.wants_receipt:
            return None
        paused = self.mailbox.id in known.paused
        _, row = receipt_for(mail, decision, self.mailbox, self._composer, salt=salt, now=now, paused=paused)
        return row

    def _alert(self, storm: Storm, salt: str, now: datetime) -> list[Outgoing]:
        log.warning(
            "a storm of receipts: further ones are held back, those within the limit have gone",
            extra={"mailbox": self.mailbox.id, "limit": self.mailbox.storm.receipts},
        )
        return storm_rows(self._desk, self._composer, self.mailbox, storm, salt=salt, now=now)

    def _in_step(self, conn: Connection, at: datetime) -> None:
        checkpoint = folders.get(conn, self.mailbox.id, self.folder.name)
        if checkpoint is not None:
            folders.save(conn, replace(checkpoint, in_step_at=at))
        meta.remove(conn, self._resync)

    def _waiting_uids(self, conn: Connection) -> dict[int, str]:
        checkpoint = folders.get(conn, self.mailbox.id, self.folder.name)
        if checkpoint is None:
            return {}
        return threads.waiting_uids(conn, self.mailbox.id, self.folder.name, checkpoint.uidvalidity)

    def _answered_by_flag(self, conn: Connection, refs: Sequence[str], now: datetime) -> int:
        stopped = 0
        for thread in threads.by_refs(conn, refs).values():
            if thread.state is not State.WAITING or _went_to_colleague(conn, thread):
                continue
            policy = self._desk.policed(self.mailbox, thread.policy).policy
            done, event = answer(thread, now, "flag", "flag", policy, now)
            threads.update(conn, done)
            threads.add_events(conn, [event])
            _withdraw(conn, [event], now)
            stopped += 1
        return stopped

    def _message_ids(self, conn: Connection, uids: Sequence[int]) -> dict[int, str]:
        uidvalidity = self._checkpoint(conn).uidvalidity
        return threads.message_ids_at(conn, self.mailbox.id, self.folder.name, uidvalidity, uids)

    async def _asked_again(self, checkpoint: Checkpoint) -> list[int]:
        """Mails in quarantine for which somebody asked `autoack quarantine --retry`."""
        return await self._database.run(  # type: ignore[no-any-return]  # the Protocol hides the result's type
            quarantine.retries, self.mailbox.id, self.folder.name, checkpoint.uidvalidity
        )


def _advance(conn: Connection, checkpoint: Checkpoint, uids: Sequence[int], uidvalidity: int) -> None:
    if checkpoint.uidvalidity == uidvalidity and max(uids) > checkpoint.last_uid:
        folders.save(conn, replace(checkpoint, last_uid=max(uids)))


def _withdraw(conn: Connection, answers: Iterable[Event], now: datetime) -> None:
    """What would still urge the team to answer is not sent: no stale reminder follows the answer.

    Nor does a receipt that waits for its time, or is held back, unless the customer has written again since.
    """
    refs = {event.thread_ref for event in answers if event.thread_ref}
    for ref, thread in threads.by_refs(conn, refs).items():
        for kind in URGING:
            outbox.withdraw(conn, ref, kind, now, _NEEDLESS)
        if thread.state is not State.WAITING:
            outbox.withdraw(conn, ref, MailKind.RECEIPT, now, _NEEDLESS, put_off=True)


def _went_to_colleague(conn: Connection, thread: Thread) -> bool:
    """Whether what was answered in this wait is known to have gone to a colleague: then the flag tells nothing."""
    since = thread.waiting_since
    return any(
        event.reason == "team-internal" and since is not None and event.at >= since
        for event in threads.timeline(conn, thread.ref)
    )


def _parse_all(arrivals: Sequence[Arrival]) -> Parsed:
    return [(arrival, parse(arrival.raw)) for arrival in arrivals]


async def _settled(task: Awaitable[object]) -> None:
    """Let a fetch that nobody waits for come to its end: a connection takes one command at a time."""
    try:
        await task
    except Exception:
        log.debug("a prefetch failed after its batch had", exc_info=True)
