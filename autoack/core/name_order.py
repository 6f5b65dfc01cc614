"""In which order the parts of a name stand: the given name first, in Hungarian letters to Hungarians the family's."""

import re

from autoack.core.given_names import (
    is_family,
    is_family_too,
    is_given,
    is_hungarian,
    is_hungarian_family,
    is_hungarian_only,
    is_wife_of,
)

_FAMILY_ENDING = re.compile("(?:ić|..vic)$", re.IGNORECASE)  # no given name has it
_HUNGARIAN_LETTER = re.compile("[őű]", re.IGNORECASE)


def in_order(words: list[str], language: str, *, given_first: bool = False) -> list[str]:
    """The words of a name in the order in which a letter of this language has them; where it is not certain, as
    they came. `given_first`: it is certain that they came so.
    """
    if len(words) < 2 or any(map(is_wife_of, words)):
        return words
    if language == "hu":
        return _hungarian(words, given_first=given_first)
    if given_first or not is_given(words[-1]):
        return words
    if is_given(words[0]):  # "Novak Ivana": of the two only the one is a family's too
        return [*words[1:], words[0]] if _is_shared_alone(words) else words
    if (is_family(words[0]) or _FAMILY_ENDING.search(words[0])) and all(map(is_given, words[1:])):
        return [*words[1:], words[0]]
    return words


def _is_shared_alone(words: list[str]) -> bool:
    """Whether families bear the first of these given names, and none of the others."""
    return (
        is_family_too(words[0])
        and all(map(is_given, words[1:]))
        and not any(is_family_too(w) or is_hungarian_family(w) for w in words[1:])
    )


def _hungarian(words: list[str], *, given_first: bool) -> list[str]:
    *given, family = words
    if not all(map(is_hungarian, given)):
        return words
    if given_first:  # "Horvat, Ivan" is no Hungarian's name
        return words if is_family(family) and not is_hungarian_family(family) else [family, *given]
    if is_hungarian(family):  # both may be either: "László Anna", "Anna László"
        certain = is_hungarian_family(family) and not is_hungarian_family(given[0])
    else:
        certain = (
            is_hungarian_family(family)
            or is_hungarian_only(given[0])
            or bool(_HUNGARIAN_LETTER.search(family))
        )
    return [family, *given] if certain else words
