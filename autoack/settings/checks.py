"""Checks between keys, on the raw file: they run whatever is wrong with single keys."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autoack.settings.document import Loc, Problem
from autoack.settings.names import nearest
from autoack.settings.problems import say_loc
from autoack.settings.shape import find


def check_together(data: dict[str, Any], folder: Path) -> list[Problem]:
    """Everything that is wrong between keys. `folder`: what paths are relative to."""
    return [
        *_shared_addresses(data),
        *_never_open(data),
        *_days_opened_twice(data),
        *_missing_files(data, folder),
        *_unknown_groups(data),
        *_shared_names(data),
    ]


def _shared_addresses(data: dict[str, Any]) -> Iterator[Problem]:
    """Two mailboxes, or two people, with one address: nobody knows whose mail it is."""
    for kind in ("mailboxes", "people"):
        owners: dict[str, Loc] = {}
        found = [pair for keys in (("address",), ("aliases", "*")) for pair in find(data, (kind, "*", *keys))]
        for loc, address in found:
            if not isinstance(address, str):
                continue
            owner = owners.setdefault(address.strip().casefold(), loc)
            if owner is not loc:
                yield Problem(loc, f"{address.strip()} is already an address of {owner[0]}.{owner[1]}")


def _shared_names(data: dict[str, Any]) -> Iterator[Problem]:
    """By its name the threads of a recurring entry are known, and when it came last."""
    owners: dict[str, Loc] = {}
    for loc, name in find(data, ("recurring", "*", "name")):
        if isinstance(name, str) and owners.setdefault(name.strip(), loc) is not loc:
            first = owners[name.strip()][1]
            yield Problem(loc, f"recurring[{first}] has this name already; give each its own")


def _never_open(data: dict[str, Any]) -> Iterator[Problem]:
    """A clock on such a calendar would stand still for ever."""
    for loc, calendar in find(data, ("calendars", "*")):
        hours = [
            hours
            for pattern in (("hours", "*"), ("seasons", "*", "hours", "*"), ("open", "*", "hours"))
            for _, hours in find(calendar, pattern)
        ]
        if isinstance(calendar, dict) and isinstance(calendar.get("hours"), dict) and not any(hours):
            yield Problem((*loc, "hours"), "this calendar never opens; `always` is built in", on="key")


def _days_opened_twice(data: dict[str, Any]) -> Iterator[Problem]:
    """Whether the second is to add hours or to replace the first nobody can tell."""
    for loc, _ in find(data, ("calendars", "*", "open")):
        first: dict[str, Loc] = {}
        for place, day in find(data, (*map(str, loc), "*", "date")):
            if isinstance(day, str) and (earlier := first.setdefault(day.strip(), place)) is not place:
                message = (
                    f"{day.strip()} has its hours in {say_loc(earlier[:-1])} already: give the day one entry, "
                    'with a list of all its hours: hours: ["08:00-12:00", "13:00-16:00"]'
                )
                yield Problem(place, message)


def _missing_files(data: dict[str, Any], folder: Path) -> Iterator[Problem]:
    for server in ("imap", "smtp"):
        for loc, name in find(data, ("mailboxes", "*", server, "ca_file")):
            if isinstance(name, str) and name and not (folder / name).is_file():
                yield Problem(loc, f"no such file: {folder / name}")


def _unknown_groups(data: dict[str, Any]) -> Iterator[Problem]:
    """`{email}` in `customer` means something that `extract`, `subject` or `header` finds."""
    for loc, rule in find(data, ("rules", "*")):
        known = [name for pattern in _FINDERS for _, found in find(rule, pattern) for name in _groups(found)]
        for place, text in find(rule, ("then", "customer", "*")):
            for name in re.findall(r"\{(\w*)\}", text) if isinstance(text, str) else ():
                if name not in known:
                    hint = nearest(name, known) or "; extract, subject and header name what they find"
                    yield Problem((*loc, *place), f"nothing finds {{{name}}}{hint}")


_FINDERS = (("then", "extract"), ("then", "extract", "*"), ("when", "subject"), ("when", "header", "*"))


def _groups(found: object) -> list[str]:
    """The names that a map of expressions, or one expression, gives to what it finds."""
    if isinstance(found, dict):
        return [str(name) for name in found]
    return re.findall(r"\(\?P?<(\w+)>", found) if isinstance(found, str) else []
