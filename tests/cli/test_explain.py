"""`autoack explain` and `preview`: what would happen to a mail, and why; nothing is touched."""

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from autoack.cli import main
from tests import office
from tests.cli.conftest import Desk, MakeDesk

FIELDS = {
    *("file", "mailbox", "verdict", "kind", "reason", "because", "customer", "reply_to", "language"),
    *("salutation", "category", "priority", "strong_language", "subject", "promised_at", "clock"),
}
NOW = ("--now", "2026-11-23T10:00")
QUESTION = office.mail(message_id="<1@kupac.example>", subject="Račun za listopad")
ROBOT = office.mail("Nisam u uredu.", headers={"Auto-Submitted": "auto-replied"})
UNPARSEABLE = b"Subject: Tko sam ja?\r\n\r\nBez posiljatelja.\r\n"
SALES = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example"}


@pytest.fixture
def eml(tmp_path: Path) -> Any:
    """`eml(octets)`: a file with this mail."""

    def write(octets: bytes, name: str = "mail.eml") -> Path:
        path = tmp_path / name
        path.write_bytes(octets)
        return path

    return write


def explained(desk: Desk, *arguments: object) -> dict[str, Any]:
    told: dict[str, Any] = desk.run("explain", "--json", *arguments).json
    return told


def test_a_question_gets_a_receipt_and_every_field_says_why(desk: Desk, eml: Any) -> None:
    path = eml(QUESTION)
    told = explained(desk, path, *NOW)
    assert told.keys() >= FIELDS
    assert {field: told[field] for field in FIELDS} == {
        "file": str(path),
        "mailbox": "support",
        "verdict": "receipt",
        "kind": "customer",
        "reason": "customer",
        "because": "A person wrote: ivan.horvat@kupac.example.",
        "customer": {"name": "Ivan Horvat", "address": "ivan.horvat@kupac.example", "honorific": None},
        "reply_to": "ivan.horvat@kupac.example",
        "language": "hr",
        "salutation": told["salutation"],
        "category": "question",
        "priority": "normal",
        "strong_language": False,
        "subject": "Račun za listopad",
        "promised_at": "2026-11-24T10:00:00+01:00",
        "clock": True,
    }
    assert told["salutation"].startswith("Poštovani")


def test_a_robot_is_ignored_with_the_header_that_says_so(desk: Desk, eml: Any) -> None:
    told = explained(desk, eml(ROBOT))
    assert told.keys() >= FIELDS
    assert (told["verdict"], told["kind"], told["clock"]) == ("ignore", "auto-reply", False)
    assert "Auto-Submitted: auto-replied" in told["because"]
    assert (told["customer"], told["promised_at"], told["salutation"]) == (None, None, None)
    assert told["subject"] == "Narudžba"


def test_what_cannot_be_read_would_go_to_quarantine(desk: Desk, eml: Any) -> None:
    told = explained(desk, eml(UNPARSEABLE))
    assert told.keys() >= FIELDS
    assert (told["verdict"], told["kind"], told["reason"]) == ("quarantine", "unparseable", "no-sender")
    assert told["clock"] is False


def test_each_file_is_a_line_of_its_own_and_judged_alone(desk: Desk, eml: Any) -> None:
    paths = [eml(QUESTION, "1.eml"), eml(QUESTION, "2.eml"), eml(ROBOT, "3.eml")]
    lines = desk.run("explain", "--json", *paths).out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["receipt", "receipt", "ignore"]


def test_age_backlog_and_limits_do_not_count(make_desk: MakeDesk, eml: Any) -> None:
    limits = {"max_age": "1s", "per_sender": {"receipts": 0, "within": "1h"}, "backlog": "ignore"}
    desk = make_desk({f"mailboxes.support.{key}": value for key, value in limits.items()})
    told = explained(desk, eml(office.mail(headers={"Date": "Mon, 1 Jan 2001 10:00:00 +0100"})))
    assert (told["verdict"], told["reason"]) == ("receipt", "customer")


@pytest.mark.parametrize(
    ("to", "asked", "mailbox"),
    [
        ("prodaja@vocar.example", (), "sales"),
        (office.ADDRESS, (), "support"),
        ("netko@drugi.example", (), "support"),
        (office.ADDRESS, ("--mailbox", "sales"), "sales"),
    ],
)
def test_the_mailbox_is_the_one_asked_for_or_written_to_or_the_first(
    make_desk: MakeDesk, eml: Any, to: str, asked: tuple[str, ...], mailbox: str
) -> None:
    desk = make_desk({"mailboxes.sales": SALES})
    assert explained(desk, eml(office.mail(to=to)), *asked)["mailbox"] == mailbox


