"""Which thread a mail belongs to: rules of DESIGN section 5, each with what it must not catch."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decision import Decision
from autoack.core.message import Kind, Outcome
from autoack.core.thread import State
from tests import office
from tests.core.test_decide import ANSWER, FIRST, FURTHER, HOUR, NOW, Desk, waiting

DAY = timedelta(days=1)
IVAN, MARA = "Ivan Horvat <ivan.horvat@kupac.example>", "Mara Horvat <mara@kupac.example>"
IVA = f"Iva Perić <{office.ADDRESS}>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(office.settings(tmp_path))


def opens(decision: Decision) -> bool:
    return decision.opens_thread


def joined(decision: Decision) -> list[str | None]:
    """By what sign the mail joined its thread, where the timeline tells it."""
    return [event.reason for event in decision.events if event.what == "joined"]


# --- without In-Reply-To ----------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["Re: ", "RE: ", "Odg: ", "Vá: ", "AW: ", "Пр: "])
def test_an_answer_without_headers_finds_the_customers_thread_by_its_subject(desk: Desk, prefix: str) -> None:
    first = waiting(desk.take(FIRST))
    reply = office.mail("Ima li novosti?", subject=f"{prefix}Narudžba", message_id="<r@kupac.example>")
    decision = desk.take(reply, NOW + 6 * DAY)
    assert waiting(decision).ref == first.ref
    assert joined(decision) == ["subject"]


@pytest.mark.parametrize(
    ("why", "how", "later"),
    [
        ("no prefix of replies", {"subject": "Narudžba"}, DAY),
        ("another subject", {"subject": "Re: Račun"}, DAY),
        ("no subject", {"subject": "Re: "}, DAY),
        ("another customer", {"subject": "Re: Narudžba", "sender": MARA}, DAY),
        ("too late", {"subject": "Re: Narudžba"}, 8 * DAY),
        ("it answers another mail", {"subject": "Re: Narudžba", "answers": "<x@elsewhere.example>"}, DAY),
        ("it is forwarded", {"subject": "Fwd: Narudžba"}, DAY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_subject_alone_is_no_sign(desk: Desk, why: str, how: dict[str, str], later: timedelta) -> None:
    desk.take(FIRST)
    assert opens(desk.take(office.mail("Dobar dan", message_id="<n@kupac.example>", **how), NOW + later)), why


# --- forwarded mail ---------------------------------------------------------------------------------------


def test_a_forwarded_receipt_is_a_new_matter_though_it_quotes_our_reference(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    forwarded = office.mail(
        f"Vidite dolje.\n\n---------- Forwarded message ----------\nBroj: {thread.ref}",
        sender=MARA,
        subject="Fwd: Re: Narudžba",
        message_id="<f@kupac.example>",
    )
    assert opens(desk.take(forwarded, NOW + HOUR))


def test_it_joins_its_thread_where_its_references_say_so(desk: Desk) -> None:
    thread = waiting(desk.take(FIRST))
    forwarded = office.mail(
        "Vidite dolje.", subject="Fwd: Narudžba", message_id="<f@kupac.example>", answers="<1@kupac.example>"
    )
    assert waiting(desk.take(forwarded, NOW + HOUR)).ref == thread.ref


# --- Gmail ------------------------------------------------------------------------------------------------


def test_gmails_thread_joins_mails_that_nothing_else_joins(desk: Desk) -> None:
    first = waiting(desk.take(FIRST, gmail_thread="17"))
    reply = office.mail("Ima li novosti?", subject="Drugo", message_id="<g@kupac.example>")
    decision = desk.take(reply, NOW + HOUR, gmail_thread="17")
    assert waiting(decision).ref == first.ref
    assert joined(decision) == ["gmail-thread"]


def test_another_thread_of_gmail_is_another_matter(desk: Desk) -> None:
    desk.take(FIRST, gmail_thread="17")
    assert opens(desk.take(office.mail(message_id="<g@kupac.example>"), NOW + HOUR, gmail_thread="18"))


def test_references_come_before_gmails_thread(desk: Desk) -> None:
    first = waiting(desk.take(FIRST, gmail_thread="17"))
    desk.take(office.mail(message_id="<other@kupac.example>"), gmail_thread="18")
    assert waiting(desk.take(FURTHER, NOW + HOUR, gmail_thread="18")).ref == first.ref


# --- the team begins --------------------------------------------------------------------------------------


def from_team(to: str = IVAN, **how: Any) -> bytes:
    return office.mail("Vaša narudžba kasni.", sender=IVA, to=to, message_id="<t@vocar.example>", **how)


def test_a_mail_of_the_team_to_a_customer_opens_a_thread_in_which_nobody_waits(desk: Desk) -> None:
    decision = desk.take(from_team(), sent_folder=True)
    assert (decision.verdict.kind, decision.verdict.outcome) == (Kind.TEAM, Outcome.RECORD)
    thread = decision.thread
    assert thread is not None and opens(decision)
    assert (thread.state, thread.wait, thread.promised_at, thread.next_step) == (
        State.ANSWERED,
        0,
        None,
        "close",
    )
    assert not decision.wants_receipt


def test_the_customers_reply_joins_it_and_waits_with_a_receipt(desk: Desk) -> None:
    thread = desk.take(from_team(), sent_folder=True).thread
    reply = office.mail("Zašto?", sender=MARA, message_id="<z@kupac.example>", answers="<t@vocar.example>")
    decision = desk.take(reply, NOW + HOUR)
    assert thread is not None
    assert waiting(decision).ref == thread.ref
    assert (waiting(decision).customer_address, waiting(decision).wait) == ("mara@kupac.example", 1)
    assert decision.wants_receipt


@pytest.mark.parametrize(
    ("to", "headers"),
    [
        ("luka@vocar.example", {}),
        ("nepoznat.kolega@vocar.example", {}),
        (office.ADDRESS, {}),
        (", ".join(f"kupac{n}@kupac.example" for n in range(4)), {}),
        (IVAN, {"List-Unsubscribe": "<https://vocar.example/odjava>"}),
        (IVAN, {"Precedence": "bulk"}),
    ],
    ids=["a person of the team", "a colleague", "the desk", "a circular", "a mailing", "a bulk mail"],
)
def test_mail_among_colleagues_and_circulars_open_none(desk: Desk, to: str, headers: dict[str, str]) -> None:
    decision = desk.take(from_team(to, headers=headers), sent_folder=True)
    assert (decision.thread, decision.verdict.outcome) == (None, Outcome.IGNORE)


def test_an_answer_read_before_its_question_ends_the_wait_when_it_arrived(desk: Desk) -> None:
    """INBOX was down, the folder of sent mail was not."""
    desk.take(ANSWER, NOW + 3 * HOUR, sent_folder=True, received_at=NOW + 2 * HOUR)
    decision = desk.take(FIRST, NOW + 4 * HOUR, received_at=NOW)
    thread = decision.thread
    assert thread is not None
    assert (thread.state, thread.waiting_since, thread.answered_at) == (State.ANSWERED, NOW, NOW + 2 * HOUR)
    assert decision.verdict.reason == "answered-already"
    assert not decision.wants_receipt
    assert [(e.what, e.seconds) for e in decision.events if e.what == "answer"] == [("answer", 7200)]


def test_an_answer_to_somebody_else_that_is_read_first_answers_nothing(desk: Desk) -> None:
    """A question that was passed on to a supplier still waits."""
    passed_on = from_team("dobavljac@dobavljac.example", answers="<1@kupac.example>")
    desk.take(passed_on, NOW + 3 * HOUR, sent_folder=True, received_at=NOW + HOUR)
    decision = desk.take(FIRST, NOW + 4 * HOUR, received_at=NOW)
    assert waiting(decision).waiting_since == NOW
    assert waiting(decision).customer_address == "ivan.horvat@kupac.example"
    assert decision.wants_receipt


# --- several customers ------------------------------------------------------------------------------------


def test_a_second_customer_joins_and_an_answer_to_any_of_them_counts(desk: Desk) -> None:
    desk.take(FIRST)
    spouse = office.mail(
        "I ja pitam.", sender=MARA, message_id="<s@kupac.example>", answers="<1@kupac.example>"
    )
    decision = desk.take(spouse, NOW + HOUR)
    assert joined(decision) == ["other-customer"]
    assert waiting(decision).customer_address == "ivan.horvat@kupac.example"
    to_spouse = from_team(MARA, answers="<s@kupac.example>")
    answered = desk.take(to_spouse, NOW + 2 * HOUR, sent_folder=True).thread
    assert answered is not None and answered.state is State.ANSWERED


def test_a_second_customer_who_writes_after_an_answer_gets_the_receipt(desk: Desk) -> None:
    desk.take(FIRST)
    desk.take(ANSWER, NOW + HOUR, sent_folder=True)
    spouse = office.mail(
        "I ja pitam.", sender=MARA, message_id="<s@kupac.example>", answers="<1@kupac.example>"
    )
    decision = desk.take(spouse, NOW + 2 * HOUR)
    assert decision.wants_receipt and decision.customer is not None
    assert decision.customer.address == "mara@kupac.example"


# --- long after -------------------------------------------------------------------------------------------


def test_a_reply_after_months_reopens_its_thread_with_a_new_wait(desk: Desk) -> None:
    first = waiting(desk.take(FIRST))
    answered = desk.take(ANSWER, NOW + HOUR, sent_folder=True).thread
    assert answered is not None
    desk.known.threads[first.ref] = replace(answered, state=State.CLOSED, closed_at=NOW + 14 * DAY)
    decision = desk.take(FURTHER, NOW + 120 * DAY)
    assert waiting(decision).ref == first.ref
    assert (waiting(decision).wait, waiting(decision).waiting_since) == (2, NOW + 120 * DAY)
    assert decision.wants_receipt


def test_a_mail_that_was_written_before_a_person_closed_the_thread_but_read_after_it_waits(
    desk: Desk,
) -> None:
    first = waiting(desk.take(FIRST))
    desk.known.threads[first.ref] = replace(first, state=State.CLOSED, closed_at=NOW + 2 * HOUR)
    decision = desk.take(FURTHER, NOW + 3 * HOUR, received_at=NOW + HOUR)
    assert waiting(decision).waiting_since == NOW + HOUR
