"""Reminders by channels: outbox rows like mails, sent to a real service on loopback, silent about the customer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from autoack.app.connections import channels_of
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.feedback import Vote, Voted
from autoack.flows.alerts import Alerts
from autoack.flows.outbox import OutboxFlow
from autoack.letters.compose import Composer
from autoack.letters.ratings import praise_rows, rating_rows
from autoack.letters.templates import Templates
from autoack.store import outbox
from autoack.store.engine import Database
from tests import office
from tests.flows.test_alarms import HOUR, NOW, REF, Room, many
from tests.servers.hook import Hook, serving
from tests.story.clock import StoryClock

LATER = NOW + 20 * HOUR


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving() as service:
        yield service


def desk(folder: Path, database: Database, hook: Hook, *ways: str, **changes: Any) -> Room:
    """The office, in which Iva is reached in these ways."""
    channels = {"channels": {"slack": {"url": hook.url}}, "people.iva.notify": list(ways)}
    return Room(office.settings(folder, channels | changes), database)


async def send(room: Room, at: datetime) -> None:
    """What is ready for the channels goes out."""
    lanes = [(channel, channel, channel.connect) for channel in channels_of(room.settings)]
    await OutboxFlow(lanes, room.database, StoryClock(at)).drain()


def row(room: Room, key: str) -> Outgoing:
    found = room.database.read(outbox.by_key, key)
    assert found is not None
    return found


async def test_a_person_hears_in_each_way_of_theirs(tmp_path: Path, database: Database, hook: Hook) -> None:
    room = desk(tmp_path, database, hook, "mail", "slack")
    room.waiting()
    rung = await room.alarms.step(LATER)
    assert rung.mailboxes == {"support", "channel:slack"}
    assert [(one.key, one.mailbox, one.to) for one in room.queued()] == [
        (f"remind:{REF}:1:1:iva", "support", "iva@vocar.example"),
        (f"remind:{REF}:1:1:iva:slack", "channel:slack", "slack (iva)"),
    ]
    assert [event.who for event in room.timeline()] == ["iva"]


async def test_who_wants_no_mail_gets_none(tmp_path: Path, database: Database, hook: Hook) -> None:
    room = desk(tmp_path, database, hook, "slack")
    room.waiting()
    await room.ring(LATER)
    assert [one.mailbox for one in room.queued()] == ["channel:slack"]


async def test_the_message_has_reference_and_times_and_nothing_of_the_customer(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    room = desk(tmp_path, database, hook, "slack")
    room.waiting(subject="Tajna narudžba")
    await room.ring(LATER)
    await send(room, LATER)
    assert hook.told == [(f"{REF}: čeka odgovor već 20 h", "Rok za odgovor: danas u 09:00.")]
    assert row(room, f"remind:{REF}:1:1:iva:slack").state is OutboxState.SENT
    assert [event.what for event in room.timeline()] == ["remind", "sent"]
    whole = str(hook.received)
    assert not any(word in whole for word in ("Horvat", "kupac", "Tajna"))


async def test_a_service_that_fails_is_tried_again_like_a_mail_server(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    room = desk(tmp_path, database, hook, "slack")
    room.waiting()
    await room.ring(LATER)
    hook.answers = [503]
    await send(room, LATER)
    one = row(room, f"remind:{REF}:1:1:iva:slack")
    assert (one.state, one.attempts, one.error) == (
        OutboxState.DEFERRED,
        1,
        "the service answered with HTTP 503",
    )
    await send(room, one.next_at)
    assert row(room, one.key).state is OutboxState.SENT
    assert len(hook.received) == 2


async def test_a_hook_that_was_taken_away_fails_and_the_timeline_says_so(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    room = desk(tmp_path, database, hook, "slack")
    room.waiting()
    await room.ring(LATER)
    hook.answers = [404]
    await send(room, LATER)
    failed = row(room, f"remind:{REF}:1:1:iva:slack")
    assert (failed.state, failed.error) == (OutboxState.FAILED, "the service answered with HTTP 404")
    assert room.timeline()[-1].detail == "remind slack (iva): the service answered with HTTP 404"


async def test_an_answer_withdraws_what_a_channel_has_not_said_yet(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    room = desk(tmp_path, database, hook, "slack")
    room.waiting()
    await room.ring(LATER)
    withdrawn = room.database.transact(outbox.withdraw, [REF], [MailKind.REMINDER], LATER, "answered")
    assert withdrawn == 1
    await send(room, LATER)
    assert hook.received == []


async def test_a_flood_is_one_message(tmp_path: Path, database: Database, hook: Hook) -> None:
    room = desk(tmp_path, database, hook, "mail", "slack")
    many(room, 20)
    await room.ring(LATER + HOUR)
    await send(room, LATER + HOUR)
    assert room.told() == [("remind-list", "iva"), ("remind-list", "slack (iva)")]
    ((title, text),) = hook.told
    lines = text.splitlines()
    assert (title, lines[0], lines[-1]) == (
        "Podsjetnici: 20",
        "AA-0000-0000: čeka odgovor već 21 h",
        "i još 5",
    )
    assert "Horvat" not in text


async def test_a_message_says_that_it_comes_in_place_of_somebody_away(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    away = {"people.luka.away": [{"from": "2026-11-20", "to": "2027-01-06"}], "people.sara.notify": "slack"}
    room = desk(tmp_path, database, hook, "mail", **away)
    room.waiting(fired=("1",))
    await room.ring(NOW + 24 * HOUR)
    await send(room, NOW + 24 * HOUR)
    ((_, text),) = hook.told
    assert text.splitlines()[1] == "Helyettesítőként Ön kapja. Távol van: Luka Novak (2027. január 6-ig)."


async def test_alerts_go_to_their_channels_too_without_what_servers_say(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    room = desk(tmp_path, database, hook, "mail", **{"alerts.channels": ["slack"], "alerts.to": ["luka"]})
    alerts = Alerts(room.settings.desk, database, Composer(room.settings.desk, Templates(None)))
    since = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    for _ in range(2):
        await alerts.unreachable(
            "support", "INBOX", since, "ana@kupac.example is unwell", since + timedelta(minutes=5)
        )
    await send(room, since + timedelta(minutes=5))
    assert {one.to for one in room.queued()} == {"luka@vocar.example", "slack"}
    assert hook.told == [("Mailbox support cannot be read", "Today at 09:05")]


async def test_a_rating_is_told_with_stars_and_time_and_no_word(
    tmp_path: Path, database: Database, hook: Hook
) -> None:
    away = {"people.luka.away": [{"from": "2026-11-20", "to": "2027-01-06"}], "people.sara.notify": "slack"}
    room = desk(tmp_path, database, hook, "mail", "slack", **away)
    thread = room.waiting(answered_by="iva", category="praise")
    composer = Composer(room.settings.desk, Templates(None))

    def tell(conn: Connection) -> None:
        people, words = room.settings.desk.people, "Ivan Horvat, Split"
        for stars in (5, 1):
            voted = Voted(thread, Vote(stars, words, "web", NOW))
            rows = rating_rows(room.settings.desk, composer, voted, people, salt="", now=NOW)
            outbox.add(conn, rows)
        rows = praise_rows(room.settings.desk, composer, thread, words, people, salt="", now=NOW)
        outbox.add(conn, rows)

    room.database.transact(tell)
    await send(room, NOW)
    instead = "Helyettesítőként Ön kapja. Távol van: Luka Novak (2027. január 6-ig)."
    assert dict(hook.told) == {
        f"{REF}: pohvala (5/5)": "Stiglo: danas u 09:00.",
        f"{REF}: pohvala korisnika": "Stiglo: danas u 09:00.",
        f"{REF}: gyenge értékelés (1/5)": f"Érkezett: ma 09:00-kor.\n{instead}",
    }
    assert all(word not in str(hook.received) for word in ("Ivan", "Split", "kupac", "Narudžba"))
    assert row(room, f"rating:{REF}:praise:iva:slack").state is OutboxState.SENT
    assert row(room, f"rating:{REF}:praise:iva").mailbox == "support"
