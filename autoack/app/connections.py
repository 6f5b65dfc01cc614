"""From the settings to IMAP and SMTP connections, and to channels."""

import ssl
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from autoack.errors import ConfigError
from autoack.mail import tls
from autoack.mail.imap_connection import ImapOptions
from autoack.mail.oauth import Credentials, TokenCommand
from autoack.mail.sender import SmtpOptions, Submission
from autoack.notify.channels import Channel
from autoack.settings import Settings, TokenSource


class Servers:
    """How the servers of each mailbox are reached. Mailboxes with the same token command share its tokens."""

    def __init__(self, settings: Settings) -> None:
        self._mailboxes = settings.mailboxes
        self._tokens: dict[tuple[str, ...], TokenCommand] = {}

    def imap(self, mailbox: str) -> ImapOptions:
        """How this mailbox is read. Raises ConfigError where it cannot be signed in to yet."""
        imap = self._mailboxes[mailbox].imap
        return ImapOptions(
            host=imap.host,
            port=imap.port,
            security=imap.security,
            username=imap.username,
            credentials=self._credentials(mailbox, imap.password, imap.oauth),
            ssl_context=_context(imap.security, imap.ca_file),
            idle=imap.idle,
        )

    def smtp(self, mailbox: str) -> SmtpOptions:
        """How this mailbox sends. Raises ConfigError where it cannot be signed in to yet."""
        smtp = self._mailboxes[mailbox].smtp
        login = smtp.username is not None
        return SmtpOptions(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            username=smtp.username,
            credentials=self._credentials(mailbox, smtp.password, smtp.oauth) if login else None,
            ssl_context=_context(smtp.security, smtp.ca_file),
        )

    def submissions(self, mailbox: str) -> Callable[[], Submission]:
        """A factory of SMTP connections for this mailbox."""
        options = self.smtp(mailbox)
        return lambda: Submission(options)

    def _credentials(
        self, mailbox: str, password: SecretStr | None, oauth: TokenSource | None
    ) -> Credentials:
        if oauth is None:
            return Credentials(password=password)
        if oauth.token_command is None:
            raise ConfigError(
                f"mailboxes.{mailbox}.imap.oauth: the sign-in at a provider comes with a later version; "
                "until then give token_command"
            )
        command = oauth.token_command
        return Credentials(token=self._tokens.setdefault(command, TokenCommand(command)))


def channels_of(settings: Settings) -> list[Channel]:
    """The channels, ready for use. Raises ConfigError with a line for each that cannot be used."""
    channels, problems = list[Channel](), list[str]()
    for name, url in settings.channels.items():
        try:
            channels.append(Channel(name, url))
        except ConfigError as error:
            problems += [f"{settings.path}: {problem}" for problem in error.problems]
    if problems:
        raise ConfigError(problems)
    return channels


def _context(security: str, ca_file: Path | None) -> ssl.SSLContext | None:
    return None if security == "none" else tls.context(ca_file)
