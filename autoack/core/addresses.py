"""Reads address lists, Message-IDs and dates of header fields (RFC 5322 §3.3, §3.4, §3.6.4), leniently.

Values come as the header has them, unfolded and not yet decoded: an encoded-word may hold a comma.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from autoack.core.message import Address
from autoack.core.words import LONGEST_FIELD, decode_field, decode_words

# The two forms that nearly all fields have: `Name <a@b>` and `a@b`.
_PLAIN = re.compile(r'\s*+(?:"([^"\\]*+)"|([^"<>,;:()\\@]*+))\s*+<([^<>\s"(),;:\\@]+@[^<>\s"(),;:\\@]+)>\s*')
_BARE = re.compile(r'\s*+([^<>\s"(),;:\\@]++@[^<>\s"(),;:\\@]++)\s*+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"?', re.DOTALL)
_ANGLE = re.compile(r"<([^>]*)>?")
_ATOMS = re.compile(r'[^"(<,;:]+')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")
_APART = re.compile(r'[\s<>"(),;:]+')
_UNFIT = re.compile(r"[\s<>,;\x00-\x1f\x7f]")  # what no addr-spec holds, however broken its field
_MOST = 500  # mailboxes of one field
_LONGEST = 320  # octets: 64 @ 255 (RFC 5321 §4.5.3.1)


def parse_addresses(value: str) -> tuple[Address, ...]:
    """Every mailbox of an address list; groups are opened (RFC 5322 §3.4).

    An entry without an addr-spec (`MAILER-DAEMON <>`) has an empty address.
    """
    value = value[:LONGEST_FIELD]
    if match := _PLAIN.fullmatch(value) or _BARE.fullmatch(value):
        name = (match[1] or match[2] or "") if match.re is _PLAIN else ""
        return (_address(name, match[3] if match.re is _PLAIN else match[1]),)
    found = _Scanner(value).mailboxes()
    if any(a.address for a in found):
        return found
    # Broken fields: an encoded-word around the whole, a quote that never ends.
    decoded = decode_words(value) if "=?" in value else value
    whole = next((w for w in _APART.split(decoded) if w.count("@") == 1), "")
    if len(whole) > 2 and not whole.startswith("@") and not whole.endswith("@"):
        name = decoded.partition(whole)[0].strip(" \t\"'<")
        return (_address(name, whole),)
    return found


def _address(name: str, spec: str) -> Address:
    name = decode_field(_ESCAPE.sub(r"\1", name) if "\\" in name else name).strip(" '")
    spec = decode_field(spec)
    return Address(name, spec if len(spec) <= _LONGEST and not _UNFIT.search(spec) else "")


class _Scanner:
    """Splits one address list; every step moves forward, so the time is linear in the length."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.found: list[Address] = []
        self.words: list[str] = []
        self.comment = ""
        self.angle: str | None = None

    def mailboxes(self) -> tuple[Address, ...]:
        value, i = self.value, 0
        while i < len(value) and len(self.found) < _MOST:
            match value[i]:
                case '"':
                    i = self._word(_QUOTED, i, group=1)
                case "(":
                    i = self._skip_comment(i)
                case "<":
                    i = self._route(i)
                case "," | ";" as mark:
                    self._finish(mark)
                    i += 1
                case ":":
                    if self.angle is None and not any("@" in w for w in self.words):
                        self.words = []  # the name of a group
                    i += 1
                case _:
                    i = self._word(_ATOMS, i, group=0)
        self._finish("")
        return tuple(self.found)

    def _word(self, pattern: re.Pattern[str], i: int, *, group: int) -> int:
        match = pattern.match(self.value, i)
        if match is None:
            return i + 1
        self.words.append(match[group])
        return match.end()

    def _route(self, i: int) -> int:
        match = _ANGLE.match(self.value, i)
        if match is None:
            return i + 1
        # RFC 5322 §4.4: an obsolete route `@a,@b:` may stand before the addr-spec.
        self.angle = match[1].rpartition(":")[2]
        return match.end()

    def _skip_comment(self, i: int) -> int:
        depth = 0
        for j in range(i, len(self.value)):
            depth += {"(": 1, ")": -1}.get(self.value[j], 0)
            if depth == 0:
                self.comment = self.value[i + 1 : j]
                return j + 1
        self.comment = self.value[i + 1 :]
        return len(self.value)

    def _finish(self, mark: str) -> None:
        name = " ".join(self.words)
        if self.angle is None and "@" not in name:
            if mark == "," and name.strip():
                self.words = [name.strip() + ","]  # `Ivić, Ana <ana@x>`: a comma that lacks its quotes
                return
            if name.strip():
                self.found.append(_address(name, ""))
        elif self.angle is None:
            *before, spec = name.rsplit(None, 1) if len(name.split(None, 1)) > 1 else (name,)
            spec = spec.strip(" \t<>") if "@" in spec else name.replace(" ", "")
            self.found.append(
                _address(" ".join(before) or self.comment, spec if spec.count("@") == 1 else "")
            )
        else:
            spec = re.sub(r'[\s"]+', "", self.angle)
            self.found.append(_address(name or self.comment, spec if "@" in spec else ""))
        self.words, self.comment, self.angle = [], "", None


def parse_ids(value: str) -> tuple[str, ...]:
    """The Message-IDs of a field, with their angle brackets (RFC 5322 §3.6.4)."""
    return tuple(_MESSAGE_ID.findall(value))


def parse_message_id(value: str) -> str | None:
    """The one Message-ID of a mail; where a mailer forgot its angle brackets they are added."""
    if match := _MESSAGE_ID.search(value):
        return match[0]
    word = value.strip().strip("<>")
    return f"<{word}>" if word and len(word) < 900 and not any(c in word for c in " \t\n<>") else None


def parse_date(value: str) -> datetime | None:
    """A date-time (RFC 5322 §3.3), aware, UTC; None where it says none. An unknown zone is UTC (§4.3)."""
    try:
        parts = parsedate_tz(value)
        if parts is None:
            return None
        zone = timezone(timedelta(seconds=parts[9] or 0))
        second = min(parts[5], 59)  # a leap second is 60
        return datetime(*parts[:5], second, tzinfo=zone).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