def test_for_a_person_it_says_the_same_in_words(desk: Desk, eml: Any) -> None:
    said = desk.run("explain", eml(QUESTION), *NOW)
    assert said.code == 0
    for part in (
        "mail.eml: receipt (customer, customer)",
        "why        A person wrote: ivan.horvat@kupac.example.",
        "customer   Ivan Horvat <ivan.horvat@kupac.example>",
        "language   hr: ",
        "promised   Tue 2026-11-24 10:00",
        "clock      runs",
    ):
        assert part in said.out


def test_it_needs_no_database_and_makes_none(desk: Desk, eml: Any) -> None:
    desk.database.close()
    database = desk.settings.path.with_name("autoack.db")
    database.unlink()
    assert explained(desk, eml(QUESTION))["verdict"] == "receipt"
    assert not database.exists()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("explain",), "autoack: Missing argument 'FILE.eml…'. (see autoack explain --help)"),
        (
            ("explain", "nowhere.eml"),
            "autoack: Invalid value for 'FILE.eml…': File 'nowhere.eml' does not exist. (see autoack explain --help)",
        ),
        (
            ("explain", "MAIL", "--mailbox", "suport"),
            "there is no mailbox 'suport'; did you mean support?",
        ),
        (
            ("explain", "MAIL", "--now", "soon"),
            "'soon' is no time; write 2d, 4h, 2026-11-24 or 2026-11-24T10:00 (then in Europe/Zagreb)",
        ),
    ],
)
def test_wrong_use_is_told_in_one_line(desk: Desk, eml: Any, arguments: tuple[str, ...], line: str) -> None:
    path = str(eml(QUESTION))
    desk.run(*(path if argument == "MAIL" else argument for argument in arguments)).refused(2, line)


# --- preview ----------------------------------------------------------------------------------------------


def test_preview_prints_the_raw_receipt(
    tmp_path: Path, eml: Any, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "receipt.html"
    path = eml(QUESTION)
    config = ("--config", str(office.settings(tmp_path).path))
    assert main(["preview", str(path), *NOW, "--html", str(page), *config]) == 0
    raw = capsysbinary.readouterr().out
    assert b"\r\n\r\n" in raw
    receipt = message_from_bytes(raw, policy=policy.default)
    assert {name: receipt[name] for name in ("To", "Subject", "Auto-Submitted", "In-Reply-To")} == {
        "To": "Ivan Horvat <ivan.horvat@kupac.example>",
        "Subject": "Re: Račun za listopad",
        "Auto-Submitted": "auto-replied",
        "In-Reply-To": "<1@kupac.example>",
    }
    assert receipt["Date"] == "Mon, 23 Nov 2026 10:00:00 +0100"
    html = receipt.get_body(("html",))
    assert html is not None
    assert html.get_content().replace("\r\n", "\n").strip() == page.read_text().replace("\r\n", "\n").strip()


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (ROBOT, "no receipt: Auto-Submitted: auto-replied"),
        (UNPARSEABLE, "no receipt: The mail has no From"),
    ],
    ids=["robot", "unparseable"],
)
def test_where_there_would_be_no_receipt_preview_says_why(
    desk: Desk, eml: Any, octets: bytes, why: str
) -> None:
    said = desk.run("preview", eml(octets))
    assert (said.code, said.out) == (1, "")
    (line,) = said.err.splitlines()
    assert why in line


def test_preview_says_why_a_template_of_ones_own_was_not_used(make_desk: MakeDesk, eml: Any) -> None:
    desk = make_desk({})
    templates = desk.settings.texts.templates
    templates.mkdir()
    (templates / "receipt.hr.md").write_text("{{ salutation }}\n\n{{ unknown }}\n")
    said = desk.run("preview", eml(office.mail()), *NOW)
    assert said.code == 0
    receipt = message_from_bytes(said.out.encode(), policy=policy.default)
    assert "Srdačan pozdrav" in receipt.get_body(("plain",)).get_content()
    assert said.err == (
        f"{templates / 'receipt.hr.md'}:3: 'unknown' is undefined; the built-in template takes its place\n"
    )


def test_preview_shows_the_answers_that_a_receipt_suggests(make_desk: MakeDesk, eml: Any) -> None:
    desk = make_desk({"texts": {"suggest": 1}})
    folder = desk.settings.texts.answers
    folder.mkdir()
    front = "id: returns\nlanguage: hr\ntitle: Povrat robe\nquestions: ['Kako mogu vratiti robu?']"
    answer = f"---\n{front}\nlink: https://www.vocar.example/povrat\n---\nTekst.\n"
    (folder / "returns.hr.md").write_text(answer, encoding="utf-8")
    (folder / "bad.hr.md").write_text("---\nid: bad\n---\n", encoding="utf-8")
    said = desk.run("preview", eml(office.mail("Dobar dan, kako mogu vratiti robu?")), *NOW)
    text = message_from_bytes(said.out.encode(), policy=policy.default).get_body(("plain",)).get_content()
    assert "Povrat robe: https://www.vocar.example/povrat" in text.splitlines()
    assert f"{folder}/bad.hr.md:1: language is missing" in said.err


