"""Bounces of our own mails say in their thread that the customer's address is bad."""

from dataclasses import replace
from pathlib import Path

import pytest

from autoack.core.decision import Decision
from autoack.core.delivery import MailKind
from autoack.core.message import Kind, Outcome
from autoack.core.news import news_of
from autoack.core.ours import message_id
from autoack.core.returned import refused
from tests import office
from tests.core.test_decide import FIRST, FURTHER, HOUR, NOW, Desk, waiting

OURS = message_id("receipt:1", "vocar.example", "salt")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Ivan's mail is known, and that its receipt has gone out."""
    desk = Desk(office.settings(tmp_path))
    thread = waiting(desk.take(FIRST))
    desk.known.by_message_id[OURS] = thread.ref
    return desk


def bounce(to: str = "ivan.horvat@kupac.example", status: str = "5.1.1", original: str = OURS) -> bytes:
    action = "failed" if status.startswith("5") else "delayed"
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.kupac.example>
To: podrska@vocar.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <b{status}.{to}@mx.kupac.example>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=cut

--cut

It could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kupac.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user here

--cut
Content-Type: text/rfc822-headers

Message-ID: {original}
Subject: Re: x

--cut--
""".encode()


def events(decision: Decision) -> list[tuple[str, str | None]]:
    return [(event.what, event.reason) for event in decision.events]


def test_the_bounce_of_a_receipt_is_told_in_its_thread_and_marks_the_address(desk: Desk) -> None:
    decision = desk.take(bounce(), NOW + HOUR)
    assert (decision.verdict.kind, decision.verdict.outcome) == (Kind.BOUNCE, Outcome.IGNORE)
    assert waiting(decision).undeliverable == "550 no such user here"
    assert events(decision) == [("mail", "delivery-report"), ("undeliverable", "bounce")]
    assert not decision.wants_receipt


def test_a_later_mail_of_that_customer_clears_it(desk: Desk) -> None:
    desk.take(bounce(), NOW + HOUR)
    assert waiting(desk.take(FURTHER, NOW + 2 * HOUR)).undeliverable is None


def test_a_delay_is_noted_only(desk: Desk) -> None:
    decision = desk.take(bounce(status="4.4.1"), NOW + HOUR)
    assert waiting(decision).undeliverable is None
    assert events(decision) == [("mail", "delivery-report")]


def test_the_bounce_of_a_reminder_says_nothing_of_the_customer(desk: Desk) -> None:
    assert waiting(desk.take(bounce("iva@vocar.example"), NOW + HOUR)).undeliverable is None


def test_a_bounce_of_something_else_touches_no_thread(desk: Desk) -> None:
    assert desk.take(bounce(original="<x@elsewhere.example>"), NOW + HOUR).thread is None


def test_a_stranger_who_quotes_our_reference_alone_cannot_mark_an_address(desk: Desk) -> None:
    (thread,) = desk.known.threads.values()
    forged = bounce(original="<x@elsewhere.example>").replace(b"It could", thread.ref.encode() + b" could")
    decision = desk.take(forged, NOW + HOUR)
    assert decision.thread == replace(thread, undeliverable=None)
    assert ("mail", "delivery-report") in events(decision)


# --- refused at once ---------------------------------------------------------------------------------------


def test_a_refused_address_is_marked_and_told_once(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    first = refused(thread, "Ivan.Horvat@kupac.example", "550 5.1.1 no such\nuser", NOW)
    assert first is not None
    marked, event = first
    assert marked.undeliverable == "550 5.1.1 no such user"
    assert (event.what, event.reason, event.detail) == ("undeliverable", "refused", marked.undeliverable)
    assert [(one.kind, one.whom) for one in news_of(marked)] == [(MailKind.BOUNCED, ("assignee",))]
    again = refused(replace(marked, notify=()), thread.customer_address, "550 still unknown", NOW + HOUR)
    assert again is not None
    assert (again[0].undeliverable, again[0].notify) == ("550 still unknown", ())


def test_what_is_refused_for_somebody_else_says_nothing_of_the_customer(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    assert refused(thread, "marko@kupac.example", "550 5.1.1 no such user", NOW) is None
