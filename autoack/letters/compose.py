"""Composes the mails that autoack sends: receipts to customers; reminders, alerts and test mails to people.

A frame is prepared once for each kind, language and combination of what there is to say; a mail then costs
only the filling in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from autoack.core.answers import Answer
from autoack.core.delivery import MailKind
from autoack.core.ladder import FOLLOW_UP
from autoack.core.message import Customer
from autoack.core.plain import lines_of, shortened, visible_line, without_contacts
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.thread import Thread
from autoack.letters import mime
from autoack.letters.confirmation import ConfirmationFacts, confirmation_values
from autoack.letters.hours import opening_hours
from autoack.letters.labels import label
from autoack.letters.letter import Letter
from autoack.letters.links import act_links
from autoack.letters.page import foot_html, foot_text, page
from autoack.letters.salutation import salutation
from autoack.letters.subject import quoted_subject, reply_subject
from autoack.letters.suggestions import Suggestions, block
from autoack.letters.templates import Frame, Rendered, Templates, Values
from autoack.letters.times import moment, opening, promised, waited, waited_short

_MOST_WORDS = 2000  # characters of the customer's words in a reminder
_MOST_FRAMES = 2000  # some 10 KB each; hardly a desk has 200
_NAME_IN_SUBJECT = 18  # characters: the whole stays within 60 (DESIGN section 8)


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says. `from_address` is the one of the mailbox's addresses that was written to.

    `in_reply_to` and `references` are the customer's Message-ID and References; `opens_at` is set while
    the desk is closed, `notice` while a closure has one. Times are aware.
    """

    mailbox: Mailbox
    thread: Thread
    customer: Customer
    from_address: str
    subject: str  # the customer's own
    in_reply_to: str | None
    references: tuple[str, ...]
    promised_at: datetime | None
    opens_at: datetime | None
    notice: str | None
    message_id: str
    now: datetime
    questions: tuple[str, ...] = ()  # facts that the mail lacks, in the thread's language
    answers: tuple[Answer, ...] = ()  # to frequent questions, that fit the mail
    category: str = "other"  # of this mail: question | complaint | praise | other
    further: bool = False  # the wait has its receipt: a short one is enough


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """What a reminder, an escalation or a notice says to a person of the team. `words` are the customer's."""

    mailbox: Mailbox
    thread: Thread
    person: Person
    kind: MailKind
    step: str
    waited: timedelta
    words: str
    message_id: str
    now: datetime
    secret: str = ""  # this installation's, which signs the links; without it there are none