# --- rules ------------------------------------------------------------------------------------------------

RULES = [
    {
        "name": "web form",
        "when": {"from": "forms@vocar.example"},
        "then": {
            "channel": "form",
            "extract": {"email": r"E-mail:\s*(\S+)", "who": r"Ime:\s*(.+)"},
            "customer": {"address": "{email}", "name": "{who}"},
        },
    },
    {
        "name": "voicemail",
        "when": {"subject": r"Voicemail from (?P<phone>\+?[0-9 ]+)"},
        "then": {"channel": "voicemail", "receipt": "never", "customer": {"phone": "{phone}"}},
    },
    {
        "name": "complaint",
        "when": {"words": {"hr": ["reklamacij"]}},
        "then": {"category": "complaint", "priority": "high", "assignee": "iva", "notify": "lead"},
    },
]
ASK = {
    "name": "order number",
    "when": {"category": "complaint"},
    "pattern": r"\b[A-Z]{2}-?\d{6}\b",
    "question": {"hr": "Koji je broj Vaše narudžbe?", "en": "What is your order number?"},
}
FORM = office.mail(
    "Ime: Ana Marić\nE-mail: ana.maric@kupac.example\n\nŠaljem reklamaciju, lopovi jedni!",
    sender="Web <forms@vocar.example>",
    subject="Novi upit",
)


def test_the_rules_that_fit_are_told_with_what_each_has_set(make_desk: MakeDesk, eml: Any) -> None:
    desk, path = make_desk({"rules": RULES, "ask_for": [ASK]}), eml(FORM)
    told = explained(desk, path, *NOW)
    assert (told["verdict"], told["kind"], told["reason"]) == ("receipt", "customer", "rule")
    assert told["customer"] == {"name": "Ana Marić", "address": "ana.maric@kupac.example", "honorific": None}
    assert told["reply_to"] == "ana.maric@kupac.example"
    assert (told["category"], told["priority"], told["strong_language"]) == ("complaint", "high", True)
    assert (told["channel"], told["assignee"]) == ("form", "iva")
    assert told["rules"] == [
        {
            "name": "web form",
            "sets": {"channel": "form", "customer": "Ana Marić <ana.maric@kupac.example>"},
        },
        {
            "name": "complaint",
            "sets": {"priority": "high", "notify": "lead", "assignee": "iva", "category": "complaint"},
        },
    ]
    assert told["questions"] == ["Koji je broj Vaše narudžbe?"]
    said = desk.run("explain", path, *NOW).out
    assert "rule       web form: channel form, customer Ana Marić <ana.maric@kupac.example>" in said
    assert "category   complaint, priority high, strong language" in said
    assert "asks       Koji je broj Vaše narudžbe?" in said


def test_a_call_has_a_phone_number_and_no_receipt(make_desk: MakeDesk, eml: Any) -> None:
    desk = make_desk({"rules": RULES})
    path = eml(office.mail("WAV", sender="pbx@vocar.example", subject="Voicemail from +385 91 111 222"))
    told = explained(desk, path)
    assert (told["verdict"], told["reason"], told["clock"]) == ("record", "receipt-off", True)
    assert told["customer"] == {
        "name": None,
        "address": None,
        "honorific": None,
        "phone": "+385 91 111 222",
    }
    assert told["reply_to"] is None
    assert "(no address), phone +385 91 111 222" in desk.run("explain", path).out


def test_the_receipt_of_a_form_goes_to_the_customer_and_asks_in_their_language(
    make_desk: MakeDesk, eml: Any
) -> None:
    raw = make_desk({"rules": RULES, "ask_for": [ASK]}).run("preview", eml(FORM), *NOW).out
    receipt = message_from_bytes(raw.encode(), policy=policy.default)
    assert receipt["To"] == "Ana Marić <ana.maric@kupac.example>"
    text = receipt.get_body(("plain",)).get_content()
    assert "Koji je broj Vaše narudžbe?" in text
    assert "Ana" in text.splitlines()[0]


def test_an_expression_that_hangs_is_told_and_holds_nothing_up(make_desk: MakeDesk, eml: Any) -> None:
    slow = {"name": "slow", "when": {}, "then": {"extract": {"x": "(x+x+)+y"}, "customer": {"name": "{x}"}}}
    told = explained(make_desk({"rules": [slow]}), eml(office.mail("x" * 20_000 + "\n")))
    assert told["verdict"] == "receipt"
    assert told["rule_faults"] == ["rule “slow”: the expression (x+x+)+y needs too long for this mail"]
