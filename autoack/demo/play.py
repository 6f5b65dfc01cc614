"""Puts the demo together: servers, daemon and story; tells how it went, and leaves a folder with every mail behind."""

import asyncio
import logging
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from autoack.app.daemon import Daemon, opened
from autoack.demo import claims
from autoack.demo.clock import StoryClock
from autoack.demo.imap import INBOX, SENT, ImapServer, imap_server
from autoack.demo.keep import Keep, prepare
from autoack.demo.mails import write
from autoack.demo.office import configuration
from autoack.demo.smtp import SmtpServer, smtp_server
from autoack.demo.story import Story
from autoack.demo.timeline import Timeline
from autoack.demo.week import BACKLOG, BEGIN
from autoack.errors import CheckFailed
from autoack.settings import Settings, load_text
from autoack.store import outbox, threads
from autoack.store.engine import Database, open_database

CONFIG, LOG = "autoack.yaml", "autoack.log"
_TITLE = "A support week at Primjer d.o.o."
_UNDER = "The real daemon, with IMAP and SMTP servers of its own on this machine, on a fast clock. Nothing leaves it."


def play(console: Console, *, speed: float, pause: float, out: Path | None) -> bool | None:
    """Run the demo; whether all went as told, None where it was interrupted.

    `speed`: how many times faster than real time the story's clock runs between events; `pause`: seconds
    of real time to read what was told; `out`: the folder for the mails, a new temporary one if None. Raises
    ConfigError where the folder will not do, CheckFailed where the daemon leaves something undone.
    """
    folder = prepare(out) if out else Path(tempfile.mkdtemp(prefix="autoack-demo-"))
    timeline = Timeline(console)
    timeline.title(_TITLE, _UNDER)
    evidence = perform(folder, timeline, speed=speed, pause=pause)
    if evidence is None:
        timeline.close([("Stopped. So far", str(folder / "index.html"))])
        return None
    verdicts = claims.check(evidence)
    timeline.verdicts(verdicts)
    timeline.close(
        [
            ("The week", claims.figures(evidence)),
            ("Every mail sent", f"{folder / 'index.html'} (and each as .eml and .html beside it)"),
            ("Look further", f"{program()} threads --all --config {folder / CONFIG}"),
        ]
    )
    return all(holds for holds, _ in verdicts)


def program() -> str:
    """How to call the program again: from a checkout there may be no `autoack` on the PATH."""
    return "autoack" if shutil.which("autoack") else f"{sys.executable} -m autoack"


def perform(folder: Path, timeline: Timeline, *, speed: float, pause: float = 0) -> claims.Evidence | None:
    """The week, and what happened in it; None if somebody ended it before its time."""
    clock = StoryClock(BEGIN, speed)
    with _log_to(folder / LOG, clock) as errors:
        try:
            return asyncio.run(_play(folder, clock, timeline, errors, pause))
        except CheckFailed as error:
            raise CheckFailed(f"{error}; the daemon's log is {folder / LOG}") from error


async def _play(
    folder: Path, clock: StoryClock, timeline: Timeline, errors: "_Errors", pause: float
) -> claims.Evidence | None:
    keep = Keep(folder)
    async with imap_server() as imap, smtp_server(clock.now) as smtp:
        for scene in BACKLOG:
            await imap.deliver(scene.folder, write(scene.draft, BEGIN), BEGIN - timedelta(days=4))
        settings = _settings(folder, imap, smtp)
        with _beside(settings) as view, opened(settings, clock) as database:
            story = Story(settings.desk, view, clock, imap, smtp, timeline, keep, pause=pause)
            with timeline.ticking(story.status):
                ended = await _to_its_end(story, Daemon(settings, database, clock))
        keep.write_index()
        return await _evidence(story, smtp, imap, settings, errors) if ended else None


def _settings(folder: Path, imap: ImapServer, smtp: SmtpServer) -> Settings:
    path, text = folder / CONFIG, configuration(imap.port, smtp.port)
    path.write_text(text, encoding="utf-8")
    return load_text(text.encode(), path, {})


@contextmanager
def _beside(settings: Settings) -> Iterator[Database]:
    """The database as commands open it, beside the daemon."""
    view = open_database(settings.database_url)
    try:
        yield view
    finally:
        view.close()


# --- running -----------------------------------------------------------------------------------------------


async def _to_its_end(story: Story, daemon: Daemon) -> bool:
    """Run the daemon and play the story; False where Ctrl-C or SIGTERM came before its end."""
    leave = asyncio.Event()
    async with _signals(leave):
        running = asyncio.create_task(daemon.run(leave))
        playing = asyncio.create_task(story.play())
        await asyncio.wait({running, playing}, return_when=asyncio.FIRST_COMPLETED)
        interrupted, at_its_end = leave.is_set(), playing.done()
        leave.set()
        playing.cancel()
        await asyncio.wait({running, playing})
    if failure := running.exception():
        raise CheckFailed(f"the daemon failed: {failure}") from failure
    if at_its_end:
        playing.result()  # raises what ended it
    elif not interrupted:
        raise CheckFailed("the daemon ended before the week did")
    return at_its_end


@asynccontextmanager
async def _signals(leave: asyncio.Event) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leave.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _evidence(
    story: Story, smtp: SmtpServer, imap: ImapServer, settings: Settings, errors: "_Errors"
) -> claims.Evidence:
    view = open_database(settings.database_url)
    try:
        rows = view.read(outbox.listing)
        known = view.read(threads.listing, BEGIN, include_closed=True)
    finally:
        view.close()
    return claims.Evidence(
        played=story.played,
        deliveries=smtp.deliveries,
        outbox=rows,
        threads={thread.ref: thread for thread in known},
        folders={name: await imap.contents(name) for name in (INBOX, SENT)},
        logged_errors=errors.count,
    )


# --- the daemon's log --------------------------------------------------------------------------------------


class _Errors(logging.Handler):
    """Counts what the daemon logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


class _StoryTime(logging.Formatter):
    def __init__(self, clock: StoryClock) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._clock = clock

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        return self._clock.now().isoformat(timespec="milliseconds")


@contextmanager
def _log_to(path: Path, clock: StoryClock) -> Iterator[_Errors]:
    """The daemon's log goes into the folder, dated by the story's clock; the terminal is the timeline's."""
    root, ours, errors = logging.getLogger(), logging.getLogger("autoack"), _Errors()
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(_StoryTime(clock))
    level = ours.level
    ours.setLevel(logging.INFO)
    # What fails in a job the daemon logs itself; the scheduler's own words are of jobs that ring late or are cut off.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    for each in (handler, errors):
        root.addHandler(each)
    try:
        yield errors
    finally:
        ours.setLevel(level)
        for each in (handler, errors):
            root.removeHandler(each)
            each.close()
