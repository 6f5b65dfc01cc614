"""Storms of receipts, waiting receipts and loops, from a real mailbox to the outbox."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.storm import Storm
from autoack.core.thread import State
from autoack.flows.storms import Storms
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IVAN = "Ivan Horvat <ivan.horvat@kupac.example>"
ANSWERS = {"mailboxes.support.backlog": "answer"}
STORM = {
    **ANSWERS,
    "mailboxes.support.storm": {"receipts": 2, "within": "10m"},
    "alerts.to": ["luka", "sara"],
}
TEXTS = ("Kada stiže moja narudžba?", "Trebam kopiju računa.", "Radite li u subotu?", "Kava je gorka.")


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


def receive(desk: Desk, *numbers: int, **how: Any) -> None:
    """The questions of these numbers arrive, by a customer each."""
    for number in numbers:
        sender = f"Kupac Broj <kupac{number}@kupac.example>"
        desk.receive(office.mail(**{"sender": sender, "message_id": f"<{number}@kupac.example>", **how}))


def receipts(desk: Desk) -> list[Outgoing]:
    return sorted((row for row in desk.outbox() if row.kind is MailKind.RECEIPT), key=lambda row: row.to)


def states(desk: Desk) -> list[OutboxState]:
    return [row.state for row in receipts(desk)]


def reasons(desk: Desk) -> list[str]:
    query = messages.select().order_by(messages.c.folder, messages.c.uid)
    return [row.reason for row in desk.database.read(lambda conn: conn.execute(query).all())]


def send(desk: Desk) -> None:
    """What is ready goes out."""
    now = desk.clock.now()
    due = desk.database.read(outbox.ready, "support", 100, now)
    desk.database.transact(outbox.claim, [row.key for row in due], now)
    sent = [replace(row, state=OutboxState.SENT, sent_at=now) for row in due]
    desk.database.transact(outbox.finish, sent, now)


async def calms(desk: Desk) -> frozenset[str]:
    return await Storms(desk.settings.desk, desk.database).step(desk.clock.now())


READY, HELD, FAILED = OutboxState.READY, OutboxState.HELD, OutboxState.FAILED


# --- storms -----------------------------------------------------------------------------------------------


async def test_beyond_the_limit_receipts_are_held_and_recording_and_clocks_go_on(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    receive(room, 1, 2, 3, 4)
    await room.read()
    assert states(room) == [READY, READY, HELD, HELD]
    assert {row.error for row in receipts(room)[2:]} == {"storm: more than 2 receipts within 10m (`storm`)"}
    assert reasons(room) == ["customer", "customer", "storm", "storm"]
    assert [(thread.state, thread.next_step) for thread in room.threads()] == [
        (State.WAITING, "reminder at 20h")
    ] * 4


async def test_it_is_seen_from_one_pass_to_the_next_and_in_each_mailbox_alone(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    sales = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example", "backlog": "answer"}
    room = desk(account, database, {**STORM, "mailboxes.sales": sales})
    for number in (1, 2, 3):
        receive(room, number)
        await room.read()
        room.clock.pass_time(MINUTE)
    assert states(room) == [READY, READY, HELD]
    room.receive(office.mail(message_id="<9@kupac.example>"), folder="Prodaja")
    await room.read("Prodaja", "sales")
    assert [row.state for row in receipts(room) if row.mailbox == "sales"] == [READY]


async def test_mails_that_get_no_receipt_make_no_storm(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    receive(room, 1, 2, 3, headers={"List-Id": "<novosti.example>"})
    receive(room, 4)
    await room.read()
    assert states(room) == [READY]


async def test_a_slow_stream_of_mail_is_no_storm(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    for number in range(5):
        receive(room, number)
        await room.read()
        room.clock.pass_time(6 * MINUTE)
    assert states(room) == [READY] * 5


async def test_ops_hear_of_it_once_in_their_language(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    receive(room, 1, 2, 3)
    await room.read()
    receive(room, 4)
    await room.read()
    alerts = [row for row in room.outbox() if row.kind is MailKind.ALERT]
    assert sorted(row.to for row in alerts) == ["luka@vocar.example", "sara@vocar.example"]
    assert {row.state for row in alerts} == {READY}
    letters = [message_from_bytes(row.raw, policy=policy.default) for row in alerts]
    assert sorted(letter["Content-Language"] for letter in letters) == ["en", "hu"]


async def test_it_ends_by_itself_when_the_rate_has_fallen_and_what_was_held_goes(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    receive(room, 1, 2, 3)
    await room.read()
    room.clock.pass_time(9 * MINUTE)
    receive(room, 4)
    await room.read()  # the three of before are still in the window: one too many again
    room.clock.pass_time(9 * MINUTE)
    assert await calms(room) == frozenset()
    assert states(room) == [READY, READY, HELD, HELD]
    room.clock.pass_time(MINUTE)
    assert await calms(room) == {"support"}
    assert states(room) == [READY] * 4
    assert {row.error for row in receipts(room)} == {None}
    assert await calms(room) == frozenset()
    receive(room, 5)
    await room.read()
    assert states(room) == [READY] * 5, "receipts count anew after a storm"


async def test_what_is_too_old_by_then_or_promises_what_has_passed_is_dropped_with_its_reason(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    changes = {**STORM, "mailboxes.support.max_age": "2h", "policies.standard": {"reply_within": "90m"}}
    room = desk(account, database, changes)
    receive(room, 1, 2, 3)
    await room.read()
    room.clock.pass_time(91 * MINUTE)
    receive(room, 4)
    await room.read()
    database.transact(meta.put_storm, "support", storm_since(room))
    late = receipts(room)[2]
    assert late.expires_at is not None and late.expires_at > room.clock.now()
    assert await calms(room) == {"support"}
    assert receipts(room)[2].state is FAILED
    assert receipts(room)[2].error == "too late: the time that it promises has passed"
    told = database.read(threads.timeline, late.thread_ref or "")
    assert told[-1].what == "failed" and "promises has passed" in told[-1].detail


def storm_since(room: Desk) -> Storm:
    """A storm whose last receipt too many was half an hour ago."""
    return Storm(room.clock.now() - HOUR, room.clock.now() - 30 * MINUTE)


async def test_in_a_pause_the_end_of_a_storm_lets_nothing_go(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    receive(room, 1, 2, 3)
    await room.read()
    database.transact(meta.pause, "support", room.clock.now())
    database.transact(outbox.hold, "support", room.clock.now())
    room.clock.pass_time(11 * MINUTE)
    assert await calms(room) == frozenset()
    assert states(room) == [HELD] * 3


async def test_an_answer_withdraws_what_a_storm_holds_back(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, STORM)
    await room.read("Sent")
    receive(room, 1, 2, 3)
    await room.read()
    answer(room, 3)
    await room.read("Sent")
    assert [(row.state, row.error) for row in receipts(room)][2] == (FAILED, "needless: answered")


# --- receipts that wait for an answer ---------------------------------------------------------------------


def answer(desk: Desk, number: int) -> None:
    """Iva answers the question of that number."""
    reply = office.mail(
        "Stiže u srijedu.",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to=f"kupac{number}@kupac.example",
        message_id=f"<odgovor{number}@vocar.example>",
        answers=f"<{number}@kupac.example>",
    )
    desk.receive(reply, "Sent")


async def test_a_receipt_waits_for_its_time_and_an_answer_within_it_makes_it_needless(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, {**ANSWERS, "mailboxes.support.receipt_delay": "5m"})
    await room.read("Sent")
    receive(room, 1, 2)
    await room.read()
    assert [row.next_at - row.created_at for row in receipts(room)] == [5 * MINUTE] * 2
    assert database.read(outbox.ready, "support", 10, room.clock.now()) == []
    assert database.read(outbox.next_at, "support") == room.clock.now() + 5 * MINUTE
    room.clock.pass_time(MINUTE)
    answer(room, 1)
    await room.read("Sent")
    assert [(row.state, row.error) for row in receipts(room)] == [
        (FAILED, "needless: answered"),
        (READY, None),
    ]
    room.clock.pass_time(4 * MINUTE)
    due = database.read(outbox.ready, "support", 10, room.clock.now())
    assert [row.to for row in due] == ["kupac2@kupac.example"]
    told = database.read(threads.timeline, receipts(room)[0].thread_ref or "")
    assert [(event.what, event.detail) for event in told if event.what == "withdrawn"] == [
        ("withdrawn", "receipt kupac1@kupac.example: needless: answered")
    ]


async def test_a_flag_of_an_answer_makes_it_needless_too(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, {**ANSWERS, "mailboxes.support.receipt_delay": "5m"})
    receive(room, 1)
    await room.read()
    account.set_flags("INBOX", 1, ["\\Answered"])
    await room.read()
    assert states(room) == [FAILED]


async def test_a_resume_does_not_send_it_before_its_time(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, {**ANSWERS, "mailboxes.support.receipt_delay": "5m"})
    receive(room, 1)
    await room.read()
    goes_at = receipts(room)[0].next_at
    database.transact(outbox.hold, "support", room.clock.now())
    room.clock.pass_time(MINUTE)
    assert database.transact(outbox.release, "support", room.clock.now()) == (1, 0)
    assert [(row.state, row.next_at, row.error) for row in receipts(room)] == [(READY, goes_at, None)]


async def test_it_is_written_for_the_moment_at_which_it_goes(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, {**ANSWERS, "mailboxes.support.receipt_delay": "5m"})
    receive(room, 1)
    await room.read()
    [receipt] = receipts(room)
    letter = message_from_bytes(receipt.raw, policy=policy.default)
    assert letter["Date"].datetime == receipt.next_at
    assert receipt.expires_at == receipt.next_at + 24 * HOUR


# --- limits and loops -------------------------------------------------------------------------------------


async def test_a_limit_counts_in_its_own_mailbox_and_ends(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    limit = {"receipts": 2, "within": "1h"}
    sales = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example", "backlog": "answer"}
    changes = {
        **ANSWERS,
        "mailboxes.support.per_sender": limit,
        "mailboxes.sales": sales | {"per_sender": limit},
    }
    room = desk(account, database, changes)
    for number, text in enumerate(TEXTS[:3]):
        room.receive(office.mail(text, subject=f"Upit {number}", message_id=f"<{number}@kupac.example>"))
    await room.read()
    assert reasons(room) == ["customer", "customer", "limit"]
    room.receive(office.mail(TEXTS[3], message_id="<s@kupac.example>"), folder="Prodaja")
    await room.read("Prodaja", "sales")
    assert len(receipts(room)) == 3, "another mailbox counts for itself"
    room.clock.pass_time(61 * MINUTE)
    room.receive(office.mail(TEXTS[3], subject="Upit 3", message_id="<3@kupac.example>"))
    await room.read()
    assert reasons(room)[:4] == ["customer", "customer", "limit", "customer"]


async def test_a_responder_that_marks_nothing_gets_two_receipts_and_no_more(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    for number in range(4):
        text = f"Hvala, vratit ću se u utorak. Zaprimljeno {number + 1}.3.2025. u 10:0{number}."
        room.receive(office.mail(text, subject="Na odmoru", message_id=f"<{number}@kupac.example>"))
        await room.read()
        send(room)
        room.clock.pass_time(MINUTE)
    assert reasons(room) == ["customer", "customer", "loop", "loop"]
    assert len(receipts(room)) == 2


async def test_a_person_with_something_new_to_say_is_still_answered_within_the_limit(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    for number, text in enumerate(TEXTS):
        room.receive(office.mail(text, subject="Upit", message_id=f"<{number}@kupac.example>"))
        await room.read()
        send(room)
        room.clock.pass_time(10 * HOUR)
    assert reasons(room) == ["customer"] * 4


# --- duplicates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["support", "sales"])
@pytest.mark.parametrize("message_id", ["<1@kupac.example>", None], ids=["Message-ID", "none"])
async def test_one_mail_to_two_mailboxes_gets_one_receipt_whichever_is_read_first(
    desk: MakeDesk, account: Account, database: Database, first: str, message_id: str | None
) -> None:
    sales = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example", "backlog": "answer"}
    room = desk(account, database, {**ANSWERS, "mailboxes.sales": sales})
    both = office.mail(
        to=f"{office.ADDRESS}, prodaja@vocar.example", message_id=message_id, date=room.clock.now()
    )
    for folder, address in (("INBOX", office.ADDRESS), ("Prodaja", "prodaja@vocar.example")):
        room.receive(f"Delivered-To: {address}\n".encode() + both, folder)
    places = {"support": ("INBOX", "support"), "sales": ("Prodaja", "sales")}
    for name in (first, *(places.keys() - {first})):
        await room.read(*places[name])
    assert [row.mailbox for row in receipts(room)] == [first]
    assert sorted(reasons(room)) == ["customer", "duplicate"]
