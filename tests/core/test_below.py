"""Words below a command: which of them somebody may believe to have reached a customer."""

from dataclasses import replace

import pytest

from autoack.core.below import words_below
from autoack.core.commands import Command, Verb
from autoack.core.policy import Person
from tests.core.test_orders import DESK

IVA = Person("iva", "Iva Perić", "iva@vocar.example", language="hr")
LUKA = Person("luka", "Luka Novak", "luka@vocar.example", language="en")
OFFICE = replace(DESK, people={"iva": IVA, "luka": LUKA})
CLOSE = Command(Verb.CLOSE)


def below(text: str, command: Command = CLOSE, person: Person = IVA) -> str:
    return words_below(text, command, person, OFFICE)


def test_an_answer_that_was_meant_for_the_customer_is_found() -> None:
    assert below("zatvori\n\nPoštovani,\nstiže u petak.\n\nIva") == "Poštovani,\nstiže u petak."
    assert below("close\nIt arrives on Friday.") == "It arrives on Friday."
    assert below("затвори\n\nСтиже у петак.\nХвала") == "Стиже у петак."
    assert below("lezárás\n\nPénteken érkezik.\nKöszönöm!") == "Pénteken érkezik."


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "\u00a0\n \n",
        "Hvala!",
        "Puno hvala,\nIva",
        "Lp, Iva",
        "Köszi!",
        "Хвала вам",
        "Iva Perić\nVoditeljica podrške\n+385 21 555 111",
        "Perić Iva | Voćar d.o.o.",
        "IVA PERIĆ\nTrg 1, 21000 Split",
        "iva, luka",
    ],
)
def test_thanks_signatures_and_our_own_hints_are_none(rest: str) -> None:
    assert below(f"zatvori\n\n{rest}") == ""


def test_the_organisations_card_is_none() -> None:
    name = OFFICE.organisation.name
    assert below(f"zatvori\n{name}\nTrg 1") == ""


def test_a_note_has_all_its_words() -> None:
    assert below("bilješka: zvala sam ga\nJavlja se sutra.", Command(Verb.NOTE, "zvala sam ga")) == ""


def test_where_the_subject_gave_the_command_all_words_stand_beside_it() -> None:
    assert below("Stiže u petak.") == "Stiže u petak."
