"""A proxy between an IMAP client and its server on loopback, which does to them what networks and servers do.

    async with proxy_to(dovecot.port) as proxy:
        ... connect to proxy.port ...
        await proxy.saw("IDLE")
        proxy.silence()

It reads commands by the line: the client's must hold no literals. The server's answers pass literals unread.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
_LINE = 2**24  # octets: what SEARCH finds in a large folder is one line
_TAGGED = re.compile(rb"[A-Z]+\d+ ")

Replies = bytes | None


async def _passed_on(verb: str) -> Replies:
    return None


class Proxy:
    """All connections through one port.

    `on_command(verb)` is awaited before a command is passed on: it may wait, cut, or give the answer in the
    server's stead, in which `%T` stands for the tag. `edit` gets each line of the server's outside literals,
    and returns what the client sees. `cut_after` gives, for each new connection, after how many commands it is
    cut. `verbs` are the commands so far ("EXAMINE", "UID FETCH"), over all connections; `asked` the UIDs of the
    last UID FETCH.
    """

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self.verbs: list[str] = []
        self.asked: set[int] = set()
        self.cuts = 0
        self.on_command: Callable[[str], Awaitable[Replies]] = _passed_on
        self.edit: Callable[[bytes], bytes] = bytes
        self.cut_after: Iterator[int] | None = None
        self._server_port = server_port
        self._open: set[_Link] = set()
        self._told = asyncio.Event()

    async def saw(self, verb: str, times: int = 1) -> None:
        """Until so many of these commands have been passed on, or answered here."""
        async with asyncio.timeout(20):
            while self.verbs.count(verb) < times:
                self._told.clear()
                await self._told.wait()

    def cut(self) -> None:
        """Every connection is lost, on both sides, at once."""
        for link in list(self._open):
            link.cut()

    def half_close(self) -> None:
        """The server's side of every connection ends; the client's stays open, and nobody listens there."""
        for link in self._open:
            link.muted = True
            link.client.write_eof()

    def silence(self) -> None:
        """A NAT forgets every connection of now: what is sent over it goes nowhere, and nobody is told."""
        for link in self._open:
            link.muted = True

    def say(self, line: bytes) -> None:
        """The server says this of itself, on every connection."""
        for link in self._open:
            link.client.write(line + b"\r\n")

    def note(self, verb: str) -> None:
        """A command has gone its way."""
        self.verbs.append(verb)
        self._told.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        try:
            from_server, to_server = await asyncio.open_connection(
                "127.0.0.1", self._server_port, limit=_LINE
            )
        except OSError:  # the server is down
            writer.transport.abort()
            return
        link = _Link(self, writer, to_server, next(self.cut_after) if self.cut_after else None)
        self._open.add(link)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(link.commands(reader))
                both.create_task(link.answers(from_server))
        except* (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(link)
            link.cut()


class _Link:
    """One connection through the proxy."""

    def __init__(
        self, proxy: Proxy, client: asyncio.StreamWriter, server: asyncio.StreamWriter, left: int | None
    ) -> None:
        self.muted = False
        self.client = client
        self._server = server
        self._proxy = proxy
        self._left = left

    def cut(self) -> None:
        for writer in (self.client, self._server):
            writer.transport.abort()

    async def commands(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if self.muted:
                continue
            verb = _verb(line)
            if verb and self._left is not None:
                self._left -= 1
                if self._left < 0:
                    self._proxy.cuts += 1
                    self.cut()
                    return
            if verb == "UID FETCH":
                self._proxy.asked = {int(uid) for uid in line.split()[3].split(b",")}
            reply = await self._proxy.on_command(verb) if verb else None
            if reply is None:
                self._server.write(line)
            else:
                self.client.write(reply.replace(b"%T", line.split()[0]))
            if verb:
                self._proxy.note(verb)
        self.cut()

    async def answers(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            self._pass_on(self._proxy.edit(line))
            if literal := _LITERAL.search(line):
                self._pass_on(await reader.readexactly(int(literal[1])))
            await self.client.drain()
        if not self.muted:
            self.cut()

    def _pass_on(self, octets: bytes) -> None:
        if not self.muted:
            self.client.write(octets)


def _verb(line: bytes) -> str:
    """The command without its arguments; empty for a line that is no command (DONE, what continues a log-in)."""
    if not _TAGGED.match(line):
        return ""
    _, verb, *rest = line.decode("ascii", "replace").upper().split()
    return f"{verb} {rest[0]}" if verb == "UID" else verb


@contextlib.asynccontextmanager
async def proxy_to(server_port: int) -> AsyncIterator[Proxy]:
    """A proxy to that port on loopback; all its connections are cut at the end."""
    proxy = Proxy(server_port)
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        task.add_done_callback(serving.discard)
        await proxy.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=_LINE)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut()
        if serving:
            await asyncio.wait(serving, timeout=10)
