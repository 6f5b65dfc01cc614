"""Which receipts were made lately: what the guards go by."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.delivery import OutboxState
from autoack.core.policy import Limit, Mailbox
from autoack.core.storm import Storm
from autoack.core.thread import Said
from autoack.store import intake, meta, outbox, receipts
from autoack.store.engine import Database
from tests import office
from tests.store.samples import HOUR, IVA, NOW, entry, outgoing, thread

MINUTE = timedelta(minutes=1)
KEY = IVA.key


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Support, with a storm beyond three receipts in ten minutes."""
    return replace(office.settings(tmp_path).desk.mailboxes["support"], storm=Limit(3, 10 * MINUTE))


def answered(database: Database, number: int, at: Any = NOW, **changes: Any) -> None:
    """Iva's mail of that number came, and its receipt was made."""
    opened = thread(f"AA-0000-{number:04}")
    database.transact(intake.record, [entry(number, opened, opens=True)], at)
    made = outgoing(f"receipt:{number:032x}", created_at=at, thread_ref=opened.ref)
    database.transact(outbox.add, [replace(made, **changes)])


def storm(database: Database, mailbox: Mailbox, batch: int = 1) -> tuple[Storm | None, int]:
    return database.transact(receipts.storm, mailbox, batch, NOW)


# --- what was said ----------------------------------------------------------------------------------------


def test_what_stood_in_mails_whose_receipts_have_gone_is_known(database: Database) -> None:
    answered(database, 1, state=OutboxState.SENT)
    answered(database, 2, state=OutboxState.SENDING)
    answered(database, 3)  # not sent yet: nobody can have answered that one
    made, said = database.transact(receipts.to_writers, [KEY], "support", NOW - HOUR)
    assert len(made[KEY]) == 3
    assert said == {KEY: [Said("Račun za listopad", "Gdje je moj račun?")] * 2}


def test_one_receipt_makes_no_loop_and_is_not_looked_up(database: Database) -> None:
    answered(database, 1, state=OutboxState.SENT)
    assert database.transact(receipts.to_writers, [KEY], "support", NOW - HOUR)[1] == {}


def test_other_mailboxes_other_people_and_longer_ago_do_not_count(database: Database) -> None:
    for number, changes in enumerate([{"mailbox": "sales"}, {"to": "luka@kupac.example"}, {}]):
        for copy in (1, 2):
            at = NOW - 2 * HOUR if not changes else NOW
            answered(database, 10 * number + copy, at, state=OutboxState.SENT, **changes)
    assert database.transact(receipts.to_writers, [KEY], "support", NOW - HOUR) == ({}, {})


# --- how many ---------------------------------------------------------------------------------------------


def test_receipts_of_this_mailbox_are_counted_over_the_time_of_its_storm(
    database: Database, mailbox: Mailbox
) -> None:
    for number, minutes in enumerate((0, 5, 9, 10, 11)):
        answered(database, number, NOW - minutes * MINUTE)
    other = entry(7, thread("AA-7777-7777", mailbox="sales"), opens=True)
    database.transact(intake.record, [replace(other, place=replace(other.place, mailbox="sales"))], NOW)
    database.transact(intake.record, [entry(8)], NOW)  # ignored
    assert storm(database, mailbox) == (None, 3)


def test_held_withdrawn_and_failed_ones_count_too(database: Database, mailbox: Mailbox) -> None:
    states = (OutboxState.HELD, OutboxState.FAILED, OutboxState.SENT)
    for number, state in enumerate(states):
        answered(database, number, state=state)
    assert storm(database, mailbox)[1] == 3


def test_where_a_batch_cannot_bring_them_to_the_limit_nobody_counts(
    database: Database, mailbox: Mailbox
) -> None:
    answered(database, 1)
    assert storm(database, mailbox, batch=2) == (None, 0)
    assert storm(database, mailbox, batch=3) == (None, 1)


def test_a_storm_goes_on_until_it_is_ended_and_then_they_count_anew(
    database: Database, mailbox: Mailbox
) -> None:
    for number in range(4):
        answered(database, number, NOW - MINUTE)
    going_on = Storm(NOW - MINUTE, NOW)
    database.transact(meta.put_storm, "support", going_on)
    assert storm(database, mailbox) == (going_on, 4)
    assert database.transact(meta.end_storm, "support", NOW - MINUTE) is True
    assert storm(database, mailbox, batch=100) == (None, 0)
    assert database.transact(meta.end_storm, "support", NOW) is False, "there was none any more"
    answered(database, 9, NOW)
    assert storm(database, mailbox, batch=100) == (None, 1)
