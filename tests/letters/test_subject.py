"""Subjects of replies, and subjects as letters quote them."""

import pytest

from autoack.letters.subject import quoted_subject, reply_subject


@pytest.mark.parametrize(
    "subject",
    [
        "Upit",
        "Re: Upit",
        "RE: Re: re: Upit",
        "Fwd: Re: Upit",
        "FW: RE[2]: Upit",
        "Odg: Upit",
        "Vá: Upit",
        "Vs: Upit",
        "AW: WG: Upit",
        "SV: Upit",
        "Одг: Пр: Upit",
        "Re : Upit",
        "RE： Upit",
        "Proslijeđeno: Upit",
        "  Upit  ",
    ],
)
def test_a_reply_has_one_prefix_and_the_customers_own_subject(subject: str) -> None:
    assert reply_subject(subject, "hr") == "Re: Upit"


@pytest.mark.parametrize(
    "subject", ["Recept: juha", "Pročitajte: novo", "Reklamacija", "Vas upit", "Prijava: 1"]
)
def test_a_word_that_only_looks_like_a_prefix_stays(subject: str) -> None:
    assert reply_subject(subject, "hr") == f"Re: {subject}"


def test_line_breaks_and_control_characters_go() -> None:
    assert reply_subject("Upit\r\nBcc: x@evil.example\x00", "hr") == "Re: Upit Bcc: x@evil.example"


@pytest.mark.parametrize("language", ["hr", "sr-Latn", "sr-Cyrl", "hu", "en", "de"])
@pytest.mark.parametrize("subject", ["", "  ", "Re:", "Fwd: Re: "])
def test_an_empty_subject_gets_words_of_ours(subject: str, language: str) -> None:
    assert 10 < len(reply_subject(subject, language)) <= 60


def test_a_quoted_subject_has_nothing_to_click_or_to_call_and_an_end() -> None:
    assert quoted_subject("Re: Račun evil.example tel +385 91 123 4567 a@evil.example") == "Račun tel"
    assert quoted_subject("https://evil.example/") == ""
    assert len(quoted_subject("riječ " * 100)) <= 80
