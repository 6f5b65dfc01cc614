"""`autoack close`, `reopen`, `snooze`, `assign`, `ignore`: what they do to a thread, and what they refuse."""

from datetime import timedelta
from typing import Any

import pytest

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.thread import State
from autoack.store import threads
from tests.cli.conftest import HOUR, REF, Desk


def last_event(desk: Desk) -> tuple[str, str | None]:
    event = desk.database.read(threads.timeline, REF)[-1]
    return event.what, event.who


@pytest.mark.parametrize(
    ("before", "command", "state", "clock"),
    [
        ({}, ("close", REF), State.CLOSED, True),
        ({"state": State.SNOOZED}, ("close", REF), State.CLOSED, True),
        ({}, ("ignore", REF), State.CLOSED, False),
        ({"state": State.CLOSED}, ("reopen", REF), State.WAITING, True),
        ({"state": State.CLOSED, "clock": False}, ("reopen", REF), State.WAITING, True),
        ({}, ("snooze", REF, "2d"), State.SNOOZED, True),
        ({}, ("assign", REF, "luka"), State.WAITING, True),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_act_leaves_the_thread_so(
    desk: Desk, before: dict[str, Any], command: tuple[str, ...], state: State, clock: bool
) -> None:
    desk.waiting(**before)
    said = desk.run(*command)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{REF}: ")
    assert (desk.thread().state, desk.thread().clock) == (state, clock)
    assert last_event(desk) == (command[0], "operator")


def test_a_closed_thread_has_nothing_to_come_and_its_unsent_reminders_are_withdrawn(desk: Desk) -> None:
    desk.waiting()
    desk.queue("remind:1", kind=MailKind.REMINDER, thread_ref=REF)
    desk.queue(thread_ref=REF)
    desk.run("close", REF)
    assert (desk.thread().next_step_at, desk.thread().next_step) == (None, None)
    assert (desk.row("remind:1").state, desk.row("remind:1").error) == (
        OutboxState.FAILED,
        "needless: closed",
    )
    assert desk.row().state is OutboxState.READY, "the customer's receipt still goes"


def test_a_reopened_thread_waits_anew_from_now_on(desk: Desk) -> None:
    desk.waiting(since=100 * HOUR, state=State.CLOSED)
    desk.run("reopen", REF)
    thread = desk.thread()
    assert thread.wait == 2
    assert thread.waiting_since is not None and thread.promised_at is not None
    assert abs(thread.waiting_since - desk.now) < timedelta(minutes=1)
    assert thread.promised_at == thread.waiting_since + 24 * HOUR
    assert thread.next_step == "reminder at 20h"


def test_an_assigned_thread_shows_whose_it_is(desk: Desk) -> None:
    desk.waiting()
    said = desk.run("assign", REF, "luka")
    assert said.out.startswith(f"{REF}: assigned to luka; next: notice ")
    assert desk.thread().assignee == "luka"


@pytest.mark.parametrize(
    ("until", "after"),
    [("2d", timedelta(days=2)), ("4h", timedelta(hours=4)), ("90m", timedelta(minutes=90))],
)
def test_a_snooze_for_a_length_of_time(desk: Desk, until: str, after: timedelta) -> None:
    desk.waiting()
    desk.run("snooze", REF, until)
    wakes = desk.thread().next_step_at
    assert wakes is not None
    assert abs(wakes - (desk.now + after)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        ("2099-11-24", "2099-11-24T00:00:00+01:00"),
        ("2099-07-24T10:00", "2099-07-24T10:00:00+02:00"),
        ("2099-07-24T10:00+00:00", "2099-07-24T12:00:00+02:00"),
        ("2099-07-24T10:00Z", "2099-07-24T12:00:00+02:00"),
    ],
)
def test_a_snooze_until_a_time_of_the_organisations_zone(desk: Desk, until: str, moment: str) -> None:
    desk.waiting()
    desk.run("snooze", REF, until)
    wakes = desk.thread().next_step_at
    assert wakes is not None
    assert desk.local(wakes) == moment


@pytest.mark.parametrize(
    ("before", "command", "code", "line"),
    [
        ({"state": State.CLOSED}, ("close", REF), 1, f"autoack: {REF} is closed already"),
        ({}, ("reopen", REF), 1, f"autoack: {REF} is open: its customer waits already"),
        (
            {"state": State.CLOSED},
            ("snooze", REF, "2d"),
            1,
            f"autoack: {REF} is closed: nobody waits, so there is nothing to put aside",
        ),
        ({}, ("snooze", REF, "2020-01-01"), 2, "2020-01-01 is in the past; a snooze ends in the future"),
        (
            {},
            ("snooze", REF, "tomorrow"),
            2,
            "'tomorrow' is no time; write 2d, 4h, 2026-11-24 or 2026-11-24T10:00 (then in Europe/Zagreb)",
        ),
        (
            {},
            ("snooze", REF, "99999999999d"),
            2,
            "'99999999999d' is no time; write 2d, 4h, 2026-11-24 or 2026-11-24T10:00 (then in Europe/Zagreb)",
        ),
        ({}, ("assign", REF, "luca"), 2, "there is no person 'luca'; did you mean luka?"),
        ({}, ("assign", REF, "xyz"), 2, "there is no person 'xyz'; there are: iva, luka, sara"),
        (
            {},
            ("close", "AA-9999-9999"),
            1,
            "autoack: there is no thread AA-9999-9999; `autoack threads --all` lists them",
        ),
        ({}, ("close",), 2, "autoack: Missing argument 'REF'. (see autoack close --help)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(
    desk: Desk, before: dict[str, Any], command: tuple[str, ...], code: int, line: str
) -> None:
    desk.waiting(**before)
    as_it_was = desk.thread()
    desk.run(*command).refused(code, line)
    assert desk.thread() == as_it_was
