"""What happens when a thread's step is due, and that a ring too many or too late does no harm."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from autoack.core import acts, news
from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.ladder import FOLLOW_UP
from autoack.core.message import Kind
from autoack.core.policy import Absence
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.flows.alarms import PUT_OFF, Alarms, Rung
from autoack.flows.alarms.tellings import FLOOD
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.settings import Settings
from autoack.store import orders, outbox, threads
from autoack.store.engine import Database, open_database
from tests import office

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday, 09:00 in Zagreb
REF = "AA-1111-1111"


class Room:
    """The sample office with a database, without servers."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.alarms = Alarms(settings.desk, database, Composer(settings.desk, Templates(None)))

    @property
    def policy(self) -> Any:
        return self.settings.desk.mailboxes["support"].policy

    def waiting(self, ref: str = REF, since: datetime = NOW, **changes: Any) -> Thread:
        """A customer has waited since then."""
        made = Thread(
            ref=ref,
            mailbox="support",
            subject="Narudžba",
            customer_address="ivan.horvat@kupac.example",
            customer_name="Ivan Horvat",
            honorific=None,
            language="hr",
            state=State.WAITING,
            created_at=since,
            wait=1,
            waiting_since=since,
            promised_at=since + 24 * HOUR,
            resolve_at=since + 72 * HOUR,
        )
        thread = scheduled(replace(made, **changes), self.policy, since)
        self.database.transact(threads.insert, thread)
        return thread

    async def ring(self, at: datetime) -> Rung:
        """Ring until nothing is due any more."""
        rung = await self.alarms.step(at)
        while rung.next_at is not None and rung.next_at <= at:
            rung = await self.alarms.step(at)
        return rung

    def thread(self, ref: str = REF) -> Thread:
        found = self.database.read(threads.by_ref, ref)
        assert found is not None
        return found

    def timeline(self, ref: str = REF) -> list[Event]:
        return self.database.read(threads.timeline, ref)

    def queued(self) -> list[Outgoing]:
        return self.database.read(outbox.listing)

    def told(self) -> list[tuple[str, str]]:
        """Kind and address of each mail that was queued, in order."""
        return [(row.kind, row.to.partition("@")[0]) for row in self.queued()]


@pytest.fixture
def room(tmp_path: Path, database: Database) -> Room:
    return Room(office.settings(tmp_path), database)


def room_with(folder: Path, database: Database, **standard: Any) -> Room:
    """The policy's keys replaced: ladder, quiet, close_after …"""
    calendars = {"calendars.day": {"hours": {"mon-fri": "08:00-16:00"}}}
    return Room(office.settings(folder, {**calendars, "policies.standard": standard}), database)


# --- the ladder -------------------------------------------------------------------------------------------


async def test_each_step_reaches_the_right_person_once(room: Room) -> None:
    room.waiting()
    for hours in range(80):
        await room.ring(NOW + hours * HOUR)
    assert room.told() == [
        ("remind", "iva"),
        ("escalate", "luka"),
        ("escalate", "luka"),
        ("escalate", "sara"),
    ]
    told = [(event.what, event.who, event.at - NOW) for event in room.timeline()]
    assert told == [
        ("remind", "iva", 20 * HOUR),
        ("escalate", "luka", 24 * HOUR),
        ("escalate", "luka", 68 * HOUR),
        ("escalate", "sara", 72 * HOUR),
    ]
    assert room.thread().next_step_at is None


async def test_nothing_is_said_before_its_time(room: Room) -> None:
    room.waiting()
    rung = await room.ring(NOW + 20 * HOUR - MINUTE)
    assert (rung.threads, rung.mailboxes, rung.next_at) == (0, frozenset(), NOW + 20 * HOUR)
    assert room.told() == []


async def test_a_ring_tells_which_outbox_has_news_and_when_to_ring_again(room: Room) -> None:
    room.waiting()
    rung = await room.ring(NOW + 20 * HOUR)
    assert (rung.threads, rung.mailboxes, rung.next_at) == (1, frozenset({"support"}), NOW + 24 * HOUR)


