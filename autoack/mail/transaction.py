"""Hands one mail over on an open SMTP connection: MAIL, RCPT, DATA (RFC 5321 §3.3).

Where the server offers it, the three go out together (PIPELINING, RFC 2920): two round trips a mail, not four. The
letter follows only when all three have been agreed to.
"""

import asyncio
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from aiosmtplib import SMTPResponse, SMTPResponseException, SMTPServerDisconnected

from autoack.mail.dialogue import Dialogue

_LAST_DOT = 5  # timeouts that a server has to take a mail: RFC 5321 §4.5.3.2.6 asks for ten minutes
_SLACK = 1.1  # what a reply may take longer, so that quick ones need no timer of their own
_GO_ON = 3  # first digit of the reply to DATA that lets the letter come
_ADDRESS = re.compile(  # RFC 5321 §4.1.2; dots wherever the owner has them, and no < or > even in quotes
    r"""(?: [\w!#$%&'*+/=?^`{|}~.-]+ | " (?: [\ !\#-;=?-\[\]-~] | \\[\ -;=?-~] )* " )"""
    r"@ (?: [\w.-]+ | \[ [\w.:-]+ \] )",
    re.ASCII | re.VERBOSE,
)


class _Command(NamedTuple):
    """A command with its stage, and the first digit of the reply that agrees (RFC 5321 §4.2.1)."""

    stage: str
    line: bytes
    good: int


class Transaction:
    """One mail's. `stage`: the command whose reply was awaited last, or that could not be said: mail, rcpt or data.

    Each reply may take `timeout` seconds, or little more; for this `limit`, which ends the whole attempt, is drawn
    nearer.
    """

    def __init__(self, dialogue: Dialogue, limit: asyncio.Timeout, timeout: float) -> None:
        self.stage = "rcpt"
        self._dialogue = dialogue
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
        originator = _path(sender) if sender else b"<>"
        commands = [
            _Command("mail", b" ".join([b"MAIL FROM:" + originator, *self._options(raw)]) + b"\r\n", good=2),
            _Command("rcpt", b"RCPT TO:" + recipient + b"\r\n", good=2),
            _Command("data", b"DATA\r\n", good=_GO_ON),
        ]
        together = self._dialogue.offers("pipelining")
        for group in [commands] if together else [[command] for command in commands]:
            self.stage = group[0].stage
            self._dialogue.say(*(command.line for command in group))
            refusal = await self._refusal(group)
            if refusal is not None:
                raise refusal
        reply = await self._letter(_stuffed(raw))
        if reply.code // 100 != 2:
            raise SMTPResponseException(reply.code, reply.message)
        return reply

    def _options(self, raw: bytes) -> list[bytes]:
        options = []
        if self._dialogue.offers("size"):
            options.append(b"SIZE=%d" % len(raw))  # RFC 1870
        if not raw.isascii() and self._dialogue.offers("8bitmime"):
            options.append(b"BODY=8BITMIME")  # RFC 6152
        return options

    async def _refusal(self, commands: Sequence[_Command]) -> SMTPResponseException | None:
        """The first reply that does not agree; `stage` is then its command's. Those after it are read, too."""
        refusal = None
        for command in commands:
            if refusal is None:
                self.stage = command.stage
            try:
                reply = await self._reply(self._timeout)
                if refusal is not None and reply.code // 100 == _GO_ON:
                    await self._letter(
                        b".\r\n"
                    )  # RFC 2920 §3.1: nobody gets it, and commands are commands again
            except SMTPServerDisconnected:
                if refusal is None:
                    raise
                break
            if refusal is None and reply.code // 100 != command.good:
                refusal = SMTPResponseException(reply.code, reply.message)
        return refusal

    async def _letter(self, text: bytes) -> SMTPResponse:
        self._dialogue.say(text)
        return await self._reply(_LAST_DOT * self._timeout)

    async def _reply(self, seconds: float) -> SMTPResponse:
        now = asyncio.get_running_loop().time()
        if self._waits_until < now + seconds:
            self._waits_until = min(now + _SLACK * seconds, self._ends_at)
            self._limit.reschedule(self._waits_until)
        return await self._dialogue.reply()


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
