"""What is said when a server, the way to it, or a log-in fails, and what servers do that they should not."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from autoack.errors import ConfigError, LoginRefused, MailboxError
from autoack.mail import tls
from autoack.mail.imap_folders import ListedFolder, sent_among
from autoack.mail.inbox import Credentials, Folder, find_sent
from tests.mail.conftest import options_for
from tests.mail.relay import relay_to
from tests.mail.scripted_imap import ScriptedImap, scripted_imap
from tests.servers.certificates import make_certificate
from tests.servers.dovecot import Account, DovecotServer

FolderOf = Callable[..., Folder]


def account_of(script: ScriptedImap) -> Account:
    return Account("127.0.0.1", script.port, "podrska@primjer.example", "tajna")


async def test_a_wrong_password_is_permanent_and_is_not_repeated(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    wrong = Credentials(password=SecretStr("pogrešna-lozinka"))
    with pytest.raises(MailboxError, match=r"log-in was refused.*Authentication failed") as caught:
        await folder_of(dovecot.user(), credentials=wrong).open()
    assert caught.value.permanent
    assert "pogrešna" not in str(caught.value)
    assert "pogrešna" not in repr(wrong)


async def test_a_password_that_the_server_repeats_is_struck_out(folder_of: FolderOf) -> None:
    async with scripted_imap({"LOGIN": b"%T BAD cannot do LOGIN podrska tajna\r\n"}) as script:
        with pytest.raises(MailboxError) as caught:
            await folder_of(account_of(script)).open()
    assert "tajna" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "permanent"),
    [
        (b"%T NO [AUTHENTICATIONFAILED] no\r\n", True),
        (b"%T NO no\r\n", True),
        (b"%T NO [UNAVAILABLE] the directory is down\r\n", False),
        (b"* BYE too many connections\r\n%T NO no\r\n", False),
        (None, False),
    ],
)
async def test_a_refused_log_in_is_permanent_unless_time_may_mend_it(
    folder_of: FolderOf, reply: bytes | None, *, permanent: bool
) -> None:
    async with scripted_imap({"LOGIN": reply}) as script:
        with pytest.raises(MailboxError) as caught:
            await folder_of(account_of(script)).open()
    assert caught.value.permanent is permanent
    assert isinstance(caught.value, LoginRefused) is permanent


async def test_a_password_may_have_any_letters(folder_of: FolderOf) -> None:
    async with scripted_imap({"AUTHENTICATE PLAIN": b"%T OK\r\n"}) as script:
        folder = folder_of(account_of(script), credentials=Credentials(password=SecretStr("šifra")))
        with pytest.raises(MailboxError):  # the script does not ask for it
            await folder.open()
        assert any(command.startswith("AUTHENTICATE PLAIN") for command in script.commands)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_by_a_stranger_is_refused(
    dovecot: DovecotServer, folder_of: FolderOf, tmp_path: Path, security: str
) -> None:
    strange = tls.context(make_certificate(tmp_path).ca_file)
    port = dovecot.tls_port if security == "tls" else dovecot.port
    with pytest.raises(MailboxError, match=r"certificate is not trusted.*set imap\.ca_file") as caught:
        await folder_of(dovecot.user(), port=port, security=security, ssl_context=strange).open()
    assert caught.value.permanent


async def test_a_certificate_for_another_name_is_refused(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    async with relay_to(dovecot.tls_port, host="127.0.0.2") as relay:
        trusted = tls.context(dovecot.ca_file)
        folder = folder_of(
            dovecot.user(), host="127.0.0.2", port=relay.port, security="tls", ssl_context=trusted
        )
        with pytest.raises(MailboxError, match=r"certificate is not valid for '127\.0\.0\.2'"):
            await folder.open()


async def test_a_server_without_starttls_is_not_spoken_to_in_clear(folder_of: FolderOf) -> None:
    async with scripted_imap({}) as script:
        with pytest.raises(MailboxError, match="STARTTLS") as caught:
            await folder_of(account_of(script), security="starttls").open()
    assert caught.value.permanent
    assert not any(command.startswith("LOGIN") for command in script.commands)


def test_one_context_serves_all_connections(dovecot: DovecotServer, tmp_path: Path) -> None:
    assert tls.context(dovecot.ca_file) is tls.context(dovecot.ca_file)
    with pytest.raises(ConfigError, match=r"missing\.pem"):
        tls.context(tmp_path / "missing.pem")


async def test_after_an_outage_the_folder_opens_again(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    account = dovecot.user()
    folder = folder_of(account)
    before = await folder.open()
    await folder.uids_above(0)
    waiting = asyncio.create_task(folder.wait(600))
    try:
        await asyncio.to_thread(dovecot.stop)
        with pytest.raises(MailboxError) as lost:
            await asyncio.wait_for(waiting, 20)
        with pytest.raises(MailboxError, match="refused") as down:
            await folder.open()
    finally:
        dovecot.start()
    assert not lost.value.permanent
    assert not down.value.permanent
    assert await folder.open() == before


async def test_a_folder_that_does_not_exist_is_named(dovecot: DovecotServer, folder_of: FolderOf) -> None:
    with pytest.raises(MailboxError, match="folder Upiti cannot be opened") as caught:
        await folder_of(dovecot.user(), "Upiti").open()
    assert caught.value.permanent


async def test_a_server_that_falls_silent_is_given_up(folder_of: FolderOf) -> None:
    async with scripted_imap({"UID SEARCH": b"* OK %Thinking\r\n"}) as script:
        folder = folder_of(account_of(script), read_timeout=1)
        await folder.open()
        with pytest.raises(MailboxError, match="no answer in time"):
            await folder.uids_above(0)


async def test_a_cancelled_command_does_not_hold_its_worker(
    folder_of: FolderOf, executor: ThreadPoolExecutor
) -> None:
    async with scripted_imap({"UID SEARCH": b"* OK %Thinking\r\n"}) as script:
        folder = folder_of(account_of(script), read_timeout=600)
        await folder.open()
        searching = asyncio.create_task(folder.uids_above(0))
        await script.was_asked("UID SEARCH")
        searching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await searching
        await folder.open()  # by a connection of its own


class Tokens:
    """Gives these tokens in turn, the next one after each `forget`."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.left = list(tokens)

    async def __call__(self) -> str:
        return self.left[0]

    def forget(self) -> None:
        self.left.pop(0)


