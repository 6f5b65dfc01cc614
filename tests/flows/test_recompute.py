"""A change of policies or calendars counts the times of open threads anew, says so, and fires nothing twice."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decision import Event
from autoack.core.policy import Desk
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.flows import recompute
from autoack.flows.alarms import Alarms
from autoack.flows.recompute import Recompute
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.store import outbox, past, threads
from autoack.store.engine import Database
from tests import office

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday, 09:00 in Zagreb
HOUR = timedelta(hours=1)
LADDER = [{"at": "20h", "notify": "on_duty"}, {"at": "24h", "notify": "lead"}]
BEFORE = {"policies.standard": {"reply_within": "24h", "ladder": LADDER}}
IN_HOURS: dict[str, Any] = {
    "calendars.shop": {"hours": {"mon-fri": "08:00-16:00"}},
    "policies.standard": {"calendar": "shop", "reply_within": "1d", "resolve_within": "3d", "ladder": LADDER},
}


class Room:
    """A desk whose configuration changes, and its threads."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self.database = database

    def desk(self, changes: dict[str, Any]) -> Desk:
        return office.settings(self._folder, changes).desk

    async def start(self, changes: dict[str, Any], now: datetime = NOW) -> int:
        return await Recompute(self.desk(changes), self.database).step(now)

    def waiting(self, number: int = 1, **changes: Any) -> Thread:
        """A customer has waited since NOW, by the configuration BEFORE."""
        thread = Thread(
            ref=f"AA-1111-{number:04}",
            mailbox="support",
            subject="Narudžba",
            customer_address="ivan.horvat@kupac.example",
            customer_name="Ivan Horvat",
            honorific=None,
            language="hr",
            state=State.WAITING,
            created_at=NOW,
            updated_at=NOW,
            wait=1,
            waiting_since=NOW,
            promised_at=NOW + 24 * HOUR,
            resolve_at=NOW + 72 * HOUR,
        )
        policy = self.desk(BEFORE).mailboxes["support"].policy
        made = replace(scheduled(replace(thread, **changes), policy, NOW), **changes)
        return self.database.transact(threads.insert, made)

    def thread(self, number: int = 1) -> Thread:
        found = self.database.read(threads.by_ref, f"AA-1111-{number:04}")
        assert found is not None
        return found

    def told(self, number: int = 1) -> list[str]:
        """What the timeline says of new times."""
        lines = self.database.read(threads.timeline, f"AA-1111-{number:04}")
        return [line.detail for line in lines if line.what == "recomputed"]

    async def ring(self, changes: dict[str, Any], now: datetime) -> list[str]:
        """To whom the reminders due by then go, all that were queued so far."""
        desk = self.desk(changes)
        alarms = Alarms(desk, self.database, Composer(desk, Templates(None)))
        while (await alarms.step(now)).threads:
            pass
        return [row.to.partition("@")[0] for row in self.database.read(outbox.listing)]


@pytest.fixture
async def room(tmp_path: Path, database: Database) -> Room:
    made = Room(tmp_path, database)
    await made.start(BEFORE)
    return made


