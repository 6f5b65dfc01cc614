"""Markdown into the two forms of a letter: plain text, and HTML with inline styles for mail programs.

Outlook for Windows lays HTML out with Word, which knows margins of paragraphs and lists and padding of cells, but no
padding of anything else and no margin of a table: so a quote is a table, and what follows one is set off for Word
alone. Raw HTML in Markdown is shown, not obeyed. A table with an empty heading is a list of facts: two columns in
HTML, "Label: value" in text. A line break is a line break.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PLACEHOLDER = re.compile("[\ue000-\uf8ff]")  # a value of the letter, which is put in later


class _Markdown(MarkdownIt):
    """A placeholder as a link's target stays what it is."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url if _PLACEHOLDER.fullmatch(url) else super().normalizeLink(url)


_MARKDOWN = _Markdown("commonmark", {"html": False, "breaks": True}).enable("table")

_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_AFTER_TABLE = '<!--[if mso]><p style="margin:0;font-size:8px;line-height:16px">&nbsp;</p><![endif]-->\n'
_QUOTE = (
    f'{_TABLE} style="margin:0 0 16px 0"><tr>\n<td class="aa-quote" align="left" style="padding:4px 0 0 14px;'
    'border-left:3px solid #c9d1d9;color:#444c56">\n'
)
_LINE = (
    f'{_TABLE} width="100%"><tr><td class="aa-line" style="border-top:1px solid #d8dee4;font-size:1px;'
    'line-height:20px">&nbsp;</td></tr></table>\n'
)
_MARKDOWN.add_render_rule("blockquote_open", lambda *_: _QUOTE)
_MARKDOWN.add_render_rule("blockquote_close", lambda *_: f"</td></tr></table>\n{_AFTER_TABLE}")
_MARKDOWN.add_render_rule("table_close", lambda *_: f"</table>\n{_AFTER_TABLE}")
_MARKDOWN.add_render_rule("hr", lambda *_: _LINE)
# A letter fetches nothing: of a picture its words are left, as in the text.
_MARKDOWN.add_render_rule("image", lambda _, tokens, at, *__: escape(tokens[at].content))

_FACTS = "padding:3px 16px 3px 0;vertical-align:top;text-align:left"
# The classes are what the page's style sheet for dark screens takes hold of.
_STYLES = {
    "p": ("", "margin:0 0 16px 0"),
    "h1": ("", "margin:0 0 16px 0;font-size:20px;line-height:1.3"),
    "h2": ("", "margin:24px 0 12px 0;font-size:17px;line-height:1.3"),
    "h3": ("", "margin:24px 0 8px 0;font-size:16px;line-height:1.3"),
    "ul": ("", "margin:0 0 16px 24px;padding:0"),
    "ol": ("", "margin:0 0 16px 24px;padding:0"),
    "li": ("", "margin:0 0 6px 0"),
    "a": ("aa-link", "color:#1a5fb4"),
    "table": ("", "margin:0 0 16px 0;border-collapse:collapse;font-size:15px"),
    "th": ("", _FACTS),
    "td": ("", _FACTS),
}
_QUOTED = ("", "margin:0 0 8px 0")
# The width of a narrow screen goes to the values: a label breaks between words only.
_LABEL = ("aa-soft", _FACTS + ";color:#57606a;word-break:normal;overflow-wrap:normal")


def parse(source: str) -> list[Token]:
    """The Markdown's structure; give it to `to_html` and `to_text`."""
    return _without_empty_headings(_MARKDOWN.parse(source))


