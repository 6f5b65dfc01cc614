"""Serbian, in Latin letters: texts in Cyrillic are compared by their Latin form."""

from autoack.letters.lint.words import Table, Words, phrases
from autoack.letters.lint.words.yat import EKAVIAN, IJEKAVIAN

WORDS = Words(
    greeting=phrases("poštovan*|dragi|draga|drage|cenjen*|pozdrav|dobar dan|dobro jutro|dobro veče|zdravo"),
    close=phrases("srdačan pozdrav|srdačno|s poštovanjem|sa poštovanjem|lep pozdrav|uz pozdrav|hvala vam"),
    thanks=phrases("hvala|zahvalj*"),
    reply=phrases("odgovorite na ov*|u odgovoru na ov*|odgovorom na ov*"),
    filler=phrases(
        "obaveštenje|obaveštenja|informacija|informacije|važno|automatska poruka|automatski odgovor|poruka od|u vezi|"
        "vezano za|poštovani|ovo je|želimo da vas"
    ),
    slang=Table(
        {
            "ej|ćao|hej|zdravo svima": "Poštovani", "okej|oke": "u redu", "kul|super": "dobro",
            "pliz|pls": "molimo Vas", "tnx|thx": "hvala", "ajde|hajde": "", "brate|druže": "",
            "vidimo se": "srdačan pozdrav",
        }
    ),
    negative=Table(
        {
            "nažalost": "recite šta je moguće", "ne možemo|nismo u mogućnosti": "možemo …",
            "nemoguće|nije moguće": "moguće je …", "da morate|vi morate|obavezni ste": "molimo Vas da …",
            "niste dostavili|niste poslali|zaboravili ste": "molimo Vas da nam pošaljete …",
            "ne odgovarajte|nemojte odgovarati|ne odgovarati": "odgovorite na ovu poruku",
            "odbijamo|odbijen*|zabranjen*": "", "pogrešili ste|vaša greška|nismo krivi": "",
        }
    ),
    promotion=phrases(
        "iskoristite popust|ostvarite popust|uz popust od|akcijska cena|akcijske cene|posebna ponuda|"
        "posebnu ponudu|rasprodaj*|kupite odmah|promo kod*|"
        "ne propustite|najpovoljnij*"
    ),
    apology=phrases("izvinjavamo se|izvinjavam se|žao nam je|izvinite|izvinjenj*|oprostite"),
    cause=phrases("zbog|što|jer|radi|za"),
    no_cause=phrases(
        "zbog neprijatnosti|zbog mogućih neprijatnosti|zbog eventualnih neprijatnosti|zbog svih neprijatnosti|"
        "za neprijatnosti"
    ),
    polite=phrases("vi|vam|vas|vama|vaš*|možete|molimo vas"),
    familiar=phrases(
        "tebe|tebi|tobom|tvoj*|tvog*|tvom*|hvala ti|molim te|molimo te|možeš|imaš|želiš|trebaš|hoćeš|znaš|"
        "dobićeš|ćeš|nećeš|"
        "pošalji|klikni|napiši|pozovi|javi nam|pogledaj|"
        "*ćemo ti|*ću ti|ti ćemo|ti ću"
    ),
    right=frozenset(
        {"pon", "sre", "čet", "sub", "ned", "percentil", "odg"}
        | {"пон", "сре", "чет", "суб", "нед", "перцентил", "одг"}
    ),
    longest_sentence=28,
    ekavian=Table(EKAVIAN),
    ijekavian=Table(IJEKAVIAN),
    both_ways=True,
)  # fmt: skip
