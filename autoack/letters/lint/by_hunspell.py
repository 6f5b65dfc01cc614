"""Looks words up by the program hunspell."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from autoack.letters.lint.finding import SpellingFault

_TIMEOUT = 60  # seconds
# hunspell -a, after ispell: "& word count offset: this, that" or "# word offset" for what it does not know.
_UNKNOWN = re.compile(
    r"^(?:& (?P<word>\S+) \d+ \d+: (?P<first>[^,\n]+).*|# (?P<alone>\S+) \d+)$", re.MULTILINE
)


def find_program() -> str | None:
    """Where it is installed."""
    return shutil.which("hunspell")


def dictionaries(program: str) -> set[str]:
    """The names of the dictionaries that it finds; none where it fails."""
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
        return set()
    return {Path(line).name for line in f"{listed.stdout}\n{listed.stderr}".splitlines() if os.sep in line}


def ask(program: str, dictionary: str, words: Iterable[str]) -> dict[str, str]:
    """The words that the dictionary does not know, each with the nearest right one, or "". Raises SpellingFault."""
    command = [program, "-a", "-i", "utf-8", "-d", dictionary]
    asked = "".join(f"^{word}\n" for word in words)
    try:
        done = subprocess.run(  # noqa: S603 - words go in by stdin, not as arguments
            command, input=asked, capture_output=True, encoding="utf-8", timeout=_TIMEOUT, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SpellingFault(str(error)) from error
    return {m["word"] or m["alone"]: m["first"] or "" for m in _UNKNOWN.finditer(done.stdout)}
