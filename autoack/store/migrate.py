"""Brings the database to the form that this version needs, and tells whether it has it.

The migrations are in the package once it is installed (autoack/migrations) and beside it in a checkout. There
is no alembic.ini: env.py gets its connection from here. Alembic is imported where it is used; it is slow.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from autoack.errors import StoreError
from autoack.store import engine, meta
from autoack.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

_ONE_AT_A_TIME = 0x6175746F61636B  # PostgreSQL advisory lock: "autoack"


def upgrade(url: str, now: datetime) -> list[str]:
    """Run the migrations that are pending, in one transaction; return them, the oldest first.

    The first run notes when the database was made, and gives the installation its random id. Daemons that
    start at the same moment wait for one another. Raises StoreError.
    """
    database = engine.open_database(url, migrating=True)
    try:
        return database.transact(_upgrade, now)
    finally:
        database.close()


def pending(url: str) -> list[str]:
    """The migrations that are yet to run, "0001 what it does", the oldest first. Raises StoreError."""
    parsed = engine.parse_url(url)
    if parsed.get_backend_name() == "sqlite" and not engine.sqlite_path(parsed).exists():
        return _after(None)
    return _look(url, lambda conn: _after(_revision(conn)))


def check(url: str) -> list[str]:
    """How the database differs from tables.py, a line each; empty where it does not. Raises StoreError."""
    return _look(url, _differences)


def _look(url: str, question: Callable[[Connection], list[str]]) -> list[str]:
    database = engine.open_database(url)
    try:
        return database.read(question)
    finally:
        database.close()


def _upgrade(conn: Connection, now: datetime) -> list[str]:
    from alembic import command  # noqa: PLC0415  # slow to load

    if not engine.is_sqlite(conn):
        conn.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    todo = _after(_revision(conn))
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    if engine.is_sqlite(conn) and (broken := conn.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise StoreError(
            f"the migration would leave {len(broken)} rows without their thread; nothing was changed"
        )
    meta.put_new(conn, "created_at", now.astimezone(UTC).isoformat())
    meta.put_new(conn, "installation", secrets.token_hex(16))
    return todo


def _differences(conn: Connection) -> list[str]:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # slow to load
    from alembic.migration import MigrationContext  # noqa: PLC0415  # slow to load

    context = MigrationContext.configure(conn, opts={"compare_type": True})
    return [_told(difference) for difference in compare_metadata(context, metadata)]


def _told(difference: Any) -> str:
    """One difference in a line: alembic gives tuples, and lists of them for changed columns."""
    if isinstance(difference, list):
        return "; ".join(_told(part) for part in difference)
    return " ".join(str(part) for part in difference if part is not None)


def _revision(conn: Connection) -> str | None:
    """The migration that the database is at; None where it is empty."""
    from alembic.migration import MigrationContext  # noqa: PLC0415  # slow to load

    return MigrationContext.configure(conn).get_current_revision()


def _after(revision: str | None) -> list[str]:
    """The migrations that follow `revision`, the oldest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # slow to load

    scripts = list(ScriptDirectory.from_config(_config()).walk_revisions())  # the newest first
    known = [script.revision for script in scripts]
    if revision is not None and revision not in known:
        raise StoreError(
            f"the database is at migration {revision}, which this version does not know: "
            "it was made by a newer autoack; install that one"
        )
    newer = scripts if revision is None else scripts[: known.index(revision)]
    return [f"{script.revision} {script.doc}" for script in reversed(newer)]


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # slow to load

    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    return config


def _folder() -> Path:
    package = Path(__file__).parent.parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"
