"""The ladder: when a waiting customer is brought to whose mind, and what is due for a thread."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from autoack.core import ladder
from autoack.core.ladder import Close, Fire, Survey, Tell, Update, Wait, Wake
from autoack.core.policy import Calendar, Closure, Duration, LadderStep, Policy, Share, Span
from autoack.core.thread import State, Thread

ZAGREB = ZoneInfo("Europe/Zagreb")
ALWAYS = Calendar("always", ZAGREB, always=True)
OFFICE = Calendar(
    "office", ZAGREB, week=((Span(480, 960),),) * 5 + ((),) * 2
)  # Monday to Friday, 08:00-16:00

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=ZAGREB)


def hours(number: int) -> Duration:
    return Duration(seconds=number * 3600)


STANDARD = Policy(
    "standard",
    ALWAYS,
    ladder=(
        LadderStep(hours(20), ("on_duty",)),
        LadderStep(hours(24), ("lead",), repeat=hours(4), times=2),
        LadderStep(hours(72), ("manager", "assignee"), urgent=True),
    ),
)


def policy(*steps: LadderStep, calendar: Calendar = ALWAYS, quiet: Calendar | None = None) -> Policy:
    return replace(STANDARD, ladder=steps, calendar=calendar, quiet=quiet)


def thread(state: State = State.WAITING, **changes: object) -> Thread:
    began = Thread(
        ref="AA-1111-2222",
        mailbox="support",
        subject="Račun",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=state,
        created_at=MONDAY,
        wait=1,
        waiting_since=MONDAY,
    )
    return replace(began, **changes)  # type: ignore[arg-type]  # fields by name


def local(at: datetime) -> str:
    return at.astimezone(ZAGREB).strftime("%a %H:%M")


def times(given: Policy, since: datetime = MONDAY) -> list[str]:
    return [f"{step.key} {local(step.at)}" for step in ladder.schedule(given, since)]


def test_promise_and_resolution_are_counted_on_the_calendar() -> None:
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=ZAGREB)
    office = replace(STANDARD, calendar=OFFICE, reply_within=hours(4), resolve_within=Duration(days=3))
    assert local(ladder.promise(office, friday)) == "Mon 11:00"
    assert local(ladder.resolution(office, friday)) == "Wed 15:00"
    assert ladder.promise(STANDARD, friday) == friday + 24 * HOUR


def test_steps_come_in_the_order_of_their_times_each_repetition_with_its_own_key() -> None:
    assert times(STANDARD) == ["1 Tue 06:00", "2 Tue 10:00", "2#1 Tue 14:00", "2#2 Tue 18:00", "3 Thu 10:00"]
    turned = policy(
        LadderStep(hours(6), ("lead",), repeat=hours(4), times=2), LadderStep(hours(8), ("team",))
    )
    assert times(turned) == ["1 Mon 16:00", "2 Mon 18:00", "1#1 Mon 20:00", "1#2 Tue 00:00"]


def test_times_counts_the_repetitions_after_the_first() -> None:
    assert len(times(policy(LadderStep(hours(1), ("lead",), repeat=hours(1))))) == 1 + 5
    assert len(times(policy(LadderStep(hours(1), ("lead",))))) == 1


def test_steps_are_named_as_a_reader_needs_them() -> None:
    given = policy(
        LadderStep(Share(Fraction(3, 4)), ("on_duty",)),
        LadderStep(Duration(seconds=5400), ("team", "assignee")),
        LadderStep(hours(24), ("lead",), repeat=hours(4), times=2),
        LadderStep(Duration(days=3), ("assignee", "manager")),
        LadderStep(Duration(days=4, seconds=0), ("ana",)),
        LadderStep(Duration(seconds=45), ("on_duty",)),
    )
    named = {step.key: (step.name, step.escalation) for step in ladder.schedule(given, MONDAY)}
    assert named == {
        "1": ("reminder at 75%", False),
        "2": ("reminder at 90m", False),
        "3": ("escalation at 24h", True),
        "3#1": ("escalation at 24h, again 1 of 2", True),
        "3#2": ("escalation at 24h, again 2 of 2", True),
        "4": ("escalation at 3d", True),
        "5": ("escalation at 4d", True),
        "6": ("reminder at 45s", False),
    }


@pytest.mark.parametrize(
    ("share", "since", "reached"),
    [
        (Fraction(3, 4), "2026-11-16T10:00", "Mon 16:00"),  # six of the eight open hours to Tuesday 10:00
        (Fraction(1, 2), "2026-11-20T15:00", "Mon 11:00"),  # over the weekend
        (Fraction(1, 2), "2026-11-21T15:00", "Mon 11:30"),  # from Monday's opening to 15:00
        (Fraction(1, 2), "2026-11-21T20:00", "Mon 12:00"),  # from the opening to Tuesday's
        (Fraction(1), "2026-11-21T20:00", "Tue 08:00"),  # the promise itself, not the closing before
        (Fraction(3, 4), "2026-11-21T05:00", "Mon 08:00"),  # it is open no sooner: with the promise itself
        (Fraction(1, 4), "2026-11-21T05:00", "Mon 08:00"),
        (Fraction(1), "2026-11-21T05:00", "Mon 08:00"),
    ],
)
def test_a_share_is_of_the_open_time_until_the_promise(share: Fraction, since: str, reached: str) -> None:
    given = replace(
        policy(LadderStep(Share(share), ("team",)), calendar=OFFICE), reply_within=Duration(days=1)
    )
    step = ladder.schedule(given, datetime.fromisoformat(since).replace(tzinfo=ZAGREB))[0]
    assert local(step.at) == reached


def test_a_step_in_quiet_time_waits_for_the_opening_unless_it_is_urgent() -> None:
    given = policy(
        LadderStep(hours(5), ("team",)),  # 15:00
        LadderStep(hours(14), ("lead",)),  # midnight
        LadderStep(hours(15), ("manager",), urgent=True),  # 01:00
        quiet=OFFICE,
    )
    assert times(given) == ["1 Mon 15:00", "3 Tue 01:00", "2 Tue 08:00"]
    held = ladder.schedule(given, MONDAY)[2]
    assert local(held.due) == "Tue 00:00"


def test_repetitions_are_that_long_apart_also_where_quiet_held_back_the_first() -> None:
    given = policy(LadderStep(hours(14), ("lead",), repeat=hours(3), times=3), quiet=OFFICE)
    assert times(given) == ["1 Tue 08:00", "1#1 Tue 11:00", "1#2 Tue 14:00", "1#3 Wed 08:00"]


def test_a_quiet_time_that_never_ends_holds_nothing_back() -> None:
    given = policy(LadderStep(hours(14), ("lead",)), quiet=Calendar("never", ZAGREB))
    assert times(given) == ["1 Tue 00:00"]


def fired(action: object) -> tuple[str, list[str]]:
    assert isinstance(action, Fire)
    return action.step.key, [step.key for step in action.missed]


def test_nothing_is_due_before_the_first_step() -> None:
    until = MONDAY + 20 * HOUR
    assert ladder.next_due(thread(), STANDARD, until - timedelta(seconds=1)) == Wait(until, "reminder at 20h")
    assert fired(ladder.next_due(thread(), STANDARD, until)) == ("1", [])


def test_a_step_that_has_fired_does_not_fire_again() -> None:
    once = thread(fired=("1",))
    assert ladder.next_due(once, STANDARD, MONDAY + 21 * HOUR) == Wait(
        MONDAY + 24 * HOUR, "escalation at 24h"
    )
    all_ = thread(fired=("1", "2", "2#1", "2#2", "3"))
    assert ladder.next_due(all_, STANDARD, MONDAY + 100 * HOUR) == Wait(None, None)


def test_after_an_outage_only_the_latest_step_fires_and_the_others_were_missed() -> None:
    assert fired(ladder.next_due(thread(), STANDARD, MONDAY + 30 * HOUR)) == ("2#1", ["1", "2"])
    assert fired(ladder.next_due(thread(), STANDARD, MONDAY + 90 * HOUR)) == ("3", ["1", "2", "2#1", "2#2"])


def test_after_an_outage_a_later_repetition_of_a_lower_step_does_not_swallow_the_highest() -> None:
    """The team is reminded again after the manager's step was due: the manager hears all the same."""
    given = policy(
        LadderStep(hours(20), ("on_duty",), repeat=hours(24), times=5), LadderStep(hours(72), ("manager",))
    )
    assert times(given)[3:5] == ["2 Thu 10:00", "1#3 Fri 06:00"]
    back = MONDAY + 93 * HOUR
    assert fired(ladder.next_due(thread(), given, back)) == ("2", ["1", "1#1", "1#2", "1#3"])
    just_due = MONDAY + 92 * HOUR  # the repetition is fresh: it is told too, after the highest
    assert fired(ladder.next_due(thread(), given, just_due)) == ("2", ["1", "1#1", "1#2"])
    told = thread(fired=("1", "1#1", "1#2", "2"))
    assert fired(ladder.next_due(told, given, just_due)) == ("1#3", [])


