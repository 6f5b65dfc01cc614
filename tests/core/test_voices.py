"""What a customer's mail says of us is noted: complaint, praise, a wish for silence, a vote, the address written to."""

from dataclasses import replace
from pathlib import Path

import pytest

from autoack.core.ballots import Ballot
from autoack.core.message import Outcome
from autoack.core.thread import State
from autoack.core.turns import Part
from tests import office
from tests.core.test_decide import ANSWER, FIRST, HOUR, NOW, Desk, desk_with

SURVEY = "<autoack.0123456789abcdef01234567@vocar.example>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_with(tmp_path, aliases=["pomoc@vocar.example"])


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Podnosim reklamaciju na pošiljku.", ["complaint"]),
        ("Svaka čast na usluzi!", ["praise"]),
        ("Kada stiže narudžba?", []),
        ("Nemojte mi više slati automatske poruke.", ["unwanted"]),
    ],
)
def test_what_is_said_of_us_is_a_line_of_the_timeline(desk: Desk, text: str, noted: list[str]) -> None:
    decision = desk.take(office.mail(text, message_id="<1@kupac.example>"))
    said = [event.what for event in decision.events if event.what in ("complaint", "praise", "unwanted")]
    assert said == noted


def test_the_address_that_was_written_to_last_is_remembered(desk: Desk) -> None:
    first = desk.take(office.mail(message_id="<1@kupac.example>", to="pomoc@vocar.example")).thread
    assert first is not None
    assert first.written_to == "pomoc@vocar.example"
    again = desk.take(
        FIRST.replace(b"<1@", b"<2@").replace(b"Subject", b"In-Reply-To: <1@kupac.example>\nSubject")
    )
    assert again.thread is not None
    assert (again.thread.ref, again.thread.written_to) == (first.ref, office.ADDRESS)


def closed(desk: Desk) -> str:
    """Ivan was answered, the thread is closed, and he was sent a survey; its reference."""
    desk.take(FIRST)
    thread = desk.take(ANSWER, NOW + HOUR).thread
    assert thread is not None
    desk.known.threads[thread.ref] = replace(thread, state=State.CLOSED, closed_at=NOW + 2 * HOUR)
    desk.known.by_message_id[SURVEY] = thread.ref
    desk.known.surveys[SURVEY] = thread.ref
    return thread.ref


def reply(text: str) -> bytes:
    return office.mail(text, message_id="<r@kupac.example>", answers=SURVEY)


def test_a_vote_that_asks_for_nothing_starts_no_wait(desk: Desk) -> None:
    ref = closed(desk)
    decision = desk.take(reply("5 - hvala!"), NOW + 3 * HOUR)
    assert decision.ballot == Ballot(5, "hvala!")
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECORD, "rated")
    assert decision.thread is not None
    assert (decision.thread.ref, decision.thread.state) == (ref, State.CLOSED)
    assert not decision.wants_receipt
    assert decision.turn is not None
    assert decision.turn.part is Part.THANKS


@pytest.mark.parametrize("text", ["1\nČekao sam predugo.", "4, a kada stiže račun?"])
def test_a_vote_whose_words_need_an_answer_is_counted_and_waits(desk: Desk, text: str) -> None:
    closed(desk)
    decision = desk.take(reply(text), NOW + 3 * HOUR)
    assert decision.ballot is not None
    assert decision.thread is not None
    assert (decision.thread.state, decision.thread.wait, decision.wants_receipt) == (State.WAITING, 2, True)


def test_a_reply_to_another_mail_of_ours_is_no_vote(desk: Desk) -> None:
    closed(desk)
    desk.known.surveys.clear()
    decision = desk.take(reply("5"), NOW + 3 * HOUR)
    assert decision.ballot is None
