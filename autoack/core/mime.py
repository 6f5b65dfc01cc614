"""The structure of a mail: a whole message split into what IMAP would tell of it, and which parts are read.

Works through the octets step by step, never recursively: structures nest hundreds deep in hostile mail.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes

from autoack.core.message import Part, RawMail
from autoack.core.words import LONGEST_FIELD, decode_field, decode_text

MOST_TEXT = 64 * 1024  # octets of a text part that are read
_MOST_HEADER = 256 * 1024  # octets of one header
_MOST_LINES = 4000  # of one header
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_DEEPEST = 15  # levels of multiparts that are opened; what lies deeper is one leaf
_LONGEST_LINE = 998  # octets of a line, so of a boundary too (RFC 5322 §2.1.1)
_MOST_PARTS = 1000
_FIELD = re.compile(r"^([!-9;-~]++)[ \t]*+:(.*+(?:\n[ \t].*+)*+)", re.MULTILINE)
_PARAMETER = re.compile(r';\s*([^\s=;]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*))', re.DOTALL)
_DELIMITED = re.compile(rb"(--)?[ \t]*+(?:\r?\n|$)")  # what may follow a boundary
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def scan_fields(header: bytes) -> list[tuple[str, str]]:
    """The fields of a header: names, and values as ASCII with surrogateescape, still folded and encoded.

    Lines that are no field (an mbox `From ` line, rubbish) are passed over.
    """
    text = header[:_MOST_HEADER].removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    if text.count(b"\n") > _MOST_LINES:
        text = b"\n".join(text.split(b"\n", _MOST_LINES)[:_MOST_LINES])
    return _FIELD.findall(text.decode("ascii", "surrogateescape"))


def clean_parameters(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """MIME parameters with names in lower case; RFC 2231 pieces joined; all decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[bool, str]]] = {}
    for raw_name, value in pairs:
        name, star, _ = raw_name.lower().partition("*")
        if star:
            pieces.setdefault(name, []).append((raw_name.endswith("*"), value))
        else:
            plain.setdefault(name, decode_field(value))
    for name, values in pieces.items():
        plain[name] = _join_pieces(values)
    return plain


def _join_pieces(pieces: list[tuple[bool, str]]) -> str:
    """RFC 2231 §4.1: pieces in order, each marked if it is percent-encoded; the first tells the charset."""
    charset = "utf-8"
    if pieces[0][0] and pieces[0][1].count("'") >= 2:
        charset, _, text = pieces[0][1].split("'", 2)
        pieces = [(True, text), *pieces[1:]]
    raw = [(encoded, value.encode("utf-8", "surrogateescape")) for encoded, value in pieces]
    octets = b"".join(unquote_to_bytes(value) if encoded else value for encoded, value in raw)
    return decode_field(decode_text(octets, charset.lower()))


def parse_content_type(value: str) -> tuple[str, dict[str, str]]:
    """Type and parameters of a Content-Type or Content-Disposition field (RFC 2045 §5.1), lower case."""
    value = value[:LONGEST_FIELD]
    kind = (value.partition(";")[0].split() or [""])[0].lower()
    found = (
        (m[1], _ESCAPE.sub(r"\1", m[2]) if m[2] is not None else m[3].strip())
        for m in _PARAMETER.finditer(value)
    )
    return kind, clean_parameters(found) if ";" in value else {}


def wanted_sections(parts: Sequence[Part]) -> tuple[str, ...]:
    """The sections whose first octets are to be fetched: the text, and what a bounce tells beside it."""
    text = text_section(parts)
    return (*((text,) if text else ()), *(s for s in report_sections(parts) if s != text))


def text_section(parts: Sequence[Part]) -> str | None:
    """The first text/plain that is neither attached nor empty, else the first text/html."""
    bodies = [p for p in parts if p.disposition != "attachment" and not p.filename]
    for kind, smallest in (("text/plain", 5), ("text/html", 1), ("text/plain", 0)):
        for part in bodies:
            if part.content_type == kind and part.size >= smallest:
                return part.section
    return None


