"""Keeping a folder watched: what happens in which order, and when the server does not do its part."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from autoack.errors import LoginRefused, MailboxError, StoreError
from autoack.flows.watch import Watch

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DOWN = MailboxError("imap.primjer.example:993: connection refused")
MISSING = MailboxError("imap.primjer.example:993: the folder INBOX cannot be opened", permanent=True)
REFUSED = LoginRefused("imap.primjer.example:993: login refused", permanent=True)
Fault = Exception | None


class EnoughError(BaseException):
    """The script is at its end: it ends the watch, as a cancellation does."""


class Scripted:
    """Folder, intake and clock in one: each pass over the folder fails as the list says, then the script ends.

    Sleeping passes the clock's time at once. `seen` is what happened, in order.
    """

    mailbox, name = "support", "INBOX"

    def __init__(self, passes: Sequence[Fault], *, begins: Sequence[Fault] = ()) -> None:
        self._passes = list(passes)
        self._begins = list(begins)
        self.seen: list[str] = []
        self.slept: list[float] = []
        self.alerts: list[tuple[datetime, str]] = []
        self._now = NOW

    # the clock
    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self.slept.append(seconds)

    def real_seconds(self, seconds: float) -> float:
        return seconds

    # the intake
    async def begin(self) -> None:
        self.seen.append("begin")
        if self._begins and (fault := self._begins.pop(0)):
            raise fault

    async def catch_up(self) -> None:
        if not self._passes:
            raise EnoughError
        self.seen.append("catch up")
        if fault := self._passes.pop(0):
            raise fault

    async def look_at_flags(self) -> int:
        self.seen.append("flags")
        return 0

    # the comparison
    async def step(self) -> int:
        self.seen.append("compare")
        return 0

    # the folder
    async def wait(self, seconds: float) -> None:
        self.seen.append(f"wait {seconds:g}")

    async def close(self) -> None:
        self.seen.append("close")

    # who is alerted
    async def unreachable(self, mailbox: str, folder: str, since: datetime, why: str) -> None:
        self.alerts.append((since, why))

    def watch(self) -> Watch:
        return Watch(
            self,
            self,
            self,
            self,
            poll=timedelta(seconds=60),
            unreachable_after=timedelta(minutes=5),
            unreachable=self.unreachable,
        )


async def play(script: Scripted, after: Sequence[asyncio.Event] = ()) -> Watch:
    """Watch until the script ends."""
    watch = script.watch()
    with pytest.raises(EnoughError):
        await watch.run(after)
    return watch


async def test_a_folder_is_read_to_its_end_then_its_flags_then_waited_for() -> None:
    script = Scripted([None, None])
    watch = await play(script)
    assert script.seen == ["begin", *["catch up", "flags", "compare", "wait 60"] * 2, "close"]
    assert watch.watching.is_set()
    assert watch.in_step.is_set()


async def test_a_sent_folder_is_watched_at_once_and_read_when_the_customers_mails_have_been() -> None:
    script = Scripted([None])
    inbox_in_step = asyncio.Event()
    watch = script.watch()
    watching = asyncio.create_task(watch.run([inbox_in_step]))
    await watch.watching.wait()
    assert script.seen == ["begin"]
    inbox_in_step.set()
    with pytest.raises(EnoughError):
        await watching
    assert "catch up" in script.seen


async def test_a_sent_folder_does_not_wait_for_an_inbox_that_only_a_person_can_mend() -> None:
    inbox = await play(Scripted([], begins=[DOWN]))
    assert not inbox.in_step.is_set()
    inbox = await play(Scripted([], begins=[REFUSED]))
    assert inbox.in_step.is_set()


async def test_a_sent_folder_waits_for_no_inbox_that_a_fault_of_our_own_keeps_from_being_read() -> None:
    """Else no answer of the team is ever seen."""
    assert (await play(Scripted([RuntimeError("a bug")]))).in_step.is_set()
    for passing in (DOWN, StoreError("the database is away")):
        assert not (await play(Scripted([passing]))).in_step.is_set()


async def test_after_a_failure_it_connects_anew_with_growing_pauses_up_to_a_minute() -> None:
    script = Scripted([DOWN] * 9)
    await play(script)
    assert script.slept == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert script.seen.count("close") == 10


async def test_a_success_begins_the_pauses_anew() -> None:
    script = Scripted([DOWN, DOWN, None, DOWN])
    await play(script)
    assert script.slept == [1, 2, 1]


async def test_what_only_a_person_can_mend_is_tried_once_a_minute() -> None:
    script = Scripted([MISSING] * 3)
    await play(script)
    assert script.slept == [60, 60, 60]


async def test_a_refused_log_in_is_tried_so_seldom_that_no_account_is_locked() -> None:
    script = Scripted([REFUSED] * 7 + [None, REFUSED])
    await play(script)
    assert script.slept == [60, 120, 240, 480, 900, 900, 900, 60]


async def test_a_fault_of_our_own_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    script = Scripted([ZeroDivisionError("a fault of ours"), None])
    await play(script)
    assert script.seen[-3:] == ["compare", "wait 60", "close"]
    assert "watching failed" in caplog.messages


async def test_it_is_not_watching_before_the_folder_could_be_opened() -> None:
    script = Scripted([], begins=[DOWN, DOWN])
    watch = script.watch()
    assert not watch.watching.is_set()
    with pytest.raises(EnoughError):
        await watch.run()
    assert script.seen.count("begin") == 3
    assert watch.watching.is_set()


async def test_an_outage_is_told_once_when_it_has_lasted_long_enough() -> None:
    script = Scripted([DOWN] * 15)
    await play(script)
    assert script.alerts == [(NOW, str(DOWN))]
    assert script.now() - NOW > timedelta(minutes=5)


async def test_a_short_outage_is_told_to_nobody() -> None:
    script = Scripted([DOWN] * 5 + [None])
    await play(script)
    assert script.alerts == []


async def test_the_next_outage_is_told_anew(caplog: pytest.LogCaptureFixture) -> None:
    script = Scripted([*[DOWN] * 12, None, *[DOWN] * 12])
    with caplog.at_level("INFO"):
        await play(script)
    assert len(script.alerts) == 2
    assert "reachable again" in caplog.messages


async def test_an_alert_that_cannot_be_queued_does_not_end_the_watch(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("the disk is full")

    script = Scripted([DOWN] * 12 + [None])
    monkeypatch.setattr(script, "unreachable", broken)
    await play(script)
    assert "the alert could not be queued" in caplog.messages
    assert script.seen[-2] == "wait 60"


async def test_a_watch_that_is_cancelled_takes_leave_of_the_server() -> None:
    script = Scripted([None])
    watch = script.watch()
    task = asyncio.create_task(watch.run([asyncio.Event()]))
    await watch.watching.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert script.seen == ["begin", "close"]


async def test_one_pass_fails_as_its_server_does_and_closes_the_connection() -> None:
    script = Scripted([DOWN])
    with pytest.raises(MailboxError):
        await script.watch().once_and_close()
    assert script.seen == ["begin", "catch up", "close"]
