"""The timeline is readable at any width and in any terminal."""

import io
from datetime import timedelta

import pytest
from rich.console import Console

from autoack.demo.timeline import Timeline, lasted, told
from autoack.demo.week import moment


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "0 min"),
        (timedelta(minutes=50), "50 min"),
        (timedelta(hours=1, minutes=28), "1 h 28 min"),
        (timedelta(hours=24), "24 h"),
        (timedelta(hours=46, minutes=10), "46 h 10 min"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=3, hours=3, minutes=10), "3 d 3 h"),
    ],
)
def test_a_length_of_time_is_told_short(span: timedelta, words: str) -> None:
    assert lasted(span) == words


def test_times_are_those_of_the_wall_clock_in_zagreb() -> None:
    assert told(moment("Tue 08:40")) == "Tue 08:40"


def test_each_day_has_its_head_once() -> None:
    written = _written(60)
    assert written.count("Monday, 23 November") == written.count("Tuesday, 24 November") == 1


@pytest.mark.parametrize("width", [50, 80, 200])
def test_lines_break_at_words_under_what_they_continue(width: int) -> None:
    lines = _written(width).splitlines()
    assert all(len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert all(line.startswith(" " * 10) for line in lines if line.startswith("  "))


def test_paths_stay_whole_on_a_narrow_terminal() -> None:
    path = "/tmp/" + "a-long-name/" * 12
    console = _console(40)
    Timeline(console).close([("Every mail sent", path)])
    assert path in _text(console)


def test_nothing_ticks_where_nobody_watches() -> None:
    console = _console(80)
    with Timeline(console).ticking(lambda: "Mon 09:00"):
        pass
    assert _text(console) == ""


def _written(width: int) -> str:
    console = _console(width)
    timeline = Timeline(console)
    for at in ("Mon 08:12", "Mon 09:30", "Tue 08:40"):
        timeline.event(moment(at), "✉", "cyan", "Milica Jovanović (sr-Latn)", " · Povraćaj novca za lampu")
        timeline.follows("receipt in 0.07 s", "bold", " · AA-5DJN-8KWS · answer promised by Tue 11:20")
    return _text(console)


def _console(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, highlight=False)


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
