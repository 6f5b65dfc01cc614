"""One mailbox: which of several replicas watches it, and the watches of its folders."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from autoack.app.connections import Servers
from autoack.app.tasks import cancel
from autoack.clock import Clock
from autoack.errors import LoginRefused, StoreError, TransportError
from autoack.flows.comparison import Comparison
from autoack.flows.drafts import Drafts
from autoack.flows.intake import DoneFolder, Intake
from autoack.flows.watch import Pauses, Watch
from autoack.letters.compose import Composer
from autoack.letters.drafts import Drafter
from autoack.mail.drafts_folder import AUTO, DraftsFolder
from autoack.mail.imap_folders import find_sent
from autoack.mail.inbox import Folder
from autoack.settings import Settings
from autoack.store import leases
from autoack.store.engine import Database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # a replica that has died is replaced within this time
RENEW_EVERY = 15.0  # seconds between looks whether a mailbox is ours to watch
RENEW_PAUSE = 1.0  # seconds of real time that lie between them at least


class MailboxWatch:
    """Watches the folders of one mailbox, customers' and sent, as long as its lease is ours.

    `holder` is this replica's name in the lease. `recorded` is called after each batch that was taken in,
    `unreachable` when a server has long been silent. `drafter` writes the drafts that `imap.drafts` asks for.
    """

    def __init__(
        self,
        mailbox: str,
        settings: Settings,
        servers: Servers,
        database: Database,
        composer: Composer,
        clock: Clock,
        threads: ThreadPoolExecutor,
        *,
        holder: str,
        recorded: Callable[[str], None],
        unreachable: Callable[[str, str, datetime, str], Awaitable[None]],
        drafter: Drafter | None = None,
    ) -> None:
        servers.imap(mailbox)  # what cannot be signed in to is told now, not when it is watched
        self.mailbox = mailbox
        self.watching = asyncio.Event()  # here, or by another replica
        self.caught_up = asyncio.Event()  # all that came while nobody watched has been read
        self._settings = settings
        self._imap = settings.mailboxes[mailbox].imap
        self._servers = servers
        self._database = database
        self._composer = composer
        self._clock = clock
        self._threads = threads
        self._holder = holder
        self._recorded = recorded
        self._unreachable = unreachable
        self._drafter = drafter if self._imap.drafts else None
        # In a dry run drafts are recorded as not laid, like all that would be sent.
        lays = self._drafter is not None and not database.rehearsing
        self._drafts = Drafts(mailbox, self._open_drafts, database, clock) if lays else None
        self._folders: list[Watch] = []  # those that are watched here

    @property
    def is_well(self) -> bool:
        """Whether mail that arrives now will be seen soon, here or by the replica that watches."""
        return self.watching.is_set() and all(watch.is_well for watch in self._folders)

    # --- whose turn it is ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Watch the mailbox as long as its lease is ours; of several replicas one watches, the others stand by."""
        watch: asyncio.Task[None] | None = None
        try:
            while True:
                ours = await self._holds_lease(held=watch is not None)
                if ours and watch is None:
                    watch = asyncio.create_task(self._watch())
                elif not ours:
                    if watch is not None or not self.watching.is_set():
                        log.info("another replica watches", extra={"mailbox": self.mailbox})
                    await cancel([watch] if watch else [])
                    watch, self._folders = None, []
                    self.watching.set()
                    self.caught_up.set()
                if await self._lease_is_due(watch):
                    continue
                assert watch is not None
                ended, watch = watch, None
                ended.result()  # only a fault ends it: it is logged, and all begins anew
        finally:
            await cancel([watch] if watch else [])
            await self._database.run(leases.release, self._lease, self._holder)

    @property
    def _lease(self) -> str:
        return f"mailbox:{self.mailbox}"

    async def _holds_lease(self, *, held: bool) -> bool:
        if not self._database.shared:
            return True
        try:
            return await self._database.run(
                leases.acquire, self._lease, self._holder, self._clock.now(), LEASE
            )
        except StoreError as error:
            # Two that watch do no harm: whatever they write rests on unique keys.
            log.warning("the lease could not be renewed: %s", error, extra={"mailbox": self.mailbox})
            return held

    async def _lease_is_due(self, watch: asyncio.Task[None] | None) -> bool:
        """Wait until the lease is to be renewed, True, or the watch has ended, False."""
        seconds = max(RENEW_EVERY, RENEW_PAUSE / self._clock.real_seconds(1.0))
        pause = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait([pause, watch] if watch else [pause], return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
        return watch is None or not watch.done()

    # --- watching ------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Watch all folders of the mailbox. Answers are read once the customers' mails have been."""
        inboxes = self._folders = [self._watch_of(name) for name in self._imap.folders]
        async with asyncio.TaskGroup() as group:
            for watch in inboxes:
                group.create_task(watch.run())
            if self._drafts is not None:
                group.create_task(self._drafts.run())
            sent = await self._find_sent_folders()
            answers = [self._watch_of(name, sent_folder=True) for name in sent]
            self._folders = [*inboxes, *answers]
            for watch in answers:
                group.create_task(watch.run(after=[inbox.in_step for inbox in inboxes]))
            for done in self._watches_of_done():  # nobody waits for them: the folder may not be there yet
                group.create_task(done.run(after=[watch.in_step for watch in self._folders]))
            for watch in (*inboxes, *answers):
                await watch.watching.wait()
            log.info("watching", extra={"mailbox": self.mailbox, "sent": sent})
            self.watching.set()
            for watch in (*inboxes, *answers):
                await watch.in_step.wait()
            self.caught_up.set()

    def _watch_of(self, name: str, *, sent_folder: bool = False) -> Watch:
        imap = self._servers.imap(self.mailbox)
        folder = Folder(self.mailbox, name, imap, executor=self._threads, clock=self._clock)
        desk = self._settings.desk
        intake = Intake(
            desk,
            desk.mailboxes[self.mailbox],
            folder,
            self._database,
            self._composer,
            self._clock,
            sent_folder=sent_folder,
            recorded=self._taken_in,
            drafter=self._drafter,
            done_keyword=self._imap.done.keyword,
        )
        comparison = Comparison(folder, intake, self._database, self._clock, kept=desk.retention.threads)
        return self._made(intake, comparison, folder)

    def _watches_of_done(self) -> list[Watch]:
        """The folder into which the team moves what is finished, where there is one."""
        name = self._imap.done.folder
        if name is None:
            return []
        folder = Folder(
            self.mailbox, name, self._servers.imap(self.mailbox), executor=self._threads, clock=self._clock
        )
        desk = self._settings.desk
        box = desk.mailboxes[self.mailbox]
        done = DoneFolder(desk, box, folder, self._database, self._clock, self._taken_in)
        return [self._made(done, done, folder)]

    def _made(
        self, intake: Intake | DoneFolder, comparison: Comparison | DoneFolder, folder: Folder
    ) -> Watch:
        return Watch(
            intake,
            comparison,
            folder,
            self._clock,
            poll=timedelta(seconds=self._imap.poll),
            unreachable_after=self._settings.desk.alerts.unreachable_after,
            unreachable=self._unreachable,
        )

    def _taken_in(self) -> None:
        self._recorded(self.mailbox)
        if self._drafts is not None:
            self._drafts.wake()

    def _open_drafts(self, name: str | None) -> AbstractAsyncContextManager[DraftsFolder]:
        """The folder of that name, or the one that the configuration names."""
        wanted = name or self._imap.drafts or AUTO
        return DraftsFolder.opened(wanted, self._servers.imap(self.mailbox), self._threads)

    async def _find_sent_folders(self) -> list[str]:
        """The folders with the team's answers; asks until the server tells."""
        pauses = Pauses()
        while True:
            try:
                return await self._sent_folders()
            except TransportError as error:
                log.warning(
                    "the folder of sent mail is not known yet: %s", error, extra={"mailbox": self.mailbox}
                )
                pause = pauses.after(error)
            await self._clock.sleep(pause)

    async def _sent_folders(self) -> list[str]:
        if self._imap.sent != "auto":
            return list(self._imap.sent)
        found = await find_sent(self._servers.imap(self.mailbox), self._threads)
        if not found:
            log.warning(
                "no folder of sent mail was found: name it in `sent`", extra={"mailbox": self.mailbox}
            )
        return [name for name in found if name != self._imap.drafts]

    # --- once ----------------------------------------------------------------------------------------------

    async def once(self) -> list[str]:
        """Read all folders of the mailbox, answers last. Returns what could not be done.

        A folder that cannot be read keeps no other from it.
        """
        problems: list[str] = []
        try:
            for name in self._imap.folders:
                problems += await self._read_once(self._watch_of(name))
            for name in await self._sent_folders():
                problems += await self._read_once(self._watch_of(name, sent_folder=True))
            for watch in self._watches_of_done():
                problems += await self._read_once(watch)
        except TransportError as error:
            problems.append(str(error))
        if self._drafts is not None:
            while await self._drafts.step():
                pass
        return [f"{self.mailbox}: {problem}" for problem in dict.fromkeys(problems)]

    async def _read_once(self, watch: Watch) -> list[str]:
        """What could not be done. Raises LoginRefused, which the next folder would meet too."""
        try:
            await watch.once_and_close()
        except LoginRefused:
            raise
        except TransportError as error:
            return [str(error)]
        return []