async def test_a_token_logs_in_and_a_refused_one_is_replaced_once(
    dovecot: DovecotServer, folder_of: FolderOf
) -> None:
    account = dovecot.user()
    good, bad = account.access_token(), account.access_token(key=b"another")
    await folder_of(account, credentials=Credentials(token=Tokens([bad, good]))).open()
    with pytest.raises(MailboxError) as caught:
        await folder_of(account, credentials=Credentials(token=Tokens([bad, bad, good]))).open()
    assert caught.value.permanent
    assert bad not in str(caught.value)


@pytest.mark.parametrize(
    "replies",
    [
        pytest.param({"UID SEARCH": b"* SEARCH 1\r\n* 2 EXISTS\r\n"}, id="as the search ends"),
        pytest.param({"UID FETCH": b"* 2 EXISTS\r\n"}, id="during another command"),
        pytest.param({"IDLE": b"* 2 EXISTS\r\n+ idling\r\n"}, id="before the plus"),
        pytest.param({"IDLE": b"+ idling\r\n* 2 EXISTS\r\n"}, id="with the plus"),
    ],
)
async def test_news_that_is_told_only_once_ends_the_wait(
    folder_of: FolderOf, replies: dict[str, bytes | None]
) -> None:
    async with scripted_imap({"UID FETCH": b"", **replies}) as script:
        folder = folder_of(account_of(script))
        await folder.open()
        await folder.uids_above(0)
        await folder.flags([1])
        await asyncio.wait_for(folder.wait(600), 10)
        await folder.uids_above(0)
        await folder.close()


async def test_a_look_back_does_not_forget_news(folder_of: FolderOf) -> None:
    """The daily comparison searches after the search for what is new: what came in between is still news."""
    async with scripted_imap({"UID FETCH": b"* 2 EXISTS\r\n"}) as script:
        folder = folder_of(account_of(script))
        await folder.open()
        await folder.uids_above(0)
        await folder.flags([1])
        await folder.uids_above(0, since=date(2026, 11, 1))
        await asyncio.wait_for(folder.wait(600), 10)
        await folder.close()


