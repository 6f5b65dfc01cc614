"""The first line of a reply → the command that it is, or none: in Croatian, Serbian (both scripts), Hungarian, English.

A command is the whole line: `close`, `snooze 2d`, `assign ana`. A sentence that only begins like one is none.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from autoack.core.script import to_latin
from autoack.core.thread import tokens_in
from autoack.core.tokens import without_tokens
from autoack.core.words import fold

_LONGEST = 200  # characters of a line that may be a command
_MOST_NOTED = 2000  # characters of a note
_MOST_WORDS = 6  # of an argument; more is a sentence


class Verb(StrEnum):
    """What a person may ask for by mail."""

    CLOSE = "close"
    REOPEN = "reopen"
    SNOOZE = "snooze"  # argument: until when
    ASSIGN = "assign"  # argument: to whom
    MINE = "mine"
    NOT_CUSTOMER = "not a customer"
    NOTE = "note"  # argument: the words
    AWAY = "away"  # argument: until when; it is about no thread


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `argument` as it was written, `ref` where the line names a thread."""

    verb: Verb
    argument: str = ""
    ref: str | None = None

    def __str__(self) -> str:
        return f"{self.verb} {self.argument}".strip()


# As they are typed without our letters; Cyrillic is read as Latin.
_ALONE = {
    Verb.CLOSE: (
        "close", "closed", "done", "zatvori", "zatvoreno", "zatvoriti", "gotovo", "rijeseno", "reseno",
        "lezar", "lezaras", "lezarva", "lezarni", "lezarhato", "zard le", "kesz",
    ),
    Verb.REOPEN: (
        "reopen", "open", "otvori", "ponovno otvori", "ponovo otvori", "otvori ponovno", "otvori ponovo",
        "ujranyit", "ujranyitas", "ujranyitni", "nyisd ujra", "megnyit",
    ),
    Verb.MINE: (
        "mine", "moje", "moj", "moja", "preuzimam", "uzimam", "enyem", "az enyem", "atveszem", "en intezem",
    ),
    Verb.NOT_CUSTOMER: (
        "not a customer", "no customer", "ignore", "nije korisnik", "nije kupac", "nije klijent", "nije stranka",
        "nije musterija", "nem ugyfel", "nem vevo", "nem vasarlo",
    ),
}  # fmt: skip
# What stands between verb and argument says nothing more.
_WITH_TIME = {
    Verb.SNOOZE: (
        "snooze", "postpone", "odgodi", "odgoda", "odlozi", "odlaganje",
        "halaszt", "halaszd", "halasztas", "elhalaszt", "halaszd el",
    ),
    Verb.AWAY: (
        "away", "out of office", "odsutan", "odsutna", "odsutan sam", "odsutna sam", "nema me",
        "tavol", "tavol vagyok", "tavollet", "szabadsag", "szabadsagon vagyok", "nem vagyok",
    ),
}  # fmt: skip
_ASSIGN = ("assign", "dodijeli", "dodeli", "zaduzi", "kioszt", "kiosztas", "hozzarendel", "felelos")
_NOTE = (
    "note", "biljeska", "zabiljeska", "beleska", "zabeleska", "napomena", "jegyzet", "megjegyzes", "feljegyzes",
)  # fmt: skip

_BY_LINE = {line: verb for verb, lines in _ALONE.items() for line in lines}
_DECORATION = " \t\u00a0*_>\"'“”„‘’`"
_REF = re.compile(r"\[?\bAA-\w{4}-\w{4}\b\]?", re.IGNORECASE)


def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{longest_first})(?=[\s:]|$)\s*:?\s*")


_BEGINS_TIME = {verb: _beginning(words) for verb, words in _WITH_TIME.items()}
_BEGINS_ASSIGN, _BEGINS_NOTE = _beginning(_ASSIGN), _beginning(_NOTE)
_TO = re.compile(r"(?:to|na|for|za)\s+")


def command_in(text: str) -> Command | None:
    """The command that the writer's own words begin with; None where their first line is none.

    `text` is without quotation and signature. A note may go on over several lines.
    """
    lines = unicodedata.normalize("NFC", text[: 2 * _MOST_NOTED]).strip().splitlines()
    if not lines:
        return None
    first = without_tokens(lines[0])
    refs = tokens_in(first)
    plain = " ".join(_REF.sub(" ", first).split()).strip(_DECORATION)
    ref = refs[0] if len(refs) == 1 else None
    said = _folded(plain)
    if (noted := _BEGINS_NOTE.match(said)) is not None:
        words = "\n".join([plain[noted.end() :], *lines[1:]]).strip()[:_MOST_NOTED]
        return Command(Verb.NOTE, words, ref) if words else None
    if len(plain) > _LONGEST:
        return None
    bare = said.rstrip(" .!")
    if (verb := _BY_LINE.get(bare)) is not None:
        return Command(verb, ref=ref)
    return _with_argument(plain, said, ref)


def _with_argument(plain: str, said: str, ref: str | None) -> Command | None:
    for verb, begins in _BEGINS_TIME.items():
        if (match := begins.match(said)) is not None and _is_short(said[match.end() :], digits=True):
            return Command(verb, plain[match.end() :].strip(), ref)
    if (match := _BEGINS_ASSIGN.match(said)) is not None and _is_short(said[match.end() :], digits=False):
        to = _TO.match(said, match.end())
        who = plain[(to or match).end() :].strip(" .!")
        return Command(Verb.ASSIGN, who, ref) if who else None
    return None


def _is_short(argument: str, *, digits: bool) -> bool:
    """Whether this may be an argument: a time has a digit or is a word or two, a person has a short name."""
    words = argument.split()
    if not words:
        return False
    return len(words) <= (_MOST_WORDS if digits and any(map(str.isdigit, argument)) else 3)


def _folded(line: str) -> str:
    """As one types it without our letters; each character stays one, so that places in the line agree."""
    return "".join(_fold_one(character) for character in line)


def _fold_one(character: str) -> str:
    plain = fold(to_latin(character.casefold()))
    return plain if len(plain) == 1 else character
