"""How to reach the servers of a mailbox, with every default filled in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from autoack.settings.mailbox import Imap, Mailbox, OAuth, Security, Smtp

_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_AUTO = ("auto",)


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Where an OAuth 2 access token comes from: a command that prints it, or a provider signed in to."""

    token_command: tuple[str, ...] | None = None
    provider: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    tenant: str | None = None


@dataclass(frozen=True, slots=True)
class DoneMark:
    """How the team marks a thread as finished."""

    keyword: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class ImapConnection:
    """An IMAP server. One of `password` and `oauth` is set. `poll` is in seconds."""

    host: str
    port: int
    security: Security
    ca_file: Path | None
    username: str
    password: SecretStr | None
    oauth: TokenSource | None
    folders: tuple[str, ...]
    sent: Literal["auto"] | tuple[str, ...]  # (): no folder of answers is watched
    drafts: str | None  # "auto", a folder, or None
    done: DoneMark = field(default_factory=DoneMark)
    idle: bool = True
    poll: float = 60.0

    @property
    def token_command(self) -> tuple[str, ...] | None:
        """The command that prints an access token, where there is one."""
        return self.oauth.token_command if self.oauth else None


@dataclass(frozen=True, slots=True)
class SmtpConnection:
    """An SMTP server. `username` is None where nobody logs in; else one of `password` and `oauth` is set.

    `envelope`: "auto" (`<>`, and the address where that is refused), "address", or None: always `<>`.
    `per_minute`: 0 is no limit.
    """

    host: str
    port: int
    security: Security
    ca_file: Path | None
    username: str | None
    password: SecretStr | None
    oauth: TokenSource | None
    envelope: Literal["auto", "address"] | None
    connections: int
    per_minute: int


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """A mailbox and both its servers."""

    id: str
    imap: ImapConnection
    smtp: SmtpConnection


def mailbox_settings(name: str, box: Mailbox, folder: Path) -> MailboxSettings:
    """Fill in what the file leaves out. `folder`: what paths are relative to."""
    imap = _imap(box.imap, box.address, folder)
    return MailboxSettings(name, imap, _smtp(box.smtp, imap, folder))


def _imap(imap: Imap, address: str, folder: Path) -> ImapConnection:
    return ImapConnection(
        host=imap.host,
        port=imap.port or _IMAP_PORTS[imap.security],
        security=imap.security,
        ca_file=folder / imap.ca_file if imap.ca_file else None,
        username=imap.username or address,
        password=imap.password,
        oauth=_token_source(imap.oauth),
        folders=imap.folders,
        sent="auto" if imap.sent == _AUTO else imap.sent or (),
        drafts=imap.drafts,
        done=DoneMark(imap.done.keyword, imap.done.folder) if imap.done else DoneMark(),
        idle=imap.idle,
        poll=imap.poll.elapsed.total_seconds(),
    )


def _smtp(smtp: Smtp, imap: ImapConnection, folder: Path) -> SmtpConnection:
    username, password, oauth = _login(smtp, imap)
    return SmtpConnection(
        host=smtp.host,
        port=smtp.port or _SMTP_PORTS[smtp.security],
        security=smtp.security,
        ca_file=folder / smtp.ca_file if smtp.ca_file else None,
        username=username,
        password=password,
        oauth=oauth,
        envelope=smtp.envelope,
        connections=smtp.connections,
        per_minute=smtp.per_minute,
    )


def _login(smtp: Smtp, imap: ImapConnection) -> tuple[str | None, SecretStr | None, TokenSource | None]:
    """imap's user with imap's secret, unless smtp has its own; an explicit `username: null` is no login."""
    if "username" in smtp.model_fields_set and smtp.username is None:
        return None, None, None
    username = smtp.username or imap.username
    if smtp.password is not None:
        return username, smtp.password, None
    return username, imap.password, imap.oauth


def _token_source(oauth: OAuth | None) -> TokenSource | None:
    if oauth is None:
        return None
    return TokenSource(
        oauth.token_command, oauth.provider, oauth.client_id, oauth.client_secret, oauth.tenant
    )
