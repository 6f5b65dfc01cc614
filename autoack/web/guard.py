"""What holds for every page: its headers, the time it may take, and what is said when something fails.

No page sets a cookie, loads anything from elsewhere, or tells another site where its reader came from: the address
of a rating page is a secret between us and the customer.
"""

import asyncio
import logging
from collections.abc import Mapping
from email.utils import format_datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autoack.clock import Clock

log = logging.getLogger(__name__)

ANSWER_WITHIN = 10.0  # seconds from a request's header to the end of its answer, its body included
_BUSY = b"Service Unavailable\n"


class Guard:
    """Wraps the site. A page that fails or takes too long ends here: nothing reaches the daemon."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], clock: Clock) -> None:
        self._app = app
        self._headers = headers
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._dress(message)
            await send(message)

        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await self._app(scope, receive, guarded)
        except TimeoutError:
            log.debug("a page took too long")
        except Exception:
            log.exception("a page failed")
        if not begun:
            await self._busy(guarded)

    def _dress(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers["Date"] = format_datetime(self._clock.now(), usegmt=True)
        for name, value in self._headers.items():
            headers[name] = value

    async def _busy(self, send: Send) -> None:
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(_BUSY)).encode()),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": _BUSY})
