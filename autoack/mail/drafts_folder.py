"""The folder in which a team's drafts lie: the one place of a mailbox to which we write.

    async with DraftsFolder.opened("auto", options, executor) as folder:
        laid = await folder.lay(raw, message_id, perhaps_there=False)
        gone = await folder.take_away(laid.uidvalidity, laid.uid, raw, laid.size)

A short connection of its own: the watched folders are opened by EXAMINE. Nothing is taken away that is not, octet
count and header, what we laid; and only by UID EXPUNGE of that one mail (RFC 4315). Raises MailboxError.
"""

import email
import email.policy
import imaplib
import re
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, TypeVar

from autoack.errors import MailboxError
from autoack.mail.imap_connection import Connection, ImapOptions
from autoack.mail.imap_errors import mailbox_error
from autoack.mail.imap_fetch import read_flags
from autoack.mail.imap_folders import ListedFolder, is_searchable, list_now, named_like
from autoack.mail.imap_worker import in_thread, open_connection

AUTO = "auto"
# What mail clients call the folder of drafts, by language: en, hr, sr, sl, hu, de, it.
_NAMES = frozenset(
    name.casefold()
    for name in (
        *("Drafts", "Draft", "Draft Messages", "Skice", "Nacrti", "Radne verzije", "Nedovršene poruke"),
        *("Скице", "Нацрти", "Радне верзије", "Недовршене поруке", "Osnutki"),
        *("Piszkozatok", "Piszkozat", "Vázlatok", "Entwürfe", "Bozze"),
    )
)
_APPENDED = re.compile(rb"\[APPENDUID (\d+) (\d+)\]", re.IGNORECASE)
_SAME = ("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References")

