"""What the general SQL of SQLAlchemy lacks, for both databases: ON CONFLICT, and IN lists that stay short."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from autoack.store.engine import is_sqlite

T = TypeVar("T")

_LONGEST_IN = 500  # SQLite took 999 parameters for long, and every length is a statement to compile


def insert(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into `table` with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if is_sqlite(conn) else postgresql.insert(table)


def chunks(values: Iterable[T]) -> list[list[T]]:
    """The distinct values, in order, in lists that fit into one IN."""
    distinct = list(dict.fromkeys(values))
    return [distinct[i : i + _LONGEST_IN] for i in range(0, len(distinct), _LONGEST_IN)]
