"""What a customer's mail does to the thread that it joins: the wait begins, goes on, or was over before."""

from dataclasses import replace

from autoack.core.ballots import Ballot, ballot_in
from autoack.core.category import category, strong_language
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.message import Mail, Outcome, Verdict
from autoack.core.pause import taken_up
from autoack.core.policy import Mailbox
from autoack.core.recurring import taken_over
from autoack.core.reply_to import written_to
from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import Known, State, Thread
from autoack.core.turns import Part, Turn, answered_later, those_who_ask
from autoack.core.waiting import with_terms
from autoack.core.waits import after_turn, answer, begun, scheduled, stated_promise, terms_of


def customers_of(thread: Thread, known: Known) -> frozenset[str]:
    """Everybody who is a customer of this thread, case folded: whom it is about, and who else wrote in it."""
    return those_who_ask(known.turns.get(thread.ref, ())) | {thread.customer_address.casefold()}


def turn_of(mail: Mail, base: Decision, met: Circumstances) -> Turn:
    """What a customer's mail is to the clock."""
    assert base.customer is not None
    thanks = not mail.attachments and is_pure_thanks(mail.new_text, base.language)
    answer_goes_to = frozenset({base.customer.address.casefold()})
    named = base.ruled is not None and base.ruled.names_customer  # the sender wrote it for them
    who = base.customer.address.casefold() if named else mail.sender.key
    return Turn(met.received_at, Part.THANKS if thanks else Part.ASK, who, answer_goes_to)


def joined(
    mail: Mail,
    mailbox: Mailbox,
    known: Known,
    met: Circumstances,
    base: Decision,
    thread: Thread,
    clock: bool,
) -> Decision:
    """The decision on a customer's mail that belongs to this thread."""
    if not clock:
        note = event_of(met, thread, "mail", mail.sender.key, mail.subject, base.verdict.reason)
        return replace(base, thread=thread, events=(note,))
    turns, turn = known.turns.get(thread.ref, []), turn_of(mail, base, met)
    ballot = ballot_in(mail, surveys_of(thread, known), thread)
    if ballot is not None and not ballot.asks(base.language):
        return _rated(mail, met, replace(base, turn=replace(turn, part=Part.THANKS)), thread, ballot)
    base = replace(base, turn=turn, ballot=ballot)
    if turn.part is not Part.THANKS:
        thread = taken_over(thread, met.now)
    thread, joins = _with_customer(mail, mailbox, base, thread, known, met)
    changed, events = after_turn(thread, turns, turn, mailbox.policy, met.now)
    if thread.state in (State.WAITING, State.SNOOZED):
        if changed.state is State.ANSWERED:
            decision = _answered_before(mail, met, base, changed, events)
        elif changed.wait > thread.wait:
            decision = waiting(mail, mailbox, met, base, changed, events)
        else:
            decision = _joins_wait(mail, mailbox, met, base, changed)
    elif turn.part is Part.THANKS:
        # Whose thanks these are may tell that an answer, read before, reached a customer.
        decision = _thanked(mail, met, base, changed, events)
    elif answered_later(turns, customers_of(thread, known), turn):
        decision = _answered_before(mail, met, base, changed, events)
    else:
        since = met.received_at
        if thread.state is State.ANSWERED:
            since = (
                changed.waiting_since if changed.state is State.WAITING and changed.waiting_since else since
            )
        began = begun(thread, since, mailbox.policy, met.now)
        decision = waiting(mail, mailbox, met, base, began)
    return replace(decision, events=(*joins, *decision.events))


def surveys_of(thread: Thread, known: Known) -> frozenset[str]:
    """The Message-IDs of the surveys that we sent about this thread."""
    return frozenset(message_id for message_id, ref in known.surveys.items() if ref == thread.ref)


