"""The letter that asks the team to look after a customer who did not write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.thread import State, Thread, tokens_in
from autoack.letters.compose import Composer
from autoack.letters.letter import Letter
from autoack.letters.recurring_values import recurring_values
from autoack.letters.reminder_values import ReminderFacts
from autoack.letters.short import short_reminder
from autoack.letters.templates import Templates
from tests import office

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
YEARLY = Thread(
    ref="AA-1111-1111",
    mailbox="support",
    subject="Godišnja provjera & pretplata",
    customer_address="ivan+a@kupac.example",
    customer_name="Ivan Horvat",
    honorific=None,
    language="hr",
    state=State.WAITING,
    created_at=NOW,
    policy="recurring:Godišnja provjera & pretplata",
    wait=1,
    waiting_since=NOW,
)
BEFORE = replace(
    YEARLY,
    ref="AA-2222-2222",
    subject="Račun **nije** <točan>",
    state=State.CLOSED,
    created_at=NOW - timedelta(days=40),
    policy=None,
)


def facts(folder: Path, person: str = "luka", **changes: object) -> ReminderFacts:
    desk = office.settings(folder).desk
    told = ReminderFacts(
        mailbox=desk.mailboxes["support"],
        thread=YEARLY,
        person=desk.people[person],
        kind=MailKind.NOTICE,
        step="notice",
        waited=timedelta(0),
        words="",
        message_id="<a@vocar.example>",
        now=NOW,
        earlier=(BEFORE,),
    )
    return replace(told, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def letter(folder: Path, **changes: object) -> Letter:
    return Composer(office.settings(folder).desk, Templates(None)).reminder(facts(folder, **changes))


def test_at_its_time_it_tells_why_and_what_there_was(tmp_path: Path) -> None:
    told = letter(tmp_path)
    assert told.subject == "Time to get in touch: Ivan Horvat, AA-1111-1111"
    assert "The customer has not written to us" in told.text
    assert "– 20 January 2026 AA-2222-2222: Račun **nije** <točan> (closed)" in told.text
    assert "Račun **nije** &lt;točan&gt;" in told.html


def test_later_it_tells_that_nobody_has_written(tmp_path: Path) -> None:
    told = letter(
        tmp_path, kind=MailKind.ESCALATION, waited=timedelta(days=3), step="escalation at 3d", earlier=()
    )
    assert told.subject == "Not done for 3 d: Ivan Horvat, AA-1111-1111"
    assert "That was 3 days ago, and nobody has written yet." in told.text
    assert "no earlier conversation" in told.text


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ("iva", "vrijeme je da se javimo"),
        ("sara", "Ideje jelentkeznünk"),
        ("luka", "It is time to get in touch"),
    ],
)
def test_it_speaks_the_language_of_its_reader(tmp_path: Path, person: str, says: str) -> None:
    assert says in letter(tmp_path, person=person).text


def test_its_link_writes_to_the_customer_with_the_reference_and_a_copy_to_the_desk(tmp_path: Path) -> None:
    link = urlsplit(str(recurring_values(facts(tmp_path))["link_write"]))
    fields = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "ivan%2Ba@kupac.example")
    assert fields["cc"] == [office.ADDRESS]
    assert fields["subject"] == ["Godišnja provjera & pretplata [AA-1111-1111]"]
    assert tokens_in(fields["subject"][0]) == ("AA-1111-1111",)


def test_a_follow_up_in_it_is_told_as_any_other(tmp_path: Path) -> None:
    told = letter(tmp_path, kind=MailKind.REMINDER, step=FOLLOW_UP)
    assert "We promised Ivan Horvat to get back to them about now" in told.text


def test_channels_hear_that_it_is_time_and_nothing_of_the_customer(tmp_path: Path) -> None:
    told = short_reminder(facts(tmp_path)).decode()
    assert told.startswith("AA-1111-1111: time to get in touch with a customer")
    later = facts(tmp_path, kind=MailKind.REMINDER, waited=timedelta(days=3))
    assert short_reminder(later).decode().startswith("AA-1111-1111: nobody has been in touch for 3 d")
    assert "Ivan" not in told and "Godišnja" not in told