def to_html(tokens: Sequence[Token]) -> str:
    """HTML with inline styles."""
    before, quotes = "", 0
    for token in _all(tokens):
        quotes += token.nesting if token.tag == "blockquote" else 0
        style = _LABEL if (before, token.type) == ("tr_open", "td_open") else _STYLES.get(token.tag)
        style = _QUOTED if quotes and token.tag == "p" else style
        before = token.type
        if style and token.nesting >= 0:
            name, css = style
            token.attrSet("style", css)
            if name:
                token.attrSet("class", name)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def to_text(tokens: Sequence[Token], shown: Collection[str] = ()) -> str:
    """Plain text: what stands there, without marks; lists and quotes as people type them.

    A link that is made for the letter stands for words that do the same in a reply: its address is left out, but
    for those whose placeholders are among `shown`.
    """
    return _Text(shown).write(tokens)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _without_empty_headings(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    start = 0
    for token in tokens:
        if token.type == "thead_open":
            start = len(kept)
        kept.append(token)
        if token.type == "thead_close" and not any(t.content for t in kept[start:] if t.type == "inline"):
            del kept[start:]
    return kept


class _Text:
    """Walks the tokens once; `margins` hold what stands before each line of the open quotes and lists."""

    def __init__(self, shown: Collection[str]) -> None:
        self.shown = shown
        self.blocks: list[str] = []
        self.margins: list[str] = []
        self.numbers: list[int | None] = []  # of the open lists; None: bullets
        self.marker = ""
        self.tight = False
        self.row: list[str] = []

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            step = getattr(self, f"_{token.type}", None)
            if step is not None:
                step(token)
        return "\n".join(self.blocks).strip("\n") + "\n"

    def _line_up(self, text: str, *, tight: bool) -> None:
        margin = "".join(self.margins)
        first = "".join(self.margins[:-1]) + self.marker if self.marker else margin
        self.marker = ""
        if self.blocks and not tight:
            self.blocks.append(margin.rstrip() if self.blocks[-1].startswith(">") else "")
        self.blocks.append(first + text.replace("\n", "\n" + margin))

    def _inline(self, token: Token) -> None:
        text = _inline_text(token.children or (), self.shown)
        if self.row:  # in a table
            self.row.append(text)
            return
        self._line_up(text, tight=self.tight)
        self.tight = bool(self.numbers)

    def _hr(self, _: Token) -> None:
        self._line_up("----", tight=False)

    def _fence(self, token: Token) -> None:
        self._line_up(token.content.rstrip("\n"), tight=False)

    _code_block = _fence

    def _blockquote_open(self, _: Token) -> None:
        self.margins.append("> ")

    def _blockquote_close(self, _: Token) -> None:
        self.margins.pop()

    def _bullet_list_open(self, _: Token) -> None:
        self.tight = bool(self.numbers)
        self.numbers.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self.tight = bool(self.numbers)
        self.numbers.append(int(token.attrGet("start") or 1))

    def _list_close(self, _: Token) -> None:
        self.numbers.pop()
        self.tight = bool(self.numbers)

    _bullet_list_close = _list_close
    _ordered_list_close = _list_close

    def _list_item_open(self, _: Token) -> None:
        number = self.numbers[-1]
        self.marker = "- " if number is None else f"{number}. "
        if number is not None:
            self.numbers[-1] = number + 1
        self.margins.append(" " * len(self.marker))

    def _list_item_close(self, _: Token) -> None:
        self.margins.pop()

    def _table_open(self, _: Token) -> None:
        self.tight = False

    def _cell_open(self, _: Token) -> None:
        self.row.append("")

    _td_open = _cell_open
    _th_open = _cell_open

    def _tr_close(self, _: Token) -> None:
        cells = [c for c in self.row if c]
        self.row = []
        self._line_up(": ".join(cells), tight=self.tight)
        self.tight = True

    def _table_close(self, _: Token) -> None:
        self.tight = False


def _inline_text(tokens: Sequence[Token], shown: Collection[str]) -> str:
    written: list[str] = []
    target, label = "", 0
    for number, token in enumerate(tokens, 1):
        if token.type in ("softbreak", "hardbreak"):
            written.append("\n")
        elif token.type == "link_open":
            target, label = str(token.attrGet("href") or ""), len(written)
        elif token.type == "link_close":
            # In text a link is its address; after its words, where these do not already say it.
            said = "".join(written[label:]) in (target, target.removeprefix("mailto:"))
            if not said and (target in shown or not _PLACEHOLDER.fullmatch(target)):
                # Never in round brackets: programs that make links of addresses take the closing one along.
                ends = number == len(tokens) or tokens[number].type in ("softbreak", "hardbreak")
                written.append(f": {target}" if ends else f" <{target}>")  # RFC 3986 appendix C
        elif token.content:
            written.append(token.content)
    return "".join(written)
