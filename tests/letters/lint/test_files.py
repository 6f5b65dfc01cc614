"""Files that would never be used, languages that lack, the digest's words, and the table of values."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autoack.core.answers import read_answer
from autoack.core.commands import Command, Verb
from autoack.core.decide import decide
from autoack.core.decision import Circumstances
from autoack.core.delivery import MailKind
from autoack.core.feedback import Vote, Voted
from autoack.core.fulfil import Fulfilled, Result
from autoack.core.message import Customer
from autoack.core.orders import Order
from autoack.core.thread import Known, State, Thread
from autoack.letters.compose import Composer, ListFacts, ReceiptFacts, ReminderFacts
from autoack.letters.confirmation import ConfirmationFacts
from autoack.letters.customer_letters import CustomerFacts, closing_note, holding_update, survey
from autoack.letters.digest_words import LANGUAGES
from autoack.letters.drafts import Drafter
from autoack.letters.lint import Finding, OwnTexts, Speller, check_texts
from autoack.letters.lint.check import findings_in
from autoack.letters.lint.files import read_digest
from autoack.letters.lint.variables import CONDITIONS, KNOWN, LISTS, TO_CUSTOMERS
from autoack.letters.ratings import rating_rows
from autoack.letters.suggestions import Suggestions
from autoack.letters.templates import BUILT_IN, Rendered, Templates, Values
from tests import office
from tests.core.mails import read
from tests.letters.lint.sound import ANSWER_EN, CHECK_EN, RECEIPT_EN

NO_SPELLER = Speller()


@pytest.fixture
def own(tmp_path: Path) -> OwnTexts:
    for name in ("templates", "answers"):
        (tmp_path / name).mkdir()
    return OwnTexts(tmp_path / "templates", tmp_path / "answers", ("hr", "en"))


def told(own: OwnTexts) -> Iterator[tuple[str, int, str, str]]:
    """File, line, rule and better wording of each finding in own texts."""
    for found in check_texts(NO_SPELLER, own).findings:
        yield Path(found.path).name, found.line, found.rule, found.better


def test_everything_built_in_is_clean() -> None:
    report = check_texts(NO_SPELLER)
    assert report.findings == ()
    assert report.texts >= 5 * len(LANGUAGES)
    assert len(report.notes) == 1
    assert "spelling was not checked in en, hr, hu, sr-Cyrl, sr-Latn" in report.notes[0]


def test_folders_that_are_not_there_hold_no_texts(tmp_path: Path) -> None:
    own = OwnTexts(tmp_path / "none", tmp_path / "neither", ("hr",))
    assert check_texts(NO_SPELLER, own) == check_texts(NO_SPELLER)


@pytest.mark.parametrize(
    ("name", "better"),
    [("reciept.en.md", "receipt"), ("receipt.sr-latn.md", "sr-Latn"), ("receipt.md", "")],
)
def test_a_template_that_is_never_used_is_found(own: OwnTexts, name: str, better: str) -> None:
    (own.templates / name).write_text(RECEIPT_EN)
    found = [(file, line, rule, said) for file, line, rule, said in told(own) if rule == "file-name"]
    assert found == [(name, 1, "file-name", better)]


def test_an_offered_language_without_a_receipt_is_found(own: OwnTexts) -> None:
    own = replace(own, languages=("hr", "de"))
    assert list(told(own)) == [("receipt.de.md", 1, "language-missing", "write receipt.de.md")]


def test_an_answer_in_some_of_the_offered_languages_is_found(own: OwnTexts) -> None:
    (own.answers / "returns.en.md").write_text(ANSWER_EN)
    assert list(told(own)) == [("returns.hr.md", 1, "language-missing", "write returns.hr.md")]


def test_an_answer_in_a_language_that_is_not_offered_is_found(own: OwnTexts) -> None:
    (own.answers / "returns.en.md").write_text(ANSWER_EN)
    own = replace(own, languages=("hr",))
    rules = [(file, rule) for file, _, rule, _ in told(own)]
    assert ("returns.en.md", "file-name") in rules


def test_a_file_that_is_no_utf8_is_found(own: OwnTexts) -> None:
    (own.templates / "receipt.hr.md").write_bytes("{{ salutation }}\n\nčuvamo".encode("cp1250"))
    assert [(file, rule) for file, _, rule, _ in told(own)] == [("receipt.hr.md", "template")]


def test_lines_are_those_of_the_file_through_conditions_and_loops(own: OwnTexts) -> None:
    tail = "\n{% if phone %}\n{% for _ in [1] %}\nCall call us.\n{% endfor %}\n{% endif %}\n\nThank you,\n"
    (own.templates / "check.en.md").write_text(CHECK_EN.replace("\nKind regards,\n", tail))
    assert list(told(own)) == [("check.en.md", 10, "doubled-word", "Call")]


def test_markdown_code_and_addresses_are_no_prose(own: OwnTexts) -> None:
    said = "See `DO NOT WRITE` and https://fruit.example/A!!/b or [our page](https://fruit.example/??)."
    (own.templates / "check.en.md").write_text(CHECK_EN.replace("This is a test mail.", said))
    assert list(told(own)) == []


def test_the_words_of_the_digest_are_looked_at(tmp_path: Path) -> None:
    words = (BUILT_IN / "digest.hr.yaml").read_text(encoding="utf-8")
    (tmp_path / "digest.hr.yaml").write_text(words.replace("title: Pregled dana", "title: Pregled dana!!"))
    (text,) = read_digest(tmp_path)
    (found,) = findings_in(text)
    line = words[: words.index("title: Pregled")].count("\n") + 1
    assert (found.rule, found.line) == ("punctuation", line)


def test_a_finding_says_where_what_why_and_what_is_better() -> None:
    assert str(Finding("a.md", 3, "slang", "“ok” is slang", "all right")) == (
        "a.md:3: slang: “ok” is slang; better: all right"
    )


class Listening(Templates):
    """Templates that hear which values each kind of letter gets."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: dict[str, Values] = {}

    def render(
        self, kind: str, language: str, values: Values, inserted: Mapping[str, str] | None = None
    ) -> Rendered:
        self.heard[str(kind)] = {**values, **(inserted or {})}
        return super().render(kind, language, values, inserted)


