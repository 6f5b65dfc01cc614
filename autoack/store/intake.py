"""What bears on a batch of mails, and the record of what was decided on it: few statements for many mails."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, select

from autoack.core.decision import Decision
from autoack.core.delivery import MailKind
from autoack.core.message import Mail, Place
from autoack.core.ours import is_ours
from autoack.core.returned import ids_of_ours
from autoack.core.thread import Known, Thread, reference_for, tokens_in
from autoack.store import links, meta, receipts
from autoack.store.sql import chunks, insert_new
from autoack.store.tables import messages, outbox, threads
from autoack.store.threads import add_events, by_refs, ids_of, values


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail of a batch with the decision on it. `received_at` is its INTERNALDATE, aware, UTC."""

    place: Place
    received_at: datetime
    mail: Mail
    decision: Decision


# --- what is known -----------------------------------------------------------------------------------------


def known(
    conn: Connection,
    mails: Sequence[Mail],
    mailbox: str,
    since: datetime,
    gmail_threads: Iterable[str] = (),
    named: Iterable[str] = (),
) -> Known:
    """What is on record that bears on these mails.

    Threads: by the Message-IDs that the mails carry or refer to (customers' and ours), also those that refer to
    the same Message-IDs or to these mails, by our tokens in header, subject and text, by Gmail's thread, of the
    writers where a mail answers without saying what, and those whose reference a new thread of these mails would
    get. Fingerprints: which mails were met before, in any mailbox. Receipts: those that this mailbox made for the
    writers since then, but for failed ones, and what the mails said that those answered; writers are also those
    whom a rule takes out of the mails (`named`, case folded).
    """
    ids = {found for mail in mails for found in (mail.message_id, *mail.references) if found}
    ids.update(found for mail in mails for found in ids_of_ours(mail))
    by_message_id = _owners(conn, messages.c.message_id, ids, mailbox)
    by_message_id |= _owners(conn, outbox.c.message_id, ids, mailbox)  # what we sent is known for certain
    fingerprints = _owners(conn, messages.c.fingerprint, {mail.fingerprint for mail in mails}, mailbox)
    tokens = chain.from_iterable(_tokens(mail) for mail in mails)
    openings = (reference_for(mailbox, mail.fingerprint) for mail in mails)
    referred = links.referred(conn, ids, mailbox)
    by_gmail_thread = links.by_gmail_thread(conn, gmail_threads, mailbox)
    by_customer = links.by_customer(conn, mails, mailbox, since)
    signs = (by_message_id, fingerprints, referred, by_gmail_thread)
    pointed = chain(*(sign.values() for sign in signs), *by_customer.values(), tokens, openings)
    refs = {ref for ref in pointed if ref}
    writers = {address.key for mail in mails for address in (mail.sender, *mail.reply_to)}
    writers |= {address for address in named if address}
    found = by_refs(conn, refs)
    made, said = receipts.to_writers(conn, writers, mailbox, since)
    return Known(
        threads=found,
        by_message_id=by_message_id,
        fingerprints=fingerprints,
        receipts=made,
        said=said,
        surveys=surveys(conn, (one for one in ids if is_ours(one))),
        paused=meta.paused(conn, firmly=True),
        turns=links.turns(conn, found),
        referred=referred,
        strays=links.strays(conn, ids, mailbox),
        by_gmail_thread=by_gmail_thread,
        by_customer=by_customer,
    )


