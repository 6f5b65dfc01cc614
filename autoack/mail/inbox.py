"""A watched folder of a mailbox: what is in it, what is new, and waiting for news without a thread.

    folder = Folder("support", "INBOX", options, executor=executor, clock=clock)
    status = await folder.open()
    while True:
        new = await folder.uids_above(checkpoint)
        arrivals = await folder.fetch(new[:200])
        ...
        await folder.wait(60)

Nothing here changes the mailbox: the folder is opened by EXAMINE and read with PEEK. Each call raises
MailboxError where the server or the way to it fails; the connection is then gone, and `open` makes a new one.
One folder is used by one task.
"""

import asyncio
import imaplib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from autoack.clock import Clock
from autoack.core.message import Arrival
from autoack.errors import MailboxError
from autoack.mail.imap_connection import Connection, ImapOptions
from autoack.mail.imap_errors import mailbox_error
from autoack.mail.imap_fetch import Fetcher, read_flags
from autoack.mail.imap_folders import ListedFolder, find_sent, found_in_waste, list_folders
from autoack.mail.imap_response import read_internal_date
from autoack.mail.imap_worker import in_thread, open_connection
from autoack.mail.oauth import Credentials

__all__ = [
    "Credentials",
    "Folder",
    "FolderStatus",
    "ImapOptions",
    "ListedFolder",
    "find_sent",
    "list_folders",
]

IDLE_LIMIT = 540.0  # seconds; RFC 2177 wants IDLE re-issued before 29 minutes, many routers forget us sooner
FLAGS_AT_ONCE = 1_000

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class FolderStatus:
    """What a server tells as it opens a folder (RFC 3501 §6.3.2).

    The next mail to come gets `uid_next` or a higher UID; `exists` counts the mails; `fresh`: nobody has
    looked over this connection before.
    """

    uidvalidity: int
    uid_next: int
    exists: int
    fresh: bool = False


