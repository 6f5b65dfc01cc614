"""Spelling, by the program hunspell and its dictionaries, where they are installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

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
_TIMEOUT = 60  # seconds
# hunspell -a, after ispell: "& word count offset: this, that" or "# word offset" for what it does not know.
_UNKNOWN = re.compile(
    r"^(?:& (?P<word>\S+) \d+ \d+: (?P<first>[^,\n]+).*|# (?P<alone>\S+) \d+)$", re.MULTILINE
)


@dataclass(frozen=True)
class Speller:
    """Checks words by hunspell. `dictionaries` are those that were found, by language."""

    program: str | None
    dictionaries: dict[str, str] = field(default_factory=dict)

    def missing(self, languages: Iterable[str]) -> str:
        """What keeps spelling from being checked in these languages, in one line; empty where nothing does."""
        without = [language for language in languages if language not in self.dictionaries]
        if not without:
            return ""
        packages = [] if self.program else ["hunspell"]
        packages += dict.fromkeys(_PACKAGES[language] for language in without if language in _PACKAGES)
        mend = f"; Debian: apt install {' '.join(packages)}" if packages else ""
        lacks = "has no dictionary" if self.program else "is not installed"
        return f"spelling was not checked in {', '.join(without)}: hunspell {lacks}{mend}"

    def unknown(self, language: str, words: Iterable[str]) -> dict[str, str]:
        """The words that the dictionary does not know, each with the nearest right one, or "".

        Raises OSError or subprocess.SubprocessError where hunspell fails.
        """
        assert self.program is not None
        command = [self.program, "-a", "-i", "utf-8", "-d", self.dictionaries[language]]
        asked = "".join(f"^{word}\n" for word in words)
        done = subprocess.run(  # noqa: S603 - words go in by stdin, not as arguments
            command, input=asked, capture_output=True, encoding="utf-8", timeout=_TIMEOUT, check=True
        )
        return {m["word"] or m["alone"]: m["first"] or "" for m in _UNKNOWN.finditer(done.stdout)}


def find_speller() -> Speller:
    """The program and the dictionaries that are installed here."""
    program = shutil.which("hunspell")
    if program is None:
        return Speller(None)
    try:
        listed = subprocess.run(  # noqa: S603 - the program alone, without words
            [program, "-D"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return Speller(None)
    there = {Path(line).name for line in f"{listed.stdout}\n{listed.stderr}".splitlines() if os.sep in line}
    found = {
        language: next(name for name in names if name in there)
        for language, names in _DICTIONARIES.items()
        if there.intersection(names)
    }
    return Speller(program, found)
