"""Composes the mails that autoack sends: those to customers, and those to people of the team.

A frame is prepared once for each kind, language and combination of what there is to say; a mail then costs
only the filling in. What a letter says stands in a module of its own: `receipt_values`, `reminder_values`,
`confirmation`.
"""

from collections.abc import Sequence
from datetime import datetime

from autoack.core.delivery import MailKind
from autoack.core.message import Customer
from autoack.core.plain import in_language, lines_of, visible_line
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.thread import Thread
from autoack.letters import mime
from autoack.letters.confirmation import ConfirmationFacts, confirmation_values
from autoack.letters.letter import Letter
from autoack.letters.page import foot_html, foot_text, page
from autoack.letters.personal import values_for
from autoack.letters.receipt_values import ReceiptFacts, receipt_values
from autoack.letters.recurring_values import TEMPLATE as RECURRING
from autoack.letters.recurring_values import is_about_recurring, recurring_values
from autoack.letters.remind_list import ListFacts, list_values
from autoack.letters.reminder_values import ReminderFacts, reminder_values
from autoack.letters.salutation import salutation
from autoack.letters.subject import reply_subject
from autoack.letters.suggestions import Suggestions, whole
from autoack.letters.templates import Frame, Rendered, Templates, Values

__all__ = ["Composer", "ListFacts", "ReceiptFacts", "ReminderFacts"]

_MOST_SUGGESTED = 1500  # characters of an answer's body and steps that the team is shown
_MOST_FRAMES = 2000  # some 10 KB each; hardly a desk has 200


