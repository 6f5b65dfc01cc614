"""Reads the configuration: finds the file, and gives Settings or every fault in it and the environment."""

import os
from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr, ValidationError

from autoack.core.policy import Desk
from autoack.errors import ConfigError
from autoack.settings.closed import stay_closed
from autoack.settings.connections import MailboxSettings, mailbox_settings
from autoack.settings.desk import desk_of
from autoack.settings.document import read_document
from autoack.settings.environment import Variables, read_environment
from autoack.settings.file import File
from autoack.settings.later import unused_keys
from autoack.settings.models import Log
from autoack.settings.problems import problems_of, say_all
from autoack.settings.reading import Reading, reading

PLACES = (Path("autoack.yaml"), Path("config/autoack.yaml"), Path("/etc/autoack/autoack.yaml"))
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class TextFolders:
    """Where ops' own texts lie; a folder that is not there holds none."""

    templates: Path
    answers: Path
    suggest: int
    salutation: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ops have decided, ready for use. `file` is the configuration as it was written."""

    path: Path
    desk: Desk
    mailboxes: Mapping[str, MailboxSettings]
    texts: TextFolders
    log: Log
    file: File
    database_url: str = field(repr=False)  # may hold a password
    channels: Mapping[str, SecretStr] = field(default_factory=dict)  # Apprise URLs by name
    warnings: list[str] = field(default_factory=list)
    unused_keys: list[str] = field(default_factory=list)


def load(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    now: datetime | None = None,
    *,
    secrets: bool = True,
) -> Settings:
    """Read and check the configuration at `path`, or at the first of the usual places.

    With `now` also whether its calendars will open, seen from then: a daemon needs that, a look at threads not.
    Without `secrets` their files need not be there: for who reaches no server.
    Raises ConfigError with a line for every fault of file and environment.
    """
    environ = os.environ if environ is None else environ
    path = find_file(path)
    return load_text(_content(path), path, environ, now, secrets=secrets)


def load_text(
    content: bytes,
    path: Path,
    environ: Mapping[str, str],
    now: datetime | None = None,
    *,
    secrets: bool = True,
) -> Settings:
    """The same for a file's content that (as yet) need not lie at `path`. Raises ConfigError."""
    document = read_document(str(path), content)
    variables = read_environment(File, environ, document.data) if document.readable else Variables()
    if not document.readable:
        raise ConfigError(say_all(document.problems, document, variables))
    # A context of its own: what the validators know of this file is forgotten with it.
    now_read = Reading(document, variables, environ, path.absolute().parent, secrets=secrets)
    return copy_context().run(_load, now_read, path, now)


def _load(now_read: Reading, path: Path, now: datetime | None) -> Settings:
    reading.set(now_read)
    document, variables = now_read.document, now_read.variables
    file, faults = None, list(document.problems)
    try:
        file = File()
    except ValidationError as error:
        faults += problems_of(error, File)
    lines = say_all(faults + now_read.problems, document, variables)
    if lines or file is None:
        raise ConfigError(lines)
    settings = _settings(file, path, now_read.folder, variables.warnings)
    closed = stay_closed(file, dict(settings.desk.calendars), now) if now else ()
    if lines := say_all(closed, document, variables):
        raise ConfigError(lines)
    return settings


def _settings(file: File, path: Path, folder: Path, warnings: list[str]) -> Settings:
    return Settings(
        path=path,
        desk=desk_of(file),
        mailboxes={name: mailbox_settings(name, box, folder) for name, box in file.mailboxes.items()},
        texts=TextFolders(
            templates=folder / file.texts.templates,
            answers=folder / file.texts.answers,
            suggest=file.texts.suggest,
            salutation=file.texts.salutation,
        ),
        log=file.log,
        file=file,
        database_url=_database_url(file.database.url.get_secret_value(), folder),
        channels={name: channel.url for name, channel in file.channels.items() if channel.url},
        warnings=warnings,
        unused_keys=unused_keys(file),
    )


def _database_url(url: str, folder: Path) -> str:
    """For SQLAlchemy: a file's path made absolute, PostgreSQL by psycopg."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        name, question, options = rest.removeprefix("/").partition("?")
        return f"sqlite:///{folder / name}{question}{options}"
    return f"postgresql+psycopg://{rest}"


def find_file(path: Path | None) -> Path:
    """The file that was asked for, or the first of the usual places that has one. Raises ConfigError."""
    if path is not None:
        if not path.exists():
            raise ConfigError(f"{path}: no such file; `autoack init --out {path}` writes one to start from")
        return path
    found = next((place for place in PLACES if place.exists()), None)
    if found is None:
        places = ", ".join(map(str, PLACES))
        raise ConfigError(
            f"no configuration: there is none of {places}; `autoack init` writes one, --config FILE names one"
        )
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if len(content) > _LARGEST:
        raise ConfigError(f"{path}: is too large for a configuration (over 1 MB)")
    return content
