"""What happens to mailboxes: numbered anew, restored, emptied, renamed, filled from elsewhere, full to the brim."""

import asyncio
import itertools
import os
import re
import tracemalloc
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from autoack.core.message import Arrival
from autoack.flows.intake.recording import Recorder
from autoack.mail.inbox import Folder
from tests import office
from tests.hazards.conftest import DAY, SOON, Room, question
from tests.servers.dovecot import Account, DovecotServer

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MANY = 100_000


def renumber(account: Account, folder: str) -> None:
    """The folder gets another UIDVALIDITY; its mails keep their INTERNALDATE."""
    client = account.connection()
    client.create_folder("Novo")
    client.select_folder(folder)
    if uids := client.search():
        client.move(uids, "Novo")
    client.unselect_folder()
    client.delete_folder(folder)
    client.rename_folder("Novo", folder)


# --- UIDs that stand for other mails ----------------------------------------------------------------------


async def test_after_a_change_of_uidvalidity_only_new_mail_is_answered(room: Room) -> None:
    for number in (1, 2, 3):
        room.deliver(question(number), "Upiti")
    await room.read("Upiti")
    renumber(room.account, "Upiti")
    room.clock.ahead += HOUR
    room.deliver(question(4, date=room.clock.now()), "Upiti", age=HOUR - MINUTE)
    room.watch("Upiti")
    await room.has(1, 2, 3, 4)


async def test_a_uidvalidity_that_changes_under_the_watch_is_noticed(room: Room) -> None:
    room.deliver(question(1), "Upiti")
    room.watch("Upiti", poll=0.2)
    await room.has(1)
    await asyncio.to_thread(renumber, room.account, "Upiti")
    room.deliver(question(2, date=room.clock.now() + MINUTE), "Upiti", age=-MINUTE)
    await room.has(1, 2)


@pytest.mark.parametrize("came_since", [1, 2, 5], ids=["fewer than were lost", "as many", "more"])
async def test_a_backup_that_is_restored_under_the_same_uidvalidity_hides_no_mail(
    room: Room, dovecot: DovecotServer, tmp_path: Path, came_since: int
) -> None:
    """New mails come under the UIDs of mails that were lost, and that we have on record."""
    room.deliver(question(1), "Upiti", age=HOUR)
    await room.read("Upiti")
    dovecot.back_up(room.account, "Upiti", tmp_path / "backup")
    for number in (2, 3):
        room.deliver(question(number), "Upiti", age=HOUR)
    await room.read("Upiti")
    dovecot.restore(room.account, "Upiti", tmp_path / "backup")
    new = range(4, 4 + came_since)
    uids = [
        room.deliver(question(number, date=room.clock.now() + MINUTE), "Upiti", age=-MINUTE) for number in new
    ]
    assert uids == list(range(2, 2 + came_since))
    room.watch("Upiti")
    await room.has(1, 2, 3, *new)
    for _ in range(2):  # nothing is sent again, and the folder is in step
        await room.leave()
        await room.read("Upiti")
    await room.has(1, 2, 3, *new)
    here = [row for row in room.rows() if row.uidvalidity]
    assert len(here) == 1 + came_since


async def test_a_restored_folder_stops_the_clock_of_the_right_mail(
    room: Room, dovecot: DovecotServer, tmp_path: Path
) -> None:
    """A flag on the mail that took a UID over tells nothing of the mail that had it."""
    room.deliver(question(1), "Upiti", age=HOUR)
    await room.read("Upiti")
    dovecot.back_up(room.account, "Upiti", tmp_path / "backup")
    lost = room.deliver(question(2), "Upiti", age=HOUR)
    await room.read("Upiti")
    dovecot.restore(room.account, "Upiti", tmp_path / "backup")
    uid = room.deliver(question(3, date=room.clock.now() + MINUTE), "Upiti", age=-MINUTE)
    assert uid == lost
    await room.read("Upiti")
    room.account.set_flags("Upiti", uid, ["\\Answered"])
    await room.read("Upiti")
    states = {thread.customer_address: thread.state.value for thread in room.threads()}
    assert states == {
        "kupac1@kupac.example": "waiting",
        "kupac2@kupac.example": "waiting",
        "kupac3@kupac.example": "answered",
    }


async def test_a_server_whose_uidnext_tells_lies_is_not_read_again_and_again(room: Room) -> None:
    room.proxy.edit = lambda line: re.sub(rb"\[UIDNEXT \d+\]", b"[UIDNEXT 1]", line)
    for number in (1, 2):
        room.deliver(question(number))
        await room.read()
        await room.read()
    await room.has(1, 2)
    assert [row.reason for row in room.rows()] == ["customer", "customer"]


