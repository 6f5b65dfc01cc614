"""What customers hear besides receipts: each once, honest about the promise, and never where it must not go."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from autoack.core import acts
from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.thread import State, Thread
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.flows.test_alarms import HOUR, NOW, REF, Room

DAY = timedelta(days=1)
IVAN = "ivan.horvat@kupac.example"
POLICY: dict[str, Any] = {"ladder": [], "holding_update": "20h"}
ASKING: dict[str, Any] = {"ladder": [], "close_after": "14d", "survey": {"after_close": "1d"}}
WEB = {"web.listen": "127.0.0.1:8025", "web.public_url": "https://ocjene.vocar.example"}


def room_with(folder: Path, database: Database, standard: dict[str, Any], **more: Any) -> Room:
    changes = {"policies.standard": standard, "mailboxes.support.aliases": ["pomoc@vocar.example"]}
    return Room(office.settings(folder, changes | more), database)


@pytest.fixture
def room(tmp_path: Path, database: Database) -> Room:
    """A holding update after 20 hours, which is before the promise of 24."""
    return room_with(tmp_path, database, POLICY)


_uids = iter(range(1, 1000))


def mail(room: Room, message_id: str, turn: str = "ask", ref: str | None = REF) -> None:
    """A mail of the thread, or of no thread, on record."""
    thread = room.thread(ref) if ref else None
    row = {
        "thread_id": thread.id if thread else None,
        "mailbox": "support",
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": next(_uids),
        "message_id": message_id,
        "fingerprint": message_id,
        "kind": "team" if turn == "reply" else "customer",
        "verdict": "receipt",
        "reason": "person",
        "because": "",
        "sender": IVAN,
        "subject": "Narudžba",
        "received_at": NOW,
        "recorded_at": NOW,
        "size": 1,
        "turn": turn,
    }
    room.database.transact(lambda conn: conn.execute(sa.insert(messages), [row]))


def receipt(room: Room) -> None:
    """The wait has had its receipt, which stated the promise."""
    row = Outgoing(
        key="receipt:1",
        kind=MailKind.RECEIPT,
        mailbox="support",
        to=IVAN,
        message_id="<autoack.1@vocar.example>",
        raw=b"",
        created_at=NOW,
        next_at=NOW,
        thread_ref=REF,
        state=OutboxState.SENT,
        sent_at=NOW,
    )
    room.database.transact(outbox.add, [row])


def answered(room: Room, **changes: Any) -> Thread:
    """The thread, answered by iva when it began."""
    return room.waiting(state=State.ANSWERED, answered_at=NOW, answered_by="iva", **changes)


def letters(room: Room) -> list[tuple[Outgoing, EmailMessage]]:
    rows = [room.database.read(outbox.by_key, row.key) for row in room.queued()]
    return [
        (row, message_from_bytes(row.raw, policy=policy.default))
        for row in rows
        if row is not None and row.kind.to_customer and row.kind is not MailKind.RECEIPT
    ]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def missed(room: Room) -> list[tuple[str, str | None]]:
    return [(event.detail, event.reason) for event in room.timeline() if event.what == "missed"]


# --- holding updates ---------------------------------------------------------------------------------------


async def test_the_customer_hears_once_in_a_wait_that_the_matter_is_not_forgotten(room: Room) -> None:
    room.waiting(written_to="Pomoc@vocar.example")
    mail(room, "<1@kupac.example>")
    mail(room, "<2@kupac.example>", "reply")
    receipt(room)
    for hours in range(60):
        await room.ring(NOW + hours * HOUR)
    ((row, message),) = letters(room)
    assert (row.key, row.kind, row.to) == (f"update:{REF}:1", MailKind.UPDATE, IVAN)
    assert (row.created_at, row.expires_at) == (NOW + 20 * HOUR, NOW + 24 * HOUR)
    assert message["From"] == "Voćar podrška <Pomoc@vocar.example>"
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert message["Subject"] == "Re: Narudžba"
    assert message["In-Reply-To"] == "<1@kupac.example>"
    assert message["References"] == "<2@kupac.example> <1@kupac.example>"
    assert message["X-Autoack"] == f"{REF}; kind=update"
    assert "Poštovani Ivane, hvala Vam na strpljenju." in text_of(message)
    assert "odgovorit će Vam danas do 09:00" in text_of(message)
    assert [e.what for e in room.timeline() if e.who == IVAN] == ["update"]


async def test_a_promise_that_has_passed_is_said_and_no_other_invented(
    tmp_path: Path, database: Database
) -> None:
    room = room_with(tmp_path, database, {**POLICY, "holding_update": "30h"})
    room.waiting()
    mail(room, "<2@vocar.example>", "reply")
    receipt(room)
    await room.ring(NOW + 30 * HOUR)
    ((row, message),) = letters(room)
    assert "Žao nam je što još čekate" in text_of(message)
    assert "Rok koji smo Vam obećali istekao je danas u 09:00." in text_of(message)
    assert "odgovorit će Vam" not in text_of(message)
    assert row.expires_at == NOW + 54 * HOUR


async def test_where_no_receipt_stated_a_time_none_is_said_to_have_been_promised(
    tmp_path: Path, database: Database
) -> None:
    room = room_with(tmp_path, database, {**POLICY, "holding_update": "30h"})
    room.waiting()
    mail(room, "<2@vocar.example>", "reply")
    await room.ring(NOW + 30 * HOUR)
    ((_, message),) = letters(room)
    assert "Žao nam je što još čekate" in text_of(message)
    assert "obećali" not in text_of(message)


async def test_a_receipt_that_came_after_the_promise_had_stated_a_later_one(room: Room) -> None:
    room.waiting(since=NOW - 30 * HOUR)
    mail(room, "<2@vocar.example>", "reply")
    receipt(room)  # of now: it promised 24 hours from now
    await room.ring(NOW + HOUR)
    ((_, message),) = letters(room)
    assert "odgovorit će Vam sutra do 09:00" in text_of(message)
    assert "Žao nam je" not in text_of(message)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"undeliverable": "550 no such user"}, "undeliverable"),
        ({"customer_address": ""}, "no-address"),
    ],
)
async def test_nobody_is_written_to_who_cannot_be_reached(
    room: Room, changes: dict[str, Any], reason: str
) -> None:
    room.waiting(**changes)
    mail(room, "<2@vocar.example>", "reply")
    await room.ring(NOW + 21 * HOUR)
    assert letters(room) == []
    assert missed(room) == [("holding update at 20h", reason)]


async def test_none_goes_before_an_answer_of_the_team_was_seen_in_that_mailbox(room: Room) -> None:
    room.waiting()
    mail(room, "<1@kupac.example>")
    await room.ring(NOW + 21 * HOUR)
    assert letters(room) == []
    assert missed(room) == [("holding update at 20h", "no-team-reply-seen")]
    mail(room, "<2@vocar.example>", "reply", None)
    room.waiting("AA-2222-2222", since=NOW + 2 * HOUR)
    await room.ring(NOW + 23 * HOUR)
    assert [row.key for row, _ in letters(room)] == ["update:AA-2222-2222:1"]


async def test_whoever_asked_not_to_be_written_to_is_spared(room: Room) -> None:
    thread = room.waiting()
    mail(room, "<2@vocar.example>", "reply")
    asked = Event(NOW, "unwanted", IVAN, "", None, thread.ref, "support")
    room.database.transact(threads.add_events, [asked])
    await room.ring(NOW + 21 * HOUR)
    assert letters(room) == []
    assert missed(room) == [("holding update at 20h", "no-mail-wanted")]


async def test_in_a_pause_it_is_held_and_an_answer_makes_it_needless(room: Room) -> None:
    thread = room.waiting()
    mail(room, "<2@vocar.example>", "reply")
    room.database.transact(meta.pause, "support", NOW)
    await room.ring(NOW + 20 * HOUR)
    ((row, _),) = letters(room)
    assert (row.state, row.error) == (OutboxState.HELD, "held back by `autoack pause`")
    act = acts.close(room.thread(), room.settings.desk, NOW + 21 * HOUR)
    assert MailKind.UPDATE in act.needless
    assert thread.ref == act.thread.ref


async def test_a_thread_without_a_clock_or_put_aside_gets_none(room: Room) -> None:
    room.waiting(clock=False)
    mail(room, "<2@vocar.example>", "reply")
    asleep = {"state": State.SNOOZED, "next_step_at": NOW + 40 * HOUR}
    room.waiting("AA-2222-2222", **asleep)
    await room.ring(NOW + 30 * HOUR)
    assert letters(room) == []


# --- closing notes and surveys -----------------------------------------------------------------------------


async def test_a_closing_note_tells_that_a_silent_thread_was_closed(
    tmp_path: Path, database: Database
) -> None:
    room = room_with(tmp_path, database, {"close_after": "14d", "closing_note": True})
    answered(room)
    mail(room, "<1@kupac.example>")
    await room.ring(NOW + 14 * DAY)
    ((row, message),) = letters(room)
    assert row.key == f"closing:{REF}:1"
    assert message["In-Reply-To"] == "<1@kupac.example>"
    assert f"pa smo upit {REF} zatvorili" in text_of(message)
    assert room.thread().state is State.CLOSED


@pytest.mark.parametrize(
    ("days", "hours"), [(11, "od 08:00 do 16:00"), (13, "od 10:00 do 14:00"), (14, "od 10:00 do 14:00")]
)
async def test_the_hours_are_those_of_the_season_in_which_the_desk_opens_next(
    tmp_path: Path, database: Database, days: int, hours: str
) -> None:
    """Friday, Sunday and Monday; winter begins on the Monday."""
    winter = {"name": "zima", "from": "12-07", "to": "03-31", "hours": {"mon-fri": "10:00-14:00"}}
    shop = {"hours": {"mon-fri": "08:00-16:00"}, "seasons": [winter]}
    silent = {"calendar": "shop", "ladder": [], "close_after": f"{days * 24}h", "closing_note": True}
    room = room_with(tmp_path, database, silent, **{"calendars.shop": shop})
    answered(room)
    await room.ring(NOW + days * DAY)
    ((_, message),) = letters(room)
    assert f"Radimo od ponedjeljka do petka {hours}." in text_of(message)


async def test_without_that_key_a_close_is_silent(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, {"close_after": "14d"})
    answered(room)
    await room.ring(NOW + 15 * DAY)
    assert letters(room) == []
    assert (room.thread().state, room.thread().next_step_at) == (State.CLOSED, None)


@pytest.mark.parametrize("after", [0, 1, 7])
async def test_a_survey_after_the_close_takes_the_place_of_the_note(
    tmp_path: Path, database: Database, after: int
) -> None:
    both = {"close_after": "14d", "closing_note": True, "survey": {"after_close": f"{after}d"}}
    room = room_with(tmp_path, database, both)
    answered(room)
    for day in (14, 14 + after, 40):
        await room.ring(NOW + day * DAY)
    ((row, message),) = letters(room)
    assert row.key == f"survey:{REF}"
    assert f"pa smo upit {REF} zatvorili" in text_of(message)


async def test_whoever_was_asked_before_gets_the_note(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ASKING | {"closing_note": True})
    answered(room, surveyed_at=NOW - DAY)
    await room.ring(NOW + 14 * DAY)
    assert [row.kind for row, _ in letters(room)] == [MailKind.CLOSING]


async def test_a_day_after_the_close_the_customer_is_asked_once(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ASKING)
    answered(room)
    for day in range(20):
        await room.ring(NOW + day * DAY)
    ((row, message),) = letters(room)
    assert (row.key, row.created_at) == (f"survey:{REF}", NOW + 15 * DAY)
    assert "Odgovorite na ovu poruku jednim brojem, od 1 (vrlo loše) do 5 (izvrsno)" in text_of(message)
    assert "http" not in text_of(message)
    assert room.thread().surveyed_at == NOW + 15 * DAY
    again = acts.reopen(room.thread(), room.settings.desk, NOW + 21 * DAY).thread
    room.database.transact(threads.update, again)
    over = acts.close(room.thread(), room.settings.desk, NOW + 22 * DAY).thread
    room.database.transact(threads.update, over)
    await room.ring(NOW + 40 * DAY)
    assert len(letters(room)) == 1


async def test_where_there_are_web_pages_five_links_lead_to_them(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ASKING, **WEB)
    closed = acts.close(answered(room), room.settings.desk, NOW + DAY).thread
    room.database.transact(threads.update, closed)
    assert (closed.next_step, closed.next_step_at) == ("survey", NOW + 2 * DAY)
    await room.ring(NOW + 2 * DAY)
    ((_, message),) = letters(room)
    html = message.get_body(("html",))
    assert html is not None
    for stars in range(1, 6):
        link = f"https://ocjene.vocar.example/rate/{REF}."
        assert re.search(rf": {re.escape(link)}\w+\?stars={stars}(?: |$)", text_of(message))
        assert f'href="{link}' in html.get_content()


async def test_other_ends_of_a_thread_ask_nothing(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ASKING)
    desk = room.settings.desk
    ignored = acts.ignore(answered(room), NOW + HOUR).thread
    removed = acts.removed(room.waiting("AA-2222-2222"), NOW + HOUR).thread
    unanswered = acts.close(room.waiting("AA-3333-3333"), desk, NOW + HOUR).thread
    for thread in (ignored, removed, unanswered):
        assert (thread.state, thread.next_step_at) == (State.CLOSED, None)
        room.database.transact(threads.update, thread)
    await room.ring(NOW + 3 * DAY)
    assert letters(room) == []


async def test_a_customer_who_asked_for_silence_is_not_surveyed(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ASKING)
    answered(room)
    asked = Event(NOW, "unwanted", IVAN, "", None, REF, "support")
    room.database.transact(threads.add_events, [asked])
    for day in (14, 15, 16):
        await room.ring(NOW + day * DAY)
    assert letters(room) == []
    assert missed(room) == [("survey", "no-mail-wanted")]
