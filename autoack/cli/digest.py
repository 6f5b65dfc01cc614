"""`autoack digest`: the nightly digest, shown as it stands or sent under its key."""

import asyncio
from datetime import date
from pathlib import Path

import click

from autoack.app.daemon import Daemon
from autoack.cli.common import config_option, load_settings, open_store
from autoack.clock import WallClock
from autoack.core.nights import key, last_night, moment
from autoack.core.nights import tonight as date_of_tonight
from autoack.errors import CheckFailed, ConfigError
from autoack.flows.nightly import digest_letter, queue
from autoack.settings import Settings
from autoack.store import history, meta
from autoack.store.engine import Database


@click.command()
@config_option
@click.option("--date", "day", metavar="DATE", help="The night: 2026-11-22; default tonight.")
@click.option(
    "--for",
    "person",
    metavar="PERSON",
    help="As PERSON gets it (a lead: their team's); default the first person who gets one.",
)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write its HTML part there.")
@click.option("--send", is_flag=True, help="Send the latest one that was due, if it was not sent.")
@click.option("--tonight", is_flag=True, help="With --send: tonight's, now, instead of at its hour.")
def digest(
    config: Path | None, *, day: str | None, person: str | None, html: Path | None, send: bool, tonight: bool
) -> None:
    """Show tonight's digest as it stands, or send one that is due; never twice."""
    if tonight and not send:
        raise click.UsageError("--tonight goes with --send")
    if send and (day or person or html):
        raise click.UsageError("--send takes no --date, --for or --html")
    settings = load_settings(config)
    with open_store(settings) as database:
        if send:
            _send(settings, database, tonight=tonight)
        else:
            _show(settings, database, day, person, html)


def _show(
    settings: Settings, database: Database, day: str | None, person: str | None, html: Path | None
) -> None:
    desk, now = settings.desk, WallClock().now()
    reader = person or desk.digest.to[0]
    if reader not in desk.people:
        raise ConfigError(f"there is no person {reader!r}; there are: {', '.join(desk.people)}")
    tonight = date_of_tonight(desk.digest, desk.organisation.zone, now)
    night = _date(day) if day else tonight
    if night > tonight and not database.read(history.queued, [key(night, reader)]):
        raise ConfigError(f"the night of {night} is still to come; tonight's is {tonight}")
    letter = database.read(digest_letter, desk, desk.people[reader], night, now)
    if html is not None:
        html.write_text(letter.html, encoding="utf-8")
    click.echo(f"{letter.subject}\n\n{letter.text}")
    kept = desk.retention.threads
    if moment(desk.digest, desk.organisation.zone, night) < now - kept:
        click.echo(f"retention.threads keeps {kept.days} days: of {night} some is forgotten", err=True)


def _send(settings: Settings, database: Database, *, tonight: bool) -> None:
    desk, now = settings.desk, WallClock().now()
    zone = desk.organisation.zone
    if tonight:
        night: date | None = date_of_tonight(desk.digest, zone, now)
    else:
        night = last_night(desk.digest, zone, now, database.read(meta.created_at))
    if night is None:
        raise CheckFailed(
            "no night has been due yet since the database was made; `--tonight` sends tonight's now"
        )
    keys = database.transact(lambda conn: queue(conn, desk, night, now, although_calm=tonight))
    if not keys:
        click.echo(f"the digest of {night} was sent already, or nothing in it calls for one")
        return
    asyncio.run(Daemon(settings, database, WallClock()).send_ready())
    for queued in keys:
        click.echo(f"{queued}: on its way; `autoack outbox` tells if it is not")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no date; write 2026-11-22") from None
