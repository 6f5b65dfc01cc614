"""Ops hear of what keeps the daemon from its work: each trouble once, through a server that is likely to work."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from autoack.core.delivery import MailKind, Outgoing
from autoack.flows.alerts import Alerts
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.store import outbox
from autoack.store.engine import Database
from tests import office

SINCE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 09:00 in Zagreb
LATER = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
WHY = "imap.vocar.example:993: connection refused"
SALES = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example"}


def alerts(folder: Path, database: Database, changes: dict[str, Any]) -> Alerts:
    desk = office.settings(folder, changes).desk
    return Alerts(desk, database, Composer(desk, Templates(None)))


def queued(database: Database) -> list[Outgoing]:
    rows = (database.read(outbox.by_key, row.key) for row in database.read(outbox.listing))
    return [row for row in rows if row]


async def test_everybody_in_alerts_gets_one_in_their_language(tmp_path: Path, database: Database) -> None:
    flow = alerts(tmp_path, database, {"alerts.to": ["luka", "sara"]})
    await flow.unreachable("support", "INBOX", SINCE, WHY, LATER)
    rows = queued(database)
    assert [(row.kind, row.to) for row in rows] == [
        (MailKind.ALERT, "luka@vocar.example"),
        (MailKind.ALERT, "sara@vocar.example"),
    ]
    letters = [message_from_bytes(row.raw, policy=policy.default) for row in rows]
    assert [letter["Content-Language"] for letter in letters] == ["en", "hu"]
    body = letters[0].get_body(("plain",))
    assert body is not None
    for fact in ("INBOX of support", "failed today at 09:00", WHY, "Nothing is lost"):
        assert fact in body.get_content()


async def test_an_outage_is_told_once_however_often_it_is_noticed(tmp_path: Path, database: Database) -> None:
    flow = alerts(tmp_path, database, {"alerts.to": ["luka"]})
    for _ in range(3):
        await flow.unreachable("support", "INBOX", SINCE, WHY, LATER)
    assert len(queued(database)) == 1
    await flow.unreachable("support", "INBOX", LATER, WHY, LATER)
    assert len(queued(database)) == 2, "another outage is another trouble"


@pytest.mark.parametrize(
    ("mailboxes", "through"), [({}, "support"), ({"mailboxes.sales": SALES}, "sales")], ids=["one", "two"]
)
async def test_it_goes_through_another_mailboxs_server_where_there_is_one(
    tmp_path: Path, database: Database, mailboxes: dict[str, Any], through: str
) -> None:
    flow = alerts(tmp_path, database, mailboxes)
    await flow.unreachable("support", "INBOX", SINCE, WHY, LATER)
    assert [row.mailbox for row in queued(database)] == [through]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "One of your templates cannot be used"),
        ("hr", "Jedan Vaš predložak treba popraviti"),
        ("sr-Latn", "Jedan Vaš šablon treba popraviti"),
        ("sr-Cyrl", "Један Ваш шаблон треба поправити"),
        ("hu", "Egyik sablonja javításra szorul"),
    ],
)
async def test_a_template_that_cannot_be_used_is_told_once(
    tmp_path: Path, database: Database, language: str, subject: str
) -> None:
    flow = alerts(tmp_path, database, {"alerts.to": ["luka"], "people.luka.language": language})
    fault = "templates/receipt.hr.md:3: 'narudzba' is undefined"
    for _ in range(2):
        await flow.template(fault, LATER)
    await flow.template("templates/receipt.en.md:1: unexpected '}'", LATER)
    first, second = queued(database)
    letter = message_from_bytes(first.raw, policy=policy.default)
    body = letter.get_body(("plain",))
    assert letter["Subject"] == subject
    assert body is not None
    assert fault in body.get_content()
    assert "autoack lint" in body.get_content()
    assert first.key != second.key
