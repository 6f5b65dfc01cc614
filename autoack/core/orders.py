"""Mails of the team that answer one of ours: who asks for what, and by what proof.

From is written by whoever sends the mail, so it proves nothing. A reply proves itself by the Message-ID of the mail
that it answers: half of it comes from this installation's secret, and only the person to whom we sent that mail has
read it. A mail from a link proves itself by the link's token. Both hold for the person they were sent to, and for
30 days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from autoack.core import tokens
from autoack.core.commands import Command, command_in
from autoack.core.delivery import MailKind
from autoack.core.follow_up import is_ours_tagged
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.policy import Desk, Person
from autoack.core.subject import bare_subject

ANSWERABLE = frozenset(
    {
        MailKind.REMINDER,
        MailKind.ESCALATION,
        MailKind.LIST,
        MailKind.NOTICE,
        MailKind.ASSIGNMENT,
        MailKind.BOUNCED,
        MailKind.RATING,
        MailKind.DIGEST,
        MailKind.CONFIRMATION,
    }
)
LINK = "act"  # what the tokens of links are for
_ASKED = (Kind.TEAM, Kind.CUSTOMER, Kind.CUSTOMER_REPLY)  # never an automatic reply, a bounce, a robot


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that we sent to a person of the team, as a reply may refer to it."""

    message_id: str
    kind: MailKind
    to: str  # case folded
    ref: str | None
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A person asks for something, and it is them. `command` is None for words that are no command.

    `written_at`: when what they answer was written; of what happened later they may know nothing. `proof` tells
    the same mail or link of ours from others. `to_reminder`: what they answer told of a customer.
    """

    person: Person
    command: Command | None
    ref: str | None
    written_at: datetime
    proof: str
    in_time: bool
    to_reminder: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A command without proof, or by a stranger: nothing is done. `reason`: stranger, no-proof, dmarc.

    `sender` is the address that From names, and `person` whose of the team it is. `because` is for the timeline.
    """

    command: Command
    reason: str
    sender: str
    person: Person | None
    because: str


def order_in(
    mail: Mail,
    verdict: Verdict,
    desk: Desk,
    letters: Mapping[str, Letter],
    secret: str,
    now: datetime,
    *,
    of_thread: bool,
) -> Order | Refused | None:
    """What a mail asks for; None where it asks for nothing, as nearly all do.

    `letters`: ours that the mail refers to, by Message-ID. `of_thread`: it belongs to a thread.
    """
    forged = verdict.kind is Kind.SPAM and verdict.reason == "dmarc"
    if (verdict.kind not in _ASKED and not forged) or verdict.reason == "duplicate":
        return None
    person = desk.person_at(mail.sender.address)
    signed = tokens.tokens_of(f"{mail.subject}\n{mail.new_text}")
    answered = next((letters[one] for one in reversed(mail.references) if one in letters), None)
    if not (signed or answered or (person and of_thread)) or not _among_us(mail, desk):
        return None
    command = _command(mail, linked=bool(signed))
    order = None if forged or person is None else _proven(person, command, answered, signed, secret, now)
    if order is not None:
        return order
    return _refused(mail, verdict, command, person, forged=forged) if command else None


def _proven(
    person: Person,
    command: Command | None,
    answered: Letter | None,
    signed: tuple[tokens.Signed, ...],
    secret: str,
    now: datetime,
) -> Order | None:
    named = command.ref if command else None
    for one in signed:
        if tokens.is_genuine(secret, one, person.id, LINK):
            ends_at = tokens.ends_at(one)
            return Order(
                person,
                command,
                named or one.ref,
                ends_at - tokens.LASTS,
                one.token,
                in_time=now < ends_at,
                to_reminder=False,
            )
    if answered is not None and answered.to in person.addresses:
        return Order(
            person,
            command,
            named or answered.ref,
            answered.written_at,
            answered.message_id,
            in_time=now < answered.written_at + tokens.LASTS,
            to_reminder=answered.kind not in (MailKind.CONFIRMATION, MailKind.DIGEST),
        )
    return None


def _refused(
    mail: Mail, verdict: Verdict, command: Command, person: Person | None, *, forged: bool
) -> Refused:
    sender = mail.sender.address
    asked = f"{sender or 'nobody'} asked for “{command.verb}”"
    if forged:
        because = f"{asked}; {verdict.because} Nothing was done."
        return Refused(command, "dmarc", sender, person, because)
    if person is None:
        because = f"{asked}, and is no person of the team. Nothing was done."
        return Refused(command, "stranger", sender, None, because)
    because = (
        f"{asked} as {person.name}, but the mail answers none that was sent to them, nor has it a link's token: "
        "From alone may be forged. Nothing was done."
    )
    return Refused(command, "no-proof", sender, person, because)


def as_ordered(order: Order) -> Verdict:
    """The verdict on a mail that carries an order."""
    if order.command is None:
        because = f"{order.person.name} answered a mail of ours with words that are no command."
        return Verdict(Kind.TEAM, Outcome.RECORD, "not-delivered", because)
    because = f"{order.person.name} asked for “{order.command.verb}” in answer to a mail of ours to them."
    return Verdict(Kind.TEAM, Outcome.RECORD, "command", because)


def _command(mail: Mail, *, linked: bool) -> Command | None:
    """In the first line; in a mail from a link else in the subject: some mail programs drop a link's text."""
    found = command_in(mail.new_text)
    if found is None and linked:
        found = command_in(bare_subject(tokens.without_tokens(mail.subject)))
    return found


def _among_us(mail: Mail, desk: Desk) -> bool:
    """Whether it goes to nobody but this desk and its people: what a customer reads is an answer."""
    return all(
        address.key in desk.own_addresses
        or is_ours_tagged(address, desk)
        or desk.person_at(address.address) is not None
        or (address.domain in desk.organisation.domains and not desk.organisation.internal_customers)
        for address in mail.recipients
        if address.address
    )
