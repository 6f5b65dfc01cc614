"""Whom a mail did not reach and which mail that was, from the bounces of many systems."""

import pytest

from autoack.core.bounce import bounced_of
from autoack.core.message import Mail
from tests.core.mails import mail, multipart

OURS = "<autoack.0123456789abcdef01234567@primjer.example>"
STATUS = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kupac.example
Arrival-Date: Mon, 23 Nov 2026 09:59:58 +0100

Original-Recipient: rfc822;Ivan@kupac.example
Final-Recipient: RFC822; <ivan.horvat@inside.kupac.example>
Action: failed
Status: 5.1.1 (bad mailbox)
Diagnostic-Code: smtp; 550 5.1.1 no such
 user here
"""
RETURNED = (
    f"Content-Type: message/rfc822\n\nSubject: Re: x\nMessage-ID: {OURS}\n\nHvala. Message-ID: <z@z.example>"
)


def dsn(status: str = STATUS, returned: str = RETURNED) -> Mail:
    return multipart("multipart/report; report-type=delivery-status", "\nIt failed.", status, returned)


def test_a_report_names_the_recipient_as_it_was_written_and_the_returned_mail() -> None:
    found = bounced_of(dsn())
    assert found is not None
    assert found.recipients == ("ivan@kupac.example",)
    assert found.message_ids == (OURS,)  # what stands in the returned text is not its header
    assert (found.permanent, found.status) == (True, "5.1.1")
    assert found.diagnostic == "550 5.1.1 no such user here"


def test_the_header_alone_may_be_returned_in_any_encoding() -> None:
    returned = (
        "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Subject: x\nMessage-ID: =\n" + OURS
    )
    found = bounced_of(dsn(returned=returned))
    assert found is not None
    assert found.message_ids == (OURS,)


def test_a_delay_is_not_permanent_and_what_was_delivered_did_not_fail() -> None:
    delayed = STATUS.replace("failed", "delayed").replace("5.1.1", "4.4.1")
    found = bounced_of(dsn(delayed))
    assert found is not None
    assert (found.recipients, found.permanent, found.status) == (("ivan@kupac.example",), False, "4.4.1")
    found = bounced_of(dsn(STATUS.replace("failed", "delivered")))
    assert found is not None
    assert found.recipients == ()


def test_of_several_recipients_those_that_failed_are_named() -> None:
    more = STATUS + "\nFinal-Recipient: rfc822;b@kupac.example\nAction: delayed\nStatus: 4.2.2\n"
    more += "\nFinal-Recipient: rfc822;c@kupac.example\nStatus: 5.2.2\n"
    found = bounced_of(dsn(more))
    assert found is not None
    assert found.recipients == ("ivan@kupac.example", "c@kupac.example")


QMAIL = """Hi. This is the qmail-send program at mx.kupac.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ivan@kupac.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <podrska@primjer.example>
Message-ID: %s
To: other@kupac.example
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ivan@kupac.example
    SMTP error from remote mail server after RCPT TO:<ivan@kupac.example>:
    host mx.kupac.example [192.0.2.10]: 550 unknown user

------ This is a copy of the message, including all the headers. ------

Message-ID: %s
"""
POSTFIX = """I'm sorry to have to inform you that your message could not be delivered.

<ivan@kupac.example>: host mx.kupac.example[192.0.2.10] said: 452 4.2.2 Mailbox
    full (in reply to RCPT TO command)

Message-ID: %s
"""
SENDMAIL = """   ----- The following addresses had permanent fatal errors -----
<ivan@kupac.example>
    (reason: 550 5.1.1 user unknown)

   ----- Transcript of session follows -----
... while talking to mx.kupac.example.:
>>> DATA
Message-ID: %s
"""
HUNGARIAN = """A levél kézbesítése sikertelen. Címzett: ivan@kupac.example
Message-ID: %s
"""


@pytest.mark.parametrize(
    ("text", "permanent", "status"),
    [
        (QMAIL, True, "5.1.1"),
        (EXIM, True, None),
        (POSTFIX, False, "4.2.2"),
        (SENDMAIL, True, "5.1.1"),
        (HUNGARIAN, True, None),
    ],
)
def test_a_bounce_in_words_names_the_same(text: str, permanent: bool, status: str | None) -> None:
    found = bounced_of(mail(text % OURS, From="MAILER-DAEMON@mx.kupac.example"))
    assert found is not None
    assert found.recipients == ("ivan@kupac.example",)
    assert found.message_ids == (OURS,)
    assert (found.permanent, found.status) == (permanent, status)


def test_the_header_of_exim_and_the_mail_it_answers_are_used() -> None:
    found = bounced_of(
        mail("It failed.", X_Failed_Recipients="a@kupac.example, b@kupac.example", In_Reply_To=OURS)
    )
    assert found is not None
    assert found.recipients == ("a@kupac.example", "b@kupac.example")
    assert found.message_ids == (OURS,)


def test_our_own_address_did_not_fail() -> None:
    text = "Your message from podrska@primjer.example failed.\n\n<podrska@primjer.example>\n<ivan@kupac.example>\n"
    found = bounced_of(mail(text, From="MAILER-DAEMON@mx.kupac.example"))
    assert found is not None
    assert found.recipients == ("ivan@kupac.example",)


def test_a_mail_that_names_nobody_says_nothing() -> None:
    assert bounced_of(mail("Something went wrong.")) is None


def test_a_hostile_text_takes_no_long_time() -> None:
    assert bounced_of(mail("<" * 30_000 + "@" * 30_000)) is None
    assert bounced_of(mail("to to to " * 6_000 + "a." * 4_000)) is None
