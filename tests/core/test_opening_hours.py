"""Opening hours: the rules by example. test_opening_hours_oracle.py counts what no example reaches."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.core import opening_hours
from autoack.core.policy import Calendar, Closure, Duration, Opening, Season, Span

ZAGREB = ZoneInfo("Europe/Zagreb")
NINE = ((Span(540, 1020),),)  # 09:00-17:00
WITH_BREAK = ((Span(480, 720), Span(750, 990)),)  # 08:00-12:00, 12:30-16:30
SHORT = ((Span(480, 840),),)  # 08:00-14:00
SHUT = ((),)
NIGHT = ((Span(1320, 1800),),)  # 22:00-06:00

ALWAYS = Calendar("always", ZAGREB, always=True)
OFFICE = Calendar("office", ZAGREB, week=WITH_BREAK * 4 + SHORT + SHUT * 2, country="HR")
NIGHTS = Calendar("nights", ZAGREB, week=NIGHT * 5 + SHUT * 2)
ROUND_THE_CLOCK = Calendar("all", ZAGREB, week=((Span(0, 1440),),) * 7)


def at(text: str, zone: ZoneInfo = ZAGREB) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(number: float) -> Duration:
    return Duration(seconds=round(number * 3600))


def days(number: int) -> Duration:
    return Duration(days=number)


@pytest.mark.parametrize(
    ("calendar", "start", "duration", "end"),
    [
        # On `always` a day is 24 hours, also when the clocks change.
        (ALWAYS, "2026-11-20T10:00", days(1), "2026-11-21T10:00"),
        (ALWAYS, "2026-03-28T12:00", days(1), "2026-03-29T13:00"),
        (ALWAYS, "2026-10-24T12:00", hours(24), "2026-10-25T11:00"),
        # Hours count open time: over the break, over the night, over the weekend.
        (OFFICE, "2026-11-16T11:00", hours(2), "2026-11-16T13:30"),
        (OFFICE, "2026-11-16T16:00", hours(1), "2026-11-17T08:30"),
        (OFFICE, "2026-11-20T13:00", hours(2), "2026-11-23T09:00"),
        # Time that runs out at closing falls on the closing: of the day, of the forenoon.
        (OFFICE, "2026-11-16T14:30", hours(2), "2026-11-16T16:30"),
        (OFFICE, "2026-11-16T11:00", hours(1), "2026-11-16T12:00"),
        # Open time counts from the next opening.
        (OFFICE, "2026-11-16T06:00", hours(1), "2026-11-16T09:00"),
        (OFFICE, "2026-11-16T12:10", hours(1), "2026-11-16T13:30"),
        (OFFICE, "2026-11-16T16:30", hours(1), "2026-11-17T09:00"),
        (OFFICE, "2026-11-21T11:00", hours(1), "2026-11-23T09:00"),
        (OFFICE, "2026-11-21T11:00", hours(0), "2026-11-23T08:00"),
        # A day is the same clock time on the next open day: over the weekend, over a holiday (18 November).
        (OFFICE, "2026-11-16T10:07", days(1), "2026-11-17T10:07"),
        (OFFICE, "2026-11-20T10:00", days(1), "2026-11-23T10:00"),
        (OFFICE, "2026-11-17T10:00", days(1), "2026-11-19T10:00"),
        (OFFICE, "2026-11-17T10:00", days(5), "2026-11-25T10:00"),
        (OFFICE, "2026-11-16T16:30", days(1), "2026-11-17T16:30"),
        # From a closed day, too, the first open day after it is one day later.
        (OFFICE, "2026-11-21T10:00", days(1), "2026-11-23T10:00"),
        (OFFICE, "2026-11-22T10:00", days(2), "2026-11-24T10:00"),
        (OFFICE, "2026-11-22T06:00", days(1), "2026-11-23T08:00"),
        (OFFICE, "2026-11-22T20:00", days(1), "2026-11-24T08:00"),
        # It moves into opening hours if it falls outside, and may fall on a closing.
        (OFFICE, "2026-11-19T15:00", days(1), "2026-11-23T08:00"),
        (OFFICE, "2026-11-20T12:10", days(1), "2026-11-23T12:30"),
        (OFFICE, "2026-11-19T14:00", days(1), "2026-11-20T14:00"),
        (OFFICE, "2026-11-20T12:00", days(1), "2026-11-23T12:00"),
        # The hours of a night belong to the day on which they begin.
        (NIGHTS, "2026-11-20T23:00", days(1), "2026-11-23T23:00"),
        (NIGHTS, "2026-11-21T03:00", days(1), "2026-11-24T03:00"),
        (NIGHTS, "2026-11-20T23:00", hours(8), "2026-11-23T23:00"),
        (NIGHTS, "2026-11-20T23:00", hours(7), "2026-11-21T06:00"),
        # Clocks go forward at 02:00 on 29 March, back at 03:00 on 25 October: elapsed time counts.
        (ROUND_THE_CLOCK, "2026-03-28T12:00", hours(24), "2026-03-29T13:00"),
        (ROUND_THE_CLOCK, "2026-10-24T12:00", hours(24), "2026-10-25T11:00"),
        (ROUND_THE_CLOCK, "2026-03-28T12:00", days(1), "2026-03-29T12:00"),
        (ROUND_THE_CLOCK, "2026-10-24T12:00", days(1), "2026-10-25T12:00"),
    ],
)
def test_a_duration_runs_out_at(calendar: Calendar, start: str, duration: Duration, end: str) -> None:
    """From, so long, until: all on the wall of Zagreb."""
    assert opening_hours.add(calendar, at(start), duration) == at(end).astimezone(ZAGREB)


def test_a_clock_time_that_the_wall_skips_is_read_with_the_offset_before() -> None:
    """RFC 5545 §3.3.5: 02:30 on the morning without 02:30 is 03:30."""
    due = opening_hours.add(ROUND_THE_CLOCK, at("2026-03-28T02:30"), days(1))
    assert due.astimezone(ZAGREB).strftime("%d %H:%M") == "29 03:30"


def test_hours_that_the_wall_shows_twice_are_open_twice() -> None:
    """02:00-02:30 on 25 October comes at +02:00 and again at +01:00, with half an hour closed between."""
    calendar = Calendar("small hours", ZAGREB, week=((Span(120, 150),),) * 7)
    found = opening_hours.spans(calendar, date(2026, 10, 25), date(2026, 10, 25))
    assert [(a.strftime("%H:%M"), b.strftime("%H:%M")) for a, b in found] == [
        ("00:00", "00:30"),
        ("01:00", "01:30"),
    ]


def test_hours_that_the_wall_skips_are_no_time() -> None:
    calendar = Calendar("small hours", ZAGREB, week=((Span(60, 240),),) * 7)  # 01:00-04:00
    start, end = at("2026-03-29T00:00"), at("2026-03-29T12:00")
    assert opening_hours.elapsed(calendar, start, end) == timedelta(hours=2)


def test_a_day_from_midnight_to_midnight_loses_no_minute() -> None:
    start, end = at("2026-11-20T00:00"), at("2026-11-23T00:00")
    assert opening_hours.elapsed(ROUND_THE_CLOCK, start, end) == timedelta(days=3)
    assert opening_hours.spans(ROUND_THE_CLOCK, date(2026, 11, 20), date(2026, 11, 22)) == [(start, end)]
    assert opening_hours.is_open(ROUND_THE_CLOCK, at("2026-11-20T23:59:59"))


def test_open_includes_the_opening_and_not_the_closing() -> None:
    for wall, is_open in {
        "07:59:59": False,
        "08:00": True,
        "11:59:59": True,
        "12:00": False,
        "12:30": True,
        "16:30": False,
    }.items():
        assert opening_hours.is_open(OFFICE, at(f"2026-11-16T{wall}")) is is_open, wall


def test_the_next_opening_is_now_where_it_is_open() -> None:
    assert opening_hours.next_opening(OFFICE, at("2026-11-16T09:30")) == at("2026-11-16T09:30")
    assert opening_hours.next_opening(OFFICE, at("2026-11-20T14:00")) == at("2026-11-23T08:00")


def test_no_time_passes_backwards() -> None:
    for calendar in (ALWAYS, OFFICE):
        assert opening_hours.elapsed(calendar, at("2026-11-17T10:00"), at("2026-11-16T10:00")) == timedelta(0)


FESTIVE = Calendar(
    "festive",
    ZAGREB,
    week=NINE * 5 + SHUT * 2,
    country="HR",
    closures=(Closure(date(2026, 12, 21), date(2026, 12, 31)),),
    openings=(
        Opening(date(2026, 12, 12), (Span(480, 840),)),  # a Saturday
        Opening(date(2026, 12, 22), (Span(600, 660),)),  # in the closure
        Opening(date(2026, 12, 25), (Span(600, 720),)),  # in the closure, and Christmas
        Opening(date(2027, 1, 7), ()),  # closed for once
    ),
    seasons=(
        Season("winter", (12, 15), (1, 10), SHORT * 5 + SHUT * 2),
        Season("summer", (7, 1), (8, 31), ((Span(420, 840),),) * 5 + SHUT * 2),
    ),
)


@pytest.mark.parametrize(
    ("day", "open_", "why"),
    [
        (date(2026, 12, 10), "09:00-17:00", "the week"),
        (date(2026, 12, 12), "08:00-14:00", "an opening beats the week"),
        (date(2026, 12, 13), "", "a Sunday"),
        (date(2026, 12, 14), "09:00-17:00", "the day before the season"),
        (date(2026, 12, 15), "08:00-14:00", "the season's first day"),
        (date(2026, 12, 21), "", "the closure's first day"),
        (date(2026, 12, 22), "10:00-11:00", "an opening beats a closure"),
        (date(2026, 12, 25), "10:00-12:00", "an opening beats a holiday"),
        (date(2026, 12, 31), "", "the closure's last day"),
        (date(2027, 1, 4), "08:00-14:00", "the season across the year's end"),
        (date(2027, 1, 6), "", "a holiday beats the season"),
        (date(2027, 1, 7), "", "an opening without hours closes"),
        (date(2027, 1, 8), "08:00-14:00", "the season still"),
        (date(2027, 1, 11), "09:00-17:00", "the day after the season"),
        (date(2027, 7, 1), "07:00-14:00", "another season"),
    ],
)
def test_openings_beat_closures_beat_holidays_beat_seasons_beat_the_week(
    day: date, open_: str, why: str
) -> None:
    found = [(a.astimezone(ZAGREB), b.astimezone(ZAGREB)) for a, b in opening_hours.spans(FESTIVE, day, day)]
    assert ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in found) == open_, why


def test_a_hungarian_saturday_worked_for_a_day_off_has_the_hours_of_that_day() -> None:
    """8 August 2026 makes up for Friday 21 August, 3 August 2024 for Monday 19 August."""
    budapest = ZoneInfo("Europe/Budapest")
    desk = Calendar("pest", budapest, week=NINE * 4 + SHORT + ((Span(600, 660),),) + SHUT, country="HU")
    for day, local in {
        date(2026, 8, 8): "08:00-14:00",
        date(2024, 8, 3): "09:00-17:00",
        date(2026, 8, 15): "10:00-11:00",  # an ordinary Saturday keeps its own
        date(2026, 8, 21): "",
    }.items():
        found = opening_hours.spans(desk, day, day)
        said = [f"{a.astimezone(budapest):%H:%M}-{b.astimezone(budapest):%H:%M}" for a, b in found]
        assert ", ".join(said) == local, day


def test_a_swapped_saturday_counts_as_an_open_day() -> None:
    budapest = ZoneInfo("Europe/Budapest")
    desk = Calendar("pest", budapest, week=NINE * 5 + SHUT * 2, country="HU")
    due = opening_hours.add(desk, at("2026-08-07T10:00", budapest), days(1))
    assert due == at("2026-08-08T10:00", budapest)


def test_the_account_names_what_was_counted_and_each_day_passed_over() -> None:
    told = opening_hours.count(OFFICE, at("2026-12-24T15:00"), days(1))
    assert told.at == at("2026-12-28T15:00")
    assert told.counted == (
        (at("2026-12-24T15:00"), at("2026-12-24T16:30")),
        (at("2026-12-28T08:00"), at("2026-12-28T12:00")),
        (at("2026-12-28T12:30"), at("2026-12-28T15:00")),
    )
    assert told.skipped == (
        (date(2026, 12, 25), "public holiday: Christmas Day (Božić)"),
        (date(2026, 12, 26), "public holiday: Saint Stephen's Day (Sveti Stjepan)"),
        (date(2026, 12, 27), "weekend"),
    )


def test_the_account_says_why_a_day_was_closed() -> None:
    told = opening_hours.count(FESTIVE, at("2026-12-18T12:00"), days(4))
    assert [f"{day:%d} {why}" for day, why in told.skipped] == [
        "19 weekend",
        "20 weekend",
        "21 closed from 2026-12-21 to 2026-12-31",
        "23 closed from 2026-12-21 to 2026-12-31",
        "24 closed from 2026-12-21 to 2026-12-31",
        *(f"{day} closed from 2026-12-21 to 2026-12-31" for day in range(26, 32)),
        "01 public holiday: New Year's Day (Nova godina)",
        "02 weekend",
        "03 weekend",
    ]
    exceptional = opening_hours.counted_between(FESTIVE, at("2027-01-06T12:00"), at("2027-01-08T09:00"))
    assert exceptional.skipped[-1] == (date(2027, 1, 7), "exceptionally closed")


def test_a_holiday_has_its_name_in_the_readers_language_and_its_own() -> None:
    """And a closure says its notice."""
    told = opening_hours.count(OFFICE, at("2026-12-24T15:00"), days(1), "hr")
    assert told.skipped[0] == (date(2026, 12, 25), "public holiday: Božić")
    beograd = Calendar("beograd", ZAGREB, week=NINE * 5 + SHUT * 2, country="RS")
    told = opening_hours.count(beograd, at("2027-01-06T12:00"), days(1), "sr-Latn")
    assert told.skipped == ((date(2027, 1, 7), "public holiday: Božić (Божић)"),)
    told = opening_hours.count(NOTICED, at("2026-12-23T12:00"), days(1), "hr")
    assert told.skipped[0] == (date(2026, 12, 24), "closed from 2026-12-24 to 2026-12-26: Ne radimo.")


def test_the_account_says_which_days_had_other_hours() -> None:
    pest = Calendar(
        "pest",
        ZoneInfo("Europe/Budapest"),
        week=NINE * 5 + SHUT * 2,
        country="HU",
        openings=(Opening(date(2026, 8, 9), (Span(540, 600),)),),
        seasons=(Season("summer", (8, 10), (8, 11), SHORT * 7),),
    )
    told = opening_hours.count(pest, at("2026-08-07T10:00"), days(4))
    assert told.unusual == (
        (date(2026, 8, 8), "worked in exchange for Friday 2026-08-21"),
        (date(2026, 8, 9), "exceptional hours"),
        (date(2026, 8, 10), "season summer"),
        (date(2026, 8, 11), "season summer"),
    )


def test_a_day_before_midnight_does_not_hide_the_closed_day_after_it() -> None:
    calendar = Calendar("late", ZAGREB, week=((Span(720, 1440),),) * 5 + SHUT * 2)
    told = opening_hours.count(calendar, at("2026-11-20T20:00"), hours(5))
    assert told.at == at("2026-11-23T13:00")
    assert [day.day for day, _ in told.skipped] == [21, 22]


def test_always_counts_everything_and_skips_nothing() -> None:
    start, end = at("2026-12-24T15:00"), at("2026-12-27T15:00")
    assert opening_hours.count(ALWAYS, start, days(3)) == opening_hours.Counted(end, ((start, end),), ())


@pytest.mark.parametrize("duration", [hours(1), days(1), hours(0)])
def test_a_calendar_that_never_opens_is_an_error_and_no_endless_search(duration: Duration) -> None:
    never = Calendar("never", ZAGREB)
    with pytest.raises(ValueError, match="calendar never does not open within ten years of 2026-11-20"):
        opening_hours.add(never, at("2026-11-20T10:00"), duration)
    assert opening_hours.next_opening(never, at("2026-11-20T10:00")) is None


def test_an_opening_alone_is_found_and_after_it_there_is_none() -> None:
    once = Calendar("once", ZAGREB, openings=(Opening(date(2027, 6, 1), (Span(540, 600),)),))
    assert opening_hours.add(once, at("2026-11-20T10:00"), hours(1)) == at("2027-06-01T10:00")
    for more in (hours(1.5), days(2)):
        with pytest.raises(ValueError, match="does not open"):
            opening_hours.add(once, at("2026-11-20T10:00"), more)


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("HR", date(2026, 12, 25), "hr", "Božić"),
        ("HR", date(2026, 12, 25), "en", "Christmas Day"),
        ("HR", date(2026, 12, 25), "en-GB", "Christmas Day"),
        ("HR", date(2026, 12, 25), "hu", "Christmas Day"),  # a language that the package does not know there
        ("HU", date(2026, 12, 25), "hu", "Karácsony"),
        ("RS", date(2026, 1, 7), "sr-Cyrl", "Божић"),
        ("RS", date(2026, 1, 7), "sr-Latn", "Božić"),
        ("RS", date(2026, 11, 11), "sr-Latn", "Dan primirja u Prvom svetskom ratu"),
        ("RS", date(2026, 1, 8), "sr-Latn", None),
        (None, date(2026, 12, 25), "hr", None),
    ],
)
def test_a_holiday_is_named_in_the_readers_language_and_script(
    country: str | None, day: date, language: str, name: str | None
) -> None:
    calendar = Calendar("office", ZAGREB, country=country)
    assert opening_hours.holiday_name(calendar, day, language) == name


NOTICED = Calendar(
    "noticed",
    ZAGREB,
    week=NINE * 7,
    closures=(
        Closure(
            date(2026, 12, 24), date(2026, 12, 26), {"hr": "Ne radimo.", "en": "Closed.", "sr": "Не радимо."}
        ),
        Closure(date(2026, 12, 28), date(2026, 12, 28), {"hu": "Zárva vagyunk."}),
        Closure(date(2026, 12, 29), date(2026, 12, 29)),
    ),
    openings=(Opening(date(2026, 12, 26), (Span(600, 660),)),),
)


@pytest.mark.parametrize(
    ("when", "language", "notice"),
    [
        ("2026-12-23T23:59", "hr", None),
        ("2026-12-24T00:00", "hr", "Ne radimo."),
        ("2026-12-25T12:00", "sr-Cyrl", "Не радимо."),  # its base language
        ("2026-12-25T12:00", "hu", "Closed."),  # English
        ("2026-12-28T12:00", "hr", "Zárva vagyunk."),  # the first given
        ("2026-12-26T12:00", "hr", None),  # exceptionally open that day
        ("2026-12-29T12:00", "hr", None),  # nothing to say
    ],
)
def test_a_closures_notice_falls_back_to_a_language_that_is_there(
    when: str, language: str, notice: str | None
) -> None:
    assert opening_hours.closure_notice(NOTICED, at(when), language) == notice


@pytest.mark.parametrize("duration", [hours(30), days(3)])
def test_a_thousand_additions_take_less_than_fifty_milliseconds(duration: Duration) -> None:
    """The best of ten rounds, in CPU time: the machine may be busy, the code may not be slow."""
    starts = [at("2026-11-01T00:00") + timedelta(hours=hour) for hour in range(1000)]

    def taken() -> float:
        began = time.process_time()
        for start in starts:
            opening_hours.add(OFFICE, start, duration)
        return time.process_time() - began

    assert min(taken() for _ in range(10)) < 0.05
