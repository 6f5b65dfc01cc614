"""Rules on how a text is typed: capitals, punctuation, quotes, emoji, doubled words, end marks, scripts, left-overs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from autoack.core.script import is_cyrillic, to_cyrillic, to_latin
from autoack.letters.lint.found import Found
from autoack.letters.lint.words import words_for
from autoack.letters.lint.writing import VALUE, Block, Role, Writing

_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(r"(?<!\w)[^\W\d_]{2,}(?:\s+[^\W\d_]{2,})*(?!\w)")
_LONGEST_ABBREVIATION = 4  # letters: HZZO, IBAN
_MOST_ABBREVIATIONS = 2  # in a row: SMS PIN
_NO_SHOUT = frozenset({"HTTPS", "OAUTH", "ASCII", "UNICODE"})
_RUN = re.compile(r"[!?]{2,}|(?<!\.)\.{2,}|,{2,}|;{2,}|:{2,}|-{3,}|—{2,}")
_FACE = re.compile(r"(?<!\w)(?:[:;=]-?[)(DPp|/]|<3|\^_?\^|xD)(?!\w)")
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]+)\s+\1(?![\w-])", re.IGNORECASE)
_QUOTED = re.compile(r"„[^„“”\"]*([“”\"])")
_CLOSING = {"hr": "”", "sr-Latn": "“", "sr-Cyrl": "“", "hu": "”"}  # after „
_ENDS = tuple('.!?:…"”“)»')
_LEFT_OVER = re.compile(r"\{+\s*[\w.]*\s*\}+|\}\}|\{\{|%[A-Za-z_]{2,}%|\$\{?[A-Za-z_]+\}?|<<\w+>>|\bXX+\b")
_TO_FILL_IN = re.compile(
    r"\b(?:todo|fixme|tbd|lorem ipsum)\b|"
    r"\[(?:ime|prezime|naziv|datum|name|first name|date|company|név|dátum|име|презиме|датум|назив)[^\]]*\]",
    re.IGNORECASE,
)
# A template is Markdown: its HTML is shown, not carried out.
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<[a-z]+\s+[a-z-]+=", re.IGNORECASE)
_PICTURE = re.compile(rf"(?<![\w{VALUE.pattern[1:-1]}])!\w+")  # what is left of Markdown's ![words](address)
_SERBIAN_LATIN = re.compile(
    r"[čćžšđ]|^(?:hvala|vam|vas|vaš|vaša|vaše|vašu|je|smo|poruka|poruku|na|za|se|od|do)$"
)


def capitals(writing: Writing) -> Iterator[Found]:
    """Capitals shout; abbreviations do not."""
    for block in writing.all_blocks:
        for match in _SHOUTED.finditer(block.text):
            shouted = [word for word in _WORD.findall(match[0]) if len(word) > 1]
            loud = _shouted_words(shouted)
            if loud:
                line = block.lines[match.start() + match[0].index(loud[0])]
                said = " ".join(loud)
                yield Found(
                    line,
                    f"“{said}” shouts",
                    said.lower() if block.role != Role.SUBJECT else said.capitalize(),
                )


def _shouted_words(words: list[str]) -> list[str]:
    """The words in capitals: too many in a row for abbreviations, or one too long for it."""
    loudest: list[str] = []
    row: list[str] = []
    for word in [*words, ""]:
        if word.isupper() and word not in _NO_SHOUT:
            row.append(word)
            continue
        if len(row) > _MOST_ABBREVIATIONS or any(len(w) > _LONGEST_ABBREVIATION for w in row):
            loudest = loudest or row
        row = []
    return loudest


def punctuation(writing: Writing) -> Iterator[Found]:
    """One mark says it; three dots are a letter of their own."""
    for block in writing.all_blocks:
        for match in _RUN.finditer(block.text):
            better = "…" if match[0] == "..." else "?" if "?" in match[0] else match[0][0]
            yield Found(block.lines[match.start()], f"a run of punctuation: {match[0]}", better)


def quotes(writing: Writing) -> Iterator[Found]:
    """What opens with „ closes with the language's own mark."""
    right = _CLOSING.get(writing.language, "")
    for block in writing.all_blocks if right else ():
        for match in _QUOTED.finditer(block.text):
            if match[1] != right:
                said = VALUE.sub("…", match[0])
                yield Found(
                    block.lines[match.start(1)], f"{said} closes as in another language", said[:-1] + right
                )


def emoji(writing: Writing) -> Iterator[Found]:
    """Faces and pictures, typed or drawn."""
    for block in writing.all_blocks:
        for position, c in enumerate(block.text):
            if _is_picture(c):
                yield Found(
                    block.lines[position], f"the emoji {c} has no place in a letter", "say it in words"
                )
        for match in _FACE.finditer(block.text):
            yield Found(
                block.lines[match.start()],
                f"the emoticon {match[0]} has no place in a letter",
                "say it in words",
            )


