"""Which thread a mail belongs to, and what a thread is.

A thread is one matter of one customer in one mailbox, with a clock. A *wait* is the time from the first
customer mail that nobody has answered to the answer; a thread may have many, one after the other.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from autoack.core.message import Customer
from autoack.core.storm import Storm
from autoack.core.turns import Turn

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_TOKEN = re.compile(r"\bAA-([0-9A-HJKMNP-TV-Z]{4})-([0-9A-HJKMNP-TV-Z]{4})\b", re.IGNORECASE)


class State(StrEnum):
    """Where a thread stands (the field `state` of `threads`)."""

    WAITING = "waiting"  # a customer waits for us: the clock runs
    ANSWERED = "answered"  # we have answered: we wait for the customer
    SNOOZED = "snoozed"  # put aside until next_step_at
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as it is on record. Times are aware, UTC.

    `id` is 0 until the store has given it one. `fired` names the ladder steps that the present wait has seen.
    `clock` is False for what is kept without a wait (spam, calendar, reports).
    """

    ref: str  # AA-XXXX-XXXX
    mailbox: str
    subject: str
    customer_address: str  # "" where there is none
    customer_name: str | None
    honorific: str | None
    language: str
    state: State
    created_at: datetime
    id: int = 0
    category: str = "other"
    priority: str = "normal"
    strong_language: bool = False
    assignee: str | None = None
    channel: str = "mail"  # mail | form | voicemail | letter | chat
    customer_phone: str | None = None
    policy: str | None = None  # the rules'; None: the mailbox's
    notify: tuple[str, ...] = ()  # roles and ids of people who are to be told at once, and were not yet
    wait: int = 0  # number of the present or last wait, from 1; 0: never waited
    waiting_since: datetime | None = None
    promised_at: datetime | None = None
    resolve_at: datetime | None = None
    next_step_at: datetime | None = None
    next_step: str | None = None
    fired: tuple[str, ...] = ()
    answered_at: datetime | None = None
    answered_by: str | None = None  # id or address of a person, or "flag"
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    clock: bool = True
    settled_at: datetime | None = None  # what was asked before is over, though no answer on record says so
    aside_since: datetime | None = None  # while it is set aside, or its mails are
    ladder_since: datetime | None = None  # where the ladder counts from, if being set aside has moved that
    surveyed_at: datetime | None = None  # when the customer was asked how it went: once
    written_to: str | None = None  # the one of the mailbox's addresses that the customer wrote to last
    titled_name: str | None = None  # of the customer, where titles stand inside it
    undeliverable: str | None = None  # why the customer's address takes no mail, as the last bounce said

    @property
    def counted_since(self) -> datetime | None:
        """Where the ladder of the present wait counts from."""
        return self.ladder_since or self.waiting_since

    @property
    def customer(self) -> Customer:
        """Whose matter it is, as letters address them."""
        return Customer(
            self.customer_address,
            self.customer_name,
            self.honorific,
            self.customer_phone,
            titled_name=self.titled_name,
        )


@dataclass(frozen=True, slots=True)
class Stray:
    """A mail on record that belongs to no thread and refers to others: what arrives later may bring its thread."""

    fingerprint: str
    message_id: str | None
    sender: str  # case folded
    subject: str
    reason: str  # of the verdict on it


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail said that was answered by a receipt."""

    subject: str
    text: str


@dataclass(slots=True)
class Known:
    """What the store knows that bears on a batch of mails; `decide` reads it, the intake adds each decision to it.

    All keys are as the mails carry them: Message-IDs with brackets, addresses case folded.
    """

    threads: dict[str, Thread] = field(default_factory=dict)  # by ref
    by_message_id: dict[str, str | None] = field(
        default_factory=dict
    )  # Message-ID → thread ref (None: no thread)
    fingerprints: dict[str, str | None] = field(default_factory=dict)  # seen before → thread ref
    receipts: dict[str, list[datetime]] = field(default_factory=dict)  # recent receipts by customer address
    # Address → the mails whose receipts have gone there.
    said: dict[str, list[Said]] = field(default_factory=dict)
    receipts_lately: int = 0  # in this mailbox, within the time of its `storm`
    storm: Storm | None = None  # in this mailbox
    surveys: dict[str, str] = field(
        default_factory=dict
    )  # Message-ID of a survey of ours → ref of its thread
    paused: frozenset[str] = frozenset()  # mailboxes whose mail to customers is held
    turns: dict[str, list[Turn]] = field(default_factory=dict)  # ref → its turns, in the order they were met
    referred: dict[str, str] = field(default_factory=dict)  # Message-ID → ref of a thread that refers to it
    strays: dict[str, list[Stray]] = field(default_factory=dict)  # Message-ID → mails that refer to it
    by_gmail_thread: dict[str, str] = field(default_factory=dict)  # X-GM-THRID, in this mailbox → ref
    by_customer: dict[str, list[str]] = field(
        default_factory=dict
    )  # address → refs, in this mailbox, of late


def reference_for(mailbox: str, fingerprint: str) -> str:
    """The reference of the thread that this mail opens: the same whenever it is asked, so a retry is harmless."""
    digest = hashlib.sha256(f"{mailbox}\0{fingerprint}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    letters = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(35, -5, -5))
    return f"AA-{letters[:4]}-{letters[4:]}"


def free_reference(mailbox: str, fingerprint: str, known: Known) -> str:
    """The reference for a new thread: another one where chance has given the first away already.

    `known.threads` holds whichever thread has the first candidate of each mail of the batch.
    """
    ref = reference_for(mailbox, fingerprint)
    while ref in known.threads:
        ref = reference_for(mailbox, ref + fingerprint)
    return ref


def tokens_in(text: str) -> tuple[str, ...]:
    """The thread references that a text holds, in order, in normal form."""
    if "AA-" not in text and "aa-" not in text:  # hardly any mail has one, and this look costs nothing
        return ()
    return tuple(dict.fromkeys(f"AA-{a}-{b}".upper() for a, b in _TOKEN.findall(text)))
