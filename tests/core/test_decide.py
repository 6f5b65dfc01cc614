"""From one mail, everything known and now to one decision: the rules of DESIGN section 5."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Kind, Mail, Outcome
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known, State, Thread, reference_for
from autoack.settings import Settings
from tests import office

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Desk:
    """Takes one mail after the other, as a batch of the intake does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known = Known()

    def take(self, octets: bytes, at: datetime = NOW, **met: Any) -> Decision:
        mail = parse(read_file(octets))
        assert isinstance(mail, Mail)
        box = self.settings.desk.mailboxes["support"]
        circumstances = Circumstances(now=at, received_at=met.pop("received_at", at), **met)
        decision = decide(mail, self.settings.desk, box, self.known, circumstances)
        learn(self.known, mail, decision)
        return decision


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(office.settings(tmp_path))


def desk_with(folder: Path, **support: Any) -> Desk:
    return Desk(
        office.settings(folder, {f"mailboxes.support.{key}": value for key, value in support.items()})
    )


def waiting(decision: Decision) -> Thread:
    assert decision.thread is not None
    assert decision.thread.state is State.WAITING
    return decision.thread


FIRST = office.mail(message_id="<1@kupac.example>")
FURTHER = office.mail(
    "I još nešto: radite li u subotu?", message_id="<2@kupac.example>", answers="<1@kupac.example>"
)
ANSWER = office.mail(
    "Stiže u srijedu.",
    sender="Iva Perić <podrska@vocar.example>",
    to="Ivan Horvat <ivan.horvat@kupac.example>",
    message_id="<a@vocar.example>",
    answers="<1@kupac.example>",
)
ASIDE = office.mail(
    "Znaš li ti to?",
    sender="Iva Perić <podrska@vocar.example>",
    to="luka@vocar.example",
    message_id="<b@vocar.example>",
    answers="<1@kupac.example>",
)


def test_a_first_mail_opens_a_thread_whose_clock_runs_from_its_arrival(desk: Desk) -> None:
    decision = desk.take(FIRST, received_at=NOW - HOUR)
    thread = waiting(decision)
    assert (decision.verdict.kind, decision.verdict.outcome) == (Kind.CUSTOMER, Outcome.RECEIPT)
    assert decision.opens_thread
    assert thread.wait == 1
    assert thread.waiting_since == NOW - HOUR
    assert thread.promised_at == NOW + 23 * HOUR
    assert thread.next_step_at == NOW + 19 * HOUR  # the built-in ladder begins at 20 h
    assert decision.receipt_promise == thread.promised_at


def test_the_same_mail_gives_the_same_reference_and_is_answered_once(desk: Desk) -> None:
    first = waiting(desk.take(FIRST))
    again = desk.take(FIRST)
    assert again.verdict.reason == "duplicate"
    assert not again.wants_receipt
    mail = parse(read_file(FIRST))
    assert isinstance(mail, Mail)
    assert first.ref == reference_for("support", mail.fingerprint)


def test_a_further_mail_joins_the_wait_and_does_not_restart_it(desk: Desk) -> None:
    first = waiting(desk.take(FIRST))
    second = desk.take(FURTHER, NOW + HOUR)
    assert waiting(second).ref == first.ref
    assert waiting(second).waiting_since == NOW
    assert (second.verdict.kind, second.verdict.reason) == (Kind.CUSTOMER_REPLY, "joins-wait")
    assert not second.wants_receipt


def test_with_receipt_every_a_further_mail_gets_its_own(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, receipt="every")
    desk.take(FIRST)
    assert desk.take(FURTHER).wants_receipt


def test_an_answer_that_reaches_the_customer_stops_the_clock(desk: Desk) -> None:
    desk.take(FIRST)
    decision = desk.take(ANSWER, NOW + 2 * HOUR, sent_folder=True)
    assert decision.thread is not None
    assert decision.thread.state is State.ANSWERED
    assert decision.thread.answered_at == NOW + 2 * HOUR
    assert decision.thread.next_step == "close"
    assert [(e.what, e.seconds) for e in decision.events if e.what == "answer"] == [("answer", 7200)]


def test_a_note_among_colleagues_does_not(desk: Desk) -> None:
    desk.take(FIRST)
    decision = desk.take(ASIDE, NOW + HOUR, sent_folder=True)
    assert waiting(decision).waiting_since == NOW
    assert [event.reason for event in decision.events] == ["team-internal"]


def test_an_old_copy_of_an_answer_does_not_stop_a_later_wait(desk: Desk) -> None:
    desk.take(FIRST)
    decision = desk.take(ANSWER, NOW + HOUR, sent_folder=True, received_at=NOW - HOUR)
    assert waiting(decision)


def test_a_flag_of_an_answer_is_undone_when_the_copy_went_to_a_colleague(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST, answered=False))
    flagged = desk.known.threads[thread.ref] = _flagged(thread)
    decision = desk.take(ASIDE, NOW + HOUR, sent_folder=True)
    assert flagged.state is State.ANSWERED
    assert waiting(decision).waiting_since == NOW
    assert "flag-undone" in [event.reason for event in decision.events]


def _flagged(thread: Thread) -> Thread:
    from dataclasses import replace

    return replace(thread, state=State.ANSWERED, answered_by="flag", answered_at=NOW)


