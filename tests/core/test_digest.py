"""What comes first in a digest, who gets one, and what its figures count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.core import digest, nights
from autoack.core.digest import Answered, Facts
from autoack.core.waiting import Told, Waiting
from tests.letters.nights import DATE, ZAGREB, desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = nights.night_of(desk().digest, ZAGREB, DATE)  # Friday, 20 November 2026, 21:00 in Zagreb
NOW = NIGHT.moment


def waiting(ref: str, hours: float, **changes: object) -> Waiting:
    since = NOW - hours * HOUR
    made = Waiting(
        ref=ref,
        mailbox="support",
        subject="Račun",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        assignee=None,
        waiting_since=since,
        promised_at=since + DAY,
        resolve_at=since + 3 * DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def answered(at: datetime, hours: float, **changes: object) -> Answered:
    made = Answered(at, at - hours * HOUR, int(hours * 3600), True, "support", None, "question")
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def told(*threads: Waiting, teams: tuple[str, ...] = (), **changes: object) -> digest.Digest:
    of = desk()
    facts = replace(Facts(waiting=threads), **changes)  # type: ignore[arg-type]  # a test's own shorthand
    return digest.build(facts, of, of.people["vera"], teams, NIGHT, NOW)


class TestReaders:
    """Who gets one, about what."""

    def test_managers_get_the_whole_and_leads_nothing_unless_they_are_to(self) -> None:
        assert digest.readers(desk()) == {"vera": ()}
        assert digest.readers(desk(leads=True)) == {"vera": (), "marko": ("front",)}

    def test_who_leads_several_teams_gets_one_about_all_of_them(self) -> None:
        assert digest.readers(desk(to=("ana",), leads=True))["vera"] == ("back",)
        of = desk(to=("ana",), leads=True)
        both = {n: replace(b, team=replace(b.team, lead="marko")) for n, b in of.mailboxes.items()}
        assert digest.readers(replace(of, mailboxes=both)) == {"ana": (), "marko": ("front", "back")}

    def test_it_is_about_the_mailboxes_of_these_teams(self) -> None:
        assert digest.scope(desk(), ()) is None
        assert digest.scope(desk(), ("front",)) == {"support"}

    def test_a_leads_groups_are_those_of_the_team(self) -> None:
        shown = told(teams=("front",))
        assert [g.name for g in shown.mailboxes] == ["support"]
        assert [g.name for g in shown.by_team] == ["front"]


class TestLists:
    """What is late and what falls due."""

    def test_high_priority_comes_first_then_what_is_past_the_time_to_resolve_then_the_longest_overdue(
        self,
    ) -> None:
        shown = told(
            waiting("AA-1", 25),
            waiting("AA-2", 73),
            waiting("AA-3", 60),
            waiting("AA-4", 30, resolve_at=NOW - HOUR),
            waiting("AA-5", 100),
            waiting("AA-6", 26, priority="high"),
            waiting("AA-7", 200, priority="low"),
        )
        refs = [o.item.thread.ref for o in shown.overdue]
        assert refs == ["AA-6", "AA-5", "AA-2", "AA-4", "AA-3", "AA-1", "AA-7"]
        assert [o.past_resolve for o in shown.overdue] == [False, True, True, True, False, False, True]
        assert shown.past_resolve == 4

    def test_it_says_how_long_since_when_who_has_it_and_what_was_done(self) -> None:
        steps = {"AA-1": Told("escalate", NOW - HOUR, ("marko", "iva"))}
        (late,) = told(waiting("AA-1", 30, assignee="ana"), told=steps).overdue
        assert (late.item.waited, late.since, late.item.assignee) == (30 * HOUR, NOW - 6 * HOUR, "Ana Kovač")
        # Who has left the team is shown by id.
        assert late.item.told == Told("escalate", NOW - HOUR, ("Marko Babić", "iva"))
        assert late.item.mailbox == desk().mailboxes["support"]

    def test_a_thread_of_a_mailbox_that_is_no_more_is_still_told(self) -> None:
        (late,) = told(waiting("AA-1", 30, mailbox="gone", assignee="iva")).overdue
        assert (late.item.mailbox, late.item.assignee) == (None, "iva")

    @pytest.mark.parametrize(
        ("promised", "overdue", "due"),
        [
            (NOW - timedelta(seconds=1), 1, 0),
            (NOW, 0, 1),  # due this very moment: not yet late
            (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), 0, 1),  # still tonight
            (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), 0, 1),
            (datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC), 0, 1),  # the last second of tomorrow in Zagreb
            (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), 0, 0),  # the day after
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
        assert [o.item.thread.ref for o in shown.overdue] == ["AA-1"]
        assert [(d.item.thread.ref, d.resolve, d.at) for d in shown.due] == [("AA-1", True, NOW + 12 * HOUR)]

    def test_what_falls_due_first_comes_first_each_thread_once_by_its_next_promise(self) -> None:
        both = waiting("AA-1", 1, promised_at=NOW + 9 * HOUR, resolve_at=NOW + 10 * HOUR)
        shown = told(both, waiting("AA-2", 22))
        assert [(d.item.thread.ref, d.resolve) for d in shown.due] == [("AA-2", False), ("AA-1", False)]

    def test_who_needs_help_is_counted_by_whose_overdue_threads_are_nobodys_first(self) -> None:
        shown = told(
            *(
                waiting(f"AA-{n}", 30, assignee=who)
                for n, who in enumerate(["ana", None, "ana", None, "bence"])
            )
        )
        assert shown.helpless == ((None, 2), ("Ana Kovač", 2), ("Szabó Bence", 1))

    def test_a_quiet_day_is_empty_lists_and_no_figures(self) -> None:
        shown = told()
        assert (shown.overdue, shown.due, shown.helpless, shown.answered) == ((), (), (), 0)
        assert shown.week.wall.median is None


class TestFigures:
    """What is counted."""

    def test_mails_without_a_receipt_come_by_kind_and_reason_most_frequent_first(self) -> None:
        shown = told(not_answered={("list", "list-id"): 2, ("customer", "limit"): 3})
        assert shown.not_answered == (("customer", "limit", 3), ("list", "list-id", 2))

    def test_an_answer_is_measured_in_wall_time_and_in_the_open_time_of_its_policy(self) -> None:
        # From Thursday 15:00 to Friday 10:00 in Zagreb; open 08:00 to 16:00.
        friday = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        week = told(answers=[answered(friday, 19)]).week
        assert (week.wall.median, week.open.median) == (19 * 3600, 3 * 3600)

    def test_where_the_mailbox_is_no_more_open_time_is_wall_time(self) -> None:
        assert told(answers=[answered(NOW, 30, mailbox="gone")]).week.open.median == 30 * 3600

    def test_the_week_and_the_week_before_meet_at_the_moment_seven_nights_ago(self) -> None:
        middle = nights.starts(desk().digest, ZAGREB, DATE, 14)[7]
        shown = told(
            answers=[answered(middle, 1), answered(middle + timedelta(seconds=1), 2), answered(NOW, 4)]
        )
        assert (shown.week_before.wall.count, shown.week_before.wall.median) == (1, 3600)
        assert (shown.week.wall.count, shown.week.wall.median) == (2, 3 * 3600)

    def test_only_first_answers_make_the_weeks_all_make_the_bars(self) -> None:
        shown = told(answers=[answered(NOW, 1), answered(NOW, 30, first=False)])
        assert shown.week.wall.count == 1
        assert (shown.trend[-1].answered, shown.trend[-1].late, shown.answered) == (2, 1, 2)

    def test_there_is_a_bar_for_each_of_fourteen_nights_ending_with_this_one(self) -> None:
        shown = told(answers=[answered(NOW - 3 * DAY - HOUR, 1), answered(NIGHT.since, 1)])
        assert [day.date for day in shown.trend] == [DATE - n * DAY for n in range(13, -1, -1)]
        assert [day.answered for day in shown.trend[-4:]] == [1, 0, 1, 0]

    def test_figures_end_at_the_nights_moment_also_when_it_is_sent_late(self) -> None:
        of = desk()
        late = digest.build(
            Facts(answers=[answered(NOW + HOUR, 1)]), of, of.people["vera"], (), NIGHT, NOW + 8 * HOUR
        )
        assert (late.as_of, late.answered, late.week.wall.count) == (NOW + 8 * HOUR, 0, 0)

    def test_mailboxes_teams_and_categories_are_told_with_the_most_overdue_first(self) -> None:
        shown = told(
            waiting("AA-1", 30, mailbox="sales", category="complaint"),
            answers=[answered(NOW, 1), answered(NOW, 3), answered(NOW - 8 * DAY, 9)],
        )
        assert [(g.name, g.overdue, g.times.count) for g in shown.mailboxes] == [
            ("sales", 1, 0),
            ("support", 0, 2),
        ]
        assert [(g.name, g.overdue, g.times.count) for g in shown.by_team] == [
            ("back", 1, 0),
            ("front", 0, 2),
        ]
        assert [(g.name, g.overdue, g.times.median) for g in shown.categories] == [
            ("complaint", 1, None),
            ("question", 0, 2 * 3600),
        ]

    def test_bars_follow_the_wall_clock_when_the_clocks_change(self) -> None:
        of, zone = desk(), ZoneInfo("Europe/Zagreb")
        night = nights.night_of(of.digest, zone, date(2026, 10, 26))
        sunday = nights.night_of(of.digest, zone, date(2026, 10, 25))  # 25 hours
        facts = Facts(answers=[answered(sunday.since + timedelta(seconds=1), 1), answered(sunday.moment, 1)])
        shown = digest.build(facts, of, of.people["vera"], (), night, night.moment)
        assert [day.answered for day in shown.trend[-3:]] == [0, 2, 0]
