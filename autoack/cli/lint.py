"""`autoack lint`: what templates and answers should say otherwise, a line for each finding."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autoack.cli.common import config_option, json_option, load_settings, print_json
from autoack.letters.lint import Finding, OwnTexts, check_texts, find_speller

if TYPE_CHECKING:  # without a configuration nobody pays for pydantic
    from autoack.settings import Settings


@click.command()
@config_option
@json_option
def lint(config: Path | None, *, as_json: bool) -> int:
    """Check templates and answers: the built-in ones, and your own in `texts.templates` and `texts.answers`.

    Exit code 1 where anything is found. Spelling is checked with the dictionaries of hunspell, by hunspell
    itself or by the library spylls; words to be accepted go into spelling.txt beside your texts, one a line.
    """
    report = check_texts(find_speller(), _own_texts(config))
    findings = [_shown(finding) for finding in report.findings]
    for note in report.notes:
        click.echo(note, err=True)
    if as_json:
        print_json([_as_json(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(finding)
        click.echo(f"{report.texts} texts checked, {report.spelling}: {len(findings) or 'nothing'} found")
    return 1 if findings else 0


def _own_texts(config: Path | None) -> OwnTexts | None:
    """Where the configuration says; without any, what is built in can be checked all the same."""
    from autoack.settings.source import PLACES  # noqa: PLC0415 - pydantic, not for --help

    if config is None and not any(place.exists() for place in PLACES):
        click.echo("no configuration here: only the built-in texts are checked", err=True)
        return None
    return _own_of(load_settings(config, secrets=False))


def _own_of(settings: "Settings") -> OwnTexts:
    organisation = settings.desk.organisation
    offered = [
        *organisation.languages,
        *(tag for box in settings.desk.mailboxes.values() for tag in box.languages),
    ]
    return OwnTexts(
        templates=settings.texts.templates,
        answers=settings.texts.answers,
        languages=tuple(dict.fromkeys(offered)),
        names=(organisation.name, *(box.from_name for box in settings.desk.mailboxes.values())),
    )


def _shown(finding: Finding) -> Finding:
    """Its path as one would type it here."""
    path = Path(finding.path)
    here = Path.cwd()
    return replace(finding, path=str(path.relative_to(here))) if path.is_relative_to(here) else finding


def _as_json(finding: Finding) -> dict[str, object]:
    fields = asdict(finding)
    return {"file": fields.pop("path"), **fields}
