"""Records results and claims mails for all workers at once: one transaction for what has gathered."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.core.delivery import OutboxState, Outgoing
from autoack.errors import StoreError
from autoack.flows.outbox.lane import Lane
from autoack.flows.outbox.refused import mark_refused
from autoack.store import outbox

log = logging.getLogger(__name__)

LOOK_AHEAD = 50  # mails read at once, to be claimed in handfuls
GATHER = 0.001  # seconds of real time that a result waits for those of mails under way
MEND_PAUSE = 1.0  # seconds until the ledger tries again after the database failed


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass
class _Wish:
    """What a worker brings to the ledger and asks of it."""

    lane: Lane
    done: Sequence[Outgoing]
    wants: int
    granted: "asyncio.Future[Grant]"


class Grant(NamedTuple):
    """Mails with their attempt registered; where there are none, `next_at` tells when there will be."""

    rows: Sequence[Outgoing] = ()
    next_at: datetime | None = None


class _Settled(NamedTuple):
    """What each wish gets, and what each lane saw that comes next."""

    granted: list[Grant]
    ahead: dict[str, Sequence[Outgoing]]


class Ledger:
    """Serves the workers of all lanes, one transaction after the other."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.under_way = 0  # mails that are being handed over now: their results come soon
        self._database = database
        self._clock = clock
        self._wishes: list[_Wish] = []
        self._due = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def exchange(self, lane: Lane, done: Sequence[Outgoing], *, wants: int) -> Grant:
        """Have results recorded, and up to `wants` mails claimed."""
        loop = asyncio.get_running_loop()
        wish = _Wish(lane, done, wants, loop.create_future())
        self._wishes.append(wish)
        if not self.under_way:
            self._due.set()
        elif self._timer is None:
            self._timer = loop.call_later(GATHER, self._due.set)
        return await wish.granted

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Settle what has gathered, again and again; at the end what is left."""
        self._closed = False
        keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            self._closed = True
            self._due.set()
            await keeping

    async def _keep(self) -> None:
        while self._wishes or not self._closed:
            await self._due.wait()
            self._due.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            wishes, self._wishes = self._wishes, []
            await self._settle_all(wishes)

    async def _settle_all(self, wishes: Sequence[_Wish]) -> None:
        while wishes:
            try:
                settled: _Settled = await self._database.run(_settle, wishes, self._clock.now())
            except StoreError as error:
                # The results must not be lost: they are recorded when the database is back.
                log.error("the outbox cannot be written, next try in %g s: %s", MEND_PAUSE, error)  # noqa: TRY400 - ops need its words, not our stack
                await asyncio.sleep(MEND_PAUSE)
            except Exception:
                await self._settle_singly(wishes)
                return
            else:
                _grant_all(wishes, settled)
                return

    async def _settle_singly(self, wishes: Sequence[_Wish]) -> None:
        """One of them cannot be settled, by a fault of ours: the others must not suffer."""
        if len(wishes) > 1:
            for wish in wishes:
                await self._settle_all([wish])
        else:
            keys = ", ".join(row.key for row in wishes[0].done)
            log.exception("could not be recorded, and may go again: %s", keys)
            _grant_all(wishes, _Settled([Grant()], {}))


def _grant_all(wishes: Sequence[_Wish], settled: _Settled) -> None:
    for wish, grant in zip(wishes, settled.granted, strict=True):
        wish.lane.ahead = settled.ahead.get(wish.lane.mailbox.id, wish.lane.ahead)
        if not wish.granted.done():
            wish.granted.set_result(grant)


def _settle(conn: Connection, wishes: Sequence[_Wish], now: datetime) -> _Settled:
    """Record what is done; then claim, for each mailbox at once, what is asked for.

    The database may run this more than once for one call: it changes nothing but the database.
    """
    done = [row for wish in wishes for row in wish.done]
    outbox.finish(conn, done, now)
    mark_refused(conn, done, now)
    granted = [Grant() for _ in wishes]
    ahead = {}
    for lane in {wish.lane.mailbox.id: wish.lane for wish in wishes if wish.wants}.values():
        # A worker that was cut off asks for nothing: what it got would lie there.
        asking = [i for i, w in enumerate(wishes) if w.lane is lane and w.wants and not w.granted.cancelled()]
        wanted = sum(wishes[i].wants for i in asking)
        rows, ahead[lane.mailbox.id] = _claim(conn, lane, wanted, now)
        next_at = outbox.next_at(conn, lane.mailbox.id) if len(rows) < wanted else None
        for i in asking:
            granted[i], rows = Grant(rows[: wishes[i].wants], next_at), rows[wishes[i].wants :]
    return _Settled(granted, ahead)


def _claim(
    conn: Connection, lane: Lane, count: int, now: datetime
) -> tuple[list[Outgoing], Sequence[Outgoing]]:
    """Up to `count` mails with their attempt registered, and those that were looked at and come next."""
    claimed: list[Outgoing] = []
    rows, looked = list(lane.ahead), False
    while len(claimed) < count:
        if not rows:
            if looked:
                break
            rows, looked = outbox.ready(conn, lane.mailbox.id, LOOK_AHEAD, now), True
            continue
        wanted, rows = rows[: count - len(claimed)], rows[count - len(claimed) :]
        ours = outbox.claim(conn, [row.key for row in wanted], now)
        claimed += [
            replace(row, state=OutboxState.SENDING, attempts=row.attempts + 1, attempted_at=now)
            for row in wanted
            if row.key in ours
        ]
    return claimed, rows
