"""`autoack pause` and `autoack resume`: hold back what goes to customers, and let it go again."""

from collections.abc import Sequence
from pathlib import Path

import click

from autoack.cli.common import config_option, load_settings, open_store
from autoack.clock import WallClock
from autoack.core.policy import Desk
from autoack.errors import ConfigError
from autoack.store import meta, outbox


@click.command()
@click.argument("mailbox", required=False)
@config_option
def pause(mailbox: str | None, config: Path | None) -> None:
    """Hold back what goes to customers of MAILBOX, or of all; recording and reminders go on."""
    settings = load_settings(config)
    now = WallClock().now()
    with open_store(settings) as database:
        for name in _names(settings.desk, mailbox):
            database.transact(meta.pause, name, now)
            held = database.transact(outbox.hold, name, now)
            click.echo(f"{name}: paused; {held} held back, and what comes from now on")


@click.command()
@click.argument("mailbox", required=False)
@config_option
def resume(mailbox: str | None, config: Path | None) -> None:
    """Let go what was held back for MAILBOX, or for all, by a pause or a storm.

    What is too late by now is dropped with its reason.
    """
    settings = load_settings(config)
    now = WallClock().now()
    with open_store(settings) as database:
        for name in _names(settings.desk, mailbox):
            database.transact(meta.resume, name)
            database.transact(meta.end_storm, name, now)
            released, dropped = database.transact(outbox.release, name, now)
            click.echo(f"{name}: resumed; {released} released, {dropped} dropped as too late")


def _names(desk: Desk, mailbox: str | None) -> Sequence[str]:
    if mailbox is None:
        return list(desk.mailboxes)
    if mailbox not in desk.mailboxes:
        raise ConfigError(f"there is no mailbox {mailbox!r}; there are: {', '.join(desk.mailboxes)}")
    return [mailbox]