async def test_a_reminder_is_a_row_under_its_key_with_the_threads_facts(room: Room) -> None:
    room.waiting()
    await room.ring(NOW + 20 * HOUR)
    (row,) = room.queued()
    assert row.key == f"remind:{REF}:1:1:iva"
    assert (row.kind, row.state, row.thread_ref) == (MailKind.REMINDER, OutboxState.READY, REF)
    whole = room.database.read(outbox.by_key, row.key)
    assert whole is not None
    message = message_from_bytes(whole.raw, policy=policy.default)
    assert (message["Message-ID"], message["Auto-Submitted"]) == (row.message_id, "auto-generated")
    assert message["X-Autoack"] == f"{REF}; kind=remind"


async def test_steps_repeat_as_often_as_they_are_told_to(tmp_path: Path, database: Database) -> None:
    room = room_with(
        tmp_path, database, ladder=[{"at": "1h", "notify": ["on_duty", "lead"], "repeat": "30m", "times": 2}]
    )
    room.waiting()
    for minutes in range(0, 300, 15):
        await room.ring(NOW + minutes * MINUTE)
    assert [event.at - NOW for event in room.timeline() if event.who == "luka"] == [
        60 * MINUTE,
        90 * MINUTE,
        120 * MINUTE,
    ]
    assert len(room.told()) == 6


async def test_quiet_time_holds_a_step_back_until_the_opening(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, quiet="day", ladder=[{"at": "12h", "notify": "lead"}])
    room.waiting()
    rung = await room.ring(NOW + 12 * HOUR)
    assert room.told() == []
    assert rung.next_at == NOW + 23 * HOUR  # Tuesday, 08:00
    await room.ring(NOW + 23 * HOUR)
    assert room.told() == [("escalate", "luka")]


async def test_after_an_outage_the_last_word_is_said_and_what_was_missed_is_noted(room: Room) -> None:
    room.waiting()
    await room.ring(NOW + 100 * HOUR)
    assert room.told() == [("escalate", "sara")]
    assert [(event.what, event.reason) for event in room.timeline()] == [
        ("missed", "outage"),
        ("missed", "outage"),
        ("missed", "outage"),
        ("escalate", None),
    ]


async def test_a_new_wait_begins_the_ladder_anew(room: Room) -> None:
    thread = room.waiting()
    await room.ring(NOW + 20 * HOUR)
    again = replace(thread, wait=2, waiting_since=NOW + 30 * HOUR, fired=())
    room.database.transact(threads.update, scheduled(again, room.policy, NOW + 30 * HOUR))
    await room.ring(NOW + 50 * HOUR)
    assert sorted(row.key for row in room.queued()) == [f"remind:{REF}:1:1:iva", f"remind:{REF}:2:1:iva"]


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
async def test_where_nobody_waits_nobody_is_reminded(room: Room, state: State) -> None:
    room.waiting(state=state, answered_at=NOW + HOUR)
    await room.ring(NOW + 100 * HOUR)
    assert room.told() == []


async def test_what_is_kept_without_a_clock_reminds_nobody(room: Room) -> None:
    room.waiting(clock=False)
    await room.ring(NOW + 100 * HOUR)
    assert room.told() == []


# --- closing and waking -----------------------------------------------------------------------------------


async def test_silence_after_our_answer_closes_the_thread(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, close_after="2d")
    room.waiting(state=State.ANSWERED, answered_at=NOW)
    await room.ring(NOW + 48 * HOUR - MINUTE)
    assert room.thread().state is State.ANSWERED
    await room.ring(NOW + 48 * HOUR)
    assert (room.thread().state, room.thread().closed_at) == (State.CLOSED, NOW + 48 * HOUR)
    assert [(event.what, event.reason) for event in room.timeline()] == [("close", "silence")]
    assert room.thread().next_step_at is None


async def test_a_snooze_ends_and_the_ladder_goes_on_where_it_stood(room: Room) -> None:
    aside = acts.snooze(room.waiting(), NOW + 60 * HOUR, NOW + 10 * HOUR).thread
    room.database.transact(threads.update, aside)
    await room.ring(NOW + 59 * HOUR)
    assert room.told() == []
    await room.ring(NOW + 60 * HOUR)
    assert room.thread().state is State.WAITING
    assert room.thread().next_step_at == NOW + 70 * HOUR
    assert [event.what for event in room.timeline()] == ["wake"]
    assert room.told() == []


