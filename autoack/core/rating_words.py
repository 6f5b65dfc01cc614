"""Words by which people say how it went: what may follow a number without a mark where that number is a vote.

"2 sporo i neljubazno" rates, "2 dobra paketa" counts. So a word of judgement must stand where a counted noun would,
and nothing may follow it that it could describe. Folded text in Latin letters, all languages in one: a customer
need not write in the language of the survey.
"""

import re

# Alone they judge: adverbs, and words for a person's own mood.
_JUDGING = r"""
    sporo|presporo|brzo|(?:ne)?ljubazno|nepristojno|bezobrazno|drsko|(?:ne)?profesionalno|(?:ne)?korektno|lose|prelose
    |uzasno|ocajno|grozno|strasno|katastrofaln[oa]|katastrofa|uzas|sramota|sramotno|nikako|nikakvo|slabo|bi?jedno|bedno|jadno
    |odlicno|odlican|izvrsno|izvanredno|super|sjajno|fantasticno|savrseno|perfektno|prekrasno|predivno|divno|krasno
    |lijepo|lepo|dobro|solidno|ok|okej|osrednje|prosjecno|prosecno|tako tako|predugo|kasno|prekasno|traljavo|aljkavo
    |(?:ne)?jasno|efikasno|ucinkovito|azurno|(?:ne)?strucno|beskorisno|korisno|vrhunski|vrhunsko|vrh|top|bravo
    |svaka (?:cast|pohvala)|pohval[ea]|preporucujem|(?:ne)?zadovolj(?:an|na|ni|ne)|razocaran[aie]?
    |lassu|gyors|udvarias|udvariatlan|kedves|segitokesz|kivalo|remek|szuper|tokeletes|nagyszeru|jo|rossz|gyenge
    |borzalmas|borzaszto|szornyu|katasztrofa|katasztrofalis|pocsek|szegyen|csapnivalo|elegedett|elegedetlen|csalodott
    |csalodtam|csalodas|korrekt|megfelelo|atlagos|kozepes|rendben|profi|szakszeru|szakszerutlen|goromba
    |slow|fast|quick|prompt|rude|polite|friendly|unfriendly|helpful|unhelpful|useless|great|good|excellent|perfect
    |amazing|awesome|fantastic|superb|outstanding|brilliant|wonderful|terrific|lovely|nice|fine|okay|average|mediocre
    |so so|meh|bad|poor|terrible|awful|horrible|dreadful|disappoint(?:ed|ing)|unacceptable|(?:un)?professional
    |(?:dis|un)?satisfied|(?:un)?happy|pathetic|disgraceful|disaster|shame|well done|impress(?:ed|ive)|(?:in)?efficient
"""
# Beside a word for the service, and nowhere else: "2 dobra" may count.
_DESCRIBING = r"""
    odlicna|izvrsna|izvrstan|sjajna|dobra|dobar|losa?|spora?|brza?|uzasna|grozna|slaba?|jadna|vrhunska
    |(?:ne)?ljubaz(?:na|an)|(?:ne)?profesionalna|(?:ne)?korektna
"""
_SERVICE = r"""
    uslug[aou]\w*|podrsk\w+|komunikacij\w+|su?radnj\w+|saradnj\w+|servis|odnos|pristup|odgovor|rjesavanje|resavanje
    |kiszolgalas|ugyintezes|szolgaltatas|ugyfelszolgalat|segitseg|munka|hozzaallas|kommunikacio
    |(?:customer )?(?:service|support)|job|work|experience|response|communication|help|team|staff
"""
_VERY = r"""
    jako|vrlo|veoma|bas|stvarno|zaista|prilicno|dosta|malo|previse|isuvise|potpuno|nagyon|tul|eleg|kicsit|igazan
    |very|too|really|so|quite|rather|a bit|pretty|extremely|absolutely|totally
"""
# What may open the sentence: it all, it was, I am. "je" and "su" alone would belong to things that are counted.
_OPENING = r"""
    sve(?: (?:je|bilo))*|bilo je|(?:ni)?sam|(?:ni)?smo|bi[olt]+[aio]?|usluga je(?: bila)?|podrska je(?: bila)?|minden
    |nem vagyok|nem vagyunk|nem voltam|everything(?: (?:is|was|went))?|all(?: (?:is|was|went))?|it (?:is|was)|it's
    |i (?:am|was)|i'm|we (?:are|were)|(?:the )?(?:service|support) (?:is|was)|overall|not(?: at all)?
"""
# After the judgement: what goes on with the sentence and is nothing that could have been counted.
_GOING_ON = r"""
    i|a|ali|pa|te|jer|sto|ste|sam|smo|je|mi|nam|vam|od|za|s|sa|u|na|kao|hvala|bilo|moglo|radite|\w+(?:ate|ujete)
    |\w+(?:eno|ano)|es|de|mert|hogy|volt|voltam|vagyok|vagyunk|voltunk|a|az|koszon\w+
    |and|but|because|as|for|with|that|thanks|thank you|thx|considering|overall|indeed|really
"""
_THANKS = r"hvala|zahvaljuje\w+|koszon\w+|koszi|thanks|thank you|thx|tnx|cheers"
_BETTER = r"bolje|brze|ljubaznije|better|faster|quicker|friendlier|jobb|gyorsabb|udvariasabb"
_COULD = (
    r"(?:moglo|moze|mogli|could|can|might|should|lehetne|lehetett volna)(?: (?:je|bi|ste|i|biti|bilo|be|have|been|do"
    rf"|se|malo|puno|a|bit|kicsit)){{0,3}} (?:{_BETTER})\b"
)
_BECAUSE = r"(?:jer|zato sto|zbog|because|due to|mert)\s+\w"
_WAITED = r"(?:predugo|tul sokat|sokat|too long|tul sokaig)\b"


def _words(listed: str) -> str:
    return "".join(listed.split("\n")).replace("    ", "")


# Another number goes on with counting: "2 good and 3 bad", "2 ok, 3 broken".
_NO_COUNT = r"(?!\W*(?:(?:i|and|es|a|ali|but|de)\s+)?\d)"
_END = rf"(?:\s*$|\s*[^\w\s]|\s+(?:{_words(_GOING_ON)}|{_words(_JUDGING)}|{_words(_SERVICE)})\b){_NO_COUNT}"
_LEAD = rf"(?:(?:{_words(_OPENING)})\s+){{0,2}}(?:(?:{_words(_VERY)})\s+){{0,2}}"
_JUDGED = re.compile(
    rf"(?:{_LEAD}(?:{_words(_JUDGING)})\b{_NO_COUNT}{_END}"
    rf"|{_LEAD}(?:{_words(_DESCRIBING)})\s+(?:{_words(_SERVICE)})\b{_NO_COUNT}"
    rf"|(?:{_THANKS})\b{_NO_COUNT}{_END}"
    rf"|{_COULD}|{_BECAUSE}|{_WAITED})"
)
_SMILE = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d\\s]*|[:;=]-?[()DPp|/]+")


def judges(folded: str) -> bool:
    """Whether these words (folded, Latin) say how it went, from the first one on, and count nothing."""
    return _JUDGED.match(folded.lstrip()) is not None


def smiles(text: str) -> bool:
    """Whether there is nothing but smileys."""
    return bool(text.strip()) and _SMILE.fullmatch(text.strip()) is not None