# --- folders that are not what they were ------------------------------------------------------------------


async def test_a_mailbox_that_is_emptied_goes_on(room: Room) -> None:
    room.deliver(question(1))
    uid = room.deliver(question(2))
    room.watch()
    await room.has(1, 2)
    for each in (uid - 1, uid):
        room.account.delete("INBOX", each)
    room.deliver(question(3))
    await room.has(1, 2, 3)


async def test_a_folder_that_is_renamed_for_a_while_is_missed_and_loses_nothing(room: Room) -> None:
    room.deliver(question(1), "Upiti")
    room.watch("Upiti", poll=0.2)
    await room.has(1)
    client = room.account.connection()
    client.rename_folder("Upiti", "Arhiva")
    await room.clock.pauses_for(60)
    room.deliver(question(2), "Arhiva")
    client.rename_folder("Arhiva", "Upiti")
    await room.has(1, 2)


async def test_another_folder_of_the_same_name_is_read_and_so_is_the_first_when_it_comes_back(
    room: Room,
) -> None:
    room.deliver(question(1), "Upiti", age=HOUR)
    await room.read("Upiti")
    client = room.account.connection()
    client.rename_folder("Upiti", "Arhiva")
    room.deliver(question(2, date=room.clock.now() + MINUTE), "Upiti", age=-MINUTE)
    await room.read("Upiti")
    client.rename_folder("Upiti", "Privremeno")
    client.rename_folder("Arhiva", "Upiti")
    room.deliver(question(3, date=room.clock.now() + MINUTE), "Upiti", age=-MINUTE)
    await room.read("Upiti")
    await room.has(1, 2, 3)


async def test_mails_that_are_moved_in_are_taken_in_whatever_their_order(room: Room) -> None:
    """UIDs say in which order mails came into the folder, INTERNALDATE when they came to us."""
    for number, age in ((1, 3 * HOUR), (2, HOUR), (3, 2 * HOUR), (4, 30 * HOUR)):
        room.deliver(question(number), "Razvrstano", age=age)
    room.deliver(question(5), age=MINUTE)
    await room.read()
    client = room.account.connection()
    client.select_folder("Razvrstano")
    for uid in (2, 4, 1, 3):
        client.move([uid], "INBOX")
    client.unselect_folder()
    await room.read()
    assert room.customers() == [f"kupac{number}@kupac.example" for number in (1, 2, 3, 4, 5)]
    assert room.receipts() == [f"kupac{number}@kupac.example" for number in (1, 2, 3, 5)]
    assert room.reasons()["kupac4@kupac.example"] == "age"


async def test_a_mail_that_is_moved_out_and_in_again_is_the_same_mail(room: Room) -> None:
    room.deliver(question(1))
    await room.read()
    client = room.account.connection()
    for source, target in (("INBOX", "Trash"), ("Trash", "INBOX")):
        client.select_folder(source)
        client.move(client.search(), target)
        client.unselect_folder()
    await room.read()
    await room.has(1)
    assert [row.reason for row in room.rows()] == ["customer", "duplicate"]


async def test_two_folders_of_one_mailbox_are_watched_side_by_side(room: Room) -> None:
    for folder in ("INBOX", "Web"):
        room.deliver(question(1), folder)
        room.watch(folder)
    await room.has(1)
    for number, folder in ((2, "Web"), (3, "INBOX"), (4, "Web")):
        room.deliver(question(number), folder)
    await room.has(1, 2, 3, 4)
    await room.until(lambda: len(room.rows()) == 5)
    assert sorted(row.reason for row in room.rows()) == [*["customer"] * 4, "duplicate"]


async def test_after_a_day_offline_everything_is_fetched_and_the_young_is_answered(room: Room) -> None:
    """The age of a mail is that of its INTERNALDATE: its Date may say what it likes."""
    await room.read()
    now = room.clock.now()
    room.deliver(question(1, date=now), age=25 * HOUR)
    room.deliver(question(2, date=now - 9 * DAY), age=23 * HOUR)
    room.deliver(question(3), age=HOUR)
    await room.read()
    assert room.customers() == [f"kupac{number}@kupac.example" for number in (1, 2, 3)]
    assert room.receipts() == [f"kupac{number}@kupac.example" for number in (2, 3)]


