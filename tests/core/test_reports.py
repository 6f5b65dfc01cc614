"""Bounces and reports of mail systems in many forms, and the mails of people that only look like them."""

import pytest

from autoack.core.message import Mail
from tests.core.mails import mail, multipart
from tests.core.test_classify import ANSWERED, judged

FAILED = "Your message could not be delivered: 550 5.1.1 user unknown"


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        # Sendmail, Postfix, qmail and Exim have MAILER-DAEMON; these have not
        ("Mail Delivery Subsystem <mds@mx.example>", "Returned mail: see transcript for details", FAILED),
        (
            "System Administrator <sysadmin@mx.example>",
            "Undeliverable: Narudžba",
            "did not reach the recipient",
        ),
        (
            "Systemadministrator <admin@mx.example>",
            "Unzustellbar: Narudžba",
            "konnte nicht zugestellt werden",
        ),
        (
            "postmaster@mx.example",
            "DELIVERY FAILURE: User x not listed in Domino Directory",
            "User not listed in",
        ),
        (
            "X400 Gateway <x400-gw@mx.example>",
            "Delivery Report (failure) for x@y",
            "Recipient could not be found",
        ),
        ("relay.smtp.service@mx.example", "Returned mail: error while delivering", FAILED),
        ('"System Administrator"@mx.example', "Delivery Failure", FAILED),
        ("filter_smtp_2@mx.example", "Delivery failure notification", FAILED),
        ("post_master@sms.example", "Undeliverable message", "Message could not be delivered to mobile"),
        ("mms@carrier.example", "Delivery failure", "Error: the recipient was unknown. 550 user unknown"),
        ("postmaster@mx.example", "Kézbesíthetetlen: Narudžba", "Az üzenetet nem sikerült kézbesíteni."),
        ("postmaster@mx.example", "Nedostavljeno: Narudžba", "Poruka nije dostavljena primatelju."),
        ("postmaster@mx.example", "Неиспоручено: x", "Порука није испоручена."),
        ("postmaster@mx.example", "Не доставлено: x", "Сообщение не может быть доставлено."),
        ("postmaster@mx.example", "Niedostarczalne: x", "Wiadomość nie mogła zostać dostarczona."),
        ("postmaster@mx.example", "Non remis : x", "Votre message n'a pas pu être remis."),
        ("postmaster@mx.example", "No se puede entregar: x", "El mensaje no ha sido entregado."),
        ("postmaster@mx.example", "配信不能: x", "次の受信者に配信できません"),
        ("postmaster@mx.example", "未传递: x", "邮件无法送达"),
        ("Mail Server <server@mx.example>", "Mail delivery failed", FAILED),
    ],
)
def test_a_bounce_in_words_is_known_by_sender_subject_and_text(sender: str, subject: str, text: str) -> None:
    assert judged(mail(text, From=sender, Subject=subject)) == ("bounce", "ignore", "bounce")


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"From": "Mail Server <a@mx.example>", "Subject": "Problem", "body": FAILED}, "bounce", "bounce"),
        (
            {"From": "Mail Delivery <a@mx.example>", "Subject": "Undeliverable", "body": "?"},
            "bounce",
            "bounce",
        ),
        # everybody's address, but the words of a mail system: perhaps a person has trouble with a mail
        ({"Subject": "Undeliverable: Narudžba", "body": FAILED}, "customer", "doubt"),
        (
            {"Subject": "RE: x : non remis (delivery failed)", "body": f"{FAILED}: a@b.example"},
            "customer",
            "doubt",
        ),
        ({"Subject": "AW: x – unzustellbar", "body": "nicht zustellbar: a@b.example"}, "customer", "doubt"),
        (
            {"Subject": "Re: x (kézbesíthetetlen)", "body": "Nem kézbesítettük: a@b.example"},
            "customer",
            "doubt",
        ),
        ({"Subject": "Nije isporučeno: x", "body": "Poruka nije isporučena: 550 5.1.1"}, "customer", "doubt"),
    ],
)
def test_half_the_evidence_leaves_a_doubt(fields: dict[str, str], kind: str, reason: str) -> None:
    assert judged(mail(**fields)) == (kind, "record", reason)


