"""What people's clients put around a quoted mail, by client and language: only the writer's words are new."""

import time

import pytest

from autoack.core.quoted import split_letter
from tests.core.mails import mail

NEW = {
    "hr": "Još uvijek čekam narudžbu. Možete li provjeriti što je s njom, molim?",
    "sr": "Још увек чекам поруџбину. Можете ли да проверите шта је са њом, молим?",
    "sr-Latn": "Još uvek čekam porudžbinu. Možete li da proverite šta je sa njom, molim?",
    "hu": "Még mindig várom a rendelésemet. Meg tudná nézni, kérem, hol tart őszintén?",
    "en": "I am still waiting for my order. Could you please look into it?",
    "de": "Ich warte noch immer auf meine Bestellung. Könnten Sie bitte nachsehen?",
}
OLD = "Vaša pošiljka je krenula prema vama."

ATTRIBUTIONS = [
    ("gmail", "hr", "pon, 23. stu 2026. u 10:11 Ana Ivić <ana@primjer.example> napisao je:"),
    ("gmail", "hr", "pon, 23. stu 2026. u 10:11 Ana Ivić <ana@primjer.example>\nnapisala je:"),
    ("gmail", "sr", "пон, 23. нов 2026. 10:11 Ана Ивић <ana@primjer.example> је написао/ла:"),
    ("gmail", "sr-Latn", "pon, 23. nov 2026. 10:11 Ana Ivić <ana@primjer.example> je napisao/la:"),
    ("gmail", "hu", "Kovács Anna <anna@primjer.example> ezt írta (időpont: 2026. nov. 23., H, 10:11):"),
    ("gmail", "en", "On Mon, Nov 23, 2026 at 10:11 AM Ana Ivić <ana@primjer.example> wrote:"),
    ("gmail", "en", "On Mon, Nov 23, 2026 at 10:11 AM Ana Ivić <\nana@primjer.example> wrote:"),
    ("gmail", "de", "Am Mo., 23. Nov. 2026 um 10:11 Uhr schrieb Ana Ivić <\nana@primjer.example>:"),
    ("apple", "hr", "Ana Ivić <ana@primjer.example> je 23.11.2026. u 10:11 napisao:"),
    ("apple", "hr", "Dana 23. 11. 2026., u 10:11, Ana Ivić <ana@primjer.example> je napisao/la:"),
    ("apple", "sr", "Дана 23. 11. 2026., у 10:11, Ана Ивић <ana@primjer.example> је написао/ла:"),
    ("apple", "hu", "2026. nov. 23. dátummal, 10:11 időpontban Kovács Anna <anna@primjer.example> írta:"),
    ("apple", "en", "On 23 Nov 2026, at 10:11, Ana Ivić <ana@primjer.example> wrote:"),
    ("apple", "de", "Am 23.11.2026 um 10:11 schrieb Ana Ivić <ana@primjer.example>:"),
    ("thunderbird", "hr", "Dana 23.11.2026. u 10:11, Ana Ivić je napisao/la:"),
    ("thunderbird", "hr", "23. 11. 2026. u 10:11, Ana Ivić piše:"),
    ("thunderbird", "sr", "На дан 23.11.2026. 10:11, Ана Ивић написа:"),
    ("thunderbird", "sr-Latn", "Na dan 23.11.2026. 10:11, Ana Ivić napisa:"),
    ("thunderbird", "hu", "2026. 11. 23. 10:11 keltezéssel, Kovács Anna írta:"),
    ("thunderbird", "en", "On 11/23/26 10:11, Ana Ivić wrote:"),
    ("thunderbird", "de", "Am 23.11.26 um 10:11 schrieb Ana Ivić:"),
    (
        "yahoo",
        "hr",
        "Dana ponedjeljak, 23. studenoga 2026. 10:11:12 CET, Ana Ivić <a@x.example> je napisao/la:",
    ),
    ("yahoo", "en", "On Monday, November 23, 2026, 10:11 AM, Ana Ivić <a@x.example> wrote:"),
    ("eudora", "en", "At 10:11 23.11.2026 +0100, you wrote:"),
    # clients in other languages, below words of anybody
    ("gmail", "en", "Op ma 23 nov 2026 om 10:11 schreef Ana Ivić <ana@primjer.example>:"),
    ("gmail", "en", "Op 23 november 2026 10:11 schreef Ana Ivić het volgende:"),
    ("apple", "en", "Op 23 nov. 2026, om 10:11 heeft Ana Ivić <a@x.example> het volgende geschreven:"),
    ("gmail", "en", "Den mån 23 nov. 2026 kl 10:11 skrev Ana Ivić <ana@primjer.example>:"),
    ("thunderbird", "en", "Den 23.11.2026 10.11, skrev Ana Ivić:"),
    ("gmail", "en", "ma 23. marrask. 2026 klo 10.11 Ana Ivić (ana@primjer.example) kirjoitti:"),
]
HEADS = [
    (
        "outlook",
        "hr",
        "Od: Ana Ivić <a@x.example>\nPoslano: 23. studenoga 2026. 10:11\nPrima: Ivan\nPredmet: RE: x",
    ),
    ("outlook", "hr", "Šalje: Ana Ivić\nPoslano: 23. studenoga 2026. 10:11\nPrima: Ivan\nPredmet: RE: x"),
    ("outlook", "hr", "*Od:* Ana Ivić\n*Poslano:* ponedjeljak\n*Za:* Ivan\n*Predmet:* RE: x"),
    ("outlook", "sr", "Од: Ана Ивић\nПослато: 23. новембар 2026. 10:11\nЗа: Иван\nТема: RE: x"),
    ("outlook", "sr", "Шаље: Ана Ивић\nПослато: 23. новембар 2026. 10:11\nПрима: Иван\nНаслов: RE: x"),
    ("outlook", "sr-Latn", "Od: Ana Ivić\nPoslato: 23. novembar 2026. 10:11\nZa: Ivan\nTema: RE: x"),
    ("outlook", "hu", "Feladó: Kovács Anna\nElküldve: 2026. november 23. 10:11\nCímzett: Iván\nTárgy: RE: x"),
    (
        "outlook",
        "hu",
        "Feladó: Kovács Anna\nDátum: 2026. november 23.\nCímzett: Iván\nMásolatot kap: B\nTárgy: x",
    ),
    (
        "outlook",
        "en",
        "From: Ana Ivić\nSent: Monday, November 23, 2026 10:11\nTo: Ivan\nCc: B\nSubject: RE: x",
    ),
    ("outlook", "en", "De: a@x.example\nEnviado el: lunes, 23 de noviembre\nPara: Ivan\nAsunto: RE: x"),
    ("outlook", "en", "De : Ana Ivić\nEnvoyé : lundi 23 novembre 2026 10:11\nÀ : Ivan\nObjet : RE: x"),
    ("outlook", "en", "Da: Ana Ivić\nInviato: lunedì 23 novembre 2026 10:11\nA: Ivan\nOggetto: R: x"),
    ("outlook", "en", "De: Ana Ivić\nEnviada em: segunda-feira\nPara: Ivan\nAssunto: RES: x"),
    ("outlook", "en", "Od: Ana Ivić\nWysłano: poniedziałek\nDo: Ivan\nTemat: ODP: x"),
    ("outlook", "en", "Od: Ana Ivić\nOdesláno: pondělí 23. listopadu\nKomu: Ivan\nPředmět: RE: x"),
    ("outlook", "en", "Od: Ana Ivić\nPoslano: ponedeljek, 23. november\nZa: Ivan\nZadeva: RE: x"),
    ("outlook", "en", "Van: Ana Ivić\nVerzonden: maandag 23 november\nAan: Ivan\nOnderwerp: RE: x"),
    ("outlook", "en", "Från: Ana Ivić\nSkickat: den 23 november 2026\nTill: Ivan\nÄmne: SV: x"),
    ("outlook", "en", "Fra: Ana Ivić\nSendt: 23. november 2026\nTil: Ivan\nEmne: SV: x"),
    ("outlook", "en", "От: Ана Ивић\nОтправлено: 23 ноября 2026\nКому: Иван\nТема: RE: x"),
    ("outlook", "de", "Von: Ana Ivić\nGesendet: Montag, 23. November 2026 10:11\nAn: Ivan\nBetreff: AW: x"),
    (
        "web",
        "hr",
        "________________________________\nOd: Ana\nPoslano: 23. studenoga\nPrima: Ivan\nPredmet: x",
    ),
    ("web", "sr", "________________________________\nОд: Ана\nПослато: 23. новембар\nЗа: Иван\nТема: x"),
    ("web", "hu", "________________________________\nFeladó: Anna\nElküldve: hétfő\nCímzett: Iván\nTárgy: x"),
    ("web", "en", "________________________________\nFrom: Ana\nSent: Monday\nTo: Ivan\nSubject: Re: x"),
    ("web", "de", "________________________________\nVon: Ana\nGesendet: Montag\nAn: Ivan\nBetreff: Re: x"),
    ("old outlook", "hr", "-----Izvorna poruka-----\nOd: Ana"),
    ("old outlook", "sr-Latn", "-----Originalna poruka-----\nOd: Ana"),
    ("old outlook", "en", "-----Original Message-----\nFrom: Ana"),
    ("old outlook", "de", "-----Ursprüngliche Nachricht-----\nVon: Ana"),
    (
        "samsung",
        "hr",
        "-------- Izvorna poruka --------\nOd: Ana\nDatum: 23.11.2026.\nZa: Ivan\nNaslov: Re: x",
    ),
    ("samsung", "sr", "-------- Оригинална порука --------\nОд: Ана\nДатум: 23.11.2026.\nЗа: Иван"),
    ("samsung", "hu", "-------- Eredeti üzenet --------\nFeladó: Anna\nDátum: 2026. 11. 23.\nCímzett: Iván"),
    ("samsung", "en", "-------- Original message --------\nFrom: Ana\nDate: 11/23/26\nTo: Ivan"),
    ("samsung", "de", "-------- Ursprüngliche Nachricht --------\nVon: Ana\nDatum: 23.11.26\nAn: Ivan"),
]
PHONES = [
    ("hr", "Poslano s mog iPhonea"),
    ("hr", "Poslano s mojeg Samsung Galaxy pametnog telefona"),
    ("hr", "Nabavite Outlook za iOS"),
    ("sr", "Послато са мог iPhone-а"),
    ("sr", "Набавите Outlook за Android"),
    ("sr-Latn", "Poslato sa mog iPhone-a"),
    ("sr-Latn", "Poslato s Yahoo Mail na Androidu"),
    ("hu", "Küldve az iPhone-omról"),
    ("hu", "Elküldve Samsung Galaxy-ról"),
    ("hu", "iPhone-ról küldve"),
    ("hu", "Az Outlook beszerzése iOS rendszerre"),
    ("en", "Sent from my iPhone"),
    ("en", "Sent via the Samsung Galaxy S26, an AT&T smartphone"),
    ("en", "Get Outlook for Android"),
    ("de", "Von meinem iPhone gesendet"),
    ("de", "Gesendet mit der GMX Mail App"),
    ("de", "Outlook für Android beziehen"),
]


