"""Databases for tests: a private PostgreSQL on loopback for the session, SQLite files, and both by parameter.

Each test gets a database of its own, copied from one that was migrated once.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from autoack.store import migrate
from autoack.store.engine import Database, open_database
from tests.servers.memory import fast_place

MIGRATED_AT = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
_USER = "autoack"
_TEMPLATE = "migrated"


class PostgresServer:
    """A PostgreSQL server of our own, from Debian's packages, in a temp folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs = _programs()
        self._made = 0
        self._as_whom = ["setpriv", "--pdeathsig=INT"]  # a test run that is killed leaves no server behind
        if os.geteuid() == 0:  # initdb and postgres refuse to run as root
            shutil.chown(folder, "postgres", "postgres")
            self._as_whom += ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._run("initdb", "-D", "data", "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.port = _free_port()
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            self._command("postgres", "-D", "data", "-F", "-h", "127.0.0.1", "-p", str(self.port), "-k", ""),
            cwd=folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def start(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + 30
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail("PostgreSQL did not start:\n" + (self._folder / "log").read_text()[-2000:])
                time.sleep(0.05)
            else:
                return

    def create(self, template: str = "template1") -> str:
        """A new database; returns its URL."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def url(self, name: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5) as conn:
            conn.execute(statement)

    def stop(self) -> None:
        """Shut it down at once, whoever is connected."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)
        self._log.close()

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [*self._as_whom, str(self._programs / program), *arguments]

    def _run(self, program: str, *arguments: str) -> None:
        command = self._command(program, *arguments)
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(f"{program} failed:\n{done.stdout}{done.stderr}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The session's server. Its absence fails the tests that need it: they are not skipped."""
    folder = Path(tempfile.mkdtemp(prefix="autoack-postgres-", dir=fast_place()))
    server = PostgresServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_server: PostgresServer) -> str:
    postgres_server.execute(f'CREATE DATABASE "{_TEMPLATE}"')
    migrate.upgrade(postgres_server.url(_TEMPLATE), MIGRATED_AT)
    return _TEMPLATE


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate.upgrade(f"sqlite:///{path}", MIGRATED_AT)
    return path


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database with nothing in it."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, _migrated_postgres: str) -> Iterator[str]:
    """A migrated PostgreSQL database."""
    url = postgres_server.create(_migrated_postgres)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_sqlite: Path) -> str:
    """A migrated SQLite file."""
    path = shutil.copy(_migrated_sqlite, tmp_path / "autoack.db")
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database, open."""
    database = open_database(sqlite_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind: the test runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database of each kind, open: the test runs on both."""
    database = open_database(database_url)
    yield database
    database.close()


def _programs() -> Path:
    """The newest of Debian's PostgreSQL servers."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        pytest.fail("PostgreSQL is missing: apt-get install postgresql")
    return found[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
