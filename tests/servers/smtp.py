"""Private SMTP servers for the tests: the fixtures `smtp` and `smtp_server`, and `SmtpSink` for measuring.

    async def test_it(smtp: SmtpServer) -> None:
        smtp.script("DATA", "451 4.3.0 come back later")  # once; the next DATA is taken
        ...
        await smtp.wait_for(1)
        assert smtp.received[0].sender == ""

`SmtpServer` is aiosmtpd in a thread of its own: it can be told to refuse, to fall silent, to hang up.
`SmtpSink` only swallows, as fast as Python can; `python -m tests.servers.smtp` runs one as a process.
"""

import asyncio
import base64
import contextlib
import ssl
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, Self

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.servers.certificates import Certificate, make_certificate


class Mishap(StrEnum):
    """What a server may do instead of answering."""

    DROP = "drop"  # hangs up
    SILENCE = "silence"  # never answers
    TAKE_AND_DROP = "take and drop"  # BODY only: the mail is taken, the reply is lost


@dataclass(frozen=True)
class ReceivedMail:
    """A mail that a server took: `sender` "" is `<>`, `at` is time.monotonic(), `login` who signed in."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    at: float
    login: str | None = None


@dataclass
class _Line:
    """One line of the script: how the next `times` commands with `when` in their argument are answered."""

    command: str
    reply: str
    when: str
    times: float


@dataclass
class SmtpServer:
    """An SMTP server on loopback. `commands` is what clients said, `received` what was taken, in order."""

    port: int = 0
    host: str = "127.0.0.1"
    certificate: Certificate | None = None
    users: Mapping[str, str] = field(default_factory=dict)
    pipelining: bool = False  # whether it is announced; commands that come together are taken in any case
    received: list[ReceivedMail] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._script: list[_Line] = []
        self._open: set[_ScriptedSmtp] = set()

    def script(self, command: str, reply: str, *, when: str = "", times: float = 1) -> None:
        """Answer `command` so, `times` times, where its argument holds `when`.

        `command`: CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (what is said after the message; its
        argument is the sender), RSET, QUIT. `reply` is a whole reply line or a Mishap; a 421 also closes the
        connection (RFC 5321 §3.8).
        """
        with self._changed:
            self._script.append(_Line(command, reply, when, times))

    def take_line(self, command: str, argument: str) -> str | None:
        """What the script says to this command, if anything; counts it."""
        with self._changed:
            self.commands.append(f"{command} {argument}".strip())
            self._changed.notify_all()
            for line in self._script:
                if line.command == command and line.when in argument and line.times > 0:
                    line.times -= 1
                    return line.reply
        return None

    def take_mail(self, mail: ReceivedMail) -> None:
        """Put a mail with those received."""
        with self._changed:
            self.received.append(mail)
            self._changed.notify_all()

    @property
    def open_connections(self) -> int:
        """How many clients are connected now."""
        return len(self._open)

    def connected(self, protocol: "_ScriptedSmtp") -> None:
        """A client came, or has begun TLS."""
        with self._changed:
            self.connections += protocol not in self._open
            self._open.add(protocol)
            self._changed.notify_all()

    def disconnected(self, protocol: "_ScriptedSmtp") -> None:
        """A client left."""
        with self._changed:
            self._open.discard(protocol)
            self._changed.notify_all()

    async def hang_up(self) -> None:
        """Close all connections; to be called in the server's own thread."""
        while self._open:
            for protocol in tuple(self._open):
                protocol.hang_up()
            await asyncio.sleep(0)

    def wait(self, done: Callable[[], bool], timeout: float = 40) -> None:
        """Block until `done()` holds; it is asked whenever something happens here."""
        with self._changed:
            if not self._changed.wait_for(done, timeout):
                raise TimeoutError(
                    f"after {timeout} s: {len(self.received)} mails, commands {self.commands[-9:]}"
                )

    async def wait_until(self, done: Callable[[], bool], timeout: float = 40) -> None:  # noqa: ASYNC109  # the thread must end, not only its awaiter
        """The same, while the event loop goes on."""
        await asyncio.to_thread(self.wait, done, timeout)

    async def wait_for(self, count: int, timeout: float = 40) -> list[ReceivedMail]:  # noqa: ASYNC109  # as above
        """Wait until `count` mails were received; those mails."""
        await self.wait_until(lambda: len(self.received) >= count, timeout)
        return self.received


