"""The tables. Times are aware in Python and UTC in the database."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC.

    SQLite drops the zone without converting, so a naive value is refused rather than guessed at.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Overridden whole rather than by process_bind_param: a batch binds thousands of times."""
        if dialect.name == "sqlite":
            return _sqlite_text
        return _utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive datetime must not reach the database")
    return value.astimezone(UTC)


def _sqlite_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it, so that text sorts as time: 2026-11-23 09:00:00.000000."""
    utc = _utc(value)
    return utc.isoformat(" ", "microseconds")[:26] if utc else None  # without +00:00


class Words(TypeDecorator[str]):
    """Text that strangers wrote, made fit for both databases; `limit` counts characters.

    PostgreSQL refuses NUL, neither database takes lone surrogates, and an index entry of PostgreSQL holds
    2,700 octets at most: one hostile header must not sink the batch it came in. Lookups pass through the same
    sieve.
    """

    impl = Text
    cache_ok = True

    def __init__(self, limit: int | None = None) -> None:
        super().__init__()
        self.limit = limit

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """Overridden whole, as above."""
        limit = self.limit

        def cleaned(value: str | None) -> str | None:
            if value is None:
                return None
            if not value.isascii():
                value = value.encode("utf-8", "replace").decode()
            return value.replace("\0", "")[:limit]

        return cleaned


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# BIGINT on PostgreSQL; SQLite numbers rows by itself only for INTEGER PRIMARY KEY.
_Id = BigInteger().with_variant(Integer, "sqlite")

# Single facts about this installation: created_at, paused:<mailbox>, storm:<mailbox>, null-sender:<host> …
meta = Table(
    "meta",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)

# The checkpoint of each watched folder.
folders = Table(
    "folders",
    metadata,
    Column("mailbox", String(100), primary_key=True),
    Column("folder", String(500), primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),  # every UID up to this one has been dealt with
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("in_step_at", UtcDateTime, nullable=False),  # when it was last read to its end
)

threads = Table(
    "threads",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("ref", String(20), nullable=False, unique=True),
    Column("mailbox", String(100), nullable=False),
    Column("subject", Words, nullable=False),
    Column("customer_address", Words(500), nullable=False, index=True),  # case folded: for lookups
    Column("customer_as_written", Words, nullable=False),  # for letters: a local part may mind its case
    Column("customer_name", Words),
    Column("honorific", Words(100)),
    Column("titled_name", Words),  # the name with titles that stand inside it
    Column("language", String(20), nullable=False),
    Column("category", String(20), nullable=False),
    Column("priority", String(20), nullable=False),
    Column("strong_language", Boolean, nullable=False),
    Column("channel", String(20), nullable=False, server_default="mail"),
    Column("customer_phone", Words(100)),
    Column("policy", String(100)),
    Column("notify", JSON, nullable=False, server_default="[]"),
    Column("assignee", String(100)),
    Column("state", String(20), nullable=False),
    Column("clock", Boolean, nullable=False),
    Column("wait", Integer, nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("promised_at", UtcDateTime),
    Column("resolve_at", UtcDateTime),
    Column("next_step_at", UtcDateTime),
    Column("next_step", String(100)),
    Column("fired", JSON, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("answered_by", Words(500)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),  # what was asked before is over, though no answer on record says so
    Column("aside_since", UtcDateTime),  # while it is set aside
    Column("ladder_since", UtcDateTime),  # where the ladder counts from; NULL: from waiting_since
    Column("surveyed_at", UtcDateTime),  # when the customer was asked how it went
    Column("written_to", Words(500)),  # the one of the mailbox's addresses that the customer wrote to last
    Column("undeliverable", Words),  # why the customer's address takes no mail, as the last bounce said
    Index(None, "state", "mailbox"),
)
Index(
    "ix_threads_due",
    threads.c.next_step_at,
    sqlite_where=threads.c.next_step_at.is_not(None),
    postgresql_where=threads.c.next_step_at.is_not(None),
)

# Every mail that was met, with the verdict on it. `text` is emptied by retention.
messages = Table(
    "messages",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), index=True),
    Column("mailbox", String(100), nullable=False),
    Column("folder", String(500), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("message_id", Words(500), index=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("because", Words, nullable=False),
    Column("sender", Words(500), nullable=False),  # case folded
    Column("subject", Words, nullable=False),
    Column("language", String(20)),
    Column("sent_at", UtcDateTime),  # the Date field
    Column("received_at", UtcDateTime, nullable=False),  # INTERNALDATE
    Column("recorded_at", UtcDateTime, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("text", Words),
    Column("turn", String(10)),  # what it is to the clock: ask, reply; NULL: nothing
    Column("reached", Words),  # of the team's mails: the strangers that they went to, apart by spaces
    Column("gmail_thread", String(40)),  # X-GM-THRID
    Column("done_at", UtcDateTime),  # when the team's mark that its thread is finished was met on it
    UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
)
Index(
    "ix_messages_gmail_thread",
    messages.c.gmail_thread,
    sqlite_where=messages.c.gmail_thread.is_not(None),
    postgresql_where=messages.c.gmail_thread.is_not(None),
)

# Which Message-IDs mails refer to that were not on record in their thread: how what arrives later finds it. A mail
# that answers what is known adds no row. `thread_id` is NULL where the mail that refers belongs to no thread.
links = Table(
    "links",
    metadata,
    Column("mailbox", String(100), nullable=False),
    Column("refers_to", Words(500), nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the mail that refers
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), index=True),
    Column("recorded_at", UtcDateTime, nullable=False, index=True),
    PrimaryKeyConstraint("refers_to", "fingerprint", "mailbox"),
)

# Every mail that we intend to send, under the key that makes the intent idempotent.
outbox = Table(
    "outbox",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("mailbox", String(100), nullable=False),
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), index=True),
    Column("to", Words(500), nullable=False, index=True),  # case folded: for lookups
    Column("to_as_written", Words, nullable=False),  # for the envelope
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempted_at", UtcDateTime),
    Column("sent_at", UtcDateTime, index=True),
    Column("expires_at", UtcDateTime),
    Column("error", Words),
    Column("message_id", String(300), nullable=False, index=True),
    Column("raw", LargeBinary),  # emptied by retention
)
# What sending looks for. Spelt out: SQLite uses a partial index only where a query says the same, without
# parameters.
still_open: ColumnElement[bool] = literal_column("outbox.state IN ('ready', 'deferred', 'sending')")
_still_open = text("state IN ('ready', 'deferred', 'sending')")
Index(
    "ix_outbox_open",
    outbox.c.mailbox,
    outbox.c.next_at,
    outbox.c.key,
    sqlite_where=_still_open,
    postgresql_where=_still_open,
)

# The timeline of threads, and what statistics are computed from.
events = Table(
    "events",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), index=True),
    Column("mailbox", String(100)),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("what", String(30), nullable=False),
    Column("who", Words(500)),
    Column("detail", Words, nullable=False),
    Column("reason", String(60)),
    Column("seconds", BigInteger),
)

# Mails that could not be taken in; they stay in the mailbox, untouched.
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("mailbox", String(100), nullable=False),
    Column("folder", String(500), nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", String(60), nullable=False),
    Column("because", Words, nullable=False),
    Column("retry", Boolean, nullable=False),  # asked for; the daemon takes it in again
    UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
)

# Which replica watches which mailbox, and until when that holds.
leases = Table(
    "leases",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# The draft of an answer that lies in a team's Drafts folder, or is to be laid there or taken away. One a thread.
drafts = Table(
    "drafts",
    metadata,
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True),
    Column("mailbox", String(100), nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("message_id", String(300), nullable=False),
    Column("raw", LargeBinary),  # until it is laid
    Column("size", BigInteger, nullable=False),  # octets, as it was laid
    Column("folder", String(500)),
    Column("uidvalidity", BigInteger),
    Column("uid", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("laid_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("error", Words),
    Index(None, "state", "next_at"),
)

# How customers rated what we did: the vote that holds, one a thread. Each change of it is an event.
ratings = Table(
    "ratings",
    metadata,
    Column("thread_id", _Id, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True),
    Column("mailbox", String(100), nullable=False),
    Column("stars", Integer, nullable=False),  # 1 to 5
    Column("words", Words),
    Column("via", String(10), nullable=False),  # web, mail
    Column("rated_at", UtcDateTime, nullable=False, index=True),
)
