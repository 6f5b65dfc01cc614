"""The script of the demo: who writes what and when, in one support week, and what should come of it."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from autoack.demo.imap import INBOX, SENT, USER
from autoack.demo.mails import CLIENTS, Draft, Writer

ZONE = ZoneInfo("Europe/Zagreb")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment(told: str) -> datetime:
    """`Mon 08:12` of the demo's week."""
    day, clock = told.split()
    date = MONDAY.date() + timedelta(days=DAYS.index(day))
    return datetime.combine(date, time.fromisoformat(clock), ZONE)


BEGIN, END = moment("Mon 07:55"), moment("Sun 21:10")


class Outcome(StrEnum):
    """What should come of a mail."""

    RECEIPT = "receipt"  # a wait begins, the writer gets a receipt
    JOINS = "joins"  # it joins a wait: no second receipt
    THANKS = "thanks"  # no wait begins
    SILENCE = "silence"  # no receipt: nobody there to get one
    ANSWER = "answer"  # it stops the clock
    COLLEAGUES = "colleagues"  # it stays among colleagues, the clock runs on


@dataclass(frozen=True)
class Scene:
    """One mail of the week. `answers` names the scene whose mail, or whose receipt, it replies to."""

    at: str
    draft: Draft
    outcome: Outcome
    language: str = ""  # of a customer
    told: str = ""  # how the timeline tells what no customer does
    folder: str = INBOX
    answers: str | None = None
    to_receipt: bool = False

    @property
    def name(self) -> str:
        """What other scenes call it."""
        return self.draft.name


IVAN = Writer("Ivan Horvat", "ivan.horvat@kupac.example")
JELENA = Writer("Јелена Николић", "jelena.nikolic@posta.example")
ESZTER = Writer("Dr. Nagy Eszter", "nagy.eszter@levelek.example")
MILICA = Writer("Milica Jovanović", "milica@pismo.example")
EMMA = Writer("Emma Clarke", "emma.clarke@mail.example")
PETER = Writer("Kovács Péter", "kovacs.peter@levelek.example")
LUKA = Writer("Luka Babić", "luka.babic@kupac.example")
OLIVER = Writer("Oliver Grant", "o.grant@mail.example")

ANA = Writer("Ana Kovač", "ana@primjer.example")
BENCE = Writer("Tóth Bence", "bence@primjer.example")
BOOKS = Writer("Računovodstvo", "racunovodstvo@primjer.example")


def _asks(at: str, name: str, writer: Writer, language: str, subject: str, text: str) -> Scene:
    return Scene(at, Draft(name, writer, USER, subject, text), Outcome.RECEIPT, language)


def _answers(at: str, name: str, writer: Writer, to: Writer, client: str, subject: str, text: str) -> Scene:
    draft = Draft(f"{name}-answer", writer, to.address, subject, text, CLIENTS[client])
    told = f"{writer.name} answers {to.name}, from {client}"
    return Scene(at, draft, Outcome.ANSWER, told=told, folder=SENT, answers=name)


def _silence(at: str, told: str, draft: Draft, answers: str | None = None) -> Scene:
    return Scene(at, draft, Outcome.SILENCE, told=told, answers=answers)


# What lay in the mailbox before anybody watched it.
BACKLOG = tuple(
    replace(_asks("Mon 07:00", f"old-{n}", IVAN, "hr", f"Stara poruka {n}", text), answers=None)
    for n, text in enumerate(
        ("Poruka od prošlog tjedna.\n", "Još jedna, odavno riješena.\n", "I treća.\n"), 1
    )
)

