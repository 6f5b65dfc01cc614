"""One mail on an open connection: which addresses are said, what goes after DATA, how long a reply may take."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiosmtplib
import pytest

from autoack.mail.transaction import Transaction
from tests.servers.smtp import Mishap, SmtpServer

IVANA = "ivana@kupac.example"
MAIL = b"Subject: Re: Pitanje\r\n\r\nPrimili smo.\r\n"


@contextlib.asynccontextmanager
async def transaction(
    server: SmtpServer, *, within: float = 10, a_reply: float = 5
) -> AsyncIterator[Transaction]:
    """A mail's transaction, in an attempt of at most `within` seconds, `a_reply` for each."""
    smtp = aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False)
    await smtp.connect()
    await smtp.ehlo()
    try:
        async with asyncio.timeout(within) as limit:
            yield Transaction(smtp, limit, a_reply)
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
