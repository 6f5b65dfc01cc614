"""An SMTP sink in a process of its own: prints its port, then the time at which it had taken so many mails."""

import asyncio
import sys
import time

from tests.servers.smtp import SmtpSink


async def main(counts: list[int]) -> None:
    async with SmtpSink(keep=False) as sink:
        print(sink.port, flush=True)
        for count in counts:
            while sink.count < count:  # noqa: ASYNC110 - the sink tells nobody, so as to cost nothing
                await asyncio.sleep(0.002)
            print(time.time(), flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main([int(argument) for argument in sys.argv[1:]]))
