"""Which mail is answered, which is only recorded, and which is nobody's; each rule with what it must not catch."""

from dataclasses import replace
from datetime import time
from time import thread_time

import pytest

from autoack.core.classify import classify
from autoack.core.message import Kind, Mail, Outcome
from autoack.core.policy import (
    AlertPlan,
    Calendar,
    Desk,
    DigestPlan,
    Mailbox,
    Organisation,
    Person,
    Policy,
    Retention,
    Team,
)
from autoack.core.reply_to import customer_address, reaches
from tests.core.mails import ZAGREB, mail, multipart

TEAM = Team("front", ("ana",), "ana", "ana")
MAILBOX = Mailbox(
    id="support",
    address="podrska@primjer.example",
    from_name="Podrška",
    team=TEAM,
    policy=Policy("standard", Calendar("always", ZAGREB, always=True)),
    languages=("hr",),
    aliases=("info@primjer.example",),
)
DESK = Desk(
    organisation=Organisation("Primjer", ZAGREB, domains=frozenset({"primjer.example"})),
    people={"ana": Person("ana", "Ana Kovač", "ana@primjer.example", ("ana@doma.example",))},
    teams={},
    calendars={},
    policies={},
    mailboxes={"support": MAILBOX},
    digest=DigestPlan(time(21), ()),
    alerts=AlertPlan(()),
    retention=Retention(),
)
ANA = "Ana Kovač <ana@primjer.example>"
BOUNCE_TEXT = "Your message could not be delivered: 550 5.1.1 user unknown"


def judged(found: Mail, **more: bool) -> tuple[str, str, str]:
    verdict = classify(found, DESK, MAILBOX, **more)
    assert verdict.because
    return verdict.kind.value, verdict.outcome.value, verdict.reason


ANSWERED = ("customer", "receipt", "customer")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Message_ID": None, "Date": None},
        {"To": "nobody-we-know@elsewhere.example"},
        {"Disposition_Notification_To": "ivan@kupac.example", "Feedback_ID": "1:2:3"},
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "No (a person); x=y"},
        {"Precedence": "normal"},
        {"Precedence": "first-class"},
        {"X_Auto_Response_Suppress": "DR, RN, NRN, NDR"},
        {"List_Unsubscribe": "<mailto:u@crm.example>"},
        {"List_Unsubscribe": "<mailto:u@crm.example>", "Return_Path": "<bounces+12-ab@em.crm.example>"},
        {"X_Mailer": "PHPMailer 6.9"},
        {"From": "Hanno Reply <hanno.reply@kupac.example>"},
        {"From": "Owner <owner@kupac.example>"},
        {"From": "Jurica Bot <jurica@kupac.example>"},
        {"From": "Robert Newsom <newsom@kupac.example>"},
        {"From": "Nora Responde <nora@kupac.example>"},
        {"Subject": "Fwd: Returned mail: see transcript for details", "body": BOUNCE_TEXT},
        {"Subject": "Re: Undelivered Mail Returned to Sender", "body": BOUNCE_TEXT},
        {"Subject": "Out of office hours support?"},
        {"Subject": "Auto: prodajem"},
        {"Subject": "Automatski odgovori ne rade"},
        {"Subject": "Odsutnost signala na liniji"},
        {"X_Spam_Flag": "NO", "X_Spam_Status": "No, score=0.1"},
        {"Authentication_Results": "mx.elsewhere.example; dmarc=fail"},
        {"From": "Marko <marko@sub.primjer.example>"},
    ],
)
def test_a_person_is_answered(fields: dict[str, str | None]) -> None:
    assert judged(mail(**fields)) == ANSWERED


def test_the_customer_of_a_known_thread_replies() -> None:
    assert judged(mail(), thread_customer=True) == ("customer-reply", "receipt", "customer")


