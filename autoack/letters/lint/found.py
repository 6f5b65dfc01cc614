"""What a rule gives, and how rules look for words."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from autoack.letters.lint.words import Table
from autoack.letters.lint.writing import Block, Writing


class Found(NamedTuple):
    """A fault in a writing: its line, why it matters, and better wording where it is known."""

    line: int
    why: str
    better: str = ""


Rule = Callable[[Writing], Iterator[Found]]


def words_found(pattern: re.Pattern[str], block: Block) -> Iterator[tuple[int, str]]:
    """Line and words, as they are written, of each match."""
    latin = block.latin
    for match in pattern.finditer(latin.text):
        yield latin.lines[match.start()], block.as_written(" ".join(match[0].split()))


def listed_found(table: Table, block: Block) -> Iterator[tuple[int, str, str]]:
    """The same for a table, with the better wording in the script of the text."""
    latin = block.latin
    for match, better in table.found(latin.text):
        yield (
            latin.lines[match.start()],
            block.as_written(" ".join(match[0].split())),
            block.as_written(better),
        )
