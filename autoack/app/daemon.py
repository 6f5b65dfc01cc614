"""The daemon: its flows, started together, kept alive, and stopped in order."""

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autoack import __version__
from autoack.app.connections import Servers
from autoack.clock import Clock
from autoack.core import foresight
from autoack.errors import LoginRefused, StoreError, TransportError
from autoack.flows.alarms import Alarms
from autoack.flows.alerts import Alerts
from autoack.flows.comparison import Comparison
from autoack.flows.housekeeping import Housekeeping
from autoack.flows.intake import Intake
from autoack.flows.nightly import Nightly
from autoack.flows.outbox import OutboxFlow
from autoack.flows.recompute import Recompute
from autoack.flows.storms import Storms
from autoack.flows.watch import Pauses, Watch
from autoack.letters.compose import Composer
from autoack.letters.suggestions import load as load_suggestions
from autoack.letters.templates import Templates
from autoack.mail.imap_folders import find_sent
from autoack.mail.inbox import Folder
from autoack.notify.heartbeat import EVERY, beat, heartbeat_file
from autoack.notify.systemd import notify, watchdog_seconds
from autoack.settings import Settings
from autoack.store import leases
from autoack.store.engine import Database, open_database
from autoack.store.migrate import upgrade

log = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0  # seconds until due dates are looked at again: commands and replicas write them too
SHORTEST_SLEEP = 0.02
NIGHTLY_EVERY = 5.0  # seconds between looks whether a night's work is due
RECOVER_EVERY = 60.0  # seconds between looks for mails that a replica left in the middle of an attempt
LEASE = timedelta(seconds=60)  # a replica that has died is replaced within this time
RENEW_EVERY = 15.0  # seconds between looks whether a mailbox is ours to watch
RENEW_PAUSE = 1.0  # seconds of real time that lie between them at least
CAUGHT_UP_WITHIN = 60.0  # seconds that due dates wait for the mails that came while nobody watched
HOUSEKEEPING_AFTER_MIDNIGHT = timedelta(hours=3)
# A server that has fallen silent holds a thread for each of its folders until the read times out. Threads are
# started only when none is free, so that their number costs nothing in a healthy day.
IMAP_THREADS = 64
STOP_WITHIN = 7.0  # seconds for what is in hand, of the 10 that a stop may take


