"""Drafts of answers: a person's mail in each language, with the customer's own quoted below."""

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoack.core.answers import Answer, read_answer
from autoack.core.decide import decide
from autoack.core.decision import Circumstances
from autoack.core.drafts import wanted
from autoack.core.ours import draft_id, is_ours
from autoack.core.storm import Storm
from autoack.core.thread import Known
from autoack.letters.drafts import Drafter
from autoack.letters.letter import Letter
from autoack.letters.suggestions import Suggestions
from autoack.letters.templates import Templates
from tests import office
from tests.core.mails import read

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
ID = "<0123456789@vocar.example>"
ASKED = "Dobar dan,\n\nkako mogu vratiti proizvod?\n\nIvan Horvat\n"
FRONT = "---\nid: returns\nlanguage: {language}\ntitle: {title}\nquestions: ['Kako mogu vratiti proizvod?']\n"


def answer(body: str = "Tekst.", more: str = "", language: str = "hr", title: str = "Povrat robe") -> Answer:
    content = f"{FRONT.format(language=language, title=title)}{more}---\n{body}\n"
    made, faults = read_answer(f"returns.{language}.md", content)
    assert faults == []
    assert made is not None
    return made


def draft(folder: Path, made: Answer, mail: bytes, templates: Path | None = None) -> Letter:
    desk = office.settings(folder, {"mailboxes.support.aliases": ["pomoc@vocar.example"]}).desk
    box, met = desk.mailboxes["support"], read(mail)
    decision = decide(met, desk, box, Known(), Circumstances(NOW, NOW))
    assert decision.thread is not None
    assert decision.customer is not None
    drafter = Drafter(desk, Templates(templates), "vocative", Suggestions([made]))
    return drafter.letter(met, made, decision.thread, decision.customer, box, ID, NOW)


@pytest.mark.parametrize(
    ("language", "text", "name", "parts"),
    [
        (
            "hr",
            "Poštovani,\n\nkada mogu doći po narudžbu?\n",
            "Ivan Horvat",
            (
                "Poštovani Ivane,\n\nhvala Vam na poruci „Ananas”.\n\n",
                "Srdačan pozdrav\n",
                "Dana 24. 11. 2026. u 10:05 ",
                " piše:\n> Poštovani,\n",
            ),
        ),
        (
            "sr-Latn",
            "Poštovani,\n\ngde mogu da preuzmem porudžbinu, da li je stigla?\n",
            "Milica Petrović",
            (
                "Poštovana Milice,\n\nhvala Vam na poruci „Ananas“.\n\n",
                "Srdačan pozdrav,\n",
                "Dana 24. 11. 2026. u 10:05 ",
                " piše:\n> Poštovani,\n",
            ),
        ),
        (
            "sr-Cyrl",
            "Поштовани,\n\nгде могу да преузмем поруџбину, да ли је стигла?\n",
            "Милица Петровић",
            (
                "Поштована Милице,\n\nхвала Вам на поруци „Ananas“.\n\n",
                "Срдачан поздрав,\n",
                "Дана 24. 11. 2026. у 10:05 ",
                " пише:\n> Поштовани,\n",
            ),
        ),
        (
            "hu",
            "Tisztelt Ügyfélszolgálat!\n\nMikor vehetem át a rendelésemet?\n",
            "Kovács Anna",
            (
                "Tisztelt Kovács Anna!\n\nKöszönjük „Ananas” tárgyú levelét.\n\n",
                "Üdvözlettel:\n",
                " ezt írta (2026. 11. 24. 10:05):\n> Tisztelt",
            ),
        ),
        (
            "en",
            "Hello,\n\nwhen can I come and pick up my order?\n",
            "Mary Taylor",
            (
                "Dear Mary Taylor,\n\nThank you for your message “Ananas”.\n\n",
                "Kind regards,\n",
                "On 24 November 2026 at 10:05, ",
                " wrote:\n> Hello,\n",
            ),
        ),
    ],
)
def test_it_greets_answers_and_closes_in_the_customers_language(
    tmp_path: Path, language: str, text: str, name: str, parts: tuple[str, ...]
) -> None:
    sender = f"{name} <kupac@kupac.example>"
    mail = office.mail(text, sender=sender, subject="Ananas", date=NOW)
    letter = draft(tmp_path, answer("Tekst: {{ date }}", language=language), mail)
    place = 0
    for part in parts:
        place = letter.text.find(part, place)
        assert place >= 0, part
    message = email.message_from_bytes(letter.raw, policy=email.policy.default)
    assert message["Content-Language"] == language
    assert message["To"].addresses[0].display_name == name
    # As any mail client's, the quotation is told from the answer.
    back = read(office.mail(letter.text, sender="Iva <iva@vocar.example>"))
    assert "Tekst: " in back.new_text
    assert text.splitlines()[-1] not in back.new_text


