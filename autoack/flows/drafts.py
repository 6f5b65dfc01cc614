"""Lays drafts of answers into a mailbox's Drafts folder, and takes away those that were not needed after all.

An attempt is registered before the server is asked, with the time of the next one. After a crash between the two
the draft is looked for by its Message-ID, so that none is laid twice.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.core.drafts import Draft, DraftState
from autoack.errors import StoreError, TransportError
from autoack.store import drafts

log = logging.getLogger(__name__)

AT_ONCE = 20  # drafts over one connection
LOOK_EVERY = 5.0  # seconds between looks: commands and replicas answer and close threads, too
MOST_ATTEMPTS = 22  # some three days
_PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240))  # after the first, second … attempt
_BEGUN = "a draft that answers this mail or an earlier one lies there already"


class Laid(Protocol):
    """Where a draft lies."""

    @property
    def folder(self) -> str: ...
    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid(self) -> int | None: ...
    @property
    def size(self) -> int: ...


class Folder(Protocol):
    """The folder of drafts, open for writing."""

    async def lay(self, raw: bytes, message_id: str, *, perhaps_there: bool) -> Laid | None: ...
    async def find(self, message_id: str, raw: bytes) -> Laid | None: ...
    async def take_away(self, uidvalidity: int, uid: int, raw: bytes, size: int) -> str: ...


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Drafts:
    """The drafts of one mailbox; `step` does what is due. `opened` opens a folder, None being the configured one."""

    def __init__(
        self,
        mailbox: str,
        opened: Callable[[str | None], AbstractAsyncContextManager[Folder]],
        database: Database,
        clock: Clock,
    ) -> None:
        self._mailbox = mailbox
        self._opened = opened
        self._database = database
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something was recorded: there may be a draft to lay, or one that is needless now."""
        self._woken.set()

    async def run(self) -> None:
        """Do what is due, for ever; only cancellation ends it."""
        while True:
            self._woken.clear()
            try:
                while await self.step():
                    pass
            except Exception:
                log.exception("drafts failed; they are tried again", extra={"mailbox": self._mailbox})
            try:
                async with asyncio.timeout(self._clock.real_seconds(LOOK_EVERY)):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def step(self) -> bool:
        """Lay and take away what is due; whether there may be more at once."""
        now = self._clock.now()
        claimed: list[tuple[Draft, bool]] = await self._database.run(self._claim, now)
        by_folder: defaultdict[str | None, list[tuple[Draft, bool]]] = defaultdict(list)
        for draft, waits in claimed:
            by_folder[draft.folder].append((draft, waits))
        all_tried = [await self._in_folder(name, some) for name, some in by_folder.items()]
        return len(claimed) == AT_ONCE or not all(all_tried)

    async def _in_folder(self, name: str | None, some: Sequence[tuple[Draft, bool]]) -> bool:
        """One after the other; whether all were tried.

        Where one fails the rest go back, to be tried at once over a new connection: they must neither wait nor
        be given up with it.
        """
        left, is_open = list(some), False
        try:
            async with self._opened(name) as folder:
                is_open = True
                while left:
                    draft, waits = left[0]
                    now_is, detail = await self._handled(folder, draft, waits)
                    await self._database.run(drafts.change, draft, now_is, self._clock.now(), detail)
                    log.info("draft: %s", detail, extra={"mailbox": self._mailbox, "ref": draft.thread_ref})
                    left.pop(0)
        except StoreError:
            raise  # no draft is to blame
        except Exception as error:
            tried = [draft for draft, _ in (left[:1] if is_open else left)]
            rest = [draft for draft, _ in left[len(tried) :]]
            self._log_failure(len(tried), error)
            await self._database.run(self._failed, tried, rest, str(error), self._clock.now())
            return not rest
        return True

    def _log_failure(self, count: int, error: Exception) -> None:
        log.warning(
            "%d drafts could be neither laid nor taken away: %s",
            count,
            error,
            extra={"mailbox": self._mailbox},
            exc_info=None if isinstance(error, TransportError) else error,
        )

    async def _handled(self, folder: Folder, draft: Draft, waits: bool) -> tuple[Draft, str]:
        """The draft as it stands now, and the line for the timeline."""
        now = self._clock.now()
        if draft.state is DraftState.LAID:
            return await self._taken_away(folder, draft, now)
        assert draft.raw is not None
        if waits:
            laid = await folder.lay(draft.raw, draft.message_id, perhaps_there=draft.attempts > 1)
        else:
            laid = await folder.find(draft.message_id, draft.raw)
        if laid is None:
            return _over(draft, DraftState.NEEDLESS, now), _BEGUN if waits else "answered before it was laid"
        lies = replace(
            draft,
            state=DraftState.LAID,
            attempts=0,
            next_at=now,
            folder=laid.folder,
            uidvalidity=laid.uidvalidity,
            uid=laid.uid,
            size=laid.size,
            laid_at=now,
            error=None,
        )
        return lies, f"laid in {laid.folder}, ready to be checked and sent"

    async def _taken_away(self, folder: Folder, draft: Draft, now: datetime) -> tuple[Draft, str]:
        if draft.raw is None or draft.uid is None or draft.uidvalidity is None:
            why = "what was laid, and where, is no longer known"
        else:
            why = await folder.take_away(draft.uidvalidity, draft.uid, draft.raw, draft.size)
        if why:
            return replace(_over(draft, DraftState.LEFT, now), error=why), f"left in {draft.folder}: {why}"
        return _over(draft, DraftState.REMOVED, now), f"removed from {draft.folder}: nobody needs it any more"

    # --- inside transactions -------------------------------------------------------------------------------

    def _claim(self, conn: Connection, now: datetime) -> list[tuple[Draft, bool]]:
        """Register an attempt at what is due, and the time of the next; what was never tried and is needless ends."""
        claimed: list[tuple[Draft, bool]] = []
        for draft, waits in drafts.due(conn, self._mailbox, now, AT_ONCE):
            if draft.state is DraftState.READY and not waits and not draft.attempts:
                ended = _over(draft, DraftState.NEEDLESS, now)
                drafts.change(conn, draft, ended, now, "answered before it was laid")
                continue
            pause = _PAUSES[min(draft.attempts, len(_PAUSES) - 1)]
            tried = replace(draft, attempts=draft.attempts + 1, next_at=now + pause)
            if drafts.change(conn, draft, tried, now):
                claimed.append((tried, waits))
        return claimed

    def _failed(
        self, conn: Connection, tried: Sequence[Draft], rest: Sequence[Draft], error: str, now: datetime
    ) -> None:
        for draft in tried:
            if draft.attempts >= MOST_ATTEMPTS:
                over = DraftState.LEFT if draft.state is DraftState.LAID else DraftState.FAILED
                told = f"{over} after {draft.attempts} attempts: {error}"
                drafts.change(conn, draft, replace(_over(draft, over, now), error=error), now, told)
            else:
                drafts.change(conn, draft, replace(draft, error=error), now)
        for draft in rest:
            drafts.change(conn, draft, replace(draft, attempts=draft.attempts - 1, next_at=now), now)


def _over(draft: Draft, state: DraftState, now: datetime) -> Draft:
    return replace(draft, state=state, raw=None, ended_at=now, error=None)