IGNORED = [
    # our own (X-Autoack, our form of Message-ID)
    ({"X_Autoack": "AA-1111-1111 receipt"}, "own", "own"),
    ({"Message_ID": "<autoack.0123456789abcdef01234567@primjer.example>"}, "own", "own"),
    # RFC 3834 §5
    ({"Auto_Submitted": "auto-replied"}, "auto-reply", "auto-submitted"),
    ({"Auto_Submitted": "Auto-Replied (vacation); owner=x"}, "auto-reply", "auto-submitted"),
    ({"Auto_Submitted": "auto-generated"}, "robot", "auto-submitted"),
    ({"Auto_Submitted": "auto-generated", "Subject": "Automatic reply: x"}, "auto-reply", "auto-submitted"),
    ({"Auto_Submitted": "auto-notified"}, "robot", "auto-submitted"),
    # its predecessors
    ({"X_Autoreply": "yes"}, "auto-reply", "auto-reply"),
    ({"X_Autorespond": "x"}, "auto-reply", "auto-reply"),
    ({"X_Mail_Autoreply": "x"}, "auto-reply", "auto-reply"),
    ({"Precedence": "auto_reply"}, "auto-reply", "auto-reply"),
    # bulk and lists
    ({"Precedence": "bulk"}, "list", "precedence"),
    ({"X_Precedence": "Junk (mail)"}, "list", "precedence"),
    ({"List_Id": "<news.example>"}, "list", "list"),
    ({"List_Post": "<mailto:l@x.example>"}, "list", "list"),
    ({"Mailing_List": "l"}, "list", "list"),
    ({"X_BeenThere": "l@x.example"}, "list", "list"),
    ({"From": "owner-list@x.example"}, "list", "list-address"),
    ({"From": "LISTSERV@x.example"}, "list", "list-address"),
    ({"Return_Path": "<owner-list@x.example>"}, "list", "list-address"),
    # bounces
    ({"Return_Path": "<>"}, "bounce", "null-sender"),
    ({"From": "Postman <>"}, "bounce", "empty-sender"),
    ({"From": ""}, "bounce", "empty-sender"),
    ({"From": "MAILER-DAEMON@mx.example"}, "bounce", "daemon"),
    ({"From": "mailerdaemon@mx.example"}, "bounce", "daemon"),
    ({"X_Failed_Recipients": "x@y.example"}, "bounce", "failed-recipients"),
    (
        {"From": "postmaster@mx.example", "Subject": "Undeliverable: x", "body": BOUNCE_TEXT},
        "bounce",
        "bounce",
    ),
    # reports
    (
        {"Subject": "Report Domain: a.example Submitter: b.example Report-ID: <1>"},
        "report",
        "aggregate-report",
    ),
    # a challenge that says so in its header
    ({"X_Trusted_Delivery": "<1234>"}, "auto-reply", "challenge"),
]


@pytest.mark.parametrize(("fields", "kind", "reason"), IGNORED)
def test_what_no_person_wrote_is_ignored(fields: dict[str, str | None], kind: str, reason: str) -> None:
    assert judged(mail(**fields)) == (kind, "ignore", reason)


@pytest.mark.parametrize(
    "local",
    [
        *(
            "noreply",
            "no-reply",
            "no_reply",
            "NoReply+12",
            "newsalerts-noreply",
            "noreply-x",
            "gmail-noreply",
        ),
        *("donotreply", "do-not-reply", "dont.reply", "ne-odgovaraj", "neodgovaraj", "nemoj-odgovarati"),
        *(
            "nincs-valasz",
            "ne-valaszolj",
            "nicht-antworten",
            "ne-pas-repondre",
            "no-responder",
            "nao-responda",
        ),
    ],
)
def test_an_address_that_asks_for_no_answer_gets_none(local: str) -> None:
    assert judged(mail(From=f"Trgovina <{local}@x.example>")) == ("robot", "ignore", "no-reply")
    assert judged(mail(Reply_To=f"{local}@x.example")) == ("robot", "ignore", "no-reply")


@pytest.mark.parametrize(
    "local",
    ["notifications", "jira-notifications", "newsletter", "obavijesti", "x-bounces", "auto-confirm"],
)
def test_addresses_of_programs_are_robots(local: str) -> None:
    assert judged(mail(From=f"{local}@x.example")) == ("robot", "ignore", "robot-address")


@pytest.mark.parametrize("local", ["cron", "www-data", "alerts+x", "build-bot", "root", "monitoring"])
def test_from_addresses_of_machines_a_person_may_write(local: str) -> None:
    assert judged(mail(From=f"{local}@x.example")) == ("robot", "record", "robot-address")


@pytest.mark.parametrize(
    "local", ["jurica.bot", "jan.alert", "botic", "rooter", "systemic", "info", "ana.news.x"]
)
def test_names_like_those_of_programs_are_peoples(local: str) -> None:
    assert judged(mail(From=f"{local}@kupac.example")) == ANSWERED


NAMES_OF_ROBOTS = ["noreply feedback", "No Reply", "Ne odgovaraj", "Newsletter", "Do Not Reply"]


