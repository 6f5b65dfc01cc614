"""The words of the web pages, in the language of the customer's thread or, where there is none, of the browser."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")


@cache
def words_in(language: str) -> Mapping[str, Any]:
    """The words in one of LANGUAGES; English for every other tag."""
    tag = language if language in LANGUAGES else "en"
    text = files("autoack.web").joinpath(f"words/{tag}.yaml").read_text("utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words


def of_browser(accepts: str, offered: Sequence[str]) -> str:
    """The offered language that comes first in a browser's Accept-Language (RFC 9110 §12.5.4), else the first offered.

    `sr` and `sr-RS` say nothing of the script: they take the first Serbian that is offered.
    """
    for wanted in _in_order(accepts):
        for tag in offered:
            if wanted == tag.casefold() or wanted.startswith(f"{tag.casefold()}-"):
                return tag
        base = wanted.partition("-")[0]
        alike = [tag for tag in offered if tag.partition("-")[0] == base]
        if alike:
            return alike[0]
    return offered[0]


def _in_order(accepts: str) -> list[str]:
    weighed = []
    for part in accepts[:500].split(","):
        tag, _, weight = part.partition(";")
        weighed.append((tag.strip().casefold(), _weight(weight)))
    liked = [pair for pair in weighed if pair[0] and pair[1] > 0]
    return [tag for tag, _ in sorted(liked, key=lambda pair: -pair[1])]


def _weight(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
    except ValueError:
        return 0.0
