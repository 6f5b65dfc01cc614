"""What the ops should know of their calendars before it matters: holidays not decreed yet, time that runs out."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from autoack.core import holidays_of, ladder, opening_hours
from autoack.core.policy import Calendar, Desk, Policy
from autoack.core.promise import SIGHT_DAYS, in_sight


def warnings(desk: Desk, now: datetime) -> list[str]:
    """Sentences for the ops; none where all is known that can be of this year and the next.

    They are for a start and for `check`: each time the same, until the decree is known or the days are given.
    """
    policies = desk.policies.values()
    return [
        *_awaited(policies, now, now.year + 1),
        *(_runs_out(policy, now) for policy in policies if not _can_promise(policy, now)),
    ]


def warnings_of(policy: Policy, since: datetime, until: datetime) -> list[str]:
    """The same of one policy, for the years that its times from `since` to `until` fall into."""
    out = [] if _can_promise(policy, since) else [_runs_out(policy, since)]
    return [*_awaited([policy], since, until.astimezone(policy.calendar.zone).year), *out]


def _awaited(policies: Iterable[Policy], since: datetime, last: int) -> Iterator[str]:
    """Up to the year `last`."""
    calendars = {c.name: c for policy in policies for c in (policy.calendar, policy.quiet) if c}
    for calendar in calendars.values():
        yield from _awaited_by(calendar, range(since.astimezone(calendar.zone).year, last + 1))


def _awaited_by(calendar: Calendar, years: range) -> Iterator[str]:
    """Working days that a country swaps by a decree of each year."""
    if calendar.country is None:
        return
    for year in years:
        if _given_by_hand(calendar, year):
            continue
        if holidays_of.swaps_awaited(calendar.country, calendar.subdivision, year):
            yield (
                f"calendar {calendar.name}: no swapped working days of {calendar.country} are known for {year}: "
                "they are not decreed yet, or this version is older than the decree; promises count without them. "
                f"Update the package `holidays`, or give the days under `closed` and `open` of {calendar.name}"
            )


def _given_by_hand(calendar: Calendar, year: int) -> bool:
    return any(opening.day.year == year and opening.day.weekday() >= 5 for opening in calendar.openings)


def _can_promise(policy: Policy, now: datetime) -> bool:
    return policy.calendar.always or in_sight(ladder.promise(policy, now), now)


def _runs_out(policy: Policy, now: datetime) -> str:
    opens = in_sight(opening_hours.next_opening(policy.calendar, now), now)
    seen = "opens too little" if opens else "does not open"
    return (
        f"policy {policy.id}: its calendar {policy.calendar.name} {seen} within {SIGHT_DAYS} days: "
        "mails are recorded, and no time is promised to their senders. "
        "Look at `closed`, `seasons` and `hours` of the calendar"
    )
