"""The form in which Croatian and Serbian letters call a person by their given name.

Only forms of which every reader would say that they are right. Where usage wavers (Denis, Patrik, Blaž, Juraj)
there is none, and the letter greets in another way.
"""

from autoack.core.given_names import Gender, gender, south_slavic
from autoack.core.script import word_set

# A vowel falls out, or a consonant changes before the ending: these are few, and all known.
_OWN = {
    "Petar": "Petre", "Aleksandar": "Aleksandre", "Mitar": "Mitre", "Pavao": "Pavle", "Vuk": "Vuče",
    "Novak": "Novače", "Predrag": "Predraže", "Miodrag": "Miodraže", "Ljubodrag": "Ljubodraže",
    "Miloš": "Miloše", "Uroš": "Uroše", "Dragoš": "Dragoše", "Radoš": "Radoše", "Boris": "Borise",
    "Vid": "Vide", "Tin": "Tine",
}  # fmt: skip
# Short or foreign: their vocative sounds like another name, or is not in use.
_WAVERING = word_set(
    """
    Jan Dan Fran Joel Manuel Emanuel Samuel Rafael Marcel Gabriel Leonid Juraj Sergej Aleksej Nikolaj Pavel Franc Lav
    Alica Veronica
    """
)
_VOWELS = "aeiou"
_HARD = "bdflmnprtv"  # after these the ending is -e, without a change


def vocative(given: str) -> str | None:
    """How a person of this given name is called, in Latin letters and full spelling; None where not certain.

    Women's names stay as they are (Ana, Marija, Ines) but for those in -ica (Milice). Men's in a vowel stay (Marko,
    Luka, Đorđe), those in a hard consonant take -e (Ivane), those in -j take -u (Mateju).
    """
    name = south_slavic(given)
    if name is None:
        return None
    settled = gender(given)
    if name in _WAVERING:
        return None
    if settled is Gender.FEMALE:
        return name[:-1] + "e" if name.endswith("ica") and _syllables(name) > 2 else name
    if settled is Gender.MALE:
        return _of_man(name)
    return None


def _of_man(name: str) -> str | None:
    if name in _OWN:
        return _OWN[name]
    if name[-1] in _VOWELS:
        return name
    if name[-1] == "j":
        return name + "u"
    if name[-1] in _HARD and not name.endswith(("lj", "nj")) and len(name) > 3:
        return name + "e"
    return None


def _syllables(name: str) -> int:
    return sum(letter in _VOWELS for letter in name.casefold())
