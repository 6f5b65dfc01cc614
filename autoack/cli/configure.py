"""`autoack init` writes a configuration to start from; `autoack schema` prints its JSON Schema."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import chain, count
from pathlib import Path
from string import Template
from typing import TypeVar

import click

from autoack.errors import ConfigError

T = TypeVar("T")
_SECRET = "imap-password"  # noqa: S105  # a file's name
_LETTERS = "hr, sr-Latn, sr-Cyrl, hu, en"

# The values are JSON strings, which YAML reads as they are.
_FILE = Template("""\
# The configuration of autoack. Only what differs from the defaults needs to stand here;
# `autoack schema` prints every key for editors, `autoack check` tries what is written.
# Nothing but receipts goes to customers unless it is switched on here.

organisation:
  name: $name
  timezone: $timezone
  # Languages of the receipts; there are $letters.
  languages: $languages
  # address, phone and website stand in the foot of every mail to a customer:
  # address: "Ilica 1, 10000 Zagreb"
  # phone: "+385 1 234 5678"
  # website: https://www.primjer.example

# The team. The first person is lead and manager of a team of all people, until `teams` says otherwise.
people:
$people

mailboxes:
  support:
    address: $address
    imap:
      # Port 993 with TLS, unless `port` and `security` say otherwise. The password is the one line of a file
      # that lies beside this one, in /run/secrets or in $$CREDENTIALS_DIRECTORY.
      host: $imap_host
      password_file: $secret
    smtp:
      # Port 587 with STARTTLS; logs in as imap does, unless `username` and `password_file` say otherwise.
      host: $smtp_host
    # Mail that is already there at first sight: ignore | record | answer.
    backlog: ignore

# What customers may expect, and who hears when it comes near. This is what holds if nothing is written:
# policies:
#   standard:
#     calendar: always                    # or one of `calendars`, with opening hours and holidays
#     reply_within: 24h                   # receipts promise this
#     resolve_within: 3d
#     ladder:
#       - {at: 20h, notify: on_duty}
#       - {at: 24h, notify: lead}
#       - {at: 68h, notify: lead}
#       - {at: 72h, notify: manager}

# Each night, to the managers.
digest:
  at: "21:00"
""")


@dataclass(frozen=True, slots=True)
class _Given:
    """What the options say; None where they say nothing."""

    name: str | None
    timezone: str | None
    address: str | None
    imap_host: str | None
    smtp_host: str | None
    person: tuple[str, ...] | None
    languages: str | None


@click.command()
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from autoack.settings import json_schema  # noqa: PLC0415 - pydantic, by those who need it

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("autoack.yaml"), show_default=True
)
@click.option("--name", help="Name of the organisation.")
@click.option("--timezone", help="Its time zone, such as Europe/Zagreb.")
@click.option("--address", help="The support address.")
@click.option("--imap-host", help="The server from which its mail is read.")
@click.option("--smtp-host", help="The server that sends.")
@click.option("--person", multiple=True, help='"Ana Kovač <ana@primjer.example>"; may be repeated.')
@click.option("--languages", help=f"Languages offered, with commas: {_LETTERS}.  [default: en]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def init(*, out: Path, force: bool, person: tuple[str, ...], **given: str | None) -> None:
    """Write a commented configuration; asks for what the options leave open."""
    if out.exists() and not force:
        raise ConfigError(f"{out}: is there already; --force writes over it, --out FILE writes another")
    content = _render(_Given(person=person or None, **given))
    _check(content, out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror}") from None
    click.echo(f"{out} is written. Next:")
    click.echo(f"  put the mailbox's password into {out.parent / _SECRET} (chmod 600), one line")
    click.echo(f"  autoack check --config {out}")


def _render(given: _Given) -> str:
    """The file, from options and answers. Raises ConfigError for options that cannot be right."""
    from autoack.settings import addresses, scalars  # noqa: PLC0415 - pydantic, by those who need it

    _refuse_silence(given)

    def languages(text: str) -> list[str]:
        return [scalars.read_language(tag) for tag in text.split(",")]

    name = _answer("--name", given.name, "Name of the organisation", _some_text)
    zone = _answer(
        "--timezone", given.timezone, "Time zone", lambda t: scalars.read_zone(t).key, _zone_here()
    )
    address = _answer("--address", given.address, "Support address", addresses.read_address)
    near = "imap." + address.rpartition("@")[2]
    imap = _answer("--imap-host", given.imap_host, "IMAP server", addresses.read_host, near)
    near = re.sub(r"^imap\.", "smtp.", imap)
    smtp = _answer("--smtp-host", given.smtp_host, "SMTP server", addresses.read_host, near)
    question = "First person of the team, as Name <address>"
    people = [
        _answer("--person", text, question, addresses.read_named_address) for text in given.person or [None]
    ]
    tags = given.languages or (None if _can_ask() else "en")
    offered = _answer("--languages", tags, f"Languages ({_LETTERS})", languages, "en")
    return _FILE.substitute(
        name=_quoted(name),
        timezone=zone,
        languages=f"[{', '.join(offered)}]",
        letters=_LETTERS,
        people="\n".join(_people(people)),
        address=address,
        imap_host=imap,
        smtp_host=smtp,
        secret=_SECRET,
    )


def _refuse_silence(given: _Given) -> None:
    """Without a terminal nobody can be asked. Raises ConfigError with every option that is missing."""
    missing = [
        field.name for field in fields(given) if field.name != "languages" and not getattr(given, field.name)
    ]
    if missing and not _can_ask():
        options = ("--" + name.replace("_", "-") for name in missing)
        raise ConfigError([f"{option} is missing, and there is no terminal to ask at" for option in options])


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _answer(
    option: str, given: str | None, question: str, read: Callable[[str], T], default: str | None = None
) -> T:
    """What the option says, or what is answered; an answer that cannot be right is asked for again."""
    if given is not None:
        try:
            return read(given)
        except ValueError as error:
            raise ConfigError(f"{option}: {error}") from None

    def read_answer(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    return click.prompt(question, default=default, value_proc=read_answer)


def _check(content: str, out: Path) -> None:
    """What we write must load, once the secret is in its place. Raises ConfigError."""
    from autoack.settings import load_text  # noqa: PLC0415 - pydantic, by those who need it

    load_text(content.encode(), out, {"AUTOACK_MAILBOXES__SUPPORT__IMAP__PASSWORD": "to come"})


def _people(people: list[tuple[str, str]]) -> Iterator[str]:
    """A line for each; the names of the entries are first names."""
    taken = {"team", "on_duty", "assignee", "lead", "manager"}
    for name, address in people:
        said = name or address.partition("@")[0]
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", said.split()[0]) if not unicodedata.combining(c)
        )
        first = re.sub(r"[^\w-]|^[-_]+", "", plain.casefold()) or "person"
        entry = next(e for e in chain([first], (f"{first}{n}" for n in count(2))) if e not in taken)
        taken.add(entry)
        yield f"  {entry}: {{name: {_quoted(said)}, address: {_quoted(address)}}}"


def _quoted(text: str) -> str:
    """A JSON string is a YAML string."""
    return json.dumps(text, ensure_ascii=False)


def _some_text(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text.strip()


def _zone_here() -> str | None:
    """The time zone of this machine, as /etc/localtime points to it."""
    try:
        target = str(Path("/etc/localtime").readlink())
    except OSError:
        return None
    return target.partition("zoneinfo/")[2] or None
