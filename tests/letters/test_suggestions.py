"""Answers to frequent questions in receipts: which mails get them, how they look, and files with faults."""

import email
import email.policy
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from autoack.core.answers import Answer
from autoack.core.decide import decide
from autoack.core.decision import Circumstances
from autoack.core.delivery import MailKind
from autoack.core.front_matter import FrontMatter
from autoack.core.thread import Known
from autoack.letters.compose import Composer
from autoack.letters.letter import Letter
from autoack.letters.receipts import receipt_for
from autoack.letters.suggestions import Suggestions, block, load
from autoack.letters.templates import Templates
from tests import office
from tests.core.mails import read
from tests.letters.test_compose import DESK, THREAD, in_reminder

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LINK = "https://www.vocar.example/povrat?a=1&b=2"
ASKED = "Dobar dan,\n\nkako mogu vratiti proizvod?\n\nIvan Horvat\n"
RETURNS = """\
---
id: returns
language: {language}
title: {title}
questions:
  - {question}
link: {link}
{steps}---
…
"""
TEXTS = {
    "hr": ("Povrat robe", "Kako mogu vratiti proizvod?", "možda će Vam pomoći ovo:"),
    "sr-Latn": ("Vraćanje robe", "Kako mogu da vratim proizvod?", "možda će Vam pomoći ovo:"),
    "sr-Cyrl": ("Враћање робе", "Како могу да вратим производ?", "можда ће Вам помоћи ово:"),
    "hu": ("Visszaküldés", "Hogyan küldhetem vissza a terméket?", "talán már ez is segít Önnek:"),
    "en": ("Returns", "How can I return a product?", "this may help you:"),
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for language, (title, question, _) in TEXTS.items():
        content = RETURNS.format(language=language, title=title, question=question, link=LINK, steps="")
        (folder / f"returns.{language}.md").write_text(content, encoding="utf-8")
    return folder


def receipt(folder: Path, mail: bytes, *, most: int = 2, known: Known | None = None) -> Letter:
    faults: list[str] = []
    desk = office.settings(folder, {"mailboxes.support.receipt": "every"}).desk
    composer = Composer(desk, Templates(), suggestions=load(folder / "answers", most, faults.append))
    assert faults == []
    box = desk.mailboxes["support"]
    met = read(mail)
    decision = decide(met, desk, box, known or Known(), Circumstances(NOW, NOW))
    letter, _ = receipt_for(met, decision, box, composer, salt="s", now=NOW)
    return letter


@pytest.mark.parametrize("language", TEXTS)
def test_the_answer_that_fits_stands_in_the_receipt(tmp_path: Path, answers: Path, language: str) -> None:
    title, question, intro = TEXTS[language]
    greeting = {"hu": "Jó napot!", "en": "Hello,"}.get(language, "Poštovani,")
    letter = receipt(tmp_path, office.mail(f"{greeting}\n\n{question}\n", subject=title))
    assert intro in letter.text
    assert f"\n\n{title}: {LINK}\n\n" in letter.text
    escaped = LINK.replace("&", "&amp;")
    assert f'href="{escaped}">{escaped}</a>' in letter.html
    message = email.message_from_bytes(letter.raw, policy=email.policy.default)
    assert message["Content-Language"] == language


@pytest.mark.parametrize(
    "mail",
    [
        office.mail("Kada stiže moja narudžba?"),
        office.mail(f"{ASKED}\nOvo je sramota, žalim se na proizvod."),
        office.mail(f"{ASKED}\nVi ste obični lopovi!"),
        office.mail(ASKED, subject="Lopovi!"),
        office.mail("> Kako mogu vratiti proizvod?\n\nHvala, sve je jasno."),
    ],
    ids=["another matter", "complaint", "insult", "insult in the subject", "quoted"],
)
def test_no_answer_where_none_fits_or_a_person_is_needed(tmp_path: Path, answers: Path, mail: bytes) -> None:
    letter = receipt(tmp_path, mail)
    assert LINK not in letter.text
    assert "Dok čekate" not in letter.text


def test_a_customer_in_conversation_gets_none(tmp_path: Path, answers: Path) -> None:
    known = Known()
    desk = office.settings(tmp_path).desk
    first = read(office.mail("Dobar dan!", message_id="<1@kupac.example>"))
    opened = decide(first, desk, desk.mailboxes["support"], known, Circumstances(NOW, NOW)).thread
    assert opened is not None
    known.threads[opened.ref] = opened
    known.by_message_id["<1@kupac.example>"] = opened.ref
    further = office.mail(ASKED, message_id="<2@kupac.example>", answers="<1@kupac.example>")
    assert LINK not in receipt(tmp_path, further, known=known).text


def test_suggest_0_reads_no_file_for_receipts(tmp_path: Path, answers: Path) -> None:
    (answers / "bad.hr.md").write_bytes(b"\xff\xfe")
    faults: list[str] = []
    load(answers, 0, faults.append)
    assert faults == []
    assert LINK not in receipt(tmp_path, office.mail(ASKED), most=0).text


SHOWN = {
    "hr": "Možda će Vam poslužiti ovaj pripremljeni odgovor",
    "sr-Latn": "Možda će Vam poslužiti ovaj pripremljeni odgovor",
    "sr-Cyrl": "Можда ће Вам послужити овај припремљени одговор",
    "hu": "Hasznos lehet ez az előkészített válasz",
    "en": "This prepared answer may fit",
}
TOLD = pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION, MailKind.ASSIGNMENT])


