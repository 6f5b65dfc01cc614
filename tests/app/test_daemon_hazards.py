"""Replicas that share the mailboxes by leases, and a start or a stop at a bad moment."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from autoack.app import daemon as app
from autoack.app import mailbox_watch, tasks
from autoack.clock import Clock, WallClock
from autoack.core.thread import State
from autoack.errors import StoreError
from autoack.settings import Settings
from autoack.store import leases, meta, outbox, tables, threads
from autoack.store.engine import Database, open_database
from tests import office
from tests.app.conftest import SOON, MakeOffice, ServiceManager, running
from tests.servers.dovecot import Account
from tests.servers.smtp import SmtpServer
from tests.story.clock import StoryClock


def question(number: int) -> bytes:
    return office.mail(sender=f"kupac{number}@kupac.example", message_id=f"<{number}@kupac.example>")


def answer() -> bytes:
    """What Iva writes to the first customer."""
    return office.mail(
        "Stiže u srijedu.",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to="kupac1@kupac.example",
        message_id="<odgovor@vocar.example>",
        answers="<1@kupac.example>",
    )


class Replica:
    """A daemon with a database connection of its own."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.database: Database = open_database(settings.database_url)
        self.daemon = app.Daemon(settings, self.database, clock)
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(self.daemon.run(self._stop))

    async def stop(self) -> None:
        self._stop.set()
        await self._running
        self.database.close()


@asynccontextmanager
async def replica(settings: Settings, clock: Clock, manager: ServiceManager) -> AsyncIterator[Replica]:
    """One that is ready."""
    manager.told.clear()
    made = Replica(settings, clock)
    try:
        await manager.wait_for("READY=1")
        yield made
    finally:
        await made.stop()


async def until(so: Callable[[], bool]) -> None:
    """Looks again and again: another process or thread writes what is waited for."""
    async with asyncio.timeout(SOON):
        while not so():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def renewing(clock: StoryClock) -> AsyncIterator[None]:
    """The time to renew a lease comes, and comes again: a replica that was not asleep yet hears the next."""

    async def pass_by() -> None:
        while True:
            clock.pass_time(timedelta(seconds=mailbox_watch.RENEW_EVERY))
            await asyncio.sleep(0.5)

    passing = asyncio.create_task(pass_by())
    try:
        yield
    finally:
        passing.cancel()


def state(database: Database, ref: str) -> State | None:
    thread = database.read(threads.by_ref, ref)
    return thread.state if thread else None


def holder(database: Database) -> str:
    """Who watches the mailbox."""
    return str(database.read(lambda conn: conn.execute(tables.leases.select()).one().holder))


