"""From a decision to the receipt: what intake queues and `autoack preview` shows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from autoack.core import opening_hours
from autoack.core.decision import Decision
from autoack.core.delivery import PAUSED, MailKind, OutboxState, Outgoing
from autoack.core.guards import storm_words
from autoack.core.message import Mail
from autoack.core.ours import message_id
from autoack.core.policy import Absence, Mailbox
from autoack.core.reply_to import written_to
from autoack.letters.compose import Composer, ReceiptFacts
from autoack.letters.letter import Letter


def receipt_for(
    mail: Mail,
    decision: Decision,
    mailbox: Mailbox,
    composer: Composer,
    *,
    salt: str,
    now: datetime,
    paused: bool = False,
    absences: Mapping[str, Absence] | None = None,
) -> tuple[Letter, Outgoing]:
    """The receipt that `decision` wants, as a letter and as an outbox row under its key (DESIGN section 2.2).

    It is written for the moment at which it goes: `receipt_delay` from now. It is held where the mailbox is
    `paused` or in a storm. `absences` are those of people who said by mail that they are away.
    """
    thread, customer = decision.thread, decision.customer
    assert thread is not None and customer is not None
    key = f"receipt:{mail.fingerprint}"
    if decision.policy is not None and decision.policy is not mailbox.policy:
        mailbox = replace(mailbox, policy=decision.policy)
    calendar = mailbox.policy.calendar
    goes_at = now + mailbox.receipt_delay
    closed = not opening_hours.is_open(calendar, goes_at)
    held = PAUSED if paused else f"storm: {storm_words(mailbox.storm)}" if decision.storm else None
    letter = composer.receipt(
        ReceiptFacts(
            mailbox=mailbox,
            thread=thread,
            customer=customer,
            from_address=written_to(mail, mailbox),
            subject=mail.subject,
            in_reply_to=mail.message_id,
            references=mail.references,
            promised_at=decision.receipt_promise,
            questions=decision.questions,
            answers=composer.suggestions.fitting(mail, decision),
            category=decision.ruled.category if decision.ruled else thread.category,
            further=_is_further(decision),
            opens_at=opening_hours.next_opening(calendar, goes_at) if closed else None,
            notice=opening_hours.closure_notice(calendar, goes_at, thread.language) if closed else None,
            message_id=message_id(key, mailbox.domain, salt),
            now=goes_at,
            absences=absences or {},
        )
    )
    row = Outgoing(
        key=key,
        kind=MailKind.RECEIPT,
        mailbox=mailbox.id,
        to=customer.address,
        message_id=letter.message_id,
        raw=letter.raw,
        created_at=now,
        next_at=goes_at,
        thread_ref=thread.ref,
        state=OutboxState.HELD if held else OutboxState.READY,
        error=held,
        expires_at=goes_at + mailbox.max_age,
    )
    return letter, row


def _is_further(decision: Decision) -> bool:
    """Whether the mail joins a wait for which its writer has a receipt already (`receipt: every`)."""
    news = {event.what for event in decision.events}
    return not decision.opens_thread and not news & {"wait", "joined"}
