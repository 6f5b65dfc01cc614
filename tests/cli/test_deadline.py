"""`autoack deadline`: promises and steps, and how they were counted."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from autoack.cli import main
from autoack.core import holidays_of

CONFIG = """\
organisation: {name: Primjer d.o.o., timezone: Europe/Zagreb}
calendars:
  office:
    hours: {mon-thu: ["08:00-12:00", "12:30-16:30"], fri: "08:00-14:00"}
    holidays: {country: HR}
    closed:
      - {from: 2026-12-28, to: 2026-12-31}
  london:
    timezone: Europe/London
    hours: {mon-fri: "09:00-17:00"}
people:
  ana: {name: Ana Kovač, address: ana@primjer.example}
policies:
  standard:
    calendar: office
    reply_within: 1d
    resolve_within: 3d
    ladder:
      - {at: 75%, notify: on_duty}
      - {at: 1d, notify: lead, repeat: 4h, times: 1}
  night: {reply_within: 24h, quiet: office, ladder: [{at: 14h, notify: lead}]}
  abroad: {calendar: london, reply_within: 2h}
mailboxes:
  support:
    address: podrska@primjer.example
    imap: {host: imap.primjer.example, password: geheim}
    smtp: {host: smtp.primjer.example}
"""


TEXT = """\
Policy standard, waiting since Thu 2026-12-24 15:07 (Europe/Zagreb)
Calendar office; reply within 1d, resolution within 3d

Mon 2027-01-04 15:07  reply
  receipts say Mon 2027-01-04 15:15: rounded up to a quarter of an hour
  counted 1 open day: Mon 2027-01-04
  counted 8h of open time
    Thu 2026-12-24 15:07 – 16:30
    Mon 2027-01-04 08:00 – 12:00
    Mon 2027-01-04 12:30 – 15:07
  passed over
    Fri 2026-12-25  public holiday: Christmas Day (Božić)
    Sat 2026-12-26  public holiday: Saint Stephen's Day (Sveti Stjepan)
    Sun 2026-12-27  weekend
    Mon 2026-12-28 – Thu 2026-12-31  closed from 2026-12-28 to 2026-12-31
    Fri 2027-01-01  public holiday: New Year's Day (Nova godina)
    Sat 2027-01-02 – Sun 2027-01-03  weekend

Thu 2027-01-07 15:07  resolution
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "autoack.yaml"
    path.write_text(CONFIG)
    return path


def account(
    config: Path, capsys: pytest.CaptureFixture[str], policy: str, start: str
) -> list[dict[str, Any]]:
    assert main(["deadline", "--policy", policy, "--from", start, "--json", "--config", str(config)]) == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return told


