"""A stranger's words, made safe to repeat."""

import pytest

from autoack.core.plain import lines_of, one_line, shortened, visible_line, without_contacts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("vidi https://evil.example/x?y=1 odmah", "vidi odmah"),
        ("vidi www.evil.example", "vidi"),
        ("vidi evil.example/put", "vidi"),
        ("vidi EVIL.EXAMPLE", "vidi"),
        ("piši na a.b@evil.example", "piši na"),
        ("vidi 10.0.0.1/x", "vidi"),
        ("zovi +385 91 123 4567 odmah", "zovi odmah"),
        ("zovi (01) 234-5678", "zovi"),
        ("zovi 555-123-4567", "zovi"),
        ("račun od 24.11.2026. i 01.02.2026.", "račun od 24.11.2026. i 01.02.2026."),
        ("narudžba 20261122001", "narudžba 20261122001"),
        ("od 8:00 do 16.30, tj. d.o.o.", "od 8:00 do 16.30, tj. d.o.o."),
    ],
)
def test_ways_to_third_parties_are_taken_out_and_dates_and_numbers_stay(text: str, left: str) -> None:
    assert without_contacts(text) == left


def test_one_line_has_no_line_break_and_no_control_character() -> None:
    assert one_line(" a\r\nBcc: b\x00\u2028c\ud800\t d ") == "a Bcc: b c d"


def test_what_cannot_be_seen_is_removed() -> None:
    assert visible_line("\u202eIvan\u200b\ufeff H\u00adorvat") == "Ivan Horvat"
    assert lines_of("a\r\nb\rc\x1b\u202ed\ue000") == "a\nb\ncd"


def test_shortened_cuts_at_a_word_and_says_so() -> None:
    assert shortened("kratko", 10) == "kratko"
    assert shortened("jedna dugačka rečenica", 18) == "jedna dugačka…"
    assert len(shortened("x" * 100, 20)) == 20
