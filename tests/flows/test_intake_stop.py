"""A stop in the middle of a pass: what is fetched ahead from a server that has fallen silent does not hold it up."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autoack.clock import WallClock
from autoack.core.message import Arrival
from autoack.flows.intake import Intake
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from tests import office

SOON = 2.0  # seconds of real time


class SilentAfterOne:
    """A folder whose server gives one batch, and then says nothing more."""

    mailbox, name = "support", "INBOX"

    def __init__(self) -> None:
        self.asked_again = asyncio.Event()
        self.given_up = False

    async def fetch(self, uids: Sequence[int]) -> list[Arrival]:
        if uids[0] == 1:
            return []
        self.asked_again.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up = True
            raise
        raise AssertionError


class Busy:
    """A database that is at work on the first batch."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        self.begun.set()
        await asyncio.Event().wait()


async def test_a_stop_gives_up_what_is_fetched_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autoack.flows.intake.flow.BATCH", 1)
    desk = office.settings(tmp_path).desk
    folder, database = SilentAfterOne(), Busy()
    composer = Composer(desk, Templates(None))
    intake = Intake(desk, desk.mailboxes["support"], folder, database, composer, WallClock())  # type: ignore[arg-type]
    reading = asyncio.create_task(intake.read([1, 2], 1))
    await asyncio.wait_for(asyncio.gather(folder.asked_again.wait(), database.begun.wait()), SOON)
    reading.cancel()
    done, _ = await asyncio.wait([reading], timeout=SOON)
    assert done and reading.cancelled() and folder.given_up
