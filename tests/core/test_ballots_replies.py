"""Replies to a survey as people write them, in five languages: which rate, and which only begin with a number."""

from typing import Any

import pytest

from autoack.core.ballots import ballot_of

RATES = {
    "hr": [
        ("2 sporo i neljubazno", 2),
        ("1 jako loše", 1),
        ("5 sve je bilo super", 5),
        ("3 moglo je brže", 3),
        ("4 dobro, ali sporo", 4),
        ("1 nezadovoljan sam", 1),
        ("2 nisam zadovoljna", 2),
        ("5 odlična usluga", 5),
        ("1 jer mi nitko nije odgovorio", 1),
        ("5 hvala Vam na svemu i puno pozdrava cijelom timu", 5),
        ("ocjena 3", 3),
        ("Ocjena: pet", 5),
        ("pet zvjezdica", 5),
        ("Četiri", 4),
        ("4 od pet", 4),
        ("5+", 5),
        ("5. Hvala, sve je riješeno!", 5),
        ("2. Čekala sam tri tjedna.", 2),
        ("Dajem Vam 4", 4),
        ("5 brzo riješeno", 5),
        ("2 sporo odgovarate", 2),
        ("4 lijep pozdrav", 4),
    ],
    "sr-Latn": [
        ("2 presporo", 2),
        ("5 svaka čast", 5),
        ("4 lepo i brzo", 4),
        ("ocena 4", 4),
        ("Ocena je 5.", 5),
        ("1 katastrofa", 1),
        ("pet, hvala", 5),
        ("3 prosečno", 3),
        ("5 zvezdica", 5),
    ],
    "sr-Cyrl": [
        ("оцена 4", 4),
        ("2 споро и нељубазно", 2),
        ("5 хвала", 5),
        ("1 разочарана сам", 1),
        ("пет звездица", 5),
        ("3 могло је боље", 3),
        ("4 од 5", 4),
    ],
    "hu": [
        ("3 csillag", 3),
        ("2 lassú és udvariatlan", 2),
        ("5 nagyon gyors ügyintézés", 5),
        ("5 köszönöm a segítséget", 5),
        ("1 nem vagyok elégedett", 1),
        ("4-es, köszönöm", 4),
        ("ötös!", 5),
        ("öt csillag", 5),
        ("4/5", 4),
        ("2 túl lassú volt", 2),
        ("5 minden rendben volt", 5),
        ("3 lehetett volna gyorsabb", 3),
        ("5-öst adok", 5),
        ("1 mert senki sem válaszolt", 1),
    ],
    "en": [
        ("5 stars", 5),
        ("five stars", 5),
        ("2 slow and rude", 2),
        ("1 terrible service", 1),
        ("4 good but slow", 4),
        ("5 everything was great", 5),
        ("2 not happy", 2),
        ("3 could be better", 3),
        ("4 out of five", 4),
        ("1 because nobody answered", 1),
        ("5 thanks for the quick help", 5),
        ("I'd give it a 4", 4),
        ("⭐⭐⭐⭐", 4),
        ("★★★☆☆", 3),
        ("⭐⭐⭐⭐⭐ great", 5),
        ("5️⃣", 5),
        ("5 👍", 5),
        ("(4)", 4),
        ("5 :)", 5),
        ("2 too slow", 2),
    ],
}
NO_VOTES = {
    "hr": [
        "2 paketa nisu stigla",
        "3 dana čekam",
        "4 kom",
        "5 kom molim",
        "2. rata",
        "2. Rata još nije knjižena",
        "1) Kada stiže paket?",
        "1. Kada stiže paket?",
        "1. Sporo\n2. Neljubazno",
        "1, brzo\n2, sporo",
        "2 dobra i 3 loša paketa",
        "2 dobra paketa",
        "2 nisu stigla",
        "5 minuta sam čekala na telefonu",
        "5-minutni poziv bi bio dovoljan",
        "3. kat, desno",
        "4.12. mi odgovara",
        "4. prosinca mi odgovara",
        "1 odličan prijedlog imam",
        "2 sporo, 3 dobro",
        "dva paketa nisu stigla",
        "Pet dana čekam.",
        "Dva, tri dana",
        "5 kuna mi niste vratili",
        "+3",
        "broj 5 nije isporučen",
        "Broj 2, crvena boja",
        "5/10",
        "4/2026",
        "3 od 5 paketa je stiglo",
        "2 brzo pošaljite",
    ],
    "sr-Latn": [
        "2 paketa kasne",
        "5 evra je previše",
        "3 nedelje čekam",
        "1 pitanje",
        "2. opomena stigla",
        "4 komada fale",
        "četiri komada fale",
    ],
    "sr-Cyrl": [
        "2 пакета касне",
        "3 недеље чекам",
        "1 питање имам",
        "2. рата није плаћена",
        "5. децембра ми одговара",
        "пет дана чекам",
    ],
    "hu": [
        "5 perce várok",
        "5 perce",
        "2 csomag nem érkezett meg",
        "2 jó termék és egy rossz",
        "2 gyors kérdés",
        "1 kérdésem lenne",
        "egy kérdésem lenne",
        "3 napja várok",
        "2 db",
        "2 jegy",
        "2. részlet",
        "december 5.",
        "4. emelet",
        "öt darabot kérek",
    ],
    "en": [
        "1 more question",
        "1 quick question",
        "One more thing",
        "2 good and 3 bad ones",
        "5 great products, where is the sixth?",
        "2 items missing",
        "3 weeks and still nothing",
        "5 minutes ago I got a parcel",
        "1: where is it?",
        "1) Slow",
        "5th of May",
        "5 pm",
        "Two, please send two",
        "three items are missing",
        "$5",
        "#5",
        "3-day delay",
        "10/10",
        "2 nice people called",
        "2 not delivered",
        "5 thank you cards",
        "⭐ Ivy Smith",
        "5 12345",
    ],
}


def rows(table: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(language, row) for language, texts in table.items() for row in texts]


@pytest.mark.parametrize(("language", "row"), rows(RATES))
def test_a_number_before_a_judgement_rates(language: str, row: tuple[str, int]) -> None:
    """The number is all there is, or what follows it says how it went."""
    text, stars = row
    found = ballot_of(text, "Iva Horvat")
    assert found is not None, language
    assert found.stars == stars


@pytest.mark.parametrize(("language", "text"), rows(NO_VOTES))
def test_a_number_that_counts_or_lists_is_no_vote(language: str, text: str) -> None:
    """A counted thing, a date, a list, a price, an order: such a mail is a customer's mail like any other."""
    assert ballot_of(text, "Ivy Smith") is None, language


def test_the_words_behind_the_number_are_kept() -> None:
    found = ballot_of("2 sporo i neljubazno\nČekala sam tri tjedna.\n\nIva Horvat", "Iva Horvat")
    assert found is not None
    assert found.words == "sporo i neljubazno\nČekala sam tri tjedna."
    signed = ballot_of("5 Iva", "Iva Horvat")
    assert signed is not None
    assert (signed.stars, signed.words) == (5, "")


@pytest.mark.parametrize("text", ["5 " + "sve " * 120 + "x", "1" + " " * 490 + "x", "5 " + "jako vrlo " * 49])
def test_a_long_line_is_read_and_does_not_rate(text: str) -> None:
    """Openings and words of degree may not pile up."""
    assert ballot_of(text) is None