@pytest.mark.parametrize(("client", "language", "head"), ATTRIBUTIONS)
def test_what_an_attribution_begins_is_not_new(client: str, language: str, head: str) -> None:
    new = NEW[language]
    assert split_letter(f"{new}\n\n{head}\n\n> {OLD}\n>\n> Ana\n").new_text == new, client
    assert split_letter(f"{new}\n\n{head}\n\n{OLD}\nAna\n").new_text == new, client
    assert split_letter(f"{head}\n\n> {OLD}\n\n{new}\n").new_text == new, client


@pytest.mark.parametrize(("client", "language", "head"), HEADS)
def test_what_a_block_of_header_fields_begins_is_not_new(client: str, language: str, head: str) -> None:
    new = NEW[language]
    assert split_letter(f"{new}\n\n{head}\n\n{OLD}\nAna\n").new_text == new, client
    short = "OK"
    assert split_letter(f"{short}\n\n{head}\n\n{OLD}\nAna\n").new_text == short, client


@pytest.mark.parametrize(("client", "language", "head"), HEADS)
def test_a_mail_that_is_only_a_quotation_keeps_its_words(client: str, language: str, head: str) -> None:
    assert OLD in split_letter(f"\n{head}\n\n{OLD}\nAna\n").new_text, (client, language)


