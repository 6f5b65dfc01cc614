"""Makes a stranger's words safe to repeat: one line, no control characters, nothing to click or to call."""

import re
from collections.abc import Mapping

# Cc, line and paragraph separators, and lone surrogates, which no encoding can carry.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# The same, with what a text of several lines needs (TAB, LF) left in.
_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# What is there and cannot be seen: zero-width, bidirectional overrides, tags, private use.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_SPACE = re.compile(r"\s+")
_CONTACT = re.compile(
    r"""
    (?:[a-z][a-z0-9+.-]{1,11}://|mailto:|tel:|www\.)\S+     # an address with its scheme
    | [^\s<>(]+@[^\s<>)]+                                   # a mail address
    # a bare domain: clients make it a link
    | \b(?:[\w-]{1,63}\.)+(?-i:[a-z]{2,24}|[A-Z]{2,24})\b(?:[:/]\S*)?
    | \b\d{1,3}(?:\.\d{1,3}){3}\b(?:[:/]\S*)?               # an IPv4 address
    # a telephone number, and not a date: in full, national with its 0, or as written in North America
    | (?<![\w.])(?!\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b)(?:\+|\(?0)\d?(?:[\s()/.-]{0,2}\d){6,14}(?!\w)
    | (?<![\w.])(?:1[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEFT_EMPTY = re.compile(r"<\s*>|\(\s*\)|\[\s*\]")
_MAY_HOLD_CONTACT = re.compile(r"[.@:]|\d{3}|\+")


def one_line(text: str) -> str:
    """The text on one line, white space collapsed, without control characters."""
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())


def lines_of(text: str) -> str:
    """The text with LF line ends, without other control characters and without what cannot be seen."""
    return _INVISIBLE.sub("", _CONTROL_IN_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def visible_line(text: str) -> str:
    """As `one_line`, without characters that cannot be seen or that turn the reading direction."""
    return one_line(text if text.isprintable() else _INVISIBLE.sub("", text))


def without_contacts(text: str) -> str:
    """The text without web addresses, mail addresses and telephone numbers.

    Letters from the support address must not carry a stranger's links to third parties.
    """
    if not _MAY_HOLD_CONTACT.search(text):
        return text
    return _SPACE.sub(" ", _LEFT_EMPTY.sub(" ", _CONTACT.sub(" ", text))).strip()


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut at a word where that is near, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit * 2 // 3)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:-–") + "…"


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The ops' text in this language: the tag, its base language, English, the first given; empty without any."""
    wanted = (language, language.partition("-")[0], "en", *texts)
    return next((texts[tag] for tag in wanted if tag in texts), "")
