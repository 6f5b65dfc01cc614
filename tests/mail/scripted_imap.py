"""An IMAP server that says what a test tells it to: for what no well-behaved server would do."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

_USUAL: dict[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n",
    "LOGIN": b"",
    "EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n",
    "UID SEARCH": b"* SEARCH 1\r\n",
    "LOGOUT": b"* BYE bye\r\n",
    "IDLE": b"+ idling\r\n",
}


class ScriptedImap:
    """Answers with `replies`, keyed by a regular expression for the beginning of a command, else as is usual.

    A reply is all that is sent; the tagged OK follows, unless the reply holds `%T`, which stands for the tag.
    None closes the connection.
    """

    def __init__(self, replies: dict[str, bytes | None]) -> None:
        self.port = 0
        self.commands: list[str] = []
        self._asked = asyncio.Event()
        self._replies = {**replies, **{k: v for k, v in _USUAL.items() if k not in replies}}

    async def was_asked(self, beginning: str) -> None:
        """Returns when a command that begins so has come."""
        async with asyncio.timeout(20):
            while not any(command.startswith(beginning) for command in self.commands):
                self._asked.clear()
                await self._asked.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speaks on one connection until either side ends it."""
        writer.write(b"* OK ready\r\n")
        idle_tag = b""
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                tag, _, command = line.rstrip(b"\r\n").partition(b" ")
                if tag == b"DONE":
                    writer.write(idle_tag + b" OK done\r\n")
                    continue
                self.commands.append(command.decode())
                self._asked.set()
                reply = self._reply(command.decode())
                if reply is None:
                    break
                if command == b"IDLE" and b"%T" not in reply:
                    idle_tag = tag
                    writer.write(reply)
                elif b"%T" in reply:
                    writer.write(reply.replace(b"%T", tag))
                else:
                    writer.write(reply + tag + b" OK done\r\n")
        writer.close()

    def _reply(self, command: str) -> bytes | None:
        for beginning, reply in self._replies.items():
            if re.match(beginning, command):
                return reply
        return b"%T BAD what?\r\n"


@contextlib.asynccontextmanager
async def scripted_imap(replies: dict[str, bytes | None]) -> AsyncIterator[ScriptedImap]:
    """A server on loopback with these replies (see ScriptedImap)."""
    script = ScriptedImap(replies)
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    script.port = server.sockets[0].getsockname()[1]
    try:
        yield script
    finally:
        server.close()