@pytest.mark.parametrize(
    "fields",
    [
        {"Subject": "Fwd: Returned mail: see transcript", "body": FAILED},
        {"Subject": "FW: Undeliverable: x", "body": FAILED},
        {"Subject": "WG: Unzustellbar: x", "body": FAILED},
        {"Subject": "Re: Mail delivery failed", "body": FAILED},
        {"Subject": "Delivery failure", "body": "The parcel did not come. When will you deliver?"},
        {"Subject": "Order 12 (delivery failed)", "body": "The courier could not deliver it. Why?"},
        {"Subject": "Paket 12: nedostavljivo", "body": "Zašto nije isporučen?"},
        {
            "Subject": "Re: Order 12: undeliverable",
            "In_Reply_To": "<a@b.example>",
            "body": "You say that mail to ana@kupac.example could not be delivered. Here is another.",
        },
        {"Subject": "Isporuka", "body": "Paket nije isporučen, a plaćen je."},
        {
            "From": "Bounce House Rentals <ana@kupac.example>",
            "Subject": "Order",
            "body": "Two castles, please.",
        },
        {"From": "Ana Master <postmaster2000@kupac.example>", "Subject": "Molba", "body": "Pošaljite račun."},
        {"From": "Maja Mailer <maja@kupac.example>"},
        {"From": "smtphosting@kupac.example", "Subject": "Offer", "body": "Your mail was rejected, why?"},
    ],
)
def test_people_write_of_deliveries_too(fields: dict[str, str]) -> None:
    assert judged(mail(**fields)) == ANSWERED


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"body": FAILED}, "bounce"),
        ({"Subject": "Undelivered Mail Returned to Sender"}, "bounce"),
        ({}, "bounce"),
        ({"Subject": "Re: Narudžba", "body": "Vraćam se 5. 12."}, "auto-reply"),
        ({"In_Reply_To": "<a@b.example>", "body": "Takk for meldingen."}, "auto-reply"),
    ],
)
def test_a_null_sender_is_a_bounce_or_an_automatic_answer(fields: dict[str, str], kind: str) -> None:
    assert judged(mail(**fields, Return_Path="<>")) == (kind, "ignore", "null-sender")


def with_file(name: str, **fields: str) -> Mail:
    part = f'Content-Type: application/gzip; name="{name}"\nContent-Disposition: attachment\n\nx'
    return multipart("multipart/mixed", "\nIzvještaj.", part, **fields)


@pytest.mark.parametrize(
    "name",
    [
        "mail.receiver.example!primjer.example!1013662812!1013749130.xml.gz",
        "receiver.example!primjer.example!1013662812!1013749130!unique.zip",
        "receiver.example!primjer.example!1013662812!1013749130!001.json.gz",
    ],
)
def test_an_aggregate_report_is_known_by_the_name_of_its_file(name: str) -> None:
    assert judged(with_file(name)) == ("report", "ignore", "aggregate-report")
    assert judged(with_file(name, Subject="Fwd: DMARC")) == ANSWERED  # somebody asks what it is


@pytest.mark.parametrize("name", ["Hitno!.xml.gz", "a!b!c.zip", "slika!1013662812.zip"])
def test_an_exclamation_mark_makes_no_report(name: str) -> None:
    assert judged(with_file(name)) == ANSWERED


@pytest.mark.parametrize(
    ("sort", "kind"),
    [
        ("; report-type=disposition-notification", "report"),
        ("; report-type=delivery-status", "bounce"),
        ("", "bounce"),
    ],
)
def test_a_report_whose_boundary_is_lost_is_one(sort: str, kind: str) -> None:
    found = mail("The message has been displayed.", Content_Type=f"multipart/report{sort}")
    assert judged(found)[:2] == (kind, "ignore")
    assert judged(mail("Koliko košta?", Content_Type=f"multipart/mixed{sort}")) == ANSWERED


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Read: Narudžba", "Your message was read on 23.11.2026 10:00."),
        ("Gelesen: Narudžba", "Ihre Nachricht wurde am 23.11. um 10 Uhr gelesen."),
        ("Pročitano: Narudžba", "Poruka je pročitana 23. 11. 2026."),
        ("Return receipt", "This is a return receipt for the mail that you sent. It has been read."),
        ("Not read: Narudžba", "Your message was deleted without being read on Monday."),
    ],
)
def test_a_read_receipt_without_its_form_is_known_by_subject_and_text(subject: str, text: str) -> None:
    assert judged(mail(text, Subject=subject)) == ("report", "ignore", "read-receipt")


def test_who_writes_of_reading_is_a_person() -> None:
    assert judged(mail("Has it been read by anybody?", Subject="Reading of the meter")) == ANSWERED
    assert judged(mail("Please call me.", Subject="Read: urgent")) == ANSWERED
