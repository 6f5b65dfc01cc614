"""What one client can do to the server is bounded, and the server ends in time."""

import asyncio
import logging
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from autoack.errors import StoreError, WebError
from autoack.store.engine import Database
from autoack.web import guard, server
from autoack.web import health as health_module
from autoack.web.health import Health
from autoack.web.server import WebServer, bind
from autoack.web.words import of_browser
from tests import office
from tests.web.conftest import SOON, Site, opened


async def closed(reader: asyncio.StreamReader) -> bytes:
    """What the server still says, until it ends the connection."""
    async with asyncio.timeout(SOON):
        try:
            return await reader.read()
        except ConnectionError:
            return b""


async def test_a_request_that_never_comes_whole_is_ended(
    running: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REQUEST_WITHIN", 0.2)
    for begun in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /x HTTP/1.1\r\nHost: x\r\n\r\nGET /y"):
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(begun)
        await closed(reader)
        writer.close()
    assert (await running.get("/healthz")).status == 200


async def test_a_body_that_never_comes_whole_is_ended(running: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "ANSWER_WITHIN", 0.2)
    running.put()
    head = f"POST /rate/{running.token()} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nstars=3"
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(head.encode())
    assert (await closed(reader)).startswith(b"HTTP/1.1 503 ")
    writer.close()


async def test_a_header_without_end_is_refused(running: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000)
    assert (await closed(reader)).startswith(b"HTTP/1.1 400 ")
    writer.close()


async def test_one_connection_too_many_is_dropped_and_the_next_after_them_served(
    running: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 5)
    kept = [await asyncio.open_connection("127.0.0.1", running.port) for _ in range(5)]
    for _, writer in kept:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    for reader, _ in kept:
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    assert await closed(reader) == b""
    for _, other in (*kept, (reader, writer)):
        other.close()
        with suppress(ConnectionError):
            await other.wait_closed()
    async with asyncio.timeout(SOON):
        while True:
            with suppress(ConnectionError):
                if (await running.get("/healthz")).status == 200:
                    break


async def test_it_stops_in_time_although_clients_hang_on(tmp_path: Path, sqlite_database: Database) -> None:
    async with opened(office.settings(tmp_path), sqlite_database) as site:
        site.put()
        silent = await asyncio.open_connection("127.0.0.1", site.port)
        slow = await asyncio.open_connection("127.0.0.1", site.port)
        slow[1].write(f"POST /rate/{site.token()} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n".encode())
        await site.get("/healthz")  # by then the others have been met
        began = time.monotonic()
    assert time.monotonic() - began < server.FINISH_WITHIN + 5  # the daemon has ten
    for _, writer in (silent, slow):
        writer.close()


async def test_it_leaves_signals_to_the_daemon(tmp_path: Path, sqlite_database: Database) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    async with opened(office.settings(tmp_path), sqlite_database) as site:
        assert (await site.get("/healthz")).status == 200
        assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


async def test_the_address_of_a_page_is_never_logged(
    running: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    running.put()
    token = running.token()
    await running.get(f"/rate/{token}")
    await running.post(f"/rate/{token}", {"stars": "3", "words": "tajna"})

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the template is gone")

    monkeypatch.setattr("autoack.web.pages.Pages.page", broken)
    answer = await running.get(f"/rate/{token}")
    assert answer.status == 503
    assert "the template is gone" in caplog.text and "a page failed" in caplog.text
    assert token not in caplog.text and "tajna" not in caplog.text


async def test_health_tells_which_mailboxes_are_watched(running: Site) -> None:
    answer = await running.get("/healthz")
    assert (answer.status, answer.text) == (200, '{"status":"ok","mailboxes":{"support":"watched"}}')
    running.well["support"] = False
    answer = await running.get("/healthz")
    assert (answer.status, answer.text) == (200, '{"status":"ok","mailboxes":{"support":"not watched"}}')


async def test_health_is_bad_where_the_database_is(running: Site) -> None:
    running.broken.append(StoreError("the disk /secret/place is full"))
    answer = await running.get("/healthz")
    assert answer.status == 503
    assert "secret" not in answer.text
    assert (await running.get("/healthz", "HEAD")).status == 503


async def test_a_database_that_is_slow_is_asked_once_however_many_want_to_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its one thread does the daemon's work, too, and what it was asked it does also when nobody waits any more."""
    monkeypatch.setattr(health_module, "_WITHIN", 0.01)
    asked, answers = [], asyncio.Event()

    async def database() -> object:
        asked.append(1)
        await answers.wait()
        return None

    health = Health(lambda: {"support": True}, database)
    request = Request({"type": "http"})
    for _ in range(2):
        told = await asyncio.gather(*(health.show(request) for _ in range(3)))
        assert [one.status_code for one in told] == [503, 503, 503]
    assert len(asked) == 1
    answers.set()
    assert (await health.show(request)).status_code == 200
    assert (await health.show(request)).status_code == 200
    assert len(asked) == 2


async def test_a_page_that_fails_harms_no_other(running: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    running.put()
    token = running.token()

    async def look(*_: Any) -> None:
        raise StoreError("no database")

    with monkeypatch.context() as patch:
        patch.setattr("autoack.flows.feedback.Feedback.look", look)
        answer = await running.get(f"/rate/{token}", Accept_Language="en")
        assert answer.status == 500
        assert "Something went wrong" in answer.page.text and "no database" not in answer.text
    assert (await running.get(f"/rate/{token}")).status == 200


def test_a_port_that_is_taken_says_how_to_mend_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(WebError, match=f"web.listen: 127.0.0.1:{port} is taken by another program; stop"):
            WebServer(None, ("127.0.0.1", port)).bind()  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(WebError, match=r"is no address of this machine"):
        bind((host, 8025))


def test_a_port_that_was_never_served_is_given_back() -> None:
    first = WebServer(None, ("127.0.0.1", 0))  # type: ignore[arg-type]
    port = first.bind()
    first.close()
    bind(("127.0.0.1", port)).close()


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("hu-HU,hu;q=0.9,en;q=0.8", "hu"),
        ("de-DE,en;q=0.3,hr;q=0.5", "hr"),
        ("sr-Cyrl-RS", "sr-Cyrl"),
        ("sr-RS, en;q=0.5", "sr-Latn"),
        ("EN-gb", "en"),
        ("*", "hr"),
        ("", "hr"),
        ("hu;q=0, en;q=x, ;;,", "hr"),
    ],
)
def test_a_page_without_a_thread_speaks_the_browsers_language(accepts: str, language: str) -> None:
    assert of_browser(accepts, ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")) == language
