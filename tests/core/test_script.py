"""The two scripts of Serbian."""

import pytest

from autoack.core.script import folded, is_cyrillic, to_cyrillic, to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љиљана Његош", "Ljiljana Njegoš"),
        ("ЉИЉАНА ЊЕГОШ", "LJILJANA NJEGOŠ"),
        ("КОЊ", "KONJ"),
        ("Џемал", "Džemal"),
        ("Ђорђе Ћирић", "Đorđe Ćirić"),
        ("жљеб, шећер, чађ", "žljeb, šećer, čađ"),
        ("др Марко", "dr Marko"),
    ],
)
def test_one_is_written_in_the_other_and_back(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


def test_a_digraph_may_be_one_character() -> None:
    assert to_cyrillic("ǈiǉana") == "Љиљана"


@pytest.mark.parametrize("text", ["Smith w", "Müller", "Éva", "Yves", "Qo"])
def test_what_has_a_letter_that_is_not_serbian_stays_latin(text: str) -> None:
    assert to_cyrillic(text) is None


def test_most_of_the_letters_tell_the_script() -> None:
    assert is_cyrillic("Наруџба USB кабла")
    assert not is_cyrillic("Narudžba књиге i ostalog")
    assert not is_cyrillic("123")


def test_folded_words_are_as_typed_without_our_letters() -> None:
    assert [folded(w) for w in ("Đorđe", "ЂОРЂЕ", "Šećer", "Ő")] == ["djordje", "djordje", "secer", "o"]
