"""The contact sheets show every kind of letter in every language."""

import pytest

from tests.sheets.situations import LANGUAGES, letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_is_shown_in_its_language(language: str) -> None:
    shown = [letter for _, letter in letters(language)]
    kinds = {kind for letter in shown for kind in _kinds(letter.raw)}
    assert kinds >= {"receipt", "remind", "escalate", "notify", "remind-list", "alert", "check"}
    assert all(f"Content-Language: {language}\r\n".encode() in letter.raw for letter in shown)
    assert len({letter.text for letter in shown}) == len(shown)


def _kinds(raw: bytes) -> list[str]:
    return [
        line.rpartition(b"kind=")[2].decode() for line in raw.split(b"\r\n") if line.startswith(b"X-Autoack:")
    ]