def test_after_an_answer_the_next_mail_begins_a_new_wait_with_a_receipt(desk: Desk) -> None:
    desk.take(FIRST)
    desk.take(ANSWER, NOW + HOUR, sent_folder=True)
    decision = desk.take(FURTHER, NOW + 5 * HOUR)
    assert waiting(decision).wait == 2
    assert waiting(decision).waiting_since == NOW + 5 * HOUR
    assert waiting(decision).fired == ()
    assert decision.wants_receipt


@pytest.mark.parametrize("words", ["Hvala Vam!", "Хвала!", "Köszönöm szépen!", "Thank you, solved."])
def test_pure_thanks_after_an_answer_starts_no_wait(desk: Desk, words: str) -> None:
    desk.take(FIRST)
    desk.take(ANSWER, NOW + HOUR, sent_folder=True)
    thanks = office.mail(words, message_id="<t@kupac.example>", answers="<a@vocar.example>")
    decision = desk.take(thanks, NOW + 2 * HOUR)
    assert decision.thread is not None
    assert decision.thread.state is State.ANSWERED
    assert decision.verdict.reason == "thanks"
    assert not decision.wants_receipt


def test_a_reply_with_our_reference_alone_finds_its_thread(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    reply = office.mail(f"Broj: {thread.ref}. Ima li novosti?", message_id="<9@kupac.example>")
    assert waiting(desk.take(reply)).ref == thread.ref


def test_the_same_subject_alone_is_a_new_thread(desk: Desk) -> None:
    first = waiting(desk.take(FIRST))
    second = waiting(desk.take(office.mail("Opet ja.", message_id="<3@kupac.example>")))
    assert first.ref != second.ref


@pytest.mark.parametrize(
    ("support", "met", "reason", "clock"),
    [
        ({}, {"received_at": NOW - 25 * HOUR}, "age", True),
        ({"receipt": "never"}, {}, "receipt-off", True),
        ({"per_sender": {"receipts": 0, "within": "1h"}}, {}, "limit", True),
        ({"backlog": "record"}, {"old": True}, "backlog", False),
        ({"backlog": "answer"}, {"old": True}, "backlog", False),  # after a change of UIDVALIDITY
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_gets_no_receipt_is_recorded_with_its_reason(
    tmp_path: Path, support: dict[str, Any], met: dict[str, Any], reason: str, clock: bool
) -> None:
    decision = desk_with(tmp_path, **support).take(FIRST, **met)
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECORD, reason)
    assert not decision.wants_receipt
    assert decision.thread is not None
    assert (decision.thread.state is State.WAITING) == decision.thread.clock == clock


def test_backlog_is_passed_over_by_default(desk: Desk) -> None:
    decision = desk.take(FIRST, old=True)
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.IGNORE, "backlog")
    assert decision.thread is None


def test_mail_that_was_answered_before_we_read_it_has_no_receipt_and_no_wait(desk: Desk) -> None:
    decision = desk.take(FIRST, answered=True)
    assert decision.thread is not None
    assert decision.thread.state is State.ANSWERED
    assert decision.verdict.reason == "answered-already"
    assert not decision.wants_receipt


def test_a_receipt_never_promises_a_time_that_has_passed(tmp_path: Path) -> None:
    desk = Desk(office.settings(tmp_path, {"policies.standard": {"reply_within": "2h"}}))
    decision = desk.take(FIRST, received_at=NOW - 3 * HOUR)
    assert waiting(decision).promised_at == NOW - HOUR
    assert decision.receipt_promise == NOW + 2 * HOUR


def test_a_limit_counts_receipts_to_the_same_person_and_ends(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, per_sender={"receipts": 1, "within": "24h"})
    other = office.mail("Drugo pitanje?", subject="Drugo", message_id="<5@kupac.example>")
    late = office.mail("Treće pitanje?", subject="Treće", message_id="<6@kupac.example>")
    assert desk.take(FIRST).wants_receipt
    assert desk.take(other, NOW + HOUR).verdict.reason == "limit"
    assert desk.take(late, NOW + 25 * HOUR).wants_receipt


def test_a_robot_in_a_thread_is_noted_and_changes_nothing(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    vacation = office.mail(
        "Nisam u uredu.",
        message_id="<v@kupac.example>",
        answers="<1@kupac.example>",
        headers={"Auto-Submitted": "auto-replied"},
    )
    decision = desk.take(vacation, NOW + HOUR)
    assert decision.verdict.kind is Kind.AUTO_REPLY
    assert decision.thread == thread
    assert [event.what for event in decision.events] == ["mail"]


def test_a_customer_is_answered_in_the_language_of_their_earlier_mails_where_the_words_do_not_tell(
    tmp_path: Path,
) -> None:
    desk = desk_with(tmp_path, languages=["hr", "sr-Latn"])
    first = desk.take(office.mail("Gde je moj paket i ko mi ga vozi?", message_id="<1@kupac.example>"))
    later = desk.take(
        office.mail("Kad stiže paket?", subject="Drugo pitanje", message_id="<2@kupac.example>"),
        at=NOW + HOUR,
    )
    stranger = desk_with(tmp_path, languages=["hr", "sr-Latn"]).take(office.mail("Kad stiže paket?"))
    assert (first.language, later.language, stranger.language) == ("sr-Latn", "sr-Latn", "hr")
