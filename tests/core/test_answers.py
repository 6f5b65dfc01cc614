"""Answers to frequent questions: their front matter, and faults with the line."""

import pytest

from autoack.core.answers import read_answer
from autoack.core.front_matter import FrontMatterFault, read_front_matter

RETURNS = """\
---
id: returns
language: en
title: Returns
questions:
  - How do I return it?
  - Where do I send it?
link: https://www.fruit.example/returns
steps:
  - Pack it.
  - Send it.
---
Send it back.
"""


def test_an_answer_is_read() -> None:
    answer, faults = read_answer("returns.en.md", RETURNS)
    assert faults == []
    assert answer is not None
    assert (answer.id, answer.language, answer.title) == ("returns", "en", "Returns")
    assert answer.questions == ("How do I return it?", "Where do I send it?")
    assert answer.steps == ("Pack it.", "Send it.")
    assert answer.link == "https://www.fruit.example/returns"
    assert answer.body == "Send it back.\n"
    assert answer.front.body_line == 13
    assert answer.front.item_lines["steps"] == (10, 11)


def test_link_and_steps_may_be_left_out() -> None:
    answer, _ = read_answer(
        "a.hr.md", "---\nid: a\nlanguage: hr\ntitle: T\nquestions: ['Kako?']\n---\nOvako.\n"
    )
    assert answer is not None
    assert (answer.link, answer.steps) == (None, ())


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("id: returns\n", "", 1, "id is missing"),
        ("title: Returns", "title: 7", 4, "title is missing"),
        ("id: returns", "id: return", 2, "id is return, but the file's name says returns"),
        ("language: en", "language: hr", 3, "language is hr, but the file's name says en"),
        ("questions:\n  - How do I return it?\n  - Where do I send it?", "questions: []", 5, "questions is missing"),
        ("questions:\n  - How do I return it?\n  - Where do I send it?", "questions: How?", 5, "a list of texts"),
        ("  - Send it.", "  - {a: b}", 9, "steps is a list of texts"),
        ("https://www.fruit.example/returns", "www.fruit.example", 8, "begins with https://"),
        ("steps:", "step:", 9, "step is not known"),
        ("Send it back.\n", "\n", 13, "no text under its front matter"),
        ("title: Returns", "title: Returns: all", 4, "no YAML"),
        ("---\nSend", "Send", 1, "has no end"),
        (RETURNS, "---\n- a\n---\nx\n", 2, "not a list of `key: value`"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(right: str, wrong: str, line: int, says: str) -> None:
    answer, faults = read_answer("returns.en.md", RETURNS.replace(right, wrong, 1))
    assert answer is None
    assert [fault.line for fault in faults] == [line]
    assert says in faults[0].says


def test_the_name_of_the_file_is_checked() -> None:
    _, faults = read_answer("returns.md", RETURNS)
    assert [(fault.line, "ID.LANG.md" in fault.says) for fault in faults] == [(1, True)]


def test_a_file_without_front_matter_is_all_body() -> None:
    front = read_front_matter("Dear Ana,\n")
    assert (dict(front.values), front.body, front.body_line) == ({}, "Dear Ana,\n", 1)


@pytest.mark.parametrize(
    "content", ["---\na: [1\n---\n", "---\na: 2026-13-45\n---\n", "---\n? [b]\n: c\n---\n"]
)
def test_front_matter_that_is_no_mapping_of_texts_is_refused(content: str) -> None:
    with pytest.raises(FrontMatterFault):
        read_front_matter(content)
