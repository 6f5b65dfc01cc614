"""What speaks against a receipt: limits that end, storms, and loops of two answering systems."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision
from autoack.core.guards import says_nothing_new, span
from autoack.core.message import Mail, Outcome
from autoack.core.storm import Storm
from autoack.core.thread import Known, Said, State
from tests import office
from tests.core import mails

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IVAN = "ivan@kupac.example"
AWAY = "Hvala na poruci. Na odmoru sam do ponedjeljka i tada ću odgovoriti."
SUBJECT = "Na odmoru"


class Desk:
    """The office, and what it knows; `take` decides on one mail and remembers it."""

    def __init__(self, folder: Path, **support: Any) -> None:
        changes = {f"mailboxes.support.{key}": value for key, value in support.items()}
        self.desk = office.settings(folder, changes).desk
        self.known = Known()

    def take(self, mail: Mail, now: datetime = NOW) -> Decision:
        decision = decide(
            mail, self.desk, self.desk.mailboxes["support"], self.known, Circumstances(now, now)
        )
        learn(self.known, mail, decision)
        return decision

    def take_all(self, count: int, now: datetime = NOW) -> list[str]:
        """So many mails of different people; the reasons."""
        taken = [
            mails.mail(Message_ID=f"<{n}.{now:%H%M}@kupac.example>", From=f"k{n}@kupac.example")
            for n in range(count)
        ]
        return [self.take(mail, now).verdict.reason for mail in taken]


def reply(text: str = AWAY, subject: str = SUBJECT, **fields: str) -> Mail:
    return mails.mail(text, Subject=subject, **fields)


# --- saying nothing new -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (AWAY, SUBJECT),
        (AWAY.upper(), SUBJECT.lower()),
        (AWAY.replace("č", "c").replace("ć", "c"), SUBJECT),
        (AWAY, "Re: Re: Na odmoru"),
        (AWAY, "[#7731] Na odmoru (2/5) 10:33"),
        (AWAY.replace("ponedjeljka", "utorka"), SUBJECT),
        (
            f"{AWAY}\n\nOn Mon, 23 Nov 2026 at 10:00 podrska@vocar.example wrote:\n> Primili smo upit.",
            SUBJECT,
        ),
    ],
    ids=["same", "case", "accents", "prefixes", "stamps", "another day", "quoted"],
)
def test_the_same_words_about_the_same_matter_are_nothing_new(text: str, subject: str) -> None:
    assert says_nothing_new(reply(text, subject), Said(SUBJECT, AWAY))


def test_numbers_dates_and_addresses_in_the_text_are_nothing_new() -> None:
    earlier = "Zaprimljeno 23.11.2026. u 10:33 pod brojem AB-4711, pratite na https://desk.example/t/4711"
    later = "Zaprimljeno 1.12.2026. u 9:07 pod brojem AB-4802, pratite na https://desk.example/t/4802"
    assert says_nothing_new(reply(later), Said(SUBJECT, earlier))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Gdje je moja narudžba? Čekam je već tjedan dana.", SUBJECT),
        (f"{AWAY} Ako je hitno, nazovite moju kolegicu Anu u prodaji.", SUBJECT),
        (AWAY, "Narudžba kave"),
        (AWAY, "Na odmoru 4712"),
    ],
    ids=["other words", "more words", "another matter", "another number"],
)
def test_other_words_or_another_matter_are_new(text: str, subject: str) -> None:
    assert not says_nothing_new(reply(text, subject), Said(SUBJECT, AWAY))


def test_pictures_without_words_may_each_be_new() -> None:
    picture = 'Content-Type: image/png; name="photo.png"\nContent-Transfer-Encoding: base64\n\naGk=\n'
    mail = mails.multipart("multipart/mixed", "Content-Type: text/plain\n\n\n", picture, Subject=SUBJECT)
    assert mail.attachments
    assert not says_nothing_new(mail, Said(SUBJECT, ""))


def test_a_very_long_mail_is_compared_at_once() -> None:
    long = "a" * 1_000_000 + " 1" * 1_000_000
    assert says_nothing_new(reply(long, "[" * 100_000), Said("[" * 100_000, long))


# --- loops ------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_whoever_repeats_himself_after_two_receipts_gets_no_third(desk: Desk) -> None:
    desk.known.said[IVAN] = [Said("Narudžba", "Gdje je moja narudžba?"), Said(SUBJECT, AWAY)]
    decision = desk.take(reply())
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECORD, "loop")
    assert "ivan@kupac.example had 2 receipts in 7d" in decision.verdict.because
    assert not decision.wants_receipt
    assert decision.thread is not None and decision.thread.state is State.WAITING


def test_the_first_repetition_is_still_answered(desk: Desk) -> None:
    desk.known.said[IVAN] = [Said(SUBJECT, AWAY)]
    assert desk.take(reply()).wants_receipt


def test_new_words_are_answered_however_many_receipts_there_were(desk: Desk) -> None:
    desk.known.said[IVAN] = [Said("Narudžba", "Gdje je moja narudžba?"), Said(SUBJECT, AWAY)]
    assert desk.take(reply("Vratio sam se. Je li paket stigao?", "Paket")).wants_receipt


def test_what_others_have_written_does_not_count(desk: Desk) -> None:
    desk.known.said["ana@kupac.example"] = [Said(SUBJECT, AWAY)] * 3
    assert desk.take(reply()).wants_receipt


def test_a_mail_that_only_quotes_ours_gets_no_receipt_after_an_answer(desk: Desk) -> None:
    first = desk.take(mails.mail())
    assert first.thread is not None
    ref = first.thread.ref
    desk.known.threads[ref] = replace(first.thread, state=State.ANSWERED)
    only_quoted = f"On Mon, 23 Nov 2026 at 10:00 <podrska@primjer.example> wrote:\n> Vaša oznaka: {ref}\n"
    decision = desk.take(mails.mail(only_quoted, Message_ID="<2@kupac.example>"), NOW + HOUR)
    assert decision.verdict.reason == "loop"
    assert decision.verdict.because == f"It answers {ref} and adds no words of its own."
    words = mails.mail(f"A boja?\n\n{only_quoted}", Message_ID="<3@kupac.example>")
    desk.known.threads[ref] = replace(first.thread, state=State.ANSWERED)
    assert desk.take(words, NOW + HOUR).wants_receipt


# --- limits -----------------------------------------------------------------------------------------------


def test_a_limit_moves_along_and_ends(tmp_path: Path) -> None:
    desk = Desk(tmp_path, per_sender={"receipts": 2, "within": "24h"})
    numbers = iter(range(100))

    def reason(at: datetime) -> str:
        number = next(numbers)
        mail = mails.mail(
            f"Pitanje {number}", Subject=f"Upit {number}", Message_ID=f"<{number}@kupac.example>"
        )
        return desk.take(mail, at).verdict.reason

    hours = (0, 20, 21, 23, 25, 26, 45)
    told = [reason(NOW + hour * HOUR) for hour in hours]
    assert told == ["customer", "customer", "limit", "limit", "customer", "limit", "customer"]


# --- storms -----------------------------------------------------------------------------------------------


def test_in_a_storm_receipts_are_held_and_everything_else_goes_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path, storm={"receipts": 2, "within": "10m"})
    assert desk.take_all(2) == ["customer", "customer"]
    decision = desk.take(mails.mail())
    assert (decision.verdict.outcome, decision.verdict.reason) == (Outcome.RECEIPT, "storm")
    assert "more than 2 receipts within 10m (`storm`)" in decision.verdict.because
    assert decision.wants_receipt and decision.storm == Storm(NOW, NOW)
    assert decision.thread is not None and decision.thread.state is State.WAITING
    assert decision.thread.next_step_at is not None
    assert {event.reason for event in decision.events if event.what == "mail"} == {"storm"}


def test_as_long_as_it_goes_on_every_receipt_is_held(tmp_path: Path) -> None:
    desk = Desk(tmp_path, storm={"receipts": 2, "within": "10m"})
    desk.known.storm = Storm(NOW - MINUTE, NOW - MINUTE)
    assert desk.take_all(3) == ["storm"] * 3
    assert desk.known.storm == Storm(NOW - MINUTE, NOW), "the third was one too many"


def test_who_gets_no_receipt_is_in_no_storm(tmp_path: Path) -> None:
    desk = Desk(tmp_path, storm={"receipts": 1, "within": "10m"}, receipt="never")
    assert desk.take_all(3) == ["receipt-off"] * 3
    assert desk.known.storm is None


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(0), "0s"),
        (timedelta(seconds=90), "90s"),
        (10 * MINUTE, "10m"),
        (90 * MINUTE, "90m"),
        (24 * HOUR, "24h"),
        (72 * HOUR, "3d"),
    ],
)
def test_lengths_are_told_as_the_configuration_writes_them(length: timedelta, text: str) -> None:
    assert span(length) == text
