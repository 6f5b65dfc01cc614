"""A relay between a client and a server on loopback: it tells what passed, and can wait for it to pass."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Relay:
    """`port` is where clients connect; `from_server` is all that the server sent, over all connections."""

    def __init__(self) -> None:
        self.port = 0
        self.from_server = bytearray()
        self._grown = asyncio.Event()

    async def saw(self, octets: bytes, times: int = 1) -> None:
        """Returns when the server has sent `octets` so many times."""
        async with asyncio.timeout(20):
            while self.from_server.count(octets) < times:
                self._grown.clear()
                await self._grown.wait()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, keep: bool) -> None:
        with contextlib.suppress(OSError):
            while octets := await reader.read(65_536):
                writer.write(octets)
                await writer.drain()
                if keep:
                    self.from_server += octets
                    self._grown.set()
        writer.close()


@contextlib.asynccontextmanager
async def relay_to(port: int, host: str = "127.0.0.1") -> AsyncIterator[Relay]:
    """A relay to `port` on loopback, reached at `host`, which is on loopback too."""
    relay = Relay()
    open_now: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_now.add(task)
        task.add_done_callback(open_now.discard)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            relay._pass(reader, back, keep=False),
            relay._pass(there, writer, keep=True),
        )

    server = await asyncio.start_server(serve, host, 0)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        if open_now:
            await asyncio.wait(open_now, timeout=10)
