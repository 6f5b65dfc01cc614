"""Who wrote, as letters address them."""

import pytest

from autoack.core.identify import identify, signature_of
from autoack.core.message import Address, Customer
from tests.core.mails import mail


def who(
    name: str, *, language: str = "hr", address: str = "a@kupac.example", signature: str = ""
) -> Customer:
    return identify(Address(name, address), signature, language)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ivan Horvat", "Ivan Horvat"),
        ("Horvat, Ivan", "Ivan Horvat"),
        ("O'Brien, Pat", "Pat O'Brien"),
        ("IVAN HORVAT", "Ivan Horvat"),
        ("ivan horvat", "Ivan Horvat"),
        ("HORVAT Ivan", "Ivan Horvat"),
        ("'Ivan Horvat'", "Ivan Horvat"),
        ("Ivan   Horvat ", "Ivan Horvat"),
        ("Ivan Horvat (Firma)", "Ivan Horvat"),
        ("Ivan Horvat [Firma d.o.o.]", "Ivan Horvat"),
        ("Ivan Horvat | Firma d.o.o.", "Ivan Horvat"),
        ("Ivan Horvat - Firma", "Ivan Horvat"),
        ("Ivan Horvat, Firma d.o.o.", "Ivan Horvat"),
        ("Ivan Horvat via Oglasnik", "Ivan Horvat"),
        ("ANA-MARIJA KOVAČEVIĆ BABIĆ", "Ana-Marija Kovačević Babić"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("J. R. Smith", "J. R. Smith"),
        ("Ana 🌸", "Ana"),
        ("Ana", "Ana"),
        ("ana", "Ana"),
        ("Јелена Петровић", "Јелена Петровић"),
        ("ЈЕЛЕНА ПЕТРОВИЋ", "Јелена Петровић"),
        ("Nagyné Szabó Éva", "Nagyné Szabó Éva"),
        ("Anna Kovacs", "Anna Kovacs"),
        ("Horvat Ivan", "Ivan Horvat"),
        ("HORVAT IVAN", "Ivan Horvat"),
        ("Petrović Milica", "Milica Petrović"),
        ("Петровић Милица", "Милица Петровић"),
        ("Kovács Anna", "Anna Kovács"),
        ("Babić Horvat, Ana", "Ana Babić Horvat"),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("Ana, Marketing", "Ana"),
        ("Primjer d.o.o. - Ivan Horvat", "Ivan Horvat"),
        ("Primjer d.o.o. (Ana Marić)", "Ana Marić"),
        ("Ivan horvat", "Ivan Horvat"),
        ("I. Horvat", "I. Horvat"),
        ("Ivan M. Horvat", "Ivan M. Horvat"),
        ("Ana 👩‍💻 Marić", "Ana Marić"),
        ("MARY MCDONALD", "Mary McDonald"),
        ("Sanjay Patel", "Sanjay Patel"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Юрий Петров", "Юрий Петров"),
        ("Željka Ćosić", "Željka Ćosić"),
        ("Zeljka Cosic", "Zeljka Cosic"),
        ("Ana-Marija", "Ana-Marija"),
        ("Petrov Igor", "Igor Petrov"),
        ("Ana Marić :)", "Ana Marić"),
        ("佐藤 花子", "佐藤 花子"),
    ],
)
def test_a_persons_name_comes_out_as_they_would_write_it(written: str, name: str) -> None:
    assert who(written) == Customer("a@kupac.example", name)


