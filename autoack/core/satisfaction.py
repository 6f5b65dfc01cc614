"""What customers say of us, for the digest: ratings of the day and of the week, complaints and praise by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VOICED = ("complaint", "praise")  # categories of mails that are noted as events
MONTHS = 3  # of complaints and praise: that of the night, and two before


@dataclass(frozen=True, slots=True)
class Rated:
    """A vote as it is on record. `customer` and `words` are a stranger's."""

    at: datetime
    ref: str
    mailbox: str
    subject: str
    customer: str  # name, else address
    address: str
    stars: int
    words: str


@dataclass(frozen=True, slots=True)
class Voiced:
    """A mail that complains or praises: `what` is complaint or praise."""

    at: datetime
    ref: str
    what: str


@dataclass(frozen=True, slots=True)
class Average:
    """How many customers rated us in a time, and with how many stars on average; None where nobody did."""

    count: int = 0
    stars: float | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """How many threads complained and praised in the month that begins on that day."""

    first: date
    complaints: int
    praise: int


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`rated` are the votes of the day, the lowest first; of each thread the last."""

    rated: tuple[Rated, ...] = ()
    day: Average = Average()
    week: Average = Average()
    week_before: Average = Average()
    months: tuple[Month, ...] = ()  # the latest first; () where nobody complained or praised in them

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.week.count or self.week_before.count or self.months)


def satisfaction(
    ratings: Sequence[Rated],
    voiced: Iterable[Voiced],
    night: date,
    began: Sequence[datetime],
    until: datetime,
    zone: ZoneInfo,
) -> Satisfaction:
    """What customers said up to `until`; `began` are the moments since which the last nights count, oldest first."""
    middle = began[len(began) // 2]
    rated = _last_votes(ratings, began[-1], until)
    return Satisfaction(
        rated=tuple(sorted(rated, key=lambda one: (one.stars, one.at, one.ref))),
        day=_average(rated),
        week=_average(_last_votes(ratings, middle, until)),
        week_before=_average(_last_votes(ratings, began[0], middle)),
        months=_months(voiced, night, until, zone),
    )


def first_month(night: date, zone: ZoneInfo) -> datetime:
    """The local midnight at which the first of the months begins that a night's digest counts (aware)."""
    return datetime.combine(_firsts(night)[-1], time(0), zone)


def _last_votes(ratings: Iterable[Rated], since: datetime, until: datetime) -> list[Rated]:
    """The vote of each thread that held at the end of a time, if it was given in it."""
    return list({one.ref: one for one in ratings if since < one.at <= until}.values())


def _average(rated: Sequence[Rated]) -> Average:
    if not rated:
        return Average()
    return Average(len(rated), sum(one.stars for one in rated) / len(rated))


def _months(voiced: Iterable[Voiced], night: date, until: datetime, zone: ZoneInfo) -> tuple[Month, ...]:
    """A thread that complains again and again counts once a month."""
    counted = {
        (one.at.astimezone(zone).date().replace(day=1), one.what, one.ref)
        for one in voiced
        if one.at <= until
    }
    months = [
        Month(
            first,
            complaints=sum((month, what) == (first, "complaint") for month, what, _ in counted),
            praise=sum((month, what) == (first, "praise") for month, what, _ in counted),
        )
        for first in _firsts(night)
    ]
    return tuple(months) if any(month.complaints or month.praise for month in months) else ()


def _firsts(night: date) -> list[date]:
    """The first days of the months, the latest first."""
    firsts = [night.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts
