"""Turns what is wrong into lines for people: `file:line:column: key: what is wrong; did you mean …?`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from autoack.settings.document import Document, Loc, Problem
from autoack.settings.environment import Variables
from autoack.settings.names import nearest
from autoack.settings.shape import keys_of, section_at

_WANTED = {
    "string_type": "a text is needed",
    "string_sub_type": "a text is needed",
    "tuple_type": "a list is needed",
    "list_type": "a list is needed",
    "dict_type": "a map of `name: …` is needed",
    "model_type": "a map of `key: value` is needed",
    "model_attributes_type": "a map of `key: value` is needed",
}


def problems_of(error: ValidationError, root: type[BaseModel]) -> Iterator[Problem]:
    """What pydantic found. The values themselves are shown only where a name was chosen from a known set."""
    for details in error.errors(include_url=False):
        # A list whose only item is wrong counts as empty to pydantic; the item has been told.
        if not (details["type"] == "too_short" and details["input"]):
            yield _problem(details, root)


def _problem(details: ErrorDetails, root: type[BaseModel]) -> Problem:
    loc, kind = details["loc"], details["type"]
    on: Literal["value", "key", "missing"] = "value"
    if loc and loc[-1] == "[key]":
        loc, on = loc[:-1], "key"
    if kind == "extra_forbidden":
        section = section_at(root, loc[:-1])
        return Problem(
            loc, f"no such key{nearest(str(loc[-1]), keys_of(section)) if section else ''}", on="key"
        )
    if kind == "missing":
        return Problem(loc, "is missing", on="missing")
    return Problem(loc, _say(details), on=on)


def _say(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in _WANTED:
        empty = details["input"] is None
        return "is empty; " + _WANTED[kind] if empty else _WANTED[kind]
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        choices = [choice.strip("'") for choice in str(context["expected"]).replace(" or ", ", ").split(", ")]
        given = details["input"]
        return f"must be {' | '.join(choices)}" + (nearest(given, choices) if isinstance(given, str) else "")
    if kind == "too_short":
        return "must not be empty"
    if kind in ("greater_than_equal", "less_than_equal"):
        side = "at least" if kind == "greater_than_equal" else "at most"
        return f"must be {side} {context['ge' if side == 'at least' else 'le']}"
    return details["msg"]


def say_all(problems: Iterable[Problem], document: Document, variables: Variables) -> list[str]:
    """One line for each problem, in the order of the file; those of the environment last."""
    from_file: list[tuple[Any, str]] = []
    from_environment: list[str] = []
    for problem in problems:
        variable = variables.that_set(problem.loc) if problem.place is None else None
        if variable:
            from_environment.append(f"{variable}: {_said(problem)}")
        else:
            pointed = replace(problem, loc=_without_items(problem.loc, document))
            place = document.place(pointed)
            from_file.append((place, f"{document.name}:{place.line}:{place.column}: {_said(pointed)}"))
    in_order = [line for _, line in sorted(from_file)]
    return list(dict.fromkeys([*in_order, *variables.problems, *from_environment]))


def _without_items(loc: Loc, document: Document) -> Loc:
    """A single text where a list may stand has no items."""
    while loc and isinstance(loc[-1], int) and loc not in document:
        loc = loc[:-1]
    return loc


def _said(problem: Problem) -> str:
    return f"{say_loc(problem.loc)}: {problem.message}" if problem.loc else problem.message


def say_loc(loc: Loc) -> str:
    """`rules[0].when.from`: items are counted from 0, as yq and JSONPath do."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
