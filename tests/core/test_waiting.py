"""Who waited at a moment of the past, and whose the thread was then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autoack.core.waiting import (
    Recounted,
    Terms,
    Turn,
    Waiting,
    as_promised,
    assignee_at,
    rewound,
    terms_in,
    with_terms,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def waiting(ref: str, hours: float) -> Waiting:
    since = NOW - hours * HOUR
    return Waiting(
        ref, "support", "Račun", "ivan@kupac.example", "Ivan", None, since, since + DAY, since + 3 * DAY
    )


class TestRewinding:
    """Who waited at a moment of the past, by the events that start and stop a clock."""

    AT = NOW

    def rewound(self, *turns: Turn) -> Waiting | None:
        thread = waiting("AA-1", 5)
        return rewound(thread, turns, self.AT, lambda _, since: (since + DAY, since + 3 * DAY))

    @staticmethod
    def turn(hours: float, what: str, reason: str | None = None) -> Turn:
        return Turn(NOW + hours * HOUR, what, reason)

    def test_a_thread_that_was_answered_later_waited(self) -> None:
        assert self.rewound(self.turn(-5, "wait", "customer-mail"), self.turn(1, "answer")) == waiting(
            "AA-1", 5
        )

    @pytest.mark.parametrize("stop", ["answer", "close", "snooze", "ignore"])
    def test_a_thread_whose_clock_had_stopped_did_not_wait(self, stop: str) -> None:
        turns = (self.turn(-5, "wait", "customer-mail"), self.turn(-1, stop), self.turn(2, "reopen"))
        assert self.rewound(*turns) is None

    def test_a_thread_that_began_later_did_not_wait(self) -> None:
        assert self.rewound(self.turn(1, "wait", "customer-mail")) is None

    def test_a_flag_that_was_undone_later_still_held_then(self) -> None:
        wait, flag, undone = (
            self.turn(-5, "wait", "customer-mail"),
            self.turn(-1, "answer", "flag"),
            self.turn(1, "wait", "flag-undone"),
        )
        assert self.rewound(wait, flag, undone) is None
        assert self.rewound(wait, flag, self.turn(-0.5, "wait", "flag-undone")) == waiting("AA-1", 5)

    def test_an_earlier_wait_has_its_own_start_and_promises_counted_anew(self) -> None:
        found = self.rewound(
            self.turn(-40, "wait", "customer-mail"),
            self.turn(1, "answer"),
            self.turn(2, "wait", "customer-mail"),
        )
        start = NOW - 40 * HOUR
        assert found is not None
        assert (found.waiting_since, found.promised_at, found.resolve_at) == (
            start,
            start + DAY,
            start + 3 * DAY,
        )

    def test_an_earlier_wait_in_a_mailbox_that_is_no_more_is_left_out(self) -> None:
        turns = (self.turn(-40, "wait", "customer-mail"), self.turn(2, "wait", "customer-mail"))
        assert rewound(waiting("AA-1", 5), turns, NOW, lambda *_: None) is None

    def test_a_follow_up_begins_a_wait_and_the_end_of_a_snooze_does_not(self) -> None:
        before = self.turn(-40, "wait", "customer-mail"), self.turn(1, "answer")
        found = self.rewound(*before, self.turn(48, "wake", "follow-up"))
        assert found is not None
        assert found.waiting_since == NOW - 40 * HOUR
        assert self.rewound(
            self.turn(-5, "wait", "customer-mail"), self.turn(1, "snooze"), self.turn(9, "wake")
        ) == waiting("AA-1", 5)

    def test_before_a_person_reopened_it_the_earlier_wait_went_on(self) -> None:
        found = self.rewound(
            self.turn(-40, "wait", "customer-mail"), self.turn(1, "close"), self.turn(2, "reopen")
        )
        assert found is not None
        assert found.waiting_since == NOW - 40 * HOUR


@pytest.mark.parametrize(
    ("at", "promised", "resolved"),
    [
        (1, 20, 60),  # before both counts: as the first found it
        (4, 30, 60),
        (8, 30, None),  # nothing names the reply any more: as the last count left it
        (12, 99, 99),  # of the wait that began at 10 no count is known: as it was found
    ],
)
def test_promises_that_were_counted_anew_are_those_that_held(
    at: int, promised: int, resolved: int | None
) -> None:
    def hour(number: int) -> datetime:
        return NOW + number * HOUR

    counts: list[Recounted] = [
        (hour(-9), {"promise": (hour(1), hour(2))}),  # of a wait before
        (hour(3), {"promise": (hour(20), hour(30))}),
        (hour(6), {"resolution": (hour(60), None), "next step": (None, hour(7))}),
        (hour(20), {"promise": (hour(77), hour(88))}),  # after the wait that began at 10
    ]
    turns = [Turn(hour(0), "wait", "customer-mail"), Turn(hour(10), "reopen"), Turn(hour(15), "reopen")]
    since = max(turn.at for turn in turns if turn.at <= hour(at))
    thread = replace(waiting("AA-1", 0), waiting_since=since, promised_at=hour(99), resolve_at=hour(99))
    found = as_promised(thread, turns, counts, hour(at))
    expected = hour(resolved) if resolved is not None else None
    assert (found.promised_at, found.resolve_at) == (hour(promised), expected)


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ((), "ana"),  # never given to anybody: whom a rule set
        (((-2, "marko"), (-1, "vera"), (1, "ana")), "vera"),
        (((1, "ana"),), None),  # given only later
    ],
)
def test_whose_the_thread_was_is_told_by_whom_it_was_given_to(
    given: tuple[tuple[int, str], ...], then: str | None
) -> None:
    assigned = [(NOW + hours * HOUR, person) for hours, person in given]
    assert assignee_at("ana", assigned, NOW) == then


@pytest.mark.parametrize("promised", [NOW + 9 * HOUR + timedelta(microseconds=5), None])
def test_the_terms_of_a_wait_are_read_back_as_they_were_written(promised: datetime | None) -> None:
    terms = Terms(NOW, promised, NOW + DAY)
    assert terms_in(with_terms("wait 2", terms)) == terms


@pytest.mark.parametrize(
    "detail",
    [
        "wait 2",
        "",
        "reopened",
        "x; since none, reply by none, resolution by none",
        "x; since a, reply by b, resolution by c",
    ],
)
def test_events_of_older_databases_have_no_terms(detail: str) -> None:
    assert terms_in(detail) is None