async def test_a_server_that_says_bye_while_we_idle_is_lost(folder_of: FolderOf) -> None:
    async with scripted_imap({"IDLE": b"+ idling\r\n* BYE restarting\r\n"}) as script:
        folder = folder_of(account_of(script))
        await folder.open()
        await folder.uids_above(0)
        with pytest.raises(MailboxError, match="restarting") as caught:
            await asyncio.wait_for(folder.wait(600), 20)
    assert not caught.value.permanent


HEAD = b'UID 1 RFC822.SIZE 12 INTERNALDATE "01-Nov-2026 10:00:00 +0000" FLAGS () BODY[HEADER]<0> {12}\r\n'
HEADER = b"Subject: x\r\n"


@pytest.mark.parametrize(
    ("refusal", "header"),
    [
        pytest.param({".*BODYSTRUCTURE": b"%T NO it is broken\r\n"}, HEADER, id="no structure"),
        pytest.param(
            {".*BODYSTRUCTURE": b'* 1 FETCH (UID 1 BODYSTRUCTURE ("a" "b" ("x" "y))\r\n'},
            HEADER,
            id="bad structure",
        ),
        pytest.param(
            {
                ".*BODY": b"%T NO it is broken\r\n",
                ".*INTERNALDATE": b'* 1 FETCH (UID 1 INTERNALDATE "01-Nov-2026 10:00:00 +0000" FLAGS ())\r\n',
            },
            b"",
            id="no header",
        ),
    ],
)
async def test_a_mail_that_the_server_cannot_tell_whole_comes_as_far_as_it_can(
    folder_of: FolderOf, refusal: dict[str, bytes | None], header: bytes
) -> None:
    async with scripted_imap({**refusal, "UID FETCH": b"* 1 FETCH (" + HEAD + HEADER + b")\r\n"}) as script:
        folder = folder_of(account_of(script))
        await folder.open()
        arrivals = await folder.fetch([1])
    assert [(arrival.place.uid, arrival.raw.header, arrival.raw.parts) for arrival in arrivals] == [
        (1, header, ())
    ]
    assert arrivals[0].received_at.isoformat() == "2026-11-01T10:00:00+00:00"


async def test_gmails_thread_is_told_where_it_is_offered(folder_of: FolderOf) -> None:
    replies: dict[str, bytes | None] = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE X-GM-EXT-1\r\n",
        "UID FETCH .*X-GM-THRID": b"* 1 FETCH (X-GM-THRID 1278455344230334865 " + HEAD + HEADER + b")\r\n",
    }
    async with scripted_imap(replies) as script:
        folder = folder_of(account_of(script))
        await folder.open()
        (arrival,) = await folder.fetch([1])
    assert arrival.gmail_thread == "1278455344230334865"


@pytest.mark.parametrize(
    ("names", "sent"),
    [
        (["INBOX", "Sent Items", "Poslano", "Projekti/Sent"], ["Sent Items", "Poslano"]),
        (["INBOX", "INBOX/Sent"], ["INBOX/Sent"]),
        (["INBOX", "Послате ставке"], ["Послате ставке"]),
        (["INBOX", "ELKÜLDÖTT ELEMEK"], ["ELKÜLDÖTT ELEMEK"]),
        (["INBOX", "Arhiva"], []),
    ],
)
def test_unmarked_sent_folders_are_told_by_their_names(names: list[str], sent: list[str]) -> None:
    assert sent_among([ListedFolder(name, frozenset()) for name in names]) == sent


def test_a_mark_goes_before_a_name() -> None:
    folders = [ListedFolder("Sent", frozenset()), ListedFolder("Otišlo", frozenset({"\\sent"}))]
    assert sent_among(folders) == ["Otišlo"]


def test_a_folder_that_cannot_be_opened_is_not_told() -> None:
    assert sent_among([ListedFolder("Sent", frozenset({"\\noselect"}))]) == []


async def test_listing_folders_tells_what_failed(executor: ThreadPoolExecutor) -> None:
    async with scripted_imap({"LIST": b"%T NO not now\r\n"}) as script:
        with pytest.raises(MailboxError, match="not now"):
            await find_sent(options_for(account_of(script)), executor)
