"""What a letter says that answers somebody's command: what was done or why nothing was, and how the thread stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from autoack.core.below import words_below
from autoack.core.commands import Verb
from autoack.core.fulfil import Fulfilled, Result
from autoack.core.orders import Order
from autoack.core.plain import lines_of, shortened, visible_line
from autoack.core.policy import Desk, Mailbox
from autoack.core.promise import promised_quarter
from autoack.core.thread import State, Thread
from autoack.letters.links import act_links
from autoack.letters.times import calendar_day, moment, waited

_MOST_WORDS = 2000  # characters of the person's own words that go back to them
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*+\n){2,}+")
_LONGEST_NAME = 18  # characters of a name in a subject
_VERBS: Mapping[str, Verb] = {
    "close": Verb.CLOSE,
    "reopen": Verb.REOPEN,
    "snooze": Verb.SNOOZE,
    "assign": Verb.ASSIGN,
    "mine": Verb.MINE,
    "ignore": Verb.NOT_CUSTOMER,
    "note": Verb.NOTE,
    "away": Verb.AWAY,
}
_RESULTS: Mapping[str, Result] = {
    "done": Result.DONE,
    "repeated": Result.REPEATED,
    "faster": Result.FASTER,
    "as_it_is": Result.AS_IT_IS,
    "no_thread": Result.NO_THREAD,
    "no_person": Result.NO_PERSON,
    "no_time": Result.NO_TIME,
    "too_late": Result.TOO_LATE,
    "not_delivered": Result.NOT_DELIVERED,
}


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """What became of an order. `words` are the person's; `answers` the References of the letter, theirs last."""

    mailbox: Mailbox
    order: Order
    fulfilled: Fulfilled
    words: str
    answers: tuple[str, ...]
    message_id: str
    now: datetime
    said: str = ""  # what the customer wrote last
    secret: str = ""  # this installation's, which signs the links; without it there are none


def confirmation_values(facts: ConfirmationFacts, desk: Desk, suggestion: str = "") -> dict[str, str | bool]:
    """The values of the template, in the person's language.

    `suggestion` is a ready answer to what the customer wrote, in theirs. Both stand there while the customer waits.
    """
    done, command = facts.fulfilled, facts.order.command
    language, zone = facts.order.person.language, desk.organisation.zone
    values: dict[str, str | bool] = {name: done.result is result for name, result in _RESULTS.items()}
    verb = command.verb if command and done.result is Result.DONE else None
    values |= {name: verb is one for name, one in _VERBS.items()}
    until = moment(done.until, zone, language, facts.now) if done.until else ""
    words = command.argument if command and command.verb is Verb.NOTE else facts.words
    rest = words_below(facts.words, command, facts.order.person, desk) if command else ""
    faster = done.faster
    by = desk.people.get(faster.who or "") if faster else None
    return {
        **values,
        "until": calendar_day(done.away.last, language) if done.away else until,
        "assignee": done.assignee.name if done.assignee else "",
        "argument": shortened(visible_line(command.argument), 80) if command else "",
        "words": _as_written(words),
        "rest": _as_written(rest),
        "by": by.name if by else visible_line(faster.who or "") if faster else "",
        "acted_at": moment(faster.at, zone, language, facts.now) if faster else "",
        **_standing(done.thread, desk, language, facts.now),
        **_to_go_on(facts, suggestion),
    }


def _as_written(words: str) -> str:
    """A person's own words, to go back to them; of several empty lines, which HTML makes of one, one is left."""
    return shortened(_EMPTY_LINES.sub("\n\n", lines_of(words).strip()), _MOST_WORDS)


def _to_go_on(facts: ConfirmationFacts, suggestion: str) -> dict[str, str | bool]:
    """What the person needs for the next step; all empty where there is none."""
    thread, person = facts.fulfilled.thread, facts.order.person
    waits = thread is not None and thread.state is State.WAITING and thread.waiting_since is not None
    length = facts.now - thread.waiting_since if thread and thread.waiting_since else timedelta(0)
    secret = facts.secret if thread else ""
    return {
        "said": shortened(lines_of(facts.said).strip(), _MOST_WORDS) if waits else "",
        "suggestion": suggestion if waits else "",
        "waiting_for": waited(length, person.language) if waits and length >= timedelta(minutes=1) else "",
        **act_links(facts.mailbox, person, thread.ref if thread else "", secret=secret, now=facts.now),
    }


def _standing(thread: Thread | None, desk: Desk, language: str, now: datetime) -> dict[str, str | bool]:
    """How the thread stands; all empty where there is none."""
    names = ("ref", "who", "who_short", "subject", "since", "due", "has_it", "snoozed_until")
    states = ("answered", "snoozed", "closed")
    if thread is None:
        return dict.fromkeys(names, "") | dict.fromkeys(states, False)
    zone = desk.organisation.zone
    who = visible_line(thread.customer_name or thread.customer_address or thread.customer_phone or "") or "—"
    waits = thread.state in (State.WAITING, State.SNOOZED)
    has_it = desk.people.get(thread.assignee or "")

    def said(at: datetime | None, *, where: bool) -> str:
        return moment(at, zone, language, now) if at and where else ""

    return {
        "ref": thread.ref,
        "who": who,
        "who_short": shortened(who, _LONGEST_NAME),
        "subject": shortened(visible_line(thread.subject), 200),
        "since": said(thread.waiting_since, where=waits),
        "due": said(promised_quarter(thread.promised_at, zone) if thread.promised_at else None, where=waits),
        "has_it": has_it.name if has_it else "",
        "snoozed_until": said(thread.next_step_at, where=thread.state is State.SNOOZED),
        "answered": thread.state is State.ANSWERED,
        "snoozed": thread.state is State.SNOOZED,
        "closed": thread.state is State.CLOSED,
    }
