"""What the general SQL of SQLAlchemy lacks, for both databases: ON CONFLICT, short IN lists, haste."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Table
from sqlalchemy.dialects import postgresql, sqlite

from autoack.store.engine import is_sqlite
from autoack.store.tables import UtcDateTime

T = TypeVar("T")

_TIME = UtcDateTime()
_LONGEST_IN = 500  # SQLite took 999 parameters for long, and every length is a statement to compile


def insert(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into `table` with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if is_sqlite(conn) else postgresql.insert(table)


def chunks(values: Iterable[T]) -> list[list[T]]:
    """The distinct values, in order, in lists that fit into one IN."""
    distinct = list(dict.fromkeys(values))
    return [distinct[i : i + _LONGEST_IN] for i in range(0, len(distinct), _LONGEST_IN)]


def insert_new(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that conflict with nothing; all have the same columns.

    Goes past SQLAlchemy's own executemany, which spends two thirds of a batch on preparing parameters; values
    pass through the columns' types all the same.
    """
    if not rows:
        return
    columns = []
    for name in rows[0]:
        bind = table.c[name].type.dialect_impl(conn.dialect).bind_processor(conn.dialect)
        column = [row[name] for row in rows]
        columns.append(_bound(bind, column) if bind else column)
    mark = "?" if is_sqlite(conn) else "%s"
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join([mark] * len(columns))
    # Names come from our own tables, values go by parameter.
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING'  # noqa: S608
    conn.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def run(
    conn: Connection, statement: str, parameters: tuple[Any, ...] | list[tuple[Any, ...]]
) -> CursorResult[Any]:
    """Run SQL of our own with `?` for each parameter, once or for each tuple of a list.

    Goes past SQLAlchemy's preparations, for what every mail passes through. Times come from `moment`.
    """
    return conn.exec_driver_sql(statement if is_sqlite(conn) else statement.replace("?", "%s"), parameters)


def moment(conn: Connection, at: datetime | None) -> Any:
    """The time as the driver takes it."""
    return _TIME.bind_processor(conn.dialect)(at)


def _bound(bind: Callable[[Any], Any], column: list[Any]) -> list[Any]:
    """In many columns of a batch one value stands throughout, the moment above all."""
    first = column[0]
    if all(value is first for value in column):
        return [bind(first)] * len(column)
    return [bind(value) for value in column]