class _Handler:
    """aiosmtpd's hooks: keeps the mails, and knows XOAUTH2."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, smtp: "_ScriptedSmtp", session: Session, envelope: Envelope, host_name: str, replies: list[str]
    ) -> list[str]:
        session.host_name = host_name
        return [*replies[:-1], *(["250-PIPELINING"] if self._server.pipelining else []), replies[-1]]

    async def handle_DATA(self, smtp: "_ScriptedSmtp", session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        reply = self._server.take_line("BODY", envelope.mail_from or "<>")
        if reply is None or reply == Mishap.TAKE_AND_DROP:
            self._server.take_mail(
                ReceivedMail(
                    (envelope.mail_from or "").removeprefix("<>"),
                    tuple(envelope.rcpt_tos),
                    bytes(envelope.original_content or b""),
                    time.monotonic(),
                    session.auth_data,
                )
            )
        return await smtp.spoken(reply or "250 2.0.0 queued")

    async def auth_XOAUTH2(self, smtp: "_ScriptedSmtp", args: list[str]) -> AuthResult:  # noqa: N802  # aiosmtpd's name
        said = base64.b64decode(args[1]).decode()
        user = next(
            (u for u, t in self._server.users.items() if said == f"user={u}\1auth=Bearer {t}\1\1"), None
        )
        if user is None:
            await smtp.challenge_auth('{"status":"400"}')
        return AuthResult(success=user is not None, handled=False, auth_data=user)


class _ScriptedSmtp(SMTP):
    """aiosmtpd's protocol, which asks the script before it answers."""

    def __init__(self, server: SmtpServer, **options: Any) -> None:
        self._server = server
        super().__init__(_Handler(server), **options)
        self._auth_required = bool(server.users)  # set here, where it does not warn about plain connections
        for name in ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"):
            self._smtp_methods[name] = partial(self._obey, name, self._smtp_methods[name])

    async def _obey(
        self, name: str, method: Callable[[str | None], Awaitable[None]], argument: str | None
    ) -> None:
        # What follows the mechanism in AUTH is a secret.
        shown = (argument or "").split(" ")[0] if name == "AUTH" else argument or ""
        reply = self._server.take_line(name, shown)
        if reply is None:
            await method(argument)
        else:
            await self.push(await self.spoken(reply))

    async def spoken(self, reply: str) -> str:
        """The reply line, unless it is a Mishap or closes the connection: then this never returns."""
        if not isinstance(reply, Mishap) and not reply.startswith("421"):
            return reply
        if reply != Mishap.SILENCE and self.transport is not None:
            if not isinstance(reply, Mishap):
                await self.push(reply)
            self.transport.close()
        return str(await asyncio.get_running_loop().create_future())  # cancelled with the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._server.connected(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._server.disconnected(self)

    async def _handle_client(self) -> None:
        reply = self._server.take_line("CONNECT", "")
        if reply is not None:
            await self.push(await self.spoken(reply))
        await super()._handle_client()

    def eof_received(self) -> bool | None:
        super().eof_received()
        return False  # close, also where nobody reads because the script is silent

    def hang_up(self) -> None:
        """Close the connection, whatever it was about to say."""
        if isinstance(self.transport, asyncio.WriteTransport):
            with contextlib.suppress(AttributeError):  # Python 3.11.2: a TLS transport that has gone cannot
                self.transport.abort()


