"""Reads FETCH responses (RFC 3501 §7.4.2, §9) as imaplib hands them over.

imapclient has a reader too; it looks at each octet in Python, which costs most where there is a structure,
and one malformed structure spoils its whole batch. This one splits by a regular expression, and keeps each
mail's response to itself.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import TypeAlias

# A list as a tuple, a string or an atom as octets, a number as int, NIL as None.
Value: TypeAlias = "bytes | int | tuple[Value, ...] | None"
# imaplib gives a line as octets, and a line that ends in a literal as a pair of the line and the literal.
Record: TypeAlias = "bytes | tuple[bytes, bytes] | None"

MAX_DEPTH = 100  # lists within lists; a structure nested deeper is cut there

_TOKEN = re.compile(rb'[()]|"(?:[^"\\]|\\.)*"|[^\s()"]+|"', re.DOTALL)
_QUOTE = ord('"')
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LITERAL_MARK = re.compile(rb"\{\d+\+?\}$")
_MONTHS = {
    name: number
    for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_DATE = re.compile(rb"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")


def read_fetch(records: Iterable[Record]) -> dict[int, dict[bytes, Value]]:
    """The items of each mail by its UID. Names are in upper case, without the `<0>` of a partial fetch.

    Responses without a UID are dropped: nobody asked for them.
    """
    found: dict[int, dict[bytes, Value]] = {}
    for response in _responses(records):
        items = _items(response)
        uid = items.get(b"UID")
        if isinstance(uid, int):
            found.setdefault(uid, {}).update(items)
    return found


def read_internal_date(value: Value) -> datetime | None:
    """An INTERNALDATE (RFC 3501 §9, date-time), aware, in UTC; None where it is none."""
    match = _DATE.match(value) if isinstance(value, bytes) else None
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = match.groups()
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    try:
        return datetime(
            *(int(year), _MONTHS[month.lower()], int(day)),
            *(int(hour), int(minute), min(int(second), 59)),  # a leap second
            tzinfo=timezone(-offset if sign == b"-" else offset),
        ).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def _responses(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Groups imaplib's records into responses: a response ends with a line that has no literal."""
    response: list[Record] = []
    for record in records:
        response.append(record)
        if not isinstance(record, tuple):
            yield response
            response = []


def _items(response: list[Record]) -> dict[bytes, Value]:
    listed = next((value for value in _values(response) if isinstance(value, tuple)), ())
    return {
        name.upper().split(b"<")[0]: value
        for name, value in zip(listed[::2], listed[1::2], strict=False)
        if isinstance(name, bytes)
    }


def _values(response: list[Record]) -> tuple[Value, ...]:
    """The values of a response, lists nested; those that never close end with it."""
    nest = _Nest()
    for record in response:
        if isinstance(record, tuple):
            line, literal = record
            nest.add_line(_LITERAL_MARK.sub(b"", line))
            nest.add_literal(literal)
        elif record is not None:
            nest.add_line(record)
    return nest.end()


class _Nest:
    """Lists being read; `current` is the innermost."""

    def __init__(self) -> None:
        self._current: list[Value] = []
        self._outer: list[list[Value]] = []
        self._too_deep = 0  # lists open beyond MAX_DEPTH

    def add_line(self, line: bytes) -> None:
        for token in _TOKEN.findall(line):
            if token == b"(":
                self._open()
            elif token == b")":
                self._close()
            elif not self._too_deep:
                self._current.append(_value(token))

    def add_literal(self, literal: bytes) -> None:
        if not self._too_deep:
            self._current.append(literal)

    def end(self) -> tuple[Value, ...]:
        while self._outer:
            self._close()
        return tuple(self._current)

    def _open(self) -> None:
        if len(self._outer) == MAX_DEPTH:
            self._too_deep += 1
        else:
            self._outer.append(self._current)
            self._current = []

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._outer:
            closed = tuple(self._current)
            self._current = self._outer.pop()
            self._current.append(closed)


def _value(token: bytes) -> Value:
    if token[0] == _QUOTE:
        inner = token[1:-1]
        return _ESCAPED.sub(rb"\1", inner) if b"\\" in inner else inner
    if token.isdigit() and len(token) < 20:
        return int(token)
    return None if token in (b"NIL", b"nil") else token
