"""The words that rules look for, a module for each language.

In a list of phrases `|` stands between them and `*` for the rest of a word; capitals do not matter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

Pattern = re.Pattern[str]

_MODULES = {"hr": "hr", "sr-Latn": "sr", "sr-Cyrl": "sr", "hu": "hu", "en": "en"}
NOTHING = re.compile(r"(?!)")  # matches nowhere


def _whole_words(pattern: str) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _alternatives(listed: str) -> str:
    escaped = (re.escape(" ".join(phrase.split())) for phrase in listed.split("|"))
    return "|".join(phrase.replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in escaped)


class Table:
    """Phrases, and for each what to write instead; empty where that depends. One pattern looks for all."""

    def __init__(self, better: Mapping[str, str]) -> None:
        listed = (f"(?P<n{number}>{_alternatives(phrases)})" for number, phrases in enumerate(better))
        self._pattern = _whole_words("|".join(listed)) if better else NOTHING
        self._better = list(better.values())

    def found(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Each match, with its better wording."""
        for match in self._pattern.finditer(text):
            yield match, self._better[int((match.lastgroup or "n0")[1:])]


_EMPTY = Table({})


@dataclass(frozen=True)
class Words:
    """What a language's rules look for. A table gives better wording, too."""

    greeting: Pattern = NOTHING  # typed instead of the salutation, at the beginning of a letter
    close: Pattern = NOTHING  # courteous
    thanks: Pattern = NOTHING
    reply: Pattern = NOTHING  # "reply to this mail": a way to people
    filler: Pattern = NOTHING  # says nothing at the beginning of a subject
    slang: Table = _EMPTY
    negative: Table = _EMPTY
    promotion: Pattern = NOTHING
    apology: Pattern = NOTHING
    cause: Pattern = NOTHING  # what an apology is for
    no_cause: Pattern = NOTHING  # sounds like one, and says nothing
    pronoun: Pattern = NOTHING  # stands for a cause: "about that"
    joining: Pattern = NOTHING  # begins another clause: "and"
    polite: Pattern = NOTHING  # Vi, Ön
    familiar: Pattern = NOTHING  # ti, te
    twice: frozenset[str] = frozenset()  # rightly said twice in a row
    right: frozenset[str] = frozenset()  # words of ours that dictionaries lack
    longest_sentence: int = 30  # words
    ekavian: Table = _EMPTY  # → ijekavian
    ijekavian: Table = _EMPTY  # → ekavian
    both_ways: bool = False  # the language has both pronunciations, but one to a letter


def phrases(listed: str) -> Pattern:
    """A pattern for any of these phrases."""
    return _whole_words(_alternatives(listed))


def alone(listed: str, before: str) -> Pattern:
    """A pattern for any of these phrases where a mark, the end or one of the words `before` follows.

    "about that" is alone in "sorry about that." and in "sorry about that and …", not in "sorry about that delay".
    """
    follows = rf"\s*(?:[^\w\s]|\Z)|\s+(?:{_alternatives(before)})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{_alternatives(listed)})(?={follows})", re.IGNORECASE)


@cache
def words_for(language: str) -> Words:
    """The words of a language; none for one that we do not know."""
    name = _MODULES.get(language)
    if name is None:
        return Words()
    words: Words = import_module(f"autoack.letters.lint.words.{name}").WORDS
    return words