class _Thread:
    """The thread in which one SmtpServer lives."""

    def __init__(self, server: SmtpServer, tls: ssl.SSLContext | None, **options: Any) -> None:
        self._server, self._tls, self._options = server, tls, options
        self._started: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="smtp server")

    def start(self) -> int:
        """Listen; the port."""
        self._thread.start()
        return self._started.result(10)

    def stop(self) -> None:
        """Hang up on everybody and end."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        listener = await self._loop.create_server(
            lambda: _ScriptedSmtp(self._server, loop=self._loop, **self._options),
            "127.0.0.1",
            0,
            ssl=self._tls,
        )
        self._started.set_result(listener.sockets[0].getsockname()[1])
        await self._stop.wait()
        listener.close()
        await self._server.hang_up()


MakeServer = Callable[..., SmtpServer]


@pytest.fixture(scope="session")
def smtp_certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """What the TLS and STARTTLS servers show, and the authority to trust."""
    return make_certificate(tmp_path_factory.mktemp("smtp-certificate"))


@pytest.fixture
def smtp_server(request: pytest.FixtureRequest) -> Iterator[MakeServer]:
    """Makes servers: `smtp_server(security="none" | "starttls" | "tls", users={name: password or token})`.

    Where `users` are given, nobody else may send.
    """
    with ExitStack() as stack:

        def make(security: str = "none", users: Mapping[str, str] | None = None) -> SmtpServer:
            server = SmtpServer(users=dict(users or {}))
            tls = None
            if security != "none":
                server.certificate = request.getfixturevalue("smtp_certificate")
                tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                tls.load_cert_chain(server.certificate.cert_file, server.certificate.key_file)
            thread = _Thread(server, tls if security == "tls" else None, **_options(server, security, tls))
            server.port = thread.start()
            stack.callback(thread.stop)
            return server

        yield make


@pytest.fixture
def smtp(smtp_server: MakeServer) -> SmtpServer:
    """A server without TLS and login."""
    return smtp_server()


def _options(server: SmtpServer, security: str, tls: ssl.SSLContext | None) -> dict[str, Any]:
    def authenticate(
        _smtp: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any
    ) -> AuthResult:
        user = login.login.decode()
        right = server.users.get(user) == login.password.decode()
        return AuthResult(success=right, handled=False, auth_data=user)

    options: dict[str, Any] = {
        "hostname": "mx.example",
        "enable_SMTPUTF8": True,
        "tls_context": tls if security == "starttls" else None,
        "require_starttls": security == "starttls",
        "authenticator": authenticate,
        # aiosmtpd does not see that a connection by implicit TLS is encrypted.
        "auth_require_tls": security == "starttls",
    }
    return options


class SmtpSink:
    """Takes every mail, fast, in the running event loop; keeps count, and the envelope and bytes of each.

    async with SmtpSink() as sink:
        ... sink.port, sink.count, sink.received
    """

    def __init__(self, *, keep: bool = True) -> None:
        self.keep = keep
        self.count = 0
        self.port = 0
        self.received: list[tuple[str, str, bytes]] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: _SinkProtocol(self), "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listener.close()


class _SinkProtocol(asyncio.Protocol):
    def __init__(self, sink: SmtpSink) -> None:
        self._sink = sink
        self._buffer = bytearray()
        self._in_data = False
        self._sender = self._recipient = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        replies = bytearray()  # to commands that came together: they go out together (RFC 2920 §3.2)
        while (piece := self._piece()) is not None:
            if self._in_data:
                self._take(piece)
            else:
                replies += self._answer(piece)
        self._transport.write(replies)
        if replies.endswith(b"bye\r\n"):
            self._transport.close()

    def _piece(self) -> bytes | None:
        """The next command, or the letter."""
        end = b"\r\n.\r\n" if self._in_data else b"\r\n"
        at = self._buffer.find(end)
        if at < 0:
            return None
        piece = bytes(self._buffer[:at])
        del self._buffer[: at + len(end)]
        return piece

    def _take(self, piece: bytes) -> None:
        self._in_data = False
        self._sink.count += 1
        if self._sink.keep:
            raw = piece.replace(b"\r\n..", b"\r\n.") + b"\r\n"
            self._sink.received.append((self._sender, self._recipient, raw))
        self._transport.write(b"250 2.0.0 queued\r\n")

    def _answer(self, line: bytes) -> bytes:
        match line[:4].upper():
            case b"EHLO":
                return b"250-sink.example\r\n250 PIPELINING\r\n"
            case b"MAIL":
                self._sender = line.partition(b"<")[2].partition(b">")[0].decode()
            case b"RCPT":
                self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
            case b"DATA":
                self._in_data = True
                return b"354 go on\r\n"
            case b"QUIT":
                return b"221 2.0.0 bye\r\n"
        return b"250 2.0.0 ok\r\n"


async def _serve_until_stdin_closes() -> None:
    async with SmtpSink(keep=False) as sink:
        print(sink.port, flush=True)  # noqa: T201  # the parent reads it
        await asyncio.to_thread(sys.stdin.read)
        print(sink.count, flush=True)  # noqa: T201  # the parent reads it


if __name__ == "__main__":
    asyncio.run(_serve_until_stdin_closes())
