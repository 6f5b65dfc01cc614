"""What the team marks as finished in the mailbox itself, by a keyword or a folder of their own: on a real Dovecot."""

import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from autoack.core import acts
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.message import RawMail
from autoack.core.parse import parse
from autoack.core.thread import State, Thread
from autoack.errors import MailboxError
from autoack.flows.intake import DoneFolder
from autoack.flows.intake import done as done_module
from autoack.flows.intake.flow import Intake
from autoack.mail.inbox import Folder
from autoack.store import outbox, threads
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

KEYWORD, DONE = "$Gotovo", "Riješeno"
FIRST, SECOND = "<1@kupac.example>", "<2@kupac.example>"
MINUTE = timedelta(minutes=1)


class Watched:
    """INBOX and the folder of finished mails, each over one connection that stays, as under the daemon."""

    def __init__(self, room: Desk, database: Database) -> None:
        self.room = room
        self.closed = 0
        self.inbox, self.sent, self.done = room.folder(), room.folder("Sent"), room.folder(DONE)
        options: dict[str, Any] = {"done_keyword": KEYWORD, "recorded": lambda: None}
        self.intake: Intake = room.intake(self.inbox, **options)
        self.answers: Intake = room.intake(self.sent, **options)
        box = room.settings.desk.mailboxes["support"]
        self.finished = DoneFolder(room.settings.desk, box, self.done, database, room.clock, self._closed)

    def _closed(self) -> None:
        self.closed += 1

    async def look(self) -> None:
        """A pass over all of them."""
        self.room.clock.pass_time(MINUTE)
        for intake in (self.intake, self.answers):
            await intake.catch_up()
            await intake.look_at_flags()
        await self.finished.catch_up()

    async def close(self) -> None:
        for folder in (self.inbox, self.sent, self.done):
            await folder.close()


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    account = dovecot.user()
    account.connection().create_folder(DONE)
    return account


@pytest.fixture
def room(desk: MakeDesk, account: Account, database: Database) -> Desk:
    return desk(account, database)


@pytest.fixture
async def watched(room: Desk, database: Database) -> AsyncIterator[Watched]:
    """Ivan's mail has come and waits."""
    watched = Watched(room, database)
    await watched.look()
    room.receive(office.mail(message_id=FIRST))
    await watched.look()
    assert room.thread().state is State.WAITING
    yield watched
    await watched.close()


def move(account: Account, uid: int, to: str = DONE, folder: str = "INBOX") -> None:
    client = account.connection()
    client.select_folder(folder)
    client.move([uid], to)
    client.unselect_folder()


def marks(room: Desk) -> list[tuple[str, str | None, str]]:
    """What the timeline tells of marks."""
    told = ("done", "overtaken")
    return [(event.what, event.reason, event.detail) for event in room.timeline() if event.reason in told]


def further(text: str = "Imam još jedno pitanje: kada?", message_id: str = SECOND) -> bytes:
    return office.mail(text, message_id=message_id, answers=FIRST)


async def mark(account: Account, way: str) -> None:
    if way == "keyword":
        account.set_flags("INBOX", 1, ["\\Seen", KEYWORD])
    else:
        move(account, 1)


@pytest.mark.parametrize("way", ["keyword", "folder"])
async def test_the_mark_closes_the_thread_once_and_a_later_mail_opens_it_again(
    watched: Watched, room: Desk, account: Account, way: str
) -> None:
    await mark(account, way)
    await watched.look()
    thread = room.thread()
    assert (thread.state, thread.next_step_at) == (State.CLOSED, None)
    how = f"carries the keyword {KEYWORD}, in INBOX" if way == "keyword" else f"lies in {DONE}"
    assert marks(room) == [("close", "done", f"“Narudžba” {how}")]
    room.receive(further())
    for _ in range(3):
        await watched.look()
    thread = room.thread()
    assert (thread.state, thread.wait) == (State.WAITING, 2)
    assert len(marks(room)) == 1


