"""The digest as managers read it, in five languages, on a phone, and in a spreadsheet."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from autoack.core.commands import Verb, command_in
from autoack.core.delivery import DRY_RUN, PROMISE_PASSED, TOO_LATE, TOO_LATE_AFTER, UNSENT_IN_TIME, MailKind
from autoack.core.digest import Bounced, Digest, Due, FailedMail, Item, Overdue, Standing
from autoack.core.message import Kind
from autoack.core.nights import night_of
from autoack.core.orders import LINK
from autoack.core.policy import Calendar, DigestPlan, Mailbox, Person, Policy, Team
from autoack.core.returned import NO_REASON
from autoack.core.satisfaction import Average, Month, Rated, Satisfaction
from autoack.core.statistics import Day, Group, Period, response_times
from autoack.core.tokens import LASTS, token
from autoack.core.until import until
from autoack.core.waiting import Told, Waiting
from autoack.letters import digest as letters
from autoack.letters import digest_rows as rows
from autoack.letters.digest_words import LANGUAGES, language_for, words_in
from tests.letters import nights

ZAGREB = ZoneInfo("Europe/Zagreb")
HOUR = timedelta(hours=1)
NIGHT = night_of(DigestPlan(time(21), ("vera",)), ZAGREB, date(2026, 11, 21))
NOW = NIGHT.moment
MAILBOX = Mailbox(
    id="support",
    address="podrska@primjer.example",
    from_name="Primjer podrška",
    team=Team("front", ("ana",), "ana", "ana"),
    policy=Policy("standard", Calendar("always", ZAGREB, always=True)),
    languages=("hr",),
)


def thread(ref: str = "AA-7K2M-Q9XD", **changes: object) -> Waiting:
    since = NOW - 30 * HOUR
    made = Waiting(
        ref=ref,
        mailbox="support",
        subject="Reklamacija pošiljke",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        assignee="ana",
        waiting_since=since,
        promised_at=since + 24 * HOUR,
        resolve_at=since + 72 * HOUR,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def item(of: Waiting, **changes: object) -> Item:
    made = Item(of, waited=30 * HOUR, assignee="Ana Kovač", mailbox=MAILBOX)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def late(number: int = 1, **changes: object) -> tuple[Overdue, ...]:
    return tuple(
        Overdue(item(thread(f"AA-0000-{n:04}", **changes)), NOW - 6 * HOUR, past_resolve=False)
        for n in range(number)
    )


def coming(number: int = 1) -> tuple[Due, ...]:
    return tuple(
        Due(item(thread(f"AA-1111-{n:04}"), assignee=None), NOW + 9 * HOUR, resolve=False)
        for n in range(number)
    )


def week(*seconds: int) -> Period:
    return Period(response_times(seconds), response_times([n // 2 for n in seconds]))


def bars(*answered: tuple[int, int]) -> tuple[Day, ...]:
    """Fourteen days that end with these, (answered, late) each."""
    counts = [(0, 0)] * (14 - len(answered)) + list(answered)
    return tuple(
        Day(NIGHT.date - timedelta(days=13 - n), of_day, late) for n, (of_day, late) in enumerate(counts)
    )


def night(language: str = "hr", **changes: object) -> Digest:
    made = Digest(
        night=NIGHT,
        as_of=NOW,
        organisation="Primjer d.o.o.",
        zone=ZAGREB,
        person=Person("vera", "Vera Jurić", "vera@primjer.example", language=language),
        overdue=(),
        due=(),
        trend=bars(),
        week=week(),
        week_before=week(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def letter(digest: Digest, *, attach: bool = True) -> letters.DigestLetter:
    return letters.compose(digest, MAILBOX, "<autoack.1@primjer.example>", NOW, attach=attach, secret="5f0e")


def parsed(made: letters.DigestLetter) -> EmailMessage:
    mail = message_from_bytes(made.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def seen(made: letters.DigestLetter) -> str:
    """What a mail client shows of the HTML."""
    body = LexborHTMLParser(made.html).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


class TestSentence:
    """The first sentence says how the day was."""

    @pytest.mark.parametrize(
        ("language", "overdue", "answered", "sentence"),
        [
            ("hr", 0, 0, "Ništa ne kasni; od prethodnog pregleda nije bilo odgovora."),
            ("hr", 0, 1, "Ništa ne kasni; od prethodnog pregleda odgovoreno je na 1 upit."),
            ("hr", 1, 2, "Kasni odgovor na 1 upit (najduže čekanje: 30 sati); od prethodnog pregleda odgovoreno je na 2 upita."),  # noqa: E501  # one sentence, as people read it
            ("hr", 21, 21, "Kasni odgovor na 21 upit (najduže čekanje: 30 sati); od prethodnog pregleda odgovoreno je na 21 upit."),  # noqa: E501
            ("hr", 12, 5, "Kasne odgovori na 12 upita (najduže čekanje: 30 sati); od prethodnog pregleda odgovoreno je na 5 upita."),  # noqa: E501
            ("sr-Cyrl", 2, 1, "Касне одговори на 2 упита (најдуже чекање: 30 сати); од претходног прегледа одговорено је на 1 упит."),  # noqa: E501
            ("sr-Latn", 2, 1, "Kasne odgovori na 2 upita (najduže čekanje: 30 sati); od prethodnog pregleda odgovoreno je na 1 upit."),  # noqa: E501
            ("hu", 3, 4, "3 megkeresésre késik a válasz (a leghosszabb várakozás: 30 óra); az előző összesítő óta 4 megkeresésre válaszoltunk."),  # noqa: E501
            ("hu", 0, 0, "Egyetlen válasz sem késik; az előző összesítő óta nem született válasz."),
            ("en", 1, 1, "1 answer is overdue (longest wait: 30 hours); 1 customer has been answered since the previous digest."),  # noqa: E501
            ("en", 2, 0, "2 answers are overdue (longest wait: 30 hours); no customer has been answered since the previous digest."),  # noqa: E501
        ],
    )  # fmt: skip
    def test_in_each_language_and_number(
        self, language: str, overdue: int, answered: int, sentence: str
    ) -> None:
        made = letter(night(language, overdue=late(overdue), trend=bars((answered, 0))))
        assert made.text.splitlines()[3] == sentence
        assert sentence in seen(made)


class TestSubject:
    """Worded by us: the telling words first, at most 60 characters."""

    @pytest.mark.parametrize(
        ("language", "overdue", "subject"),
        [
            ("hr", 3, "Kasni: 3, rok do sutra: 5 (21. studenoga)"),
            ("hr", 0, "Ništa ne kasni, rok do sutra: 5 (21. studenoga)"),
            ("sr-Latn", 3, "Kasni: 3, rok do sutra: 5 (21. novembra)"),
            ("sr-Cyrl", 3, "Касни: 3, рок до сутра: 5 (21. новембра)"),
            ("hu", 3, "Késik: 3, holnapig esedékes: 5 (november 21.)"),
            ("en", 3, "Overdue: 3, due by tomorrow: 5 (21 November)"),
        ],
    )
    def test_in_each_language(self, language: str, overdue: int, subject: str) -> None:
        made = letter(night(language, overdue=late(overdue), due=coming(5)))
        assert made.subject == subject == parsed(made)["Subject"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_stays_short_on_the_worst_of_days(self, language: str) -> None:
        words = words_in(language)
        for month in range(1, 13):
            day = words.day(date(2026, month, 28))
            for form in ("subject.late", "subject.calm"):
                assert len(words(form, overdue=999, due=999, day=day)) <= 60


class TestLists:
    """What is late, what falls due."""

    def test_a_row_tells_matter_customer_person_reference_and_times(self) -> None:
        made = letter(night(overdue=late()))
        for shown in (made.text, seen(made)):
            for words in (
                "Reklamacija pošiljke",
                "Ivan Horvat · Ana Kovač · AA-0000-0000",
                "čekanje: 30 sati · rok: sub 21. 11. u 15:00",
            ):
                assert words in shown

    def test_a_thread_past_the_time_to_resolve_says_so_in_words_not_in_colour_alone(self) -> None:
        (one,) = late()
        assert "prošao je i rok za rješenje" not in seen(letter(night(overdue=(one,))))
        assert "prošao je i rok za rješenje" in seen(
            letter(night(overdue=(replace(one, past_resolve=True),)))
        )

    def test_nothing_overdue_is_one_line(self) -> None:
        made = letter(night())
        assert made.text.count("Ništa ne kasni.") == seen(made).count("Ništa ne kasni.") == 1
        assert "Kasni (0)" not in seen(made)

    def test_without_name_the_address_without_subject_and_assignee_words_stand_for_them(self) -> None:
        bare = thread(customer_name=None, subject=" \r\n ")
        made = letter(night(overdue=(Overdue(item(bare, assignee=None), NOW, past_resolve=False),)))
        assert "(bez predmeta)" in made.text
        assert "ivan@kupac.example · nije dodijeljeno" in made.text

    def test_a_thread_of_high_priority_says_so(self) -> None:
        made = letter(night(overdue=late(priority="high")))
        assert "visok prioritet" in made.text
        assert "visok prioritet" in seen(made)

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            (None, "podsjetnik još nije poslan"),
            (Told("remind", NOW - HOUR, ("Ana Kovač",)), "podsjetnik sub 21. 11. u 20:00: Ana Kovač"),
            (Told("escalate", NOW, ("A", "B", "C", "D", "E")), "upozorenje sub 21. 11. u 21:00: A, B, C +2"),
            (Told("notify", NOW, ("A",)), "obavijest sub 21. 11. u 21:00: A"),
        ],
    )
    def test_a_row_tells_what_was_done_last_and_whom_it_told(self, told: Told | None, words: str) -> None:
        made = letter(night(overdue=(Overdue(item(thread(), told=told), NOW, past_resolve=False),)))
        assert words in made.text
        assert words in seen(made)

    def test_each_overdue_thread_has_links_that_write_a_command_to_its_mailbox(self) -> None:
        made = letter(night("en", overdue=late()))
        links = {a.text(): a.attributes["href"] for a in LexborHTMLParser(made.html).css("a")}
        signed = token("5f0e", "AA-0000-0000", "vera", LINK, NOW + LASTS)

        def link(command: str, body: str) -> str:
            about = f"mailto:podrska@primjer.example?subject={command}%20%5BAA-0000-0000.{signed}%5D"
            return f"{about}&body={body}"

        assert links == {
            "Close": link("close", "close%0D%0A"),
            "Snooze 1 day": link("snooze%201d", "snooze%201d%0D%0A"),
            "Assign…": link("assign", "assign%20%0D%0A%0D%0Aana"),
        }
        assert "To act, reply to this email" in made.text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_links_write_commands_of_the_readers_language_that_are_understood(
        self, language: str
    ) -> None:
        made = letter(night(language, overdue=late()))
        found = [a.attributes["href"] or "" for a in LexborHTMLParser(made.html).css("a")]
        written = [parse_qs(urlsplit(link).query)["body"][0].splitlines()[0] for link in found]
        close, snooze, assign = written
        said = [command_in(line) for line in (close, snooze, f"{assign}ana")]
        assert [command and command.verb for command in said] == [Verb.CLOSE, Verb.SNOOZE, Verb.ASSIGN]
        assert (close == "close") is (language == "en")
        assert said[1] is not None
        assert until(said[1].argument, ZAGREB, NOW) == NOW + 24 * HOUR

    def test_a_thread_whose_mailbox_is_no_more_has_none(self) -> None:
        made = letter(night("en", overdue=(Overdue(item(thread(), mailbox=None), NOW, past_resolve=False),)))
        assert "mailto:" not in made.html
        assert "To act" not in made.text

    def test_a_long_list_is_cut_and_says_where_the_rest_is(self) -> None:
        digest = night(overdue=late(500), due=coming(60))
        made = letter(digest)
        assert LexborHTMLParser(made.html).body.text().count("AA-0000-") == rows.SHOWN  # type: ignore[union-attr]  # it has one
        assert made.text.count("AA-0000-") == rows.SHOWN
        assert made.text.count("AA-1111-") == rows.DUE_SHOWN
        assert "Kasni (500)" in seen(made)
        assert "Još 480 upita: u priloženoj tablici" in seen(made)
        assert "Još 50 upita: u priloženoj tablici" in seen(made)
        assert "Još 480 upita: autoack threads" in seen(letter(digest, attach=False))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_five_hundred_overdue_stay_a_mail_of_sixty_kilobytes(self, language: str) -> None:
        assert len(nights.letter(nights.night(500, language)).html.encode()) < 60_000

    def test_it_never_grows_so_large_that_clients_cut_it(self) -> None:
        subject, name = "Упит о испоруци " * 20, "Константин " * 20
        digest = nights.night(500, "sr-Cyrl")
        worst = tuple(
            replace(
                o, item=replace(o.item, thread=replace(o.item.thread, subject=subject, customer_name=name))
            )
            for o in digest.overdue
        )
        reasons = tuple(("customer", f"reason-{n}", n) for n in range(40))
        made = nights.letter(replace(digest, overdue=worst, not_answered=reasons))
        assert len(made.html.encode()) < 102_000


class TestFigures:
    """How fast, and what happened to the mail."""

    def test_how_fast_first_answers_came_against_the_week_before(self) -> None:
        made = letter(
            night("en", week=week(3600, 7200, 100_000, 400_000), week_before=week(1800, 90_000)),
        )
        for line in (
            "First answers: 4 (week before: 2)",
            "Median, opening hours: 7\u00a0h 26\u00a0min (week before: 6\u00a0h 22\u00a0min)",
            "90th percentile, opening hours: 2\u00a0d 7\u00a0h (week before: 12\u00a0h 30\u00a0min)",
            "Median, round the clock: 14\u00a0h 53\u00a0min (week before: 12\u00a0h 45\u00a0min)",
            "90th percentile, round the clock: 4\u00a0d 15\u00a0h (week before: 25\u00a0h)",
            "First answers within 24 hours: 50% (week before: 50%)",
            "Within 3 days: 75% (week before: 100%)",
        ):
            assert line in made.text
        assert "Median, opening hours 7 h 26 min 6 h 22 min" in seen(made)

    def test_without_any_first_answer_one_line_says_so(self) -> None:
        made = letter(night("en"))
        assert "There were no first answers in the last 14 days." in made.text
        assert "Median, opening hours" not in made.text

    @pytest.mark.parametrize(
        ("now", "before", "words"),
        [
            (
                [3600],
                [100_000],
                "▲ Yes. First answers within 24 hours: 100% (week before: 0%); median: 1 h (27 h 46 min).",
            ),
            (
                [100_000],
                [3600],
                "▼ No. First answers within 24 hours: 0% (week before: 100%); median: 27 h 46 min (1 h).",
            ),
            (
                [3600],
                [3600],
                "As before. First answers within 24 hours: 100% (week before: 100%); median: 1 h (1 h).",
            ),
            (
                [3600],
                [],
                "First answers within 24 hours: 100%; median: 1 h. There is no week before to compare with.",
            ),
            ([], [3600], "There were no first answers in the last 7 days."),
        ],
    )
    def test_whether_it_gets_better_is_said_in_a_sentence(
        self, now: list[int], before: list[int], words: str
    ) -> None:
        made = letter(night("en", week=week(*now), week_before=week(*before)))
        assert words in seen(made)
        assert words.removeprefix("▲ ").removeprefix("▼ ") in made.text.replace("\u00a0", " ")

    def test_a_fortnight_is_drawn_as_bars_of_table_cells(self) -> None:
        made = letter(night(trend=bars((10, 0), (0, 0), (20, 5))))
        cells = LexborHTMLParser(made.html).css("td[bgcolor]")
        heights = [int(c.attributes["height"]) for c in cells if c.attributes.get("height")]  # type: ignore[arg-type]  # it has one
        assert heights == [22, 11, 33]  # of thursday; of saturday the late ones, and the others
        days = [c.text(separator=" ") for c in LexborHTMLParser(made.html).css("td.bar")][14:]
        assert (len(days), days[-1], days[0]) == (14, "sub 21", "ned 8")

    def test_in_plain_text_they_are_drawn_with_characters_and_weekends_marked(self) -> None:
        lines = letter(night(trend=bars((10, 0), (0, 0), (20, 5)))).text.splitlines()
        at = next(n for n, line in enumerate(lines) if line.startswith("čet 19."))
        assert lines[at] == "čet 19. | ████████████ 10"
        assert lines[at + 1].rstrip() == "pet 20. |"
        assert lines[at + 2] == "sub 21. : ██████████████████▒▒▒▒▒▒ 20 (5)"

    def test_who_needs_help_is_told_by_name_and_by_team_where_there_are_several(self) -> None:
        groups = (Group("front", 3, response_times([])), Group("back", 1, response_times([])))
        counted: tuple[tuple[str | None, int], ...] = ((None, 3), ("Ana Kovač", 1))
        assert (
            "Who needs help?\nnobody assigned:\u00a03 · Ana Kovač:\u00a01\n"
            in letter(night("en", helpless=counted, by_team=groups[:1])).text
        )
        assert "· by team: front: 3 · back: 1" in seen(letter(night("en", helpless=counted, by_team=groups)))
        assert "Who needs help? Nobody." in seen(letter(night("en")))

    def test_of_many_who_need_help_the_first_are_named_and_the_rest_counted(self) -> None:
        many = tuple((f"P{n}", 9 - n) for n in range(6))
        assert "P3: 6 · …: 9" in seen(letter(night("en", helpless=many)))

    def test_mailboxes_teams_and_categories_have_a_row_each(self) -> None:
        made = letter(
            night(
                "en",
                mailboxes=(Group("support", 2, response_times([3600, 100_000])),),
                by_team=(Group("front", 0, response_times([])),),
                categories=(Group("complaint", 1, response_times([60])),),
            )
        )
        for row in (
            "Mailbox Overdue Answered 24 h Median support 2 2 50% 14 h 23 min",
            "Team Overdue Answered 24 h Median front 0 0 – –",
            "Category Overdue Answered 24 h Median complaints 1 1 100% 1 min",
        ):
            assert row in seen(made)
        assert "   support: Overdue 2, Answered 2, 24 h 50%, Median 14\u00a0h 23\u00a0min\n" in made.text

    def test_a_leads_digest_says_which_teams_it_is_about(self) -> None:
        assert letter(night(teams=("front",))).text.startswith("Primjer d.o.o. · tim front · ")
        assert letter(night("hu", teams=("a", "b"))).text.startswith("Primjer d.o.o. · a, b csoport · ")

    def test_addresses_that_take_no_mail_are_named_with_the_servers_word(self) -> None:
        made = letter(night("en", bounced=(Bounced("stara@kupac.example", "550 5.1.1\r\nno such user"),)))
        for shown in (made.text, seen(made)):
            assert "Addresses that take no mail" in shown
            assert "stara@kupac.example: technical message: “550 5.1.1 no such user”" in shown

    def test_mails_without_a_receipt_are_told_by_reason_a_new_reason_by_its_kind(self) -> None:
        counts = (
            ("list", "list-id", 4),
            ("robot", "noreply", 2),
            ("list", "precedence", 1),
            ("customer", "limit", 3),
        )
        made = letter(night("en", not_answered=counts, receipts=7))
        lines = made.text.splitlines()
        at = lines.index("Messages without a receipt: 10")
        assert lines[at - 1] == "Receipts sent: 7"
        assert [line.strip() for line in lines[at + 1 : at + 4]] == [
            "newsletters and mailing lists: 5",
            "too many from the same sender: 3",
            "automatic notices: 2",
        ]

    def test_what_could_not_be_sent_is_named(self) -> None:
        failed = FailedMail("receipt", "nitko@kupac.example", "550 5.1.1 User unknown")
        made = letter(night("hr", failed=(failed,), standing=Standing(2, 3, 4)))
        for line in (
            "Neuspjelo slanje: 1",
            "potvrda primitka, nitko@kupac.example: tehnička poruka: „550 5.1.1 User unknown”",
            "Čeka ponovni pokušaj slanja: 2",
            "Zadržano dok je slanje zaustavljeno: 3",
            "U karanteni: 4",
        ):
            assert line in made.text
            label, _, value = line.rpartition(": ")
            assert label in seen(made)
            assert value in seen(made)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("error", "servers"),
        [
            (f"{TOO_LATE_AFTER}451 4.3.2 try later", "451 4.3.2 try later"),
            (UNSENT_IN_TIME, ""),
            (TOO_LATE, ""),
            (PROMISE_PASSED, ""),
            ("gave up after 3 days: SMTP mail.example:25: timed out", "SMTP mail.example:25: timed out"),
            (DRY_RUN, ""),
        ],
    )
    def test_our_own_reasons_are_said_in_the_readers_language_and_a_servers_are_quoted(
        self, language: str, error: str, servers: str
    ) -> None:
        failed = FailedMail("receipt", "nitko@kupac.example", error)
        (said,) = (
            one for one in letter(night(language, failed=(failed,))).text.splitlines() if "nitko@" in one
        )
        quoted = re.findall("[„“](.+)[”“]$", said)
        assert quoted == ([servers] if servers else [])
        ours = said.partition(": ")[2].replace(servers or "\0", "")
        assert len(ours.split()) >= 3
        if language != "en":
            assert not re.search(r"\b(?:too|late|gave|after|days|dry|run|sent)\b", ours)

    def test_an_address_that_came_back_without_a_reason_stands_alone(self) -> None:
        made = letter(night("hr", bounced=(Bounced("stara@kupac.example", NO_REASON),)))
        assert any(line.strip() == "stara@kupac.example" for line in made.text.splitlines())

    def test_what_did_not_happen_is_not_mentioned(self) -> None:
        text = letter(night("en")).text
        assert not [
            word for word in ("not be sent", "tried again", "Held back", "quarantine") if word in text
        ]


class TestStrangersWords:
    """What customers wrote is shown, never obeyed."""

    def test_markup_in_a_subject_is_shown_as_it_was_written(self) -> None:
        made = letter(night(overdue=late(subject="<img src=x onerror=alert(1)> & <b>{{ d }}</b>")))
        assert "<img" not in made.html
        assert "<img src=x onerror=alert(1)> & <b>{{ d }}</b>" in seen(made)

    def test_line_breaks_and_turned_text_cannot_forge_a_row(self) -> None:
        made = letter(
            night(overdue=late(subject="Račun\r\n\u202e2. Lažni\u2028redak\x00", customer_name="A\nB"))
        )
        assert "1. Račun 2. Lažni redak\n" in made.text
        assert "A B · " in made.text

    @pytest.mark.parametrize("subject", ["=1+1", "+385 1", "-1", "@SUM(A1)", "\t=1+1", " \r\n=1+1"])
    def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(self, subject: str) -> None:
        (_, row) = table(letter(night(overdue=late(subject=subject))), ";")
        assert row[6] == "'" + " ".join(subject.split())

    def test_an_address_cannot_leave_its_link(self) -> None:
        odd = replace(MAILBOX, address='a"&body=x <b>@primjer.example')
        overdue = (Overdue(item(thread(), mailbox=odd), NOW, past_resolve=False),)
        (link, *_) = LexborHTMLParser(letter(night("en", overdue=overdue)).html).css("a")
        href = link.attributes["href"] or ""
        assert href.startswith(
            "mailto:a%22%26body%3Dx%20%3Cb%3E@primjer.example?subject=close%20%5BAA-7K2M-Q9XD."
        )
        assert href.endswith("%5D&body=close%0D%0A")


def table(made: letters.DigestLetter, separator: str) -> list[list[str]]:
    assert made.csv is not None
    return list(csv.reader(io.StringIO(made.csv.decode("utf-8-sig")), delimiter=separator))


class TestVoices:
    """What customers say: averages, the ratings of the day with their words, complaints and praise by month."""

    RATED = Rated(
        NOW,
        "AA-7777-0001",
        "support",
        "Račun <b>",
        "Ivan Horvat",
        "ivan@kupac.example",
        2,
        "Sporo.\n<script>",
    )
    SAID = Satisfaction(
        rated=(RATED,),
        day=Average(1, 2.0),
        week=Average(12, 4.26),
        week_before=Average(),
        months=(Month(date(2026, 11, 1), 4, 9), Month(date(2026, 10, 1), 0, 1)),
    )

    @pytest.mark.parametrize(
        ("language", "ratings", "average", "month"),
        [
            (
                "hr",
                "Ocjene: 1 (7 dana: 12",
                "Prosjek: 2,0 (7 dana: 4,3",
                "studeni 2026.: Pritužbe 4, Pohvale 9",
            ),
            (
                "sr-Latn",
                "Ocene: 1 (7 dana: 12",
                "Prosek: 2,0 (7 dana: 4,3",
                "novembar 2026.: Žalbe 4, Pohvale 9",
            ),
            (
                "sr-Cyrl",
                "Оцене: 1 (7 дана: 12",
                "Просек: 2,0 (7 дана: 4,3",
                "новембар 2026.: Жалбе 4, Похвале 9",
            ),
            ("hu", "Értékelések: 1 (", "Átlag: 2,0 (", "2026. november: Panaszok 4, Dicséretek 9"),
            (
                "en",
                "Ratings: 1 (7 days: 12",
                "Average: 2.0 (7 days: 4.3",
                "November 2026: Complaints 4, Praise 9",
            ),
        ],
    )
    def test_it_is_said_in_the_readers_language(
        self, language: str, ratings: str, average: str, month: str
    ) -> None:
        made = letter(night(language, satisfaction=self.SAID))
        for words in (ratings, average, month, "★★☆☆☆ Račun <b>", "> Sporo. <script>"):
            assert words in made.text
        shown = seen(made)
        assert "★★☆☆☆ Račun <b> Ivan Horvat · AA-7777-0001 Sporo. <script>" in shown
        assert "<script>" not in made.html

    def test_where_nobody_said_anything_there_is_no_such_section(self) -> None:
        assert "Što kažu korisnici" not in letter(night()).text

    def test_words_that_retention_has_forgotten_are_left_out(self) -> None:
        said = replace(self.SAID, rated=(replace(self.RATED, words=""),))
        assert ">" not in letter(night(satisfaction=said)).text.partition("★★☆☆☆ Račun <b>")[2]

    def test_of_many_ratings_the_lowest_are_shown_and_the_table_has_all(self) -> None:
        many = tuple(replace(self.RATED, ref=f"AA-7777-{n:04}", subject="Račun") for n in range(13))
        made = letter(night(satisfaction=replace(self.SAID, rated=many)))
        assert made.text.count("★★☆☆☆") == 10
        assert "Još 3 ocjene u priloženoj tablici" in made.text
        assert len(table(made, ";")) == 1 + 13

    def test_a_rating_in_the_table_has_stars_and_words_and_no_formula(self) -> None:
        said = replace(self.SAID, rated=(replace(self.RATED, words="=1+1"),))
        (_, row) = table(letter(night("en", satisfaction=said)), ";")
        assert row == [
            "rating", "AA-7777-0001", "support", "", "", "", "Račun <b>", "Ivan Horvat", "ivan@kupac.example",
            *[""] * 8, "2", "'=1+1",
        ]  # fmt: skip


class TestTable:
    """The attachment opens in a spreadsheet as it is."""

    @pytest.mark.parametrize("language", ["hr", "sr-Latn", "sr-Cyrl", "hu", "en"])
    def test_its_separator_is_the_countrys_and_all_threads_are_in_it(self, language: str) -> None:
        """Who reads English in Zagreb has a Croatian spreadsheet."""
        rows = table(letter(night(language, overdue=late(60), due=coming(70))), ";")
        assert len(rows) == 1 + 60 + 70
        assert {len(row) for row in rows} == {19}

    def test_it_is_utf_8_with_the_mark_that_spreadsheets_look_for(self) -> None:
        made = letter(night(overdue=late()))
        assert made.csv is not None
        assert made.csv.startswith(b"\xef\xbb\xbf")
        assert made.csv.endswith(b"\r\n")

    def test_a_row_holds_the_facts_with_local_times(self) -> None:
        of = thread("AA-0000-0000", subject='"Quoted", and; more', priority="high", category="complaint")
        told = Told("escalate", NOW - HOUR, ("Marko Babić", "Vera Jurić"))
        one = Overdue(item(of, told=told, waited=30.46 * HOUR), NOW - 6 * HOUR, past_resolve=False)
        (_, row) = table(letter(night("en", overdue=(one,))), ";")
        assert row == [
            "overdue", "AA-0000-0000", "support", "front", "high", "complaints", '"Quoted", and; more',
            "Ivan Horvat", "ivan@kupac.example", "Ana Kovač", "2026-11-20 15:00", "30,5", "2026-11-21 15:00",
            "2026-11-23 15:00", "escalation", "2026-11-21 20:00", "Marko Babić, Vera Jurić",
            "", "",
        ]  # fmt: skip

    @pytest.mark.parametrize("language", ["hr", "sr-Latn", "sr-Cyrl", "hu", "en"])
    def test_its_decimal_sign_is_the_countrys_too(self, language: str) -> None:
        (_, row) = table(letter(night(language, overdue=late())), ";")
        assert row[11] == "30,0"

    @pytest.mark.parametrize("zone", ["Europe/London", "Europe/Dublin", "America/New_York", "UTC"])
    def test_where_numbers_have_a_point_lists_have_commas(self, zone: str) -> None:
        (_, row) = table(letter(replace(night("en", overdue=late()), zone=ZoneInfo(zone))), ",")
        assert row[11] == "30.0"

    @pytest.mark.parametrize("language", ["hr", "en"])
    @pytest.mark.parametrize(
        ("words", "cell"),
        [
            ("=1+1", "'=1+1"),
            ("+385 91 111", "'+385 91 111"),
            ("-2+3", "'-2+3"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1+1", "'=1+1"),
            ("\u202e=1+1", "'=1+1"),
            ("＝1+1", "'＝1+1"),
            ('"=1+1"', '\'"=1+1"'),
            ("Račun;=1+1", "Račun;'=1+1"),
            ("Račun, =1+1", "Račun,' =1+1"),
            ('x";"=1+1', 'x";\'"=1+1'),
            ("a=b, c-d; e@f", "a=b, c-d; e@f"),
        ],
    )
    def test_no_word_of_a_stranger_is_a_formula(self, language: str, words: str, cell: str) -> None:
        """Not even where a spreadsheet of another country takes the other separator for one."""
        of = thread(subject=words, customer_name=words, customer_address="=1+1@kupac.example")
        made = letter(night(language, overdue=(Overdue(item(of), NOW, past_resolve=False),)))
        (_, row) = table(made, ";")
        assert (row[6], row[7], row[8]) == (cell, cell, "'=1+1@kupac.example")
        assert len(row) == 19

    def test_it_comes_as_an_attachment_named_by_the_night_or_not_at_all(self) -> None:
        made = letter(night(overdue=late()))
        (attached,) = parsed(made).iter_attachments()
        assert attached.get_filename() == "autoack-2026-11-21.csv"
        assert attached.get_content_type() == "text/csv"
        assert attached.get_payload(decode=True) == made.csv
        bare = letter(night(overdue=late()), attach=False)
        assert bare.csv is None
        assert list(parsed(bare).iter_attachments()) == []
        assert "tablici" not in bare.text


class TestMail:
    """The mail as it goes over the wire."""

    def test_its_headers_mark_it_as_ours_and_automatic(self) -> None:
        mail = parsed(letter(night("sr-Latn")))
        assert {name: mail[name] for name in HEADERS} == HEADERS
        assert mail["Date"].datetime == NOW

    def test_its_lines_fit_the_wire_and_end_in_crlf(self) -> None:
        raw = letter(night("sr-Cyrl", overdue=late(60, subject="Рекламација " * 30))).raw
        lines = raw.split(b"\r\n")
        assert max(map(len, lines)) <= 998
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert raw.isascii()

    def test_text_and_html_are_alternatives_and_the_bytes_hold_what_the_letter_says(self) -> None:
        made = letter(night(overdue=late()))
        mail = parsed(made)
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert html is not None
        assert text.get_content().splitlines() == made.text.splitlines()
        assert html.get_content().splitlines() == made.html.splitlines()

    def test_nothing_is_fetched_from_elsewhere(self) -> None:
        html = letter(night(overdue=late(), due=coming())).html
        assert not [word for word in ("http:", "https:", "src=", "url(", "<script", "<link") if word in html]

    def test_a_domain_in_its_own_script_is_written_as_the_wire_wants_it(self) -> None:
        person = Person("vera", "Vera", "vera@šuma.example", language="hr")
        made = letter(night(person=person))
        assert parsed(made)["To"].addresses[0].addr_spec == made.to == "vera@xn--uma-zza.example"


HEADERS = {
    "From": "Primjer podrška <podrska@primjer.example>",
    "To": "Vera Jurić <vera@primjer.example>",
    "Message-ID": "<autoack.1@primjer.example>",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "X-Autoack": "digest; kind=digest",
    "Content-Language": "sr-Latn",
}


class TestLanguages:
    """Every language says everything, in its own script."""

    @staticmethod
    def keys(words: object, path: str = "") -> set[str]:
        if not isinstance(words, dict):
            return {path}
        plural = "other" in words
        return {
            k for name, w in words.items() for k in TestLanguages.keys(w, f"{path}.{'n' if plural else name}")
        }

    @pytest.mark.parametrize("language", ["hr", "sr", "hu"])
    def test_they_have_the_same_words(self, language: str) -> None:
        loaded = {
            name: yaml.safe_load(
                files("autoack.letters").joinpath(f"templates/digest.{name}.yaml").read_text("utf-8")
            )
            for name in (language, "en")
        }
        assert self.keys(loaded[language]) == self.keys(loaded["en"])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_kind_of_mail_has_a_name(self, language: str) -> None:
        words = words_in(language)
        assert all(words.label("kinds", kind) for kind in Kind if kind not in (Kind.TEAM, Kind.OWN))
        assert all(words.label("letters", kind) for kind in MailKind)

    def test_serbian_in_cyrillic_has_no_latin_words_of_ours(self) -> None:
        bare = thread("", customer_name="Јелена Петровић", subject="Рачун")
        of = item(bare, assignee=None, mailbox=None, told=Told("remind", NOW, ("Ана",)))
        one = Overdue(of, NOW, past_resolve=True)
        groups = (Group("complaint", 1, response_times([100_000])),)
        digest = night(
            "sr-Cyrl",
            overdue=(one,),
            organisation="Пример",
            trend=bars((3, 1)),
            week=week(60, 7200, 400_000),
            week_before=week(60),
            categories=groups,
            helpless=((None, 1),),
            teams=("лево", "десно"),
            bounced=(Bounced("", ""),),
            standing=Standing(deferred=1),
        )
        text = letter(digest).text
        assert not [c for c in text if c.isalpha() and not "\u0400" <= c <= "\u04ff"]

    @pytest.mark.parametrize(
        ("tag", "language"),
        [
            ("hr", "hr"),
            ("sr", "sr-Cyrl"),
            ("sr-Latn", "sr-Latn"),
            ("bs", "hr"),
            ("hu-HU", "hu"),
            ("de", "en"),
        ],
    )
    def test_who_reads_another_language_gets_the_nearest(self, tag: str, language: str) -> None:
        assert language_for(tag) == language

    @pytest.mark.parametrize(
        ("language", "hours", "length"),
        [
            ("hr", 1, "1 sat"),
            ("hr", 2.5, "2 sata i 30 minuta"),
            ("hr", 24 * 5, "5 dana"),
            ("hr", 0.001, "1 minuta"),
            ("sr-Latn", 49, "2 dana i 1 sat"),
            ("sr-Cyrl", 0.35, "21 минут"),
            ("hu", 25, "25 óra"),
            ("en", 23.99, "23 hours 59 minutes"),  # not a day
            # A day and a little is more than 24 hours, as the share beside it says.
            ("hr", 24 + 35 / 60, "24 sata i 35 minuta"),
            ("sr-Latn", 24 + 35 / 60, "24 sata i 35 minuta"),
            ("sr-Cyrl", 24 + 35 / 60, "24 сата и 35 минута"),
            ("hu", 24 + 35 / 60, "24 óra 35 perc"),
            ("en", 24 + 35 / 60, "24 hours 35 minutes"),
            ("en", 48, "2 days"),
            ("en", 72 + 35 / 60, "3 days 35 minutes"),
        ],
    )
    def test_lengths_of_time_are_said_in_two_units(self, language: str, hours: float, length: str) -> None:
        assert words_in(language).length(hours * 3600) == length

    @pytest.mark.parametrize(
        ("language", "hours", "length"),
        [
            ("hr", 0, "0 min"),
            ("hr", 2.5, "2 h 30 min"),
            ("sr-Latn", 47.99, "47 h 59 min"),
            ("sr-Cyrl", 51.5, "2 д 3 ч"),
            ("hu", 26, "26 ó"),
            ("hu", 50, "2 nap 2 ó"),
            ("en", 48, "2 d"),
        ],
    )
    def test_in_tables_they_are_short(self, language: str, hours: float, length: str) -> None:
        assert words_in(language).short(hours * 3600).replace("\u00a0", " ") == length

    @pytest.mark.parametrize(
        ("language", "full", "moment"),
        [
            ("hr", "subota, 21. studenoga 2026.", "ned 22. 11. u 09:05"),
            ("sr-Cyrl", "субота, 21. новембра 2026.", "нед 22. 11. у 09:05"),
            ("sr-Latn", "subota, 21. novembra 2026.", "ned 22. 11. u 09:05"),
            ("hu", "2026. november 21., szombat", "11. 22. (V) 09:05"),
            ("en", "Saturday, 21 November 2026", "Sun 22 Nov, 09:05"),
        ],
    )
    def test_dates_are_written_as_people_write_them(self, language: str, full: str, moment: str) -> None:
        words = words_in(language)
        assert words.full_date(date(2026, 11, 21)) == full
        assert words.moment(datetime(2026, 11, 22, 9, 5, tzinfo=ZAGREB), ZAGREB) == moment
