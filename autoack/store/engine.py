"""Opens the database and runs units of work in it, each in one transaction.

SQLite, in WAL: `transact` begins with BEGIN IMMEDIATE, so that a unit that reads before it writes never meets
"database is locked" half way; `read` is deferred and blocks nobody. PostgreSQL: REPEATABLE READ, and a unit
that lost a race is run again, so that on both databases each unit works as if it were alone.

synchronous=FULL: a commit that was reported survives a power cut: no receipt is sent whose row is lost. Measured,
a batch of 200 mails takes as long as with NORMAL; a single commit 0.7 ms, on a busy disk 4, instead of 0.5 ms.
"""

import asyncio
import fcntl
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from autoack.errors import AlreadyRunning, StoreError

P = ParamSpec("P")
T = TypeVar("T")

_BUSY_SECONDS = 10  # how long a unit waits for others to finish theirs
_STATEMENT_SECONDS = 60
_CONNECT_SECONDS = 10
_LOST_RACE = ("40001", "40P01")  # SQLSTATE: serialization failure, deadlock


class Database:
    """The open database. `transact` and `read` block; `run` does not."""

    def __init__(self, engine: Engine, lock: "FileLock | None" = None) -> None:
        self._engine = engine
        self._lock = lock
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="store")

    def __repr__(self) -> str:
        return f"Database({describe(self._engine.url)})"

    @property
    def shared(self) -> bool:
        """Whether other daemons may use it too; an SQLite file is one daemon's alone."""
        return self._engine.dialect.name != "sqlite"

    @property
    def rehearsing(self) -> bool:
        """Whether this is a dry run."""
        return bool(self._engine.get_execution_options().get("rehearsal"))

    def rehearse(self) -> None:
        """From now on what is queued through this object is on record as not sent (`autoack run --dry-run`)."""
        self._engine.update_execution_options(rehearsal=True)

    def transact(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work(conn, …)` in one transaction: committed when it returns, rolled back when it raises.

        On PostgreSQL `work` may be run again from its start, so it must do nothing but talk to the database.
        Raises StoreError where the database cannot be used.
        """
        give_up_at = time.monotonic() + _BUSY_SECONDS
        pause = 0.001
        while True:
            try:
                with self._engine.begin() as conn:
                    return work(conn, *args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _LOST_RACE or time.monotonic() > give_up_at:
                    _explain(self._engine.url, error)
                    raise
            time.sleep(pause)  # of two that race, one wins: the other need only go on trying
            pause = min(2 * pause, 0.05)

    def read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work(conn, …)` on one unchanging view of the database; it takes no lock that others wait for.

        Raises StoreError where the database cannot be used.
        """
        try:
            with self._engine.connect() as conn:
                options = {"sqlite_begin": "BEGIN"} if is_sqlite(conn) else {"postgresql_readonly": True}
                with conn.execution_options(**options).begin():
                    return work(conn, *args, **kwargs)
        except DBAPIError as error:
            _explain(self._engine.url, error)
            raise

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `transact`, in the database's own thread. If the waiter is cancelled, the work goes on."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: self.transact(work, *args, **kwargs))

    def close(self) -> None:
        """Finish what is running, close the connections, give back the lock."""
        self._executor.shutdown(wait=True)
        self._engine.dispose()
        if self._lock:
            self._lock.release()


def open_database(url: str, *, exclusive: bool = False, migrating: bool = False) -> Database:
    """Open the database behind `url` (sqlite:///FILE or postgresql://…).

    `exclusive` keeps a second daemon off an SQLite file, but not the commands; PostgreSQL serves many.
    `migrating` is for migrate.py: foreign keys are off on SQLite, since a table that is rebuilt would take
    its children along; statements may take long, and see what another daemon has just migrated.
    Raises StoreError (AlreadyRunning where the lock is held).
    """
    parsed = parse_url(url)
    lock = None
    if parsed.get_backend_name() == "sqlite":
        path = sqlite_path(parsed)
        lock = FileLock(path) if exclusive else None
        _create_private(path)
    return Database(_engine(parsed, migrating), lock)


def parse_url(url: str) -> URL:
    """The URL with the driver that we use. Raises StoreError where it is of no kind that we know."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise StoreError(
            "database.url cannot be read; use sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite")
    raise StoreError(
        f"database.url: {describe(parsed)} will not do; use sqlite:///FILE or postgresql://USER@HOST/NAME"
    )


def _engine(url: URL, migrating: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, foreign_keys=not migrating)
    timeout = 0 if migrating else _STATEMENT_SECONDS * 1000
    try:
        return create_engine(
            url,
            hide_parameters=True,  # customers' words stay out of errors and logs
            isolation_level="READ COMMITTED" if migrating else "REPEATABLE READ",
            pool_size=2,
            max_overflow=2,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _CONNECT_SECONDS,
                "application_name": "autoack",
                "options": f"-c statement_timeout={timeout} -c timezone=UTC",
            },
        )
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs its driver, which is not installed: pip install 'autoack[postgresql]'"
        ) from error


