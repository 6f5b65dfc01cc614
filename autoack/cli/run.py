"""`autoack run`: the daemon."""

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoack.cli.common import config_option, load_settings
from autoack.cli.logs import set_up
from autoack.clock import WallClock

if TYPE_CHECKING:
    from autoack.app.daemon import Daemon

log = logging.getLogger("autoack")


@click.command()
@config_option
@click.option("--once", is_flag=True, help="Take in what is there, do what is due, send what is ready, exit.")
@click.option("--dry-run", is_flag=True, help="Decide and record; send nothing.")
def run(config: Path | None, *, once: bool, dry_run: bool) -> int:
    """Run the daemon. Pending migrations run first."""
    # As process 1 of a container a signal without a handler is lost: until the loop has its own, leave at once.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    from autoack.app.daemon import Daemon, opened  # noqa: PLC0415 - a second of imports, which may be cut short

    settings = load_settings(config, WallClock().now())
    set_up(form=settings.log.format, level=settings.log.level)
    with opened(settings, WallClock()) as database:
        return asyncio.run(_run(Daemon(settings, database, WallClock(), dry_run=dry_run), once=once))


async def _run(daemon: "Daemon", *, once: bool) -> int:
    if once:
        problems = await daemon.once()
        for problem in problems:
            click.echo(f"autoack: {problem}", err=True)
        return 1 if problems else 0
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await daemon.run(stop)
    log.info("stopped")
    return 0
