"""The web server on a free port of loopback, with a thread whose customer has a link, and a browser that clicks."""

import asyncio
import http.client
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest

from autoack.core import feedback
from autoack.core.thread import State, Thread
from autoack.flows.feedback import Feedback
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.settings import Settings
from autoack.store import meta, threads
from autoack.store.engine import Database
from autoack.web.server import WebServer
from autoack.web.site import site
from tests import office
from tests.store.samples import NOW, thread
from tests.story.clock import StoryClock

SOON = 40.0  # seconds of real time, on a busy machine too
HOSTILE = 'Račun <script>alert(1)</script> {{ 7 * 7 }} "&amp;"\r\nX-Evil: 1'


class Parsed(HTMLParser):
    """What a browser makes of a page: its elements, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def chosen(self) -> list[str | None]:
        return [radio["value"] for radio in self.named("input") if "checked" in radio]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def page(self) -> Parsed:
        return Parsed(self.text)


@dataclass
class Site:
    """A running site. `threads` are on record; `clock` is the server's."""

    port: int
    database: Database
    clock: StoryClock
    settings: Settings
    well: dict[str, bool]
    broken: list[Exception]

    def put(self, ref: str = "AA-1111-1111", **changes: Any) -> Thread:
        new = thread(ref, state=State.CLOSED, closed_at=NOW, next_step_at=None, next_step=None, **changes)
        return self.database.transact(threads.insert, new)

    def token(self, ref: str = "AA-1111-1111") -> str:
        return feedback.token(self.database.read(meta.installation), ref, self.clock.now())

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return await asyncio.to_thread(self._ask, method, path, None, headers)

    async def post(self, path: str, fields: Mapping[str, str] | bytes) -> Answer:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await asyncio.to_thread(self._ask, "POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read().decode())
        finally:
            connection.close()


Open = Callable[..., Any]


@asynccontextmanager
async def opened(settings: Settings, database: Database) -> AsyncIterator[Site]:
    clock = StoryClock(NOW)
    composer = Composer(settings.desk, Templates(None))
    well, broken = {"support": True}, list[Exception]()

    async def ask_database() -> object:
        if broken:
            raise broken[0]
        return await database.run(meta.installation)

    app = site(
        settings.desk.organisation,
        Feedback(settings.desk, database, composer),
        clock,
        mailboxes=lambda: well,
        database=ask_database,
    )
    server = WebServer(app, ("127.0.0.1", 0))
    port = server.bind()
    task = asyncio.create_task(server.run())
    try:
        yield Site(port, database, clock, settings, well, broken)
    finally:
        task.cancel()
        async with asyncio.timeout(SOON):
            with suppress(asyncio.CancelledError):
                await task


@pytest.fixture
async def running(tmp_path: Any, sqlite_database: Database) -> AsyncIterator[Site]:
    """The site of the office, on SQLite."""
    async with opened(office.settings(tmp_path), sqlite_database) as found:
        yield found


LATER = timedelta(days=61)  # a link has ended by then
