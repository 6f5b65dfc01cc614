"""Answers to frequent questions: Markdown with front matter, one file ID.LANG.md for each language.

The body is the middle of a letter: greeting and close come from the letter that it is laid into.
`steps` are the same in short lines, for a receipt; `link` leads to a page that explains the matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from autoack.core.front_matter import FrontMatter, FrontMatterFault, read_front_matter

KEYS = ("id", "language", "title", "questions", "link", "steps")
_NAME = re.compile(r"(?P<id>[\w-]+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in one language. `questions` are the ways in which customers ask."""

    id: str
    language: str
    title: str
    questions: tuple[str, ...]
    link: str | None
    steps: tuple[str, ...]
    body: str
    front: FrontMatter  # knows the lines


class AnswerFault(NamedTuple):
    """What is wrong with an answer's file, and on which line (from 1)."""

    line: int
    says: str


def read_answer(name: str, content: str) -> tuple[Answer | None, list[AnswerFault]]:
    """The answer in the file `name`; None where a fault leaves nothing to be used."""
    try:
        front = read_front_matter(content)
    except FrontMatterFault as fault:
        return None, [AnswerFault(fault.line, str(fault))]
    faults = [*_faults_of_name(name, front), *_faults_of_keys(front)]
    if faults:
        return None, faults
    values = front.values
    answer = Answer(
        id=values["id"],
        language=values["language"],
        title=values["title"].strip(),
        questions=tuple(values["questions"]),
        link=values.get("link"),
        steps=tuple(values.get("steps") or ()),
        body=front.body,
        front=front,
    )
    return answer, []


def _faults_of_name(name: str, front: FrontMatter) -> Iterator[AnswerFault]:
    match = _NAME.fullmatch(name)
    if match is None:
        yield AnswerFault(1, "an answer's file is called ID.LANG.md, for instance returns.hr.md")
        return
    for key in ("id", "language"):
        said = front.values.get(key)
        if isinstance(said, str) and said != match[key]:
            yield AnswerFault(front.lines[key], f"{key} is {said}, but the file's name says {match[key]}")


def _faults_of_keys(front: FrontMatter) -> Iterator[AnswerFault]:
    values, lines = front.values, front.lines
    for key in ("id", "language", "title"):
        if not _is_text(values.get(key)):
            yield AnswerFault(lines.get(key, 1), f"{key} is missing; write `{key}: …` in the front matter")
    if not values.get("questions"):
        yield AnswerFault(lines.get("questions", 1), "questions is missing; list how customers ask it")
    for key in ("questions", "steps"):
        if values.get(key) and not _is_list(values[key]):
            yield AnswerFault(lines[key], f"{key} is a list of texts, a line each, with - before it")
    link = values.get("link")
    if link is not None and not (isinstance(link, str) and _LINK.fullmatch(link)):
        yield AnswerFault(lines["link"], "link is an address that begins with https://")
    for key in values:
        if key not in KEYS:
            yield AnswerFault(lines[key], f"{key} is not known; an answer has {', '.join(KEYS)}")
    if not front.body.strip():
        yield AnswerFault(front.body_line, "the answer has no text under its front matter")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))
