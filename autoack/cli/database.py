"""`autoack db upgrade` and `autoack db check`: the form of the database."""

from pathlib import Path

import click

from autoack.cli.common import config_option, load_settings
from autoack.errors import CheckFailed

_url_option = click.option(
    "--url",
    metavar="URL",
    help="The database, where there is no configuration: sqlite:///FILE or postgresql://…",
)


@click.group()
def db() -> None:
    """Bring the database to the form that this version needs, or check it."""


@db.command()
@config_option
@_url_option
def upgrade(config: Path | None, url: str | None) -> None:
    """Run the migrations that are pending. The daemon does so by itself when it starts."""
    from autoack.clock import WallClock  # noqa: PLC0415 - as below
    from autoack.store import migrate  # noqa: PLC0415 - SQLAlchemy and Alembic, by those who need them

    done = migrate.upgrade(url or load_settings(config).database_url, WallClock().now())
    for title in done:
        click.echo(f"done: {title}")
    if not done:
        click.echo("The database is up to date.")


@db.command()
@config_option
@_url_option
def check(config: Path | None, url: str | None) -> None:
    """Compare the database with what this version needs: exit 1 where they differ."""
    from autoack.store import migrate  # noqa: PLC0415 - SQLAlchemy and Alembic, by those who need them

    url = url or load_settings(config).database_url
    if todo := migrate.pending(url):
        raise CheckFailed(
            f"the database lacks {', '.join(todo)}; run `autoack db upgrade` or start the daemon"
        )
    if differences := migrate.check(url):
        raise CheckFailed(f"the database differs from what this version needs: {'; '.join(differences)}")
    click.echo("The database is up to date.")
