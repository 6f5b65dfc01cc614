"""The demo's SMTP server: takes every mail on a free port of loopback, keeps it, and sends it nowhere."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Delivery:
    """A mail that was handed over. `real` is the reading of time.monotonic() at that moment, in seconds."""

    at: datetime
    real: float
    envelope_sender: str  # "" is the null sender
    to: str
    raw: bytes
    message: EmailMessage

    @property
    def ref(self) -> str:
        """The thread that it is about; empty for digests and alerts."""
        first = self._mark[0].strip()
        return "" if first.startswith("kind=") else first

    @property
    def kind(self) -> str:
        """receipt, remind, escalate, digest …"""
        return self._mark[-1].strip().removeprefix("kind=")

    @property
    def subject(self) -> str:
        """As its reader sees it."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The part in plain text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The part in HTML."""
        return self._part("html")

    @property
    def _mark(self) -> list[str]:
        return str(self.message["X-Autoack"]).split(";")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body(preferencelist=(subtype,))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""


class SmtpServer:
    """The running server and what it was given; aiosmtpd calls `handle_DATA`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.port = 0
        self.deliveries: list[Delivery] = []
        self._now = now

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail: one delivery for each of its recipients."""
        raw = bytes(envelope.original_content or b"")
        message = message_from_bytes(raw, policy=policy.default)
        for to in envelope.rcpt_tos:
            sender = (envelope.mail_from or "").removeprefix("<>")
            self.deliveries.append(Delivery(self._now(), time.monotonic(), sender, to, raw, message))
        return "250 kept"


@asynccontextmanager
async def smtp_server(now: Callable[[], datetime]) -> AsyncIterator[SmtpServer]:
    """Run the server as long as the context lasts; `now` dates the deliveries."""
    kept = SmtpServer(now)
    server = await asyncio.get_running_loop().create_server(
        # A name of its own: aiosmtpd would ask the name servers for one.
        lambda: SMTP(kept, hostname="localhost", enable_SMTPUTF8=True),
        "127.0.0.1",
        0,
    )
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