async def test_of_two_replicas_one_watches_and_when_it_stops_the_other_takes_over(
    make_office: MakeOffice,
    account: Account,
    smtp: SmtpServer,
    manager: ServiceManager,
    postgres_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    settings, clock = make_office({"database": {"url": postgres_url}}), StoryClock(WallClock().now())
    first = Replica(settings, clock)
    await manager.wait_for("READY=1")
    async with replica(settings, clock, manager) as second:
        assert "another replica watches" in caplog.messages
        assert caplog.messages.count("watching") == 1
        account.append("INBOX", question(1))
        await smtp.wait_until(lambda: len(smtp.received) == 1, SOON)
        watched_by = holder(second.database)
        await first.stop()
        account.append("INBOX", question(2))
        async with renewing(clock):
            await smtp.wait_until(lambda: len(smtp.received) == 2, SOON)
        assert holder(second.database) != watched_by
        assert caplog.messages.count("watching") == 2
    assert sorted(mail.recipients[0] for mail in smtp.received) == [
        "kupac1@kupac.example",
        "kupac2@kupac.example",
    ]


async def test_a_replica_that_loses_its_lease_stands_by(
    make_office: MakeOffice,
    manager: ServiceManager,
    postgres_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    settings, clock = make_office({"database": {"url": postgres_url}}), StoryClock(WallClock().now())
    async with replica(settings, clock, manager) as only:
        later = clock.now() + mailbox_watch.LEASE
        assert only.database.transact(
            leases.acquire, "mailbox:support", "another", later, mailbox_watch.LEASE
        )
        async with renewing(clock):
            await until(lambda: "another replica watches" in caplog.messages)
        assert holder(only.database) == "another"
        clock.pass_time(2 * mailbox_watch.LEASE)
        async with renewing(clock):
            await until(lambda: caplog.messages.count("watching") == 2)
        assert holder(only.database) != "another"


async def test_a_start_reads_the_answers_before_it_reminds_anybody(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    ladder = {"policies.standard": {"ladder": [{"at": "3s", "notify": "on_duty"}]}}
    settings = make_office(ladder)
    async with running(settings, manager) as database:
        account.append("INBOX", question(1))
        await smtp.wait_until(lambda: len(smtp.received) == 1, SOON)
    database = open_database(settings.database_url)
    (thread,) = database.read(lambda conn: threads.listing(conn, WallClock().now()))
    assert thread.state is State.WAITING and thread.next_step_at is not None
    account.append("Sent", answer())
    due = replace(thread, next_step_at=WallClock().now() - timedelta(seconds=1))
    database.transact(threads.update, due)
    database.close()
    async with running(settings, manager) as database:
        await until(lambda: state(database, thread.ref) is State.ANSWERED)
        assert [row.kind for row in database.read(outbox.listing)] == ["receipt"]


async def test_a_misspelt_folder_does_not_keep_answers_from_being_read(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    settings = make_office()
    async with running(settings, manager) as database:
        account.append("INBOX", question(1))
        await smtp.wait_until(lambda: len(smtp.received) == 1, SOON)
        (thread,) = database.read(lambda conn: threads.listing(conn, WallClock().now()))
    account.append("Sent", answer())
    settings = make_office({"mailboxes.support.imap.folders": ["INBOX", "Narudzbe"]})
    with app.opened(settings, WallClock()) as database:
        stop = asyncio.Event()
        daemon = asyncio.create_task(app.Daemon(settings, database, WallClock()).run(stop))
        try:
            await until(lambda: state(database, thread.ref) is State.ANSWERED)
        finally:
            stop.set()
            await daemon


async def test_sending_begins_anew_where_the_database_failed_as_it_began(
    make_office: MakeOffice,
    account: Account,
    smtp: SmtpServer,
    manager: ServiceManager,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(tasks, "BEGIN_ANEW_AFTER", 0.05)
    faults, get = [StoreError("the database is away")], meta.get

    def broken(conn: Connection, name: str) -> str | None:
        if name.startswith("null-sender:") and faults:
            raise faults.pop()
        return get(conn, name)

    monkeypatch.setattr(meta, "get", broken)
    async with running(make_office(), manager):
        account.append("INBOX", question(1))
        await smtp.wait_until(lambda: len(smtp.received) == 1, SOON)
    assert faults == []
    assert "a loop failed and begins anew" in caplog.messages


async def test_a_server_that_hangs_in_the_log_in_cannot_hold_up_a_stop(
    make_office: MakeOffice, program: Callable[..., Any]
) -> None:
    """It greets and takes LOGIN, then says nothing more: the threads of the process end all the same."""
    silent = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := await reader.readline():
            tag, _, command = line.strip().partition(b" ")
            if command.startswith(b"LOGIN"):
                silent.set()
                continue
            writer.write(b"* CAPABILITY IMAP4rev1 IDLE\r\n" + tag + b" OK done\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        settings = make_office({"mailboxes.support.imap.port": port})
        running_program = await program("run", "--config", settings.path)
        await asyncio.wait_for(silent.wait(), SOON)
        running_program.process.terminate()
        code, _, _ = await running_program.ends(within=10)
    assert code == 0
