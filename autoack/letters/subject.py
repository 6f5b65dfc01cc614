"""Subjects of letters: the customer's own under one `Re:`, and the same made fit for a letter to quote."""

from autoack.core.plain import shortened, visible_line, without_contacts
from autoack.core.subject import bare_subject

_QUOTED = 80  # characters that a letter quotes
_OURS = {
    "hr": "Primili smo Vašu poruku",
    "sr-Latn": "Primili smo Vašu poruku",
    "sr-Cyrl": "Примили смо Вашу поруку",
    "hu": "Megkaptuk levelét",
    "en": "We have received your message",
}


def reply_subject(subject: str, language: str) -> str:
    """`Re: ` and the customer's own subject, by which clients group; our own words where there is none."""
    bare = bare_subject(subject)
    return f"Re: {bare}" if bare else _OURS.get(language, _OURS["en"])


def quoted_subject(subject: str) -> str:
    """The subject as a letter may quote it: nothing in it that can be clicked or called; maybe empty."""
    return shortened(without_contacts(visible_line(bare_subject(subject))).strip(" \"'„“”«»"), _QUOTED)
