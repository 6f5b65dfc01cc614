"""What becomes of a mail after an attempt, and whose name stands on its envelope."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autoack.core import delivery
from autoack.core.delivery import (
    Answer,
    GivenUp,
    MailKind,
    OutboxState,
    Outgoing,
    Result,
    after,
    envelope_sender,
    given_up,
    null_sender_fallback,
    recipient_refused,
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


@pytest.mark.parametrize(
    ("error", "why", "servers"),
    [
        ("550 5.1.1 no such user", None, "550 5.1.1 no such user"),
        ("too late to comfort: 451 4.3.2: try later", GivenUp.LATE, "451 4.3.2: try later"),
        (delivery.UNSENT_IN_TIME, GivenUp.LATE, ""),
        (delivery.TOO_LATE, GivenUp.LATE, ""),
        (delivery.PROMISE_PASSED, GivenUp.PROMISE, ""),
        ("gave up after 3 days: 451 4.3.2 try later", GivenUp.LONG, "451 4.3.2 try later"),
        (delivery.DRY_RUN, GivenUp.DRY_RUN, ""),
        ("", None, ""),
    ],
)
def test_an_error_is_our_own_reason_and_a_servers_words(
    error: str, why: GivenUp | None, servers: str
) -> None:
    assert given_up(error) == (why, servers)


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


@pytest.mark.parametrize(
    "detail",
    [
        "550 5.1.1 <ivana@kupac.example>: Recipient address rejected: User unknown",
        "550 No such user here",
        "551 User not local; please try another address",
        "553 mailbox name not allowed",
        "556 5.1.10 Recipient address has null MX",
        "550 5.1.2 Host or domain name not found",
        "550 5.2.1 The account is inactive",
        "552 5.2.2 Mailbox full",
        "the address cannot be written in an SMTP command (RFC 5321 §4.1.2): 'a b' is not one plain address",
    ],
)
def test_a_refused_recipient_takes_no_mail(detail: str) -> None:
    result = Result(Answer.PERMANENT, detail, "rcpt")
    assert recipient_refused(result)
    assert after(MAIL, result, NOW, 0).refused


@pytest.mark.parametrize(
    ("detail", "stage"),
    [
        ("550 5.7.1 Unable to relay", "rcpt"),
        ("550 relay not permitted", "rcpt"),
        ("554 5.7.1 Client host blocked using a list", "rcpt"),
        ("550 Access denied - see https://mx.kupac.example", "rcpt"),
        ("550 Message rejected due to policy", "rcpt"),
        ("550 5.1.8 Sender address rejected: Domain not found", "rcpt"),
        ("553 5.1.7 sender's address is malformed", "rcpt"),
        ("550 Sender verify failed", "rcpt"),
        ("552 5.2.3 Message too long", "rcpt"),
        ("503 5.5.1 bad sequence of commands", "rcpt"),
        ("530 5.7.0 Authentication required", "rcpt"),
        ("550 5.1.1 no such user", "mail"),
        ("550 5.1.1 no such user", "data"),
        ("550 5.7.1 looks like spam", "data"),
    ],
)
def test_what_a_server_holds_against_us_or_the_mail_says_nothing_of_the_recipient(
    detail: str, stage: str
) -> None:
    assert not recipient_refused(Result(Answer.PERMANENT, detail, stage))


def test_a_recipient_that_is_put_off_is_not_refused() -> None:
    assert not recipient_refused(Result(Answer.TEMPORARY, "450 5.1.1 greylisted", "rcpt"))
