"""What the database tells of a night: who waited, who was answered, what was sent and what was not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.digest import Bounced, FailedMail, Standing
from autoack.core.nights import Night
from autoack.core.thread import State, Thread
from autoack.store import history, outbox, ratings, threads
from autoack.store.engine import Database
from autoack.store.tables import messages, quarantine

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
NIGHT = Night(NOW.date(), NOW - DAY, NOW, NOW + DAY)


def thread(ref: str, since: datetime, **changes: object) -> Thread:
    """A thread that has waited since then."""
    made = Thread(
        ref=ref,
        mailbox="support",
        subject="Račun",
        customer_address="Ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=since,
        updated_at=since,
        wait=1,
        waiting_since=since,
        promised_at=since + DAY,
        resolve_at=since + 3 * DAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def event(ref: str | None, at: datetime, what: str, reason: str | None = None, **more: object) -> Event:
    return Event(at, what, reason=reason, thread_ref=ref, **more)  # type: ignore[arg-type]  # as above


def keep(database: Database, *things: Thread | Event) -> None:
    for thing in things:
        if isinstance(thing, Thread):
            database.transact(threads.insert, thing)
        else:
            database.transact(threads.add_events, [thing])


class TestAnswers:
    """How long customers had waited."""

    def seconds(self, database: Database) -> list[int]:
        found = database.read(history.answers, NIGHT.since, NIGHT.moment, NOW)
        return sorted(answer.seconds for answer in found)

    def test_answers_count_in_the_night_in_which_they_were_seen(self, database: Database) -> None:
        at = {1: NIGHT.since, 2: NIGHT.since + SECOND, 3: NIGHT.moment, 4: NIGHT.moment + SECOND}
        keep(database, thread("AA-1", NOW - 3 * DAY))
        keep(database, *(event("AA-1", when, "answer", "team-reply", seconds=n) for n, when in at.items()))
        assert self.seconds(database) == [2, 3]

    def test_other_events_and_answers_to_nobody_who_waited_do_not_count(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        keep(database, event("AA-1", NOW, "remind", seconds=9), event("AA-1", NOW, "answer", "team-reply"))
        assert self.seconds(database) == []

    def test_a_flag_counts_until_it_is_undone(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY), thread("AA-2", NOW - DAY))
        keep(database, event("AA-1", NOW - HOUR, "answer", "flag", seconds=1))
        keep(database, event("AA-2", NOW - HOUR, "answer", "flag", seconds=2))
        keep(database, event("AA-1", NOW, "wait", "flag-undone"))
        keep(database, event("AA-1", NOW, "answer", "team-reply", seconds=3))
        assert self.seconds(database) == [2, 3]

    def test_a_flag_that_was_undone_after_the_night_still_counted_then(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        keep(database, event("AA-1", NOW - HOUR, "answer", "flag", seconds=1))
        keep(database, event("AA-1", NOW + HOUR, "wait", "flag-undone"))
        assert self.seconds(database) == [1]

    def test_the_first_answer_of_a_thread_is_told_from_later_ones(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - 3 * DAY), thread("AA-2", NOW - 3 * DAY))
        keep(database, event("AA-1", NOW - 2 * DAY, "answer", "team-reply", seconds=1))
        keep(database, event("AA-1", NOW - HOUR, "answer", "team-reply", seconds=2))
        keep(database, event("AA-2", NOW - 3 * HOUR, "answer", "flag", seconds=3))
        keep(database, event("AA-2", NOW - 2 * HOUR, "wait", "flag-undone"))
        keep(database, event("AA-2", NOW - HOUR, "answer", "team-reply", seconds=4))
        found = database.read(history.answers, NIGHT.since, NIGHT.moment, NOW)
        assert {answer.seconds: answer.first for answer in found} == {2: False, 4: True}

    def test_an_answer_tells_mailbox_category_policy_and_since_when_the_customer_waited(
        self, database: Database
    ) -> None:
        since, seen = NOW - 9 * HOUR, NOW - HOUR
        keep(database, thread("AA-1", since, category="complaint", policy="vip"))
        keep(database, event("AA-1", seen, "answer", "team-reply", seconds=5 * 3600))  # seen three hours late
        (found,) = database.read(history.answers, NIGHT.since, NIGHT.moment, NOW)
        assert (found.mailbox, found.category, found.policy) == ("support", "complaint", "vip")
        assert (found.at, found.since) == (seen, since)

    def test_an_answer_to_an_earlier_wait_is_dated_back_from_when_it_was_seen(
        self, database: Database
    ) -> None:
        keep(database, thread("AA-1", NOW - HOUR, created_at=NOW - DAY))
        keep(database, event("AA-1", NOW - 2 * HOUR, "answer", "team-reply", seconds=3600))
        (found,) = database.read(history.answers, NIGHT.since, NIGHT.moment, NOW)
        assert found.since == NOW - 3 * HOUR

    def test_a_digest_of_some_mailboxes_counts_no_others(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY), thread("AA-2", NOW - DAY, mailbox="sales"))
        keep(database, *(event(f"AA-{n}", NOW, "answer", "team-reply", seconds=n) for n in (1, 2)))
        found = database.read(history.answers, NIGHT.since, NIGHT.moment, NOW, frozenset({"sales"}))
        assert [answer.seconds for answer in found] == [2]


def row(key: str, state: OutboxState, at: datetime = NOW, **changes: object) -> Outgoing:
    made = Outgoing(
        key=key,
        kind=MailKind.RECEIPT,
        mailbox="support",
        to="ivan@kupac.example",
        message_id=f"<{key}@primjer.example>",
        raw=b"x",
        created_at=at,
        next_at=at,
        state=state,
        sent_at=at if state is OutboxState.SENT else None,
        attempted_at=at,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


class TestOurMails:
    """What was sent, and what was not."""

    def test_receipts_count_in_the_night_in_which_a_server_took_them(self, database: Database) -> None:
        sent = OutboxState.SENT
        rows = [
            row("receipt:1", sent),
            row("receipt:2", sent, NIGHT.since + SECOND),
            row("receipt:3", sent, NIGHT.since),
            row("receipt:4", sent, NIGHT.moment + SECOND),
            row("receipt:5", OutboxState.READY),
            row("remind:1", sent, kind=MailKind.REMINDER),
        ]
        database.transact(outbox.add, rows)
        assert database.read(history.receipts_sent, NIGHT.since, NIGHT.moment) == 2

    def test_a_failed_mail_is_named_with_the_words_of_the_server(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        claimed = row("receipt:1", OutboxState.SENDING, NOW - HOUR, thread_ref="AA-1")
        alert = row("alert:1", OutboxState.FAILED, NOW - HOUR, kind=MailKind.ALERT, error="550 5.7.1 no")
        early = row("alert:2", OutboxState.FAILED, NOW - 2 * DAY, kind=MailKind.ALERT, error="550 5.7.1 no")
        database.transact(outbox.add, [claimed, alert, early])
        failed = replace(claimed, state=OutboxState.FAILED, error="550 5.1.1: unknown user: ivan")
        database.transact(outbox.finish, [failed], NOW)
        assert database.read(history.failed_mails, NIGHT.since, NIGHT.moment) == (
            FailedMail("receipt", "ivan@kupac.example", "550 5.1.1: unknown user: ivan"),
            FailedMail("alert", "ivan@kupac.example", "550 5.7.1 no"),
        )

    def test_a_mail_that_was_withdrawn_did_not_fail(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        database.transact(outbox.add, [row("receipt:1", OutboxState.READY, thread_ref="AA-1")])
        database.transact(outbox.withdraw, ["AA-1"], [MailKind.RECEIPT], NOW, "answered before it was sent")
        assert database.read(history.failed_mails, NIGHT.since, NIGHT.moment) == ()

    def test_it_is_known_which_digests_were_queued_and_when(self, database: Database) -> None:
        database.transact(outbox.add, [row("digest:2026-11-21:vera", OutboxState.READY)])
        asked = ["digest:2026-11-21:vera", "digest:2026-11-21:ana"]
        assert database.read(history.queued, asked) == {"digest:2026-11-21:vera"}
        assert [database.read(history.queued_at, key) for key in asked] == [NOW, None]


def message(uid: int, kind: str, verdict: str, reason: str, at: datetime = NOW) -> dict[str, object]:
    return {
        "mailbox": "support",
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": uid,
        "fingerprint": str(uid),
        "kind": kind,
        "verdict": verdict,
        "reason": reason,
        "because": "",
        "sender": "ivan@kupac.example",
        "subject": "",
        "received_at": at,
        "recorded_at": at,
        "size": 1,
    }


def test_mails_without_a_receipt_are_counted_by_kind_and_reason(database: Database) -> None:
    rows = [
        message(1, "list", "ignore", "list-id"),
        message(2, "list", "ignore", "list-id", NIGHT.since + SECOND),
        message(3, "list", "ignore", "list-id", NIGHT.since),  # the night before
        message(4, "customer", "record", "limit"),
        message(5, "customer", "receipt", "person"),  # got one
        message(6, "team", "record", "team"),  # not a customer's
        message(7, "own", "ignore", "own"),
        message(8, "customer", "ignore", "duplicate"),  # counted where it was met first
    ]
    database.transact(lambda conn: conn.execute(sa.insert(messages), rows))
    counted = database.read(history.not_answered, NIGHT.since, NIGHT.moment)
    assert counted == {("list", "list-id"): 2, ("customer", "limit"): 1}


def test_addresses_that_take_no_mail_come_once_with_the_last_word(database: Database) -> None:
    keep(database, thread("AA-1", NOW - DAY))
    for hours, why in ((3, "452 full"), (2, "550 no such user"), (30, "long ago")):
        keep(
            database,
            event(
                "AA-1", NOW - hours * HOUR, "undeliverable", "bounce", who="ivan@kupac.example", detail=why
            ),
        )
    assert database.read(history.bounced, NIGHT.since, NIGHT.moment) == (
        Bounced("ivan@kupac.example", "550 no such user"),
    )


class TestStanding:
    """What stands still at a moment."""

    def test_mails_put_off_held_and_in_quarantine_are_counted_as_they_are_now(
        self, database: Database
    ) -> None:
        waiting = [row("b", OutboxState.DEFERRED), row("c", OutboxState.HELD, mailbox="sales")]
        database.transact(outbox.add, waiting)
        place = {"mailbox": "support", "folder": "INBOX", "uidvalidity": 1, "uid": 9}
        poison = {**place, "at": NOW, "reason": "depth", "because": "", "retry": False}
        database.transact(lambda conn: conn.execute(sa.insert(quarantine), [poison]))
        assert database.read(history.standing) == Standing(deferred=1, held=1, quarantined=1)
        assert database.read(history.standing, frozenset({"sales"})) == Standing(held=1)

    def test_what_was_noted_when_a_digest_was_queued_is_found_again(self, database: Database) -> None:
        key, then = "digest:2026-11-21:vera", Standing(deferred=1, quarantined=2)
        database.transact(history.note_standing, key, then, NOW)
        assert database.read(history.noted_standing, key, NOW) == then
        assert database.read(history.noted_standing, "digest:2026-11-21:ana", NOW) is None


class TestVoices:
    """What customers said of us."""

    def test_votes_are_told_with_their_words_in_order_also_those_that_were_changed(
        self, database: Database
    ) -> None:
        keep(
            database,
            thread("AA-1", NOW - DAY),
            thread("AA-2", NOW - DAY, customer_name=None, mailbox="sales"),
        )
        database.transact(ratings.vote, "AA-1", 2, "Sporo.", "web", NOW - 3 * HOUR)
        database.transact(ratings.vote, "AA-2", 5, "", "mail", NOW - 2 * HOUR)
        database.transact(ratings.vote, "AA-1", 4, "", "web", NOW)
        found = database.read(history.ratings, NIGHT.since, NOW)
        assert [(one.ref, one.stars, one.words) for one in found] == [
            ("AA-1", 2, "Sporo."),
            ("AA-2", 5, ""),
            ("AA-1", 4, ""),
        ]
        assert [one.customer for one in found[:2]] == ["Ivan Horvat", "Ivan@kupac.example"]
        (only,) = database.read(history.ratings, NIGHT.since, NOW, ["sales"])
        assert only.ref == "AA-2"
        assert database.read(history.ratings, NOW, NOW + DAY) == ()

    def test_complaints_and_praise_are_told(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - DAY))
        keep(database, event("AA-1", NOW - DAY, "complaint"), event("AA-1", NOW, "praise"))
        keep(database, event("AA-1", NOW, "wait"))
        found = database.read(history.voiced, NOW - 2 * DAY, NOW)
        assert [(one.ref, one.what) for one in found] == [("AA-1", "complaint"), ("AA-1", "praise")]
        assert database.read(history.voiced, NOW - 2 * DAY, NOW, ["sales"]) == ()
