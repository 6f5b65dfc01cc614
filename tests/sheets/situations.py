"""The situations that the contact sheets show: what there is to say, for each kind of letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from autoack.core.answers import Answer
from autoack.core.commands import Command, Verb
from autoack.core.delivery import MailKind
from autoack.core.front_matter import FrontMatter
from autoack.core.message import Customer
from autoack.core.orders import Refused
from autoack.core.policy import (
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
from autoack.core.recipients import Away
from autoack.core.thread import State, Thread
from autoack.letters.compose import Composer, ListFacts, ReceiptFacts, ReminderFacts
from autoack.letters.drafts import Drafter
from autoack.letters.letter import Letter
from autoack.letters.refusal import refusal_notice
from autoack.letters.remind_list import SHOWN
from autoack.letters.suggestions import Suggestions
from autoack.letters.templates import Templates
from autoack.letters.unreachable import unreachable_notice
from tests import office
from tests.core.mails import read
from tests.sheets.afterwards import after_the_receipt, answers_to_commands, opinions

LANGUAGES = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")
ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)  # a Monday
EVENING = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)

_WEEK = ((Span(480, 990),),) * 4 + ((Span(480, 840),), (), ())
_TEAM = Team("front", ("ana",), "ana", "ana")
_REF = "AA-7K3M-9QXD"


class Words(NamedTuple):
    """What people of one language write, and are called."""

    desk: str
    named: Customer
    titled: Customer
    question: str
    complaint: str
    praise: str
    ask: str
    notice: str
    body: str
    team: str


_WORDS = {
    "hr": Words(
        "Primjer podrška",
        Customer("ivan@kupac.example", "Ivan Horvat"),
        Customer("ana@kupac.example", "Ana Marić", "dr."),
        "Kada stiže narudžba 1042?",
        "Reklamacija: stigla oštećena pošiljka",
        "Pohvala za brzu dostavu",
        "Koji je broj Vaše narudžbe?",
        "Od 24. do 31. prosinca ne radimo. Želimo Vam lijepe blagdane.",
        "Poštovani,\n\nnarudžba je trebala stići u petak. Gdje je?\n\nIvan Horvat",
        "Tim za narudžbe",
    ),
    "sr-Latn": Words(
        "Primer podrška",
        Customer("milica@kupac.example", "Milica Petrović"),
        Customer("jovan@kupac.example", "Jovan Nikolić", "prof."),
        "Kada stiže porudžbina 1042?",
        "Reklamacija: stigla oštećena pošiljka",
        "Pohvala za brzu isporuku",
        "Koji je broj Vaše porudžbine?",
        "Od 24. do 31. decembra ne radimo. Želimo Vam lepe praznike.",
        "Poštovani,\n\nporudžbina je trebalo da stigne u petak. Gde je?\n\nMilica Petrović",
        "Tim za porudžbine",
    ),
    "sr-Cyrl": Words(
        "Пример подршка",
        Customer("milica@kupac.example", "Милица Петровић"),
        Customer("jovan@kupac.example", "Јован Николић", "prof."),
        "Када стиже поруџбина 1042?",
        "Рекламација: стигла оштећена пошиљка",
        "Похвала за брзу испоруку",
        "Који је број Ваше поруџбине?",
        "Од 24. до 31. децембра не радимо. Желимо Вам лепе празнике.",
        "Поштовани,\n\nпоруџбина је требало да стигне у петак. Где је?\n\nМилица Петровић",
        "Тим за поруџбине",
    ),
    "hu": Words(
        "Példa ügyfélszolgálat",
        Customer("anna@vevo.example", "Kovács Anna"),
        Customer("peter@vevo.example", "Nagy Péter", "dr."),
        "Mikor érkezik az 1042-es rendelés?",
        "Panasz: sérült csomag érkezett",
        "Dicséret a gyors szállításért",
        "Mi a rendelésének száma?",
        "December 24. és 31. között zárva tartunk. Kellemes ünnepeket kívánunk!",
        "Tisztelt Ügyfélszolgálat!\n\nA rendelésnek pénteken kellett volna megérkeznie. Hol van?\n\nKovács Anna",
        "Rendelési csapat",
    ),
    "en": Words(
        "Example Support",
        Customer("mary@customer.example", "Mary Taylor"),
        Customer("john@customer.example", "John Smith", "prof."),
        "When will order 1042 arrive?",
        "Complaint: parcel arrived damaged",
        "Well done on the quick delivery",
        "What is your order number?",
        "We are closed from 24 to 31 December. We wish you happy holidays.",
        "Hello,\n\nmy order should have arrived on Friday. Where is it?\n\nMary Taylor",
        "Orders team",
    ),
}


_YEARLY = {
    "hr": "Godišnja provjera pretplate",
    "sr-Latn": "Godišnja provera pretplate",
    "sr-Cyrl": "Годишња провера претплате",
    "hu": "Az előfizetés éves ellenőrzése",
    "en": "Yearly check of the subscription",
}


def _answer(language: str, title: str, *steps: str, link: str | None = None) -> Answer:
    return Answer("answer", language, title, (), link, steps, "", FrontMatter())


_TRACKING = "https://www.primjer.example/tracking"
_ANSWERS = {
    "hr": (
        _answer("hr", "Praćenje pošiljke", link=_TRACKING),
        _answer("hr", "Rok dostave", "Otvorite potvrdu narudžbe.", "Na dnu piše dan dostave."),
    ),
    "sr-Latn": (
        _answer("sr-Latn", "Praćenje pošiljke", link=_TRACKING),
        _answer("sr-Latn", "Rok isporuke", "Otvorite potvrdu porudžbine.", "Na dnu piše dan isporuke."),
    ),
    "sr-Cyrl": (
        _answer("sr-Cyrl", "Праћење пошиљке", link=_TRACKING),
        _answer("sr-Cyrl", "Рок испоруке", "Отворите потврду поруџбине.", "На дну пише дан испоруке."),
    ),
    "hu": (
        _answer("hu", "Csomagkövetés", link=_TRACKING),
        _answer("hu", "Szállítási idő", "Nyissa meg a visszaigazolást.", "Az alján áll a szállítás napja."),
    ),
    "en": (
        _answer("en", "Tracking a parcel", link=_TRACKING),
        _answer("en", "Delivery time", "Open your order confirmation.", "The day is at the bottom."),
    ),
}


_BODIES = {
    "hr": "Narudžbu šaljemo čim je spremna, a dan dostave možete provjeriti i sami:",
    "sr-Latn": "Porudžbinu šaljemo čim je spremna, a dan isporuke možete i sami da proverite:",
    "sr-Cyrl": "Поруџбину шаљемо чим је спремна, а дан испоруке можете и сами да проверите:",
    "hu": "Rendelését feladjuk, amint elkészült. A szállítás napját Ön is megnézheti:",
    "en": "We send your order as soon as it is ready. You can also look up the day of delivery yourself:",
}


def letters(language: str) -> Iterator[tuple[str, Letter]]:
    """What each letter shows, and the letter."""
    yield from _receipts(language)
    yield from _to_the_team(language)
    yield from _drafts(language)


def _receipts(language: str) -> Iterator[tuple[str, Letter]]:
    composer, situations = receipts_of(language)
    for name, facts in situations.items():
        yield name, composer.receipt(facts)
    yield from after_the_receipt(composer, _mailbox(_WORDS[language]), _thread(language), NOW)


def receipts_of(language: str) -> tuple[Composer, dict[str, ReceiptFacts]]:
    """What each receipt says, and who writes it."""
    words = _WORDS[language]
    composer, box = _composer(language), _mailbox(words)
    thread = _thread(language)
    asked = _facts(box, thread, words.named, words.question, "question")
    complained = _facts(box, thread, words.named, words.complaint, "complaint")
    heated = replace(complained, thread=replace(thread, strong_language=True))
    situations = {
        "receipt: named, a question": asked,
        "receipt: unnamed, no subject": replace(
            asked, customer=Customer("info@kupac.example", None), subject="", category="other"
        ),
        "receipt: titled, other": replace(asked, customer=words.titled, category="other"),
        "receipt: closed": replace(
            asked,
            now=EVENING,
            opens_at=datetime(2026, 11, 24, 7, 0, tzinfo=UTC),
            promised_at=datetime(2026, 11, 25, 7, 0, tzinfo=UTC),
        ),
        "receipt: closure with a notice": replace(
            asked,
            now=datetime(2026, 12, 28, 9, 20, tzinfo=UTC),
            opens_at=datetime(2027, 1, 4, 7, 0, tzinfo=UTC),
            promised_at=datetime(2027, 1, 5, 7, 0, tzinfo=UTC),
            notice=words.notice,
        ),
        "receipt: complaint": complained,
        "receipt: complaint, strong language, missing facts": replace(heated, questions=(words.ask,)),
        "receipt: a question with answers": replace(asked, answers=_ANSWERS[language]),
        "receipt: assigned, a team with a name": replace(
            asked,
            mailbox=replace(box, team=replace(_TEAM, name={language: words.team})),
            thread=replace(thread, assignee="ana"),
        ),
        "receipt: praise": replace(asked, subject=words.praise, category="praise"),
        "receipt: a further mail (receipt: every)": replace(asked, further=True),
    }
    return composer, situations


def _to_the_team(language: str) -> Iterator[tuple[str, Letter]]:
    words = _WORDS[language]
    composer, box, person = _composer(language), _mailbox(words), _person(language)
    thread = _thread(language)
    facts = ReminderFacts(
        mailbox=box,
        thread=thread,
        person=person,
        kind=MailKind.REMINDER,
        step="reminder at 20h",
        waited=timedelta(hours=22),
        words=words.body,
        message_id="<autoack.1@primjer.example>",
        now=NOW,
        secret="secret",
    )
    complaint = replace(thread, category="complaint", priority="high", strong_language=True)
    returned = replace(thread, undeliverable="550 5.1.1 no such user")
    caller = replace(
        thread,
        customer_address="",
        customer_name=None,
        customer_phone="+385 91 111 222",
        channel="voicemail",
    )
    late = NOW + timedelta(hours=5)
    situations = {
        "reminder": facts,
        "reminder: the customer's address takes no mail": replace(facts, thread=returned),
        "reminder: a caller without an address": replace(facts, thread=caller, words=""),
        "escalation: overdue": replace(facts, kind=MailKind.ESCALATION, now=late, waited=timedelta(hours=27)),
        "assigned": replace(facts, kind=MailKind.ASSIGNMENT, thread=replace(thread, assignee="ana")),
        "bounced": replace(facts, kind=MailKind.BOUNCED, thread=returned),
        "notice: a heated complaint": replace(
            facts, kind=MailKind.NOTICE, thread=complaint, waited=timedelta(0)
        ),
    }
    absent = Away(Person("marko", "Marko Babić", "marko@primjer.example"), date(2027, 1, 6))
    situations["escalation: in place of somebody away"] = replace(
        facts, kind=MailKind.ESCALATION, instead_of=(absent,)
    )
    to_write = replace(
        facts,
        kind=MailKind.NOTICE,
        thread=replace(thread, subject=_YEARLY[language], policy="recurring:yearly"),
        waited=timedelta(0),
        words="",
        secret="secret",
        earlier=(
            replace(thread, state=State.ANSWERED, created_at=NOW - timedelta(days=20)),
            replace(thread, subject=words.praise, state=State.CLOSED, created_at=NOW - timedelta(days=400)),
        ),
    )
    situations["recurring: time to get in touch"] = to_write
    situations["recurring: not done yet, nothing before"] = replace(
        to_write, kind=MailKind.ESCALATION, waited=timedelta(days=3), earlier=()
    )
    for name, one in situations.items():
        yield name, composer.reminder(one)
    yield "list of reminders", composer.reminder_list(_list(facts))
    yield from answers_to_commands(composer, box, person, thread, words.body, NOW)
    yield from opinions(_desk(language), composer, thread, words.body, NOW)
    yield from _alerts(composer, box, person)
    yield (
        "test mail of `autoack check`",
        composer.check(person, box, message_id="<autoack.2@primjer.example>", now=NOW),
    )


def _alerts(composer: Composer, box: Mailbox, person: Person) -> Iterator[tuple[str, Letter]]:
    language, since = person.language, NOW - timedelta(minutes=10)
    command = Refused(Command(Verb.CLOSE), "no-proof", "ana@primjer.example", person, "")
    notices = {
        "alert": unreachable_notice("support", "INBOX", "connection refused", since, ZAGREB, NOW, language),
        "alert: a command without proof": refusal_notice(box, command, language),
    }
    for name, notice in notices.items():
        yield name, composer.alert(person, box, *notice, message_id="<autoack.3@primjer.example>", now=NOW)


def _list(facts: ReminderFacts) -> ListFacts:
    """Some customers who wait, the first of them for too long; more than are shown in full."""
    subjects = (facts.thread.subject, "", *("Ponuda",) * SHOWN)
    items = tuple(
        replace(
            facts,
            thread=replace(
                facts.thread,
                ref=f"AA-{number:04}-PRLK",
                subject=subject,
                promised_at=NOW + timedelta(hours=number - 1),
            ),
            waited=timedelta(hours=25) - number * timedelta(minutes=7),
            secret="secret",
        )
        for number, subject in enumerate(subjects)
    )
    return ListFacts(facts.mailbox, facts.person, items, "<autoack.4@primjer.example>", NOW, "secret")


def _drafts(language: str) -> Iterator[tuple[str, Letter]]:
    """What an agent finds in the Drafts folder."""
    words = _WORDS[language]
    sender = f"{words.named.name} <{words.named.address}>"
    asked = read(office.mail(words.body, sender=sender, subject=words.question, date=NOW))
    answer = replace(_ANSWERS[language][1], body=_BODIES[language])
    desk, box = _desk(language), _mailbox(words)
    drafter = Drafter(desk, Templates(), "vocative", Suggestions([answer]))
    letter = drafter.letter(asked, answer, _thread(language), words.named, box, "<0@primjer.example>", NOW)
    yield "draft of an answer, for an agent to send", letter


def _facts(box: Mailbox, thread: Thread, who: Customer, subject: str, category: str) -> ReceiptFacts:
    return ReceiptFacts(
        mailbox=box,
        thread=thread,
        customer=who,
        from_address=box.address,
        subject=subject,
        in_reply_to="<m1@kupac.example>",
        references=(),
        promised_at=datetime(2026, 11, 24, 9, 12, tzinfo=UTC),
        opens_at=None,
        notice=None,
        message_id="<autoack.0@primjer.example>",
        now=NOW,
        category=category,
    )


def _thread(language: str) -> Thread:
    words = _WORDS[language]
    return Thread(
        ref=_REF,
        mailbox="support",
        subject=words.question,
        customer_address=words.named.address,
        customer_name=words.named.name,
        honorific=None,
        language=language,
        state=State.WAITING,
        created_at=NOW,
        waiting_since=NOW - timedelta(hours=22),
        promised_at=NOW + timedelta(hours=2),
        resolve_at=NOW + timedelta(days=2),
    )


def _mailbox(words: Words) -> Mailbox:
    office = Calendar("office", ZAGREB, week=_WEEK)
    return Mailbox(
        "support", "podrska@primjer.example", words.desk, _TEAM, Policy("standard", office), LANGUAGES
    )


def _person(language: str) -> Person:
    names = {"hu": "Szabó Éva", "en": "Alice Brown", "sr-Cyrl": "Ана Јовановић"}
    name = names.get(language, "Ana Kovač")
    return Person("ana", name, "ana@primjer.example", language=language, phone="+385 91 555 666")


def _composer(language: str) -> Composer:
    return Composer(_desk(language), Templates())


def _desk(language: str) -> Desk:
    organisation = Organisation(
        "Primjer d.o.o.",
        ZAGREB,
        "Ilica 1, 10000 Zagreb",
        "+385 1 234 5678",
        "https://www.primjer.example",
        LANGUAGES,
    )
    return Desk(
        organisation,
        {"ana": _person(language)},
        {"front": _TEAM},
        {},
        {},
        {"support": _mailbox(_WORDS[language])},
        DigestPlan(time(21), ("ana",)),
        AlertPlan(("ana",)),
        Retention(),
    )