async def test_a_snooze_that_ends_above_the_ladder_is_told_since_nothing_else_would_be(room: Room) -> None:
    """Whoever has the thread hears of it, once for each snooze."""
    fired = tuple(str(number) for number in range(1, 10))
    last = room.waiting(fired=fired, assignee="luka")
    for hours in (80, 90):
        aside = acts.snooze(last, NOW + hours * HOUR, NOW + (hours - 5) * HOUR).thread
        room.database.transact(threads.update, aside)
        await room.ring(NOW + hours * HOUR)
        last = room.thread()
        assert (last.state, last.next_step_at) == (State.WAITING, None)
    assert room.told() == [("remind", "luka")] * 2
    assert [event.what for event in room.timeline()] == ["wake", "remind"] * 2


async def test_a_reopened_thread_begins_its_ladder_anew_and_fires_nothing_at_once(room: Room) -> None:
    closed = acts.close(room.waiting(), room.settings.desk, NOW + HOUR).thread
    room.database.transact(threads.update, closed)
    await room.ring(NOW + 200 * HOUR)
    again = acts.reopen(closed, room.settings.desk, NOW + 200 * HOUR).thread
    room.database.transact(threads.update, again)
    await room.ring(NOW + 219 * HOUR)
    assert room.told() == []
    await room.ring(NOW + 220 * HOUR)
    assert room.told() == [("remind", "iva")]


async def test_an_urgent_step_breaks_the_quiet_hours_and_reaches_who_is_on_duty_at_night(
    tmp_path: Path, database: Database
) -> None:
    rota = [{"who": ["luka"], "when": {"mon-sun": "22:00-06:00"}}]
    ladder = [
        {"at": "14h", "notify": "on_duty", "urgent": True},
        {"at": "14h", "notify": "manager"},
    ]
    changes = {
        "calendars.day": {"hours": {"mon-fri": "08:00-16:00"}},
        "policies.standard": {"ladder": ladder, "quiet": "day"},
        "teams.front.members": ["iva", "luka"],
        "teams.front.rota": rota,
    }
    room = Room(office.settings(tmp_path, changes), database)
    room.waiting()
    await room.ring(NOW + 14 * HOUR)  # 23:00 in Zagreb
    assert room.told() == [("remind", "luka")]
    await room.ring(NOW + 23 * HOUR)
    assert room.told() == [("remind", "luka"), ("escalate", "sara")]


async def test_without_an_assignee_those_on_duty_hear(tmp_path: Path, database: Database) -> None:
    room = room_with(tmp_path, database, ladder=[{"at": "1h", "notify": "assignee"}])
    room.waiting("AA-1111-1111")
    room.waiting("AA-2222-2222", assignee="sara")
    await room.ring(NOW + HOUR)
    assert {row.thread_ref: row.to.partition("@")[0] for row in room.queued()} == {
        "AA-1111-1111": "iva",
        "AA-2222-2222": "sara",
    }


# --- a ring too many --------------------------------------------------------------------------------------


async def test_ringing_twice_says_it_once(room: Room) -> None:
    room.waiting()
    for _ in range(2):
        await room.ring(NOW + 20 * HOUR)
    assert room.told() == [("remind", "iva")]


@pytest.fixture
def replica(tmp_path: Path, database: Database, database_url: str) -> Iterator[Room]:
    """Another daemon on the same database."""
    other = open_database(database_url)
    yield Room(office.settings(tmp_path), other)
    other.close()


async def test_two_daemons_that_ring_at_once_say_it_once(room: Room, replica: Room) -> None:
    for number in range(20):
        room.waiting(f"AA-{number:04}-0000")
    await asyncio.gather(room.ring(NOW + 20 * HOUR), replica.ring(NOW + 20 * HOUR))
    assert room.told() == [("remind-list", "iva")]
    assert len(room.timeline("AA-0007-0000")) == 1


