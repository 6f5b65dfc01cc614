"""The two pronunciations of Serbian and Croatian: ekavian words, and ijekavian ones, each with the other.

Only words that are not right in the other pronunciation with another meaning: Croatian has "vremena" and
"rečeno", and nobody is helped by an alarm about them.
"""

# ekavian → ijekavian
EKAVIAN = {
    "vreme": "vrijeme", "reč|reči|rečima|rečju": "riječ", "rešenj*|rešen*|reši*|rešav*": "rješenje, riješiti",
    "mesto|mesta|mestu|mestom|mestima": "mjesto", "posle": "poslije", "uvek": "uvijek", "pre": "prije",
    "lepo|lepa|lepi|lep|lepe|lepu": "lijepo", "vest|vesti|vestima": "vijest",
    "cena|cene|cenu|ceni|cenom|cenama": "cijena",
    "deo|delovi|delova": "dio", "dve|dvema": "dvije", "gde|negde|nigde|svugde": "gdje", "ovde": "ovdje",
    "nedelj*": "nedjelja", "ponedeljak|ponedeljk*": "ponedjeljak", "sreda|sredu|sredom": "srijeda",
    "videti|videli|videla|videće*": "vidjeti", "želeti|želeli|želela|želeo": "željeti",
    "razumeti|razumeli|razumem|razumemo|razumete": "razumjeti",
    "sledeć*": "sljedeći", "obavešt*": "obavijest", "izvešt*": "izvještaj", "odeljenj*": "odjel",
    "uspeh*|uspešn*|uspeli|uspeo|neuspešn*": "uspjeh", "zahtev*": "zahtjev",
    "primer|primeri*|primera|primeru": "primjer",
    "savet*": "savjet", "primetil*|primetiti|primetio": "primijetiti",
    "promena|promene|promenu|promeni*|promenom": "promjena",
    "mera|mere|meru|merama": "mjera", "mesec*": "mjesec", "čovek*": "čovjek", "podset*": "podsjetnik",
    "poslednj*": "posljednji", "pomeri*|pomeren*": "pomjeriti", "deca|dece|dete|deteta": "djeca",
    "ocena|ocene|ocenu|oceni*": "ocjena", "procena|procene|procenu|proceni*": "procjena",
    "namera|namere|nameru": "namjera",
    "proveri*|proveren*|provera|provere|proveru|proverav*": "provjeriti", "poveren*": "povjerenje",
    "verovatno": "vjerojatno", "delimičn*": "djelomično", "hteli|htela|hteo|hteti": "htjeti",
    "zameni*|zamena|zamenu": "zamjena",
    "unapred": "unaprijed", "razmeni*": "razmijeniti", "umesto": "umjesto",
}  # fmt: skip

# ijekavian → ekavian
IJEKAVIAN = {
    "vrijeme": "vreme", "riječ*": "reč", "rješenj*|riješen*|riješi*|rješav*": "rešenje, rešiti", "mjest*": "mesto",
    "poslije": "posle", "uvijek": "uvek", "prije": "pre", "lijep*": "lepo", "vijest*": "vest", "cijen*": "cena",
    "dio|dijelov*": "deo", "dvije": "dve", "gdje|negdje|nigdje|svugdje": "gde", "ovdje": "ovde",
    "nedjelj*": "nedelja",
    "ponedjelj*": "ponedeljak", "srijed*": "sreda", "vidjeti|vidjeli|vidjela": "videti",
    "željeti|željeli|željela": "želeti",
    "razumjeti|razumjeli|razumijem|razumijemo|razumijete": "razumeti",
    "sljedeć*": "sledeći", "obavještenj*|obavijest*|obavještav*": "obaveštenje",
    "izvještaj*|izvješć*": "izveštaj", "odjel*|odjeljenj*": "odeljenje",
    "uspjeh*|uspješn*|uspjeli|neuspješn*": "uspeh",
    "zahtjev*": "zahtev", "primjer*": "primer", "savjet*": "savet", "primijeti*": "primetiti", "promjen*": "promena",
    "mjera|mjere|mjeru|mjerama": "mera", "mjesec*": "mesec", "čovjek*": "čovek", "podsjet*": "podsetnik",
    "posljednj*": "poslednji", "pomjeri*|pomjeren*": "pomeriti", "djec*|dijete|djetet*": "deca", "ocjen*": "ocena",
    "procjen*|procijen*": "procena", "namjer*": "namera", "provjer*": "proveriti", "povjeren*": "poverenje",
    "vjerovatno|vjerojatno": "verovatno", "djelimičn*|djelomičn*": "delimično", "htjeli|htjela|htjeti": "hteti",
    "zamjen*|zamijen*": "zamena", "unaprijed": "unapred", "umjesto": "umesto",
}  # fmt: skip
