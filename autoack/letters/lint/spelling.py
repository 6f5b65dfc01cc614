"""Spelling, by hunspell's dictionaries: read by the program where it is installed, else by the library spylls."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from autoack.letters.lint import by_hunspell, by_spylls

_DICTIONARIES = {
    "hr": ("hr_HR",),
    "sr-Latn": ("sr_Latn_RS", "sr_RS@latin", "sr_Latn"),
    "sr-Cyrl": ("sr_RS", "sr"),
    "hu": ("hu_HU",),
    "en": ("en_GB", "en_US"),
}
_PACKAGES = {
    "hr": "hunspell-hr", "sr-Latn": "hunspell-sr", "sr-Cyrl": "hunspell-sr", "hu": "hunspell-hu", "en": "hunspell-en-gb"
}  # fmt: skip

# Words that a dictionary does not know, each with the nearest right one or "". Raises SpellingFault.
Ask = Callable[[str, Collection[str]], dict[str, str]]


@dataclass(frozen=True)
class Speller:
    """Who checks words: the program hunspell, the library spylls, or nobody (`name` is empty).

    `dictionaries` are those that were found, by language, as `ask` wants them.
    """

    name: str = ""
    dictionaries: Mapping[str, str] = field(default_factory=dict)
    ask: Ask | None = None

    def missing(self, languages: Iterable[str]) -> str:
        """What keeps spelling from being checked in these languages, in one line; empty where nothing does."""
        without = [language for language in languages if language not in self.dictionaries]
        if not without:
            return ""
        packages = [] if self.name else ["hunspell"]
        packages += dict.fromkeys(_PACKAGES[language] for language in without if language in _PACKAGES)
        mend = f"; Debian: apt install {' '.join(packages)}" if packages else ""
        lacks = f"{self.name} has no dictionary" if self.name else "neither hunspell nor spylls is installed"
        instead = "" if self.name else "; `pip install spylls` does in place of the program"
        return f"spelling was not checked in {', '.join(without)}: {lacks}{mend}{instead}"

    def unknown(self, language: str, words: Collection[str]) -> dict[str, str]:
        """The words that the dictionary does not know, each with the nearest right one, or "".

        Raises SpellingFault where they could not be looked up.
        """
        assert self.ask is not None
        return self.ask(self.dictionaries[language], words)


def find_speller() -> Speller:
    """The program and its dictionaries, else the library, as they are installed here."""
    program = by_hunspell.find_program()
    if program is not None:
        there = {name: name for name in by_hunspell.dictionaries(program)}
        return Speller(
            "hunspell", _by_language(there), lambda name, words: by_hunspell.ask(program, name, words)
        )
    if by_spylls.is_installed():
        return Speller("spylls", _by_language(by_spylls.dictionaries()), by_spylls.ask)
    return Speller()


def _by_language(there: Mapping[str, str]) -> dict[str, str]:
    """The best dictionary for each language that has one."""
    return {
        language: next(there[name] for name in names if name in there)
        for language, names in _DICTIONARIES.items()
        if there.keys() & set(names)
    }
