"""Every night what is too old goes, and nothing else."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.drafts import Draft, DraftState
from autoack.core.policy import Retention
from autoack.core.thread import State, Thread
from autoack.flows import housekeeping
from autoack.flows.housekeeping import Cleared, Housekeeping
from autoack.store import drafts, outbox, threads
from autoack.store.engine import Database
from autoack.store.tables import drafts as drafts_table
from autoack.store.tables import events, messages
from autoack.store.tables import outbox as outbox_table
from autoack.store.tables import threads as threads_table

NOW = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PLAN = Retention()  # bodies 90 days, threads two years
WORDS, WHOLE = NOW - PLAN.bodies, NOW - PLAN.threads  # what is older than this goes
NOTHING = Cleared(0, 0, 0, 0, 0, 0)


async def clear(database: Database) -> Cleared:
    return await Housekeeping(PLAN, database).step(NOW)


def thread(database: Database, ref: str, touched: datetime, **changes: object) -> int:
    made = Thread(
        ref=ref,
        mailbox="support",
        subject="Račun",
        customer_address="ivan@kupac.example",
        customer_name=None,
        honorific=None,
        language="hr",
        state=State.CLOSED,
        created_at=touched - timedelta(days=30),
        updated_at=touched,
    )
    stored = replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand
    return database.transact(threads.insert, stored).id


_uids = itertools.count(1)


def message(database: Database, at: datetime, thread_id: int | None = None) -> None:
    uid = next(_uids)
    row = {
        "thread_id": thread_id,
        "mailbox": "support",
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": uid,
        "fingerprint": str(uid),
        "kind": "customer",
        "verdict": "receipt",
        "reason": "person",
        "because": "",
        "sender": "ivan@kupac.example",
        "subject": "Račun",
        "received_at": at,
        "recorded_at": at,
        "size": 1,
        "text": f"text {uid}",
    }
    database.transact(lambda conn: conn.execute(sa.insert(messages), [row]))


def letter(database: Database, key: str, at: datetime, state: OutboxState, ref: str | None = None) -> None:
    row = Outgoing(
        key=key,
        kind=MailKind.RECEIPT,
        mailbox="support",
        to="ivan@kupac.example",
        message_id=f"<{key}@primjer.example>",
        raw=b"raw",
        created_at=at,
        next_at=at,
        thread_ref=ref,
        state=state,
        sent_at=at if state is OutboxState.SENT else None,
    )
    database.transact(outbox.add, [row])


def event(database: Database, at: datetime, ref: str | None = None) -> None:
    database.transact(threads.add_events, [Event(at, "mail", thread_ref=ref)])


def column(database: Database, wanted: sa.Column[Any]) -> list[Any]:
    return database.read(lambda conn: list(conn.scalars(sa.select(wanted).order_by(wanted))))


def texts(database: Database) -> list[tuple[datetime, bool]]:
    query = sa.select(messages.c.recorded_at, messages.c.text).order_by(messages.c.recorded_at)
    return database.read(lambda conn: [(at, text is not None) for at, text in conn.execute(query)])


class TestWords:
    """Customers' words are forgotten first; that there was a mail stays known."""

    async def test_texts_older_than_bodies_are_emptied(self, database: Database) -> None:
        of = thread(database, "AA-1", NOW, state=State.WAITING)
        for at in (WORDS - SECOND, WORDS, NOW):
            message(database, at, of)
        assert (await clear(database)).texts == 1
        assert texts(database) == [(WORDS - SECOND, False), (WORDS, True), (NOW, True)]

    async def test_letters_that_are_done_with_are_emptied_those_that_may_still_go_are_not(
        self, database: Database
    ) -> None:
        for state in OutboxState:
            letter(database, f"old:{state}", WORDS - SECOND, state)
            letter(database, f"new:{state}", WORDS, state)
        assert (await clear(database)).letters == 2
        query = sa.select(outbox_table.c.key).where(outbox_table.c.raw.is_(None))
        assert set(database.read(lambda conn: conn.scalars(query).all())) == {"old:sent", "old:failed"}


class TestThreads:
    """Old threads go with all that hangs on them."""

    @pytest.mark.parametrize(
        ("state", "clock", "goes"),
        [
            (State.CLOSED, True, True),
            (State.CLOSED, False, True),
            (State.ANSWERED, True, True),
            (State.WAITING, False, True),  # recorded without a wait
            (State.WAITING, True, False),
            (State.SNOOZED, True, False),
        ],
    )
    async def test_an_old_thread_goes_unless_a_customer_waits(
        self, database: Database, state: State, clock: bool, goes: bool
    ) -> None:
        thread(database, "AA-1", WHOLE - SECOND, state=state, clock=clock)
        assert (await clear(database)).threads == goes
        assert column(database, threads_table.c.ref) == ([] if goes else ["AA-1"])

    async def test_a_thread_lives_as_long_as_it_is_touched(self, database: Database) -> None:
        thread(database, "AA-1", WHOLE, created_at=WHOLE - timedelta(days=900))
        assert await clear(database) == NOTHING

    async def test_its_mails_events_and_letters_go_with_it_its_neighbours_stay(
        self, database: Database
    ) -> None:
        for ref, touched in (("AA-old", WHOLE - SECOND), ("AA-new", NOW)):
            of = thread(database, ref, touched)
            message(database, NOW, of)
            event(database, NOW, ref)
            letter(database, f"receipt:{ref}", NOW, OutboxState.SENT, ref)
        await clear(database)
        assert column(database, threads_table.c.ref) == ["AA-new"]
        assert column(database, outbox_table.c.key) == ["receipt:AA-new"]
        (kept,) = column(database, threads_table.c.id)
        assert column(database, messages.c.thread_id) == [kept]
        assert column(database, events.c.thread_id) == [kept]


