"""Weighs the soft signs that a program wrote to many; none of them proves anything by itself.

A customer may write through a marketing service (zammad #3667), a robot may look like a person (freescout
#3670): each sign has its points, and only their sum says something.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from autoack.core import automatic_words, mailing_words, sender_signs
from autoack.core.judging import cite, is_answer, is_forwarded, recorded, return_path
from autoack.core.message import Kind, Mail, Verdict

DOUBT = 4  # points from which the team decides whether it is a customer
CERTAIN = 6  # points from which it is a robot
_BULK_FIELDS = frozenset(
    {
        *("x-bulkmail", "x-campaign", "x-campaignid", "x-campaign-id", "x-mc-user", "x-mandrill-user"),
        *("x-em-version", "x-quris", "x-mailer-version", "x-mailgun-tag", "x-mailgun-sid", "x-sg-eid"),
        *("x-ses-outgoing", "x-report-abuse", "x-report-abuse-to", "x-csa-complaints", "x-mailchimp-id"),
        *("x-job", "x-jobid", "x-mailingid", "x-mailing-id", "x-newsletter", "x-subscriber", "x-abuse-info"),
        *("x-sfmc-stack", "x-messagegateid", "x-emarsys-identify", "x-mailjet-campaign", "x-pm-message-id"),
        *("x-cmail-messageid", "x-roving-id", "x-mailer-recptid", "x-listmember", "x-rcpt-to-list"),
        *(
            "x-tmpl",
            "x-template",
            "x-php-originating-script",
            "x-php-script",
            "x-complaints-to",
            "x-sender-id",
        ),
        *("x-unsubscribe", "x-unsubscribe-web", "x-list-unsubscribe", "x-smtpapi", "x-accounttype"),
    }
)
_SERVICE_FIELDS = _BULK_FIELDS | {"list-unsubscribe"}
_NUMBER = re.compile(r"\d{5}")  # of a mailing, or of one that gets it
_PICTURES_ONLY = 20  # characters of text; fewer say nothing


class _Sign(NamedTuple):
    points: int
    what: str


def mass_mail(mail: Mail) -> Verdict | None:
    """The sum of the soft signs, each named with its points.

    Robots seldom answer: of an answer only what it says of itself is weighed, unless a service sent it.
    """
    said = _automatic(mail)
    answer = is_answer(mail)
    if answer and not mail.headers.first_of(_SERVICE_FIELDS):
        return _weighed(said + _acknowledged(mail))
    found = _in_header(mail) + _of_name(mail)
    if found or answer or mailing_words.reference_number(mail.subject):
        said += _acknowledged(mail)
    if found or (_has_link(mail) and _in_own(mail, mailing_words.unsubscribe_words)):
        found += _in_text(mail, 2 if found else 1)
    if found and (answer or is_forwarded(mail)):
        found.append(_Sign(-2, "an answer or a forwarded mail"))
    return _weighed(found + said)


def _has_link(mail: Mail) -> bool:
    """Who may be left is left by a link or a mail; of HTML the text may have lost them."""
    return (
        "http" in mail.text or "@" in mail.text or any(p.content_type == "text/html" for p in mail.parts[:2])
    )


def _weighed(found: list[_Sign]) -> Verdict | None:
    total = sum(sign.points for sign in found)
    if total < DOUBT:
        return None
    told = ", ".join(f"{sign.what} ({sign.points})" for sign in found)
    if total >= CERTAIN:
        because = f"Signs of a mailing or notification, {total} points where {CERTAIN} are enough: {told}."
        return recorded(Kind.ROBOT, "mass-mail", because)
    because = f"Signs of a mailing or notification, {total} points, so the team decides: {told}."
    return recorded(Kind.CUSTOMER, "doubt", because)


def signs_in_header(mail: Mail) -> list[str]:
    """The soft signs in header and address, each in words."""
    return [sign.what for sign in _in_header(mail)]


def _in_header(mail: Mail) -> list[_Sign]:
    headers, found = mail.headers, []
    if "List-Unsubscribe" in headers:
        found.append(_Sign(2, cite(mail, "list-unsubscribe")[:80]))
    if name := headers.first_of(_BULK_FIELDS):
        found.append(_Sign(2, cite(mail, name)[:80]))
    if mailing_words.is_program_mailer(headers.get("X-Mailer")):
        found.append(_Sign(1, cite(mail, "x-mailer")[:80]))
    elif mail.message_id and mailing_words.is_program_id(mail.message_id):
        found.append(_Sign(1, f"Message-ID: {mail.message_id[:60]}"))
    if sender_signs.is_campaign_address(mail.sender):
        found.append(_Sign(3, f"From: {mail.sender.address}"))
    elif sender_signs.is_role_address(mail.sender):
        found.append(_Sign(1, f"From: {mail.sender.address}"))
    if any(a.key != mail.sender.key and sender_signs.is_campaign_address(a) for a in mail.reply_to):
        found.append(_Sign(1, f"Reply-To: {mail.reply_to[0].address}"))
    found += _of_envelope(mail)
    return found


def _of_name(mail: Mail) -> list[_Sign]:
    if sender_signs.is_named_no_reply(mail.sender) or sender_signs.is_named_robot(mail.sender):
        return [_Sign(2, f"From: “{mail.sender.name[:60]}”")]
    return []


def _of_envelope(mail: Mail) -> list[_Sign]:
    """Programs have bounces come back to themselves."""
    path = return_path(mail)
    if not path.address:
        return []
    if sender_signs.says_no_reply(path) or sender_signs.is_program_address(path):
        return [_Sign(2, f"Return-Path: {path.address}")]
    numbered = path.domain != mail.sender.domain and _NUMBER.search(path.local)
    if sender_signs.is_robot_address(path) or numbered or any(c in path.local for c in "=#"):
        return [_Sign(1, f"Return-Path: {path.address[:60]}")]
    return []


def _in_text(mail: Mail, for_subject: int) -> list[_Sign]:
    """What would not be enough alone: it is looked for only where there are other signs.

    Who asks how to leave a newsletter names it in the subject: where the header says nothing that counts less.
    """
    found = []
    if words := mailing_words.mailing_subject(mail.subject):
        found.append(_Sign(for_subject, f"Subject: “{words}”"))
    if not mail.recipients:
        found.append(_Sign(1, "nobody in To and Cc"))
    said = (_in_own(mail, mailing_words.unsubscribe_words), _in_own(mail, mailing_words.mailing_words))
    found += [_Sign(2, f"the text says “{words}”") for words in said if words]
    if mail.to and mailing_words.is_personal_link(mail.text, mail.to[0].address):
        found.append(_Sign(2, "a link with the recipient's address in it"))
    if mailing_words.is_tracked(mail.text):
        found.append(_Sign(1, "links that count who follows them"))
    types = {part.content_type for part in mail.parts}
    if types == {"text/html"}:
        found.append(_Sign(1, "HTML without plain text"))
        if len(mail.text) < _PICTURES_ONLY:
            found.append(_Sign(2, "pictures without text"))
    return found


def _in_own(mail: Mail, look: Callable[[str], str]) -> str:
    """What a quoted mail says is not the writer's: who asks about a newsletter has its foot below their words."""
    if not look(mail.text):  # as most mails
        return ""
    return look(mail.new_text) or look(mail.signature)


def _automatic(mail: Mail) -> list[_Sign]:
    words = automatic_words.automatic_words(mail.new_text)
    return [_Sign(DOUBT, f"the text says “{words}”")] if words else []


def _acknowledged(mail: Mail) -> list[_Sign]:
    """Another desk says that it has our mail: an answer would begin a talk of two programs."""
    words = automatic_words.acknowledgement(mail.new_text)
    if not words:
        return []
    found = [_Sign(2, f"the text says “{words}”")]
    if number := mailing_words.reference_number(mail.subject):
        found.append(_Sign(1, f"Subject: “{number}”"))
    if is_answer(mail) and sender_signs.is_role_address(mail.sender):
        found.append(_Sign(1, f"From: {mail.sender.address}"))
    return found
