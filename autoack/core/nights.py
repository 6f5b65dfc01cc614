"""Which night it is: when its digest comes, and under which key."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from autoack.core.policy import DigestPlan


@dataclass(frozen=True, slots=True)
class Night:
    """The night of a local date. Its digest counts what came after `since` up to `moment` (aware, UTC)."""

    date: date
    since: datetime  # the moment of the night before
    moment: datetime
    following: datetime  # the moment of the night after


def moment(plan: DigestPlan, zone: ZoneInfo, day: date) -> datetime:
    """When the digest of that local date comes, in UTC.

    A wall-clock time that spring skips is read with the offset from before the change, one that autumn
    repeats is its first occurrence: every date has exactly one moment (PEP 495).
    """
    return datetime.combine(day, plan.at, zone).astimezone(UTC)


def night_of(plan: DigestPlan, zone: ZoneInfo, day: date) -> Night:
    """The night of that local date."""
    one = timedelta(days=1)
    return Night(day, moment(plan, zone, day - one), moment(plan, zone, day), moment(plan, zone, day + one))


def last_night(plan: DigestPlan, zone: ZoneInfo, now: datetime, since: datetime) -> date | None:
    """The latest local date whose digest was due by `now`; None where that was not after `since`.

    `since` is the moment at which the database was made: the first night is the first one after it.
    """
    one = timedelta(days=1)
    # Where clocks go back at midnight, tomorrow's moment can come while the wall still shows today.
    day = now.astimezone(zone).date() + one
    while moment(plan, zone, day) > now:
        day -= one
    return day if moment(plan, zone, day) > since else None


def tonight(plan: DigestPlan, zone: ZoneInfo, now: datetime) -> date:
    """The date of the digest that a person means by "tonight": today's, or the coming morning's."""
    today = now.astimezone(zone).date()
    if plan.at >= time(12) or moment(plan, zone, today) > now:
        return today
    return today + timedelta(days=1)


def key(day: date, person_id: str) -> str:
    """The outbox key that lets a person's digest of a night go out once."""
    return f"digest:{day.isoformat()}:{person_id}"


def stands_at(night: Night, now: datetime, sent_at: datetime | None) -> datetime:
    """The moment whose state the lists of a digest show.

    Until its moment, and late as long as no other night has come, a digest shows what is so now. Once it is
    queued it shows for ever what was so then; a past night without one shows its own moment.
    """
    if sent_at is not None and sent_at > now:
        return sent_at  # queued by a clock that ran ahead, as the demo's does
    if now < night.moment:
        return now
    if sent_at is not None:
        return sent_at
    return now if now < night.following else night.moment


def end_of_next_day(night: Night, zone: ZoneInfo) -> datetime:
    """The local midnight that ends the day after the night's date, in UTC."""
    after = night.date + timedelta(days=2)
    return datetime.combine(after, time(0), zone).astimezone(UTC)


def starts(plan: DigestPlan, zone: ZoneInfo, day: date, nights: int) -> tuple[datetime, ...]:
    """The moments since which each of the last nights counts, the one of `day` being the last; in UTC."""
    return tuple(moment(plan, zone, day - timedelta(days=n)) for n in range(nights, 0, -1))
