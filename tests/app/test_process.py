"""`autoack run` as a process: signals, a second one, a kill in the middle of its work."""

import asyncio
import json
import signal
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from typing import Any, Self

import pytest

from autoack.app.daemon import opened
from autoack.clock import WallClock
from autoack.core.delivery import OutboxState
from autoack.settings import Settings
from autoack.store import outbox
from autoack.store.engine import open_database
from tests import office
from tests.app.conftest import SOON, MakeOffice, ServiceManager
from tests.servers.dovecot import Account
from tests.servers.smtp import Mishap, SmtpServer, SmtpSink, _SinkProtocol

ANSWER = {"mailboxes.support.backlog": "answer"}
BACKLOG = 120


def question(number: int = 1) -> bytes:
    sender = f"Kupac Broj <kupac{number}@kupac.example>"
    return office.mail(sender=sender, message_id=f"<{number}@kupac.example>")


def states(settings: Settings) -> Counter[str]:
    """How many mails are in each state of the outbox."""
    database = open_database(settings.database_url)
    try:
        return Counter(str(row.state) for row in database.read(outbox.listing))
    finally:
        database.close()


class StagedSink(SmtpSink):
    """Tells when `enough` mails have come; with `slow` their senders wait for the reply until `release`."""

    def __init__(self, *, enough: int = 1, slow: bool = False) -> None:
        super().__init__()
        self.reached = asyncio.Event()
        self._enough = enough
        self._slow = slow
        self._came = 0
        self._held: list[Callable[[], None]] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: _StagedProtocol(self), "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    def come(self, reply: Callable[[], None]) -> None:
        """A mail has come; `reply` takes it and says so."""
        if self._slow:
            self._held.append(reply)
        else:
            reply()
        self._came += 1
        if self._came >= self._enough:
            self.reached.set()

    def release(self) -> None:
        """Whoever waits for a reply gets it."""
        self._slow = False
        for reply in self._held:
            reply()


class _StagedProtocol(_SinkProtocol):
    def _take(self, piece: bytes) -> None:
        assert isinstance(self._sink, StagedSink)
        self._sink.come(lambda: super(_StagedProtocol, self)._take(piece))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_it_leaves_when_it_is_told_to(
    make_office: MakeOffice,
    account: Account,
    smtp: SmtpServer,
    manager: ServiceManager,
    program: Any,
    number: signal.Signals,
) -> None:
    daemon = await program("run", "--config", make_office().path)
    await manager.wait_for("READY=1")
    account.append("INBOX", question())
    await smtp.wait_for(1, SOON)
    began = time.monotonic()
    daemon.process.send_signal(number)
    code, out, err = await daemon.ends()
    assert (code, out) == (0, "")
    assert time.monotonic() - began < 10
    events = [json.loads(line)["event"] for line in err.splitlines()]
    assert events == ["started", "watching", "ready", "stopped"]
    assert manager.told == ["READY=1"]
    await manager.wait_for("STOPPING=1")


async def test_it_finishes_the_mail_in_hand_before_it_leaves(
    make_office: MakeOffice, account: Account, manager: ServiceManager, program: Any
) -> None:
    async with StagedSink(slow=True) as sink:
        settings = make_office(ANSWER, smtp_port=sink.port)
        account.append("INBOX", question())
        daemon = await program("run", "--config", settings.path)
        async with asyncio.timeout(SOON):
            await sink.reached.wait()
        daemon.process.send_signal(signal.SIGTERM)
        await manager.wait_for("STOPPING=1")
        sink.release()
        assert (await daemon.ends())[0] == 0
        assert sink.count == 1
    assert states(settings) == {OutboxState.SENT: 1}


async def test_a_server_that_never_answers_does_not_keep_it(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager, program: Any
) -> None:
    """Within ten seconds it is gone; the mail in doubt goes again later, under its Message-ID."""
    smtp.script("BODY", Mishap.SILENCE)
    settings = make_office(ANSWER)
    account.append("INBOX", question())
    daemon = await program("run", "--config", settings.path)
    await smtp.wait_until(lambda: any(line.startswith("BODY") for line in smtp.commands), SOON)
    began = time.monotonic()
    daemon.process.send_signal(signal.SIGTERM)
    assert (await daemon.ends())[0] == 0
    assert time.monotonic() - began < 10
    with opened(settings, WallClock()) as database:
        (row,) = database.read(outbox.listing)
        assert row.state is OutboxState.DEFERRED
        assert row.error == "stopped before the server had answered: whether it took the mail is unknown"
        database.transact(outbox.retry, row.key, WallClock().now())
    again = await program("run", "--once", "--config", settings.path)
    assert (await again.ends())[0] == 0
    (mail,) = smtp.received
    assert f"Message-ID: {row.message_id}\r\n".encode() in mail.raw


async def test_a_second_one_on_the_same_sqlite_file_is_refused_in_one_line(
    make_office: MakeOffice, program: Any
) -> None:
    settings = make_office()
    with opened(settings, WallClock()):
        second = await program("run", "--config", settings.path)
        code, _, err = await second.ends()
    assert code == 1
    (line,) = err.splitlines()
    assert line.startswith("autoack: another autoack (process ")
    assert str(settings.path.with_name("autoack.db")) in line


async def test_killed_in_the_middle_of_a_backlog_it_loses_nothing_and_says_nothing_twice_but_what_was_in_flight(
    make_office: MakeOffice, account: Account, manager: ServiceManager, program: Any
) -> None:
    for number in range(BACKLOG):
        account.append("INBOX", question(number))
    async with StagedSink(enough=BACKLOG // 4) as sink:
        settings = make_office(ANSWER, smtp_port=sink.port)
        daemon = await program("run", "--config", settings.path)
        async with asyncio.timeout(SOON):
            await sink.reached.wait()
        daemon.process.kill()
        await daemon.process.wait()
        before = sink.count
        again = await program("run", "--once", "--config", settings.path)
        assert (await again.ends())[0] == 0
        assert before < BACKLOG, "it was to be killed before it was done"
    raws = [message_from_bytes(raw) for _, _, raw in sink.received]
    recipients = {to for _, to, _ in sink.received}
    assert recipients == {f"kupac{number}@kupac.example" for number in range(BACKLOG)}
    assert len({str(mail["Message-ID"]) for mail in raws}) == BACKLOG
    connections = 2
    assert BACKLOG <= len(raws) <= BACKLOG + connections
    assert states(settings) == {OutboxState.SENT: BACKLOG}
