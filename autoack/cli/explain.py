"""`autoack explain` and `autoack preview`: what would happen to a mail, and why; nothing is touched."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from autoack.cli.common import config_option, iso, json_option, load_settings, local, parse_when
from autoack.clock import WallClock
from autoack.core.decide import decide
from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Customer, Mail, Outcome, Unparseable
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.policy import Desk, Mailbox
from autoack.core.thread import Known
from autoack.errors import CheckFailed, ConfigError
from autoack.letters.compose import Composer
from autoack.letters.receipts import receipt_for
from autoack.letters.salutation import salutation
from autoack.letters.suggestions import load as load_suggestions
from autoack.letters.templates import Templates
from autoack.settings import Settings

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_now_option = click.option("--now", "at", metavar="TIME", help="As if it arrived then: 2026-11-22T10:00.")
_mailbox_option = click.option("--mailbox", metavar="NAME", help="As if it arrived there.")


@click.command()
@click.argument("files", nargs=-1, required=True, type=_file, metavar="FILE.eml…")
@config_option
@_mailbox_option
@_now_option
@json_option
def explain(
    files: Sequence[Path], config: Path | None, mailbox: str | None, at: str | None, *, as_json: bool
) -> None:
    """What would happen to each of these mails, and why: each alone, as if it arrived now.

    `backlog`, `max_age`, `per_sender`, `storm` and duplicates do not apply; an unknown thread is new.
    """
    settings = load_settings(config)
    now = _moment(settings, at)
    for path in files:
        told = explanation(path, settings, now, mailbox)
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            _print(told, settings, now)


@click.command()
@click.argument("file", type=_file, metavar="FILE.eml")
@config_option
@_mailbox_option
@_now_option
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write its HTML part there.")
def preview(file: Path, config: Path | None, mailbox: str | None, at: str | None, html: Path | None) -> None:
    """The receipt that this mail would get, judged as `explain` does: the raw message on stdout."""
    settings = load_settings(config)
    now = _moment(settings, at)
    mail = parse(read_file(file.read_bytes()))
    if isinstance(mail, Unparseable):
        raise CheckFailed(f"{file}: no receipt: {mail.because} ({mail.reason})")
    box = _mailbox(settings.desk, mailbox, mail)
    decision = _decision(mail, settings.desk, box, now)
    if not decision.wants_receipt:
        verdict = decision.verdict
        raise CheckFailed(f"{file}: no receipt: {verdict.because} ({verdict.kind}, {verdict.reason})")
    texts = settings.texts
    suggestions = load_suggestions(texts.answers, texts.suggest, lambda fault: click.echo(fault, err=True))
    templates = Templates(texts.templates, _template_fault)
    composer = Composer(settings.desk, templates, texts.salutation, suggestions)
    letter, _ = receipt_for(mail, decision, box, composer, salt="preview", now=now)
    if html is not None:
        html.write_text(letter.html, encoding="utf-8")
    sys.stdout.buffer.write(letter.raw)
    sys.stdout.buffer.flush()


def _template_fault(fault: str) -> None:
    click.echo(f"{fault}; the built-in template takes its place", err=True)


def _moment(settings: Settings, at: str | None) -> datetime:
    now = WallClock().now()
    return parse_when(at, settings.desk.organisation.zone, now) if at else now


def _mailbox(desk: Desk, name: str | None, mail: Mail | Unparseable) -> Mailbox:
    """The mailbox that was asked for, else the one that the mail was written to, else the first."""
    if name is not None:
        if name not in desk.mailboxes:
            near = get_close_matches(name, desk.mailboxes, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(desk.mailboxes)}"
            raise ConfigError(f"there is no mailbox {name!r}; {hint}")
        return desk.mailboxes[name]
    boxes = list(desk.mailboxes.values())
    recipients = {a.key for a in mail.recipients} if isinstance(mail, Mail) else set()
    return next((box for box in boxes if box.addresses & recipients), boxes[0])


def _decision(mail: Mail, desk: Desk, box: Mailbox, now: datetime) -> Decision:
    alone = replace(box, per_sender=replace(box.per_sender, receipts=1))  # nobody has had one yet
    return decide(mail, desk, alone, Known(), Circumstances(now=now, received_at=now))


def explanation(
    path: Path, settings: Settings, now: datetime, mailbox: str | None = None
) -> dict[str, object]:
    """What `explain` says of this file, by the names of its JSON object."""
    mail = parse(read_file(path.read_bytes()))
    box = _mailbox(settings.desk, mailbox, mail)
    told: dict[str, object] = {"file": str(path), "mailbox": box.id}
    if isinstance(mail, Unparseable):
        nothing = dict.fromkeys(
            (
                "customer",
                "reply_to",
                "language",
                "salutation",
                "category",
                "priority",
                "subject",
                "promised_at",
            )
        )
        verdict = {"verdict": str(Outcome.QUARANTINE), "kind": "unparseable"}
        reasons = {"reason": mail.reason, "because": mail.because}
        return {**told, **verdict, **reasons, **nothing, "strong_language": False, "clock": False}
    decision = _decision(mail, settings.desk, box, now)
    return {**told, **_facts(mail, decision, settings)}


def _facts(mail: Mail, decision: Decision, settings: Settings) -> dict[str, object]:
    verdict, thread, customer, ruled = decision.verdict, decision.thread, decision.customer, decision.ruled
    zone, style = settings.desk.organisation.zone, settings.texts.salutation
    greeting = salutation(customer, decision.language, style) if customer and decision.language else None
    promised = decision.receipt_promise or (thread.promised_at if thread else None)
    return {
        "verdict": str(verdict.outcome),
        "kind": str(verdict.kind),
        "reason": verdict.reason,
        "because": verdict.because,
        "customer": _customer(customer) if customer else None,
        "reply_to": decision.reply_to,
        "language": decision.language,
        "salutation": greeting,
        "category": thread.category if thread else None,
        "priority": thread.priority if thread else None,
        "strong_language": thread.strong_language if thread else False,
        "subject": mail.subject,
        "promised_at": iso(promised, zone),
        "clock": thread.clock and thread.wait > 0 if thread else False,
        "language_reason": decision.language_reason,
        "channel": thread.channel if thread else None,
        "assignee": thread.assignee if thread else None,
        "rules": [{"name": one.rule, "sets": dict(one.sets)} for one in ruled.applied] if ruled else [],
        "rule_faults": list(ruled.faults) if ruled else [],
        "questions": list(decision.questions),
    }


def _customer(customer: Customer) -> dict[str, object]:
    told: dict[str, object] = {
        "name": customer.name,
        "address": customer.address or None,
        "honorific": customer.honorific,
    }
    return told | ({"phone": customer.phone} if customer.phone else {})


def _print(told: dict[str, Any], settings: Settings, now: datetime) -> None:
    zone = settings.desk.organisation.zone
    click.echo(f"{told['file']}: {told['verdict']} ({told['kind']}, {told['reason']})")
    click.echo(f"  why        {told['because']}")
    click.echo(f"  mailbox    {told['mailbox']}")
    if told["subject"]:
        click.echo(f"  subject    {told['subject']}")
    customer = told["customer"]
    if isinstance(customer, dict):
        reached = f"<{customer['address']}>" if customer["address"] else "(no address)"
        phone = f", phone {customer['phone']}" if "phone" in customer else ""
        click.echo(f"  customer   {customer['name'] or '(no person’s name)'} {reached}{phone}")
        click.echo(f"  language   {told['language']}: {told['language_reason']}")
        click.echo(f"  greeting   {told['salutation']}")
        strong = ", strong language" if told["strong_language"] else ""
        click.echo(f"  category   {told['category']}, priority {told['priority']}{strong}")
    for rule in told.get("rules", ()):
        said = ", ".join(f"{key} {value}" for key, value in rule["sets"].items())
        click.echo(f"  rule       {rule['name']}: {said or 'nothing new'}")
    for fault in told.get("rule_faults", ()):
        click.echo(f"  fault      {fault}")
    for question in told.get("questions", ()):
        click.echo(f"  asks       {question}")
    if told["promised_at"]:
        click.echo(f"  promised   {local(datetime.fromisoformat(str(told['promised_at'])), zone)}")
    click.echo(f"  clock      {'runs' if told['clock'] else 'does not run'}")
