"""Turns an HTML body into the text that a reader sees, line by line; quoted mail is marked with `> `.

Lexbor parses what people's clients write and serialises it as clean HTML; that is read tag by tag in one
pass: a walk over its tree from node to node takes longer.
"""

import re

from selectolax.lexbor import LexborHTMLParser

_UNSEEN = ["head", "script", "style", "title", "template", "noscript", "object", "svg", "select"]
_SPACED = frozenset({"p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul", "ol", "table"})
_BLOCKS = _SPACED | {
    *(
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
    ),
    *("footer", "form", "header", "hr", "li", "main", "nav", "section", "tbody", "tfoot", "thead", "tr"),
}
_VOID = frozenset(
    {"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# Text, then a tag or comment. The serialiser quotes every attribute with ".
_TOKEN = re.compile(r'([^<]*+)(?:<!--.*?-->|<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*+")*+)>|<)?', re.DOTALL)
# Not a font size of 0: layouts set it around columns that set their own.
_HIDDEN = re.compile(
    r'style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*[;"])'
    r"|\shidden(?:=|\s|$)",
    re.IGNORECASE,
)
_MOST_HTML = 256 * 1024  # characters
_MOST_MARKS = 10  # of a quotation in a quotation

# Above so many tags, they are thinned before they are parsed: a parser that follows HTML's rules takes
# time by the square of the depth, and repeats the formatting that is open in every paragraph (§13.2.4.3).
_FEW_TAGS = 200
_MOST_TAGS = 5000  # of one document; what follows is not read
_DEEPEST = 200
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
# They end by themselves, or where the next one begins.
_NO_DEPTH = _VOID | {"br", "p", "li", "tr", "td", "th", "dd", "dt", "html", "head", "body"}


class _Tamer:
    """Keeps a tag as it is, makes one of formatting a span, and drops what is too deep."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}
        self.depth = 0

    def __call__(self, tag: re.Match[str]) -> str:
        name = tag[2].lower()
        formatting = name in _FORMATTING
        name = "span" if formatting else name
        if name in _NO_DEPTH:
            return tag[0]
        if tag[1]:
            return f"</{name}>" if self._leave(name) else ""
        if self.depth >= _DEEPEST:
            return "<br>" if name in _BLOCKS else ""
        self.depth += 1
        self.open[name] = self.open.get(name, 0) + 1
        return f"<span{tag[3]}>" if formatting else tag[0]

    def _leave(self, name: str) -> bool:
        if not self.open.get(name):
            return False
        self.open[name] -= 1
        self.depth -= 1
        return True


class _Lines:
    """The lines of the text so far, and the one that is being written."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.pieces: list[str] = []
        self.quoted = 0
        self.kept = 0  # depth of <pre>, where white space counts
        self.hidden = ""  # the tag of a hidden element, while we are in it
        self.depth = 0  # elements of that name that are open

    def write(self, text: str) -> None:
        if not self.kept:
            self.pieces.append(text)
            return
        first, *more = text.split("\n")
        self.pieces.append(first)
        for line in more:
            self.end_line()
            self.pieces.append(line)

    def end_line(self) -> None:
        """Ends the line, even an empty one: <br>."""
        line = "".join(self.pieces)
        line = line.rstrip() if self.kept else " ".join(line.split())
        self.pieces = []
        self.done.append(self._marks() + line if self.quoted else line)

    def end_block(self, *, spaced: bool) -> None:
        """Ends the line if anything stands in it; a spaced block is followed by one empty line."""
        if any(not piece.isspace() for piece in self.pieces):
            self.end_line()
        else:
            self.pieces = []
        if spaced and self.done and self.done[-1].strip("> "):
            self.done.append(self._marks().rstrip())

    def _marks(self) -> str:
        return "> " * min(self.quoted, _MOST_MARKS)

    def open(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self.end_line()
        elif tag in _BLOCKS:
            self.end_block(spaced=tag in _SPACED)
            if tag == "li":
                self.pieces.append("- ")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        self._count(tag, 1)
        if attributes and tag not in _VOID and _HIDDEN.search(attributes):
            self.hidden, self.depth = tag, 1

    def close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block(spaced=tag in _SPACED and tag != "blockquote")
        self._count(tag, -1)
        if tag == "blockquote":
            self.end_block(spaced=True)

    def pass_over(self, tag: str, *, closes: bool) -> None:
        """One tag inside a hidden element."""
        if tag == self.hidden:
            self.depth += -1 if closes else 1
            if not self.depth:
                self.hidden = ""
                self.close(tag)

    def _count(self, tag: str, step: int) -> None:
        if tag == "blockquote":
            self.quoted += step
        elif tag == "pre":
            self.kept += step


def html_to_text(html: str) -> str:
    """The visible text of an HTML document or fragment."""
    tags = html.count("<")
    if tags > _MOST_TAGS:
        html = "<".join(html.split("<", _MOST_TAGS)[:_MOST_TAGS])
    parser = LexborHTMLParser(_TAG.sub(_Tamer(), html) if tags > _FEW_TAGS else html)
    parser.strip_tags(_UNSEEN)
    body = parser.body
    markup = (body.html if body is not None else None) or ""
    lines = _Lines()
    for text, slash, tag, attributes in _TOKEN.findall(markup[:_MOST_HTML]):
        if lines.hidden:
            if tag:
                lines.pass_over(tag, closes=bool(slash))
            continue
        if text:
            lines.write(text)
        if slash:
            lines.close(tag)
        elif tag:
            lines.open(tag, attributes)
    lines.end_block(spaced=False)
    return _unescape("\n".join(lines.done)).strip("\n")


def _unescape(text: str) -> str:
    """Undoes the only four references that the serialiser writes in text (HTML §13.3)."""
    if "&" in text:
        for reference, meant in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
            text = text.replace(reference, meant)
    return text.replace("\xa0", " ")