WEEK = (
    _asks(
        "Mon 08:12",
        "invoice",
        IVAN,
        "hr",
        "Račun za listopad",
        "Dobar dan,\n\nmolim Vas, gdje mogu preuzeti račun za listopad? U korisničkom pretincu ga ne vidim.\n\n"
        "Lijep pozdrav\nIvan Horvat\n",
    ),
    _silence(
        "Mon 09:05",
        "a newsletter",
        Draft(
            "newsletter",
            Writer("Office Trends", "news@trends.example"),
            USER,
            "Office Trends: ten desks for small rooms",
            "This week: ten desks for small rooms, and how to light them.\n",
            {"List-Id": "Office Trends <weekly.trends.example>", "Precedence": "bulk"},
        ),
    ),
    _asks(
        "Mon 09:30",
        "damaged",
        JELENA,
        "sr-Cyrl",
        "Оштећена пошиљка",
        "Добар дан,\n\nданас ми је стигла пошиљка, али је столица оштећена. Шта треба да урадим да бисте ми је "
        "заменили?\n\nСрдачан поздрав\nЈелена Николић\n",
    ),
    _answers(
        "Mon 09:40",
        "invoice",
        ANA,
        IVAN,
        "Thunderbird",
        "Re: Račun za listopad",
        "Poštovani gospodine Horvat,\n\nračun za listopad sada je u Vašem korisničkom pretincu.\n\n"
        "Srdačan pozdrav\nAna Kovač\n",
    ),
    Scene(
        "Mon 09:52",
        Draft(
            "invoice-thanks", IVAN, USER, "Re: Račun za listopad", "Hvala lijepa, riješeno!\n\nIvan Horvat\n"
        ),
        Outcome.THANKS,
        "hr",
        answers="invoice-answer",
    ),
    _asks(
        "Mon 10:40",
        "order",
        ESZTER,
        "hu",
        "Hol tart a megrendelésem?",
        "Tisztelt Ügyfélszolgálat!\n\nA múlt héten rendeltem egy íróasztalt, de azóta nem kaptam értesítést. "
        "Mikor várható a szállítás?\n\nÜdvözlettel\ndr. Nagy Eszter\n",
    ),
    _asks(
        "Mon 11:20",
        "refund",
        MILICA,
        "sr-Latn",
        "Povraćaj novca",
        "Poštovani,\n\npre dve nedelje sam vratila lampu, ali novac još nije stigao na moj račun. Kada mogu da "
        "ga očekujem?\n\nS poštovanjem\nMilica Jovanović\n",
    ),
    _answers(
        "Mon 13:05",
        "damaged",
        ANA,
        JELENA,
        "Outlook",
        "RE: Оштећена пошиљка",
        "Поштована госпођо Николић,\n\nжао нам је што је столица стигла оштећена. Курир ће сутра пре подне "
        "донети нову и преузети оштећену.\n\nСрдачан поздрав\nАна Ковач\n\n"
        "From: Јелена Николић <jelena.nikolic@posta.example>\nSent: Monday, November 23, 2026 9:30 AM\n"
        "To: Primjer podrška <podrska@primjer.example>\nSubject: Оштећена пошиљка\n\nДобар дан,\n\n"
        "данас ми је стигла пошиљка, али је столица оштећена.\n",
    ),
    _asks(
        "Mon 14:02",
        "sign-in",
        EMMA,
        "en",
        "Cannot sign in since this morning",
        "Hello,\n\nsince this morning the shop tells me that my password is wrong, and the link to reset it "
        "never arrives. Could you help?\n\nKind regards\nEmma Clarke\n",
    ),
    _answers(
        "Mon 15:10",
        "sign-in",
        BENCE,
        EMMA,
        "Thunderbird",
        "Re: Cannot sign in since this morning",
        "Dear Ms Clarke,\n\nyour account was locked after three attempts. It is open again; please choose a new "
        "password with the link on the sign-in page.\n\nKind regards\nTóth Bence\n",
    ),
    _silence(
        "Mon 15:11",
        "Emma Clarke's vacation notice",
        Draft(
            "vacation",
            EMMA,
            USER,
            "Automatic reply: Cannot sign in since this morning",
            "I am travelling today and will read my mail in the evening.\n\nEmma Clarke\n",
            {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
        ),
        answers="sign-in-answer",
    ),
    _answers(
        "Tue 11:15",
        "order",
        BENCE,
        ESZTER,
        "Outlook",
        "RE: Hol tart a megrendelésem?",
        "Tisztelt Dr. Nagy Eszter!\n\nElnézését kérjük a várakozásért. Az íróasztalt csütörtökön délelőtt "
        "szállítjuk ki; a futár az érkezése előtt telefonálni fog.\n\nÜdvözlettel\nTóth Bence\n",
    ),
    _silence(
        "Tue 13:10",
        "a bounce",
        Draft(
            "bounce",
            Writer("Mail Delivery System", "MAILER-DAEMON@mx.primjer.example"),
            USER,
            "Undelivered Mail Returned to Sender",
            "I'm sorry to have to inform you that your message could not be delivered.\n\n"
            "<narudzbe@stari-dobavljac.example>: user unknown\n",
            bounced="narudzbe@stari-dobavljac.example",
        ),
    ),
    Scene(
        "Tue 14:30",
        Draft(
            "refund-number",
            MILICA,
            USER,
            "Re: Povraćaj novca",
            "Zaboravila sam da navedem broj porudžbine: PR-204417.\n\nMilica Jovanović\n",
        ),
        Outcome.JOINS,
        "sr-Latn",
        answers="refund",
        to_receipt=True,
    ),
    _asks(
        "Wed 08:25",
        "warranty",
        PETER,
        "hu",
        "Garancia az irodai székre",
        "Tisztelt Primjer!\n\nSzeretném megkérdezni, hogy meddig érvényes a garancia az irodai székre, és hol "
        "tudom bejelenteni a hibát.\n\nKöszönettel\nKovács Péter\n",
    ),
    Scene(
        "Wed 09:30",
        Draft(
            "refund-internal",
            ANA,
            BOOKS.address,
            "Fwd: Povraćaj novca",
            "Molim vas, provjerite je li povrat za PR-204417 isplaćen.\n\nAna\n",
            CLIENTS["Outlook"],
        ),
        Outcome.COLLEAGUES,
        told="Ana Kovač asks the accountants about Milica Jovanović's refund",
        folder=SENT,
        answers="refund",
    ),
    Scene(
        "Wed 10:10",
        Draft(
            "refund-books",
            BOOKS,
            USER,
            "Re: Povraćaj novca",
            "Povrat je odobren, nalog ide u četvrtak.\n\nRačunovodstvo\n",
        ),
        Outcome.COLLEAGUES,
        told="the accountants reply to Ana Kovač",
        answers="refund-internal",
    ),
    _answers(
        "Wed 10:50",
        "warranty",
        BENCE,
        PETER,
        "a phone",
        "Re: Garancia az irodai székre",
        "Tisztelt Kovács Péter!\n\nA székre öt év garanciát vállalunk. A hibát elég válaszlevelében leírnia; "
        "kérjük, mellékeljen egy fényképet is.\n\nÜdvözlettel\nTóth Bence\n",
    ),
    replace(
        _asks(
            "Wed 14:20",
            "second-user",
            EMMA,
            "en",
            "Re: Cannot sign in since this morning",
            "That worked, thank you. One more question: can a colleague have a sign-in of her own for our "
            "account?\n\nEmma Clarke\n",
        ),
        answers="sign-in-answer",
    ),
    _answers(
        "Wed 15:30",
        "second-user",
        ANA,
        EMMA,
        "Thunderbird",
        "Re: Cannot sign in since this morning",
        "Dear Ms Clarke,\n\nyes: open Account, then People, and invite her with her email address.\n\n"
        "Kind regards\nAna Kovač\n",
    ),
    _answers(
        "Thu 14:30",
        "refund",
        ANA,
        MILICA,
        "a phone",
        "Re: Povraćaj novca",
        "Poštovana gospođo Jovanović,\n\nizvinjavamo se zbog čekanja. Povraćaj novca je danas poslat i biće na "
        "Vašem računu najkasnije u ponedeljak.\n\nSrdačan pozdrav\nAna Kovač\n",
    ),
    _asks(
        "Fri 17:45",
        "delivery",
        LUKA,
        "hr",
        "Dostava na Brač",
        "Poštovani,\n\nzanima me dostavljate li namještaj i na Brač te koliko dostava stoji.\n\n"
        "Lijep pozdrav\nLuka Babić\n",
    ),
    _asks(
        "Sat 10:05",
        "colours",
        OLIVER,
        "en",
        "Does the shelf come in green?",
        "Good morning,\n\nI like the tall shelf very much. Does it also come in green?\n\nBest wishes\n"
        "Oliver Grant\n",
    ),
)
