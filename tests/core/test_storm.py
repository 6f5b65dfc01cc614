"""When a storm of receipts begins, how long it goes on, and when it is over."""

from datetime import UTC, datetime, timedelta

from autoack.core.policy import Limit
from autoack.core.storm import Storm, gathered, is_over

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIMIT = Limit(3, 10 * MINUTE)


def test_it_begins_with_the_receipt_that_is_one_too_many() -> None:
    assert gathered(None, 2, LIMIT, NOW) is None
    assert gathered(None, 3, LIMIT, NOW) == Storm(NOW, NOW)


def test_it_goes_on_as_long_as_receipts_are_too_many_and_remembers_its_beginning() -> None:
    assert gathered(Storm(NOW, NOW), 3, LIMIT, NOW + MINUTE) == Storm(NOW, NOW + MINUTE)


def test_a_receipt_within_the_limit_does_not_draw_it_out() -> None:
    assert gathered(Storm(NOW, NOW), 2, LIMIT, NOW + MINUTE) == Storm(NOW, NOW)


def test_it_is_over_when_the_time_has_passed_since_the_last_one_too_many() -> None:
    storm = Storm(NOW, NOW + MINUTE)
    assert not is_over(storm, LIMIT, NOW + 10 * MINUTE)
    assert is_over(storm, LIMIT, NOW + 11 * MINUTE)
