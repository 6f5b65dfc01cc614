"""`autoack check`: the configuration, then every server that it names, one try each, a line each."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from autoack.app.checks import Finding, check_all
from autoack.app.connections import channels_of
from autoack.cli.common import config_option, load_settings
from autoack.clock import WallClock
from autoack.core import foresight
from autoack.letters.suggestions import load as load_suggestions
from autoack.settings import Settings


@click.command()
@config_option
@click.option("--offline", is_flag=True, help="The configuration alone; no server is asked.")
def check(config: Path | None, *, offline: bool) -> int:
    """Check the configuration, all errors at once; then try each IMAP and SMTP server, channel, and the database.

    The SMTP servers are tried by a test mail to the first of `alerts.to`, the channels by a test message.
    """
    now = WallClock().now()
    settings = load_settings(config, now)
    for warning in foresight.warnings(settings.desk, now):
        click.echo(f"warning: {warning}", err=True)
    for key in settings.unused_keys:
        click.echo(f"warning: {key} has no effect yet: it comes with a later version", err=True)
    channels_of(settings)  # raises what makes one of no use, without asking anybody
    click.echo(f"{settings.path}: good; mailboxes: {', '.join(settings.mailboxes)}")
    faulty = _faulty_answers(settings)
    for fault in faulty:
        click.echo(fault, err=True)
    if offline:
        return 1 if faulty else 0
    findings = asyncio.run(_ask(settings))
    _print(findings)
    return 0 if not faulty and all(finding.good for finding in findings) else 1


def _faulty_answers(settings: Settings) -> list[str]:
    """What keeps answers from being used, by file and line; a folder without any is only warned of."""
    texts = settings.texts
    faults: list[str] = []
    drafts = any(mailbox.imap.drafts for mailbox in settings.mailboxes.values())
    load_suggestions(texts.answers, texts.suggest, faults.append, at_once=True)
    if (texts.suggest or drafts) and not any(texts.answers.glob("*.md")):
        wants = f"texts.suggest is {texts.suggest}" if texts.suggest else "imap.drafts is set"
        click.echo(f"warning: {wants}, but there is no answer in {texts.answers}", err=True)
    return faults


async def _ask(settings: Settings) -> list[Finding]:
    with ThreadPoolExecutor(4) as executor:
        return await check_all(settings, executor, WallClock().now())


def _print(findings: list[Finding]) -> None:
    """A line for each: the terminal may wrap it, a pipe gets it whole."""
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        mark = click.style("good  ", fg="green") if finding.good else click.style("FAILED", fg="red")
        click.echo(f"{finding.what:{width}}  {mark}  {' '.join(finding.detail.split())}")