def test_a_late_step_alone_is_late_and_not_missed() -> None:
    assert fired(ladder.next_due(thread(), STANDARD, MONDAY + 23 * HOUR)) == ("1", [])


def test_steps_within_five_minutes_fire_one_by_one_in_order() -> None:
    minutes = [LadderStep(Duration(seconds=60 * n), ("team",)) for n in (1, 3, 5)]
    given, now = policy(*minutes), MONDAY + timedelta(minutes=6)
    assert fired(ladder.next_due(thread(), given, now)) == ("1", [])
    assert fired(ladder.next_due(thread(fired=("1",)), given, now)) == ("2", [])
    assert fired(ladder.next_due(thread(fired=("1", "2")), given, now)) == ("3", [])
    late = now + timedelta(minutes=1)  # the first is 6 minutes late, the others 4 and 2
    assert fired(ladder.next_due(thread(), given, late)) == ("2", ["1"])


def test_what_was_due_before_anybody_watched_was_missed_however_short_the_outage() -> None:
    minutes = [LadderStep(Duration(seconds=60 * n), ("team",)) for n in (1, 2, 3, 4)]
    given, now = policy(*minutes), MONDAY + timedelta(minutes=3)

    def due(watched_since: datetime, *before: str) -> tuple[str, list[str]]:
        return fired(ladder.next_due(thread(fired=before), given, now, watched_since=watched_since))

    assert due(now) == ("3", ["1", "2"])
    assert due(now - timedelta(seconds=30)) == ("3", ["1", "2"])
    assert due(now - timedelta(minutes=1)) == ("2", ["1"]), "the second is due as the watch begins"
    assert due(MONDAY) == ("1", [])
    assert due(now, "1", "2") == ("3", [])


