"""Which answers to frequent questions truly fit a mail: precision before recall.

Each sentence of the mail is compared with each way in which customers ask, by the cosine of their weighted
4-grams of letters: a gram counts the more, the fewer answers have it, and one that none has counts most. So a
sentence that says more than the question does, or other things, is far from it. Accents and the two scripts of
Serbian are folded, and grams see through most endings of Croatian, Serbian and Hungarian.

Known limit: what has gone wrong already ("I returned it, where is my money?") is told from what is asked for
only by its other words. Measured by `python -m pytest -s tests/core/test_matching.py -k measured`.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from autoack.core.answers import Answer
from autoack.core.common_words import ASKING, EMPTY
from autoack.core.script import to_latin
from autoack.core.words import fold

THRESHOLD = 0.6  # of the score; the table of the tests shows what others would give
_COVERED = 0.5  # of a question's weight must be in the sentence
_SUBJECT = 0.25  # how much of the way to 1 a subject that asks the same brings a score; alone it asks nothing
_ASKING = 0.35  # weight of a word that only asks
_UNSEEN = 0.5  # answers that are taken to have a gram that none has
_LOOKED_AT = 1200  # characters; a matter that comes later is seldom the first
_LONGEST_STEM = 9  # letters: what follows is endings
_WORD = re.compile(r"[^\W\d_]{2,}")
_VALUE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)  # of a template: it asks for nothing
_SENTENCE_END = re.compile(r"[.!?\n;:]+")

_Weights = dict[str, float]


class Fit(NamedTuple):
    """An answer, and how well it fits: above THRESHOLD, at most 1."""

    answer: Answer
    score: float


class _Question(NamedTuple):
    """One way in which customers ask for the answer of that number."""

    answer: int
    weights: _Weights
    square: float  # of the weights


class _Compared(NamedTuple):
    """The answers of one language, made ready; `questions_with` leads from a sentence to questions near it."""

    answers: list[Answer]
    questions: list[_Question]
    questions_with: dict[str, list[int]]
    rarity: dict[str, float]
    rarity_of_unseen: float


class Matcher:
    """Finds the answers that fit a mail among `answers`, those of its language only."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        by_language: defaultdict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            by_language[answer.language].append(answer)
        self._compared = {language: _prepared(language, those) for language, those in by_language.items()}

    def fitting(
        self, subject: str, words: str, language: str, *, most: int, threshold: float = THRESHOLD
    ) -> list[Fit]:
        """At most `most` answers to what the writer's own `words` ask, the best first."""
        compared = self._compared.get(language)
        if compared is None:
            return []
        found = _best(compared, words[:_LOOKED_AT], language)
        if not found:
            return []
        named = _best(compared, subject[:_LOOKED_AT], language)
        fits = [
            Fit(compared.answers[n], score + _SUBJECT * named.get(n, 0.0) * (1 - score))
            for n, score in found.items()
        ]
        fits.sort(key=lambda fit: (-fit.score, fit.answer.id))
        return [fit for fit in fits[:most] if fit.score >= threshold]


def _prepared(language: str, answers: list[Answer]) -> _Compared:
    asked = [
        (number, grams)
        for number, answer in enumerate(answers)
        for question in (*answer.questions, _VALUE.sub(" ", answer.title))
        if (grams := _grams_of(question, language))
    ]
    having: Counter[str] = Counter()
    for number in range(len(answers)):
        having.update(set().union(*(grams for n, grams in asked if n == number)))
    rarity = {gram: math.log1p(len(answers) / count) for gram, count in having.items()}
    questions: list[_Question] = []
    questions_with: defaultdict[str, list[int]] = defaultdict(list)
    for number, grams in asked:
        weights = {gram: weight * rarity[gram] for gram, weight in grams.items()}
        question = _Question(number, weights, _square(weights))
        for gram in _needed(question):
            questions_with[gram].append(len(questions))
        questions.append(question)
    unseen = math.log1p(len(answers) / _UNSEEN)
    return _Compared(answers, questions, dict(questions_with), rarity, unseen)


def _needed(question: _Question) -> Iterator[str]:
    """The heaviest grams: a sentence that has none of them covers too little, whatever else it has."""
    left = question.square
    for gram, weight in sorted(question.weights.items(), key=lambda pair: -pair[1]):
        if left < _COVERED * question.square:
            return
        left -= weight * weight
        yield gram


def _best(compared: _Compared, text: str, language: str) -> dict[int, float]:
    """The highest score of each answer that any sentence comes near to."""
    best: dict[int, float] = {}
    for sentence in _SENTENCE_END.split(text):
        for number, score in _scores(compared, _grams_of(sentence, language)):
            if score > best.get(number, 0.0):
                best[number] = score
    return best


def _scores(compared: _Compared, grams: _Weights) -> Iterator[tuple[int, float]]:
    """The score of a sentence beside each question that shares enough with it."""
    rarity, unseen = compared.rarity, compared.rarity_of_unseen
    here = {gram: weight * rarity.get(gram, unseen) for gram, weight in grams.items()}
    square = _square(here)
    near = {question for gram in here for question in compared.questions_with.get(gram, ())}
    for asked in map(compared.questions.__getitem__, near):
        covered = product = 0.0
        for gram, there in asked.weights.items():
            if gram in here:
                covered += there * there
                product += there * here[gram]
        if covered >= _COVERED * asked.square:
            yield asked.answer, product / math.sqrt(asked.square * square)


def _grams_of(text: str, language: str) -> _Weights:
    """The grams of a text's telling words, each word with the same weight; a word that only asks is one gram."""
    base = language.partition("-")[0]
    empty, asking = EMPTY.get(base, frozenset()), ASKING.get(base, frozenset())
    weights: _Weights = {}
    for word in _WORD.findall(_plain(text)):
        if word in empty:
            continue
        if word in asking:
            weights[word] = _ASKING
        else:
            weights.update(_grams(word))
    return weights


def _plain(text: str) -> str:
    """As somebody types it on any keyboard: Latin letters without marks, and `dj` for đ as plain as d."""
    return fold(to_latin(text)).replace("dj", "d")


@lru_cache(maxsize=8192)
def _grams(word: str) -> _Weights:
    """The 4-grams of a word's beginning, `_` before the first letter."""
    stem = f"_{word[:_LONGEST_STEM]}"
    count = max(1, len(stem) - 3)
    return {stem[start : start + 4]: 1 / math.sqrt(count) for start in range(count)}


def _square(weights: _Weights) -> float:
    return sum(weight * weight for weight in weights.values())
