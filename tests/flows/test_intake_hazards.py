"""Mails that are met in another order than they were written in."""

from datetime import timedelta

import pytest

from autoack.core.thread import State
from autoack.store.engine import Database
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

MINUTE = timedelta(minutes=1)
IVAN = "Ivan Horvat <ivan.horvat@kupac.example>"
FURTHER = "I još nešto: radite li u subotu?"


@pytest.fixture
async def room(desk: MakeDesk, dovecot: DovecotServer, sqlite_database: Database) -> Desk:
    """A question at 09:00, read; an answer to it at 09:05 and a further question at 09:10, not yet read."""
    account: Account = dovecot.user()
    room = desk(account, sqlite_database)
    await room.read()
    await room.read("Sent")
    room.receive(office.mail(message_id="<1@kupac.example>"))
    await room.read()
    room.clock.pass_time(5 * MINUTE)
    answer = office.mail(
        "Stiže u srijedu.",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to=IVAN,
        message_id="<odgovor@vocar.example>",
        answers="<1@kupac.example>",
    )
    room.receive(answer, "Sent")
    room.clock.pass_time(5 * MINUTE)
    room.receive(office.mail(FURTHER, message_id="<2@kupac.example>", answers="<1@kupac.example>"))
    return room


async def test_an_answer_that_is_seen_late_does_not_answer_what_came_after_it(room: Desk) -> None:
    further = room.clock.now()
    room.clock.pass_time(MINUTE)
    await room.read()
    await room.read("Sent")
    thread = room.thread()
    assert (thread.state, thread.wait, thread.waiting_since) == (State.WAITING, 2, further)
    assert thread.next_step_at is not None
    assert [event.seconds for event in room.timeline() if event.what == "answer"] == [300]


async def test_the_flag_of_an_earlier_mail_does_not_answer_a_later_one(room: Desk) -> None:
    room.account.set_flags("INBOX", 1, ["\\Answered"])
    room.clock.pass_time(MINUTE)
    await room.read()
    assert room.thread().state is State.WAITING
    room.account.set_flags("INBOX", 2, ["\\Answered"])
    await room.read()
    assert room.thread().state is State.ANSWERED
