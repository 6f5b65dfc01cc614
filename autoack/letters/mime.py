"""Writes messages: header fields that no mail server needs to touch, and MIME parts (RFC 5322, 2045, 2047).

By hand, because the library's generator costs about a millisecond a mail, and re-folds long Message-IDs into
encoded-words, which breaks threads. Every line is under 998 octets (RFC 5322 §2.1.1).
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from autoack.core.plain import one_line, visible_line

_LINE = 76  # characters of an encoded line
_FRAME = len("=?utf-8?q??=")
_ATOM_TEXT = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_DOT_ATOM = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,.\"]+(?:\.[^\s\x00-\x20\x7f()<>\[\]:;@\\,.\"]+)*")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,990}>")  # ASCII: raw octets in a header are refused by some servers
_MOST_REFERENCES = 50
_MOST_FIRST = 5


@dataclass(frozen=True, slots=True)
class Head:
    """What the header says. `kind` is that of the outbox; `sent_at` is aware and written in its own zone.

    Without `auto_submitted` it is a mail that a person is going to send: it carries no mark of ours.
    """

    sender: tuple[str, str]  # name, address
    to: tuple[str, str]
    subject: str
    message_id: str
    sent_at: datetime
    language: str
    auto_submitted: str | None  # auto-replied | auto-generated (RFC 3834 §5)
    kind: str = ""
    ref: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()  # the parent's own References


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; `name` is ASCII."""

    name: str
    content_type: str
    content: bytes


def message(head: Head, text: str, html: str, attachments: Sequence[Attachment] = ()) -> bytes:
    """The whole message, with CRLF line ends: text and HTML as alternatives, then the attachments."""
    # "=_" occurs neither in quoted-printable nor in base64 (RFC 2045 §6.7), so no text can end its part.
    token = head.message_id[1:-1].partition("@")[0].removeprefix("autoack.")[:40]
    boundary = f"=_alt_{token}"
    body = (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\n{_text_part('plain', text)}"
        f"--{boundary}\r\n{_text_part('html', html)}--{boundary}--\r\n"
    )
    if attachments:
        outer = f"=_mix_{token}"
        files = "".join(f"--{outer}\r\n{_attachment(a)}" for a in attachments)
        mixed = f'Content-Type: multipart/mixed; boundary="{outer}"\r\n\r\n'
        body = f"{mixed}--{outer}\r\n{body}{files}--{outer}--\r\n"
    return f"{_fields(head)}MIME-Version: 1.0\r\n{body}".encode("utf-8", "surrogateescape")


def _fields(head: Head) -> str:
    lines = [
        f"From: {_mailbox(*head.sender)}",
        f"To: {_mailbox(*head.to)}",
        f"Subject: {_unstructured(head.subject, len('Subject: '))}",
        f"Date: {format_datetime(head.sent_at)}",
        f"Message-ID: {head.message_id}",
        *_threading(head.in_reply_to, head.references),
        *_marks(head),
        f"Content-Language: {head.language}",
    ]
    return "\r\n".join(lines) + "\r\n"


def _marks(head: Head) -> list[str]:
    """By which robots and we ourselves know that no person wrote this."""
    if head.auto_submitted is None:
        return []
    return [
        f"Auto-Submitted: {head.auto_submitted}",
        "X-Auto-Response-Suppress: All",
        f"X-Autoack: {head.ref + '; ' if head.ref else ''}kind={head.kind}",
    ]


def _threading(in_reply_to: str | None, references: Sequence[str]) -> list[str]:
    """RFC 5322 §3.6.4: the parent's References and then its Message-ID, each byte for byte as it came.

    A line is broken between ids only. What is no Message-ID, or could not stand on a line, is left out.
    """
    parent = in_reply_to if in_reply_to and _MESSAGE_ID.fullmatch(in_reply_to) else None
    chain = [r for r in dict.fromkeys(references) if r != parent and _MESSAGE_ID.fullmatch(r)]
    if parent:
        chain.append(parent)
    if len(chain) > _MOST_REFERENCES:
        chain = chain[:_MOST_FIRST] + chain[_MOST_FIRST - _MOST_REFERENCES :]
    fields = [f"In-Reply-To: {parent}"] if parent else []
    return [*fields, "References: " + "\r\n ".join(chain)] if chain else fields


@lru_cache(maxsize=1024)
def _mailbox(name: str, address: str) -> str:
    """name-addr of RFC 5322 §3.4, on a line of its own where the name is long."""
    spec = f"<{ascii_domain(address)}>"
    name = visible_line(name)
    if not name:
        return spec[1:-1]
    if not name.isascii() or "=?" in name or len(name) > 200:
        return f"{_encoded_words(name)}\r\n {spec}"
    if not _ATOM_TEXT.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} {spec}" if len(name) + len(spec) < _LINE - 8 else f"{name}\r\n {spec}"


