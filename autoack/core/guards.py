"""What speaks against a receipt for a person who could have one: age, limits, the ops' own wish."""

from dataclasses import replace

from autoack.core.decision import Circumstances
from autoack.core.message import Kind, Outcome, Verdict
from autoack.core.policy import Mailbox
from autoack.core.thread import Known


def weighed(
    verdict: Verdict, mailbox: Mailbox, known: Known, met: Circumstances, address: str
) -> tuple[Verdict, bool]:
    """The verdict after age and limits, and whether the clock runs (contract: the field `clock`)."""
    if verdict.kind not in (Kind.CUSTOMER, Kind.CUSTOMER_REPLY):
        return verdict, False
    if met.old:
        because = "It lay in the folder before autoack began to watch it, or cannot be told from such mail."
        return replace(verdict, outcome=Outcome.RECORD, reason="backlog", because=because), False
    if verdict.outcome is not Outcome.RECEIPT:
        return verdict, True
    reason, because = _reason_against_receipt(mailbox, known, met, address)
    if reason:
        verdict = replace(verdict, outcome=Outcome.RECORD, reason=reason, because=because)
    return verdict, True


def _reason_against_receipt(
    mailbox: Mailbox, known: Known, met: Circumstances, address: str
) -> tuple[str, str]:
    """Why a person who could have a receipt gets none: reason and sentence, both empty where nothing speaks against."""
    if mailbox.receipt == "never":
        return "receipt-off", "This mailbox sends no receipts (`receipt: never`)."
    if met.answered:
        return "answered-already", "Somebody had answered it before it was read here."
    if met.now - met.received_at > mailbox.max_age:
        return "age", f"It arrived {_hours(met)} hours ago; `max_age` is {mailbox.max_age}."
    limit = mailbox.per_sender
    recent = [at for at in known.receipts.get(address, ()) if met.now - at <= limit.within]
    if len(recent) >= limit.receipts:
        return "limit", f"{address} had {len(recent)} receipts within {limit.within} (`per_sender`)."
    return "", ""


def _hours(met: Circumstances) -> int:
    return int((met.now - met.received_at).total_seconds() // 3600)
