"""When a mailbox is in a storm of receipts, and when that is over.

A storm begins with the receipt that would be one more than `storm` allows within its time. It is over once that
time has passed without another such receipt.
"""

from dataclasses import dataclass
from datetime import datetime

from autoack.core.policy import Limit


@dataclass(frozen=True, slots=True)
class Storm:
    """A storm that goes on. `over_at`: when a receipt last went beyond the limit."""

    since: datetime
    over_at: datetime


def gathered(storm: Storm | None, lately: int, limit: Limit, now: datetime) -> Storm | None:
    """The storm as one more receipt makes it, after `lately` others within the limit's time; None where none is."""
    if lately < limit.receipts:
        return storm
    return Storm(storm.since if storm else now, now)


def is_over(storm: Storm, limit: Limit, now: datetime) -> bool:
    """Whether what was held back may go."""
    return now - storm.over_at >= limit.within
