"""Commands in the first line of a reply, in four languages and both scripts of Serbian."""

import unicodedata

import pytest

from autoack.core.commands import Command, Verb, command_in

CLOSE, REOPEN, MINE = Command(Verb.CLOSE), Command(Verb.REOPEN), Command(Verb.MINE)
STRANGE = Command(Verb.NOT_CUSTOMER)


def _snooze(until: str) -> Command:
    return Command(Verb.SNOOZE, until)


def _assign(who: str) -> Command:
    return Command(Verb.ASSIGN, who)


def _note(words: str) -> Command:
    return Command(Verb.NOTE, words)


def _away(until: str) -> Command:
    return Command(Verb.AWAY, until)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        # English
        ("close", CLOSE),
        ("Done.", CLOSE),
        ("reopen", REOPEN),
        ("snooze 2d", _snooze("2d")),
        ("Snooze until Friday", _snooze("until Friday")),
        ("snooze: 2026-11-24 10:00", _snooze("2026-11-24 10:00")),
        ("assign ana", _assign("ana")),
        ("Assign to Ana Kovač.", _assign("Ana Kovač")),
        ("mine", MINE),
        ("not a customer", STRANGE),
        ("note called her, no answer", _note("called her, no answer")),
        ("away until 2026-12-01", _away("until 2026-12-01")),
        # Croatian
        ("zatvori", CLOSE),
        ("Riješeno!", CLOSE),
        ("otvori ponovno", REOPEN),
        ("odgodi 2d", _snooze("2d")),
        ("odgodi do petka", _snooze("do petka")),
        ("dodijeli ana", _assign("ana")),
        ("Dodijeli Ani", _assign("Ani")),
        ("moje", MINE),
        ("nije korisnik", STRANGE),
        ("bilješka: zvao sam ga", _note("zvao sam ga")),
        ("odsutna do 1.12.2026.", _away("do 1.12.2026.")),
        # Serbian, Latin
        ("gotovo", CLOSE),
        ("rešeno", CLOSE),
        ("ponovo otvori", REOPEN),
        ("odloži 2d", _snooze("2d")),
        ("odlozi za 3 dana", _snooze("za 3 dana")),
        ("dodeli ani", _assign("ani")),
        ("preuzimam", MINE),
        ("nije kupac", STRANGE),
        ("beleška zvala sam ga", _note("zvala sam ga")),
        ("odsutan do 1.12.", _away("do 1.12.")),
        # Serbian, Cyrillic
        ("Затвори", CLOSE),
        ("решено", CLOSE),
        ("поново отвори", REOPEN),
        ("одложи 2д", _snooze("2д")),
        ("одложи до петка", _snooze("до петка")),
        ("додели Ани", _assign("Ани")),
        ("моје", MINE),
        ("није купац", STRANGE),
        ("белешка: звао сам га", _note("звао сам га")),
        ("одсутан до 1.12.2026.", _away("до 1.12.2026.")),
        # Hungarian
        ("lezárás", CLOSE),
        ("Kész.", CLOSE),
        ("újranyitás", REOPEN),
        ("halaszt 2 nap", _snooze("2 nap")),
        ("halasztás péntekig", _snooze("péntekig")),
        ("halaszd 2026. 11. 24-ig", _snooze("2026. 11. 24-ig")),
        ("felelős: Anna", _assign("Anna")),
        ("enyém", MINE),
        ("nem ügyfél", STRANGE),
        ("megjegyzés: telefonáltam neki", _note("telefonáltam neki")),
        ("távol 2026-12-01-ig", _away("2026-12-01-ig")),
    ],
)
def test_a_command_in_the_first_line(line: str, command: Command) -> None:
    assert command_in(line) == command
    assert command_in(f"\n{line}\n\nAna Kovač\n") in (command, _note(f"{command.argument}\n\nAna Kovač"))
    assert command_in(line.upper()) is not None, "capitals"
    assert command_in(unicodedata.normalize("NFD", line)) == command, "letters in two pieces"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Ivan,\nclose",
        "close the account of this customer please",
        "Zatvorit ćemo Vaš račun u petak.",
        "Zatvori račun",
        "mine is broken",
        "Moje ime je Ana",
        "open the door",
        "note",
        "snooze",
        "assign",
        "assign the invoice number to the order of last week",
        "odgodi isporuku molim Vas lijepo",
        "Kész a rendelése, holnap visszük",
        "away",
        "Gotovo je, možete doći po robu.",
        "Nije korisnik kriv",
    ],
)
def test_sentences_are_no_commands(text: str) -> None:
    assert command_in(text) is None


def test_a_command_may_name_its_thread() -> None:
    assert command_in("close AA-7K3M-Q9TD") == Command(Verb.CLOSE, ref="AA-7K3M-Q9TD")
    assert command_in("snooze 2d aa-7k3m-q9td") == Command(Verb.SNOOZE, "2d", "AA-7K3M-Q9TD")
    assert command_in("close AA-7K3M-Q9TD AA-0000-0000") == CLOSE, "which of the two is not told"


def test_a_token_in_the_line_is_no_part_of_the_command() -> None:
    assert command_in("close [AA-7K3M-Q9TD.0123456789ABCDEFGHJKMN]") == CLOSE