async def test_times_move_and_the_timeline_says_from_when_to_when(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.waiting()
    with caplog.at_level(logging.INFO, logger="autoack"):
        assert await room.start(IN_HOURS) == 1
    thread = room.thread()
    assert (thread.promised_at, thread.resolve_at) == (NOW + 24 * HOUR, NOW + 72 * HOUR), (
        "the same days, in hours"
    )
    assert thread.next_step_at == datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # 20 open hours
    assert room.told() == ["next step 2026-11-24T05:00+01:00 → 2026-11-25T13:00+01:00"]
    assert thread.updated_at == NOW
    assert caplog.messages == ["policies or calendars changed: 1 of 1 open threads have new times"]


async def test_a_past_night_shows_the_promises_that_held_then(room: Room) -> None:
    """A longer promise does not make good what was overdue in a digest of before."""
    thread = room.waiting()
    since, night = NOW, NOW + 30 * HOUR
    began = Event(since, "wait", None, "wait 1", "customer-mail", thread.ref, thread.mailbox)
    room.database.transact(threads.add_events, [began])
    relaxed = {"policies.standard": {"reply_within": "9d", "resolve_within": "20d", "ladder": []}}

    def shown(at: datetime) -> list[tuple[datetime | None, datetime | None, datetime | None]]:
        found = room.database.read(past.waiting_at, at, night + 99 * 24 * HOUR, lambda *_: None)
        return [(one.waiting_since, one.promised_at, one.resolve_at) for one in found]

    then = shown(night)
    assert then == [(since, NOW + 24 * HOUR, NOW + 72 * HOUR)]
    assert await room.start(relaxed, night + HOUR) == 1
    assert shown(night) == then
    assert shown(night + HOUR) == [(since, NOW + 9 * 24 * HOUR, NOW + 20 * 24 * HOUR)]
    near = room.database.read(past.waiting_at, night, night + HOUR, lambda *_: None)
    assert [one.promised_at for one in near] == [NOW + 24 * HOUR]


async def test_without_a_change_nothing_is_touched(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.waiting(promised_at=NOW + HOUR)
    with caplog.at_level(logging.INFO, logger="autoack"):
        assert await room.start(BEFORE) == 0
    assert room.thread().promised_at == NOW + HOUR
    assert caplog.messages == []
    await room.start(IN_HOURS)
    room.database.transact(threads.update, replace(room.thread(), promised_at=NOW + HOUR))
    assert await room.start(IN_HOURS) == 0, "a second start finds it done"


async def test_what_a_closure_takes_away_is_given_back(room: Room) -> None:
    room.waiting()
    await room.start(IN_HOURS)
    calendar = IN_HOURS["calendars.shop"] | {"closed": [{"from": "2026-11-24", "to": "2026-11-26"}]}
    await room.start(IN_HOURS | {"calendars.shop": calendar})
    assert room.thread().promised_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert room.told()[-1] == (
        "promise 2026-11-24T09:00+01:00 → 2026-11-27T09:00+01:00; "
        "resolution 2026-11-26T09:00+01:00 → 2026-12-01T09:00+01:00; "
        "next step 2026-11-25T13:00+01:00 → 2026-11-30T13:00+01:00"
    )


@pytest.mark.parametrize(
    "ladder",
    [
        [{"at": "75%", "notify": "on_duty"}, *LADDER],  # one more, before
        [{"at": "18h", "notify": "on_duty"}, LADDER[1]],  # another time
        [LADDER[1], LADDER[0]],  # another order
        [{"at": "1h", "notify": "team"}, *LADDER],  # what lies behind is past
    ],
)
async def test_fired_steps_do_not_fire_again(room: Room, ladder: list[dict[str, Any]]) -> None:
    room.waiting()
    assert await room.ring(BEFORE, NOW + 21 * HOUR) == ["iva"]
    changed = {"policies.standard": {"reply_within": "24h", "ladder": ladder}}
    await room.start(changed, NOW + 21 * HOUR)
    assert await room.ring(changed, NOW + 23 * HOUR) == ["iva"], "nobody hears it twice"
    assert await room.ring(changed, NOW + 24 * HOUR) == ["iva", "luka"], "and what is to come comes"


async def test_a_shorter_promise_makes_its_step_due_at_once(room: Room) -> None:
    room.waiting()
    sooner = {"policies.standard": {"reply_within": "2h", "ladder": [{"at": "100%", "notify": "lead"}]}}
    await room.start(sooner, NOW + 3 * HOUR)
    assert room.thread().promised_at == NOW + 2 * HOUR
    assert await room.ring(sooner, NOW + 3 * HOUR) == ["luka"]


async def test_each_state_gets_what_it_needs(room: Room) -> None:
    later = NOW + 100 * HOUR
    room.waiting(1, state=State.SNOOZED, next_step_at=later, next_step="end of the snooze")
    room.waiting(2, state=State.ANSWERED, answered_at=NOW, answered_by="iva@vocar.example")
    room.waiting(3, state=State.CLOSED, closed_at=NOW, next_step_at=None)
    room.waiting(4, mailbox="gone")
    room.waiting(5, clock=False)
    await room.start({"policies.standard": {"reply_within": "2h", "close_after": "7d", "ladder": LADDER}})
    snoozed, answered = room.thread(1), room.thread(2)
    assert (snoozed.promised_at, snoozed.next_step_at) == (NOW + 2 * HOUR, later)
    assert (answered.promised_at, answered.next_step_at) == (NOW + 24 * HOUR, NOW + timedelta(days=7))
    assert [room.thread(number).promised_at for number in (3, 4, 5)] == [NOW + 24 * HOUR] * 3
    assert [bool(room.told(number)) for number in range(1, 6)] == [True, True, False, False, False]


async def test_a_database_of_old_is_brought_in_step(tmp_path: Path, database: Database) -> None:
    """Before, it was not kept what times rest on: they are counted, and what has fired stays."""
    room = Room(tmp_path, database)
    room.waiting(promised_at=NOW + HOUR, fired=("1",))
    assert await room.start(BEFORE) == 1
    thread = room.thread()
    assert (thread.promised_at, thread.fired, thread.next_step) == (
        NOW + 24 * HOUR,
        ("1",),
        "escalation at 24h",
    )


async def test_what_comes_into_a_new_database_need_not_be_counted_again(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, database)
    await Recompute(room.desk(BEFORE), database).begin()
    room.waiting()
    with monkeypatch.context() as patched:
        patched.setattr(recompute, "recomputed", lambda *_: pytest.fail("counted once more"))
        assert await room.start(BEFORE) == 0
    assert await room.start(IN_HOURS) == 1, "a change counts as ever"


async def test_a_database_of_old_with_open_threads_is_not_taken_for_a_new_one(
    tmp_path: Path, database: Database
) -> None:
    room = Room(tmp_path, database)
    room.waiting(promised_at=NOW + HOUR)
    await Recompute(room.desk(BEFORE), database).begin()
    assert await room.start(BEFORE) == 1
    await Recompute(room.desk(IN_HOURS), database).begin()
    assert await room.start(IN_HOURS) == 1, "nor one that is in step by another configuration"


# --- broken off, and side by side --------------------------------------------------------------------------


class Failing:
    """A database that goes away after so many units of work."""

    def __init__(self, database: Database, units: int) -> None:
        self._database = database
        self._left = units

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        if self._left == 0:
            raise ConnectionError("gone")
        self._left -= 1
        return await self._database.run(work, *args)


async def broken_off(room: Room, changes: dict[str, Any], units: int) -> None:
    with pytest.raises(ConnectionError):
        await Recompute(room.desk(changes), Failing(room.database, units)).step(NOW)


async def test_what_was_broken_off_goes_on_where_it_was(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "AT_ONCE", 2)
    for number in range(1, 6):
        room.waiting(number, fired=("1",))
    other = {"policies.standard": {"reply_within": "24h", "ladder": [LADDER[1], LADDER[0]]}}
    await broken_off(room, other, 1)
    assert [room.thread(number).fired for number in range(1, 6)] == [("2",)] * 2 + [("1",)] * 3
    await room.start(other)
    assert [room.thread(number).fired for number in range(1, 6)] == [("2",)] * 5


async def test_another_change_after_one_that_was_broken_off_fires_nothing_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recompute, "AT_ONCE", 2)
    for number in range(1, 6):
        room.waiting(number, fired=("1",))
    first = {"policies.standard": {"ladder": [{"at": "2h", "notify": "team"}, *LADDER]}}
    await broken_off(room, first, 1)
    second = {"policies.standard": {"ladder": [LADDER[0], {"at": "22h", "notify": "team"}, LADDER[1]]}}
    await room.start(second)
    kept = [room.thread(number) for number in range(1, 6)]
    assert all("1" in thread.fired and "3" not in thread.fired for thread in kept)
    assert await room.start(second) == 0


async def test_of_two_that_start_together_each_thread_is_counted_by_one(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recompute, "AT_ONCE", 3)
    for number in range(1, 21):
        room.waiting(number)
    desk, other = room.desk(IN_HOURS), Database(room.database._engine)
    moved = await asyncio.gather(Recompute(desk, room.database).step(NOW), Recompute(desk, other).step(NOW))
    other._executor.shutdown()
    assert sum(moved) == 20
    assert [len(room.told(number)) for number in range(1, 21)] == [1] * 20
