"""Sends what is in the outbox: attempt registered first, result recorded before the next, over reused connections.

Each mailbox has a few workers with a connection each. One ledger serves them all: it takes the results that they
bring and the rows that they ask for, and settles what has gathered in one transaction. So a commit is shared, and
yet after a crash only what was in flight on a connection can go twice, and then under the same Message-ID.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from autoack.clock import Clock
from autoack.core.delivery import (
    Answer,
    OutboxState,
    Outgoing,
    Result,
    after,
    envelope_sender,
    null_sender_fallback,
)
from autoack.core.policy import Mailbox
from autoack.errors import StoreError
from autoack.store import meta, outbox

log = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0  # seconds between looks into the outbox: commands and replicas write to it too
SHORTEST_SLEEP = 0.02
LOOK_AHEAD = 50  # mails read at once, to be claimed in handfuls
HANDFUL = 8  # mails that a worker claims at once from a server that takes them quickly
GATHER = 0.001  # seconds of real time that the ledger waits for the other workers
QUICK = 0.1  # seconds of real time that such a server takes for a mail
MEND_PAUSE = 1.0  # seconds until the ledger tries again after the database failed
LAST_WORDS = 1.0  # seconds of real time for workers that were cut off to record it
FIRST_OUTAGE = 5.0  # seconds until a server that let nobody in is dialled again; doubled each time
# … up to these. A log-in that is refused too often locks the account.
LONGEST_OUTAGE = {"connect": 60.0, "auth": 300.0}
_CUT_OFF = Result(
    Answer.TEMPORARY, "stopped before the server had answered: whether it took the mail is unknown"
)


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Submission(Protocol):
    """One SMTP connection; it connects, and connects again, when it has to."""

    async def send(self, *, sender: str, to: str, raw: bytes) -> Result: ...
    async def close(self) -> None: ...


class Smtp(Protocol):
    """What the configuration says of a mailbox's server."""

    @property
    def host(self) -> str: ...
    @property
    def envelope(self) -> str | None: ...
    @property
    def connections(self) -> int: ...
    @property
    def per_minute(self) -> int: ...


@dataclass
class Lane:
    """One mailbox's way out. `news` is set when its outbox may have something to send."""

    mailbox: Mailbox
    smtp: Smtp
    connect: Callable[[], Submission]
    opens_at: datetime  # nothing goes before: `per_minute`, or the server lets nobody in
    news: asyncio.Event = field(default_factory=asyncio.Event)
    ahead: Sequence[Outgoing] = ()  # ready when we last looked, not claimed
    outages: int = 0  # in a row

    def note(self, result: Result, now: datetime) -> None:
        """Set `opens_at` after an attempt. Mails that were not dialled for keep their own pauses short."""
        longest = LONGEST_OUTAGE.get(result.stage)
        if longest is None or result.answer is Answer.ACCEPTED:
            self.outages = 0
            if self.smtp.per_minute:
                self.opens_at = max(now, self.opens_at) + timedelta(minutes=1) / self.smtp.per_minute
        elif now >= self.opens_at:  # else another worker has just seen the same
            self.outages += 1
            pause = min(FIRST_OUTAGE * 2 ** min(self.outages - 1, 10), longest)
            self.opens_at = now + timedelta(seconds=pause)
            log.warning("no way in, next try in %g s: %s", pause, result.detail)


@dataclass
class _Wish:
    """What a worker brings to the ledger and asks of it."""

    lane: Lane
    done: Sequence[Outgoing]
    wants: int
    granted: "asyncio.Future[_Grant]"


class _Grant(NamedTuple):
    """Mails with their attempt registered; where there are none, `next_at` tells when there will be."""

    rows: Sequence[Outgoing] = ()
    next_at: datetime | None = None


class _Settled(NamedTuple):
    """What each wish gets, and what each lane saw that comes next."""

    granted: list[_Grant]
    ahead: dict[str, Sequence[Outgoing]]


