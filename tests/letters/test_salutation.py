"""The greeting of a letter: right in every case, or neutral."""

import pytest

from autoack.core.message import Customer
from autoack.letters.salutation import salutation


def greeting(name: str | None, language: str, honorific: str | None = None, style: str = "vocative") -> str:
    return salutation(Customer("a@kupac.example", name, honorific), language, style)


@pytest.mark.parametrize(
    ("name", "honorific", "language", "said"),
    [
        ("Ivan Horvat", None, "hr", "Poštovani Ivan Horvat,"),
        ("Luka Perić", None, "hr", "Poštovani Luka Perić,"),
        ("Ana Marić", "dr.", "hr", "Poštovana dr. Ana Marić,"),
        ("Ana Marić", "prof. dr. sc.", "hr", "Poštovana prof. dr. sc. Ana Marić,"),
        ("Ivan Horvat", "dipl. ing.", "hr", "Poštovani Ivan Horvat,"),
        ("Sanjay Patel", None, "hr", "Dobar dan, Sanjay Patel,"),
        ("Saša Petrović", None, "hr", "Dobar dan, Saša Petrović,"),
        ("Saša Petrović", "gđa", "hr", "Poštovana Saša Petrović,"),
        ("Јелена Петровић", None, "hr", "Poštovana Jelena Petrović,"),
        ("Jelena Petrović", "dr.", "sr-Latn", "Poštovana dr Jelena Petrović,"),
        ("Милица Јовановић", None, "sr-Cyrl", "Поштована Милица Јовановић,"),
        ("Jelena Petrović", "dr.", "sr-Cyrl", "Поштована др Јелена Петровић,"),
        ("Đorđe Ljubić", None, "sr-Cyrl", "Поштовани Ђорђе Љубић,"),
        ("Jelena Petrovic", None, "sr-Cyrl", "Поштована Jelena Petrovic,"),
        ("John Smith", None, "sr-Cyrl", "Поштовани John Smith,"),
        ("Kovács Anna", None, "hu", "Tisztelt Kovács Anna!"),
        ("Kovács Anna", "dr.", "hu", "Tisztelt Dr. Kovács Anna!"),
        ("Ivan Horvat", None, "en", "Dear Ivan Horvat,"),
        ("Ana Marić", "dr.", "en", "Dear Dr. Ana Marić,"),
        ("John Smith", "mr.", "en", "Dear Mr John Smith,"),
        ("Ana Marić", "mr. sc.", "en", "Dear Ana Marić,"),
    ],
)
def test_a_person_is_greeted_by_name(name: str, honorific: str | None, language: str, said: str) -> None:
    assert greeting(name, language, honorific) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hr", "Poštovani,"),
        ("sr-Latn", "Poštovani,"),
        ("sr-Cyrl", "Поштовани,"),
        ("hu", "Tisztelt Ügyfelünk!"),
        ("en", "Hello,"),
        ("de", "Hello,"),
    ],
)
def test_without_a_name_and_where_ops_wish_it_the_greeting_is_neutral(language: str, said: str) -> None:
    assert greeting(None, language) == said
    assert greeting("Ivan Horvat", language, style="neutral") == said
