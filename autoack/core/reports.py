"""The rules by which the reports of mail systems are known: bounces, read receipts, abuse, DMARC and TLS.

One rule is one function; its docstring names where it comes from. Each gives a Verdict, or None where it has
nothing to say.
"""

from autoack.core import bounce_words, sender_signs
from autoack.core.judging import cite, has_null_sender, ignored, is_answer, is_forwarded, recorded, shown
from autoack.core.message import Kind, Mail, Verdict

_PARTS = {
    "message/delivery-status": Kind.BOUNCE,
    "message/global-delivery-status": Kind.BOUNCE,
    "message/xdelivery-status": Kind.BOUNCE,
    "message/disposition-notification": Kind.REPORT,
    "message/global-disposition-notification": Kind.REPORT,
    "message/feedback-report": Kind.REPORT,
    "application/tlsrpt+gzip": Kind.REPORT,
    "application/tlsrpt+json": Kind.REPORT,
}
_NAMES = {
    "disposition-notification": "a read receipt (RFC 8098)",
    "feedback-report": "a report on abuse or failed authentication (RFC 5965, RFC 6591)",
    "tlsrpt": "a report on TLS (RFC 8460)",
    "delivery-status": "a report on its delivery (RFC 3464)",
}


def delivery_report(mail: Mail) -> Verdict | None:
    """Multipart/report (RFC 6522): on delivery (RFC 3464), disposition (RFC 8098), abuse (RFC 5965), TLS.

    A report's parts in another structure count only if a mail system sent it, or if there are no words with
    it: a person who forwards a bounce is a customer.
    """
    report, sort = _report_of(mail)
    if not (report or has_null_sender(mail) or sender_signs.is_daemon_like(mail.sender) or _bare(mail)):
        return None
    for part in mail.parts:
        if kind := _PARTS.get(part.content_type):
            reason = "delivery-report" if kind is Kind.BOUNCE else "report"
            return ignored(kind, reason, f"A part {part.content_type} makes it {_name(part.content_type)}.")
    if not report:
        return None
    if sort in ("", "delivery-status"):
        because = "Content-Type is multipart/report: a mail system tells what became of a mail (RFC 6522)."
        return ignored(Kind.BOUNCE, "delivery-report", because)
    because = f"Content-Type is multipart/report; report-type={sort}: {_name(sort)}."
    return ignored(Kind.REPORT, "report", because)


def _report_of(mail: Mail) -> tuple[bool, str]:
    """Whether it is a report, and of which type; one whose boundary is lost has a leaf of that type."""
    for kind, parameters in mail.multiparts[:1] or [(p.content_type, p.parameters) for p in mail.parts[:1]]:
        return kind == "multipart/report", parameters.get("report-type", "").lower()
    return False, ""


def _name(sort: str) -> str:
    return next((name for mark, name in _NAMES.items() if mark in sort), "a mail system's report (RFC 6522)")


def _bare(mail: Mail) -> bool:
    return not mail.new_text and bounce_words.is_bounce_subject(mail.subject) and not is_forwarded(mail)


def aggregate_report(mail: Mail) -> Verdict | None:
    """Aggregate reports on DMARC (RFC 7489 §7.2.1.1) and TLS (RFC 8460 §5.3), and Hotmail's on abuse."""
    if is_answer(mail) or is_forwarded(mail):
        return None
    if bounce_words.is_report_subject(mail.subject):
        because = f"The subject “{mail.subject}” is that of an aggregate report (RFC 7489, RFC 8460)."
        return ignored(Kind.REPORT, "aggregate-report", because)
    named = next((p.filename for p in mail.parts if bounce_words.is_report_file(p.filename)), None)
    if named is None:
        return None
    because = f"The attachment {named} is named as aggregate reports are (RFC 7489 §7.2.1.1)."
    return ignored(Kind.REPORT, "aggregate-report", because)


