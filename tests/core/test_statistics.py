"""What a set of response times tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoack.core.statistics import median, percentile, ranked, response_times, share_within

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
