"""What a customer's reply to a survey says: a number from 1 to 5, words, and whether these words ask for an answer.

A number counts only as the first thing that is written, and only where it rates: by itself, before a mark ("5 -
hvala!"), before words that judge ("2 sporo i neljubazno"). "5 dana čekam" counts days, "1. Kada …" begins a list,
and "2. rata" is a date for paying. Where a number may be part of a sentence the mail is a customer's mail like any
other: a wrong vote of 2 alarms a lead.
"""

import re
from dataclasses import dataclass

from autoack.core.category import category
from autoack.core.message import Mail
from autoack.core.rating_words import judges, smiles
from autoack.core.script import to_latin
from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import Thread
from autoack.core.words import fold

_LOW = 2
_LONGEST_LINE = 500  # characters of a first line that may be a vote
_NUMBERS = {
    1: ("1", "jedan", "jedna", "jedinica", "one", "egy", "egyes"),
    2: ("2", "dva", "dvojka", "dvica", "two", "ketto", "kettes"),
    3: ("3", "tri", "trojka", "trica", "three", "harom", "harmas"),
    4: ("4", "cetiri", "cetvorka", "four", "negy", "negyes"),
    5: ("5", "pet", "petica", "five", "ot", "otos"),
}
_NUMBER_OF = {word: stars for stars, words in _NUMBERS.items() for word in words}
_NUMBER = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
# What people put around a word. A currency, a plus, a # before the number makes it something else.
_AROUND = r"[\s*_\"'“”„«»‘’(\[>~]*"
_RATING = r"ocjen[aeiou]|ocen[aeiou]|rating|score|mark|grade|ertekelesem|ertekeles|osztalyzatom|osztalyzat|jegyem|jegy"
_PREFIX = (
    rf"(?:(?:moja |vasa |my |az en )?(?:{_RATING})\s*(?:je|is|:|-|–)?\s*"
    r"|dajem(?: vam)?\s+|i(?:'d| would)? give(?: you| it)?(?: an?)?\s+)"
)
_CALLED = r"(?:broj|number|szam)\s*:?\s*"  # may as well be that of an order
_STAR_NOUN = r"zvjezdic[aeiu]|zvezdic[aeiu]|stars?|csillag(?:os)?|rating|ertekeles|osztalyzat|ocjena|ocena"
# After the number: how languages decline it, the whole of five, the noun.
_AFTER = (
    r"(?:\s*-?(?:es|as|os|ost|est|ast)\b)?(?:\s*(?:/|od|of|out of|az?)\s*(?:5|pet|five|ot)(?:-?bol)?\b)?"
    rf"(?:\s*(?:{_STAR_NOUN})\b)?(?:\s*(?:adok|adnek)\b)?"
)
_VOTE = re.compile(
    rf"{_AROUND}(?:(?P<prefix>{_PREFIX})|(?P<called>{_CALLED}))?(?P<number>{_NUMBER})(?![a-z\d]*\d)(?P<after>{_AFTER})"
    r"(?:\+(?=\W*$))?(?P<rest>(?!\w).*)"
)
_STARS = re.compile(r"\s*(?P<full>(?:[★⭐]\ufe0f?){1,5})☆{0,4}(?P<rest>[^★⭐☆]*)")
_KEYCAP = re.compile("[\ufe0f\u20e3]")
# What may stand between the number and words: a mark, never one that goes on to another number.
_MARK = re.compile(r"\s*[-–—,;:!.)*★⭐\]\"”’'_]+\s*(?!\s*\d)")
# Marks of lists, dates and compound words as well: "1) …", "2: …", "5. studenoga", "5-minutni".
_UNSURE = re.compile(r"\s*[.:)\]]|-\w")
# "2. Čekala sam": a new sentence, but for what has an ordinal number. A list would begin with 1.
_SENTENCE = re.compile(r"\.\s+[A-ZČĆĐŠŽÁÉÍÓÖŐÚÜŰА-ЯЂЈЉЊЋЏ]")
_ORDINAL = re.compile(
    r"\W*(?:rat[aeu]|tock[aeu]|tack[aeu]|stavk[aeu]|pitanje|dio|deo|razred|kat|sprat|tjedan|nedjelj\w|nedelj\w"
    r"|mjesec|mesec|put|dan|opomen\w|narudzb\w|posiljk\w|paket|racun|faktur\w|pont|kerdes|het|resz|emelet"
    r"|sijecanj\w*|jan|feb|velj|mar|ozuj|apr|trav|svib|maj|may|jun|lip|jul|srp|aug|avg|kolov|sep|szept|ruj|okt|oct"
    r"|listop|nov|studen|dec|pros)"
)
_LIST_GOES_ON = r"^\s*{}\s*[.):,-]"
_CLOSE = re.compile(
    r"(?:lp|l\.? ?p\.?|pozdrav\w*|lijep\w* pozdrav\w*|lep\w* pozdrav\w*|srdac\w*(?: pozdrav)?|s(?:a)? postovanjem"
    r"|udv\w*|tisztelettel|(?:kind |best |warm )?regards|best(?: wishes)?|sincerely|cheers)[\s,.!:]*"
)
# Requests, and what says that something is not as it should be: somebody should read such words.
_WANTS = re.compile(
    r"\b(?:mol(?:im|imo|io bih|ila bih)|treba(?:m|mo)?\b|ceka(?:m|mo)|posalj|javite|nazovite|pozovite|zelim|zelio bih"
    r"|htio bih|hteo bih|jos (?:uvijek|uvek|nije|nis|cek)|nije|nisu|nisam|nismo|niste|nikad|nema\b|nitko|niko\b|ali"
    r"|ker(?:em|juk|nem)|szeretne|var(?:ok|unk)|kuldj|hivj|meg mindig|nem\b|nincs|sem\b|de\b|hianyzik"
    r"|please|need|want|waiting|send|call me|still|not\b|never|nobody|no one|but\b|missing"
    r"|(?:did|does|is|was|has|have)n'?t)"
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as a mail casts it: 1 to 5 stars, and the words behind them without greeting and name."""

    stars: int
    words: str

    def asks(self, language: str | None) -> bool:
        """Whether somebody should answer: a low rating with words, or words that ask for something.

        `language` is that of the words, if it is known.
        """
        if not self.words:
            return False
        if self.stars <= _LOW:
            return True
        if is_pure_thanks(self.words, language):
            return False
        folded = fold(to_latin(self.words))
        return category(self.words, "") in ("question", "complaint") or _WANTS.search(folded) is not None


def ballot_in(mail: Mail, surveys: frozenset[str], thread: Thread) -> Ballot | None:
    """The vote in a mail that answers one of our surveys, by Message-ID with brackets; None where it casts none.

    What it answers is its In-Reply-To: a later reply in the same conversation may have numbers of its own.
    """
    if not surveys:
        return None
    answered = mail.headers.get("In-Reply-To").split() or list(mail.references[-1:])
    if surveys.isdisjoint(answered):
        return None
    return ballot_of(mail.new_text, thread.customer_name)


def ballot_of(new_text: str, name: str | None = None) -> Ballot | None:
    """The vote that the writer's own words begin with; `name` is the writer's, which is none of the words."""
    lines = new_text.strip().splitlines()
    if not lines or len(lines[0]) > _LONGEST_LINE:
        return None
    voted = _stars(lines[0]) or _number(_KEYCAP.sub("", lines[0]), name)
    if voted is None:
        return None
    stars, said = voted
    following = re.compile(_LIST_GOES_ON.format(stars + 1))
    if said and any(map(following.match, lines[1:])):
        return None
    return Ballot(stars, _words([said, *lines[1:]], name))


def _stars(first: str) -> tuple[int, str] | None:
    """A row of stars, and the words behind it. One star may be an ornament."""
    match = _STARS.fullmatch(first)
    if match is None:
        return None
    stars, said = sum(map(match["full"].count, "★⭐")), match["rest"].strip(" \t-–—,;:!.\ufe0f")
    if stars == 1 and said and not judges(_plain(said)):
        return None
    return stars, said


def _number(first: str, name: str | None) -> tuple[int, str] | None:
    """A number that rates, and the words behind it."""
    folded = _folded(first)
    match = _VOTE.fullmatch(folded)
    if match is None:
        return None
    rest, number = match["rest"], _NUMBER_OF[match["number"]]
    start = match.start("rest")
    mark = _MARK.match(rest)
    said = first[start + (mark.end() if mark else 0) :]
    if not _rates(match, mark, first[start:], said, name):
        return None
    return number, said


def _rates(match: re.Match[str], mark: re.Match[str] | None, rest: str, said: str, name: str | None) -> bool:
    """Whether the number is a vote, as what stands around it tells."""
    if not said.strip() or smiles(rest):
        return True
    folded = _plain(said)
    if judges(folded) or is_pure_thanks(said) or _is_close(said, set(_plain(name or "").split())):
        return not (match["number"] == "1" and rest.lstrip().startswith(")"))
    if mark is None or match["called"] or not match["number"].isdigit():
        return False
    if match["prefix"] or match["after"].strip() or not _UNSURE.match(match["rest"]):
        return True
    return match["number"] != "1" and _SENTENCE.match(rest) is not None and _ORDINAL.match(folded) is None


def _words(lines: list[str], name: str | None) -> str:
    """What was written behind the number, without a close and the writer's name."""
    own = set(_plain(name or "").split())
    kept = [line.strip() for line in lines]
    while kept and (not kept[-1] or _is_close(kept[-1], own)):
        kept.pop()
    return "\n".join(kept).strip()


def _is_close(line: str, own: set[str]) -> bool:
    plain = _plain(line).strip()
    return _CLOSE.fullmatch(plain) is not None or (bool(own) and set(re.findall(r"\w+", plain)) <= own)


def _plain(text: str) -> str:
    return fold(to_latin(text.casefold()))


def _folded(text: str) -> str:
    return "".join(map(_fold_one, text))


def _fold_one(character: str) -> str:
    """Each character stays one, so that places in the line agree."""
    plain = _plain(character)
    return plain if len(plain) == 1 else character
