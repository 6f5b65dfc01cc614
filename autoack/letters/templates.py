"""The templates KIND.LANG.md: Markdown with front matter, the ops' own before the built-in ones.

A template is rendered once for each combination of what there is to say. Each value stands in it as one
private character until the letter is written, so that nothing a customer wrote is ever read as template,
Markdown or HTML. An override that fails is reported in `problems`, and the built-in one takes its place.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from traceback import extract_tb
from typing import Any

import jinja2
import yaml
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from autoack.errors import LetterError
from autoack.letters import markdown

# Texts, which become placeholders, and conditions, which do not. Those of a list are called items.0.who, items.1.who
# and so on: a template goes through `items`, each of which has a `who`.
Values = Mapping[str, str | bool]

BUILT_IN = Path(__file__).parent / "templates"
FIRST = 0xE000  # of the private use area: in no honest text, a letter to Markdown, untouched by escaping
PRIVATE = re.compile("[\ue000-\uf8ff]")
_SLOT = re.compile("([\ue000-\uf8ff])")
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)^---\r?\n(.*)\Z", re.DOTALL | re.MULTILINE)
_MARGIN = re.compile(r"(?:^|\n)([> ]*)\Z")
_NEVER_BROKEN = frozenset({"ref", "phone", "customer_phone", "phone_line", "agent_phone"})  # over two lines
_WHOLE = '<span style="white-space:nowrap">{}</span>'
_WITH_LINKS = frozenset({"answers", "suggestion"})  # ours and the ops' words, never a customer's
_IN_TEXT = frozenset(
    f"rate_{stars}" for stars in range(1, 6)
)  # links that plain text shows: they lead to a page
_ADDRESS = re.compile(r"https?://[^\s<]+")
_LINK = r'<a class="aa-link" style="color:#1a5fb4" href="\g<0>">\g<0></a>'
_MOST_OUTPUT = 20_000  # characters
_MOST_TURNS = 100  # of one loop
_MOST_TURNS_IN_ALL = 10_000  # of loops in loops: a hundredth of a second
_FILTERS = ("capitalize", "d", "default", "e", "escape", "length", "lower", "title", "trim", "upper")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template with its conditions decided: subject, text and HTML that still hold placeholders."""

    names: tuple[str, ...]  # of the values: the n-th placeholder stands for the n-th name
    subject: str
    text: str
    html: str


class Frame:
    """A rendered letter that waits for its values: what remains to be done for each mail."""

    def __init__(self, rendered: Rendered) -> None:
        self._subject = _Pieces(rendered.subject, rendered.names)
        self._text = _Pieces(rendered.text, rendered.names)
        self._html = _Pieces(rendered.html, rendered.names)

    def fill(self, values: Values) -> tuple[str, str, str]:
        """Subject, text and HTML with the values in their places."""
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        in_html = {name: _as_html(name, texts[name]) for name in self._html.names}
        return self._subject.fill(texts), self._text.fill(texts), self._html.fill(in_html)


def _as_html(name: str, value: str) -> str:
    written = escape(value).replace("\n", "<br>\n")
    if name in _WITH_LINKS:
        return _ADDRESS.sub(_LINK, written)
    return _WHOLE.format(written) if name.rpartition(".")[2] in _NEVER_BROKEN else written


class _Pieces:
    """A text cut at its placeholders. A value of several lines keeps the margin of the line it stands in."""

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        self._parts = _SLOT.split(text)
        self._slots: list[tuple[int, str, str]] = []
        for position in range(1, len(self._parts), 2):
            margin = _MARGIN.search("".join(self._parts[:position]))
            name = names[ord(self._parts[position]) - FIRST]
            self._slots.append((position, name, "\n" + (margin[1] if margin else "")))
        self.names = frozenset(name for _, name, _ in self._slots)  # of the values that stand in it

    def fill(self, values: Mapping[str, str]) -> str:
        parts = self._parts.copy()
        for position, name, line_end in self._slots:
            parts[position] = values[name].replace("\n", line_end)
        return "".join(parts)


class Templates:
    """Finds and renders templates. `problems` has a line for each fault of an override; `report` hears it once."""

    def __init__(self, override_dir: Path | None = None, report: Callable[[str], None] | None = None) -> None:
        self._override_dir = override_dir
        self._hear = report
        self.problems: list[str] = []

    def render(
        self, kind: str, language: str, values: Values, inserted: Mapping[str, str] | None = None
    ) -> Rendered:
        """The template for these values, which count only by being there: an empty text is absent.

        `inserted` is Markdown of ours or the ops', in which the same values stand as `placeholders` has them.
        LetterError where not even a built-in template can be rendered.
        """
        error: Exception | None = None
        for path in self._candidates(kind, language):
            try:
                return _rendered(path, values, inserted or {})
            except Exception as fault:  # an override is somebody's program: it may raise anything
                error = fault
                self._report(path, fault)
        raise LetterError(f"there is no template {kind}.{language}.md that can be rendered: {error}")

    def _candidates(self, kind: str, language: str) -> Iterator[Path]:
        """By language: the tag, its base language, English; in each the override before the built-in."""
        folders = [self._override_dir, BUILT_IN] if self._override_dir else [BUILT_IN]
        for tag in dict.fromkeys((language, language.partition("-")[0], "en")):
            for folder in folders:
                path = folder / f"{kind}.{tag}.md"
                if path.is_file():
                    yield path

    def _report(self, path: Path, fault: Exception) -> None:
        line = getattr(fault, "lineno", None) or _line_of(fault)
        problem = f"{path}{f':{line}' if line else ''}: {' '.join(str(fault).split())}"
        if problem not in self.problems:
            self.problems.append(problem)
            if self._hear is not None:
                self._hear(problem)


