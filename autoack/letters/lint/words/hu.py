"""Hungarian."""

from autoack.letters.lint.words import Table, Words, phrases

WORDS = Words(
    greeting=phrases("tisztelt *|kedves *|üdvözlöm|üdvözöljük|jó napot|szia|sziasztok|helló"),
    close=phrases("üdvözlettel|tisztelettel|köszönettel|szívélyes üdvözlettel|baráti üdvözlettel|köszönjük"),
    thanks=phrases("köszön*"),
    reply=phrases("válaszoljon erre a levélre|erre a levélre válaszolva|válaszoljon erre az e-mailre"),
    filler=phrases(
        "tájékoztatás|tájékoztató|értesítés|információ|fontos|automatikus üzenet|automatikus válasz|üzenet|tisztelt|"
        "kedves|ezúton|ez egy|ez az"
    ),
    slang=Table(
        {
            "szia|sziasztok|helló|csá|hali": "Tisztelt …!", "oké|oki": "rendben", "szuper|király|tuti": "jó",
            "köszi|kösz": "köszönjük", "lécci|légyszi|pls": "kérjük", "haver*": "", "asap": "a lehető leghamarabb",
        }
    ),
    negative=Table(
        {
            "sajnos|sajnálatos módon": "írja le, mi lehetséges", "nem tudunk|nem tudjuk|"
            "nem áll módunkban|nincs módunk*|nincs lehetőség*": "tudunk …",
            "lehetetlen|nem lehetséges": "lehetséges …", "köteles|önnek kell|muszáj": "kérjük, …",
            "nem küldte el|nem adta meg|nem írta meg|nem csatolta|elfelejtette|elmulasztotta": "kérjük, küldje el …",
            "ne válaszoljon": "válaszoljon erre a levélre",
            "elutasít*|megtagad*|tilos": "", "ön hibázott|az ön hibája|nem a mi hibánk": "",
        }
    ),
    promotion=phrases(
        "akciós ár*|akcióink*|*% kedvezmény*|* % kedvezmény*|"
        "használja ki a kedvezmény*|most kedvezmény*|különleges ajánlat*|leárazás*|kiárusítás*|"
        "vásároljon most|promóciós kód*|ne hagyja ki"
    ),
    apology=phrases("elnézést|elnézését|elnézésüket|bocsánat*|sajnáljuk"),
    cause=phrases("amiért|hogy|miatt|mert|*ért|okozta|sajnáljuk a|sajnáljuk az"),
    no_cause=phrases(
        "a kellemetlenségért|a kellemetlenségekért|az esetleges kellemetlenségért|az esetleges kellemetlenségekért|"
        "az okozott kellemetlenségért|az okozott kellemetlenségekért|a felmerült kellemetlenségért|"
        "a felmerült kellemetlenségekért|az ezzel okozott kellemetlenségért|az ezzel okozott kellemetlenségekért|"
        "az ebből adódó kellemetlenségért|az ebből adódó kellemetlenségekért|minden kellemetlenségért|"
        "kellemetlenségért|kellemetlenségekért|a kellemetlenség miatt|a kellemetlenségek miatt|"
        "az esetleges kellemetlenség miatt|az esetleges kellemetlenségek miatt|az okozott kellemetlenség miatt|"
        "az okozott kellemetlenségek miatt|a kellemetlenséget|a kellemetlenségeket|az okozott kellemetlenséget|"
        "az esetleges kellemetlenséget|az esetleges kellemetlenségeket"
    ),
    pronoun=phrases(
        "ezért|azért|ezekért|azokért|mindezért|mindazért|emiatt|amiatt|mindemiatt|e miatt|ezek miatt|azok miatt|"
        "mindezek miatt|a történtekért|a történtek miatt|a fentiekért|a fentiek miatt|hogy ez történt|"
        "hogy így történt|hogy ez megtörtént|hogy így alakult"
    ),
    joining=phrases("és|de|így|ezért"),
    polite=phrases("ön|önt|önnek|önnel|önhöz|öntől|önről|önre|kérjük|írja|válaszoljon|hívjon|küldje|adja|"
    "szíveskedj*"),
    familiar=phrases(
        "te|téged|neked|veled|tőled|hozzád|rólad|kérlek|leveled*|kérésed*|üzeneted*|írj|írd|válaszolj|hívj|"
        "küldd|küldj|"
        "szeretnél|tudsz|tudod|kattints|nézd|nézz"
    ),
    twice=frozenset({"az", "ki"}),  # "az az ügy"
    right=frozenset({"sze", "szo", "percentilis", "ügyféltájékoztatás"}),
    longest_sentence=25,
)  # fmt: skip
