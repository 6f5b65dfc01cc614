"""A mailbox that is watched through a proxy: the server is real, what lies between goes wrong.

room.deliver(question(1))
room.watch()
await room.has(1)                 # customers whose questions are on record
room.proxy.silence()
room.deliver(question(2))
await room.has(1, 2)
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, Row, func, select

from autoack.clock import WallClock
from autoack.core.delivery import MailKind
from autoack.core.thread import Thread
from autoack.flows.comparison import Comparison
from autoack.flows.intake import Intake
from autoack.flows.watch import Watch
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.mail.inbox import Credentials, Folder, ImapOptions
from autoack.settings import Settings
from autoack.store import outbox, quarantine, threads
from autoack.store.engine import Database
from autoack.store.quarantine import Quarantined
from autoack.store.tables import messages
from tests import office
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.proxy import Proxy, proxy_to

SOON = 40.0  # seconds within which what is awaited must happen, on a busy machine too
DAY = timedelta(days=1)


def question(number: int, **how: Any) -> bytes:
    """The question of that number, by a customer of that number."""
    sender = f"Kupac Broj <kupac{number}@kupac.example>"
    return office.mail(**{"sender": sender, "message_id": f"<{number}@kupac.example>", **how})


class ShiftedClock(WallClock):
    """The real time, some way off. Pauses between attempts are noted, and nobody waits for them."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.paused: list[float] = []
        self.slept = asyncio.Event()

    def now(self) -> datetime:
        return super().now() + self.ahead

    async def sleep(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.slept.set()
        await asyncio.sleep(0.001)

    async def pauses_for(self, seconds: float) -> None:
        """Until somebody has paused for so long."""
        async with asyncio.timeout(SOON):
            while seconds not in self.paused:
                await self.slept.wait()
                self.slept.clear()


class Room:
    """A support mailbox with what watches its folders."""

    def __init__(
        self,
        settings: Settings,
        account: Account,
        proxy: Proxy,
        database: Database,
        executor: ThreadPoolExecutor,
    ) -> None:
        self.settings = settings
        self.account = account
        self.proxy = proxy
        self.database = database
        self.clock = ShiftedClock()
        self.alerts: list[str] = []
        self._executor = executor
        self._grown = asyncio.Event()
        self._watching: list[asyncio.Task[None]] = []

    def deliver(
        self, octets: bytes, folder: str = "INBOX", *, age: timedelta = timedelta(), **how: Any
    ) -> int:
        """A mail arrives, past the proxy, as of `age` ago; returns its UID."""
        return self.account.append(folder, octets, received_at=self.clock.now() - age, **how)

    def folder(self, name: str = "INBOX", *, timeout: float = 60, idle: bool = True) -> Folder:
        """A folder, reached through the proxy. `timeout`: how long the server may be silent, in seconds."""
        options = ImapOptions(
            host="127.0.0.1",
            port=self.proxy.port,
            security="none",
            username=self.account.name,
            credentials=Credentials(password=SecretStr(self.account.password)),
            idle=idle,
            read_timeout=timeout,
        )
        return Folder("support", name, options, executor=self._executor, clock=self.clock)

    def watcher(self, name: str = "INBOX", *, poll: float = 60, **how: Any) -> Watch:
        """What watches that folder (see `folder`). `poll`: the seconds between two looks, at most."""
        folder = self.folder(name, **how)
        box = self.settings.desk.mailboxes["support"]
        composer = Composer(self.settings.desk, Templates(None))
        intake = Intake(
            *(self.settings.desk, box, folder, self.database, composer, self.clock),
            sent_folder=name == "Sent",
            recorded=self._grown.set,
        )
        return Watch(
            intake,
            Comparison(folder, intake, self.database, self.clock, kept=self.settings.desk.retention.threads),
            folder,
            self.clock,
            poll=timedelta(seconds=poll),
            unreachable_after=timedelta(minutes=5),
            unreachable=self._unreachable,
        )

    def watch(self, folder: str = "INBOX", **how: Any) -> Watch:
        """Watch that folder, until the test ends."""
        watch = self.watcher(folder, **how)
        self._watching.append(asyncio.create_task(watch.run()))
        return watch

    async def read(self, folder: str = "INBOX", **how: Any) -> None:
        """One pass over a folder, as of a daemon that just started."""
        await self.watcher(folder, **how).once_and_close()

    async def has(self, *numbers: int) -> None:
        """Until the questions of these customers, and no others, are on record, each of them once."""
        wanted = sorted(f"kupac{number}@kupac.example" for number in numbers)
        await self.until(lambda: len(self.customers()) >= len(wanted))
        assert self.customers() == wanted
        assert self.receipts() == wanted

    async def until(self, so: Callable[[], bool], within: float = SOON) -> None:
        """Until that is so; it is looked at whenever a batch has been recorded."""
        async with asyncio.timeout(within):
            while not so():
                await self._grown.wait()
                self._grown.clear()

    def customers(self) -> list[str]:
        """Who wrote the mails on record, duplicates aside."""
        return sorted(row.sender for row in self.rows() if row.reason != "duplicate")

    async def until_count(self, count: int, within: float) -> None:
        """Until so many mails are on record, duplicates aside."""
        await self.until(lambda: self.count() >= count, within)

    def count(self) -> int:
        """How many mails are on record, duplicates aside."""
        query = select(func.count()).select_from(messages).where(messages.c.reason != "duplicate")
        return self.database.read(lambda conn: conn.scalar(query)) or 0

    def rows(self) -> list[Row[Any]]:
        """Every mail on record, by UID."""

        def listed(conn: Connection) -> list[Row[Any]]:
            return list(conn.execute(messages.select().order_by(messages.c.uid)))

        return self.database.read(listed)

    def reasons(self) -> dict[str, str]:
        """The reason for each sender's last mail."""
        return {row.sender: row.reason for row in self.rows()}

    def receipts(self) -> list[str]:
        """Who gets a receipt."""
        rows = self.database.read(outbox.listing)
        return sorted(row.to for row in rows if row.kind is MailKind.RECEIPT)

    def threads(self) -> list[Thread]:
        """All threads."""
        return self.database.read(lambda conn: threads.listing(conn, self.clock.now(), include_closed=True))

    def quarantine(self) -> list[Quarantined]:
        """What was put aside."""
        return self.database.read(quarantine.listing)

    async def leave(self) -> None:
        """Nobody watches any more."""
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        self._watching = []

    async def _unreachable(self, mailbox: str, folder: str, since: datetime, why: str) -> None:
        self.alerts.append(why)


@pytest.fixture
async def room(dovecot: DovecotServer, tmp_path: Path, sqlite_database: Database) -> AsyncIterator[Room]:
    """A mailbox of which everything is answered, what lay there before included."""
    settings = office.settings(tmp_path, {"mailboxes.support.backlog": "answer"})
    with ThreadPoolExecutor(4) as executor:
        async with proxy_to(dovecot.port) as proxy:
            made = Room(settings, dovecot.user(), proxy, sqlite_database, executor)
            yield made
            await made.leave()
