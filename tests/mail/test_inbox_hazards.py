"""Mails of which a server tells nothing: none is passed over, and none holds up the others."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from autoack.core.message import Unparseable
from autoack.core.parse import parse
from autoack.errors import MailboxError
from autoack.mail.inbox import Folder
from tests.mail.scripted_imap import ScriptedImap
from tests.servers.dovecot import Account

FolderOf = Callable[..., Folder]
GOOD = (
    b'* 1 FETCH (UID 1 RFC822.SIZE 12 INTERNALDATE "01-Nov-2026 10:00:00 +0000" FLAGS () '
    b"BODY[HEADER]<0> {12}\r\nSubject: x\r\n)\r\n"
)
NO = b"%T NO it is broken\r\n"


async def fetched(folder_of: FolderOf, replies: dict[str, bytes | None], uids: list[int]) -> list[Any]:
    script = ScriptedImap(replies)
    async with await asyncio.start_server(script.serve, "127.0.0.1", 0) as server:
        folder = folder_of(Account("127.0.0.1", server.sockets[0].getsockname()[1], "any", "any"))
        await folder.open()
        arrivals = await folder.fetch(uids)
        await folder.close()
    return arrivals


@pytest.mark.parametrize(
    "replies",
    [
        pytest.param(
            {"UID FETCH 1,2 ": GOOD, "UID SEARCH UID 2": b"* SEARCH 2\r\n", "UID FETCH 2 ": b""}, id="silence"
        ),
        pytest.param({"UID FETCH 1,2 ": NO, "UID FETCH 1 ": GOOD, "UID FETCH 2 ": NO}, id="refusal"),
    ],
)
async def test_a_mail_that_the_server_does_not_tell_is_put_aside(
    folder_of: FolderOf, replies: dict[str, bytes | None]
) -> None:
    arrivals = await fetched(folder_of, replies, [1, 2])
    assert [arrival.place.uid for arrival in arrivals] == [1, 2]
    assert isinstance(parse(arrivals[1].raw), Unparseable)


async def test_a_mail_that_is_gone_is_passed_over(folder_of: FolderOf) -> None:
    replies: dict[str, bytes | None] = {"UID FETCH 1,2 ": GOOD, "UID SEARCH UID 2": b"* SEARCH\r\n"}
    assert [arrival.place.uid for arrival in await fetched(folder_of, replies, [1, 2])] == [1]


async def test_a_server_that_tells_of_no_mail_is_not_well(folder_of: FolderOf) -> None:
    with pytest.raises(MailboxError):
        await fetched(folder_of, {"UID FETCH": NO}, [1, 2])
