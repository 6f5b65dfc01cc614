"""Serbian, in Latin letters: texts in Cyrillic are compared by their Latin form."""

from autoack.letters.lint.words import Table, Words, alone, phrases
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
            "pliz|pls": "molimo Vas", "tnx|thx": "hvala", "sorry|sori": "izvinite", "ajde|hajde": "", "brate|druže": "",
            "vidimo se": "srdačan pozdrav",
        }
    ),
    negative=Table(
        {
            "nažalost": "recite šta je moguće", "ne možemo|nismo u mogućnosti": "možemo …",
            "nemoguće|nije moguć*|nisu moguć*": "moguće je …",
            "da morate|vi morate|morate nam|morate da|obavezni ste": "molimo Vas da …",
            "niste dostavili|niste poslali|niste naveli|niste priložili|niste upisali|"
            "zaboravili ste": "molimo Vas da nam pošaljete …",
            "ne odgovarajte|nemojte odgovarati|ne odgovarati": "odgovorite na ovu poruku",
            "odbijamo|odbijen*|zabranjen*": "", "pogrešili ste|vaša greška|nismo krivi": "",
        }
    ),
    promotion=phrases(
        "*% popusta|* % popusta|našu akciju|našu novu akciju|"
        "iskoristite popust|ostvarite popust|uz popust od|akcijska cena|akcijske cene|posebna ponuda|"
        "posebnu ponudu|rasprodaj*|kupite odmah|promo kod*|"
        "ne propustite|najpovoljnij*"
    ),
    apology=phrases("izvinjav*|žao nam je|nam je žao|nam je * žao|izvinite|izvinjenj*|oprostite"),
    cause=phrases(
        "zbog|što|jer|radi|za|uzrokovan*|izazvan*|prouzrokovan*|žao nam je da|oprostite na|izvinite na|"
        "izvinjavamo se na"
    ),
    no_cause=phrases(
        "zbog neprijatnosti|zbog * neprijatnosti|zbog svih mogućih neprijatnosti|zbog svih eventualnih neprijatnosti|"
        "zbog svih nastalih neprijatnosti|za neprijatnosti|za * neprijatnosti|za sve moguće neprijatnosti|"
        "za sve eventualne neprijatnosti|radi neprijatnosti|radi * neprijatnosti|"
        "na neprijatnosti*|na * neprijatnosti*"
    ),
    pronoun=alone(
        "zbog toga|zbog tog|zbog ovoga|zbog ovog|zbog svega|zbog svega toga|zbog svega ovoga|zbog toga svega|"
        "zbog navedenog|zbog navedenoga|zbog nastale situacije|zbog situacije|radi toga|radi tog|radi ovoga|"
        "radi ovog|radi svega|radi navedenog|za to|za ovo|za sve|za sve to|za to sve|za navedeno|"
        "na tome|na ovome|na svemu|"
        "što se to dogodilo|što se to desilo|što se ovo dogodilo|što se ovo desilo|što je do toga došlo|"
        "što je tako|što je tako ispalo",
        before="i|pa|te|ali|a|se|vam se|vam|nam je|nam|iskreno|još jednom",
    ),
    joining=phrases("i|pa|te|ali|a"),
    polite=phrases(
        "vi|vam|vas|vama|vaš*|možete|molimo vas|morate|trebate|imate|želite|hoćete|znate|ćete|nećete|pošaljite|"
        "kliknite|napišite|pogledajte|pozovite|javite"
    ),
    familiar=phrases(
        "tebe|tebi|tobom|tvoj*|tvog*|tvom*|hvala ti|molim te|molimo te|možeš|imaš|želiš|trebaš|hoćeš|znaš|"
        "dobićeš|ćeš|nećeš|"
        "pošalji|klikni|napiši|pozovi|javi nam|pogledaj|"
        "*ćemo ti|*ću ti|ti ćemo|ti ću|možemo ti|moraš|smeš"
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
