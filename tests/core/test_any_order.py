"""Any order of arrival of a conversation gives the same threads, and leaves the clock in the same state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances
from autoack.core.message import Mail
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known, State, Thread
from autoack.settings import Settings
from tests import office

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # when all of it is read
IVAN, MARA = "Ivan Horvat <ivan@kupac.example>", "Mara Horvat <mara@kupac.example>"
IVA, LUKA = f"Iva Perić <{office.ADDRESS}>", "luka@vocar.example"
QUESTIONS = ("Kada stiže moja narudžba?", "Hvala Vam!", "I još nešto: radite li u subotu?")


@dataclass(frozen=True)
class Written:
    """A mail of the conversation. `answers`: the number of the mail that it answers; the first answers none."""

    number: int
    who: str  # customer, spouse, team, aside
    answers: int | None
    words: str

    @property
    def message_id(self) -> str:
        return f"<{self.number}@{'vocar' if self.who in ('team', 'aside') else 'kupac'}.example>"

    @property
    def at(self) -> datetime:
        return MORNING + timedelta(minutes=20 * self.number)


@st.composite
def conversations(draw: st.DrawFn) -> list[Written]:
    """A customer asks; customers and the team write on, each to a mail before; some mails are among colleagues."""
    mails = [Written(0, "customer", None, QUESTIONS[0])]
    for number in range(1, draw(st.integers(2, 7))):
        who = draw(st.sampled_from(["customer", "customer", "spouse", "team", "team", "aside"]))
        words = draw(st.sampled_from(QUESTIONS)) if who in ("customer", "spouse") else "Stiže u srijedu."
        mails.append(Written(number, who, draw(st.integers(0, number - 1)), words))
    return mails


def octets(mail: Written, all_: Sequence[Written], *, whole: bool) -> bytes:
    """The mail as it was sent, with all its References, or with In-Reply-To alone."""
    ancestors: list[str] = []
    above = mail.answers
    while above is not None:
        ancestors.insert(0, all_[above].message_id)
        above = all_[above].answers
    headers = {"In-Reply-To": ancestors[-1]} if ancestors else {}
    if ancestors and whole:
        headers["References"] = " ".join(ancestors)
    sender = {"customer": IVAN, "spouse": MARA}.get(mail.who, IVA)
    subject = "Re: Narudžba" if ancestors else "Narudžba"
    to = {"team": _author(mail, all_), "aside": LUKA}.get(mail.who, office.ADDRESS)
    return office.mail(
        mail.words, sender=sender, to=to, message_id=mail.message_id, headers=headers, subject=subject
    )


def _author(mail: Written, all_: Sequence[Written]) -> str:
    """To whom the team's answer goes: the customer who wrote last on the way up."""
    above = mail.answers
    while above is not None and all_[above].who not in ("customer", "spouse"):
        above = all_[above].answers
    return MARA if above is not None and all_[above].who == "spouse" else IVAN


class Reading:
    """Reads mails one after the other, as the intake does; `known` is all that is on record."""

    def __init__(self, desk: Settings) -> None:
        self.settings = desk
        self.known = Known()

    def take(self, raw: bytes, at: datetime, *, sent_folder: bool) -> None:
        mail = parse(read_file(raw))
        assert isinstance(mail, Mail)
        box = self.settings.desk.mailboxes["support"]
        met = Circumstances(now=EVENING, received_at=at, sent_folder=sent_folder)
        learn(self.known, mail, decide(mail, self.settings.desk, box, self.known, met))

    def outcome(self) -> tuple[object, ...]:
        """Which mails belong together, and how the clock of each thread stands."""
        together: dict[str | None, set[str]] = {}
        for message_id, ref in self.known.by_message_id.items():
            together.setdefault(ref, set()).add(message_id)
        groups = {
            frozenset(mails): _clock(self.known.threads.get(ref or "")) for ref, mails in together.items()
        }
        return tuple(sorted(groups.items(), key=lambda item: sorted(item[0])))


def _clock(thread: Thread | None) -> tuple[object, ...] | None:
    if thread is None:
        return None
    waits = thread.state is State.WAITING
    clock = (thread.state, thread.waiting_since, thread.promised_at if waits else None)
    return (*clock, thread.answered_at, thread.answered_by, thread.next_step_at)


def read_in(order: Sequence[Written], all_: Sequence[Written], desk: Settings, *, whole: bool) -> Reading:
    reading = Reading(desk)
    for mail in order:
        reading.take(octets(mail, all_, whole=whole), mail.at, sent_folder=mail.who in ("team", "aside"))
    return reading


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return office.settings(tmp_path_factory.mktemp("order"))


@settings(deadline=None)  # how long it takes is no matter here
@given(data=st.data())
def test_with_whole_references_any_order_gives_the_same_thread_and_clock(
    desk: Settings, data: st.DataObject
) -> None:
    mails = data.draw(conversations())
    other = data.draw(st.permutations(mails))
    in_order = read_in(mails, mails, desk, whole=True).outcome()
    assert len(in_order) == 1
    assert read_in(other, mails, desk, whole=True).outcome() == in_order


def test_thanks_read_late_tell_whom_an_earlier_answer_reached(desk: Settings) -> None:
    question = Written(0, "customer", None, "Kada stiže moja narudžba?")
    thanks = Written(1, "spouse", 0, "Hvala Vam!")
    to_spouse = Written(2, "team", 1, "Stiže u srijedu.")
    to_customer = Written(3, "team", 0, "Stiže u srijedu.")
    mails = [question, thanks, to_spouse, to_customer]
    in_order = read_in(mails, mails, desk, whole=True).outcome()
    assert read_in([question, to_spouse, to_customer, thanks], mails, desk, whole=True).outcome() == in_order


@settings(deadline=None)  # how long it takes is no matter here
@given(data=st.data())
def test_with_in_reply_to_alone_any_order_does_where_all_answer_the_first_mail(
    desk: Settings, data: st.DataObject
) -> None:
    mails = [replace(mail, answers=0 if mail.number else None) for mail in data.draw(conversations())]
    other = data.draw(st.permutations(mails))
    in_order = read_in(mails, mails, desk, whole=False).outcome()
    assert len(in_order) == 1
    assert read_in(other, mails, desk, whole=False).outcome() == in_order


@settings(deadline=None)  # how long it takes is no matter here
@given(data=st.data())
def test_with_in_reply_to_alone_no_question_is_taken_for_answered(
    desk: Settings, data: st.DataObject
) -> None:
    """A mail that ties others together may come last: then there are more threads, but nobody is forgotten."""
    mails = data.draw(conversations())
    other = data.draw(st.permutations(mails))
    found = read_in(other, mails, desk, whole=False).known.threads.values()
    in_order = read_in(mails, mails, desk, whole=False).known.threads.values()
    if any(thread.state is State.WAITING for thread in in_order):
        assert any(thread.state is State.WAITING for thread in found)
