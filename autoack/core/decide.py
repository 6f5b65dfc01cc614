"""Everything known about one mail, and now, gives one decision with its reason (DESIGN section 5)."""

from dataclasses import replace

from autoack.core.category import category
from autoack.core.classify import classify
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.finding import find, learn_links, linked
from autoack.core.followed_up import of_copy
from autoack.core.guards import held_back, weighed
from autoack.core.joining import customers_of, joined, turn_of, waiting
from autoack.core.language import choose
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.policy import Desk, Mailbox
from autoack.core.reply_to import written_to
from autoack.core.returned import returned
from autoack.core.rules import Ruled
from autoack.core.ruling import as_ruled, customer_of, judged, noted, ruled_by
from autoack.core.satisfaction import VOICED
from autoack.core.team_mail import team_mail
from autoack.core.thread import Known, State, Thread, free_reference
from autoack.core.unwanted import UNWANTED, asks_for_silence
from autoack.core.waits import begun

_PEOPLES = (Kind.CUSTOMER, Kind.CUSTOMER_REPLY)


def decide(mail: Mail, desk: Desk, mailbox: Mailbox, known: Known, met: Circumstances) -> Decision:
    """What becomes of this mail: reasons not to act come first."""
    found = find(mail, known, mailbox.id, met.received_at, met.gmail_thread)
    thread = found.thread if found else None
    of_customer = thread is not None and mail.sender.key in customers_of(thread, known)
    ruled = ruled_by(mail, desk, sent_folder=met.sent_folder)
    named = ruled is not None and ruled.names_customer
    verdict = classify(
        mail, desk, mailbox, sent_folder=met.sent_folder, thread_customer=of_customer, named=named
    )
    if mail.fingerprint in known.fingerprints:
        because = "This mail was met before, in this or another watched folder (same Message-ID or content)."
        # With its thread: after a change of UIDVALIDITY the flag of an answer is looked for in the new place.
        copy = Decision(
            Verdict(verdict.kind, Outcome.IGNORE, "duplicate", because),
            _thread_that_has(mail, mailbox, known),
        )
        return of_copy(mail, verdict, copy, desk, mailbox, met)
    if verdict.kind is Kind.TEAM:
        box = desk.policed(mailbox, thread.policy if thread else None)
        decision = team_mail(mail, verdict, thread, desk, box, known, met)
    elif verdict.kind is Kind.BOUNCE and (
        bounce := returned(mail, verdict, thread, desk, mailbox.id, known, met)
    ):
        decision = bounce
    elif verdict.outcome is Outcome.IGNORE:
        decision = Decision(verdict, thread=thread, events=_noted(mail, verdict, thread, met))
    else:
        ruled = ruled or Ruled(category(mail.new_text, mail.subject))
        box = as_ruled(mailbox, ruled, thread, desk)
        decision = _customer(mail, desk, box, known, met, thread, verdict, ruled)
    return linked(decision, mail, found, known, met)


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
    learn_links(known, mail, decision)
    if decision.wants_receipt and decision.customer and decision.thread:
        since = decision.thread.updated_at or decision.thread.created_at
        known.receipts.setdefault(decision.customer.address.casefold(), []).append(since)
        known.receipts_lately += 1
        known.storm = decision.storm or known.storm


def _thread_that_has(mail: Mail, mailbox: Mailbox, known: Known) -> Thread | None:
    thread = known.threads.get(known.fingerprints[mail.fingerprint] or "")
    return thread if thread and thread.mailbox == mailbox.id else None


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
    ruled: Ruled,
) -> Decision:
    """A mail that a person of the team should see: it opens a thread, or joins one."""
    if thread is not None and verdict.kind is Kind.CUSTOMER:
        verdict = replace(verdict, kind=Kind.CUSTOMER_REPLY)
    if thread is None and met.old and mailbox.backlog == "ignore":
        because = "It lay in the folder before autoack began to watch it (`backlog: ignore`)."
        return Decision(replace(verdict, outcome=Outcome.IGNORE, reason="backlog", because=because))
    chosen = choose(mail, mailbox, desk.organisation, _earlier_languages(mail, known))
    customer = customer_of(mail, ruled, desk, chosen.language)
    verdict = judged(verdict, ruled, customer)
    verdict, clock = weighed(verdict, mail, mailbox, known, met, customer.address.casefold(), thread)
    base = Decision(
        verdict,
        customer=customer,
        language=chosen.language,
        language_reason=chosen.reason,
        reply_to=customer.address or None,
        ruled=ruled,
        opens_thread=thread is None,
    )
    if thread is None:
        decision = _opened(mail, mailbox, known, met, base, clock)
    else:
        decision = joined(mail, mailbox, known, met, base, thread, clock)
    decision = _voiced(noted(decision, mail, thread, desk, mailbox.policy, met), mail, ruled, met)
    return held_back(decision, mailbox, known, met)


def _voiced(decision: Decision, mail: Mail, ruled: Ruled, met: Circumstances) -> Decision:
    """With lines on what the digest counts and letters mind: complaint, praise, the wish not to be written to."""
    thread, who = decision.thread, mail.sender.key
    if thread is None or decision.verdict.kind not in _PEOPLES:
        return decision
    events = [event_of(met, thread, ruled.category, who)] if ruled.category in VOICED else []
    if asks_for_silence(mail.new_text):
        events.append(event_of(met, thread, UNWANTED, who, "asks for no more mail that nobody wrote"))
    return replace(decision, events=(*decision.events, *events)) if events else decision


def _earlier_languages(mail: Mail, known: Known) -> tuple[str, ...]:
    """In which languages this customer was answered of late, in this mailbox."""
    refs = known.by_customer.get(mail.sender.key, ())
    threads = sorted((known.threads[ref] for ref in refs if ref in known.threads), key=lambda t: t.created_at)
    return tuple(thread.language for thread in threads)


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
        titled_name=base.customer.titled_name,
        language=base.language,
        state=State.CLOSED,
        created_at=met.now,
        updated_at=met.now,
        clock=clock,
        written_to=written_to(mail, mailbox),
    )
    if not clock:
        kept = replace(thread, closed_at=met.now)
        return replace(base, thread=kept, events=_noted(mail, base.verdict, kept, met))
    turn = turn_of(mail, base, met)
    return waiting(mail, mailbox, met, base, begun(thread, turn.at, mailbox.policy, met.now), (), turn)