def failed_recipients(mail: Mail) -> Verdict | None:
    """X-Failed-Recipients: Exim and Gmail name in it whom a mail could not reach."""
    if "X-Failed-Recipients" in mail.headers:
        because = f"{cite(mail, 'x-failed-recipients')}: a mail did not reach them."
        return ignored(Kind.BOUNCE, "failed-recipients", because)
    return None


def daemon_sender(mail: Mail) -> Verdict | None:
    """MAILER-DAEMON and its kin are mail systems (RFC 5230 §4.6)."""
    if sender_signs.is_daemon(mail.sender):
        because = f"From is {shown(mail.sender)}: a mail system, not a person (RFC 5230 §4.6)."
        return ignored(Kind.BOUNCE, "daemon", because)
    return None


def empty_sender(mail: Mail) -> Verdict | None:
    """An empty address in From, whatever the name beside it: the form of bounces (RFC 3834 §2)."""
    if mail.sender.address:
        return None
    value = mail.headers.get("From")
    if not value or "<" in value or sender_signs.is_daemon_like(mail.sender):
        because = f"From has no address (“{value}”): the form of bounces (RFC 3834 §2)."
        return ignored(Kind.BOUNCE, "empty-sender", because)
    return None


def null_return_path(mail: Mail) -> Verdict | None:
    """Return-Path `<>`: its sender wants no answer at all (RFC 5321 §4.5.5, RFC 3834 §2).

    It is a bounce's, and an automatic answer's (RFC 3834 §3.3); what answers a mail without a word of a
    failure is the second.
    """
    if not has_null_sender(mail):
        return None
    bounce = bounce_words.is_bounce_subject(mail.subject) or bounce_words.bounce_words(mail.text)
    kind = Kind.BOUNCE if bounce or not is_answer(mail) else Kind.AUTO_REPLY
    return ignored(kind, "null-sender", "Return-Path is <>: the mail must not be answered (RFC 3834 §2).")


def written_bounce(mail: Mail) -> Verdict | None:
    """Bounces of no standard form: a sender like a mail system; subject and text speak of a failure.

    One of the two from such a sender leaves a doubt, and so do both from any other, if the mail is neither
    forwarded nor an answer. A wait begins then, for it may be a person who has trouble with a mail. Gateways
    put the failure behind the subject of the mail that failed: that `Re:` is the subject's own.
    """
    daemon = sender_signs.is_daemon_like(mail.sender)
    gateway = not daemon and _is_gateways(mail)
    if not daemon and not gateway and not bounce_words.is_system_subject(mail.subject):
        return None
    subject = bounce_words.is_bounce_subject(mail.subject)
    words = bounce_words.bounce_words(mail.new_text or mail.text)
    if daemon and subject and words:
        because = (
            f"From {shown(mail.sender)}, the subject “{mail.subject}” and the words “{words}” are a bounce's."
        )
        return ignored(Kind.BOUNCE, "bounce", because)
    if daemon and (subject or words) and not is_forwarded(mail):
        found = f"the subject “{mail.subject}”" if subject else f"the words “{words}”"
        because = f"From {shown(mail.sender)} and {found} are like a bounce's."
        return recorded(Kind.BOUNCE, "bounce", because)
    if subject and words and not daemon and (gateway or not is_answer(mail)) and not is_forwarded(mail):
        because = (
            f"The subject “{mail.subject}” and the words “{words}” are like a bounce's: the team decides."
        )
        return recorded(Kind.CUSTOMER, "doubt", because)
    return None


def _is_gateways(mail: Mail) -> bool:
    """Whether a failure stands behind a subject, and an address in the text: that parcel was a mail."""
    return "@" in mail.new_text and not mail.references and bounce_words.ends_as_bounce(mail.subject)


def written_read_receipt(mail: Mail) -> Verdict | None:
    """Read receipts of no standard form, of Outlook, Lotus and X.400: both subject and text say so."""
    if bounce_words.is_read_receipt(mail.subject, mail.new_text or mail.text):
        because = f"The subject “{mail.subject}” and the text are those of a read receipt."
        return ignored(Kind.REPORT, "read-receipt", because)
    return None
