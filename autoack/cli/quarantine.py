"""`autoack quarantine`: mails that could not be taken in, with their reasons."""

from pathlib import Path

import click

from autoack.cli.common import config_option, iso, json_option, load_settings, local, open_store, print_json
from autoack.errors import CheckFailed
from autoack.store import quarantine as store


@click.command()
@config_option
@click.option(
    "--retry",
    is_flag=True,
    help="Try again to take them in (all, or the one that --id names) at the next look.",
)
@click.option("--id", "number", type=int, metavar="N", help="With --retry: only this one.")
@json_option
def quarantine(config: Path | None, *, retry: bool, number: int | None, as_json: bool) -> None:
    """List the mails that could not be taken in; they lie in their mailbox, untouched."""
    if number is not None and not retry:
        raise click.UsageError("--id goes with --retry")
    settings = load_settings(config)
    zone = settings.desk.organisation.zone
    with open_store(settings) as database:
        if retry:
            asked = database.transact(store.ask_retry, None if number is None else [number])
            if number is not None and not asked:
                raise CheckFailed(f"there is no mail {number} in quarantine; `autoack quarantine` lists them")
            click.echo(f"{asked} will be taken in again at the next look into their folder")
            return
        rows = database.read(store.listing)
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "mailbox": row.place.mailbox,
                    "folder": row.place.folder,
                    "uidvalidity": row.place.uidvalidity,
                    "uid": row.place.uid,
                    "at": iso(row.at, zone),
                    "reason": row.reason,
                    "because": row.because,
                    "retry": row.retry,
                }
                for row in rows
            ]
        )
    elif not rows:
        click.echo("Every mail could be taken in.")
    for row in [] if as_json else rows:
        again = "  (will be tried again)" if row.retry else ""
        click.echo(
            f"{row.id}  {local(row.at, zone)}  {row.place.mailbox}/{row.place.folder} UID {row.place.uid}{again}"
        )
        click.echo(f"   {row.reason}: {row.because}")
