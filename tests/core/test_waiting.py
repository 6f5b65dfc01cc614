"""Who waited at a moment of the past, and whose the thread was then."""

from datetime import UTC, datetime, timedelta

import pytest

from autoack.core.waiting import Turn, Waiting, assignee_at, rewound

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

    def test_before_a_person_reopened_it_the_earlier_wait_went_on(self) -> None:
        found = self.rewound(
            self.turn(-40, "wait", "customer-mail"), self.turn(1, "close"), self.turn(2, "reopen")
        )
        assert found is not None
        assert found.waiting_since == NOW - 40 * HOUR


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
