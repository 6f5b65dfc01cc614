"""Soft signs are weighed: one alone is a person's right, their sum is told with its parts."""

import pytest

from autoack.core.classify import classify
from autoack.core.message import Mail
from tests.core.mails import mail, multipart
from tests.core.test_classify import ANSWERED, DESK, MAILBOX, judged

VERP = "<bounces+12-ab@em.crm.example>"
SUPPORT = MAILBOX.address
UNSUBSCRIBE = "New prices.\n\nTo unsubscribe, click here."


@pytest.mark.parametrize(
    "fields",
    [
        # what a customer who writes through a service, or about one, has
        {"List_Unsubscribe": "<mailto:u@crm.example>"},
        {"List_Unsubscribe": "<mailto:u@crm.example>", "Return_Path": VERP},
        {"X_Mandrill_User": "md_1"},
        {"X_Mailer": "PHPMailer 6.9", "From": "info@kupac.example"},
        {"From": "news@kupac.example"},
        {"From": "Orders <orders@kupac.example>"},
        {"body": "Please unsubscribe me from your newsletter."},
        {"Subject": "Your newsletter", "body": "How do I unsubscribe?"},
        {"Subject": "Your order #123", "body": "It has not come."},
        {"From": "info@kupac.example", "Subject": "Invoice #1234 is wrong"},
        {"From": "Ana <ana@hotmail.com>", "Subject": "Reminder: my refund"},
        {"From": "ana@kupac.example", "Reply_To": "orders@kupac.example", "Subject": "Your newsletter"},
        {"body": "You do not want to receive our money? Call me: http://kupac.example"},
        {"body": "Ne želim više primati vaš newsletter. http://kupac.example"},
        {"From": "Ana <ana@kupac.example>", "Return_Path": "<ana12345@pošta.example>"},
        {"body": f"http://x.example/a b{SUPPORT}", "X_Mailer": "PHPMailer"},
        {"body": "We have received your invoice. Thank you for your message."},
        {"Subject": "Re: Narudžba", "List_Unsubscribe": "<x>", "body": UNSUBSCRIBE},
    ],
)
def test_a_few_soft_signs_are_no_mailing(fields: dict[str, str]) -> None:
    assert judged(mail(**fields)) == ANSWERED


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"List_Unsubscribe": "<x>", "body": UNSUBSCRIBE}, "customer", "doubt"),
        ({"From": "news@shop.example", "body": UNSUBSCRIBE}, "customer", "doubt"),
        ({"From": "news@shop.example", "List_Unsubscribe": "<x>", "body": UNSUBSCRIBE}, "robot", "mass-mail"),
        ({"From": "a@newsletter.shop.example", "Return_Path": VERP}, "customer", "doubt"),
        ({"From": "support@shop.example", "X_Mandrill_User": "1", "Return_Path": VERP}, "customer", "doubt"),
        (
            {"From": "team@shop.example", "X_Mailer": "MIME::Lite", "Return_Path": "<noreply@b.example>"},
            "customer",
            "doubt",
        ),
        (
            {"Subject": "Welcome to Shop", "From": "hello@shop.example", "X_SES_Outgoing": "1"},
            "customer",
            "doubt",
        ),
        (
            {
                "From": "ana@shop.example",
                "Reply_To": "mailings@shop.example",
                "Subject": "Save up to 80%",
                "body": "If you no longer wish to receive them: http://shop.example",
            },
            "customer",
            "doubt",
        ),
        (
            {
                "From": "info@shop.example",
                "Return_Path": "<m.31.70500912@b.crm-host.example>",
                "body": "Se non desideri più ricevere le nostre offerte: http://shop.example/leave",
            },
            "customer",
            "doubt",
        ),
        (
            {
                "From": "info@shop.example",
                "Subject": "Bollettino di novembre",
                "body": f"http://shop.example/leave?who={SUPPORT.upper()}",
            },
            "customer",
            "doubt",
        ),
        (
            {
                "From": "ana@shop.example",
                "X_Mailgun_Tag": "x",
                "body": f"https://shop.example/u/{SUPPORT.replace('@', '%40')}/leave",
            },
            "customer",
            "doubt",
        ),
        ({"body": "This is an automated message."}, "customer", "doubt"),
        ({"body": "Diese Nachricht wurde automatisch erstellt."}, "customer", "doubt"),
        ({"body": "Prosimy nie odpowiadać na tę wiadomość."}, "customer", "doubt"),
        ({"body": "Не отвечайте на это письмо."}, "customer", "doubt"),
        (
            {
                "From": "support@desk.example",
                "Subject": "Re: [Ticket #12345] Narudžba",
                "body": "Thank you for contacting us. Your request has been received.",
            },
            "customer",
            "doubt",
        ),
    ],
)
def test_several_soft_signs_leave_a_doubt_or_make_a_robot(
    fields: dict[str, str], kind: str, reason: str
) -> None:
    assert judged(mail(**fields)) == (kind, "record", reason)


def test_a_threads_own_customer_outweighs_them_all() -> None:
    found = mail(List_Unsubscribe="<x>", body=UNSUBSCRIBE, From="news@shop.example")
    assert judged(found, thread_customer=True)[:2] == ("customer-reply", "receipt")


def test_the_sum_is_told_with_its_parts() -> None:
    found = mail(List_Unsubscribe="<https://x.example>", From="news@shop.example", X_Mailer="MailChimp")
    because = classify(found, DESK, MAILBOX).because
    assert "6 points" in because
    assert "List-Unsubscribe: <https://x.example> (2)" in because
    assert "From: news@shop.example (3)" in because
    assert "X-Mailer: MailChimp (1)" in because


def test_the_foot_of_a_quoted_mailing_is_not_the_writers() -> None:
    head = "From: Shop <news@shop.example>\nSent: Monday\nTo: Ana\nSubject: New prices"
    found = mail(f"Is this from you?\n\n{head}\n\n{UNSUBSCRIBE}", X_Mailgun_Tag="x")
    assert judged(found) == ANSWERED
    assert judged(mail(UNSUBSCRIBE, X_Mailgun_Tag="x"))[2] == "doubt"


def pictures(**fields: str) -> Mail:
    return multipart(
        "multipart/related", "Content-Type: text/html\n\n<img src='http://x.example/p.gif'>", **fields
    )


def test_pictures_without_words_are_a_sign() -> None:
    assert judged(pictures(From="info@shop.example"))[2] == "doubt"
    assert judged(pictures()) == ANSWERED
