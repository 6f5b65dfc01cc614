"""Who wrote, as letters address them."""

import pytest

from autoack.core.identify import identify
from autoack.core.message import Address, Customer


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
    [("Kovács Anna", "Kovács Anna"), ("Kovács, Anna", "Kovács Anna"), ("Anna Kovács", "Kovács Anna")],
)
def test_hungarian_names_have_the_family_name_first(written: str, name: str) -> None:
    assert who(written, language="hu").name == name


def test_a_signature_names_the_writer_only_where_the_address_bears_it_out() -> None:
    signature = "Lijep pozdrav\nAna Marić\nPrimjer d.o.o."
    assert who("", address="ana.maric@kupac.example", signature=signature).name == "Ana Marić"
    assert who("", address="ured7@kupac.example", signature=signature).name is None
    assert who("Info", address="ana.maric@kupac.example", signature=signature).name is None
