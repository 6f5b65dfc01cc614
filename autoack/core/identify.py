"""Who wrote, as letters address them: the name of a person out of a display name or a signature, or none.

Both are a stranger's text. What is not clearly a person's name gives no name: a neutral greeting is never wrong,
"Poštovani info" always is.
"""

import re
import unicodedata
from collections.abc import Iterator

from autoack.core.given_names import is_family, is_given, is_wifes_name
from autoack.core.message import Address, Customer, Mail
from autoack.core.name_order import in_order
from autoack.core.name_titles import QUOTES, is_priest, split_titles, title_of
from autoack.core.name_words import (
    ADJECTIVE,
    CLOSE,
    COMPANY,
    COMPOUND,
    NOT_A_PERSON,
    PARTICLES,
    PLACEHOLDERS,
)
from autoack.core.plain import visible_line, without_contacts
from autoack.core.script import folded

_Person = tuple[str, str | None, str | None]  # name, honorific, and the name with titles that stand inside it

_LONGEST = 60  # characters of a name
_MOST_WORDS = 5
_BRACKETED = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?|\{[^{}]*\}?|<[^<>]*>?")
# What follows is a company, a department or the way the mail came.
_APART = re.compile(
    r"\s+[|/\\•·:–—-]+\s+|\s*\|\s*|\s+(?:via|putem|preko|путем|преко|from|at|@)\s+|;", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐][^\W\d_]+)*|[^\W\d_]{2}\.|(?:[^\W\d_]\.)+")
