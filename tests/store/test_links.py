"""What ties mails to threads is remembered: what they refer to, Gmail's threads, customers, turns; and forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from autoack.core.message import Headers, Kind
from autoack.core.thread import Stray
from autoack.core.turns import Part, Turn
from autoack.store import intake, retention
from autoack.store.engine import Database
from autoack.store.intake import Entry
from autoack.store.tables import links, messages
from tests.store.samples import HOUR, LUKA, NOW, entry, mail, thread

REF = "AA-1111-1111"
YESTERDAY = NOW - timedelta(days=1)
LATER = NOW + timedelta(days=800)


def tied(one: Entry, **ties: object) -> Entry:
    return replace(one, decision=replace(one.decision, **ties))


@pytest.fixture
def recorded(database: Database) -> Database:
    """Iva's mail, which refers to <0@kupac.example>, is on record, and an automatic reply to <9@…> of no thread."""
    first = tied(
        entry(1, thread(), opens=True),
        refers_to=("<0@kupac.example>",),
        gmail_thread="17",
        turn=Turn(
            NOW + timedelta(minutes=1), Part.ASK, "iva.horvat@kupac.example", frozenset({"iva@x.example"})
        ),
    )
    stray = tied(entry(2, kind=Kind.AUTO_REPLY, sender=LUKA), refers_to=("<9@kupac.example>",))
    database.transact(intake.record, [first, stray], NOW + HOUR)
    return database


def count(database: Database) -> int:
    return database.read(lambda conn: conn.execute(select(func.count()).select_from(links)).scalar_one())


def test_what_a_thread_refers_to_leads_to_it_in_its_own_mailbox_only(recorded: Database) -> None:
    for late in (mail(0), mail(5, references=("<0@kupac.example>",))):
        found = recorded.transact(intake.known, [late], "support", YESTERDAY)
        assert found.referred == {"<0@kupac.example>": REF}
        assert found.threads.keys() == {REF}
        assert recorded.transact(intake.known, [late], "sales", YESTERDAY).referred == {}


def test_a_mail_without_a_thread_is_found_by_what_it_refers_to_and_comes_home(recorded: Database) -> None:
    late = mail(9)
    stray = Stray(mail(2).fingerprint, "<2@kupac.example>", LUKA.key, "Račun za listopad", "new")
    assert recorded.transact(intake.known, [late], "support", YESTERDAY).strays == {
        "<9@kupac.example>": [stray]
    }
    recorded.transact(intake.record, [tied(entry(9, thread()), strays=(stray,))], NOW + HOUR)
    found = recorded.transact(intake.known, [late, mail(2)], "support", YESTERDAY)
    assert found.strays == {}
    assert found.fingerprints[stray.fingerprint] == REF


def test_gmails_thread_leads_to_ours_in_its_own_mailbox_only(recorded: Database) -> None:
    for mailbox, expected in (("support", {"17": REF}), ("sales", {})):
        found = recorded.transact(intake.known, [mail(3)], mailbox, YESTERDAY, gmail_threads=["17", "18"])
        assert found.by_gmail_thread == expected


def test_turns_come_with_their_thread(recorded: Database) -> None:
    found = recorded.transact(
        intake.known, [mail(5, references=("<1@kupac.example>",))], "support", YESTERDAY
    )
    asked = Turn(
        NOW + timedelta(minutes=1), Part.ASK, "iva.horvat@kupac.example", frozenset({"iva@x.example"})
    )
    assert found.turns == {REF: [asked]}


@pytest.mark.parametrize(
    ("subject", "references", "expected"),
    [
        ("Re: Račun", (), {"iva.horvat@kupac.example": [REF]}),
        ("Račun", (), {}),
        ("Re: Račun", ("<x@elsewhere.example>",), {}),
    ],
)
def test_the_writers_threads_are_known_where_a_mail_answers_without_saying_what(
    recorded: Database, subject: str, references: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    asked = mail(5, subject=subject, references=references, headers=Headers())
    assert recorded.transact(intake.known, [asked], "support", YESTERDAY).by_customer == expected


def test_what_is_remembered_goes_with_its_mails(recorded: Database) -> None:
    assert count(recorded) == 2
    assert recorded.transact(retention.delete_messages, LATER, 100) > 0
    assert count(recorded) == 1
    recorded.transact(lambda conn: conn.exec_driver_sql("UPDATE threads SET state = 'closed'"))
    assert recorded.transact(retention.delete_threads, LATER, 100) == 1
    assert count(recorded) == 0
    assert recorded.read(lambda conn: conn.execute(select(messages.c.id)).all()) == []
