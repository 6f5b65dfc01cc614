"""The greeting that opens a letter: a name only where there is one, a gender only where the name settles it.

Croatian and Serbian letters go on in lower case after the greeting's comma, Hungarian ones with a capital
after its exclamation mark.
"""

import re

from autoack.core.given_names import Gender, gender, is_given
from autoack.core.message import Customer
from autoack.core.script import is_cyrillic, to_cyrillic, to_latin

_NEUTRAL = {
    "hr": "Poštovani,",
    "sr-Latn": "Poštovani,",
    "sr-Cyrl": "Поштовани,",
    "hu": "Tisztelt Ügyfelünk!",
    "en": "Hello,",
}
_GENDERED = {
    "hr": {Gender.MALE: "Poštovani {},", Gender.FEMALE: "Poštovana {},"},
    "sr-Latn": {Gender.MALE: "Poštovani {},", Gender.FEMALE: "Poštovana {},"},
    "sr-Cyrl": {Gender.MALE: "Поштовани {},", Gender.FEMALE: "Поштована {},"},
}
# For names whose gender is not certain: polite, and right for everybody.
_NAMED = {
    "hr": "Dobar dan, {},",
    "sr-Latn": "Dobar dan, {},",
    "sr-Cyrl": "Добар дан, {},",
    "hu": "Tisztelt {}!",
    "en": "Dear {},",
}
_CIVIL = {"gđa": Gender.FEMALE, "Mrs": Gender.FEMALE, "Ms": Gender.FEMALE, "g.": Gender.MALE}
# Titles by which people are addressed; the others (dipl. ing., MBA) stand on business cards.
_SPOKEN = frozenset({"dr.", "prof.", "doc.", "mr.", "sc.", "med.", "akademik", "ifj.", "id.", "özv."})
_HUNGARIAN = {"dr.": "Dr.", "prof.": "Prof.", "ifj.": "ifj.", "id.": "id.", "özv.": "özv."}
_ENGLISH = {"dr.": "Dr.", "prof.": "Prof.", "mr.": "Mr", "g.": "Mr", "gđa": "Ms", "Mrs": "Mrs", "Ms": "Ms"}
# Spellings that Serbian names do not have.
_FOREIGN = re.compile(r"th|sh|ch|ph|ck|gh|oh|ö|ü|ő|ű|á|é|í|ó|ú|([a-z])\1")


def salutation(customer: Customer, language: str, style: str = "vocative") -> str:
    """The line that opens a letter to this customer; `style` is texts.salutation."""
    if customer.name is None or style == "neutral":
        return _NEUTRAL.get(language, _NEUTRAL["en"])
    form = _NAMED.get(language, _NAMED["en"])
    if language in _GENDERED:
        settled = _CIVIL.get(customer.honorific or "") or gender(to_latin(customer.name).partition(" ")[0])
        form = _GENDERED[language].get(settled, form) if settled is not None else form
    called = _in_script(customer.name, language)
    return form.format(" ".join([*_titles(customer.honorific, language), called]))


def _titles(honorific: str | None, language: str) -> list[str]:
    said = (honorific or "").split()
    if not said or (said[0] not in _SPOKEN and said[0] not in _ENGLISH):
        return []
    if language == "en":
        return [_ENGLISH[t] for t in said if t in _ENGLISH and (t != "mr." or "sc." not in said)]
    if language == "hu":
        return [_HUNGARIAN[t] for t in said if t in _HUNGARIAN]
    titles = [t for t in said if t in _SPOKEN]
    if titles == ["mr."]:  # a master of science, or an English speaker's Mister
        return []
    if language == "hr":
        return titles
    # Serbian writes "dr" and "mr" without a full stop, and no "sc."
    serbian = [t.rstrip(".") if t in ("dr.", "mr.") else t for t in titles if t != "sc."]
    return [to_cyrillic(t) or t for t in serbian] if language == "sr-Cyrl" else serbian


def _in_script(name: str, language: str) -> str:
    """A Serbian name in the letter's script; a foreign name, and one that may lack its marks, as it is."""
    if language != "sr-Cyrl":
        return to_latin(name) if is_cyrillic(name) else name
    if is_cyrillic(name) or not is_given(name.partition(" ")[0]) or _FOREIGN.search(name.casefold()):
        return name
    if any(w.endswith("ic") for w in name.casefold().split()):
        return name  # "Petrovic" is Петровић, but which of its other letters has lost its mark?
    return to_cyrillic(name) or name
