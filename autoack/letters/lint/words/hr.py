"""Croatian."""

from autoack.letters.lint.words import Table, Words, alone, phrases
from autoack.letters.lint.words.yat import EKAVIAN

WORDS = Words(
    greeting=phrases("poštovan*|dragi|draga|drage|cijenjen*|pozdrav|dobar dan|dobro jutro|dobra večer|bok"),
    close=phrases("srdačan pozdrav|srdačno|s poštovanjem|lijep pozdrav|lijepi pozdravi|uz pozdrav|hvala vam"),
    thanks=phrases("hvala|zahvalj*"),
    reply=phrases("odgovorite na ov*|u odgovoru na ov*|odgovorom na ov*"),
    filler=phrases(
        "obavijest|obavijesti|informacija|informacije|važno|automatska poruka|automatski odgovor|poruka od|u vezi|"
        "vezano uz|poštovani|ovo je|želimo vas"
    ),
    slang=Table(
        {
            "ej|ćao|hej": "Poštovani", "okej|oke": "u redu", "kul|fora|super": "dobro", "pliz|pls": "molimo Vas",
            "tnx|thx": "hvala", "sorry|sori": "oprostite", "ajde|hajde": "", "frend*|brate": "",
            "vidimo se": "srdačan pozdrav",
        }
    ),
    negative=Table(
        {
            "nažalost": "recite što je moguće", "ne možemo|nismo u mogućnosti": "možemo …",
            "nemoguće|nije moguć*|nisu moguć*": "moguće je …",
            "da morate|vi morate|morate nam|morate poslati|morate pričekati|morate dostaviti|"
            "obvezni ste": "molimo Vas da …",
            "niste dostavili|niste poslali|niste naveli|niste priložili|niste upisali|"
            "zaboravili ste": "molimo Vas da nam pošaljete …",
            "ne odgovarajte|nemojte odgovarati|ne odgovarati": "odgovorite na ovu poruku",
            "odbijamo|odbijen*|zabranjen*": "", "pogriješili ste|vaša pogreška|nismo krivi": "",
        }
    ),
    promotion=phrases(
        "*% popusta|* % popusta|našu akciju|našu novu akciju|"
        "iskoristite popust|ostvarite popust|uz popust od|akcijska cijena|akcijske cijene|posebna ponuda|"
        "posebnu ponudu|rasprodaj*|kupite odmah|promo kod*|"
        "ne propustite|najpovoljnij*"
    ),
    apology=phrases("ispričav*|žao nam je|nam je žao|nam je * žao|oprostite|isprik*"),
    cause=phrases(
        "zbog|što|jer|radi|za|uzrokovan*|izazvan*|prouzročen*|žao nam je da|oprostite na|ispričavamo se na"
    ),
    no_cause=phrases(
        "zbog neugodnosti|zbog * neugodnosti|zbog svih mogućih neugodnosti|zbog svih eventualnih neugodnosti|"
        "zbog svih nastalih neugodnosti|za neugodnosti|za * neugodnosti|za sve moguće neugodnosti|"
        "za sve eventualne neugodnosti|radi neugodnosti|radi * neugodnosti|na neugodnosti*|"
        "na * neugodnosti*"
    ),
    pronoun=alone(
        "zbog toga|zbog tog|zbog ovoga|zbog ovog|zbog svega|zbog svega toga|zbog svega ovoga|zbog toga svega|"
        "zbog navedenog|zbog navedenoga|zbog nastale situacije|zbog situacije|radi toga|radi tog|radi ovoga|"
        "radi ovog|radi svega|radi navedenog|za to|za ovo|za sve|za sve to|za to sve|za navedeno|"
        "na tome|na ovome|na svemu|"
        "što se to dogodilo|što se ovo dogodilo|što se tako dogodilo|što je do toga došlo|što je tako|"
        "što je tako ispalo",
        before="i|pa|te|ali|a|se|vam se|vam|nam je|nam|iskreno|još jednom",
    ),
    joining=phrases("i|pa|te|ali|a"),
    polite=phrases(
        "vi|vam|vas|vama|vaš*|možete|molimo vas|morate|trebate|imate|želite|hoćete|znate|ćete|nećete|pošaljite|"
        "kliknite|napišite|pogledajte|nazovite|javite"
    ),
    familiar=phrases(
        "tebe|tebi|tobom|tvoj*|tvog*|tvom*|hvala ti|molim te|molimo te|možeš|imaš|želiš|trebaš|hoćeš|znaš|ćeš|nećeš|"
        "pošalji|klikni|napiši|nazovi|javi nam|javit ćemo ti|pogledaj|"
        "ćemo ti|ću ti|ti ćemo|ti ću|možemo ti|moraš|smiješ"
    ),
    right=frozenset({"pon", "sri", "čet", "sub", "ned", "neisporuci", "percentil", "odg"}),
    longest_sentence=28,
    ekavian=Table(EKAVIAN),
)  # fmt: skip
