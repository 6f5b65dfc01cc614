"""What becomes of the mails in the outbox: on real SMTP and both databases.

Where the moment inside an attempt matters, a connection of the test's own takes the server's place.
"""

import asyncio
import contextlib
import itertools
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from autoack.clock import Clock, WallClock
from autoack.core.delivery import Answer, MailKind, OutboxState, Outgoing, Result
from autoack.core.policy import Calendar, Mailbox, Policy, Team
from autoack.errors import StoreError
from autoack.flows.outbox import OutboxFlow, ledger
from autoack.flows.outbox import flow as workers
from autoack.mail.sender import SmtpOptions, Submission
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database, open_database
from tests.servers.smtp import Mishap, SmtpServer
from tests.store.samples import thread
from tests.story.clock import StoryClock

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ADDRESS = "podrska@primjer.example"
HOST = "127.0.0.1"
ACCEPTED = Result(Answer.ACCEPTED, "250 ok")
READY, SENDING, SENT = OutboxState.READY, OutboxState.SENDING, OutboxState.SENT
DEFERRED, FAILED = OutboxState.DEFERRED, OutboxState.FAILED

Send = Callable[[str, str], Awaitable[Result]]  # sender and name → result


@dataclass
class Smtp:
    """What the configuration says of a mailbox's server."""

    host: str = HOST
    envelope: str | None = "auto"
    connections: int = 2
    per_minute: int = 0


@dataclass
class Connection:
    """A connection that does what the test says; `to` is told without its domain."""

    act: Send

    async def send(self, *, sender: str, to: str, raw: bytes) -> Result:
        return await self.act(sender, to.partition("@")[0])

    async def close(self) -> None:
        pass


@dataclass
class Desk:
    """An outbox, the mails in it, and the flows that send them."""

    database: Any
    clock: Clock = field(default_factory=lambda: StoryClock(NOW))

    def queue(self, *names: str, kind: MailKind = MailKind.RECEIPT, **changed: Any) -> None:
        """A mail to each of these customers: that to `ana` has the key receipt:ana."""
        rows = [self._mail(name, kind, changed) for name in names]
        assert self.database.transact(outbox.add, rows) == {row.key for row in rows}

    def _mail(self, name: str, kind: MailKind, changed: dict[str, Any]) -> Outgoing:
        now = self.clock.now()
        values = {
            "key": f"{kind}:{name}",
            "kind": kind,
            "mailbox": "support",
            "to": f"{name}@kupac.example",
            "message_id": message_id(name),
            "raw": f"Message-ID: {message_id(name)}\r\nSubject: Re: upit\r\n\r\nHvala.\r\n".encode(),
            "created_at": now,
            "next_at": now,
        }
        return Outgoing(**{**values, **changed})

    def row(self, name: str, kind: MailKind = MailKind.RECEIPT) -> Outgoing:
        """The mail as it is on record."""
        row: Outgoing | None = self.database.read(outbox.by_key, f"{kind}:{name}")
        assert row is not None
        return row

    def states(self) -> dict[str, OutboxState]:
        """Where each mail stands, by name."""
        rows: list[Outgoing] = self.database.read(outbox.listing)
        return {row.key.partition(":")[2]: row.state for row in rows}

    def flow(self, *ways: "SmtpServer | Send", **smtp: Any) -> OutboxFlow:
        """The sending of a daemon that has just been started; the second way is that of the mailbox `sales`."""
        boxes = [mailbox("support"), mailbox("sales")]
        pairs = zip(boxes, ways, strict=False)
        lanes = [(box, Smtp(**smtp), connector(way)) for box, way in pairs]
        return OutboxFlow(lanes, self.database, self.clock)

    def pass_time(self, by: timedelta) -> None:
        assert isinstance(self.clock, StoryClock)
        self.clock.pass_time(by)


def message_id(name: str) -> str:
    return f"<{name}@primjer.example>"


