"""`autoack close`, `reopen`, `snooze`, `assign`, `ignore`: act on a thread, also while the daemon runs."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click
from sqlalchemy import Connection

from autoack.cli.common import config_option, load_settings, local, open_store, parse_when
from autoack.clock import WallClock
from autoack.core import acts
from autoack.core.acts import Act
from autoack.core.policy import Desk
from autoack.core.thread import Thread
from autoack.errors import CheckFailed, ConfigError
from autoack.store import outbox
from autoack.store import threads as store

Change = Callable[[Thread, Desk, datetime], Act]


@click.command()
@click.argument("ref")
@config_option
def close(ref: str, config: Path | None) -> None:
    """Close the thread REF: nobody waits, nothing more is sent about it."""
    _act(config, ref, acts.close)


@click.command()
@click.argument("ref")
@config_option
def reopen(ref: str, config: Path | None) -> None:
    """Open the thread REF again: a new wait begins now."""
    _act(config, ref, acts.reopen)


@click.command()
@click.argument("ref")
@click.argument("until")
@config_option
def snooze(ref: str, until: str, config: Path | None) -> None:
    """Put the thread REF aside UNTIL a time: 2d, 4h, 2026-11-24 or 2026-11-24T10:00."""

    def change(thread: Thread, desk: Desk, now: datetime) -> Act:
        at = parse_when(until, desk.organisation.zone, now)
        if at <= now:
            raise ConfigError(f"{until} is in the past; a snooze ends in the future")
        return acts.snooze(thread, at, now)

    _act(config, ref, change)


@click.command()
@click.argument("ref")
@click.argument("person")
@config_option
def assign(ref: str, person: str, config: Path | None) -> None:
    """Give the thread REF to PERSON (their name in the configuration)."""

    def change(thread: Thread, desk: Desk, now: datetime) -> Act:
        if person not in desk.people:
            near = get_close_matches(person, desk.people, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(desk.people)}"
            raise ConfigError(f"there is no person {person!r}; {hint}")
        return acts.assign(thread, person, now)

    _act(config, ref, change)


@click.command()
@click.argument("ref")
@config_option
def ignore(ref: str, config: Path | None) -> None:
    """Mark the thread REF as no customer's matter: its clock stops, and it leaves the statistics."""
    _act(config, ref, lambda thread, desk, now: acts.ignore(thread, now))


def _act(config: Path | None, ref: str, change: Change) -> None:
    settings = load_settings(config)
    now = WallClock().now()

    def work(conn: Connection) -> Act:
        thread = store.by_ref(conn, ref.upper())
        if thread is None:
            raise CheckFailed(f"there is no thread {ref}; `autoack threads --all` lists them")
        act = change(thread, settings.desk, now)
        store.update(conn, act.thread)
        store.add_events(conn, [act.event])
        outbox.withdraw(conn, [act.thread.ref], act.needless, now, f"needless: {act.event.detail}")
        return act

    with open_store(settings) as database:
        act = database.transact(work)
    at = act.thread.next_step_at
    step = f"; next: {act.thread.next_step} {local(at, settings.desk.organisation.zone)}" if at else ""
    click.echo(f"{act.thread.ref}: {act.event.detail or act.event.what}{step}")
