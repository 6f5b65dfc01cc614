"""The daemon on the real clock: an office with real servers, a service manager that listens, the program itself."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from autoack.app.daemon import Daemon, opened
from autoack.clock import WallClock
from autoack.settings import Settings
from autoack.store.engine import Database
from tests import office
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.smtp import SmtpServer

SOON = 40.0  # seconds of real time within which what is awaited must happen, on a busy machine too

MakeOffice = Callable[..., Settings]


class ServiceManager:
    """Listens where systemd would (sd_notify(3)), and keeps what it was told."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.told: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._socket.bind(self.address)

    async def wait_for(self, state: str, within: float = SOON) -> None:
        """Until the program has said that."""
        async with asyncio.timeout(within):
            while state not in self.told:
                told = await asyncio.get_running_loop().sock_recv(self._socket, 1000)
                self.told.append(told.decode())

    def close(self) -> None:
        self._socket.close()


class Program:
    """`python -m autoack …` as a process of its own, ended with the test."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def ends(self, within: float = SOON) -> tuple[int, str, str]:
        """Its exit code, stdout and stderr."""
        async with asyncio.timeout(within):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, out.decode(), err.decode()


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
def make_office(tmp_path: Path, account: Account, smtp: SmtpServer) -> MakeOffice:
    """`make_office({"policies.standard": {…}}, smtp_port=…)`: the sample office on the test's own servers."""

    def make(changes: dict[str, Any] | None = None, *, smtp_port: int | None = None) -> Settings:
        servers = {
            "mailboxes.support.imap.port": account.port,
            "mailboxes.support.imap.username": account.name,
            "mailboxes.support.imap.password": account.password,
            "mailboxes.support.smtp.port": smtp_port or smtp.port,
            "log.format": "json",
        }
        return office.settings(tmp_path, servers | (changes or {}))

    return make


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServiceManager]:
    """The service manager, named in the environment of this process and its children."""
    made = ServiceManager(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", made.address)
    yield made
    made.close()


@asynccontextmanager
async def running(settings: Settings, manager: ServiceManager, **options: Any) -> AsyncIterator[Database]:
    """A daemon in this process, ready; stopped at the end, in time. Gives its database."""
    manager.told.clear()
    stop = asyncio.Event()
    with opened(settings, WallClock()) as database:
        daemon = asyncio.create_task(Daemon(settings, database, WallClock(), **options).run(stop))
        ready = asyncio.create_task(manager.wait_for("READY=1"))
        try:
            await asyncio.wait([daemon, ready], return_when=asyncio.FIRST_COMPLETED)
            if daemon.done():
                await daemon
            await ready
            yield database
        finally:
            ready.cancel()
            stop.set()
            began = time.monotonic()
            await daemon
            assert time.monotonic() - began < 10


@pytest.fixture
async def program() -> AsyncIterator[Callable[..., Any]]:
    """`await program("run", "--config", path)`: starts it."""
    started: list[asyncio.subprocess.Process] = []

    async def start(*arguments: object) -> Program:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "autoack", *map(str, arguments)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        started.append(process)
        return Program(process)

    yield start
    for process in started:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
