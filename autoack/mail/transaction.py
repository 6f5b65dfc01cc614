"""Hands one mail over on an open SMTP connection: MAIL, RCPT, DATA (RFC 5321 §3.3).

Command by command, and not by aiosmtplib's sendmail(), which does not tell at which one the connection was lost.
Nor by its mail(), rcpt() and data(): they read each address twice more, search the whole letter twice, and set a
timer for each reply, which together is more work than the sending.
"""

import asyncio
import math
import re

from aiosmtplib import SMTP, SMTPResponse, SMTPResponseException, SMTPServerDisconnected

_LAST_DOT = 5  # timeouts that a server has to take a mail: RFC 5321 §4.5.3.2.6 asks for ten minutes
_SLACK = 1.1  # what a reply may take longer, so that quick ones need no timer of their own
_ADDRESS = re.compile(  # RFC 5321 §4.1.2; dots wherever the owner has them, and no < or > even in quotes
    r"""(?: [\w!#$%&'*+/=?^`{|}~.-]+ | " (?: [\ !\#-;=?-\[\]-~] | \\[\ -;=?-~] )* " )"""
    r"@ (?: [\w.-]+ | \[ [\w.:-]+ \] )",
    re.ASCII | re.VERBOSE,
)


class Transaction:
    """One mail's. `stage`: the command that was said last, or could not be: mail, rcpt or data.

    Each reply may take `timeout` seconds, or little more; for this `limit`, which ends the whole attempt, is drawn
    nearer.
    """

    def __init__(self, smtp: SMTP, limit: asyncio.Timeout, timeout: float) -> None:
        self.stage = "rcpt"
        self._smtp = smtp
        self._limit = limit
        self._ends_at = limit.when() or math.inf
        self._waits_until = 0.0
        self._timeout = timeout

    async def run(self, sender: str, to: str, raw: bytes) -> SMTPResponse:
        """The reply by which the server took the mail; `sender` "" is the null sender.

        Raises SMTPResponseException for a reply that refuses, ValueError for what is not one plain address.
        """
        recipient = _path(to)
        self.stage = "mail"
        await self._command(b"MAIL", b"FROM:" + (_path(sender) if sender else b"<>"), *self._options(raw))
        self.stage = "rcpt"
        await self._command(b"RCPT", b"TO:" + recipient)
        self.stage = "data"
        await self._command(b"DATA", good=3)
        return await self._text(raw)

    def _options(self, raw: bytes) -> list[bytes]:
        options = []
        if self._smtp.supports_extension("size"):
            options.append(b"SIZE=%d" % len(raw))  # RFC 1870
        if not raw.isascii() and self._smtp.supports_extension("8bitmime"):
            options.append(b"BODY=8BITMIME")  # RFC 6152
        return options

    async def _command(self, *words: bytes, good: int = 2) -> None:
        self._wait(self._timeout)
        _expect(good, await self._smtp.execute_command(*words, timeout=None))

    async def _text(self, raw: bytes) -> SMTPResponse:
        protocol = self._smtp.protocol
        if protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        self._wait(_LAST_DOT * self._timeout)
        protocol.write(_stuffed(raw))
        return _expect(2, await protocol.read_response())

    def _wait(self, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        if self._waits_until < now + seconds:
            self._waits_until = min(now + _SLACK * seconds, self._ends_at)
            self._limit.reschedule(self._waits_until)


def _expect(good: int, reply: SMTPResponse) -> SMTPResponse:
    if reply.code // 100 != good:  # RFC 5321 §4.2.1: the first digit is what counts
        raise SMTPResponseException(reply.code, reply.message)
    return reply


def _path(address: str) -> bytes:
    """The address as it stands in a command."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is not one plain address")
    return b"<%b>" % address.encode("ascii")


def _stuffed(raw: bytes) -> bytes:
    """The letter as it stands after DATA (RFC 5321 §4.5.2).

    Every line ends with CRLF, whatever it ended with: a server that takes a lone LF for an end of line would
    read commands in what a stranger wrote.
    """
    lines = b"\r\n" + b"\r\n".join(raw.splitlines())
    return lines.replace(b"\r\n.", b"\r\n..")[2:] + b"\r\n.\r\n"
