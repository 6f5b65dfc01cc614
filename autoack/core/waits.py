"""How a thread's wait begins, ends and is scheduled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from autoack.core import ladder
from autoack.core.decision import Circumstances, Event
from autoack.core.policy import Mailbox, Policy, is_recurring
from autoack.core.promise import in_sight
from autoack.core.thread import State, Thread
from autoack.core.turns import EVERYBODY, Part, Turn, waits
from autoack.core.waiting import Terms, with_terms


def begun(thread: Thread, since: datetime, policy: Policy, now: datetime) -> Thread:
    """A new wait begins at `since`: the promise and the ladder count from then."""
    ended = _ended_without_a_turn(thread)
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
        aside_since=None,
        ladder_since=None,
        updated_at=now,
        clock=True,
        settled_at=min(ended, since) if ended else thread.settled_at,
    )


def terms_of(began: Thread) -> Terms:
    """What the event that begins this wait keeps of it. The thread waits."""
    assert began.waiting_since is not None
    return Terms(began.waiting_since, began.promised_at, began.resolve_at)


def _ended_without_a_turn(thread: Thread) -> datetime | None:
    """When the last wait ended, where no answer on record says so: by a flag, or by a person who closed it."""
    if thread.answered_by == "flag":
        return thread.answered_at
    return thread.closed_at if thread.wait and thread.answered_at is None else None


def stated_promise(mailbox: Mailbox, since: datetime, met: Circumstances) -> datetime | None:
    """The time that a receipt states: the promise, counted anew from now where it has passed already.

    None where the calendar stays closed for so long that no time can honestly be named.
    """
    promised = ladder.promise(mailbox.policy, since)
    if promised is None or promised <= met.now:
        promised = ladder.promise(mailbox.policy, met.now)
    return promised if in_sight(promised, met.now) else None


def answer(
    thread: Thread, at: datetime, who: str, reason: str, policy: Policy, now: datetime
) -> tuple[Thread, Event]:
    """The customer's wait is over: the clock stops at `at`."""
    waited = None
    if thread.waiting_since and not is_recurring(thread.policy):  # there it was we who were to write
        waited = max(0, int((at - thread.waiting_since).total_seconds()))
    stopped = replace(thread, state=State.ANSWERED, answered_at=at, answered_by=who, updated_at=now)
    event = Event(now, "answer", who, "", reason, thread.ref, thread.mailbox, waited)
    return scheduled(stopped, policy, now), event


def scheduled(thread: Thread, policy: Policy, now: datetime) -> Thread:
    """The thread with the step that comes next for it, as it now stands."""
    next_at, name = ladder.upcoming(thread, policy, now)
    return replace(thread, next_step_at=next_at, next_step=name)


def after_turn(
    thread: Thread, turns: Sequence[Turn], turn: Turn, policy: Policy, now: datetime
) -> tuple[Thread, tuple[Event, ...]]:
    """The thread once this turn is known beside `turns`, and the lines on waits that began or ended by it.

    The same whatever the order in which the turns become known, but for what people did to the thread meanwhile.
    A closed thread, or one without a clock, stays as it is.
    """
    if thread.state is State.CLOSED or not thread.clock:
        return thread, ()
    customers = frozenset({thread.customer_address.casefold()})
    known = _with_marks(thread, turns)
    before, after = waits(known, customers), waits([*known, turn], customers)
    if not after:
        return _nobody_waits(thread, [*known, turn], policy, now), ()
    if before and before[-1] == after[-1]:
        return thread, ()
    last, events = after[-1], list[Event]()
    if thread.state in (State.WAITING, State.SNOOZED):
        if before and last.since > before[-1].since and len(after) > 1:
            ended = after[-2]
            thread, event = answer(
                thread, ended.answered_at or last.since, ended.answered_by or "", "team-reply", policy, now
            )
            thread, began = _begun_again(thread, last.since, policy, now)
            events += [event, began]
        elif before and last.since != before[-1].since:
            thread = _since(thread, last.since, policy)
    elif len(after) > len(before):
        thread, began = _begun_again(thread, last.since, policy, now)
        events.append(began)
    if last.answered_at is not None and thread.state is State.ANSWERED:
        # It was answered before, by what was read before: only the times are told better now.
        thread = replace(
            _since(thread, last.since, policy), answered_at=last.answered_at, answered_by=last.answered_by
        )
    elif last.answered_at is not None:
        thread, event = answer(thread, last.answered_at, last.answered_by or "", "team-reply", policy, now)
        events.append(event)
    return scheduled(replace(thread, updated_at=now), policy, now), tuple(events)


def _nobody_waits(thread: Thread, turns: Sequence[Turn], policy: Policy, now: datetime) -> Thread:
    """The team's mails alone, and thanks for them: the last of them says when the thread closes."""
    written = max((turn for turn in turns if turn.part is Part.REPLY), key=lambda turn: turn.at, default=None)
    if written is None or (thread.state is State.ANSWERED and thread.answered_at == written.at):
        return thread
    done = replace(
        thread, state=State.ANSWERED, answered_at=written.at, answered_by=written.who, updated_at=now
    )
    return scheduled(done, policy, now)


def _with_marks(thread: Thread, turns: Sequence[Turn]) -> list[Turn]:
    """The turns, and beside them what only the thread itself tells: a person reopened it, a flag answered."""
    since, until = thread.waiting_since, thread.answered_at
    who = thread.customer_address.casefold()
    marked = [
        turn
        for turn in turns
        if turn.part is Part.REPLY or thread.settled_at is None or turn.at >= thread.settled_at
    ]
    if thread.wait and since and not any(t.at == since for t in turns if t.part is not Part.REPLY):
        marked.insert(0, Turn(since, Part.ASK, who))
    if thread.wait and until and not any(t.at == until for t in turns if t.part is Part.REPLY):
        marked.append(Turn(until, Part.REPLY, thread.answered_by or "", EVERYBODY))
    return marked


def _begun_again(thread: Thread, since: datetime, policy: Policy, now: datetime) -> tuple[Thread, Event]:
    began = begun(thread, since, policy, now)
    detail = with_terms(f"wait {began.wait}", terms_of(began))
    return began, Event(now, "wait", None, detail, "customer-mail", thread.ref, thread.mailbox)


def _since(thread: Thread, since: datetime, policy: Policy) -> Thread:
    """The present wait began at another time than was known."""
    if thread.waiting_since == since:
        return thread
    return replace(
        thread,
        waiting_since=since,
        promised_at=ladder.promise(policy, since),
        resolve_at=ladder.resolution(policy, since),
    )
