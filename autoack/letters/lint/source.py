"""Reads templates and answers into their writings: one for each combination of what there is to say."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta, nodes

from autoack.core.answers import Answer
from autoack.core.front_matter import FrontMatter, FrontMatterFault, read_front_matter
from autoack.letters.lint.variables import CONDITIONS, LISTS
from autoack.letters.lint.writing import Block, Role, Writing, blocks_of, has_link, prose, subject_block
from autoack.letters.templates import FIRST, PRIVATE, environment, output

_LINE = 0xF0000  # plus the line: a character of another private area, before what stands on that line
_MOST_LINES = 0xFFF0
_LINE_MARK = re.compile(f"([{chr(_LINE)}-{chr(sys.maxunicode)}])")


class SourceFault(ValueError):
    """A file that cannot be read as what it is; `line` is where."""

    def __init__(self, line: int, says: str) -> None:
        self.line = line
        super().__init__(says)


@dataclass(frozen=True)
class Source:
    """A template or an answer: what is in its file, and the names that stand in it with their lines."""

    kind: str
    language: str
    front: FrontMatter
    subject: jinja2.nodes.Template
    body: jinja2.nodes.Template
    names: tuple[tuple[str, int], ...]
    tested: tuple[str, ...]  # names that conditions ask for
    end: int


def read_text(path: Path) -> str:
    """The file's text. Raises SourceFault where it is no UTF-8 or cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceFault(1, f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise SourceFault(1, f"the file cannot be read: {error.strerror}") from None
    if text.count("\n") > _MOST_LINES:
        raise SourceFault(1, "the file is too long for a letter")
    return "".join(c for c in PRIVATE.sub("", text) if ord(c) < _LINE)


def read_template(content: str, kind: str, language: str) -> Source:
    """A template's source. Raises SourceFault where front matter or Jinja cannot be understood."""
    try:
        front = read_front_matter(content)
    except FrontMatterFault as fault:
        raise SourceFault(fault.line, str(fault)) from None
    return _source(kind, language, front)


def read_answer_source(answer: Answer) -> Source:
    """An answer's body in the same form, with the names in its title and steps. Raises SourceFault."""
    lines = answer.front.item_lines.get("steps", ())
    lined = [(answer.title, answer.front.lines["title"]), *zip(answer.steps, lines, strict=True)]
    return _source("answer", answer.language, answer.front, [_parsed(text, line) for text, line in lined])


def front_text(source: Source, text: str) -> str:
    """Title or step of an answer, with everything said; values stand as in its writings. Raises SourceFault."""
    names = _distinct(source)
    try:
        return output(environment().from_string(text), _values(names, (), frozenset()))
    except Exception as error:  # a template is somebody's program: it may raise anything
        raise SourceFault(source.front.body_line, f"this cannot be rendered: {error}") from None


def _source(kind: str, language: str, front: FrontMatter, beside: Sequence[nodes.Template] = ()) -> Source:
    subject = _parsed(str(front.values.get("subject") or ""), front.lines.get("subject", 1))
    body = _parsed(front.body, front.body_line)
    trees = (subject, body, *beside)
    names = sorted({pair for tree in trees for pair in _names(tree)}, key=lambda pair: (pair[1], pair[0]))
    tested = sorted({name for tree in trees for name in _tested(tree)})
    end = front.body_line + front.body.rstrip("\n").count("\n")
    return Source(kind, language, front, subject, body, tuple(names), tuple(tested), end)


def _parsed(text: str, first_line: int) -> nodes.Template:
    """The syntax tree, its lines those of the file. Raises SourceFault."""
    skipped = first_line - 1
    try:
        tree = environment().parse(text)
        for node in [tree, *tree.find_all(nodes.Node)]:
            node.lineno += skipped
        _mark_lines(tree)
        skipped = 0  # from here on, errors name lines of the file
        meta.find_undeclared_variables(tree)  # compiles: filters and tests must exist
    except jinja2.TemplateSyntaxError as error:
        raise SourceFault(error.lineno + skipped, f"this is no template: {error.message}") from None
    return tree


