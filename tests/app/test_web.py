"""The daemon with web pages: a customer rates, a monitor asks, and neither keeps it from its work or from its end."""

import asyncio
import json
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from itertools import repeat
from typing import Any

import pytest

from autoack.app import web as app_web
from autoack.clock import WallClock
from autoack.core import feedback
from autoack.core.thread import State
from autoack.errors import WebError
from autoack.settings import Settings
from autoack.store import meta, ratings, threads
from tests.app.conftest import SOON, MakeOffice, ServiceManager, running
from tests.servers.dovecot import Account
from tests.servers.proxy import proxy_to
from tests.store.samples import thread


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def ask(port: int, path: str, method: str = "GET", body: str | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=SOON)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(make_office: MakeOffice, port: int) -> Settings:
    return make_office({"web.listen": f"127.0.0.1:{port}", "mailboxes.support.imap.poll": "1s"})


async def test_a_customer_rates_while_the_daemon_works(
    settings: Settings, manager: ServiceManager, port: int
) -> None:
    async with running(settings, manager) as database:
        database.transact(threads.insert, thread(state=State.CLOSED, next_step_at=None, next_step=None))
        secret = database.read(meta.installation)
        path = "/rate/" + feedback.token(secret, "AA-1111-1111", WallClock().now())
        assert (await asyncio.to_thread(ask, port, path))[0] == 200
        assert (await asyncio.to_thread(ask, port, path, "POST", "stars=5&words=Hvala"))[0] == 303
        vote = database.read(ratings.get, "AA-1111-1111")
        assert vote is not None and (vote.stars, vote.words) == (5, "Hvala")


async def test_health_tells_while_a_mailbox_cannot_be_watched(
    make_office: MakeOffice, manager: ServiceManager, port: int, account: Account
) -> None:
    async def health() -> Any:
        status, told = await asyncio.to_thread(ask, port, "/healthz")
        assert status == 200
        return json.loads(told)["mailboxes"]["support"]

    async with proxy_to(account.port) as proxy:
        changes = {"web.listen": f"127.0.0.1:{port}", "mailboxes.support.imap.port": proxy.port}
        async with running(make_office(changes), manager), asyncio.timeout(SOON):
            assert await health() == "watched"
            proxy.cut_after = repeat(0)
            proxy.cut()
            while await health() == "watched":  # noqa: ASYNC110 - a monitor can do no more than ask again
                await asyncio.sleep(0.01)
            proxy.cut_after = None
            while await health() != "watched":  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.01)


async def test_a_port_that_is_taken_keeps_the_daemon_from_starting(
    settings: Settings, manager: ServiceManager, port: int
) -> None:
    taken = pytest.raises(WebError, match=f"web.listen: 127.0.0.1:{port} is taken")
    with socket.create_server(("127.0.0.1", port)), taken:
        async with running(settings, manager):
            pytest.fail("it started")


async def test_the_program_says_so_in_one_line(
    settings: Settings, port: int, program: Callable[..., Any]
) -> None:
    with socket.create_server(("127.0.0.1", port)):
        process = await program("run", "--config", settings.path)
        code, _, err = await process.ends()
    assert code == 1
    assert err.splitlines()[-1].startswith(f"autoack: web.listen: 127.0.0.1:{port} is taken")
    assert "Traceback" not in err


async def test_a_signal_stops_the_program_in_time_although_clients_hang_on(
    settings: Settings, manager: ServiceManager, port: int, program: Callable[..., Any]
) -> None:
    process = await program("run", "--config", settings.path)
    await manager.wait_for("READY=1")
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /rate/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
    assert (await asyncio.to_thread(ask, port, "/healthz"))[0] == 200
    process.process.send_signal(signal.SIGTERM)
    code, _, err = await process.ends(within=10)
    assert code == 0
    assert '"stopped"' in err and "Traceback" not in err
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def test_pages_that_fail_do_not_take_the_daemon_down(
    settings: Settings,
    manager: ServiceManager,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = asyncio.Event()

    class Failing:
        def bind(self) -> int:
            return 0

        async def run(self) -> None:
            failed.set()
            raise RuntimeError("the pages are gone")

    caplog.set_level(logging.INFO)
    monkeypatch.setattr("autoack.app.daemon.web_server", lambda *_: Failing())
    async with running(settings, manager):
        await asyncio.wait_for(failed.wait(), SOON)
    assert "the pages are gone" in caplog.text


def test_without_web_nothing_is_served(make_office: MakeOffice) -> None:
    assert app_web.web_server(make_office(), None, None, None, dict) is None  # type: ignore[arg-type]
