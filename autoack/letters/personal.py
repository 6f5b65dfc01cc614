"""Answers to frequent questions in words for one customer: title, steps and body are templates of a few values.

They run in the sandbox of all templates. In title and steps a value is plain text on one line. In the body it
stands as a placeholder until the letter is written, so that nothing a customer wrote is read as Markdown or HTML.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta, nodes

from autoack.core.answers import Answer, AnswerFault
from autoack.core.message import Customer
from autoack.core.plain import visible_line, without_contacts
from autoack.core.policy import Mailbox, Organisation
from autoack.core.thread import Thread
from autoack.errors import LetterError
from autoack.letters.salutation import salutation
from autoack.letters.subject import quoted_subject
from autoack.letters.templates import PRIVATE, environment, output
from autoack.letters.times import calendar_day

# What an answer may name. Lint knows the same.
VALUES = frozenset(
    {
        "salutation", "name", "organisation", "address", "phone", "website", "from_name", "mailbox", "ref", "subject",
        "date",
    }
)  # fmt: skip
_STRANGERS = frozenset({"name", "salutation", "subject"})  # made from what a customer wrote
_LONGEST_LINE = 500  # characters of a title or a step


def values_for(
    customer: Customer,
    organisation: Organisation,
    mailbox: Mailbox,
    thread: Thread,
    subject: str,
    now: datetime,
    style: str,
) -> dict[str, str]:
    """The value of each of VALUES in a letter to this customer; `subject` is their own, `style` texts.salutation."""
    language = thread.language
    return {
        "salutation": salutation(customer, language, style),
        "name": customer.name or "",
        "organisation": organisation.name,
        "address": organisation.address or "",
        "phone": organisation.phone or "",
        "website": organisation.website or "",
        "from_name": mailbox.from_name,
        "mailbox": mailbox.address,
        "ref": thread.ref,
        "subject": quoted_subject(subject),
        "date": calendar_day(now.astimezone(mailbox.policy.calendar.zone).date(), language),
    }


def title(answer: Answer, values: Mapping[str, str]) -> str:
    """The title for this customer. LetterError where it cannot be rendered."""
    return _line(answer.title, values)


def steps(answer: Answer, values: Mapping[str, str]) -> list[str]:
    """The steps for this customer. LetterError where one cannot be rendered."""
    return [_line(step, values) for step in answer.steps]


def body(answer: Answer, known: Mapping[str, Any]) -> str:
    """The body as Markdown in which placeholders stand (`templates.placeholders`). LetterError as above."""
    return _written(answer.body, known)


def step(text: str, known: Mapping[str, Any]) -> str:
    """One step as Markdown, as in `body`."""
    return " ".join(_written(text, known).split())


def faults_of(answer: Answer) -> Iterator[AnswerFault]:
    """What would keep the answer from being written for some customer, by line of its file."""
    lines = answer.front.item_lines.get("steps", ())
    parts = [
        (answer.title, answer.front.lines.get("title", 1)),
        *zip(answer.steps, lines, strict=False),
    ]
    for text, line in parts:
        yield from _faults(text, line, most=_LONGEST_LINE)
    yield from _faults(answer.body, answer.front.body_line)


def for_reading(values: Mapping[str, str]) -> dict[str, str]:
    """The values as plain text on one line each, in which nothing that a stranger wrote becomes a link."""
    return {name: _plain(name, value) for name, value in values.items()}


def _line(text: str, values: Mapping[str, str]) -> str:
    line = visible_line(_written(text, for_reading(values)))
    if len(line) > _LONGEST_LINE:
        raise LetterError(f"a title or step of more than {_LONGEST_LINE} characters")
    return line


def _plain(name: str, value: str) -> str:
    """A stranger's words carry no address into a text in which addresses become links."""
    line = visible_line(value)
    return without_contacts(line) if name in _STRANGERS else line


def _written(text: str, known: Mapping[str, Any]) -> str:
    if "{" not in text:
        return text
    try:
        return output(_compiled(text), known)
    except LetterError:
        raise
    except Exception as error:  # a template is somebody's program: it may raise anything
        raise LetterError(f"an answer cannot be written: {' '.join(str(error).split())}") from error


@lru_cache(maxsize=4096)
def _compiled(text: str) -> jinja2.Template:
    return environment().from_string(PRIVATE.sub("", text))


def _faults(text: str, first_line: int, most: int | None = None) -> Iterator[AnswerFault]:
    try:
        tree = environment().parse(PRIVATE.sub("", text))
        asked = meta.find_undeclared_variables(tree)
    except jinja2.TemplateSyntaxError as error:
        yield AnswerFault(first_line + error.lineno - 1, f"this is no template: {error.message}")
        return
    if asked - VALUES:
        for node in tree.find_all(nodes.Name):
            if node.name in asked - VALUES:
                known = ", ".join(sorted(VALUES))
                yield AnswerFault(
                    first_line + node.lineno - 1,
                    f"an answer has no value {node.name}; it may name {known}",
                )
        return
    for present in (asked, set[str](), *(asked - {name} for name in asked)):
        try:
            written = _written(text, {name: name if name in present else "" for name in VALUES})
        except LetterError as error:
            yield AnswerFault(first_line, str(error))
            return
        if most is not None and len(written) > most:
            yield AnswerFault(first_line, f"this makes more than {most} characters; shorten it")
            return