def _line_of(fault: Exception) -> int | None:
    """The template's line that failed while it ran; Jinja writes it into the traceback."""
    lines = [row.lineno for row in extract_tb(fault.__traceback__) if row.filename == "<template>"]
    return lines[-1] if lines else None


def placeholders(values: Values) -> dict[str, str | bool]:
    """What a template is rendered with: a private character for each text that is there, conditions as they are."""
    known: dict[str, str | bool] = dict(values)
    for number, name in enumerate(_texts(values)):
        known[name] = chr(FIRST + number) if values[name] else ""
    return known


def _texts(values: Values) -> tuple[str, ...]:
    return tuple(name for name, value in values.items() if isinstance(value, str))


def _rendered(path: Path, values: Values, inserted: Mapping[str, str]) -> Rendered:
    known = _with_lists({**placeholders(values), **inserted})
    subject, body = _compiled(path)
    tokens = markdown.parse(output(body, known))
    names = _texts(values)
    shown = {chr(FIRST + number) for number, name in enumerate(names) if name in _IN_TEXT}
    text, html = markdown.to_text(tokens, shown), markdown.to_html(tokens)
    if not text.strip():
        raise LetterError("the template says nothing")
    return Rendered(names, " ".join(output(subject, known).split()), text, html)


def _with_lists(known: Mapping[str, str | bool]) -> dict[str, Any]:
    """What belongs to lists as lists: items.0.who becomes the `who` of the first of `items`."""
    found: dict[str, Any] = {}
    for name, value in known.items():
        listed, dot, rest = name.partition(".")
        if not dot:
            found[name] = value
            continue
        number, _, field = rest.partition(".")
        found.setdefault(listed, {}).setdefault(number, {})[field] = value
    return {name: list(one.values()) if isinstance(one, dict) else one for name, one in found.items()}


class _NothingThatGrows(Extension):
    """Refuses what joins texts into longer ones: said thirty times over, twice the length each, it takes all memory."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """TemplateSyntaxError at `~` and at a `set` that has no `=`."""
        before, setting = None, False
        for token in stream:
            if token.type == "tilde":
                raise jinja2.TemplateSyntaxError(
                    "there is no `~` here: write the parts side by side", token.lineno
                )
            if before == "block_begin":
                setting = token.type == "name" and token.value == "set"
            if setting and token.type == "block_end":
                raise jinja2.TemplateSyntaxError("a `set` takes one value: `set name = value`", token.lineno)
            setting = setting and token.type != "assign"
            before = token.type
            yield token


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a letter needs of Jinja: nothing by which a few words of template take all memory or hours of work."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        # No autoescape: what is escaped are the values, when they are put into their places.
        super().__init__(
            extensions=[_NothingThatGrows],
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {"range": _ShortRange()}  # its name is known; `output` gives each rendering its own

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not all(isinstance(side, int | float) and abs(side) < _MOST_OUTPUT for side in (left, right)):
            raise SecurityError(f"`{operator}` is for small numbers here")
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, _ShortRange | jinja2.Undefined):  # which says by itself that it is not there
            return True
        # No method of a text, which could make a long one.
        raise SecurityError(
            f"a template may call nothing but range, and not {getattr(obj, '__name__', 'this')}"
        )


class _ShortRange:
    """`range` for one rendering."""

    def __init__(self) -> None:
        self._turns = 0

    def __call__(self, *bounds: int) -> range:
        numbers = range(*bounds)
        if len(numbers) > _MOST_TURNS:
            raise SecurityError(f"a range of more than {_MOST_TURNS} numbers")
        self._turns += len(numbers)
        if self._turns > _MOST_TURNS_IN_ALL:
            raise SecurityError(f"loops of more than {_MOST_TURNS_IN_ALL} turns in all")
        return numbers


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Where every template is compiled and run."""
    return _Sandbox()


@cache
def _compiled(path: Path) -> tuple[jinja2.Template, jinja2.Template]:
    """Subject and body of a template file. Raises what reading, YAML and Jinja raise."""
    source = PRIVATE.sub("", path.read_text(encoding="utf-8-sig"))
    match = _FRONT_MATTER.match(source)
    front = yaml.safe_load(match[1]) if match else {}
    if front is not None and not isinstance(front, dict):
        raise LetterError("the front matter is not a list of `key: value`")
    # The front matter's lines stay, as a comment, so that an error names the right line.
    lines = match[1].count("\n") + 2 if match else 0
    body = (f"{{#{chr(10) * lines}#}}" + match[2]) if match else source
    subject = str((front or {}).get("subject", ""))
    return environment().from_string(subject), environment().from_string(body)


def output(template: jinja2.Template, known: Mapping[str, Any]) -> str:
    """What the template writes. LetterError where that is too much."""
    written: list[str] = []
    length = 0
    for piece in template.generate({**known, "range": _ShortRange()}):
        length += len(piece)
        if length > _MOST_OUTPUT:
            raise LetterError(f"the template writes more than {_MOST_OUTPUT} characters")
        written.append(piece)
    return "".join(written)
