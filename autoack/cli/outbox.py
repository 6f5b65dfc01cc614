"""`autoack outbox`: what is waiting, failed or in doubt."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from autoack.cli.common import (
    config_option,
    iso,
    json_option,
    load_settings,
    local,
    open_store,
    print_json,
)
from autoack.clock import WallClock
from autoack.core.delivery import OutboxState, Outgoing
from autoack.errors import CheckFailed
from autoack.store import outbox as store

_NOT_SENT = [state for state in OutboxState if state is not OutboxState.SENT]


@click.command()
@config_option
@click.option("--all", "everything", is_flag=True, help="Also what was sent.")
@click.option("--retry", metavar="KEY", help="Send this one now, though it failed or waits.")
@click.option("--drop", metavar="KEY", help="Give this one up.")
@json_option
def outbox(
    config: Path | None, *, everything: bool, retry: str | None, drop: str | None, as_json: bool
) -> None:
    """List the mails that are not sent yet, held back, or failed, with the server's words."""
    if retry and drop:
        raise click.UsageError("give --retry or --drop, not both")
    settings = load_settings(config)
    zone, now = settings.desk.organisation.zone, WallClock().now()
    with open_store(settings) as database:
        if retry:
            if not database.transact(store.retry, retry, now):
                raise CheckFailed(
                    f"nothing under {retry} has failed or waits; `autoack outbox` lists the keys"
                )
            click.echo(f"{retry}: goes out now")
        elif drop:
            if not database.transact(store.drop, drop, now, "dropped by an operator"):
                raise CheckFailed(f"nothing under {drop} is unsent; `autoack outbox` lists the keys")
            click.echo(f"{drop}: dropped")
        else:
            rows = database.read(store.listing, list(OutboxState) if everything else _NOT_SENT)
            _list(rows, zone, as_json=as_json)


def _list(rows: list[Outgoing], zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        print_json([_json(row, zone) for row in rows])
    elif not rows:
        click.echo("Nothing waits, and nothing failed.")
    for row in [] if as_json else rows:
        when = f" next {local(row.next_at, zone)}" if row.state in ("ready", "deferred") else ""
        click.echo(f"{row.state:9}{row.kind:12}{row.to}  attempts {row.attempts}{when}")
        click.echo(f"         {row.key}")
        if row.error:
            click.echo(f"         {row.error}")


def _json(row: Outgoing, zone: ZoneInfo) -> dict[str, object]:
    return {
        "key": row.key,
        "kind": str(row.kind),
        "to": row.to,
        "state": str(row.state),
        "attempts": row.attempts,
        "next_at": iso(row.next_at, zone),
        "error": row.error,
        "message_id": row.message_id,
        "mailbox": row.mailbox,
        "thread": row.thread_ref,
        "sent_at": iso(row.sent_at, zone),
    }
