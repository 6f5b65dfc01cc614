"""What a tag on the desk's address does to the thread that was answered: it comes back, or it is done."""

from dataclasses import replace
from datetime import timedelta

from autoack.core import opening_hours
from autoack.core.acts import close
from autoack.core.decision import Circumstances, Decision, Event, event_of
from autoack.core.follow_up import follow_up
from autoack.core.message import Kind, Mail, Verdict
from autoack.core.news import comes_back_at, coming_back
from autoack.core.ownership import writer
from autoack.core.policy import Desk, Mailbox
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled

_COPIES_WITHIN = timedelta(hours=1)  # two copies of one mail arrive within that time


def followed_up(
    mail: Mail, verdict: Verdict, thread: Thread, desk: Desk, mailbox: Mailbox, met: Circumstances
) -> tuple[Thread, tuple[Event, ...]]:
    """The thread after this mail of the team, which reached its customer.

    A tag counts in an answer of a person of the team, or of whoever uses the mailbox; never in a customer's mail,
    whoever it was sent to. A later answer without a tag takes the place of what an earlier one had promised.
    """
    if thread.state is not State.ANSWERED:
        return thread, ()
    asked = follow_up(mail, mailbox) if _may_ask(mail, verdict, desk) else None
    person = writer(mail.sender, desk)
    who = person.id if person else mail.sender.key
    if asked is None:
        if comes_back_at(thread) is None:
            return thread, ()
        return scheduled(coming_back(thread, None), mailbox.policy, met.now), ()
    if asked.after is None:
        act = close(thread, desk, met.now, who)
        return act.thread, (replace(act.event, reason="tag"),)
    due = met.received_at + asked.after
    quiet = mailbox.policy.quiet
    at = (opening_hours.next_opening(quiet, due) if quiet else None) or due
    detail = f"comes back at {at.isoformat(timespec='minutes')}"
    told = event_of(met, thread, "follow-up", who, detail, "tag")
    return replace(coming_back(thread, at), updated_at=met.now), (told,)


def of_copy(
    mail: Mail, verdict: Verdict, decision: Decision, desk: Desk, mailbox: Mailbox, met: Circumstances
) -> Decision:
    """The decision on a second copy of an answer: the tag may stand in this one only, as Bcc does.

    Old copies, which are met again after a change of UIDVALIDITY, ask for nothing.
    """
    thread, asked = decision.thread, follow_up(mail, mailbox)
    if thread is None or asked is None or thread.answered_at is None or comes_back_at(thread):
        return decision
    if thread.answered_by != mail.sender.key or abs(thread.answered_at - met.received_at) > _COPIES_WITHIN:
        return decision
    if met.received_at + (asked.after or _COPIES_WITHIN) <= met.now:
        return decision
    box = desk.policed(mailbox, thread.policy)
    changed, events = followed_up(mail, verdict, thread, desk, box, met)
    return replace(decision, thread=changed, events=(*decision.events, *events))


def _may_ask(mail: Mail, verdict: Verdict, desk: Desk) -> bool:
    return verdict.kind is Kind.TEAM and (
        verdict.reason == "team" or desk.person_at(mail.sender.address) is not None
    )