class Composer:
    """Writes letters for one organisation. `style` is texts.salutation: vocative, plain or neutral.

    `suggestions` are the answers that receipts may suggest.
    """

    def __init__(
        self,
        desk: Desk,
        templates: Templates,
        style: str = "vocative",
        suggestions: Suggestions | None = None,
    ) -> None:
        self.suggestions = suggestions or Suggestions()
        self._desk = desk
        self._templates = templates
        self._style = style
        self._frames: dict[tuple[object, ...], Frame] = {}
        organisation = desk.organisation
        self._foot_text, self._foot_html = foot_text(organisation), foot_html(organisation)
        self._constant = {
            "organisation": organisation.name,
            "address": organisation.address or "",
            "phone": organisation.phone or "",
            "website": organisation.website or "",
        }

    def receipt(self, facts: ReceiptFacts) -> Letter:
        """The receipt for a customer's mail, in the thread's language; headers by DESIGN section 3."""
        language, mailbox, zone = facts.thread.language, facts.mailbox, facts.mailbox.policy.calendar.zone
        seen_on = (facts.opens_at or facts.now).astimezone(zone).date()
        values: dict[str, str | bool] = {
            **self._constant,
            "salutation": salutation(facts.customer, language, self._style),
            "name": facts.customer.name or "",
            "subject": quoted_subject(facts.subject),
            "promised": promised(facts.promised_at, zone, language, facts.now) if facts.promised_at else "",
            "opens": opening(facts.opens_at, zone, language, facts.now) if facts.opens_at else "",
            "notice": lines_of(facts.notice or "").strip(),
            "hours": opening_hours(mailbox.policy.calendar, seen_on, language),
            "questions": _list(facts.questions),
            "answers": block(facts.answers),
            "question": facts.category == "question",
            "complaint": facts.category == "complaint",
            "praise": facts.category == "praise",
            "strong": facts.thread.strong_language,
            "further": facts.further,
            "ref": facts.thread.ref,
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
        }
        _, text, html = self._frame(MailKind.RECEIPT, language, mailbox, values).fill(values)
        head = mime.Head(
            sender=(mailbox.from_name, facts.from_address),
            to=(facts.customer.name or "", facts.customer.address),
            subject=reply_subject(facts.subject, language),
            message_id=facts.message_id,
            sent_at=facts.now.astimezone(self._desk.organisation.zone),
            language=language,
            auto_submitted="auto-replied",
            kind=MailKind.RECEIPT,
            ref=facts.thread.ref,
            in_reply_to=facts.in_reply_to,
            references=facts.references,
        )
        return _letter(head, text, html)

    def reminder(self, facts: ReminderFacts) -> Letter:
        """Tells a person, in their language, that a customer waits, or at once that they wrote."""
        thread, language, now = facts.thread, facts.person.language, facts.now
        zone = facts.mailbox.policy.calendar.zone
        phone = visible_line(thread.customer_phone or "")
        who = visible_line(thread.customer_name or thread.customer_address) or phone or "—"
        category = label(thread.category, language)
        due, resolve, since = (
            moment(at, zone, language, now) if at else ""
            for at in (thread.promised_at, thread.resolve_at, thread.waiting_since)
        )
        assignee = self._desk.people.get(thread.assignee or "")
        values: dict[str, str | bool] = {
            **self._constant,
            "salutation": self._greeting(facts.person),
            "who": who,
            "who_short": shortened(who, _NAME_IN_SUBJECT),
            "customer_address": visible_line(thread.customer_address) if thread.customer_name else "",
            "customer_phone": phone,
            "reachable": bool(thread.customer_address),
            "category": category,
            "title": category[:1].upper() + category[1:],
            "priority": label(thread.priority, language),
            "channel": label(thread.channel, language),
            "strong": thread.strong_language,
            "undeliverable": shortened(without_contacts(visible_line(thread.undeliverable or "")), 120),
            "subject": shortened(visible_line(thread.subject), 200),
            "waited": waited(facts.waited, language),
            "waited_short": waited_short(facts.waited, language),
            "since": since,
            "due": due,
            "promised": promised(thread.promised_at, zone, language, now) if thread.promised_at else "",
            "resolve": resolve,
            "overdue": thread.promised_at is not None and thread.promised_at <= now,
            "assignee": assignee.name if assignee else "",
            "words": shortened(lines_of(facts.words).strip(), _MOST_WORDS),
            "ref": thread.ref,
            "step": facts.step,
            "follow_up": facts.step == FOLLOW_UP,
            **act_links(facts.mailbox, facts.person, thread.ref, secret=facts.secret, now=now),
            "from_name": facts.mailbox.from_name,
            "mailbox": facts.mailbox.address,
        }
        return self._to_person(
            facts.kind, facts.person, facts.mailbox, values, facts.message_id, now, thread.ref
        )

    def confirmation(self, facts: ConfirmationFacts) -> Letter:
        """Tells a person what became of the command, or of the words, that they sent in answer to a mail of ours."""
        person, mailbox, thread = facts.order.person, facts.mailbox, facts.fulfilled.thread
        values: dict[str, str | bool] = {
            **self._constant,
            "salutation": self._greeting(person),
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
            **confirmation_values(facts, self._desk),
        }
        kind, ref = MailKind.CONFIRMATION, thread.ref if thread else None
        return self._to_person(
            kind, person, mailbox, values, facts.message_id, facts.now, ref, answers=facts.answers
        )

    def alert(
        self,
        person: Person,
        mailbox: Mailbox,
        subject: str,
        lines: Sequence[str],
        *,
        message_id: str,
        now: datetime,
    ) -> Letter:
        """Tells ops that something needs them; `subject` and `lines` are ours, in English."""
        values: dict[str, str | bool] = {
            **self._constant,
            "salutation": self._greeting(person),
            "subject": visible_line(subject),
            "lines": lines_of("\n".join(lines)),
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
        }
        return self._to_person(MailKind.ALERT, person, mailbox, values, message_id, now)

    def check(self, person: Person, mailbox: Mailbox, *, message_id: str, now: datetime) -> Letter:
        """The test mail of `autoack check`."""
        values: dict[str, str | bool] = {
            **self._constant,
            "salutation": self._greeting(person),
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
        }
        return self._to_person(MailKind.CHECK, person, mailbox, values, message_id, now)

    def _to_person(
        self,
        kind: MailKind,
        person: Person,
        mailbox: Mailbox,
        values: Values,
        message_id: str,
        now: datetime,
        ref: str | None = None,
        *,
        answers: tuple[str, ...] = (),
    ) -> Letter:
        """`answers`: the References of a letter that answers the person's own mail, which is the last of them."""
        subject, text, html = self._frame(kind, person.language, mailbox, values).fill(values)
        head = mime.Head(
            sender=(mailbox.from_name, mailbox.address),
            to=(person.name, person.address),
            subject=subject,
            message_id=message_id,
            sent_at=now.astimezone(self._desk.organisation.zone),
            language=person.language,
            auto_submitted="auto-replied" if answers else "auto-generated",
            kind=kind,
            ref=ref,
            in_reply_to=answers[-1] if answers else None,
            references=answers[:-1],
        )
        return _letter(head, text, html)

    def _greeting(self, person: Person) -> str:
        return salutation(Customer(person.address, person.name), person.language, self._style)

    def _frame(self, kind: MailKind, language: str, mailbox: Mailbox, values: Values) -> Frame:
        """The frame for what there is to say; the number of these combinations is small."""
        key = (kind, language, mailbox.id, *map(bool, values.values()))
        frame = self._frames.get(key)
        if frame is None:
            body = self._templates.render(kind, language, values)
            whole = page(body.html, title=mailbox.from_name, language=language, foot=self._foot_html)
            text = f"{body.text}\n{self._foot_text}"
            if len(self._frames) >= _MOST_FRAMES:
                self._frames.clear()
            frame = self._frames[key] = Frame(Rendered(body.names, body.subject, text, whole))
        return frame


def _list(questions: Sequence[str]) -> str:
    """One question is a sentence of its own, several are a list."""
    lines = [visible_line(question) for question in questions]
    return "\n".join(lines if len(lines) < 2 else [f"– {line}" for line in lines])


def _letter(head: mime.Head, text: str, html: str) -> Letter:
    return Letter(
        to=mime.ascii_domain(head.to[1]),
        subject=head.subject,
        message_id=head.message_id,
        raw=mime.message(head, text, html),
        text=text,
        html=html,
    )