class Folder:
    """One folder over one connection of its own.

    `executor` is small and shared by all folders: its threads run single commands, none waits with a folder
    that idles. `clock` measures `wait`.
    """

    def __init__(
        self, mailbox: str, name: str, options: ImapOptions, *, executor: Executor, clock: Clock
    ) -> None:
        self.mailbox = mailbox
        self.name = name
        self._options = options
        self._executor = executor
        self._clock = clock
        self._client: Connection | None = None
        self._status = FolderStatus(0, 0, 0)

    async def open(self) -> FolderStatus:
        """Connects if need be, opens the folder read-only, and tells how it stands now."""
        fresh = self._client is None
        if self._client is None:
            self._client = await open_connection(self._options, self._executor)
        self._status = replace(await self._run(self._examine), fresh=fresh)
        return self._status

    async def uids_above(self, uid: int, since: date | None = None) -> list[int]:
        """The UIDs in the folder that are higher than `uid`, sorted; of mails that came on `since` or later.

        With `since` it is a look back: it leaves untouched what `wait` knows of news.
        """
        return await self._run(Connection.search_above, uid, since)

    async def fetch(self, uids: Sequence[int]) -> list[Arrival]:
        """These mails, without those that are gone: header, structure and the beginning of the text."""
        return await self._run(self._fetch, list(uids)) if uids else []

    async def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The flags of these mails, without those that are gone."""
        return await self._run(self._flags, list(uids)) if uids else {}

    async def with_keyword(self, keyword: str) -> list[int]:
        """The UIDs of the mails that carry this keyword (RFC 3501 §2.3.2), an atom."""
        return await self._run(Connection.search_keyword, keyword)

    async def dates(self, uids: Sequence[int]) -> dict[int, datetime]:
        """The INTERNALDATE of these few mails (aware, UTC), without those that are gone or have none."""
        return await self._run(self._dates, list(uids)) if uids else {}

    async def thrown_away(self, message_ids: Sequence[str]) -> set[str]:
        """Those of the mails that lie in a folder of spam or of deleted mail now.

        Over a short connection of its own: this one has its folder open, and news would be lost.
        """
        if not message_ids:
            return set()
        client = await open_connection(self._options, self._executor)
        try:
            return await in_thread(self._executor, client, found_in_waste, client, list(message_ids))
        except (OSError, ValueError, imaplib.IMAP4.error) as error:
            raise mailbox_error(error, self._options.host, self._options.port) from error
        finally:
            await in_thread(self._executor, client, client.close)

    async def wait(self, seconds: float) -> None:
        """Returns when the folder may have changed since the last `uids_above`, or `seconds` are over.

        It may return early without cause. In any case look with `uids_above` before waiting again: what the
        server told on the way is news until then.
        """
        client = self._connected()
        if client.has_news():
            return
        if not (self._options.idle and client.has_capability("IDLE")):
            await self._clock.sleep(seconds)
            return
        if not await self._run(Connection.enter_idle):
            await self._readable(min(self._clock.real_seconds(seconds), IDLE_LIMIT))
        await self._run(Connection.leave_idle)

    async def close(self) -> None:
        """Takes leave of the server. Raises nothing; the folder can be opened again."""
        client, self._client = self._client, None
        if client is not None:
            await in_thread(self._executor, client, client.close)

    def _connected(self) -> Connection:
        if self._client is None:
            raise MailboxError(f"{self.mailbox}: {self.name} is not open")
        return self._client

    async def _run(self, command: Callable[..., _Result], *arguments: Any) -> _Result:
        """`command(client, …)` in a worker; on failure or cancellation the connection is given up."""
        client = self._connected()
        try:
            return await in_thread(self._executor, client, _awake, client, command, *arguments)
        except BaseException as error:
            self._client = None
            client.discard()
            if isinstance(error, (OSError, ValueError, imaplib.IMAP4.error)):
                folder = self.name if command == self._examine else None
                raise mailbox_error(error, self._options.host, self._options.port, folder=folder) from error
            raise

    async def _readable(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        descriptor = self._connected().socket().fileno()
        readable = asyncio.Event()
        loop.add_reader(descriptor, readable.set)
        try:
            async with asyncio.timeout(seconds):
                await readable.wait()
        except TimeoutError:
            pass  # nothing came
        finally:
            loop.remove_reader(descriptor)

    # What follows runs in worker threads.

    def _examine(self, client: Connection) -> FolderStatus:
        told = client.select_folder(self.name, readonly=True)
        if b"UIDVALIDITY" not in told:  # RFC 3501 §6.3.1: then it has no lasting UIDs at all
            raise imaplib.IMAP4.error("the server gives it no UIDVALIDITY")
        uid_next = told.get(b"UIDNEXT")
        if uid_next is None:  # RFC 3501 §6.3.1 lets a server leave it out
            uid_next = client.folder_status(self.name, ["UIDNEXT"])[b"UIDNEXT"]
        return FolderStatus(int(told[b"UIDVALIDITY"]), int(uid_next), int(told[b"EXISTS"]))

    def _fetch(self, client: Connection, uids: list[int]) -> list[Arrival]:
        now = self._clock.now()
        return Fetcher(client, self.mailbox, self.name, self._status.uidvalidity, now).fetch(uids)

    def _flags(self, client: Connection, uids: list[int]) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        for start in range(0, len(uids), FLAGS_AT_ONCE):
            items = client.fetch_items(uids[start : start + FLAGS_AT_ONCE], ["FLAGS"])
            found.update({uid: read_flags(its) for uid, its in items.items()})
        return found

    def _dates(self, client: Connection, uids: list[int]) -> dict[int, datetime]:
        told = client.fetch_items(uids, ["INTERNALDATE"])
        dates = {uid: read_internal_date(items.get(b"INTERNALDATE")) for uid, items in told.items()}
        return {uid: at for uid, at in dates.items() if at is not None}


def _awake(client: Connection, command: Callable[..., _Result], *arguments: Any) -> _Result:
    client.leave_idle()  # a cancelled `wait` left it idling
    return command(client, *arguments)
