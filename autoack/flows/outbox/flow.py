"""The workers: each sends over one connection what the ledger grants it, one mail after the other."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from autoack.clock import Clock
from autoack.core.delivery import (
    UNSENT_IN_TIME,
    Answer,
    OutboxState,
    Outgoing,
    Result,
    after,
    envelope_sender,
    null_sender_fallback,
)
from autoack.flows.outbox.lane import Lane, Sender, Smtp, Submission
from autoack.flows.outbox.ledger import Database, Grant, Ledger
from autoack.store import meta, outbox

log = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0  # seconds between looks into the outbox: commands and replicas write to it too
SHORTEST_SLEEP = 0.02
HANDFUL = 8  # mails that a worker claims at once from a server that takes them quickly
QUICK = 0.1  # seconds of real time that such a server takes for a mail
MEND_PAUSE = 1.0  # seconds until a worker begins anew after a fault of ours
LAST_WORDS = 1.0  # seconds of real time for workers that were cut off to record it
_CUT_OFF = Result(
    Answer.TEMPORARY, "stopped before the server had answered: whether it took the mail is unknown"
)


class OutboxFlow:
    """Sends for all mailboxes and channels."""

    def __init__(
        self,
        ways: Sequence[tuple[Sender, Smtp, Callable[[], Submission]]],
        database: Database,
        clock: Clock,
    ) -> None:
        now = clock.now()
        self._lanes = {mailbox.id: Lane(mailbox, smtp, connect, now) for mailbox, smtp, connect in ways}
        self._database = database
        self._clock = clock
        self._ledger = Ledger(database, clock)
        self._null_refused: set[str] = set()  # hosts
        self._stop = asyncio.Event()
        self._draining = False
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
        async with self._ledger.kept():
            self._workers = [
                asyncio.create_task(self._keep_working(lane))
                for lane in self._lanes.values()
                for _ in range(lane.smtp.connections)
            ]
            ended = await asyncio.gather(*self._workers, return_exceptions=True)
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
                grant = await self._ledger.exchange(lane, done, wants=wants) if done or wants else Grant()
                done, wants = (), 1
                if grant.rows:
                    done, wants = await self._send_all(lane, connection, grant.rows)
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
            await self._ledger.exchange(lane, [done], wants=0)

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
            return replace(row, state=OutboxState.FAILED, error=UNSENT_IN_TIME)
        self._ledger.under_way += 1
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
        finally:
            self._ledger.under_way -= 1
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


async def _first_of(event: Awaitable[object], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event, seconds)
