"""Whether a customer asks not to be written to by a machine: then nothing but receipts goes there by itself.

The lists are rather too short than wrong; words are compared with case and accents folded, Cyrillic as Latin.
"""

import re

from autoack.core.script import is_cyrillic, to_latin
from autoack.core.words import fold

UNWANTED = "unwanted"  # `what` of the event
_LONGEST = 2000  # characters that are looked at
_NO = r"(?:nemojte|ne zelim(?:o)?(?: da)?|ne)"
_WRITE = r"(?:slati|saljete|saljite|pisati|pisete|pisite|primati|dobivati|dobijati)"
_MAILS = r"(?:automatsk\w+|anket\w+|e-?mailov\w+|mailov\w+|mejlov\w+|imejlov\w+|reklam\w+)"
_ASKED = re.compile(
    "|".join(
        (
            # hr, sr
            rf"\b{_NO} (?:mi |nam )?vise (?:mi |nam )?{_WRITE}",
            rf"\b{_NO} {_WRITE} (?:mi|nam) vise\b(?! nego| od\b)",
            rf"\bprestanite (?:mi |nam )?{_WRITE}",
            rf"\b{_NO} (?:mi |nam )?{_WRITE} (?:mi |nam )?(?:vise |ov\w+ |takve |vase |nikakve )*{_MAILS}",
            r"\b(?:odjavite|izbrisite|obrisite) (?:me|nas) (?:s|sa|iz|od) (?:\w+ )?(?:liste|popisa|baze)",
            # hu
            r"\bne (?:kuldjenek|irjanak|kuldozgessenek) (?:nekem |nekunk )?(?:tobb|tovabbi|ilyen|automatikus)",
            r"\b(?:tobbet|tovabbiakban) ne (?:kuldjenek|irjanak|keressenek)",
            r"\bnem (?:kerek|kerunk|szeretnek) (?:(?:tobb|tovabbi|ilyen|automatikus)\w* )+"
            r"(?:level|e-?mail|uzenet|felmeres)",
            r"\b(?:iratkoz\w+ le|leiratkoz|toroljenek a list)",
            # en
            r"\b(?:stop|quit) (?:sending|emailing|e-mailing|mailing|writing|spamming|bothering) (?:to )?(?:me|us)\b",
            r"\b(?:do not|don'?t|please never) (?:send|email|e-mail|write|contact) (?:to )?(?:me|us) "
            r"(?:any|again|anymore|such|these|automat|survey)",
            r"\bno more (?:of (?:these|your) )?(?:automat\w+ )?(?:e-?mails?|messages|surveys)\b",
            r"\bunsubscribe (?:me|us)\b|\btake (?:me|us) off (?:your|the|this) list\b",
        )
    )
)


def asks_for_silence(text: str) -> bool:
    """Whether these are the words of somebody who wants no more mail that nobody wrote; `text` is their own."""
    said = text[:_LONGEST]
    return _ASKED.search(fold(to_latin(said) if is_cyrillic(said) else said)) is not None
