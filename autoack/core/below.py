"""What a mail says below its command: words that nobody gets, however they were meant."""

import re

from autoack.core.commands import Command, Verb, command_in
from autoack.core.policy import Desk, Person
from autoack.core.script import to_latin
from autoack.core.words import fold

_WORD = re.compile(r"[^\W_]+")
# As they are typed without our letters: thanks and greetings, which were meant for us.
_COURTESY = frozenset(
    {
        "please", "pls", "plz", "thanks", "thank", "thx", "you", "many", "a", "lot", "cheers", "best",
        "kind", "warm", "regards", "sincerely", "hi", "hello", "molim", "te", "vas", "hvala", "vam",
        "ti", "lijepa", "lijepo", "lepo", "puno", "unaprijed", "unapred", "lp", "pozdrav", "pozdravi",
        "srdacan", "lijep", "lep", "lijepi", "lepi", "srdacno", "s", "sa", "postovanjem", "bok",
        "zdravo", "cao", "kerem", "kerlek", "koszonom", "koszi", "elore", "is", "udv", "udvozlettel",
        "tisztelettel", "koszonettel", "szia", "sziasztok",
    }
)  # fmt: skip


def words_below(text: str, command: Command, person: Person, desk: Desk) -> str:
    """What stands in the writer's own words besides the command; empty where that is thanks or a signature alone.

    `text` is without quotation and signature, as far as a signature is marked as one.
    """
    if command.verb is Verb.NOTE:
        return ""  # its words go on over several lines
    lines = text.strip().splitlines()
    lines = _without_card(lines[1:] if command_in(text) else lines, person, desk)
    names = {*_words(person.name), *_words(person.id)}
    while lines and _says_nothing(lines[-1], names, desk):
        del lines[-1]
    while lines and _says_nothing(lines[0], names, desk):
        del lines[0]
    return "\n".join(lines).strip()


def _without_card(lines: list[str], person: Person, desk: Desk) -> list[str]:
    """The lines above one that begins with the writer's own name or the organisation's: a signature."""
    own, ours = _words(person.name), _words(desk.organisation.name)
    for i, line in enumerate(lines):
        words = _words(line)
        if (len(own) > 1 and sorted(words[: len(own)]) == sorted(own)) or words[: len(ours)] == ours:
            return lines[:i]
    return lines


def _says_nothing(line: str, names: set[str], desk: Desk) -> bool:
    """An empty line, thanks, the writer's first name; or the people whom a link of ours offers below its command."""
    words = set(_words(line))
    offered = {part.strip() for part in line.split(",")}
    return words <= _COURTESY | names or offered <= desk.people.keys()


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(to_latin(text.casefold())))