@pytest.mark.parametrize(
    ("written", "name", "honorific"),
    [
        ("Dr. Ana Marić", "Ana Marić", "dr."),
        ("Dr.Ana Marić", "Ana Marić", "dr."),
        ("prof. dr. sc. Ivan Horvat", "Ivan Horvat", "prof. dr. sc."),
        ("Ivan Horvat, dipl. ing.", "Ivan Horvat", "dipl. ing."),
        ("Marić, dr. Ana", "Ana Marić", "dr."),
        ("др Ана Марић", "Ана Марић", "dr."),
        ("Ivan Horvat, PhD", "Ivan Horvat", "PhD"),
        ("Ivan Horvat dipl.ing.", "Ivan Horvat", "dipl. ing."),
        ("Dr. Horvat", "Horvat", "dr."),
        ("Mr. sc. Ana Marić", "Ana Marić", "mr. sc."),
        ("gđa Ana Marić", "Ana Marić", "gđa"),
        ("g. Ivan Horvat", "Ivan Horvat", "g."),
        ("G. Horvat", "G. Horvat", None),
        ("проф. др Милан Јовановић", "Милан Јовановић", "prof. dr."),
        ("Mrs. Anna Brown", "Anna Brown", "Mrs"),
        ("Akademik Ivan Marić", "Ivan Marić", "akademik"),
    ],
)
def test_titles_are_split_off(written: str, name: str, honorific: str) -> None:
    assert who(written) == Customer("a@kupac.example", name, honorific)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "info",
        "Podrška",
        "Korisnička podrška",
        "Primjer d.o.o.",
        "Primjer Trgovina",
        "ivan.horvat92",
        "xX_ivan_Xx",
        "ivan@kupac.example",
        "info@kupac.example",
        "🌸",
        "+385 1 234 5678",
        "ugyfelszolgalat",
        "PayPal",
        "A",
        "123",
        "-",
        "Obitelj Horvat",
        "https://evil.example",
        "Kupite odmah jeftino i brzo ovdje danas",
        "Ivаn Horvat",
        "{{ 7*7 }}",
        "Ana\r\nBcc: x@y.example",
        "[Ana](https://evil.example)",
        "Horvat",
        "Primjer",
        "Petra, Ltd",
        "Primjer Kft.",
        "Példa Zrt.",
        "Primer a.d.",
        "Пример доо",
        "Zagrebačka pivovara",
        "Gradska Knjižnica",
        "Foto Nikon",
        "HEP OPSKRBA",
        "crna mačka",
        "Sretan kupac",
        "Ivan i Ana Horvat",
        "Ivan & Ana",
        "Служба за кориснике",
        "Kereskedelmi Iroda",
        "Marko iPhone",
        "Direktor prodaje",
        "mama",
        "Poslovnica Zagreb",
        "Xzcv Bnmk",
    ],
)
def test_what_is_not_a_persons_gives_no_name(written: str) -> None:
    assert who(written).name is None


@pytest.mark.parametrize(
    "written",
    [
        "Ivan Horvat www.evil.example",
        "Ivan Horvat <x@evil.example>",
        "Ivan Horvat +385 91 123 4567",
        "\u202eIvan\u200b Horvat\x07",
    ],
)
def test_nothing_that_can_be_clicked_or_called_stays_in_a_name(written: str) -> None:
    assert who(written).name == "Ivan Horvat"


def test_a_name_is_never_long() -> None:
    assert who("Ivan " + "H" * 5000).name is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Kovács Anna", "Kovács Anna"),
        ("Kovács, Anna", "Kovács Anna"),
        ("Anna Kovács", "Kovács Anna"),
        ("Anna Kovacs", "Kovacs Anna"),
        ("KOVÁCS ANNA", "Kovács Anna"),
        ("kovács anna", "Kovács Anna"),
        ("Anna KOVÁCS", "Kovács Anna"),
        ("Anna Mária Kovács", "Kovács Anna Mária"),
        ("Péter Nagy", "Nagy Péter"),
        ("Peter Nagy", "Nagy Peter"),
        ("Nagy Péter", "Nagy Péter"),
        ("Zsuzsa Példabeli", "Példabeli Zsuzsa"),
        ("László Anna", "László Anna"),
        ("Anna László", "László Anna"),
        ("Szabó-Nagy Katalin", "Szabó-Nagy Katalin"),
        ("Katalin Szabó-Nagy", "Szabó-Nagy Katalin"),
        ("Nagyné Szabó Éva", "Nagyné Szabó Éva"),
        ("Kovács Lászlóné", "Kovács Lászlóné"),
        ("Martin Müller", "Martin Müller"),
        ("Ivan Horvat", "Ivan Horvat"),
        ("Horvat, Ivan", "Ivan Horvat"),
        ("John Smith", "John Smith"),
        ("Giulia Rossi", "Giulia Rossi"),
    ],
)
def test_hungarian_names_have_the_family_name_first(written: str, name: str) -> None:
    assert who(written, language="hu").name == name


