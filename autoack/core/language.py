"""Which language and script a receipt is written in: that of the customer's own words, where it is offered.

Script first, then the family by a statistical detector, then Croatian against Serbian by evidence of our own
(detectors confuse the two, and customers leave out diacritics), then the sender's domain, then the mailbox.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autoack.core.croatian_serbian import Evidence, tells, weigh
from autoack.core.message import Mail
from autoack.core.policy import Mailbox, Organisation
from autoack.core.script import folded, is_cyrillic, word_set

_LOOKED_AT = 600  # characters; more makes no choice better
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"\S*(?:://|@|www\.)\S*")
_SLAVIC = frozenset({"hr", "sr", "bs", "cnr", "sh"})  # one language to the detector, and to us at first
_KIN = ("sr-Latn", "hr", "sr-Cyrl")  # who reads one of them reads the others
_DOMAINS = {
    "hr": "hr", "rs": "sr", "xn--90a3ac": "sr-Cyrl", "срб": "sr-Cyrl", "hu": "hu", "ba": "bs", "me": "cnr",
    "si": "sl", "mk": "mk",
}  # fmt: skip
_NAMES = {
    "hr": "Croatian", "sr": "Serbian", "hu": "Hungarian", "en": "English", "bs": "Bosnian", "cnr": "Montenegrin",
    "sl": "Slovene", "mk": "Macedonian", "de": "German", "ru": "Russian", "bg": "Bulgarian", "uk": "Ukrainian",
    "sh": "Croatian or Serbian", "it": "Italian", "fr": "French", "es": "Spanish", "pl": "Polish", "cs": "Czech",
    "sk": "Slovak", "ro": "Romanian",
}  # fmt: skip
_SERBIAN_HOME = ("sr", "sr-Cyrl")
_OURS = ("hu", "en")  # which the detector does not take for another
_LONGEST_CARD = 8  # lines of a signature that no mark sets apart
_FEW_WORDS = 4  # with fewer, the subject is looked at too
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|odg|vá|va|aw|wg|пр|одг|prosl|prosleđeno)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A language tag among the mailbox's, and why it was chosen, as a person can read it."""

    language: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Background:
    """What is known of a writer beside the text."""

    home: str | None  # what is written where the sender's domain is
    domain: str
    offered: Sequence[str]
    earlier: Sequence[str]


def choose(mail: Mail, mailbox: Mailbox, organisation: Organisation, earlier: Sequence[str] = ()) -> Chosen:
    """The language of a receipt to this mail. Only what the writer added counts, not what they quote or sign with.

    `earlier` are the tags of the same customer's earlier conversations, the latest last.
    """
    text = _prose(_unsigned(mail.new_text, mail.sender.name))
    if len(_WORD.findall(text[:60])) < _FEW_WORDS:
        text = f"{_prose(_PREFIX.sub('', mail.subject))}. {text}"
    text = _own_words(text)
    written, reason = _written_in(text, mail.sender.domain, mailbox.languages, earlier)
    if written is None:
        return Chosen(mailbox.languages[0], "the mailbox's first language: the mail's own could not be told")
    offered = _offered(written, mailbox.languages, organisation)
    return Chosen(
        offered, reason if offered == written else f"{reason}; {_name(written)} is not offered here"
    )


def _unsigned(text: str, name: str) -> str:
    """The text above the line that begins with the writer's own name: what follows is a card in any language."""
    names = {folded(w) for w in _WORD.findall(name)}
    if len(names) < 2:  # "Ivan" may begin a sentence
        return text
    lines = text.split("\n")
    for i in range(max(1, len(lines) - _LONGEST_CARD), len(lines)):
        first = {folded(w) for w in _WORD.findall(lines[i])[: len(names)]}
        if first == names:
            above = "\n".join(lines[:i])
            return above if above.strip() else text
    return text


def _own_words(text: str) -> str:
    """The first paragraphs alone, where they are clearly in another language than all: more is pasted below them."""
    head = ""
    for paragraph in text.split("\n\n"):
        head = f"{head}\n\n{paragraph}".strip()
        if len(_WORD.findall(head)) > _FEW_WORDS:
            break
    if len(head) == len(text.strip()) or is_cyrillic(text):
        return text
    told = _told_by_common_words(head)
    return head if told and told != _told_by_common_words(text[len(head) :]) else text


def _told_by_common_words(text: str) -> str | None:
    """The family of which a text has the most common words, two at least."""
    words = [folded(w) for w in _WORD.findall(text)]
    scores = {family: sum(w in known for w in words) for family, known in _COMMON.items()}
    best, second, *_ = sorted(scores.values(), reverse=True)
    return max(scores, key=scores.__getitem__) if best > second and best > 1 else None


