"""The daemon: its flows, started together, kept alive, and stopped in order."""

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from autoack import __version__
from autoack.app.connections import Servers, channels_of
from autoack.app.mailbox_watch import MailboxWatch
from autoack.app.tasks import STOP_WITHIN, cancel, first_of, guarded, keep
from autoack.app.web import web_server
from autoack.clock import Clock
from autoack.core import foresight
from autoack.flows.alarms import Alarms
from autoack.flows.alerts import Alerts
from autoack.flows.housekeeping import Housekeeping
from autoack.flows.nightly import Nightly
from autoack.flows.outbox import OutboxFlow
from autoack.flows.recompute import Recompute
from autoack.flows.recurring import Recurring
from autoack.flows.storms import Storms
from autoack.letters.compose import Composer
from autoack.letters.drafts import Drafter
from autoack.letters.suggestions import load as load_suggestions
from autoack.letters.templates import Templates
from autoack.notify.heartbeat import EVERY, beat, heartbeat_file
from autoack.notify.systemd import notify, watchdog_seconds
from autoack.settings import Settings
from autoack.store.engine import Database, open_database
from autoack.store.migrate import upgrade

log = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0  # seconds until due dates are looked at again: commands and replicas write them too
SHORTEST_SLEEP = 0.02
NIGHTLY_EVERY = 15.0  # seconds between looks whether a night's work is due, a storm over, a template at fault
RECOVER_EVERY = 60.0  # seconds between looks for mails that a replica left in the middle of an attempt
CAUGHT_UP_WITHIN = 60.0  # seconds that due dates wait for the mails that came while nobody watched
HOUSEKEEPING_AFTER_MIDNIGHT = timedelta(hours=3)
# A server that has fallen silent holds a thread for each of its folders until the read times out. Threads are
# started only when none is free, so that their number costs nothing in a healthy day.
IMAP_THREADS = 64


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
        drafts = any(mailbox.imap.drafts for mailbox in settings.mailboxes.values())
        suggestions = load_suggestions(texts.answers, texts.suggest, _answer_fault, at_once=drafts)
        composer = Composer(desk, templates, texts.salutation, suggestions)
        self._alarms = Alarms(desk, database, composer, watched_since=clock.now())
        self._alerts = Alerts(desk, database, composer)
        self._nightly = Nightly(desk, database)
        self._recompute = Recompute(desk, database)
        self._recurring = Recurring(desk, database)
        self._storms = Storms(desk, database)
        self._housekeeping = Housekeeping(desk.retention, database)
        servers = Servers(settings)
        self._threads = ThreadPoolExecutor(IMAP_THREADS, thread_name_prefix="imap")
        self._outbox = OutboxFlow(
            [
                (desk.mailboxes[name], mailbox.smtp, servers.submissions(name))
                for name, mailbox in settings.mailboxes.items()
            ]
            + [(channel, channel, channel.connect) for channel in channels_of(settings)],
            database,
            clock,
        )
        self._ring = asyncio.Event()
        holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"  # whose leases are ours
        self._watches = [
            MailboxWatch(
                name,
                settings,
                servers,
                database,
                composer,
                clock,
                self._threads,
                holder=holder,
                recorded=self._recorded,
                unreachable=self._unreachable,
                drafter=Drafter(desk, templates, texts.salutation, suggestions),
            )
            for name in settings.mailboxes
        ]
        self._web = web_server(settings, database, composer, clock, self._well)
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
        await self._recompute.begin()
        if self._web is not None:
            self._web.bind()
        scheduler = self._scheduler()
        scheduler.start()
        watches = [asyncio.create_task(keep(watch.run)) for watch in self._watches]
        loops = [
            asyncio.create_task(keep(self._send)),
            asyncio.create_task(keep(self._ring_when_caught_up)),
            asyncio.create_task(self._watchdog()),
        ]
        if self._web is not None:
            loops.append(asyncio.create_task(keep(self._web.run)))
        ready = asyncio.create_task(self._announce())
        try:
            await stop.wait()
        finally:
            notify("STOPPING=1")
            scheduler.shutdown(wait=False)
            await asyncio.gather(cancel([ready, *watches, *loops[1:]]), self._outbox.stop(STOP_WITHIN))
            await cancel(loops[:1])
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def once(self) -> list[str]:
        """Take in what is there, do what is due, send what is ready. Returns what could not be done."""
        problems: list[str] = []
        await self._recover(starting=True)
        await self._recompute.step(self._clock.now())
        for watch in self._watches:
            problems += await watch.once()
        await self._care()
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

    def _well(self) -> dict[str, bool]:
        return {watch.mailbox: watch.is_well for watch in self._watches}

    def _recorded(self, mailbox: str) -> None:
        self._outbox.wake(mailbox)
        self._ring.set()

    async def _unreachable(self, mailbox: str, name: str, since: datetime, why: str) -> None:
        await self._alerts.unreachable(mailbox, name, since, why, self._clock.now())
        self._wake_all()

    def _wake_all(self) -> None:
        for mailbox in self._settings.mailboxes:
            self._outbox.wake(mailbox)

    # --- due dates -----------------------------------------------------------------------------------------

    async def _ring_when_caught_up(self) -> None:
        """Nobody is reminded of what was answered while we were down: those answers are read first."""
        await first_of(self._caught_up(), self._clock.real_seconds(CAUGHT_UP_WITHIN))
        await self._recompute.step(self._clock.now())
        await self._alarm_loop()

    async def _caught_up(self) -> None:
        for watch in self._watches:
            await watch.caught_up.wait()

    async def _alarm_loop(self) -> None:
        while True:
            self._ring.clear()
            wait = await self._ring_once()
            if wait > 0:
                real = max(SHORTEST_SLEEP, self._clock.real_seconds(min(wait, LONGEST_SLEEP)))
                await first_of(self._ring.wait(), real)

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
            self._wake_all()
        zone = self._settings.desk.organisation.zone
        night = (now - HOUSEKEEPING_AFTER_MIDNIGHT).astimezone(zone).date()
        if night != self._cleared:
            await self._housekeeping.step(now)
            self._cleared = night

    async def _care(self) -> None:
        """Open threads for customers who need a look from time to time."""
        if await self._recurring.step(self._clock.now()):
            self._ring.set()

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
            self._wake_all()

    def _scheduler(self) -> AsyncIOScheduler:
        """APScheduler as an alarm clock that may ring late or twice: what is due is settled by rows and keys."""
        scheduler = AsyncIOScheduler()
        night = max(SHORTEST_SLEEP, self._clock.real_seconds(NIGHTLY_EVERY))
        for work, seconds in (
            (self._night, night),
            (self._care, night),
            (self._calm, night),
            (self._tell_faults, night),
            (self._recover, RECOVER_EVERY),
        ):
            scheduler.add_job(
                guarded(work, seconds),
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

    async def _announce(self) -> None:
        for watch in self._watches:
            await watch.watching.wait()
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
