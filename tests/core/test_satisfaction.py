"""Ratings of the day and the week, complaints and praise by month, as the digest counts them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from autoack.core.satisfaction import Average, Month, Rated, Satisfaction, Voiced, first_month, satisfaction

ZAGREB = ZoneInfo("Europe/Zagreb")
NIGHT = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGAN = [MOMENT - n * DAY for n in range(14, 0, -1)]


def rated(stars: int, at: datetime, ref: str = "AA-1") -> Rated:
    return Rated(at, ref, "support", "Račun", "Iva Horvat", "iva@kupac.example", stars, "")


def said(*ratings: Rated, voiced: tuple[Voiced, ...] = ()) -> Satisfaction:
    return satisfaction(ratings, voiced, NIGHT, BEGAN, MOMENT, ZAGREB)


def test_the_day_the_week_and_the_week_before_have_their_averages() -> None:
    found = said(
        rated(1, MOMENT - 14 * DAY, "AA-0"),  # of the night before the fortnight
        rated(2, MOMENT - 10 * DAY, "AA-1"),
        rated(3, MOMENT - 7 * DAY, "AA-2"),
        rated(4, MOMENT - 3 * DAY, "AA-3"),
        rated(5, MOMENT - HOUR, "AA-4"),
        rated(4, MOMENT, "AA-5"),
        rated(1, MOMENT + HOUR, "AA-6"),  # after this night
    )
    assert found.day == Average(2, 4.5)
    assert found.week == Average(3, 13 / 3)
    assert found.week_before == Average(2, 2.5)
    assert [(one.ref, one.stars) for one in found.rated] == [("AA-5", 4), ("AA-4", 5)]


def test_a_vote_that_was_changed_counts_once_in_each_time() -> None:
    found = said(rated(1, MOMENT - 8 * DAY), rated(2, MOMENT - 2 * DAY), rated(5, MOMENT - HOUR))
    assert (found.day, found.week) == (Average(1, 5.0), Average(1, 5.0))
    assert found.week_before == Average(1, 1.0)


def test_a_thread_that_complains_again_and_again_counts_once_a_month() -> None:
    complaint = Voiced(MOMENT - HOUR, "AA-1", "complaint")
    found = said(
        voiced=(
            complaint,
            complaint,
            Voiced(MOMENT - 2 * HOUR, "AA-1", "praise"),
            Voiced(MOMENT - 25 * DAY, "AA-1", "complaint"),
            Voiced(MOMENT + HOUR, "AA-2", "complaint"),
        )
    )
    assert found.months == (
        Month(date(2026, 11, 1), 1, 1),
        Month(date(2026, 10, 1), 1, 0),
        Month(date(2026, 9, 1), 0, 0),
    )


def test_months_are_those_of_the_wall() -> None:
    evening = Voiced(datetime(2026, 10, 31, 23, 30, tzinfo=UTC), "AA-1", "praise")  # 00:30 in Zagreb
    assert said(voiced=(evening,)).months[0] == Month(date(2026, 11, 1), 0, 1)
    assert first_month(date(2026, 1, 5), ZAGREB) == datetime(2025, 11, 1, tzinfo=ZAGREB)


def test_where_nobody_said_anything_there_is_nothing_to_say() -> None:
    assert not said().anything
    assert said().months == ()
    assert said(rated(3, MOMENT - 10 * DAY)).anything
