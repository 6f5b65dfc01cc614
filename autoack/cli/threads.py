"""`autoack threads` and `autoack show`: what is on record."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from autoack.cli import timeline
from autoack.cli.common import (
    config_option,
    is_overdue,
    json_option,
    load_settings,
    local,
    open_store,
    print_json,
    thread_json,
)
from autoack.clock import WallClock
from autoack.core.plain import visible_line
from autoack.core.thread import State, Thread
from autoack.errors import CheckFailed
from autoack.store import outbox
from autoack.store import threads as store


@click.command()
@config_option
@click.option("--overdue", is_flag=True, help="Only those whose promise has passed.")
@click.option("--mailbox", metavar="NAME", help="Only this mailbox.")
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@json_option
def threads(
    config: Path | None, *, overdue: bool, mailbox: str | None, everything: bool, as_json: bool
) -> None:
    """List the open threads, the most urgent first."""
    settings = load_settings(config)
    if mailbox is not None and mailbox not in settings.desk.mailboxes:
        known = ", ".join(settings.desk.mailboxes)
        raise click.UsageError(f"there is no mailbox {mailbox!r}; there are: {known}")
    zone, now = settings.desk.organisation.zone, WallClock().now()
    with open_store(settings) as database:
        found = database.read(
            lambda conn: store.listing(conn, now, mailbox=mailbox, overdue=overdue, include_closed=everything)
        )
    if as_json:
        print_json([thread_json(thread, zone, now) for thread in found])
    elif not found:
        click.echo("No thread is overdue." if overdue else "No thread is open.")
    else:
        for thread in found:
            click.echo(_line(thread, zone, now))


@click.command()
@click.argument("ref")
@config_option
@json_option
def show(ref: str, config: Path | None, *, as_json: bool) -> None:
    """Show the thread REF: its timeline of mails, decisions with reasons, steps sent and to come."""
    settings = load_settings(config)
    zone, now = settings.desk.organisation.zone, WallClock().now()
    with open_store(settings) as database:
        thread = database.read(store.by_ref, ref.upper())
        if thread is None:
            raise CheckFailed(f"there is no thread {ref}; `autoack threads --all` lists them")
        events = database.read(store.timeline, thread.ref)
        judged = database.read(store.judgments, thread.ref)
        unsent = database.read(outbox.unsent, thread.ref)
    entries = [
        *timeline.happened(events, judged, zone),
        *timeline.to_come(unsent, thread, settings.desk, now),
    ]
    if as_json:
        print_json({**thread_json(thread, zone, now), "timeline": entries})
        return
    click.echo(_line(thread, zone, now))
    click.echo(f"  {visible_line(thread.subject)}")
    click.echo(f"  {_who(thread)}  {_what(thread)}")
    if thread.undeliverable:
        click.echo(f"  the address takes no mail: {visible_line(thread.undeliverable)}")
    if thread.promised_at and thread.state in (State.WAITING, State.SNOOZED):
        click.echo(
            f"  waiting since {local(thread.waiting_since, zone)}, promised by {local(thread.promised_at, zone)}"
        )
    for entry in entries:
        for line in timeline.lines(entry, zone):
            click.echo(f"  {line}")


def _line(thread: Thread, zone: ZoneInfo, now: datetime) -> str:
    state = "OVERDUE" if is_overdue(thread, now) else str(thread.state)
    step = (
        f"{thread.next_step} {local(thread.next_step_at, zone)}" if thread.next_step_at else "nothing to come"
    )
    waits = thread.state in (State.WAITING, State.SNOOZED) and thread.waiting_since is not None
    waited = f"{_hours(now - thread.waiting_since)} " if waits and thread.waiting_since else ""
    name = thread.customer_name or thread.customer_address or thread.customer_phone or "somebody"
    mark = f"[{thread.priority}] " if thread.priority != "normal" else ""
    matter = f"{visible_line(name)}: {visible_line(thread.subject)[:50]}"
    return f"{thread.ref}  {state:8}  {waited:>6}{mark}{matter}  → {step}"


def _who(thread: Thread) -> str:
    reached = f"<{thread.customer_address}>" if thread.customer_address else "(no address)"
    return visible_line(
        " ".join(part for part in (thread.customer_name, reached, thread.customer_phone) if part)
    )


def _what(thread: Thread) -> str:
    said = [thread.language, thread.category, f"priority {thread.priority}"]
    said += [f"by {thread.channel}"] if thread.channel != "mail" else []
    said += ["strong language"] if thread.strong_language else []
    said += [f"policy {thread.policy}"] if thread.policy else []
    return ", ".join(said + ([f"assigned to {thread.assignee}"] if thread.assignee else []))


def _hours(waited: timedelta) -> str:
    hours = int(waited.total_seconds() // 3600)
    return (
        f"{hours // 24}d{hours % 24:02}h"
        if hours >= 24
        else f"{hours}h{int(waited.total_seconds() % 3600 // 60):02}"
    )
