"""The first line of a reply → the command that it is, or none: in Croatian, Serbian (both scripts), Hungarian, English.

A command is the whole line: `close`, `snooze 2d`, `assign ana`, with courtesy around it and a word for the thread in
it ("zatvori upit, molim"). A sentence that only begins like one is none, and neither is a time alone: "do petka" may
be what the customer asked. With a plus before it, `+3d`, a length is a snooze, as in the address of a follow-up.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from autoack.core.script import to_latin
from autoack.core.thread import tokens_in
from autoack.core.tokens import without_tokens
from autoack.core.until import is_length, names_time
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
# Imperatives; `{o}` is where the thread may be named. Alone among the verbs these may be asked for with a "please":
# "gotovo, hvala" is what one writes to a customer.
_ASKED = {
    Verb.CLOSE: (
        "close{o}", "zatvori{o}", "zatvorite{o}", "zatvoriti{o}", "lezar{o}", "{o}lezarni", "lezarni{o}",
        "lezarhato{o}", "{o}lezarhato", "zard le{o}", "{o}zard le", "zarja le{o}", "{o}zarja le", "lezaras{o}",
    ),
    Verb.REOPEN: (
        "reopen{o}", "ponovno otvori{o}", "ponovo otvori{o}", "otvori{o} ponovno", "otvori{o} ponovo",
        "otvorite{o} ponovno", "otvorite{o} ponovo", "nyisd ujra{o}", "{o}nyisd ujra", "nyissa ujra{o}",
        "ujranyitni{o}", "ujranyitas",
    ),
    Verb.MINE: ("preuzimam{o}", "uzimam{o}", "atveszem{o}", "{o}atveszem", "i'll take{o}", "i take{o}"),
    Verb.NOT_CUSTOMER: ("ignore{o}", "zanemari{o}", "ignoriraj{o}", "ignorisi{o}"),
}  # fmt: skip
_THREAD = (
    r"it|this(?: one)?|(?:(?:the|this) )?(?:thread|ticket|case|request|matter|conversation)|ga|ovo|to|(?:ovaj )?(?:upit"
    r"|predmet|slucaj|tiket)|(?:ovu )?(?:temu|konverzaciju)|ovaj razgovor|razgovor|(?:ezt )?(?:az? )?"
    r"(?:ugyet|megkeresest|szalat|ticketet|jegyet)|ezt"
)
_COURTESY = (
    r"(?:please|pls|plz|molim(?: (?:te|vas))?|hvala(?: (?:vam|ti|lijepa|lijepo|lepo|puno|unaprijed|unapred))?"
    r"|thanks|thank you|thx|kerem|kerlek|legyen szives|legy szives|koszonom|koszi)"
)
_PLUS = re.compile(r"\+\s*(?=\d)")
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

_COURTEOUS = re.compile(rf"(?P<before>(?:{_COURTESY}[\s,:]+)*)(?P<said>.*?)(?:[\s,]+{_COURTESY}[.!]*)*")


def _asking(forms: tuple[str, ...]) -> re.Pattern[str]:
    lines = (
        form.replace(
            "{o}", rf"(?:(?:{_THREAD})\s+)?" if form.startswith("{o}") else rf"(?:\s+(?:{_THREAD}))?"
        )
        for form in forms
    )
    return re.compile("|".join(lines))


_ASKS = {verb: _asking(forms) for verb, forms in _ASKED.items()}
_BY_LINE = {line: verb for verb, lines in _ALONE.items() for line in lines}
_DECORATION = " \t\u00a0*_>\"'“”„‘’`"
_REF = re.compile(r"\[?\bAA-\w{4}-\w{4}\b\]?", re.IGNORECASE)


def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{longest_first})(?=[\s:]|$)\s*:?\s*")


_BEGINS_TIME = {verb: _beginning(words) for verb, words in _WITH_TIME.items()}
_BEGINS_ASSIGN, _BEGINS_NOTE = _beginning(_ASSIGN), _beginning(_NOTE)
_TO = re.compile(rf"(?:(?:{_THREAD})\s+)?(?:(?:to|na|for|za)\s+)?")


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
    if (verb := _BY_LINE.get(said.rstrip(" .!")) or _asked(plain)) is not None:
        return Command(verb, ref=ref)
    return _with_argument(*_without_courtesy(plain, said), ref)


def _asked(plain: str) -> Verb | None:
    """The imperative that the line is, with courtesy and a word for the thread left aside."""
    latin = " ".join(fold(to_latin(plain.casefold())).replace("’", "'").split()).rstrip(" .!")
    courteous = _COURTEOUS.fullmatch(latin)
    said = courteous["said"].strip(" ,.!") if courteous else latin
    return next((verb for verb, asks in _ASKS.items() if asks.fullmatch(said)), None)


def _without_courtesy(plain: str, said: str) -> tuple[str, str]:
    courteous = _COURTEOUS.fullmatch(said)
    if courteous is None:
        return plain, said
    start, end = courteous.span("said")
    return plain[start:end], said[start:end]


def _with_argument(plain: str, said: str, ref: str | None) -> Command | None:
    if (plus := _PLUS.match(said)) is not None and is_length(said[plus.end() :]):
        return Command(Verb.SNOOZE, plain[plus.end() :].strip(), ref)
    for verb, begins in _BEGINS_TIME.items():
        if (match := begins.match(said)) is not None:
            argument = re.sub(rf"^(?:{_THREAD})\s+", "", said[match.end() :])
            if _is_short(argument, time=True):
                return Command(verb, plain[len(said) - len(argument) :].strip(), ref)
    if (match := _BEGINS_ASSIGN.match(said)) is not None:
        to = _TO.match(said, match.end())
        who = plain[(to or match).end() :].strip(" .!")
        return Command(Verb.ASSIGN, who, ref) if who and _is_short(who, time=False) else None
    return None


def _is_short(argument: str, *, time: bool) -> bool:
    """Whether this may be an argument: a time has a digit or a word for one, a person has a short name."""
    words = argument.split()
    if not words:
        return False
    return len(words) <= (_MOST_WORDS if time and names_time(argument) else 3)


def _folded(line: str) -> str:
    """As one types it without our letters; each character stays one, so that places in the line agree."""
    return "".join(_fold_one(character) for character in line)


def _fold_one(character: str) -> str:
    plain = fold(to_latin(character.casefold()))
    return plain if len(plain) == 1 else character
