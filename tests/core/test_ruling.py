"""What rules mean for a mail: receipts to those whom a form names, reminders for those who only called."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Kind, Mail, Outcome
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known, State, Thread
from tests import office

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FORM = {
    "name": "web form",
    "when": {"from": "forms@vocar.example"},
    "then": {
        "channel": "form",
        "extract": {"email": r"E-mail:\s*(\S+)", "who": r"Ime:\s*(.+)"},
        "customer": {"address": "{email}", "name": "{who}"},
    },
}
VOICEMAIL = {
    "name": "voicemail",
    "when": {"from": "pbx@vocar.example", "subject": r"Voicemail from (?P<phone>\+?[0-9 ]+)"},
    "then": {"channel": "voicemail", "receipt": "never", "customer": {"phone": "{phone}"}},
}
COMPLAINT = {
    "name": "complaint",
    "when": {"words": {"hr": ["reklamacij"], "sr": ["рекламациј"], "hu": ["panasz"], "en": ["complain"]}},
    "then": {"category": "complaint", "priority": "high", "notify": "lead"},
}
VIP = {
    "name": "big customer",
    "when": {"from": ["*@velik.example"]},
    "then": {"policy": "fast", "priority": "high", "assignee": "iva"},
}
FAST = {"reply_within": "2h", "ladder": [{"at": "1h", "notify": "assignee"}]}
SENT = "Ime: Ana Marić\nE-mail: ana.maric@kupac.example\n\nKada stiže moja narudžba?"


class Desk:
    """Takes one mail after the other, as a batch of the intake does."""

    def __init__(self, folder: Path, *rules: dict[str, Any], **more: Any) -> None:
        changes = {"rules": list(rules), "policies.fast": FAST, **more}
        self.desk = office.settings(folder, changes).desk
        self.known = Known()

    def take(self, octets: bytes, at: datetime = NOW, **met: Any) -> Decision:
        mail = parse(read_file(octets))
        assert isinstance(mail, Mail)
        circumstances = Circumstances(now=at, received_at=at, **met)
        decision = decide(mail, self.desk, self.desk.mailboxes["support"], self.known, circumstances)
        learn(self.known, mail, decision)
        return decision


def form(body: str = SENT, number: int = 1, **how: Any) -> bytes:
    how = {"sender": "Web <forms@vocar.example>", "subject": "Novi upit", **how}
    return office.mail(body, message_id=f"<{number}@forms.example>", **how)


def opened(decision: Decision) -> Thread:
    assert decision.thread is not None
    assert decision.opens_thread
    return decision.thread


# --- who the customer is ----------------------------------------------------------------------------------


def test_a_form_from_a_colleagues_address_is_answered_to_the_customer_it_names(tmp_path: Path) -> None:
    decision = Desk(tmp_path, FORM).take(form())
    thread = opened(decision)
    assert (decision.verdict.kind, decision.verdict.outcome) == (Kind.CUSTOMER, Outcome.RECEIPT)
    assert decision.verdict.reason == "rule"
    assert decision.verdict.because == (
        "The rule “web form” says who the customer is: ana.maric@kupac.example."
    )
    assert decision.wants_receipt
    assert (thread.customer_address, thread.customer_name) == ("ana.maric@kupac.example", "Ana Marić")
    assert (thread.channel, thread.state) == ("form", State.WAITING)
    assert decision.reply_to == "ana.maric@kupac.example"


def test_without_the_rule_it_is_a_colleagues_mail(tmp_path: Path) -> None:
    assert Desk(tmp_path).take(form()).verdict.kind is Kind.TEAM


@pytest.mark.parametrize(
    "how",
    [
        {"sender": office.ADDRESS},  # the desk's own address, as many forms do
        {"sender": "Iva Perić <iva@vocar.example>"},  # a person of the team
        {"sender": "no-reply@shop.example"},
        {"headers": {"List-Id": "<shop.example>"}},
        {"headers": {"Precedence": "bulk"}},
        {"headers": {"Auto-Submitted": "auto-generated"}},
        {"headers": {"X-Auto-Response-Suppress": "All"}},
        {
            "headers": {
                "List-Unsubscribe": "<https://shop.example/>",
                "X-Mailer": "Shop",
                "Precedence": "list",
            }
        },
    ],
)
def test_a_rule_that_names_the_customer_outweighs_own_team_robot_and_list(
    tmp_path: Path, how: dict[str, Any]
) -> None:
    anyone = {**FORM, "when": {}}
    decision = Desk(tmp_path, anyone).take(form(**how))
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECEIPT, "rule")


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ({"headers": {"Auto-Submitted": "auto-replied"}}, Kind.AUTO_REPLY),
        ({"sender": "MAILER-DAEMON@shop.example", "subject": "Undelivered Mail"}, Kind.BOUNCE),
        ({"headers": {"Return-Path": "<>"}}, Kind.BOUNCE),
        ({"headers": {"X-Autoack": "AA-7K3M-9QXD; kind=receipt"}}, Kind.OWN),
        ({"headers": {"X-Spam-Flag": "YES"}}, Kind.SPAM),
        ({"headers": {"X-Loop": "forms@shop.example"}}, Kind.ROBOT),
    ],
)
def test_it_never_makes_a_bounce_an_automatic_reply_or_our_own_mail_a_customers(
    tmp_path: Path, how: dict[str, Any], kind: Kind
) -> None:
    anyone = {**FORM, "when": {}}
    decision = Desk(tmp_path, anyone).take(form(**how))
    assert decision.verdict.kind is kind
    assert not decision.wants_receipt


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Ime: Ana\n\nGdje je paket?", "no {email} was found in the mail"),
        ("Ime: Ana\nE-mail: ana-na-kupac.example\n", "“ana-na-kupac.example” is no mail address"),
        (f"Ime: Ana\nE-mail: {office.ADDRESS}\n", "it is one of this desk"),
    ],
)
def test_a_missing_or_bad_address_means_no_receipt_and_the_team_sees_it(
    tmp_path: Path, body: str, why: str
) -> None:
    decision = Desk(tmp_path, FORM).take(form(body))
    thread = opened(decision)
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECORD, "no-address")
    assert why in decision.verdict.because
    assert not decision.wants_receipt
    assert (thread.state, thread.clock, thread.customer_address) == (State.WAITING, True, "")
    assert thread.next_step_at is not None


def test_who_only_called_waits_with_a_phone_number_and_without_a_receipt(tmp_path: Path) -> None:
    call = office.mail("WAV u prilogu.", sender="pbx@vocar.example", subject="Voicemail from +385 91 111 222")
    decision = Desk(tmp_path, VOICEMAIL).take(call)
    thread = opened(decision)
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECORD, "receipt-off")
    assert decision.verdict.because == "The rule “voicemail” sends no receipt (`receipt: never`)."
    assert (thread.customer_address, thread.customer_phone, thread.channel) == (
        "",
        "+385 91 111 222",
        "voicemail",
    )
    assert (thread.state, thread.next_step_at) == (State.WAITING, NOW + 20 * HOUR)


def test_two_callers_have_a_thread_each(tmp_path: Path) -> None:
    desk = Desk(tmp_path, VOICEMAIL)
    calls = [
        office.mail(
            "WAV", sender="pbx@vocar.example", subject=f"Voicemail from 09111122{n}", message_id=f"<{n}@pbx>"
        )
        for n in (1, 2)
    ]
    assert len({opened(desk.take(call)).ref for call in calls}) == 2


def test_an_answer_to_the_machine_does_not_reach_the_customer(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FORM)
    desk.take(form())
    answer = {"sender": office.ADDRESS, "answers": "<1@forms.example>"}
    to_form = desk.take(
        office.mail("Sutra.", to="forms@vocar.example", message_id="<a@x>", **answer),
        NOW + HOUR,
        sent_folder=True,
    )
    assert to_form.thread is not None
    assert to_form.thread.state is State.WAITING
    to_ana = desk.take(
        office.mail("Sutra.", to="ana.maric@kupac.example", message_id="<b@x>", **answer),
        NOW + HOUR,
        sent_folder=True,
    )
    assert to_ana.thread is not None
    assert to_ana.thread.state is State.ANSWERED


def test_the_limit_of_receipts_counts_for_the_customer_and_not_for_the_form(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FORM)
    of_ana = [desk.take(form(SENT.replace("narudžba", f"narudžba {n}"), n)) for n in range(4)]
    assert [decision.wants_receipt for decision in of_ana] == [True, True, True, False]
    assert of_ana[3].verdict.reason == "limit"
    assert desk.take(form(SENT.replace("ana.maric", "oto"), 9)).wants_receipt


def test_what_lies_in_a_sent_folder_is_the_teams_whatever_rules_say(tmp_path: Path) -> None:
    anyone = {**FORM, "when": {}}
    assert Desk(tmp_path, anyone).take(form(), sent_folder=True).verdict.kind is Kind.TEAM


def test_a_rule_may_say_that_reply_to_names_the_customer(tmp_path: Path) -> None:
    rule = {
        "name": "shop",
        "when": {"from": "shop@platform.example", "header": {"Reply-To": r"<(?P<buyer>[^>]+)>"}},
        "then": {"customer": {"address": "{buyer}"}},
    }
    bought = office.mail(sender="shop@platform.example", headers={"Reply-To": "Ana <ana@kupac.example>"})
    assert opened(Desk(tmp_path, rule).take(bought)).customer_address == "ana@kupac.example"


# --- what the thread takes over ---------------------------------------------------------------------------


def test_a_complaint_is_high_and_its_lead_is_told_at_once(tmp_path: Path) -> None:
    thread = opened(Desk(tmp_path, COMPLAINT).take(office.mail("Želim poslati REKLAMACIJU.")))
    assert (thread.category, thread.priority, thread.notify) == ("complaint", "high", ("lead",))
    assert (thread.next_step_at, thread.next_step) == (NOW, "notice")


def test_a_rules_category_outranks_the_built_in_words(tmp_path: Path) -> None:
    rule = {"name": "praise", "when": {"words": {"hr": "katastrof"}}, "then": {"category": "praise"}}
    assert opened(Desk(tmp_path, rule).take(office.mail("Katastrofa!"))).category == "praise"
    assert opened(Desk(tmp_path).take(office.mail("Katastrofa!"))).category == "complaint"


def test_a_big_customer_has_a_policy_a_priority_and_somebody_who_cares(tmp_path: Path) -> None:
    decision = Desk(tmp_path, VIP).take(office.mail(sender="Eva <eva@velik.example>"))
    thread = opened(decision)
    assert (thread.policy, thread.priority, thread.assignee) == ("fast", "high", "iva")
    assert (thread.promised_at, decision.receipt_promise) == (NOW + 2 * HOUR, NOW + 2 * HOUR)
    assert (thread.next_step_at, thread.next_step) == (NOW, "notice"), "they hear at once"


def test_the_policy_stays_with_the_thread(tmp_path: Path) -> None:
    desk = Desk(tmp_path, VIP)
    desk.take(office.mail(sender="Eva <eva@velik.example>", message_id="<1@velik.example>"))
    answer = office.mail(
        "Sutra.",
        sender=office.ADDRESS,
        to="eva@velik.example",
        message_id="<2@x>",
        answers="<1@velik.example>",
    )
    desk.take(answer, NOW + HOUR, sent_folder=True)
    again = office.mail(
        "A kada točno?", sender="Eva <eva@privat.example>", message_id="<3@x>", answers="<2@x>"
    )
    later = desk.take(again, NOW + 2 * HOUR)
    assert later.thread is not None
    assert (later.thread.policy, later.thread.promised_at) == ("fast", NOW + 4 * HOUR)


def test_a_wait_that_grows_angry_tells_the_lead_once_more_mail_does_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path, COMPLAINT)
    first = opened(desk.take(office.mail(message_id="<1@k>")))
    assert (first.category, first.notify) == ("question", ())
    angry = desk.take(office.mail("Želim reklamaciju!", message_id="<2@k>", answers="<1@k>"), NOW + HOUR)
    assert angry.thread is not None
    assert (angry.thread.category, angry.thread.priority, angry.thread.notify) == (
        "complaint",
        "high",
        ("lead",),
    )
    assert angry.thread.next_step_at == NOW + HOUR
    assert angry.thread.waiting_since == first.waiting_since
    told = desk.known.threads[first.ref] = _told(angry.thread)
    third = desk.take(office.mail("Reklamacija, čekam.", message_id="<3@k>", answers="<1@k>"), NOW + 2 * HOUR)
    assert third.thread is not None
    assert third.thread.notify == told.notify == ()


def _told(thread: Thread) -> Thread:
    from dataclasses import replace

    return replace(thread, notify=(), next_step_at=NOW + 20 * HOUR)


def test_strong_words_in_a_later_mail_mark_the_thread(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert not opened(desk.take(office.mail(message_id="<1@k>"))).strong_language
    later = desk.take(office.mail("Lopovi, gdje je?", message_id="<2@k>", answers="<1@k>"), NOW + HOUR)
    assert later.thread is not None
    assert later.thread.strong_language


def test_pure_thanks_for_a_complaint_change_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**COMPLAINT, "when": {}})
    desk.take(office.mail(message_id="<1@k>"))
    to_ivan = {"to": "ivan.horvat@kupac.example", "answers": "<1@k>"}
    desk.take(
        office.mail("Sutra.", sender=office.ADDRESS, message_id="<2@k>", **to_ivan),
        NOW + HOUR,
        sent_folder=True,
    )
    thanks = desk.take(office.mail("Hvala!", message_id="<3@k>", answers="<2@k>"), NOW + 2 * HOUR)
    assert thanks.thread is not None
    assert (thanks.verdict.reason, thanks.thread.state) == ("thanks", State.ANSWERED)


def test_the_timeline_tells_which_rule_did_what(tmp_path: Path) -> None:
    slow = {"name": "slow", "when": {"subject": "(a+)+$"}, "then": {"priority": "low"}}
    decision = Desk(tmp_path, slow, FORM, COMPLAINT).take(
        form(SENT + " Reklamacija.", subject="a" * 500 + "!")
    )
    lines = [(event.detail, event.reason) for event in decision.events if event.what == "rule"]
    assert lines == [
        ("rule “web form”: channel form, customer Ana Marić <ana.maric@kupac.example>", "rule"),
        ("rule “complaint”: priority high, notify lead, category complaint", "rule"),
        ("rule “slow”: the expression (a+)+$ needs too long for this mail", "gave-up"),
    ]


# --- receipts ---------------------------------------------------------------------------------------------


def test_a_rule_may_ask_for_a_receipt_for_every_mail_or_for_none(tmp_path: Path) -> None:
    every = Desk(tmp_path, {"name": "every", "when": {}, "then": {"receipt": "every"}})
    first, second = (
        every.take(
            office.mail(f"Pitanje {n}?", message_id=f"<{n}@k>", answers="<0@k>" if n else None),
            NOW + n * HOUR,
        )
        for n in (0, 1)
    )
    assert (first.wants_receipt, second.wants_receipt) == (True, True)
    never = Desk(tmp_path, {"name": "quiet", "when": {}, "then": {"receipt": "never"}}).take(office.mail())
    assert (never.wants_receipt, never.verdict.reason) == (False, "receipt-off")


ASK = {
    "name": "order number",
    "when": {"category": "complaint"},
    "pattern": r"\b[A-Z]{2}-?\d{6}\b",
    "question": {"hr": "Koji je broj Vaše narudžbe?", "en": "What is your order number?"},
}


def test_the_receipt_asks_for_what_the_mail_lacks(tmp_path: Path) -> None:
    desk = Desk(tmp_path, COMPLAINT, ask_for=[ASK])
    assert desk.take(office.mail("Reklamacija!", message_id="<1@k>")).questions == (
        "Koji je broj Vaše narudžbe?",
    )
    assert desk.take(office.mail("Reklamacija narudžbe AB-123456.", message_id="<2@k>")).questions == ()
    assert desk.take(office.mail("Kada otvarate?", message_id="<3@k>")).questions == ()


# --- colleagues -------------------------------------------------------------------------------------------

COLLEAGUE = office.mail("Ne radi mi pisač.", sender="Ena Babić <ena@vocar.example>")


def test_colleagues_are_customers_where_the_ops_say_so(tmp_path: Path) -> None:
    assert Desk(tmp_path).take(COLLEAGUE).verdict.reason == "colleague"
    inside = Desk(tmp_path, **{"organisation.internal_customers": True})
    assert inside.take(COLLEAGUE).wants_receipt
    of_the_team = office.mail("Ja ću.", sender="Iva <iva@vocar.example>")
    assert inside.take(of_the_team).verdict.kind is Kind.TEAM


def test_domains_say_who_is_a_colleague(tmp_path: Path) -> None:
    desk = Desk(tmp_path, **{"organisation.domains": ["sestra.example"]})
    assert desk.take(COLLEAGUE).wants_receipt
    sister = office.mail(sender="Ena <ena@sestra.example>", message_id="<s@sestra.example>")
    assert desk.take(sister).verdict.reason == "colleague"
