"""Writes the drafts that agents find in their Drafts folder: an answer to a frequent question as their own reply.

What the agent sends from it is a person's mail: it carries none of the marks by which we know our own.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from autoack.core.answers import Answer
from autoack.core.decision import Decision
from autoack.core.drafts import Draft, wanted
from autoack.core.message import Customer, Mail
from autoack.core.ours import draft_id
from autoack.core.plain import lines_of, visible_line
from autoack.core.policy import Desk, Mailbox
from autoack.core.reply_to import written_to
from autoack.core.subject import bare_subject
from autoack.core.thread import Known, Thread
from autoack.errors import LetterError
from autoack.letters import mime, personal
from autoack.letters.letter import Letter
from autoack.letters.subject import reply_subject
from autoack.letters.suggestions import MOST_STEPS, Suggestions
from autoack.letters.templates import Frame, Templates, placeholders
from autoack.letters.times import calendar_day

KIND = "draft"  # of the template
_MOST_QUOTED = 20_000  # characters of the customer's mail
_BODY = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
    "<body style=\"font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:15px;"
    'line-height:1.5">\n{answer}\n<p>{attribution}</p>\n'
    '<blockquote type="cite" style="margin:0 0 0 8px;padding:0 0 0 12px;border-left:2px solid #c9d1d9">'
    "{quoted}</blockquote>\n</body>\n</html>\n"
)
# Who wrote when, as mail programs put it above what they quote.
_ATTRIBUTION = {
    "hr": "Dana {day} u {time} {who} piše:",
    "sr-Latn": "Dana {day} u {time} {who} piše:",
    "sr-Cyrl": "Дана {day} у {time} {who} пише:",
    "hu": "{who} ezt írta ({day} {time}):",
    "en": "On {day} at {time}, {who} wrote:",
}


class Drafter:
    """Drafts for one organisation, from these answers. `style` is texts.salutation."""

    def __init__(self, desk: Desk, templates: Templates, style: str, answers: Suggestions) -> None:
        self._desk = desk
        self._templates = templates
        self._style = style
        self._answers = answers

    def draft(
        self, mail: Mail, decision: Decision, known: Known, mailbox: Mailbox, *, salt: str, now: datetime
    ) -> tuple[Draft, Answer] | None:
        """The draft that answers this mail, and the answer that it is made of; None where none truly fits."""
        thread, customer = decision.thread, decision.customer
        if thread is None or customer is None or not wanted(decision, known):
            return None
        answer = self._answers.best(mail, thread)
        if answer is None:
            return None
        identifier = draft_id(thread.ref, mailbox.domain, salt)
        try:
            raw = self.letter(mail, answer, thread, customer, mailbox, identifier, now).raw
        except LetterError:  # it cannot be written for this customer: the agent writes, as ever
            return None
        return Draft(thread.ref, mailbox.id, identifier, raw, len(raw), now, now), answer

    def letter(
        self,
        mail: Mail,
        answer: Answer,
        thread: Thread,
        customer: Customer,
        mailbox: Mailbox,
        identifier: str,
        now: datetime,
    ) -> Letter:
        """The draft under that Message-ID. LetterError where the answer cannot be written for this customer."""
        language, zone = thread.language, self._desk.organisation.zone
        organisation = self._desk.organisation
        values = personal.values_for(customer, organisation, mailbox, thread, mail.subject, now, self._style)
        middle = _middle(answer, values)
        rendered = self._templates.render(KIND, language, values, {"answer": middle})
        _, text, html = Frame(rendered).fill(values)
        bare = bare_subject(mail.subject)
        head = mime.Head(
            sender=(mailbox.from_name, written_to(mail, mailbox)),
            to=(customer.name or "", customer.address),
            subject=reply_subject(bare or personal.title(answer, values), language),
            message_id=identifier,
            sent_at=now.astimezone(zone),
            language=language,
            auto_submitted=None,
            in_reply_to=mail.message_id,
            references=mail.references,
        )
        text, html = _with_quote(mail, language, zone, now, mailbox.from_name, text, html)
        raw = mime.message(head, text, html)
        return Letter(mime.ascii_domain(customer.address), head.subject, identifier, raw, text, html)


def _with_quote(
    mail: Mail, language: str, zone: ZoneInfo, now: datetime, title: str, text: str, html: str
) -> tuple[str, str]:
    """The answer with the customer's mail below it, as text and as an HTML document."""
    attribution, words = _attribution(mail, language, zone, now), _quoted_words(mail)
    whole = _BODY.format(
        language=escape(language),
        title=escape(title),
        answer=html,
        attribution=escape(attribution),
        quoted=escape("\n".join(words)).replace("\n", "<br>\n"),
    )
    return f"{text}\n{attribution}\n{_quoted(words)}\n", whole


def _middle(answer: Answer, values: dict[str, str]) -> str:
    """The body as Markdown with placeholders; steps and link after it, where it has none itself."""
    known = placeholders(values)
    parts = [personal.body(answer, known).strip()]
    short = len(answer.steps) <= MOST_STEPS or not answer.link
    if answer.steps and short and not _has_list(answer.body):
        parts.append(_list([personal.step(each, known) for each in answer.steps]))
    if answer.link and answer.link not in answer.body:
        parts.append(f"<{answer.link}>")
    return "\n\n".join(parts)


def _has_list(body: str) -> bool:
    return any(line.lstrip().startswith(("1.", "1)", "- ", "* ")) for line in body.splitlines())


def _list(steps: Sequence[str]) -> str:
    if len(steps) == 1:
        return steps[0]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _attribution(mail: Mail, language: str, zone: ZoneInfo, now: datetime) -> str:
    at = (mail.date or now).astimezone(zone)
    name, address = visible_line(mail.sender.name), visible_line(mail.sender.address)
    who = f"{name} <{address}>" if name else address
    form = _ATTRIBUTION.get(language, _ATTRIBUTION["en"])
    return form.format(day=calendar_day(at.date(), language), time=f"{at:%H:%M}", who=who)


def _quoted_words(mail: Mail) -> list[str]:
    words = lines_of(mail.text).strip("\n")
    if len(words) > _MOST_QUOTED:
        words = f"{words[:_MOST_QUOTED]}\n[…]"
    return [line.rstrip() for line in words.split("\n")]


def _quoted(lines: Sequence[str]) -> str:
    """RFC 3676 §4.5: a mark, and a space before what is no mark itself."""
    return "\n".join(">" + (line if not line or line.startswith(">") else f" {line}") for line in lines)
