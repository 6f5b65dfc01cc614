"""`autoack show` beside `autoack explain`: one story of one mail; and what waits or is held, and why."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decide import decide
from autoack.core.decision import Circumstances, Decision
from autoack.core.delivery import OutboxState, Outgoing
from autoack.core.drafts import Draft, DraftState
from autoack.core.message import Mail, Place
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known
from autoack.letters.compose import Composer
from autoack.letters.receipts import receipt_for
from autoack.letters.templates import Templates
from autoack.store import drafts, intake, outbox
from autoack.store.intake import Entry
from tests import office
from tests.cli.conftest import HOUR, REF, Desk, MakeDesk

QUESTION = office.mail(message_id="<1@kupac.example>")
SILENT = office.mail(message_id="<1@kupac.example>", headers={"X-Auto-Response-Suppress": "OOF, AutoReply"})
SPAM = office.mail(message_id="<1@kupac.example>", headers={"X-Spam-Flag": "YES"})


def take_in(desk: Desk, octets: bytes, known: Known | None = None) -> Decision:
    """The mail is decided on and recorded, its receipt queued, as the daemon does."""
    mail = parse(read_file(octets))
    assert isinstance(mail, Mail)
    box = desk.settings.desk.mailboxes["support"]
    decision = decide(mail, desk.settings.desk, box, known or Known(), Circumstances(desk.now, desk.now))
    entry = Entry(Place("support", "INBOX", 1, 1), desk.now, mail, decision)
    desk.database.transact(intake.record, [entry], desk.now)
    if decision.wants_receipt:
        composer = Composer(desk.settings.desk, Templates(None))
        _, row = receipt_for(mail, decision, box, composer, salt="x", now=desk.now)
        desk.database.transact(outbox.add, [row])
    return decision


def shown(desk: Desk, decision: Decision) -> list[dict[str, Any]]:
    assert decision.thread is not None
    timeline: list[dict[str, Any]] = desk.run("show", decision.thread.ref, "--json").json["timeline"]
    return timeline


@pytest.mark.parametrize("octets", [QUESTION, SILENT, SPAM], ids=["receipt", "suppressed", "spam"])
def test_it_tells_of_a_mail_what_explain_tells(desk: Desk, tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(octets)
    explained = desk.run("explain", path, "--json").json
    decision = take_in(desk, octets)
    (mail,) = [entry for entry in shown(desk, decision) if entry["what"] == "mail"]
    same = ("verdict", "kind", "reason", "because")
    assert {name: mail[name] for name in same} == {name: explained[name] for name in same}
    assert decision.thread is not None
    said = desk.run("show", decision.thread.ref).out
    assert f"    {explained['verdict']}, {explained['kind']}: {explained['because']}\n" in said


def test_it_tells_when_a_receipt_will_go(make_desk: MakeDesk) -> None:
    desk = make_desk({"mailboxes.support.receipt_delay": "1h"})
    (entry,) = [e for e in shown(desk, take_in(desk, QUESTION)) if e["reason"] == "receipt_delay"]
    assert entry == {
        "at": desk.local(desk.now + HOUR),
        "what": "to come",
        "who": "ivan.horvat@kupac.example",
        "detail": "receipt",
        "reason": "receipt_delay",
    }


def test_it_tells_that_a_storm_holds_a_receipt_back(make_desk: MakeDesk) -> None:
    desk = make_desk({"mailboxes.support.storm": {"receipts": 1, "within": "10m"}})
    timeline = shown(desk, take_in(desk, QUESTION, Known(receipts_lately=1)))
    (mail,) = [entry for entry in timeline if entry["what"] == "mail"]
    assert (mail["verdict"], mail["reason"]) == ("receipt", "storm")
    (held,) = [entry for entry in timeline if entry["what"] == "held"]
    assert held["detail"] == "receipt: storm: more than 1 receipts within 10m (`storm`)"
    assert desk.run("outbox", "--json").json[0]["error"] == "storm: more than 1 receipts within 10m (`storm`)"


def test_what_is_sent_or_given_up_is_not_to_come(desk: Desk) -> None:
    desk.waiting()
    for key, state in (("sent", OutboxState.SENT), ("failed", OutboxState.FAILED)):
        desk.queue(key, thread_ref=REF, state=state)
    timeline = desk.run("show", REF, "--json").json["timeline"]
    assert [entry for entry in timeline if entry["who"] == "ivan.horvat@kupac.example"] == timeline[:1]


def test_a_pause_is_told_until_a_resume(desk: Desk) -> None:
    desk.waiting()
    row: Outgoing = desk.queue(thread_ref=REF)
    desk.run("pause")
    told = "receipt: held back by `autoack pause`"
    assert told in desk.run("show", REF).out
    desk.run("resume")
    assert told not in desk.run("show", REF).out
    assert desk.row() == replace(row, raw=desk.row().raw, next_at=desk.row().next_at)


def test_who_is_no_customer_gets_no_receipt_that_waited(desk: Desk) -> None:
    desk.waiting()
    desk.queue(thread_ref=REF, next_at=desk.now + HOUR)
    desk.run("ignore", REF)
    assert (desk.row().state, desk.row().error) == (OutboxState.FAILED, "needless: not a customer")


def test_it_tells_what_became_of_a_draft(desk: Desk) -> None:
    decision = take_in(desk, QUESTION)
    assert decision.thread is not None
    ready = Draft(decision.thread.ref, "support", "<d@vocar.example>", b"x", 1, desk.now, desk.now)
    laid = replace(ready, state=DraftState.LAID, folder="Drafts")
    desk.database.transact(drafts.add, ready, "the answer returns (hr) fits")
    desk.database.transact(
        drafts.change, ready, laid, desk.now, "laid in Drafts, ready to be checked and sent"
    )
    assert [
        (told["detail"], told["reason"]) for told in shown(desk, decision) if told["what"] == "draft"
    ] == [
        ("the answer returns (hr) fits", "ready"),
        ("laid in Drafts, ready to be checked and sent", "laid"),
    ]
    said = desk.run("show", decision.thread.ref).out
    assert "draft · laid in Drafts, ready to be checked and sent (laid)" in said
