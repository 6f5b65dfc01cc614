"""What a rating page shows, and that only a vote with a token that holds is recorded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autoack.core import feedback
from autoack.core.feedback import Void, Vote
from autoack.core.thread import State, Thread
from autoack.flows.feedback import Feedback, Page
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.store import meta, ratings, threads
from autoack.store.engine import Database
from tests import office

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REF = "AA-1111-1111"


class Room:
    """The sample office, and a thread of Ivan's that iva has answered and that is closed."""

    def __init__(self, folder: Path, database: Database) -> None:
        settings = office.settings(folder)
        self.database = database
        self.feedback = Feedback(settings.desk, database, Composer(settings.desk, Templates(None)))
        made = Thread(
            ref=REF,
            mailbox="support",
            subject="Narudžba",
            customer_address="ivan.horvat@kupac.example",
            customer_name="Ivan Horvat",
            honorific=None,
            language="hr",
            state=State.CLOSED,
            created_at=NOW,
            wait=1,
            answered_at=NOW,
            answered_by="iva",
            closed_at=NOW,
        )
        database.transact(threads.insert, made)
        self.token = feedback.token(database.read(meta.installation), REF, NOW)

    def vote(self) -> Vote | None:
        return self.database.read(ratings.get, REF)


@pytest.fixture
def room(tmp_path: Path, database: Database) -> Room:
    return Room(tmp_path, database)


async def test_a_look_tells_what_the_page_needs_and_records_nothing(room: Room) -> None:
    for _ in range(3):
        page = await room.feedback.look(room.token, NOW)
        assert isinstance(page, Page)
        assert (page.ref, page.language, page.subject) == (REF, "hr", "Narudžba")
        assert (page.mailbox.id, page.vote) == ("support", None)
        assert page.ends_at == NOW + feedback.LASTS
    assert room.vote() is None


async def test_a_vote_is_recorded_and_can_be_changed(room: Room) -> None:
    page = await room.feedback.rate(room.token, 4, "Brzo.", NOW)
    assert isinstance(page, Page)
    assert page.vote == Vote(4, "Brzo.", "web", NOW)
    later = NOW + timedelta(days=1)
    page = await room.feedback.rate(room.token, 5, "", later)
    assert isinstance(page, Page)
    assert page.vote == room.vote() == Vote(5, "", "web", later)


async def test_a_token_that_does_not_hold_records_nothing(room: Room) -> None:
    for token, at, why in (
        ("AA-1111-1111.0000000000000000000000", NOW, Void.UNKNOWN),
        (room.token, NOW + feedback.LASTS, Void.EXPIRED),
    ):
        assert await room.feedback.look(token, at) is why
        assert await room.feedback.rate(token, 5, "", at) is why
    assert room.vote() is None


async def test_a_thread_that_is_no_more_has_no_page(room: Room) -> None:
    token = feedback.token(room.database.read(meta.installation), "AA-2222-2222", NOW)
    assert await room.feedback.rate(token, 5, "", NOW) is Void.UNKNOWN


async def test_no_other_number_is_a_rating(room: Room) -> None:
    with pytest.raises(ValueError, match="no rating"):
        await room.feedback.rate(room.token, 6, "", NOW)