@pytest.mark.parametrize("way", ["keyword", "folder"])
async def test_after_a_restart_the_mark_does_not_count_again(
    watched: Watched, room: Desk, account: Account, database: Database, way: str
) -> None:
    await mark(account, way)
    await watched.look()
    reopened = acts.reopen(room.thread(), room.settings.desk, room.clock.now())
    database.transact(threads.update, reopened.thread)
    anew = Watched(room, database)
    try:
        await anew.look()
    finally:
        await anew.close()
    assert room.thread().state is State.WAITING
    assert len(marks(room)) == 1


async def test_a_keyword_that_is_taken_off_leaves_the_thread_closed(
    watched: Watched, room: Desk, account: Account
) -> None:
    await mark(account, "keyword")
    await watched.look()
    account.set_flags("INBOX", 1, ["\\Seen"])
    await watched.look()
    assert room.thread().state is State.CLOSED
    assert len(marks(room)) == 1


async def test_a_mail_with_the_keyword_that_is_moved_to_the_folder_counts_once(
    watched: Watched, room: Desk, account: Account, database: Database
) -> None:
    await mark(account, "keyword")
    await watched.look()
    reopened = acts.reopen(room.thread(), room.settings.desk, room.clock.now())
    database.transact(threads.update, reopened.thread)
    move(account, 1)
    await watched.look()
    assert room.thread().state is State.WAITING


async def test_an_answered_thread_is_closed_by_the_mark_on_our_answer(
    watched: Watched, room: Desk, account: Account
) -> None:
    reply = office.mail("Evo.", sender=office.ADDRESS, to="ivan.horvat@kupac.example", answers=FIRST)
    account.append("Sent", reply, ["\\Seen"], room.clock.now() + MINUTE)
    await watched.look()
    assert room.thread().state is State.ANSWERED
    account.set_flags("Sent", 1, ["\\Seen", KEYWORD])
    await watched.look()
    assert room.thread().state is State.CLOSED


async def test_a_mail_that_came_together_with_the_mark_still_waits(
    watched: Watched, room: Desk, account: Account
) -> None:
    """Whoever set the mark may not have seen it."""
    room.clock.pass_time(MINUTE)
    room.receive(further())
    await mark(account, "keyword")
    await watched.look()
    assert room.thread().state is State.WAITING
    (told,) = marks(room)
    assert told[:2] == ("done", "overtaken")
    await watched.look()
    assert len(marks(room)) == 1
    account.set_flags("INBOX", 2, [KEYWORD])
    await watched.look()
    assert room.thread().state is State.CLOSED


async def test_the_mark_on_the_first_of_several_mails_that_were_there_closes_it(
    watched: Watched, room: Desk, account: Account
) -> None:
    room.receive(further())
    await watched.look()
    await mark(account, "keyword")
    await watched.look()
    assert room.thread().state is State.CLOSED


@pytest.mark.parametrize("moved", [(1, 2), (2, 1)])
async def test_all_mails_of_a_thread_may_be_moved_at_once(
    watched: Watched, room: Desk, account: Account, database: Database, moved: tuple[int, int]
) -> None:
    room.clock.pass_time(MINUTE)
    room.receive(further())
    await watched.look()
    for uid in moved:
        move(account, uid)
    anew = Watched(room, database)  # it has not looked before
    try:
        await anew.look()
    finally:
        await anew.close()
    assert room.thread().state is State.CLOSED
    assert [what for what, *_ in marks(room)] == ["close"]


async def test_what_was_to_urge_the_team_is_not_sent(
    watched: Watched, room: Desk, account: Account, database: Database
) -> None:
    now, thread = room.clock.now(), room.thread()
    row = Outgoing(
        key="remind:1",
        kind=MailKind.REMINDER,
        mailbox="support",
        to="iva@vocar.example",
        message_id="<a@vocar.example>",
        raw=b"Subject: x\r\n\r\n",
        created_at=now,
        next_at=now,
        thread_ref=thread.ref,
    )
    database.transact(outbox.add, [row])
    await mark(account, "folder")
    await watched.look()
    assert watched.closed == 1
    (reminder,) = [row for row in room.outbox() if row.kind is MailKind.REMINDER]
    assert (reminder.state, reminder.error) == (OutboxState.FAILED, "needless: done")


