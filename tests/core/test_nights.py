"""Which night it is: every local date has one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoack.core import nights
from autoack.core.policy import DigestPlan

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
        assert nights.moment(plan(at), ZAGREB, day) == utc(moment)

    @pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
    def test_it_counts_from_the_moment_before_also_when_the_clocks_change(
        self, day: date, hours: int
    ) -> None:
        night = nights.night_of(plan(), ZAGREB, day)
        assert night.moment - night.since == hours * HOUR

    @given(st.dates(date(2000, 1, 1), date(2037, 1, 1)), st.times())
    def test_nights_follow_each_other_without_gap_or_overlap(self, day: date, at: time) -> None:
        one, two = (nights.night_of(DigestPlan(at, ()), ZAGREB, d) for d in (day, day + DAY))
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
        assert nights.last_night(plan(), ZAGREB, utc(now), LONG_AGO) == expected

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
        assert nights.last_night(plan(), ZAGREB, utc("2026-11-21T21:00"), utc(made)) == expected

    def test_clocks_that_go_back_over_midnight_do_not_put_a_night_off(self) -> None:
        zone, of_day = ZoneInfo("America/St_Johns"), plan("00:00")
        first = nights.moment(of_day, zone, date(2010, 11, 7))  # a minute later it is 23:01 again
        found = nights.last_night(of_day, zone, first + timedelta(minutes=30), LONG_AGO)
        assert found == date(2010, 11, 7)

    @given(
        st.integers(0, 36 * 365 * 24 * 60).map(lambda minutes: utc("2001-01-01T00:00") + minutes * HOUR / 60),
        st.times(),
        st.sampled_from(["Europe/Zagreb", "Pacific/Kiritimati", "America/St_Johns", "Australia/Lord_Howe"]),
    )
    def test_whenever_one_asks_one_night_is_the_last(self, now: datetime, at: time, zone_name: str) -> None:
        zone, of_day = ZoneInfo(zone_name), DigestPlan(at, ())
        found = nights.last_night(of_day, zone, now, LONG_AGO)
        assert found is not None
        assert nights.moment(of_day, zone, found) <= now < nights.moment(of_day, zone, found + DAY)

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
        assert nights.tonight(plan(at), ZAGREB, utc(now)) == expected

    def test_its_key_names_date_and_person(self) -> None:
        assert nights.key(date(2026, 11, 21), "vera") == "digest:2026-11-21:vera"

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
            ("2026-11-02T08:00", "2026-11-21T20:00", "2026-11-21T20:00"),  # the clock was ahead then
        ],
    )
    def test_the_lists_stand_still_once_it_was_sent(self, now: str, sent: str | None, expected: str) -> None:
        night = nights.night_of(plan(), ZAGREB, date(2026, 11, 21))
        assert nights.stands_at(night, utc(now), utc(sent) if sent else None) == utc(expected)

    def test_the_nights_before_begin_at_their_own_moments_also_when_the_clocks_change(self) -> None:
        began = nights.starts(plan(), ZAGREB, date(2026, 10, 26), 3)
        assert began == (utc("2026-10-23T19:00"), utc("2026-10-24T19:00"), utc("2026-10-25T20:00"))