@pytest.mark.parametrize(("language", "line"), PHONES)
def test_what_a_phone_adds_is_a_signature(language: str, line: str) -> None:
    new = NEW[language]
    assert split_letter(f"{new}\n\n{line}\n") == (new, line)
    quoted = f"{new}\n\n{line}\n\nOn 23 Nov 2026, at 10:11, Ana <a@x.example> wrote:\n\n> {OLD}\n"
    assert split_letter(quoted) == (new, line)


def test_a_long_sentence_that_begins_as_a_phone_line_is_the_letter() -> None:
    text = "Nije stiglo.\nPoslano iz Zagreba prošli tjedan, a u praćenju još uvijek stoji da paket čeka na preuzimanje."
    assert split_letter(text).new_text == text


@pytest.mark.parametrize(
    "order",
    [
        "From: Zagreb\nTo: Split\nDate: 3 May\nPassengers: 2",
        "De : Paris\nÀ : Lyon\nDate : 3 mai\nPersonnes : 2",
        "Od: Zagreb\nZa: Split\nDatum: 3. svibnja\nOsoba: 2",
        "Von: Wien\nAn: Graz\nDatum: 3. Mai\nPersonen: 2",
    ],
)
def test_where_somebody_goes_and_when_is_no_quoted_mail(order: str) -> None:
    text = f"Molim ponudu za prijevoz:\n\n{order}\n\nHvala!"
    assert split_letter(text).new_text == text


