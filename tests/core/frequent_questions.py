"""Answers of a garden shop in five languages, as far as they are looked for: title and questions."""

# ruff: noqa: E501  (a row is a line)

from autoack.core.answers import Answer
from autoack.core.front_matter import FrontMatter
from autoack.core.script import to_cyrillic

# id, title, how customers ask
_Rows = tuple[tuple[str, str, tuple[str, ...]], ...]

_CROATIAN: _Rows = (
    ("returns", "Povrat robe", ("Kako mogu vratiti proizvod?", "U kojem roku je moguć povrat robe?", "Tko plaća poštarinu za povrat?")),
    ("delivery-time", "Rok dostave", ("Koliko traje dostava?", "Kada stiže moja narudžba?", "Koji je rok isporuke?")),
    ("tracking", "Praćenje pošiljke", ("Gdje je moja pošiljka?", "Kako mogu pratiti paket?", "Gdje mogu pratiti svoju narudžbu?")),
    ("payment", "Načini plaćanja", ("Kako mogu platiti?", "Može li se platiti karticom?", "Je li moguće plaćanje pouzećem?", "Plaćate li na rate?")),
    ("company-invoice", "Račun na tvrtku", ("Kako mogu dobiti R1 račun?", "Trebam račun na tvrtku s OIB-om.")),
    ("password", "Nova lozinka", ("Kako mogu promijeniti lozinku?", "Što ako zaboravim lozinku?", "Kako postaviti novu lozinku?")),
    ("address", "Promjena adrese dostave", ("Mogu li promijeniti adresu dostave?", "Upisao sam pogrešnu adresu.", "Kako ispraviti adresu na narudžbi?")),
    ("cancel", "Otkazivanje narudžbe", ("Kako mogu otkazati narudžbu?", "Želim odustati od narudžbe.", "Može li se narudžba stornirati?")),
    ("warranty", "Jamstvo i servis", ("Kako prijaviti kvar u jamstvu?", "Koliko traje jamstvo?", "Uređaj ne radi, a pod jamstvom je.")),
    ("pickup", "Osobno preuzimanje", ("Mogu li narudžbu preuzeti osobno?", "Može li se preuzeti u trgovini?", "Kada radi trgovina?")),
    ("coupon", "Kod za popust", ("Gdje se upisuje kod za popust?", "Kako iskoristiti kupon?", "Kod za popust ne radi.")),
    ("newsletter", "Odjava s newslettera", ("Kako se mogu odjaviti s newslettera?", "Ne želim više primati vaše obavijesti.", "Molim odjavu s mailing liste.")),
)  # fmt: skip

_SERBIAN: _Rows = (
    ("returns", "Vraćanje robe", ("Kako mogu da vratim proizvod?", "U kom roku mogu da vratim robu?", "Ko plaća poštarinu za povraćaj?", "Kako da vratim robu i dobijem novac nazad?")),
    ("delivery-time", "Rok isporuke", ("Koliko traje isporuka?", "Kada stiže moja porudžbina?", "U kom roku stiže roba?")),
    ("tracking", "Praćenje pošiljke", ("Gde je moja pošiljka?", "Kako mogu da pratim pošiljku?", "Gde mogu da pratim porudžbinu?")),
    ("payment", "Načini plaćanja", ("Kako mogu da platim?", "Da li mogu da platim karticom?", "Da li primate kartice?", "Da li može plaćanje pouzećem?")),
    ("company-invoice", "Račun na firmu", ("Kako da dobijem fakturu na firmu?", "Potreban mi je račun na firmu sa PIB-om.")),
    ("password", "Nova lozinka", ("Kako mogu da promenim lozinku?", "Zaboravila sam lozinku.", "Kako da resetujem lozinku?")),
    ("address", "Promena adrese isporuke", ("Da li mogu da promenim adresu isporuke?", "Upisala sam pogrešnu adresu.", "Kako da ispravim adresu na porudžbini?")),
    ("cancel", "Otkazivanje porudžbine", ("Kako mogu da otkažem porudžbinu?", "Želim da odustanem od porudžbine.", "Može li porudžbina da se stornira?")),
    ("warranty", "Garancija i servis", ("Kako da prijavim kvar pod garancijom?", "Koliko traje garancija?", "Uređaj ne radi, a pod garancijom je.")),
    ("pickup", "Lično preuzimanje", ("Da li mogu lično da preuzmem porudžbinu?", "Može li da se preuzme u radnji?", "Kada radi prodavnica?")),
    ("coupon", "Kod za popust", ("Gde se unosi kod za popust?", "Kako da iskoristim kupon?", "Gde da upišem kod za popust?")),
    ("newsletter", "Odjava sa biltena", ("Kako mogu da se odjavim sa biltena?", "Ne želim više da dobijam reklamne mejlove.", "Molim odjavu sa mejling liste.")),
)  # fmt: skip

