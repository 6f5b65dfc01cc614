"""Who may ask for something by mail: a person of the team, in answer to a mail of ours to them, or by their link."""

from datetime import UTC, datetime, time, timedelta

import pytest

from autoack.core import tokens
from autoack.core.classify import classify
from autoack.core.commands import Command, Verb
from autoack.core.delivery import MailKind
from autoack.core.follow_up import FollowUp, follow_up, is_ours_tagged
from autoack.core.fulfil import person_named
from autoack.core.message import Address
from autoack.core.orders import LINK, Letter, Order, Refused, order_in
from autoack.core.policy import (
    AlertPlan,
    Calendar,
    Desk,
    DigestPlan,
    Mailbox,
    Organisation,
    Person,
    Policy,
    Retention,
    Team,
)
from tests.core.mails import ZAGREB, mail

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REF, OURS, SECRET = "AA-7K3M-Q9TD", "<autoack.0123456789abcdef01234567@primjer.example>", "5f0e"
TEAM = Team("front", ("ana", "luka"), "luka", "luka")
POLICY = Policy("standard", Calendar("always", ZAGREB, always=True))
BOX = Mailbox("support", "podrska@primjer.example", "Podrška", TEAM, POLICY, ("hr",))
PEOPLE = {
    "ana": Person(
        "ana", "Ana Kovač", "ana@primjer.example", aliases=("a.kovac@primjer.example",), language="hr"
    ),
    "luka": Person("luka", "Luka Ivić", "luka@primjer.example"),
    "iva": Person("iva", "Iva Marić", "iva@primjer.example"),
    "sara": Person("sara", "Kiss Sára", "sara@primjer.example", language="hu"),
}
DESK = Desk(
    Organisation("Primjer", ZAGREB, domains=frozenset({"primjer.example"})),
    PEOPLE,
    {"front": TEAM},
    {},
    {},
    {"support": BOX},
    DigestPlan(time(21), ()),
    AlertPlan(()),
    Retention(),
)
ANA = "Ana Kovač <ana@primjer.example>"


def _letter(
    to: str = "ana@primjer.example", kind: MailKind = MailKind.REMINDER, days: int = 1
) -> dict[str, Letter]:
    return {OURS: Letter(OURS, kind, to, REF, NOW - timedelta(days=days))}


def _asked(
    text: str, letters: dict[str, Letter] | None = None, *, of_thread: bool = True, **fields: str | None
) -> Order | Refused | None:
    read = mail(text, **{"From": ANA, "Subject": "Re: Čeka 20 h", "In_Reply_To": OURS, **fields})
    verdict = classify(read, DESK, BOX)
    return order_in(read, verdict, DESK, letters or {}, SECRET, NOW, of_thread=of_thread)


def test_a_reply_to_our_mail_to_this_person_is_an_order() -> None:
    order = _asked("close", _letter())
    assert isinstance(order, Order)
    assert (order.person.id, order.command, order.ref) == ("ana", Command(Verb.CLOSE), REF)
    assert order.in_time
    assert isinstance(_asked("close", _letter(), From="a.kovac@primjer.example"), Order), "an alias is theirs"


def test_words_are_an_order_without_a_command() -> None:
    order = _asked("Javit ćemo se.", _letter())
    assert isinstance(order, Order)
    assert order.command is None
    assert order.to_reminder


def test_the_line_may_name_another_thread() -> None:
    order = _asked("close AA-0000-0000", _letter(kind=MailKind.DIGEST))
    assert isinstance(order, Order)
    assert order.ref == "AA-0000-0000"


def test_a_proof_holds_for_30_days() -> None:
    order = _asked("close", _letter(days=31))
    assert isinstance(order, Order)
    assert not order.in_time


@pytest.mark.parametrize(
    ("sender", "letters", "reason"),
    [
        (ANA, {}, "no-proof"),
        (ANA, _letter(to="luka@primjer.example"), "no-proof"),
        ("Ana <ana@elsewhere.example>", _letter(), "stranger"),
    ],
)
def test_forged_and_strange_ones_are_refused(sender: str, letters: dict[str, Letter], reason: str) -> None:
    refused = _asked("close", letters, From=sender)
    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert "Nothing was done" in refused.because


@pytest.mark.parametrize(
    ("subject", "body", "person", "genuine"),
    [
        ("close {}", "", ANA, True),
        ("close {}", "snooze 4d", ANA, True),
        ("Re: close {}", "Ana Kovač\nPrimjer d.o.o.", ANA, True),
        ("close {}", "", "Luka <luka@primjer.example>", False),
    ],
)
def test_a_link_is_its_own_proof_for_one_person(subject: str, body: str, person: str, genuine: bool) -> None:
    signed = tokens.written(REF, tokens.token(SECRET, REF, "ana", LINK, NOW + tokens.LASTS))
    order = _asked(body, Subject=subject.format(signed), In_Reply_To=None, From=person)
    assert isinstance(order, Order) is genuine
    if isinstance(order, Order):
        assert order.ref == REF
        assert order.command == (
            Command(Verb.SNOOZE, "4d") if body.startswith("snooze") else Command(Verb.CLOSE)
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"To": "ivan@kupac.example", "Cc": "podrska@primjer.example"},  # an answer to a customer
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Automatski odgovor: odsutna"},
    ],
)
def test_answers_to_customers_and_automatic_replies_ask_for_nothing(fields: dict[str, str]) -> None:
    assert _asked("close", _letter(), **fields) is None


def test_a_customer_who_writes_a_command_is_a_customer() -> None:
    assert _asked("close", From="ivan@kupac.example", In_Reply_To="<m1@kupac.example>") is None
    assert _asked("close", of_thread=False, In_Reply_To=None) is None, "about nothing that we know"


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"Bcc": "podrska+3d@primjer.example"}, FollowUp(timedelta(days=3))),
        ({"Cc": "Podrska+2W@Primjer.example"}, FollowUp(timedelta(weeks=2))),
        ({"Delivered_To": "podrska+4h@primjer.example"}, FollowUp(timedelta(hours=4))),
        ({"X_Original_To": "<podrska+done@primjer.example>"}, FollowUp(None)),
        ({"Cc": "podrska+0d@primjer.example"}, None),
        ({"Cc": "podrska+newsletter@primjer.example"}, None),
        ({"Cc": "other+3d@primjer.example"}, None),
    ],
)
def test_a_tag_asks_for_a_follow_up(fields: dict[str, str], asked: FollowUp | None) -> None:
    assert follow_up(mail(**{"To": "ivan@kupac.example", **fields}), BOX) == asked


def test_every_tagged_address_of_the_desk_is_the_desk_s() -> None:
    assert is_ours_tagged(Address("", "podrska+newsletter@primjer.example"), DESK)
    assert not is_ours_tagged(Address("", "ivan+podrska@kupac.example"), DESK)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("ana", "ana"),
        ("Ana Kovač", "ana"),
        ("Ani", "ana"),
        ("Ани", "ana"),
        ("Luki", "luka"),
        ("ivi", "iva"),
        ("Sárának", "sara"),
        ("luka@primjer.example", "luka"),
        ("Zoran", None),
        ("a", None),
    ],
)
def test_people_are_named_in_any_case_of_their_name(words: str, who: str | None) -> None:
    found = person_named(words, DESK)
    assert (found.id if found else None) == who
