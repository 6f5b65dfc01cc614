"""What `autoack show` says of each thing that happened to a thread: its own words, in the organisation's time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autoack.cli import timeline
from autoack.core.decision import Event
from autoack.core.delivery import MailKind
from autoack.core.message import Kind, Outcome, Verdict
from autoack.core.thread import State
from tests.cli.conftest import HOUR, REF, Desk, MakeDesk

ZAGREB = ZoneInfo("Europe/Zagreb")
AT = datetime(2025, 3, 11, 4, 0, tzinfo=UTC)  # a Tuesday, 05:00 in Zagreb
TUESDAY = "Tue 2025-03-11 05:00  "


def said(event: Event, *verdicts: Verdict) -> list[str]:
    """The lines of that event, where mails in that moment were judged so."""
    judged = [((event.at, event.who, event.detail), one) for one in verdicts]
    (entry,) = timeline.happened([event], judged, ZAGREB)
    return list(timeline.lines(entry, ZAGREB))


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        (
            Event(AT, "note", "iva", "zvala sam ga,\nnije se javio"),
            ["note · iva · zvala sam ga,", "  nije se javio"],
        ),
        (
            Event(AT, "refused", "zoran@else.example", "zoran@else.example asked for “close”.", "stranger"),
            ["refused · zoran@else.example · zoran@else.example asked for “close”. (stranger)"],
        ),
        (
            Event(AT, "not-delivered", "iva", "their answer did not reach the customer: they were told"),
            ["not-delivered · iva · their answer did not reach the customer: they were told"],
        ),
        (
            Event(AT, "follow-up", "iva", "comes back at 2025-03-14T04:00+00:00", "tag"),
            ["follow-up · iva · comes back at Fri 2025-03-14 05:00 (tag)"],
        ),
        (
            Event(AT, "snooze", "iva", "put aside until 2025-03-31T04:00+00:00"),
            ["snooze · iva · put aside until Mon 2025-03-31 06:00"],
        ),
        (
            Event(AT, "recomputed", None, "promise 2025-03-11T05:00+01:00 → none", "calendar-or-policy"),
            ["recomputed · promise Tue 2025-03-11 05:00 → none (calendar-or-policy)"],
        ),
        (Event(AT, "held", None, "receipt ivan@kupac.example"), ["held · receipt ivan@kupac.example"]),
        (Event(AT, "thanks", "ivan@kupac.example", "Re: 2025-03-14T04:00+00:00"), [
            "thanks · ivan@kupac.example · Re: 2025-03-14T04:00+00:00"  # their words stay as they are
        ]),
    ],
    ids=lambda value: value.what if isinstance(value, Event) else "",
)  # fmt: skip
def test_each_event_has_its_line(event: Event, lines: list[str]) -> None:
    first, *more = lines
    assert said(event) == [TUESDAY + first, *more]


def test_a_mail_is_told_with_its_verdict() -> None:
    event = Event(AT, "mail", "ana@kupac.example", "Narudžba", "storm")
    held = Verdict(Kind.CUSTOMER, Outcome.RECEIPT, "storm", "Its receipt is held back.")
    assert said(event, held) == [
        TUESDAY + "mail · ana@kupac.example · Narudžba (storm)",
        "  receipt, customer: Its receipt is held back.",
    ]


def test_mails_with_the_same_words_in_one_moment_keep_their_own_verdicts() -> None:
    """Three replies to one reminder, read in one batch: what each asked for stands by it."""
    reasons = ("command", "not-delivered", "command", "team")
    verdicts = [
        Verdict(Kind.TEAM, Outcome.RECORD, why, f"The mail number {n}.") for n, why in enumerate(reasons)
    ]
    lines = ("command", "not-delivered", "command", "team-internal")  # the last is told by another reason
    events = [Event(AT, "mail", "iva@vocar.example", "Re: Čeka 20 h", reason) for reason in lines]
    judged = [((AT, "iva@vocar.example", "Re: Čeka 20 h"), one) for one in verdicts]
    found = timeline.happened([events[3], *events[:3]], judged, ZAGREB)
    assert [entry["because"] for entry in found] == [verdicts[n].because for n in (3, 0, 1, 2)]


def test_a_stranger_s_words_are_one_visible_line() -> None:
    """No escape sequence, no line of their own, no turned reading direction."""
    event = Event(
        AT, "mail", "x@kupac.example", "\x1b[2J\nTue 2025-03-11 05:00  close · iva\u202e!", "customer"
    )
    assert said(event) == [
        TUESDAY + "mail · x@kupac.example · [2J Tue 2025-03-11 05:00 close · iva! (customer)"
    ]
    note = Event(AT, "note", "iva", "zvala\x1b[2J\r\nopet\x07")
    assert said(note) == [TUESDAY + "note · iva · zvala[2J", "  opet"]


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"state": State.SNOOZED, "next_step": "end of the snooze"}, "end of the snooze"),
        ({"state": State.ANSWERED, "next_step": "follow-up"}, "follow-up"),
    ],
)
def test_what_is_to_come_is_told_also_while_nobody_waits(
    desk: Desk, changes: dict[str, object], detail: str
) -> None:
    until = (desk.now + 5 * HOUR).replace(microsecond=0)
    thread = replace(desk.waiting(), next_step_at=until, **changes)  # type: ignore[arg-type]  # a test's own shorthand
    (entry,) = timeline.to_come([], thread, desk.settings.desk, desk.now)
    assert entry == {
        "at": desk.local(until), "what": "to come", "who": None, "detail": detail, "reason": None,
    }  # fmt: skip


def test_closed_threads_have_nothing_to_come(desk: Desk) -> None:
    thread = replace(desk.waiting(), state=State.CLOSED, next_step_at=None, next_step=None)
    assert timeline.to_come([], thread, desk.settings.desk, desk.now) == []


def test_a_waiting_thread_has_the_steps_that_were_not_taken(make_desk: MakeDesk) -> None:
    desk = make_desk()
    thread = replace(desk.waiting(since=timedelta(hours=21)), fired=("1",))
    entries = timeline.to_come([], thread, desk.settings.desk, desk.now)
    assert [(entry["who"], entry["detail"]) for entry in entries] == [
        ("lead", "escalation at 24h"),
        ("lead", "escalation at 68h"),
        ("manager", "escalation at 72h"),
    ]


def test_a_letter_that_waits_stands_among_what_is_to_come(desk: Desk) -> None:
    thread = desk.waiting()
    row = desk.queue(kind=MailKind.REMINDER, thread_ref=REF, to="iva@vocar.example")
    first, *_ = timeline.to_come([row], thread, desk.settings.desk, desk.now)
    assert (first["what"], first["who"], first["detail"]) == ("to come", "iva@vocar.example", "remind")