async def test_a_thread_that_changed_since_it_was_looked_at_is_left_alone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look and the change are one transaction; were they not, the due date would still have to match."""
    stale = room.waiting()
    closed = replace(stale, state=State.CLOSED, next_step_at=None, next_step=None)
    room.database.transact(threads.update, closed)
    monkeypatch.setattr(threads, "due", lambda conn, now, limit: [stale])
    await room.alarms.step(NOW + 20 * HOUR)
    assert room.told() == []
    assert room.timeline() == []
    assert room.thread().state is State.CLOSED


# --- a flood ----------------------------------------------------------------------------------------------


def many(room: Room, count: int, **changes: Any) -> list[str]:
    """So many customers wait, each a minute less than the one before; returns the references."""
    refs = [f"AA-{number:04}-0000" for number in range(count)]
    for number, ref in enumerate(refs):
        room.waiting(ref, NOW + number * MINUTE, subject=f"Narudžba {number}", **changes)
    return refs


def letter(room: Room, key: str) -> str:
    """The text of a mail, without soft line ends."""
    row = room.database.read(outbox.by_key, key)
    assert row is not None
    body = message_from_bytes(row.raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_four_reminders_at_once_are_four_mails(room: Room) -> None:
    many(room, FLOOD - 1)
    await room.ring(NOW + 21 * HOUR)
    assert room.told() == [("remind", "iva")] * (FLOOD - 1)


async def test_a_flood_of_reminders_to_one_person_is_one_mail_with_a_list(room: Room) -> None:
    refs = many(room, FLOOD)
    room.database.transact(threads.update, replace(room.thread(refs[3]), priority="high"))
    await room.ring(NOW + 21 * HOUR)
    (row,) = room.queued()
    assert (row.kind, row.to, row.thread_ref) == (MailKind.LIST, "iva@vocar.example", None)
    text = letter(room, row.key)
    places = [text.index(refs[number]) for number in (3, 0, 1, 2, 4)]
    assert places == sorted(places)  # high priority first, then the earliest promise
    assert text.count("Ivan Horvat") == FLOOD
    assert "Narudžba 2" in text


async def test_each_thread_of_a_list_has_had_its_step_and_tells_in_which_mail(room: Room) -> None:
    refs = many(room, 7)
    await room.ring(NOW + 21 * HOUR)
    (row,) = room.queued()
    for ref in refs:
        assert room.thread(ref).fired == ("1",)
        (event,) = room.timeline(ref)
        assert (event.what, event.who, event.reason) == ("remind", "iva", "list")
        assert event.detail == f"reminder at 20h; in a list of 7 ({row.key})"


async def test_ringing_twice_lists_once(room: Room) -> None:
    many(room, 6)
    for _ in range(2):
        await room.ring(NOW + 21 * HOUR)
    assert room.told() == [("remind-list", "iva")]


async def test_a_crash_before_the_list_is_written_undoes_the_steps_of_all(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = many(room, 6)
    with monkeypatch.context() as fault:
        fault.setattr("autoack.store.outbox.insert_new", _killed)
        with pytest.raises(_KilledError):
            await room.alarms.step(NOW + 21 * HOUR)
    assert (room.thread(refs[0]).fired, room.timeline(refs[0]), room.told()) == ((), [], [])
    await room.ring(NOW + 21 * HOUR)
    assert room.told() == [("remind-list", "iva")]


class _KilledError(BaseException):
    """The process ends here."""


def _killed(*_: Any) -> None:
    raise _KilledError


async def test_what_cannot_be_listed_goes_mail_by_mail(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    many(room, 6)

    def faulty(composer: Composer, facts: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(Composer, "reminder_list", faulty)
    await room.ring(NOW + 21 * HOUR)
    assert room.told() == [("remind", "iva")] * 6
    assert "each goes by itself" in caplog.text


async def test_what_is_no_reminder_stands_in_no_list(room: Room) -> None:
    """A line in a list would not say what came, or that a thread is somebody's now."""
    many(room, 6, notify=("iva",), category="complaint")
    await room.ring(NOW + 6 * MINUTE)
    assert room.told() == [("notify", "iva")] * 6


async def test_a_list_of_very_many_tells_of_each(room: Room) -> None:
    refs = many(room, 120)
    await room.ring(NOW + 23 * HOUR)
    (row,) = room.queued()
    text = letter(room, row.key)
    assert all(ref in text for ref in refs)
    whole = room.database.read(outbox.by_key, row.key)
    assert whole is not None
    assert len(whole.raw) < 102_000  # what Gmail shows


async def test_whoever_has_few_gets_mails_beside_another_ones_list(
    tmp_path: Path, database: Database
) -> None:
    room = room_with(tmp_path, database, ladder=[{"at": "20h", "notify": "assignee"}])
    many(room, 6, assignee="luka")
    room.waiting("AA-9999-9999", NOW)
    await room.ring(NOW + 21 * HOUR)
    assert sorted(room.told()) == [("remind", "iva"), ("remind-list", "luka")]


