"""How far open threads are counted by the present policies and calendars: kept in `meta`, page by page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select

from autoack.core.recompute import Timing
from autoack.core.thread import State, Thread
from autoack.store import meta
from autoack.store.tables import threads
from autoack.store.threads import read

_KEY = "timing"


@dataclass(frozen=True, slots=True)
class Progress:
    """All threads are counted by `done`; those up to the row `after` by `to`, where that is given."""

    done: Timing
    to: Timing | None = None
    after: int = 0


def progress(conn: Connection) -> Progress | None:
    """How far it is; None where nothing was ever kept."""
    kept = meta.get(conn, _KEY)
    if kept is None:
        return None
    value = json.loads(kept)
    to = Timing.of_json(value["to"]) if value["to"] else None
    return Progress(Timing.of_json(value["done"]), to, value["after"])


def put_progress(conn: Connection, now: Progress) -> None:
    """Record how far it is."""
    to = now.to.as_json() if now.to else None
    meta.put(conn, _KEY, json.dumps({"done": now.done.as_json(), "to": to, "after": now.after}))


def open_after(conn: Connection, row: int, limit: int) -> list[Thread]:
    """Up to `limit` threads that are not closed, from the row after this one on."""
    # Not a list of the open states: SQLite would take the index on them and sort all threads for each page.
    query = select(threads).where(threads.c.id > row, threads.c.state != State.CLOSED.value)
    return [read(found) for found in conn.execute(query.order_by(threads.c.id).limit(limit))]


def save_times(conn: Connection, changed: Sequence[Thread]) -> None:
    """Record the times of these threads, and nothing else of them; for retention they stay untouched."""
    if not changed:
        return
    names = ("promised_at", "resolve_at", "next_step_at", "next_step")
    rows: list[dict[str, Any]] = [
        {"row": thread.id, "fired": list(thread.fired)} | {name: getattr(thread, name) for name in names}
        for thread in changed
    ]
    values: dict[str, Any] = {name: sa.bindparam(name) for name in (*names, "fired")}
    conn.execute(sa.update(threads).where(threads.c.id == sa.bindparam("row")).values(values), rows)
