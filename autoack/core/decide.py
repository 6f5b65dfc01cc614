"""Everything known about one mail, and now, gives one decision with its reason (DESIGN section 5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from autoack.core import ladder
from autoack.core.category import category, strong_language
from autoack.core.classify import classify, customer_address, reaches
from autoack.core.identify import identify
from autoack.core.language import choose
from autoack.core.message import Customer, Kind, Mail, Outcome, Verdict
from autoack.core.policy import Desk, Mailbox, Policy
from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import Known, State, Thread, find, free_reference


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a thread's timeline, and the stuff that statistics are made of.

    `what`: mail, wait, receipt, answer, thanks, remind, escalate, missed, close, reopen, snooze, wake, assign,
    ignore, sent, failed … `seconds` is a measured length where there is one: with `answer`, how long the
    customer had waited.
    """

    at: datetime
    what: str
    who: str | None = None
    detail: str = ""
    reason: str | None = None
    thread_ref: str | None = None
    mailbox: str | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from one mail. `thread` is the thread as it stands afterwards, None where none is touched.

    `receipt_promise` is the time that the receipt states; it is set where `wants_receipt` is.
    """

    verdict: Verdict
    thread: Thread | None = None
    opens_thread: bool = False
    wants_receipt: bool = False
    receipt_promise: datetime | None = None
    customer: Customer | None = None
    language: str | None = None
    language_reason: str = ""
    reply_to: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the mail was met.

    `old` says that it lay there before we watched and is not to be answered (`backlog`), or, after a change of
    UIDVALIDITY, that it cannot be told from mail that was dealt with long ago (DESIGN section 5).
    """

    now: datetime
    received_at: datetime  # INTERNALDATE, never later than now
    sent_folder: bool = False
    answered: bool = False  # it carries \Answered already
    old: bool = False


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
        return _team(mail, verdict, thread, mailbox.policy, known, met)
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
    return (_event(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason),)


def _event(
    met: Circumstances,
    thread: Thread,
    what: str,
    who: str | None,
    detail: str = "",
    reason: str | None = None,
    seconds: int | None = None,
) -> Event:
    return Event(met.now, what, who, detail, reason, thread.ref, thread.mailbox, seconds)


# --- the team ----------------------------------------------------------------------------------------------


def _team(
    mail: Mail, verdict: Verdict, thread: Thread | None, policy: Policy, known: Known, met: Circumstances
) -> Decision:
    """A mail by one of us. Only one that reaches the customer stops the clock (DESIGN principle 7)."""
    verdict = replace(verdict, outcome=Outcome.IGNORE if thread is None else Outcome.RECORD)
    if thread is None:
        return Decision(verdict)
    if not thread.customer_address or not reaches(mail, thread.customer_address):
        return _among_colleagues(mail, verdict, thread, policy, met)
    note = _event(met, thread, "mail", mail.sender.key, mail.subject, "team-reply")
    if thread.state not in (State.WAITING, State.SNOOZED) or not _after_wait_began(thread, met):
        learnt = _answered_by_person(mail, thread)
        return Decision(verdict, thread=learnt, events=(note,))
    stopped, event = answer(thread, met.received_at, mail.sender.key, "team-reply", policy, met.now)
    # What the customer wrote after that answer had joined the wait, since the answer is seen later only.
    later = [at for at in known.written.get(thread.ref, ()) if at > met.received_at]
    if later:
        again = _wait_begun(stopped, min(later), policy, met.now)
        begins = _event(met, thread, "wait", None, f"wait {again.wait}", "customer-mail")
        return Decision(verdict, scheduled(again, policy, met.now), events=(note, event, begins))
    return Decision(verdict, thread=stopped, events=(note, event))


def _answered_by_person(mail: Mail, thread: Thread) -> Thread:
    """A flag told us first that somebody had answered; the Sent copy tells who."""
    if thread.answered_by == "flag":
        return replace(thread, answered_by=mail.sender.key)
    return thread


def _after_wait_began(thread: Thread, met: Circumstances) -> bool:
    """An old copy that is moved about does not answer what came later. INTERNALDATE counts whole seconds."""
    return thread.waiting_since is None or met.received_at >= thread.waiting_since.replace(microsecond=0)


def _among_colleagues(
    mail: Mail, verdict: Verdict, thread: Thread, policy: Policy, met: Circumstances
) -> Decision:
    note = _event(met, thread, "mail", mail.sender.key, mail.subject, "team-internal")
    if thread.state is State.ANSWERED and thread.answered_by == "flag":
        undone = replace(thread, state=State.WAITING, answered_at=None, answered_by=None, updated_at=met.now)
        because = "the mail carried the flag of an answer, but what was sent went to a colleague only"
        resumed = _event(met, thread, "wait", None, because, "flag-undone")
        return Decision(verdict, thread=scheduled(undone, policy, met.now), events=(note, resumed))
    return Decision(verdict, thread=thread, events=(note,))


def answer(
    thread: Thread, at: datetime, who: str, reason: str, policy: Policy, now: datetime
) -> tuple[Thread, Event]:
    """The customer's wait is over: the clock stops at `at`."""
    waited = max(0, int((at - thread.waiting_since).total_seconds())) if thread.waiting_since else None
    stopped = replace(thread, state=State.ANSWERED, answered_at=at, answered_by=who, updated_at=now)
    event = Event(now, "answer", who, "", reason, thread.ref, thread.mailbox, waited)
    return scheduled(stopped, policy, now), event


