"""Of a letter only what its writer added is new: neither the mail that is quoted nor the signature."""

import pytest

from autoack.core.quoted import split_letter

NEW = "Molim, kada stiže?"
OLD = "Vaša narudžba je poslana."


def quoted(head: str) -> str:
    return f"{NEW}\n\n{head}\n\n> {OLD}\n> Ana\n"


def bare(head: str) -> str:
    return f"{NEW}\n\n{head}\n\n{OLD}\nAna\n"


ATTRIBUTIONS = [
    "On Mon, 23 Nov 2026 at 10:11, Ana Ivić <ana@primjer.example> wrote:",
    "On Mon, 23 Nov 2026 at 10:11, Ana Ivić\n<ana@primjer.example> wrote:",
    "On 23 Nov 2026, at 10:11, Ana Ivić <ana@primjer.example> wrote:",
    "On 11/23/26 10:11 AM, Ana Ivić wrote:",
    "Dana 23.11.2026. u 10:11, Ana Ivić je napisao/la:",
    "pon, 23. stu 2026. u 10:11 Ana Ivić <ana@primjer.example> napisala je:",
    "Ana Ivić <ana@primjer.example> je dana 23. stu 2026. u 10:11 napisao/la:",
    "Дана 23.11.2026. у 10:11, Ана Ивић је написао/ла:",
    "пон, 23. нов 2026. 10:11 Ана Ивић <ana@primjer.example> је написао/ла:",
    "Kovács Anna <anna@primjer.example> ezt írta (időpont: 2026. nov. 23., H, 10:11):",
    "2026. 11. 23. 10:11 keltezéssel, Kovács Anna írta:",
    "Am 23.11.2026 um 10:11 schrieb Ana Ivić:",
    "Am Mo., 23. Nov. 2026 um 10:11 Uhr schrieb Ana Ivić\n<ana@primjer.example>:",
]


@pytest.mark.parametrize("head", ATTRIBUTIONS)
def test_what_stands_below_an_attribution_is_quoted(head: str) -> None:
    assert split_letter(quoted(head)).new_text == NEW
    assert split_letter(bare(head)).new_text == NEW


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: Ana",
        "-----Izvorna poruka-----\nOd: Ana",
        "-----Изворна порука-----\nОд: Ана",
        "-----Eredeti üzenet-----\nFeladó: Ana",
        "________________________________\nFrom: Ana <a@x.example>\nSent: Monday\nTo: Ivan\nSubject: RE: x",
        "____________________\n\nOd: Ana <a@x.example>\nPoslano: ponedjeljak\nPrima: Ivan\nPredmet: x",
        "From: Ana\nSent: Monday\nTo: Ivan\nSubject: RE: x",
        "*Od:* Ana\n*Poslano:* ponedjeljak\n*Za:* Ivan\n*Predmet:* x",
        "Od: Ana\nPoslato: ponedeljak\nZa: Ivan\nTema: x",
        "Од: Ана\nПослато: понедељак\nЗа: Иван\nПредмет: x",
        "Feladó: Ana\nElküldve: hétfő\nCímzett: Ivan\nTárgy: x",
        "Von: Ana\nGesendet: Montag\nAn: Ivan\nBetreff: x",
    ],
)
def test_what_stands_below_a_separator_or_header_fields_is_quoted(head: str) -> None:
    assert split_letter(bare(head)).new_text == NEW


@pytest.mark.parametrize(
    "text",
    [
        "Kolega je napisao:\nne može.",
        "Evo podataka:\nOd: Zagreb\nDo: Split",
        "Subject: to change\nI do not know the date.",
        "On Monday I wrote: nothing came.\nWhat now",
        "- prvo\n- drugo",
        "___\npotpis",
    ],
)
def test_words_that_only_look_like_a_quotation_stay(text: str) -> None:
    assert split_letter(text).new_text == text


def test_an_answer_below_or_between_quoted_lines_is_new() -> None:
    text = "Dana 23.11.2026. u 10:11, Ana je napisala:\n\n> prvo?\nDa.\n> drugo?\nNe."
    assert split_letter(text).new_text == "Da.\nNe."


def test_who_forwards_without_a_word_means_what_they_forward() -> None:
    text = "---------- Forwarded message ---------\nFrom: Ana\n\nStroj ne radi."
    assert "Stroj ne radi." in split_letter(text).new_text


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        (f"{NEW}\n\n-- \nIvan Horvat\nKupac d.o.o.", "Ivan Horvat\nKupac d.o.o."),
        (f"{NEW}\n\n--\nIvan", "Ivan"),
        (f"{NEW}\n\nLijep pozdrav,\nIvan Horvat", "Lijep pozdrav,\nIvan Horvat"),
        (
            f"{NEW}\n\nS poštovanjem,\n\nIvan Horvat\nKupac d.o.o.",
            "S poštovanjem,\n\nIvan Horvat\nKupac d.o.o.",
        ),
        (f"{NEW}\n\nС поштовањем,\nИван", "С поштовањем,\nИван"),
        (f"{NEW}\n\nÜdvözlettel:\nKovács", "Üdvözlettel:\nKovács"),
        (f"{NEW}\n\nKind regards\nIvan", "Kind regards\nIvan"),
        (f"{NEW}\n\nSent from my iPhone", "Sent from my iPhone"),
        (f"{NEW}\n\nPoslano s mog iPhonea", "Poslano s mog iPhonea"),
        (f"{NEW}\n\nLp,\nIvan\n\nSent from my iPhone", "Lp,\nIvan\n\nSent from my iPhone"),
        (NEW, ""),
    ],
)
def test_a_signature_is_taken_off(text: str, signature: str) -> None:
    assert split_letter(text) == (NEW, signature)


@pytest.mark.parametrize("tail", ["Lp,\nIvan\n\nP.S. I još: kada?", "Pozdrav,\nIvan\nMožete li nazvati?"])
def test_a_postscript_is_still_the_letter(tail: str) -> None:
    assert tail in split_letter(f"{NEW}\n\n{tail}").new_text


def test_a_close_at_the_head_of_a_long_text_is_no_signature() -> None:
    text = "Pozdrav,\n" + "\n".join(f"red {i}" for i in range(30))
    assert split_letter(text).new_text == text


@pytest.mark.parametrize(
    "notice",
    [
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "The information in this message is\nintended only for the person named above.",
        "CONFIDENTIALITY NOTICE: If you are not the addressee, delete it.",
        "Ova elektronička poruka je povjerljiva i namijenjena samo primatelju.",
        "Ова порука је поверљива и намењена само примаоцу.",
        "Ez az e-mail bizalmas, és kizárólag a címzettnek szól.",
        "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt.",
    ],
)
def test_a_notice_of_confidentiality_is_not_the_writers(notice: str) -> None:
    assert split_letter(f"{NEW}\n\n{notice}\nThank you.").new_text == NEW
    assert split_letter(f"{NEW}\n\nLP\nAna Marić\n\n{notice}") == (NEW, "LP\nAna Marić")


def test_who_writes_of_a_confidential_message_writes_it_themselves() -> None:
    text = "This message is confidential. My password is lost."
    assert split_letter(text).new_text == text
