"""Whether a mail only says thank you: such a mail starts no wait (DESIGN section 5).

Thanks seen wrongly would leave a customer waiting unseen, so every word must be one that thanks are made of;
only a name or two may stand among them. Thanks in advance are no such word: they ask for something.
"""

import re

from autoack.core.words import fold

_LONGEST = 300  # characters
_MOST_NAMES = 3
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!:;]\s*$")

# Word beginnings end with *. Without one of these it is no thanks.
_THANKS = {
    "hr": "hval* zahval* fala rijesen* resen* uspjel* uspel* хвал* захвал* решен* успел*",
    "hu": "koszon* kosz koszi halas* megoldod* megoldva sikerult",
    "en": "thank* thx tnx cheers solved resolved fixed appreciat*",
}
# What may stand beside them: greetings, closes, and the small words of courtesy.
_BESIDE = {
    "hr": """
        vam vama ti puno mnogo lijepa lijepo lepo lepa najljepsa najlepsa najljepse najlepse na je su sam
        smo se sve svemu sad sada ok okej redu radi rade proradil* stigl* dobil* primil* brz* odgovoru
        odgovorima pomoc* trudu vremenu vremena informacij* podrsc* uslu* super odlic* sjajn* izvrsn* to
        vec problem od srca za sto ste bili postovan* dobar dan pozdrav* lp lijep lep srdac* sa
        postovanj* gospod* gospodj* вам вама пуно много лепо лепа најлепша најлепше на је су сам смо се
        све свему сад сада ок реду ради раде прорадил* стигл* добил* примил* брз* одговору помоћ* труду
        времену информациј* подршц* услу* супер одлич* сјајн* то већ проблем поштован* добар дан
        поздрав* леп срдач* са поштовањ* за од срца што сте били
        """,
    "hu": """
        szep* nagyon az hogy mar minden rendben van volt gyors* valaszt valaszukat valaszat segitseg*
        tajekoztat* informaci* ezt is most es kedves tisztelt jo napot udv* tisztelettel uram holgyem
        mukodik problema szuper remek onnek onoknek
        """,
    "en": """
        you so much very lot many for the your it is its was all now again works working great perfect
        help quick fast prompt reply response answer support and we am are have has been this that issue
        problem everything fine good dear hi hello kind best regards wishes sincerely yours received got
        in team really truly excellent
        """,
}
# Capitals at the head of a line could pass for names; these open a new matter.
_MORE = re.compile(
    "ceka|salj|javi|molim|treba|jos|ali|nije|ne|no|samo|nego|kada|kad|sto|чека|шаљ|јави|молим|треба|још|али|није|не"
    "|само|када|кад|de|meg|nem|var|kerem|kuld|mikor|csak|but|still|not|please|wait|when|send|need|however|except"
)


def _vocabulary(words: str) -> re.Pattern[str]:
    return re.compile("|".join(w[:-1] + r"\w*" if w.endswith("*") else w for w in words.split()))


_LANGUAGES = {
    key: (_vocabulary(_THANKS[key]), _vocabulary(f"{_THANKS[key]} {_BESIDE[key]}")) for key in _THANKS
}
_LANGUAGES["sr"] = _LANGUAGES["bs"] = _LANGUAGES["hr"]
_ALL = tuple(_LANGUAGES[key] for key in _THANKS)


def is_pure_thanks(new_text: str, language: str | None = None) -> bool:
    """Whether the writer's own words are thanks and nothing else: no question, request or new matter.

    `language` is the tag of the thread's language, if it is known; English is understood beside every one.
    """
    if not new_text or len(new_text) > _LONGEST or "?" in new_text:
        return False
    known = _LANGUAGES.get((language or "").partition("-")[0])
    vocabularies = (known, _LANGUAGES["en"]) if known else _ALL
    if not any(
        thanks.fullmatch(fold(word)) for word in _WORD.findall(new_text) for thanks, _ in vocabularies
    ):
        return False
    allowed = [words for _, words in vocabularies]
    names = 0
    for line in new_text.split("\n"):
        strange = _strange_words(line, allowed)
        if strange is None:
            return False
        names += strange
    return names <= _MOST_NAMES


def _strange_words(line: str, allowed: list[re.Pattern[str]]) -> int | None:
    """How many words of the line are names; None where one is neither a name nor a word of thanks."""
    matches = [m for m in _WORD.finditer(line) if len(m[0]) > 1 or m[0].isdigit()]
    strange = [m for m in matches if not any(words.fullmatch(fold(m[0])) for words in allowed)]
    for match in strange:
        # On a line of its own a name signs; elsewhere it follows other words: `Hvala, Ana!`
        opens = match is matches[0] or _SENTENCE_END.search(line[: match.start()]) is not None
        if not match[0].istitle() or _MORE.match(fold(match[0])) or (opens and len(strange) < len(matches)):
            return None
    return len(strange)
