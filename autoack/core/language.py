"""Which language and script a receipt is written in: that of the customer's own words, where it is offered.

Script first, then the family by a statistical detector, then Croatian against Serbian by evidence of our own
(detectors confuse the two, and customers leave out diacritics), then the sender's domain, then the mailbox.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autoack.core.message import Mail
from autoack.core.policy import Mailbox, Organisation
from autoack.core.script import folded, is_cyrillic, word_set

_LOOKED_AT = 1500  # characters; more makes no choice better
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"\S*(?:://|@|www\.)\S*")
_SLAVIC = frozenset({"hr", "sr", "bs", "cnr", "sh"})  # one language to the detector, and to us at first
_KIN = ("sr-Latn", "hr", "sr-Cyrl")  # who reads one of them reads the others
_DOMAINS = {"hr": "hr", "rs": "sr", "xn--90a3ac": "sr-Cyrl", "hu": "hu", "ba": "bs", "si": "sl", "mk": "mk"}
_NAMES = {"hr": "Croatian", "sr": "Serbian", "hu": "Hungarian", "en": "English"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A language tag among the mailbox's, and why it was chosen, as a person can read it."""

    language: str
    reason: str


def choose(mail: Mail, mailbox: Mailbox, organisation: Organisation) -> Chosen:
    """The language of a receipt to this mail. Only what the writer added counts, not what they quote."""
    text = _prose(mail.new_text)
    if len(_WORD.findall(text)) < 2:
        text = f"{_prose(mail.subject)} {text}"
    words = [folded(w) for w in _WORD.findall(text)]
    written, reason = _written_in(text, words, mail.sender.domain, mailbox.languages)
    if written is None:
        return Chosen(mailbox.languages[0], "the mailbox's first language: the mail's own could not be told")
    offered = _offered(written, mailbox.languages, organisation)
    return Chosen(offered, reason if offered == written else f"{reason}; {written} is not offered here")


def _prose(text: str) -> str:
    return _NOT_PROSE.sub(" ", text[:_LOOKED_AT])


def _written_in(
    text: str, words: Sequence[str], domain: str, offered: Sequence[str]
) -> tuple[str | None, str]:
    """The tag of the language that the text is in, as exactly as can be told, and how that was seen."""
    if is_cyrillic(text):
        return _cyrillic(text)
    family, reason = _family(text, words)
    top = domain.rpartition(".")[2]
    if family == "sh":
        return _croatian_or_serbian(words, text, top, offered)
    if family is None and top in _DOMAINS:
        return _latin_tag(_DOMAINS[top]), f"the sender's domain ends in .{top}"
    return family, reason


def _cyrillic(text: str) -> tuple[str, str]:
    """Serbian has letters of its own, as have Macedonian and Russian; without any of them it is Serbian."""
    lower = text.lower()
    if any(c in lower for c in "ѓќѕ"):
        return "mk", "written in Macedonian Cyrillic"
    if any(c in lower for c in "јљњћђџ"):
        # "ј" and "љ" are Macedonian too; ѓ, ќ, ѕ may be missing in a short text.
        if not any(c in lower for c in "ћђ") and _detected(text) == "mk":
            return "mk", "looks Macedonian"
        return "sr-Cyrl", "written in Serbian Cyrillic"
    if any(c in lower for c in "йыэёъщюяьїєі"):
        return _detected(text) or "ru", "written in Cyrillic that is not Serbian"
    return "sr-Cyrl", "written in Cyrillic"


def _family(text: str, words: Sequence[str]) -> tuple[str | None, str]:
    scores = {family: sum(w in known for w in words) for family, known in _COMMON.items()}
    detected = _detected(" ".join(_WORD.findall(text)))
    if detected in _SLAVIC:
        return "sh", "looks Croatian or Serbian"
    # It takes short Croatian for Slovene or Slovak.
    if detected in _NAMES or (detected is not None and scores.get(detected, 0) >= scores["sh"]):
        return detected, f"looks {_NAMES.get(detected, detected)}"
    best, second, *_ = sorted(scores.values(), reverse=True)
    if best <= second:
        return None, ""
    family = max(scores, key=scores.__getitem__)
    return family, f"has common words of {_NAMES.get(family, family)}"