def _with_customer(
    mail: Mail, mailbox: Mailbox, base: Decision, thread: Thread, known: Known, met: Circumstances
) -> tuple[Thread, tuple[Event, ...]]:
    """The thread as its own customer's mail makes it; that another customer joined is told in its timeline.

    A thread that the team opened gets its customer by the first who writes in it.
    """
    assert base.customer is not None and base.turn is not None
    who = base.turn.who
    if not thread.wait and thread.clock:
        return replace(
            thread,
            customer_address=base.customer.address,
            customer_name=base.customer.name,
            honorific=base.customer.honorific,
            titled_name=base.customer.titled_name,
            language=base.language or thread.language,
            category=category(mail.new_text, mail.subject),
            strong_language=strong_language(mail.new_text),
            written_to=written_to(mail, mailbox),
        ), ()
    if who == thread.customer_address.casefold():
        return replace(thread, undeliverable=None, written_to=written_to(mail, mailbox)), ()
    if who in customers_of(thread, known):
        return thread, ()
    detail = f"another customer joins; the thread stays that of {thread.customer_address}"
    return thread, (event_of(met, thread, "joined", who, detail, "other-customer"),)


def _thanked(
    mail: Mail, met: Circumstances, base: Decision, thread: Thread, events: tuple[Event, ...]
) -> Decision:
    because = "Pure thanks after our answer: no question and no new request, so nobody waits."
    verdict = Verdict(base.verdict.kind, Outcome.RECORD, "thanks", because)
    thanks = event_of(met, thread, "thanks", mail.sender.key, mail.subject, "thanks")
    return replace(
        base, verdict=verdict, thread=replace(thread, updated_at=met.now), events=(thanks, *events)
    )


def _rated(mail: Mail, met: Circumstances, base: Decision, thread: Thread, ballot: Ballot) -> Decision:
    because = (
        f"A reply to our survey that rates us {ballot.stars} of 5 and asks for nothing, so nobody waits."
    )
    verdict = Verdict(base.verdict.kind, Outcome.RECORD, "rated", because)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, "rated")
    same = replace(thread, updated_at=met.now)
    return replace(base, verdict=verdict, thread=same, ballot=ballot, events=(note,))


def _answered_before(
    mail: Mail, met: Circumstances, base: Decision, thread: Thread, events: tuple[Event, ...]
) -> Decision:
    """The team's answer was read before the mail that it answers: the clock stopped when the answer arrived."""
    because = f"The team's answer, which came after this mail, was read before it ({thread.ref})."
    verdict = replace(base.verdict, outcome=Outcome.RECORD, reason="answered-already", because=because)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason)
    return replace(base, verdict=verdict, thread=replace(thread, updated_at=met.now), events=(note, *events))


def _joins_wait(mail: Mail, mailbox: Mailbox, met: Circumstances, base: Decision, thread: Thread) -> Decision:
    """A further mail before any answer joins the wait and does not restart it (DESIGN section 5)."""
    awake = replace(thread, updated_at=met.now)
    if thread.state is State.SNOOZED:
        awake = scheduled(taken_up(awake, mailbox.policy, met.now), mailbox.policy, met.now)
    verdict = base.verdict
    if verdict.outcome is Outcome.RECEIPT and mailbox.receipt != "every":
        because = f"A further mail of {thread.ref}, which waits for our answer and has its receipt."
        verdict = replace(verdict, outcome=Outcome.RECORD, reason="joins-wait", because=because)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason)
    wants = verdict.outcome is Outcome.RECEIPT
    promise = stated_promise(mailbox, thread.waiting_since or met.now, met) if wants else None
    return replace(
        base, verdict=verdict, thread=awake, wants_receipt=wants, receipt_promise=promise, events=(note,)
    )


def waiting(
    mail: Mail,
    mailbox: Mailbox,
    met: Circumstances,
    base: Decision,
    began: Thread,
    events: tuple[Event, ...] = (),
    turn: Turn | None = None,
) -> Decision:
    """A wait has begun with this mail; `events` tell it, where there is more to tell than that.

    `turn` is what the mail is to the clock, where `base` does not know yet.
    """
    policy = mailbox.policy
    note = event_of(met, began, "mail", mail.sender.key, mail.subject, base.verdict.reason)
    kept = with_terms(f"wait {began.wait}", terms_of(began))
    begins = event_of(met, began, "wait", None, kept, "customer-mail")
    told = (note, *(events or (begins,)))
    if met.answered:
        began, answered = answer(began, met.now, "flag", "flag", policy, met.now)
        told = (*told, answered)
    began = scheduled(began, policy, met.now)
    wants = base.verdict.outcome is Outcome.RECEIPT
    promise = stated_promise(mailbox, began.waiting_since or met.now, met) if wants else None
    return replace(
        base,
        thread=began,
        wants_receipt=wants,
        receipt_promise=promise,
        events=told,
        turn=turn or base.turn,
    )
