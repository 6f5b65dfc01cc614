"""Who wrote, as letters address them: the name of a person out of a display name, or none.

A display name is a stranger's text. What is not clearly a person's name gives no name: a neutral greeting is
never wrong, "Poštovani info" always is.
"""

import re
import unicodedata

from autoack.core.given_names import is_given, is_hungarian
from autoack.core.message import Address, Customer
from autoack.core.plain import visible_line, without_contacts
from autoack.core.script import folded, word_set

_LONGEST = 60  # characters of a name
_MOST_WORDS = 5
_BRACKETED = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|\{[^{}]*\}?|<[^<>]*>?")
# What follows is a company, a department or the way the mail came.
_APART = re.compile(r"\s+[|/•·:–—-]+\s+|\s*\|\s*|\s+(?:via|putem|preko|från|from|at|@)\s+|;", re.IGNORECASE)
_QUOTES = " \t\"'`´‘’‚“”„«»*_~,;!?#=+<>-–—"
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐][^\W\d_]+)*|[^\W\d_]{2}\.|(?:[^\W\d_]\.)+")
_GLUED = re.compile(r"\b(dr|prof|mr|mag|doc|ing|sc|dipl)\.(?=[^\W\d_]{2})", re.IGNORECASE)

# Spoken before a name, by their letters; the form in which letters write them.
_TITLES = {
    "dr": "dr.", "doktor": "dr.", "doc": "doc.", "prof": "prof.", "professor": "prof.",
    "profesor": "prof.", "mr": "mr.", "mrs": "Mrs", "ms": "Ms", "miss": "Ms", "mag": "mag.",
    "sc": "sc.", "med": "med.", "dent": "dent.", "dipl": "dipl.", "ing": "ing.", "inz": "inž.",
    "oec": "oec.", "iur": "iur.", "univ": "univ.", "spec": "spec.", "bacc": "bacc.",
    "akademik": "akademik", "sir": "Sir", "g": "g.", "gdin": "g.", "gosp": "g.", "gospodin": "g.",
    "gdja": "gđa", "gda": "gđa", "gospodja": "gđa", "gospoda": "gđa", "ifj": "ifj.", "id": "id.",
    "ozv": "özv.", "herr": "Herr", "frau": "Frau",
}  # fmt: skip
_AFTER_NAME = word_set(
    """
    phd ph d md mba msc bsc ma ba llm jd jr sr struc el comp arh arch vet pharm nutr
    """
)
_COMPANY = re.compile(
    r"\b(?:d\.?\s?o\.?\s?o|j\.?\s?d\.?\s?o\.?\s?o|d\.?\s?d|a\.?d|s\.?p|inc|ltd|llc|plc|gmbh|ag|kft|zrt|nyrt|bt|"
    r"srl|s\.?r\.?l|spa|bv|oy|ab|kg|obrt|vl|udruga|ustanova|доо|ад)\b\.?",
    re.IGNORECASE,
)
# Folded; what a person is not called.
_NOT_A_PERSON = word_set(
    """
    info informacije kontakt contact support podrska podpora help helpdesk sluzba service servis
    services korisnicka korisnicki sales prodaja nabava nabavka office ured kancelarija uprava
    direkcija tajnistvo sekretarijat racunovodstvo racunovodstva knjigovodstvo accounting billing
    finance financije finansije marketing hr ljudski resursi team tim grupa group company tvrtka
    firma trgovina shop webshop web store prodavnica butik restoran restaurant hotel hostel
    apartmani apartments apartman vila villa centar center centre klub club savez drustvo zajednica
    association foundation zaklada fondacija institut institute zavod fakultet sveuciliste
    univerzitet university skola school gimnazija vrtic opcina opstina grad city zupanija
    ministarstvo agencija agency komora bolnica hospital klinika clinic ordinacija poliklinika
    ljekarna apoteka banka bank osiguranje insurance studio media digital solutions software systems
    system sustav sistem technologies tech consulting international global online newsletter news
    vijesti vesti noreply reply no donotreply mailer daemon postmaster webmaster hostmaster admin
    administrator administracija root mail email e-mail posta obavijesti obavestenja notification
    notifications alert alerts robot bot auto automatic autoreply kupac korisnik customer user
    client klijent gost guest test prijava narudzbe narudzba orders order porudzbine naplata upiti
    upit ugyfelszolgalat iroda kapcsolat titkarsag ertekesites szamlazas cegunk ugyfel rendeles bolt
    aruhaz recepcija reception rezervacije reservations booking dostava delivery logistika logistics
    skladiste servisni tehnicka tehnicki podrsku obitelj porodica family csalad doo dd kft ltd gmbh
    inc llc
    """
)
_PARTICLES = word_set("von van der den de del della di da dos la le el al bin ibn ten ter zu zur af av")


def identify(address: Address, signature: str = "", language: str = "") -> Customer:
    """The customer behind an address; `language` is a tag, and tells in which order names are written."""
    name, honorific = _person(address.name, language)
    if name is None and not _says_something(address.name):
        name, honorific = _signed(signature, address, language)
    return Customer(address.address, name, honorific)


