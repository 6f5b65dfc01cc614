"""The contact sheets show every kind of letter in every language."""

import re

import pytest

from autoack.core.delivery import MailKind
from tests.sheets.situations import LANGUAGES, letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_is_shown_in_its_language(language: str) -> None:
    shown = [letter for _, letter in letters(language)]
    kinds = {kind for letter in shown for kind in _kinds(letter.raw)}
    assert kinds >= {str(kind) for kind in MailKind} - {MailKind.DIGEST}
    assert all(f"Content-Language: {language}\r\n".encode() in letter.raw for letter in shown)
    assert len({letter.text for letter in shown}) == len(shown)


def _kinds(raw: bytes) -> list[str]:
    return [
        line.rpartition(b"kind=")[2].decode() for line in raw.split(b"\r\n") if line.startswith(b"X-Autoack:")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_is_small_and_fetches_nothing(language: str) -> None:
    for name, letter in letters(language):
        assert len(letter.html.encode()) < 30_000, name
        assert not re.search(r"\bsrc=|<link|@import|url\(|<script|<img", letter.html), name
        assert all(len(line) <= 998 for line in letter.raw.split(b"\r\n")), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_engine_can_lay_each_letter_out(language: str) -> None:
    """Outlook for Windows: padding on cells alone, a width by its own table, nothing of flex, grid or position."""
    for name, letter in letters(language):
        if letter.html.startswith("<!DOCTYPE html>") and "aa-page" not in letter.html:
            continue  # a draft: an agent's own mail, plain as theirs
        body = letter.html.partition("<body")[2]
        assert not re.search(r"display:|flex|grid|position:|float:|<div", body), name
        for tag, style in re.findall(r'<(\w+)[^>]* style="([^"]*)"', body):
            pads = "padding" in style and not re.search(r"padding:0(?:;|$)", style)
            assert tag == "td" or not pads, (name, tag, style)
            assert tag == "table" or "max-width" not in style, (name, tag)
        assert re.search(r"<!--\[if mso\]><table[^>]* width=\"600\"", body), name
        assert body.count("<!--[if mso]>") == body.count("<![endif]-->"), name
        assert len(re.findall(r"<table\b", body)) == body.count("</table>"), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_told_of_a_thread_can_act_by_a_link(language: str) -> None:
    shown = dict(letters(language))
    for name in ("reminder", "escalation: overdue", "assigned", "bounced", "command: mine", "command: close"):
        assert 'href="mailto:podrska@primjer.example?subject=' in shown[name].html, name
