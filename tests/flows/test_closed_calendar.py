"""A calendar that does not open within sight: mails are recorded, nothing is promised, nobody is forgotten."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

from autoack.core import acts
from autoack.core.thread import State
from autoack.store.engine import Database
from tests import office
from tests.flows.conftest import MONDAY, Desk, MakeDesk
from tests.servers.dovecot import DovecotServer

DAY = timedelta(days=1)
LADDER = [{"at": "4h", "notify": "on_duty"}]


def closed(until: str) -> dict[str, Any]:
    """The office's shop, closed from Tuesday on."""
    moving = {"from": "2025-03-11", "to": until, "notice": {"en": "We are moving."}}
    return {
        "calendars.shop": {"hours": {"mon-fri": "08:00-16:00"}, "closed": [moving]},
        "policies.standard": {"calendar": "shop", "reply_within": "8h", "ladder": LADDER},
    }


async def room_after_closing(
    desk: MakeDesk, dovecot: DovecotServer, database: Database, until: str = "2026-05-03"
) -> Desk:
    """The desk watched on Monday; on Tuesday it closed for over 400 days; a customer writes on Wednesday."""
    room = desk(dovecot.user(), database, closed(until))
    await room.read()
    room.clock.move_to(MONDAY + 2 * DAY)
    room.receive(
        office.mail(sender="John Smith <john@customer.example>", text="Dear all,\n\nwhere is my order?\n")
    )
    await room.read()
    return room


async def test_a_mail_is_recorded_and_nothing_is_promised(
    desk: MakeDesk, dovecot: DovecotServer, database: Database
) -> None:
    room = await room_after_closing(desk, dovecot, database)
    assert room.quarantine() == []
    assert room.thread().state is State.WAITING
    assert "as soon as possible" in receipt(room)
    assert "We are moving." in receipt(room)


def receipt(room: Desk) -> str:
    """The words of the only mail to the customer."""
    (row,) = room.outbox()
    assert row.raw is not None
    body = message_from_bytes(row.raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_its_clock_goes_on_when_the_calendar_opens(
    desk: MakeDesk, dovecot: DovecotServer, database: Database
) -> None:
    room = await room_after_closing(desk, dovecot, database)
    thread = room.thread()
    assert str(thread.promised_at) == "2026-05-04 14:00:00+00:00"
    assert (str(thread.next_step_at), thread.next_step) == ("2026-05-04 10:00:00+00:00", "reminder at 4h")


async def test_of_a_calendar_that_never_opens_again_the_mails_are_recorded_too(
    desk: MakeDesk, dovecot: DovecotServer, database: Database
) -> None:
    room = await room_after_closing(desk, dovecot, database, until="2099-12-31")
    assert room.quarantine() == []
    thread = room.thread()
    assert (thread.state, thread.promised_at, thread.next_step_at) == (State.WAITING, None, None)
    assert "as soon as possible" in receipt(room)
    reopened = acts.reopen(replace(thread, state=State.CLOSED), room.settings.desk, room.clock.now())
    assert reopened.thread.promised_at is None
