"""Samples for the tests of the store: a desk `support`, its customers Iva and Luka, and what they write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from autoack.core.decision import Decision, Event
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.message import Address, Headers, Kind, Mail, Outcome, Place, Verdict
from autoack.core.thread import State, Thread
from autoack.store.intake import Entry

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
IVA = Address("Iva Horvat", "Iva.Horvat@kupac.example")
LUKA = Address("Luka Perić", "luka@kupac.example")


def thread(ref: str = "AA-1111-1111", **changes: Any) -> Thread:
    """Iva's thread: it waits since now, a reminder is due in 20 hours."""
    waiting = Thread(
        ref=ref,
        mailbox="support",
        subject="Račun za listopad",
        customer_address=IVA.address,
        customer_name=IVA.name,
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=NOW,
        updated_at=NOW,
        wait=1,
        waiting_since=NOW,
        promised_at=NOW + 24 * HOUR,
        resolve_at=NOW + 72 * HOUR,
        next_step_at=NOW + 20 * HOUR,
        next_step="20h",
        fired=("10h",),
    )
    return replace(waiting, **changes)


def mail(number: int, sender: Address = IVA, **changes: Any) -> Mail:
    """The customer's mail of that number."""
    plain = Mail(
        message_id=f"<{number}@kupac.example>",
        fingerprint=f"{number:032x}",
        sender=sender,
        reply_to=(),
        to=(Address("", "podrska@primjer.example"),),
        cc=(),
        bcc=(),
        subject="Račun za listopad",
        date=NOW,
        references=(),
        headers=Headers(),
        parts=(),
        text="Gdje je moj račun?",
        new_text="Gdje je moj račun?",
        signature="",
        size=1234,
    )
    return replace(plain, **changes)


def entry(
    number: int, of: Thread | None = None, *, opens: bool = False, kind: Kind = Kind.CUSTOMER, **changes: Any
) -> Entry:
    """The mail of that number as it was taken in, under that number as UID; `changes` are the mail's."""
    written = mail(number, **changes)
    event = Event(NOW, "mail", written.sender.key, written.subject, "new", of.ref, of.mailbox) if of else None
    return Entry(
        place=Place("support", "INBOX", 1, number),
        received_at=NOW + timedelta(minutes=number),
        mail=written,
        decision=Decision(
            Verdict(kind, Outcome.RECEIPT if of else Outcome.IGNORE, "new", "A first mail."),
            thread=of,
            opens_thread=opens,
            language="hr",
            events=(event,) if event else (),
        ),
    )


def outgoing(key: str = "receipt:1", **changes: Any) -> Outgoing:
    """A receipt for Iva, without a thread, ready since now."""
    receipt = Outgoing(
        key=key,
        kind=MailKind.RECEIPT,
        mailbox="support",
        to=IVA.address,
        message_id=f"<{key}@primjer.example>",
        raw=b"Subject: Re: Ra\r\n\r\nPozdrav\r\n",
        created_at=NOW,
        next_at=NOW,
    )
    return replace(receipt, **changes)