def test_the_table_of_values_is_what_letters_get(tmp_path: Path) -> None:
    settings, now = office.settings(tmp_path), datetime(2026, 11, 20, 9, tzinfo=UTC)
    desk, mailbox = settings.desk, settings.desk.mailboxes["support"]
    person = desk.people["luka"]
    thread = Thread(
        ref="AA-1111-1111",
        mailbox="support",
        subject="Apples",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="en",
        state=State.WAITING,
        created_at=now,
        wait=1,
        waiting_since=now,
        promised_at=now,
        resolve_at=now,
        category="question",
    )
    heard = Listening()
    composer = Composer(desk, heard)
    composer.receipt(
        ReceiptFacts(
            mailbox=mailbox,
            thread=thread,
            customer=Customer("ivan@kupac.example", "Ivan Horvat"),
            from_address=office.ADDRESS,
            subject="Apples",
            in_reply_to=None,
            references=(),
            promised_at=now,
            opens_at=now,
            notice=None,
            message_id="<a@vocar.example>",
            now=now,
        )
    )
    for kind in (
        MailKind.REMINDER,
        MailKind.ESCALATION,
        MailKind.NOTICE,
        MailKind.ASSIGNMENT,
        MailKind.BOUNCED,
    ):
        reminded = ReminderFacts(
            kind=kind,
            mailbox=mailbox,
            thread=thread,
            person=person,
            step="20h",
            waited=timedelta(hours=20),
            words="",
            message_id="<b@vocar.example>",
            now=now,
        )
        composer.reminder(reminded)
    composer.reminder(
        replace(reminded, kind=MailKind.NOTICE, thread=replace(thread, policy="recurring:yearly"))
    )
    composer.reminder_list(ListFacts(mailbox, person, (reminded,), "<h@vocar.example>", now))
    composer.alert(person, mailbox, "Full", ["The disk is full."], message_id="<c@vocar.example>", now=now)
    composer.check(person, mailbox, message_id="<d@vocar.example>", now=now)
    order = Order(person, Command(Verb.CLOSE), thread.ref, now, "", in_time=True, to_reminder=True)
    done = Fulfilled(Result.DONE, thread)
    composer.confirmation(
        ConfirmationFacts(mailbox, order, done, "", ("<e@vocar.example>",), "<f@vocar.example>", now)
    )
    facts = CustomerFacts(mailbox, thread, None, (), "<g@vocar.example>", now)
    holding_update(composer, facts, now, now)
    closing_note(composer, facts)
    survey(composer, facts, None, "")
    voted = Voted(thread, Vote(1, "", "web", now))
    rating_rows(desk, composer, voted, desk.people, salt="", now=now)
    mail = read(office.mail("Hello,\n\nhow do I return my order?\n"))
    decision = decide(mail, desk, mailbox, Known(), Circumstances(now, now))
    answer, _ = read_answer("returns.en.md", ANSWER_EN)
    assert answer is not None
    drafter = Drafter(desk, heard, "vocative", Suggestions([answer]))
    assert drafter.draft(mail, decision, Known(), mailbox, salt="", now=now) is not None
    assert heard.heard.keys() == KNOWN.keys() - {"answer"}
    for kind, values in heard.heard.items():
        assert {name.partition(".")[0] for name in values} == KNOWN[kind], kind
        listed = {name.split(".")[2] for name in values if "." in name}
        assert listed == set(LISTS["items"] if listed else ()), kind
        assert {name for name, value in values.items() if isinstance(value, bool)} <= CONDITIONS
    assert {"draft", *(kind for kind in MailKind if kind.to_customer)} == TO_CUSTOMERS
