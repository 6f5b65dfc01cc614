"""The files of built-in and own templates and answers, each as the texts that rules look at.

What keeps a file from being used at all (its name, its front matter, its Jinja) is found here.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from autoack.core.answers import Answer, read_answer
from autoack.core.delivery import MailKind
from autoack.letters.lint.finding import Finding
from autoack.letters.lint.source import (
    Source,
    SourceFault,
    as_typed,
    front_text,
    read_answer_source,
    read_template,
    read_text,
    writings,
)
from autoack.letters.lint.variables import KNOWN, MAY_BE_EMPTY, TO_CUSTOMERS
from autoack.letters.lint.writing import Block, Role, Writing
from autoack.letters.templates import FIRST

_NAME = re.compile(r"(?P<kind>[\w-]+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
_FORMAT = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Text:
    """A file's text in all its variants, and what was found while it was read."""

    path: str
    kind: str
    language: str
    writings: tuple[Writing, ...] = ()
    typed: tuple[Block, ...] = ()  # its text as it stands in the file
    findings: tuple[Finding, ...] = ()


def read_templates(folder: Path, languages: Sequence[str]) -> Iterator[Text]:
    """The templates KIND.LANG.md of a folder; `languages` are those that letters are written in."""
    for path in sorted(folder.glob("*.md")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            says = "a template is called KIND.LANG.md, for instance receipt.hr.md"
            yield Text(str(path), "", "", findings=(_unused(path, says),))
            continue
        kind, language = match["kind"], match["language"]
        doubt = _doubt("letter", kind, _kinds()) or _doubt("language", language, languages)
        named = (_unused(path, doubt[0], doubt[1]),) if doubt else ()
        yield _read(path, kind, language, named)


def _kinds() -> list[str]:
    return sorted({*MailKind} | KNOWN.keys() - {"answer"})


def _unused(path: Path, says: str, better: str = "") -> Finding:
    return Finding(str(path), 1, "file-name", f"the file is never used: {says}", better)


def _doubt(what: str, name: str, known: Iterable[str]) -> tuple[str, str] | None:
    """Why nothing is called so, and what may be meant."""
    by_key = {right.lower(): right for right in known}
    if name in by_key.values():
        return None
    near = difflib.get_close_matches(name.lower(), by_key, n=1)
    return f"there is no {what} {name} here", by_key[near[0]] if near else ", ".join(by_key.values())


def _read(path: Path, kind: str, language: str, named: tuple[Finding, ...]) -> Text:
    try:
        source = read_template(read_text(path), kind, language)
        variants, typed = tuple(writings(source)), tuple(as_typed(source))
    except SourceFault as fault:
        found = Finding(str(path), fault.line, "template", str(fault))
        return Text(str(path), kind, language, findings=(*named, found))
    found_names = (
        *_unknown_keys(path, source),
        *_unknown_values(path, source),
        *_untested_values(path, source),
    )
    return Text(str(path), kind, language, variants, typed, (*named, *found_names))


def _unknown_keys(path: Path, source: Source) -> Iterator[Finding]:
    for key, line in source.front.lines.items():
        if key != "subject":
            yield Finding(
                str(path), line, "front-matter", f"a template's front matter has no {key}", "subject"
            )


def _unknown_values(path: Path, source: Source) -> Iterator[Finding]:
    known = KNOWN.get(source.kind)
    if known is None:
        return
    for name, line in source.names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            why = f"{'an answer' if source.kind == 'answer' else source.kind} has no value {name}"
            yield Finding(str(path), line, "variable", why, near[0] if near else "")


def _untested_values(path: Path, source: Source) -> Iterator[Finding]:
    """A value that some customers' letters lack, where nothing asks whether it is there: “Dear , …”."""
    if source.kind not in TO_CUSTOMERS | {"answer"}:
        return
    for name, line in source.names:
        if name in MAY_BE_EMPTY and name not in source.tested:
            why = f"{name} is empty in letters to some customers, and nothing asks whether it is there"
            yield Finding(
                str(path), line, "variable", why, f"{{% if {name} %}}… {{{{ {name} }}}} …{{% endif %}}"
            )


def read_answers(folder: Path, languages: Sequence[str]) -> Iterator[Text]:
    """The answers ID.LANG.md of a folder."""
    for path in sorted(folder.glob("*.md")):
        try:
            answer, faults = read_answer(path.name, read_text(path))
        except SourceFault as fault:
            yield Text(str(path), "", "", findings=(Finding(str(path), fault.line, "template", str(fault)),))
            continue
        found = tuple(Finding(str(path), fault.line, "front-matter", fault.says) for fault in faults)
        if answer is None:
            yield Text(str(path), "", "", findings=found)
            continue
        doubt = _doubt("language", answer.language, languages)
        named = (_unused(path, *doubt),) if doubt else ()
        yield _read_answer(path, answer, named)


def _read_answer(path: Path, answer: Answer, named: tuple[Finding, ...]) -> Text:
    try:
        source = read_answer_source(answer)
        variants, typed = tuple(writings(source)), tuple(as_typed(source))
        front = _front_blocks(answer, source)
    except SourceFault as fault:
        found = Finding(str(path), fault.line, "template", str(fault))
        return Text(str(path), answer.id, answer.language, findings=(*named, found))
    whole = tuple(_with_front(writing, front, answer.link) for writing in variants)
    found_names = (*_unknown_values(path, source), *_untested_values(path, source))
    return Text(str(path), answer.id, answer.language, whole, (*typed, *front), (*named, *found_names))


def _with_front(writing: Writing, front: Sequence[Block], link: str | None) -> Writing:
    """The body, then what the front matter gives to readers."""
    return Writing(
        writing.kind,
        writing.language,
        None,
        (*writing.blocks, *front),
        writing.names,
        writing.has_link or link is not None,
        writing.end,
    )


def _front_blocks(answer: Answer, source: Source) -> list[Block]:
    """Title and steps: customers read them. The questions are in customers' own words, and left alone."""
    title = _block(Role.HEADING, front_text(source, answer.title), answer.front.lines["title"])
    lines = answer.front.item_lines.get("steps", ())
    # Their group is no list of the body's, which count from 1.
    steps = zip((front_text(source, step) for step in answer.steps), lines, strict=True)
    return [title, *(_block(Role.STEP, step, line) for step, line in steps)]


def _block(role: Role, text: str, line: int) -> Block:
    return Block(role, text, (line,) * len(text))


def read_digest(folder: Path) -> Iterator[Text]:
    """The words of the digest: phrases rather than letters."""
    for path in sorted(folder.glob("digest.*.yaml")):
        tag = path.name.split(".")[1]
        language = {"sr": "sr-Cyrl"}.get(tag, tag)
        blocks = tuple(_phrases(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)))
        names = {chr(FIRST): "a value"}
        end = blocks[-1].line if blocks else 1
        writing = Writing("digest", language, None, blocks, names, has_link=False, end=end)
        yield Text(str(path), "digest", language, (writing,), blocks)


def _phrases(node: yaml.Node | None) -> Iterator[Block]:
    if isinstance(node, yaml.ScalarNode):
        text = _FORMAT.sub(chr(FIRST), node.value)
        if text.strip():
            yield _block(Role.FACT, text, node.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _phrases(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _phrases(value)
