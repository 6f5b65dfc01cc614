"""What a customer's reply to a survey says: a number from 1 to 5, words, and whether these words ask for an answer.

A number counts only as the first thing that is written, and only by itself: "5 - hvala!" rates, "5 dana čekam"
does not. Where a number may be part of a sentence the mail is a customer's mail like any other.
"""

import re
from dataclasses import dataclass

from autoack.core.category import category
from autoack.core.message import Mail
from autoack.core.script import to_latin
from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import Thread
from autoack.core.words import fold

_LOW = 2
_LONGEST_LINE = 500  # characters of a first line that may be a vote
_NOUN = (
    r"(?:moja |vasa |my |az en )?(?:ocjen[aeiou]|ocen[aeiou]|rating|score|mark|grade|ertekelesem|ertekeles|osztalyzatom"
    r"|osztalyzat|jegyem|jegy|zvjezdic[aeiu]|zvezdic[aeiu]|stars?|csillag|broj|number|szam)"
)
# After the number: how languages decline it, the whole of five, the noun.
_AFTER = rf"(?:\s*-?(?:es|as|os|ost|est|ast)\b)?(?:\s*(?:/|od|of|out of|az?)\s*5(?:-bol)?)?(?:\s*{_NOUN}\b)?"
_VOTE = re.compile(rf"[\W_]*(?:{_NOUN}\s*(?:je|is|:|-|–)?\s*)?(?<!\d)([1-5]){_AFTER}(?P<rest>.*)")
_STARS = re.compile(r"\s*(?:[★⭐]\ufe0f?){1,5}\s*")
# What may stand between the number and words: a mark, never one that goes on to another number.
_MARK = re.compile(r"\s*[-–—,;:!.)*★⭐]+\s*(?!\s*\d)")
_DATE_GOES_ON = re.compile(r"\.\s*[a-z]")
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
    first = lines[0]
    if _STARS.fullmatch(first):
        return Ballot(first.count("★") + first.count("⭐"), _words(lines[1:], name))
    folded = "".join(_fold_one(character) for character in first)
    match = _VOTE.fullmatch(folded)
    if match is None:
        return None
    start = match.start("rest")
    rest = match["rest"]
    mark = _MARK.match(rest)
    if rest.strip() and (mark is None or _DATE_GOES_ON.match(rest)) and not is_pure_thanks(first[start:]):
        return None
    said = first[start + (mark.end() if mark else 0) :]
    return Ballot(int(match[1]), _words([said, *lines[1:]], name))


def _words(lines: list[str], name: str | None) -> str:
    """What was written behind the number, without a close and the writer's name."""
    own = set(_plain(name or "").split())
    kept = [line.strip() for line in lines]
    while kept and (not kept[-1] or _is_close(kept[-1], own)):
        kept.pop()
    return "\n".join(kept).strip()


def _is_close(line: str, own: set[str]) -> bool:
    plain = _plain(line)
    return _CLOSE.fullmatch(plain) is not None or (bool(own) and set(re.findall(r"\w+", plain)) <= own)


def _plain(text: str) -> str:
    return fold(to_latin(text.casefold()))


def _fold_one(character: str) -> str:
    """Each character stays one, so that places in the line agree."""
    plain = _plain(character)
    return plain if len(plain) == 1 else character
