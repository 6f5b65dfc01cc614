"""Migrations bring a database to the form that tables.py describes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from autoack.errors import StoreError
from autoack.store import meta, migrate
from autoack.store.engine import Database, open_database
from tests.store.samples import NOW

MIGRATIONS = [
    "0001 The first tables.",
    "0002 What threads are found by: references, Gmail's threads, whom the team wrote to.",
    "0003 What rules set for threads: channel, phone number, policy, whom to tell at once.",
    "0004 Drafts of answers laid in the team's folders; customers' ratings.",
]


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def execute(database: Database, statement: str) -> None:
    database.transact(lambda conn: conn.exec_driver_sql(statement))


@pytest.fixture
def upgraded(empty_url: str) -> Iterator[Database]:
    migrate.upgrade(empty_url, NOW)
    database = open_database(empty_url)
    yield database
    database.close()


def test_from_nothing_they_make_what_tables_py_describes(empty_url: str) -> None:
    assert migrate.pending(empty_url) == MIGRATIONS
    assert migrate.upgrade(empty_url, NOW) == MIGRATIONS
    assert migrate.pending(empty_url) == []
    assert migrate.check(empty_url) == []


def test_a_second_run_changes_nothing(empty_url: str, upgraded: Database) -> None:
    first = upgraded.read(meta.installation)
    assert migrate.upgrade(empty_url, NOW + timedelta(days=1)) == []
    assert upgraded.read(meta.created_at) == NOW
    assert upgraded.read(meta.installation) == first


def test_each_installation_has_its_own_id(upgraded: Database, database: Database) -> None:
    assert len(upgraded.read(meta.installation)) == 32
    assert upgraded.read(meta.installation) != database.read(meta.installation)


def test_daemons_that_start_at_the_same_moment_wait_for_one_another(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as daemons:
        done = list(daemons.map(lambda _: migrate.upgrade(empty_url, NOW), range(4)))
    assert sorted(done) == [[], [], [], MIGRATIONS]


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        ("ALTER TABLE threads ADD COLUMN colour TEXT", "colour"),
        ("DROP INDEX ix_threads_due", "ix_threads_due"),
        ("DROP TABLE leases", "leases"),
    ],
)
def test_a_database_that_differs_is_told(empty_url: str, upgraded: Database, damage: str, seen: str) -> None:
    execute(upgraded, damage)
    [difference] = migrate.check(empty_url)
    assert seen in difference


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str, upgraded: Database) -> None:
    execute(upgraded, "UPDATE alembic_version SET version_num = '9999'")
    for question in (migrate.pending, lambda url: migrate.upgrade(url, NOW)):
        with pytest.raises(StoreError, match=r"migration 9999, .* newer autoack"):
            question(empty_url)


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(conn: Connection, key: str, value: str) -> bool:
        raise RuntimeError("power cut")

    monkeypatch.setattr(meta, "put_new", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate.upgrade(empty_url, NOW)
    assert migrate.pending(empty_url) == MIGRATIONS
    monkeypatch.undo()
    migrate.upgrade(empty_url, NOW)
    assert migrate.check(empty_url) == []


def test_asking_what_is_pending_makes_no_file(tmp_path: Path) -> None:
    assert migrate.pending(f"sqlite:///{tmp_path}/none.db") == MIGRATIONS
    assert list(tmp_path.iterdir()) == []
