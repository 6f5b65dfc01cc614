"""Front matter: the `key: value` lines between two lines of `---` with which a text file may begin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

_FENCED = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


class FrontMatterFault(ValueError):
    """The front matter cannot be read; `line` is where, the first line of the file being 1."""

    def __init__(self, line: int, says: str) -> None:
        self.line = line
        super().__init__(says)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself, and its body. Lines count from 1, in the file."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)  # of each key
    item_lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # of the items of each list
    body: str = ""
    body_line: int = 1


def read_front_matter(content: str) -> FrontMatter:
    """The file taken apart; without front matter all of it is body. Raises FrontMatterFault."""
    match = _FENCED.match(content)
    if match is None:
        if content.startswith("---"):
            raise FrontMatterFault(1, "the front matter has no end; close it with a line of ---")
        return FrontMatter(body=content)
    try:
        node = yaml.compose(match[1], Loader=yaml.SafeLoader)
        values = yaml.safe_load(match[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise FrontMatterFault(line + 2, f"the front matter is no YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise FrontMatterFault(1, f"the front matter is no YAML: {' '.join(str(error).split())}") from None
    body, body_line = content[match.end() :], match[0].count("\n") + 1
    if node is None:
        return FrontMatter(body=body, body_line=body_line)
    if not isinstance(node, yaml.MappingNode) or not all(isinstance(key, str) for key in values):
        raise FrontMatterFault(2, "the front matter is not a list of `key: value`")
    lines = {key.value: _line(key) for key, _ in node.value}
    items = {
        key.value: tuple(map(_line, value.value))
        for key, value in node.value
        if isinstance(value, yaml.SequenceNode)
    }
    return FrontMatter(values, lines, items, body, body_line)


def _line(node: yaml.Node) -> int:
    """The line of the file: YAML counts from 0, and the first line is the fence."""
    return int(node.start_mark.line) + 2
