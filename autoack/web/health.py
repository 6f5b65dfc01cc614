"""/healthz: whether this process does its work, for container platforms and monitors; nothing secret is told.

200 as long as the loop turns and the database answers, 503 otherwise. A mail server that is away is no reason to
start us again: it shows in `mailboxes`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from autoack.errors import StoreError

_WITHIN = 5.0  # seconds for the database to answer


class Health:
    """Handler of `/healthz`. `mailboxes` tells which are watched, `database` raises StoreError if it is unwell."""

    def __init__(
        self, mailboxes: Callable[[], Mapping[str, bool]], database: Callable[[], Awaitable[object]]
    ) -> None:
        self._mailboxes = mailboxes
        self._database = database
        self._asked: asyncio.Future[object] | None = None

    async def show(self, request: Request) -> Response:
        mailboxes = {name: "watched" if well else "not watched" for name, well in self._mailboxes().items()}
        if not await self._database_answers():
            return JSONResponse({"status": "database does not answer", "mailboxes": mailboxes}, 503)
        return JSONResponse({"status": "ok", "mailboxes": mailboxes})

    async def _database_answers(self) -> bool:
        # One question at a time: what nobody waits for any more is still in the way of the daemon's own work.
        if self._asked is None or self._asked.done():
            self._asked = asyncio.ensure_future(self._database())
        asked = self._asked
        await asyncio.wait([asked], timeout=_WITHIN)
        if not asked.done():
            return False
        try:
            asked.result()
        except StoreError:
            return False
        return True
