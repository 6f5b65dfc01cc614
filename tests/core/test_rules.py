"""The ops' rules: which mails they fit, what they set, and what they take out of a mail."""

from dataclasses import replace

import pytest

from autoack.core.rules import Condition, CustomerOf, Question, Rule, Ruled, apply, mail_address, unanswered
from tests.core.mails import mail, multipart

FORM = Rule(
    "web form",
    Condition(senders=("forms@primjer.example",)),
    extract={"email": r"E-mail:\s*(\S+)", "who": r"Ime:\s*(.+)"},
    customer=CustomerOf(address="{email}", name="{who}"),
    channel="form",
)


def ruled(
    *rules: Rule, body: str = "Kada stiže moja narudžba?", found: str = "other", **fields: str
) -> Ruled:
    return apply(mail(body, **fields), rules, found)


def fits(when: Condition, body: str = "Kada stiže moja narudžba?", **fields: str) -> bool:
    return bool(ruled(Rule("r", when, priority="high"), body=body, **fields).applied)


# --- which mails ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("ivan@kupac.example", True),
        ("*@kupac.example", True),
        ("ivan*", True),
        ("*@*.example", True),
        ("kupac.example", False),
        ("*@upac.example", False),
        ("[i]van@kupac.example", False),
        ("?van@kupac.example", False),
    ],
)
def test_senders_are_addresses_or_globs_in_which_only_the_star_has_a_meaning(
    glob: str, expected: bool
) -> None:
    assert fits(Condition(senders=(glob,))) is expected


def test_case_does_not_matter_in_addresses() -> None:
    assert fits(Condition(senders=("ivan@kupac.example",)), From="IVAN@Kupac.Example")


def test_any_recipient_fits() -> None:
    assert fits(Condition(recipients=("prodaja@*",)), Cc="Prodaja <prodaja@primjer.example>")
    assert not fits(Condition(recipients=("prodaja@*",)))


def test_subject_and_header_are_expressions_that_are_searched() -> None:
    assert fits(Condition(subject=r"^Narud.ba$"))
    assert not fits(Condition(subject="narudžba"))
    assert fits(Condition(headers={"x-shop": r"\d+"}), X_Shop="branch 12")
    assert not fits(Condition(headers={"X-Shop": ".*"}))


def test_all_conditions_hold_or_none() -> None:
    assert fits(Condition(senders=("*@kupac.example",), subject="Narud"))
    assert not fits(Condition(senders=("*@kupac.example",), subject="Račun"))
    assert fits(Condition())


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("žalb", "Ulažem ŽALBU na račun", True),
        ("zalb", "Ulažem žalbu", True),
        ("жалб", "Улажем ЖАЛБУ", True),
        ("panasz", "Panaszt teszek", True),
        ("reklamáció", "reklamacio", True),
        ("complain", "I must complain", True),
        ("plain", "I must complain", False),
        ("broj narudžbe", "Moj broj  \nnarudzbe", False),
        ("broj narudžbe", "Moj broj narudzbe je 7", True),
    ],
)
def test_words_are_beginnings_with_case_and_accents_folded(word: str, text: str, expected: bool) -> None:
    assert fits(Condition(words=(word,)), text) is expected


def test_words_are_looked_for_in_the_subject_and_not_in_quoted_mail() -> None:
    assert fits(Condition(words=("narudzb",)), "Pozdrav")
    quoted = "Hvala, može.\n\nOn Mon, 23 Nov 2026 at 10:00, Ana <ana@primjer.example> wrote:\n> Vaša žalba\n"
    assert not fits(Condition(words=("zalb",)), quoted)


def test_a_category_is_that_of_the_words_until_a_rule_says_otherwise() -> None:
    praise = Rule("praise", Condition(category="complaint"), category="praise")
    praised = Rule("then", Condition(category="praise"), priority="low")
    assert ruled(praise, praised, found="complaint").priority == "low"
    assert ruled(praise, praised, found="question").priority is None


