"""Subjects: the customer's own, cleaned of repeated prefixes, and the same made fit for a letter to quote."""

import re

from autoack.core.plain import one_line, shortened, visible_line, without_contacts

# "Re:" and "Fwd:" as mail programs of many languages write them, with counters: "RE[2]:", "Odg. :", "Vá:".
_PREFIXES = re.compile(
    r"(?:(?:re|r|aw|antw|antwort|sv|vs|odp|ynt|res|rif|bls|ref|odg|odgovor|vá|vál|válasz|одг|одговор|на|отв"
    r"|fwd?|wg|tr|rv|enc|doorst|pd|prosl|proslijeđeno|prosleđeno|pr|tov|továbbítás|пр|прослеђено|прос)"
    r"\.?\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]\s*)+",
    re.IGNORECASE,
)
_LONGEST = 500  # characters; a subject beyond that is no subject
_QUOTED = 80  # characters that a letter quotes
_OURS = {
    "hr": "Primili smo Vašu poruku",
    "sr-Latn": "Primili smo Vašu poruku",
    "sr-Cyrl": "Примили смо Вашу поруку",
    "hu": "Megkaptuk levelét",
    "en": "We have received your message",
}


def bare_subject(subject: str) -> str:
    """The subject on one line, without the prefixes of replies and forwards."""
    return _PREFIXES.sub("", one_line(subject[: _LONGEST * 4]), count=1).strip()[:_LONGEST].rstrip()


def reply_subject(subject: str, language: str) -> str:
    """`Re: ` and the customer's own subject, by which clients group; our own words where there is none."""
    bare = bare_subject(subject)
    return f"Re: {bare}" if bare else _OURS.get(language, _OURS["en"])


def quoted_subject(subject: str) -> str:
    """The subject as a letter may quote it: nothing in it that can be clicked or called; maybe empty."""
    return shortened(without_contacts(visible_line(bare_subject(subject))).strip(" \"'„“”«»"), _QUOTED)