def _names(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The values that the template asks for from outside."""
    asked = meta.find_undeclared_variables(tree)
    for node in tree.find_all(nodes.Name):
        if node.name in asked and node.ctx == "load":
            yield node.name, node.lineno


def _tested(tree: nodes.Template) -> Iterator[str]:
    tests = [
        *(each.test for each in tree.find_all(nodes.If)),
        *(each.test for each in tree.find_all(nodes.CondExpr)),
        *(each.left for each in tree.find_all(nodes.Or)),
    ]
    for test in tests:
        yield from (name.name for name in test.find_all(nodes.Name))
        if isinstance(test, nodes.Name):
            yield test.name


def writings(source: Source) -> Iterator[Writing]:
    """The text with everything said, with nothing, and with each condition alone and alone missing.

    Raises SourceFault where it cannot be rendered.
    """
    names = _with_fields(_distinct(source))
    templates = environment().from_string(source.subject), environment().from_string(source.body)
    seen: set[tuple[str, str]] = set()
    for present in _combinations(source.tested):
        rendered = _rendered(source, templates, _values(names, source.tested, present))
        if rendered not in seen:
            seen.add(rendered)
            yield _writing(source, names, *rendered)


class _Unsaid(str):
    """A value that is not there for conditions, and stands in the text all the same."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def as_typed(source: Source) -> Iterator[Block]:
    """Subject and body as they stand in the file, a block for each combination of conditions.

    Values are written whether there or not: a space around one is the writer's. Raises SourceFault where the text
    cannot be rendered.
    """
    names = _with_fields(_distinct(source))
    templates = environment().from_string(source.subject), environment().from_string(source.body)
    first_lines = source.front.lines.get("subject", 1), source.front.body_line
    seen: set[str] = set()
    for present in _combinations(source.tested):
        values = _values(names, source.tested, present, absent=_Unsaid)
        for rendered, line in zip(_rendered(source, templates, values), first_lines, strict=True):
            if rendered not in seen:
                seen.add(rendered)
                yield Block(Role.PARAGRAPH, *prose(*_unmarked(rendered, line)))


def _distinct(source: Source) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _ in source.names))


def _with_fields(names: Sequence[str]) -> tuple[str, ...]:
    """With what the things of a list have: items.who, items.ref …"""
    return (*names, *(f"{name}.{field}" for name in names for field in LISTS.get(name, ())))


def _combinations(tested: Sequence[str]) -> Iterator[frozenset[str]]:
    everything = frozenset(tested)
    yield everything
    yield frozenset()
    for name in tested:
        yield everything - {name}
        yield frozenset({name})


def _values(
    names: Sequence[str],
    tested: Sequence[str],
    present: frozenset[str],
    absent: Callable[[str], str] = lambda _: "",
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, name in enumerate(names):
        there = name in present or name not in tested
        character = chr(FIRST + number)
        values[name] = there if name in CONDITIONS else character if there else absent(character)
    for name in values.keys() & LISTS.keys():
        whole = {field: values[f"{name}.{field}"] for field in LISTS[name]}
        lacking = {
            field: absent(value) if isinstance(value, str) else False for field, value in whole.items()
        }
        values[name] = [whole, lacking]  # one that has everything, and one that lacks it
    return values


def _rendered(
    source: Source, templates: Sequence[jinja2.Template], values: dict[str, Any]
) -> tuple[str, str]:
    try:
        subject, body = (output(template, values) for template in templates)
    except Exception as error:  # a template is somebody's program: it may raise anything
        raise SourceFault(source.front.body_line, f"this cannot be rendered: {error}") from None
    return subject, body


def _mark_lines(tree: nodes.Template) -> None:
    """Puts before each piece of text and each value the character of its line."""
    for written in tree.find_all(nodes.Output):
        marked: list[nodes.Expr] = []
        for node in written.nodes:
            if isinstance(node, nodes.TemplateData):
                pieces = enumerate(node.data.split("\n"), node.lineno)
                node.data = "\n".join(chr(_LINE + line) + piece for line, piece in pieces)
            else:
                marked.append(nodes.TemplateData(chr(_LINE + node.lineno), lineno=node.lineno))
            marked.append(node)
        written.nodes = marked
    tree.set_environment(environment())


def _writing(source: Source, names: Sequence[str], subject: str, body: str) -> Writing:
    text, lines = _unmarked(body, source.front.body_line)
    return Writing(
        kind=source.kind,
        language=source.language,
        subject=subject_block(*_unmarked(subject, source.front.lines.get("subject", 1))),
        blocks=blocks_of(text, lines),
        names={chr(FIRST + number): name for number, name in enumerate(names)},
        has_link=has_link(text),
        end=source.end,
    )


def _unmarked(text: str, line: int) -> tuple[str, list[int]]:
    """The text that readers see, and the line of each character."""
    pieces = _LINE_MARK.split(text)  # a text, then by turns a mark and the text of its line
    lines = [line] * len(pieces[0])
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        lines += [ord(mark) - _LINE] * len(piece)
    return "".join(pieces[::2]), lines
