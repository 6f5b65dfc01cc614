"""The demo's own servers behave like those of a provider."""

import asyncio
import select
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import aiosmtplib
from imapclient import IMAPClient

from autoack.demo.imap import INBOX, PASSWORD, SENT, USER, imap_server
from autoack.demo.smtp import smtp_server

T = TypeVar("T")
ARRIVED = datetime(2026, 11, 23, 8, 12, 5, tzinfo=UTC)
MAIL = b"From: a@kupac.example\r\nSubject: x\r\n\r\nDobar dan\r\n"


async def test_a_delivered_mail_lies_in_its_folder_with_its_time_and_without_flags() -> None:
    async with imap_server() as server:
        uid = await server.deliver(INBOX, MAIL, ARRIVED)
        found = await _with_client(server.port, lambda client: _fetch(client, INBOX))
        assert found == {uid: (ARRIVED, MAIL, ())}
        assert await server.contents(INBOX) == [(uid, frozenset())]
        assert await server.contents(SENT) == []


async def test_flags_that_somebody_sets_are_seen() -> None:
    async with imap_server() as server:
        uid = await server.deliver(SENT, MAIL, ARRIVED)

        def flag(client: IMAPClient) -> None:
            client.select_folder(SENT)
            client.add_flags([uid], [rb"\Answered"])

        await _with_client(server.port, flag)
        assert await server.contents(SENT) == [(uid, frozenset({r"\Answered"}))]


async def test_an_idle_client_hears_of_new_mail() -> None:
    async with imap_server() as server:
        idles = threading.Event()

        def wait(client: IMAPClient) -> object:
            client.select_folder(INBOX, readonly=True)
            client.idle()
            idles.set()
            select.select([client.socket()], [], [], 10)
            _, told = client.idle_done()  # reads whole lines, however they are cut into packets
            return told

        waiter = asyncio.create_task(_with_client(server.port, wait))
        await asyncio.to_thread(idles.wait, 10)
        await server.deliver(INBOX, MAIL, ARRIVED)
        assert (1, b"EXISTS") in await waiter  # type: ignore[operator]  # what the client was told


async def test_a_mail_handed_over_is_kept_as_it_came() -> None:
    raw = (
        "X-Autoack: AA-4DMG-899E; kind=receipt\r\nSubject: =?utf-8?q?Ra=C4=8Dun?=\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>račun</p>\r\n"
    ).encode()
    async with smtp_server(lambda: ARRIVED) as server:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=server.port, start_tls=False) as client:
            await client.sendmail("", ["a@kupac.example"], raw)
        (kept,) = server.deliveries
    assert (kept.envelope_sender, kept.to, kept.at, kept.raw) == ("", "a@kupac.example", ARRIVED, raw)
    assert (kept.ref, kept.kind, kept.subject) == ("AA-4DMG-899E", "receipt", "Račun")
    assert kept.html.strip() == "<p>račun</p>"


async def _with_client(port: int, use: Callable[[IMAPClient], T]) -> T:
    def session() -> T:
        with IMAPClient("127.0.0.1", port, ssl=False, timeout=10) as client:
            client.login(USER, PASSWORD)
            return use(client)

    return await asyncio.to_thread(session)


def _fetch(client: IMAPClient, folder: str) -> dict[int, tuple[datetime, bytes, tuple[bytes, ...]]]:
    client.normalise_times = False
    client.select_folder(folder, readonly=True)
    items = client.fetch(client.search(), ["INTERNALDATE", "BODY.PEEK[]", "FLAGS"])
    return {uid: (item[b"INTERNALDATE"], item[b"BODY[]"], item[b"FLAGS"]) for uid, item in items.items()}
