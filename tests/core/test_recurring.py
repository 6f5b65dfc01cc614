"""Recurring care: the policy of its threads, and what becomes of one when the customer writes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from autoack.core import recurring
from autoack.core.policy import (
    Calendar,
    Duration,
    LadderStep,
    Mailbox,
    Policy,
    Recurring,
    Share,
    Team,
    is_recurring,
)
from autoack.core.recurring import Due
from autoack.core.thread import State
from autoack.core.waits import answer
from tests.store.samples import thread

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)  # 09:00 in Zagreb
THREE_DAYS, LEAD = Duration(days=3), ("lead",)
ALWAYS = Calendar("always", ZAGREB, always=True)
USUAL = Policy(
    "standard",
    ALWAYS,
    ladder=(LadderStep(Duration(seconds=3600), ("on_duty",)),),
    holding_update=Duration(days=1),
    survey_after_close=Duration(days=1),
    closing_note=True,
)


def entry(*steps: LadderStep, **changes: Any) -> Recurring:
    made = Recurring(
        name="Godišnja provjera",
        customer_name="Ivan Horvat",
        customer_address="ivan@kupac.example",
        cron="0 9 1 3 *",
        mailbox="support",
        ladder=steps or (LadderStep(THREE_DAYS, LEAD),),
    )
    return replace(made, **changes)


def mailbox(of: Recurring) -> Mailbox:
    team = Team("front", ("iva",), "iva", "iva")
    policy = recurring.policy_of(of, USUAL)
    return Mailbox("support", "podrska@vocar.example", "Voćar", team, policy, ("hr", "en"))


def test_its_policy_has_a_ladder_of_its_own_and_tells_the_customer_nothing() -> None:
    policy = recurring.policy_of(entry(), USUAL)
    assert (policy.id, policy.calendar) == ("recurring:Godišnja provjera", ALWAYS)
    assert [step.at for step in policy.ladder] == [THREE_DAYS]
    assert (policy.holding_update, policy.survey_after_close, policy.closing_note) == (None, None, False)


def test_it_is_overdue_from_its_first_step_on() -> None:
    late, soon = LadderStep(Duration(days=7), ("manager",)), LadderStep(Duration(seconds=48 * 3600), LEAD)
    policy = recurring.policy_of(entry(late, soon), USUAL)
    assert (policy.reply_within, policy.resolve_within) == (Duration(seconds=48 * 3600), Duration(days=7))


def test_a_share_is_one_of_the_mailboxs_promise() -> None:
    policy = recurring.policy_of(entry(LadderStep(Share(Fraction(3, 4)), LEAD)), USUAL)
    assert (policy.reply_within, policy.resolve_within) == (USUAL.reply_within, USUAL.resolve_within)


@pytest.mark.parametrize(
    ("since", "now", "due"),
    [
        (NOW - timedelta(hours=1), NOW - timedelta(minutes=1), None),
        (NOW - timedelta(hours=1), NOW, Due(NOW, late=False, others=False)),
        (NOW - timedelta(hours=1), NOW + timedelta(minutes=5), Due(NOW, late=False, others=False)),
        (NOW - timedelta(hours=1), NOW + timedelta(minutes=6), Due(NOW, late=True, others=False)),
        (NOW - timedelta(days=800), NOW + timedelta(days=1), Due(NOW, late=True, others=True)),
        (NOW, NOW + timedelta(days=1), None),
    ],
)
def test_the_last_time_counts_and_says_what_was_missed(
    since: datetime, now: datetime, due: Due | None
) -> None:
    assert recurring.due(recurring.times_of(entry(), ZAGREB), since, now) == due


def test_other_times_have_another_fingerprint() -> None:
    prints = {
        recurring.fingerprint(one, zone)
        for one in (entry(), entry(cron="0 9 2 3 *"))
        for zone in (ZAGREB, ZoneInfo("Europe/London"))
    }
    assert len(prints) == 4
    same = entry(LadderStep(Duration(days=9), LEAD), customer_address="other@kupac.example")
    assert recurring.fingerprint(same, ZAGREB) == recurring.fingerprint(entry(), ZAGREB)


def test_the_line_of_the_timeline_says_what_was_missed() -> None:
    due = Due(NOW, late=True, others=True)
    opened, event = recurring.opened(
        entry(), due, "AA-1111-1111", mailbox(entry()), [], NOW + timedelta(hours=2)
    )
    assert opened.waiting_since == NOW + timedelta(hours=2)
    assert (event.what, event.reason) == ("recurring", "outage")
    assert (
        "2026-03-01T09:00+01:00; missed, and made up for now; earlier times were missed too" in event.detail
    )


def test_what_is_not_given_comes_from_the_customers_last_threads() -> None:
    earlier = [
        thread("AA-3333-3333", customer_name=None, language="hu"),
        thread("AA-2222-2222", customer_name="Kovács Anna", honorific="dr.", language="en"),
    ]
    due = Due(NOW, late=False, others=False)
    opened, _ = recurring.opened(entry(customer_name=""), due, "AA-1111-1111", mailbox(entry()), earlier, NOW)
    assert (opened.customer_name, opened.honorific, opened.language) == ("Kovács Anna", "dr.", "hu")


@pytest.mark.parametrize("state", State)
def test_the_customers_own_mail_makes_it_a_matter_like_others(state: State) -> None:
    ours = thread(state=state, policy="recurring:Godišnja provjera")
    taken = recurring.taken_over(ours, NOW)
    assert not is_recurring(taken.policy)
    waited = state in (State.WAITING, State.SNOOZED)
    assert taken.state is (State.CLOSED if waited else state)
    assert taken.next_step_at == (None if waited else ours.next_step_at)
    theirs = thread(state=state, policy="fast")
    assert recurring.taken_over(theirs, NOW) is theirs


def test_our_own_mail_measures_no_answer() -> None:
    ours = thread(policy="recurring:Godišnja provjera", waiting_since=NOW - timedelta(days=2))
    _, event = answer(ours, NOW, "iva", "team-reply", USUAL, NOW)
    assert event.seconds is None
    _, event = answer(replace(ours, policy=None), NOW, "iva", "team-reply", USUAL, NOW)
    assert event.seconds == 2 * 86400
