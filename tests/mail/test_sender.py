"""One connection to a real SMTP server: what is handed over, what a mishap becomes, what stays secret."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from pydantic import SecretStr

from autoack.core.delivery import Answer, Result
from autoack.mail import tls
from autoack.mail.oauth import Credentials
from autoack.mail.sender import SmtpOptions, Submission
from tests.servers.smtp import MakeServer, Mishap, SmtpServer

ADDRESS, IVANA = "podrska@primjer.example", "ivana@kupac.example"
MAIL = b"From: podrska@primjer.example\r\nSubject: Re: Pitanje\r\n\r\nPrimili smo Vas upit.\r\n"
SECRET = "vrlo tajna lozinka"  # a private server's

Open = Callable[..., AbstractAsyncContextManager[Submission]]


@contextlib.asynccontextmanager
async def submission(server: SmtpServer, **changed: Any) -> AsyncIterator[Submission]:
    """A connection to `server`, closed at the end."""
    context = tls.context(server.certificate.ca_file) if server.certificate else None
    options = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "ssl_context": context,
        "timeout": 20,
    }
    connection = Submission(SmtpOptions(**{**options, **changed}))
    try:
        yield connection
    finally:
        await connection.close()


async def send(connection: Submission, *, sender: str = "", to: str = IVANA, raw: bytes = MAIL) -> Result:
    return await connection.send(sender=sender, to=to, raw=raw)


def password(secret: str = SECRET) -> Credentials:
    return Credentials(password=SecretStr(secret))


# --- handing over ---


async def test_a_mail_arrives_byte_for_byte_with_the_null_sender(smtp: SmtpServer) -> None:
    raw = (
        b"Subject: =?utf-8?q?Va=C5=A1?=\r\nReferences: <"
        + b"a" * 90
        + b"@x.example>\r\n\r\n.\r\n..\r\n.red\r\n"
    )
    async with submission(smtp) as connection:
        assert await send(connection, raw=raw) == Result(Answer.ACCEPTED, "250 2.0.0 queued")
    mail = smtp.received[0]
    assert (mail.sender, mail.recipients, mail.raw) == ("", (IVANA,), raw)


async def test_a_mail_arrives_with_the_sender_that_was_asked_for(smtp: SmtpServer) -> None:
    async with submission(smtp) as connection:
        await send(connection, sender=ADDRESS)
    assert smtp.received[0].sender == ADDRESS


async def test_eight_bit_text_is_announced(smtp: SmtpServer) -> None:
    raw = "Subject: x\r\n\r\nčćžšđ\r\n".encode()
    async with submission(smtp) as connection:
        assert (await send(connection, raw=raw)).answer is Answer.ACCEPTED
    assert any("BODY=8BITMIME" in command for command in smtp.commands if command.startswith("MAIL"))
    assert smtp.received[0].raw == raw


async def test_the_size_is_announced(smtp: SmtpServer) -> None:
    async with submission(smtp) as connection:
        await send(connection)
    assert f"MAIL FROM:<> SIZE={len(MAIL)}" in smtp.commands


async def test_one_connection_serves_many_mails_and_ends_politely(smtp: SmtpServer) -> None:
    async with submission(smtp) as connection:
        for _ in range(5):
            await send(connection)
    assert (len(smtp.received), smtp.connections, smtp.commands[-1]) == (5, 1, "QUIT")


async def test_nothing_is_dialled_before_there_is_a_mail(smtp: SmtpServer) -> None:
    async with submission(smtp):
        pass
    assert smtp.connections == 0


async def test_we_call_ourselves_by_our_address_or_as_we_are_told(smtp: SmtpServer) -> None:
    async with submission(smtp) as connection:
        await send(connection)
    async with submission(smtp, local_hostname="mail.primjer.example") as connection:
        await send(connection)
    greetings = [command for command in smtp.commands if command.startswith("EHLO")]
    assert greetings == ["EHLO [127.0.0.1]", "EHLO mail.primjer.example"]


# --- what each answer becomes ---


@pytest.mark.parametrize(
    ("command", "reply", "expected"),
    [
        ("MAIL", "550 5.7.1 no null sender", Result(Answer.PERMANENT, "550 5.7.1 no null sender", "mail")),
        ("MAIL", "451 4.3.0 busy", Result(Answer.TEMPORARY, "451 4.3.0 busy", "mail")),
        ("RCPT", "550 5.1.1 no such user", Result(Answer.PERMANENT, "550 5.1.1 no such user", "rcpt")),
        ("RCPT", "450 4.7.1 greylisted", Result(Answer.TEMPORARY, "450 4.7.1 greylisted", "rcpt")),
        ("DATA", "554 5.6.0 no", Result(Answer.PERMANENT, "554 5.6.0 no", "data")),
        ("DATA", "452 4.3.1 disk full", Result(Answer.TEMPORARY, "452 4.3.1 disk full", "data")),
        ("BODY", "554 5.7.1 looks like spam", Result(Answer.PERMANENT, "554 5.7.1 looks like spam", "data")),
        ("BODY", "451 4.3.0 busy", Result(Answer.TEMPORARY, "451 4.3.0 busy", "data")),
    ],
)
async def test_a_refusal_says_what_was_refused_and_the_connection_goes_on(
    smtp: SmtpServer, command: str, reply: str, expected: Result
) -> None:
    smtp.script(command, reply)
    async with submission(smtp) as connection:
        assert await send(connection) == expected
        assert (await send(connection, to="marko@kupac.example")).answer is Answer.ACCEPTED
    assert [mail.recipients for mail in smtp.received] == [("marko@kupac.example",)]
    assert smtp.connections == 1


async def test_a_reply_of_many_lines_becomes_one_that_a_terminal_can_show(smtp: SmtpServer) -> None:
    smtp.script("RCPT", "550-5.7.1 first\r\n550 5.7.1 \x1b[31msecond")
    async with submission(smtp) as connection:
        assert (await send(connection)).detail == "550 5.7.1 first 5.7.1 ?[31msecond"


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "BODY"])
async def test_after_a_421_the_next_mail_goes_on_a_new_connection(smtp: SmtpServer, command: str) -> None:
    smtp.script(command, "421 4.3.2 shutting down")
    async with submission(smtp) as connection:
        result = await send(connection)
        assert (result.answer, result.detail) == (Answer.TEMPORARY, "421 4.3.2 shutting down")
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert smtp.connections == 2


@pytest.mark.parametrize(
    ("command", "unknown"), [("MAIL", False), ("RCPT", False), ("DATA", True), ("BODY", True)]
)
@pytest.mark.parametrize("mishap", [Mishap.DROP, Mishap.SILENCE])
async def test_a_lost_or_silent_server_is_temporary_and_unknown_once_data_was_said(
    smtp: SmtpServer, command: str, mishap: Mishap, unknown: bool
) -> None:
    smtp.script(command, mishap)
    async with submission(smtp, **({"timeout": 1} if mishap is Mishap.SILENCE else {})) as connection:
        result = await send(connection)
    assert result.answer is Answer.TEMPORARY
    assert ("whether the server took the mail is unknown" in result.detail) is unknown
    assert smtp.received == []


async def test_after_silence_the_next_mail_is_not_told_the_late_answer(smtp: SmtpServer) -> None:
    smtp.script("MAIL", Mishap.SILENCE)
    async with submission(smtp, timeout=1) as connection:
        assert (await send(connection)).detail == "after MAIL: no answer in time"
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert smtp.connections == 2


async def test_a_mail_that_was_taken_while_the_reply_was_lost_is_unknown(smtp: SmtpServer) -> None:
    smtp.script("BODY", Mishap.TAKE_AND_DROP)
    async with submission(smtp) as connection:
        result = await send(connection)
    assert (len(smtp.received), result.answer, result.stage) == (1, Answer.TEMPORARY, "data")
    assert "unknown" in result.detail


@pytest.mark.parametrize(
    "to",
    [
        "čedo@kupac.example",
        "a\r\nRCPT TO:<b@c.example>@d.example",
        "Ana <ana@kupac.example>",
        "a\0b@c.example",
    ],
)
async def test_an_address_that_cannot_be_said_fails_and_harms_no_other(smtp: SmtpServer, to: str) -> None:
    async with submission(smtp) as connection:
        result = await send(connection, to=to)
        assert (result.answer, result.stage) == (Answer.PERMANENT, "rcpt")
        assert "RFC 5321" in result.detail
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert [mail.recipients for mail in smtp.received] == [(IVANA,)]
    assert smtp.connections == 1


async def test_a_cancelled_attempt_leaves_no_half_open_envelope(smtp: SmtpServer) -> None:
    smtp.script("RCPT", Mishap.SILENCE)
    async with submission(smtp) as connection:
        attempt = asyncio.create_task(send(connection))
        await smtp.wait_until(lambda: any(c.startswith("RCPT") for c in smtp.commands))
        attempt.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attempt
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert smtp.connections == 2


# --- connections grow old ---


async def test_an_idle_connection_is_closed_politely_and_opened_again(smtp: SmtpServer) -> None:
    async with submission(smtp, idle=0.05) as connection:
        await send(connection)
        await smtp.wait_until(lambda: smtp.commands[-1] == "QUIT" and smtp.open_connections == 0)
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert smtp.connections == 2


async def test_a_connection_in_use_is_not_closed_however_long_it_lasts(smtp: SmtpServer) -> None:
    loop = asyncio.get_running_loop()
    async with submission(smtp, idle=0.3) as connection:
        until = loop.time() + 0.8
        while loop.time() < until:
            assert (await send(connection)).answer is Answer.ACCEPTED
    assert smtp.connections == 1


@pytest.mark.parametrize("reply", [Mishap.DROP, "421 4.4.2 idle too long"])
async def test_a_mail_does_not_suffer_from_a_connection_that_the_server_had_given_up(
    smtp: SmtpServer, reply: str
) -> None:
    async with submission(smtp) as connection:
        await send(connection)
        smtp.script("MAIL", reply)
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert (len(smtp.received), smtp.connections) == (2, 2)


async def test_a_new_connection_that_fails_at_once_is_not_dialled_again_and_again(smtp: SmtpServer) -> None:
    smtp.script("MAIL", Mishap.DROP, times=9)
    async with submission(smtp) as connection:
        assert (await send(connection)).answer is Answer.TEMPORARY
    assert smtp.connections == 1


# --- the way to the server ---


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
async def test_a_login_by_password_works_on_each_kind_of_connection(
    smtp_server: MakeServer, security: str
) -> None:
    server = smtp_server(security=security, users={ADDRESS: SECRET})
    async with submission(server, security=security, username=ADDRESS, credentials=password()) as connection:
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert server.received[0].login == ADDRESS


async def test_starttls_is_never_left_out_where_the_server_does_not_offer_it(smtp: SmtpServer) -> None:
    context = ssl.create_default_context()
    async with submission(smtp, security="starttls", ssl_context=context) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "connect")
    assert "STARTTLS" in result.detail
    assert not any(command.startswith("MAIL") for command in smtp.commands)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    smtp_server: MakeServer, security: str
) -> None:
    server = smtp_server(security=security)
    async with submission(server, security=security, ssl_context=ssl.create_default_context()) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "connect")
    assert "certificate is not trusted" in result.detail
    assert "smtp.ca_file" in result.detail


async def test_a_server_that_is_not_there_is_named(smtp_server: MakeServer) -> None:
    async with submission(smtp_server(), port=1) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "connect")
    assert result.detail.startswith("SMTP 127.0.0.1:1: ")


@pytest.mark.parametrize("command", ["CONNECT", "EHLO"])
@pytest.mark.parametrize("reply", ["554 5.3.2 no service", "421 4.3.2 too busy", Mishap.DROP, Mishap.SILENCE])
async def test_a_server_that_lets_nobody_in_is_temporary_for_the_mail(
    smtp: SmtpServer, command: str, reply: str
) -> None:
    smtp.script(command, reply, times=2)
    async with submission(smtp, **({"timeout": 1} if reply is Mishap.SILENCE else {})) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "connect")


async def test_a_refused_login_is_temporary_and_says_what_to_mend(smtp_server: MakeServer) -> None:
    server = smtp_server(users={ADDRESS: SECRET})
    async with submission(server, username=ADDRESS, credentials=password("kriva")) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "auth")
    assert "the log-in was refused: 535" in result.detail
    assert "mend smtp.username or its secret" in result.detail


async def test_a_missing_login_is_temporary_for_the_mail(smtp_server: MakeServer) -> None:
    async with submission(smtp_server(users={ADDRESS: SECRET})) as connection:
        result = await send(connection)
    assert (result.answer, result.stage) == (Answer.TEMPORARY, "auth")
    assert "530" in result.detail


class Tokens:
    """A source of tokens that a test can look into."""

    def __init__(self, *tokens: str) -> None:
        self.left = list(tokens)

    async def __call__(self) -> str:
        return self.left[0]

    def forget(self) -> None:
        self.left.pop(0)


async def test_a_login_by_access_token_works(smtp_server: MakeServer) -> None:
    server = smtp_server(users={ADDRESS: "good"})
    credentials = Credentials(token=Tokens("good"))
    async with submission(server, username=ADDRESS, credentials=credentials) as connection:
        assert (await send(connection)).answer is Answer.ACCEPTED
    assert server.received[0].login == ADDRESS


async def test_a_token_that_has_grown_old_is_replaced_at_once(smtp_server: MakeServer) -> None:
    server = smtp_server(users={ADDRESS: "good"})
    credentials = Credentials(token=Tokens("old", "good"))
    async with submission(server, username=ADDRESS, credentials=credentials) as connection:
        assert (await send(connection)).answer is Answer.ACCEPTED


@pytest.mark.parametrize(
    "echo",
    [
        SECRET,
        "dnJsbyB0YWpuYSBsb3ppbmth",  # base64
        "AHBvZHJza2FAcHJpbWplci5leGFtcGxlAHZybG8gdGFqbmEgbG96aW5rYQ==",  # of NUL user NUL password
    ],
)
async def test_a_server_that_repeats_the_secret_does_not_make_us_repeat_it(
    smtp_server: MakeServer, echo: str
) -> None:
    server = smtp_server(users={ADDRESS: SECRET})
    server.script("AUTH", f"535 5.7.8 what is {echo}?", times=9)
    async with submission(server, username=ADDRESS, credentials=password()) as connection:
        result = await send(connection)
        assert "what is ***?" in result.detail
        assert SECRET not in repr(connection._options)
