"""What a customer may be told: a promised time as people say times, never earlier than it is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SIGHT_DAYS = 400  # a desk that stays closed for longer may be another one by then
_QUARTER = timedelta(minutes=15)


def in_sight(at: datetime | None, now: datetime) -> bool:
    """Whether a time is so near that people can be told of it; None, which never comes, is not."""
    return at is not None and at - now <= timedelta(days=SIGHT_DAYS)


def promised_quarter(at: datetime, zone: ZoneInfo) -> datetime:
    """`at` in `zone`, rounded up to a quarter of an hour of the wall clock (DESIGN section 7)."""
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond)
    # Through UTC, so that the quarter before the clocks change leads to the one after it.
    return (at + (_QUARTER - past)).astimezone(zone) if past else local
