"""`autoack db`."""

from pathlib import Path

from click.testing import CliRunner

from autoack.cli.database import db
from autoack.errors import CheckFailed


def test_upgrade_makes_the_database_and_says_so_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/autoack.db"
    first = CliRunner().invoke(db, ["upgrade", "--url", url], catch_exceptions=False)
    second = CliRunner().invoke(db, ["upgrade", "--url", url], catch_exceptions=False)
    done = first.output.splitlines()
    assert done[0] == "done: 0001 The first tables."
    assert [line[:10] for line in done] == [f"done: {n:04}" for n in range(1, len(done) + 1)]
    assert second.output == "The database is up to date.\n"


def test_check_holds_after_upgrade(database_url: str) -> None:
    done = CliRunner().invoke(db, ["check", "--url", database_url], catch_exceptions=False)
    assert done.output == "The database is up to date.\n"


def test_check_fails_in_one_line_where_a_migration_is_pending(tmp_path: Path) -> None:
    done = CliRunner().invoke(db, ["check", "--url", f"sqlite:///{tmp_path}/autoack.db"])
    assert isinstance(done.exception, CheckFailed)
    assert "0001 The first tables." in str(done.exception)
    assert "\n" not in str(done.exception)


def test_check_fails_where_the_tables_differ(database_url: str) -> None:
    from autoack.store.engine import open_database

    database = open_database(database_url)
    database.transact(lambda conn: conn.exec_driver_sql("ALTER TABLE threads ADD COLUMN colour TEXT"))
    database.close()
    done = CliRunner().invoke(db, ["check", "--url", database_url])
    assert isinstance(done.exception, CheckFailed)
    assert "colour" in str(done.exception)
    assert "\n" not in str(done.exception)
