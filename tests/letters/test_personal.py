"""Answers in words for one customer: what they may name, what a stranger's words can do in them, and faults."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autoack.core.answers import Answer, read_answer
from autoack.core.decide import decide
from autoack.core.decision import Circumstances
from autoack.core.message import Customer
from autoack.core.thread import Known, State, Thread
from autoack.errors import LetterError
from autoack.letters import personal
from autoack.letters.compose import Composer
from autoack.letters.lint.files import read_answers
from autoack.letters.receipts import receipt_for
from autoack.letters.suggestions import Suggestions, load
from autoack.letters.templates import Templates
from tests import office
from tests.core.mails import read

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKED = "Dobar dan,\n\nkako mogu vratiti proizvod?\n\nIvan Horvat\n"
FILE = """\
---
id: returns
language: hr
title: {title}
questions:
  - Kako mogu vratiti proizvod?
steps:
  - {step}
---
{body}
"""


def answer(title: str = "Povrat robe", step: str = "Zapakirajte proizvod.", body: str = "Tekst.") -> Answer:
    made, faults = read_answer("returns.hr.md", FILE.format(title=title, step=step, body=body))
    assert made is not None
    assert faults == []
    return made


def values(tmp_path: Path, **changed: str) -> dict[str, str]:
    desk = office.settings(tmp_path).desk
    thread = Thread(
        ref="AA-1111-1111",
        mailbox="support",
        subject="Narudžba",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=NOW,
    )
    customer = Customer("ivan@kupac.example", "Ivan Horvat")
    box = desk.mailboxes["support"]
    return {
        **personal.values_for(customer, desk.organisation, box, thread, "Re: Narudžba", NOW, "vocative"),
        **changed,
    }


def test_it_may_name_these_values_and_every_one_is_there(tmp_path: Path) -> None:
    said = values(tmp_path)
    assert said.keys() == personal.VALUES
    line = " | ".join(f"{{{{ {name} }}}}" for name in sorted(said))
    assert (
        personal.title(answer(title=f"'{line}'"), said)
        == (
            "Trg 1, 21000 Split | 24. 11. 2026. | Voćar podrška | podrska@vocar.example | Ivan Horvat | Voćar d.o.o. | "
            "+385 21 555 111 | AA-1111-1111 | Poštovani Ivane, | Narudžba | "
        )[:-1]
    )


def test_a_receipt_says_it_to_this_customer(tmp_path: Path) -> None:
    desk = office.settings(tmp_path).desk
    title = "Povrat robe{% if name %} za {{ name }}{% endif %}"
    asked = answer(f"'{title}'", "Na paket napišite {{ ref }}.")
    composer = Composer(desk, Templates(), suggestions=Suggestions([asked], 1))
    mail, box = read(office.mail(ASKED)), desk.mailboxes["support"]
    decision = decide(mail, desk, box, Known(), Circumstances(NOW, NOW))
    letter, _ = receipt_for(mail, decision, box, composer, salt="s", now=NOW)
    assert decision.thread is not None
    assert f"\n\nPovrat robe za Ivan Horvat\nNa paket napišite {decision.thread.ref}.\n\n" in letter.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("{{ phone }}", "{{ phone }}"),
        ("{% for i in range(9) %}x{% endfor %}", "{% for i in range(9) %}x{% endfor %}"),
        ("<b>Ivan</b>", "<b>Ivan</b>"),
        ("Ivan https://zlo.example/a", "Ivan"),
        ("Ivan\n\n# Naslov", "Ivan # Naslov"),
    ],
)
def test_what_a_stranger_is_called_stays_plain_text(tmp_path: Path, name: str, said: str) -> None:
    assert personal.title(answer(title="'{{ name }}'"), values(tmp_path, name=name)) == said


@pytest.mark.parametrize(
    ("parts", "line", "says"),
    [
        ({"title": "'{{ nmae }}'"}, 4, "an answer has no value nmae; it may name address, date,"),
        ({"step": "'{{ order }}'"}, 8, "an answer has no value order"),
        ({"body": "Prvi red.\n\n{{ organization }}"}, 12, "an answer has no value organization"),
        ({"body": "Prvi red.\n{% if name %}"}, 11, "this is no template"),
        ({"title": "'{{ name'"}, 4, "this is no template"),
        ({"body": "{{ name.upper() }}"}, 10, "a template may call nothing but range"),
        (
            {"body": "{% for i in range(100) %}{% for j in range(100) %}abc{% endfor %}{% endfor %}"},
            10,
            "20000",
        ),
        ({"step": "'{% for i in range(100) %}{{ name }}{% endfor %}{{ 600 * \"x\" }}'"}, 8, "small numbers"),
        ({"title": "x" * 501}, 4, "this makes more than 500 characters"),
        ({"body": "{% if name %}{{ 1 / 0 }}{% endif %}"}, 10, "division by zero"),
        ({"body": "{% if not phone %}{{ 1 / 0 }}{% endif %}"}, 10, "division by zero"),
    ],
)
def test_a_fault_is_told_at_the_start_with_its_line(
    tmp_path: Path, parts: dict[str, str], line: int, says: str
) -> None:
    fault = next(personal.faults_of(answer(**parts)))
    assert fault.line == line
    assert says in fault.says
    folder = tmp_path / "answers"
    folder.mkdir()
    content = FILE.format(**{"title": "Povrat", "step": "Korak.", "body": "Tekst.", **parts})
    (folder / "returns.hr.md").write_text(content, encoding="utf-8")
    told: list[str] = []
    suggestions = load(folder, 1, told.append)
    assert told[0].startswith(f"{folder}/returns.hr.md:{line}: ")
    mail = read(office.mail(ASKED))
    desk = office.settings(tmp_path).desk
    decision = decide(mail, desk, desk.mailboxes["support"], Known(), Circumstances(NOW, NOW))
    assert suggestions.fitting(mail, decision) == ()


def test_lint_looks_at_title_and_steps_with_their_values(tmp_path: Path) -> None:
    content = FILE.format(
        title="'Povrat za {{ nmae }}'", step="Javite nam {{ ref }}", body="Tekst.{{ organisation }}"
    )
    (tmp_path / "returns.hr.md").write_text(content, encoding="utf-8")
    (text,) = read_answers(tmp_path, ["hr"])
    assert [(found.line, found.rule, found.better) for found in text.findings] == [(4, "variable", "name")]
    assert text.writings
    assert "{" not in "".join(block.text for block in text.writings[0].all_blocks)
    (tmp_path / "returns.hr.md").write_text(content.replace("{{ ref }}", "{{ ref"), encoding="utf-8")
    (text,) = read_answers(tmp_path, ["hr"])
    assert [(found.line, found.rule) for found in text.findings] == [(8, "template")]


def test_an_answer_that_fails_for_a_customer_is_left_out(tmp_path: Path) -> None:
    """What the trial at the start did not meet: the receipt goes without it."""
    failing = replace(answer(), title="{{ 1 / (ref == 'AA-2222-2222') }}")
    with pytest.raises(LetterError):
        personal.title(failing, values(tmp_path))
    desk = office.settings(tmp_path).desk
    composer = Composer(desk, Templates(), suggestions=Suggestions([failing], 1))
    mail, box = read(office.mail(ASKED)), desk.mailboxes["support"]
    decision = decide(mail, desk, box, Known(), Circumstances(NOW, NOW))
    letter, _ = receipt_for(mail, decision, box, composer, salt="s", now=NOW)
    assert "Zapakirajte" not in letter.text
    assert "Dok čekate" not in letter.text


def test_values_in_a_title_do_not_make_it_fit(tmp_path: Path) -> None:
    """What stands in braces is no word of a question."""
    named = Suggestions([replace(answer(title="'{{ organisation }}'"), questions=())], 1)
    desk = office.settings(tmp_path).desk
    mail = read(office.mail("Dobar dan,\n\norganisation?\n\nIvan Horvat\n"))
    decision = decide(mail, desk, desk.mailboxes["support"], Known(), Circumstances(NOW, NOW))
    assert named.fitting(mail, decision) == ()