def test_an_answered_thread_closes_after_its_silence() -> None:
    """`close_after` counts plain days, on whatever calendar the promises are counted."""
    answered = thread(State.ANSWERED, answered_at=MONDAY)
    given = replace(STANDARD, calendar=OFFICE)
    closing = MONDAY + timedelta(days=14)
    assert ladder.next_due(answered, given, closing - HOUR) == Wait(closing, "close")
    assert ladder.next_due(answered, given, closing) == Close()


def test_a_snoozed_thread_sleeps_until_its_time() -> None:
    until = MONDAY + 48 * HOUR
    asleep = thread(State.SNOOZED, next_step_at=until)
    assert ladder.next_due(asleep, STANDARD, until - HOUR) == Wait(until, "wake")
    assert ladder.next_due(asleep, STANDARD, until) == Wake()
    assert ladder.next_due(thread(State.SNOOZED), STANDARD, MONDAY) == Wake()


@pytest.mark.parametrize(
    "quiet",
    [thread(State.CLOSED), thread(clock=False), thread(waiting_since=None), thread(State.ANSWERED)],
    ids=["closed", "without a clock", "never waited", "answered without a time"],
)
def test_nothing_is_ever_due_for_a_thread_without_a_running_clock(quiet: Thread) -> None:
    assert ladder.next_due(quiet, STANDARD, MONDAY + 1000 * HOUR) == Wait(None, None)
    assert ladder.upcoming(quiet, STANDARD, MONDAY) == (None, None)