def _detected(text: str) -> str | None:
    """The detector's answer where it is sure of it."""
    import pycld2  # noqa: PLC0415  # 7 MB that commands which read no mail need not load

    try:
        reliable, _, guesses = pycld2.detect(text, isPlainText=True)
    except pycld2.error:  # it refuses some characters
        return None
    code = str(guesses[0][1])
    return code if reliable and code != "un" else None


def _croatian_or_serbian(
    words: Sequence[str], text: str, top: str, offered: Sequence[str]
) -> tuple[str, str]:
    line = " ".join(words)
    croatian = [w for w in words if w in _CROATIAN] + [m[0] for m in _CROATIAN_FORMS.finditer(line)]
    serbian = [w for w in words if w in _SERBIAN] + [m[0] for m in _SERBIAN_FORMS.finditer(line)]
    if _STO.search(text.lower()):
        croatian.append("što")
    if len(croatian) != len(serbian):
        tag, evidence = ("hr", croatian) if len(croatian) > len(serbian) else ("sr-Latn", serbian)
        quoted = ", ".join(dict.fromkeys(evidence[:4]))
        return tag, f"has {_NAMES[tag[:2]]} words and forms: {quoted}"
    if top in _DOMAINS:
        return _latin_tag(_DOMAINS[top]), f"Croatian or Serbian, and the sender's domain ends in .{top}"
    first = next((tag for tag in offered if tag in _KIN), "hr")
    tag = "hr" if first == "hr" else "sr-Latn"
    return tag, "Croatian or Serbian, and the mailbox offers it first"


def _latin_tag(language: str) -> str:
    return "sr-Latn" if language == "sr" else language


def _offered(written: str, offered: Sequence[str], organisation: Organisation) -> str:
    """The offered tag nearest to that: itself, the ops' choice for it, its kin, the ops' choice for all."""
    fallback = organisation.languages_fallback
    wishes = [written, fallback.get(written), fallback.get(written.partition("-")[0])]
    if written in _KIN or written in _SLAVIC:
        wishes += ["sr-Latn", "sr-Cyrl"] if written.startswith("sr") else ["hr"]
        wishes += _KIN
    wishes += [*_kin_of(wishes), fallback.get("*")]
    return next((tag for tag in wishes if tag is not None and tag in offered), offered[0])


def _kin_of(wishes: Iterable[str | None]) -> tuple[str, ...]:
    return _KIN if any(tag in _KIN for tag in wishes) else ()


# Written as `folded` gives them, so they hold with and without diacritics.

