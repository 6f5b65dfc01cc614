"""Titles and callings around a name: which words they are, and the form in which letters write them."""

import re
from itertools import pairwise

from autoack.core.given_names import (
    Gender,
    gender,
    is_given,
    is_international,
    looks_south_slavic,
    south_slavic,
)
from autoack.core.name_words import AFTER_NAME, DOTTED, TITLES
from autoack.core.script import folded

QUOTES = " \t\"'`´‘’‚“”„«»*_~,;!?#=+<>-–—"
_DEGREE = re.compile(r"[^\W\d_]{2,}\.")  # what goes on after a title: "dipl. ecc.", "DR. MED."
# "odv. Ivan Kos", "Ivan Horvat ml.", "o. Marko": what small letters shorten is no name.
_SHORTENED = re.compile(r"[^\W\d_]{2,5}\.")
_LETTER = re.compile(r"[^\W\d_]\.")


def split_titles(text: str, *, after_name: bool = False) -> tuple[list[str], list[str]]:
    """The titles among the words, in the form in which letters write them, and the other words."""
    titles: list[str] = []
    words: list[str] = []
    before = None
    lower = text.islower()
    said = text.split()
    for word, following in pairwise([*said, ""]):
        title = title_of(word)
        if title is None and not lower and _is_shortened(word, following, first=not words):
            title = TITLES.get(_letters(word), word.lower())
        if title is None and (words or after_name):
            letters = _letters(word)
            if letters in AFTER_NAME:
                title = word.rstrip(",")
            elif before and (after_name or len(words) > 1) and _DEGREE.fullmatch(word):
                title = TITLES.get(letters, word.lower())
        if title:
            titles.append(title)
        else:
            words.append(word.strip(QUOTES) if len(word) < 4 else word.strip(QUOTES + "."))
        before = title
    return titles, [w for w in words if w]


def _is_shortened(word: str, following: str, *, first: bool) -> bool:
    """Whether this is short for a title or a calling; in capitals only before a given name: "Adv. Marko Marković"."""
    if word[0].islower():
        return bool(_SHORTENED.fullmatch(word) or (first and _LETTER.fullmatch(word)))
    return first and bool(_SHORTENED.fullmatch(word)) and is_given(following) and not is_given(word[:-1])


def title_of(word: str) -> str | None:
    """The title that the word is wherever it stands, as letters write it."""
    letters = _letters(word)
    if letters in DOTTED and (not word.endswith(".") or word[0].isupper()):
        return None
    return TITLES.get(letters)


def _letters(word: str) -> str:
    return folded(word).strip(".,").replace(".", "")


def is_priest(words: list[str]) -> bool:
    """ "Don Ivan Grubišić" is how Croats call a priest; "Don Johnson" bears it as his name."""
    if len(words) < 2 or folded(words[0]) != "don" or south_slavic(words[1]) is None:
        return False
    ours = not is_international(words[1]) or (len(words) > 2 and looks_south_slavic(words[-1]))
    return ours and gender(words[1]) is Gender.MALE
