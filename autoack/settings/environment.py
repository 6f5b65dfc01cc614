"""AUTOACK_ variables: which key each one means, and which ones mean none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from autoack.settings.document import Loc
from autoack.settings.names import nearest
from autoack.settings.shape import entry_type, keys_of, section_of

PREFIX = "AUTOACK_"
DELIMITER = "__"


@dataclass(slots=True)
class Variables:
    """What the environment says.

    `values` are named with the keys as the file writes them (AUTOACK_mailboxes__support__imap__password);
    `names` are the variables by the place that they set.
    """

    values: dict[str, str] = field(default_factory=dict)
    names: dict[Loc, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def that_set(self, loc: Loc) -> str | None:
        """The variable that gave the value at `loc`."""
        return next(
            (self.names[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in self.names), None
        )


def read_environment(root: type[BaseModel], environ: Mapping[str, str], data: Mapping[str, Any]) -> Variables:
    """Find the key of each variable. `data`: the raw file; variables set values, they add no entries."""
    variables = Variables()
    for name in sorted(environ):
        if not name.startswith(PREFIX):
            continue
        parts = name.removeprefix(PREFIX).split(DELIMITER)
        loc, wrong = _find_key(root, parts, data)
        if wrong is not None:
            if len(parts) == 1:
                variables.warnings.append(f"{name}: no such key; the variable has no effect{wrong}")
            else:
                variables.problems.append(f"{name}: no such key{wrong}")
        elif environ[name]:  # an empty variable is as good as none: compose files hand such ones down
            variables.values[PREFIX + DELIMITER.join(loc)] = environ[name]
            variables.names[tuple(loc)] = name
    return variables


def _find_key(root: type[BaseModel], parts: list[str], data: object) -> tuple[list[str], str | None]:
    """The keys that the parts of a variable's name mean, or a hint at what they might have meant."""
    annotation: Any = root
    loc: list[str] = []
    for index, part in enumerate(parts):
        section = section_of(annotation)
        known = keys_of(section) if section else dict.fromkeys(_names_in(data), entry_type(annotation))
        spelt = {_normal(key): key for key in known}
        key = spelt.get(_normal(part))
        if key is None:
            return loc, _hint(parts, index, sorted(spelt))
        loc.append(key)
        annotation = known[key]
        data = data.get(key) if isinstance(data, dict) else None
    return loc, None


def _names_in(data: object) -> list[str]:
    return list(data) if isinstance(data, dict) else []


def _normal(name: str) -> str:
    """Names are compared without capitals; what cannot stand in a variable's name is an underscore there."""
    return re.sub(r"\W", "_", name.casefold())


def _hint(parts: list[str], index: int, known: list[str]) -> str:
    """The whole name of the nearest variable."""
    meant = nearest(parts[index], known)
    if not meant:
        return ""
    word = meant.removeprefix("; did you mean ").removesuffix("?").upper()
    return f"; did you mean {PREFIX}{DELIMITER.join([*parts[:index], word, *parts[index + 1 :]])}?"
