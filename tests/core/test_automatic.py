"""Automatic answers without a mark in the header, and people who write the same words."""

import pytest

from tests.core.mails import mail
from tests.core.test_classify import ANSWERED, judged


@pytest.mark.parametrize(
    "subject",
    [
        *("Automatiskt svar: x", "Automatisk svar: x", "Automaattinen vastaus: x", "Automaatvastus: x"),
        *(
            "Automātiskā atbilde: x",
            "Automatinis atsakymas: x",
            "Automatická odpověď: x",
            "Răspuns automat: x",
        ),
        *(
            "Автоматичен отговор: x",
            "Автоматична відповідь: x",
            "Автоматический ответ: x",
            "Αυτόματη απάντηση: x",
        ),
        *(
            "Otomatik yanıt: x",
            "תשובה אוטומטית: x",
            "رد تلقائي: x",
            "自动答复: x",
            "自動回覆: x",
            "自動応答: x",
        ),
        *(
            "자동 회신: x",
            "부재중: x",
            "Trả lời tự động: x",
            "Balasan otomatis: x",
            "Përgjigje automatike: x",
        ),
        *("Resposta automática: x", "Risposta automatica: x", "Automatisch antwoord: x", "Fuori sede"),
        *(
            "Poissa toimistosta",
            "Sjálfvirkt svar: x",
            "Έκτός γραφείου",
            "Afwezigheidsbericht",
            "Ikke på kontoret",
        ),
        *("[AUTO GENERATED] x", "x [Automatic reply]", "(automatically generated) x"),
        *("AW: Abwesenheitsnotiz", "John Smith is out of the office until 5 December"),
    ],
)
def test_an_automatic_reply_names_itself_in_its_language(subject: str) -> None:
    assert judged(mail(Subject=subject)) == ("auto-reply", "ignore", "auto-reply-subject")


@pytest.mark.parametrize(
    "subject",
    [
        *("Automatski mjenjač: kvar", "Automatic door does not open", "Autoresponder: how do I set it?"),
        *("Odgovor na ponudu", "Godišnji odmor", "Urlaub", "Vacation", "On leave", "Szabadság", "Away"),
        *("Auto generated invoices are wrong", "[Automatic] gearbox"),
        *("Who is out of the office today?", "Automatisches Licht", "Автомат: не ради"),
    ],
)
def test_people_write_of_automats_and_holidays(subject: str) -> None:
    assert judged(mail("Koliko košta?", Subject=subject)) == ANSWERED


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Urlaub", "Ich bin bis zum 5. Dezember im Urlaub."),
        ("Godišnji odmor", "Na godišnjem sam do 5. 12."),
        ("Szabadság", "Szabadságon vagyok december 5-ig."),
        ("On leave", "I am on annual leave until 5 December."),
        ("Отпуск", "Я в отпуске до 5 декабря."),
    ],
)
def test_subject_and_text_of_an_absence_are_a_vacation_notice(subject: str, text: str) -> None:
    assert judged(mail(text, Subject=subject)) == ("auto-reply", "record", "away")


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until 5 December.",
        "Nisam u uredu do 5. 12.",
        "Jag är på semester till den 5 december.",
        "Jestem na urlopie do 5 grudnia.",
        "Ik ben op vakantie tot 5 december.",
    ],
)
def test_an_answer_that_says_so_leaves_a_doubt_and_a_first_mail_none(text: str) -> None:
    assert judged(mail(text, Subject="Re: Narudžba")) == ("customer", "record", "doubt")
    assert judged(mail(text, In_Reply_To="<a@b.example>")) == ("customer", "record", "doubt")
    assert judged(mail(text)) == ANSWERED


@pytest.mark.parametrize(
    "text",
    [
        "This account is protected by Stopper. Please click on the link to be added to the allowed list.\nhttp://x.example",
        "Your message is being held until you confirm your address: https://x.example/1",
        "Um Ihre Nachricht zuzustellen, bestätigen Sie bitte (Spam-Schutz): http://x.example",
        "Poruka nije dostavljena: primatelj ima zaštitu od spama. Kliknite ovdje: http://x.example",
    ],
)
def test_a_robot_that_asks_its_sender_for_a_confirmation(text: str) -> None:
    assert judged(mail(text)) == ("auto-reply", "record", "challenge")


@pytest.mark.parametrize(
    "text",
    [
        "Please confirm my order of Monday: http://x.example/1",
        "Is our mailbox protected by a password? http://x.example",
        "Whitelist us, please.",
        "Kliknite na moju narudžbu i potvrdite je. http://x.example",
    ],
)
def test_people_ask_for_confirmations_too(text: str) -> None:
    assert judged(mail(text)) == ANSWERED


@pytest.mark.parametrize("field", ["X_TMDA_Confirm", "X_Boxbe_Challenge", "X_Trusted_Delivery"])
def test_filters_that_challenge_say_so_in_a_field(field: str) -> None:
    assert judged(mail(**{field: "1"})) == ("auto-reply", "ignore", "challenge")
