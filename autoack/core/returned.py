"""What becomes of a thread whose customer gets no mail of ours: one bounced, or a server refused the address."""

from dataclasses import replace
from datetime import datetime

from autoack.core import news, sender_signs
from autoack.core.bounce import Bounced, bounced_of
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.message import Mail, Outcome, Verdict
from autoack.core.ours import is_ours
from autoack.core.plain import one_line, shortened
from autoack.core.policy import Desk
from autoack.core.thread import Known, Thread

UNDELIVERABLE = "undeliverable"  # `what` of the event
UNREACHED = "needless: mail does not reach the customer"  # why what still waits to go there is given up
NO_REASON = "returned"  # where the bounce gives none
_LONGEST = 200  # characters of the reason that is kept


def ids_of_ours(mail: Mail) -> tuple[str, ...]:
    """The Message-IDs of ours that a bounce names, the likeliest first; none where the mail looks like no bounce."""
    bounced = _bounced(mail)
    return tuple(one for one in bounced.message_ids if is_ours(one)) if bounced else ()


def returned(
    mail: Mail,
    verdict: Verdict,
    thread: Thread | None,
    desk: Desk,
    mailbox: str,
    known: Known,
    met: Circumstances,
) -> Decision | None:
    """The decision on a bounce that belongs to a thread; None where it belongs to none.

    Anybody can write a bounce. Only one that names the Message-ID of a mail that we sent, which no stranger can
    guess, says that the customer's address is bad; one that quotes our reference is noted.
    """
    ours = [known.threads.get(known.by_message_id.get(one) or "") for one in ids_of_ours(mail)]
    named = next((found for found in ours if found and found.mailbox == mailbox), None)
    thread = named or thread
    if thread is None:
        return None
    verdict = replace(verdict, outcome=Outcome.IGNORE)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason)
    bounced = _bounced(mail)
    if named is None or bounced is None or not _was_for_customer(bounced, thread, desk):
        return Decision(verdict, thread=thread, events=(note,))
    why = shortened(one_line(bounced.diagnostic), _LONGEST) or bounced.status or NO_REASON
    marked, told = _marked(thread, why, "bounce", met.now)
    return Decision(verdict, thread=marked, events=(note, told))


def refused(thread: Thread, to: str, reply: str, now: datetime) -> tuple[Thread, Event] | None:
    """The thread once a server has refused a mail of ours to `to`; None where that is not the customer's address.

    `reply` is the server's. What it says of somebody else in the thread tells nothing of the customer.
    """
    if to.casefold() != thread.customer_address.casefold():
        return None
    return _marked(thread, shortened(one_line(reply), _LONGEST) or NO_REASON, "refused", now)


def _marked(thread: Thread, why: str, reason: str, now: datetime) -> tuple[Thread, Event]:
    """The thread with why its customer gets no mail; whoever is in charge hears of it the first time."""
    who = thread.customer_address.casefold()
    told = Event(now, UNDELIVERABLE, who, why, reason, thread.ref, thread.mailbox)
    marked = replace(thread, undeliverable=why, updated_at=now)
    return (news.bounced(marked, now) if thread.undeliverable is None else marked), told


def _bounced(mail: Mail) -> Bounced | None:
    if mail.report or not mail.sender.address or sender_signs.is_daemon_like(mail.sender):
        return bounced_of(mail)
    return None


def _was_for_customer(bounced: Bounced, thread: Thread, desk: Desk) -> bool:
    """Our mails go to the customer and to people of the team; an address may be an alias of the customer's."""
    if not bounced.permanent or not bounced.recipients:
        return False
    if thread.customer_address.casefold() in bounced.recipients:
        return True
    return not any(desk.person_at(address) for address in bounced.recipients)
