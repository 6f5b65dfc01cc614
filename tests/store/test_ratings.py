"""One vote a thread holds; each is told in the timeline, and its words go when their time is over."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from autoack.core.feedback import MOST_VOTES, Vote, Voted
from autoack.store import ratings, retention, threads
from autoack.store.engine import Database
from tests.store.samples import HOUR, IVA, NOW, thread

REF = "AA-1111-1111"


@pytest.fixture
def rated(database: Database) -> Database:
    """Iva's thread, rated once with words and then changed."""
    database.transact(threads.insert, thread())
    database.transact(ratings.vote, REF, 2, "Sporo.", "web", NOW)
    database.transact(ratings.vote, REF, 4, "Ipak dobro.\0", "mail", NOW + HOUR)
    return database


def told(database: Database) -> list[tuple[str | None, str, str | None]]:
    timeline = database.read(threads.timeline, REF)
    return [(event.who, event.detail, event.reason) for event in timeline if event.what == "rated"]


def test_the_last_vote_holds_and_each_is_told(rated: Database) -> None:
    assert rated.read(ratings.get, REF) == Vote(4, "Ipak dobro.", "mail", NOW + HOUR)
    assert told(rated) == [
        (IVA.address, "2 of 5: Sporo.", "web"),
        (IVA.address, "4 of 5: Ipak dobro.", "mail"),
    ]


def test_a_mail_that_is_read_late_is_not_the_last_word(rated: Database) -> None:
    def late(conn: Connection) -> Voted | None:
        return ratings.vote(conn, REF, 1, "", "mail", NOW + 2 * HOUR, written_at=NOW + HOUR / 2)

    assert rated.transact(late) is None
    assert rated.read(ratings.get, REF) == Vote(4, "Ipak dobro.", "mail", NOW + HOUR)


def test_a_vote_that_says_nothing_new_changes_nothing(rated: Database) -> None:
    again = rated.transact(ratings.vote, REF, 4, "Ipak dobro.", "web", NOW + 2 * HOUR)
    assert again is None
    assert len(told(rated)) == 2


def test_whoever_never_stops_changing_their_mind_does_not_fill_the_database(rated: Database) -> None:
    for number in range(2, MOST_VOTES):
        assert rated.transact(ratings.vote, REF, 5, f"{number}", "web", NOW + HOUR) is not None
    held = rated.read(ratings.get, REF)
    assert rated.transact(ratings.vote, REF, 1, "", "web", NOW + 2 * HOUR) is None
    assert rated.read(ratings.get, REF) == held
    assert len(told(rated)) == MOST_VOTES


def test_a_thread_that_is_no_more_takes_none(database: Database) -> None:
    assert database.transact(ratings.vote, REF, 4, "", "web", NOW) is None
    assert database.read(ratings.get, REF) is None


def test_words_are_forgotten_the_stars_stay(rated: Database) -> None:
    assert rated.transact(retention.empty_ratings, NOW + timedelta(minutes=1), 10) == 1
    assert [detail for _, detail, _ in told(rated)] == ["2 of 5", "4 of 5: Ipak dobro."]
    assert rated.transact(retention.empty_ratings, NOW + 2 * HOUR, 10) == 2
    assert [detail for _, detail, _ in told(rated)] == ["2 of 5", "4 of 5"]
    assert rated.read(ratings.get, REF) == Vote(4, "", "mail", NOW + HOUR)
    assert rated.transact(retention.empty_ratings, NOW + 2 * HOUR, 10) == 0


def test_a_rating_goes_with_its_thread(database: Database) -> None:
    database.transact(threads.insert, thread(clock=False))
    database.transact(ratings.vote, REF, 1, "", "web", NOW)
    assert database.transact(retention.delete_threads, NOW + timedelta(days=800), 10) == 1
    assert database.read(ratings.get, REF) is None
