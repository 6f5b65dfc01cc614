"""Which language a receipt is written in."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from autoack.core.language import choose
from autoack.core.message import Address, Headers, Mail
from autoack.core.policy import Calendar, Mailbox, Organisation, Policy, Team

ALL = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")
FALLBACK = {"sl": "hr", "bs": "hr", "cnr": "sr-Latn", "mk": "sr-Cyrl", "*": "en"}


def mail(text: str, *, subject: str = "", sender: str = "kupac@posta.example", quoted: str = "") -> Mail:
    return Mail(
        None,
        "f" * 32,
        Address("", sender),
        (),
        (),
        (),
        (),
        subject,
        None,
        (),
        Headers(),
        (),
        text + quoted,
        text,
        "",
        0,
    )


def chosen(
    written: Mail, languages: tuple[str, ...] = ALL, earlier: tuple[str, ...] = (), because: str = ""
) -> str:
    zone = ZoneInfo("Europe/Zagreb")
    policy = Policy("standard", Calendar("always", zone, always=True))
    mailbox = Mailbox(
        "support", "podrska@primjer.example", "Podrška", Team("front", (), "a", "a"), policy, languages
    )
    organisation = Organisation("Primjer", zone, languages=languages, languages_fallback=FALLBACK)
    found = choose(written, mailbox, organisation, earlier)
    assert found.language in languages
    assert found.reason
    assert because in found.reason
    return found.language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gdje je moj paket? Tko mi može pomoći?", "hr"),
        ("Gdje je moj paket i tko mi moze pomoci, cekam vec tjedan dana", "hr"),
        ("Molim vas pošaljite mi račun za studeni, platit ću odmah.", "hr"),
        ("Trebao bih promijeniti adresu dostave prije srijede, unaprijed hvala.", "hr"),
        ("Zanima me sto je s mojom narudzbom od proslog tjedna.", "hr"),
        ("Poštovani, gde je moja pošiljka? Želela bih da znam kada stiže.", "sr-Latn"),
        ("Zanima me sta je sa mojom porudzbinom od prosle nedelje", "sr-Latn"),
        ("Da li mogu da dobijem račun za novembar? Platiću odmah.", "sr-Latn"),
        ("Molim vas da proverite, uvek kasni, posle toga javite mi.", "sr-Latn"),
        ("Добар дан, када ће стићи мој пакет? Хвала", "sr-Cyrl"),
        ("Где је рачун за новембар?", "sr-Cyrl"),
        ("Tisztelt Cím! Szeretném megkérdezni, mikor érkezik a csomagom.", "hu"),
        ("Jo napot! Mikor kapom meg a szamlat? Koszonom", "hu"),
        ("Hello, where is my order? It was promised for Friday.", "en"),
        ("Hi", "en"),
    ],
)
def test_the_customers_own_words_decide(text: str, language: str) -> None:
    assert chosen(mail(text)) == language


@pytest.mark.parametrize(
    ("sender", "language"),
    [("a@posta.rs", "sr-Latn"), ("a@posta.hr", "hr"), ("a@posta.ba", "hr"), ("a@posta.example", "hr")],
)
def test_what_may_be_croatian_or_serbian_is_decided_by_the_senders_domain(sender: str, language: str) -> None:
    assert chosen(mail("Poštovani, molim vas za ponudu. Hvala!", sender=sender)) == language


def test_without_any_evidence_it_is_the_mailboxs_first_language() -> None:
    assert chosen(mail("12345")) == "hr"
    assert chosen(mail(""), ("sr-Cyrl", "en")) == "sr-Cyrl"
    assert chosen(mail("", sender="a@posta.hu")) == "hu"


def test_the_subject_counts_where_there_is_no_text() -> None:
    assert chosen(mail("", subject="Kérdés a megrendelésről és a számláról")) == "hu"


def test_quoted_mail_does_not_count() -> None:
    quoted = "\n> Dear customer, thank you for your order, we will be in touch soon." * 5
    assert chosen(mail("Gdje je moj paket?", quoted=quoted)) == "hr"


def test_web_addresses_do_not_count() -> None:
    assert (
        chosen(mail("Gdje je ovo? https://shop.example/where/is/the/order/that/you/have/promised/me")) == "hr"
    )


@pytest.mark.parametrize(
    ("text", "languages", "language"),
    [
        ("Guten Tag, wo ist meine Bestellung? Vielen Dank für Ihre Antwort.", ALL, "en"),
        ("Kje je moj paket? Prosim za odgovor, hvala lepa.", ALL, "hr"),
        ("Здраво, каде е мојата нарачка? Ви благодарам, ќе чекам.", ALL, "sr-Cyrl"),
        ("Здравствуйте, где мой заказ? Спасибо за ответ.", ALL, "en"),
        ("Где је мој пакет? Хвала.", ("sr-Latn", "en"), "sr-Latn"),
        ("Где је мој пакет? Хвала.", ("hr", "en"), "hr"),
        ("Gde je moj paket i ko mi može pomoći?", ("hr", "en"), "hr"),
        ("Gdje je moj paket i tko mi može pomoći?", ("en", "sr-Latn"), "sr-Latn"),
        ("Hol van a csomagom? Kérem, válaszoljanak.", ("hr",), "hr"),
    ],
)
def test_a_language_that_is_not_offered_falls_to_one_that_is(
    text: str, languages: tuple[str, ...], language: str
) -> None:
    assert chosen(mail(text), languages) == language


@pytest.mark.parametrize(
    "text", ["\x00\x01", "\ud800\udfff", "😀😀", "\U000e0001", "а" * 100_000, "\ufffe\uffff x y"]
)
def test_no_text_is_too_strange(text: str) -> None:
    assert chosen(mail(text, subject=text)) in ALL


@pytest.mark.parametrize("first", ["hr", "sr-Latn", "en"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gdje je paket", "hr"),
        ("Sto je s mojom narudzbom", "hr"),
        ("Ne radi mi internet vec dva dana, molim hitno rijesite", "hr"),
        ("Molim predracun za dvije ulaznice", "hr"),
        ("Bok ekipa, di mi je paket?", "hr"),
        ("Dobra vecer, zanima me radno vrijeme poslovnice", "hr"),
        ("Zelim otkazati narudzbu", "hr"),
        ("Mozete li mi poslati slike proizvoda", "hr"),
        ("Kako vratiti proizvod?", "hr"),
        ("Poslat cu vam potvrdu o uplati u eurima", "hr"),
        ("Tko je nadlezan za reklamacije?", "hr"),
        ("Trebam ponudu za tisuću komada, uvjeti kao i prije", "hr"),
        ("Opcenito sam zadovoljna, ali zadnja posiljka kasni tjedan dana", "hr"),
        ("Vlak kasni, stizem poslije podne", "hr"),
        ("Paket cu preuzeti u srijedu", "hr"),
        ("Zasto nitko ne odgovara na moje upite", "hr"),
        ("Gde je paket", "sr-Latn"),
        ("gde mi je posiljka", "sr-Latn"),
        ("Sta se desava sa mojom porudzbinom", "sr-Latn"),
        ("Kada mogu da dodjem po robu", "sr-Latn"),
        ("Ne radi mi internet vec dva dana, resite hitno", "sr-Latn"),
        ("kako da vratim proizvod", "sr-Latn"),
        ("Postovanje, molim predracun za dve karte", "sr-Latn"),
        ("Dobro vece, interesuje me radno vreme prodavnice", "sr-Latn"),
        ("Zelim da otkazem porudzbinu", "sr-Latn"),
        ("Mozete li da mi posaljete slike proizvoda", "sr-Latn"),
        ("Poslacemo vam potvrdu o uplati u evrima", "sr-Latn"),
        ("Ko je nadlezan za reklamacije i zasto niko ne odgovara", "sr-Latn"),
        ("Treba mi ponuda za hiljadu komada, uslovi kao i pre", "sr-Latn"),
        ("Zadovoljna sam, ali poslednja posiljka kasni nedelju dana", "sr-Latn"),
        ("Voz kasni, stizem posle podne", "sr-Latn"),
        ("Preuzecu paket u sredu", "sr-Latn"),
    ],
)
def test_without_marks_croatian_and_serbian_are_told_apart_whichever_is_offered_first(
    text: str, language: str, first: str
) -> None:
    assert chosen(mail(text), (first, *(tag for tag in ALL if tag != first))) == language


@pytest.mark.parametrize("text", ["Kad stiže paket?", "Radite li u subotu?", "Može račun na firmu?"])
@pytest.mark.parametrize(
    ("first", "language"), [("hr", "hr"), ("sr-Latn", "sr-Latn"), ("sr-Cyrl", "sr-Latn")]
)
def test_what_both_would_write_is_in_the_language_that_the_mailbox_offers_first(
    text: str, first: str, language: str
) -> None:
    languages = (first, *(tag for tag in ALL if tag != first))
    assert chosen(mail(text), languages, because="offers it first") == language


@pytest.mark.parametrize("language", ["hr", "sr-Latn"])
def test_the_customers_earlier_mails_decide_where_the_words_do_not(language: str) -> None:
    assert chosen(mail("Kad stiže paket?"), earlier=(language,), because="earlier mails") == language
    assert chosen(mail("Gdje je paket i tko ga vozi?"), earlier=("sr-Latn",)) == "hr"
    assert chosen(mail("???"), earlier=("sr-Latn", "hu"), because="earlier mails") == "hu"
    assert chosen(mail("???"), ("hr", "en"), earlier=("hu",)) == "hr"


@pytest.mark.parametrize(
    ("sender", "language"),
    [
        ("a@posta.hr", "hr"),
        ("a@posta.rs", "sr-Latn"),
        ("a@posta.xn--90a3ac", "sr-Latn"),
        ("a@posta.срб", "sr-Latn"),
        ("a@posta.ba", "hr"),
        ("a@posta.me", "sr-Latn"),
    ],
)
def test_the_senders_domain_decides_between_them(sender: str, language: str) -> None:
    assert chosen(mail("Kad stiže paket?", sender=sender), because="domain") == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Šta je sa mojom narudžbom, htio bih da znam gdje je, čekam već sedmicu dana", "bs"),
        ("Nijesam dobio paket, šta da radim? Gdje je zapeo?", "cnr"),
    ],
)
def test_ijekavian_with_serbian_words_is_bosnian_or_montenegrin(text: str, language: str) -> None:
    assert chosen(mail(text), because="ijekavian") == FALLBACK[language]
    assert chosen(mail(text, sender="a@posta.hr")) == "hr"  # a Croat may write so too


def test_the_reason_names_the_words() -> None:
    assert chosen(mail("Gdje je paket i tko ga vozi?"), because="gdje, tko") == "hr"
    assert chosen(mail("Gde je paket i ko ga vozi?"), because="gde, ko") == "sr-Latn"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Molim Vas provjerite, nije mi stiglo ništa.\n\nDear customer, thank you for the order. It is sent.",
            "hr",
        ),
        (
            "Szeretnék időpontot kérni jövő hétre, kedden jó lenne.\n\nThis is an order of the shop. Please reply.",
            "hu",
        ),
        (
            "Please tell me what this is, thank you.\n\nPoštovani, Vaša narudžba je poslana. Hvala na povjerenju.",
            "en",
        ),
        ("Dear team,\n\nPoštovani, zanima me kada stiže moja narudžba i tko je donosi.", "hr"),
    ],
)
def test_the_first_words_are_the_writers_own_and_what_is_pasted_below_is_not(
    text: str, language: str
) -> None:
    assert chosen(mail(text)) == language


def test_what_stands_below_the_writers_name_is_a_card() -> None:
    written = mail(
        "Hitno molim povrat.\n\nDavor Šimić | Senior Account Manager\nThe Sales Company International",
        subject="Upit",
    )
    assert chosen(replace(written, sender=Address("Šimić, Davor", "davor@kupac.example"))) == "hr"