def _person(display_name: str, language: str) -> tuple[str | None, str | None]:
    """Name and honorific out of a display name; no name where it is not clearly a person's."""
    seen = _without_pictures(visible_line(unicodedata.normalize("NFC", display_name[:400])))
    said = without_contacts(seen)
    parts = [p for p in _APART.split(_BRACKETED.sub(" ", said)) if p.strip(_QUOTES)]
    if not parts:
        return None, None
    before, _, after = parts[0].strip(_QUOTES).partition(",")
    if _COMPANY.search(before):
        return None, None
    titles, words = _split_titles(before)
    if after.strip():
        more_titles, more = _split_titles(after, after_name=True)
        titles += more_titles
        # "Horvat, Ivan": family name first. "Ivan Horvat, Firma" has two names before it already.
        if more and (len(words) == 1 or (len(words) == 2 and len(more) == 1 and not is_given(words[0]))):
            words = [*words, *more] if language == "hu" else [*more, *words]
    honorific = " ".join(titles) or None
    if not _are_names(words) or (len(words) == 1 and (said != seen or not _is_single_name(words[0]))):
        return None, None
    name = " ".join(_in_order(_capitalised(words), language))
    return (name, honorific) if len(name) <= _LONGEST else (None, None)


def _without_pictures(text: str) -> str:
    """Without emoji and other symbols, and the marks that join them."""
    return " ".join("".join(" " if unicodedata.category(c) in _PICTURES else c for c in text).split())


_PICTURES = frozenset({"So", "Sk", "Me"})


def _split_titles(text: str, *, after_name: bool = False) -> tuple[list[str], list[str]]:
    """The titles among the words, in the form in which letters write them, and the other words."""
    titles: list[str] = []
    words: list[str] = []
    for word in _GLUED.sub(r"\1. ", text).split():
        letters = folded(word).strip(".,")
        if letters in _TITLES and (letters != "g" or word == "g."):  # "G. Horvat" has an initial
            titles.append(_TITLES[letters])
        elif letters in _AFTER_NAME and (words or after_name):
            titles.append(word.rstrip(","))
        else:
            words.append(word.strip(_QUOTES) if len(word) < 4 else word.strip(_QUOTES + "."))
    return titles, [w for w in words if w]


def _are_names(words: list[str]) -> bool:
    return (
        0 < len(words) <= _MOST_WORDS
        and all(_WORD.fullmatch(w) for w in words)
        and not any(folded(w).strip(".") in _NOT_A_PERSON for w in words)
        and any(len(w.strip(".")) > 1 for w in words)
        and len({_script(w) for w in words}) == 1
    )


def _script(word: str) -> str:
    """The script of the word; the word itself where scripts are mixed, which disguises and is no name."""
    if word.isascii():
        return "LATIN"
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else word


def _is_single_name(word: str) -> bool:
    """One word alone may be anything: a nick is lower case, a brand has capitals inside."""
    return is_given(word) or (len(word) > 2 and word[0].isupper() and word[1:].islower())


def _capitalised(words: list[str]) -> list[str]:
    """IVAN HORVAT, ivan horvat and HORVAT Ivan in normal capitals; what is mixed on purpose stays."""
    shouted = [len(w.strip(".")) > 1 and w.isupper() for w in words]
    if any(shouted) and not all(shouted) and len(words) == 2 and all(len(w.strip(".")) > 1 for w in words):
        words = words[::-1] if shouted[0] else words  # the family name is the one in capitals
        shouted = shouted[::-1] if shouted[0] else shouted
    whisper = all(w.islower() for w in words)
    return [
        _titled(w) if loud or (whisper and w not in _PARTICLES) else w
        for w, loud in zip(words, shouted, strict=True)
    ]


def _titled(word: str) -> str:
    if folded(word) in _PARTICLES:
        return word.lower()
    word = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word.lower())
    return re.sub(r"^(Mc)([a-z])", lambda m: m[1] + m[2].upper(), word)


def _in_order(words: list[str], language: str) -> list[str]:
    """Hungarian writes the family name first; elsewhere, and where it is not certain, as it came."""
    if language == "hu" and len(words) == 2 and is_hungarian(words[0]) and not is_hungarian(words[1]):
        return words[::-1]
    return words


def _says_something(display_name: str) -> bool:
    """Whether the sender gave a name at all: then it is theirs to say that they are no person."""
    return any(c.isalpha() for c in _without_pictures(visible_line(without_contacts(display_name[:400]))))


def _signed(signature: str, address: Address, language: str) -> tuple[str | None, str | None]:
    """The name in the first lines of a signature, where the address bears it out."""
    for line in signature.splitlines()[:4]:
        name, honorific = _person(line, language)
        if name is None or " " not in name:
            continue
        if any(len(w) > 2 and folded(w).replace("dj", "d") in address.local for w in name.split()):
            return name, honorific
    return None, None
