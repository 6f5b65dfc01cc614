"""Connections that fail in every way that they can: no mail is lost, none is met twice, nobody hammers."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from autoack.app.daemon import IMAP_THREADS
from autoack.clock import WallClock
from autoack.errors import MailboxError
from autoack.mail.inbox import Folder
from tests.hazards.conftest import SOON, Room, question
from tests.mail.conftest import options_for
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import Proxy, proxy_to

SILENT = 2.0  # seconds of real time in which a healthy server answers
SOON_AGAIN = 0.3  # seconds between two looks, or until a server counts as silent


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Proxy.cut, id="it is cut"),
        pytest.param(Proxy.half_close, id="the server's side ends"),
        pytest.param(Proxy.silence, id="a NAT forgets it"),
        pytest.param(lambda proxy: proxy.say(b"* BYE server shutting down"), id="the server says BYE"),
    ],
)
async def test_a_connection_that_is_lost_while_it_idles_loses_no_mail(
    room: Room, fault: Callable[[Proxy], None]
) -> None:
    room.watch(poll=SOON_AGAIN, timeout=SOON_AGAIN)
    room.deliver(question(1))
    await room.has(1)
    before = len(room.proxy.verbs)
    await saw_since(room, before, "IDLE")
    fault(room.proxy)
    room.deliver(question(2))
    await room.has(1, 2)
    assert room.proxy.verbs.count("LOGIN") >= 2


async def saw_since(room: Room, before: int, verb: str) -> None:
    """Until another such command has passed."""
    await room.proxy.saw(verb, room.proxy.verbs[:before].count(verb) + 1)


@pytest.mark.parametrize("verb", ["LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "IDLE"])
async def test_a_connection_that_is_cut_at_any_command_loses_no_mail(room: Room, verb: str) -> None:
    cuts = 0
    cut_twice = asyncio.Event()

    async def cut(command: str) -> None:
        nonlocal cuts
        if command == verb and cuts < 2:
            cuts += 1
            room.proxy.cut()
        elif cuts == 2:
            cut_twice.set()

    room.proxy.on_command = cut
    room.deliver(question(1))
    room.watch(poll=SOON_AGAIN)
    await room.has(1)
    room.deliver(question(2))
    await asyncio.wait_for(cut_twice.wait(), SOON)
    room.deliver(question(3))
    await room.has(1, 2, 3)


async def test_a_server_that_restarts_is_watched_again(room: Room, dovecot: DovecotServer) -> None:
    room.watch()
    room.deliver(question(1))
    await room.has(1)
    dovecot.stop()
    dovecot.start()
    room.deliver(question(2))
    await room.has(1, 2)


async def test_mail_that_arrives_as_idling_begins_anew_is_seen_at_once(room: Room) -> None:
    delivered = 1

    async def deliver(verb: str) -> None:
        nonlocal delivered
        if verb == "IDLE" and delivered < 6:
            delivered += 1
            await asyncio.to_thread(room.deliver, question(delivered))

    room.proxy.on_command = deliver
    room.deliver(question(1))
    room.watch(poll=3600)
    await room.has(1, 2, 3, 4, 5, 6)


async def test_mail_of_which_the_server_says_nothing_is_found_by_looking(room: Room) -> None:
    room.proxy.edit = told_by_examine_alone(room.proxy)
    room.watch(poll=SOON_AGAIN)
    await room.proxy.saw("IDLE")
    room.deliver(question(1))
    await room.has(1)


def told_by_examine_alone(proxy: Proxy) -> Callable[[bytes], bytes]:
    """Every EXISTS is swallowed but that of EXAMINE, which cannot be answered without."""

    def edit(line: bytes) -> bytes:
        swallowed = line.endswith((b"EXISTS\r\n", b"RECENT\r\n")) and proxy.verbs[-1:] != ["EXAMINE"]
        return b"" if swallowed else line

    return edit


@pytest.mark.parametrize("answer", [b"%T NO [LIMIT] too many\r\n", b"%T NO [UNAVAILABLE] later\r\n"])
async def test_a_server_that_throttles_log_ins_is_asked_ever_more_seldom(room: Room, answer: bytes) -> None:
    room.deliver(question(1))
    refusals = 8

    async def throttle(verb: str) -> bytes | None:
        nonlocal refusals
        if verb == "LOGIN" and refusals:
            refusals -= 1
            return answer
        return None

    room.proxy.on_command = throttle
    room.watch()
    await room.has(1)
    assert room.clock.paused == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_refused_log_in_locks_no_account(room: Room) -> None:
    """Ten within ten minutes lock an account on many a server."""
    room.deliver(question(1))
    refusals = 6

    async def refuse(verb: str) -> bytes | None:
        nonlocal refusals
        if verb == "LOGIN" and refusals:
            refusals -= 1
            return b"%T NO [AUTHENTICATIONFAILED] no\r\n"
        return None

    room.proxy.on_command = refuse
    room.watch()
    await room.has(1)
    assert room.clock.paused == [60, 120, 240, 480, 900, 900]


async def test_a_greeting_of_bye_is_no_refusal(room: Room) -> None:
    room.deliver(question(1))
    greetings = 0

    def too_many(line: bytes) -> bytes:
        nonlocal greetings
        if b"ready" in line and greetings < 3:
            greetings += 1
            return b"* BYE too many connections\r\n"
        return line

    room.proxy.edit = too_many
    room.watch()
    await room.has(1)
    assert room.clock.paused == [1, 2, 4]


async def test_silent_servers_hold_up_their_own_folders_only(dovecot: DovecotServer) -> None:
    """Each of their folders keeps a thread busy until its read times out."""
    account, clock = dovecot.user(), WallClock()
    with ThreadPoolExecutor(IMAP_THREADS) as threads:
        async with proxy_to(dovecot.port) as proxy:
            silent = options_for(account, port=proxy.port, read_timeout=2 * SILENT)
            sick = [Folder("sick", "INBOX", silent, executor=threads, clock=clock) for _ in range(24)]
            for folder in sick:
                await folder.open()
            well = Folder("well", "INBOX", options_for(account), executor=threads, clock=clock)
            await well.open()
            proxy.silence()
            asked = [asyncio.create_task(folder.uids_above(0)) for folder in sick]
            await asyncio.wait_for(well.uids_above(0), SILENT)
            assert not any(task.done() for task in asked)
            answers = await asyncio.gather(*asked, return_exceptions=True)
            assert all(isinstance(answer, MailboxError) for answer in answers)
            await well.close()
