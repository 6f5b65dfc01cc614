"""`autoack deadline`: each promise and ladder step of a policy, and how its time was counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from autoack.cli.common import config_option, iso, json_option, load_settings, local, parse_when, print_json
from autoack.clock import WallClock
from autoack.core import foresight, ladder
from autoack.core.ladder import Step
from autoack.core.opening_hours import Counted, count, counted_between
from autoack.core.policy import Desk, Duration, LadderStep, Policy
from autoack.core.promise import promised_quarter
from autoack.errors import ConfigError

_MOST_NAMED = 5  # days in a line of their own names


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A promise or a step: reached at `account.at`, in effect `at`: later where quiet time holds it back."""

    name: str
    at: datetime
    account: Counted
    notify: tuple[str, ...] = ()


@click.command()
@click.option("--policy", "name", required=True, metavar="P", help="The policy's name.")
@click.option(
    "--from", "start", required=True, metavar="TIME", help="When the wait begins: 2026-11-20T15:30."
)
@config_option
@json_option
def deadline(name: str, start: str, config: Path | None, *, as_json: bool) -> None:
    """Each promise and ladder step of a policy with its time, and how it was counted.

    A TIME without an offset is in the organisation's time zone.
    """
    desk = load_settings(config).desk
    policy = _policy(desk, name)
    since = parse_when(start, desk.organisation.zone, WallClock().now())
    try:
        deadlines = list(_deadlines(policy, since, desk.organisation.languages[0]))
    except ValueError as error:
        raise ConfigError(str(error)) from None
    except OverflowError:
        raise ConfigError(f"--from: {start} is too near the end of all calendars") from None
    for warning in foresight.warnings_of(policy, since, max(each.at for each in deadlines)):
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        print_json([_as_json(each, policy.calendar.zone) for each in deadlines])
        return
    _print_head(policy, since)
    for each in deadlines:
        _print(each, policy, since)


def _policy(desk: Desk, name: str) -> Policy:
    from autoack.settings.names import nearest  # noqa: PLC0415 - pydantic, not for --help

    if name not in desk.policies:
        hint = nearest(name, desk.policies) or f"; there is {', '.join(desk.policies)}"
        raise ConfigError(f"--policy: there is no policy {name!r}{hint}")
    return desk.policies[name]


def _deadlines(policy: Policy, since: datetime, language: str) -> Iterator[_Deadline]:
    """Raises ValueError where the calendar does not open for long enough."""
    for name, within in (("reply", policy.reply_within), ("resolution", policy.resolve_within)):
        account = count(policy.calendar, since, within, language)
        yield _Deadline(name, account.at, account)
    for step in ladder.schedule(policy, since):
        account = _account_of(policy, step, since, language)
        yield _Deadline(step.name, step.at, account, step.notify)


def _account_of(policy: Policy, step: Step, since: datetime, language: str) -> Counted:
    """A rung in days is told with its open days; a share of the promise, or a repetition, has none of its own."""
    at = policy.holding_update if step.to_customer else _rung_of(policy, step).at
    if isinstance(at, Duration) and "#" not in step.key:
        return count(policy.calendar, since, at, language)
    return counted_between(policy.calendar, since, step.due, language)


def _rung_of(policy: Policy, step: Step) -> LadderStep:
    return policy.ladder[int(step.key.partition("#")[0]) - 1]


def _as_json(each: _Deadline, zone: ZoneInfo) -> dict[str, object]:
    return {
        "name": each.name,
        "at": iso(each.at, zone),
        "counted": [{"from": iso(a, zone), "to": iso(b, zone)} for a, b in each.account.counted],
        "open_days": [day.isoformat() for day in each.account.days],
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in each.account.skipped],
        "unusual": [{"date": day.isoformat(), "why": why} for day, why in each.account.unusual],
        "notify": list(each.notify),
        "quiet_from": iso(each.account.at, zone) if each.at != each.account.at else None,
    }


def _print_head(policy: Policy, since: datetime) -> None:
    calendar = policy.calendar
    click.echo(f"Policy {policy.id}, waiting since {local(since, calendar.zone)} ({calendar.zone.key})")
    reply, resolve = ladder.written(policy.reply_within), ladder.written(policy.resolve_within)
    click.echo(f"Calendar {calendar.name}; reply within {reply}, resolution within {resolve}")


def _print(each: _Deadline, policy: Policy, since: datetime) -> None:
    zone = policy.calendar.zone
    to = f"  → {', '.join(each.notify)}" if each.notify else ""
    click.echo(f"\n{local(each.at, zone)}  {each.name}{to}")
    stated = promised_quarter(each.at, zone)
    # In UTC: in the hour that the clock shows twice, times of two zones never are equal (PEP 495).
    if each.name == "reply" and stated.astimezone(UTC) != each.at:
        click.echo(f"  receipts say {local(stated, zone)}: rounded up to a quarter of an hour")
    if each.at != each.account.at:
        quiet = policy.quiet.name if policy.quiet else ""
        click.echo(f"  reached {local(each.account.at, zone)}, in quiet time: waits for {quiet} to open")
    if each.account.days:
        began, due = since.astimezone(zone), each.account.at.astimezone(zone)
        moved = f"; {began:%H:%M} is not open then: the next opening" if due.time() != began.time() else ""
        click.echo(f"  counted {_days(each.account.days)}{moved}")
    total = sum((b - a for a, b in each.account.counted), timedelta(0))
    click.echo(f"  counted {_length(total)}" + ("" if policy.calendar.always else " of open time"))
    for a, b in each.account.counted:
        click.echo(f"    {_span(a.astimezone(zone), b.astimezone(zone))}")
    _print_days("passed over", each.account.skipped)
    _print_days("with other hours than usual", each.account.unusual)


def _print_days(head: str, days_why: Sequence[tuple[date, str]]) -> None:
    """Days that follow each other in the list with the same reason share a line."""
    if days_why:
        click.echo(f"  {head}")
    for why, run in groupby(days_why, key=itemgetter(1)):
        days = [day for day, _ in run]
        until = f" – {days[-1]:%a %Y-%m-%d}" if len(days) > 1 else ""
        click.echo(f"    {days[0]:%a %Y-%m-%d}{until}  {why}")


def _days(days: Sequence[date]) -> str:
    """How many open days they are, and which."""
    if len(days) == 1:
        return f"1 open day: {days[0]:%a %Y-%m-%d}"
    named = ", ".join(f"{day:%a %Y-%m-%d}" for day in days)
    if len(days) > _MOST_NAMED:
        named = f"{days[0]:%a %Y-%m-%d} to {days[-1]:%a %Y-%m-%d}"
    return f"{len(days)} open days: {named}"


def _span(start: datetime, end: datetime) -> str:
    """Two local times; the end's day only where it is another one."""
    finish = end.strftime("%H:%M") if start.date() == end.date() else end.strftime("%a %Y-%m-%d %H:%M")
    return f"{start:%a %Y-%m-%d %H:%M} – {finish}"


def _length(time: timedelta) -> str:
    hours, rest = divmod(round(time.total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    return (
        f"{hours}h"
        + (f" {minutes:02}m" if minutes or seconds else "")
        + (f" {seconds:02}s" if seconds else "")
    )
