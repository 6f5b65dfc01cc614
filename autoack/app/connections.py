"""From the settings of a mailbox to its IMAP and SMTP connections."""

from collections.abc import Callable
from concurrent.futures import Executor

from autoack.clock import Clock
from autoack.mail import tls
from autoack.mail.imap_connection import ImapOptions
from autoack.mail.inbox import Folder
from autoack.mail.oauth import Credentials, TokenCommand
from autoack.mail.sender import SmtpOptions, Submission
from autoack.settings import MailboxSettings

TokenSources = dict[str, TokenCommand]


def imap_options(box: MailboxSettings, tokens: TokenSources) -> ImapOptions:
    """How this mailbox is read."""
    imap = box.imap
    return ImapOptions(
        host=imap.host,
        port=imap.port,
        security=imap.security,
        username=imap.username,
        credentials=_credentials(box, tokens),
        ssl_context=None if imap.security == "none" else tls.context(imap.ca_file),
        idle=imap.idle,
    )


def smtp_options(box: MailboxSettings, tokens: TokenSources) -> SmtpOptions:
    """How this mailbox sends. Where it has no password of its own and logs in as IMAP does, it shares the token."""
    smtp = box.smtp
    credentials = None
    if smtp.username is not None:
        credentials = Credentials(password=smtp.password) if smtp.password else _credentials(box, tokens)
    return SmtpOptions(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        username=smtp.username,
        credentials=credentials,
        ssl_context=None if smtp.security == "none" else tls.context(smtp.ca_file),
    )


def folder(
    box: MailboxSettings, name: str, tokens: TokenSources, executor: Executor, clock: Clock
) -> Folder:
    """A folder of this mailbox, not yet connected."""
    return Folder(box.id, name, imap_options(box, tokens), executor=executor, clock=clock)


def submissions(box: MailboxSettings, tokens: TokenSources) -> Callable[[], Submission]:
    """A factory of SMTP connections for this mailbox."""
    options = smtp_options(box, tokens)
    return lambda: Submission(options)


def _credentials(box: MailboxSettings, tokens: TokenSources) -> Credentials:
    if box.imap.token_command:
        return Credentials(token=tokens.setdefault(box.id, TokenCommand(box.imap.token_command)))
    return Credentials(password=box.imap.password)