# --- who is away ------------------------------------------------------------------------------------------


def away(folder: Path, database: Database, *ids: str) -> Room:
    """The office while these are away, until 6 January."""
    days = [{"from": "2026-11-20", "to": "2027-01-06"}]
    return Room(office.settings(folder, {f"people.{id_}.away": days for id_ in ids}), database)


async def test_a_step_for_somebody_away_goes_to_the_next_in_line_and_says_so(
    tmp_path: Path, database: Database
) -> None:
    room = away(tmp_path, database, "luka")
    room.waiting()
    await room.ring(NOW + 20 * HOUR)
    await room.ring(NOW + 24 * HOUR)
    assert room.told() == [("remind", "iva"), ("escalate", "sara")]
    event = room.timeline()[-1]
    assert (event.what, event.who, event.reason) == ("escalate", "sara", "away")
    assert event.detail == "escalation at 24h; because luka is away until 2027-01-06"
    assert "helyettesítőként Ön kapja. Távol van: Luka Novak (2027. január 6-ig)" in letter(
        room, f"escalate:{REF}:1:2:sara"
    )


async def test_where_all_are_away_the_step_goes_to_whom_it_names_and_says_so(
    tmp_path: Path, database: Database
) -> None:
    room = away(tmp_path, database, "iva", "luka", "sara")
    room.waiting()
    await room.ring(NOW + 20 * HOUR)
    assert room.told() == [("remind", "iva")]
    (event,) = room.timeline()
    assert (event.reason, event.detail) == (
        "away",
        "reminder at 20h; everybody is away: iva is away until 2027-01-06",
    )
    text = letter(room, f"remind:{REF}:1:1:iva")
    assert "iako ste odsutni, jer su odsutni i svi ostali: Iva Perić (do 6. siječnja 2027.)" in text


async def test_who_said_by_mail_that_they_are_away_is_away(room: Room) -> None:
    room.waiting()
    absence = Absence(date(2026, 11, 23), date(2026, 11, 30))
    room.database.transact(orders.put_away, "iva", absence)
    await room.ring(NOW + 20 * HOUR)
    assert room.told() == [("remind", "luka")]
    text = letter(room, f"remind:{REF}:1:1:luka")
    assert "because somebody is away: Iva Perić (until 30 November)" in text


async def test_a_list_says_who_is_away(tmp_path: Path, database: Database) -> None:
    room = away(tmp_path, database, "iva")
    refs = many(room, 6)
    await room.ring(NOW + 21 * HOUR)
    (row,) = room.queued()
    assert (row.kind, row.to) == (MailKind.LIST, "luka@vocar.example")
    assert "because somebody is away: Iva Perić (until 6 January 2027)" in letter(room, row.key)
    (event,) = room.timeline(refs[0])
    assert event.detail.endswith(f"in a list of 6 ({row.key}); because iva is away until 2027-01-06")


# --- poison -----------------------------------------------------------------------------------------------