def scheduled(thread: Thread, policy: Policy, now: datetime) -> Thread:
    """The thread with the step that comes next for it, as it now stands."""
    next_at, name = ladder.upcoming(thread, policy, now)
    return replace(thread, next_step_at=next_at, next_step=name)


# --- customers ---------------------------------------------------------------------------------------------


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
    verdict, clock = _weighed(verdict, mailbox, known, met, customer_address(mail, desk.organisation).key)
    chosen = choose(mail, mailbox, desk.organisation)
    address = customer_address(mail, desk.organisation)
    customer = identify(address, mail.signature, chosen.language)
    base = Decision(
        verdict,
        customer=customer,
        language=chosen.language,
        language_reason=chosen.reason,
        reply_to=address.address,
    )
    if thread is None:
        return _opened(mail, mailbox, known, met, base, clock)
    return _joined(mail, mailbox, met, base, thread, clock)


def _weighed(
    verdict: Verdict, mailbox: Mailbox, known: Known, met: Circumstances, address: str
) -> tuple[Verdict, bool]:
    """The verdict after age and limits, and whether the clock runs (contract: the field `clock`)."""
    if verdict.kind not in (Kind.CUSTOMER, Kind.CUSTOMER_REPLY):
        return verdict, False
    if met.old:
        because = "It lay in the folder before autoack began to watch it, or cannot be told from such mail."
        return replace(verdict, outcome=Outcome.RECORD, reason="backlog", because=because), False
    if verdict.outcome is not Outcome.RECEIPT:
        return verdict, True
    reason, because = _reason_against_receipt(mailbox, known, met, address)
    if reason:
        verdict = replace(verdict, outcome=Outcome.RECORD, reason=reason, because=because)
    return verdict, True


def _reason_against_receipt(
    mailbox: Mailbox, known: Known, met: Circumstances, address: str
) -> tuple[str, str]:
    """Why a person who could have a receipt gets none: reason and sentence, both empty where nothing speaks against."""
    if mailbox.receipt == "never":
        return "receipt-off", "This mailbox sends no receipts (`receipt: never`)."
    if met.answered:
        return "answered-already", "Somebody had answered it before it was read here."
    if met.now - met.received_at > mailbox.max_age:
        return "age", f"It arrived {_hours(met)} hours ago; `max_age` is {mailbox.max_age}."
    limit = mailbox.per_sender
    recent = [at for at in known.receipts.get(address, ()) if met.now - at <= limit.within]
    if len(recent) >= limit.receipts:
        return "limit", f"{address} had {len(recent)} receipts within {limit.within} (`per_sender`)."
    return "", ""


def _hours(met: Circumstances) -> int:
    return int((met.now - met.received_at).total_seconds() // 3600)


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
    note = _event(met, thread, "mail", mail.sender.key, mail.subject, base.verdict.reason)
    if not clock:
        return replace(base, thread=thread, events=(note,))
    if thread.state in (State.WAITING, State.SNOOZED):
        return _joins_wait(mail, mailbox, met, base, thread)
    if is_pure_thanks(mail.new_text, base.language):
        because = "Pure thanks after our answer: no question and no new request, so nobody waits."
        verdict = Verdict(base.verdict.kind, Outcome.RECORD, "thanks", because)
        thanks = _event(met, thread, "thanks", mail.sender.key, mail.subject, "thanks")
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
    note = _event(met, thread, "mail", mail.sender.key, mail.subject, verdict.reason)
    wants = verdict.outcome is Outcome.RECEIPT
    promise = _stated_promise(mailbox, thread.waiting_since or met.now, met) if wants else None
    return replace(
        base, verdict=verdict, thread=awake, wants_receipt=wants, receipt_promise=promise, events=(note,)
    )


def _waiting(mail: Mail, mailbox: Mailbox, met: Circumstances, base: Decision, thread: Thread) -> Decision:
    """A wait begins with this mail."""
    policy = mailbox.policy
    since = min(met.received_at, met.now)
    began = _wait_begun(thread, since, policy, met.now)
    note = _event(met, thread, "mail", mail.sender.key, mail.subject, base.verdict.reason)
    begins = _event(met, thread, "wait", None, f"wait {began.wait}", "customer-mail")
    events: tuple[Event, ...] = (note, begins)
    if met.answered:
        began, answered = answer(began, met.now, "flag", "flag", policy, met.now)
        events = (*events, answered)
    began = scheduled(began, policy, met.now)
    wants = base.verdict.outcome is Outcome.RECEIPT
    promise = _stated_promise(mailbox, since, met) if wants else None
    return replace(base, thread=began, wants_receipt=wants, receipt_promise=promise, events=events)


def _wait_begun(thread: Thread, since: datetime, policy: Policy, now: datetime) -> Thread:
    return replace(
        thread,
        state=State.WAITING,
        wait=thread.wait + 1,
        waiting_since=since,
        promised_at=ladder.promise(policy, since),
        resolve_at=ladder.resolution(policy, since),
        fired=(),
        answered_at=None,
        answered_by=None,
        closed_at=None,
        updated_at=now,
        clock=True,
    )


def _stated_promise(mailbox: Mailbox, since: datetime, met: Circumstances) -> datetime:
    """The time that a receipt states: the promise, counted anew from now where it has passed already."""
    promised = ladder.promise(mailbox.policy, since)
    return promised if promised > met.now else ladder.promise(mailbox.policy, met.now)