class Daemon:
    """Everything that `autoack run` does, on one event loop.

    With `dry_run` nothing is sent: what comes into the outbox is given up at once, what was there stays as it was.
    """

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, *, dry_run: bool = False
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._dry_run = dry_run
        if dry_run:
            database.rehearse()
        desk = settings.desk
        self._templates = templates = Templates(settings.texts.templates, report=_template_fault)
        self._faults_told = 0  # of the templates' problems
        texts = settings.texts
        suggestions = load_suggestions(texts.answers, texts.suggest, _answer_fault)
        composer = Composer(desk, templates, texts.salutation, suggestions)
        self._alarms = Alarms(desk, database, composer)
        self._alerts = Alerts(desk, database, composer)
        self._nightly = Nightly(desk, database)
        self._recompute = Recompute(desk, database)
        self._storms = Storms(desk, database)
        self._housekeeping = Housekeeping(desk.retention, database)
        self._composer = composer
        self._servers = Servers(settings)
        for name in settings.mailboxes:
            self._servers.imap(name)  # what cannot be signed in to is told now, not when it is watched
        self._threads = ThreadPoolExecutor(IMAP_THREADS, thread_name_prefix="imap")
        self._outbox = OutboxFlow(
            [
                (desk.mailboxes[name], servers.smtp, self._servers.submissions(name))
                for name, servers in settings.mailboxes.items()
            ],
            database,
            clock,
        )
        self._ring = asyncio.Event()
        self._watched = {name: asyncio.Event() for name in settings.mailboxes}
        self._caught_up = {name: asyncio.Event() for name in settings.mailboxes}
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"  # whose leases are ours
        self._cleared: date | None = None  # the last night whose housekeeping is done

    # --- the daemon ----------------------------------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Watch, decide, send and remind until `stop` is set; then finish what is in hand and leave."""
        log.info("started", extra={"version": __version__, "mailboxes": list(self._settings.mailboxes)})
        for key in self._settings.unused_keys:
            log.warning("%s has no effect yet: it comes with a later version", key)
        for warning in foresight.warnings(self._settings.desk, self._clock.now()):
            log.warning("%s", warning)
        await self._recover(starting=True)
        scheduler = self._scheduler()
        scheduler.start()
        watches = [
            asyncio.create_task(self._keep(partial(self._serve, name))) for name in self._settings.mailboxes
        ]
        loops = [
            asyncio.create_task(self._keep(self._send)),
            asyncio.create_task(self._keep(self._ring_when_caught_up)),
            asyncio.create_task(self._watchdog()),
        ]
        ready = asyncio.create_task(self._announce())
        try:
            await stop.wait()
        finally:
            notify("STOPPING=1")
            scheduler.shutdown(wait=False)
            await asyncio.gather(_cancel([ready, *watches, *loops[1:]]), self._outbox.stop(STOP_WITHIN))
            await _cancel(loops[:1])
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def once(self) -> list[str]:
        """Take in what is there, do what is due, send what is ready. Returns what could not be done."""
        problems: list[str] = []
        await self._recover(starting=True)
        await self._recompute.step(self._clock.now())
        for mailbox in self._settings.mailboxes:
            problems += await self._take_in_once(mailbox)
        while (await self._ring_once()) <= 0:
            pass
        await self._night()
        await self._calm()
        await self._tell_faults()
        await self.send_ready()
        return problems

    async def send_ready(self) -> None:
        """Send what is ready, beside a daemon that may be running: each row is claimed by one of the two."""
        if not self._dry_run:
            await self._outbox.drain()
        self._threads.shutdown(wait=False)

    async def _take_in_once(self, mailbox: str) -> list[str]:
        """Read all folders of a mailbox, answers last. One that cannot be read keeps no other from it."""
        problems: list[str] = []
        try:
            for name in self._settings.mailboxes[mailbox].imap.folders:
                problems += await self._read_once(self._watch_of(mailbox, name))
            for name in await self._sent_folders(mailbox):
                problems += await self._read_once(self._watch_of(mailbox, name, sent_folder=True))
        except TransportError as error:
            problems.append(str(error))
        return [f"{mailbox}: {problem}" for problem in dict.fromkeys(problems)]

    async def _read_once(self, watch: Watch) -> list[str]:
        """What could not be done. Raises LoginRefused, which the next folder would meet too."""
        try:
            await watch.once_and_close()
        except LoginRefused:
            raise
        except TransportError as error:
            return [str(error)]
        return []

    # --- whose turn it is ----------------------------------------------------------------------------------

    async def _serve(self, mailbox: str) -> None:
        """Watch the mailbox as long as its lease is ours; of several replicas one watches, the others stand by."""
        watch: asyncio.Task[None] | None = None
        try:
            while True:
                ours = await self._holds_lease(mailbox, held=watch is not None)
                if ours and watch is None:
                    watch = asyncio.create_task(self._watch(mailbox))
                elif not ours:
                    if watch is not None or not self._watched[mailbox].is_set():
                        log.info("another replica watches", extra={"mailbox": mailbox})
                    await _cancel([watch] if watch else [])
                    watch = None
                    self._watched[mailbox].set()
                    self._caught_up[mailbox].set()
                if await self._lease_is_due(watch):
                    continue
                assert watch is not None
                ended, watch = watch, None
                ended.result()  # only a fault ends it: it is logged, and all begins anew
        finally:
            await _cancel([watch] if watch else [])
            await self._database.run(leases.release, _lease(mailbox), self._holder)

    async def _holds_lease(self, mailbox: str, *, held: bool) -> bool:
        if not self._database.shared:
            return True
        try:
            return await self._database.run(
                leases.acquire, _lease(mailbox), self._holder, self._clock.now(), LEASE
            )
        except StoreError as error:
            # Two that watch do no harm: whatever they write rests on unique keys.
            log.warning("the lease could not be renewed: %s", error, extra={"mailbox": mailbox})
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

    async def _watch(self, mailbox: str) -> None:
        """Watch all folders of a mailbox. Answers are read once the customers' mails have been."""
        inboxes = [self._watch_of(mailbox, name) for name in self._settings.mailboxes[mailbox].imap.folders]
        async with asyncio.TaskGroup() as group:
            for watch in inboxes:
                group.create_task(watch.run())
            sent = await self._find_sent_folders(mailbox)
            answers = [self._watch_of(mailbox, name, sent_folder=True) for name in sent]
            for watch in answers:
                group.create_task(watch.run(after=[inbox.in_step for inbox in inboxes]))
            for watch in (*inboxes, *answers):
                await watch.watching.wait()
            log.info("watching", extra={"mailbox": mailbox, "sent": sent})
            self._watched[mailbox].set()
            for watch in (*inboxes, *answers):
                await watch.in_step.wait()
            self._caught_up[mailbox].set()

    def _watch_of(self, mailbox: str, name: str, *, sent_folder: bool = False) -> Watch:
        folder = Folder(mailbox, name, self._servers.imap(mailbox), executor=self._threads, clock=self._clock)
        desk = self._settings.desk
        intake = Intake(
            desk,
            desk.mailboxes[mailbox],
            folder,
            self._database,
            self._composer,
            self._clock,
            sent_folder=sent_folder,
            recorded=lambda: self._recorded(mailbox),
        )
        comparison = Comparison(folder, intake, self._database, self._clock, kept=desk.retention.threads)
        return Watch(
            intake,
            comparison,
            folder,
            self._clock,
            poll=timedelta(seconds=self._settings.mailboxes[mailbox].imap.poll),
            unreachable_after=desk.alerts.unreachable_after,
            unreachable=self._unreachable,
        )

    async def _find_sent_folders(self, mailbox: str) -> list[str]:
        """The folders with the team's answers; asks until the server tells."""
        pauses = Pauses()
        while True:
            try:
                return await self._sent_folders(mailbox)
            except TransportError as error:
                log.warning("the folder of sent mail is not known yet: %s", error, extra={"mailbox": mailbox})
                pause = pauses.after(error)
            await self._clock.sleep(pause)

    async def _sent_folders(self, mailbox: str) -> list[str]:
        sent = self._settings.mailboxes[mailbox].imap.sent
        if sent != "auto":
            return list(sent)
        found = await find_sent(self._servers.imap(mailbox), self._threads)
        if not found:
            log.warning("no folder of sent mail was found: name it in `sent`", extra={"mailbox": mailbox})
        return found

    def _recorded(self, mailbox: str) -> None:
        self._outbox.wake(mailbox)
        self._ring.set()

    async def _unreachable(self, mailbox: str, name: str, since: datetime, why: str) -> None:
        await self._alerts.unreachable(mailbox, name, since, why, self._clock.now())
        for other in self._settings.mailboxes:
            self._outbox.wake(other)

    # --- due dates -----------------------------------------------------------------------------------------

    async def _ring_when_caught_up(self) -> None:
        """Nobody is reminded of what was answered while we were down: those answers are read first."""
        caught_up = asyncio.gather(*(event.wait() for event in self._caught_up.values()))
        await _first_of(caught_up, self._clock.real_seconds(CAUGHT_UP_WITHIN))
        await self._recompute.step(self._clock.now())
        await self._alarm_loop()

    async def _alarm_loop(self) -> None:
        while True:
            self._ring.clear()
            wait = await self._ring_once()
            if wait > 0:
                real = max(SHORTEST_SLEEP, self._clock.real_seconds(min(wait, LONGEST_SLEEP)))
                await _first_of(self._ring.wait(), real)

    async def _ring_once(self) -> float:
        """Do what is due; the seconds until more is."""
        rung = await self._alarms.step(self._clock.now())
        for mailbox in rung.mailboxes:
            self._outbox.wake(mailbox)
        if rung.next_at is None:
            return LONGEST_SLEEP
        return (rung.next_at - self._clock.now()).total_seconds()

    async def _night(self) -> None:
        """The digest and the housekeeping, where they are due."""
        now = self._clock.now()
        if await self._nightly.step(now):
            for mailbox in self._settings.mailboxes:
                self._outbox.wake(mailbox)
        zone = self._settings.desk.organisation.zone
        night = (now - HOUSEKEEPING_AFTER_MIDNIGHT).astimezone(zone).date()
        if night != self._cleared:
            await self._housekeeping.step(now)
            self._cleared = night

    async def _calm(self) -> None:
        """Let go what storms have held back, where they are over."""
        if not self._dry_run:
            for mailbox in await self._storms.step(self._clock.now()):
                self._outbox.wake(mailbox)

    async def _tell_faults(self) -> None:
        """Ops hear of each template of theirs that could not be used."""
        for problem in self._templates.problems[self._faults_told :]:
            await self._alerts.template(problem, self._clock.now())
            self._faults_told += 1
            for mailbox in self._settings.mailboxes:
                self._outbox.wake(mailbox)

    def _scheduler(self) -> AsyncIOScheduler:
        """APScheduler as an alarm clock that may ring late or twice: what is due is settled by rows and keys."""
        scheduler = AsyncIOScheduler()
        night = max(SHORTEST_SLEEP, self._clock.real_seconds(NIGHTLY_EVERY))
        for work, seconds in (
            (self._night, night),
            (self._calm, night),
            (self._tell_faults, night),
            (self._recover, RECOVER_EVERY),
        ):
            scheduler.add_job(
                _guarded(work, seconds),
                "interval",
                seconds=seconds,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        return scheduler

    async def _send(self) -> None:
        if not self._dry_run:
            await self._outbox.run()

    async def _recover(self, *, starting: bool = False) -> None:
        """Mails that were left in the middle of an attempt, by the run before or by a replica, go again."""
        if not self._dry_run:
            await self._outbox.recover(starting=starting)

    # --- staying alive -------------------------------------------------------------------------------------

    async def _keep(self, loop: Callable[[], Awaitable[None]]) -> None:
        """Run a loop until it ends by itself, whatever happens in it."""
        while True:
            try:
                return await loop()
            except Exception:
                log.exception("a loop failed and begins anew")
                await asyncio.sleep(LONGEST_SLEEP)

    async def _announce(self) -> None:
        for watched in self._watched.values():
            await watched.wait()
        log.info("ready", extra={"mailboxes": list(self._settings.mailboxes)})
        notify("READY=1")

    async def _watchdog(self) -> None:
        """Show that this loop turns: to the service manager, and in a file where there is a folder for it."""
        seconds, file = watchdog_seconds(), heartbeat_file()
        every = min(seconds or EVERY, EVERY)
        while seconds is not None or file is not None:
            notify("WATCHDOG=1")
            if file is not None and not beat(file):
                file = None
            await asyncio.sleep(every)


def _guarded(work: Callable[[], Awaitable[None]], seconds: float) -> Callable[[], Awaitable[None]]:
    async def guarded() -> None:
        try:
            await work()
        except Exception:
            log.exception("work failed that is done from time to time; it is tried again in %g s", seconds)

    return guarded


def _lease(mailbox: str) -> str:
    return f"mailbox:{mailbox}"


def _template_fault(problem: str) -> None:
    log.error("a template of yours cannot be used, the built-in one takes its place: %s", problem)


def _answer_fault(fault: str) -> None:
    log.error("an answer of yours cannot be used and is never suggested: %s", fault)


@contextmanager
def opened(settings: Settings, clock: Clock) -> Iterator[Database]:
    """The database, migrated, with the lock that keeps a second daemon off a SQLite file.

    Raises StoreError where it cannot be used, AlreadyRunning where another daemon holds it.
    """
    database = open_database(settings.database_url, exclusive=True)
    try:
        upgrade(settings.database_url, clock.now())
        yield database
    finally:
        database.close()


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    done, _ = await asyncio.wait(tasks, timeout=STOP_WITHIN) if tasks else (set[asyncio.Task[None]](), None)
    for task in done:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task had failed", exc_info=error)


async def _first_of(event: Awaitable[object], seconds: float) -> None:
    try:
        await asyncio.wait_for(event, seconds)
    except TimeoutError:
        return
