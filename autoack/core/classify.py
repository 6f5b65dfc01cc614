"""Says what sort of mail it is and what becomes of it: reasons not to answer first, a person's mail last.

Where the rules doubt, the mail is recorded and the team sees it; only what certainly is no customer's is
ignored.
"""

from collections.abc import Callable
from dataclasses import dataclass

from autoack.core import automatic, mass_mail, reports, robots
from autoack.core.authserv import dmarc_result
from autoack.core.follow_up import follow_up
from autoack.core.judging import ignored, keyword, recorded
from autoack.core.message import Kind, Mail, Outcome, Verdict
from autoack.core.ours import is_ours
from autoack.core.policy import Desk, Mailbox
from autoack.core.reply_to import customer_address, reaches

__all__ = ["classify", "customer_address", "reaches"]

_CALENDAR_METHODS = frozenset({"request", "reply", "cancel", "counter", "declinecounter", "refresh", "add"})
_OUTWEIGHED = frozenset({Kind.CUSTOMER, Kind.CUSTOMER_REPLY, Kind.TEAM, Kind.LIST, Kind.ROBOT})
_SILENCE = frozenset({"all", "autoreply", "oof"})


@dataclass(frozen=True, slots=True)
class _Case:
    """One mail and what is known about where it was met."""

    mail: Mail
    desk: Desk
    mailbox: Mailbox
    sent_folder: bool
    thread_customer: bool


_Rule = Callable[[_Case], Verdict | None]


def classify(
    mail: Mail,
    desk: Desk,
    mailbox: Mailbox,
    *,
    sent_folder: bool = False,
    thread_customer: bool = False,
    named: bool = False,
) -> Verdict:
    """The first rule that has something to say decides.

    `sent_folder`: it lies in a folder of sent mail. `thread_customer`: it belongs to a known thread and comes
    from that thread's own customer. `named`: a rule of the ops says who the customer is, which outweighs that
    its sender is a robot, a list, a colleague or an address of this desk; it never makes a bounce or an automatic
    reply a person's mail, nor one that carries autoack's own mark or goes round in circles.
    """
    case = _Case(mail, desk, mailbox, sent_folder, thread_customer)
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None and not (named and _outweighed(verdict)):
            return verdict
    kind = Kind.CUSTOMER_REPLY if thread_customer else Kind.CUSTOMER
    return Verdict(kind, Outcome.RECEIPT, "customer", f"A person wrote: {_who(mail)}.")


def _outweighed(verdict: Verdict) -> bool:
    return verdict.kind in _OUTWEIGHED and verdict.reason != "loop"


def _who(mail: Mail) -> str:
    return mail.sender.address or mail.sender.name or "nobody"


def _own_mail(case: _Case) -> Verdict | None:
    """Our own mails come back in Sent folders, loops and wrong rules (DESIGN principle 7)."""
    headers = case.mail.headers
    if "X-Autoack" in headers:
        because = f"X-Autoack: {headers.get('X-Autoack')}: autoack's own mark."
        return ignored(Kind.OWN, "own", because)
    if case.mail.message_id and is_ours(case.mail.message_id):
        return ignored(Kind.OWN, "own", f"Message-ID {case.mail.message_id} is one of ours.")
    if case.sent_folder and keyword(headers.get("Auto-Submitted")) not in ("", "no"):
        because = f"Auto-Submitted: {headers.get('Auto-Submitted')}, in a folder of sent mail."
        return ignored(Kind.OWN, "own", because)
    return None


def _sent(case: _Case) -> Verdict | None:
    """What lies in a Sent folder was written by whoever uses the mailbox, under whatever address."""
    if case.sent_folder:
        return recorded(Kind.TEAM, "team", f"Sent from this mailbox by {_who(case.mail)}.")
    return None


def _forged(case: _Case) -> Verdict | None:
    """A failing DMARC (RFC 8601 §2.7.5) by the authserv-id that the ops trust: who wrote is not certain."""
    trusted = case.mailbox.trust_authserv
    fields = case.mail.headers.all("Authentication-Results") if trusted else ()
    if trusted and fields and dmarc_result(fields, trusted) == "fail":
        because = f"Authentication-Results of {trusted}: dmarc=fail. Who wrote is not certain (RFC 8601)."
        return recorded(Kind.SPAM, "dmarc", because)
    return None


def _own_copy(case: _Case) -> Verdict | None:
    """An answer from the desk's own address that reached the desk by podrska+3d@… in Bcc or Cc."""
    if case.mail.sender.key in case.desk.own_addresses and follow_up(case.mail, case.mailbox):
        because = (
            f"From is {case.mail.sender.address}, and it came by a tag of that address: a copy of an answer."
        )
        return recorded(Kind.TEAM, "team", because)
    return None


def _own_address(case: _Case) -> Verdict | None:
    """The desk's own address without our mark: web forms do this, and a rule may name the customer."""
    if case.mail.sender.key in case.desk.own_addresses:
        because = f"From is {case.mail.sender.address}, an address of this desk."
        return recorded(Kind.CUSTOMER, "own-address", because)
    return None