@pytest.mark.parametrize(
    ("written", "language", "name", "honorific"),
    [
        ("Ana Horvat, dr. med.", "hr", "Ana Horvat", "dr. med."),
        ("HORVAT ANA DR.MED.", "hr", "Ana Horvat", "dr. med."),
        ("Ana Horvat, dr.med.dent.", "hr", "Ana Horvat", "dr. med. dent."),
        ("Ivić Ana dipl. oec.", "hr", "Ana Ivić", "dipl. oec."),
        ("Ivan Horvat dipl.ing.el.", "hr", "Ivan Horvat", "dipl. ing. el."),
        ("Horvat dr.sc. Ivan", "hr", "Ivan Horvat", "dr. sc."),
        ("Ivan dr. Horvat", "hr", "Ivan Horvat", "dr."),
        ("Marić, dr. Ana", "hr", "Ana Marić", "dr."),
        ("Prim. dr. sc. Ana Marić", "hr", "Ana Marić", "prim. dr. sc."),
        ("izv. prof. dr. sc. Marko Babić", "hr", "Marko Babić", "izv. prof. dr. sc."),
        ("vlč. Ivan Horvat", "hr", "Ivan Horvat", "vlč."),
        ("Marko Petrović dipl.inž.maš.", "sr-Latn", "Marko Petrović", "dipl. inž. maš."),
        ("Jelena Petrović, dipl. ecc.", "sr-Latn", "Jelena Petrović", "dipl. ecc."),
        ("Petrović dr Jelena", "sr-Latn", "Jelena Petrović", "dr."),
        ("Mr ph. Jelena Petrović", "sr-Latn", "Jelena Petrović", "mr. ph."),
        ("Марко Петровић дипл. ецц.", "sr-Cyrl", "Марко Петровић", "dipl. ecc."),
        ("прим. др Марко Петровић", "sr-Cyrl", "Марко Петровић", "prim. dr."),
        ("Dr. habil. Kiss Péter", "hu", "Kiss Péter", "dr. habil."),
        ("Szabó Éva dr. jur.", "hu", "Szabó Éva", "dr. jur."),
        ("Kovács dr. Anna", "hu", "Kovács Anna", "dr."),
        ("Rev. John Smith", "en", "John Smith", "Rev."),
        ("Red Ivan", "hr", "Red Ivan", None),
    ],
)
def test_titles_come_off_wherever_they_stand(
    written: str, language: str, name: str, honorific: str | None
) -> None:
    found = who(written, language=language)
    assert (found.name, found.honorific, found.titled_name) == (name, honorific, None)


@pytest.mark.parametrize(
    ("written", "name", "titled"),
    [
        ("Nagyné dr. Szabó Éva", "Nagyné Szabó Éva", "Nagyné dr. Szabó Éva"),
        ("NAGYNÉ DR. SZABÓ ÉVA", "Nagyné Szabó Éva", "Nagyné dr. Szabó Éva"),
        ("Nagyné Dr.Szabó Éva PhD", "Nagyné Szabó Éva", "Nagyné dr. Szabó Éva"),
        ("Kissné prof. dr. Tóth Mária", "Kissné Tóth Mária", "Kissné prof. dr. Tóth Mária"),
        (
            "özv. Kovács Péterné dr. Tóth Anna",
            "Kovács Péterné Tóth Anna",
            "özv. Kovács Péterné dr. Tóth Anna",
        ),
        ("dr. Nagyné dr. Szabó Éva", "Nagyné Szabó Éva", "dr. Nagyné dr. Szabó Éva"),
        ("Dr. Nagyné Szabó Éva", "Nagyné Szabó Éva", None),
        ("Nagy Béláné dr.", "Nagy Béláné", None),
        ("René dr. Kovács", "René Kovács", None),
    ],
)
def test_a_title_after_the_husbands_name_stays_there(written: str, name: str, titled: str | None) -> None:
    found = who(written, language="hu")
    assert (found.name, found.titled_name) == (name, titled)


@pytest.mark.parametrize("displayed", ["", "Info", "ivan.horvat92", "Primjer d.o.o.", "ured7@kupac.example"])
def test_where_the_header_names_nobody_the_signature_does(displayed: str) -> None:
    signature = "Lijep pozdrav\nAna Marić\nPrimjer d.o.o.\nDirektor: Ivan Horvat"
    assert who(displayed, address="ured7@kupac.example", signature=signature).name == "Ana Marić"


