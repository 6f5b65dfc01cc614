"""What the ops should know of their calendars before it matters: holidays not decreed yet, time that runs out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from autoack.core import holidays_of, ladder, opening_hours
from autoack.core.policy import Calendar, Desk, Policy
from autoack.core.promise import SIGHT_DAYS, in_sight

_AHEAD = timedelta(days=92)  # a year that begins within three months is looked at, too


def warnings(desk: Desk, now: datetime) -> list[str]:
    """Sentences for the ops; none where all is known that can be."""
    policies = desk.policies.values()
    calendars = {c.name: c for policy in policies for c in (policy.calendar, policy.quiet) if c}
    awaited = (warning for calendar in calendars.values() for warning in _awaited(calendar, now))
    return [*awaited, *(_runs_out(policy, now) for policy in policies if not _can_promise(policy, now))]


def _awaited(calendar: Calendar, now: datetime) -> Iterator[str]:
    """Working days that a country swaps by a decree of each year."""
    if calendar.country is None:
        return
    for year in range(now.year, (now + _AHEAD).year + 1):
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