def mailbox(name: str) -> Mailbox:
    policy = Policy("standard", Calendar("always", ZoneInfo("UTC"), always=True))
    return Mailbox(name, ADDRESS, "Primjer", Team("all", ("ana",), "ana", "ana"), policy, ("hr",))


def connector(way: "SmtpServer | Send") -> Callable[[], Any]:
    """What opens a connection to a server, or to what plays one."""
    if not isinstance(way, SmtpServer):
        return lambda: Connection(way)
    options = SmtpOptions(way.host, way.port, "none", timeout=20)
    return lambda: Submission(options)


@contextlib.asynccontextmanager
async def running(flow: OutboxFlow, within: float = 5) -> AsyncIterator[None]:
    """The flow at work; stopped at the end, `within` seconds."""
    task = asyncio.create_task(flow.run())
    try:
        yield
    finally:
        await flow.stop(within)
        await task


@pytest.fixture
def desk(database: Database) -> Desk:
    """On SQLite and PostgreSQL."""
    return Desk(database)


@pytest.fixture
def sqlite_desk(sqlite_database: Database) -> Desk:
    """Where the database makes no difference."""
    return Desk(sqlite_database)


# --- what a server's answer does ---


async def test_each_ready_mail_goes_once_and_is_on_record(desk: Desk, smtp: SmtpServer) -> None:
    names = [f"c{n}" for n in range(40)]
    desk.queue(*names)
    await desk.flow(smtp).drain()
    assert sorted(mail.recipients[0] for mail in smtp.received) == sorted(f"{n}@kupac.example" for n in names)
    assert desk.states() == dict.fromkeys(names, SENT)
    assert (desk.row("c7").sent_at, desk.row("c7").attempts) == (NOW, 1)
    assert smtp.connections <= 2


async def test_a_mail_put_off_by_the_server_goes_again_under_the_same_message_id(
    desk: Desk, smtp: SmtpServer
) -> None:
    desk.queue("ana")
    smtp.script("BODY", "451 4.3.0 try later")
    await desk.flow(smtp).drain()
    row = desk.row("ana")
    assert (row.state, row.attempts, row.error) == (DEFERRED, 1, "451 4.3.0 try later")
    assert 54 <= (row.next_at - NOW).total_seconds() <= 66

    await desk.flow(smtp).drain()
    assert smtp.received == []  # not before its time

    desk.pass_time(timedelta(seconds=66))
    await desk.flow(smtp).drain()
    assert message_id("ana").encode() in smtp.received[0].raw
    assert (desk.row("ana").state, desk.row("ana").attempts) == (SENT, 2)


async def test_a_mail_that_the_server_refuses_fails_with_its_words(desk: Desk, smtp: SmtpServer) -> None:
    desk.queue("ana", "ivo")
    smtp.script("RCPT", "550 5.1.1 no such user", when="ana@")
    await desk.flow(smtp).drain()
    assert desk.states() == {"ana": FAILED, "ivo": SENT}
    assert desk.row("ana").error == "550 5.1.1 no such user"


async def test_a_refused_address_is_marked_in_its_thread(desk: Desk, smtp: SmtpServer) -> None:
    """A reminder, or a refusal of the mail itself, says nothing of the customer."""
    for number, name in enumerate(("ana", "ivo", "eva"), 1):
        made = thread(f"AA-{number:04}-0000", customer_address=f"{name}@kupac.example", clock=True)
        desk.database.transact(threads.insert, made)
    desk.queue("ana", thread_ref="AA-0001-0000")
    desk.queue("ivo", thread_ref="AA-0002-0000", kind=MailKind.REMINDER)
    desk.queue("eva", thread_ref="AA-0003-0000")
    for name, ref in (("ana-later", "AA-0001-0000"), ("eva-later", "AA-0003-0000")):
        desk.queue(name, thread_ref=ref, kind=MailKind.SURVEY, next_at=NOW + timedelta(hours=1))
    for name, why in (
        ("ana@", "550 5.1.1 no such user"),
        ("ivo@", "550 no such user"),
        ("eva@", "550 5.7.1 spam"),
    ):
        smtp.script("RCPT", why, when=name)
    await desk.flow(smtp).drain()
    ready = OutboxState.READY
    after = {"ana": FAILED, "ivo": FAILED, "eva": FAILED, "ana-later": FAILED, "eva-later": ready}
    assert desk.states() == after
    assert desk.row("ana-later", MailKind.SURVEY).error == "needless: mail does not reach the customer"
    found = desk.database.read(threads.by_refs, [f"AA-{number:04}-0000" for number in (1, 2, 3)])
    assert [(ref, one.undeliverable) for ref, one in sorted(found.items()) if one.undeliverable] == [
        ("AA-0001-0000", "550 5.1.1 no such user")
    ]
    told = desk.database.read(threads.timeline, "AA-0001-0000")
    assert ("undeliverable", "refused") in [(event.what, event.reason) for event in told]


