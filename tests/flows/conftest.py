"""A support desk for the tests of flows: a real mailbox, a database, a clock that stands still.

room = desk(account, database)
account.append("INBOX", office.mail(), received_at=room.clock.now())
await room.read()                      # one pass over INBOX, over a new connection
assert room.thread().state is State.WAITING
"""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection

from autoack.core.decision import Event
from autoack.core.delivery import Outgoing
from autoack.core.thread import Thread
from autoack.flows.intake import Intake, TakenIn
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.mail.inbox import Credentials, Folder, ImapOptions
from autoack.settings import Settings
from autoack.store import outbox, quarantine, threads
from autoack.store.engine import Database
from autoack.store.quarantine import Quarantined
from tests import office
from tests.servers.dovecot import Account
from tests.story.clock import StoryClock

# Long past: a server gives no mail an INTERNALDATE of the future.
MONDAY = datetime(2025, 3, 10, 8, 0, tzinfo=UTC)  # 09:00 in Zagreb


class Desk:
    """The office of tests/office.py at work on one account and one database."""

    def __init__(
        self, settings: Settings, account: Account, database: Database, executor: ThreadPoolExecutor
    ) -> None:
        self.settings = settings
        self.account = account
        self.database = database
        self.clock = StoryClock(MONDAY)
        self.composer = Composer(settings.desk, Templates(None))
        self._executor = executor

    def receive(self, octets: bytes | None = None, folder: str = "INBOX", **how: Any) -> int:
        """A mail arrives now; returns its UID."""
        octets = office.mail() if octets is None else octets
        return self.account.append(folder, octets, **{"received_at": self.clock.now(), **how})

    def folder(self, name: str = "INBOX", mailbox: str = "support") -> Folder:
        """A folder of the account; close it."""
        options = ImapOptions(
            host=self.account.host,
            port=self.account.port,
            security="none",
            username=self.account.name,
            credentials=Credentials(password=SecretStr(self.account.password)),
        )
        return Folder(mailbox, name, options, executor=self._executor, clock=self.clock)

    def intake(self, folder: Folder, database: Any = None, **options: Any) -> Intake:
        """What takes in the mails of that folder."""
        box = self.settings.desk.mailboxes[folder.mailbox]
        options.setdefault("sent_folder", folder.name == "Sent")
        return Intake(
            self.settings.desk, box, folder, database or self.database, self.composer, self.clock, **options
        )

    async def read(self, name: str = "INBOX", mailbox: str = "support", database: Any = None) -> TakenIn:
        """One pass over a folder, as after a fresh start."""
        folder = self.folder(name, mailbox)
        try:
            intake = self.intake(folder, database)
            taken = await intake.catch_up()
            await intake.look_at_flags()
            return taken
        finally:
            await folder.close()

    # --- what is on record afterwards ------------------------------------------------------------------

    def threads(self) -> list[Thread]:
        """All threads, also closed ones."""
        return self.database.read(lambda conn: threads.listing(conn, self.clock.now(), include_closed=True))

    def thread(self) -> Thread:
        """The only thread."""
        (only,) = self.threads()
        return only

    def timeline(self) -> list[Event]:
        """What happened to the only thread."""
        return self.database.read(threads.timeline, self.thread().ref)

    def outbox(self) -> list[Outgoing]:
        """Every mail that was queued, with its octets."""

        def whole(conn: Connection) -> list[Outgoing]:
            rows = [outbox.by_key(conn, row.key) for row in outbox.listing(conn)]
            return [row for row in rows if row]

        return self.database.read(whole)

    def quarantine(self) -> list[Quarantined]:
        """What could not be taken in."""
        return self.database.read(quarantine.listing)


MakeDesk = Callable[..., Desk]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[MakeDesk]:
    """`desk(account, database, {"mailboxes.support.backlog": "answer"})`."""
    with ThreadPoolExecutor(2) as executor:

        def make(account: Account, database: Database, changes: dict[str, Any] | None = None) -> Desk:
            return Desk(office.settings(tmp_path, changes), account, database, executor)

        yield make