async def test_a_thread_that_cannot_be_handled_is_put_off_and_the_others_go_on(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room.waiting("AA-0000-BAD0")
    room.waiting()
    at = NOW + 20 * HOUR
    healthy = Composer.reminder

    def faulty(composer: Composer, facts: Any) -> Any:
        if facts.thread.ref == "AA-0000-BAD0":
            raise ZeroDivisionError
        return healthy(composer, facts)

    with monkeypatch.context() as fault:
        fault.setattr(Composer, "reminder", faulty)
        rung = await room.ring(at)
    assert rung.next_at == at + PUT_OFF
    assert [row.thread_ref for row in room.queued()] == [REF]
    assert (room.thread("AA-0000-BAD0").fired, room.timeline("AA-0000-BAD0")) == ((), [])
    assert [record.message for record in caplog.records] == ["a step could not be done"]

    await room.ring(at + PUT_OFF)
    assert {row.thread_ref for row in room.queued()} == {REF, "AA-0000-BAD0"}


async def test_a_thread_of_a_mailbox_that_is_no_longer_configured_stands_still(room: Room) -> None:
    room.waiting(mailbox="former")
    rung = await room.ring(NOW + 100 * HOUR)
    assert rung.next_at is None
    assert room.told() == []
    assert room.thread().state is State.WAITING


async def test_many_threads_are_rung_in_several_transactions(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoack.flows.alarms.flow.AT_ONCE", 3)
    for number in range(7):
        room.waiting(f"AA-{number:04}-0000")
    first = await room.alarms.step(NOW + 20 * HOUR)
    assert (first.threads, first.next_at) == (3, NOW + 20 * HOUR)
    await room.ring(NOW + 20 * HOUR)
    assert room.told() == [("remind", "iva")] * 7


async def test_the_customers_last_words_are_in_the_reminder(room: Room) -> None:
    room.waiting()
    for number, (kind, text) in enumerate(
        [(Kind.CUSTOMER, "Prvo pitanje"), (Kind.CUSTOMER_REPLY, "Drugo pitanje"), (Kind.TEAM, "Među nama")]
    ):
        room.database.transact(_message, number, kind, text)
    await room.ring(NOW + 20 * HOUR)
    row = room.database.read(outbox.by_key, f"remind:{REF}:1:1:iva")
    assert row is not None
    message = message_from_bytes(row.raw, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert "Drugo pitanje" in body.get_content()
    assert "Među nama" not in body.get_content()


def _message(conn: Connection, number: int, kind: Kind, text: str) -> None:
    from autoack.store.tables import messages

    ids = threads.ids_of(conn, [REF])
    conn.execute(
        messages.insert().values(
            thread_id=ids[REF],
            mailbox="support",
            folder="INBOX",
            uidvalidity=1,
            uid=number,
            fingerprint=f"{number:032x}",
            kind=kind,
            verdict="receipt",
            reason="customer",
            because="",
            sender="ivan.horvat@kupac.example",
            subject="Narudžba",
            received_at=NOW + number * MINUTE,
            recorded_at=NOW,
            size=1,
            text=text,
        )
    )


# --- what rules set ---------------------------------------------------------------------------------------


async def test_whom_a_rule_names_is_told_at_once_and_once(room: Room) -> None:
    room.waiting(notify=("lead", "sara"), category="complaint")
    await room.ring(NOW)
    await room.ring(NOW + MINUTE)
    assert room.told() == [("notify", "luka"), ("notify", "sara")]
    assert [row.key for row in room.queued()] == [f"notify:{REF}:1:luka", f"notify:{REF}:1:sara"]
    assert room.thread().notify == ()
    assert room.thread().next_step_at == NOW + 20 * HOUR
    assert [(event.what, event.who, event.reason) for event in room.timeline()] == [
        ("notify", "luka", "rule"),
        ("notify", "sara", "rule"),
    ]


@pytest.mark.parametrize("how", ["assigned", "bounced", "both"])
async def test_news_of_a_thread_do_not_make_it_forget_that_our_answer_promised_to_come_back(
    room: Room, how: str
) -> None:
    later = NOW + 72 * HOUR
    answered = room.waiting(state=State.ANSWERED, answered_at=NOW, answered_by="iva")
    thread = replace(answered, next_step=FOLLOW_UP, next_step_at=later)
    if how != "bounced":
        thread = acts.assign(thread, "luka", NOW + HOUR).thread
    if how != "assigned":
        thread = news.bounced(thread, NOW + HOUR)
    room.database.transact(threads.update, thread)
    await room.ring(NOW + HOUR)
    assert {kind for kind, _ in room.told()} <= {"assigned", "bounced"} and room.told()
    after = room.thread()
    assert (after.notify, after.next_step, after.next_step_at) == ((), FOLLOW_UP, later)
    await room.ring(later)
    assert room.thread().state is State.WAITING


async def test_a_threads_own_policy_sets_its_ladder(tmp_path: Path, database: Database) -> None:
    fast = {"reply_within": "2h", "ladder": [{"at": "1h", "notify": "manager"}]}
    room = Room(office.settings(tmp_path, {"policies.fast": fast}), database)
    policy = room.settings.desk.policies["fast"]
    room.database.transact(threads.update, scheduled(replace(room.waiting(), policy="fast"), policy, NOW))
    await room.ring(NOW + HOUR)
    assert room.told() == [("escalate", "sara")]
    assert room.thread().next_step_at is None


async def test_a_policy_that_is_gone_leaves_the_mailboxs(room: Room) -> None:
    room.waiting(policy="gone")
    await room.ring(NOW + 20 * HOUR)
    assert room.told() == [("remind", "iva")]
