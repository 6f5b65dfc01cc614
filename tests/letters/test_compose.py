"""Receipts, reminders and the other letters, as they are sent."""

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autoack.core.delivery import MailKind
from autoack.core.message import Customer
from autoack.core.policy import (
    Absence,
    AlertPlan,
    Calendar,
    Desk,
    DigestPlan,
    Mailbox,
    Organisation,
    Person,
    Policy,
    Retention,
    Span,
    Team,
)
from autoack.core.returned import NO_REASON
from autoack.core.thread import State, Thread
from autoack.letters.compose import Composer, ListFacts, ReceiptFacts, ReminderFacts
from autoack.letters.letter import Letter
from autoack.letters.templates import Templates

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LANGUAGES = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")
TEAM = Team("front", ("ana",), "ana", "ana")
MAILBOX = Mailbox(
    "support",
    "podrska@primjer.example",
    "Primjer podrška",
    TEAM,
    Policy("standard", Calendar("office", ZAGREB)),
    LANGUAGES,
    aliases=("support@primjer.example",),
)
ORGANISATION = Organisation(
    "Primjer & Sin d.o.o.",
    ZAGREB,
    "Ilica 1, 10000 Zagreb",
    "+385 1 234 5678",
    "https://www.primjer.example",
    LANGUAGES,
)
ANA = Person("ana", "Ana Kovač", "ana@primjer.example", language="hr")
DESK = Desk(
    ORGANISATION,
    {"ana": ANA},
    {"front": TEAM},
    {},
    {},
    {"support": MAILBOX},
    DigestPlan(time(21), ("ana",)),
    AlertPlan(("ana",)),
    Retention(),
)
THREAD = Thread(
    "AA-7K3M-9QXD",
    "support",
    "Račun za studeni",
    "ivan@kupac.example",
    "Ivan Horvat",
    None,
    "hr",
    State.WAITING,
    NOW,
    waiting_since=NOW - timedelta(hours=22),
    promised_at=NOW + timedelta(hours=2),
    resolve_at=NOW + timedelta(days=2),
)
FACTS = ReceiptFacts(
    mailbox=MAILBOX,
    thread=THREAD,
    customer=Customer("ivan@kupac.example", "Ivan Horvat"),
    from_address="support@primjer.example",
    subject="Fwd: Račun za studeni",
    in_reply_to="<m1@kupac.example>",
    references=("<m0@kupac.example>",),
    promised_at=datetime(2026, 11, 24, 8, 53, tzinfo=UTC),
    opens_at=None,
    notice=None,
    message_id="<autoack.0123456789abcdef01234567@primjer.example>",
    now=NOW,
)
REMINDER = ReminderFacts(
    mailbox=MAILBOX,
    thread=THREAD,
    person=ANA,
    kind=MailKind.REMINDER,
    step="reminder at 20h",
    waited=timedelta(hours=22),
    words="Gdje je račun?\n\nIvan",
    message_id="<autoack.aaaa@primjer.example>",
    now=NOW,
)
HOSTILE = (
    "{{ 7*7 }} {% x %} <script>alert(1)</script> [klik](https://evil.example/x) www.evil.example **b**"
    "\r\nBcc: v@evil.example"
)


def composer(templates: Templates | None = None, desk: Desk = DESK) -> Composer:
    return Composer(desk, templates or Templates())


def in_language(language: str, **changes: object) -> ReceiptFacts:
    return replace(FACTS, thread=replace(THREAD, language=language), **changes)  # type: ignore[arg-type]