def told(composer: Composer, kind: MailKind, language: str, **changes: object) -> Letter:
    """What the team hears of a customer's question, in the language in which it was asked."""
    _, question, _ = TEXTS[language]
    thread = replace(THREAD, language=language)
    changes = {"words": question, "thread": thread, **changes}
    return composer.reminder(in_reminder(language, kind=kind, **changes))


@TOLD
@pytest.mark.parametrize("language", TEXTS)
def test_the_team_is_shown_an_answer_that_fits_whether_or_not_customers_are(
    answers: Path, kind: MailKind, language: str
) -> None:
    """Title, link and the first lines; the faults of the files are told when they are first read."""
    (answers / "bad.hr.md").write_bytes(b"\xff\xfe")
    title, _, _ = TEXTS[language]
    for most in (0, 2):
        faults: list[str] = []
        composer = Composer(DESK, Templates(), suggestions=load(answers, most, faults.append))
        assert bool(faults) is bool(most)
        letter = told(composer, kind, language)
        assert len(faults) == 1
        shown = letter.text.partition(SHOWN[language])[2]
        assert f"> {title}\n" in shown and f"> {LINK}\n" in shown and "> …\n" in shown
        assert f'href="{escape(LINK)}"' in letter.html


@TOLD
def test_the_team_is_shown_nothing_where_no_answer_fits(answers: Path, kind: MailKind) -> None:
    composer = Composer(DESK, Templates(), suggestions=load(answers, 0, pytest.fail))
    assert SHOWN["hr"] not in told(composer, kind, "hr", words="Gdje vam je parkiralište?").text
    angry = replace(THREAD, language="hr", strong_language=True)
    assert SHOWN["hr"] not in told(composer, kind, "hr", thread=angry).text
    other = replace(THREAD, language="sl")
    assert SHOWN["hr"] not in told(composer, kind, "hr", thread=other).text


def test_a_long_answer_is_cut_but_keeps_its_link(answers: Path) -> None:
    long = Answer("returns", "hr", "Povrat", TEXTS["hr"][1:2], LINK, (), "Prva. " * 2000, FrontMatter())
    letter = told(Composer(DESK, Templates(), suggestions=Suggestions([long])), MailKind.REMINDER, "hr")
    assert LINK in letter.text and "> Povrat\n" in letter.text
    assert len(letter.html.encode()) < 30_000


