"""The greeting that opens a letter: a name only where there is one, a gender only where the name settles it.

Croatian and Serbian call a person by the vocative of the given name where it is certain ("Poštovani Ivane,"), by
title or "gospodine" and family name where the customer gives a title, else by the name as it stands. Their letters go
on in lower case after the greeting's comma, Hungarian ones with a capital after its exclamation mark.
"""

import re

from autoack.core.given_names import (
    Gender,
    gender,
    is_family,
    is_given,
    is_hungarian_family,
    is_international,
    looks_south_slavic,
    south_slavic,
)
from autoack.core.message import Customer
from autoack.core.script import is_cyrillic, to_cyrillic, to_latin
from autoack.core.vocative import vocative

_NEUTRAL = {
    "hr": "Poštovani,",
    "sr-Latn": "Poštovani,",
    "sr-Cyrl": "Поштовани,",
    "hu": "Tisztelt Ügyfelünk!",
    "en": "Hello,",
}
_SOUTH_SLAVIC = frozenset({"hr", "sr-Latn", "sr-Cyrl"})
_ESTEEMED = {Gender.MALE: "Poštovani", Gender.FEMALE: "Poštovana"}
_CIVIL = {
    "gđa": Gender.FEMALE, "Mrs": Gender.FEMALE, "Ms": Gender.FEMALE, "Frau": Gender.FEMALE,
    "g.": Gender.MALE, "Herr": Gender.MALE, "Sir": Gender.MALE,
}  # fmt: skip
_CALLED = {Gender.MALE: "gospodine", Gender.FEMALE: "gospođo"}
# Titles by which people are addressed; the others (dipl. ing., MBA) stand on business cards.
_SPOKEN = {title: title for title in ("dr.", "prof.", "doc.", "prim.", "mr.", "sc.", "mons.", "vlč.")} | {
    "akademik": "akademiče"
}
_PRIESTS = ("don", "fra")  # who are called by their given name
_BROTHERS = frozenset({"o.", "s.", "č."})  # otac, sestra, časna: how they are called varies
_HUNGARIAN = frozenset({"dr.", "prof.", "ifj.", "id.", "özv."})
_ENGLISH = {
    "dr.": "Dr", "prof.": "Prof.", "mr.": "Mr", "g.": "Mr", "gđa": "Ms", "Mrs": "Mrs", "Ms": "Ms",
    "Herr": "Mr", "Frau": "Ms", "Rev.": "Rev.",
}  # fmt: skip
# Spellings that the names of Croats and Serbs do not have: such a name is left as it is.
_FOREIGN = re.compile(
    r"[wyqxäëïöüßáàâãéèêíìîóòôõúùûñçåøæőűłśźńęąřýěůăşţğı]|([a-z])\1|th|sh|ch|ph|ck|gh|cs|sz|zs|son$|ez$"
    r"|^(?:van|von|de|del|der|di|da) "
)
_MAY_LACK_MARK = re.compile(r"[csz]|dj", re.IGNORECASE)


def salutation(customer: Customer, language: str, style: str = "vocative") -> str:
    """The line that opens a letter to this customer; `style` is texts.salutation: vocative, plain or neutral."""
    if customer.name is None or style == "neutral":
        return _NEUTRAL.get(language, _NEUTRAL["en"])
    honorific = (customer.honorific or "").split()
    if customer.titled_name:
        return _hungarian_wife(customer.titled_name, language)
    if language in _SOUTH_SLAVIC:
        return _south_slavic(customer.name, honorific, language, style)
    latin = _latin(customer.name)
    if language == "hu" and _is_bare_family(latin, _hungarian_titles(honorific)):
        return _NEUTRAL[language]
    if language == "hu":
        return f"Tisztelt {' '.join([*_hungarian_titles(honorific), latin])}!"
    return f"Dear {_english(latin, honorific, style)},"


def _hungarian_wife(titled: str, language: str) -> str:
    """ "Nagyné dr. Szabó Éva": the titles stay where she has them."""
    if language == "hu":
        return f"Tisztelt {titled}!"
    if language not in _SOUTH_SLAVIC:
        return f"Dear {titled},"
    return _line([_ESTEEMED[Gender.FEMALE]], titled, language)


def _south_slavic(name: str, honorific: list[str], language: str, style: str) -> str:
    given, family = _parts(_latin(name))
    civil = next((_CIVIL[title] for title in honorific if title in _CIVIL), None)
    settled = civil or _gender(given, family)
    titles = _spoken(honorific, language)
    whole = _in_script(name, language)
    if civil is None and _is_bare_family(whole, titles):
        return _NEUTRAL[language]
    if settled is None:
        return _line(["Dobar dan,", *titles], whole, language)
    opening = [_ESTEEMED[settled], *titles]
    if not civil and not titles and settled is Gender.MALE:
        opening += [title for title in honorific if title in _PRIESTS][:1]
    if style == "plain" or (not titles and not _BROTHERS.isdisjoint(map(to_latin, honorific))):
        return _line(opening, whole, language)
    if civil:
        opening.insert(1, _CALLED[settled])
    called = _called(given, family) if _latin(name).startswith(given) else None
    by_family = len(opening) > 1 and family and opening[-1] not in _PRIESTS
    if by_family and (language != "sr-Cyrl" or is_cyrillic(name) or _keeps_its_marks(family)):
        called = _family_called(family, settled, language)
        return _line(opening, called if _is_foreign(given, family) else _ours(called, language), language)
    return _line(opening, _ours(called, language) if called else whole, language)


