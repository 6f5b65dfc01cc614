"""An office for the commands: its configuration, its SQLite database, and what is on record in it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.cli import main
from autoack.clock import WallClock
from autoack.core.decision import Event
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.settings import Settings
from autoack.store import outbox, threads
from autoack.store.engine import Database
from tests import office

HOUR = timedelta(hours=1)
REF = "AA-1111-1111"


@dataclass
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    def refused(self, code: int, line: str) -> None:
        """It ended with that code and this one line on stderr, and printed nothing."""
        assert (self.code, self.out, self.err) == (code, "", line + "\n")


class Desk:
    """The sample office with a database beside its configuration."""

    def __init__(self, settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
        self.settings = settings
        self.database = database
        self.now = WallClock().now()
        self._capsys = capsys

    def run(self, *arguments: object) -> Said:
        """`autoack ARGUMENTS --config …`."""
        code = main([*map(str, arguments), "--config", str(self.settings.path)])
        told = self._capsys.readouterr()
        return Said(code, told.out, told.err)

    def local(self, at: datetime) -> str:
        """As --json gives it: ISO 8601 with the offset of the organisation's zone."""
        return at.astimezone(self.settings.desk.organisation.zone).isoformat(timespec="seconds")

    def waiting(self, ref: str = REF, since: timedelta = HOUR, **changes: Any) -> Thread:
        """A customer has been waiting for that long; it is on record with its timeline."""
        began = (self.now - since).astimezone(UTC).replace(microsecond=0)
        made = Thread(
            ref=ref,
            mailbox="support",
            subject="Narudžba",
            customer_address="ivan.horvat@kupac.example",
            customer_name="Ivan Horvat",
            honorific=None,
            language="hr",
            state=State.WAITING,
            created_at=began,
            wait=1,
            waiting_since=began,
            promised_at=began + 24 * HOUR,
            resolve_at=began + 72 * HOUR,
            category="question",
        )
        policy = self.settings.desk.mailboxes["support"].policy
        thread = scheduled(replace(made, **changes), policy, began)
        self.database.transact(threads.insert, thread)
        event = Event(began, "mail", thread.customer_address, thread.subject, "customer", ref, "support")
        self.database.transact(threads.add_events, [event])
        return thread

    def queue(self, key: str = f"receipt:{REF}", **changes: Any) -> Outgoing:
        """A mail is in the outbox."""
        at = self.now.replace(microsecond=0)
        made = Outgoing(
            key=key,
            kind=MailKind.RECEIPT,
            mailbox="support",
            to="ivan.horvat@kupac.example",
            message_id=f"<{key}@vocar.example>",
            raw=b"Subject: Re: Narud\r\n\r\nPozdrav\r\n",
            created_at=at,
            next_at=at,
        )
        row = replace(made, **changes)
        self.database.transact(outbox.add, [row])
        return row

    def thread(self, ref: str = REF) -> Thread:
        """The thread as it stands now."""
        found = self.database.read(threads.by_ref, ref)
        assert found is not None
        return found

    def row(self, key: str = f"receipt:{REF}") -> Outgoing:
        """The mail as it stands now."""
        found = self.database.read(outbox.by_key, key)
        assert found is not None
        return found


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path, sqlite_database: Database, capsys: pytest.CaptureFixture[str]) -> MakeDesk:
    """`make_desk({"digest.to": ["iva"]})`."""

    def make(changes: dict[str, Any] | None = None) -> Desk:
        return Desk(office.settings(tmp_path, changes), sqlite_database, capsys)

    return make


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()
