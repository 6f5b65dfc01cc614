"""Rules on words and sentences: slang, negative words, apologies, one pronunciation, one form of address, length."""

import re
from collections.abc import Iterator

from autoack.letters.lint.found import Found, listed_found, words_found
from autoack.letters.lint.words import Table, Words, words_for
from autoack.letters.lint.writing import VALUE, Block, Role, Writing

_SENTENCE = re.compile(r".+?(?:[.!?…]+(?=\s|$)|$)", re.DOTALL)
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[\ue000-\uf8ff]")
_COMMA = re.compile(r"[,;:–—]")
_EXPLAINS = re.compile(
    r"\s*(?P<colon>[:–—])|(?:\s+\w+)?\s*,?\s*"
)  # what may come after a pronoun, before its cause
_FEWEST_OF_A_CLAUSE = 3  # words
_PROSE = (Role.PARAGRAPH, Role.STEP, Role.ITEM, Role.QUOTE)
_LONGEST_PARAGRAPH = 80  # words
_MOST_SENTENCES = 6
_MOST_STEPS = 2  # from three on a link is easier to follow


def slang(writing: Writing) -> Iterator[Found]:
    """Words of friends among friends."""
    for block in writing.all_blocks:
        for line, words, better in listed_found(words_for(writing.language).slang, block):
            yield Found(line, f"“{words}” is slang", better)


def negative(writing: Writing) -> Iterator[Found]:
    """Say what can be done, not what cannot, and never whose fault it is."""
    for block in writing.all_blocks:
        for line, words, better in listed_found(words_for(writing.language).negative, block):
            yield Found(line, f"“{words}” closes a door", better or "say what can be done, and how")


def promotion(writing: Writing) -> Iterator[Found]:
    """The support address never sends promotion."""
    for block in writing.all_blocks:
        for line, words in words_found(words_for(writing.language).promotion, block):
            yield Found(
                line, f"“{words}” is promotion, which the support address never sends", "leave it out"
            )


def apology(writing: Writing) -> Iterator[Found]:
    """An apology says for what; "for any inconvenience" says nothing, nor does "about that"."""
    words = words_for(writing.language)
    for block in writing.all_blocks:
        for sentence in _sentences(block):
            said = next(words_found(words.apology, sentence), None)
            if said and not _says_for_what(words, sentence.latin.text):
                yield Found(
                    said[0], f"the apology (“{said[1]}”) does not say for what", "name what went wrong"
                )


def _says_for_what(words: Words, sentence: str) -> bool:
    """A pronoun counts only beside what it stands for: "it came late, and we are sorry for that"."""
    sentence = words.no_cause.sub("", sentence)
    pronoun = words.pronoun.search(sentence)
    if pronoun is None:
        return words.cause.search(sentence) is not None
    apology = words.apology.search(sentence)
    begins = min(pronoun.start(), apology.start() if apology else len(sentence))
    between, after = sentence[begins : pronoun.start()], sentence[pronoun.end() :]
    explained = _EXPLAINS.match(after)
    return bool(
        words.cause.search(between)
        or (explained and (explained["colon"] or words.cause.match(after, explained.end())))
        or _is_clause(words, sentence[:begins])
    )


def _is_clause(words: Words, text: str) -> bool:
    """Whether something is said before the apology: three words, then a mark or a joining word."""
    ends = [match.start() for match in (*_COMMA.finditer(text), *words.joining.finditer(text))]
    return bool(ends) and len(_WORDS.findall(text[: max(ends)])) >= _FEWEST_OF_A_CLAUSE


def pronunciation(writing: Writing) -> Iterator[Found]:
    """Croatian is ijekavian; a Serbian letter is ekavian or ijekavian, not both."""
    words = words_for(writing.language)
    ekavian = _listed(writing, words.ekavian)
    ijekavian = _listed(writing, words.ijekavian)
    if not words.both_ways:
        for line, said, better in ekavian:
            yield Found(line, f"“{said}” is ekavian", better)
    elif ekavian and ijekavian:
        few, name = (ijekavian, "ijekavian") if len(ijekavian) <= len(ekavian) else (ekavian, "ekavian")
        for line, said, better in few:
            yield Found(line, f"“{said}” is {name}, and the rest of the letter is not", better)


def _listed(writing: Writing, table: Table) -> list[tuple[int, str, str]]:
    return [found for block in writing.all_blocks for found in listed_found(table, block)]


def address_form(writing: Writing) -> Iterator[Found]:
    """Vi or ti, Ön or te: one form through the whole letter."""
    words = words_for(writing.language)
    familiar = [found for block in writing.all_blocks for found in words_found(words.familiar, block)]
    if familiar and any(words.polite.search(block.latin.text) for block in writing.all_blocks):
        formal = {"hu": "Ön"}.get(writing.language, "Vi")
        for line, said in familiar:
            yield Found(
                line, f"“{said}” is familiar among polite forms ({formal})", f"the polite form ({formal})"
            )


def sentence_length(writing: Writing) -> Iterator[Found]:
    """Short sentences are read once."""
    longest = words_for(writing.language).longest_sentence
    for block in writing.blocks:
        if block.role in _PROSE:
            for sentence in _sentences(block):
                count = len(_WORDS.findall(sentence.text))
                if count > longest:
                    yield Found(
                        sentence.line, f"a sentence of {count} words; {longest} are enough", "make two of it"
                    )


def paragraph_length(writing: Writing) -> Iterator[Found]:
    """Short paragraphs are read at all."""
    for block in writing.blocks:
        count = len(_WORDS.findall(block.text))
        sentences = sum(1 for sentence in _sentences(block) if _WORDS.search(sentence.text))
        if block.role in _PROSE and (count > _LONGEST_PARAGRAPH or sentences > _MOST_SENTENCES):
            yield Found(
                block.line,
                f"a paragraph of {count} words in {sentences} sentences; "
                f"{_LONGEST_PARAGRAPH} words and {_MOST_SENTENCES} sentences are enough",
                "part it where the thought changes",
            )


def steps(writing: Writing) -> Iterator[Found]:
    """Three or more steps become a link."""
    first: dict[int, tuple[int, int]] = {}
    for block in writing.blocks:
        if block.role == Role.STEP:
            line, count = first.get(block.group, (block.line, 0))
            first[block.group] = (line, count + 1)
    if not writing.has_link and not {"website", "link"} & writing.used:
        for line, count in first.values():
            if count > _MOST_STEPS:
                yield Found(line, f"{count} steps without a link", "a link to a page that shows them")


def _sentences(block: Block) -> Iterator[Block]:
    for match in _SENTENCE.finditer(block.text):
        begins = match.start() + len(match[0]) - len(match[0].lstrip())
        if VALUE.sub("", match[0]).strip():
            yield Block(
                block.role, block.text[begins : match.end()], block.lines[begins : match.end()], block.group
            )