_MOST_SEARCHED = 10  # mails of a conversation to which somebody may have begun an answer

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a draft lies. `size` is RFC822.SIZE as the server tells it; `uid` None where it told nothing."""

    folder: str
    uidvalidity: int
    uid: int | None
    size: int


def drafts_among(folders: Iterable[ListedFolder]) -> str | None:
    """The one that the server marks as \\Drafts (RFC 6154 §2), else the first of a well-known name."""
    usable = [folder for folder in folders if folder.can_hold_mail]
    marked = [folder.name for folder in usable if "\\drafts" in folder.attributes]
    named = [folder.name for folder in usable if named_like(folder, _NAMES)]
    return next(iter([*marked, *named]), None)


class DraftsFolder:
    """The folder, open for reading and writing over a connection of its own."""

    def __init__(self, name: str, options: ImapOptions, client: Connection, executor: Executor) -> None:
        self._wanted = name
        self._options = options
        self._client = client
        self._executor = executor
        self.name = ""
        self.can_write = self.can_delete = self.has_uidplus = False  # as the server says it when it is opened
        self._uidvalidity = 0

    @staticmethod
    @asynccontextmanager
    async def opened(name: str, options: ImapOptions, executor: Executor) -> AsyncIterator["DraftsFolder"]:
        """The folder of that name, with "auto" the one that the server or its name tells."""
        client = await open_connection(options, executor)
        folder = DraftsFolder(name, options, client, executor)
        try:
            await folder._run(folder._open)
            yield folder
        finally:
            await in_thread(executor, client, client.close)

    async def lay(self, raw: bytes, message_id: str, *, perhaps_there: bool) -> Laid | None:
        """Append the draft, unless it is `perhaps_there` from an attempt before, and is.

        None: another draft lies there that answers the same mail or an earlier one; then nothing is laid.
        """
        return await self._run(self._lay, raw, message_id, perhaps_there)

    async def find(self, message_id: str, raw: bytes) -> Laid | None:
        """The draft that an attempt before may have laid; without UID where it is not, octet count, what we laid."""
        return await self._run(self._find, message_id, raw)

    async def take_away(self, uidvalidity: int, uid: int, raw: bytes, size: int) -> str:
        """Remove the draft for good. Returns "" where that was done, else why it was left."""
        return await self._run(self._take_away, uidvalidity, uid, raw, size)

    async def _run(self, work: Callable[..., _Result], *arguments: Any) -> _Result:
        try:
            return await in_thread(self._executor, self._client, work, *arguments)
        except (OSError, ValueError, imaplib.IMAP4.error) as error:
            options = self._options
            raise mailbox_error(error, options.host, options.port, folder=self.name or None) from error

    # What follows runs in worker threads.

    def _open(self) -> None:
        name = drafts_among(list_now(self._client)) if self._wanted == AUTO else self._wanted
        if name is None:
            raise MailboxError("no folder of drafts was recognised: name it in imap.drafts", permanent=True)
        self.name = name
        told = self._client.select_folder(name)
        self._uidvalidity = int(told.get(b"UIDVALIDITY", 0))
        self.can_write = b"READ-ONLY" not in told
        self.can_delete = b"\\Deleted" in told.get(b"PERMANENTFLAGS", (b"\\Deleted",))
        self.has_uidplus = bool(self._client.has_capability("UIDPLUS"))

    def _lay(self, raw: bytes, message_id: str, perhaps_there: bool) -> Laid | None:
        if perhaps_there and (found := self._find(message_id, raw)):
            return found
        if any(self._client.search(["UNDELETED", "HEADER", "In-Reply-To", one]) for one in _answered(raw)):
            return None
        told = self._client.append(self.name, raw, ["\\Draft", "\\Seen"])
        appended = _APPENDED.search(told if isinstance(told, bytes) else b"")
        if appended is None:  # a server without UIDPLUS does not say where
            return self._find(message_id, raw) or Laid(self.name, self._uidvalidity, None, len(raw))
        uidvalidity, uid = int(appended[1]), int(appended[2])
        return Laid(self.name, uidvalidity, uid, self._size_of(uid) or len(raw))

    def _find(self, message_id: str, raw: bytes) -> Laid | None:
        self._client.noop()  # what came since the folder was opened
        uids = self._client.search(["HEADER", "Message-ID", message_id])
        if not uids:
            return None
        ours = self._size_of(max(uids)) == len(raw)  # else somebody edited it: it is theirs
        return Laid(self.name, self._uidvalidity, max(uids) if ours else None, len(raw))

    def _size_of(self, uid: int) -> int | None:
        """RFC822.SIZE as the server tells it: some servers change what they store."""
        self._client.noop()
        told = self._client.fetch_items([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE")
        return told if isinstance(told, int) else None

    def _take_away(self, uidvalidity: int, uid: int, raw: bytes, size: int) -> str:
        if not self.has_uidplus:
            return "the server lacks UIDPLUS (RFC 4315), without which one mail alone cannot be removed"
        if uidvalidity != self._uidvalidity:
            return "the folder has been made anew since (UIDVALIDITY)"
        items = self._client.fetch_items([uid], ["FLAGS", "RFC822.SIZE", "BODY.PEEK[HEADER]"]).get(uid)
        if items is None:
            return "it no longer lies where we laid it: it was edited, moved, sent or deleted"
        header = items.get(b"BODY[HEADER]")
        if items.get(b"RFC822.SIZE") != size or not isinstance(header, bytes) or not _same(header, raw):
            return "it is not what we laid: it was edited"
        if "\\Draft" not in read_flags(items):
            return "it is no draft any more: somebody took the mark away"
        self._client.add_flags([uid], ["\\Deleted"], silent=True)
        self._client.uid_expunge([uid])
        return ""


def _same(header: bytes, raw: bytes) -> bool:
    """Whether the fields by which a mail is known are those of `raw`; servers may add others."""
    theirs, ours = _parsed(header), _parsed(raw)
    return all(theirs.get(name, "") == ours.get(name, "") for name in _SAME)


def _answered(raw: bytes) -> list[str]:
    """The Message-IDs of the mail that this draft answers and of those before it: the last, if there are many."""
    header = _parsed(raw)
    ids = dict.fromkeys(f"{header.get('References', '')} {header.get('In-Reply-To', '')}".split())
    return [one for one in ids if is_searchable(one)][-_MOST_SEARCHED:]


def _parsed(octets: bytes) -> EmailMessage:
    return email.message_from_bytes(octets.partition(b"\r\n\r\n")[0], policy=email.policy.default)
