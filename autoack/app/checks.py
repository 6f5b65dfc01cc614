"""Tries what the configuration names: each server once, with what was found and how to mend it."""

import asyncio
import os
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from autoack.app.connections import Servers, channels_of
from autoack.app.drafts_check import try_drafts
from autoack.app.web_check import try_web
from autoack.core.delivery import Answer
from autoack.core.ours import message_id
from autoack.errors import AutoackError, TransportError, WebError
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.mail.imap_folders import ListedFolder, list_folders, sent_among
from autoack.mail.sender import Submission
from autoack.notify.channels import Channel
from autoack.settings import Settings
from autoack.store.engine import parse_url, sqlite_path
from autoack.store.migrate import pending

_TEST_MESSAGE = b"autoack\nA test message of `autoack check`: reminders can reach people by this channel."


@dataclass(frozen=True, slots=True)
class Finding:
    """What one try gave."""

    what: str  # "support: IMAP"
    good: bool
    detail: str


async def check_all(settings: Settings, executor: Executor, now: datetime) -> list[Finding]:
    """Every server and channel that the configuration names, and the database; side by side.

    Raises ConfigError where a channel cannot even be tried.
    """
    servers, channels = Servers(settings), channels_of(settings)
    tries = [asyncio.to_thread(_database, settings)]
    if settings.file.web is not None:
        tries.append(asyncio.to_thread(_web, settings.file.web.listen))
    tries += [_imap(settings, servers, mailbox, executor) for mailbox in settings.mailboxes]
    tries += [
        _drafts(box.imap.drafts, servers, mailbox, executor, now)
        for mailbox, box in settings.mailboxes.items()
        if box.imap.drafts
    ]
    tries += [_smtp(settings, servers, mailbox, now) for mailbox in settings.mailboxes]
    tries += [_channel(channel) for channel in channels]
    return list(await asyncio.gather(*tries))


def _database(settings: Settings) -> Finding:
    """Looks, and makes nothing: a file that an administrator made here could not be written by the daemon."""
    what = "database"
    try:
        waiting = pending(settings.database_url)
    except AutoackError as error:
        return Finding(what, good=False, detail=str(error))
    url = parse_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not (path := sqlite_path(url)).exists():
        if not os.access(path.parent, os.W_OK):
            detail = f"{path} cannot be made: create the folder {path.parent}, or let this user write it"
            return Finding(what, good=False, detail=detail)
        return Finding(what, good=True, detail=f"{path} will be made at the start")
    detail = f"reachable; {len(waiting)} migration(s) to run at the start" if waiting else "up to date"
    return Finding(what, good=True, detail=detail)


def _web(listen: tuple[str, int]) -> Finding:
    try:
        return Finding("web", good=True, detail=try_web(listen))
    except WebError as error:
        return Finding("web", good=False, detail=str(error))


async def _imap(settings: Settings, servers: Servers, mailbox: str, executor: Executor) -> Finding:
    what = f"{mailbox}: IMAP"
    try:
        listed = await list_folders(servers.imap(mailbox), executor)
    except AutoackError as error:
        return Finding(what, good=False, detail=str(error))
    return _folders(settings, mailbox, what, listed)


async def _drafts(name: str, servers: Servers, mailbox: str, executor: Executor, now: datetime) -> Finding:
    what = f"{mailbox}: drafts"
    try:
        return Finding(what, good=True, detail=await try_drafts(name, servers.imap(mailbox), executor, now))
    except AutoackError as error:
        return Finding(what, good=False, detail=str(error))


def _folders(settings: Settings, mailbox: str, what: str, listed: list[ListedFolder]) -> Finding:
    imap = settings.mailboxes[mailbox].imap
    names = [folder.name for folder in listed]
    sent = sent_among(listed) if imap.sent == "auto" else list(imap.sent)
    present = {name.casefold() if name.upper() == "INBOX" else name for name in names}
    missing = [
        name
        for name in (*imap.folders, *sent, *([imap.done.folder] if imap.done.folder else []))
        if (name.casefold() if name.upper() == "INBOX" else name) not in present
    ]
    if missing:
        there = ", ".join(names)
        return Finding(what, good=False, detail=f"no folder {', '.join(missing)}; there are: {there}")
    if imap.sent == "auto" and not sent:
        detail = f"no folder of sent mail was recognised: name it in `sent`; there are: {', '.join(names)}"
        return Finding(what, good=False, detail=detail)
    answers = f"; answers are read in {', '.join(sent)}" if sent else "; no folder of answers is read"
    done = f"; what comes into {imap.done.folder} is finished" if imap.done.folder else ""
    return Finding(what, good=True, detail=f"logged in; watches {', '.join(imap.folders)}{answers}{done}")


async def _smtp(settings: Settings, servers: Servers, mailbox: str, now: datetime) -> Finding:
    """A test mail to ops, with the null sender that receipts have: it shows whether the server takes it."""
    what = f"{mailbox}: SMTP"
    desk, smtp = settings.desk, settings.mailboxes[mailbox].smtp
    box = desk.mailboxes[mailbox]
    composer = Composer(desk, Templates(settings.texts.templates), settings.texts.salutation)
    person = desk.people[desk.alerts.to[0]]
    key = f"check:{mailbox}:{now.isoformat()}"
    letter = composer.check(person, box, message_id=message_id(key, box.domain, settings.path.name), now=now)
    try:
        submission = Submission(servers.smtp(mailbox))
    except AutoackError as error:
        return Finding(what, good=False, detail=str(error))
    sender = box.address if smtp.envelope == "address" else ""
    note = ""
    try:
        result = await submission.send(sender=sender, to=person.address, raw=letter.raw)
        if result.answer is not Answer.ACCEPTED and not sender and smtp.envelope == "auto":
            note = f" with the mailbox's address as sender (the server refuses <>: {result.detail})"
            result = await submission.send(sender=box.address, to=person.address, raw=letter.raw)
    except TransportError as error:
        return Finding(what, good=False, detail=str(error))
    finally:
        await submission.close()
    if result.answer is not Answer.ACCEPTED:
        return Finding(what, good=False, detail=f"test mail to {person.address}: {result.detail}")
    return Finding(what, good=True, detail=f"test mail to {person.address} accepted{note}")


async def _channel(channel: Channel) -> Finding:
    """A test message: nothing less shows whether the service takes one."""
    what = f"channel {channel.host}"
    result = await channel.send(sender="", to="", raw=_TEST_MESSAGE)
    if result.answer is not Answer.ACCEPTED:
        return Finding(what, good=False, detail=f"test message: {result.detail}")
    return Finding(what, good=True, detail="test message accepted")
