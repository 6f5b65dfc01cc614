"""Given names that are certain: whose gender they tell, and that they are given names at all.

A short list of the commonest, by folded form (core.script.folded). A name that is not here, and that no rule
settles, tells nothing: letters then greet without a gender.
"""

from enum import StrEnum

from autoack.core.script import folded, word_set


class Gender(StrEnum):
    """What a given name says of its bearer."""

    FEMALE = "f"
    MALE = "m"


_MALE = word_set(
    """
    ivan marko josip luka ante petar tomislav stjepan zeljko hrvoje marijan marin mario dario nikola
    filip matej mateo mislav dino domagoj kresimir zvonimir branimir drazen damir goran zoran igor
    boris denis robert vedran davor darko branko zdravko slavko mirko stanko ranko srecko zlatko
    danko janko zarko vlatko mladen milan dragan dusan bojan dejan stefan milos nemanja uros vuk
    lazar jovan djordje stevan aleksandar aleksa vladimir vladislav miroslav radoslav dobroslav
    branislav predrag nenad slobodan milorad radovan bogdan srdjan slavisa sinisa nebojsa ljubisa
    radisa bosko rade rajko veljko milutin momcilo momir miodrag zivorad zivko vojislav stanislav
    svetozar svetislav dalibor tihomir velimir vlado vlade vladan pavle pavao juraj jure jurica
    ivica perica tomica jovica novica stevica ivo mate matija mijo mihovil miho mihajlo mihailo
    miljenko anton antun antonio andrija andrej jakov jakob jaksa ilija josko frane franjo fran
    grgur grga karlo kristijan krunoslav leon leo lovro lovre nikica niko nino patrik roko roman
    rudolf silvio stipe sime simun tin tomo toni toma vinko vjekoslav zvonko borna bruno emil erik
    dominik david daniel danijel dragutin drago duje dubravko edi edin emir haris jasmin kenan mirza
    mustafa adnan amir nedim nermin ibrahim alija hamza tarik sead senad samir kosta mileta miloje
    gojko gordan hrvoslav janos laszlo istvan sandor ferenc gabor zoltan attila tamas peter balazs
    csaba gyula gergely andras bela geza imre jozsef lajos mihaly miklos tibor zsolt john james
    michael william thomas paul andrew joshua ezra
    """
)
_FEMALE = word_set(
    """
    ines nives karmen ingrid iris doris lidija dolores mercedes margit katalin erzsebet eszter agnes
    edit judit ildiko aniko eniko timea emoke tunde noemi beatrix mary emily elizabeth margaret
    susan helen rut ruth ester elizabet miriam merjem vivien ana anja marija ivana petra maja jelena
    milica katarina marta sanja tanja vesna nada ljiljana snezana gordana jasna mirjana marina
    martina kristina lucija lana sara ema mia nika tea iva dora ivona valentina monika renata sandra
    danijela biljana dragana svetlana zorica slavica ljubica danica teodora jovana tamara nevena
    natasa tijana aleksandra antonija helena barbara veronika klara nina lea elena sofija zeljka
    zdenka branka mirela suzana vera ruzica kata stana emma olivia anna
    """
)
# These end in -a and may be a man's name elsewhere, or are both.
_EITHER = word_set("vanja sasa andrea noa sava misa mika pera sima zika laza steva gaja vasa")
_HUNGARIAN = word_set(
    """
    anna eva maria katalin erzsebet ilona zsuzsanna zsuzsa agnes judit ildiko eszter krisztina aniko
    monika edit gabriella reka nora dora vera zsofia hanna orsolya beata edina tunde timea noemi
    emese emoke eniko viktoria janos laszlo istvan sandor ferenc gabor zoltan attila tamas balazs
    csaba gyula gergely gergo andras bela geza imre jozsef lajos mihaly miklos tibor zsolt mate
    bence levente adam krisztian norbert akos arpad denes erno kalman karoly marton matyas otto pal
    rudolf szabolcs vilmos
    """
)


def is_given(word: str) -> bool:
    """Whether this is surely a given name."""
    form = folded(word)
    return form in _MALE or form in _FEMALE or form in _HUNGARIAN


def is_hungarian(word: str) -> bool:
    """Whether this is surely a Hungarian given name."""
    return folded(word) in _HUNGARIAN


def gender(given: str) -> Gender | None:
    """The gender that a given name settles in a Croatian or Serbian letter; None where it settles none.

    In both languages given names in -a are women's but for a closed list of men's (Luka, Nikola, Ilija …).
    """
    form = folded(given)
    if form in _EITHER:
        return None
    if form in _MALE:
        return Gender.MALE
    if form in _FEMALE or (form.endswith("a") and len(form) > 2 and form.isalpha()):
        return Gender.FEMALE
    return None
