"""What the ops' rules mean for one mail: who its customer is, whether a receipt goes, what its thread takes over."""

from dataclasses import replace

from autoack.core.category import category, strong_language
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.identify import identify, signature_of
from autoack.core.message import Address, Customer, Kind, Mail, Outcome, Verdict
from autoack.core.news import assigned
from autoack.core.news import ruled as told_of
from autoack.core.policy import Desk, Mailbox, Policy, is_recurring
from autoack.core.reply_to import customer_address
from autoack.core.rules import Ruled, apply, unanswered
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled


def ruled_by(mail: Mail, desk: Desk, *, sent_folder: bool = False) -> Ruled | None:
    """What the rules set; None where there are none to ask. What lies in a Sent folder no customer wrote."""
    if sent_folder or not desk.rules:
        return None
    return apply(mail, desk.rules, category(mail.new_text, mail.subject))


def writer_named(mail: Mail, desk: Desk) -> str:
    """The address, case folded, of the customer whom a rule takes out of the mail; mostly empty."""
    if not any(rule.customer and rule.customer.address for rule in desk.rules):
        return ""
    ruled = ruled_by(mail, desk)
    return ruled.customer.address.casefold() if ruled and ruled.customer else ""


def as_ruled(mailbox: Mailbox, ruled: Ruled, thread: Thread | None, desk: Desk) -> Mailbox:
    """The mailbox as it is for this mail: with the rules' policy (now or when the thread began) and receipts."""
    kept = thread.policy if thread and not is_recurring(thread.policy) else None
    box = desk.policed(mailbox, ruled.policy or kept)
    return replace(box, receipt=ruled.receipt) if ruled.receipt else box


def customer_of(mail: Mail, ruled: Ruled, desk: Desk, language: str) -> Customer:
    """Who the customer is: whom a rule names, else the sender. Without an address there is nobody to write to."""
    named = ruled.customer
    if named is None:
        return identify(customer_address(mail, desk.organisation), signature_of(mail), language)
    if named.says_address:
        given = "" if named.address.casefold() in desk.own_addresses else named.address
        address, signature = Address("", given), ""
    elif ruled.from_mailbox:
        address, signature = customer_address(mail, desk.organisation), signature_of(mail)
    else:  # the sender is the machine that tells of the call, the letter or the chat
        address, signature = Address("", ""), ""
    if named.name:
        address = replace(address, name=named.name)
    return replace(identify(address, signature, language), phone=named.phone)


def judged(verdict: Verdict, ruled: Ruled, customer: Customer) -> Verdict:
    """The verdict on a customer's mail after what the rules say of customer and receipt."""
    if verdict.kind not in (Kind.CUSTOMER, Kind.CUSTOMER_REPLY):
        return verdict
    named = ruled.customer if ruled.names_customer else None
    if named is not None:
        who = customer.address or customer.phone or customer.name or "somebody without an address"
        because = f"The rule “{named.rule}” says who the customer is: {who}."
        verdict = replace(verdict, outcome=Outcome.RECEIPT, reason="rule", because=because)
    if ruled.receipt == "never" and verdict.outcome is Outcome.RECEIPT:
        because = f"The rule “{ruled.who_set('receipt')}” sends no receipt (`receipt: never`)."
        return replace(verdict, outcome=Outcome.RECORD, reason="receipt-off", because=because)
    if named is not None and not customer.address:
        why = named.fault or ("it is one of this desk" if named.says_address else "it has none to give")
        because = f"The rule “{named.rule}” found no address for a receipt: {why}. The team sees the mail."
        return replace(verdict, outcome=Outcome.RECORD, reason="no-address", because=because)
    return verdict


def noted(
    decision: Decision, mail: Mail, before: Thread | None, desk: Desk, policy: Policy, met: Circumstances
) -> Decision:
    """The decision with what its thread takes over from the rules; `before` is the thread that the mail joins.

    What a rule says of a further mail counts from then on; what it leaves open stays. Pure thanks change nothing.
    """
    thread, ruled = decision.thread, decision.ruled
    if thread is None or ruled is None or decision.verdict.reason == "thanks":
        return decision
    opened = before is None or not before.wait  # the team may have written first
    marked = _marked(thread, ruled, decision, mail, opened=opened)
    news = before is None or thread.wait > before.wait or _matter(marked) != _matter(before)
    if ruled.notify and news and marked.clock and marked.state is State.WAITING:
        marked = told_of(marked, ruled.notify)
    given = marked.assignee if marked.clock and marked.assignee != thread.assignee else None
    if given and not _hears(ruled, given):
        marked = assigned(marked, given, met.now)
    if marked.notify:
        marked = scheduled(marked, policy, met.now)
    questions: tuple[str, ...] = ()
    if decision.wants_receipt and opened:
        questions = unanswered(mail, desk.questions, marked.category, marked.language)
    events = (*decision.events, *_lines(ruled, marked, met)) if news else decision.events
    return replace(decision, thread=marked, policy=policy, questions=questions, events=events)


def _hears(ruled: Ruled, person: str) -> bool:
    """Whether the rules have this person told of the mail anyway."""
    return not {"assignee", person}.isdisjoint(ruled.notify or ())


def _marked(thread: Thread, ruled: Ruled, decision: Decision, mail: Mail, *, opened: bool) -> Thread:
    kept = thread.category
    if (
        opened or ruled.says_category or ruled.category == "complaint"
    ):  # a complaint outweighs what came before
        kept = ruled.category
    return replace(
        thread,
        category=kept,
        strong_language=thread.strong_language or strong_language(mail.new_text),
        priority=ruled.priority or thread.priority,
        policy=ruled.policy or thread.policy,
        assignee=thread.assignee or ruled.assignee,
        channel=(ruled.channel or thread.channel) if opened else thread.channel,
        customer_phone=thread.customer_phone or (decision.customer.phone if decision.customer else None),
    )


def _matter(thread: Thread) -> tuple[str, str, str | None]:
    return thread.category, thread.priority, thread.policy


def _lines(ruled: Ruled, thread: Thread, met: Circumstances) -> list[Event]:
    """What the rules did, for the thread's timeline."""
    told = [event_of(met, thread, "rule", None, str(one), "rule") for one in ruled.applied if one.sets]
    return told + [event_of(met, thread, "rule", None, fault, "gave-up") for fault in ruled.faults]