def test_marks_of_mail_programs_are_no_part_of_the_command() -> None:
    assert command_in("*close*") == CLOSE
    assert command_in("“mine”") == MINE


def test_a_note_may_have_several_lines() -> None:
    assert command_in("note: called her\n\nno answer") == _note("called her\n\nno answer")


def test_a_mail_of_a_megabyte_is_read_in_a_moment() -> None:
    assert command_in("snooze " + "2d " * 300_000) is None
    assert len(command_in("note " + "x" * 1_000_000).argument) <= 2000  # type: ignore[union-attr]  # it is a note


CLOSES = [
    "close it", "close this", "please close", "Please close it.", "close the ticket, thanks", "Close, please!",
    "zatvori upit", "zatvori molim", "Zatvori, molim.", "Molim zatvori upit, hvala", "zatvorite upit", "zatvori ga",
    "zatvori predmet", "молим затвори", "затвори упит", "затворите, молим", "lezárni kérem", "kérem lezárni",
    "zárd le az ügyet", "kérem, zárja le", "az ügyet lezárni", "ezt zárd le, köszönöm",
]  # fmt: skip
REOPENS = [
    "reopen it please", "please reopen the thread", "ponovno otvori upit", "otvori upit ponovno", "otvori ga ponovo",
    "молим поново отвори упит", "nyisd újra az ügyet", "kérem, nyissa újra",
]  # fmt: skip
TAKES = [
    "I'll take it",
    "I’ll take it, thanks",
    "preuzimam upit",
    "preuzimam ga",
    "преузимам",
    "átveszem az ügyet",
]
SNOOZES = {
    "+3d": "3d",
    "+3 radna dana": "3 radna dana",
    "+ 2 dana": "2 dana",
    "+3 munkanap": "3 munkanap",
    "+3 радна дана": "3 радна дана",
    "snooze 3 working days": "3 working days",
    "snooze it until Friday, please": "until Friday",
    "please snooze until next Monday 9am": "until next Monday 9am",
    "snooze next week": "next week",
    "odgodi 3 radna dana": "3 radna dana",
    "molim odgodi do petka": "do petka",
    "odgodi upit do sutra u 9": "do sutra u 9",
    "odgodi petak 9h": "petak 9h",
    "odloži do idućeg ponedeljka ujutro, hvala": "do idućeg ponedeljka ujutro",
    "одложи за петак у 9": "за петак у 9",
    "halaszd holnap 9-kor": "holnap 9-kor",
    "halaszd el péntekig, kérem": "péntekig",
}


@pytest.mark.parametrize(
    ("lines", "verb"), [(CLOSES, Verb.CLOSE), (REOPENS, Verb.REOPEN), (TAKES, Verb.MINE)]
)
def test_courtesy_and_a_word_for_the_thread_may_stand_in_a_command(lines: list[str], verb: Verb) -> None:
    assert [line for line in lines if command_in(line) != Command(verb)] == []


@pytest.mark.parametrize(("line", "until"), SNOOZES.items())
def test_until_when_as_people_write_it(line: str, until: str) -> None:
    assert command_in(line) == _snooze(until)


def test_whom_with_courtesy_and_a_word_for_the_thread() -> None:
    for line in ("assign it to Ana please", "dodijeli upit Ana, molim", "dodeli Ana, hvala", "додели Ana"):
        assert command_in(line) == _assign("Ana"), line


@pytest.mark.parametrize(
    "text",
    [
        # hr
        "Zatvorite prozor, molim", "Zatvorite karticu i pokušajte ponovno", "Zatvori upit pa otvori novi",
        "petak je neradni dan", "Do petka.", "Za 3 dana", "Sutra u 9", "3 radna dana", "Petak 9h",
        "Gotovo, hvala", "Riješeno, hvala Vam!", "Otvorite račun", "Otvori ga", "Molim Vas zatvorite račun",
        "Molim Vas, pričekajte do petka", "+385 91 123 456", "+3 komada", "Uzimam 3 komada",
        "Preuzimam paket sutra",
        # sr
        "Затворите прозор, молим", "петак је нерадни дан", "За 3 дана", "У петак у 9", "Готово, хвала",
        "Zatvorite poklopac", "Hvala, zatvoreno nedeljom",
        # hu
        "Kérem, zárja le az ajtót", "A péntek munkaszüneti nap", "3 munkanap", "Péntekig", "Holnap 9-kor",
        "Kész, köszönöm", "Zárja le a fedelet, kérem", "Átveszem a csomagot",
        # en
        "Close the lid and try again", "Please close the window", "Close it and restart the app", "Friday is a holiday",
        "Next Monday", "Tomorrow 9am", "In 3 days", "Done, thanks!", "Open it, please", "I'll take it from here",
        "Take it", "Thanks, closed on Sundays", "Please note the shop is closed", "This is close", "Please",
        "Reopen the app and sign in", "9am",
    ],
)  # fmt: skip
def test_what_may_be_an_answer_to_a_customer_is_no_command(text: str) -> None:
    assert command_in(text) is None
    assert command_in(f"{text}\n\nLijep pozdrav") is None
