"""The two scripts of Serbian, and letters without their marks."""

import re
import unicodedata
from functools import lru_cache

_LATIN = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        re.findall(r"\S+", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"),
        strict=True,
    )
)
_CYRILLIC = {latin: cyrillic for cyrillic, latin in _LATIN.items()}
_TO_LATIN = str.maketrans(_LATIN | {k.upper(): v.capitalize() for k, v in _LATIN.items()})
_DIGRAPHS = ("lj", "nj", "dž")
_LOUD_DIGRAPH = re.compile(
    "(?:Lj|Nj|Dž)(?=[A-ZČĆĐŠŽ])|(?<=[A-ZČĆĐŠŽ])(?:Lj|Nj|Dž)(?![a-zčćđšž])"
)  # ЉУБАВ: LJUBAV
_CYRILLIC_WORDS = re.compile("[\u0400-\u04ff]+")


def to_latin(text: str) -> str:
    """Serbian in Cyrillic, written in Latin letters; other characters stay."""
    latin = text.translate(_TO_LATIN)
    return _LOUD_DIGRAPH.sub(lambda m: m[0].upper(), latin) if latin != text else text


def to_cyrillic(text: str) -> str | None:
    """Serbian in Latin letters, written in Cyrillic; None where a letter is not one of Serbian."""
    text = unicodedata.normalize("NFKC", text)  # "ǆ" is one character, and two letters
    written: list[str] = []
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        letters = pair if pair.lower() in _DIGRAPHS else text[position]
        cyrillic = _CYRILLIC.get(letters.lower())
        if cyrillic is None and letters.isalpha():
            return None
        written.append(
            letters if cyrillic is None else cyrillic.upper() if letters[0].isupper() else cyrillic
        )
        position += len(letters)
    return "".join(written)


def is_cyrillic(text: str) -> bool:
    """Whether most of the letters are Cyrillic."""
    if text.isascii():
        return False
    cyrillic = sum(map(len, _CYRILLIC_WORDS.findall(text)))
    return cyrillic > 0 and cyrillic * 2 > sum(map(str.isalpha, text))


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """The word as one types it on a keyboard without our letters: lower case, Latin, no marks (dj for đ)."""
    latin = to_latin(word.casefold()).replace("đ", "dj")
    return "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))


def word_set(text: str) -> frozenset[str]:
    """The words of a text: how lists of words stand in the code."""
    return frozenset(text.split())
