"""A reply to a survey that begins with a number rates; the words behind it are kept, and come back if they ask."""

import pytest

from autoack.core.ballots import Ballot, ballot_in, ballot_of
from autoack.core.message import Headers
from tests.store.samples import mail, thread


@pytest.mark.parametrize(
    ("text", "stars", "words"),
    [
        ("5", 5, ""),
        ("  4 ", 4, ""),
        ("3.", 3, ""),
        ("*5*", 5, ""),
        ("5!", 5, ""),
        ("5 - hvala!", 5, "hvala!"),
        ("5 hvala", 5, "hvala"),
        ("5, sve je bilo odlično", 5, "sve je bilo odlično"),
        ("5. Hvala na brzom odgovoru", 5, "Hvala na brzom odgovoru"),
        ("5/5", 5, ""),
        ("4 / 5 - brzo i ljubazno", 4, "brzo i ljubazno"),
        ("4 od 5", 4, ""),
        ("5 out of 5", 5, ""),
        ("ocjena 4", 4, ""),
        ("Ocjena: 2", 2, ""),
        ("Moja ocjena je 5.", 5, ""),
        ("ocena 3", 3, ""),
        ("оцена 4", 4, ""),
        ("Оцена: 5, хвала!", 5, "хвала!"),
        ("4-es", 4, ""),
        ("5-ös, köszönöm!", 5, "köszönöm!"),
        ("Értékelés: 5", 5, ""),
        ("Rating: 4", 4, ""),
        ("5 stars", 5, ""),
        ("4 zvjezdice", 4, ""),
        ("★★★★", 4, ""),
        ("⭐⭐⭐⭐⭐\nHvala!", 5, "Hvala!"),
        ("5\n\nBrzo i jasno.\n\nLijep pozdrav,\nIva Horvat", 5, "Brzo i jasno."),
        ("1\n\nIva", 1, ""),
        ("2\r\nČekala sam tri tjedna.", 2, "Čekala sam tri tjedna."),
    ],
)
def test_a_number_at_the_beginning_rates(text: str, stars: int, words: str) -> None:
    assert ballot_of(text, "Iva Horvat") == Ballot(stars, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hvala!",
        "0",
        "6",
        "10",
        "55",
        "4.5",
        "4,5",
        "4-5 dana",
        "5 dana čekam odgovor",
        "2 pitanja imam",
        "5:30 mi odgovara",
        "5. studenoga sam poslala uplatu",
        "5.11.2026",
        "3 komada molim",
        "2 questions remain",
        "5 nap múlva",
        "5€",
        "5 %",
        "Naručila sam 5",
        "Hvala, 5",
        "#5123",
        "x" * 600 + "5",
    ],
)
def test_other_texts_do_not(text: str) -> None:
    assert ballot_of(text) is None


@pytest.mark.parametrize(
    ("stars", "words", "language"),
    [
        (5, "", "hr"),
        (1, "", "hr"),
        (5, "hvala!", "hr"),
        (4, "Brzo i ljubazno.", "hr"),
        (4, "Моглo је брже.", "sr-Cyrl"),
        (5, "Köszönöm szépen!", "hu"),
        (5, "Excellent support, very friendly.", "en"),
        (3, "Could be quicker", "en"),
    ],
)
def test_praise_and_remarks_ask_for_nothing(stars: int, words: str, language: str) -> None:
    assert not Ballot(stars, words).asks(language)


@pytest.mark.parametrize(
    ("stars", "words", "language"),
    [
        (1, "Sporo.", "hr"),
        (2, "Hvala na ničemu", "hr"),
        (4, "A kada stiže račun?", "hr"),
        (4, "Molim još račun.", "hr"),
        (5, "Hvala, ali faktura još nije stigla.", "hr"),
        (4, "Још чекам рачун.", "sr-Cyrl"),
        (4, "Kérem, küldjék el a számlát is.", "hu"),
        (5, "Great, but the invoice is missing.", "en"),
        (3, "I am disappointed.", "en"),
    ],
)
def test_low_ratings_with_words_and_words_that_ask_come_back(stars: int, words: str, language: str) -> None:
    assert Ballot(stars, words).asks(language)


SURVEYS = frozenset({"<survey@primjer.example>"})


def test_only_a_reply_to_the_survey_itself_rates() -> None:
    answers = Headers([("In-Reply-To", "<survey@primjer.example>")])
    later = Headers([("In-Reply-To", "<later@primjer.example>")])
    chain = ("<survey@primjer.example>", "<later@primjer.example>")
    five = {"text": "5", "new_text": "5"}
    assert ballot_in(mail(1, headers=answers, references=chain, **five), SURVEYS, thread()) == Ballot(5, "")
    assert ballot_in(mail(1, headers=later, references=chain, **five), SURVEYS, thread()) is None
    assert ballot_in(mail(1, references=chain[:1], **five), SURVEYS, thread()) == Ballot(5, "")
    assert ballot_in(mail(1, references=chain, **five), SURVEYS, thread()) is None
    assert ballot_in(mail(1, headers=answers, **five), frozenset(), thread()) is None