def test_what_comes_next_is_known_beforehand() -> None:
    now = MONDAY + HOUR
    assert ladder.upcoming(thread(), STANDARD, now) == (MONDAY + 20 * HOUR, "reminder at 20h")
    assert ladder.upcoming(thread(fired=("1",)), STANDARD, now) == (MONDAY + 24 * HOUR, "escalation at 24h")
    answered = thread(State.ANSWERED, answered_at=MONDAY)
    assert ladder.upcoming(answered, STANDARD, now) == (MONDAY + timedelta(days=14), "close")
    asleep = thread(State.SNOOZED, next_step_at=MONDAY + 5 * HOUR)
    assert ladder.upcoming(asleep, STANDARD, now) == (MONDAY + 5 * HOUR, "wake")


def test_what_is_overdue_comes_next_at_its_own_time() -> None:
    late = MONDAY + 30 * HOUR
    assert ladder.upcoming(thread(), STANDARD, late) == (
        MONDAY + 28 * HOUR,
        "escalation at 24h, again 1 of 2",
    )
    woken = thread(State.SNOOZED, next_step_at=MONDAY)
    assert ladder.upcoming(woken, STANDARD, late) == (MONDAY, "wake")
    silent = thread(State.ANSWERED, answered_at=MONDAY - timedelta(days=30))
    assert ladder.upcoming(silent, STANDARD, late) == (late, "close")


def test_times_are_utc() -> None:
    for given in (STANDARD, replace(STANDARD, calendar=OFFICE), replace(STANDARD, quiet=OFFICE)):
        steps = ladder.schedule(given, MONDAY)
        assert {at.tzinfo for step in steps for at in (step.at, step.due)} == {UTC}
        assert ladder.promise(given, MONDAY).tzinfo is UTC


def test_a_closure_with_a_notice_does_not_hinder_counting() -> None:
    """Calendars with notices have no hash; they are counted on all the same."""
    closed = Closure(date(2026, 11, 17), date(2026, 11, 17), {"hr": "Zatvoreno."})
    given = replace(STANDARD, calendar=replace(OFFICE, closures=(closed,)), reply_within=Duration(days=1))
    assert local(ladder.promise(given, MONDAY)) == "Wed 10:00"


# --- telling at once ---------------------------------------------------------------------------------------


def test_whom_a_rule_names_is_told_before_anything_else() -> None:
    told = thread(notify=("lead",))
    assert ladder.next_due(told, STANDARD, MONDAY) == Tell()
    assert ladder.upcoming(told, STANDARD, MONDAY) == (MONDAY, "notice")


@pytest.mark.parametrize(
    "changes",
    [{"clock": False}, {"state": State.CLOSED}, {"state": State.SNOOZED, "next_step_at": MONDAY + HOUR}],
)
def test_nobody_is_told_of_what_is_no_ones_matter_now(changes: dict[str, object]) -> None:
    assert isinstance(ladder.next_due(thread(notify=("lead",), **changes), STANDARD, MONDAY), Wait)  # type: ignore[arg-type]


# --- what customers hear -----------------------------------------------------------------------------------

WITH_UPDATE = replace(STANDARD, holding_update=hours(24))


