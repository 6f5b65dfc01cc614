"""A night of a support desk for the tests of the digest, as small or as bad as they want it; and its page as a file.

`python -m tests.letters.nights FOLDER` writes the pages that people should look at: none, five and 500 overdue.
"""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from autoack.core import digest as core
from autoack.core import nights
from autoack.core.digest import Answered, Bounced, Digest, Facts, FailedMail, Standing
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
from autoack.core.satisfaction import Rated, Voiced
from autoack.core.waiting import Told, Waiting
from autoack.letters.digest import DigestLetter, compose
from autoack.letters.digest_words import LANGUAGES

ZAGREB = ZoneInfo("Europe/Zagreb")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DATE = date(2026, 11, 20)  # a Friday
_OFFICE = Calendar("office", ZAGREB, week=((Span(480, 960),),) * 5 + ((), ()))
_PEOPLE = (
    Person("ana", "Ana Kovač", "ana@primjer.example", language="hr"),
    Person("bence", "Szabó Bence", "bence@primjer.example", language="hu"),
    Person("marko", "Marko Babić", "marko@primjer.example", language="hr"),
    Person("vera", "Vera Jurić", "vera@primjer.example", language="hr"),
)
_SUBJECTS = (
    "Pošiljka nije stigla, a naplaćena je dvaput",
    "Povrat novca za narudžbu 2026-1187",
    "Re: ponuda za 40 licenci",
    "Ne mogu se prijaviti od jučer",
    "R-1 račun za listopad",
)
_CUSTOMERS = ("Ivan Horvat", "Jelena Nikolić", "Nagy Eszter", "Milica Jovanović", None)


def desk(**plan: object) -> Desk:
    """Two teams with a mailbox each: `support` of ana and bence, led by marko; `sales` of bence, led by vera."""
    standard = Policy("standard", _OFFICE)
    front = Team("front", ("ana", "bence"), "marko", "vera")
    back = Team("back", ("bence",), "vera", "vera")
    readers = {"at": time(21), "to": ("vera",), **plan}
    return Desk(
        organisation=Organisation("Primjer d.o.o.", ZAGREB),
        people={person.id: person for person in _PEOPLE},
        teams={"front": front, "back": back},
        calendars={"office": _OFFICE},
        policies={"standard": standard},
        mailboxes={
            "support": Mailbox("support", "podrska@primjer.example", "Podrška", front, standard, ("hr",)),
            "sales": Mailbox("sales", "prodaja@primjer.example", "Prodaja", back, standard, ("hr",)),
        },
        digest=DigestPlan(**readers),  # type: ignore[arg-type]  # a test's own shorthand
        alerts=AlertPlan(("marko",)),
        retention=Retention(),
    )


def waiting(number: int, hours: float, now: datetime) -> Waiting:
    """The thread with this number, which has waited for so long."""
    since = now - hours * HOUR
    name = _CUSTOMERS[number % 5]
    return Waiting(
        ref=f"AA-{number:04}-K7Q2",
        mailbox="sales" if number % 4 == 2 else "support",
        subject=_SUBJECTS[number % 5],
        customer_address=f"kupac{number}@kupac.example",
        customer_name=name,
        assignee=(None, "ana", "bence", None, "ana")[number % 5],
        waiting_since=since,
        promised_at=since + DAY,
        resolve_at=since + 3 * DAY,
        priority="high" if number % 5 == 3 else "normal",
        category=("complaint", "question")[number % 2],
    )


def facts(overdue: int, now: datetime) -> Facts:
    """What the store would know of a night with so many overdue threads, a busy fortnight and a worse week before."""
    late = [waiting(n, 25 + (n * 7) % 90, now) for n in range(overdue)]
    coming = [waiting(1000 + n, 5 + n % 15, now) for n in range(min(3 + overdue, 40))]
    told = {
        thread.ref: Told("escalate" if n % 2 else "remind", now - 3 * HOUR, ("marko", "vera")[: 1 + n % 2])
        for n, thread in enumerate(late)
        if n % 3
    }
    return Facts(
        waiting=[*late, *coming],
        told=told,
        answers=_answers(now),
        receipts=31,
        not_answered={
            ("list", "list-id"): 12,
            ("robot", "noreply"): 5,
            ("bounce", "dsn"): 2,
            ("customer", "limit"): 1,
        },
        bounced=[Bounced("stara.adresa@kupac.example", "550 5.1.1 no such user")],
        failed=[FailedMail("receipt", "nitko@kupac.example", "552 5.2.2 mailbox full")],
        standing=Standing(deferred=1, quarantined=2),
        ratings=_ratings(now),
        voiced=[
            Voiced(now - n * 4 * DAY, f"AA-{n:04}-P2W7", "praise" if n % 3 == 0 else "complaint")
            for n in range(20)
        ],
    )


_OPINIONS = (
    (5, "Brzo, ljubazno i na kraju riješeno. Hvala kolegici Ani!"),
    (2, "Na odgovor sam čekao pet dana, a pitanje je bilo jednostavno."),
    (4, ""),
    (5, ""),
)


def _ratings(now: datetime) -> list[Rated]:
    """Two a day, the earlier week a little worse."""
    found = []
    for n in range(28):
        stars, words = _OPINIONS[n % 4]
        at, name = now - n * DAY / 2 - HOUR, _CUSTOMERS[n % 5]
        address = f"kupac{n}@kupac.example"
        worse = n >= 14 and stars == 4
        found.append(
            Rated(
                at,
                f"AA-{n:04}-R8T3",
                "support",
                _SUBJECTS[n % 5],
                name or address,
                address,
                3 if worse else stars,
                words,
            )
        )
    return found[::-1]


def _answers(now: datetime) -> list[Answered]:
    found = []
    for night in range(14):
        weekday = (DATE - night * DAY).weekday()
        for n in range(2 if weekday >= 5 else 9 + (night * 5) % 7):
            slow = n % (3 if night >= 7 else 6) == 0
            seconds = int((26 + n) * 3600 if slow else (1 + n / 2 + night / 4) * 3600)
            at = now - night * DAY - (1 + n / 2) * HOUR
            mailbox, category = ("sales" if n % 4 == 2 else "support"), ("complaint", "question")[n % 2]
            found.append(
                Answered(at, at - timedelta(seconds=seconds), seconds, n % 5 != 4, mailbox, None, category)
            )
    return found


def night(overdue: int = 5, language: str = "hr", person: str = "vera", **plan: object) -> Digest:
    """The digest of such a night."""
    of = desk(**plan)
    of_night = nights.night_of(of.digest, ZAGREB, DATE)
    reader = replace(of.people[person], language=language)
    teams = core.readers(of).get(person, ())
    return core.build(facts(overdue, of_night.moment), of, reader, teams, of_night, of_night.moment)


def letter(digest: Digest, *, attach: bool = True) -> DigestLetter:
    """It as a mail, dated at its moment."""
    mailbox = desk().mailboxes["support"]
    return compose(
        digest,
        mailbox,
        "<autoack.1@primjer.example>",
        digest.as_of.astimezone(UTC),
        attach=attach,
        secret="5f0e",
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for overdue in (0, 5, 500):
            made = letter(night(overdue, language))
            (folder / f"digest-{language}-{overdue}.html").write_text(made.html, encoding="utf-8")
            (folder / f"digest-{language}-{overdue}.txt").write_text(made.text, encoding="utf-8")