def _prose(text: str) -> str:
    text = text[:_LOOKED_AT]
    return _NOT_PROSE.sub(" ", text) if "@" in text or "://" in text or "www." in text else text


def _written_in(
    text: str, domain: str, offered: Sequence[str], earlier: Sequence[str]
) -> tuple[str | None, str]:
    """The tag of the language that the text is in, as exactly as can be told, and how that was seen."""
    if is_cyrillic(text):
        return _cyrillic(text)
    written = _WORD.findall(text)
    words = [folded(w) for w in written]
    family, reason = _family(text, written, words)
    home = _DOMAINS.get(domain.rpartition(".")[2])
    if family == "sh":
        return _croatian_or_serbian(words, text, _Background(home, domain, offered, earlier))
    if family is not None:
        return family, reason
    if earlier and earlier[-1] in offered:
        return earlier[-1], "too little to tell by, and the customer's earlier mails were answered in it"
    if home:
        return _latin_tag(
            home
        ), f"too little to tell by, and the sender's domain ends in .{domain.rpartition('.')[2]}"
    return None, ""


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


def _family(text: str, written: Sequence[str], words: Sequence[str]) -> tuple[str | None, str]:
    detected = _detected(" ".join(written))
    if detected in _SLAVIC:
        return "sh", "looks Croatian or Serbian"
    if detected in _OURS:
        return detected, f"looks {_name(detected)}"
    scores = {family: sum(w in known for w in words) for family, known in _COMMON.items()}
    scores["sh"] += sum(map(tells, words)) + 2 * any(c in text for c in "ćđĆĐ")
    # The detector takes short Croatian for Slovene or Slovak.
    if detected is not None and scores.get(detected, 0) >= scores["sh"]:
        return detected, f"looks {_name(detected)}"
    best, second, *_ = sorted(scores.values(), reverse=True)
    if best <= second:
        return None, ""
    family = max(scores, key=scores.__getitem__)
    return family, f"has common words of {_name(family)}"


def _detected(text: str) -> str | None:
    """The detector's answer where it is sure of it."""
    import pycld2  # noqa: PLC0415  # 7 MB that commands which read no mail need not load

    try:
        reliable, _, guesses = pycld2.detect(text, isPlainText=True)
    except pycld2.error:  # it refuses some characters
        return None
    code = str(guesses[0][1])
    return code if reliable and code != "un" else None


def _croatian_or_serbian(words: list[str], text: str, known: _Background) -> tuple[str, str]:
    found = weigh(words, text)
    tag = _neighbour(found, known)
    if tag:
        said = ", ".join((*found.croatian_words[:2], *found.serbian_words[:2]))
        return tag, f"has ijekavian forms beside words that Croatian does not have: {said}"
    before = [tag for tag in known.earlier if tag in _KIN]
    croatian = found.croatian + 2 * before.count("hr") + (known.home == "hr")
    serbian = found.serbian + 2 * (len(before) - before.count("hr")) + (known.home in _SERBIAN_HOME)
    if croatian == serbian:
        return _undecided(known)
    tag, evidence = ("hr", found.croatian_words) if croatian > serbian else ("sr-Latn", found.serbian_words)
    if evidence:
        return tag, f"has {_NAMES[tag[:2]]} words and forms: {', '.join(evidence[:4])}"
    if before:
        return tag, f"Croatian or Serbian, and the customer's earlier mails were {_NAMES[tag[:2]]}"
    return tag, f"Croatian or Serbian, and the sender's domain is {known.domain}"


def _neighbour(found: Evidence, known: _Background) -> str | None:
    """Bosnian and Montenegrin: ijekavian, with words that are Serbian in all else."""
    if known.home == "hr" or known.home in _SERBIAN_HOME or found.ekavian or not found.ijekavian:
        return None
    if found.montenegrin or (known.home == "cnr" and found.serbian >= 2):
        return "cnr"
    return "bs" if found.serbian >= 3 and found.serbian > found.croatian_sure else None


def _undecided(known: _Background) -> tuple[str, str]:
    if known.home:
        return _latin_tag(known.home), f"Croatian or Serbian, and the sender's domain is {known.domain}"
    first = next((tag for tag in known.offered if tag in _KIN), "hr")
    return "hr" if first == "hr" else "sr-Latn", "Croatian or Serbian, and the mailbox offers it first"


def _latin_tag(language: str) -> str:
    return "sr-Latn" if language in ("sr", "sr-Cyrl") else language


