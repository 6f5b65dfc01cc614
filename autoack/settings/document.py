"""A YAML file as its writer wrote it: the values, the place of each, and what is wrong with its form.

Scalars follow YAML 1.2 for null, true and false; all else stays text as written, so that 21:00 is a time,
NO is Norway and 0911234 keeps its zero. Numbers are made by the fields that want them.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import yaml

Loc = tuple[str | int, ...]
_CORE = "tag:yaml.org,2002:"
_NULL, _BOOL, _STR, _MAP, _SEQ = (_CORE + name for name in ("null", "bool", "str", "map", "seq"))
_TEXT_TAGS = frozenset({_STR, _CORE + "int", _CORE + "float"})


class Place(NamedTuple):
    """Line and column, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `loc`, and whether to point at its value, at its key, or at what lacks it."""

    loc: Loc
    message: str
    on: Literal["value", "key", "missing"] = "value"
    place: Place | None = None  # where it is known better than from `loc`


class _Loader(yaml.SafeLoader):
    """Composes nodes without the implicit types of YAML 1.1: yes, no, sexagesimals, dates, octals, `<<`."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # PyYAML's own class attribute; filled by the calls below


_Loader.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


@dataclass(slots=True)
class Document:
    """The file `name`: `data` as plain dicts, lists, texts, booleans and None; `problems` of form."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True  # False: the YAML itself is broken, `data` tells nothing
    _keys: dict[Loc, Place] = field(default_factory=dict)
    _values: dict[Loc, Place] = field(default_factory=dict)

    def place(self, problem: Problem) -> Place:
        """Where to point for a problem."""
        loc = problem.loc
        if problem.place:
            return problem.place
        if problem.on == "key" and loc in self._keys:
            return self._keys[loc]
        if problem.on == "value" and loc in self._values:
            return self._values[loc]
        for end in range(len(loc) - (problem.on == "missing"), 0, -1):
            found = self._keys.get(loc[:end]) or self._values.get(loc[:end])
            if found:
                return found
        return Place(1, 1)

    def __contains__(self, loc: object) -> bool:
        return loc in self._values


def read_document(name: str, content: bytes) -> Document:
    """Read the file's octets; never raises: what is wrong stands in `problems`."""
    document = Document(name)
    try:
        text = content.decode("utf-8-sig")
        root = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        return _broken(
            document, "is not UTF-8 text", _place_of(content[: error.start].decode("utf-8", "replace"))
        )
    except yaml.reader.ReaderError as error:
        return _broken(
            document, "holds a character that YAML does not allow", _place_of(text[: error.position])
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _broken(document, _say(error), Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1))
    except RecursionError:
        return _broken(document, "is nested too deeply", Place(1, 1))
    if root is None or root.tag == _NULL:
        _broken(document, "the file is empty; `autoack init` writes one to start from", Place(1, 1))
    elif isinstance(root, yaml.MappingNode):
        document.data = _Reader(document).mapping(root, ())
    else:
        _broken(document, "a list of `key: value` is needed here", _start(root))
    return document


def read_value(text: str) -> Any:
    """The list or map that a variable holds, in YAML or JSON; the text itself if it holds none."""
    document = Document("")
    try:
        root = yaml.compose(text, Loader=_Loader)
        value = _Reader(document).value(root, ()) if root is not None else text
    except (yaml.YAMLError, RecursionError):
        return text
    return value if isinstance(value, dict | list) and not document.problems else text


class _Reader:
    """Turns nodes into plain values and writes down where each one stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: set[int] = set()  # nodes that we are inside of: an alias may lead back to one

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        self._document._values[loc] = _start(node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, loc)
        if id(node) in self._open:
            return self._reject(loc, node, "this alias holds itself")
        if node.tag not in (_MAP, _SEQ):
            return self._reject(loc, node, "tags (!…) have no meaning here")
        self._open.add(id(node))
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self.mapping(node, loc)
        else:
            value = [self.value(child, (*loc, index)) for index, child in enumerate(node.value)]
        self._open.discard(id(node))
        return value

    def mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._reject(loc, key_node, "a key must be a plain text")
                continue
            key = str(key_node.value)
            if key in result:
                first = self._document._keys[(*loc, key)]
                message = f"stands here twice (first in line {first.line}); only one can hold"
                self._reject((*loc, key), key_node, message)
                continue
            self._document._keys[(*loc, key)] = _start(key_node)
            result[key] = self.value(value_node, (*loc, key))
        return result

    def _scalar(self, node: yaml.ScalarNode, loc: Loc) -> str | bool | None:
        if node.tag == _NULL:
            return None
        if node.tag == _BOOL:
            return str(node.value).lower() == "true"
        if node.tag not in _TEXT_TAGS:
            self._reject(loc, node, "a text that begins with ! needs quotes")
        return str(node.value)

    def _reject(self, loc: Loc, node: yaml.Node, message: str) -> None:
        self._document.problems.append(Problem(loc, message, place=_start(node)))


def _start(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _broken(document: Document, message: str, place: Place) -> Document:
    document.readable = False
    document.problems.append(Problem((), message, place=place))
    return document


def _place_of(before: str) -> Place:
    lines = before.split("\n")
    return Place(len(lines), len(lines[-1]) + 1)


def _say(error: yaml.MarkedYAMLError) -> str:
    """What the parser says, without the writer's own words: an unquoted password may be among them."""
    problem = error.problem or "cannot be read"
    if problem.startswith("found undefined alias"):
        problem = "an alias that is not defined; a text that begins with * needs quotes"
    elif problem.startswith("found character"):
        problem = "a character that cannot begin a text; put the text in quotes (a tab cannot indent)"
    elif "document" in problem:
        problem = "one document is expected, a second one begins here"
    elif problem.startswith(("found duplicate anchor", "found undefined tag")):
        problem = "a text that begins with & or ! needs quotes"
    return f"not YAML: {problem}"
