"""Writes docs/digest: the nightly digest at a phone's and a window's width, light and dark, with 0, 5 and 500 overdue.

A dashed line marks the end of a phone's first screen: above it stands what a manager asks first.
"""

import argparse
from pathlib import Path

from autoack.letters.digest_words import LANGUAGES
from autoack.letters.letter import Letter
from tests.letters.nights import letter, night
from tests.sheets.browser import PHONE, SCREEN, picture

OVERDUE = (0, 5, 500)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="make letters")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    digests: list[tuple[str, Letter]] = [(f"{n} overdue", letter(night(n))) for n in OVERDUE]
    for width in (PHONE, SCREEN):
        for scheme in ("light", "dark"):
            path = folder / f"{width}.{scheme}.png"
            picture(path, digests, columns=len(OVERDUE), width=width, dark=scheme == "dark", folded=True)
    languages: list[tuple[str, Letter]] = [(name, letter(night(5, name))) for name in LANGUAGES]
    picture(folder / "languages.png", languages, columns=len(languages), folded=True)


if __name__ == "__main__":
    main()