def _name(tag: str) -> str:
    return _NAMES.get(tag.partition("-")[0], tag)


def _offered(written: str, offered: Sequence[str], organisation: Organisation) -> str:
    """The offered tag nearest to that: itself, the ops' choice for it, its kin, the ops' choice for all."""
    fallback = organisation.languages_fallback
    wishes = [written, fallback.get(written), fallback.get(written.partition("-")[0])]
    if written in _KIN or written in _SLAVIC:
        wishes += ["sr-Latn", "sr-Cyrl"] if written.startswith("sr") or written == "cnr" else ["hr"]
        wishes += _KIN
    wishes += [*_kin_of(wishes), fallback.get("*")]
    return next((tag for tag in wishes if tag is not None and tag in offered), offered[0])


def _kin_of(wishes: Iterable[str | None]) -> tuple[str, ...]:
    return _KIN if any(tag in _KIN for tag in wishes) else ()


# Written as `folded` gives them, so they hold with and without diacritics.

_COMMON = {
    "sh": word_set(
        """
        je za na u i o po
        postovani postovana postovanje pozdrav molim hvala kako kada zasto nije nisam imam trebam mogu
        moze narudzba narudzbu racun racuna upit pitanje problem ponuda ponudu dostava paket unaprijed
        unapred dobar dan javite zanima hitno lijep lep kolika koliko prijava reklamacija ne radi kad gdje
        gde di kuda kome koga sto sta tko ko stize stigao stigla stiglo stigne dosao dosla moj moja moje
        mojom mojoj mog sam smo ste su bih bi bismo jos vec samo ali ili ako jer da li mi se me vas vam
        vase vasa nam ovo taj ova ovaj koja koji koje imate ima nema mozete mozemo moci zelim zelimo treba
        trebamo hocu htio htjela hteo htela poslao poslala poslati poslan platiti platio platila kupio
        kupila narucio narucila porucio porucila broj dana danas sutra jucer juce cijena cena kosta
        vratiti zamijeniti zamena promijeniti promeniti otkazati lozinka lozinku adresa adresu proizvod
        proizvoda ponovno ponovo opet hitna pomoc pomoci pomozite nikako nikad uvijek uvek ovdje ovde rade
        radite radno vrijeme vreme ujutro vecer oprostite izvinite bok zdravo cao pozz lijepa lepa
        gospodine gospodjo sve nista nesto treci drugi prvi nakon posle prije pre do od zbog oko bez kojem
        kojoj kojim cekam cekamo javiti javi jave jel dal stanje stanju posiljka posiljku isporuka uplata
        uplatio uplatila
        """
    ),
    "hu": word_set(
        """
        tisztelt kedves koszonom koszonjuk kerem kerjuk udvozlettel szeretnem szeretnek hogy nem van egy
        megrendeles megrendelesem szamla szamlat mikor hol miert csomag csomagom valaszt jo napot szia
        hello udv kerdes kerdesem rendeles rendelesem rendeltem csomagot erkezik jon meg kapom kapok mar
        is de es ha vagy mert hogyan milyen mennyi kell lehet tudok tudnak szeretnenk kuldjek kuldjenek
        segitseg koszi fizetes fizettem jelszo belepni cim cimet szallitas szallitasi penz penzem vissza
        ara van-e volt lesz nincs tegnap holnap ma ezt azt kosz minden hiba panasz valaszat valaszukat
        kaptam ota ig utan elott onok onoknek
        """
    ),
    "en": word_set(
        """
        hello hi dear please thanks thank you the my your order invoice where when what how help with can
        could would is are not does question problem regards i we it this that of for to in on a an has
        have had been will me us still arrive arrived parcel package refund password account need want get
        got received when's cancel change address delivery price quote ok okay yes did do don doesnt from
        was were any there here
        """
    ),
    "sl": word_set(
        """
        pozdravljeni prosim kje kdaj zakaj kaj lahko narocilo racuna vprasanje lep lepa vec sem nisem
        zelim hvala pozdrav ki pri tudi ker ampak tukaj danes dan cena paket odgovor moj je za mi kdo zdaj
        potrebujem imam bi posiljka posiljko vase vas smo ste so ali oziroma ze se nekaj koliko stane
        dobiti kako dolgo paketa narocil narocila racun
        """
    ),
    "de": word_set(
        """
        guten hallo bitte danke ich nicht mein meine wann wo rechnung bestellung mit und der die das ein
        eine wir sie ihr ihre haben habe ist sind war kann konnen wie was noch auf fur von zu bei paket
        lieferung kommt nach sehr geehrte
        """
    ),
}
