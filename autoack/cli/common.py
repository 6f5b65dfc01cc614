"""What commands share: the --config option, the configuration, the database, times as they are printed."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from autoack.errors import CheckFailed, ConfigError

if TYPE_CHECKING:  # `autoack --help` does not pay for SQLAlchemy and pydantic
    from autoack.core.thread import Thread
    from autoack.settings import Settings
    from autoack.store.engine import Database

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """The option that every command takes."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="The configuration; default ./autoack.yaml, config/autoack.yaml, /etc/autoack/autoack.yaml.",
    )(command)


def json_option(command: F) -> F:
    """Print one JSON document instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def load_settings(config: Path | None, now: datetime | None = None, *, secrets: bool = True) -> "Settings":
    """The configuration. Raises ConfigError with every fault at once; warnings go to stderr.

    With `now` a calendar that will not open, seen from then, is a fault too. Without `secrets` none is read.
    """
    from autoack.settings import load  # noqa: PLC0415 - pydantic is imported by those commands that need it

    settings = load(config, now=now, secrets=secrets)
    for warning in settings.warnings:
        click.echo(f"warning: {warning}", err=True)
    return settings


@contextmanager
def open_store(settings: "Settings") -> Iterator["Database"]:
    """The database that the configuration names, beside a daemon that may be running.

    Raises CheckFailed where it has not been made or is not up to date.
    """
    from autoack.store.engine import open_database  # noqa: PLC0415 - SQLAlchemy, by those who need it
    from autoack.store.migrate import pending  # noqa: PLC0415 - Alembic, too

    if pending(settings.database_url):
        raise CheckFailed("the database is not up to date; run `autoack db upgrade` or start the daemon")
    database = open_database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with offset, in the organisation's zone."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def local(at: datetime | None, zone: ZoneInfo) -> str:
    """For a person's eyes: weekday, date and time in the organisation's zone."""
    return at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M") if at else "-"


def parse_when(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A time as an operator types it: `2d`, `4h`, `2026-11-24`, `2026-11-24T10:00`, with or without an offset.

    A date alone is its midnight. Raises ConfigError for anything else.
    """
    try:
        at = _read_when(text, zone, now)
        at.astimezone(UTC)  # some wall times at the edges of the calendar have no UTC
    except (ValueError, OverflowError):
        raise ConfigError(
            f"{text!r} is no time; write 2d, 4h, 2026-11-24 or 2026-11-24T10:00 (then in {zone.key})"
        ) from None
    return at


def _read_when(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    amount, unit = text[:-1], text[-1:]
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
    if amount.isdecimal() and unit in units:
        return now + timedelta(**{units[unit]: int(amount)})
    if len(text) == len("2026-11-24"):
        return datetime.combine(date.fromisoformat(text), time(), zone)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def thread_json(thread: "Thread", zone: ZoneInfo, now: datetime) -> dict[str, object]:
    """A thread's fields as `threads --json` and `show --json` give them (DESIGN section 3)."""
    from autoack.core.thread import State  # noqa: PLC0415 - the core, by those who need it

    waits = thread.state in (State.WAITING, State.SNOOZED)
    return {
        "ref": thread.ref,
        "mailbox": thread.mailbox,
        "subject": thread.subject,
        "customer": {"name": thread.customer_name, "address": thread.customer_address or None}
        | ({"phone": thread.customer_phone} if thread.customer_phone else {}),
        "state": str(thread.state),
        "waiting_since": iso(thread.waiting_since, zone) if waits else None,
        "promised_at": iso(thread.promised_at, zone) if waits else None,
        "next_step_at": iso(thread.next_step_at, zone),
        "next_step": thread.next_step,
        "overdue": is_overdue(thread, now),
        "language": thread.language,
        "category": thread.category,
        "priority": thread.priority,
        "assignee": thread.assignee,
        "undeliverable": thread.undeliverable,
        "channel": thread.channel,
        "strong_language": thread.strong_language,
        "policy": thread.policy,
    }


def is_overdue(thread: "Thread", now: datetime) -> bool:
    """Whether the promise to a waiting customer has passed."""
    return thread.state == "waiting" and thread.promised_at is not None and thread.promised_at < now
