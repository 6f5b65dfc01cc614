"""Words that stand in display names and signatures beside a person's name, or instead of one.

All but the forms to write are folded (core.script.folded), so each holds with and without marks, and in Cyrillic.
"""

import re

from autoack.core.script import word_set

# Spoken before a name, by their letters; the form in which letters write them.
TITLES = {
    "dr": "dr.", "drsc": "dr. sc.", "doktor": "dr.", "doktorica": "dr.", "doctor": "dr.", "doc": "doc.",
    "prof": "prof.", "professor": "prof.", "profesor": "prof.", "profesorica": "prof.", "mr": "mr.",
    "mrs": "Mrs", "ms": "Ms", "miss": "Ms", "mag": "mag.", "sc": "sc.", "med": "med.", "dent": "dent.",
    "dipl": "dipl.", "ing": "ing.", "inz": "inž.", "oec": "oec.", "iur": "iur.", "univ": "univ.",
    "spec": "spec.", "bacc": "bacc.", "struc": "struč.", "akademik": "akademik", "akad": "akademik",
    "sir": "Sir", "g": "g.", "gdin": "g.", "gosp": "g.", "gospodin": "g.", "gdja": "gđa", "gda": "gđa",
    "gospodja": "gđa", "gospoda": "gđa", "gdica": "gđa", "gdjica": "gđa", "gospodica": "gđa", "gospodjica": "gđa",
    "ifj": "ifj.", "id": "id.", "ozv": "özv.", "herr": "Herr",
    "frau": "Frau", "fra": "fra", "mons": "mons.", "vlc": "vlč.", "rev": "Rev.", "prim": "prim.", "izv": "izv.",
    "red": "red.", "vanr": "vanr.", "ass": "asist.", "asist": "asist.", "habil": "habil.", "jur": "jur.", "ph": "ph.",
    "ecc": "ecc.",
}  # fmt: skip
# Only with their full stop: "G. Horvat" has an initial, "Mag" and "Id" may be names.
DOTTED = word_set("g id mag med spec red jur ph")
AFTER_NAME = word_set(
    """
    phd ph d md dsc csc dla mba msc bsc ma ba llm jd jr sr struc el comp arh arch vet pharm nutr esq acca cpa cfa
    pmp mph ii iii iv ev
    """
)
COMPANY = re.compile(
    r"\b(?:d\.?\s?o\.?\s?o|j\.?\s?d\.?\s?o\.?\s?o|d\.?\s?d|a\.?d|s\.?p|k\.?d|o\.?d|s\.?z\.?r|inc|corp|ltd|llc|llp|plc|pty|"
    r"gmbh|ag|kft|zrt|nyrt|bt|rt|kkt|srl|s\.?r\.?l|sarl|spa|bv|oy|ab|kg|obrt|obrtnik|vl|udruga|udruzenje|udruženje|"
    r"ustanova|zadruga|dooel|eood|sro|s\.r\.o|доо|д\.о\.о|ад|а\.д|пр|сзр|удружење|установа|задруга)\b\.?",
    re.IGNORECASE,
)
NOT_A_PERSON = word_set(
    """
    poslovnica podruznica filijala ekspozitura zagreb beograd budapest sarajevo ljubljana sveti crkva
    info informacije informacija kontakt contact support podrska podpora help helpdesk desk sluzba service
    servis services korisnicka korisnicki korisnik sales prodaja nabava nabavka office ured kancelarija
    uprava direkcija tajnistvo sekretarijat racunovodstvo racunovodstva knjigovodstvo knjigovodstveni
    accounting accounts billing finance financije finansije financial marketing hr ljudski resursi
    resources human team tim grupa group company co corporation enterprise enterprises tvrtka firma
    poduzece preduzece trgovina trgovine prodavnica prodavaonica shop webshop web store market marketi
    butik boutique restoran restaurant hotel hostel apartmani apartments apartman apartment rooms sobe
    villa centar center centre klub club savez drustvo zajednica komuna association foundation fundacija
    zaklada fondacija institut institute zavod fakultet sveuciliste univerzitet university college academy
    akademija skola school gimnazija vrtic opcina opstina grad city zupanija ministarstvo ministry
    agencija agency komora bolnica hospital klinika clinic ordinacija poliklinika stomatoloska dom
    zdravlja ljekarna apoteka pharmacy banka bank osiguranje insurance studio media medija digital
    solutions software systems system sustav sistem technologies technology tech consulting consultants
    konzalting savjetovanje international internacional global europe evropa europa balkan adriatic
    croatia hrvatska hrvatski serbia srbija srpska hungary magyarorszag online newsletter news novosti
    vijesti vesti noreply reply no donotreply mailer daemon postmaster webmaster hostmaster admin
    administrator administracija administration root mail mails email e-mail posta inbox obavijesti
    obavijest obavestenja obavestenje notification notifications alert alerts robot bot auto automatic
    autoreply kupac customer customers user users client klijent test prijava narudzbe narudzba order
    orders porudzbine porudzbina naplata upiti upit pitanja reklamacije prituzbe ugyfelszolgalat iroda
    kapcsolat titkarsag ertekesites szamlazas cegunk ugyfel rendeles bolt aruhaz uzlet szerviz szolgaltato
    vallalkozas onkormanyzat iskola ovoda gyogyszertar konyveles konyveloiroda kereskedelem kereskedohaz
    etterem panzio szalloda alapitvany egyesulet recepcija reception rezervacije reservations reservation
    booking dostava delivery logistika logistics shipping spedicija skladiste warehouse servisni tehnicka
    tehnicki podrsku obitelj porodica family csalad doo dd kft ltd gmbh inc llc autoskola autoservis
    automobili motors moto cars salon frizerski kozmeticki nekretnine nekretnina real estate gradnja
    gradjevina gradevina gradnje inzenjering engineering projekt projekti project projects invest holding
    trade trading export import eksport transport transporti prijevoz prevoz promet tours tour travel
    turist turizam tourism turisticka pekara pekarna mesnica vocarna caffe cafe kafic bar pizzeria pivnica
    vinarija vinoteka winery opg farma farm cvjecarna cvecara knjizara knjiznica biblioteka muzej museum
    kino cinema kazaliste teatar radio televizija tv magazin portal press izdavastvo naklada tiskara
    stamparija print printing foto photo video music glazba design dizajn fashion moda optika zlatarna
    elektro elektronika electronics energy energija energetika plin voda vodovod komunalno komunalac
    cistoca elektra telekom telecom net network networks hosting cloud data security zastita sigurnost
    odvjetnicki odvjetnik odvjetnica advokat advokatska legal notar biznis business partner partners
    direktor direktorica direktorka director manager menadzer voditelj voditeljica predsjednik predsednik
    tajnica tajnik sekretarica vlasnik owner ceo cto cfo odjel odeljenje odsjek sektor department dept
    iphone ipad android samsung huawei xiaomi galaxy gmail yahoo hotmail outlook icloud whatsapp viber
    facebook google amazon apple microsoft paypal private privat privatno work posao mobile mob mobitel
    telefon phone fax scanner skener printer pisac kopirka anonymous anonimno anonimni unknown nepoznato
    nepoznat ismeretlen dear citizen undefined null none me ja mama tata majka otac mom dad i and und es et sa for od
    za iz of the your our nas moj my mi baka djed deda teta tetka stric ujak susjed susjeda komsija komsinica
    sestra brat casna gradjanin gradanin gradjani stanar stanari os ss plinara toplana pivovara ljecnik
    hivatal gimnazium kozpont konyvtar rendelo centrum egyetem muvek egylet egyuttes intezet klinika kiado
    szerkesztoseg uzem gyar muhely szovetseg kamara bizottsag kollegium latogatokozpont boldog
    name surname firstname lastname forename fullname username nickname ime imena prezime prezimena nev keresztnev
    vezeteknev csaladnev utonev demo dummy example primjer primer pelda proba teszt feedback
    musterija potrosac potrosacica korisnica kupacica klijentica pretplatnik pretplatnica citatelj citateljica citalac
    pacijent pacijentica gost gosti vasarlo vevo fogyaszto buyer visitor subscriber agent ljubitelj
    vila kuca dvorac konak kod pod sveta sv szent atya nover tisztelendo plebanos lelkesz zupnik svestenik protojerej
    jerej jeromonah iguman monahinja
    angry annoyed unhappy disappointed furious frustrated happy satisfied crazy funny lazy super mega turbo ultra big
    ljuti ljuta ljut bijesni bijesna bijesan besni besna besan nezadovoljni nezadovoljna nezadovoljan zadovoljni
    zadovoljna zadovoljan razocarani razocarana razocaran tuzni tuzna sretni sretna srecni srecna tajni stari stara
    dobri dobra crni crna crno bijeli bijela zeleni plavi plava zuti zuta crveni crvena
    elegedetlen elegedett merges duhos csalodott ideges
    """
)
# What stands where nobody has filled in a name; each word alone may be one.
PLACEHOLDERS = frozenset({"first last", "last first"})
# First words of what companies and offices are called: "Zagrebačka pivovara", "Gradske knjižnice".
ADJECTIVE = re.compile(r".{3,}(?:(?:s|c)k(?:a|e|i|o)|jski|jska)")
# What offices and shops are called in Hungarian, which writes such words as one: "Vevőszolgálat", "Vízművek".
COMPOUND = re.compile(
    r".{2,}(?:szolgalat|muvek|iroda|hivatal|kozpont|aruhaz|korhaz|szinhaz|ugynokseg|iskola|uzlet|bolt|gyar|szovetseg|"
    r"tarsasag|egyesulet|etterem|konyvtar|osztaly)"
)
PARTICLES = word_set(
    "von van vom der den de del della di da dos du la le el al bin ibn ten ter zu zur af av y e"
)
# A close on the line of the name: "Lijep pozdrav, Ana Marić". After thanks only what a comma sets apart is a name.
CLOSE = re.compile(
    r"(?:.*[.!?]\s+)?(?:(?:puno |unaprijed |unapred )?(?:hvala|zahvaljujem|хвала|thanks|thank you|thx|köszi|köszönöm|"
    r"köszönettel)(?: (?:unaprijed|unapred|lij?epo?a?|puno|vam|унапред|many|in advance|előre is))*\s*,"
    r"|(?:.{0,24}\b)?(?:pozdrav(?:i|om)?|pozz|lp|štovanjem|stovanjem|poštovanjem|postovanjem|srdačno|srdacno|поздрав|лп|"
    r"поштовањем|срдачно|üdvözlettel|udvozlettel|tisztelettel|üdv|udv|regards|sincerely|cheers|wishes|best)\s*[,:.!]*)"
    r"\s*(?P<name>[^,!?]{2,50})",
    re.IGNORECASE,
)
