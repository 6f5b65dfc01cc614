"""What waits to go to a customer who wants no such mail, or whom none reaches: it is given up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.thread import State, Thread
from autoack.store import outbox, threads
from autoack.store.engine import Database
from tests import office
from tests.core.test_returned import bounce
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

IVAN, ANA = "ivan.horvat@kupac.example", "ana@kupac.example"
FIRST = "<1@kupac.example>"
SENT = "<autoack.5f0e5f0e5f0e5f0e5f0e5f0e@vocar.example>"


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
async def room(desk: MakeDesk, account: Account, database: Database) -> Desk:
    """Ivan's mail waits; an older matter of his and one of Ana's are closed."""
    made = desk(account, database)
    await made.read()
    made.receive(office.mail(message_id=FIRST))
    await made.read()
    thread = made.thread()
    for ref, address in (("AA-1111-1111", IVAN), ("AA-2222-2222", ANA)):
        older = replace(thread, ref=ref, customer_address=address, state=State.CLOSED, next_step_at=None)
        database.transact(threads.insert, older)
    return made


def queue(
    room: Desk, thread: Thread, kind: MailKind, state: OutboxState, message_id: str = "<1@x.example>"
) -> None:
    now = room.clock.now()
    row = Outgoing(
        key=f"{kind}:{thread.ref}:{state}",
        kind=kind,
        mailbox="support",
        to=thread.customer_address,
        message_id=message_id,
        raw=b"",
        created_at=now,
        next_at=now + timedelta(hours=1),
        thread_ref=thread.ref,
        state=state,
    )
    room.database.transact(outbox.add, [row])


def states(room: Desk) -> dict[str, str]:
    """The mails that we queued for customers besides receipts: how they stand, with the reason."""
    rows = [row for row in room.outbox() if row.kind is not MailKind.RECEIPT and row.kind.to_customer]
    return {row.key: f"{row.state}: {row.error or ''}" for row in rows}


async def test_after_a_word_that_no_such_mail_is_wanted(room: Desk) -> None:
    for thread in room.threads():
        queue(room, thread, MailKind.SURVEY, OutboxState.HELD)
        queue(room, thread, MailKind.UPDATE, OutboxState.DEFERRED)
    text = "Nemojte mi više slati automatske poruke."
    room.receive(office.mail(text, message_id="<2@kupac.example>", answers=FIRST))
    await room.read()
    gone = "failed: needless: the customer wants no mail that nobody wrote"
    found = states(room)
    assert len(found) == 6
    for key, state in found.items():
        if "AA-2222-2222" not in key:
            assert state == gone, key
    assert {state for key, state in found.items() if "AA-2222" in key} == {"held: ", "deferred: "}


async def test_after_a_bounce(room: Desk) -> None:
    (thread,) = [thread for thread in room.threads() if thread.state is State.WAITING]
    queue(room, thread, MailKind.CLOSING, OutboxState.SENT, SENT)
    queue(room, thread, MailKind.UPDATE, OutboxState.HELD)
    room.receive(bounce(original=SENT))
    await room.read()
    (found,) = [one for one in room.threads() if one.ref == thread.ref]
    assert found.undeliverable
    assert states(room)[f"update:{thread.ref}:held"] == "failed: needless: mail does not reach the customer"
