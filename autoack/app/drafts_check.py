"""Tries the folder of drafts: lays a draft there and takes it away again at once."""

from concurrent.futures import Executor
from datetime import datetime
from email.utils import format_datetime

from autoack.errors import MailboxError
from autoack.mail.drafts_folder import DraftsFolder
from autoack.mail.imap_connection import ImapOptions

_TEST = (
    "Subject: A test draft of autoack check\r\nDate: {date}\r\nMessage-ID: {id}\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nIt is taken away at once. You may delete it.\r\n"
)


async def try_drafts(name: str, options: ImapOptions, executor: Executor, now: datetime) -> str:
    """What was found. Raises MailboxError where drafts cannot be laid, or not be taken away."""
    async with DraftsFolder.opened(name, options, executor) as folder:
        where = folder.name
        if not folder.can_write:
            raise MailboxError(f"the folder {where} can only be read; let {options.username} write it")
        if not folder.has_uidplus:
            return (
                f"suggested answers are laid in {where}; the server lacks UIDPLUS (RFC 4315): "
                "those that turn out needless are never removed, and none was laid to try it"
            )
        if not folder.can_delete:
            raise MailboxError(
                f"mails may not be deleted in {where}; let {options.username} write and delete"
            )
        identifier = f"<check.{now:%Y%m%d%H%M%S%f}@{options.host}>"
        raw = _TEST.format(date=format_datetime(now), id=identifier).encode()
        laid = await folder.lay(raw, identifier, perhaps_there=False)
        if laid is None or laid.uid is None:
            raise MailboxError(f"a test draft was laid in {where} and cannot be found there: delete it")
        left = await folder.take_away(laid.uidvalidity, laid.uid, raw, laid.size)
    if left:
        raise MailboxError(f"a test draft lies in {where} and could not be removed: {left}")
    return f"suggested answers are laid in {where}, and removed where they turn out needless"
