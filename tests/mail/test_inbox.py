"""Watching a folder of a real Dovecot."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from autoack.clock import WallClock
from autoack.errors import MailboxError
from autoack.mail import tls
from autoack.mail.inbox import Folder, find_sent, list_folders
from tests.mail.conftest import WORKERS, options_for
from tests.mail.relay import relay_to
from tests.servers.dovecot import DovecotServer

FolderOf = Callable[..., Folder]

QUESTION = (
    "From: Ivan Horvat <ivan@kupac.example>\r\nTo: podrska@primjer.example\r\n"
    "Subject: Račun\r\n\r\nGdje je moj račun?\r\n"
).encode()


def with_attachment(attachment: bytes) -> bytes:
    """A mail with a text and a PDF of these (encoded) octets."""
    return (
        b"Subject: Prilog\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nU prilogu.\r\n"
        b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename*=utf-8''ra%C4%8Dun.pdf\r\n\r\n"
        + attachment
        + b"\r\n--b--\r\n"
    )


async def test_watching_leaves_flags_and_messages_as_they_were(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    account.append("INBOX", QUESTION)
    account.append("INBOX", with_attachment(b"AAAA"), flags=["\\Flagged", "$Label1"])
    before = account.snapshot()
    folder = folder_of(account)
    await folder.open()
    uids = await folder.uids_above(0)
    assert len(await folder.fetch(uids)) == 2
    await folder.flags(uids)
    await folder.wait(0)
    await folder.close()
    assert account.snapshot() == before


async def test_an_arrival_tells_all_that_is_needed_of_a_mail(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    received_at = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    octets = with_attachment(b"AAAA")
    uid = account.append("INBOX", octets, flags=["\\Answered"], received_at=received_at)
    folder = folder_of(account)
    status = await folder.open()
    (arrival,) = await folder.fetch([uid])
    assert (arrival.place.mailbox, arrival.place.folder) == ("support", "INBOX")
    assert (arrival.place.uidvalidity, arrival.place.uid) == (status.uidvalidity, uid)
    assert arrival.received_at == received_at
    assert arrival.received_at.tzinfo is UTC
    assert "\\Answered" in arrival.flags
    assert arrival.raw.header == octets.partition(b"--b")[0]
    assert arrival.raw.size == len(octets)
    assert [(part.section, part.content_type, part.filename) for part in arrival.raw.parts] == [
        ("1", "text/plain", ""),
        ("2", "application/pdf", "račun.pdf"),
    ]
    assert [kind for kind, _ in arrival.raw.multiparts] == ["multipart/mixed"]
    assert arrival.raw.bodies == {"1": b"U prilogu."}
    assert arrival.gmail_thread is None


async def test_the_status_tells_how_the_folder_stands_now(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    folder = folder_of(account)
    empty = await folder.open()
    uid = account.append("INBOX", QUESTION)
    full = await folder.open()
    assert (empty.exists, full.exists) == (0, 1)
    assert (empty.uid_next, full.uid_next) == (uid, uid + 1)
    assert empty.uidvalidity == full.uidvalidity


async def test_no_mail_is_above_the_highest_uid(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    uids = [account.append("INBOX", QUESTION) for _ in range(3)]
    folder = folder_of(account)
    await folder.open()
    assert await folder.uids_above(0) == uids
    assert await folder.uids_above(uids[0]) == uids[1:]
    assert await folder.uids_above(uids[-1]) == []


async def test_a_mail_that_is_gone_is_left_out(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    first, second, third = (account.append("INBOX", QUESTION) for _ in range(3))
    folder = folder_of(account)
    await folder.open()
    account.delete("INBOX", second)
    await folder.open()
    assert [arrival.place.uid for arrival in await folder.fetch([third, second, first])] == [third, first]
    assert set(await folder.flags([first, second, third])) == {first, third}
    assert await folder.fetch([]) == []


async def test_flags_are_told_as_they_are_now(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    uid = account.append("INBOX", QUESTION)
    folder = folder_of(account)
    await folder.open()
    assert "\\Answered" not in (await folder.flags([uid]))[uid]
    account.set_flags("INBOX", uid, ["\\Answered"])
    assert "\\Answered" in (await folder.flags([uid]))[uid]


async def test_a_mail_that_arrives_ends_the_wait(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    async with relay_to(dovecot.port) as relay:
        folder = folder_of(account, port=relay.port)
        await folder.open()
        assert await folder.uids_above(0) == []
        waiting = asyncio.create_task(folder.wait(600))
        await relay.saw(b"+ idling")
        uid = account.append("INBOX", QUESTION)
        await asyncio.wait_for(waiting, 20)
        assert await folder.uids_above(0) == [uid]
        await folder.close()


async def test_a_mail_that_arrives_between_search_and_wait_ends_the_wait(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    folder = folder_of(account)
    await folder.open()
    assert await folder.uids_above(0) == []
    account.append("INBOX", QUESTION)
    await asyncio.wait_for(folder.wait(600), 20)


async def test_a_mail_told_during_another_command_ends_the_wait(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    first = account.append("INBOX", QUESTION)
    async with relay_to(dovecot.port) as relay:
        folder = folder_of(account, port=relay.port)
        await folder.open()
        assert await folder.uids_above(0) == [first]
        second = account.append("INBOX", QUESTION)
        while b"* 2 EXISTS" not in relay.from_server:  # Dovecot tells it at the end of some command
            await folder.flags([first])
        await asyncio.wait_for(folder.wait(600), 20)
        assert await folder.uids_above(first) == [second]
        await folder.close()


async def test_a_flag_told_during_another_command_ends_the_wait(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    """The command itself may still have seen the mail without it, and IDLE would not tell it again."""
    account = dovecot.user()
    uid = account.append("INBOX", QUESTION)
    async with relay_to(dovecot.port) as relay:
        folder = folder_of(account, port=relay.port)
        await folder.open()
        assert await folder.uids_above(0) == [uid]
        account.set_flags("INBOX", uid, ["$Gotovo"])
        while b"* 1 FETCH (FLAGS (" not in relay.from_server:  # Dovecot tells it at the end of some command
            await folder.with_keyword("$Gotovo")
        await asyncio.wait_for(folder.wait(600), 20)
        assert await folder.with_keyword("$Gotovo") == [uid]
        await folder.close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_push_works_over_tls(dovecot: DovecotServer, folder_of: FolderOf, security: str) -> None:
    account = dovecot.user()
    port = dovecot.tls_port if security == "tls" else dovecot.port
    folder = folder_of(
        account, port=port, security=security, ssl_context=tls.context(dovecot.ca_file), host="localhost"
    )
    await folder.open()
    for number in range(3):
        assert len(await folder.uids_above(0)) == number
        waiting = asyncio.create_task(folder.wait(600))
        account.append("INBOX", QUESTION)
        await asyncio.wait_for(waiting, 20)
        while len(await folder.uids_above(0)) == number:  # a wait may end without cause
            await asyncio.wait_for(folder.wait(600), 20)


class ListeningClock(WallClock):
    """A clock that does not wait: it notes for how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def real_seconds(self, seconds: float) -> float:
        self.slept.append(seconds)
        return 0.0


