"""What people hear of a thread at once, and once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autoack.core import acts
from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.news import News, assigned, bounced, comes_back_at, coming_back, news_of, ruled, told
from autoack.core.thread import State, Thread

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOMENT = str(int(NOW.timestamp()))
LATER = NOW + timedelta(minutes=1)
THREAD = Thread(
    "AA-7K3M-9QXD",
    "support",
    "Račun",
    "ivan@kupac.example",
    "Ivan Horvat",
    None,
    "hr",
    State.WAITING,
    NOW,
    wait=2,
    next_step_at=NOW + timedelta(hours=20),
    next_step="reminder at 20h",
)


def test_whom_a_rule_names_hears_once_a_wait() -> None:
    assert list(news_of(replace(THREAD, notify=("lead", "ana")))) == [
        News(MailKind.NOTICE, "2", ("lead", "ana"))
    ]


def test_who_is_given_a_thread_hears_at_once() -> None:
    given = assigned(THREAD, "ana", NOW)
    assert (given.next_step_at, given.next_step) == (NOW, "notice")
    assert list(news_of(given)) == [News(MailKind.ASSIGNMENT, MOMENT, ("ana",))]


def test_given_on_before_it_was_told_only_the_last_hears() -> None:
    whom = [news.whom for news in news_of(assigned(assigned(THREAD, "ana", NOW), "marko", LATER))]
    assert whom == [("marko",)]


def test_a_rule_adds_whom_it_names_to_news_that_were_not_told_yet() -> None:
    given = ruled(assigned(replace(THREAD, notify=("lead",)), "ana", NOW), ("manager",))
    assert [(news.kind, news.whom) for news in news_of(given)] == [
        (MailKind.NOTICE, ("manager",)),
        (MailKind.ASSIGNMENT, ("ana",)),
    ]


def test_when_our_answer_promised_to_come_back_is_kept_while_there_are_news() -> None:
    answered = coming_back(replace(THREAD, state=State.ANSWERED), LATER)
    assert (answered.next_step, answered.next_step_at) == (FOLLOW_UP, LATER)
    given = bounced(assigned(answered, "ana", NOW), NOW)
    assert (given.next_step, given.next_step_at, comes_back_at(given)) == ("notice", NOW, LATER)
    assert [news.kind for news in news_of(given)] == [MailKind.ASSIGNMENT, MailKind.BOUNCED]
    assert told(given) == replace(answered, assignee=given.assignee)


def test_a_further_answer_takes_the_place_of_that_promise_also_before_the_news_are_told() -> None:
    given = assigned(coming_back(replace(THREAD, state=State.ANSWERED), LATER), "ana", NOW)
    further = NOW + timedelta(days=3)
    assert comes_back_at(told(coming_back(given, further))) == further
    assert comes_back_at(told(coming_back(given, None))) is None
    assert list(news_of(coming_back(given, None))) == list(news_of(given))


def test_who_waits_again_is_not_come_back_to() -> None:
    given = assigned(coming_back(replace(THREAD, state=State.ANSWERED), LATER), "ana", NOW)
    assert told(replace(given, state=State.WAITING)).next_step is None


def test_all_news_are_told_together() -> None:
    thread = bounced(assigned(replace(THREAD, notify=("lead",)), "ana", NOW), NOW)
    assert [news.kind for news in news_of(thread)] == [
        MailKind.NOTICE,
        MailKind.ASSIGNMENT,
        MailKind.BOUNCED,
    ]


@pytest.mark.parametrize(
    "thread",
    [replace(THREAD, state=state) for state in (State.SNOOZED, State.CLOSED)]
    + [replace(THREAD, clock=False)],
)
def test_what_is_put_aside_keeps_its_date_and_its_news(thread: Thread) -> None:
    given = assigned(thread, "ana", NOW)
    assert (given.next_step_at, given.next_step) == (thread.next_step_at, thread.next_step)
    assert [news.whom for news in news_of(given)] == [("ana",)]


def test_who_takes_a_thread_knows() -> None:
    assert acts.assign(THREAD, "ana", NOW, "ana").thread.notify == ()
    assert acts.assign(THREAD, "ana", NOW, "marko").thread.notify == (f"assigned:{MOMENT}:ana",)
    assert acts.assign(THREAD, "ana", NOW).thread.notify == (f"assigned:{MOMENT}:ana",)
