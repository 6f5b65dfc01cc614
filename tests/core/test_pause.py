"""A thread that is set aside: the ladder goes on where it stood, the promise does not move."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.core import acts, ladder
from autoack.core.opening_hours import elapsed, rewind
from autoack.core.pause import set_aside, taken_up
from autoack.core.policy import Calendar, Duration, LadderStep, Policy, Span
from autoack.core.thread import State, Thread
from autoack.core.waits import begun

ZAGREB = ZoneInfo("Europe/Zagreb")
ALWAYS = Calendar("always", ZAGREB, always=True)
OFFICE = Calendar("office", ZAGREB, week=((Span(480, 960),),) * 5 + ((), ()))  # Mon to Fri, 08:00-16:00
LADDER = (LadderStep(Duration(seconds=6 * 3600), ("lead",)),)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZAGREB).astimezone(UTC)


MONDAY = at("2026-11-23T09:00")


def waiting(policy: Policy) -> Thread:
    blank = Thread("AA-1111-1111", "support", "", "ana@kupac.example", None, None, "hr", State.CLOSED, MONDAY)
    return begun(blank, MONDAY, policy, MONDAY)


@pytest.mark.parametrize(
    ("calendar", "aside", "up", "due"),
    [
        (ALWAYS, "2026-11-23T11:00", "2026-11-25T11:00", "2026-11-25T15:00"),  # two hours had passed of six
        (ALWAYS, "2026-11-23T09:00", "2026-11-23T10:00", "2026-11-23T16:00"),
        (OFFICE, "2026-11-23T11:00", "2026-11-25T11:00", "2026-11-25T15:00"),
        (OFFICE, "2026-11-23T11:00", "2026-11-25T06:00", "2026-11-25T12:00"),  # taken up before the opening
        (OFFICE, "2026-11-23T11:00", "2026-11-28T12:00", "2026-11-30T12:00"),  # on a Saturday
        (
            OFFICE,
            "2026-11-23T18:00",
            "2026-11-25T09:00",
            "2026-11-25T09:00",
        ),  # it was due when it was set aside
    ],
)
def test_what_had_passed_of_the_ladder_counts_and_the_pause_does_not(
    calendar: Calendar, aside: str, up: str, due: str
) -> None:
    policy = Policy("standard", calendar, ladder=LADDER)
    thread = set_aside(waiting(policy), at(up), at(aside))
    assert ladder.upcoming(thread, policy, at(aside))[0] == at(up)
    taken = taken_up(thread, policy, at(up))
    (step,) = ladder.schedule(policy, taken.counted_since or MONDAY)
    assert max(step.at, at(up)) == at(due)
    assert (taken.waiting_since, taken.promised_at) == (MONDAY, ladder.promise(policy, MONDAY))


def test_twice_set_aside_is_paused_twice() -> None:
    policy = Policy("standard", ALWAYS, ladder=LADDER)
    thread = waiting(policy)
    for start in (1, 12):
        aside = set_aside(thread, MONDAY + (start + 10) * HOUR, MONDAY + start * HOUR)
        thread = taken_up(aside, policy, MONDAY + (start + 10) * HOUR)
    assert ladder.schedule(policy, thread.counted_since or MONDAY)[0].at == MONDAY + 26 * HOUR


def test_setting_aside_anew_is_one_pause() -> None:
    policy = Policy("standard", ALWAYS, ladder=LADDER)
    first = set_aside(waiting(policy), MONDAY + 5 * HOUR, MONDAY + HOUR)
    again = set_aside(first, MONDAY + 50 * HOUR, MONDAY + 4 * HOUR)
    assert again.aside_since == MONDAY + HOUR


def test_a_new_wait_knows_nothing_of_earlier_pauses() -> None:
    policy = Policy("standard", ALWAYS, ladder=LADDER)
    paused = taken_up(set_aside(waiting(policy), MONDAY + 9 * HOUR, MONDAY + HOUR), policy, MONDAY + 9 * HOUR)
    later = MONDAY + 30 * HOUR
    assert begun(paused, later, policy, later).counted_since == later
    follow_up = replace(paused, state=State.ANSWERED, answered_at=later)
    assert acts.come_back(follow_up, policy, later).thread.counted_since == later


@pytest.mark.parametrize("calendar", [ALWAYS, OFFICE], ids=["always", "office"])
@pytest.mark.parametrize("hours", range(0, 100, 7))
def test_rewinding_is_the_inverse_of_measuring(calendar: Calendar, hours: int) -> None:
    passed = elapsed(calendar, MONDAY, MONDAY + hours * HOUR)
    end = at("2026-12-03T12:30")
    since = rewind(calendar, end, passed, MONDAY)
    assert elapsed(calendar, since, end) == passed
    assert since > MONDAY


def test_rewinding_ends_at_the_earliest_where_the_calendar_was_shut_since() -> None:
    assert rewind(OFFICE, MONDAY + HOUR, timedelta(hours=30), MONDAY) == MONDAY
