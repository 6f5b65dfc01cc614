"""Scalars are read as they are written; each says what is wrong with it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoack.core.policy import Duration, Span
from autoack.settings.addresses import is_loopback, read_address, read_listen
from autoack.settings.document import read_document
from autoack.settings.hours import read_days, read_span, say_span
from autoack.settings.scalars import read_duration, read_language, read_period, read_zone
from tests.settings.sample import LEAST, least_with, read


def test_yaml_is_read_as_written() -> None:
    content = (
        "{a: NO, b: 21:00, c: 0911, d: yes, e: 2026-12-24, f: true, g: ~, h: 1e3, i: 'null', j: False, k: 7}"
    )
    assert read_document("x", content.encode()).data == {
        "a": "NO",
        "b": "21:00",
        "c": "0911",
        "d": "yes",
        "e": "2026-12-24",
        "f": True,
        "g": None,
        "h": "1e3",
        "i": "null",
        "j": False,
        "k": "7",
    }


def test_aliases_are_followed_but_not_into_themselves() -> None:
    document = read_document("x", b"a: &one {b: 1}\nc: *one\nd: &two [*two]\n")
    assert document.data == {"a": {"b": "1"}, "c": {"b": "1"}, "d": [None]}
    assert [problem.message for problem in document.problems] == ["this alias holds itself"]


def test_a_name_and_a_number_may_look_like_something_else(tmp_path: Path) -> None:
    settings = read(tmp_path, LEAST.replace("name: Voćar", "name: NO").replace("iva: {", "1: {"))
    assert settings.desk.organisation.name == "NO"
    assert settings.desk.teams["everyone"].lead == "1"


@pytest.mark.parametrize(
    ("text", "length"),
    [("30s", 30), ("15m", 900), ("24h", 86400), ("3d", 3 * 86400), ("1w", 7 * 86400), ("0s", 0)],
)
def test_durations(text: str, length: int) -> None:
    assert read_duration(text).elapsed == timedelta(seconds=length)


def test_days_and_weeks_count_days_and_the_rest_counts_seconds() -> None:
    assert read_duration("24h") == Duration(seconds=86400)
    assert read_duration("1d") == Duration(days=1)
    assert read_duration("1w") == Duration(days=7)
    assert read_period("2y") == Duration(days=730)


@pytest.mark.parametrize(
    "text", ["", "1", "h", "1 h", "-1h", "1.5h", "1H", "١h", "75%", "1y", None, True, ["1h"]]
)
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        read_duration(text)


@given(st.integers(0, 99999), st.sampled_from("smhdw"))
def test_every_duration_is_as_long_as_it_says(number: int, unit: str) -> None:
    seconds = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}[unit]
    assert read_duration(f"{number}{unit}").elapsed.total_seconds() == number * seconds


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Zagreb", "Europe/Zagreb"), ("europe/zagreb ", "Europe/Zagreb"), ("Europe/Belgrad", "Europe/Belgrade")],
)
def test_a_time_zone_is_guessed(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"did you mean {meant}?")):
        read_zone(text)


@pytest.mark.parametrize("text", ["Europe", "../etc/passwd", "", "/etc/localtime", "UTC+2"])
def test_what_is_no_time_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        read_zone(text)


def test_language_tags_are_put_in_their_usual_capitals() -> None:
    assert [read_language(tag) for tag in ("HR", "sr-latn", "SR-CYRL")] == ["hr", "sr-Latn", "sr-Cyrl"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("08:00-12:00", Span(480, 720)),
        ("8:00 - 12:00", Span(480, 720)),
        ("08:00–12:00", Span(480, 720)),
        ("00:00-24:00", Span(0, 1440)),
        ("22:00-06:00", Span(1320, 1800)),
        ("22:00-00:00", Span(1320, 1440)),
    ],
)
def test_hours(text: str, span: Span) -> None:
    assert read_span(text) == span


@given(st.integers(0, 1439), st.integers(1, 1439))
def test_hours_are_said_as_they_are_read(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert read_span(say_span(span)) == span


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-thu", (0, 1, 2, 3)),
        ("fri-mon", (4, 5, 6, 0)),
        ("tue,thu", (1, 3)),
        ("Mon, Wed-Fri", (0, 2, 3, 4)),
        ("mon-mon", (0,)),
    ],
)
def test_days(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    "text", ["a@b", "a.b+c@x-y.example", "o'neil@x.example", "root@localhost", "a@žito.example"]
)
def test_addresses(text: str) -> None:
    assert read_address(text) == text


@pytest.mark.parametrize(
    "text", ["a", "@b", "a@", "a b@c", "a@b@c", "a..b@c", "a@b.", "a@b\n", "ž@b.example", "<a@b>"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    if text == "a@b\n":  # white space around a text is not part of it
        assert read_address(text) == "a@b"
        return
    with pytest.raises(ValueError, match="is no mail address"):
        read_address(text)


def test_this_machine_has_several_names() -> None:
    assert [
        is_loopback(host) for host in ("localhost", "127.8.0.1", "::1", "10.0.0.1", "localhost.example")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_the_web_listens_at_an_address_and_port() -> None:
    assert read_listen("[::1]:80") == ("::1", 80)
    assert read_listen(":8025") == ("0.0.0.0", 8025)
    with pytest.raises(ValueError, match="no address and port"):
        read_listen("127.0.0.1:99999")


def test_texts_are_one_line(tmp_path: Path) -> None:
    settings = read(tmp_path, least_with("").replace("Voćar,", "'  Voćar  ',"))
    assert settings.desk.organisation.name == "Voćar"
