"""What a customer's mail is about in the large, and whether it is heated, by small lists of word beginnings.

Words are compared with case and accents folded. The lists are rather too short than wrong: a word that also has a
harmless meaning is left out, and the ops' rules outrank them all.
"""

import re

from autoack.core.words import fold


def _beginnings(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + ")")


_COMPLAINT = _beginnings(
    # hr, sr in Latin script
    r"reklamacij|reklamira|(?<!bez )prigovor|zalb[aeiu]|prituzb|nezadovolj|razocara|sramot|neprihvatljiv",
    r"nedopustiv|katastrof|uzasn[aeiou]\b|skandal|zalim se",
    r"ni(?:sam|smo) (?:uopce |uopste |bas |nimalo |ni malo )?(?:pre)?(?:zadovolj|odusevlj)",
    # sr in Cyrillic script
    r"рекламациј|рекламира|(?<!без )приговор|жалб[аеиу]|притужб|незадовољ|разочара|срамот|неприхватљив",
    r"недопустив|катастроф|ужасн[аеиоу]\b|скандал|жалим се",
    r"ни(?:сам|смо) (?:уопште |баш |нимало |ни мало )?(?:пре)?(?:задовољ|одушевљ)",
    # hu
    r"panasz(?!om nincs|unk nincs|mentes)|reklamacio|elegedetlen|felhabori|csalodott|csalodas|elfogadhatatlan",
    r"botrany|nem vagy(?:ok|unk) (?:\w+ )?elegedett",
    # en
    r"(?<!no )(?<!not )(?<!cannot )(?<!can't )complain|unacceptable|dissatisf|(?<!not )disappoint|unhappy",
    r"not (?:at all |very |really |entirely |fully )?(?:satisfied|happy|pleased|impressed)|outrag|appall",
    r"disgrace|terrible (?:service|experience|support)",
)
# What looks like a complaint and says that there is none.
_NO_COMPLAINT = _beginnings(
    r"(?:nemam|nemamo|nema) (?:nikakvih? |nikakav )?(?:prigovor|prituzb|zamjerk|zamerk)\w*",
    r"(?:немам|немамо|нема) (?:никаквих? |никакав )?(?:приговор|притужб|замерк)\w*",
    r"(?:nincs|nem volt) (?:semmi(?:lyen|fele)? )?panasz\w*|panasz nelkul",
    r"no (?:complaint|disappointment)s?|never (?:complain|disappoint)\w*",
)
_PRAISE = _beginnings(
    r"pohval(?!nic)|svaka (?:vam )?cast|(?<!nisam )(?<!nismo )(?:odusevljen|prezadovolj)",
    r"zadovoljn[ai] (?:sam|smo)|(?:sam|smo) (?:\w+ )?zadovolj|bravo\b",
    r"(?:odlicn|izvrsn|sjajn)[aou] (?:uslug|podrsk|posa[ol]|iskustv|ekip)",
    r"(?:bi(?:la|li|o)|je|su|ste) (?:(?!bi\b)\w+ )?(?:pre)?(?:div|izvrs|odlic|sjaj|fantastic)a?n\w*",
    r"(?:hvala|zahval\w+) (?:\w+ ){0,2}(?:od srca|na (?:\w+ (?:i )?){0,2}(?:ljubaznosti|strpljenju|trudu|pomoci))",
    r"похвал(?!ниц)|свака (?:вам )?част|(?<!нисам )(?<!нисмо )(?:одушевљен|презадовољ)",
    r"задовољн[аи] (?:сам|смо)|(?:сам|смо) (?:\w+ )?задовољ|браво\b",
    r"(?:одличн|изврсн|сјајн)[аоу] (?:услуг|подршк|посао|искуств|екип)",
    r"(?:би(?:ла|ли|о)|је|су|сте) (?:(?!би\b)\w+ )?(?:пре)?(?:див|изврс|одлич|сјај|фантастич)а?н\w*",
    r"(?:хвала|захвал\w+) (?:\w+ ){0,2}(?:од срца|на (?:\w+ (?:и )?){0,2}(?:љубазности|стрпљењу|труду|помоћи))",
    r"dicser|(?:kivalo|nagyszeru|remek) (?:szolgaltatas|munka|kiszolgalas|csapat|volt)",
    r"(?:nagyon )?elegedett vagy(?:ok|unk)",
    r"(?:nagyon |halasan )?koszon\w+ (?:\w+ ){0,3}(?:gyors|kedves|kivalo|remek|odaado) "
    r"(?:segitseg|munka|kiszolgalas)\w*",
    r"(?:excellent|great|wonderful|fantastic|outstanding) (?:service|support|work|job|experience|team)",
    r"(?:was|were|is|are) (?:\w+ )?(?:wonderful|amazing|fantastic|brilliant|excellent|outstanding|superb|so helpful)",
    r"thank\w* (?:\w+ ){0,3}(?:for|to) (?:\w+ ){0,3}(?:wonderful|amazing|fantastic|excellent|outstanding|kindness)",
    r"well done|my compliments|(?:a|big|huge) compliment\b|kudos|(?<!not )impressed (?:by|with)",
    r"(?<!not )(?<!be )very (?:happy|pleased|satisfied) with|keep up the good",
)
# Praise that goes on with what is wrong is no praise to be thanked for.
_BUT = _beginnings(
    r"(?:ali|medutim|medjutim|nazalost|na zalost|i dalje|jos uvijek|jos uvek)\b",
    r"(?:али|међутим|нажалост|на жалост|и даље|још увек)\b",
    r"(?:de|azonban|viszont|sajnos)\b",
    r"(?:but|however|unfortunately|still)\b",
)
_QUESTION = _beginnings(
    r"pitanje|pitam|(?:zanima|interesuje) (?:me|nas)|upit\b|mozete li|moze li|mogu li|da li|je li",
    r"kako (?:da|mogu|mozemo)\b",
    r"molim (?:vas )?(?:za )?(?:informacij|odgovor)",
    r"питање|питам|(?:занима|интересује) (?:ме|нас)|упит\b|можете ли|може ли|могу ли|да ли",
    r"како (?:да|могу|можемо)\b",
    r"молим (?:вас )?(?:за )?(?:информациј|одговор)",
    r"kerdes|erdeklod|szeretnem (?:meg)?(?:tudni|kerdez)|hogyan\b|lehetseges-?e\b",
    r"questions?\b|wonder(?:ing|ed)?\b|would like to know|could you|can you|how (?:do|can|to)\b|enquir|inquir",
)
# A mark inside a web address asks nothing.
_ASKED = re.compile(r"\?(?![\w=&%/])")
_STRONG = _beginnings(
    # Plural where one alone may be part of the matter: who was robbed writes of a thief.
    r"jeb(?:e(?!l)|i\b|ite|o\b|em|ote|eno|ena)|odjebi|zajeb|sranj[ea]|govno|govna\b|pizd[aeou]\b",
    r"kurac\b|kurc[aeiu]\b|kurcin|picku (?:ti|vam|mu|im|materinu)|u picku|pick[aeiou] (?:ti )?materin",
    r"idiot|kreten(?!j)|debil(?:i|a|e|u|no|na|cin\w*)?\b|glupan|glupac|glupaci|budal[aeou]\b",
    r"lopovi\b|lopovluk|lopine|lopovsk|prevaranti\b|lazovi?\b|bagra jedna|bagro\b|sram vas (?:bilo|moze)",
    r"stok[aeou] jedn|svinjarij|(?:k ?|do ?)(?:vragu?|davola)\b",
    r"јеб(?:е|и\b|ите|о\b|ем|оте|ено|ена)|одјеби|зајеб|срањ[еа]|говно|говна\b|пизд[аеоу]\b",
    r"курац\b|курц[аеиу]\b|пичк[аеиоу] (?:ти )?материн|у пичку|идиот|кретен(?!ј)",
    r"дебил(?:и|а|е|у|но|на|чин\w*)?\b|глупан|глупак|глупац|будал[аеоу]\b|лопови\b|лоповлук|лоповск",
    r"преваранти\b|лажови?\b|багра једна|багро\b|срам вас (?:било|може)|сток[аеоу] једн|свињариј|до ?ђавола\b",
    r"kurva|szar\b|szart\b|szarok\b|szarsag|fasz(?:t|om|od|ok|sag\w*|fej\w*|kalap\w*|ul)?\b|baszd|bassz",
    r"baszott|picsa\b|picsaba|idiota|hulye|barom\b|barmok\b|csalok\b|tolvajok\b|hazugok\b",
    r"(?:menj|menjen|menjenek|menjetek) a (?:pokolba|fenebe)\b|(?:go to|what the) hell\b",
    r"fuck|shit(?:s|ty|head|hole|show)?\b|bullshit|bastards?\b|assholes?\b|arseholes?\b|morons?\b",
    r"crap(?:py|s)?\b|scammers?\b|crooks\b|you (?:are )?(?:\w+ )?thie(?:f|ves)\b|liars?\b|shame on you",
)


def category(text: str, subject: str) -> str:
    """`complaint`, `question`, `praise` or `other`; a complaint outweighs a question, that praise."""
    folded = fold(f"{subject}\n{text}")
    if _COMPLAINT.search(folded) and _COMPLAINT.search(_NO_COMPLAINT.sub(" ", folded)):
        return "complaint"
    if _ASKED.search(folded) or _QUESTION.search(folded):
        return "question"
    return "praise" if _PRAISE.search(folded) and not _BUT.search(folded) else "other"


def strong_language(text: str) -> bool:
    """Whether the writer swears or insults: somebody should look before the clock says so."""
    return _STRONG.search(fold(text)) is not None
