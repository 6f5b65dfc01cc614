"""Comparing a folder of a real Dovecot with what is on record of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from autoack.flows.comparison import Comparison
from autoack.mail.inbox import Folder
from autoack.store import folders, meta
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = {"mailboxes.support.backlog": "answer", "mailboxes.support.max_age": "3d"}
NO_SENDER = b"Subject: Tko sam ja?\r\n\r\nBez ijednog polja s adresom.\r\n"
KEPT = 100 * DAY

Hide = Callable[[int], None]


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
def hide(monkeypatch: pytest.MonkeyPatch) -> Hide:
    """`hide(uid)`: for now the server does not show it to those who look for new mail."""
    hidden: set[int] = set()
    search = Folder.uids_above

    async def without(self: Folder, uid: int, since: date | None = None) -> list[int]:
        found = await search(self, uid, since)
        return found if since else [each for each in found if each not in hidden]

    monkeypatch.setattr(Folder, "uids_above", without)
    return hidden.add


def question(number: int) -> bytes:
    return office.mail(sender=f"kupac{number}@kupac.example", message_id=f"<{number}@kupac.example>")


async def compare(room: Desk) -> int:
    """Read INBOX to its end, then compare it; how many mails had been overlooked."""
    folder = room.folder()
    intake = room.intake(folder)
    try:
        await intake.catch_up()
        return await Comparison(folder, intake, room.database, room.clock, kept=KEPT).step()
    finally:
        await folder.close()


def recorded(room: Desk) -> list[int]:
    """The UIDs of all mails on record."""
    return room.database.read(
        lambda conn: list(conn.scalars(messages.select().with_only_columns(messages.c.uid)))
    )


async def test_what_was_overlooked_is_told_and_taken_in_once(
    desk: MakeDesk, account: Account, database: Database, hide: Hide, caplog: pytest.LogCaptureFixture
) -> None:
    room = desk(account, database, ANSWERS)
    await room.read()
    for number in (1, 2, 3, 4):
        room.receive(question(number))
    hide(2)
    hide(3)
    assert await compare(room) == 0
    assert sorted(recorded(room)) == [1, 4]
    room.clock.pass_time(DAY)
    assert await compare(room) == 2
    assert sorted(recorded(room)) == [1, 2, 3, 4]
    assert {row.to for row in room.outbox()} == {f"kupac{number}@kupac.example" for number in (1, 2, 3, 4)}
    assert (
        "the server has 4 mails and 2 of them were not on record: these are taken in now" in caplog.messages
    )
    room.clock.pass_time(DAY)
    assert await compare(room) == 0
    assert len(room.outbox()) == 4


async def test_it_compares_once_a_day(
    desk: MakeDesk, account: Account, database: Database, hide: Hide
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    room.receive(question(2))
    hide(1)
    await compare(room)
    room.clock.pass_time(DAY - timedelta(seconds=1))
    assert await compare(room) == 0
    room.clock.pass_time(timedelta(seconds=1))
    assert await compare(room) == 1


async def test_what_lay_there_before_the_first_sight_is_not_missed(
    desk: MakeDesk, account: Account, database: Database, hide: Hide
) -> None:
    room = desk(account, database)  # backlog: ignore
    room.receive(question(1))
    await room.read()
    room.clock.pass_time(HOUR)
    room.receive(question(2))
    room.receive(question(3))
    hide(2)
    await room.read()
    room.clock.pass_time(DAY)
    assert await compare(room) == 1
    assert sorted(recorded(room)) == [2, 3]


async def test_what_retention_has_deleted_is_not_missed(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    await room.read()
    room.clock.pass_time(KEPT + HOUR)
    room.receive(question(2))
    await room.read()
    database.transact(lambda conn: conn.execute(messages.delete().where(messages.c.uid == 1)))
    assert await compare(room) == 0
    assert recorded(room) == [2]


async def test_what_lies_in_quarantine_or_was_deleted_is_not_missed(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(NO_SENDER)
    gone = room.receive(question(1))
    room.receive(question(2))
    await room.read()
    account.delete("INBOX", gone)
    room.clock.pass_time(DAY)
    assert await compare(room) == 0
    assert len(room.quarantine()) == 1


async def test_a_folder_that_was_watched_before_there_were_comparisons_is_compared_from_now_on(
    desk: MakeDesk, account: Account, database: Database, hide: Hide
) -> None:
    room = desk(account, database)
    room.receive(question(1))
    await room.read()
    database.transact(meta.remove, "counted:support:INBOX")
    assert await compare(room) == 0
    counted = database.read(folders.counted, "support", "INBOX")
    assert counted == folders.Counted(2, room.clock.now())
    for number in (2, 3):
        room.receive(question(number))
    hide(2)
    room.clock.pass_time(DAY)
    assert await compare(room) == 1


async def test_a_folder_that_was_never_met_is_not_compared(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database)
    folder = room.folder()
    assert await Comparison(folder, room.intake(folder), database, room.clock, kept=KEPT).step() == 0