def test_what_a_customer_wrote_becomes_no_link_in_an_answer_shown_to_the_team(answers: Path) -> None:
    body = "O predmetu {{ subject }}: pišite nam, {{ name }}."
    made = Answer("returns", "hr", "Povrat", TEXTS["hr"][1:2], LINK, (), body, FrontMatter())
    thread = replace(
        THREAD, language="hr", subject="Povrat https://evil.example/x", customer_name="Ana evil.example"
    )
    letter = told(
        Composer(DESK, Templates(), suggestions=Suggestions([made])), MailKind.REMINDER, "hr", thread=thread
    )
    assert "O predmetu" in letter.html
    assert not re.search(r'href="[^"]*evil', letter.html)


def test_answers_are_read_once_however_many_threads_ask(answers: Path) -> None:
    """Also where they are first looked for by several at a time."""
    bad = answers / "bad.hr.md"
    bad.write_bytes(b"\xff\xfe")
    faults: list[str] = []
    suggestions = load(answers, 0, faults.append)
    thread = replace(THREAD, language="hr")
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: suggestions.for_team(thread, TEXTS["hr"][1]), range(64)))
    assert {answer and answer.id for answer in found} == {"returns"}
    assert len(faults) == 1


def made(*steps: str, link: str | None = LINK) -> Answer:
    return Answer(
        "returns", "hr", "Povrat", ("Kako mogu vratiti proizvod?",), link, steps, "…", FrontMatter()
    )


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (made(), f"Povrat: {LINK}"),
        (made("Zapakirajte."), f"Povrat\nZapakirajte.\n{LINK}"),
        (made("Zapakirajte.", "Pošaljite."), f"Povrat\n1. Zapakirajte.\n2. Pošaljite.\n{LINK}"),
        (made("Zapakirajte.", "Pošaljite.", link=None), "Povrat\n1. Zapakirajte.\n2. Pošaljite."),
        (made("Zapakirajte.", "Zalijepite.", "Pošaljite."), f"Povrat: {LINK}"),
        (made("Zapakirajte.", "Zalijepite.", "Pošaljite.", link=None), ""),
        (made(link=None), ""),
    ],
)
def test_short_steps_or_a_link(answer: Answer, lines: str) -> None:
    assert block([answer], {}) == lines


def test_several_answers_stand_apart() -> None:
    assert block([made(), made("Pošaljite.", link=None)], {}) == f"Povrat: {LINK}\n\nPovrat\nPošaljite."
    assert block([], {}) == ""


def test_an_answer_that_a_receipt_cannot_give_is_not_suggested(tmp_path: Path) -> None:
    desk = office.settings(tmp_path).desk
    mail = read(office.mail(ASKED))
    decision = decide(mail, desk, desk.mailboxes["support"], Known(), Circumstances(NOW, NOW))
    assert Suggestions([made()], 1).fitting(mail, decision) == (made(),)
    assert Suggestions([made(link=None)], 1).fitting(mail, decision) == ()


def test_a_file_with_a_fault_falls_out_and_is_told_with_its_line(tmp_path: Path, answers: Path) -> None:
    (answers / "bad.hr.md").write_text("---\nid: bad\nlanguage: hr\ntitle: T\nlink: x\n---\nY\n", "utf-8")
    (answers / "octets.hr.md").write_bytes(b"---\nid: \xff\n")
    (answers / "folder.hr.md").mkdir()
    faults: list[str] = []
    suggestions = load(answers, 1, faults.append)
    assert faults == [
        f"{answers}/bad.hr.md:1: questions is missing; list how customers ask it",
        f"{answers}/bad.hr.md:5: link is an address that begins with https://",
        f"{answers}/folder.hr.md:1: the file cannot be read: Is a directory",
        f"{answers}/octets.hr.md:1: the file is not UTF-8 (byte 8); save it as UTF-8",
    ]
    desk = office.settings(tmp_path).desk
    mail = read(office.mail(ASKED))
    decision = decide(mail, desk, desk.mailboxes["support"], Known(), Circumstances(NOW, NOW))
    assert [answer.id for answer in suggestions.fitting(mail, decision)] == ["returns"]
