"""What speaks against a receipt for a person who could have one: age, limits, loops, storms, the ops' own wish."""

import re
from dataclasses import replace
from datetime import timedelta

from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.policy import Limit, Mailbox
from autoack.core.storm import gathered
from autoack.core.subject import bare_subject
from autoack.core.thread import Known, Said, State, Thread
from autoack.core.words import fold

LOOP_WINDOW = timedelta(days=7)  # how far back a writer's words are compared
MOST_IN_A_LOOP = 2  # receipts to somebody who says nothing new

_ENOUGH = 20_000  # characters of a mail that are compared
_ALIKE = 0.8  # of all words: one day's name may take the place of another's
_STAMPS = re.compile(r"\[[^\]]*\]|\([^)]*\)|#\S+|\d{1,4}[./-]\d{1,2}[./-]\d{0,4}|\d{1,2}:\d\d(?::\d\d)?")
_WORD = re.compile(r"[^\W\d_]{2,}")


def weighed(
    verdict: Verdict,
    mail: Mail,
    mailbox: Mailbox,
    known: Known,
    met: Circumstances,
    address: str,
    thread: Thread | None,
) -> tuple[Verdict, bool]:
    """The verdict after age, limits and loops, and whether the clock runs (contract: the field `clock`).

    `address`: whom a receipt would go to, case folded. `thread`: the one that the mail belongs to.
    """
    if verdict.kind not in (Kind.CUSTOMER, Kind.CUSTOMER_REPLY):
        return verdict, False
    if met.old:
        because = "It lay in the folder before autoack began to watch it, or cannot be told from such mail."
        return replace(verdict, outcome=Outcome.RECORD, reason="backlog", because=because), False
    if verdict.outcome is not Outcome.RECEIPT:
        return verdict, True
    reason, because = _reason_against_receipt(mailbox, known, met, address)
    if not reason:
        reason, because = _loop(mail, mailbox, known, address, thread)
    if reason:
        verdict = replace(verdict, outcome=Outcome.RECORD, reason=reason, because=because)
    return verdict, True


def held_back(decision: Decision, mailbox: Mailbox, known: Known, met: Circumstances) -> Decision:
    """The same; but in a storm of receipts this one is kept until the storm is over, or somebody resumes."""
    if not decision.wants_receipt:
        return decision
    storm = gathered(known.storm, known.receipts_lately, mailbox.storm, met.now)
    if storm is None:
        return decision
    because = (
        f"Its receipt is held back: {storm_words(mailbox.storm)}. It goes when that is over, or by a resume."
    )
    verdict = replace(decision.verdict, reason="storm", because=because)
    events = tuple(replace(e, reason="storm") if e.what == "mail" else e for e in decision.events)
    return replace(decision, verdict=verdict, storm=storm, events=events)


def storm_words(limit: Limit) -> str:
    """What a storm is, for `outbox` and `show`."""
    return f"more than {limit.receipts} receipts within {span(limit.within)} (`storm`)"


def span(length: timedelta) -> str:
    """A length of time as the configuration writes it: 90s, 10m, 24h, 3d."""
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        # A day is written as 24h: so does the documentation.
        if seconds and seconds % size == 0 and (unit != "d" or seconds > size):
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _reason_against_receipt(
    mailbox: Mailbox, known: Known, met: Circumstances, address: str
) -> tuple[str, str]:
    """Why a person who could have a receipt gets none: reason and sentence, both empty where nothing speaks against."""
    if mailbox.receipt == "never":
        return "receipt-off", "This mailbox sends no receipts (`receipt: never`)."
    if met.answered:
        return "answered-already", "Somebody had answered it before it was read here."
    if met.now - met.received_at > mailbox.max_age:
        return "age", f"It arrived {_hours(met)} hours ago; `max_age` is {span(mailbox.max_age)}."
    limit = mailbox.per_sender
    recent = [at for at in known.receipts.get(address, ()) if met.now - at <= limit.within]
    if len(recent) >= limit.receipts:
        return "limit", f"{address} had {len(recent)} receipts within {span(limit.within)} (`per_sender`)."
    return "", ""


def _hours(met: Circumstances) -> int:
    return int((met.now - met.received_at).total_seconds() // 3600)


# --- loops ------------------------------------------------------------------------------------------------


def _loop(mail: Mail, mailbox: Mailbox, known: Known, address: str, thread: Thread | None) -> tuple[str, str]:
    """Two systems that answer each other, the other one without a mark on its mails (RFC 3834 §2).

    Whether a person wrote cannot be seen; whether anything new was said can.
    """
    waits = thread is not None and thread.state in (State.WAITING, State.SNOOZED)
    if thread is not None and not (waits and mailbox.receipt == "first") and _adds_nothing(mail):
        return "loop", f"It answers {thread.ref} and adds no words of its own."
    said = known.said.get(address, ())
    if len(said) >= MOST_IN_A_LOOP and any(says_nothing_new(mail, earlier) for earlier in said):
        because = (
            f"{address} had {len(said)} receipts in {span(LOOP_WINDOW)}, one of them for these very words."
        )
        return "loop", because
    return "", ""


def says_nothing_new(mail: Mail, earlier: Said) -> bool:
    """Whether the writer's own words are those of an earlier mail of theirs, about the same matter.

    Quoted mail, addresses and whatever holds a digit (dates, times, references) count for nothing in the text.
    In the subject a number counts unless it looks like a stamp: who orders by number has something new to say.
    """
    words, before = _words(mail.new_text or mail.text), _words(earlier.text)
    if not words and mail.attachments:
        return False
    alike = len(words & before) >= _ALIKE * len(words | before)
    return alike and _matter(mail.subject) == _matter(earlier.subject)


def _adds_nothing(mail: Mail) -> bool:
    return not mail.attachments and not _words(mail.new_text)


def _words(text: str) -> frozenset[str]:
    """The distinct words, folded."""
    tokens = (token for token in text[:_ENOUGH].split() if "@" not in token and "://" not in token)
    plain = " ".join(token for token in tokens if token.isalpha() or not any(map(str.isdigit, token)))
    return frozenset(_WORD.findall(fold(plain)))


def _matter(subject: str) -> str:
    """The subject without prefixes, case, accents, and stamps that mail systems put in."""
    return bare_subject(" ".join(fold(_STAMPS.sub(" ", bare_subject(subject))).split()))
