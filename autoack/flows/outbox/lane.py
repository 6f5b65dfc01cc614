"""One mailbox's way out: what its workers share, and how long its server is left alone."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from autoack.core.delivery import Answer, Outgoing, Result

log = logging.getLogger(__name__)

FIRST_OUTAGE = 5.0  # seconds until a server that let nobody in is dialled again; doubled each time
# … up to these. A log-in that is refused too often locks the account.
LONGEST_OUTAGE = {"connect": 60.0, "auth": 300.0}


class Submission(Protocol):
    """One SMTP connection; it connects, and connects again, when it has to."""

    async def send(self, *, sender: str, to: str, raw: bytes) -> Result: ...
    async def close(self) -> None: ...


class Sender(Protocol):
    """Whose way out it is: a mailbox's, or a channel's. Outbox rows name it by `id` in their `mailbox`."""

    @property
    def id(self) -> str: ...
    @property
    def address(self) -> str: ...


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
    """The way out of one mailbox or channel. `news` is set when its outbox may have something to send."""

    mailbox: Sender
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