def test_it_comes_from_the_address_that_was_written_to(tmp_path: Path) -> None:
    letter = draft(tmp_path, answer(), office.mail(ASKED, to="pomoc@vocar.example"))
    assert b"\r\nFrom: " in b"\r\n" + letter.raw
    message = email.message_from_bytes(letter.raw, policy=email.policy.default)
    assert message["From"].addresses[0].addr_spec == "pomoc@vocar.example"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("Povrat", "Re: Povrat"), ("Odg: Re: Povrat", "Re: Povrat"), ("", "Re: Povrat robe")],
)
def test_the_subject_is_the_customers_or_else_the_answers_title(
    tmp_path: Path, subject: str, expected: str
) -> None:
    letter = draft(tmp_path, answer(), office.mail(ASKED, subject=subject))
    assert email.message_from_bytes(letter.raw, policy=email.policy.default)["Subject"] == expected


ONE, TWO, THREE = (f"steps: {[f'Korak {n}.' for n in range(1, count + 1)]}\n" for count in (1, 2, 3))
LINK = "https://www.vocar.example/povrat"


@pytest.mark.parametrize(
    ("body", "more", "middle"),
    [
        ("Tekst.", "", "Tekst."),
        ("Tekst.", ONE, "Tekst.\n\nKorak 1."),
        ("Tekst.", TWO, "Tekst.\n\n1. Korak 1.\n2. Korak 2."),
        ("Tekst.", f"{TWO}link: {LINK}\n", f"Tekst.\n\n1. Korak 1.\n2. Korak 2.\n\n{LINK}"),
        ("Tekst.", f"{THREE}link: {LINK}\n", f"Tekst.\n\n{LINK}"),
        ("Tekst.", THREE, "Tekst.\n\n1. Korak 1.\n2. Korak 2.\n3. Korak 3."),
        ("Prvo:\n\n1. Uzmite.\n2. Dajte.", TWO, "Prvo:\n\n1. Uzmite.\n2. Dajte."),
        (f"Vidite {LINK}", f"link: {LINK}\n", f"Vidite {LINK}"),
    ],
)
def test_steps_and_link_follow_where_the_body_has_none(
    tmp_path: Path, body: str, more: str, middle: str
) -> None:
    letter = draft(tmp_path, answer(body, more), office.mail(ASKED))
    assert letter.text.split("\n\n", 2)[2].partition("\n\nAko Vam treba")[0] == middle


def test_what_the_customer_wrote_is_never_markdown_template_or_html(tmp_path: Path) -> None:
    text = "{{ phone }} **debelo** <script>alert(1)</script>\n\nkako mogu vratiti proizvod?\n"
    sender = '"{{ ref }} **Ivan** <b>" <ivan@kupac.example>'
    letter = draft(
        tmp_path,
        answer("Za {{ name }}: {{ subject }}."),
        office.mail(text, subject="<i>*a*</i>", sender=sender),
    )
    assert "<script" not in letter.html
    assert "<i>" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert "> {{ phone }} **debelo** <script>alert(1)</script>\n" in letter.text
    assert letter.html.count("<strong>") == 1  # the reference


def test_long_mails_are_cut_and_lines_stay_short(tmp_path: Path) -> None:
    letter = draft(tmp_path, answer(), office.mail(ASKED + "x" * 5_000 + "\n" + "red\n" * 10_000))
    assert letter.text.endswith("> […]\n")
    assert max(map(len, letter.raw.split(b"\r\n"))) < 998
    assert len(letter.raw) < 150_000


def test_quotations_in_the_mail_get_one_more_mark(tmp_path: Path) -> None:
    letter = draft(tmp_path, answer(), office.mail(f"{ASKED}\n> stara poruka\n"))
    assert "\n>> stara poruka\n" in letter.text


def test_ops_may_write_their_own_template(tmp_path: Path) -> None:
    (tmp_path / "draft.hr.md").write_text("{{ salutation }}\n\n{{ answer }}\n\nHvala!\n", encoding="utf-8")
    letter = draft(tmp_path, answer("**{{ ref }}**"), office.mail(ASKED), tmp_path)
    assert letter.text.startswith("Poštovani Ivane,\n\nAA-")
    assert "<strong>" in letter.html


def test_its_message_id_is_the_threads_and_not_like_ours() -> None:
    made = draft_id("AA-1111-1111", "vocar.example", "salt")
    assert made == draft_id("AA-1111-1111", "vocar.example", "salt")
    assert made != draft_id("AA-1111-1111", "vocar.example", "other")
    assert made.endswith("@vocar.example>")
    assert not is_ours(made)


def test_in_a_storm_none_is_wanted(tmp_path: Path) -> None:
    desk = office.settings(tmp_path).desk
    box, met, known = desk.mailboxes["support"], read(office.mail(ASKED)), Known()
    decision = decide(met, desk, box, known, Circumstances(NOW, NOW))
    assert wanted(decision, known)
    known.storm = Storm(NOW, NOW)
    assert not wanted(decision, known)


@pytest.mark.parametrize(
    "headers",
    [{"Auto-Submitted": "auto-replied"}, {"List-Id": "<l.example>"}, {"X-Spam-Flag": "YES"}],
    ids=["auto-reply", "list", "spam"],
)
def test_only_customers_are_answered(tmp_path: Path, headers: dict[str, str]) -> None:
    desk = office.settings(tmp_path).desk
    met = read(office.mail(ASKED, headers=headers))
    decision = decide(met, desk, desk.mailboxes["support"], Known(), Circumstances(NOW, NOW))
    assert not wanted(decision, Known())
