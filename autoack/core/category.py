"""What a customer's mail is about in the large, and whether it is heated, by small lists of word beginnings.

Words are compared with case and accents folded. The lists are honest rather than long: rules outrank them.
"""

import re

from autoack.core.words import fold


def _beginnings(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + ")")


_COMPLAINT = _beginnings(
    # hr, sr in Latin script
    r"reklamacij|reklamira|prigovor|zalb[aeiu]|prituzb|nezadovolj|razocara|sramot|neprihvatljiv|nedopustiv",
    r"katastrof|uzasn|skandal|zalim se|ni(?:sam|smo) (?:uopce |uopste |bas )?zadovolj",
    # sr in Cyrillic script
    r"рекламациј|приговор|жалб[аеиу]|притужб|незадовољ|разочара|срамот|неприхватљив|недопустив",
    r"катастроф|ужасн|скандал|жалим се|ни(?:сам|смо) (?:уопште |баш )?задовољ",
    # hu
    r"panasz|reklamacio|elegedetlen|felhabori|csalodott|csalodas|elfogadhatatlan|botrany",
    r"nem vagy(?:ok|unk) (?:\w+ )?elegedett",
    # en
    r"complain|unacceptable|dissatisf|not (?:at all )?(?:satisfied|happy)|unhappy|disappoint|outrag|appall",
    r"disgrace|terrible (?:service|experience|support)",
)
_PRAISE = _beginnings(
    r"pohval|svaka (?:vam )?cast|odusevljen|prezadovolj|zadovoljn[ai] (?:sam|smo)|(?:sam|"
    r"smo) (?:\w+ )?zadovolj",
    r"(?:odlicn|izvrsn|sjajn)[aou] (?:uslug|podrsk|posa[ol]|iskustv|ekip)|bravo",
    r"похвал|свака (?:вам )?част|одушевљен|презадовољ|(?:сам|смо) (?:\w+ )?задовољ|браво",
    r"(?:одличн|изврсн|сјајн)[аоу] (?:услуг|подршк|посао|искуств|екип)",
    r"dicser|kivalo|nagyszeru|remek|(?:nagyon )?elegedett vagy(?:ok|unk)",
    r"(?:excellent|great|wonderful|fantastic) (?:service|support|work|job|experience)|well done|"
    r"compliment|kudos",
    r"very (?:happy|pleased|satisfied)|impressed|keep up the good",
)
_QUESTION = _beginnings(
    r"pitanje|pitam|zanima (?:me|nas)|upit\b|mozete li|moze li|mogu li|da li|je li|kako (?:da|se|mogu)",
    r"molim (?:vas )?(?:za )?(?:informacij|odgovor)",
    r"питање|питам|занима (?:ме|нас)|упит\b|можете ли|може ли|могу ли|да ли|како (?:да|се|могу)",
    r"kerdes|erdeklod|szeretnem (?:meg)?(?:tudni|kerdez)|hogyan|lehetseges-?e",
    r"question|wonder|could you|can you|how (?:do|can|to)|enquir|inquir",
)
_STRONG = _beginnings(
    r"jeb(?:e|i|o|a|em|ote)|sranj|govn|pizd|kurac\b|kurc|picku|pick[ae] (?:ti )?materin|idiot|kreten|debil",
    r"glupan|glupac|budal[aeou]\b|majmun|lopov|lopin|prevarant|bagr[aeou]\b|sram vas bilo|stok[aeou] jedn",
    r"јеб[еиоа]|срањ|говн|пизд|курац|курц|пичк|идиот|кретен|дебил|глупан|будал[аеоу]\b|лопов|преварант",
    r"багр[аеоу]\b|срам вас било",
    r"kurva|geci|szar\b|szart\b|szarok|fasz|baszd|bassz|baszott|idiota|hulye|barom\b|barmok|csalok?\b|tolvaj",
    r"fuck|shit|bullshit|bastard|asshole|moron|crap|scammer|crook|thie(?:f|ves)\b|liar|shame on you",
)


def category(text: str, subject: str) -> str:
    """`complaint`, `question`, `praise` or `other`; a complaint outweighs a question, that praise."""
    folded = fold(f"{subject}\n{text}")
    if _COMPLAINT.search(folded):
        return "complaint"
    if "?" in folded or _QUESTION.search(folded):
        return "question"
    return "praise" if _PRAISE.search(folded) else "other"


def strong_language(text: str) -> bool:
    """Whether the writer swears or insults: somebody should look before the clock says so."""
    return _STRONG.search(fold(text)) is not None