@pytest.mark.parametrize("mishap", [Mishap.DROP, "421 4.3.2 shutting down"])
async def test_a_connection_lost_in_data_costs_its_mail_a_pause_and_the_others_nothing(
    sqlite_desk: Desk, smtp: SmtpServer, mishap: str
) -> None:
    desk = sqlite_desk
    desk.queue("ana", "ivo", "eva")
    smtp.script("BODY", mishap)
    await desk.flow(smtp, connections=1).drain()
    assert sorted(desk.states().values()) == [DEFERRED, SENT, SENT]
    assert smtp.connections == 2


async def test_one_silent_recipient_does_not_hold_up_the_others(sqlite_desk: Desk, smtp: SmtpServer) -> None:
    names = [f"c{n}" for n in range(20)]
    sqlite_desk.queue("ana", *names)
    smtp.script("RCPT", Mishap.SILENCE, when="ana@")
    async with running(sqlite_desk.flow(smtp), within=0.1):
        await smtp.wait_for(20)  # before anybody gives up on the silent one
    assert sqlite_desk.states() == {"ana": DEFERRED, **dict.fromkeys(names, SENT)}


async def test_an_attempt_that_fails_beyond_all_expectation_is_put_off_with_its_text(
    sqlite_desk: Desk,
) -> None:
    async def send(sender: str, name: str) -> Result:
        if name == "ana":
            raise RuntimeError("a fault of our own")
        return ACCEPTED

    sqlite_desk.queue("ana", "ivo")
    await sqlite_desk.flow(send, connections=1).drain()
    assert sqlite_desk.states() == {"ana": DEFERRED, "ivo": SENT}
    assert sqlite_desk.row("ana").error == "RuntimeError: a fault of our own"


async def test_a_mail_whose_time_has_passed_fails_without_an_attempt(desk: Desk, smtp: SmtpServer) -> None:
    desk.queue("ana", expires_at=NOW + MINUTE)
    desk.pass_time(2 * MINUTE)
    await desk.flow(smtp).drain()
    assert (desk.row("ana").state, smtp.connections) == (FAILED, 0)
    assert "too late" in (desk.row("ana").error or "")