class OutboxFlow:
    """Sends for all mailboxes."""

    def __init__(
        self,
        ways: Sequence[tuple[Mailbox, Smtp, Callable[[], Submission]]],
        database: Database,
        clock: Clock,
    ) -> None:
        now = clock.now()
        self._lanes = {mailbox.id: Lane(mailbox, smtp, connect, now) for mailbox, smtp, connect in ways}
        self._database = database
        self._clock = clock
        self._wishes: asyncio.Queue[_Wish | None] = asyncio.Queue()
        self._null_refused: set[str] = set()  # hosts
        self._stop = asyncio.Event()
        self._draining = False
        self._busy = 0  # workers that have mails in hand
        self._workers: list[asyncio.Task[None]] = []

    def wake(self, mailbox: str) -> None:
        """Something was added for this mailbox."""
        self._lanes[mailbox].news.set()

    async def recover(self, *, starting: bool = True) -> list[str]:
        """Rows that another run left in the middle of an attempt: they go again. Returns their keys."""
        recover = partial(outbox.recover, starting=starting)
        keys: list[str] = await self._database.run(recover, self._clock.now())
        if keys:
            log.warning("in flight when another run ended, going again: %s", ", ".join(keys))
            for lane in self._lanes.values():
                lane.news.set()
        return keys

    async def run(self) -> None:
        """Send what is ready, and what becomes so, until `stop`."""
        await self._remember_refusals()
        ledger = asyncio.create_task(self._keep_ledger())
        self._workers = [
            asyncio.create_task(self._keep_working(lane))
            for lane in self._lanes.values()
            for _ in range(lane.smtp.connections)
        ]
        try:
            ended = await asyncio.gather(*self._workers, return_exceptions=True)
        finally:
            self._wishes.put_nowait(None)
            await ledger
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault

    async def drain(self) -> None:
        """Send all that is ready now, and return."""
        self._draining = True
        try:
            await self.run()
        finally:
            self._draining = False

    async def stop(self, within: float) -> None:
        """Let the workers finish the mail in hand, record it, and leave; what takes longer than `within` seconds
        of real time is cut off and goes again later."""
        self._stop.set()
        for lane in self._lanes.values():
            lane.news.set()
        if not self._workers:
            return
        _, late = await asyncio.wait(self._workers, timeout=within)
        for worker in late:
            worker.cancel()  # `_send` notes what that interrupts
        if late:
            await asyncio.wait(late, timeout=LAST_WORDS)

    # --- workers -------------------------------------------------------------------------------------------

    async def _keep_working(self, lane: Lane) -> None:
        """One connection's life; a fault of ours ends it, and the next one's begins."""
        while True:
            try:
                return await self._work(lane)
            except Exception:
                if self._draining:
                    raise
                # What it had in hand goes again when it seems abandoned.
                log.exception("sending failed and begins anew", extra={"mailbox": lane.mailbox.id})
                await _first_of(self._stop.wait(), MEND_PAUSE)

    async def _work(self, lane: Lane) -> None:
        """One connection, until `stop`, or until nothing is left to drain."""
        connection = lane.connect()
        done: Sequence[Outgoing] = ()
        wants = 1
        try:
            while True:
                closed_for = (lane.opens_at - self._clock.now()).total_seconds()
                if self._stop.is_set() or closed_for > 0:
                    wants = 0
                else:
                    lane.news.clear()
                grant = await self._exchange(lane, done, wants=wants) if done or wants else _Grant()
                done, wants = (), 1
                if grant.rows:
                    self._busy += 1
                    try:
                        done, wants = await self._send_all(lane, connection, grant.rows)
                    finally:
                        self._busy -= 1
                elif self._stop.is_set() or (self._draining and (closed_for <= 0 or lane.outages)):
                    return
                elif closed_for > 0:
                    await self._let_pass(closed_for)
                else:
                    await self._idle(lane, grant.next_at)
        finally:
            await connection.close()

    async def _send_all(
        self, lane: Lane, connection: Submission, rows: Sequence[Outgoing]
    ) -> tuple[Sequence[Outgoing], int]:
        """Send them one after the other, each result but the last recorded before the next goes.

        Returns what is to be recorded, and how many to ask for next: a handful where the server is quick. Where
        it is not, or a stop comes, the others go back: they must not wait here until they seem abandoned.
        """
        now = asyncio.get_running_loop().time
        left = list(rows)
        while True:
            began = now()
            done = await self._send(lane, connection, left.pop(0))
            quick = now() - began < QUICK and not lane.outages and not lane.smtp.per_minute
            if not left or not quick or self._stop.is_set():
                back = [replace(row, state=OutboxState.READY) for row in left]
                return [done, *back], HANDFUL if quick else 1
            await self._exchange(lane, [done], wants=0)

    async def _let_pass(self, seconds: float) -> None:
        """Wait for the lane to open, or for a stop."""
        naps = [asyncio.create_task(self._stop.wait()), asyncio.ensure_future(self._clock.sleep(seconds))]
        try:
            await asyncio.wait(naps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for nap in naps:
                nap.cancel()

    async def _idle(self, lane: Lane, next_at: datetime | None) -> None:
        """Wait for news, or for the next mail's time."""
        seconds = LONGEST_SLEEP
        if next_at is not None:
            seconds = min(seconds, (next_at - self._clock.now()).total_seconds())
        await _first_of(lane.news.wait(), max(SHORTEST_SLEEP, self._clock.real_seconds(seconds)))

    async def _send(self, lane: Lane, connection: Submission, row: Outgoing) -> Outgoing:
        """The row as it stands after its attempt."""
        now = self._clock.now()
        if row.expires_at is not None and row.expires_at <= now:
            return replace(
                row, state=OutboxState.FAILED, error="too late to comfort: its time had passed unsent"
            )
        try:
            result = await self._hand_over(lane, connection, row)
        except asyncio.CancelledError:
            if not self._stop.is_set():
                raise
            result = _CUT_OFF  # the worker goes on as far as to record it
        except Exception as error:
            # Whatever it was, the mail stays ours and the other mails go on.
            log.exception("an attempt failed unexpectedly", extra={"key": row.key})
            result = Result(Answer.TEMPORARY, f"{type(error).__name__}: {error}")
        lane.note(result, self._clock.now())
        if result.answer is not Answer.ACCEPTED:
            log.warning("not sent: %s", result.detail, extra={"key": row.key, "attempt": row.attempts})
        jitter = random.uniform(-1, 1)  # noqa: S311 - spreads retries; nobody gains by guessing it
        return after(row, result, self._clock.now(), jitter)

    async def _hand_over(self, lane: Lane, connection: Submission, row: Outgoing) -> Result:
        """One attempt; where the server refuses the null sender, once more with the mailbox's address."""
        host, address, envelope = lane.smtp.host, lane.mailbox.address, lane.smtp.envelope
        sender = envelope_sender(row.kind, envelope, address, null_refused=host in self._null_refused)
        result = await connection.send(sender=sender, to=row.to, raw=row.raw)
        if sender or envelope != "auto" or not null_sender_fallback(result):
            return result
        second = await connection.send(sender=address, to=row.to, raw=row.raw)
        if second.answer is Answer.ACCEPTED and host not in self._null_refused:
            log.info("%s refuses the null sender (%s): its mails get %s", host, result.detail, address)
            self._null_refused.add(host)
            await self._remember_refusal(host, address)
        return second

    async def _remember_refusal(self, host: str, address: str) -> None:
        try:
            await self._database.run(meta.put, f"null-sender:{host}", address)
        except Exception:
            # The mail has been taken: it must not go again because of this. The next start will see it anew.
            log.exception("that %s refuses the null sender could not be noted", host)

    async def _remember_refusals(self) -> None:
        for lane in self._lanes.values():
            host = lane.smtp.host
            if await self._database.run(meta.get, f"null-sender:{host}") is not None:
                self._null_refused.add(host)

    # --- the ledger ----------------------------------------------------------------------------------------

    async def _exchange(self, lane: Lane, done: Sequence[Outgoing], *, wants: int) -> _Grant:
        """Have results recorded, and up to `wants` mails claimed."""
        wish = _Wish(lane, done, wants, asyncio.get_running_loop().create_future())
        self._wishes.put_nowait(wish)
        return await wish.granted

    async def _keep_ledger(self) -> None:
        """Settle what has gathered, one transaction after the other, until None has come."""
        last = False
        while not last:
            wishes = [await self._wishes.get()]
            if self._busy > 1:
                await asyncio.sleep(GATHER)  # the others are about to bring theirs: one commit for all
            while not self._wishes.empty():
                wishes.append(self._wishes.get_nowait())
            last = None in wishes
            await self._settle_all([wish for wish in wishes if wish is not None])

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
            _grant_all(wishes, _Settled([_Grant()], {}))


async def _first_of(event: Awaitable[object], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event, seconds)


def _grant_all(wishes: Sequence[_Wish], settled: _Settled) -> None:
    for wish, grant in zip(wishes, settled.granted, strict=True):
        wish.lane.ahead = settled.ahead.get(wish.lane.mailbox.id, wish.lane.ahead)
        if not wish.granted.done():
            wish.granted.set_result(grant)


def _settle(conn: Connection, wishes: Sequence[_Wish], now: datetime) -> _Settled:
    """Record what is done; then claim, for each mailbox at once, what is asked for.

    The database may run this more than once for one call: it changes nothing but the database.
    """
    outbox.finish(conn, [row for wish in wishes for row in wish.done], now)
    granted = [_Grant() for _ in wishes]
    ahead = {}
    for lane in {wish.lane.mailbox.id: wish.lane for wish in wishes if wish.wants}.values():
        # A worker that was cut off asks for nothing: what it got would lie there.
        asking = [i for i, w in enumerate(wishes) if w.lane is lane and w.wants and not w.granted.cancelled()]
        wanted = sum(wishes[i].wants for i in asking)
        rows, ahead[lane.mailbox.id] = _claim(conn, lane, wanted, now)
        next_at = outbox.next_at(conn, lane.mailbox.id) if len(rows) < wanted else None
        for i in asking:
            granted[i], rows = _Grant(rows[: wishes[i].wants], next_at), rows[wishes[i].wants :]
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
