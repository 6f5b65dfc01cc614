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