def report_sections(parts: Sequence[Part]) -> tuple[str, ...]:
    """The parts of a report on delivery (RFC 3464), and that of the mail that it is about (RFC 6522 §3)."""
    status = [p.section for p in parts if p.content_type in _STATUS]
    returned = [p.section for p in parts if p.content_type in _RETURNED] if status else []
    return (*status[:1], *returned[:1])


def read_file(octets: bytes) -> RawMail:
    """A whole message, as `explain` gets it, split as the IMAP reader would bring it."""
    octets = _mend_line_ends(octets).lstrip(b"\r\n")
    leaves: list[tuple[Part, bytes]] = []
    multiparts: list[tuple[str, dict[str, str]]] = []
    # Entities still to be read, the next one last: octets, section, depth, default type (RFC 2046 §5.1.5).
    waiting = [(octets, "", 0, "text/plain")]
    while waiting and len(leaves) < _MOST_PARTS:
        entity, section, depth, default = waiting.pop()
        header, body = _split(entity)
        fields = {name.lower(): value for name, value in reversed(scan_fields(header))}
        kind, parameters = parse_content_type(fields.get("content-type", default))
        boundary = parameters.get("boundary", "")
        if kind.startswith("multipart/") and 0 < len(boundary) <= _LONGEST_LINE and depth < _DEEPEST:
            multiparts.append((kind, parameters))
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            prefix = f"{section}." if section else ""
            children = _divide(body, boundary)
            waiting += [
                (c, f"{prefix}{n}", depth + 1, inner) for n, c in reversed(list(enumerate(children, 1)))
            ]
        else:
            leaves.append((_leaf(fields, kind or default, parameters, section or "1", len(body)), body))
    parts = tuple(part for part, _ in leaves)
    wanted = wanted_sections(parts)
    bodies = {part.section: body[:MOST_TEXT] for part, body in leaves if part.section in wanted}
    return RawMail(_split(octets)[0], parts, bodies, len(octets), tuple(multiparts))


def _mend_line_ends(octets: bytes) -> bytes:
    """CR alone ends lines where there is no LF; CR CR LF is what two conversions leave."""
    if b"\n" not in octets[:_MOST_HEADER]:
        return octets.replace(b"\r", b"\n")
    return octets.replace(b"\r\r\n", b"\r\n") if b"\r\r\n" in octets[:_MOST_HEADER] else octets


def _leaf(fields: dict[str, str], kind: str, parameters: dict[str, str], section: str, size: int) -> Part:
    disposition, more = parse_content_type(fields.get("content-disposition", ""))
    return Part(
        section=section,
        content_type=kind if "/" in kind else "text/plain",  # RFC 2045 §5.2
        parameters=parameters,
        encoding=fields.get("content-transfer-encoding", "7bit").partition(";")[0].strip().lower(),
        disposition=disposition,
        filename=more.get("filename") or parameters.get("name", ""),
        size=size,
    )


def _split(entity: bytes) -> tuple[bytes, bytes]:
    """Header and body, at the first empty line (RFC 5322 §2.1)."""
    if entity.startswith((b"\n", b"\r\n")):
        return b"", entity.lstrip(b"\r").removeprefix(b"\n")
    bare = entity.find(b"\n\n")
    end = entity.find(b"\n\r\n", 0, bare if bare >= 0 else None)
    if end >= 0:
        return entity[: end + 1], entity[end + 3 :]
    return (entity[: bare + 1], entity[bare + 2 :]) if bare >= 0 else (entity, b"")


def _divide(body: bytes, boundary: str) -> list[bytes]:
    """The entities between the delimiter lines (RFC 2046 §5.1.1); a closing delimiter may be missing."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape").rstrip()
    children: list[bytes] = []
    start: int | None = None
    at = -1
    for _ in range(2 * _MOST_PARTS):
        at = body.find(mark, at + 1)
        if at < 0 or len(children) >= _MOST_PARTS:
            break
        rest = _DELIMITED.match(body, at + len(mark))
        if rest is None or not (at == 0 or body[at - 1] == 0x0A):
            continue
        if start is not None:
            children.append(body[start : max(start, _before_line_end(body, at))])
        start = rest.end()
        if rest[1]:
            return children
    if start is not None:
        children.append(body[start:])
    return children


def _before_line_end(body: bytes, at: int) -> int:
    """The line end before a delimiter belongs to it."""
    if body[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1
