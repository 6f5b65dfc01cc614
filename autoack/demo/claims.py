"""The demo's own story in sentences, each checked against what the SMTP server got and the database holds."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from autoack.core.delivery import OutboxState, Outgoing
from autoack.core.thread import State, Thread
from autoack.demo.smtp import Delivery
from autoack.demo.story import Played
from autoack.demo.week import BACKLOG, DAYS, WEEK, ZONE, Outcome, moment

_PROMPT = 5.0  # seconds of real time within which a receipt counts as sent at once
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Evidence:
    """What really happened."""

    played: Mapping[str, Played]
    deliveries: Sequence[Delivery]
    outbox: Sequence[Outgoing]
    threads: Mapping[str, Thread]  # by reference
    folders: Mapping[str, Sequence[tuple[int, frozenset[str]]]]  # UID and flags of each mail
    logged_errors: int

    def sent(self, kind: str, scene: str) -> list[Delivery]:
        """The mails of this kind about the thread of that scene."""
        taken = self.played[scene].taken
        return [d for d in self.deliveries if taken and d.kind == kind and d.ref == taken.ref]

    def thread(self, scene: str) -> Thread:
        """The thread of that scene."""
        taken = self.played[scene].taken
        return self.threads[taken.ref or "" if taken else ""]

    def of(self, outcome: Outcome) -> list[Played]:
        """The scenes that should come to this."""
        return [self.played[scene.name] for scene in WEEK if scene.outcome is outcome]


def check(evidence: Evidence) -> list[tuple[bool, str]]:
    """Each sentence with whether it holds. A sentence whose evidence is missing does not."""
    return [(_holds(test, evidence), sentence) for sentence, test in CLAIMS]


def _holds(test: Callable[[Evidence], bool], evidence: Evidence) -> bool:
    try:
        return test(evidence)
    except (KeyError, IndexError, StopIteration):
        return False


def figures(evidence: Evidence) -> str:
    """The week in a line."""
    kinds = Counter(delivery.kind for delivery in evidence.deliveries)
    seconds = [d.real - p.real for p in evidence.of(Outcome.RECEIPT) for d in p.sent]
    half = f"half of them within {median(seconds):.2f} s" if seconds else "none in time"
    return (
        f"{kinds['receipt']} receipts ({half}), {kinds['remind']} reminders, "
        f"{kinds['escalate']} escalations, {kinds['digest']} digests"
    )


# --- receipts ----------------------------------------------------------------------------------------------


def _one_receipt_each(e: Evidence) -> bool:
    asked = e.of(Outcome.RECEIPT)
    receipts = Counter(d.to for d in e.deliveries if d.kind == "receipt")
    return receipts == Counter(p.scene.draft.writer.address for p in asked) and all(
        [d.kind for d in p.sent] == ["receipt"] for p in asked
    )


def _in_their_language(e: Evidence) -> bool:
    asked = e.of(Outcome.RECEIPT)
    languages = {p.scene.language for p in asked}
    return len(languages) == 5 and all(
        p.sent[0].message["Content-Language"] == p.scene.language
        and (re.search("[а-яђјљњћџ]{4}", p.sent[0].text) is not None) == (p.scene.language == "sr-Cyrl")
        for p in asked
    )


def _within_seconds(e: Evidence) -> bool:
    return all(p.sent[0].real - p.real < _PROMPT for p in e.of(Outcome.RECEIPT))


def _marked_against_loops(e: Evidence) -> bool:
    receipts = [d for d in e.deliveries if d.kind == "receipt"]
    return bool(receipts) and all(
        d.envelope_sender == "" and d.message["Auto-Submitted"] == "auto-replied" and d.message["In-Reply-To"]
        for d in receipts
    )


def _nobody_else(e: Evidence) -> bool:
    team = {"ana@primjer.example", "bence@primjer.example", "milos@primjer.example", "vera@primjer.example"}
    customers = {p.scene.draft.writer.address for p in e.of(Outcome.RECEIPT)}
    silent = [p for p in e.of(Outcome.SILENCE) if not p.sent and p.taken]
    reasons = {p.taken.kind for p in silent if p.taken}
    return {d.to for d in e.deliveries} <= team | customers and reasons == {"list", "auto-reply", "bounce"}


def _backlog_untouched(e: Evidence) -> bool:
    subjects = " ".join(d.subject for d in e.deliveries)
    return not any(scene.draft.subject in subjects for scene in BACKLOG) and len(e.threads) == len(
        {p.taken.ref for p in e.of(Outcome.RECEIPT) if p.taken}
    )


def _over_the_weekend(e: Evidence) -> bool:
    friday, saturday = (e.thread(name).promised_at for name in ("delivery", "colours"))
    # One open day later: from Saturday morning on Monday at that time; on Monday evening nobody is there.
    monday = moment("Sun 10:00") + timedelta(days=1)
    return (
        friday == moment("Sun 08:00") + timedelta(days=2)
        and saturday is not None
        and monday < saturday < monday + timedelta(minutes=30)
    )


# --- the clock ---------------------------------------------------------------------------------------------


def _answers_stop(e: Evidence) -> bool:
    clients = {p.scene.told.rpartition(" from ")[2] for p in e.of(Outcome.ANSWER)}
    answered = [e.thread(p.scene.answers or "") for p in e.of(Outcome.ANSWER)]
    return clients == {"Outlook", "Thunderbird", "a phone"} and all(
        t.state is State.ANSWERED for t in answered
    )


def _colleagues_do_not(e: Evidence) -> bool:
    # The manager hears a day later that nobody has answered: the clock ran on.
    among = e.of(Outcome.COLLEAGUES)
    after = [d for d in e.sent("escalate", "refund") if d.at > moment("Wed 12:00")]
    kinds = [p.taken.kind for p in among if p.taken and not p.sent]
    return kinds == ["team", "team"] and bool(after)


def _thanks_start_nothing(e: Evidence) -> bool:
    thanks = e.played["invoice-thanks"]
    return bool(thanks.taken and thanks.taken.reason == "thanks") and e.thread("invoice").wait == 1


def _more_joins(e: Evidence) -> bool:
    more = e.played["refund-number"].taken
    return bool(more and more.reason == "joins-wait" and more.ref == e.thread("refund").ref)


def _new_question_waits(e: Evidence) -> bool:
    return e.thread("second-user").wait == 2 and len(e.sent("receipt", "sign-in")) == 2


def _first_day(e: Evidence) -> bool:
    return _told(e.sent("remind", "order"), ["bence"], "Tue 08:40") and _told(
        e.sent("escalate", "order"), ["milos", "vera"], "Tue 10:40"
    )


def _third_day(e: Evidence) -> bool:
    escalations = e.sent("escalate", "refund")
    return _told(escalations[:2], ["milos", "vera"], "Tue 11:20") and _told(
        escalations[2:], ["vera"], "Thu 11:20"
    )


def _told(deliveries: Sequence[Delivery], people: Sequence[str], at: str) -> bool:
    names = sorted(d.to.partition("@")[0] for d in deliveries)
    return names == sorted(people) and all(abs(d.at - moment(at)) < _MINUTE for d in deliveries)


def _silent_after_answers(e: Evidence) -> bool:
    late = [
        d
        for p in e.of(Outcome.ANSWER)
        for kind in ("remind", "escalate")
        for d in e.sent(kind, p.scene.answers or "")
        if d.at > moment(p.scene.at)
    ]
    return not late


# --- the nights and the whole ------------------------------------------------------------------------------


def _digests(e: Evidence) -> bool:
    digests = [d for d in e.deliveries if d.kind == "digest"]
    nights = [DAYS[d.at.astimezone(ZONE).weekday()] for d in digests]
    return nights == list(DAYS) and all(
        d.to == "vera@primjer.example" and abs(d.at - moment(f"{night} 21:00")) < _MINUTE
        for night, d in zip(nights, digests, strict=True)
    )


def _digest_knows(e: Evidence) -> bool:
    tuesday = next(d for d in e.deliveries if d.kind == "digest" and d.at > moment("Tue 00:00"))
    return "Milica Jovanović" in tuesday.text and "Nagy Eszter" not in tuesday.text


def _nothing_twice(e: Evidence) -> bool:
    ids = Counter(str(d.message["Message-ID"]) for d in e.deliveries)
    rows = {row.message_id for row in e.outbox if row.state is OutboxState.SENT}
    return set(ids.values()) == {1} and rows == set(ids) and len(rows) == len(e.outbox)


def _mailbox_unharmed(e: Evidence) -> bool:
    mails = [mail for folder in e.folders.values() for mail in folder]
    return len(mails) == len(BACKLOG) + len(WEEK) and not any(flags for _, flags in mails)


CLAIMS: tuple[tuple[str, Callable[[Evidence], bool]], ...] = (
    ("Every customer who asked got one receipt for each matter, and only one.", _one_receipt_each),
    (
        "Each receipt speaks its customer's language and script: Croatian, Serbian in both, Hungarian, English.",
        _in_their_language,
    ),
    ("Each was sent within five seconds of the mail's arrival.", _within_seconds),
    (
        "Receipts have the empty envelope sender and the marks that keep robots from answering them.",
        _marked_against_loops,
    ),
    ("A bounce, a vacation notice and a newsletter got nothing, nor did anybody else.", _nobody_else),
    ("The mails that lay there before stayed unanswered.", _backlog_untouched),
    ("Who wrote after hours or at the weekend was promised an answer on a working day.", _over_the_weekend),
    ("Answers from Outlook, Thunderbird and a phone stopped the clock.", _answers_stop),
    ("Mails among colleagues did not stop it.", _colleagues_do_not),
    ("A thank-you began no wait.", _thanks_start_nothing),
    ("A second mail joined its wait and got no second receipt.", _more_joins),
    ("A new question after an answer began a new wait.", _new_question_waits),
    (
        "Nagy Eszter waited: who was on duty was reminded, then after 24 hours the lead and the manager.",
        _first_day,
    ),
    (
        "Milica Jovanović waited longer: they heard after 24 hours, and the manager again after 3 days.",
        _third_day,
    ),
    ("After an answer nobody was reminded any more.", _silent_after_answers),
    ("The manager got one digest a night, seven in all.", _digests),
    ("Tuesday's digest names who is overdue, and not who was answered.", _digest_knows),
    ("Every mail was sent once, and none is left in the outbox.", _nothing_twice),
    ("The mailbox is as the writers left it: no flag set, no mail moved.", _mailbox_unharmed),
    ("The daemon met no error.", lambda e: e.logged_errors == 0),
)
