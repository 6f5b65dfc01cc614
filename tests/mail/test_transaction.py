"""One mail on an open connection: which addresses are said, what goes after DATA, how long a reply may take."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import aiosmtplib
import pytest

from autoack.mail.dialogue import Dialogue
from autoack.mail.transaction import Transaction
from tests.servers.smtp import Mishap, SmtpServer

IVANA = "ivana@kupac.example"
MAIL = b"Subject: Re: Pitanje\r\n\r\nPrimili smo.\r\n"


@contextlib.asynccontextmanager
async def transaction(
    server: "SmtpServer | Recited", *, within: float = 10, a_reply: float = 5
) -> AsyncIterator[Transaction]:
    """A mail's transaction, in an attempt of at most `within` seconds, `a_reply` for each."""
    smtp = aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False)
    await smtp.connect()
    await smtp.ehlo()
    try:
        async with asyncio.timeout(within) as limit:
            yield Transaction(Dialogue(smtp), limit, a_reply)
    finally:
        smtp.close()


# --- addresses ---


@pytest.mark.parametrize(
    "to",
    [
        "ivana@kupac.example",
        "o'brien+upit=1@kupac.example",
        "dots..here.@kupac.example",  # no RFC has it, some phone company does
        '"ivana horvat"@kupac.example',
        r'"a\"b"@kupac.example',
        "ivana@[192.0.2.1]",
        "ivana@[IPv6:2001:db8::1]",
    ],
)
async def test_one_plain_address_is_said_as_it_is_written(smtp: SmtpServer, to: str) -> None:
    async with transaction(smtp) as mail:
        with contextlib.suppress(aiosmtplib.SMTPResponseException):  # whether the server likes it or not
            await mail.run("", to, MAIL)
    assert f"RCPT TO:<{to}>" in smtp.commands


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ivana",
        "@kupac.example",
        "ivana@",
        "<ivana@kupac.example>",
        "Ivana <ivana@kupac.example>",
        "ivana@kupac.example, ivo@kupac.example",
        "ivana@kupac.example ",
        "ivana@kupac.example\n",
        "ivana@kupac.example\r\nRCPT TO:<ivo@kupac.example>",
        "ivana@kupac.example> NOTIFY=NEVER",
        '"ivana>"@kupac.example',
        r'"ivana\>"@kupac.example',
        '"ivana\r\n"@kupac.example',
        "ivana@kupac.example>",
        "ivana\0@kupac.example",
        "ivana@kupac@example",
        "ivaná@kupac.example",
        "ivana@kupác.example",
        "ivana@[192.0.2.1",
    ],
)
async def test_anything_else_is_never_said(smtp: SmtpServer, to: str) -> None:
    async with transaction(smtp) as mail:
        with pytest.raises(ValueError, match="not one plain address"):
            await mail.run("", to, MAIL)
        assert mail.stage == "rcpt"
        if to:  # as a sender, "" is the null sender
            with pytest.raises(ValueError, match="not one plain address"):
                await mail.run(to, IVANA, MAIL)
            assert mail.stage == "mail"
    assert not any(command.startswith(("MAIL", "RCPT")) for command in smtp.commands)


# --- the letter ---


@pytest.mark.parametrize(
    ("raw", "arrives"),
    [
        (b"A: b\r\n\r\n.\r\n..\r\n.c\r\nd.\r\n", b"A: b\r\n\r\n.\r\n..\r\n.c\r\nd.\r\n"),
        (b".A: b\r\n\r\n", b".A: b\r\n\r\n"),
        (b"A: b\r\n\r\n\r\n\r\n", b"A: b\r\n\r\n\r\n\r\n"),
        (b"A: b\r\n\r\nno end", b"A: b\r\n\r\nno end\r\n"),
        (b"A: b\n\nlone\rends\n", b"A: b\r\n\r\nlone\r\nends\r\n"),
        (
            b"A: b\r\n\r\nend\n.\nMAIL FROM:<x@y.example>\n",
            b"A: b\r\n\r\nend\r\n.\r\nMAIL FROM:<x@y.example>\r\n",
        ),
        (b"A: b\r\n\r\nend\r.\rMAIL\r\n", b"A: b\r\n\r\nend\r\n.\r\nMAIL\r\n"),
        (b"A: b\r\n\r\n\x0b.\x0c.\x1c.\x85.\r\n", b"A: b\r\n\r\n\x0b.\x0c.\x1c.\x85.\r\n"),
    ],
)
async def test_a_letter_arrives_as_it_is_with_whole_line_ends(
    smtp: SmtpServer, raw: bytes, arrives: bytes
) -> None:
    """Also a dot alone on a line, which would end the mail and begin commands (RFC 5321 §4.5.2)."""
    async with transaction(smtp) as mail:
        await mail.run("", IVANA, raw)
    assert [received.raw for received in smtp.received] == [arrives]


# --- replies ---


@pytest.mark.parametrize(
    ("command", "reply", "goes_on_to"),
    [("MAIL", "259 very well", "rcpt"), ("RCPT", "251 will forward", "data")],
)
async def test_any_reply_of_the_right_kind_is_a_yes(
    smtp: SmtpServer, command: str, reply: str, goes_on_to: str
) -> None:
    smtp.script(command, reply)
    async with transaction(smtp) as mail:
        with pytest.raises(aiosmtplib.SMTPResponseException, match="503"):  # it did not mean it
            await mail.run("", IVANA, MAIL)
    assert mail.stage == goes_on_to