async def test_marks_on_other_mails_mean_nothing(watched: Watched, room: Desk, account: Account) -> None:
    account.append(DONE, office.mail(sender="ana@kupac.example", message_id="<9@kupac.example>"))
    account.append(DONE, b"no mail at all")
    account.append("INBOX", b"Subject: Tko sam ja?\r\n\r\nBez adrese.\r\n", [KEYWORD])
    await watched.look()
    assert room.thread().state is State.WAITING


async def test_what_lay_in_the_folder_before_is_passed_over(
    room: Desk, account: Account, database: Database
) -> None:
    await room.read()
    room.receive(office.mail(message_id=FIRST))
    await room.read()
    account.append(DONE, office.mail(message_id=FIRST))
    watched = Watched(room, database)
    try:
        await watched.look()
        assert room.thread().state is State.WAITING
        account.append(DONE, office.mail(message_id=FIRST))
        await watched.look()
        assert room.thread().state is State.CLOSED
    finally:
        await watched.close()


async def test_a_mark_on_a_closed_thread_does_not_close_it_when_it_is_opened_again(
    watched: Watched, room: Desk, account: Account, database: Database
) -> None:
    closed = acts.close(room.thread(), room.settings.desk, room.clock.now())
    database.transact(threads.update, closed.thread)
    await mark(account, "keyword")
    await watched.look()
    room.receive(further())
    await watched.look()
    assert room.thread().state is State.WAITING
    assert marks(room) == []


async def test_a_folder_that_is_missing_is_an_error_of_its_own_that_says_so(
    room: Desk, database: Database
) -> None:
    box = room.settings.desk.mailboxes["support"]
    folder = room.folder("Nema me")
    done = DoneFolder(room.settings.desk, box, folder, database, room.clock, lambda: None)
    with pytest.raises(MailboxError, match="the folder Nema me cannot be opened") as refused:
        await done.catch_up()
    assert refused.value.permanent
    await folder.close()


async def test_a_keyword_that_the_server_refuses_is_on_no_mail(
    watched: Watched, room: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await watched.inbox.with_keyword("not)an(atom") == []
    await watched.look()
    assert isinstance(watched.inbox, Folder)
    assert room.thread().state is State.WAITING


@pytest.mark.parametrize("way", ["keyword", "folder"])
async def test_a_thread_that_cannot_be_closed_keeps_no_other_and_no_mail_waiting(
    watched: Watched, room: Desk, account: Account, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    room.receive(office.mail(message_id=SECOND, sender="Ana Anić <ana@kupac.example>"))
    await watched.look()
    done = acts.done

    def fail(thread: Thread, *args: Any) -> Any:
        if thread.customer_address.startswith("ivan"):
            raise RuntimeError("a fault")
        return done(thread, *args)

    monkeypatch.setattr(acts, "done", fail)
    if way == "keyword":
        account.set_flags("INBOX", 1, [KEYWORD])
        account.set_flags("INBOX", 2, [KEYWORD])
    else:
        move(account, 1)
        move(account, 2)
    await watched.look()
    states = {thread.customer_name: thread.state for thread in room.threads()}
    assert states == {"Ivan Horvat": State.WAITING, "Ana Anić": State.CLOSED}


async def test_mails_of_the_folder_are_not_read_in_the_event_loop(
    watched: Watched, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in = []

    def noted(raw: RawMail) -> Any:
        read_in.append(threading.current_thread())
        return parse(raw)

    monkeypatch.setattr(done_module, "parse", noted)
    move(account, 1)
    await watched.look()
    assert read_in and threading.main_thread() not in read_in


async def test_the_mark_is_kept_with_the_mail(
    watched: Watched, room: Desk, account: Account, database: Database
) -> None:
    await mark(account, "keyword")
    await watched.look()
    (done_at,) = database.read(
        lambda conn: list(conn.scalars(messages.select().with_only_columns(messages.c.done_at)))
    )
    assert done_at == room.clock.now()
