"""Keys that are understood but have no effect yet, so that the daemon can say so once at its start.

Whoever delivers one of them takes its line out of the table.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from autoack.settings.document import Loc
from autoack.settings.file import File
from autoack.settings.problems import say_loc

# Where, and the value that asks for nothing.
_LATER: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("web", "token"), None),
    (("mailboxes", "*", "imap", "oauth", "provider"), None),
)


def unused_keys(file: File) -> list[str]:
    """The keys that ask for something which this version does not do yet."""
    return [say_loc(loc) for pattern, off in _LATER for loc, value in _find(file, pattern) if value != off]


def _find(value: Any, pattern: tuple[str, ...]) -> Iterator[tuple[Loc, Any]]:
    """Like shape.find, in validated sections."""
    if not pattern:
        yield (), value
        return
    entries = value if isinstance(value, dict) else dict(value) if isinstance(value, BaseModel) else {}
    for part, inner in entries.items():
        if pattern[0] in ("*", part):
            for loc, found in _find(inner, pattern[1:]):
                yield (part, *loc), found
