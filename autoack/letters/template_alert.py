"""What ops hear of a template of theirs that cannot be used: what, where, and how to mend it."""

import hashlib

from autoack.core.plain import visible_line
from autoack.letters.notice import Notice


def template_alert_name(problem: str) -> str:
    """The same fault is told once."""
    return f"template:{hashlib.sha256(problem.encode('utf-8', 'replace')).hexdigest()[:16]}"


def template_notice(problem: str, language: str) -> Notice:
    """`problem` has the file, the line where one is known, and the fault."""
    subject, first, *others = _WORDS.get(language, _WORDS["en"])
    return Notice(subject, [first, visible_line(problem), *others])


# The subject, then the lines; the fault stands behind the first.
_WORDS = {
    "en": (
        "One of your templates cannot be used",
        "The template, its line and the fault, in the program’s own words:",
        "Letters go out all the same: the built-in template takes its place.",
        "To see every fault with its place: autoack lint. Your template is read again at the next start.",
    ),
    "hr": (
        "Jedan Vaš predložak treba popraviti",
        "Predložak, redak i pogreška, kako ih navodi program (na engleskom):",
        "Poruke se i dalje šalju: umjesto njega koristi se ugrađeni predložak.",
        "Naredba autoack lint pokazuje sve pogreške i gdje se nalaze. Predložak se ponovno čita kad se program "
        "sljedeći put pokrene.",
    ),
    "sr-Latn": (
        "Jedan Vaš šablon treba popraviti",
        "Šablon, red i greška, kako ih navodi program (na engleskom):",
        "Poruke se i dalje šalju: umesto njega koristi se ugrađeni šablon.",
        "Naredba autoack lint pokazuje sve greške i gde se nalaze. Šablon se ponovo čita kada se program sledeći put "
        "pokrene.",
    ),
    "sr-Cyrl": (
        "Један Ваш шаблон треба поправити",
        "Шаблон, ред и грешка, како их наводи програм (на енглеском):",
        "Поруке се и даље шаљу: уместо њега користи се уграђени шаблон.",
        "Наредба autoack lint показује све грешке и где се налазе. Шаблон се поново чита када се програм следећи пут "
        "покрене.",
    ),
    "hu": (
        "Egyik sablonja javításra szorul",
        "A sablon, a sor és a hiba, ahogyan a program megadja (angolul):",
        "A levelek ettől még elmennek: helyette a beépített sablont használjuk.",
        "Minden hibát a helyével együtt az autoack lint mutat meg. A sablont a következő indításkor olvassuk be újra.",
    ),
}
