"""`autoack run`: the daemon."""

import asyncio
import logging
import signal
from pathlib import Path

import click

from autoack.app.daemon import Daemon, opened
from autoack.cli.common import config_option, load_settings
from autoack.cli.logs import set_up
from autoack.clock import WallClock

log = logging.getLogger("autoack")


@click.command()
@config_option
@click.option("--once", is_flag=True, help="Take in what is there, do what is due, send what is ready, exit.")
@click.option("--dry-run", is_flag=True, help="Decide and record; send nothing.")
def run(config: Path | None, *, once: bool, dry_run: bool) -> int:
    """Run the daemon. Pending migrations run first."""
    settings = load_settings(config)
    set_up(form=settings.log.format, level=settings.log.level)
    with opened(settings, WallClock()) as database:
        return asyncio.run(_run(Daemon(settings, database, WallClock(), dry_run=dry_run), once=once))


async def _run(daemon: Daemon, *, once: bool) -> int:
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
