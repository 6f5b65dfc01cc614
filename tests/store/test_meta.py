"""Facts about the installation."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from autoack.errors import StoreError
from autoack.store import meta
from autoack.store.engine import Database
from tests.servers.postgres import MIGRATED_AT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_fact_is_what_was_put_last(database: Database) -> None:
    database.transact(meta.put, "null-sender:smtp.example", "refused")
    database.transact(meta.put, "null-sender:smtp.example", "taken")
    assert database.read(meta.get, "null-sender:smtp.example") == "taken"


def test_a_fact_that_is_removed_is_gone(database: Database) -> None:
    database.transact(meta.put, "a", "1")
    database.transact(meta.remove, "a")
    assert database.read(meta.get, "a") is None


def test_put_new_keeps_what_is_there(database: Database) -> None:
    assert database.transact(meta.put_new, "a", "1") is True
    assert database.transact(meta.put_new, "a", "2") is False
    assert database.read(meta.get, "a") == "1"


def test_the_database_knows_when_it_was_made(database: Database) -> None:
    assert database.read(meta.created_at) == MIGRATED_AT


def test_a_database_that_was_never_set_up_says_what_to_do(database: Database) -> None:
    database.transact(meta.remove, "installation")
    with pytest.raises(StoreError, match="autoack db upgrade"):
        database.read(meta.installation)


def test_pausing_twice_keeps_the_first_time_and_one_resume_ends_it(database: Database) -> None:
    zagreb = timezone(timedelta(hours=1))
    database.transact(meta.pause, "support", datetime(2026, 11, 23, 10, 0, tzinfo=zagreb))
    database.transact(meta.pause, "support", NOW + timedelta(hours=1))
    assert database.read(meta.get, "paused:support") == "2026-11-23T09:00:00+00:00"
    database.transact(meta.pause, "sales_100%", NOW)
    assert database.read(meta.paused) == {"support", "sales_100%"}
    database.transact(meta.resume, "support")
    assert database.read(meta.paused) == {"sales_100%"}