@pytest.mark.parametrize("idle", [True, False])
async def test_a_wait_without_news_ends_after_its_seconds(
    dovecot: DovecotServer, folder_of: FolderOf, *, idle: bool
) -> None:
    clock = ListeningClock()
    folder = folder_of(dovecot.user(), clock=clock, idle=idle)
    await folder.open()
    await folder.uids_above(0)
    await asyncio.wait_for(folder.wait(60), 20)
    assert clock.slept == [60]
    assert await folder.uids_above(0) == []


class SignallingClock(WallClock):
    """A clock that tells when somebody begins to wait by it."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    def real_seconds(self, seconds: float) -> float:
        self.asked.set()
        return seconds


async def test_a_wait_that_is_cancelled_leaves_the_folder_usable(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    clock = SignallingClock()
    async with relay_to(dovecot.port) as relay:
        folder = folder_of(account, port=relay.port, clock=clock)
        await folder.open()
        await folder.uids_above(0)
        waiting = asyncio.create_task(folder.wait(600))
        await clock.asked.wait()  # it idles
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        uid = account.append("INBOX", QUESTION)
        await folder.open()
        assert await folder.uids_above(0) == [uid]
        await folder.close()
    assert relay.from_server.count(b"Logged in") == 1


async def test_an_attachment_of_50_mb_is_not_fetched(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    line = b"A" * 76 + b"\r\n"
    uid = account.append("INBOX", with_attachment(line * (50_000_000 // len(line))))
    async with relay_to(dovecot.port) as relay:
        folder = folder_of(account, port=relay.port)
        await folder.open()
        (arrival,) = await folder.fetch([uid])
        await folder.close()
    assert arrival.raw.size > 49_000_000
    assert arrival.raw.bodies == {"1": b"U prilogu."}
    assert len(relay.from_server) < 5_000


async def test_of_a_long_text_64_kib_are_fetched(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    uid = account.append("INBOX", QUESTION + b"Molim odgovor.\r\n" * 20_000)
    folder = folder_of(account)
    await folder.open()
    (arrival,) = await folder.fetch([uid])
    assert len(arrival.raw.bodies["1"]) == 65_536


async def test_folders_that_idle_cost_no_thread(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    before = threading.active_count()
    async with relay_to(dovecot.port) as relay:
        folders = [folder_of(account, port=relay.port) for _ in range(20)]
        await asyncio.gather(*(folder.open() for folder in folders))
        await asyncio.gather(*(folder.uids_above(0) for folder in folders))
        waiting = [asyncio.create_task(folder.wait(600)) for folder in folders]
        await relay.saw(b"+ idling", times=20)
        assert threading.active_count() <= before + WORKERS
        account.append("INBOX", QUESTION)
        await asyncio.wait_for(asyncio.gather(*waiting), 30)
        await asyncio.gather(*(folder.close() for folder in folders))


async def test_a_folder_may_have_any_name(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    name = "Примљено & čšžđ/Ügyfelek"
    uid = account.append(name, QUESTION)
    folder = folder_of(account, name)
    await folder.open()
    (arrival,) = await folder.fetch([uid])
    assert arrival.place.folder == name


async def test_the_sent_folder_is_told_by_its_mark(
    dovecot: DovecotServer, executor: ThreadPoolExecutor
) -> None:
    options = options_for(dovecot.user())
    assert await find_sent(options, executor) == ["Sent"]
    assert {folder.name for folder in await list_folders(options, executor)} == {
        *("INBOX", "Sent", "Drafts", "Junk", "Trash")
    }


async def test_a_folder_that_is_not_open_says_so(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    with pytest.raises(MailboxError, match="INBOX is not open"):
        await folder_of(dovecot.user()).uids_above(0)
