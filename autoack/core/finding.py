"""Which known thread a mail belongs to, and by what sign that was seen.

A mail joins the thread of what it refers to, else of what refers to it, else of what refers to the same mails:
so a conversation makes one thread in whatever order its mails arrive, as long as their References are whole
(RFC 5322 §3.6.4). Threads are never merged. Where mails carry In-Reply-To alone, and one arrives before the mail
in the middle that ties it to the others, it opens a thread of its own; the one in the middle then joins the
thread of the mail that it answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from autoack.core import subject
from autoack.core.decision import Circumstances, Decision, event_of
from autoack.core.message import Mail
from autoack.core.thread import Known, Stray, Thread, tokens_in

SUBJECT_COUNTS_FOR = timedelta(days=7)
_MOST_LINKS = 10  # of what one mail refers to: the first, which all of a conversation share, and the last


@dataclass(frozen=True, slots=True)
class Found:
    """The thread that a mail belongs to, and how that was seen.

    `how`: x-autoack, references, referred, same-references, token, gmail-thread, subject.
    """

    thread: Thread
    how: str


def find(
    mail: Mail, known: Known, mailbox: str, at: datetime, gmail_thread: str | None = None
) -> Found | None:
    """The known thread of this mailbox that the mail belongs to; None where it is a new matter.

    `at`: when it arrived. Our own header comes before all: it is on copies of what we sent. The subject alone
    counts only with a prefix of replies, from the thread's own customer, in a mail that carries no reference, and
    within 7 days.
    """
    for how, ref in _signs(mail, known, gmail_thread):
        thread = known.threads.get(ref)
        if thread is not None and thread.mailbox == mailbox:
            return Found(thread, how)
    thread = _by_subject(mail, known, mailbox, at)
    return Found(thread, "subject") if thread else None


def _signs(mail: Mail, known: Known, gmail_thread: str | None) -> Iterator[tuple[str, str]]:
    """What points to a thread, the surest first."""
    for token in tokens_in(mail.headers.get("x-autoack")):
        yield "x-autoack", token
    newest_first = mail.references[::-1]
    for message_id in newest_first:
        yield "references", known.by_message_id.get(message_id) or ""
    if mail.message_id:
        yield "referred", known.referred.get(mail.message_id, "")
    for message_id in newest_first:
        yield "same-references", known.referred.get(message_id, "")
    # A forwarded mail is a new matter unless its References say otherwise: the token in it is quoted only.
    if not subject.forwards(mail.subject):
        for token in tokens_in(f"{mail.subject}\n{mail.text}"):
            yield "token", token
    if gmail_thread:
        yield "gmail-thread", known.by_gmail_thread.get(gmail_thread, "")


def _by_subject(mail: Mail, known: Known, mailbox: str, at: datetime) -> Thread | None:
    """For the mail programs that answer without In-Reply-To: the customer's last thread of that subject."""
    matter = subject.same_matter(mail.subject)
    if mail.references or not matter or not subject.answers(mail.subject):
        return None
    theirs = [
        known.threads[ref] for ref in known.by_customer.get(mail.sender.key, ()) if ref in known.threads
    ]
    alike = [
        thread
        for thread in theirs
        if thread.mailbox == mailbox
        and subject.same_matter(thread.subject) == matter
        and abs(at - (thread.updated_at or thread.created_at)) <= SUBJECT_COUNTS_FOR
    ]
    return max(alike, key=lambda thread: thread.created_at, default=None)


def unresolved(mail: Mail, known: Known, ref: str | None) -> tuple[str, ...]:
    """What the mail refers to that is not on record in its thread: kept, so that what arrives later finds it."""
    missing = [one for one in mail.references if ref is None or known.by_message_id.get(one) != ref]
    if len(missing) > _MOST_LINKS:
        missing = [missing[0], *missing[1 - _MOST_LINKS :]]
    return tuple(missing)


def strays_of(mail: Mail, known: Known) -> tuple[Stray, ...]:
    """The mails without a thread that belong to this one's: they refer to it, or to what it refers to."""
    ids = (mail.message_id, *mail.references) if mail.message_id else mail.references
    return tuple(dict.fromkeys(stray for one in ids for stray in known.strays.get(one, ())))


_TOLD = {
    "referred": "a mail of this thread refers to it",
    "same-references": "it refers to the same mail as one of this thread",
    "token": "it carries our reference",
    "gmail-thread": "Gmail shows it in the same conversation",
    "subject": "an answer without In-Reply-To: the same customer and subject within 7 days",
}


def linked(decision: Decision, mail: Mail, found: Found | None, known: Known, met: Circumstances) -> Decision:
    """The decision with what ties its mail to others: what is to be remembered, what is told in the timeline."""
    thread, gmail_thread = decision.thread, met.gmail_thread
    refers_to = unresolved(mail, known, thread.ref if thread else None)
    if thread is None:
        return replace(decision, refers_to=refers_to, gmail_thread=gmail_thread)
    strays = strays_of(mail, known)
    events = [event_of(met, thread, "mail", one.sender, one.subject, one.reason) for one in strays]
    if found is not None and found.how in _TOLD and found.thread.ref == thread.ref:
        events.append(event_of(met, thread, "joined", mail.sender.key, _TOLD[found.how], found.how))
    if not (refers_to or gmail_thread or strays or events):
        return decision
    return replace(
        decision,
        refers_to=refers_to,
        gmail_thread=gmail_thread,
        strays=strays,
        events=(*decision.events, *events),
    )


def learn_links(known: Known, mail: Mail, decision: Decision) -> None:
    """Let the next mail of the same batch know what this one refers to, and what it is to the clock."""
    thread = decision.thread
    if thread is None:
        stray = Stray(
            mail.fingerprint, mail.message_id, mail.sender.key, mail.subject, decision.verdict.reason
        )
        for message_id in decision.refers_to:
            known.strays.setdefault(message_id, []).append(stray)
        return
    for message_id in decision.refers_to:
        known.referred.setdefault(message_id, thread.ref)
    _bring_home(known, decision.strays, thread.ref)
    if decision.turn:
        known.turns.setdefault(thread.ref, []).append(decision.turn)
    if decision.gmail_thread:
        known.by_gmail_thread.setdefault(decision.gmail_thread, thread.ref)
    theirs = known.by_customer.setdefault(thread.customer_address.casefold(), [])
    if thread.ref not in theirs:
        theirs.append(thread.ref)


def _bring_home(known: Known, strays: tuple[Stray, ...], ref: str) -> None:
    for stray in strays:
        known.fingerprints[stray.fingerprint] = ref
        if stray.message_id:
            known.by_message_id[stray.message_id] = ref
    for message_id, waiting in known.strays.items():
        known.strays[message_id] = [stray for stray in waiting if stray not in strays]