FORWARDS = [
    (
        "gmail",
        "---------- Forwarded message ---------\nFrom: Ana <a@x.example>\nDate: Mon\nSubject: x\nTo: I\n",
    ),
    (
        "gmail",
        "---------- Proslijeđena poruka ---------\nŠalje: Ana <a@x.example>\nDate: pon\nSubject: x\nTo: I\n",
    ),
    ("gmail", "---------- Прослеђена порука ---------\nОд: Ана <a@x.example>\nДатум: пон\nТема: x\nЗа: И\n"),
    ("gmail", "---------- Továbbított üzenet ---------\nFeladó: Anna\nDátum: H\nTárgy: x\nCímzett: I\n"),
    ("thunderbird", "-------- Weitergeleitete Nachricht --------\nBetreff: x\nDatum: Mo\nVon: Ana\nAn: I\n"),
    ("apple", "Begin forwarded message:\n\nFrom: Ana <a@x.example>\nSubject: x\nDate: Mon\nTo: I\n"),
]


@pytest.mark.parametrize(("client", "head"), FORWARDS)
@pytest.mark.parametrize("own", ["", "Molim vas, pogledajte.", "FYI"])
def test_few_words_above_a_forwarded_mail_leave_its_own(client: str, head: str, own: str) -> None:
    found = split_letter(f"{own}\n\n{head}\nStroj ne radi od jučer.").new_text
    assert found == f"{own}\n\nStroj ne radi od jučer.".strip(), client


def test_a_forwarded_mail_below_a_letter_is_quoted() -> None:
    letter = "riječ " * 30
    assert split_letter(f"{letter}\n\n{FORWARDS[0][1]}\nStroj ne radi.").new_text == letter.strip()


def test_apple_marks_every_line_of_what_is_forwarded() -> None:
    text = "Vidi\n\nBegin forwarded message:\n\n> From: Ana\n> Date: Mon\n> Subject: x\n>\n> Stroj ne radi."
    assert split_letter(text).new_text == "Vidi\n\nStroj ne radi."


