"""What bears on commands by mail: the mails of ours that they answer, what was done already, who is away."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, select

from autoack.core import tokens
from autoack.core.delivery import MailKind
from autoack.core.orders import ANSWERABLE, Letter
from autoack.core.policy import Absence
from autoack.store.meta import get, put
from autoack.store.sql import chunks
from autoack.store.tables import meta, outbox, threads

_DONE = "done:"
_AWAY = "away:"
_KINDS = [kind.value for kind in ANSWERABLE]


def letters(conn: Connection, ids: Iterable[str]) -> dict[str, Letter]:
    """Those of our mails to people that have these Message-IDs, with brackets."""
    found = {}
    for chunk in chunks(ids):
        query = (
            select(outbox.c.message_id, outbox.c.kind, outbox.c.to, outbox.c.created_at, threads.c.ref)
            .outerjoin_from(outbox, threads)
            .where(outbox.c.message_id.in_(chunk), outbox.c.kind.in_(_KINDS))
        )
        for row in conn.execute(query):
            found[row.message_id] = Letter(
                row.message_id, MailKind(row.kind), row.to, row.ref, row.created_at
            )
    return found


def was_done(conn: Connection, key: str) -> bool:
    """Whether this command was carried out already by the same mail or link of ours."""
    return get(conn, _DONE + key) is not None


def done(conn: Connection, key: str, now: datetime) -> None:
    """Remember that it was, for as long as that mail or link holds; what is older is forgotten."""
    old = (now - 2 * tokens.LASTS).astimezone(UTC).isoformat()
    of_commands = meta.c.key.startswith(_DONE, autoescape=True)
    conn.execute(delete(meta).where(of_commands, meta.c.value < old))
    put(conn, _DONE + key, now.astimezone(UTC).isoformat())


def put_away(conn: Connection, person: str, absence: Absence) -> None:
    """This person is away for these days; it takes the place of what they said before."""
    put(conn, _AWAY + person, f"{absence.first.isoformat()} {absence.last.isoformat()}")


def away(conn: Connection) -> dict[str, Absence]:
    """Who said by mail that they are away, and when; also what is over."""
    query = select(meta.c.key, meta.c.value).where(meta.c.key.startswith(_AWAY, autoescape=True))
    return {
        row.key.removeprefix(_AWAY): Absence(*map(date.fromisoformat, row.value.split()))
        for row in conn.execute(query)
    }
