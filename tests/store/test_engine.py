"""The database: private, in one piece, never in anybody's way."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from autoack.errors import AlreadyRunning, StoreError
from autoack.store import folders, meta, threads
from autoack.store.engine import Database, open_database
from tests.store.samples import NOW, thread


def count_up(conn: Connection) -> None:
    meta.put(conn, "counter", str(int(meta.get(conn, "counter") or 0) + 1))


# --- one transaction, off the loop ------------------------------------------------------------------------


def test_a_unit_that_fails_leaves_nothing_behind(database: Database) -> None:
    def half(conn: Connection) -> None:
        meta.put(conn, "half", "done")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        database.transact(half)
    assert database.read(meta.get, "half") is None


def test_units_that_read_before_they_write_lose_nothing_to_each_other(
    database: Database, database_url: str
) -> None:
    other = open_database(database_url)

    def count(where: Database) -> None:
        for _ in range(25):
            where.transact(count_up)

    both = [threading.Thread(target=count, args=(where,)) for where in (database, other)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    other.close()
    assert database.read(meta.get, "counter") == "50"


async def test_the_loop_goes_on_while_a_unit_works(database: Database) -> None:
    let_go = threading.Event()

    def work(conn: Connection) -> bool:
        return let_go.wait(timeout=10)

    unit = asyncio.ensure_future(database.run(work))
    await asyncio.sleep(0)
    assert not unit.done()
    let_go.set()
    assert await unit is True


async def test_a_cancelled_wait_does_not_break_off_the_unit(database: Database) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def work(conn: Connection) -> None:
        begun.set()
        let_go.wait(timeout=10)
        meta.put(conn, "done", "yes")

    unit = asyncio.ensure_future(database.run(work))
    await asyncio.to_thread(begun.wait, 10)
    unit.cancel()
    let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await unit
    assert await database.run(meta.get, "done") == "yes"


# --- commands beside the daemon ---------------------------------------------------------------------------


def test_a_reader_keeps_its_view_and_does_not_hold_up_the_writer(
    database: Database, database_url: str
) -> None:
    command = open_database(database_url)

    def look(conn: Connection) -> tuple[str | None, str | None]:
        before = meta.get(conn, "fact")
        database.transact(meta.put, "fact", "new")
        return before, meta.get(conn, "fact")

    database.transact(meta.put, "fact", "old")
    assert command.read(look) == ("old", "old")
    assert command.read(meta.get, "fact") == "new"
    command.close()


def test_a_writer_does_not_hold_up_a_reader(database: Database, database_url: str) -> None:
    command = open_database(database_url)

    def write(conn: Connection) -> str | None:
        meta.put(conn, "fact", "unfinished")
        return command.read(meta.get, "fact")

    assert database.transact(write) is None
    command.close()


# --- what may not get in ----------------------------------------------------------------------------------


def test_a_naive_datetime_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001  # this is what the test is about
    with pytest.raises((StatementError, ValueError), match="naive"):
        database.transact(folders.save, folders.Checkpoint("support", "INBOX", 1, 0, naive, naive))


def test_an_error_of_the_database_does_not_tell_what_customers_wrote(database: Database) -> None:
    database.transact(threads.insert, thread(subject="My card number"))
    with pytest.raises(IntegrityError) as caught:
        database.transact(threads.insert, thread(subject="My card number"))
    assert "card number" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "sqlite:///FILE"),
        ("sqlite:///:memory:", "sqlite:///FILE"),
        ("mysql://autoack:hush@db.example/autoack", "mysql database autoack on db.example will not do"),
        ("not a url: hush", "cannot be read"),
        ("postgresql://autoack:hush@db.example:port/autoack", "cannot be read"),
    ],
)
def test_a_url_that_will_not_do_is_told_without_its_password(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        open_database(url)
    assert "hush" not in f"{caught.value!r} {caught.value.__cause__!r}"


# --- SQLite files -----------------------------------------------------------------------------------------


def test_a_new_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new.db", exclusive=True)
    database.transact(lambda conn: conn.exec_driver_sql("CREATE TABLE t (a)"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.close()
    assert modes == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm", "new.db.lock"), 0o600)


def test_a_commit_is_on_disk_when_it_is_reported(sqlite_database: Database) -> None:
    full, wal = 2, "wal"
    assert sqlite_database.read(lambda c: c.exec_driver_sql("PRAGMA synchronous").scalar()) == full
    assert sqlite_database.read(lambda c: c.exec_driver_sql("PRAGMA journal_mode").scalar()) == wal


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"the folder {tmp_path}/none does not exist"):
        open_database(f"sqlite:///{tmp_path}/none/autoack.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(StoreError, match=r"letter\.txt: the file is no SQLite database"):
        database.read(meta.get, "a")
    database.close()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"{tmp_path}: is a directory"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_database_without_tables_says_what_to_do(tmp_path: Path, empty_postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path}/empty.db", empty_postgres_url):
        database = open_database(url)
        with pytest.raises(StoreError, match="autoack db upgrade"):
            database.read(meta.get, "a")
        database.close()


# --- one daemon a file ------------------------------------------------------------------------------------


def test_a_second_daemon_is_kept_off_and_a_command_is_not(sqlite_url: str) -> None:
    daemon = open_database(sqlite_url, exclusive=True)
    with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}\)"):
        open_database(sqlite_url, exclusive=True)
    command = open_database(sqlite_url)
    command.transact(meta.put, "by", "command")
    assert daemon.read(meta.get, "by") == "command"
    command.close()
    daemon.close()
    open_database(sqlite_url, exclusive=True).close()


def test_a_killed_daemon_leaves_no_lock(sqlite_url: str) -> None:
    program = (
        "import sys, time\n"
        "from autoack.store.engine import open_database\n"
        "held = open_database(sys.argv[1], exclusive=True)\n"
        "print('held', flush=True)\n"
        "time.sleep(60)\n"
    )
    daemon = subprocess.Popen([sys.executable, "-c", program, sqlite_url], stdout=subprocess.PIPE)
    with daemon:
        assert daemon.stdout
        assert daemon.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning, match=rf"process {daemon.pid}\)"):
            open_database(sqlite_url, exclusive=True)
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
    open_database(sqlite_url, exclusive=True).close()


# --- PostgreSQL -------------------------------------------------------------------------------------------


def test_a_missing_driver_is_told_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'autoack\[postgresql\]'"):
        open_database("postgresql://db.example/autoack")


def test_a_server_that_cannot_be_reached_is_told_without_the_password() -> None:
    database = open_database("postgresql://autoack:hush@127.0.0.1:1/autoack")
    with pytest.raises(StoreError, match=r"database autoack on 127\.0\.0\.1: .*refused") as caught:
        database.read(meta.get, "a")
    database.close()
    assert "hush" not in str(caught.value)


def test_times_come_back_as_the_same_moment_in_utc(database: Database) -> None:
    database.transact(threads.insert, thread())
    kept = database.read(threads.by_ref, "AA-1111-1111")
    assert kept is not None
    assert kept.waiting_since == NOW
    assert str(kept.waiting_since.tzinfo) == "UTC"