_GLUED = re.compile(
    r"\b(dr|prof|prim|mr|mag|doc|ing|inž|inz|sc|dipl|univ|bacc|spec|struč|med|oec|др|проф|прим|мр|дипл|инж|мед)"
    r"\.(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_VOWEL = re.compile("[aeiouyr]")
_LONGEST_LETTERS = 3  # of what institutions and parties shorten their names to
_SMILEY = re.compile(r"(?<!\S)[:;]-?[)(DP*](?!\S)|<3")
_PICTURES = frozenset({"So", "Sk", "Me"})
_MOST_LINES = 4  # of a signature that are looked at
_LONGEST_SIGNED = 50  # characters of a line that may be a name


def identify(address: Address, signature: str = "", language: str = "") -> Customer:
    """The customer behind an address; `language` is a tag, and tells in which order names are written."""
    found = _displayed(address.name, language) or _signed(signature, address, language)
    name, honorific, titled = found or (None, None, None)
    return Customer(address.address, name, honorific, titled_name=titled)


def signature_of(mail: Mail) -> str:
    """The mail's signature, or the last line of what was written, which may be one: "Hvala, Ivan"."""
    if mail.signature:
        return mail.signature
    before, _, last = mail.new_text.rstrip()[-400:].rpartition("\n")
    closed = CLOSE.fullmatch(last.strip()) if len(last) < 400 else None
    if closed:
        return closed["name"]
    return last.strip() if before.strip() else ""


def _displayed(display_name: str, language: str) -> _Person | None:
    """The person in a display name; beside a company or in brackets only one whose name is certain."""
    seen = _GLUED.sub(r"\1. ", _seen(display_name[:400]))
    said = without_contacts(seen)
    bare = _BRACKETED.sub(" ", said)
    first, *others = [p for p in _APART.split(bare) if p.strip(QUOTES)] or [""]
    found = _person(first, language, whole=said == seen)
    if found or not (others or "(" in said):
        return found
    others += [m[1] for m in _BRACKETED.finditer(said) if m[1]]
    return next((p for other in others if (p := _person(other, language)) and _is_certain(p[0])), None)


def _person(text: str, language: str, *, whole: bool = True) -> _Person | None:
    """The person whom this text names; None where it is not clearly one. `whole`: nothing was taken out of it."""
    before, _, after = text.strip(QUOTES).partition(",")
    if COMPANY.search(before):
        return None
    titles, words = split_titles(before)
    if is_priest(words):
        titles, words = [*titles, "don"], words[1:]
    family_first = False
    if after.strip():
        more_titles, more = split_titles(after, after_name=True)
        titles += more_titles
        # "Horvat, Ivan": family name first. "Ivan Horvat, Firma" has two names before it already.
        if more and _is_given_after(words, more):
            words, family_first = [*more, *words], True
        elif len(words) == 1 and COMPANY.search(after):
            return None
    words = _without_calling(words)
    if not _are_names(words) or not _is_written_as_name(words, titled=bool(titles), whole=whole):
        return None
    name = " ".join(in_order(_capitalised(words), language, given_first=family_first))
    if len(name) > _LONGEST:
        return None
    return name, " ".join(titles) or None, _titled_inside(before, name) if titles else None


def _without_calling(words: list[str]) -> list[str]:
    """Without what follows a whole name in small letters: "Kiss Péter ügyvéd", "Ivan Horvat odvjetnik"."""
    named = words
    while (
        len(named) > 2
        and named[-1].islower()
        and named[0][:1].isupper()
        and named[1][:1].isupper()
        and not (is_given(named[-1]) or is_family(named[-1]) or folded(named[-2]) in PARTICLES)
    ):
        named = named[:-1]
    return named if any(map(is_given, named)) else words


def _titled_inside(text: str, name: str) -> str | None:
    """ "Nagyné dr. Szabó Éva", where the title is hers, not her husband's; None where titles stand around the name."""
    names, inside = name.split(), False
    said: list[str] = []
    for word in text.split():
        title = title_of(word)
        inside = inside or bool(title and said and is_wifes_name(said[-1]) and names)
        if title or names:  # what follows the name stands on business cards
            said.append(title or names.pop(0))
    return " ".join(said) if inside and not names else None


def _is_given_after(words: list[str], more: list[str]) -> bool:
    """Whether the words after a comma are the given name of the family named before it."""
    if not words or not _are_names(more) or len(more) > 2:
        return False
    return (
        len(words) == 1
        or folded(words[0]) in PARTICLES
        or (len(words) == 2 and len(more) == 1 and not is_given(words[0]))
    )


def _seen(text: str) -> str:
    """As a reader sees it: without emoji and other symbols, and the marks that join them."""
    text = _SMILEY.sub(" ", visible_line(unicodedata.normalize("NFC", text)))
    return " ".join("".join(" " if unicodedata.category(c) in _PICTURES else c for c in text).split())


def _are_names(words: list[str]) -> bool:
    return (
        0 < len(words) <= _MOST_WORDS
        and all(_WORD.fullmatch(w) for w in words)
        and NOT_A_PERSON.isdisjoint(folded(w) for w in words if not w.endswith("."))
        and any(len(w.strip(".")) > 1 for w in words)
        and len({_script(w) for w in words}) == 1
        and not any(COMPOUND.fullmatch(folded(w)) for w in words)
        and not _begins_with_letters(words)
        and " ".join(map(folded, words)) not in PLACEHOLDERS
    )


def _begins_with_letters(words: list[str]) -> bool:
    """Whether the first word is an institution's letters, not a family's name in capitals: "OŠ Ivan Gundulić"."""
    first, *others = words
    return (
        1 < len(first) <= _LONGEST_LETTERS
        and first.isalpha()
        and first.isupper()
        and bool(others)
        and not any(w.isupper() for w in others)
        and not (is_given(first) or is_family(first))
    )


def _script(word: str) -> str:
    """The script of the word; the word itself where scripts are mixed, which disguises and is no name."""
    if word.isascii():
        return "LATIN"
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else word


def _is_written_as_name(words: list[str], *, titled: bool, whole: bool) -> bool:
    """Whether words that could be a name are one: a known name settles it, else the way it is written must."""
    if len(words) == 1:  # may be a nick, a brand, a place
        return whole and (is_given(words[0]) or (titled and words[0].istitle()))
    if any(is_given(w) for w in words):
        return True
    if all(w.islower() for w in words) or all(w.isupper() for w in words):
        return any(is_family(w) for w in words)
    whole_words = [w for w in words if folded(w) not in PARTICLES and not w.endswith(".")]
    latin = [folded(w) for w in whole_words]
    return (
        not any(w[0].islower() for w in whole_words)
        and not all(len(w) == 1 for w in whole_words)
        and not ADJECTIVE.fullmatch(latin[0])
        and all(_VOWEL.search(w) or not w.isascii() for w in latin)
    )


def _capitalised(words: list[str]) -> list[str]:
    """IVAN HORVAT, ivan horvat and HORVAT Ivan in normal capitals; what is mixed on purpose stays."""
    shouted = [len(w.strip(".")) > 1 and w.isupper() for w in words]
    if (
        len(words) == 2
        and shouted == [True, False]
        and len(words[1].strip(".")) > 1
        and not is_given(words[0])
    ):
        words, shouted = words[::-1], shouted[::-1]  # the family name is the one in capitals
    return [
        _titled(w) if loud or (w.islower() and (folded(w) not in PARTICLES or len(words) == 2)) else w
        for w, loud in zip(words, shouted, strict=True)
    ]


def _titled(word: str) -> str:
    if folded(word) in PARTICLES:
        return word.lower()
    word = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word.lower())
    return re.sub(r"^(Mc)([a-z])", lambda m: m[1] + m[2].upper(), word)


def _is_certain(name: str) -> bool:
    """Whether a given name bears out that this is a person, given and family name."""
    words = name.split()
    return len(words) > 1 and (is_given(words[0]) or is_given(words[-1]))


def _signed(signature: str, address: Address, language: str) -> _Person | None:
    """The person who signs, in the first lines of a signature: a known given name or the address bears it out."""
    for line in _lines_of_names(signature):
        found = _person(line, language) if without_contacts(line) == line else None
        if found is None:
            continue
        name = found[0]
        if _is_certain(name) or " " not in name or _in_address(name, address):
            return found
    return None


def _lines_of_names(signature: str) -> Iterator[str]:
    lines = [line for line in map(str.strip, signature.splitlines()[: 2 * _MOST_LINES]) if line]
    for line in lines[:_MOST_LINES]:
        seen = _GLUED.sub(r"\1. ", _seen(line[:200]))
        closed = CLOSE.fullmatch(seen)
        said = (closed["name"] if closed else seen).strip(QUOTES)
        if len(said) <= _LONGEST_SIGNED:
            yield said


def _in_address(name: str, address: Address) -> bool:
    return any(len(w) > 2 and folded(w).replace("dj", "d") in address.local for w in name.split())