async def test_a_worker_on_which_our_own_code_fails_begins_anew(
    sqlite_desk: Desk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(workers, "MEND_PAUSE", 0.01)
    faults = [ZeroDivisionError("a fault of ours")]
    connect = connector(smtp)

    def faulty() -> Any:
        if faults:
            raise faults.pop()
        return connect()

    flow = OutboxFlow(
        [(mailbox("support"), Smtp(connections=1), faulty)], sqlite_desk.database, sqlite_desk.clock
    )
    sqlite_desk.queue("ana")
    async with running(flow):
        await smtp.wait_for(1, 10)
    assert "sending failed and begins anew" in caplog.messages


# --- whose name is on the envelope ---


@pytest.mark.parametrize(
    ("kind", "envelope", "sender"),
    [
        (MailKind.RECEIPT, "auto", ""),
        (MailKind.UPDATE, None, ""),
        (MailKind.RECEIPT, "address", ADDRESS),
        (MailKind.REMINDER, "auto", ADDRESS),
        (MailKind.DIGEST, None, ADDRESS),
    ],
)
async def test_the_envelope_has_the_sender_that_kind_and_setting_ask_for(
    sqlite_desk: Desk, smtp: SmtpServer, kind: MailKind, envelope: str | None, sender: str
) -> None:
    sqlite_desk.queue("ana", kind=kind)
    await sqlite_desk.flow(smtp, envelope=envelope).drain()
    assert smtp.received[0].sender == sender


def refuse_null_sender(smtp: SmtpServer, command: str) -> None:
    smtp.script(command, "550 5.7.1 null sender not welcome", when="<>", times=9)


@pytest.mark.parametrize("command", ["MAIL", "BODY"])
async def test_a_server_that_refuses_the_null_sender_gets_the_address_from_then_on(
    desk: Desk, smtp: SmtpServer, command: str
) -> None:
    refuse_null_sender(smtp, command)
    desk.queue("ana")
    await desk.flow(smtp).drain()
    assert (smtp.received[0].sender, desk.row("ana").attempts) == (ADDRESS, 1)
    assert desk.database.read(meta.get, f"null-sender:{HOST}") is not None

    said = len(smtp.commands)
    desk.queue("ivo")
    await desk.flow(smtp).drain()  # also after a start
    assert smtp.received[1].sender == ADDRESS
    assert not any("<>" in command for command in smtp.commands[said:])


async def test_where_the_address_is_refused_too_nothing_is_learnt(
    sqlite_desk: Desk, smtp: SmtpServer
) -> None:
    smtp.script("BODY", "554 5.7.1 looks like spam", times=2)
    sqlite_desk.queue("ana", "ivo")
    await sqlite_desk.flow(smtp, connections=1).drain()
    assert sqlite_desk.states() == {"ana": FAILED, "ivo": SENT}
    assert [mail.sender for mail in smtp.received] == [""]
    assert sqlite_desk.database.read(meta.get, f"null-sender:{HOST}") is None


async def test_a_refused_recipient_is_not_tried_with_another_sender(
    sqlite_desk: Desk, smtp: SmtpServer
) -> None:
    smtp.script("RCPT", "550 5.1.1 no such user")
    sqlite_desk.queue("ana")
    await sqlite_desk.flow(smtp).drain()
    assert [command for command in smtp.commands if command.startswith("MAIL")] == [
        next(command for command in smtp.commands if command.startswith("MAIL FROM:<>"))
    ]


async def test_with_the_setting_null_a_refusal_stands(sqlite_desk: Desk, smtp: SmtpServer) -> None:
    refuse_null_sender(smtp, "MAIL")
    sqlite_desk.queue("ana")
    await sqlite_desk.flow(smtp, envelope=None).drain()
    assert (sqlite_desk.row("ana").state, smtp.received) == (FAILED, [])


async def test_a_mail_taken_from_the_address_is_sent_even_if_that_cannot_be_noted(sqlite_desk: Desk) -> None:
    async def send(sender: str, name: str) -> Result:
        return ACCEPTED if sender else Result(Answer.PERMANENT, "550 no", "mail")

    desk = Desk(Failing(sqlite_desk.database, lambda work: work is meta.put))
    desk.queue("ana")
    await desk.flow(send).drain()
    assert desk.row("ana").state is SENT


# --- nothing lost, nothing doubled ---


@dataclass
class Failing:
    """A database that cannot be reached for those units of work that `when` picks."""

    database: Database
    when: Callable[[Any], bool]

    async def run(self, work: Any, *args: Any) -> Any:
        if self.when(work):
            raise StoreError("the database is away")
        return await self.database.run(work, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


@pytest.mark.parametrize("connections", [1, 4])
async def test_a_result_is_on_record_before_the_next_mail_goes_on_that_connection(
    desk: Desk, connections: int
) -> None:
    """After kill -9 at any moment, only what was in flight on a connection goes again."""
    handed_over: list[str] = []
    unrecorded: list[int] = []
    registered: list[tuple[OutboxState, int]] = []

    async def send(sender: str, name: str) -> Result:
        states = desk.states()
        registered.append((states[name], desk.row(name).attempts))
        unrecorded.append(sum(states[other] is not SENT for other in handed_over))
        await asyncio.sleep(0)
        handed_over.append(name)
        return ACCEPTED

    desk.queue(*(f"c{n}" for n in range(40)))
    await desk.flow(send, connections=connections).drain()
    assert (len(handed_over), len(set(handed_over))) == (40, 40)
    assert max(unrecorded) < connections
    assert set(registered) == {(SENDING, 1)}


async def test_results_that_come_together_share_a_transaction(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "GATHER", 20)  # on a machine however busy, all that are under way come within
    settled: list[int] = []

    def count(work: Any) -> bool:
        settled.append(1)
        return False

    async def send(sender: str, name: str) -> Result:
        for _ in range(10 * (int(name[1:]) % 4) + 1):  # not all at the same moment
            await asyncio.sleep(0)
        return ACCEPTED

    desk = Desk(Failing(sqlite_desk.database, count))
    desk.queue(*(f"c{n}" for n in range(80)))
    await desk.flow(send, connections=4).drain()
    assert set(desk.states().values()) == {SENT}
    assert len(settled) < 40  # alone, each of 80 results takes one


async def test_what_was_in_flight_at_a_crash_goes_again_under_the_same_message_id(
    desk: Desk, smtp: SmtpServer
) -> None:
    desk.queue("ana", "ivo")
    assert desk.database.transact(outbox.claim, ["receipt:ana"], NOW) == {"receipt:ana"}
    desk.pass_time(11 * MINUTE)  # a replica on PostgreSQL could have been at it until now
    flow = desk.flow(smtp)
    assert await flow.recover() == ["receipt:ana"]
    await flow.drain()
    assert desk.states() == {"ana": SENT, "ivo": SENT}
    assert any(message_id("ana").encode() in mail.raw for mail in smtp.received)


async def test_two_daemons_on_one_database_never_send_a_mail_twice(
    postgres_url: str, smtp: SmtpServer
) -> None:
    names = [f"c{n}" for n in range(150)]
    with replica(postgres_url) as one, replica(postgres_url) as other:
        one.queue(*names)
        await asyncio.gather(one.flow(smtp).drain(), other.flow(smtp).drain())
        assert one.states() == dict.fromkeys(names, SENT)
    assert sorted(mail.recipients[0] for mail in smtp.received) == sorted(f"{n}@kupac.example" for n in names)


@contextlib.contextmanager
def replica(url: str) -> Iterator[Desk]:
    database = open_database(url)
    try:
        yield Desk(database)
    finally:
        database.close()


async def test_results_wait_for_a_database_that_is_away(
    sqlite_desk: Desk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MEND_PAUSE", 0)
    outages = iter([False, True, True] * 40)

    def away(work: Any) -> bool:
        return work is ledger._settle and next(outages)

    names = [f"c{n}" for n in range(10)]
    desk = Desk(Failing(sqlite_desk.database, away))
    desk.queue(*names)
    await desk.flow(smtp).drain()
    assert desk.states() == dict.fromkeys(names, SENT)
    assert len(smtp.received) == 10


async def test_a_result_that_cannot_be_recorded_holds_up_no_other(
    sqlite_desk: Desk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = outbox.finish

    def picky(conn: Any, rows: Any, now: datetime) -> None:
        if any(row.key == "receipt:c3" for row in rows):
            raise KeyError("a fault of our own")
        finish(conn, rows, now)

    monkeypatch.setattr(outbox, "finish", picky)
    names = [f"c{n}" for n in range(10)]
    sqlite_desk.queue(*names)
    await sqlite_desk.flow(smtp).drain()
    assert sqlite_desk.states() == {**dict.fromkeys(names, SENT), "c3": SENDING}
    assert len(smtp.received) == 10


async def test_a_mail_dropped_after_it_was_looked_at_is_not_sent(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    sent: list[str] = []

    async def send(sender: str, name: str) -> Result:
        if not sent:
            desk.database.transact(outbox.drop, "receipt:c29", NOW, "not needed")
        sent.append(name)
        return ACCEPTED

    names = [f"c{n}" for n in range(30)]
    desk.queue(*names)
    await desk.flow(send, connections=1).drain()
    assert sorted(sent) == sorted(names[:-1])
    assert desk.row("c29").error == "not needed"


async def test_what_is_paused_stays(desk: Desk, smtp: SmtpServer) -> None:
    desk.database.transact(meta.pause, "support", NOW)
    desk.queue("ana")
    desk.queue("iva", kind=MailKind.REMINDER)
    await desk.flow(smtp).drain()
    assert desk.states() == {"ana": READY, "iva": SENT}


async def test_a_server_that_grows_slow_does_not_keep_mails_that_wait_in_its_workers_hand(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would be taken for abandoned, and sent by somebody else as well."""
    desk = sqlite_desk
    sent: list[str] = []
    in_hand: list[int] = []

    async def send(sender: str, name: str) -> Result:
        sent.append(name)
        in_hand.append(list(desk.states().values()).count(SENDING))
        monkeypatch.setattr(workers, "QUICK", 0 if len(sent) == 4 else math.inf)
        return ACCEPTED

    names = [f"c{n}" for n in range(20)]
    desk.queue(*names)
    await desk.flow(send, connections=1).drain()
    assert (in_hand[3] > 1, in_hand[4]) == (True, 1)
    assert (len(sent), len(set(sent))) == (20, 20)
    assert {desk.row(name).attempts for name in names} == {1}


# --- when it goes ---


async def test_a_mail_queued_meanwhile_goes_when_the_flow_is_woken(
    desk: Desk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LONGEST_SLEEP", 600)
    flow = desk.flow(smtp)
    async with running(flow):
        await asyncio.sleep(0)
        desk.queue("ana")
        flow.wake("support")
        await smtp.wait_for(1, timeout=40)  # less than the flow sleeps unwoken


async def test_a_mail_of_one_mailbox_goes_when_its_time_comes_whatever_another_waits_for(
    sqlite_desk: Desk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LONGEST_SLEEP", 600)
    desk = Desk(sqlite_desk.database, WallClock())
    now = desk.clock.now()
    desk.queue("ana", next_at=now + timedelta(seconds=0.5))
    desk.queue("ivo", mailbox="sales", next_at=now + timedelta(hours=1))
    async with running(desk.flow(smtp, smtp)):
        await smtp.wait_for(1, timeout=40)  # less than the flow sleeps unwoken
    assert smtp.received[0].recipients == ("ana@kupac.example",)


async def test_per_minute_keeps_the_pace(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    at: list[datetime] = []

    async def send(sender: str, name: str) -> Result:
        at.append(desk.clock.now())
        return ACCEPTED

    desk.queue(*(f"c{n}" for n in range(5)))
    async with running(desk.flow(send, connections=1, per_minute=2)):
        while len(at) < 5:
            desk.pass_time(timedelta(seconds=1))
            await asyncio.sleep(0.001)
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(at)]
    assert min(gaps) >= 30


# --- stopping ---


async def test_a_stop_finishes_the_mail_in_hand_and_leaves_the_rest_ready(desk: Desk) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def send(sender: str, name: str) -> Result:
        begun.set()
        await go_on.wait()
        return ACCEPTED

    desk.queue(*(f"c{n}" for n in range(20)))
    flow = desk.flow(send, connections=1)
    task = asyncio.create_task(flow.run())
    await begun.wait()
    stop = asyncio.create_task(flow.stop(5))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(stop, task)
    assert sorted(desk.states().values()) == [READY] * 19 + [SENT]


async def test_a_stop_between_two_mails_of_a_handful_leaves_the_rest_as_if_untouched(desk: Desk) -> None:
    sent: list[str] = []

    async def send(sender: str, name: str) -> Result:
        sent.append(name)
        if len(sent) == 4:
            stops.append(asyncio.create_task(flow.stop(5)))
            await asyncio.sleep(0)
        return ACCEPTED

    stops: list[asyncio.Task[None]] = []
    names = [f"c{n}" for n in range(20)]
    desk.queue(*names)
    flow = desk.flow(send, connections=1)
    await flow.run()
    await stops[0]
    left = [desk.row(name) for name in names if name not in sent]
    assert {(row.state, row.attempts) for row in left} == {(READY, 0)}
    assert {desk.row(name).state for name in sent} == {SENT}


async def test_a_server_that_never_answers_cannot_hold_up_a_stop(desk: Desk, smtp: SmtpServer) -> None:
    smtp.script("BODY", Mishap.SILENCE, times=9)
    desk.queue("ana")
    flow = desk.flow(smtp)
    task = asyncio.create_task(flow.run())
    await smtp.wait_until(lambda: any(command.startswith("BODY") for command in smtp.commands))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await flow.stop(0.2)
    await task
    assert loop.time() - began < 10  # half of what the connection waits for an answer
    row = desk.row("ana")
    assert (row.state, row.next_at <= NOW + 2 * MINUTE) == (DEFERRED, True)
    assert "unknown" in (row.error or "")


async def test_a_flow_that_waits_for_its_pace_stops_at_once(sqlite_desk: Desk, smtp: SmtpServer) -> None:
    sqlite_desk.queue("ana", "ivo")
    flow = sqlite_desk.flow(smtp, per_minute=1, connections=1)
    task = asyncio.create_task(flow.run())
    await until(lambda: SENT in sqlite_desk.states().values())  # on record at once, not with the next mail
    loop = asyncio.get_running_loop()
    began = loop.time()
    await flow.stop(5)
    await task
    assert loop.time() - began < 4
    assert sorted(sqlite_desk.states().values()) == [READY, SENT]


# --- a server that is away ---


@pytest.mark.parametrize("stage", ["connect", "auth"])
async def test_a_server_that_lets_nobody_in_is_not_dialled_for_each_mail(
    sqlite_desk: Desk, stage: str
) -> None:
    """A wrong password tried a thousand times locks the account."""
    dialled: list[str] = []
    up = False

    async def send(sender: str, name: str) -> Result:
        dialled.append(name)
        return ACCEPTED if up else Result(Answer.TEMPORARY, "535 no", stage)

    names = [f"c{n}" for n in range(200)]
    sqlite_desk.queue(*names)
    async with running(sqlite_desk.flow(send)):
        for _ in range(60):  # a minute
            sqlite_desk.pass_time(timedelta(seconds=1))
            await asyncio.sleep(0.005)
        assert 1 <= len(dialled) <= 20
        up = True
        sqlite_desk.pass_time(5 * MINUTE)
        await until(lambda: READY not in sqlite_desk.states().values())


async def test_drain_does_not_wait_for_a_server_that_lets_nobody_in(
    sqlite_desk: Desk, smtp: SmtpServer
) -> None:
    smtp.script("CONNECT", "554 5.3.2 no service", times=99)
    sqlite_desk.queue(*(f"c{n}" for n in range(50)))
    await sqlite_desk.flow(smtp).drain()
    assert smtp.connections <= 4
    assert set(sqlite_desk.states().values()) == {READY, DEFERRED}


async def until(done: Callable[[], bool]) -> None:
    """Wait for what only the database shows."""
    async with asyncio.timeout(40):
        while not done():  # noqa: ASYNC110 - nobody could set an event
            await asyncio.sleep(0.01)
