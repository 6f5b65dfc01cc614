"""Expressions of ops over strangers' text: they find what Python's would, and cannot hang."""

import time

import pytest

from autoack.core.expressions import LONGEST, GaveUp, fault_of, search


def test_the_first_group_and_the_named_ones_are_found() -> None:
    found = search(r"(\w+)@(?P<domain>\S+)", "Željko: željko@kupac.example")
    assert found is not None
    assert (found.first, found.named) == ("željko", {"domain": "kupac.example"})


def test_without_a_group_the_whole_is_found() -> None:
    found = search(r"[A-Z]{2}-\d{6}", "br. AB-123456")
    assert found is not None
    assert found.first == "AB-123456"


def test_words_end_where_letters_of_any_alphabet_end() -> None:
    assert search(r"\bžalba\b", "Ovo je žalba.") is not None
    assert search(r"\bжалба\b", "Ово је жалба.") is not None
    assert search(r"\bžalba\b", "nežalba") is None


def test_lines_begin_where_lines_begin() -> None:
    assert search("^Ime: (.+)$", "Upit\nIme: Ana", lines=True) is not None
    assert search("^Ime: (.+)$", "Upit\nIme: Ana") is None


@pytest.mark.parametrize(
    ("expression", "letter"),
    [("(a+)+$", "a"), ("(x+x+)+y", "x"), (r"(\w+\s?)*$", "a"), ("(?:(?:a+)+)+b", "a"), ("a{1,65535}b", "a")],
)
def test_an_expression_that_would_take_for_ever_gives_up_within_a_tenth_of_a_second(
    expression: str, letter: str
) -> None:
    search(expression, letter)  # compiled
    began = time.process_time()
    with pytest.raises(GaveUp):
        search(expression, letter * (LONGEST - 1) + "!")
    assert time.process_time() - began < 0.1


def test_text_beyond_the_limit_is_not_searched() -> None:
    assert search("end", "x" * LONGEST + "end") is None


def test_a_fault_says_what_and_where() -> None:
    assert fault_of(r"\d{6}") is None
    fault = fault_of("(abc")
    assert fault is not None
    assert "at character" in fault