class TestLooseEnds:
    """What belongs to no thread."""

    async def test_it_goes_when_it_is_as_old_as_an_old_thread(self, database: Database) -> None:
        for at in (WHOLE - SECOND, WHOLE):
            message(database, at)
            event(database, at)
            for state in OutboxState:
                letter(database, f"{state}:{at.second}", at, state)
        done = await clear(database)
        assert (done.loose_messages, done.loose_events, done.loose_letters) == (1, 1, 2)
        assert column(database, messages.c.recorded_at) == [WHOLE]
        assert column(database, events.c.at) == [WHOLE]
        kept = {f"{state}:0" for state in OutboxState} | {
            f"{state}:59" for state in OutboxState if state not in (OutboxState.SENT, OutboxState.FAILED)
        }
        assert set(column(database, outbox_table.c.key)) == kept

    async def test_what_is_old_in_a_living_thread_stays(self, database: Database) -> None:
        of = thread(database, "AA-1", NOW, state=State.WAITING)
        message(database, WHOLE - SECOND, of)
        event(database, WHOLE - SECOND, "AA-1")
        letter(database, "receipt:1", WHOLE - SECOND, OutboxState.SENT, "AA-1")
        done = await clear(database)
        assert (done.loose_messages, done.loose_events, done.loose_letters) == (0, 0, 0)
        assert len(column(database, events.c.id)) == len(column(database, messages.c.id)) == 1


class TestBatches:
    """Nobody waits for it."""

    async def test_each_transaction_is_small_and_all_is_done_in_the_end(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(housekeeping, "ROWS_AT_ONCE", 3)
        monkeypatch.setattr(housekeeping, "THREADS_AT_ONCE", 2)
        for n in range(4):
            thread(database, f"AA-{n}", WHOLE - SECOND)
        for _ in range(7):
            message(database, WHOLE - SECOND)
        counting = Counting(database)
        done = await Housekeeping(PLAN, counting).step(NOW)
        assert (done.texts, done.threads, done.loose_messages) == (7, 4, 7)
        assert counting.met["empty_texts"] == [3, 3, 1]
        assert counting.met["delete_threads"] == [2, 2, 0]
        assert counting.met["delete_messages"] == [3, 3, 1]

    async def test_done_twice_it_finds_nothing(self, database: Database) -> None:
        thread(database, "AA-1", WHOLE - SECOND)
        message(database, WORDS - SECOND)
        assert (await clear(database)).anything
        assert await clear(database) == NOTHING
        assert not NOTHING.anything


class Counting:
    """A database that notes how much each transaction met."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.met: dict[str, list[int]] = {}

    async def run(self, work: Any, *args: Any) -> Any:
        met = await self._database.run(work, *args)
        self.met.setdefault(work.__name__, []).append(met)
        return met


async def test_the_words_of_drafts_go_with_the_bodies_but_not_of_one_that_is_to_be_laid(
    database: Database,
) -> None:
    for number, (state, at) in enumerate(
        [
            (DraftState.LAID, WORDS - SECOND),
            (DraftState.READY, WORDS - SECOND),
            (DraftState.LAID, WORDS),
        ]
    ):
        ref = f"AA-0000-000{number}"
        thread(database, ref, NOW, state=State.WAITING)
        draft = Draft(ref, "support", f"<{number}@vocar.example>", b"words", 5, at, at, state)
        database.transact(drafts.add, draft, "fits")
    await clear(database)
    kept = [database.read(drafts.by_ref, f"AA-0000-000{number}") for number in range(3)]
    assert [draft.raw if draft else "gone" for draft in kept] == [None, b"words", b"words"]


async def test_a_draft_goes_with_its_thread(database: Database) -> None:
    thread(database, "AA-0000-0001", WHOLE - SECOND)
    draft = Draft("AA-0000-0001", "support", "<1@vocar.example>", None, 5, WHOLE, WHOLE, DraftState.LEFT)
    database.transact(drafts.add, draft, "fits")
    assert (await clear(database)).threads == 1
    assert database.read(lambda conn: conn.scalar(sa.select(sa.func.count()).select_from(drafts_table))) == 0
