"""A text as its readers will see it, each character knowing the line of the file that it stands on.

Values stand in it as single private characters, as in templates; what is no prose (addresses, code) as one more.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from autoack.core.script import is_cyrillic, to_cyrillic, to_latin

VALUE = re.compile("[\ue000-\uf8ff]")
_NO_PROSE = "\uf8ff"
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("inline")
_LINK = re.compile(r"https?://|mailto:|\]\(")
# In this order: what is taken out of a line, and what stays of it.
_MARKS = re.compile(
    r"(?P<code>`+[^`]+`+|<[^\s<>]+>|(?:https?://|www\.)[^\s)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|\]\([^)\s]*\)|\[(?=[^\]]*\]\()|\*+|(?<!\w)_+|_+(?!\w)|\\(?=\W)"
)


class Role(StrEnum):
    """What a block is to its reader."""

    SUBJECT = "subject"
    PARAGRAPH = "paragraph"
    STEP = "step"
    ITEM = "item"
    FACT = "fact"
    QUOTE = "quote"
    HEADING = "heading"


@dataclass(frozen=True)
class Block:
    """A subject, a paragraph, an item of a list …: text, and the line of each of its characters.

    `group` numbers the list that an item belongs to.
    """

    role: Role
    text: str
    lines: tuple[int, ...]
    group: int = 0

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.lines[0]

    @cached_property
    def latin(self) -> "Block":
        """The same in Latin letters: Serbian has one list of words for both its scripts."""
        if not is_cyrillic(self.text):
            return self
        pairs = [(new, line) for c, line in zip(self.text, self.lines, strict=True) for new in to_latin(c)]
        return Block(self.role, "".join(c for c, _ in pairs), tuple(line for _, line in pairs), self.group)

    def as_written(self, words: str) -> str:
        """Words found in `latin`, or meant for it, in the script of the text."""
        return (to_cyrillic(words) or words) if self.latin is not self else words


@dataclass(frozen=True)
class Writing:
    """A whole text in one of its variants. `names` says for which value each private character stands."""

    kind: str  # the letter's kind, or `answer`
    language: str
    subject: Block | None
    blocks: tuple[Block, ...]
    names: Mapping[str, str]
    has_link: bool
    end: int  # the file's last line with text

    @property
    def all_blocks(self) -> Iterator[Block]:
        """Subject and body."""
        if self.subject is not None:
            yield self.subject
        yield from self.blocks

    @property
    def line(self) -> int:
        """Where the body begins."""
        return self.blocks[0].line if self.blocks else self.end

    def values(self, block: Block) -> set[str]:
        """The names of the values in a block."""
        return {self.names[c] for c in VALUE.findall(block.text) if c in self.names}

    @cached_property
    def used(self) -> set[str]:
        """The names of all values in the body."""
        return set().union(*(self.values(block) for block in self.blocks))


def subject_block(text: str, lines: Sequence[int]) -> Block | None:
    """A subject; None where there is none."""
    return Block(Role.SUBJECT, text, tuple(lines)) if text.strip() else None


def has_link(text: str) -> bool:
    """Whether Markdown leads anywhere."""
    return _LINK.search(text) is not None


def blocks_of(text: str, lines: Sequence[int]) -> tuple[Block, ...]:
    """The blocks of Markdown whose n-th character stands on line `lines[n]`."""
    rows = _rows(text, lines)
    found: list[Block] = []
    open_types: list[str] = []
    group, row_map = 0, [0, 0]
    for token in _MARKDOWN.parse(text):
        if token.nesting == 1:
            open_types.append(token.type)
            row_map = token.map or row_map
            group += token.type in ("ordered_list_open", "bullet_list_open")
        elif token.nesting == -1:
            open_types.pop()
        elif token.type == "inline" and token.content.strip():
            content, at = prose(token.content, _lines(token, row_map, rows))
            if content.strip():
                found.append(Block(_role(open_types), content, at, group))
    return tuple(found)


def _rows(text: str, lines: Sequence[int]) -> list[tuple[str, Sequence[int]]]:
    rows, start = [], 0
    for row in text.split("\n"):
        end = start + len(row)
        rows.append((row, lines[start : end + 1] or lines[-1:] or (1,)))
        start = end + 1
    return rows


def _lines(token: Token, row_map: Sequence[int], rows: Sequence[tuple[str, Sequence[int]]]) -> list[int]:
    """The line of each character of a token's content."""
    first = (token.map or row_map)[0]
    at: list[int] = []
    for number, piece in enumerate(token.content.split("\n")):
        row, row_lines = rows[min(first + number, len(rows) - 1)]
        start = max(row.find(piece), 0)
        known = list(row_lines[start : start + len(piece)])
        at += known + [row_lines[-1]] * (len(piece) + 1 - len(known))  # one more: the line's end
    return at


def prose(text: str, at: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """Text and lines without Markdown's marks; code and addresses as one character that is no letter."""
    pieces: list[str] = []
    lines: list[int] = []
    position = 0
    for match in _MARKS.finditer(text):
        pieces.append(text[position : match.start()])
        lines += at[position : match.start()]
        if match["code"]:
            pieces.append(_NO_PROSE)
            lines.append(at[match.start()])
        position = match.end()
    pieces.append(text[position:])
    lines += at[position : len(text)]
    return "".join(pieces), tuple(lines)


def _role(open_types: Sequence[str]) -> Role:
    if "blockquote_open" in open_types:
        return Role.QUOTE
    if "tr_open" in open_types:
        return Role.FACT
    for kind in reversed(open_types):
        if kind == "ordered_list_open":
            return Role.STEP
        if kind == "bullet_list_open":
            return Role.ITEM
    return Role.HEADING if "heading_open" in open_types else Role.PARAGRAPH
