"""Rules on the spaces around marks: none before, one after, and one between words."""

import re
from collections.abc import Iterator

from autoack.letters.lint.found import Found
from autoack.letters.lint.writing import VALUE, Block, Writing

_VALUE = VALUE.pattern[1:-1]
_SPACE = r"[ \t\xa0\u202f]"
# What other rules find is left alone (runs of marks, :-) and its like), and so are .pdf and .5.
_MARK = r"[,!?](?![!?])|\.(?![\w.])|[;:](?![\w;:]|-?[)(|/])"
_BEFORE = re.compile(rf"(?<=[\w{_VALUE})\]”“\"»’%])(?:{_SPACE}+|{_SPACE}*\n)(?:{_MARK})")
_FRENCH = "!?;:"  # have a space before them in French
# After two letters, a sign that no number, time, address or abbreviation has there: 1,5 10:30 primjer.example d.o.o.
_AFTER = re.compile(
    rf"(?<=[^\W\d_]{{2}})(?:[,;!?](?=[^\W\d_]|[{_VALUE}])|[.:](?=[A-ZČĆĐŠŽÁÉÍÓÖŐÚÜŰА-ЯЂЈЉЊЋЏ{_VALUE}]))"
    rf"|(?<=[{_VALUE}]),(?=[^\W\d_]|[{_VALUE}])"
)
_TWO = re.compile(rf"(?<=[^\s|]){_SPACE}{{2,}}(?=[^\s|])")


def spacing(writing: Writing) -> Iterator[Found]:
    """A space too many or too few, which no dictionary finds."""
    for block in writing.all_blocks:
        for match in _BEFORE.finditer(block.text):
            mark = match[0][-1]
            if not (writing.language.startswith("fr") and mark in _FRENCH):
                yield _found(block, match, f"there is a space before “{mark}”", mark)
        for match in _AFTER.finditer(block.text):
            yield _found(block, match, f"there is no space after “{match[0]}”", f"{match[0]} ")
        for match in _TWO.finditer(block.text):
            yield _found(block, match, "there are two spaces between words", " ")


def _found(block: Block, match: re.Match[str], why: str, mended: str) -> Found:
    """With the words on both sides as they should stand; values as …"""
    before = block.text[: match.start()].split("\n")[-1].split(" ")[-1]
    after = block.text[match.end() :].split("\n")[0].split(" ")[0]
    better = VALUE.sub("…", f"{before}{mended}{after}")
    return Found(block.lines[match.start()], why, better)
