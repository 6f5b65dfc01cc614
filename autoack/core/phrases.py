"""Makes one pattern of phrases as they are written, each in its own language and script.

Phrases are compared like all words of mails: case and accents folded, white space as one space.
"""

import re
from functools import lru_cache

from autoack.core.words import fold

MOST_HEADING = 300  # characters of a subject or name that are looked at


def phrases(listed: str) -> str:
    """A pattern for any of these, `|` between them, to be matched on folded text; the longest comes first.

    In a phrase `*` stands for the rest of a word, ` … ` for up to four words.
    """
    folded = {" ".join(fold(phrase).split()) for phrase in listed.split("|")}
    return "|".join(map(_pattern, sorted(folded, key=lambda phrase: (-len(phrase), phrase))))


def _pattern(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\*", r"\w*")
    return escaped.replace("\\ …\\ ", "…").replace("…", r"\s(?:\S+\s){0,4}?").replace("\\ ", r"\s+")


@lru_cache(maxsize=64)  # dozens of rules look at one subject
def heading(subject: str) -> str:
    """A subject folded, and cut where no mail program shows more of it."""
    return fold(subject[:MOST_HEADING].strip())