def _is_bare_family(name: str, titles: list[str]) -> bool:
    """Whether only a family name is known: without a title nobody is greeted by that ("Dobar dan, Smith")."""
    return not titles and " " not in name and not is_given(name)


def _parts(name: str) -> tuple[str, str]:
    """Given and family name, where the words tell which is which; "" for what they do not tell."""
    words = name.split()
    initials = 0  # before a given name: "S. Marija Novak"
    while initials < len(words) - 1 and words[initials].endswith("."):
        initials += 1
    if initials and is_given(words[initials]):
        words = words[initials:]
    known = 0
    while known < len(words) and is_given(words[known]):
        known += 1
    if known == 0:  # "Zubak Ivan": whose gender is told, though not which is the family's
        return (words[-1], "") if is_given(words[-1]) else ("", "")
    if known == len(words) > 1:
        known -= 1
    family = [w for w in words[known:] if not w.endswith(".")]
    return " ".join(words[:known]), " ".join(family)


def _gender(given: str, family: str) -> Gender | None:
    """What the given names settle; nothing where either part may be the family's ("László Anna", "Anna László")."""
    settled = gender(given.replace(" ", "-")) if given else None
    doubtful = bool(family) and (is_hungarian_family(given) or is_hungarian_family(family))
    return None if doubtful and gender(family) not in (None, settled) else settled


def _called(given: str, family: str) -> str | None:
    """The vocative of the given name, where it is certain and the name one of Croatia or Serbia."""
    if not given or (family and _is_foreign(given, family)):
        return None
    forms = [vocative(part) for part in re.split(r"[ -]", given)]
    if None in forms or (len(forms) > 1 and gender(given.replace(" ", "-")) is not Gender.FEMALE):
        return None
    return re.sub(r"[^ -]+", lambda _: str(forms.pop(0)), given)


def _is_foreign(given: str, family: str) -> bool:
    if _FOREIGN.search(family.casefold()):
        return True
    return is_international(given) and not looks_south_slavic(family)


def _family_called(family: str, settled: Gender, language: str) -> str:
    """Serbian: "gospodine Petroviću"; Croatian leaves the family name beside a title as it is."""
    if language != "hr" and settled is Gender.MALE and family.endswith("ić"):
        return f"{family}u"
    return family


def _spoken(honorific: list[str], language: str) -> list[str]:
    titles = list(dict.fromkeys(_SPOKEN[title] for title in honorific if title in _SPOKEN))
    if titles in ([], ["mr."]):  # "mr." alone may be an English speaker's Mister
        return []
    if language == "hr":
        return titles
    # Serbian writes "dr" and "mr" without a full stop, and no "sc."
    return [title.rstrip(".") if title in ("dr.", "mr.") else title for title in titles if title != "sc."]


def _line(words: list[str], called: str, language: str) -> str:
    """Our words in the language's script, and the name, which has its script already."""
    return f"{_ours(' '.join(words), language)} {called},"


def _ours(text: str, language: str) -> str:
    """Words and names of ours, which are in full spelling, in the language's script."""
    return (to_cyrillic(text) or text) if language == "sr-Cyrl" else text


def _in_script(name: str, language: str) -> str:
    """A Serbian name in the letter's script; a foreign name, and one that may lack its marks, as it is."""
    if language != "sr-Cyrl":
        return _latin(name)
    if is_cyrillic(name):
        return name
    given, family = _parts(name)
    if is_family(name) and _keeps_its_marks(name):
        return to_cyrillic(name) or name
    spelled = [south_slavic(part) for part in given.split()]
    if (
        not given
        or not name.startswith(given)
        or None in spelled
        or not _keeps_its_marks(family)
        or _FOREIGN.search(family.casefold())
    ):
        return name
    return to_cyrillic(" ".join([*map(str, spelled), family]).strip()) or name


def _keeps_its_marks(family: str) -> bool:
    """Whether no letter of it can have lost its mark: which one of "Zivkovic" has?"""
    return not family.isascii() or not _MAY_LACK_MARK.search(family)


def _latin(name: str) -> str:
    """The name in Latin letters; one that is not in Serbian Cyrillic stays as it is."""
    latin = to_latin(name)
    return name if is_cyrillic(name) and not all(c.isascii() or not is_cyrillic(c) for c in latin) else latin


def _hungarian_titles(honorific: list[str]) -> list[str]:
    """In lower case, for they do not begin the sentence."""
    return [title for title in honorific if title in _HUNGARIAN]


def _english(name: str, honorific: list[str], style: str) -> str:
    """ "Dr Marić" where it is certain which part is the family name, else title and whole name."""
    titles = [_ENGLISH[t] for t in honorific if t in _ENGLISH and (t != "mr." or "sc." not in honorific)]
    _, family = _parts(name)
    called = family if titles and family and style != "plain" else name
    return " ".join([*titles, called])
