"""What a mail is to us: addresses, parts, what IMAP brought of it, and what was understood of that."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What sort of mail it is (DESIGN: the field `kind` of `explain`)."""

    CUSTOMER = "customer"
    CUSTOMER_REPLY = "customer-reply"
    TEAM = "team"
    OWN = "own"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    ROBOT = "robot"
    REPORT = "report"
    CALENDAR = "calendar"
    SPAM = "spam"
    UNPARSEABLE = "unparseable"


class Outcome(StrEnum):
    """What becomes of it (the field `verdict` of `explain`)."""

    RECEIPT = "receipt"
    RECORD = "record"  # a thread, no receipt
    IGNORE = "ignore"  # kept as a message with its reason, no thread
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgment with its reason: `reason` is a stable code, `because` a sentence that cites the header or rule."""

    kind: Kind
    outcome: Outcome
    reason: str
    because: str


@dataclass(frozen=True)  # no slots: dozens of rules look at the parts of one
class Address:
    """A mailbox of RFC 5322 §3.4: display name as its writer sees it, and addr-spec.

    `address` is empty for `<>` and for what has no addr-spec.
    """

    name: str
    address: str

    @cached_property
    def key(self) -> str:
        """The address as we compare it: case folded."""
        return self.address.casefold()

    @cached_property
    def domain(self) -> str:
        """What follows the last @, case folded; empty where there is none."""
        return self.key.rpartition("@")[2] if "@" in self.address else ""

    @cached_property
    def local(self) -> str:
        """What stands before the last @, case folded."""
        return self.key.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the MIME structure, as RFC 3501 BODYSTRUCTURE tells it.

    `section` is its IMAP section number ("1", "2.1"); `size` counts octets as transferred. A message/rfc822
    is one leaf: what is inside belongs to somebody else's mail.
    """

    section: str
    content_type: str  # "text/plain", lower case
    parameters: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    encoding: str = "7bit"  # Content-Transfer-Encoding, lower case
    disposition: str = ""  # "attachment", "inline" or ""
    filename: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class RawMail:
    """What is fetched of one mail: the header's octets, the structure, and the first octets of its text parts.

    `multiparts` are the content types (with parameters) of the multiparts around the leaves, outermost first.
    `bodies` maps a part's section to its first octets, still transfer-encoded.
    """

    header: bytes
    parts: tuple[Part, ...]
    bodies: Mapping[str, bytes]
    size: int
    multiparts: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies: RFC 3501 §2.3.1.1 makes the last three name it for ever."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail as it was met in a folder. `received_at` is its INTERNALDATE, aware, UTC."""

    place: Place
    received_at: datetime
    flags: frozenset[str]  # as the server writes them: "\\Answered"
    raw: RawMail
    gmail_thread: str | None = None


class Headers:
    """The header fields of a mail by case-insensitive name, in order.

    `decode` turns a value as it was fetched into text when it is asked for: most fields never are.
    """

    __slots__ = ("_decode", "_fields")

    def __init__(
        self, fields: Iterable[tuple[str, str]] = (), decode: Callable[[str], str] = lambda value: value
    ) -> None:
        self._decode = decode
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name.lower(), []).append(value)

    def get(self, name: str, default: str = "") -> str:
        """The first field of that name, white space collapsed; `default` where there is none."""
        values = self._fields.get(name.lower())
        return self._decode(values[0]) if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every field of that name, in order."""
        return tuple(map(self._decode, self._fields.get(name.lower(), ())))

    def first_of(self, names: frozenset[str]) -> str | None:
        """The first field, in the mail's order, that has one of these lower-case names."""
        if names.isdisjoint(self._fields):
            return None
        return next(name for name in self._fields if name in names)

    def count(self, name: str) -> int:
        """How many fields of that name there are."""
        return len(self._fields.get(name.lower(), ()))

    def names(self) -> tuple[str, ...]:
        """The names that occur, lower case, in order of first occurrence."""
        return tuple(self._fields)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._fields

    def __repr__(self) -> str:
        return f"Headers({len(self._fields)} names)"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that could be read.

    `fingerprint` tells it from every other mail: a hash of its Message-ID, or of Date, From, Subject and text
    where it has none. `text` is what a person sees; `new_text` only what the writer added: no quoted mail, no
    signature.
    """

    message_id: str | None  # with its angle brackets
    fingerprint: str  # 32 hexadecimal digits
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str
    date: datetime | None  # aware, UTC
    references: tuple[str, ...]  # References, then In-Reply-To: each Message-ID once, with brackets
    headers: Headers
    parts: tuple[Part, ...]
    text: str
    new_text: str
    signature: str
    size: int
    multiparts: tuple[tuple[str, Mapping[str, str]], ...] = ()
    report: str = ""  # the fields of a report on delivery, and the header of the mail that it is about

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody in To, Cc and Bcc."""
        return self.to + self.cc + self.bcc

    @property
    def attachments(self) -> tuple[Part, ...]:
        """The parts that a person would call attachments."""
        return tuple(p for p in self.parts if p.disposition == "attachment" or p.filename)


@dataclass(frozen=True, slots=True)
class Unparseable:
    """A mail that could not be read, and why; it goes to quarantine."""

    reason: str
    because: str
    message_id: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who wrote, as letters address them. `name` is null where it is not a person's."""

    address: str
    name: str | None = None  # without title, normal capitals, given name first (Hungarian: family name first)
    honorific: str | None = None  # "dr.", "prof. dr. sc."
    phone: str | None = None
    titled_name: str | None = None  # with titles that stand inside it: "Nagyné dr. Szabó Éva"