def _is_picture(c: str) -> bool:
    """A symbol that is drawn in colours: dingbats, pictures, flags; not ©, ™, → or ✓ of plain text."""
    return c >= "\u2600" and not VALUE.match(c) and unicodedata.category(c) == "So" and c not in "✓✔"


def doubled(writing: Writing) -> Iterator[Found]:
    """The same word twice in a row."""
    right = words_for(writing.language).twice
    for block in writing.all_blocks:
        for match in _DOUBLED.finditer(block.text):
            if match[1].lower() not in right:
                yield Found(block.lines[match.start()], f"“{match[1]}” stands twice", match[1])


def end_mark(writing: Writing) -> Iterator[Found]:
    """A paragraph ends with a mark; greeting, close, and a value alone or after a colon do not need one."""
    last_paragraph = max((n for n, b in enumerate(writing.blocks) if b.role == Role.PARAGRAPH), default=-1)
    for number, block in enumerate(writing.blocks):
        is_close = writing.kind != "answer" and number == last_paragraph
        is_greeting = number == 0 and block.text.rstrip().endswith(",")
        if block.role == Role.PARAGRAPH and not (is_close or is_greeting or _is_ended(block)):
            last = " ".join(VALUE.sub("…", block.text).split()[-3:])
            yield Found(
                block.lines[len(block.text.rstrip()) - 1],
                f"the paragraph ends without a mark: “{last}”",
                f"{last}.",
            )


def list_marks(writing: Writing) -> Iterator[Found]:
    """The steps or items of a list all end with a mark, or none does."""
    lists: defaultdict[int, list[Block]] = defaultdict(list)
    for block in writing.blocks:
        if block.role in (Role.STEP, Role.ITEM):
            lists[block.group].append(block)
    for blocks in lists.values():
        without = [block for block in blocks if not _is_ended(block)]
        for block in without if len(without) < len(blocks) else ():
            last = " ".join(VALUE.sub("…", block.text).split()[-3:])
            yield Found(
                block.line, f"others of the list end with a mark, and this does not: “{last}”", f"{last}."
            )


def _is_ended(block: Block) -> bool:
    text = block.text.rstrip()
    if text.endswith(_ENDS):
        return True
    before = VALUE.sub("", text).rstrip() if VALUE.match(text[-1]) else text
    return not _WORD.search(before) or (before != text and before.endswith(":"))


def script(writing: Writing) -> Iterator[Found]:
    """Letters of one script in words, or whole words, of the other: they look alike, and nobody finds them again."""
    in_cyrillic = writing.language.endswith("-Cyrl")
    for block in writing.all_blocks:
        for match in _WORD.finditer(block.text):
            word = match[0]
            scripts = {_script(c) for c in word} - {""}
            line = block.lines[match.start()]
            if len(scripts) > 1:
                wrong = "Latin" if in_cyrillic else "Cyrillic"
                yield Found(line, f"“{word}” has {wrong} letters in it", _in_script(word, in_cyrillic))
            elif scripts == {"Cyrillic"} and not in_cyrillic:
                yield Found(line, f"“{word}” is in Cyrillic letters", _in_script(word, in_cyrillic))
            elif scripts == {"Latin"} and in_cyrillic and _SERBIAN_LATIN.search(word.lower()):
                yield Found(line, f"“{word}” is in Latin letters", _in_script(word, in_cyrillic))


def _script(c: str) -> str:
    return "Cyrillic" if "\u0400" <= c <= "\u04ff" else "Latin" if c.isalpha() else ""


# Latin letters that look like Cyrillic ones with another sound.
_LOOKALIKES = dict(zip("aeopcyxjABEKMHOPCTXJ", "аеорсухјАВЕКМНОРСТХЈ", strict=True))


def _in_script(word: str, cyrillic: bool) -> str:
    if not cyrillic:
        back = {new: old for old, new in _LOOKALIKES.items()}
        return "".join(back.get(c, c) for c in word) if not is_cyrillic(word) else to_latin(word)
    mended = (
        "".join(_LOOKALIKES.get(c, c) for c in word) if any(_script(c) == "Cyrillic" for c in word) else word
    )
    return to_cyrillic(mended) or mended


def left_over(writing: Writing) -> Iterator[Found]:
    """A place that was to be filled in and would go out as it stands."""
    for block in writing.all_blocks:
        for pattern in (_LEFT_OVER, _TO_FILL_IN):
            for match in pattern.finditer(block.text):
                yield Found(
                    block.lines[match.start()],
                    f"“{match[0]}” would reach the reader as it stands",
                    "a value in double braces, for instance {{ ref }}",
                )
        for match in _TAG.finditer(block.text):
            yield Found(
                block.lines[match.start()],
                f"“{match[0]}” would be shown as it stands",
                "Markdown: **bold**, [text](link)",
            )
        for match in _PICTURE.finditer(block.text):
            yield Found(
                block.lines[match.start()],
                f"“{match[0]}” is a picture, of which letters show the words only",
                "a link to it: [text](link)",
            )
