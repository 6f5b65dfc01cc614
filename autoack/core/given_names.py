"""What a given name tells: that it is one, whose it is, and how it is spelled in full.

The lists hold what is common and certain. A name that is not in them tells nothing: letters then greet without
a gender, in the form in which the customer writes it.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from autoack.core import foreign_names, hungarian_names, south_slavic_names
from autoack.core.script import folded, is_cyrillic, to_latin


class Gender(StrEnum):
    """What a given name says of its bearer."""

    FEMALE = "f"
    MALE = "m"


def is_given(word: str) -> bool:
    """Whether this is surely a given name; "Ana-Marija" is one, and so is a Hungarian wife's "Lászlóné"."""
    return all(_is_given(folded(part)) for part in word.split("-")) or is_wife_of(word)


def gender(given: str) -> Gender | None:
    """The gender that a given name settles in a Croatian or Serbian letter; None where it settles none.

    What men bear here and women abroad (Nikola) is judged by what is usual here; what both bear here tells nothing.
    """
    told = {_gender(folded(part)) for part in given.split("-")}
    if is_wife_of(given):
        return Gender.FEMALE
    return told.pop() if len(told) == 1 else None


def is_hungarian(word: str) -> bool:
    """Whether Hungarians bear this given name; many of them are borne elsewhere too."""
    return folded(word) in _HUNGARIAN or is_wife_of(word)


def is_wife_of(word: str) -> bool:
    """Whether a Hungarian woman is called by this after her husband: "Kovács Lászlóné"."""
    return word.casefold().endswith("né") and folded(word[:-2]) in _HUNGARIAN


def is_wifes_name(word: str) -> bool:
    """Whether a Hungarian woman bears this name, her husband's family or given name with the ending -né."""
    return word.casefold().endswith("né") and (is_wife_of(word) or is_hungarian_family(word[:-2]))


def is_hungarian_only(word: str) -> bool:
    """Whether the name, as it is spelled here, is given nowhere but among Hungarians."""
    form = folded(word)
    if form not in _HUNGARIAN:
        return is_wife_of(word)
    return (word in _HUNGARIAN[form] and not word.isascii()) or (
        form not in _SOUTH_SLAVIC and form not in _FOREIGN
    )


def south_slavic(word: str) -> str | None:
    """A name that is common in Croatia or Serbia, in full spelling and Latin letters; None for another.

    "Zeljko", "Djordje" and "Ђорђе" are written without their marks or in Cyrillic, and are the same names.
    """
    latin = to_latin(word) if is_cyrillic(word) else word
    spellings = _SOUTH_SLAVIC.get(folded(word), ()) if _OUR_LETTERS.fullmatch(latin) else ()
    if latin in spellings or len(spellings) > 1:
        return latin if latin in spellings else None
    return spellings[0] if spellings else None


def is_hungarian_family(word: str) -> bool:
    """Whether this is surely a Hungarian family name."""
    parts = word.split("-")
    return any(_is_hungarian_family(part) for part in parts)


def _is_hungarian_family(word: str) -> bool:
    form = folded(word)
    shared = word.isascii() and form in _SLAVIC_FAMILIES  # "Novak"
    return (form in _HUNGARIAN_FAMILIES and not shared) or (word.endswith("né") and len(word) > 4)


def is_international(given: str) -> bool:
    """Whether the name, as it is spelled here, is common in many countries: the family name tells whose it is."""
    return given in _FOREIGN.get(folded(given), ())


def looks_south_slavic(family: str) -> bool:
    """Whether a family name has the letters or an ending of Croatia's and Serbia's."""
    form = folded(family)
    return (
        form in _SLAVIC_FAMILIES
        or form.endswith(_SLAVIC_ENDINGS)
        or any(c in "čćđšž" for c in family.casefold())
    )


def is_family(word: str) -> bool:
    """Whether this is surely a family name of Croatia, Serbia or Hungary, and no given name."""
    form = folded(word.partition("-")[0])
    if _is_given(form):
        return False
    # "-ic" is how "-ić" is typed; given names end in "-ica", hardly ever in "-ic".
    return (
        (form.endswith(_SURE_ENDINGS) and len(form) > 4)
        or form in _SLAVIC_FAMILIES
        or is_hungarian_family(word)
    )


def is_family_too(given: str) -> bool:
    """Whether families of Croatia and Serbia bear this given name, too: Novak, Vuk."""
    return folded(given) in _SLAVIC_FAMILIES


@lru_cache(maxsize=4096)
def _is_given(form: str) -> bool:
    return form in _SOUTH_SLAVIC or form in _HUNGARIAN or form in _FOREIGN


@lru_cache(maxsize=4096)
def _gender(form: str) -> Gender | None:
    """By the names of the region first, then of Hungary, then of elsewhere."""
    for men, women, either in _GENDERED:
        if form in either:
            return None
        if form in men:
            return Gender.MALE
        if form in women:
            return Gender.FEMALE
    return None


def _forms(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names by folded form; a form that leaves out the j of "dj" is found as well."""
    forms: dict[str, tuple[str, ...]] = {}
    for name in names:
        for form in {folded(name), folded(name.replace("đ", "d").replace("Đ", "D"))}:
            forms[form] = (*forms.get(form, ()), name)
    return forms


def _gendered(names: object) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    men, women, either = (
        frozenset(_forms(getattr(names, of).split())) for of in ("MALE", "FEMALE", "EITHER")
    )
    return men, women, either


def _all(names: object) -> dict[str, tuple[str, ...]]:
    return _forms(name for of in ("MALE", "FEMALE", "EITHER") for name in getattr(names, of).split())


_SURE_ENDINGS = ("ic", "vich", "ov", "ova", "ev", "eva", "ski", "sky", "enko")
_SLAVIC_ENDINGS = ("ic", "ov", "ev", "ski", "ak", "ek", "ec", "ac", "nik", "nko")
_OUR_LETTERS = re.compile("[A-Za-zčćđšžČĆĐŠŽ]+")
_GENDERED = tuple(map(_gendered, (south_slavic_names, hungarian_names, foreign_names)))
_SOUTH_SLAVIC = _all(south_slavic_names)
_HUNGARIAN = _all(hungarian_names)
_FOREIGN = _all(foreign_names)
_SLAVIC_FAMILIES = frozenset(map(folded, south_slavic_names.FAMILY.split()))
_HUNGARIAN_FAMILIES = frozenset(map(folded, hungarian_names.FAMILY.split()))