@pytest.mark.parametrize("name", NAMES_OF_ROBOTS)
def test_a_name_alone_silences_nobody(name: str) -> None:
    """Whatever people call themselves: their address and their mail are a person's."""
    assert judged(mail(From=f"{name} <ivan.horvat@kupac.example>")) == ANSWERED
    assert (
        judged(mail(From="Ivan Horvat <ivan.horvat@kupac.example>", Reply_To=f"{name} <i@k.example>"))
        == ANSWERED
    )


@pytest.mark.parametrize("name", NAMES_OF_ROBOTS)
@pytest.mark.parametrize(
    "sign",
    [
        {"From": "info@trgovina.example"},
        {"From": "alerts+x@trgovina.example"},
        {"From": "news@trgovina.example"},
        {"From": "trgovina@trgovina.example", "List_Unsubscribe": "<https://trgovina.example/u>"},
        {"From": "trgovina@trgovina.example", "X_Campaign": "11"},
        {"From": "trgovina@trgovina.example", "Reply_To": "pomoc@trgovina.example"},
        {"From": "trgovina@trgovina.example", "Return_Path": "<noreply@trgovina.example>"},
    ],
)
def test_a_robots_name_counts_where_address_or_header_speak_of_a_program(
    name: str, sign: dict[str, str]
) -> None:
    named = sign | {"From": f"{name} <{sign['From']}>"}
    kind, outcome, reason = judged(mail(**named))
    assert (kind, outcome) == ("robot", "ignore")
    assert reason in ("no-reply", "robot-address")


def test_a_web_form_may_write_from_an_address_that_asks_for_no_answer() -> None:
    form = {"From": "Obrazac <noreply@shop.example>", "Reply_To": "ivan@kupac.example"}
    assert judged(mail(**form)) == ("customer", "record", "no-reply")
    assert judged(mail(**form, List_Unsubscribe="<x>")) == ("robot", "ignore", "no-reply")
    own = form | {"Reply_To": "pomoc@help.shop.example"}
    assert judged(mail(**own)) == ("robot", "ignore", "no-reply")


@pytest.mark.parametrize(
    "subject",
    [
        *("Automatic reply: Narudžba", "Out of Office: x", "Out of office", "Out of Office AutoReply: x"),
        *("Automatski odgovor: Narudžba", "Automatski odgovor", "Odsutan", "Odsutna: x", "Odsutan do 5.12."),
        *("Re: Automatski odgovor: x", "Аутоматски одговор: x", "Автоответ: x", "Automatikus válasz: x"),
        *("Házon kívül", "Samodejni odgovor: x", "Abwesenheitsnotiz: x", "Automatische Antwort: x"),
        *(
            "Réponse automatique : x",
            "Odpowiedź automatyczna: x",
            "Respuesta automática: x",
            "[Auto-Reply] x",
        ),
        *("AUTO: Ana is out of the office", "Hello (Automatic Response)"),
    ],
)
def test_a_vacation_notice_is_known_by_its_subject(subject: str) -> None:
    assert judged(mail(Subject=subject)) == ("auto-reply", "ignore", "auto-reply-subject")


def test_auto_in_the_subject_needs_another_sign() -> None:
    assert judged(mail(Subject="Auto: x", In_Reply_To="<a@b.example>"))[0] == "auto-reply"


@pytest.mark.parametrize(
    ("sort", "part", "kind"),
    [
        ("delivery-status", "message/delivery-status", "bounce"),
        ("disposition-notification", "message/disposition-notification", "report"),
        ("feedback-report", "message/feedback-report", "report"),
        ("tlsrpt", "application/tlsrpt+gzip", "report"),
    ],
)
def test_a_report_is_known_by_its_structure(sort: str, part: str, kind: str) -> None:
    found = multipart(f"multipart/report; report-type={sort}", "\nwords", f"Content-Type: {part}\n\nx")
    assert judged(found)[:2] == (kind, "ignore")


def test_a_report_without_its_part_or_type_is_a_bounce() -> None:
    assert judged(multipart("multipart/report", "\nwords")) == ("bounce", "ignore", "delivery-report")


def test_who_forwards_a_report_is_a_customer() -> None:
    status = "Content-Type: message/delivery-status\n\nx"
    assert judged(multipart("multipart/mixed", "\nŠto je ovo?", status)) == ANSWERED
    assert (
        judged(multipart("multipart/mixed", "\nx", status, From="MAILER-DAEMON <x@y.example>"))[0] == "bounce"
    )


def hops(*stamps: str) -> Mail:
    return mail(**{"X-Y": "z\r\n" + "\r\n".join(f"Received: {stamp}" for stamp in stamps)})


