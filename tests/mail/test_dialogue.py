"""Replies in whatever pieces they come: each belongs to one command, and what belongs to none is dropped."""

import asyncio

import aiosmtplib
import pytest

from autoack.mail.dialogue import Dialogue


class Wire(asyncio.Transport):
    """A connection's near end: keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self._closing = False

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        pass

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data

    def close(self) -> None:
        self._closing = True

    def abort(self) -> None:
        self._closing = True

    def is_closing(self) -> bool:
        return self._closing


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def dialogue(wire: Wire) -> Dialogue:
    smtp = aiosmtplib.SMTP()
    smtp.transport = wire
    return Dialogue(smtp)


@pytest.mark.parametrize("octets_at_once", [1, 2, 3, 7, 1000])
async def test_replies_come_in_any_pieces(dialogue: Dialogue, wire: Wire, octets_at_once: int) -> None:
    dialogue.say(b"MAIL\r\n", b"RCPT\r\n", b"DATA\r\n")
    said = b"250 2.1.0 ok\r\n550-5.1.1 no\r\n550-\r\n550 5.1.1 such user\r\n354\r\n"
    for at in range(0, len(said), octets_at_once):
        dialogue.data_received(said[at : at + octets_at_once])
    replies = [await dialogue.reply() for _ in range(3)]
    assert replies == [(250, "2.1.0 ok"), (550, "5.1.1 no\n\n5.1.1 such user"), (354, "")]
    assert wire.written == b"MAIL\r\nRCPT\r\nDATA\r\n"


async def test_a_reply_that_is_awaited_wakes_the_one_who_waits(dialogue: Dialogue) -> None:
    dialogue.say(b"RSET\r\n")
    waiting = asyncio.create_task(dialogue.reply())
    await asyncio.sleep(0)
    dialogue.data_received(b"250 o")
    await asyncio.sleep(0)
    assert not waiting.done()
    dialogue.data_received(b"k\r\n")
    assert await waiting == (250, "ok")


async def test_what_answers_no_command_is_dropped(dialogue: Dialogue) -> None:
    dialogue.data_received(b"421 4.4.2 idle\r\n")
    dialogue.say(b"MAIL\r\n")
    dialogue.data_received(b"250 ok\r\n250 what was that\r\n")
    assert await dialogue.reply() == (250, "ok")
    dialogue.say(b"RCPT\r\n")
    dialogue.data_received(b"550 no\r\n")
    assert await dialogue.reply() == (550, "no")


async def test_a_421_ends_it_and_nothing_is_awaited_after_it(dialogue: Dialogue) -> None:
    dialogue.say(b"MAIL\r\n", b"RCPT\r\n")
    dialogue.data_received(b"421 4.3.2 shutting down\r\n")
    assert (await dialogue.reply()).code == 421
    assert not dialogue.is_open
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await dialogue.reply()
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        dialogue.say(b"RSET\r\n")


async def test_replies_that_came_before_the_end_are_given(dialogue: Dialogue) -> None:
    dialogue.say(b"MAIL\r\n", b"RCPT\r\n")
    dialogue.data_received(b"554 5.7.1 blocked\r\n")
    dialogue.eof_received()
    dialogue.connection_lost(ConnectionResetError("reset"))
    assert await dialogue.reply() == (554, "5.7.1 blocked")
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await dialogue.reply()


@pytest.mark.parametrize("said", [b"hello\r\n", b"\r\n", b"25 ok\r\n", b"250-" + b"x" * 70_000])
async def test_what_is_no_reply_ends_the_connection(dialogue: Dialogue, said: bytes) -> None:
    dialogue.say(b"MAIL\r\n")
    dialogue.data_received(said)
    with pytest.raises(aiosmtplib.SMTPResponseException) as malformed:
        await dialogue.reply()
    assert malformed.value.code < 0
    assert not dialogue.is_open


async def test_after_what_is_no_reply_the_connection_is_cut_and_nothing_more_is_believed(
    dialogue: Dialogue, wire: Wire
) -> None:
    dialogue.say(b"MAIL\r\n", b"RCPT\r\n", b"DATA\r\n")
    dialogue.data_received(b"250 ok\r\n<html>\r\n")
    assert wire.is_closing()  # nobody would: the next mail gets a new connection
    dialogue.data_received(b"354 go ahead\r\n")
    assert await dialogue.reply() == (250, "ok")
    with pytest.raises(aiosmtplib.SMTPResponseException, match="no SMTP reply"):
        await dialogue.reply()


async def test_noise_in_an_idle_hour_leaves_no_connection_open(dialogue: Dialogue, wire: Wire) -> None:
    dialogue.data_received(b"<html>\r\n")
    assert wire.is_closing() and not dialogue.is_open
