"""Writes docs/letters: each letter as text, and contact sheets of them at a phone's width (needs Debian's chromium)."""

import argparse
from pathlib import Path

from autoack.letters.letter import Letter
from tests.sheets.browser import picture
from tests.sheets.situations import LANGUAGES, letters


def main() -> None:
    """Write the texts and take the pictures."""
    parser = argparse.ArgumentParser(prog="make letters")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    both: list[tuple[str, Letter]] = []
    for language in LANGUAGES:
        found = list(letters(language))
        (folder / f"{language}.txt").write_text("".join(map(_as_text, found)), encoding="utf-8")
        receipts = [pair for pair in found if pair[0].startswith("receipt")]
        others = [pair for pair in found if not pair[0].startswith("receipt")]
        picture(folder / f"receipts.{language}.png", receipts, columns=3)
        picture(folder / f"team.{language}.png", others, columns=3)
        both += [receipts[6], others[1]]
    picture(folder / "dark.png", both, columns=5, dark=True)


def _as_text(named: tuple[str, Letter]) -> str:
    name, letter = named
    return f"===== {name}\nSubject: {letter.subject}\n\n{letter.text}\n"


if __name__ == "__main__":
    main()
