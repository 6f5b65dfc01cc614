"""What a set of response times tells: the middle, the slow end, and how many kept a limit.

Every figure of an empty set is None: no answers is not the same as answers within no time.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", str, tuple[str, str])  # what is counted: it must have an order

DAY = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How fast a number of waits was answered. Lengths in whole seconds of wall time, shares from 0 to 1."""

    count: int
    median: int | None
    p90: int | None
    within_24h: float | None
    within_3d: float | None


def response_times(seconds: Sequence[int]) -> ResponseTimes:
    """The figures of these lengths (seconds, in any order)."""
    return ResponseTimes(
        count=len(seconds),
        median=median(seconds),
        p90=percentile(seconds, 90),
        within_24h=share_within(seconds, DAY),
        within_3d=share_within(seconds, 3 * DAY),
    )


def median(seconds: Sequence[int]) -> int | None:
    """The middle length; of an even number the mean of the two in the middle, rounded down."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) // 2


def percentile(seconds: Sequence[int], percent: int) -> int | None:
    """The nearest-rank percentile: the smallest length that at least `percent` % of them do not exceed.

    It is always one of the lengths that occurred. `percent` is from 1 to 100.
    """
    if not seconds:
        return None
    rank = math.ceil(percent * len(seconds) / 100)
    return sorted(seconds)[rank - 1]


def share_within(seconds: Sequence[int], limit: int) -> float | None:
    """Which share of them, 0 to 1, does not exceed `limit` (seconds)."""
    if not seconds:
        return None
    return sum(length <= limit for length in seconds) / len(seconds)


def ranked(counts: Mapping[K, int]) -> tuple[tuple[K, int], ...]:
    """What was counted, the most frequent first, equals by name; what never occurred is left out."""
    return tuple(sorted(((k, n) for k, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0])))