def read(letter: Letter) -> EmailMessage:
    mail = email.message_from_bytes(letter.raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    assert all(len(line) <= 998 for line in letter.raw.split(b"\r\n"))
    return mail


class Tags(HTMLParser):
    """Every tag and every address that an HTML text refers to; fails on tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.targets: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src", "background")]
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_carries_the_headers_that_the_design_fixes(language: str) -> None:
    letter = composer().receipt(in_language(language))
    mail = read(letter)
    assert str(mail["From"]) == "Primjer podrška <support@primjer.example>"
    assert str(mail["To"]) == "Ivan Horvat <ivan@kupac.example>"
    assert mail["Subject"] == letter.subject == "Re: Račun za studeni"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"] == letter.message_id == FACTS.message_id
    assert mail["In-Reply-To"] == "<m1@kupac.example>"
    assert mail["References"] == "<m0@kupac.example> <m1@kupac.example>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Autoack"] == "AA-7K3M-9QXD; kind=receipt"
    assert mail["Content-Language"] == language
    assert len(mail.keys()) == len(set(mail.keys()))
    assert letter.to == "ivan@kupac.example"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "hr",
            [
                "Poštovani Ivane,\n\nhvala Vam",
                "„Račun za studeni”",
                "do utorka, 24. studenoga, u 10:00",
            ],
        ),
        (
            "sr-Latn",
            ["Poštovani Ivane,\n\nhvala Vam", "„Račun za studeni“", "do utorka, 24. novembra, u 10:00"],
        ),
        (
            "sr-Cyrl",
            ["Поштовани Иване,\n\nхвала Вам", "„Račun za studeni“", "до уторка, 24. новембра, у 10:00"],
        ),
        (
            "hu",
            [
                "Tisztelt Ivan Horvat!\n\nKöszönjük",
                "„Račun za studeni” tárgyú",
                "november 24-én, kedden 10:00-ig",
            ],
        ),
        ("en", ["Dear Ivan Horvat,\n\nThank you", "“Račun za studeni”", "by 10:00 on Tuesday, 24 November"]),
    ],
)
def test_a_receipt_greets_thanks_names_the_matter_and_the_time_and_the_ways_to_people(
    language: str, said: list[str]
) -> None:
    letter = composer().receipt(in_language(language))
    plain, rich = (part.get_content() for part in read(letter).iter_parts())
    assert plain.replace("\r\n", "\n").rstrip() == letter.text.rstrip()
    said += [
        "AA-7K3M-9QXD",
        "+385 1 234 5678",
        "Ilica 1, 10000 Zagreb",
        "Primjer podrška",
        "Primjer & Sin d.o.o.",
    ]
    for words in said:
        assert words in letter.text
    for words in ("Račun za studeni", "AA-7K3M-9QXD", "Primjer &amp; Sin d.o.o.", f'lang="{language}"'):
        assert words in rich


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("subject", ["Upit", ""])
@pytest.mark.parametrize("open_now", [True, False])
def test_every_receipt_reads_well_whatever_is_missing(
    language: str, named: bool, subject: str, open_now: bool
) -> None:
    facts = in_language(
        language,
        customer=Customer("ivan@kupac.example", "Ivan Horvat" if named else None),
        subject=subject,
        promised_at=FACTS.promised_at if open_now else None,
        opens_at=None if open_now else NOW + timedelta(hours=23),
        notice=None if open_now else "Zatvoreno.",
    )
    letter = composer(desk=replace(DESK, organisation=Organisation("Primjer", ZAGREB))).receipt(facts)
    body = letter.text.partition("-- \n")[0]
    assert "\n\n\n" not in body
    assert not re.search(r"  | [.,:!]|[„“]”|None|\{|\}|[\ue000-\uf8ff]", body)
    assert all(p[0].isupper() or p.startswith(("hvala", "хвала")) for p in body.strip().split("\n\n"))
    assert all(p.endswith((".", "!", ",")) for p in body.strip().split("\n\n")[:-1])
    assert ("09:00" in body) is not open_now
    assert ("Zatvoreno." in body) is not open_now


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_is_whole_small_and_fetches_nothing(language: str) -> None:
    letters = [composer().receipt(in_language(language)), composer().reminder(in_reminder(language))]
    for letter in letters:
        tags = Tags(letter.html)
        assert not tags.names & {"script", "img", "link", "iframe", "form", "base"}
        assert set(tags.targets) == {"tel:+38512345678", "https://www.primjer.example"}
        assert "url(" not in letter.html
        assert 'content="light dark"' in letter.html
        assert len(letter.html.encode()) < 30_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customers_words_are_never_obeyed(language: str) -> None:
    facts = in_language(
        language,
        subject=HOSTILE,
        customer=Customer("ivan@kupac.example", "[x](https://evil.example) {{ 7*7 }}<b>"),
    )
    letter = composer().receipt(facts)
    mail = read(letter)
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).startswith("Re: {{ 7*7 }}")
    tags = Tags(letter.html)
    assert not any("evil" in target for target in tags.targets)
    assert not tags.names & {"script", "b"}
    assert "49" not in letter.text + letter.html.replace("#", "")
    quoted = letter.text.replace("[x](https://evil.example)", "")
    assert "evil.example" not in quoted


def test_the_ids_of_a_thread_survive_byte_for_byte() -> None:
    long = "<" + "A" * 120 + "." + "b" * 120 + "@" + "c" * 60 + ".example>"
    raw = composer().receipt(replace(FACTS, in_reply_to=long, references=("<a@b>", long))).raw
    assert b"In-Reply-To: " + long.encode() + b"\r\n" in raw
    assert b"References: <a@b>\r\n " + long.encode() + b"\r\n" in raw


def test_a_mail_without_message_id_gets_a_receipt_without_reference() -> None:
    mail = read(composer().receipt(replace(FACTS, in_reply_to=None, references=())))
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None


def test_a_domain_that_is_not_ascii_is_written_so_that_servers_take_it() -> None:
    letter = composer().receipt(replace(FACTS, customer=Customer("ivan@čaša.example", None)))
    assert letter.to == "ivan@xn--aa-dma15a.example"
    assert str(read(letter)["To"]) == "ivan@xn--aa-dma15a.example"


def test_what_stands_in_one_receipt_stays_out_of_the_next() -> None:
    one = composer()
    first = one.receipt(FACTS)
    other = replace(FACTS, customer=Customer("eva@kupac.example", "Eva Perić"), subject="Drugo")
    second = one.receipt(other)
    assert "Horvat" not in second.raw.decode() + second.text + second.html
    assert one.receipt(FACTS) == first


def test_an_override_takes_the_place_of_a_built_in_template(tmp_path: Path) -> None:
    (tmp_path / "receipt.hr.md").write_text("{{ salutation }}\n\nNaše riječi, {{ ref }}.\n", encoding="utf-8")
    templates = Templates(tmp_path)
    assert "Naše riječi, AA-7K3M-9QXD." in composer(templates).receipt(FACTS).text
    (tmp_path / "receipt.en.md").write_text("{{ mispelt }}", encoding="utf-8")
    assert "Thank you" in composer(templates).receipt(in_language("en")).text
    assert len(templates.problems) == 1


def in_reminder(language: str, **changes: object) -> ReminderFacts:
    return replace(REMINDER, person=replace(ANA, language=language), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION])
def test_a_reminder_tells_who_waits_how_long_and_until_when(language: str, kind: MailKind) -> None:
    letter = composer().reminder(in_reminder(language, kind=kind))
    mail = read(letter)
    assert str(mail["To"]) == "Ana Kovač <ana@primjer.example>"
    assert str(mail["From"]) == "Primjer podrška <podrska@primjer.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Autoack"] == f"AA-7K3M-9QXD; kind={kind}"
    assert mail["In-Reply-To"] is None
    assert mail["Content-Language"] == language
    for words in (
        "Ivan Horvat",
        "ivan@kupac.example",
        "AA-7K3M-9QXD",
        "22 ",
        "12:00",
        "> Gdje je račun?\n>",
        "Račun",
    ):
        assert words in letter.text
    assert "22" in letter.subject
    assert "AA-7K3M-9QXD" in letter.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION])
def test_a_reminder_says_that_the_customer_gets_no_mail_of_ours(language: str, kind: MailKind) -> None:
    """What the bounce said is quoted: it tells a full mailbox from a misspelt address."""
    bad = replace(THREAD, undeliverable="550 no such user, see https://evil.example/x")
    text = composer().reminder(in_reminder(language, kind=kind, thread=bad)).text
    assert "no such user" in text
    assert "evil.example" not in text
    assert "no such user" not in composer().reminder(in_reminder(language, kind=kind)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION, MailKind.NOTICE])
@pytest.mark.parametrize("hours", [22, 51, 999])
def test_our_subjects_fit_into_60_characters(language: str, kind: MailKind, hours: int) -> None:
    thread = replace(
        THREAD, customer_name="Maksimilijana Kovačević-Babić von Hohenstein", category="complaint"
    )
    facts = in_reminder(language, kind=kind, thread=thread, waited=timedelta(hours=hours))
    assert len(composer().reminder(facts).subject) <= 60


def test_an_overdue_promise_is_named_as_past() -> None:
    text = composer().reminder(in_reminder("en", now=NOW + timedelta(hours=3))).text
    assert "The answer was due today at 12:00." in text
    assert "We promised" not in text


def test_a_reminder_quotes_at_most_2000_characters_and_obeys_none() -> None:
    words = HOSTILE + "\n" + "riječ " * 2000
    letter = composer().reminder(in_reminder("hr", words=words))
    assert len(letter.text) < 3500
    assert not Tags(letter.html).names & {"script", "b"}
    assert not any("evil" in target for target in Tags(letter.html).targets)


def test_a_reminder_for_somebody_unknown_has_no_empty_facts() -> None:
    thread = replace(
        THREAD, customer_name=None, customer_address="", subject="", resolve_at=None, promised_at=None
    )
    text = composer().reminder(in_reminder("en", thread=thread, words="")).text
    assert "Customer: —" in text
    assert not re.search(r": ?\n", text.partition("-- \n")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_and_a_test_mail_reach_a_person_in_their_language(language: str) -> None:
    person = replace(ANA, language=language)
    alert = composer().alert(
        person, MAILBOX, "Mailbox support cannot be reached", ["one <b>", "two"], message_id="<a@b>", now=NOW
    )
    assert read(alert)["Subject"] == "Mailbox support cannot be reached"
    assert read(alert)["X-Autoack"] == "kind=alert"
    assert "> one <b>\n> \n> two\n" in alert.text
    test = composer().check(person, MAILBOX, message_id="<a@b>", now=NOW)
    assert read(test)["X-Autoack"] == "kind=check"
    assert "podrska@primjer.example" in test.subject
    assert len(test.subject) <= 60


# --- what rules add ---------------------------------------------------------------------------------------

CALL = {
    "hr": "javite na broj +385 91 111 222",
    "sr-Latn": "javite na broj +385 91 111 222",
    "sr-Cyrl": "јавите на број +385 91 111 222",
    "hu": "hívja fel ezen a számon: +385 91 111 222",
    "en": "call them on +385 91 111 222",
}
BREATH = {
    "hr": "duboko udahnite",
    "sr-Latn": "duboko udahnite",
    "sr-Cyrl": "дубоко удахните",
    "hu": "vegyen egy mély lélegzetet",
    "en": "Take a deep breath",
}
TOLD = {
    "hr": "stigla je poruka o kojoj trebate znati odmah",
    "sr-Latn": "stigla je poruka o kojoj treba odmah da znate",
    "sr-Cyrl": "стигла је порука о којој треба одмах да знате",
    "hu": "Olyan levél érkezett, amelyről azonnal tudnia kell",
    "en": "A message has arrived that you should know about at once",
}
ASKED = {
    "hr": "napišete i ovo",
    "sr-Latn": "napišete i ovo",
    "sr-Cyrl": "напишете и ово",
    "hu": "írja meg nekünk az alábbiakat is",
    "en": "let us know:",
}
AS_USUAL = {
    "hr": "kao i inače",
    "sr-Latn": "kao i inače",
    "sr-Cyrl": "као и иначе",
    "hu": "szokásos módon",
    "en": "as usual",
}
NOT_ARRIVE = {
    "hr": "adresu ne bi stig",
    "sr-Latn": "adresu ne bi stig",
    "sr-Cyrl": "адресу не би стиг",
    "hu": "rre a címre a válasz",
    "en": "nswer to this address would not arrive",
}
NO_ADDRESS = {
    "hr": "nije ostavio adresu",
    "sr-Latn": "nije ostavio adresu",
    "sr-Cyrl": "није оставио адресу",
    "hu": "nem hagyott e-mail-címet",
    "en": "left no email address",
}
NO_MAIL = {
    "hr": "korisnik nije dostupan e-poštom",
    "sr-Latn": "korisnik nije dostupan e-poštom",
    "sr-Cyrl": "корисник није доступан е-поштом",
    "hu": "e-mailben nem érhető el",
    "en": "cannot be reached by email",
}
TO_THE_TEAM = (
    MailKind.REMINDER,
    MailKind.ESCALATION,
    MailKind.NOTICE,
    MailKind.ASSIGNMENT,
    MailKind.BOUNCED,
)
EVERY_KIND = pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION, MailKind.NOTICE])


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY_KIND
def test_a_customer_without_an_address_stands_there_with_the_number_to_call(
    language: str, kind: MailKind
) -> None:
    caller = replace(
        THREAD,
        customer_address="",
        customer_name=None,
        customer_phone="+385 91 111 222",
        channel="voicemail",
    )
    letter = composer().reminder(in_reminder(language, kind=kind, thread=caller))
    assert CALL[language] in " ".join(letter.text.split())
    assert letter.subject.startswith("+385") or "+385 91 111 222" in letter.subject
    assert "voicemail" in letter.text or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TO_THE_TEAM)
def test_a_caller_without_a_name_is_called_by_a_number_that_stands_once_in_the_table(
    language: str, kind: MailKind
) -> None:
    caller = replace(THREAD, customer_address="", customer_name=None, customer_phone="+385 91 111 222")
    rows = table(composer().reminder(in_reminder(language, kind=kind, thread=caller)).text)
    assert sum("+385 91 111 222" in row for row in rows) == 1
    named = replace(caller, customer_name="Ana Kos")
    rows = table(composer().reminder(in_reminder(language, kind=kind, thread=named)).text)
    assert sum("+385 91 111 222" in row for row in rows) == 1
    assert sum("Ana Kos" in row for row in rows) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TO_THE_TEAM)
@pytest.mark.parametrize("why", ["550 no such user", NO_REASON])
def test_where_mail_does_not_arrive_nobody_is_told_to_reply_as_usual(
    language: str, kind: MailKind, why: str
) -> None:
    """Said in the reader's language, but for the server's own words, which are quoted as such."""
    bad = replace(THREAD, undeliverable=why)
    told = " ".join(composer().reminder(in_reminder(language, kind=kind, thread=bad)).text.split())
    usual, arrives = AS_USUAL[language], NOT_ARRIVE[language]
    assert arrives in told and usual not in told and NO_ADDRESS[language] not in told
    assert ("550 no such user" in told) is (why != NO_REASON)
    if why == NO_REASON and language != "en":
        assert NO_REASON not in told
    if why != NO_REASON:
        assert re.search(f"[„“]{why}[“”]", told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TO_THE_TEAM[:-1])
def test_nobody_is_told_to_reply_as_usual_to_a_customer_without_an_address(
    language: str, kind: MailKind
) -> None:
    caller = replace(THREAD, customer_address="")
    told = " ".join(composer().reminder(in_reminder(language, kind=kind, thread=caller)).text.split())
    assert AS_USUAL[language] not in told and NOT_ARRIVE[language] not in told
    assert NO_ADDRESS[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_marks_the_customers_whom_mail_does_not_reach(language: str) -> None:
    threads = (
        THREAD,
        replace(
            THREAD, customer_name="Iva Kos", undeliverable="550 no such user", customer_phone="+385 1 22"
        ),
        replace(THREAD, customer_address="", customer_name=None, customer_phone="+385 91 33"),
    )
    items = tuple(in_reminder(language, thread=one) for one in threads)
    facts = ListFacts(items[0].mailbox, items[0].person, items, "<l@vocar.example>", items[0].now)
    body = composer().reminder_list(facts).text
    marked = [part for part in body.split("\n- ") if NO_MAIL[language] in part]
    assert len(marked) == 2
    assert "+385 1 22" in marked[0]
    assert body.count("+385 91 33") == 1


def table(text: str) -> list[str]:
    """The lines of the table, which end with the reference."""
    lines = text.partition("AA-7K3M-9QXD")[0].splitlines()
    return [line for line in lines if line[:1].isupper() and re.match(r"[^:]{2,24}: ", line)]


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY_KIND
def test_a_heated_mail_comes_with_the_advice_to_take_a_breath(language: str, kind: MailKind) -> None:
    heated = replace(THREAD, strong_language=True)
    assert BREATH[language] in composer().reminder(in_reminder(language, kind=kind, thread=heated)).text
    assert BREATH[language] not in composer().reminder(in_reminder(language, kind=kind)).text


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("hr", ("pritužba", "visok", "web-obrazac")),
        ("sr-Latn", ("žalba", "visok", "veb-formular")),
        ("sr-Cyrl", ("жалба", "висок", "веб-формулар")),
        ("hu", ("panasz", "kiemelt", "webes űrlap")),
        ("en", ("complaint", "high", "web form")),
    ],
)
def test_category_priority_and_channel_are_named_where_they_are_out_of_the_ordinary(
    language: str, rows: tuple[str, ...]
) -> None:
    special = replace(THREAD, category="complaint", priority="high", channel="form")
    text = composer().reminder(in_reminder(language, thread=special)).text
    plain = composer().reminder(in_reminder(language)).text
    for word in rows:
        assert word in text
        assert word not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_tells_that_it_came_and_is_no_reminder(language: str) -> None:
    letter = composer().reminder(in_reminder(language, kind=MailKind.NOTICE, waited=timedelta(0)))
    assert TOLD[language] in letter.text
    assert read(letter)["X-Autoack"] == "AA-7K3M-9QXD; kind=notify"
    assert "Ivan Horvat" in letter.subject


def test_a_notices_subject_names_what_it_is() -> None:
    complaint = replace(THREAD, category="complaint")
    letter = composer().reminder(in_reminder("hr", kind=MailKind.NOTICE, thread=complaint))
    assert letter.subject == "Pritužba: Ivan Horvat, AA-7K3M-9QXD"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_asks_for_what_the_team_needs(language: str) -> None:
    one = composer().receipt(in_language(language, questions=("Koji je broj Vaše narudžbe?",)))
    assert ASKED[language] in one.text
    assert "\nKoji je broj Vaše narudžbe?\n" in one.text
    assert ASKED[language] not in composer().receipt(in_language(language)).text


def test_several_questions_are_a_list() -> None:
    letter = composer().receipt(in_language("hr", questions=("Koji je broj narudžbe?", "Koji je model?")))
    assert "– Koji je broj narudžbe?\n– Koji je model?" in letter.text
    assert "– Koji je broj narudžbe?<br>" in letter.html


# --- what the matter is -----------------------------------------------------------------------------------

NAMED = {
    "hr": {"question": "na upitu", "complaint": "razloga za pritužbu", "praise": "lijepim riječima"},
    "sr-Latn": {"question": "na upitu", "complaint": "razloga za žalbu", "praise": "lepim rečima"},
    "sr-Cyrl": {"question": "на упиту", "complaint": "разлога за жалбу", "praise": "лепим речима"},
    "hu": {"question": "kérdését", "complaint": "panaszra volt oka", "praise": "kedves szavait"},
    "en": {"question": "your question", "complaint": "reason to complain", "praise": "kind words"},
}
IMPORTANT = {
    "hr": "koliko Vam je to važno",
    "sr-Latn": "koliko Vam je to važno",
    "sr-Cyrl": "колико Вам је то важно",
    "hu": "mennyire fontos ez Önnek",
    "en": "how much this matters to you",
}
URGENT = {"hr": "hitno", "sr-Latn": "hitno", "sr-Cyrl": "хитно", "hu": "Sürgős", "en": "urgent"}
AGAIN = {
    "hr": "Dodali smo je Vašem upitu",
    "sr-Latn": "Dodali smo je Vašem upitu",
    "sr-Cyrl": "Додали смо је Вашем упиту",
    "hu": "Csatoltuk",
    "en": "added this message to your enquiry",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", ["question", "complaint", "praise", "other"])
def test_the_matter_is_named_by_its_category(language: str, category: str) -> None:
    text = composer().receipt(in_language(language, category=category)).text
    assert {name for name, words in NAMED[language].items() if words in text} == {category} - {"other"}
    assert "Račun za studeni" in text
    assert (URGENT[language] in text) is (category != "praise")


@pytest.mark.parametrize("language", LANGUAGES)
def test_strong_words_get_a_calm_answer(language: str) -> None:
    heated = replace(THREAD, language=language, strong_language=True)
    text = composer().receipt(replace(FACTS, thread=heated, category="complaint")).text
    assert IMPORTANT[language] in text
    assert text.count("!") == (1 if language == "hu" else 0)  # the Hungarian greeting's
    assert (
        IMPORTANT[language] not in composer().receipt(replace(FACTS, thread=heated, category="praise")).text
    )
    assert IMPORTANT[language] not in composer().receipt(in_language(language, category="complaint")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_further_mail_of_a_wait_gets_a_short_receipt(language: str) -> None:
    first = composer().receipt(in_language(language)).text
    short = composer().receipt(in_language(language, further=True)).text
    assert AGAIN[language] in short
    assert AGAIN[language] not in first
    assert "10:00" in short
    assert "AA-7K3M-9QXD" in short
    assert "„Račun za studeni" in short or language == "en"
    assert len(short) < len(first)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", ["question", "complaint", "praise", "other"])
@pytest.mark.parametrize("strong", [True, False])
@pytest.mark.parametrize("further", [True, False])
@pytest.mark.parametrize("opens", [True, False])
@pytest.mark.parametrize("bare", [True, False])
def test_every_variant_of_the_receipt_is_laid_out_well(
    language: str, category: str, strong: bool, further: bool, opens: bool, bare: bool
) -> None:
    facts = in_language(
        language,
        category=category,
        further=further,
        opens_at=NOW + timedelta(hours=23) if opens else None,
        subject="" if bare else "Upit",
        questions=("Koji je broj narudžbe?",) if strong else (),
    )
    assignee = "ana" if opens else None
    facts = replace(facts, thread=replace(facts.thread, strong_language=strong, assignee=assignee))
    desk = replace(DESK, organisation=Organisation("Primjer", ZAGREB)) if bare else DESK
    letter = composer(desk=desk).receipt(facts)
    body = letter.text.partition("-- \n")[0]
    assert "\n\n\n" not in body.rstrip("\n")
    assert not re.search(r"  | [.,:!?]|[„“]”|[.!?][^\W\d]|None|\{|\}|[\ue000-\uf8ff]", body)
    assert all(p.endswith((".", "!", ",", "?", ":")) for p in body.strip().split("\n\n")[:-1])
    assert body.strip().endswith("Primjer podrška")
    assert len(letter.html.encode()) < 30_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_says_when_people_are_there(language: str) -> None:
    week = ((Span(480, 990),),) * 5 + ((), ())
    policy = Policy("standard", Calendar("office", ZAGREB, week=week))
    text = composer().receipt(in_language(language, mailbox=replace(MAILBOX, policy=policy))).text
    assert "08:00" in text
    assert "16:30" in text
    assert "16:30" not in composer().receipt(in_language(language)).text


CALL_NOW = {
    "hr": "Ako je hitno, nazovite nas",
    "sr-Latn": "Ako je hitno, pozovite nas",
    "sr-Cyrl": "Ако је хитно, позовите нас",
    "hu": "Sürgős esetben hívjon minket",
    "en": "If it is urgent, please call us",
}
CALL_LATER = {
    "hr": "Kad Vam ponovno budemo na raspolaganju, možete nas i nazvati",
    "sr-Latn": "Kada Vam ponovo budemo na raspolaganju, možete i da nas pozovete",
    "sr-Cyrl": "Када Вам поново будемо на располагању, можете и да нас позовете",
    "hu": "Nyitás után telefonon is elérhet minket",
    "en": "Once we are open again, you can also call us",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_asked_to_call_while_nobody_is_there(language: str) -> None:
    now = composer().receipt(in_language(language)).text
    closed = in_language(language, opens_at=NOW + timedelta(hours=23))
    later = composer().receipt(closed).text
    assert (CALL_NOW[language] in now, CALL_LATER[language] in now) == (True, False)
    assert (CALL_NOW[language] in later, CALL_LATER[language] in later) == (False, True)
    number = "+385 1 234 5678"
    assert composer().receipt(replace(closed, further=True)).text.partition("-- \n")[0].count(number) == 0
    assert number in composer().receipt(in_language(language, further=True)).text.partition("-- \n")[0]


# --- whose matter it is ------------------------------------------------------------------------------------

CARES = {
    "hr": "o Vašem upitu brine Marko Babić",
    "sr-Latn": "se Vašim upitom bavi Marko Babić",
    "sr-Cyrl": "се Вашим упитом бави Marko Babić",
    "hu": "megkeresésével azonban munkatársunk, Marko Babić foglalkozik",
    "en": "Marko Babić is looking after your enquiry",
}
MARKO = Person("marko", "Marko Babić", "marko@primjer.example", phone="+385 91 555 666")


def assigned(language: str, person: Person, **changes: object) -> str:
    desk = replace(DESK, people={"ana": ANA, "marko": person})
    facts = in_language(language, **changes)
    facts = replace(facts, thread=replace(facts.thread, assignee="marko"))
    return read_flat(composer(desk=desk).receipt(facts))


def read_flat(letter: Letter) -> str:
    return " ".join(letter.text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_whose_matter_it_is_is_named_with_the_phone_that_ops_gave(language: str) -> None:
    said = assigned(language, MARKO)
    assert CARES[language] in said
    assert "+385 91 555 666" in said
    without = assigned(language, replace(MARKO, phone=None))
    assert CARES[language] in without
    assert "+385 91 555 666" not in without


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_further_receipt_names_them_too(language: str) -> None:
    assert "Marko Babić" in assigned(language, MARKO, further=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named_who_is_away_when_the_desk_is_there_again(language: str) -> None:
    monday = date(2026, 11, 23)
    away = Absence(monday, monday)
    opens = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert "Marko" in assigned(language, replace(MARKO, away=(away,)))
    assert "Marko" not in assigned(language, replace(MARKO, away=(away,)), opens_at=opens)
    assert "Marko" not in assigned(language, MARKO, absences={"marko": away}, opens_at=opens)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_with_a_name_signs(language: str) -> None:
    names = {
        "hr": "Tim za račune",
        "sr": "Tim za račune (sr)",
        "hu": "Számlázási csapat",
        "en": "Billing team",
    }
    team = replace(TEAM, name=names)
    signed = composer().receipt(in_language(language, mailbox=replace(MAILBOX, team=team))).text
    base = language.partition("-")[0]
    assert f"\n{names[base]}\nPrimjer podrška\n\n-- \n" in signed
    assert "\nPrimjer podrška\n\n-- \n" in composer().receipt(in_language(language)).text
