"""What a mail by one of the team does to the thread that it belongs to."""

from dataclasses import replace

from autoack.core.classify import reaches
from autoack.core.decision import Circumstances, Decision, event_of
from autoack.core.message import Mail, Outcome, Verdict
from autoack.core.policy import Policy
from autoack.core.thread import Known, State, Thread
from autoack.core.waits import answer, begun, scheduled


def team_mail(
    mail: Mail, verdict: Verdict, thread: Thread | None, policy: Policy, known: Known, met: Circumstances
) -> Decision:
    """A mail by one of us. Only one that reaches the customer stops the clock (DESIGN principle 7)."""
    verdict = replace(verdict, outcome=Outcome.IGNORE if thread is None else Outcome.RECORD)
    if thread is None:
        return Decision(verdict)
    if not thread.customer_address or not reaches(mail, thread.customer_address):
        return _among_colleagues(mail, verdict, thread, policy, met)
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, "team-reply")
    if thread.state not in (State.WAITING, State.SNOOZED) or not _after_wait_began(thread, met):
        learnt = _answered_by_person(mail, thread)
        return Decision(verdict, thread=learnt, events=(note,))
    stopped, event = answer(thread, met.received_at, mail.sender.key, "team-reply", policy, met.now)
    # What the customer wrote after that answer had joined the wait, since the answer is seen later only.
    later = [at for at in known.written.get(thread.ref, ()) if at > met.received_at]
    if later:
        again = begun(stopped, min(later), policy, met.now)
        begins = event_of(met, thread, "wait", None, f"wait {again.wait}", "customer-mail")
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
    note = event_of(met, thread, "mail", mail.sender.key, mail.subject, "team-internal")
    if thread.state is State.ANSWERED and thread.answered_by == "flag":
        undone = replace(thread, state=State.WAITING, answered_at=None, answered_by=None, updated_at=met.now)
        because = "the mail carried the flag of an answer, but what was sent went to a colleague only"
        resumed = event_of(met, thread, "wait", None, because, "flag-undone")
        return Decision(verdict, thread=scheduled(undone, policy, met.now), events=(note, resumed))
    return Decision(verdict, thread=thread, events=(note,))