class Composer:
    """Writes letters for one organisation. `style` is texts.salutation: vocative, plain or neutral.

    `suggestions` are the answers that receipts may suggest, and that the team is shown.
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
        customer, mailbox, thread = facts.customer, facts.mailbox, facts.thread
        personal: dict[str, str] = {}
        if facts.answers:
            organisation, style = self._desk.organisation, self._style
            personal = values_for(customer, organisation, mailbox, thread, facts.subject, facts.now, style)
        return self.to_customer(
            MailKind.RECEIPT,
            customer,
            mailbox,
            thread,
            receipt_values(facts, self._desk.people, personal),
            sender=facts.from_address,
            subject=facts.subject,
            message_id=facts.message_id,
            now=facts.now,
            in_reply_to=facts.in_reply_to,
            references=facts.references,
        )

    def to_customer(
        self,
        kind: MailKind,
        customer: Customer,
        mailbox: Mailbox,
        thread: Thread,
        values: Values,
        *,
        sender: str,
        subject: str,
        message_id: str,
        now: datetime,
        in_reply_to: str | None,
        references: tuple[str, ...],
    ) -> Letter:
        """A letter in the customer's mail thread, from the mailbox's address `sender`.

        `subject`, `in_reply_to` and `references` are those of the customer's mail that it answers; `values` are the
        template's besides those that every letter to a customer has.
        """
        language = thread.language
        values = {
            **self._constant,
            "salutation": salutation(customer, language, self._style),
            "name": customer.name or "",
            "ref": thread.ref,
            "team": visible_line(in_language(mailbox.team.name, language)),
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
            **values,
        }
        _, text, html = self._frame(kind, language, mailbox, values).fill(values)
        head = mime.Head(
            sender=(mailbox.from_name, sender),
            to=(customer.name or "", customer.address),
            subject=reply_subject(subject, language),
            message_id=message_id,
            sent_at=now.astimezone(self._desk.organisation.zone),
            language=language,
            auto_submitted="auto-replied",
            kind=kind,
            ref=thread.ref,
            in_reply_to=in_reply_to,
            references=references,
        )
        return _letter(head, text, html)

    def reminder(self, facts: ReminderFacts) -> Letter:
        """Tells a person, in their language, that a customer waits, or at once that they wrote.

        Of a thread that we opened ourselves (`recurring`) it tells that the customer needs a look.
        """
        words = "" if facts.kind is MailKind.BOUNCED else facts.words
        suggestion = self._suggestion(facts.mailbox, facts.thread, words, facts.now)
        values, template = reminder_values(facts, self._desk, suggestion), None
        if is_about_recurring(facts):
            values, template = values | recurring_values(facts), RECURRING
        return self.to_person(
            facts.kind,
            facts.person,
            facts.mailbox,
            values,
            facts.message_id,
            facts.now,
            facts.thread.ref,
            template=template,
        )

    def reminder_list(self, facts: ListFacts) -> Letter:
        """Tells a person, in their language, of many matters at once."""
        return self.to_person(
            MailKind.LIST, facts.person, facts.mailbox, list_values(facts), facts.message_id, facts.now
        )

    def confirmation(self, facts: ConfirmationFacts) -> Letter:
        """Tells a person what became of the command, or of the words, that they sent in answer to a mail of ours."""
        thread = facts.fulfilled.thread
        suggestion = self._suggestion(facts.mailbox, thread, facts.said, facts.now) if thread else ""
        return self.to_person(
            MailKind.CONFIRMATION,
            facts.order.person,
            facts.mailbox,
            confirmation_values(facts, self._desk, suggestion),
            facts.message_id,
            facts.now,
            thread.ref if thread else None,
            answers=facts.answers,
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
        """Tells ops that something needs them; `subject` and `lines`, a paragraph each, are ours, in their language."""
        values = {"subject": visible_line(subject), "lines": lines_of("\n\n".join(lines))}
        return self.to_person(MailKind.ALERT, person, mailbox, values, message_id, now)

    def check(self, person: Person, mailbox: Mailbox, *, message_id: str, now: datetime) -> Letter:
        """The test mail of `autoack check`."""
        return self.to_person(MailKind.CHECK, person, mailbox, {}, message_id, now)

    def to_person(
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
        template: str | None = None,
    ) -> Letter:
        """A letter to a person of the team, in their language; `ref` is of the thread that it is about.

        `values` are the template's besides those that every letter to a person has. `answers`: the References of a
        letter that answers the person's own mail, which is the last of them. `template`: another than its kind's.
        """
        values = {
            **self._constant,
            "salutation": self._greeting(person),
            "from_name": mailbox.from_name,
            "mailbox": mailbox.address,
            **values,
        }
        subject, text, html = self._frame(template or kind, person.language, mailbox, values).fill(values)
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

    def _suggestion(self, mailbox: Mailbox, thread: Thread, words: str, now: datetime) -> str:
        """A ready answer to what the customer wrote, in their language; mostly empty."""
        answer = self.suggestions.for_team(thread, words) if words else None
        if answer is None:
            return ""
        organisation, style = self._desk.organisation, self._style
        customer, subject = thread.customer, thread.subject
        values = values_for(customer, organisation, mailbox, thread, subject, now, style)
        return whole(answer, values, _MOST_SUGGESTED)

    def _greeting(self, person: Person) -> str:
        return salutation(Customer(person.address, person.name), person.language, self._style)

    def _frame(self, kind: str, language: str, mailbox: Mailbox, values: Values) -> Frame:
        """The frame for what there is to say; the number of these combinations is small."""
        key = (kind, language, mailbox.id, *map(bool, values.values()))
        frame = self._frames.get(key)
        if frame is None:
            body = self._templates.render(kind, language, values)
            whole = page(body.html, title=mailbox.from_name, language=language, foot=self._foot_html)
            text = f"{body.text}\n{self._foot_text}"
            frame = Frame(Rendered(body.names, body.subject, text, whole))
            if kind is not MailKind.LIST:  # no two of these are alike
                self._keep(key, frame)
        return frame

    def _keep(self, key: tuple[object, ...], frame: Frame) -> None:
        if len(self._frames) >= _MOST_FRAMES:
            self._frames.clear()
        self._frames[key] = frame


def _letter(head: mime.Head, text: str, html: str) -> Letter:
    return Letter(
        to=mime.ascii_domain(head.to[1]),
        subject=head.subject,
        message_id=head.message_id,
        raw=mime.message(head, text, html),
        text=text,
        html=html,
    )
