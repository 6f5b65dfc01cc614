"""What a mail by one of the team does to the thread that it belongs to, or to the one that it opens."""

from dataclasses import replace

from autoack.core.decision import Circumstances, Decision, event_of
from autoack.core.follow_up import is_ours_tagged
from autoack.core.followed_up import followed_up
from autoack.core.identify import identify
from autoack.core.language import choose
from autoack.core.message import Address, Mail, Outcome, Verdict
from autoack.core.ownership import owned
from autoack.core.policy import Desk, Mailbox, Policy
from autoack.core.thread import Known, State, Thread, free_reference
from autoack.core.turns import Part, Turn, those_who_ask
from autoack.core.waits import after_turn, scheduled

_MOST_REACHED = 100  # addresses of one mail that are remembered
_MOST_STRANGERS = 3  # beyond that a mail that answers nothing is a circular, and begins no conversation
_CIRCULAR = frozenset({"list-id", "list-post", "list-unsubscribe"})


def team_mail(
    mail: Mail,
    verdict: Verdict,
    thread: Thread | None,
    desk: Desk,
    mailbox: Mailbox,
    known: Known,
    met: Circumstances,
) -> Decision:
    """A mail by one of us. Only one that reaches the customer stops the clock (DESIGN principle 7)."""
    if thread is None:
        return _opened(mail, verdict, desk, mailbox, known, met)
    verdict = replace(verdict, outcome=Outcome.RECORD)
    reached = frozenset(address.key for address in _reached(mail, desk)[:_MOST_REACHED])
    turn = Turn(met.received_at, Part.REPLY, mail.sender.key, reached) if reached else None
    turns = known.turns.get(thread.ref, [])
    customers = those_who_ask(turns) | {thread.customer_address.casefold()}
    if turn is None or customers.isdisjoint(reached):
        return replace(_among_colleagues(mail, verdict, thread, mailbox.policy, met), turn=turn)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, "team-reply")
    changed, events = after_turn(thread, turns, turn, mailbox.policy, met.now)
    if changed is thread:
        changed = _answered_by_person(mail, thread)
    changed, owner = owned(changed, mail.sender, desk, met)
    changed, promised = followed_up(mail, verdict, changed, desk, mailbox, met)
    return Decision(verdict, thread=changed, events=(note, *events, *owner, *promised), turn=turn)


def _reached(mail: Mail, desk: Desk) -> list[Address]:
    """Those in To, Cc and Bcc that are not addresses of this desk."""
    own = desk.own_addresses
    return [
        address
        for address in mail.recipients
        if address.address and address.key not in own and not is_ours_tagged(address, desk)
    ]


def _opened(
    mail: Mail, verdict: Verdict, desk: Desk, mailbox: Mailbox, known: Known, met: Circumstances
) -> Decision:
    """A mail to a customer that belongs to no thread opens one, in which nobody waits: the customer's reply joins it.

    It may also be an answer that is read before its question: then the question, when it comes, finds its answer
    here. Mail among colleagues and circulars open none.
    """
    strangers = [address for address in _reached(mail, desk) if _stranger(address, desk)]
    circular = mail.headers.first_of(_CIRCULAR) or mail.headers.get("precedence").lower() in ("bulk", "list")
    begins_too_many = not mail.references and len(strangers) > _MOST_STRANGERS
    if not strangers or circular or begins_too_many or met.old:
        return Decision(replace(verdict, outcome=Outcome.IGNORE))
    language = choose(mail, mailbox, desk.organisation).language
    customer = identify(strangers[0], "", language)
    thread = Thread(
        ref=free_reference(mailbox.id, mail.fingerprint, known),
        mailbox=mailbox.id,
        subject=mail.subject,
        customer_address=customer.address,
        customer_name=customer.name,
        honorific=customer.honorific,
        titled_name=customer.titled_name,
        language=language,
        state=State.ANSWERED,
        created_at=met.now,
        updated_at=met.now,
        answered_at=met.received_at,
        answered_by=mail.sender.key,
    )
    reached = frozenset(address.key for address in _reached(mail, desk)[:_MOST_REACHED])
    return Decision(
        replace(verdict, outcome=Outcome.RECORD),
        thread=scheduled(thread, mailbox.policy, met.now),
        opens_thread=True,
        events=(event_of(met, thread, "mail", mail.sender.key, mail.subject, "team-began"),),
        turn=Turn(met.received_at, Part.REPLY, mail.sender.key, reached),
    )


def _stranger(address: Address, desk: Desk) -> bool:
    organisation = desk.organisation
    colleague = address.domain in organisation.domains and not organisation.internal_customers
    return not colleague and desk.person_at(address.address) is None


def _answered_by_person(mail: Mail, thread: Thread) -> Thread:
    """A flag told us first that somebody had answered; the Sent copy tells who."""
    if thread.answered_by == "flag":
        return replace(thread, answered_by=mail.sender.key)
    return thread


def _among_colleagues(
    mail: Mail, verdict: Verdict, thread: Thread, policy: Policy, met: Circumstances
) -> Decision:
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, "team-internal")
    if thread.state is State.ANSWERED and thread.answered_by == "flag":
        undone = replace(thread, state=State.WAITING, answered_at=None, answered_by=None, updated_at=met.now)
        because = "the mail carried the flag of an answer, but what was sent went to a colleague only"
        resumed = event_of(met, thread, "wait", None, because, "flag-undone")
        return Decision(verdict, thread=scheduled(undone, policy, met.now), events=(note, resumed))
    return Decision(verdict, thread=thread, events=(note,))
