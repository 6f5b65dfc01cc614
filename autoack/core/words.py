"""Turns the octets of header fields and bodies into text: charsets, encoded-words, transfer encodings.

Nothing here raises: what is declared wrongly, cut short or damaged is read as well as it can be.
"""

import binascii
import re
import unicodedata

LONGEST_FIELD = 16_384  # characters of a header field that are read: some 400 recipients
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
# Invisible, and misused to disguise names and addresses: controls, marks of direction, zero width space.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_COMBINING = re.compile("[\u0300-\u036f]")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n") + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))
_C1 = re.compile(rb"[\x80-\x9f]")

# Names as mailers write them, to what they mean: a superset, where practice differs from the name.
_MEANT = {
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "utf8": "utf-8",
}
# Python's codecs that are no charsets of mail; some are slow on purpose-made input.
_CHARSET = re.compile(r"[!-~]{1,40}")  # what a name of one may look like (RFC 2978 §2.3)
_NO_CHARSET = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "utf7"}
)


def fold(text: str) -> str:
    """The text as we compare words: case and accents folded; Croatian đ as d, Polish ł as l."""
    text = text.casefold()
    if text.isascii():
        return text
    text = _COMBINING.sub("", unicodedata.normalize("NFD", text))
    return text.replace("đ", "d").replace("ł", "l")


def readable(text: str) -> str:
    """One line of text: white space collapsed (line breaks too), invisible characters removed."""
    line = " ".join(text.split())
    return line if line.isprintable() else _UNSEEN.sub("", line)


def decode_field(value: str) -> str:
    """The text of an unstructured header field whose octets were read as ASCII with surrogateescape."""
    value = value[:LONGEST_FIELD]
    if "=?" in value:
        value = decode_words(value)
    elif not value.isascii():
        value = _decode_raw(value)
    return readable(value)


def decode_words(value: str) -> str:
    """Decodes encoded-words (RFC 2047 §6.2) wherever they stand; mends a character cut between two."""
    found: list[str] = []
    charset, octets, position = "", b"", 0
    for match in _WORD.finditer(value):
        gap = value[position : match.start()]
        name = match[1].partition("*")[0].lower()  # RFC 2231 §5: charset*language
        if octets and (name != charset or gap.strip()):
            found.append(decode_text(octets, charset))
            octets = b""
        if gap.strip() or (gap and not position):
            found.append(_decode_raw(gap))
        charset, octets, position = name, octets + _unwrap(match[2], match[3]), match.end()
    if octets:
        found.append(decode_text(octets, charset))
    found.append(_decode_raw(value[position:]))
    return "".join(found)


def _unwrap(encoding: str, text: str) -> bytes:
    octets = text.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return decode_base64(octets)
    return binascii.a2b_qp(octets, header=True)


def _decode_raw(value: str) -> str:
    if value.isascii():
        return value
    return decode_text(value.encode("utf-8", "surrogateescape"), "")


def decode_base64(octets: bytes) -> bytes:
    """Base64 that may be cut anywhere and hold foreign characters (RFC 2045 §6.8)."""
    try:
        return binascii.a2b_base64(octets + b"===")
    except binascii.Error:  # one character too many: the last group was cut after its first
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
        return binascii.a2b_base64(clean[: len(clean) // 4 * 4])


def decode_transfer(octets: bytes, encoding: str) -> bytes:
    """Undoes a Content-Transfer-Encoding (RFC 2045 §6); an unknown one is taken as none."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(octets)
    if encoding == "base64":
        return decode_base64(octets)
    return octets


def decode_text(octets: bytes, charset: str) -> str:
    """The octets as text, by their charset if that is known and fits, else by what they look like."""
    if octets.isascii() and not charset.startswith(("utf-16", "utf-32", "iso-2022", "hz")):
        return octets.decode("ascii")
    name = _MEANT.get(charset, charset)
    if name == "iso-8859-2" and _C1.search(octets):
        name = "cp1250"  # Š, Ž and quotation marks of windows-1250 under the wrong name
    if not _CHARSET.fullmatch(name) or name == "utf-8" or name in _NO_CHARSET:
        return _guess(octets)
    if name == "cp1252":
        # Octets that are valid UTF-8 are never meant as windows-1252.
        utf8 = _decode_utf8(octets)
        if utf8 is not None:
            return utf8
    try:
        return octets.decode(name)
    except LookupError:
        return _guess(octets)
    except ValueError:
        return octets.decode(name, "replace") if name != "cp1252" else octets.decode("latin-1")


def clean_body(octets: bytes, charset: str) -> str:
    """The text of a body, lines ended by LF, without control characters."""
    if charset.startswith(("utf-16", "utf-32", "iso-2022", "hz")):  # control octets belong to the text
        text = decode_text(octets, charset).replace("\r\n", "\n")
        return re.sub("[\x00-\x08\x0b-\x1f\ufeff]", "", text)
    if b"\n" not in octets:
        octets = octets.replace(b"\r", b"\n")
    return decode_text(octets.translate(None, _CONTROLS), charset).lstrip("\ufeff")


def _decode_utf8(octets: bytes) -> str | None:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = octets[: error.start]
        if error.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8")  # we cut the body in the middle of a character
        return None


def _guess(octets: bytes) -> str:
    """UTF-8 where it is that; else Cyrillic where most letters are high octets; else Central European."""
    text = _decode_utf8(octets)
    if text is not None:
        return text
    high = len(octets) - len(octets.translate(None, _HIGH))
    letters = sum(map(octets.count, (b"a", b"e", b"i", b"o", b"n", b"r", b"s", b"t")))
    if high > letters and not _C1.search(octets[:200]):
        upper = len(octets) - len(octets.translate(None, bytes(range(0xC0, 0xE0))))
        # Small letters are 0xE0-0xFF in windows-1251, and 0xC0-0xDF in KOI8-R.
        return octets.decode("koi8-r" if upper > high - upper else "cp1251", "replace")
    return octets.decode("cp1250", "replace")
