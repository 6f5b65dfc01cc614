"""Holds templates and answers to DESIGN section 8: reads them all, asks every rule, and gives what was found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from autoack.letters.digest_words import LANGUAGES
from autoack.letters.lint.files import Text, read_answers, read_digest, read_templates
from autoack.letters.lint.finding import Finding, SpellingFault
from autoack.letters.lint.found import Rule
from autoack.letters.lint.rules import LETTER_RULES, SOURCE_RULES, TEXT_RULES
from autoack.letters.lint.spelling import Speller
from autoack.letters.lint.variables import TO_CUSTOMERS
from autoack.letters.lint.words import words_for
from autoack.letters.lint.writing import Writing
from autoack.letters.templates import BUILT_IN

SPELLING_LIST = "spelling.txt"  # beside own texts: words that are right, one a line
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OURS = "autoack"


@dataclass(frozen=True)
class Report:
    """What was found, in order of place; how many texts were looked at; what could not be checked.

    `spelling` says in a few words by whom it was checked, and in which languages if not in all.
    """

    findings: tuple[Finding, ...]
    texts: int
    notes: tuple[str, ...]
    spelling: str


@dataclass(frozen=True)
class OwnTexts:
    """Where ops' own texts lie (a folder that is not there holds none), and the languages that are offered."""

    templates: Path
    answers: Path
    languages: tuple[str, ...]
    names: tuple[str, ...] = ()  # that spelling need not know: the organisation's


def check_texts(speller: Speller, own: OwnTexts | None = None) -> Report:
    """Everything built in, and what is the ops' own."""
    built_in, found = _built_in()
    texts, findings = list(built_in), list(found)
    right_words: set[str] = {_OURS}
    if own is not None:
        templates = list(read_templates(own.templates, sorted({*own.languages, *LANGUAGES})))
        answers = list(read_answers(own.answers, own.languages))
        texts += [*templates, *answers]
        findings += [*_missing_templates(own, templates), *_missing_answers(own, answers)]
        findings += [finding for text in (*templates, *answers) for finding in findings_in(text)]
        right_words |= _right_words(own)
    spelt = _spelling(speller, texts, right_words)
    found_all = tuple(sorted({*findings, *spelt.findings}))
    return Report(found_all, len(texts), tuple(spelt.notes), _by_whom(speller, spelt))


@dataclass(slots=True)
class _Spelt:
    """What a speller found, and the languages that it was asked about and knew."""

    findings: list[Finding]
    notes: list[str]
    asked: set[str]
    checked: set[str]


def _by_whom(speller: Speller, spelt: _Spelt) -> str:
    if not spelt.checked:
        return "spelling not checked"
    only = f" in {', '.join(sorted(spelt.checked))} only" if spelt.asked > spelt.checked else ""
    return f"spelling by {speller.name}{only}"


@cache
def _built_in() -> tuple[tuple[Text, ...], tuple[Finding, ...]]:
    """The built-in texts, which stay as they are while we run, and what is found in them."""
    texts = (*read_templates(BUILT_IN, LANGUAGES), *read_digest(BUILT_IN))
    found = (finding for text in texts for finding in findings_in(text))
    return texts, (*found, *_missing_built_in(texts))


def findings_in(text: Text) -> Iterator[Finding]:
    """Faults of the file, then what the rules find: words in each block once, letters in every variant."""
    yield from text.findings
    if not text.writings:
        return
    yield from _by_rules(TEXT_RULES, text.path, _of_all(text.writings))
    yield from _by_rules(SOURCE_RULES, text.path, _typed(text))
    if text.kind != "digest":
        for writing in text.writings:
            yield from _by_rules(LETTER_RULES, text.path, writing)


def _by_rules(rules: Mapping[str, Rule], path: str, writing: Writing) -> Iterator[Finding]:
    for name, rule in rules.items():
        for line, why, better in rule(writing):
            yield Finding(path, line, name, why, better)


def _of_all(variants: Sequence[Writing]) -> Writing:
    """All variants as one: each block once."""
    blocks = dict.fromkeys(block for writing in variants for block in writing.all_blocks)
    return replace(variants[0], subject=None, blocks=tuple(blocks))


def _typed(text: Text) -> Writing:
    """The text as it stands in its file."""
    return replace(text.writings[0], subject=None, blocks=text.typed)


def _missing_built_in(texts: Iterable[Text]) -> Iterator[Finding]:
    by_kind = _by_kind(text for text in texts if text.path.endswith(".md"))
    for kind, there in by_kind.items():
        for language in LANGUAGES:
            if language not in there:
                yield _missing(BUILT_IN / f"{kind}.{language}.md", f"there is no {kind} in {language}")


def _missing_templates(own: OwnTexts, texts: Iterable[Text]) -> Iterator[Finding]:
    """Letters to customers in an offered language that is not built in: they would go out in English."""
    by_kind = _by_kind(texts)
    for language in own.languages:
        if language not in LANGUAGES and language.partition("-")[0] not in LANGUAGES:
            for kind in sorted(TO_CUSTOMERS & (by_kind.keys() | {"receipt"})):
                if language not in by_kind.get(kind, {}):
                    path = own.templates / f"{kind}.{language}.md"
                    yield _missing(
                        path, f"{language} is offered, but there is no {kind} in it: it goes out in English"
                    )


def _missing_answers(own: OwnTexts, texts: Iterable[Text]) -> Iterator[Finding]:
    for name, there in _by_kind(texts).items():
        for language in own.languages:
            if language not in there:
                yield _missing(
                    own.answers / f"{name}.{language}.md",
                    f"{language} is offered, but the answer {name} is not in it",
                )


def _missing(path: Path, why: str) -> Finding:
    return Finding(str(path), 1, "language-missing", why, f"write {path.name}")


def _by_kind(texts: Iterable[Text]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        if text.kind:
            found[text.kind].add(text.language)
    return dict(found)


def _right_words(own: OwnTexts) -> set[str]:
    """The organisation's name, and the words in ops' own lists."""
    said = list(own.names)
    for folder in (own.templates, own.answers):
        path = folder / SPELLING_LIST
        if path.is_file():
            said.append(path.read_text("utf-8-sig", errors="replace"))
    return {word.lower() for word in _WORD.findall(" ".join(said))}


def _spelling(speller: Speller, texts: Sequence[Text], right: set[str]) -> _Spelt:
    """Words that no dictionary knows, all of a language at once."""
    places: defaultdict[str, defaultdict[str, set[tuple[str, int]]]] = defaultdict(lambda: defaultdict(set))
    for text in texts:
        known = right | words_for(text.language).right
        for word, line in _words(text):
            if word.lower() not in known and not word.isupper():
                places[text.language][word].add((text.path, line))
    spelt = _Spelt([], [note for note in [speller.missing(sorted(places))] if note], set(places), set())
    for language in sorted(places.keys() & speller.dictionaries.keys()):
        try:
            unknown = speller.unknown(language, places[language])
        except SpellingFault as fault:
            spelt.notes.append(f"spelling was not checked in {language}: {fault}")
            continue
        spelt.checked.add(language)
        for word, better in unknown.items():
            for path, line in places[language].get(word, ()):
                why = f"“{word}” is not in the dictionary ({language})"
                spelt.findings.append(Finding(path, line, "spelling", why, better))
    return spelt


def _words(text: Text) -> Iterator[tuple[str, int]]:
    for writing in text.writings:
        for block in writing.all_blocks:
            for match in _WORD.finditer(block.text):
                if len(match[0]) > 1:  # "2d" and "24 h" are no words
                    yield match[0], block.lines[match.start()]
