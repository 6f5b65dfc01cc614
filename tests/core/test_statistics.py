"""What a set of response times tells."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoack.core.statistics import (
    Answer,
    day_of,
    groups,
    median,
    percent,
    percentile,
    period,
    ranked,
    response_times,
    share_within,
    verdict,
)

HOUR = 3600


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([], None),
        ([7], 7),
        ([9, 1, 5], 5),
        ([4, 1, 3, 2], 2),  # the mean of 2 and 3, rounded down
        ([10, 20], 15),
    ],
)
def test_the_median_is_the_middle_length(seconds: list[int], expected: int | None) -> None:
    assert median(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "percent", "expected"),
    [
        ([], 90, None),
        ([7], 90, 7),
        (range(1, 11), 90, 9),
        (range(1, 12), 90, 10),  # 9.9 of 11: the tenth
        ([5, 3, 1], 90, 5),
        (range(1, 101), 100, 100),
        (range(1, 101), 1, 1),
    ],
)
def test_the_percentile_is_by_nearest_rank(seconds: list[int], percent: int, expected: int | None) -> None:
    assert percentile(seconds, percent) == expected


@given(st.lists(st.integers(0, 10**7), min_size=1), st.integers(1, 100))
def test_a_percentile_occurred_and_enough_lengths_do_not_exceed_it(seconds: list[int], percent: int) -> None:
    found = percentile(seconds, percent)
    assert found in seconds
    assert sum(s <= found for s in seconds) * 100 >= percent * len(seconds)
    assert sum(s < found for s in seconds) * 100 < percent * len(seconds)


def test_who_was_answered_exactly_at_the_limit_is_within_it() -> None:
    assert share_within([24 * HOUR, 24 * HOUR + 1], 24 * HOUR) == 0.5


def test_no_answers_give_no_figures_rather_than_good_ones() -> None:
    times = response_times([])
    assert (times.count, times.median, times.p90, times.within_24h, times.within_3d) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_the_figures_of_a_day() -> None:
    times = response_times([HOUR, 2 * HOUR, 30 * HOUR, 80 * HOUR])
    assert (times.count, times.median, times.p90) == (4, 16 * HOUR, 80 * HOUR)
    assert (times.within_24h, times.within_3d) == (0.5, 0.75)


def test_counts_come_most_frequent_first_and_equals_by_name() -> None:
    assert ranked({"list": 2, "age": 2, "limit": 5, "never": 0}) == (("limit", 5), ("age", 2), ("list", 2))


NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def answer(wall: int, at: datetime = NOW, *, first: bool = True, mailbox: str = "support") -> Answer:
    return Answer(at, wall, wall // 2, first, mailbox, None, "question")


def test_a_period_measures_first_answers_in_both_times_from_after_its_start_up_to_its_end() -> None:
    answers = [answer(10), answer(20, NOW - DAY), answer(30, first=False), answer(40, NOW + DAY)]
    found = period(answers, NOW - DAY, NOW)
    assert (found.wall.median, found.open.median, found.wall.count) == (10, 5, 1)


def test_a_days_bar_counts_all_answers_and_those_after_more_than_24_hours() -> None:
    answers = [answer(24 * HOUR), answer(24 * HOUR + 1, first=False), answer(1, NOW - DAY)]
    day = day_of(date(2026, 11, 20), answers, NOW - DAY, NOW)
    assert (day.answered, day.late) == (2, 1)


def test_groups_name_what_is_known_what_is_overdue_and_what_was_answered() -> None:
    found = groups(
        [answer(3, mailbox="b"), answer(9, first=False, mailbox="b"), answer(5, mailbox="a")],
        lambda a: a.mailbox,
        {"late": 2},
        known=["quiet"],
    )
    assert [(g.name, g.overdue, g.times.count) for g in found] == [
        ("late", 2, 0),
        ("a", 0, 1),
        ("b", 0, 1),
        ("quiet", 0, 0),
    ]
    assert groups([answer(1)], lambda a: a.team, {}) == ()


@pytest.mark.parametrize(
    ("week", "before", "expected"),
    [
        ([1], [30 * HOUR, 1], "better"),
        ([1, 30 * HOUR], [1], "worse"),
        ([HOUR], [2 * HOUR], "better"),  # equal shares: the median
        ([2 * HOUR], [HOUR], "worse"),
        ([HOUR], [HOUR], "same"),
        ([HOUR], [], "new"),
        ([], [HOUR], "none"),
    ],
)
def test_the_share_within_24_hours_says_whether_it_is_better_then_the_median(
    week: list[int], before: list[int], expected: str
) -> None:
    assert verdict(response_times(week), response_times(before)) == expected


@pytest.mark.parametrize(("share", "shown"), [(0.999, 99), (0.29, 29), (1.0, 100), (0.0, 0)])
def test_nearly_all_is_not_all(share: float, shown: int) -> None:
    assert percent(share) == shown
