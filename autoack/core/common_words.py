"""Words that tell little of what a question is about, by base language, as `fold` writes them in Latin letters."""

from autoack.core.words import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Grammar and courtesy: they say nothing.
EMPTY: dict[str, frozenset[str]] = {
    "hr": _folded(
        "da je li se u na i za s sa od do po iz ili ali a o to sam smo su si ste bi bih biste me mi moj moja "
        "moje moju mom mog svoj svoju svoja vam vas vaša vašu vaše vašoj vašem kod mu ga ih ju jer pa te ta "
        "taj ovu ovaj ova ovo što bez pri još već samo ne nije nisu ako kad molim hvala dobar dan poštovani "
        "pozdrav lijep zdravo bok"
    ),
    "sr": _folded(
        "da je li se u na i za s sa od do po iz ili ali a o to sam smo su si ste bi bih biste me mi moj moja "
        "moje moju mom mog svoj svoju svoja vam vas vaša vašu vaše vašoj vašem kod mu ga ih ju jer pa te ta "
        "taj ovu ovaj ova ovo šta bez pri još već samo ne nije nisu ako kad molim hvala dobar dan poštovani "
        "pozdrav lep zdravo ćao"
    ),
    "hu": _folded(
        "az egy és van a el meg be ki fel le már nem is de ha vagy azt ezt csak kérem köszönöm tisztelt jó "
        "napot üdv sziasztok"
    ),
    "en": _folded(
        "the an my is are was it to of for in on at and or i we you your our with from me us be been have has "
        "had do does did this that but not please hello hi dear thanks thank if so by as any"
    ),
}

# Ways to ask: they say little, for every question has them.
ASKING: dict[str, frozenset[str]] = {
    "hr": _folded(
        "kako koliko gdje kada kamo koji koja koje tko mogu možemo može možete trebam treba želim htio htjela "
        "zanima"
    ),
    "sr": _folded(
        "kako koliko gde kada koji koja koje kom ko mogu možemo može možete trebam treba želim hteo htela zanima"
    ),
    "hu": _folded(
        "hogy hogyan hol mennyi mikor hány lehet tudok tudom szeretném szeretnék kell milyen melyik"
    ),
    "en": _folded("how can could where when what who long which would want need will"),
}