def test_a_holding_update_is_a_step_of_the_wait_beside_those_of_the_team() -> None:
    assert times(WITH_UPDATE)[:3] == ["1 Tue 06:00", "2 Tue 10:00", "update Tue 10:00"]
    (step,) = (step for step in ladder.schedule(WITH_UPDATE, MONDAY) if step.to_customer)
    assert (step.name, step.notify, step.escalation) == ("holding update at 24h", ("customer",), False)
    office = replace(WITH_UPDATE, calendar=OFFICE, ladder=(), holding_update=Duration(days=1))
    assert times(office, datetime(2026, 11, 20, 15, 0, tzinfo=ZAGREB)) == ["update Mon 15:00"]


def test_a_holding_update_at_the_promise_waits_for_the_quarter_of_an_hour_that_the_customer_was_told() -> (
    None
):
    """Told "by 10:15", a customer reads at 10:15, not at 10:07, that this has passed."""
    seven_past = MONDAY + timedelta(minutes=7)
    assert "update Tue 10:15" in times(WITH_UPDATE, seven_past)
    assert "update Tue 09:07" in times(replace(WITH_UPDATE, holding_update=hours(23)), seven_past)
    assert "update Tue 11:07" in times(replace(WITH_UPDATE, holding_update=hours(25)), seven_past)


def test_quiet_time_does_not_hold_it_back() -> None:
    evening = replace(WITH_UPDATE, ladder=(), quiet=OFFICE)
    assert times(evening, MONDAY + 8 * HOUR) == ["update Tue 18:00"]


def test_it_comes_once_and_neither_swallows_a_step_of_the_team_nor_is_swallowed() -> None:
    late = MONDAY + 30 * HOUR
    done = ("1", "2", "2#1")
    assert fired(ladder.next_due(thread(), WITH_UPDATE, late)) == ("2#1", ["1", "2"])
    action = ladder.next_due(thread(fired=done), WITH_UPDATE, late)
    assert isinstance(action, Update)
    assert action.step.at == MONDAY + 24 * HOUR
    assert ladder.upcoming(thread(fired=done), WITH_UPDATE, late) == (action.step.at, "holding update at 24h")
    rest = ladder.next_due(thread(fired=(*done, "update")), WITH_UPDATE, late)
    assert rest == Wait(MONDAY + 32 * HOUR, "escalation at 24h, again 2 of 2")


ASKING = replace(STANDARD, survey_after_close=hours(24))
CLOSED = thread(State.CLOSED, answered_at=MONDAY, closed_at=MONDAY)


def test_a_closed_thread_waits_for_its_survey() -> None:
    asked_at = MONDAY + 24 * HOUR
    assert ladder.next_due(CLOSED, ASKING, asked_at - HOUR) == Wait(asked_at, "survey")
    assert ladder.upcoming(CLOSED, ASKING, asked_at - HOUR) == (asked_at, "survey")
    assert ladder.next_due(CLOSED, ASKING, asked_at) == Survey()
    assert ladder.upcoming(CLOSED, ASKING, asked_at) == (asked_at, "survey")
    assert ladder.next_due(CLOSED, STANDARD, asked_at) == Wait(None, None)


@pytest.mark.parametrize(
    "spared",
    [
        replace(CLOSED, surveyed_at=MONDAY),
        replace(CLOSED, answered_at=None),
        replace(CLOSED, clock=False),
        replace(CLOSED, wait=0),
        replace(CLOSED, undeliverable="550 no such user"),
        replace(CLOSED, customer_address=""),
    ],
    ids=["asked before", "never answered", "no customer", "never wrote", "undeliverable", "no address"],
)
def test_nobody_else_is_asked(spared: Thread) -> None:
    assert ladder.next_due(spared, ASKING, MONDAY + 24 * HOUR) == Wait(None, None)


def test_a_survey_that_an_outage_made_a_week_late_is_not_sent() -> None:
    late = MONDAY + timedelta(days=8)
    assert ladder.next_due(CLOSED, ASKING, late) == Survey()
    assert ladder.next_due(CLOSED, ASKING, late + HOUR) == Wait(None, None)