def surveys(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Those of these Message-IDs that are of surveys which we sent → the reference of their thread."""
    found: dict[str, str] = {}
    for chunk in chunks(ids):
        query = (
            select(outbox.c.message_id, threads.c.ref)
            .join_from(outbox, threads)
            .where(outbox.c.message_id.in_(chunk), outbox.c.kind == MailKind.SURVEY)
        )
        found |= {row.message_id: row.ref for row in conn.execute(query)}
    return found


def _owners(
    conn: Connection, column: Column[Any], wanted: Iterable[str], mailbox: str
) -> dict[str, str | None]:
    """The values that are on record → the thread they belong to, one of this mailbox before any other."""
    best: dict[str, tuple[int, str | None]] = {}
    table = column.table
    joined = sa.outerjoin(table, threads, threads.c.id == table.c.thread_id)
    for chunk in chunks(wanted):
        query = select(column, threads.c.ref, threads.c.mailbox).select_from(joined).where(column.in_(chunk))
        for value, ref, where in conn.execute(query):
            rank = 0 if ref is None else 2 if where == mailbox else 1
            if value not in best or rank > best[value][0]:
                best[value] = (rank, ref)
    return {value: ref for value, (_, ref) in best.items()}


def _tokens(mail: Mail) -> Iterator[str]:
    yield from tokens_in(f"{mail.headers.get('x-autoack')}\n{mail.subject}\n{mail.text}")


# --- the record --------------------------------------------------------------------------------------------


def record(conn: Connection, entries: Sequence[Entry], now: datetime) -> set[Place]:
    """Record mails, threads and timelines; returns the places that were new.

    A mail whose place is on record already changes nothing: a batch that is taken in again does no harm.
    Where several decisions touch a thread, the last says how it stands.
    """
    before = _recorded(conn, [entry.place for entry in entries])
    new = [entry for entry in entries if entry.place not in before]
    if not new:
        return set()
    _record_threads(conn, new)
    ids = ids_of(conn, (entry.decision.thread.ref for entry in new if entry.decision.thread))
    insert_new(conn, messages, [_message(entry, ids, now) for entry in new])
    _record_links(conn, new, ids, now)
    add_events(conn, [event for entry in new for event in entry.decision.events])
    return {entry.place for entry in new}


def _recorded(conn: Connection, places: Iterable[Place]) -> set[Place]:
    found = set()
    for folder, inside in groupby(sorted(places, key=_folder), key=_folder):
        for chunk in chunks(place.uid for place in inside):
            query = select(messages.c.uid).where(
                messages.c.mailbox == folder[0],
                messages.c.folder == folder[1],
                messages.c.uidvalidity == folder[2],
                messages.c.uid.in_(chunk),
            )
            found |= {Place(*folder, uid) for uid in conn.scalars(query)}
    return found


def _folder(place: Place) -> tuple[str, str, int]:
    return place.mailbox, place.folder, place.uidvalidity


def _record_threads(conn: Connection, entries: Iterable[Entry]) -> None:
    """New threads are put on record, the others changed."""
    last: dict[str, Thread] = {}
    opened = set()
    for entry in entries:
        if entry.decision.thread:
            last[entry.decision.thread.ref] = entry.decision.thread
        if entry.decision.thread and entry.decision.opens_thread:
            opened.add(entry.decision.thread.ref)
    if opened:
        rows = [values(thread) for ref, thread in last.items() if ref in opened]
        insert_new(conn, threads, rows)
    changed = [values(thread) | {"which": ref} for ref, thread in last.items() if ref not in opened]
    if changed:
        conn.execute(sa.update(threads).where(threads.c.ref == sa.bindparam("which")), changed)


def _record_links(conn: Connection, entries: Iterable[Entry], ids: dict[str, int], now: datetime) -> None:
    for entry in entries:
        decision = entry.decision
        thread_id = ids[decision.thread.ref] if decision.thread else None
        if decision.refers_to:
            links.record(
                conn, entry.place.mailbox, entry.mail.fingerprint, decision.refers_to, thread_id, now
            )
        if decision.strays and thread_id is not None:
            strays = [stray.fingerprint for stray in decision.strays]
            links.bring_home(conn, entry.place.mailbox, strays, thread_id)


def _message(entry: Entry, ids: dict[str, int], now: datetime) -> dict[str, Any]:
    mail, decision = entry.mail, entry.decision
    return {
        "mailbox": entry.place.mailbox,
        "folder": entry.place.folder,
        "uidvalidity": entry.place.uidvalidity,
        "uid": entry.place.uid,
        "thread_id": ids[decision.thread.ref] if decision.thread else None,
        "message_id": mail.message_id,
        "fingerprint": mail.fingerprint,
        "kind": decision.verdict.kind.value,
        "verdict": decision.verdict.outcome.value,
        "reason": decision.verdict.reason,
        "because": decision.verdict.because,
        "sender": decision.turn.who if decision.turn else mail.sender.key,
        "subject": mail.subject,
        "language": decision.language,
        "sent_at": mail.date,
        "received_at": entry.received_at,
        "recorded_at": now,
        "size": mail.size,
        "text": mail.new_text or mail.text,
        "turn": decision.turn.part.value if decision.turn else None,
        "reached": " ".join(sorted(decision.turn.reached)) if decision.turn else None,
        "gmail_thread": decision.gmail_thread,
    }
