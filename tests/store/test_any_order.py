"""A conversation read in any order, and in batches of any size, is one thread with one clock on record."""

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances
from autoack.core.message import Mail, Place
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.policy import Desk
from autoack.store import intake
from autoack.store.engine import Database
from autoack.store.intake import Entry
from autoack.store.tables import messages, threads
from tests import office
from tests.core.test_any_order import EVENING, Written, conversations, octets

_conversation = count(1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return office.settings(tmp_path_factory.mktemp("order")).desk


def take(conn: Connection, desk: Desk, batch: Sequence[tuple[Written, bytes]], number: int) -> None:
    """One batch, as the intake takes it in."""
    mails = [mail for _, raw in batch if isinstance(mail := parse(read_file(raw)), Mail)]
    box = desk.mailboxes["support"]
    known = intake.known(conn, mails, "support", EVENING - timedelta(days=1))
    entries = []
    for (written, _), mail in zip(batch, mails, strict=True):
        by_team = written.who in ("team", "aside")
        met = Circumstances(now=EVENING, received_at=written.at, sent_folder=by_team)
        decision = decide(mail, desk, box, known, met)
        learn(known, mail, decision)
        place = Place("support", "Sent" if by_team else "INBOX", number, written.number)
        entries.append(Entry(place, written.at, mail, decision))
    intake.record(conn, entries, EVENING)


def outcome(database: Database, number: int) -> list[tuple[object, ...]]:
    """Which mails of a conversation hang on which thread, and how its clock stands."""
    query = (
        select(
            threads.c.id,
            threads.c.state,
            threads.c.waiting_since,
            threads.c.answered_at,
            threads.c.answered_by,
            threads.c.next_step_at,
            messages.c.uid,
        )
        .join_from(messages, threads, isouter=True)
        .where(messages.c.uidvalidity == number)
        .order_by(messages.c.uid)
    )
    rows = database.read(lambda conn: conn.execute(query).all())
    first = {row.id: row.uid for row in reversed(rows)}
    return [(first[row.id], *row[1:]) for row in rows]


def _of_its_own(raw: bytes, number: int) -> bytes:
    """The mail with other Message-IDs: each reading is a conversation of its own."""
    return re.sub(rb"<(\d+)@", rb"<\g<1>.%d@" % number, raw)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_in_any_batches_gives_the_same_record(
    sqlite_database: Database, desk: Desk, data: st.DataObject
) -> None:
    mails = data.draw(conversations())
    order = data.draw(st.permutations(mails))
    size = data.draw(st.integers(1, len(mails)))
    found = []
    for read, at_once in ((mails, len(mails)), (order, size)):
        number = next(_conversation)
        raw = {m.number: _of_its_own(octets(m, mails, whole=True), number) for m in mails}
        for start in range(0, len(read), at_once):
            batch = [(mail, raw[mail.number]) for mail in read[start : start + at_once]]
            sqlite_database.transact(take, desk, batch, number)
        found.append(outcome(sqlite_database, number))
    assert found[0] == found[1]
