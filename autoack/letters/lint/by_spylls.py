"""Looks words up by the library spylls (extra `spelling`), which reads hunspell's dictionaries in Python.

A dictionary takes up to ten seconds and 250 MB; one is loaded at a time.
"""

import io
import os
from collections.abc import Collection, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autoack.letters.lint.finding import SpellingFault

_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts")
_MOST_SUGGESTIONS = 10  # a dictionary; one takes seconds where words have many forms


def is_installed() -> bool:
    """Whether Python finds it."""
    return find_spec("spylls") is not None


def dictionaries() -> dict[str, str]:
    """Paths without their endings, by name. hunspell's DICPATH comes first."""
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *_FOLDERS]
    found: dict[str, str] = {}
    for path in (path for folder in folders for path in sorted(Path(folder).glob("*.aff"))):
        if path.with_suffix(".dic").is_file():
            found.setdefault(path.stem, str(path.with_suffix("")))
    return found


def ask(path: str, words: Collection[str]) -> dict[str, str]:
    """The words that the dictionary does not know, the first few with the nearest right one. Raises SpellingFault."""
    try:
        dictionary = _load(path)
        unknown = [word for word in words if not dictionary.lookup(word)]
        return {
            word: next(dictionary.suggest(word), "") if number < _MOST_SUGGESTIONS else ""
            for number, word in enumerate(unknown)
        }
    except Exception as error:  # a dictionary is somebody's file: reading it may raise anything
        raise SpellingFault(f"{path}: {type(error).__name__} {error}") from error


def _load(path: str) -> Any:
    from spylls.hunspell import Dictionary, readers  # noqa: PLC0415 - an extra
    from spylls.hunspell.readers import FileReader  # noqa: PLC0415 - an extra

    class Reader(FileReader):  # type: ignore[misc] # it ships no types
        """Holds the file's text; spylls would leave the file open."""

        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(Path(path).read_bytes().decode(encoding, "surrogateescape"))

    aff, context = readers.read_aff(Reader(f"{path}.aff"))
    dictionary = Dictionary(
        aff, readers.read_dic(Reader(f"{path}.dic", context.encoding), aff=aff, context=context)
    )
    if not any(suffix.flags for suffixes in aff.SFX.values() for suffix in suffixes):
        _take_one_suffix(dictionary.lookuper)
    return dictionary


def _take_one_suffix(lookuper: Any) -> None:
    """Where no suffix may stand on another, none is looked for behind one: sixty times as quick in Serbian."""
    desuffix = lookuper.desuffix

    def only_one(word: str, required_flags: list[str], *rest: Any, **others: Any) -> Iterator[Any]:
        return iter(()) if required_flags else desuffix(word, required_flags, *rest, **others)

    lookuper.desuffix = only_one