@lru_cache(maxsize=64)  # the desk's own stand in every letter
def ascii_domain(address: str) -> str:
    """The address with its domain in ASCII (RFC 5890) and its local part quoted where it must be.

    A local part that is not ASCII stays: it needs SMTPUTF8 (RFC 6531), whatever we write.
    """
    local, at, domain = visible_line(address).replace(" ", "").rpartition("@")
    if not at:
        return domain
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:  # no such domain can exist; the server will say so
            domain = domain.encode("ascii", "ignore").decode("ascii")
    domain = re.sub(r"[^A-Za-z0-9.:\[\]_-]", "", domain)
    quoted = len(local) > 1 and local.startswith('"') and local.endswith('"')
    if not quoted and not _DOT_ATOM.fullmatch(local):
        local = '"' + local.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{local}@{domain}"


def _unstructured(text: str, used: int) -> str:
    """RFC 5322 §2.2.1, folded at spaces; in encoded-words where it is not plain ASCII."""
    text = one_line(text)
    if text.isascii() and "=?" not in text:
        if used + len(text) <= _LINE + 2:
            return text
        words = text.split(" ")
        if max(map(len, words)) < 900:
            return _folded(words, used)
    prefix = "Re: " if text.startswith("Re: ") else ""
    return prefix + _encoded_words(text[len(prefix) :], used + len(prefix))


def _folded(words: Sequence[str], used: int) -> str:
    written = [words[0]]
    length = used + len(words[0])
    for word in words[1:]:
        broken = length + len(word) >= _LINE
        written.append(("\r\n " if broken else " ") + word)
        length = (0 if broken else length) + len(word) + 1
    return "".join(written)


def _encoded_words(text: str, used: int = len("From: ")) -> str:
    """RFC 2047 encoded-words, UTF-8, whole characters in each (§5), one a line of at most 76 characters (§2).

    Q, which people can read and which is shorter for our Latin letters, else B.
    """
    octets = [c.encode("utf-8", "replace") for c in text]
    q = [_q_encoded(o) for o in octets]
    readable = sum(map(len, q)) * 3 <= sum(map(len, octets)) * 4
    costs = [len(piece) for piece in q] if readable else [len(o) for o in octets]
    words: list[str] = []
    full, first = _LINE - 1 - _FRAME, _LINE - used - _FRAME
    if not readable:
        full, first = full // 4 * 3, first // 4 * 3
    start, size, room = 0, 0, first
    for position, cost in enumerate(costs):
        if size + cost > room:
            words.append(_encoded_word(octets[start:position], q[start:position], readable=readable))
            start, size, room = position, 0, full
        size += cost
    words.append(_encoded_word(octets[start:], q[start:], readable=readable))
    return "\r\n ".join(words)


def _encoded_word(octets: Sequence[bytes], q: Sequence[str], *, readable: bool) -> str:
    if readable:
        return f"=?utf-8?q?{''.join(q)}?="
    return f"=?utf-8?b?{base64.b64encode(b''.join(octets)).decode('ascii')}?="


@lru_cache(maxsize=4096)
def _q_encoded(character: bytes) -> str:
    """One character as RFC 2047 §4.2 has it, with what §5 (3) allows in a phrase."""
    if character == b" ":
        return "_"
    if len(character) == 1 and (character.isalnum() or character in b"!*+-/"):
        return character.decode("ascii")
    return "".join(f"={octet:02X}" for octet in character)


def _text_part(subtype: str, text: str) -> str:
    """Quoted-printable, readable as it is, or base64 where that is shorter: Cyrillic."""
    octets = text.encode("utf-8", "replace")
    if len(octets) * 4 > len(text) * 5:
        encoding, lines = "base64", _base64_lines(octets.replace(b"\n", b"\r\n"))
    else:
        encoding = "quoted-printable"
        lines = binascii.b2a_qp(octets, istext=True).decode("ascii").replace("\n", "\r\n")
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{lines}\r\n"
    )


def _attachment(attachment: Attachment) -> str:
    return (
        f"Content-Type: {attachment.content_type}\r\n"
        f'Content-Disposition: attachment; filename="{attachment.name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64_lines(attachment.content)}\r\n"
    )


def _base64_lines(octets: bytes) -> str:
    encoded = base64.b64encode(octets).decode("ascii")
    return "\r\n".join(encoded[i : i + _LINE] for i in range(0, len(encoded), _LINE))
