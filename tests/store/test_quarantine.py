"""Quarantine: what could not be taken in stays in sight."""

from autoack.core.message import Place
from autoack.store import quarantine
from autoack.store.engine import Database
from tests.store.samples import HOUR, NOW

FIRST, SECOND = Place("support", "INBOX", 1, 10), Place("support", "INBOX", 1, 11)


def put_both(database: Database) -> list[int]:
    database.transact(quarantine.put, FIRST, NOW, "charset", "The subject names the charset x-unknown.")
    database.transact(quarantine.put, SECOND, NOW + HOUR, "depth", "Its parts are nested 600 deep.")
    return [kept.id for kept in database.read(quarantine.listing)]


def test_it_tells_where_the_mail_lies_and_why(database: Database) -> None:
    put_both(database)
    first, second = database.read(quarantine.listing)
    assert (first.place, first.at, first.reason, first.retry) == (FIRST, NOW, "charset", False)
    assert (second.place, second.because) == (SECOND, "Its parts are nested 600 deep.")


def test_what_is_asked_for_again_is_tried_in_its_own_folder_only(database: Database) -> None:
    _, second = put_both(database)
    assert database.transact(quarantine.ask_retry, [second]) == 1
    assert database.read(quarantine.retries, "support", "INBOX", 1) == [11]
    assert database.read(quarantine.retries, "support", "INBOX", 2) == []
    assert database.read(quarantine.retries, "support", "Sent", 1) == []


def test_all_may_be_asked_for_at_once(database: Database) -> None:
    put_both(database)
    assert database.transact(quarantine.ask_retry) == 2
    assert database.read(quarantine.retries, "support", "INBOX", 1) == [10, 11]


def test_a_mail_that_fails_again_waits_with_its_new_reason(database: Database) -> None:
    put_both(database)
    database.transact(quarantine.ask_retry)
    database.transact(quarantine.put, FIRST, NOW + 2 * HOUR, "error", "LookupError")
    assert database.read(quarantine.retries, "support", "INBOX", 1) == [11]
    assert [kept.reason for kept in database.read(quarantine.listing)] == ["depth", "error"]


def test_a_mail_that_was_taken_in_leaves_it(database: Database) -> None:
    put_both(database)
    database.transact(quarantine.remove, FIRST)
    assert [kept.place for kept in database.read(quarantine.listing)] == [SECOND]
