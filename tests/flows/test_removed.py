"""A customer's mail that is moved to Junk or Trash, elsewhere, or back: on a real Dovecot."""

from datetime import timedelta

import pytest

from autoack.core import acts
from autoack.core.delivery import OutboxState
from autoack.core.thread import State
from autoack.store import threads
from autoack.store.engine import Database
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

FIRST = office.mail(message_id="<1@kupac.example>")
FURTHER = office.mail("Ima li novosti?", message_id="<2@kupac.example>", answers="<1@kupac.example>")


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
async def room(desk: MakeDesk, account: Account, database: Database) -> Desk:
    """Ivan's mail has come and waits."""
    room = desk(account, database)
    await room.read()
    room.clock.pass_time(timedelta(minutes=5))
    room.receive(FIRST)
    await room.read()
    assert room.thread().state is State.WAITING
    return room


def move(account: Account, uid: int, to: str, folder: str = "INBOX") -> None:
    client = account.connection()
    client.select_folder(folder)
    if not client.folder_exists(to):
        client.create_folder(to)
    client.move([uid], to)
    client.unselect_folder()


def told(room: Desk) -> list[tuple[str, str | None]]:
    return [(event.what, event.reason) for event in room.timeline()]


@pytest.mark.parametrize("folder", ["Junk", "Trash"])
async def test_a_mail_that_is_thrown_away_ends_its_wait_and_nothing_more_is_sent(
    room: Desk, account: Account, folder: str
) -> None:
    move(account, 1, folder)
    await room.read()
    thread = room.thread()
    assert (thread.state, thread.next_step_at) == (State.CLOSED, None)
    assert ("close", "removed") in told(room)
    (receipt,) = room.outbox()
    assert (receipt.state, receipt.error) == (OutboxState.FAILED, "needless: the mail was removed")


async def test_a_mail_that_is_archived_still_waits(room: Desk, account: Account) -> None:
    move(account, 1, "Arhiva")
    await room.read()
    assert room.thread().state is State.WAITING


async def test_a_mail_that_is_gone_altogether_still_waits(room: Desk, account: Account) -> None:
    account.delete("INBOX", 1)
    await room.read()
    assert room.thread().state is State.WAITING


async def test_a_wait_goes_on_as_long_as_one_of_its_mails_lies_there(room: Desk, account: Account) -> None:
    room.receive(FURTHER)
    await room.read()
    move(account, 1, "Trash")
    await room.read()
    assert room.thread().state is State.WAITING
    move(account, 2, "Trash")
    await room.read()
    assert room.thread().state is State.CLOSED


async def test_a_mail_that_comes_back_waits_again_since_then_and_gets_no_second_receipt(
    room: Desk, account: Account
) -> None:
    before = room.thread()
    move(account, 1, "Junk")
    await room.read()
    move(account, 1, "INBOX", folder="Junk")
    await room.read()
    thread = room.thread()
    assert (thread.state, thread.waiting_since, thread.wait) == (State.WAITING, before.waiting_since, 1)
    assert thread.next_step_at == before.next_step_at
    assert ("wait", "moved-back") in told(room)
    assert len(room.outbox()) == 1


async def test_what_passed_while_it_was_away_brings_no_reminder(room: Desk, account: Account) -> None:
    before = room.thread()
    room.clock.pass_time(timedelta(hours=2))
    move(account, 1, "Junk")
    await room.read()
    room.clock.pass_time(timedelta(days=4))
    move(account, 1, "INBOX", folder="Junk")
    await room.read()
    thread = room.thread()
    assert thread.waiting_since == before.waiting_since
    assert before.next_step_at is not None
    assert (thread.next_step_at, thread.next_step) == (
        before.next_step_at + timedelta(days=4),
        before.next_step,
    )


async def test_what_somebody_closed_stays_closed_when_a_mail_is_moved_about(
    room: Desk, account: Account, database: Database
) -> None:
    database.transact(threads.update, acts.close(room.thread(), room.settings.desk, room.clock.now()).thread)
    move(account, 1, "Junk")
    await room.read()
    move(account, 1, "INBOX", folder="Junk")
    await room.read()
    assert room.thread().state is State.CLOSED