def test_an_attachment_may_be_asked_for_or_excluded() -> None:
    letter = multipart(
        "multipart/mixed",
        "Content-Type: text/plain\n\nU prilogu.",
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx",
    )
    with_one, without = (
        Rule("r", Condition(has_attachment=wanted), priority="high") for wanted in (True, False)
    )
    assert apply(letter, [with_one], "other").priority == "high"
    assert apply(letter, [without], "other").priority is None
    assert ruled(without).priority == "high"


# --- what they set ----------------------------------------------------------------------------------------


def test_all_that_fit_apply_and_the_first_to_set_a_thing_wins() -> None:
    one = Rule("one", Condition(), priority="high", notify=("lead",))
    two = Rule("two", Condition(), priority="low", category="praise", receipt="never", assignee="ana")
    three = Rule("three", Condition(), category="complaint", policy="vip", notify=("manager",))
    got = ruled(one, two, three)
    assert (got.priority, got.notify, got.category, got.receipt) == ("high", ("lead",), "praise", "never")
    assert (got.policy, got.assignee) == ("vip", "ana")
    assert [(applied.rule, dict(applied.sets)) for applied in got.applied] == [
        ("one", {"priority": "high", "notify": "lead"}),
        ("two", {"receipt": "never", "assignee": "ana", "category": "praise"}),
        ("three", {"policy": "vip"}),
    ]


def test_stop_ends_the_list_only_where_its_rule_fits() -> None:
    stop = Rule("stop", Condition(), stop=True)
    other = Rule("other", Condition(subject="nothing like it"), stop=True)
    last = Rule("last", Condition(), priority="high")
    assert ruled(stop, last).priority is None
    assert ruled(other, last).priority == "high"


def test_without_a_rule_all_stays_as_found() -> None:
    assert ruled(found="question") == Ruled("question")


# --- who the customer is ----------------------------------------------------------------------------------

SENT = {"From": "Forma <forms@primjer.example>"}


def test_a_form_names_the_customer() -> None:
    got = ruled(FORM, body="Ime: Ana Marić\nE-mail: ana.maric@kupac.example\nPoruka: Gdje je paket?", **SENT)
    assert got.customer is not None
    assert (got.customer.address, got.customer.name, got.customer.fault) == (
        "ana.maric@kupac.example",
        "Ana Marić",
        "",
    )
    assert got.names_customer
    assert got.channel == "form"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("E-mail: nije-adresa", "“nije-adresa” is no mail address"),
        ("E-mail: a@b", "“a@b” is no mail address"),
        ("Tel: 1", "no {email} was found in the mail"),
        ("E-mail: ana@kupac.example,oto@drugi.example", "is no mail address"),
        ("E-mail: ana@kupac.example%0d%0aBcc:oto@drugi.example", "is no mail address"),
    ],
)
def test_what_is_no_address_is_none_and_says_why(line: str, fault: str) -> None:
    got = ruled(FORM, body=f"Ime: Ana\n{line}\n", **SENT)
    assert got.customer is not None
    assert got.customer.address == ""
    assert fault in got.customer.fault


def test_a_rule_that_finds_no_address_leaves_it_to_a_later_one() -> None:
    english = replace(
        FORM, name="english form", extract={"email": r"Email address: (\S+)", "who": "Name: (.+)"}
    )
    got = ruled(FORM, english, body="Name: Ana\nEmail address: ana@kupac.example", **SENT)
    assert got.customer is not None
    assert (got.customer.rule, got.customer.address) == ("english form", "ana@kupac.example")


def test_named_groups_of_subject_header_and_extract_can_be_used() -> None:
    rule = Rule(
        "voicemail",
        Condition(subject=r"from (?P<phone>\+?[0-9 ]+)", headers={"X-Caller": "(?P<who>.+)"}),
        extract={"mail": r"<(?P<user>\w+)@(?P<host>[\w.]+)>"},
        customer=CustomerOf("{user}@{host}", "{who}", "{phone}"),
    )
    got = ruled(
        rule,
        body="Javio se <ana@kupac.example>.",
        Subject="Voicemail from +385 91 111 222",
        X_Caller="Ana Marić",
    )
    assert got.customer is not None
    assert (got.customer.address, got.customer.name, got.customer.phone) == (
        "ana@kupac.example",
        "Ana Marić",
        "+385 91 111 222",
    )


