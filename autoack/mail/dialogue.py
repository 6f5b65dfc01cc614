"""Says commands on an SMTP connection, and reads the replies in their order (RFC 5321 §4.2, RFC 2920).

aiosmtplib opens the connection and signs in; then this takes over its transport. aiosmtplib waits for each reply
before the next command may go, and loses replies that come together: both rule out pipelining.
"""

import asyncio
import re
from collections import deque
from typing import cast

from aiosmtplib import SMTP, SMTPResponse, SMTPResponseException, SMTPServerDisconnected

_LINE = re.compile(
    rb"(\d{3})(-?)(.*)", re.DOTALL
)  # RFC 5321 §4.2: Reply-line; some servers leave out the text
_LONGEST = 65_536  # octets of a reply; a server that says more is not well
_MALFORMED = -1  # the code that aiosmtplib gives what is no reply
_CLOSING = 421  # RFC 5321 §3.8


class Dialogue(asyncio.Protocol):
    """The rest of a connection that `smtp` has opened."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self._transport = cast("asyncio.Transport", smtp.transport)
        self._replies: deque[SMTPResponse] = deque()
        self._due = 0  # replies that are still to come
        self._text = bytearray()  # what has come of the next ones
        self._news: asyncio.Future[None] | None = None
        self._end: Exception | None = None
        self._transport.set_protocol(self)

    @property
    def is_open(self) -> bool:
        """Whether both sides still talk."""
        return self._end is None and not self._transport.is_closing()

    def offers(self, extension: str) -> bool:
        """Whether the server announced this extension, named in lower case."""
        return self._smtp.supports_extension(extension)

    def say(self, *texts: bytes) -> None:
        """Send these texts at once, each a command with its CRLF, or a letter with its last dot.

        Raises SMTPServerDisconnected. `reply` then gives as many replies as there are texts.
        """
        if not self.is_open:
            raise self._end or SMTPServerDisconnected("Connection lost")
        self._due += len(texts)
        self._transport.write(b"".join(texts))

    async def reply(self) -> SMTPResponse:
        """The next reply. Raises SMTPServerDisconnected where none comes any more.

        Raises SMTPResponseException with a code below 0 for what is no reply: the connection is of no use then.
        """
        while not self._replies:
            if not self.is_open:
                raise self._end or SMTPServerDisconnected("Connection lost")
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        reply = self._replies.popleft()
        if reply.code == _CLOSING:
            self._transport.close()
        return reply

    # --- what asyncio calls --------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Takes apart what came; what nobody waits for, as a farewell in an idle hour, is dropped."""
        if self._end is not None:
            return
        self._text += data
        try:
            self._take_replies()
        except SMTPResponseException as error:
            self._end_with(error)
            self._transport.abort()  # nobody else would: the next mail gets a new connection
        self._tell()

    def eof_received(self) -> None:
        """The server said its last; the transport closes."""
        self._end_with(SMTPServerDisconnected("Unexpected EOF received"))

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone."""
        lost = SMTPServerDisconnected("Connection lost")
        lost.__cause__ = error
        self._end_with(lost)

    def _take_replies(self) -> None:
        lines: list[bytes] = []
        taken = start = 0
        while (end := self._text.find(b"\n", start)) >= 0:
            line = _LINE.fullmatch(self._text[start:end].strip())
            start = end + 1
            if line is None:
                raise SMTPResponseException(_MALFORMED, "the server said what is no SMTP reply")
            lines.append(line[3].strip())
            if not line[2]:
                self._take(int(line[1]), lines)
                lines, taken = [], start
        del self._text[:taken]
        if len(self._text) > _LONGEST:
            raise SMTPResponseException(_MALFORMED, "the server's reply has no end")

    def _take(self, code: int, lines: list[bytes]) -> None:
        if self._due:
            self._due -= 1
            self._replies.append(SMTPResponse(code, b"\n".join(lines).decode("utf-8", "surrogateescape")))

    def _end_with(self, error: Exception) -> None:
        self._end = self._end or error
        self._tell()

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