def _team(case: _Case) -> Verdict | None:
    """A person of the team, by address: not by domain alone."""
    person = case.desk.person_at(case.mail.sender.address)
    if person is not None:
        return recorded(Kind.TEAM, "team", f"From {case.mail.sender.address}: {person.name} of the team.")
    return None


def _colleague(case: _Case) -> Verdict | None:
    """Senders in the organisation's domains are colleagues; recorded, so that the team sees one that asks."""
    organisation = case.desk.organisation
    if case.mail.sender.domain in organisation.domains and not organisation.internal_customers:
        because = f"{case.mail.sender.address} is in a domain of the organisation: a colleague."
        return recorded(Kind.TEAM, "colleague", because)
    return None


def _postmaster(case: _Case) -> Verdict | None:
    """RFC 5230 §4.6: a postmaster is often a person. What is no bounce is left to the team."""
    if case.mail.sender.local == "postmaster":
        because = f"From is {case.mail.sender.address}: a person or a mail system; the team decides."
        return recorded(Kind.CUSTOMER, "postmaster", because)
    return None


def _calendar(case: _Case) -> Verdict | None:
    """Invitations and answers to them (RFC 6047 §2.4); a calendar file without METHOD is an attachment.

    They may carry marks of a program, and are for people all the same; a colleague's is the team's mail.
    """
    if case.desk.person_at(case.mail.sender.address) is not None:
        return None
    for part in case.mail.parts:
        method = part.parameters.get("method", "").lower()
        if part.content_type == "text/calendar" and method in _CALENDAR_METHODS:
            because = f"A part text/calendar; method={method}: an invitation, or an answer to one (RFC 6047)."
            return recorded(Kind.CALENDAR, "calendar", because)
    value = case.mail.headers.get("Content-Class")
    if "calendarmessage" in value.lower():
        return recorded(Kind.CALENDAR, "calendar", f"Content-Class: {value}: an invitation of Exchange.")
    return None


def _spam(case: _Case) -> Verdict | None:
    """What our own filter marked as spam: an answer would be backscatter."""
    for name in ("X-Spam-Flag", "X-Spam-Status"):
        value = case.mail.headers.get(name)
        if value.lower().startswith("yes"):
            return recorded(Kind.SPAM, "spam", f"{name}: {value[:60]}: the mail server's filter says spam.")
    return None


def _suppressed(case: _Case) -> Verdict | None:
    """X-Auto-Response-Suppress (MS-OXCMAIL 2.1.3.2.14) asks for silence; it does not mark a robot."""
    value = case.mail.headers.get("X-Auto-Response-Suppress")
    if _SILENCE & {word.strip().lower() for word in value.split(",")}:
        because = f"X-Auto-Response-Suppress: {value}: its sender asks for no automatic answer (MS-OXCMAIL)."
        return recorded(_customer_kind(case), "suppressed", because)
    return None


def _nobody(case: _Case) -> Verdict | None:
    """A person's name without an address: there is nobody to send to, and the team should know."""
    if not case.mail.sender.address:
        return recorded(
            _customer_kind(case), "no-address", f"From has no address: “{case.mail.sender.name}”."
        )
    return None


def _customer_kind(case: _Case) -> Kind:
    return Kind.CUSTOMER_REPLY if case.thread_customer else Kind.CUSTOMER


def _of_mail(rule: Callable[[Mail], Verdict | None]) -> _Rule:
    return lambda case: rule(case.mail)


def _of_strangers(rule: Callable[[Mail], Verdict | None]) -> _Rule:
    """Signs that may be a person's, too: that it is a known thread's own customer outweighs them."""
    return lambda case: None if case.thread_customer else rule(case.mail)


# The order matters: a bounce says more than that it is automatic, and a colleague's vacation notice is an
# automatic reply before it is a colleague's.
_RULES: tuple[_Rule, ...] = (
    _own_mail,
    _sent,
    _of_mail(reports.delivery_report),
    _of_mail(reports.aggregate_report),
    _of_mail(reports.failed_recipients),
    _of_mail(reports.daemon_sender),
    _calendar,
    _of_mail(automatic.auto_submitted),
    _of_mail(automatic.auto_reply_field),
    _of_mail(automatic.auto_reply_subject),
    _of_mail(automatic.away_notice),
    _of_mail(reports.empty_sender),
    _of_mail(reports.null_return_path),
    _forged,
    _own_copy,
    _own_address,
    _team,
    _of_mail(reports.written_bounce),
    _of_mail(reports.written_read_receipt),
    _of_mail(robots.list_field),
    _of_strangers(robots.precedence),
    _of_mail(robots.list_sender),
    _of_mail(robots.no_reply),
    _of_mail(robots.robot_sender),
    _of_mail(automatic.challenge),
    _of_mail(robots.tracker),
    _of_mail(robots.loop),
    _spam,
    _colleague,
    _of_strangers(mass_mail.mass_mail),
    _of_mail(automatic.away_answer),
    _postmaster,
    _suppressed,
    _nobody,
)
