"""How soon a mail is answered: from the moment at which a bare IDLE client hears of it to the receipt in SMTP.

Both watch the same folder; what Dovecot itself takes to give notice, half a second and more, counts for neither.
"""

import asyncio
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from tests import office
from tests.bench.servers import private_dovecot
from tests.servers.dovecot import Account
from tests.servers.smtp import SmtpSink


class Listener(threading.Thread):
    """A bare IDLE client: notes when it hears of each new mail."""

    def __init__(self, account: Account) -> None:
        super().__init__(daemon=True)
        self.heard: list[float] = []
        self._client = IMAPClient(account.host, account.port, ssl=False)
        self._client.login(account.name, account.password)
        self._client.select_folder("INBOX", readonly=True)
        self._client.idle()
        self._lines: Any = self._client.socket().makefile("rb")

    def run(self) -> None:
        for line in self._lines:
            if b"EXISTS" in line:
                self.heard.append(time.perf_counter())

    def stop(self) -> None:
        """Hang up."""
        self._client.socket().shutdown(socket.SHUT_RDWR)
        self.join()
        self._client.shutdown()


async def measure(count: int) -> list[float]:
    """Seconds from notice to receipt, for each of `count` mails, one after the other."""
    with private_dovecot() as server, tempfile.TemporaryDirectory() as name:
        account = server.user()
        account.connection().create_folder("Sent")
        async with SmtpSink(keep=False) as sink:
            changes = {
                "mailboxes.support.imap.port": account.port,
                "mailboxes.support.imap.username": account.name,
                "mailboxes.support.imap.password": account.password,
                "mailboxes.support.smtp.port": sink.port,
                "mailboxes.support.per_sender": {"receipts": 1_000_000, "within": "1m"},
                "log.format": "json",
            }
            configuration = office.settings(Path(name), changes).path
            command = [sys.executable, "-m", "autoack", "run", "--config", str(configuration)]
            daemon = await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE)
            try:
                assert daemon.stderr is not None
                while b'"ready"' not in await daemon.stderr.readline():
                    pass
                listener = Listener(account)
                listener.start()
                try:
                    return [await _one(number, account, listener, sink) for number in range(count)]
                finally:
                    listener.stop()
            finally:
                daemon.send_signal(signal.SIGTERM)
                await daemon.wait()


async def _one(number: int, writer: Account, listener: Listener, sink: SmtpSink) -> float:
    letter = office.mail(subject=f"Narudžba {number}", message_id=f"<{number}@kupac.example>")
    await asyncio.to_thread(writer.append, "INBOX", letter)
    async with asyncio.timeout(30):
        while sink.count <= number:  # noqa: ASYNC110 - the sink tells nobody, so as to cost nothing
            await asyncio.sleep(0.0005)
        received = time.perf_counter()
        while len(listener.heard) <= number:  # noqa: ASYNC110 - it hears in a thread of its own
            await asyncio.sleep(0.0005)
    return received - listener.heard[number]


def main(count: int = 100) -> None:
    """Print the median and the worst of `count` mails."""
    seconds = asyncio.run(measure(count))
    print(
        f"{count} mails, one at a time: answered {statistics.median(seconds) * 1000:.0f} ms after the server's own "
        f"notice (median; worst {max(seconds) * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
