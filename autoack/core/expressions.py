"""Regular expressions that ops wrote, over text that strangers wrote: none can hold up the daemon.

They are those of the `regex` package: as Python's own, with a limit of time. It is loaded where there are any.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LIMIT = 0.02  # seconds of processor time; an honest expression takes a hundredth of it
LONGEST = 65_536  # characters that are searched
_LONGEST_VALUE = 500  # characters of what is taken from them


class GaveUp(Exception):
    """The expression needs too long for this text."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an expression found: `first` is its first group, or the whole where it has none."""

    first: str
    named: dict[str, str] = field(default_factory=dict)


def fault_of(expression: str) -> str | None:
    """What is wrong with it, None where it can be used."""
    import regex  # noqa: PLC0415 - 40 ms, paid for only where a configuration has expressions

    try:
        regex.compile(expression)
    except regex.error as error:
        at = f" at character {error.pos + 1}" if error.pos is not None else ""
        return f"{error.msg}{at}"
    except (OverflowError, RecursionError, MemoryError, ValueError) as error:
        return str(error) or "too large"
    return None


def groups_of(expression: str) -> tuple[int, tuple[str, ...]]:
    """How many groups it has, and the names of those that have one."""
    compiled = _compiled(expression, lines=False)
    return compiled.groups, tuple(compiled.groupindex)


def search(expression: str, text: str, *, lines: bool = False) -> Found | None:
    """What the expression finds first. `lines`: ^ and $ are those of any line.

    Raises GaveUp after LIMIT. The interpreter is free for others meanwhile.
    """
    try:
        match = _compiled(expression, lines=lines).search(text[:LONGEST], timeout=LIMIT, concurrent=True)
    except (TimeoutError, MemoryError) as error:
        raise GaveUp from error
    if match is None:
        return None
    first = match[1] if match.re.groups else match[0]
    named = {name: value[:_LONGEST_VALUE] for name, value in match.groupdict().items() if value}
    return Found((first or "")[:_LONGEST_VALUE], named)


@lru_cache(maxsize=1000)
def _compiled(expression: str, *, lines: bool) -> Any:
    import regex  # noqa: PLC0415 - as above

    return regex.compile(expression, regex.MULTILINE if lines else 0)
