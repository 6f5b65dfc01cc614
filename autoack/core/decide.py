"""Everything known about one mail, and now, gives one decision with its reason (DESIGN section 5)."""

from dataclasses import replace

from autoack.core.category import category, strong_language
from autoack.core.classify import classify, customer_address
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.guards import held_back, weighed
from autoack.core.identify import identify
from autoack.core.language import choose
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.policy import Desk, Mailbox
from autoack.core.team_mail import team_mail
from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import Known, State, Thread, find, free_reference
from autoack.core.waits import answer, begun, scheduled, stated_promise


def decide(mail: Mail, desk: Desk, mailbox: Mailbox, known: Known, met: Circumstances) -> Decision:
    """What becomes of this mail: reasons not to act come first."""
    thread = _thread_of(mail, mailbox, known)
    verdict = classify(
        mail, desk, mailbox, sent_folder=met.sent_folder, thread_customer=_from_customer(mail, thread)
    )
    if mail.fingerprint in known.fingerprints:
        because = "This mail was met before, in this or another watched folder (same Message-ID or content)."
        # With its thread: after a change of UIDVALIDITY the flag of an answer is looked for in the new place.
        return Decision(
            Verdict(verdict.kind, Outcome.IGNORE, "duplicate", because),
            _thread_that_has(mail, mailbox, known),
        )
    if verdict.kind is Kind.TEAM:
        return team_mail(mail, verdict, thread, mailbox.policy, known, met)
    if verdict.outcome is Outcome.IGNORE:
        return Decision(verdict, thread=thread, events=_noted(mail, verdict, thread, met))
    return _customer(mail, desk, mailbox, known, met, thread, verdict)


def learn(known: Known, mail: Mail, decision: Decision) -> None:
    """Let the next mail of the same batch know of this decision."""
    ref = decision.thread.ref if decision.thread else None
    if decision.thread:
        known.threads[decision.thread.ref] = decision.thread
    if decision.verdict.reason == "duplicate":
        return
    known.fingerprints[mail.fingerprint] = ref
    if mail.message_id:
        known.by_message_id[mail.message_id] = ref
    if decision.wants_receipt and decision.customer and decision.thread:
        since = decision.thread.updated_at or decision.thread.created_at
        known.receipts.setdefault(decision.customer.address.casefold(), []).append(since)
        known.receipts_lately += 1
        known.storm = decision.storm or known.storm


def _thread_of(mail: Mail, mailbox: Mailbox, known: Known) -> Thread | None:
    found = find(mail, known)
    thread = known.threads.get(found.ref) if found else None
    return thread if thread and thread.mailbox == mailbox.id else None


def _thread_that_has(mail: Mail, mailbox: Mailbox, known: Known) -> Thread | None:
    thread = known.threads.get(known.fingerprints[mail.fingerprint] or "")
    return thread if thread and thread.mailbox == mailbox.id else None


def _from_customer(mail: Mail, thread: Thread | None) -> bool:
    return thread is not None and mail.sender.key == thread.customer_address.casefold()


def _noted(mail: Mail, verdict: Verdict, thread: Thread | None, met: Circumstances) -> tuple[Event, ...]:
    """The line in the thread's timeline for a mail that changes nothing."""
    if thread is None:
        return ()
    return (event_of(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason),)


def _customer(
    mail: Mail,
    desk: Desk,
    mailbox: Mailbox,
    known: Known,
    met: Circumstances,
    thread: Thread | None,
    verdict: Verdict,
) -> Decision:
    """A mail that a person of the team should see: it opens a thread, or joins one."""
    if thread is not None and verdict.kind is Kind.CUSTOMER:
        verdict = replace(verdict, kind=Kind.CUSTOMER_REPLY)
    if thread is None and met.old and mailbox.backlog == "ignore":
        because = "It lay in the folder before autoack began to watch it (`backlog: ignore`)."
        return Decision(replace(verdict, outcome=Outcome.IGNORE, reason="backlog", because=because))
    address = customer_address(mail, desk.organisation)
    verdict, clock = weighed(verdict, mail, mailbox, known, met, address.key, thread)
    chosen = choose(mail, mailbox, desk.organisation)
    customer = identify(address, mail.signature, chosen.language)
    base = Decision(
        verdict,
        customer=customer,
        language=chosen.language,
        language_reason=chosen.reason,
        reply_to=address.address,
    )
    if thread is None:
        decision = _opened(mail, mailbox, known, met, base, clock)
    else:
        decision = _joined(mail, mailbox, met, base, thread, clock)
    return held_back(decision, mailbox, known, met)


def _opened(
    mail: Mail, mailbox: Mailbox, known: Known, met: Circumstances, base: Decision, clock: bool
) -> Decision:
    assert base.customer is not None and base.language is not None
    thread = Thread(
        ref=free_reference(mailbox.id, mail.fingerprint, known),
        mailbox=mailbox.id,
        subject=mail.subject,
        customer_address=base.customer.address,
        customer_name=base.customer.name,
        honorific=base.customer.honorific,
        language=base.language,
        state=State.CLOSED,
        created_at=met.now,
        updated_at=met.now,
        category=category(mail.new_text, mail.subject),
        strong_language=strong_language(mail.new_text),
        clock=clock,
    )
    if not clock:
        kept = replace(thread, closed_at=met.now)
        return replace(base, thread=kept, opens_thread=True, events=_noted(mail, base.verdict, kept, met))
    return replace(_waiting(mail, mailbox, met, base, thread), opens_thread=True)


def _joined(
    mail: Mail, mailbox: Mailbox, met: Circumstances, base: Decision, thread: Thread, clock: bool
) -> Decision:
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, base.verdict.reason)
    if not clock:
        return replace(base, thread=thread, events=(note,))
    if thread.state in (State.WAITING, State.SNOOZED):
        return _joins_wait(mail, mailbox, met, base, thread)
    if is_pure_thanks(mail.new_text, base.language):
        because = "Pure thanks after our answer: no question and no new request, so nobody waits."
        verdict = Verdict(base.verdict.kind, Outcome.RECORD, "thanks", because)
        thanks = event_of(met, thread, "thanks", mail.sender.key, mail.subject, "thanks")
        return replace(base, verdict=verdict, thread=replace(thread, updated_at=met.now), events=(thanks,))
    return _waiting(mail, mailbox, met, base, thread)


def _joins_wait(mail: Mail, mailbox: Mailbox, met: Circumstances, base: Decision, thread: Thread) -> Decision:
    """A further mail before any answer joins the wait and does not restart it (DESIGN section 5)."""
    awake = replace(thread, updated_at=met.now)
    if thread.state is State.SNOOZED:
        awake = scheduled(replace(awake, state=State.WAITING), mailbox.policy, met.now)
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


def _waiting(mail: Mail, mailbox: Mailbox, met: Circumstances, base: Decision, thread: Thread) -> Decision:
    """A wait begins with this mail."""
    policy = mailbox.policy
    since = min(met.received_at, met.now)
    began = begun(thread, since, policy, met.now)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, base.verdict.reason)
    begins = event_of(met, thread, "wait", None, f"wait {began.wait}", "customer-mail")
    events: tuple[Event, ...] = (note, begins)
    if met.answered:
        began, answered = answer(began, met.now, "flag", "flag", policy, met.now)
        events = (*events, answered)
    began = scheduled(began, policy, met.now)
    wants = base.verdict.outcome is Outcome.RECEIPT
    promise = stated_promise(mailbox, since, met) if wants else None
    return replace(base, thread=began, wants_receipt=wants, receipt_promise=promise, events=events)
