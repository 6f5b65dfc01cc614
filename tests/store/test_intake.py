"""The record of the intake: what is known of a batch, and what follows from it, in one piece."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.message import Address, Headers, Mail, Place
from autoack.core.thread import State
from autoack.store import intake, meta, outbox, threads
from autoack.store.engine import Database
from tests.store.samples import HOUR, LUKA, NOW, entry, mail, outgoing, thread

REF = "AA-1111-1111"
YESTERDAY = NOW - 24 * HOUR


@pytest.fixture
def with_thread(database: Database) -> Database:
    """Iva's first mail is on record, and the receipt for it."""
    database.transact(intake.record, [entry(1, thread(), opens=True)], NOW)
    database.transact(outbox.add, [outgoing(thread_ref=REF, message_id="<ours@primjer.example>")])
    return database


# --- what is known ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        mail(2, references=("<0@elsewhere.example>", "<1@kupac.example>")),
        mail(2, references=("<ours@primjer.example>",)),
        mail(2, subject="Re: Račun [aa-1111-1111]"),
        mail(2, text="Vaša oznaka: AA-1111-1111"),
        mail(2, headers=Headers([("X-Autoack", "AA-1111-1111 receipt")])),
    ],
    ids=["customer's Message-ID", "our Message-ID", "subject", "text", "header"],
)
def test_the_thread_of_a_reply_is_known(with_thread: Database, reply: Mail) -> None:
    found = with_thread.transact(intake.known, [reply], "support", YESTERDAY)
    assert found.threads.keys() == {REF}
    assert found.threads[REF].id > 0


def test_nothing_is_known_of_a_stranger(with_thread: Database) -> None:
    stranger = mail(9, sender=LUKA, references=("<9@elsewhere.example>",), text="AA-9999-9999")
    found = with_thread.transact(intake.known, [stranger], "support", YESTERDAY)
    assert (found.threads, found.by_message_id, found.fingerprints, found.receipts) == ({}, {}, {}, {})


def test_message_ids_lead_to_their_thread_or_to_none(with_thread: Database) -> None:
    with_thread.transact(intake.record, [entry(2)], NOW)
    asked = mail(3, references=("<1@kupac.example>", "<2@kupac.example>", "<ours@primjer.example>"))
    found = with_thread.transact(intake.known, [asked], "support", YESTERDAY)
    assert found.by_message_id == {
        "<1@kupac.example>": REF,
        "<2@kupac.example>": None,
        "<ours@primjer.example>": REF,
    }


def test_a_mail_that_was_met_is_known_in_any_mailbox(with_thread: Database) -> None:
    found = with_thread.transact(intake.known, [mail(1), mail(2)], "sales", YESTERDAY)
    assert found.fingerprints == {mail(1).fingerprint: REF}


def test_a_thread_of_the_same_mailbox_comes_before_others(with_thread: Database) -> None:
    other = thread("AA-2222-2222", mailbox="sales")
    in_sales = replace(entry(1, other, opens=True), place=Place("sales", "INBOX", 1, 1))
    with_thread.transact(intake.record, [in_sales], NOW)
    asked = [mail(2, references=("<1@kupac.example>",))]
    for mailbox, ref in (("support", REF), ("sales", "AA-2222-2222")):
        found = with_thread.transact(intake.known, asked, mailbox, YESTERDAY)
        assert found.by_message_id == {"<1@kupac.example>": ref}


def test_recent_receipts_are_counted_by_writer(database: Database) -> None:
    rows = [
        outgoing("1", created_at=NOW - HOUR),
        outgoing("2", created_at=NOW - 2 * HOUR, state=OutboxState.SENT),
        outgoing("3", state=OutboxState.FAILED),
        outgoing("4", kind=MailKind.UPDATE),
        outgoing("5", mailbox="sales"),
        outgoing("6", created_at=YESTERDAY - HOUR),
        outgoing("7", to="zoran@kupac.example"),
    ]
    database.transact(outbox.add, rows)
    from_iva = mail(1, sender=Address("", "IVA.horvat@KUPAC.example"))
    from_luka = mail(2, sender=LUKA, reply_to=(Address("", "zoran@kupac.example"),))
    found = database.transact(intake.known, [from_iva, from_luka], "support", YESTERDAY)
    assert found.receipts == {
        "iva.horvat@kupac.example": [NOW - 2 * HOUR, NOW - HOUR],
        "zoran@kupac.example": [NOW],
    }