_HUNGARIAN: _Rows = (
    ("returns", "Visszaküldés", ("Hogyan küldhetem vissza a terméket?", "Hány napon belül küldhetem vissza?", "Ki fizeti a visszaküldés költségét?", "El szeretnék állni a vásárlástól.")),
    ("delivery-time", "Szállítási idő", ("Mennyi a szállítási idő?", "Mikor érkezik meg a rendelésem?", "Hány nap alatt szállítanak?")),
    ("tracking", "Csomagkövetés", ("Hol van a csomagom?", "Hogyan követhetem a csomagomat?", "Hol tart a rendelésem?")),
    ("payment", "Fizetési módok", ("Hogyan lehet fizetni?", "Lehet bankkártyával fizetni?", "Fizethetek utánvéttel?")),
    ("company-invoice", "Céges számla", ("Hogyan kérhetek céges számlát?", "Cégnévre szeretnék számlát adószámmal.")),
    ("password", "Új jelszó", ("Hogyan változtathatom meg a jelszavamat?", "Elfelejtettem a jelszavam.", "Hogyan kérhetek új jelszót?")),
    ("address", "A szállítási cím módosítása", ("Megváltoztathatom a szállítási címet?", "Rossz címet adtam meg.", "Hogyan lehet módosítani a címet a rendelésen?")),
    ("cancel", "Rendelés lemondása", ("Hogyan mondhatom le a rendelésemet?", "Szeretném lemondani a rendelést.", "Törölhetem a rendelésemet?")),
    ("warranty", "Garancia és szerviz", ("Hogyan jelenthetek be garanciális hibát?", "Meddig tart a garancia?", "A készülék elromlott, és még garanciális.")),
    ("pickup", "Személyes átvétel", ("Átvehetem személyesen a rendelést?", "Lehet az üzletben átvenni?", "Mikor tart nyitva az üzlet?")),
    ("coupon", "Kuponkód", ("Hol kell megadni a kuponkódot?", "Hogyan válthatom be a kupont?", "Nem működik a kedvezménykód.")),
    ("newsletter", "Leiratkozás a hírlevélről", ("Hogyan iratkozhatok le a hírlevélről?", "Nem szeretnék több hírlevelet kapni.", "Kérem, töröljenek a levelezőlistáról.")),
)  # fmt: skip

_ENGLISH: _Rows = (
    ("returns", "Returns", ("How do I return a product?", "How can I send something back?", "What is your return policy?", "Who pays for the return postage?")),
    ("delivery-time", "Delivery time", ("How long does delivery take?", "When will my order arrive?", "What is the delivery time?")),
    ("tracking", "Tracking a parcel", ("Where is my parcel?", "How can I track my order?", "Where do I find the tracking link?")),
    ("payment", "Ways to pay", ("How can I pay?", "Do you accept credit cards?", "Can I pay on delivery?")),
    ("company-invoice", "Invoice for a company", ("How do I get a company invoice?", "We need an invoice with our VAT number.")),
    ("password", "A new password", ("How do I change my password?", "I forgot my password.", "How can I reset my password?")),
    ("address", "Changing the delivery address", ("Can I change the delivery address?", "I gave a wrong address.", "How do I correct the address of my order?")),
    ("cancel", "Cancelling an order", ("How can I cancel my order?", "I want to withdraw from my purchase.", "Please cancel my order.")),
    ("warranty", "Warranty and repair", ("How do I report a fault under warranty?", "How long is the warranty?", "The device stopped working and is under warranty.")),
    ("pickup", "Collecting an order", ("Can I collect my order in person?", "Can I pick it up at the shop?", "When is the shop open?")),
    ("coupon", "Discount codes", ("Where do I enter the discount code?", "How do I use a coupon?", "The discount code does not work.")),
    ("newsletter", "Leaving the newsletter", ("How do I unsubscribe from the newsletter?", "I do not want your emails any more.", "Please take me off the mailing list.")),
)  # fmt: skip


def _in_cyrillic(rows: _Rows) -> _Rows:
    return tuple((id_, _cyrillic(title), tuple(map(_cyrillic, asked))) for id_, title, asked in rows)


def _cyrillic(text: str) -> str:
    written = to_cyrillic(text)
    assert written is not None, text
    return written


def answer(id_: str, language: str, title: str, questions: tuple[str, ...]) -> Answer:
    """An answer of which only the questions matter."""
    return Answer(id_, language, title, questions, "https://www.vrt.example/" + id_, (), "…", FrontMatter())


ANSWERS = tuple(
    answer(id_, language, title, questions)
    for language, rows in (
        ("hr", _CROATIAN),
        ("sr-Latn", _SERBIAN),
        ("sr-Cyrl", _in_cyrillic(_SERBIAN)),
        ("hu", _HUNGARIAN),
        ("en", _ENGLISH),
    )
    for id_, title, questions in rows
)