_COMMON = {
    "sh": word_set(
        """
        postovani postovana postovanje pozdrav molim hvala kako kada zasto nije nisam imam trebam
        mogu moze narudzba narudzbu racun racuna upit pitanje problem ponuda ponudu dostava paket
        unaprijed unapred dobar dan javite zanima hitno lijep lep kolika koliko prijava reklamacija
        ne radi
        """
    ),
    "hu": word_set(
        """
        tisztelt kedves koszonom koszonjuk kerem kerjuk udvozlettel szeretnem szeretnek hogy nem van
        egy megrendeles megrendelesem szamla szamlat mikor hol miert csomag csomagom valaszt jo
        napot
        """
    ),
    "en": word_set(
        """
        hello hi dear please thanks thank you the my your order invoice where when what how help
        with can could would is are not does question problem regards
        """
    ),
    "sl": word_set(
        """
        pozdravljeni prosim kje kdaj zakaj kaj lahko narocilo racuna vprasanje lep lepa vec sem nisem zelim
        hvala pozdrav ki pri tudi ker ampak tukaj danes dan cena paket odgovor moj je za mi
        """
    ),
    "de": word_set("guten hallo bitte danke ich nicht mein meine wann wo rechnung bestellung mit und"),
}
_CROATIAN = word_set(
    """
    tko netko nitko svatko gdje negdje nigdje svugdje ovdje uvijek prije poslije lijepo lijep lijepa
    lijepi unaprijed vrijeme mjesto mjesta mjesec mjeseca mjeseci mjesecu cijena cijenu cijene dvije
    obje htjela htio htjeli vidjela vidio vidjeti rijesiti rijesite rijeseno primijetila primijetio
    rijec slijedeci sljedeci sljedece sljedeceg tjedan tjedna tjednu tjedni tjedana ponedjeljak
    ponedjeljka nedjelja nedjelju nedjelje srijeda srijedu srijede obavijest obavijesti obavijestite
    takodjer takoder tocno tocan tocna netocan racunalo racunala uvjet uvjeti uvjete opcina opcine
    tvrtka tvrtke tvrtki tvrtku glede zaprimili ispricavam ispricavamo sijecanj sijecnja veljaca
    veljace ozujak ozujka travanj travnja svibanj svibnja lipanj lipnja srpanj srpnja kolovoz
    kolovoza rujan rujna listopad listopada studeni studenog studenoga prosinac prosinca uporaba
    rabiti djelatnik djelatnici zahtjev zahtjeva promijeniti promijenili zamijeniti zamijenite
    izvjesce smijem smijete razumijem razumijete svijet dijete djeca djecu ljeto ljeti vijest
    vijesti cvijece lijek lijekovi rjesenje rjesenja mjera mjere primjer primjerice posjetiti posjet
    vjerojatno vrijedi vrijednost savjet savjeta bijela bijeli vlak kruh glazba zrakoplov prijevoz
    prijenos isporuciti dostaviti jamstvo jamstva htjedoh zeljela zelio voljela
    """
)
_SERBIAN = word_set(
    """
    ko neko niko svako gde negde nigde svuda ovde uvek pre posle lepo lep lepa lepi unapred vreme
    mesto mesta mesec meseca meseci mesecu cena cenu cene dve obe htela hteo hteli videla videti
    resiti resite reseno primetila primetio sledeci sledece sledeceg nedelja nedelju nedelje
    ponedeljak ponedeljka sreda sredu srede obavestenje obavestite obavestenja takodje takode tacno
    tacan tacna netacan racunar racunara uslov uslovi uslove opstina opstine sta januar januara
    februar februara marta aprila maja juna jula avgust avgusta septembar septembra oktobar oktobra
    novembar novembra decembar decembra izvinjavam izvinjavamo izvinite ukoliko zahtev zahteva
    zamenite zameniti promeniti promenili izvestaj uputstvo smem smete razumem razumete svet dete
    deca decu leto leti vest vesti cvece resenje resenja mera mere umesto primer posetiti verovatno
    vredi vrednost savet saveta bela beli voz hleb muzika fudbal hiljada hiljade preduzece preduzeca
    saradnja bezbedan bezbedno porudzbina porudzbinu porudzbine porudzbini obezbediti prevoz prenos
    zeleo zelela volela bicu imacu poslacu dobicu javicu uplaticu cekacu moracu
    """
)
# "bit ću, poslat ćete", and a modal verb with the infinitive: Croatian.
_CROATIAN_FORMS = re.compile(
    r"\b[a-z]{2,}[aeiou]t (?:cu|ces|ce|cemo|cete)\b"
    r"|\b(?:mogu|mozes|moze|mozemo|mozete|zelim|zelimo|moram|moramo|trebam|trebamo|zelio|zeljela|bih|bismo)"
    r" (?:li )?[a-z]+(?:ti|ci)\b"
)
# "poslaćemo, poslaćete", and a modal verb with "da": Serbian. (Without diacritics "-cu" may be any noun.)
_SERBIAN_FORMS = re.compile(
    r"\b[a-z]{2,}[aei](?:cemo|cete)\b"
    r"|\b(?:mogu|mozes|moze|mozemo|mozete|zelim|zelimo|moram|moramo|treba|trebam|hteo|htela|zeleo|zelela)"
    r" (?:li )?da\b"
)
_STO = re.compile(r"(?<!zato )(?<!kao )\bšto\b")  # "zato što" and "kao što" are Serbian as well
