"""Which night it is, who waited then, and what comes first in a digest."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoack.core import digest
from autoack.core.digest import Facts, FailedMail, Night, Turn, Waiting
from autoack.core.policy import DigestPlan, Organisation, Person

ZAGREB = ZoneInfo("Europe/Zagreb")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plan(at: str = "21:00") -> DigestPlan:
    return DigestPlan(time.fromisoformat(at), ("vera",))


class TestNights:
    """Every local date has one night."""

    @pytest.mark.parametrize(
        ("at", "day", "moment"),
        [
            ("21:00", date(2026, 11, 21), "2026-11-21T20:00"),  # winter: UTC+1
            ("21:00", date(2026, 7, 1), "2026-07-01T19:00"),  # summer: UTC+2
            ("02:30", date(2026, 3, 29), "2026-03-29T01:30"),  # 02:30 does not exist: 03:30 summer time
            ("02:30", date(2026, 10, 25), "2026-10-25T00:30"),  # 02:30 comes twice: the first
        ],
    )
    def test_its_moment_follows_the_wall_clock(self, at: str, day: date, moment: str) -> None:
        assert digest.moment(plan(at), ZAGREB, day) == utc(moment)

    @pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
    def test_it_counts_from_the_moment_before_also_when_the_clocks_change(
        self, day: date, hours: int
    ) -> None:
        night = digest.night_of(plan(), ZAGREB, day)
        assert night.moment - night.since == hours * HOUR

    @given(st.dates(date(2000, 1, 1), date(2037, 1, 1)), st.times())
    def test_nights_follow_each_other_without_gap_or_overlap(self, day: date, at: time) -> None:
        one, two = (digest.night_of(DigestPlan(at, ()), ZAGREB, d) for d in (day, day + DAY))
        assert one.since < one.moment == two.since < two.moment
        assert one.following == two.moment

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("2026-11-21T19:59:59", date(2026, 11, 20)),
            ("2026-11-21T20:00", date(2026, 11, 21)),  # on the second
            ("2026-11-21T23:30", date(2026, 11, 21)),  # past local midnight
            ("2026-11-22T06:00", date(2026, 11, 21)),  # late, after an outage
            ("2026-11-24T19:00", date(2026, 11, 23)),  # missed nights are not made up for
        ],
    )
    def test_the_last_night_is_the_latest_whose_moment_has_come(self, now: str, expected: date) -> None:
        assert digest.last_night(plan(), ZAGREB, utc(now), LONG_AGO) == expected

    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            ("2026-11-21T19:59", date(2026, 11, 21)),
            ("2026-11-21T20:00", None),
            ("2026-11-21T20:30", None),
        ],
    )
    def test_the_first_night_is_the_first_after_the_database_was_made(
        self, made: str, expected: date | None
    ) -> None:
        assert digest.last_night(plan(), ZAGREB, utc("2026-11-21T21:00"), utc(made)) == expected

    def test_clocks_that_go_back_over_midnight_do_not_put_a_night_off(self) -> None:
        zone, of_day = ZoneInfo("America/St_Johns"), plan("00:00")
        first = digest.moment(of_day, zone, date(2010, 11, 7))  # a minute later it is 23:01 again
        found = digest.last_night(of_day, zone, first + timedelta(minutes=30), LONG_AGO)
        assert found == date(2010, 11, 7)

    @given(
        st.integers(0, 36 * 365 * 24 * 60).map(lambda minutes: utc("2001-01-01T00:00") + minutes * HOUR / 60),
        st.times(),
        st.sampled_from(["Europe/Zagreb", "Pacific/Kiritimati", "America/St_Johns", "Australia/Lord_Howe"]),
    )
    def test_whenever_one_asks_one_night_is_the_last(self, now: datetime, at: time, zone_name: str) -> None:
        zone, of_day = ZoneInfo(zone_name), DigestPlan(at, ())
        found = digest.last_night(of_day, zone, now, LONG_AGO)
        assert found is not None
        assert digest.moment(of_day, zone, found) <= now < digest.moment(of_day, zone, found + DAY)

    @pytest.mark.parametrize(
        ("at", "now", "expected"),
        [
            ("21:00", "2026-11-21T10:00", date(2026, 11, 21)),
            ("21:00", "2026-11-21T22:00", date(2026, 11, 21)),  # 23:00: it has just been
            ("06:00", "2026-11-21T03:00", date(2026, 11, 21)),
            ("06:00", "2026-11-21T19:00", date(2026, 11, 22)),  # the coming morning
        ],
    )
    def test_tonight_is_todays_or_the_coming_mornings(self, at: str, now: str, expected: date) -> None:
        assert digest.tonight(plan(at), ZAGREB, utc(now)) == expected

    def test_its_key_names_date_and_person(self) -> None:
        assert digest.key(date(2026, 11, 21), "vera") == "digest:2026-11-21:vera"

    @pytest.mark.parametrize(
        ("now", "sent", "expected"),
        [
            ("2026-11-21T15:00", None, "2026-11-21T15:00"),  # before its hour: as it stands
            (
                "2026-11-21T16:00",
                "2026-11-21T15:00",
                "2026-11-21T16:00",
            ),  # the same, though one was sent early
            ("2026-11-22T08:00", None, "2026-11-22T08:00"),  # late
            ("2026-12-24T08:00", "2026-11-22T08:00", "2026-11-22T08:00"),  # what was sent
            ("2026-12-24T08:00", None, "2026-11-21T20:00"),  # never sent: its own moment
        ],
    )
    def test_the_lists_stand_still_once_it_was_sent(self, now: str, sent: str | None, expected: str) -> None:
        night = digest.night_of(plan(), ZAGREB, date(2026, 11, 21))
        assert digest.stands_at(night, utc(now), utc(sent) if sent else None) == utc(expected)


NIGHT: Night = digest.night_of(plan(), ZAGREB, date(2026, 11, 21))
NOW = NIGHT.moment


def waiting(ref: str, hours: float, **changes: object) -> Waiting:
    since = NOW - hours * HOUR
    known: dict[str, object] = {
        "ref": ref,
        "mailbox": "support",
        "subject": "Račun",
        "customer_address": "ivan@kupac.example",
        "customer_name": "Ivan Horvat",
        "assignee": None,
        "waiting_since": since,
        "promised_at": since + DAY,
        "resolve_at": since + 3 * DAY,
    }
    return Waiting(**{**known, **changes})  # type: ignore[arg-type]  # a test's own shorthand


def told(*threads: Waiting, **changes: object) -> digest.Digest:
    facts: dict[str, object] = {
        "waiting": threads,
        "answer_seconds": (),
        "receipts": 0,
        "not_answered": {},
        "failed": (),
        "deferred": 0,
        "held": 0,
        "quarantined": 0,
    }
    ana = Person("ana", "Ana Kovač", "ana@primjer.example")
    vera = Person("vera", "Vera Jurić", "vera@primjer.example")
    return digest.build(
        Facts(**{**facts, **changes}),  # type: ignore[arg-type]  # a test's own shorthand
        Organisation("Primjer d.o.o.", ZAGREB),
        vera,
        {"ana": ana, "vera": vera},
        NIGHT,
        NOW,
    )


class TestLists:
    """What is late and what falls due."""

    def test_past_the_time_to_resolve_comes_first_then_the_longest_overdue(self) -> None:
        shown = told(
            waiting("AA-1", 25),
            waiting("AA-2", 73),
            waiting("AA-3", 60),
            waiting("AA-4", 30, resolve_at=NOW - HOUR),
            waiting("AA-5", 100),
        )
        assert [o.thread.ref for o in shown.overdue] == ["AA-5", "AA-2", "AA-4", "AA-3", "AA-1"]
        assert [o.past_resolve for o in shown.overdue] == [True, True, True, False, False]

    def test_it_says_how_long_since_when_and_who_has_it(self) -> None:
        (late,) = told(waiting("AA-1", 30, assignee="ana")).overdue
        assert (late.waited, late.overdue_since, late.assignee) == (30 * HOUR, NOW - 6 * HOUR, "Ana Kovač")

    def test_who_has_left_the_team_is_shown_by_id(self) -> None:
        (late,) = told(waiting("AA-1", 30, assignee="iva")).overdue
        assert late.assignee == "iva"

    @pytest.mark.parametrize(
        ("promised", "overdue", "due"),
        [
            (NOW - timedelta(seconds=1), 1, 0),
            (NOW, 0, 1),  # due this very moment: not yet late
            (utc("2026-11-21T22:59"), 0, 1),  # still tonight
            (utc("2026-11-22T12:00"), 0, 1),
            (utc("2026-11-22T22:59:59"), 0, 1),  # the last second of tomorrow in Zagreb
            (utc("2026-11-22T23:00"), 0, 0),  # the day after
            (None, 0, 0),
        ],
    )
    def test_a_promise_is_overdue_due_by_tomorrow_night_or_later(
        self, promised: datetime | None, overdue: int, due: int
    ) -> None:
        shown = told(waiting("AA-1", 1, promised_at=promised, resolve_at=None))
        assert (len(shown.overdue), len(shown.due)) == (overdue, due)

    def test_an_overdue_thread_whose_time_to_resolve_comes_tomorrow_is_in_both_lists(self) -> None:
        shown = told(waiting("AA-1", 60))
        assert [o.thread.ref for o in shown.overdue] == ["AA-1"]
        assert [(d.thread.ref, d.resolve, d.due_at) for d in shown.due] == [("AA-1", True, NOW + 12 * HOUR)]

    def test_what_falls_due_first_comes_first_each_thread_once_by_its_next_promise(self) -> None:
        both = waiting("AA-1", 1, promised_at=NOW + 9 * HOUR, resolve_at=NOW + 10 * HOUR)
        shown = told(both, waiting("AA-2", 22))
        assert [(d.thread.ref, d.resolve) for d in shown.due] == [("AA-2", False), ("AA-1", False)]

    def test_a_quiet_day_is_empty_lists_and_no_figures(self) -> None:
        shown = told()
        assert (shown.overdue, shown.due, shown.times.median) == ((), (), None)


class TestFigures:
    """What is counted."""

    def test_mails_without_a_receipt_come_by_kind_and_reason_most_frequent_first(self) -> None:
        shown = told(not_answered={("list", "list-id"): 2, ("customer", "limit"): 3})
        assert shown.not_answered == (("customer", "limit", 3), ("list", "list-id", 2))

    def test_figures_end_at_the_nights_moment_also_when_it_is_sent_late(self) -> None:
        late = digest.build(
            Facts((), (), 0, {}, (FailedMail("receipt", "x@y.example", "550"),), 0, 0, 0),
            Organisation("Primjer d.o.o.", ZAGREB),
            Person("vera", "Vera", "vera@primjer.example"),
            {},
            NIGHT,
            NOW + 8 * HOUR,
        )
        assert (late.as_of, late.until) == (NOW + 8 * HOUR, NOW)


class TestRewinding:
    """Who waited at a moment of the past, by the events that start and stop a clock."""

    AT = NOW

    def rewound(self, *turns: Turn) -> Waiting | None:
        thread = waiting("AA-1", 5)
        return digest.rewound(thread, turns, self.AT, lambda _, since: (since + DAY, since + 3 * DAY))

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
        assert digest.rewound(waiting("AA-1", 5), turns, NOW, lambda *_: None) is None
