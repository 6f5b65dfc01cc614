"""What becomes of a mail after an attempt, and whose name stands on its envelope."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autoack.core.delivery import (
    Answer,
    MailKind,
    OutboxState,
    Outgoing,
    Result,
    after,
    envelope_sender,
    null_sender_fallback,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BUSY = Result(Answer.TEMPORARY, "451 4.3.2 try later", "data")
MAIL = Outgoing(
    key="receipt:1",
    kind=MailKind.RECEIPT,
    mailbox="support",
    to="ivana@kupac.example",
    message_id="<1@primjer.example>",
    raw=b"",
    created_at=NOW,
    next_at=NOW,
    state=OutboxState.SENDING,
    attempts=1,
    attempted_at=NOW,
)


def test_an_accepted_mail_is_sent_and_its_old_error_forgotten() -> None:
    sent = after(replace(MAIL, error="451 busy"), Result(Answer.ACCEPTED, "250 ok"), NOW, 0)
    assert sent == replace(MAIL, state=OutboxState.SENT, sent_at=NOW, error=None)


def test_a_permanent_refusal_fails_with_the_servers_words() -> None:
    failed = after(MAIL, Result(Answer.PERMANENT, "550 5.1.1 no such user", "rcpt"), NOW, 0)
    assert (failed.state, failed.error) == (OutboxState.FAILED, "550 5.1.1 no such user")


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        (1, MINUTE),
        (2, 5 * MINUTE),
        (3, 15 * MINUTE),
        (4, HOUR),
        (5, 2 * HOUR),
        (6, 4 * HOUR),
        (7, 4 * HOUR),
        (15, 4 * HOUR),
    ],
)
def test_the_pauses_grow_with_the_attempts(attempts: int, pause: timedelta) -> None:
    deferred = after(replace(MAIL, attempts=attempts), BUSY, NOW, 0)
    assert (deferred.state, deferred.next_at, deferred.error) == (
        OutboxState.DEFERRED,
        NOW + pause,
        "451 4.3.2 try later",
    )


@pytest.mark.parametrize(("jitter", "seconds"), [(-1, 54), (0, 60), (0.5, 63), (1, 66)])
def test_jitter_moves_a_pause_by_a_tenth_at_most(jitter: float, seconds: float) -> None:
    assert after(MAIL, BUSY, NOW, jitter).next_at == NOW + timedelta(seconds=seconds)


def test_the_last_attempt_comes_three_days_after_the_mail_was_made() -> None:
    old = replace(MAIL, attempts=20, created_at=NOW - timedelta(days=3) + HOUR)
    assert after(old, BUSY, NOW, 1).next_at == NOW + HOUR


def test_after_three_days_a_mail_is_given_up() -> None:
    old = replace(MAIL, attempts=20, created_at=NOW - timedelta(days=3))
    failed = after(old, BUSY, NOW, 0)
    assert (failed.state, failed.error) == (
        OutboxState.FAILED,
        "gave up after 3 days: 451 4.3.2 try later",
    )


def test_a_server_that_wakes_up_at_the_last_attempt_gets_the_mail_all_the_same() -> None:
    old = replace(MAIL, attempts=20, created_at=NOW - timedelta(days=9))
    assert after(old, Result(Answer.ACCEPTED), NOW, 0).state == OutboxState.SENT


@pytest.mark.parametrize(
    ("expires_in", "state"),
    [
        (MINUTE, OutboxState.FAILED),
        (MINUTE + timedelta(seconds=1), OutboxState.DEFERRED),
    ],
)
def test_a_receipt_is_not_tried_again_when_comfort_would_come_too_late(
    expires_in: timedelta, state: OutboxState
) -> None:
    tried = after(replace(MAIL, expires_at=NOW + expires_in), BUSY, NOW, 0)
    assert tried.state == state
    late = "too late to comfort: " if state is OutboxState.FAILED else ""
    assert tried.error == f"{late}451 4.3.2 try later"


ADDRESS = "podrska@primjer.example"


@pytest.mark.parametrize("kind", [MailKind.RECEIPT, MailKind.UPDATE])
@pytest.mark.parametrize(
    ("envelope", "null_refused", "sender"),
    [
        ("auto", False, ""),
        ("auto", True, ADDRESS),
        (None, False, ""),
        (None, True, ""),
        ("address", False, ADDRESS),
    ],
)
def test_mail_to_customers_has_the_null_sender_unless_the_server_or_the_ops_will_not_have_it(
    kind: MailKind, envelope: str | None, null_refused: bool, sender: str
) -> None:
    assert envelope_sender(kind, envelope, ADDRESS, null_refused=null_refused) == sender


@pytest.mark.parametrize("kind", [k for k in MailKind if not k.to_customer])
@pytest.mark.parametrize("envelope", ["auto", None, "address"])
def test_mail_to_the_team_always_has_the_mailboxs_address(kind: MailKind, envelope: str | None) -> None:
    assert envelope_sender(kind, envelope, ADDRESS, null_refused=False) == ADDRESS


@pytest.mark.parametrize(
    ("answer", "stage", "may"),
    [
        (Answer.PERMANENT, "mail", True),
        (Answer.PERMANENT, "data", True),
        (Answer.PERMANENT, "rcpt", False),  # a refused recipient says nothing about the sender
        (Answer.TEMPORARY, "mail", False),
        (Answer.TEMPORARY, "data", False),
        (Answer.TEMPORARY, "auth", False),
        (Answer.ACCEPTED, "", False),
    ],
)
def test_only_a_permanent_refusal_of_mail_or_data_may_be_about_the_null_sender(
    answer: Answer, stage: str, may: bool
) -> None:
    assert null_sender_fallback(Result(answer, "…", stage)) is may
