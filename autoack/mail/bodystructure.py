"""Reads BODYSTRUCTURE (RFC 3501 §7.4.2): which parts a mail has, under which section numbers.

Servers are sloppy here, and senders hostile: fields may be missing, of another type, or nested without end.
Whatever comes, the answer is the parts that can be told. A message/rfc822 is a leaf: what is inside belongs
to somebody else's mail.
"""

from collections.abc import Mapping
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import collapse_rfc2231_value, decode_params, unquote
from itertools import takewhile
from typing import TypeAlias

from autoack.core.message import Part
from autoack.mail.imap_response import Value

Multipart: TypeAlias = "tuple[str, Mapping[str, str]]"

MAX_PARTS = 500  # leaves that are told; more is no letter


def read_structure(value: Value) -> tuple[tuple[Part, ...], tuple[Multipart, ...]]:
    """The leaves in their order, and the multiparts around them, outermost first."""
    parts: list[Part] = []
    multiparts: list[Multipart] = []
    ahead: list[tuple[Value, str]] = [(value, "")]
    while ahead and len(parts) + len(multiparts) < MAX_PARTS:
        body, section = ahead.pop()
        if not isinstance(body, tuple) or not body:
            continue
        if not isinstance(body[0], tuple):
            parts.append(_leaf(body, section or "1"))
            continue
        children = list(takewhile(lambda child: isinstance(child, tuple), body))
        own = body[len(children) :]
        multiparts.append((f"multipart/{_text(own, 0).lower() or 'mixed'}", _parameters(own, 1)))
        prefix = f"{section}." if section else ""
        numbered = [(child, f"{prefix}{number}") for number, child in enumerate(children, start=1)]
        ahead.extend(reversed(numbered))
    return tuple(parts), tuple(multiparts)


def _leaf(body: tuple[Value, ...], section: str) -> Part:
    parameters = _parameters(body, 2)
    disposition, about = _disposition(body)
    size = body[6] if len(body) > 6 else 0
    return Part(
        section=section,
        content_type=f"{_text(body, 0) or 'application'}/{_text(body, 1) or 'octet-stream'}".lower(),
        parameters=parameters,
        encoding=_text(body, 5).lower() or "7bit",
        disposition=disposition,
        filename=about.get("filename") or parameters.get("name", ""),
        size=size if isinstance(size, int) else 0,
    )


def _disposition(body: tuple[Value, ...]) -> tuple[str, Mapping[str, str]]:
    # It follows the MD5, whose place differs: a text has its lines before it, a message its envelope too.
    # So it is told by its form, ("attachment" ("filename" "x")) or ("inline" NIL), which no other field has.
    for value in body[8:]:
        if isinstance(value, tuple) and len(value) in (1, 2) and isinstance(value[0], bytes):
            about = value[1] if len(value) == 2 else None
            if about is None or isinstance(about, tuple):
                return _text(value, 0).lower(), _parameters(value, 1)
    return "", {}


def _text(values: tuple[Value, ...], place: int) -> str:
    value = values[place] if len(values) > place else None
    if isinstance(value, int):
        return str(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _parameters(values: tuple[Value, ...], place: int) -> Mapping[str, str]:
    listed = values[place] if len(values) > place else None
    if not isinstance(listed, tuple):
        return {}
    pairs = [(_text(listed, at).lower(), _text(listed, at + 1)) for at in range(0, len(listed) - 1, 2)]
    if any("*" in name for name, _ in pairs):
        pairs = _joined(pairs)
    return {name: _decoded(value) if "=?" in value else value for name, value in pairs}


def _joined(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Puts together what RFC 2231 split over `filename*0*`, `filename*1*` … and decodes it."""
    try:
        decoded = decode_params([("", ""), *pairs])[1:]
        return [(name, unquote(collapse_rfc2231_value(value))) for name, value in decoded]
    except (ValueError, LookupError, TypeError):
        return pairs


def _decoded(value: str) -> str:
    # RFC 2047 §5 forbids encoded words in parameters; most mail clients write them there all the same.
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, ValueError, LookupError):
        return value
