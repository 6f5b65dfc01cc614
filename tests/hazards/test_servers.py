"""Servers that can do less than others, and mailboxes that may be read only."""

import asyncio
import re
from collections.abc import Callable

import pytest

from autoack.mail.inbox import find_sent
from tests.hazards.conftest import SOON, Room, question
from tests.servers.dovecot import DovecotServer

LOOKING = {"EXAMINE", "CAPABILITY", "LOGIN", "LOGOUT", "UID SEARCH", "UID FETCH", "IDLE", "LIST", "STATUS"}


def without(*abilities: str) -> Callable[[bytes], bytes]:
    """The server is silent about these abilities, and marks no folder."""
    named = re.compile(rf" ({'|'.join(abilities)})(?=[ \]\r])".encode())

    def edit(line: bytes) -> bytes:
        if b"CAPABILITY" in line:
            return named.sub(b"", line)
        return line.replace(b"\\Sent", b"") if "SPECIAL-USE" in abilities else line

    return edit


async def test_without_idle_it_looks_from_time_to_time(room: Room) -> None:
    room.proxy.edit = without("IDLE")
    room.watch(poll=7)
    room.deliver(question(1))
    await room.has(1)
    await asyncio.wait_for(room.clock.slept.wait(), SOON)
    room.deliver(question(2))
    await room.has(1, 2)
    assert "IDLE" not in room.proxy.verbs
    assert set(room.clock.paused) == {7}


@pytest.mark.parametrize(
    "ability", ["UIDPLUS", "UNSELECT", "LITERAL\\+", "ESEARCH", "CONDSTORE", "NAMESPACE", "SPECIAL-USE"]
)
async def test_nothing_depends_on_what_a_server_need_not_have(room: Room, ability: str) -> None:
    room.proxy.edit = without(ability)
    room.deliver(question(1))
    room.watch()
    await room.has(1)
    room.deliver(question(2))
    await room.has(1, 2)


async def test_without_special_use_the_folder_of_sent_mail_is_found_by_its_name(room: Room) -> None:
    room.proxy.edit = without("SPECIAL-USE")
    folder = room.folder()
    assert await find_sent(folder._options, folder._executor) == ["Sent"]


async def test_a_mailbox_that_may_only_be_read_is_all_that_is_needed(room: Room) -> None:
    """The server refuses whatever could change something; what is asked for all the same would show here."""

    async def refuse(verb: str) -> bytes | None:
        return None if verb in LOOKING else b"%T NO [NOPERM] you may read\r\n"

    room.proxy.on_command = refuse
    room.deliver(question(1))
    room.watch()
    await room.has(1)
    room.deliver(question(2))
    await room.has(1, 2)
    await room.leave()
    assert set(room.proxy.verbs) <= LOOKING


async def test_a_folder_whose_rights_are_to_look_and_read_is_watched(
    room: Room, dovecot: DovecotServer
) -> None:
    room.deliver(question(1), "Upiti")
    dovecot.restrict(room.account, "Upiti", "lr")
    room.watch("Upiti")
    await room.has(1)
