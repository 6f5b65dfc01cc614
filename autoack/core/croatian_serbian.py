"""Tells Croatian from Serbian, in Latin letters, by words and forms that the other does not have.

Each piece of evidence weighs 1 (usual in the one, met in the other), 2 or 3 (not of the other). Words are compared
folded (core.script.folded), so they count when the writer leaves out the marks. Bosnian and Montenegrin have the
ijekavian forms of Croatian and many words of Serbian, and are told by having both.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from autoack.core.script import word_set


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for each, and the words that did, the first ones first."""

    croatian: int
    croatian_sure: int  # without the forms of the old yat, which Bosnian and Montenegrin share
    serbian: int
    ijekavian: bool
    ekavian: bool
    montenegrin: bool
    croatian_words: tuple[str, ...]
    serbian_words: tuple[str, ...]


def weigh(words: list[str], text: str) -> Evidence:
    """The evidence in these folded words of a text; `text` as it was written, for what only its marks tell."""
    croatian: list[tuple[str, int]] = []
    serbian: list[tuple[str, int]] = []
    for i, word in enumerate(words):
        found = _weights(word)
        if found.croatian:
            croatian.append((word, found.croatian))
        if found.serbian:
            serbian.append((word, found.serbian))
        if word in _LEADS:
            phrase, croatian_weight, serbian_weight = _form_at(words, i)
            if croatian_weight:
                croatian.append((phrase, croatian_weight))
            if serbian_weight:
                serbian.append((phrase, serbian_weight))
    if "što" in text or "Što" in text:
        croatian += [("što", 1) for _ in _STO.finditer(text.lower())]
    return Evidence(
        sum(weight for _, weight in croatian),
        sum(weight for word, weight in croatian if not _weights(word).ijekavian),
        sum(weight for _, weight in serbian),
        any(_weights(word).ijekavian for word, _ in croatian),
        any(word in _EKAVIAN for word, _ in serbian),
        not _MONTENEGRIN.isdisjoint(words),
        tuple(dict.fromkeys(word for word, _ in croatian)),
        tuple(dict.fromkeys(word for word, _ in serbian)),
    )


def tells(word: str) -> bool:
    """Whether this folded word is one of Croatian or of Serbian rather than of both."""
    found = _weights(word)
    return found.croatian > 0 or found.serbian > 0


class _Weights(NamedTuple):
    """What a word alone says."""

    croatian: int
    serbian: int
    ijekavian: bool


@lru_cache(maxsize=4096)
def _weights(word: str) -> _Weights:
    ijekavian = word in _IJEKAVIAN or any(word[:n] in _IJEKAVIAN_STEMS for n in range(4, 9))
    croatian = 3 if word in _CROATIAN_SURE else 2 if ijekavian else int(word in _CROATIAN_USUAL)
    if word in _SERBIAN_SURE or (word.endswith(_SERBIAN_FUTURE) and len(word) > 7):
        return _Weights(croatian, 3, ijekavian)
    return _Weights(croatian, 2 if word in _EKAVIAN else int(word in _SERBIAN_USUAL), ijekavian)


def _form_at(words: list[str], i: int) -> tuple[str, int, int]:
    """The form that begins (a future: ends) at this word, and its weights for Croatian and for Serbian."""
    word, before = words[i], words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    if word in _MODAL:
        return _after_modal(words, i)
    if word in _FUTURE:  # "platit ću"; "paket ću" is a noun
        said = before.endswith(_SHORT_INFINITIVE) and len(before) > 3 and before not in _NOUNS_IN_T
        return f"{before} {word}", 3 if said else 0, 0
    if word == "sto":  # "što je s …" without its mark: the question word, where no conjunction can stand
        return "sto", 2 if before in _BEFORE_WHAT and after in _AFTER_WHAT else 0, 0
    croatian, serbian = _PAIRS.get(f"{word} {after}", (0, 0))
    if word == "kako" and after.endswith(("ati", "iti", "eti")):
        croatian = 1
    if word in ("s", "sa") and after.startswith(_AFTER_WITH):
        croatian, serbian = (2, 0) if word == "s" else (0, 1)
    return f"{word} {after}", croatian, serbian


def _after_modal(words: list[str], i: int) -> tuple[str, int, int]:
    """A modal verb has the infinitive in Croatian ("mogu li promijeniti"), "da" in Serbian ("mogu li da …")."""
    j = i + 1
    while j < len(words) and words[j] in _BETWEEN:
        j += 1
    verb = words[j] if j < len(words) else ""
    if verb == "da" and words[j + 1 : j + 2] != ["li"]:
        return f"{words[i]} da", 0, 2
    return f"{words[i]} {verb}", 2 if verb.endswith(("ti", "ci")) and len(verb) > 3 else 0, 0