def test_a_strangers_words_are_put_in_and_never_read_as_a_template() -> None:
    hostile = "{who.__class__} {0} %s {{ 7*7 }} \\1"
    got = ruled(FORM, body=f"Ime: {hostile}\nE-mail: ana@kupac.example", **SENT)
    assert got.customer is not None
    assert got.customer.name == hostile


@pytest.mark.parametrize("said", ["skriveni broj", "12", "javascript:alert(1)", "+" + "1" * 40])
def test_what_is_no_phone_number_is_left_out(said: str) -> None:
    rule = Rule("r", Condition(), extract={"tel": "Tel: (.+)"}, customer=CustomerOf(phone="{tel}"))
    got = ruled(rule, body=f"Tel: {said}")
    assert got.customer is not None
    assert got.customer.phone is None


def test_a_phone_number_alone_does_not_say_who_a_mails_customer_is() -> None:
    rule = Rule("r", Condition(), extract={"tel": r"Tel: (\S+)"}, customer=CustomerOf(phone="{tel}"))
    assert not ruled(rule, body="Tel: 0911112223").names_customer
    assert ruled(replace(rule, channel="voicemail"), body="Tel: 0911112223").names_customer


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ana@kupac.example", "ana@kupac.example"),
        ("<Ana.Maric+web@Kupac.example>,", "Ana.Maric+web@Kupac.example"),
        ("mailto:ana@kupac.example", "ana@kupac.example"),
        ("ana@žito.example", "ana@žito.example"),
        ("ana@kupac.example oto@kupac.example", ""),
        ("ana@@kupac.example", ""),
        ("ana@[127.0.0.1]", ""),
        ("ana@127.0.0.1", ""),
        (".ana@kupac.example", ""),
        ("ana@-kupac.example", ""),
        ('"ana b"@kupac.example', ""),
        ("a" * 65 + "@kupac.example", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_address(text: str, address: str) -> None:
    assert mail_address(text) == address


# --- expressions that take too long ------------------------------------------------------------------------


def test_an_expression_that_needs_too_long_does_not_fit_and_is_told() -> None:
    slow = Rule("slow", Condition(subject="(a+)+$"), priority="high")
    got = ruled(slow, Rule("next", Condition(), priority="low"), Subject="a" * 500 + "!")
    assert got.priority == "low"
    assert got.faults == ("rule “slow”: the expression (a+)+$ needs too long for this mail",)


# --- what is asked for ------------------------------------------------------------------------------------

ORDER = Question(
    "order number",
    Condition(category="complaint"),
    r"\b[A-Z]{2}-?\d{6}\b",
    {"hr": "Koji je broj Vaše narudžbe?", "en": "What is your order number?"},
)


def test_only_what_the_mail_lacks_is_asked_for() -> None:
    assert unanswered(mail("Ne radi."), [ORDER], "complaint", "hr") == ("Koji je broj Vaše narudžbe?",)
    assert unanswered(mail("Ne radi, AB-123456."), [ORDER], "complaint", "hr") == ()
    assert unanswered(mail("Ne radi.", Subject="AB123456"), [ORDER], "complaint", "hr") == ()
    assert unanswered(mail("Ne radi."), [ORDER], "question", "hr") == ()


@pytest.mark.parametrize(("language", "asked"), [("hr", "Koji"), ("hu", "What"), ("en", "What")])
def test_a_question_falls_back_to_english(language: str, asked: str) -> None:
    (question,) = unanswered(mail("Ne radi."), [ORDER], "complaint", language)
    assert question.startswith(asked)


def test_a_question_falls_back_to_the_base_language_and_to_the_first() -> None:
    serbian = replace(ORDER, texts={"hu": "Mi?", "sr": "Који?"})
    assert unanswered(mail("?"), [serbian], "complaint", "sr-Cyrl") == ("Који?",)
    assert unanswered(mail("?"), [serbian], "complaint", "hr") == ("Mi?",)


def test_a_pattern_that_needs_too_long_asks_nothing() -> None:
    assert unanswered(mail("a" * 60_000 + "!"), [replace(ORDER, pattern="(a+)+$")], "complaint", "hr") == ()
