"""Many open threads, many of them due at once, in small: `python -m tests.bench.alarms` measures the whole."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from autoack.store import threads
from autoack.store.engine import open_database
from autoack.store.migrate import upgrade
from tests.bench.alarms import MAILS_EACH, NOW, measure

OPEN, DUE = 3000, 300


@pytest.mark.parametrize(("spread", "mails"), [(False, 1), (True, DUE)], ids=["to one", f"{MAILS_EACH} each"])
def test_all_that_is_due_goes_out_at_once(tmp_path: Path, spread: bool, mails: int) -> None:
    rung = measure(tmp_path, OPEN, DUE, spread=spread)
    assert (rung.steps, rung.mails, rung.looks) == (DUE, mails, 1)
    # A thousand in ten seconds is the aim; the CPU's time does not count what other tests do meanwhile.
    assert rung.cpu < 10 * DUE / 1000
    assert rung.memory < 30


def test_a_look_that_finds_nothing_due_reads_the_index_alone(tmp_path: Path) -> None:
    """So that its cost does not grow with the number of threads."""
    url = f"sqlite:///{tmp_path / 'autoack.db'}"
    upgrade(url, NOW)
    database = open_database(url)
    try:
        plans = database.read(_plans)
    finally:
        database.close()
    assert len(plans) == 2
    for plan in plans:
        assert "ix_threads_due" in plan
        assert not re.search(r"SCAN (?!threads USING COVERING INDEX)|TEMP B-TREE", plan)


def _plans(conn: Connection) -> list[str]:
    """How SQLite does what a look asks."""
    asked: list[tuple[str, object]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(conn, "before_cursor_execute", note)
    threads.due(conn, NOW, 1000)
    threads.next_due_at(conn)
    event.remove(conn, "before_cursor_execute", note)
    cursor = conn.connection.cursor()
    return [
        " ".join(str(row[3]) for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
        for statement, parameters in asked
    ]