@pytest.mark.parametrize(
    "prefix", ["Fwd", "FW", "WG", "PD", "Proslijeđeno", "Прослеђено", "Továbbítás", "Tov"]
)
def test_the_subject_tells_an_outlook_forward_from_an_answer(prefix: str) -> None:
    body = f"Molim pogledajte.\n\n{HEADS[0][2]}\n\nStroj ne radi."
    assert mail(body, Subject=f"{prefix}: stroj").new_text == "Molim pogledajte.\n\nStroj ne radi."
    assert mail(body, Subject="Re: stroj").new_text == "Molim pogledajte."


def test_a_mail_of_marked_lines_alone_keeps_them() -> None:
    assert split_letter(f"> {OLD}\n> > Molim?\n").new_text == f"{OLD}\nMolim?"


def test_an_answer_without_words_is_empty() -> None:
    head = ATTRIBUTIONS[0][2]
    assert split_letter(f"{head}\n\n> {OLD}\n").new_text == ""
    assert split_letter(f"{head}\n\n> {OLD}\n\nSent from my iPhone") == ("", "Sent from my iPhone")


def test_answers_between_the_quoted_lines_are_all_kept() -> None:
    text = (
        "On 23 Nov 2026, at 10:11, Ana <a@x.example> wrote:\n\n> a?\n\nDa.\n\n> b?\n> c?\n\nNe.\n> d\nMožda."
    )
    assert split_letter(text).new_text == "Da.\n\n\nNe.\nMožda."


@pytest.mark.parametrize(
    "html",
    [
        "<div>{new}</div><br><div class=gmail_quote><div dir=ltr>pon, 23. stu 2026. u 10:11 Ana &lt;<a "
        "href='mailto:a@x.example'>a@x.example</a>&gt; napisala je:<br></div><blockquote>{old}</blockquote></div>",
        "<p class=MsoNormal>{new}</p><div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Od:</b> Ana"
        "<br><b>Poslano:</b> ponedjeljak<br><b>Prima:</b> Ivan<br><b>Predmet:</b> x</p></div><p>{old}</p>",
        "<div>{new}</div><hr><div id=divRplyFwdMsg><b>From:</b> Ana<br><b>Sent:</b> Monday<br><b>To:</b> Ivan<br>"
        "<b>Subject:</b> x<div>&nbsp;</div></div><div>{old}</div>",
        "{new}<br><div><br><blockquote type=cite><div>On 23 Nov 2026, at 10:11, Ana &lt;a@x.example&gt; wrote:"
        "</div><br><div>{old}</div></blockquote></div>",
        "<p>{new}</p><div class=moz-cite-prefix>Dana 23.11.2026. u 10:11, Ana Ivić je napisao/la:<br></div>"
        "<blockquote type=cite>{old}</blockquote>",
        "<div>{new}</div><div class=yahoo_quoted><div>On Monday, November 23, 2026, 10:11 AM, Ana &lt;a@x.example&gt;"
        " wrote:</div><div>{old}</div></div>",
    ],
)
def test_html_of_the_clients_is_split_as_their_text(html: str) -> None:
    new = NEW["hr"]
    found = mail(html.format(new=new, old=OLD), Content_Type="text/html; charset=utf-8")
    assert found.new_text == new


@pytest.mark.parametrize(
    "piece",
    [
        "> \n",
        ":\n",
        "a:\n",
        "--\n",
        "- \n",
        "_" * 30 + "\n\n",
        "From: a\n",
        "wrote:\n",
        "On 1.1. x@x wrote:\n> \n",
        "\n",
    ],
)
def test_hostile_texts_are_split_in_the_time_of_a_long_letter(piece: str) -> None:
    text = piece * (65_536 // len(piece))
    times = []
    for _ in range(3):
        begun = time.thread_time()
        split_letter(text)
        times.append(time.thread_time() - begun)
    assert min(times) < 0.05