def test_it_is_known_which_mailboxes_are_paused(database: Database) -> None:
    database.transact(meta.pause, "support", NOW)
    assert database.transact(intake.known, [mail(1)], "support", YESTERDAY).paused == {"support"}


def test_mails_with_very_many_references_are_no_trouble(with_thread: Database) -> None:
    many = tuple(f"<{number}@elsewhere.example>" for number in range(3000))
    found = with_thread.transact(
        intake.known, [mail(2, references=(*many, "<1@kupac.example>"))], "support", YESTERDAY
    )
    assert found.by_message_id == {"<1@kupac.example>": REF}


# --- the record -------------------------------------------------------------------------------------------


def test_the_last_state_of_a_thread_wins_and_all_its_mails_hang_on_it(database: Database) -> None:
    opened = thread()
    answered = replace(opened, state=State.ANSWERED, answered_by="ana", next_step_at=None)
    batch = [entry(1, opened, opens=True), entry(2, opened), entry(3, answered)]
    places = database.transact(intake.record, batch, NOW)
    assert places == {one.place for one in batch}
    kept = database.read(threads.by_ref, REF)
    assert kept is not None
    assert (kept.state, kept.answered_by, kept.next_step_at) == (State.ANSWERED, "ana", None)
    assert len(database.read(threads.timeline, REF)) == 3
    found = database.transact(intake.known, [mail(1), mail(2), mail(3)], "support", YESTERDAY)
    assert set(found.fingerprints.values()) == {REF}


def test_a_known_thread_is_changed(with_thread: Database) -> None:
    changed = thread(wait=2, priority="high")
    with_thread.transact(intake.record, [entry(2, changed)], NOW)
    kept = with_thread.read(threads.by_ref, REF)
    assert kept is not None
    assert (kept.wait, kept.priority) == (2, "high")


def test_a_mail_that_is_on_record_already_changes_nothing(with_thread: Database) -> None:
    again = entry(1, thread(state=State.CLOSED), opens=True)
    new = entry(2, thread(priority="high"))
    assert with_thread.transact(intake.record, [again, new], NOW) == {new.place}
    kept = with_thread.read(threads.by_ref, REF)
    assert kept is not None
    assert (kept.state, kept.priority) == (State.WAITING, "high")
    assert len(with_thread.read(threads.timeline, REF)) == 2
    assert with_thread.transact(intake.record, [again], NOW) == set()


def test_a_mail_without_a_thread_is_kept_with_its_reason(database: Database) -> None:
    database.transact(intake.record, [entry(1)], NOW)
    assert database.transact(intake.known, [mail(1)], "support", YESTERDAY).fingerprints == {
        mail(1).fingerprint: None
    }


def test_the_same_uid_in_another_folder_is_another_mail(with_thread: Database) -> None:
    places = [Place("support", "Sent", 1, 1), Place("support", "INBOX", 2, 1), Place("sales", "INBOX", 1, 1)]
    others = [replace(entry(number), place=place) for number, place in enumerate(places, 10)]
    assert with_thread.transact(intake.record, others, NOW) == set(places)


def test_a_hostile_mail_does_not_sink_its_batch(database: Database) -> None:
    hostile = entry(
        1,
        subject="NUL \0 and half a \ud83d",
        text="\udcff" * 10,
        message_id="<" + "š" * 5000 + ">",
        sender=Address("", "a" * 5000 + "@kupac.example"),
    )
    batch = [hostile, entry(2, thread(), opens=True)]
    assert database.transact(intake.record, batch, NOW) == {one.place for one in batch}
    known = database.transact(intake.known, [hostile.mail], "support", YESTERDAY)
    assert known.fingerprints == {hostile.mail.fingerprint: None}


def test_a_batch_is_recorded_with_a_few_statements(sqlite_database: Database) -> None:
    batch = [entry(n, thread(f"AA-0000-{n:04}"), opens=True) for n in range(200)]
    statements = []

    def count(*execution: object) -> None:
        statements.append(execution[2])

    event.listen(Engine, "before_cursor_execute", count)
    sqlite_database.transact(intake.record, batch, NOW)
    event.remove(Engine, "before_cursor_execute", count)
    assert "INSERT" in " ".join(map(str, statements))
    assert len(statements) < 10