_CROATIAN_SURE = word_set(
    """
    ulaznica ulaznice ulaznicu ulaznicama
    tko netko nitko svatko tjedan tjedna tjednu tjedni tjedana tjedne tjednima sijecanj sijecnja sijecnju
    veljaca veljace veljaci ozujak ozujka ozujku travanj travnja travnju svibanj svibnja svibnju lipanj
    lipnja lipnju srpanj srpnja srpnju kolovoz kolovoza kolovozu rujan rujna rujnu listopad listopada
    listopadu studeni studenog studenoga studenom prosinac prosinca prosincu tvrtka tvrtke tvrtki tvrtku
    tvrtkom racunalo racunala racunalu racunalom tisuca tisucu tisuce zrakoplov kolodvor kruh kruha glazba
    glazbe nogomet jucer prekjucer opcina opcine opcini opcinu uopce opci opce opcenito takodjer takoder
    tocno tocan tocna tocne tocka tocku tocke netocan netocno sustav sustavu sustava zaposlenik
    zaposlenika djelatnik djelatnica djelatnika kava kavu ured ureda uredu oib odvjetnik lijecnik ljekarna
    ljekarni zaslon zaslona tipkovnica sucelje poveznica poveznicu poveznici preglednik zaporka zaporku
    jamstvo jamstva jamstvu kupnja kupnje kupnji kupnju kupnjom narudzbenica suradnja suradnji suradnju
    suradnje obitelj obitelji sveuciliste putovnica putovnicu iskaznica iskaznicu bok ispricavam
    ispricavamo isprika isprike isprikom natjecaj natjecaja izvjesce priopcenje tvornica tvornice
    tvornicki perilica perilice perilicu hladnjak hladnjaka tenisice tenisica hlace rucnik rucnika
    kazaliste zracna zracnoj zracne glede sukladno nazocan rajcica zlica tanjur europa europe europi
    europska europske europski eurima vrhnje poduzece poduzeca poduzecu poduzeti sudjelovati sudjelujem
    izvanredno isporucitelj posiljatelj posiljatelja primatelj primatelja primatelju prodavatelj
    prodavatelja korisnicima mobitel mobitela mobitelu zaprimili zaprimljen zaprimljena zaprimljeno obveza
    obveze obvezno obvezan dostavljac dostavljaca dostavljacica dostavna kuna kune kuhati kuhanje susjed
    uvjet uvjeti uvjete uvjetima uvjetom predlozak rabljeni rabljena rabljeno rabiti uporaba uporabu
    uporabi promidzba domovnica rodovnica registrirati registrirala registrirao registriran rezervirati
    rezervirala rezervirao rezerviran rezervirali informirati organizirati kontrolirati fakturirati
    fakturirali unatoc odgoda odgodu vani tijekom dvojba dojam posluzitelj posluzitelja pretplatnik
    pretplatnica ishoditi potvrdnica sretno sretan sretna dobrodoslica vecer razlicit kat katu stubiste
    tracnice primjedba primjedbu redovito izvrsno bilijun rodjendanski dostavnica dostavnicu prijevoznik
    prijevoznika poslovnica poslovnici poslovnicu kaj hrvatska hrvatskoj hrvatske hrvatsku interesira
    putno sijecanjski stol stolac stolca pogreska pogresku pogreske pogresno
    """
)
_SERBIAN_SURE = word_set(
    """
    niko svako januar januara januaru februar februara februaru martu aprila maj juni juna junu juli jula
    julu avgust avgusta avgustu septembar septembra septembru oktobar oktobra oktobru novembar novembra
    novembru decembar decembra decembru izvinite izvinjavam izvinjavamo izvinjenje izvinjenja racunar
    racunara racunaru racunarom opstina opstine opstini opstinu uopste opsti opste uslov uslovi uslove
    uslova uslovima tacno tacan tacna tacne tacka tacku netacan netacno takodje takode hiljada hiljade
    hiljadu hiljadama voz vozom hleb hleba muzika muzike fudbal preduzece preduzeca preduzecu saradnja
    saradnju saradnji saradnje bezbedan bezbedno bezbednost porudzbina porudzbinu porudzbine porudzbini
    porudzbinom narudzbina narudzbinu narudzbine narudzbini porucio porucila porucili porucivanje poruceno
    porucen poruceni porucena porucim porucujem obezbediti prevoz prevoza prevoznik juce prekjuce plata
    platu kafa kafu kancelarija kancelariji kancelariju advokat lekar lekara apoteka apoteke apoteci
    stampac stampaca odstampati garantni pasos pib pibu dinar dinara dinare dinari rsd konkurs saopstenje
    fabrika fabrike fabricki frizider frizidera patike patika pantalone peskir pozoriste vazduh kasika
    tanjir evropa evrope evropi evropska evropske evropski evra evro evrima sprat spratu komsija komsije
    porodica porodice porodici univerzitet ucestvovati posiljalac posiljaoca primalac primaoca prodavac
    prodavca sajt sajta sajtu sajtom mejl mejla mejlu mejlom mejlove imejl mejlovi poslat poslata poslate
    sacekati sacekam sacekajte saceka cao registrovati registrovala registrovao registrovan registrovana
    rezervisati rezervisala rezervisao rezervisan rezervisali informisati informisite organizovati
    kontrolisati fakturisati fakturisali reklamacioni interesuje interesovalo interesujem srecno srecan
    srecna povracaj povracaja povracajem odlozeno spisak spisku snabdevanje prodavnica prodavnici
    prodavnicu prodavnice prevashodno sledstveno odista opsteg usled srbija srbiji srbije srbiju beograd
    beogradu beograda jmbg pijaca cela celo celog celu ceo licna licnu
    """
)
_CROATIAN_USUAL = word_set(
    """
    poslano poslan poslana poslani narudzba narudzbe narudzbu narudzbi narudzbom puno molio molila trebao
    oprostite upit upita upitu eura kn zagreb zagrebu zagreba split splitu rijeka rijeci osijek osijeku
    zadar zadru uplatnica uplatnicu web trgovina trgovini trgovinu trgovine dapace dosao dostavom lp
    trebam trebamo netom vrtic voditelj voditelja dobivam dobivate povrat povrata povratom di
    """
)
_SERBIAN_USUAL = word_set(
    """
    ko sta neko mnogo ukoliko isporuka isporuke isporuku isporuci faktura fakture fakturu fakturi zdravo
    postovanje sem kurir kurira kuriru kurirska kurirskoj sistem sistema sistemu nis nisa kragujevac
    subotica subotici poslato momenat momentu bre dali kupovina kupovine kupovinu kupovini radnja radnji
    racunovodja sredstva molicu imacu bicu javicu dobicu platicu uplaticu poslacu cekacu moracu docicu
    videcu zvacu preuzecu menjati aprilu dole mart
    """
)
# The reflex of the old yat: ije or je in Croatian, e in Serbian. Stems of four to eight letters, and whole words.
_IJEKAVIAN_STEMS = word_set(
    """
    cijen vrijem vrijed lijep ljeps ljepo lijev bijel bjel dijel cvijet svijet svjet smije smjet rijec
    rjec rijes rjes uvijek poslije srijed slijed sljed mjes mjer vjer vjest vijest djec djev djel nedjelj
    ponedje primjer primjet primijet zamjen zamijen promjen promijen izmjen izmijen mijenj razumij razumje
    htje vidje covjek covjec gdje negdje nigdje ovdje ondje svugdje svagdje sjed sjec sjet savjet obavijes
    obavjes izvijes izvjes provjer mlijek lijek ljekar rijek snijeg zahtjev unaprije naprijed usporedb
    slijep grijes grija grije ozlijed povrijed umjesto posjet procjen procijen smjest smjer snjez bijes
    ljet ljev tijel tjel tijes tijek iznije donije donijel prenije ponije podnije uvrije prijevoz prijevod
    prijenos prijeno prijedlo zvjez zvijez djelo odjel odjec sprijec pogrjes osjet osjec ocjen ocijen
    susjed uspje uspij umije dospje dospij vrijedn ovjer nasljed posljed posljedn rasvjet pobjed dvje dvij
    sjever sjeme crijev trijez lijec zlijezd izmjer mijesa mjehur korijen brijeg vijenc vijek uvjer uvjet
    ponedjelj tjes bjez prijevo prijedl prijela dijete djete unijet unijel zeljel voljel
    """
)
_IJEKAVIAN = word_set(
    "dvije obje dio htio volio zelio vidio vrtio letio trpio zivio sjela prije cijeli cijela cijelo"
)
_EKAVIAN = word_set(
    """
    gde negde nigde svuda ovde onde uvek pre posle lepo lep lepa lepi lepe lepu lepse unapred vreme mesto
    mesta mestu mestom mesec meseca meseci mesecu mesece mesecima cena cene cenu ceni cenom cenovnik
    cenovnika dve obe hteo htela hteli zeleo zelela zeleli voleo volela voleli videla videli resiti resite
    reseno resenje resenja resen resavanje primetila primetio primetili sledeci sledece sledeceg sledecu
    sledeca sledecoj nedelja nedelju nedelje nedelji nedeljama nedeljno ponedeljak ponedeljka ponedeljkom
    sreda sredu srede obavestenje obavestenja obavestite obavesten obavestena obavestili obavestava zahtev
    zahteva zahtevu zahtevi zahtevam zamena zamenu zamene zameni zameniti zamenite zamenili zamenim
    promena promenu promene promeniti promenili promenite promenim promenila promenio izmena izmenu izmene
    izmeniti izmenite menjati menjam izvestaj izvestaja smem smete razumem razumete razumeti deteta dete
    detetu decu deca decije vesti cvece cveca mera mere umesto primer primera primerak posetiti poseta
    posete posetu verovatno vredi vredelo vrednost vrednosti savet saveta bela beli belu belo bele deo
    delova delove delovi covek coveka levo leva levi proveriti proverite proveri proverim proverila
    proverio provera provere odelo odeljenje odeljenju odeljenja overa overen overeno ocena oceni
    poslednji poslednja poslednje poslednjih dospeo dospela dospelo uspeo uspela uspeli uspem uspevam
    osecaj sedi secam secate sednica telo mleko lek lekovi reka recima rec sneg napred sprecen sprecena
    dospece dospeca donela doneo prenela uneo unela uneli odneo odneli poneti doneti preneti razmeniti
    smesten smer smestaj smestaja smestaju devojka devojcica svetla svetlo severni prevod prevoda prenos
    prenosa predlog predloga predlogu primedba primedbu primedbe izvesno greje grejac grejanje grejanja
    delimicno leto letos svet svetu telu zvezda zvezdica sme umem delatnost celi cele pobeda nasledje vest
    """
)
_MONTENEGRIN = word_set(
    """
    nijesam nijesu nijesmo nijeste nijesi sjutra sjutradan dje nidje onijeh crnogorski
    """
)
_MODAL = word_set(
    """
    mogu mozes moze mozemo mozete mogao mogla mogli zelim zeli zelimo moram moramo morao morala treba trebalo trebam
    trebamo trebao trebala bih bismo biste htio htjela zelio zeljela hteo htela zeleo zelela volela voleo nameravam
    hocu hocete uspem pokusavam
    """
)
_BETWEEN = word_set("li bi bih se mi me vas vam nam ga je to ih mu")  # what may stand before the other verb
_FUTURE = word_set("cu ces cemo cete")
_SHORT_INFINITIVE = ("at", "et", "it", "ut", "ot")
_NOUNS_IN_T = word_set(
    """
    paket komplet kredit rezultat aparat internet certifikat sertifikat minut zivot svijet svet format automat
    budzet kontakt objekt dokument projekt termostat adapter tablet bilet cvet cvijet savet savjet hvat opet
    """
)
_SERBIAN_FUTURE = tuple(f"{vowel}ce{ending}" for vowel in "aei" for ending in ("mo", "te"))  # "poslaćemo"
_BEFORE_WHAT = frozenset({""}) | word_set(
    "me nas znam znati recite javite pitam vidim i a pa pitati dan postovani"
)
_AFTER_WHAT = word_set("je se su da cu mi bi")
_AFTER_WITH = (
    *(
        "moj",
        "vas",
        "nas",
        "tim",
        "ov",
        "kim",
        "cim",
        "dostav",
        "narudz",
        "porudz",
        "posilj",
        "racun",
        "postov",
    ),
    *("stov", "proizv", "uplat", "isporu"),
)
_PAIRS = {
    "da li": (0, 1), "kako da": (0, 1), "dobro vece": (0, 3), "novi sad": (0, 2), "novom sadu": (0, 2),
}  # fmt: skip
_LEADS = _MODAL | _FUTURE | word_set("sto s sa kako da dobro novi novom")
# "zato što", "kao što" are Serbian as well.
_STO = re.compile(
    r"\bšto\b(?<!zato što)(?<!kao što)(?<!nego što)(?<!toga što)(?<!to što)(?<!osim što)(?! pre\b| više\b)"
)