async def test_a_yes_where_a_go_ahead_was_due_is_none(smtp: SmtpServer) -> None:
    smtp.script("DATA", "250 what for")
    async with transaction(smtp) as mail:
        with pytest.raises(aiosmtplib.SMTPResponseException, match="what for"):
            await mail.run("", IVANA, MAIL)
    assert smtp.received == []


@pytest.mark.parametrize("within", [0.2, 10])
async def test_a_reply_takes_no_longer_than_it_may_nor_than_the_attempt(
    smtp: SmtpServer, within: float
) -> None:
    smtp.script("RCPT", Mishap.SILENCE)
    loop = asyncio.get_running_loop()
    began = loop.time()
    with pytest.raises(TimeoutError):
        async with transaction(smtp, within=within, a_reply=0.3 if within > 1 else 5) as mail:
            await mail.run("", IVANA, MAIL)
    assert (mail.stage, loop.time() - began < 2) == ("rcpt", True)


# --- pipelining (RFC 2920) ---


class Recited:
    """A server that announces PIPELINING, and says these replies: the next one when so many octets have come.

    `heard` is what it was told before each.
    """

    host = "127.0.0.1"

    def __init__(self, replies: Sequence[tuple[bytes, bytes]]) -> None:
        self._replies = replies
        self.heard: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx.example\r\n")
        await reader.readline()
        writer.write(b"250-mx.example\r\n250 PIPELINING\r\n")
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            for until, reply in self._replies:
                self.heard.append(await reader.readuntil(until))
                writer.write(reply)
        writer.close()


@contextlib.asynccontextmanager
async def reciting(*replies: tuple[bytes, bytes]) -> AsyncIterator[Recited]:
    """A server that says `reply` for each (until, reply), once it has heard `until`."""
    server = Recited(replies)
    listening = await asyncio.start_server(server.serve, server.host, 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


AGREED = b"250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on\r\n"
ENVELOPE = b"MAIL FROM:<>\r\nRCPT TO:<ivana@kupac.example>\r\nDATA\r\n"


async def test_three_commands_go_out_before_the_first_reply_and_the_letter_after_the_last() -> None:
    async with reciting((b"DATA\r\n", AGREED), (b"\r\n.\r\n", b"250 2.0.0 queued\r\n")) as server:
        async with transaction(server) as mail:
            assert (await mail.run("", IVANA, MAIL)).message == "2.0.0 queued"
        assert server.heard == [ENVELOPE, MAIL + b".\r\n"]


@pytest.mark.parametrize(
    ("replies", "stage", "refused_by"),
    [
        (b"550 5.7.1 who are you\r\n503 no\r\n503 no\r\n", "mail", "550 5.7.1 who are you"),
        (b"250 ok\r\n450 4.2.0 later\r\n503 5.5.1 no\r\n", "rcpt", "450 4.2.0 later"),
        (b"250 ok\r\n251 ok\r\n452 4.3.1 full\r\n", "data", "452 4.3.1 full"),
        (
            b"250 ok\r\n550-5.1.1 no\r\n550 5.1.1 such user\r\n503 no\r\n",
            "rcpt",
            "550 5.1.1 no\n5.1.1 such user",
        ),
    ],
)
async def test_the_first_refusal_is_told_and_the_connection_stays_in_step(
    replies: bytes, stage: str, refused_by: str
) -> None:
    again = [(b"DATA\r\n", AGREED), (b"\r\n.\r\n", b"250 queued\r\n")]
    async with reciting((b"DATA\r\n", replies), *again) as server, transaction(server) as mail:
        with pytest.raises(aiosmtplib.SMTPResponseException) as refusal:
            await mail.run("", IVANA, MAIL)
        assert (f"{refusal.value.code} {refusal.value.message}", mail.stage) == (refused_by, stage)
        assert (await mail.run("", IVANA, MAIL)).message == "queued"
        assert server.heard == [ENVELOPE, ENVELOPE, MAIL + b".\r\n"]


@pytest.mark.parametrize(
    ("replies", "stage"),
    [
        (b"553 5.1.8 no null sender\r\n250 ok\r\n354 go on\r\n", "mail"),
        (b"250 ok\r\n550 5.1.1 no such user\r\n354 go on\r\n", "rcpt"),
    ],
)
async def test_a_go_ahead_after_a_refusal_gets_a_lone_dot_and_never_the_letter(
    replies: bytes, stage: str
) -> None:
    """RFC 2920 §3.1: some servers take DATA though nobody would get it."""
    lone_dot = (b".\r\n", b"554 5.5.1 no valid recipients\r\n")
    again = [(b"DATA\r\n", AGREED), (b"\r\n.\r\n", b"250 queued\r\n")]
    async with reciting((b"DATA\r\n", replies), lone_dot, *again) as server, transaction(server) as mail:
        with pytest.raises(aiosmtplib.SMTPResponseException, match="no "):
            await mail.run("", IVANA, MAIL)
        assert (mail.stage, server.heard) == (stage, [ENVELOPE, b".\r\n"])
        assert (await mail.run("", IVANA, MAIL)).message == "queued"


async def test_a_refusal_counts_though_the_server_hangs_up_after_it() -> None:
    async with reciting((b"DATA\r\n", b"554 5.7.1 blocked\r\n")) as server, transaction(server) as mail:
        with pytest.raises(aiosmtplib.SMTPResponseException, match="blocked"):
            await mail.run("", IVANA, MAIL)
        assert mail.stage == "mail"


async def test_a_server_that_hangs_up_in_the_middle_is_told_with_the_command_that_has_no_reply() -> None:
    async with reciting((b"DATA\r\n", b"250 ok\r\n")) as server, transaction(server) as mail:
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await mail.run("", IVANA, MAIL)
        assert mail.stage == "rcpt"