def sqlite_path(url: URL) -> Path:
    """The file of an SQLite URL."""
    return Path(url.database or "").absolute()


def describe(url: URL) -> str:
    """Which database it is, without secrets."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite file {url.database or ':memory:'}"
    return f"{url.get_backend_name()} database {url.database} on {url.host or 'the local socket'}"


class FileLock:
    """The lock beside an SQLite file that one daemon holds. The kernel drops it when the process ends."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(_unopenable(path, error)) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._fd)
            raise AlreadyRunning(
                f"another autoack (process {holder}) runs on {database}; stop it first, "
                "or give this one a database of its own"
            ) from error
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would open a race."""
        os.close(self._fd)


def _sqlite(url: URL, *, foreign_keys: bool) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS}
    )

    def prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    def begin(conn: Connection) -> None:
        conn.exec_driver_sql(conn.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"))

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def is_sqlite(conn: Connection) -> bool:
    """Whether this is SQLite, where one process writes at a time."""
    return conn.dialect.name == "sqlite"


def is_rehearsal(conn: Connection) -> bool:
    """Whether nothing may go out of what is queued here (`Database.rehearse`)."""
    return bool(conn.get_execution_options().get("rehearsal"))


def _create_private(path: Path) -> None:
    """Make the file, for its owner only (SQLite gives its -wal and -shm the same mode)."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(_unopenable(path, error)) from error


def _unopenable(path: Path, error: OSError) -> str:
    reason = (error.strerror or "it cannot be opened").lower()
    if not path.parent.is_dir():
        return f"{path}: the folder {path.parent} does not exist; create it, or correct database.url"
    return f"{path}: {reason}; let the user that runs autoack write the file and its folder {path.parent}"


_MENDS = {  # what the driver says → what to do; both drivers' words, which are not translated
    "no such table": "its tables are missing or old: autoack db upgrade",
    "no such column": "its tables are missing or old: autoack db upgrade",
    "database is locked": f"another process has kept it locked for {_BUSY_SECONDS} s: end that one",
    "unable to open": "it cannot be opened: look at the permissions of the file and its folder",
    "readonly": "it cannot be written: let the user that runs autoack write the file and its folder",
    "disk is full": "the disk is full: make room",
    "not a database": "the file is no SQLite database: correct database.url",
    "malformed": "the file is damaged: restore it from a backup",
    "undefinedtable": "its tables are missing or old: autoack db upgrade",
    "undefinedcolumn": "its tables are missing or old: autoack db upgrade",
    "querycanceled": f"a statement took longer than {_STATEMENT_SECONDS} s and was ended",
}


def _explain(url: URL, error: DBAPIError) -> None:
    """Raise the error as ops can use it. One that is our own fault is left to the caller."""
    said = f"{type(error.orig).__name__}: {error.orig}"
    for words, mend in _MENDS.items():
        if words in said.lower():
            raise StoreError(f"{describe(url)}: {mend}") from error
    if isinstance(error, OperationalError) or error.connection_invalidated:
        raise StoreError(f"{describe(url)}: {' '.join(str(error.orig).split())}") from error