# --- poison -----------------------------------------------------------------------------------------------


async def test_a_mail_that_cannot_be_recorded_is_put_aside_and_the_others_go_on(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Recorder.record

    def poisoned(
        self: Recorder, conn: object, parsed: Sequence[tuple[Arrival, object]], *rest: object
    ) -> object:
        if any(b"kupac2@" in arrival.raw.header for arrival, _ in parsed):
            raise ValueError("a value that no database takes")
        return take(self, conn, parsed, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Recorder, "record", poisoned)
    for number in (1, 2, 3):
        room.deliver(question(number))
    await room.read()
    await room.has(1, 3)
    (aside,) = room.quarantine()
    assert (aside.place.uid, aside.reason) == (2, "error")
    assert "a value that no database takes" in aside.because


@pytest.mark.parametrize("poison", [1, 3, 6], ids=["first", "in the middle", "last"])
async def test_a_mail_at_which_the_server_breaks_down_is_put_aside_and_the_others_go_on(
    room: Room, poison: int
) -> None:
    """Whenever it is asked for, alone or among others, the connection is lost."""
    for number in range(1, 7):
        room.deliver(question(number))

    async def break_down(verb: str) -> None:
        if verb == "UID FETCH" and poison in room.proxy.asked:
            room.proxy.cut()

    room.proxy.on_command = break_down
    room.watch()
    await room.has(*(number for number in range(1, 7) if number != poison))
    room.deliver(question(7))
    await room.has(*(number for number in range(1, 8) if number != poison))
    (aside,) = room.quarantine()
    assert (aside.place.uid, aside.reason) == (poison, "unfetchable")


async def test_a_server_that_gives_no_mail_at_all_has_none_put_aside(room: Room) -> None:
    """It is not well: that is no mail's fault."""
    for number in (1, 2, 3):
        room.deliver(question(number))
    failures = 12

    async def break_down(verb: str) -> None:
        nonlocal failures
        if verb == "UID FETCH" and failures:
            failures -= 1
            room.proxy.cut()

    room.proxy.on_command = break_down
    room.watch()
    await room.has(1, 2, 3)
    assert room.quarantine() == []


# --- 100,000 old mails ------------------------------------------------------------------------------------


def fill(dovecot: DovecotServer, account: Account, count: int) -> None:
    """Lays that many old mails into INBOX, past the server. They are few files by many names."""
    account.append("INBOX", office.mail())
    account.disconnect()
    place = dovecot.place(account)
    for number in range(1, count):
        path = place / "cur" / f"{number}.old.host:2,S"
        if number % 10_000 == 1:
            original = path
            original.write_bytes(office.mail(message_id="<staro@kupac.example>"))
            os.utime(original, (1_500_000_000, 1_500_000_000))
            os.chown(original, place.stat().st_uid, place.stat().st_gid)
        else:
            path.hardlink_to(original)
    account.connection().folder_status("INBOX", ["UIDNEXT"])  # the server numbers them, once


async def test_a_hundred_thousand_old_mails_are_passed_over_at_once(
    room: Room, dovecot: DovecotServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.settings = office.settings(tmp_path)
    fill(dovecot, room.account, MANY)
    fetched: list[int] = []
    fetch = Folder.fetch

    async def counted(self: Folder, uids: Sequence[int]) -> list[Arrival]:
        fetched.extend(uids)
        return await fetch(self, uids)

    monkeypatch.setattr(Folder, "fetch", counted)
    tracemalloc.start()
    try:
        async with asyncio.timeout(SOON):
            await room.read()
            room.clock.ahead += 2 * DAY
            await room.read()  # and compared
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    room.clock.ahead = timedelta()
    assert fetched == []
    room.deliver(question(1), age=-MINUTE)
    room.watch()
    await room.has(1)
    assert fetched == [MANY + 1]


async def test_a_folder_of_a_hundred_thousand_is_searched_with_little_memory(room: Room) -> None:
    """A line of SEARCH as long as that, and no end to the batches."""
    uids = list(itertools.islice(itertools.count(1, 7), MANY))
    reply = b"* SEARCH " + b" ".join(b"%d" % uid for uid in reversed(uids)) + b"\r\n%T OK done\r\n"

    async def search(verb: str) -> bytes | None:
        return reply if verb == "UID SEARCH" else None

    room.proxy.on_command = search
    folder = room.folder()
    await folder.open()
    tracemalloc.start()
    try:
        assert await folder.uids_above(0) == uids
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()
    await folder.close()