def test_more_than_fifty_hops_are_a_loop() -> None:
    assert judged(hops(*["by mx.example"] * 51)) == ("robot", "record", "loop")
    assert judged(hops(*["by mx.example"] * 50)) == ANSWERED
    stamps = [f"by mx.example id {n}; Mon, 23 Nov 2026 09:59:58 +0100" for n in range(51)]
    assert judged(hops(*stamps)) == ("robot", "record", "loop")


def test_a_copied_stamp_with_its_id_and_time_is_no_hop() -> None:
    stamp = "from a.example by mx.example with ESMTP id 1AA739C621; Mon, 23 Nov 2026 09:59:58 +0100"
    assert judged(hops(*[stamp] * 90)) == ANSWERED


@pytest.mark.parametrize(
    ("fields", "kind", "reason"),
    [
        ({"From": "podrska@primjer.example"}, "customer", "own-address"),
        ({"From": "Info <INFO@primjer.example>"}, "customer", "own-address"),
        ({"From": ANA}, "team", "team"),
        ({"From": "Ana <ana@doma.example>"}, "team", "team"),
        ({"From": ANA, "List_Id": "<l.example>"}, "team", "team"),
        ({"From": "Ivo <ivo@primjer.example>"}, "team", "colleague"),
        ({"X_Auto_Response_Suppress": "All"}, "customer", "suppressed"),
        ({"X_Auto_Response_Suppress": "DR, autoreply"}, "customer", "suppressed"),
        ({"X_Auto_Response_Suppress": "OOF"}, "customer", "suppressed"),
        ({"X_Spam_Flag": "YES"}, "spam", "spam"),
        ({"X_Spam_Status": "Yes, score=9"}, "spam", "spam"),
        ({"From": "Ivan <postmaster@kupac.example>"}, "customer", "postmaster"),
        ({"From": "Ivan Horvat"}, "customer", "no-address"),
        ({"From": "news@x.example", "X_Mailer": "PHPMailer"}, "customer", "doubt"),
        ({"List_Unsubscribe": "<x>", "body": "Buy! Unsubscribe here."}, "customer", "doubt"),
        (
            {"From": "news@x.example", "List_Unsubscribe": "<x>", "body": "Buy! Unsubscribe here."},
            "robot",
            "mass-mail",
        ),
        ({"body": "Molimo ne odgovarajte na ovu poruku."}, "customer", "doubt"),
        ({"X_Loop": "ticket@x.example"}, "robot", "loop"),
        ({"From": "list-request@x.example"}, "list", "list-address"),
        ({"From": "shop-owner@x.example"}, "list", "list-address"),
        ({"X_JIRA_FingerPrint": "x"}, "robot", "tracker"),
    ],
)
def test_what_leaves_a_doubt_is_recorded_without_a_receipt(
    fields: dict[str, str | None], kind: str, reason: str
) -> None:
    assert judged(mail(**fields)) == (kind, "record", reason)


@pytest.mark.parametrize(
    ("method", "kind"), [("REQUEST", "calendar"), ("reply", "calendar"), ("PUBLISH", "customer")]
)
def test_an_invitation_is_recorded_but_a_calendar_file_is_an_attachment(method: str, kind: str) -> None:
    part = f"Content-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR"
    assert judged(multipart("multipart/mixed", "\nVidimo se?", part))[0] == kind
    bare = "Content-Type: text/calendar\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR"
    assert judged(multipart("multipart/mixed", "\nVidimo se?", bare)) == ANSWERED


@pytest.mark.parametrize("fields", [{"Auto_Submitted": "auto-replied"}, {"Subject": "Automatski odgovor: x"}])
def test_a_colleagues_vacation_notice_is_no_answer_of_the_team(fields: dict[str, str]) -> None:
    assert judged(mail(From=ANA, **fields))[:2] == ("auto-reply", "ignore")


def test_colleagues_are_customers_where_the_ops_say_so() -> None:
    desk = replace(DESK, organisation=replace(DESK.organisation, internal_customers=True))
    assert classify(mail(From="Ivo <ivo@primjer.example>"), desk, MAILBOX).outcome is Outcome.RECEIPT
    assert classify(mail(From=ANA), desk, MAILBOX).kind is Kind.TEAM