@pytest.mark.parametrize(
    ("signature", "name", "honorific"),
    [
        ("Lijep pozdrav, Ana Marić", "Ana Marić", None),
        ("Srdačno,\n\nprof. dr. sc. Ana Marić\nProdekanica", "Ana Marić", "prof. dr. sc."),
        ("LP\nAna", "Ana", None),
        ("Üdvözlettel:\nKovács Anna", "Anna Kovács", None),
        ("Best regards,\nJohn Smith\nAcme Ltd", "John Smith", None),
        ("С поштовањем,\nМилица Јовановић", "Милица Јовановић", None),
        ("Pozdrav,\nPrimjer d.o.o.\nOIB 12345678901", None, None),
        ("Pozdrav iz Splita\nEkipa Primjera", None, None),
        ("Korisnička podrška\n+385 1 234 5678", None, None),
        ("Sent from my phone", None, None),
        ("Qwert Asdfg", None, None),
        ("", None, None),
    ],
)
def test_a_signature_names_a_person_where_it_is_certain(
    signature: str, name: str | None, honorific: str | None
) -> None:
    assert who("", signature=signature) == Customer("a@kupac.example", name, honorific)


def test_an_unknown_name_in_a_signature_counts_where_the_address_bears_it_out() -> None:
    signature = "Lijep pozdrav\nQwerta Asdfić"
    assert who("", address="qwerta@kupac.example", signature=signature).name == "Qwerta Asdfić"
    assert who("", signature=signature).name is None


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("Kad stiže paket?\n\nIvan Horvat", "Ivan Horvat"),
        ("Kad stiže paket?\nHvala, Ivan", "Ivan"),
        ("Kad stize paket? Hvala unaprijed, Ana Marić", "Ana Marić"),
        ("Gde je paket? Pozdrav, Milica", "Milica"),
        ("Mikor jön a csomag? Köszönöm, Kovács Anna", "Anna Kovács"),
        ("Where is it?\nThanks, John", "John"),
        ("Hvala Ivan", None),
        ("Ana", None),
        ("Gdje je paket za Anu Marić?", None),
        ("Prvi red.\nPaket je za: Ana", None),
    ],
)
def test_a_mail_without_a_signature_may_be_signed_in_its_last_line(written: str, signed: str | None) -> None:
    assert who("", signature=signature_of(mail(written, From="a@kupac.example"))).name == signed


@pytest.mark.parametrize(
    ("written", "name", "honorific"),
    [
        ("Dr. med. vet. Krešimir Lovrić", "Krešimir Lovrić", "dr. med. vet."),
        ("odv. Ivan Kos", "Ivan Kos", "odv."),
        ("Ivan Horvat ml.", "Ivan Horvat", "ml."),
        ("Kiss Péter e.v.", "Péter Kiss", "e.v."),
        ("John A. Smith III", "John A. Smith", "III"),
        ("Dr. Kiss Péter ügyvéd", "Péter Kiss", "dr."),
        ("Ivan Horvat odvjetnik", "Ivan Horvat", None),
        ("ana kos.", "Ana Kos", None),
    ],
)
def test_shortened_titles_and_callings_are_no_names(written: str, name: str, honorific: str | None) -> None:
    found = who(written)
    assert (found.name, found.honorific) == (name, honorific)


@pytest.mark.parametrize(
    "written",
    [
        "OŠ Ivan Gundulić",
        "ООШ Вук Караџић",
        "KUD Vesna",
        "Polgármesteri Hivatal",
        "Fővárosi Vízművek",
        "Városi Könyvtár",
        "Gödöllői Gimnázium",
        "Sestra Marija",
        "Baka Mara",
        "Dear Sir",
    ],
)
def test_institutions_and_what_people_are_called_by_are_no_names(written: str) -> None:
    assert who(written, language="hu").name is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("KOS Ivan", "Ivan Kos"),
        ("BAN Ana", "Ana Ban"),
        ("Novak Ivana", "Ivana Novak"),
        ("Novak Đoković", "Novak Đoković"),
        ("Marko Novak", "Marko Novak"),
        ("Bogdan Petrović", "Bogdan Petrović"),
    ],
)
def test_short_family_names_and_those_that_are_given_names_too(written: str, name: str) -> None:
    assert who(written).name == name
