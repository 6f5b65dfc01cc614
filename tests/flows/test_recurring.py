"""When its time has come a recurring entry opens one thread for the team: late if need be, never twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.policy import Duration
from autoack.core.thread import State, Thread
from autoack.core.waiting import Terms, terms_in
from autoack.flows.recurring import Recurring
from autoack.settings import Settings
from autoack.store import threads
from autoack.store.engine import Database, open_database
from tests import office
from tests.store.samples import thread

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 08:00 in Zagreb
NINE = MONDAY + timedelta(hours=1)
DAY = timedelta(days=1)
YEARLY: dict[str, Any] = {
    "name": "Godišnja provjera",
    "customer": "Ivan Horvat <Ivan.Horvat@kupac.example>",
    "cron": "0 9 * * *",
    "mailbox": "support",
    "ladder": [{"at": "3d", "notify": "lead"}, {"at": "5d", "notify": "manager"}],
}


def settings(folder: Path, *entries: dict[str, Any], **more: Any) -> Settings:
    return office.settings(folder, {"recurring": [YEARLY | entry for entry in entries or ({},)], **more})


def opened(database: Database) -> list[Thread]:
    found = database.read(lambda conn: threads.listing(conn, NINE, include_closed=True))
    return sorted((one for one in found if one.policy), key=lambda one: one.created_at)


async def test_nothing_is_due_from_before_the_entry_was_there(tmp_path: Path, database: Database) -> None:
    flow = Recurring(settings(tmp_path).desk, database)
    assert await flow.step(NINE + timedelta(minutes=1)) == 0
    assert await flow.step(NINE + timedelta(hours=23)) == 0
    assert opened(database) == []
    assert await flow.step(NINE + DAY) == 1


async def test_a_thread_waits_for_the_team_and_tells_it(tmp_path: Path, database: Database) -> None:
    flow = Recurring(settings(tmp_path).desk, database)
    await flow.step(MONDAY)
    assert await flow.step(NINE) == 1
    (found,) = opened(database)
    assert (found.state, found.clock, found.wait, found.waiting_since) == (State.WAITING, True, 1, NINE)
    assert (found.mailbox, found.subject, found.policy) == (
        "support",
        "Godišnja provjera",
        "recurring:Godišnja provjera",
    )
    assert (found.customer_name, found.customer_address) == ("Ivan Horvat", "Ivan.Horvat@kupac.example")
    assert (found.language, found.notify, found.next_step_at) == ("hr", ("team",), NINE)
    assert (found.promised_at, found.resolve_at) == (NINE + 3 * DAY, NINE + 5 * DAY)
    (event,) = database.read(threads.timeline, found.ref)
    assert (event.what, event.reason, event.mailbox) == ("recurring", "time", "support")
    assert event.detail.startswith("Godišnja provjera: due at 2026-11-23T09:00+01:00; since ")
    assert terms_in(event.detail) == Terms(NINE, found.promised_at, found.resolve_at)


async def test_a_time_counts_once_across_looks_and_restarts(tmp_path: Path, database: Database) -> None:
    desk = settings(tmp_path).desk
    await Recurring(desk, database).step(MONDAY)
    flow = Recurring(desk, database)
    assert [await flow.step(NINE + timedelta(seconds=n)) for n in range(3)] == [1, 0, 0]
    assert await Recurring(desk, database).step(NINE + timedelta(seconds=9)) == 0
    assert [await flow.step(NINE + day * DAY) for day in (1, 2)] == [1, 1]
    refs = [one.ref for one in opened(database)]
    assert len(refs) == len(set(refs)) == 3


async def test_of_two_replicas_one_opens_the_thread(tmp_path: Path, database_url: str) -> None:
    desk = settings(tmp_path).desk
    first, second = open_database(database_url), open_database(database_url)
    replicas = [Recurring(desk, first), Recurring(desk, second)]
    try:
        assert [await replica.step(MONDAY) for replica in replicas] == [0, 0]
        for day in range(10):
            found = await asyncio.gather(*(replica.step(NINE + day * DAY) for replica in replicas))
            assert sorted(found) == [0, 1]
        assert len(opened(first)) == 10
    finally:
        first.close()
        second.close()


async def test_after_an_outage_the_last_time_is_made_up_for(tmp_path: Path, database: Database) -> None:
    desk = settings(tmp_path).desk
    await Recurring(desk, database).step(MONDAY)
    back = NINE + 3 * DAY + timedelta(hours=5)
    flow = Recurring(desk, database)
    assert await flow.step(back) == 1
    (found,) = opened(database)
    assert found.waiting_since == back, "the ladder counts from now: the team has its full time"
    (event,) = database.read(threads.timeline, found.ref)
    assert event.reason == "outage"
    assert (
        "due at 2026-11-26T09:00+01:00; missed, and made up for now; earlier times were missed too; since "
        in event.detail
    )
    assert await flow.step(back + timedelta(hours=1)) == 0
    assert await flow.step(NINE + 4 * DAY) == 1


async def test_other_times_begin_anew(tmp_path: Path, database: Database) -> None:
    await Recurring(settings(tmp_path).desk, database).step(MONDAY)
    hourly = settings(tmp_path, {"cron": "0 * * * *"})
    flow = Recurring(hourly.desk, database)
    assert await flow.step(NINE + timedelta(hours=5, minutes=30)) == 0
    assert await flow.step(NINE + timedelta(hours=6)) == 1


async def test_the_hour_is_that_of_the_organisation(tmp_path: Path, database: Database) -> None:
    flow = Recurring(settings(tmp_path, **{"organisation.timezone": "America/New_York"}).desk, database)
    await flow.step(MONDAY)
    assert await flow.step(NINE) == 0
    assert await flow.step(MONDAY.replace(hour=14)) == 1


async def test_an_entry_that_fails_keeps_no_other(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from autoack.core import recurring

    desk = settings(tmp_path, {"name": "Kriva"}, {"name": "Prava"}).desk
    await Recurring(desk, database).step(MONDAY)
    real = recurring.opened

    def opens(entry: Any, *rest: Any) -> Any:
        if entry.name == "Kriva":
            raise RuntimeError("no such thing")
        return real(entry, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(recurring, "opened", opens)
        assert await Recurring(desk, database).step(NINE) == 1
    assert [one.subject for one in opened(database)] == ["Prava"]
    assert "could not be looked after" in caplog.text
    assert await Recurring(desk, database).step(NINE + timedelta(minutes=10)) == 1, "it is made up for"


async def test_what_is_known_of_the_customer_is_used(tmp_path: Path, database: Database) -> None:
    known = thread(
        customer_address="ivan.horvat@kupac.example",
        customer_name="Iván Horváth",
        honorific="dr.",
        language="hu",
    )
    database.transact(threads.insert, known)
    flow = Recurring(settings(tmp_path, {"customer": "ivan.horvat@kupac.example"}).desk, database)
    await flow.step(MONDAY)
    await flow.step(NINE)
    (found,) = opened(database)
    assert (found.customer_name, found.honorific, found.language) == ("Iván Horváth", "dr.", "hu")


async def test_the_policy_is_silent_towards_the_customer(tmp_path: Path) -> None:
    policies = {"policies.standard": {"holding_update": "1h", "survey": {"after_close": "1d"}}}
    desk = settings(tmp_path, **policies).desk
    box = desk.mailbox_of("support", desk.recurring[0].policy)
    gone = desk.mailbox_of("support", "recurring:of an older configuration")
    for found in (box, gone):
        assert found is not None
        assert (found.policy.holding_update, found.policy.survey_after_close) == (None, None)
        assert not found.policy.closing_note
    assert box is not None and gone is not None
    assert [step.at for step in box.policy.ladder] == [Duration(days=3), Duration(days=5)]
    assert [step.notify for step in gone.policy.ladder] == [("on_duty",), ("lead",), ("lead",), ("manager",)]


async def test_without_entries_nobody_looks(tmp_path: Path) -> None:
    class Untouchable:
        async def run(self, *_: Any) -> Any:
            raise AssertionError("the database was asked")

    assert await Recurring(office.settings(tmp_path).desk, Untouchable()).step(NINE) == 0