def test_in_the_sent_folder_lies_what_the_team_wrote_and_what_we_sent() -> None:
    assert judged(mail(From="podrska@primjer.example"), sent_folder=True) == ("team", "record", "team")
    assert judged(mail(From="ana@unknown.example"), sent_folder=True) == ("team", "record", "team")
    assert judged(mail(From=ANA, Auto_Submitted="auto-replied"), sent_folder=True) == ("own", "ignore", "own")
    assert judged(mail(From=ANA, X_Autoack="AA-1 receipt"), sent_folder=True) == ("own", "ignore", "own")


def test_a_threads_own_customer_outweighs_bulk_but_no_list_and_no_automatic_mark() -> None:
    assert judged(mail(Precedence="bulk"), thread_customer=True)[:2] == ("customer-reply", "receipt")
    assert judged(mail(List_Id="<l.example>"), thread_customer=True)[0] == "list"
    assert judged(mail(Auto_Submitted="auto-replied"), thread_customer=True)[0] == "auto-reply"


def test_only_the_trusted_authserv_is_believed_and_only_its_newest_field() -> None:
    trusting = replace(MAILBOX, trust_authserv="mx.primjer.example")

    def reason(*values: str, sender: str = "Ivan <ivan@kupac.example>") -> str:
        fields = "\r\nAuthentication-Results: ".join(values)
        return classify(mail(Authentication_Results=fields, From=sender), DESK, trusting).reason

    failed, passed = "mx.primjer.example; spf=pass; dmarc=fail", "mx.primjer.example 1; dmarc=pass"
    assert reason(failed) == "dmarc"
    assert reason(passed, failed) == "customer"
    assert reason(failed, passed) == "dmarc"
    assert reason("mx.elsewhere.example; dmarc=fail") == "customer"
    assert reason(failed, sender=ANA) == "dmarc"  # a forged colleague must not stop a clock


@pytest.mark.parametrize(
    ("reply_to", "expected"),
    [
        (None, "ivan@kupac.example"),
        ("Nabava <nabava@kupac.example>", "nabava@kupac.example"),
        ("stranger@elsewhere.example", "ivan@kupac.example"),
        ("stranger@elsewhere.example, nabava@KUPAC.example", "nabava@KUPAC.example"),
        ("<>", "ivan@kupac.example"),
    ],
)
def test_reply_to_is_followed_only_within_the_senders_own_domain(reply_to: str | None, expected: str) -> None:
    assert customer_address(mail(Reply_To=reply_to), DESK.organisation).address == expected


def test_the_name_of_the_sender_stays_where_reply_to_has_none() -> None:
    found = customer_address(mail(Reply_To="nabava@kupac.example"), DESK.organisation)
    assert (found.name, found.address) == ("Ivan Horvat", "nabava@kupac.example")


@pytest.mark.parametrize("field", ["To", "Cc", "Bcc"])
def test_an_answer_reaches_whoever_is_in_to_cc_or_bcc(field: str) -> None:
    found = mail(**{"From": ANA, "To": "x@y.example", field: "Ivan <IVAN@kupac.example>"})
    assert reaches(found, "ivan@kupac.example")
    assert not reaches(found, "ana@primjer.example")
    assert not reaches(found, "")


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "fields",
    [
        {"Subject": "your order is my " * (MEGABYTE // 17)},
        {"Subject": "Automatic reply: " + "x" * MEGABYTE},
        {"From": f'"{"no reply " * (MEGABYTE // 9)}" <a@b.example>'},
        {"Auto_Submitted": "(" * MEGABYTE},
        {"Precedence": "(x" * (MEGABYTE // 2)},
        {"Authentication_Results": "(" * MEGABYTE},
        {"X_Auto_Response_Suppress": "a," * (MEGABYTE // 2)},
        {"Return_Path": f"<{'-' * MEGABYTE}@x.example>"},
        {"X_Mailer": "php " * (MEGABYTE // 4)},
        {"body": "you are receiving this the " * (MEGABYTE // 27), "List_Unsubscribe": "x"},
        {"body": "550 " * (MEGABYTE // 4), "From": "Mailer <mailer@x.example>", "Subject": "Undeliverable"},
        {"body": "konnte nicht a b c " * (MEGABYTE // 19), "From": "mms@x.example", "Subject": "Rejected"},
    ],
)
def test_a_megabyte_of_anything_is_judged_in_time_and_cited_in_short(fields: dict[str, str]) -> None:
    found = mail(**fields)
    trusting = replace(MAILBOX, trust_authserv="mx.primjer.example")
    began = thread_time()
    verdict = classify(found, DESK, trusting)
    assert thread_time() - began < 0.5  # 50 ms on an idle machine
    assert len(verdict.because) <= 1000