def test_each_promise_and_step_with_its_time(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = account(config, capsys, "standard", "2026-12-24T15:00")
    assert [(each["name"], each["at"]) for each in told] == [
        ("reply", "2027-01-04T15:00:00+01:00"),
        ("resolution", "2027-01-07T15:00:00+01:00"),  # over Epiphany
        ("reminder at 75%", "2027-01-04T13:00:00+01:00"),
        ("escalation at 1d", "2027-01-04T15:00:00+01:00"),
        ("escalation at 1d, again 1 of 1", "2027-01-05T10:30:00+01:00"),
    ]
    assert [each["notify"] for each in told] == [[], [], ["on_duty"], ["lead"], ["lead"]]


def test_the_account_of_the_time(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reply = account(config, capsys, "standard", "2026-12-24T15:00")[0]
    assert reply["counted"] == [
        {"from": "2026-12-24T15:00:00+01:00", "to": "2026-12-24T16:30:00+01:00"},
        {"from": "2027-01-04T08:00:00+01:00", "to": "2027-01-04T12:00:00+01:00"},
        {"from": "2027-01-04T12:30:00+01:00", "to": "2027-01-04T15:00:00+01:00"},
    ]
    closed = "closed from 2026-12-28 to 2026-12-31"
    assert reply["open_days"] == ["2027-01-04"]
    assert reply["skipped"] == [
        {"date": "2026-12-25", "why": "public holiday: Christmas Day (Božić)"},
        {"date": "2026-12-26", "why": "public holiday: Saint Stephen's Day (Sveti Stjepan)"},
        {"date": "2026-12-27", "why": "weekend"},
        *({"date": f"2026-12-{day}", "why": closed} for day in range(28, 32)),
        {"date": "2027-01-01", "why": "public holiday: New Year's Day (Nova godina)"},
        {"date": "2027-01-02", "why": "weekend"},
        {"date": "2027-01-03", "why": "weekend"},
    ]


def test_a_step_that_quiet_time_holds_back_says_since_when(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reply, _, step = account(config, capsys, "night", "2026-11-16T10:00")
    assert (step["quiet_from"], step["at"]) == ("2026-11-17T00:00:00+01:00", "2026-11-17T08:00:00+01:00")
    assert step["counted"] == [{"from": "2026-11-16T10:00:00+01:00", "to": "2026-11-17T00:00:00+01:00"}]
    assert reply["quiet_from"] is None


@pytest.mark.parametrize(("minute", "rounded"), [("30", False), ("31", True)])
def test_a_promise_in_the_hour_that_the_clock_shows_twice_is_not_said_to_be_rounded_to_itself(
    config: Path, capsys: pytest.CaptureFixture[str], minute: str, rounded: bool
) -> None:
    start = f"2026-10-24T02:{minute}"
    assert main(["deadline", "--policy", "night", "--from", start, "--config", str(config)]) == 0
    told = capsys.readouterr().out
    assert f"Sun 2026-10-25 02:{minute}  reply" in told
    assert ("rounded up" in told) is rounded


def test_where_a_duration_is_in_days_the_open_days_are_counted(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, resolution, share, rung, again = account(config, capsys, "standard", "2026-12-24T15:00")
    assert resolution["open_days"] == ["2027-01-04", "2027-01-05", "2027-01-07"]
    assert rung["open_days"] == ["2027-01-04"]
    assert share["open_days"] == again["open_days"] == []
    assert all(each["open_days"] == [] for each in account(config, capsys, "night", "2026-12-24T15:00"))
    arguments = ["deadline", "--policy", "standard", "--from", "2026-12-24T15:00", "--config", str(config)]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "  counted 3 open days: Mon 2027-01-04, Tue 2027-01-05, Thu 2027-01-07\n" in told
    config.write_text(CONFIG.replace("resolve_within: 3d", "resolve_within: 14d"))
    assert main(arguments) == 0
    assert (
        "  counted 14 open days: Mon 2027-01-04 to Fri 2027-01-22; 15:00 is not open then"
        in capsys.readouterr().out
    )


def test_days_are_counted_from_a_closed_day_too(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From Saturday one open day leads to Monday; at 20:00 nobody is there, so it is Tuesday's opening."""
    reply = account(config, capsys, "standard", "2026-11-21T10:00")[0]
    assert (reply["at"], reply["open_days"]) == ("2026-11-23T10:00:00+01:00", ["2026-11-23"])
    reply = account(config, capsys, "standard", "2026-11-21T20:00")[0]
    assert (reply["at"], reply["open_days"]) == ("2026-11-24T08:00:00+01:00", ["2026-11-23"])
    assert (
        main(["deadline", "--policy", "standard", "--from", "2026-11-21T20:00", "--config", str(config)]) == 0
    )
    told = "counted 1 open day: Mon 2026-11-23; 20:00 is not open then: the next opening\n"
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("start", ["2026-11-16T10:00", "2026-11-16T10:00+01:00", "2026-11-16T09:00Z"])
def test_a_time_without_offset_is_the_organisations_and_answers_are_the_calendars(
    config: Path, capsys: pytest.CaptureFixture[str], start: str
) -> None:
    """10:00 in Zagreb is 09:00 in London."""
    assert account(config, capsys, "abroad", start)[0]["at"] == "2026-11-16T11:00:00+00:00"


def test_the_text_tells_the_same_for_people(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["deadline", "--policy", "standard", "--from", "2026-12-24T15:07", "--config", str(config)]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith(TEXT)


def test_the_text_says_what_quiet_time_holds_back(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["deadline", "--policy", "night", "--from", "2026-11-16T10:00", "--config", str(config)]
    assert main(arguments) == 0
    assert capsys.readouterr().out.split("\n\n")[3] == (
        "Tue 2026-11-17 08:00  escalation at 14h  → lead\n"
        "  reached Tue 2026-11-17 00:00, in quiet time: waits for office to open\n"
        "  counted 14h\n"
        "    Mon 2026-11-16 10:00 – Tue 2026-11-17 00:00\n"
    )


@pytest.mark.parametrize(
    ("policy", "start", "complaint"),
    [
        ("standart", "2026-11-16T10:00", "there is no policy 'standart'; did you mean standard?"),
        ("xyz", "2026-11-16T10:00", "there is no policy 'xyz'; there is standard, night, abroad"),
        ("standard", "tomorrow", "'tomorrow' is no time"),
        ("standard", "2026-13-16T10:00", "'2026-13-16T10:00' is no time"),
        ("standard", "2026-13-16", "'2026-13-16' is no time"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    config: Path, capsys: pytest.CaptureFixture[str], policy: str, start: str, complaint: str
) -> None:
    assert main(["deadline", "--policy", policy, "--from", start, "--config", str(config)]) == 2
    told = capsys.readouterr()
    assert complaint in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_swapped_saturdays_and_holidays_are_told_in_the_organisations_language(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hungarian = CONFIG.replace("timezone: Europe/Zagreb}", "timezone: Europe/Budapest, languages: [hu]}")
    config.write_text(hungarian.replace("country: HR", "country: HU"))
    arguments = ["deadline", "--policy", "standard", "--from", "2024-12-13T10:00", "--config", str(config)]
    assert main(arguments) == 0
    assert (
        "  with other hours than usual\n    Sat 2024-12-14  worked in exchange for Friday 2024-12-27\n"
        in capsys.readouterr().out
    )
    told = account(config, capsys, "standard", "2026-12-23T10:00")
    assert told[0]["skipped"][0] == {"date": "2026-12-24", "why": "public holiday: Szenteste"}
    assert account(config, capsys, "standard", "2024-12-13T10:00")[0]["unusual"] == [
        {"date": "2024-12-14", "why": "worked in exchange for Friday 2024-12-27"}
    ]


def test_a_year_whose_swapped_days_are_not_decreed_is_warned_of_where_a_time_reaches_it(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        holidays_of,
        "_swaps",
        lambda country, subdivision, year: {date(year, 1, 10): date(year, 1, 2)} if year < 2027 else {},
    )
    config.write_text(CONFIG.replace("country: HR", "country: HU"))
    for start, warned in (
        ("2026-11-23T10:00", ""),
        ("2026-12-22T10:00", "warning: calendar office: no swapped"),
    ):
        arguments = ["deadline", "--policy", "standard", "--from", start, "--config", str(config)]
        assert main(arguments) == 0
        err = capsys.readouterr().err
        assert err.startswith(warned) and bool(err) == bool(warned)
        assert main([*arguments[:2], "night", *arguments[3:]]) == 0
        assert capsys.readouterr().err == "", (
            "it counts on a calendar that knows no holidays, or reaches no such year"
        )
