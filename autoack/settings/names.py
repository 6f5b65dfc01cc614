"""Names that point to something else in the file, and the nearest right one where they point nowhere."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from typing import Annotated, Any

from pydantic import AfterValidator

LETTERS = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")  # languages that have built-in letters
ROLES = ("team", "on_duty", "assignee", "lead", "manager")  # whom a ladder can name besides a person

# What the file that is being read defines, by sort; set for the time of its validation.
defined: ContextVar[Mapping[str, Collection[str]]] = ContextVar("defined")


def nearest(word: str, right: Iterable[str]) -> str:
    """`; did you mean …?` with the nearest of the right words; empty where none is near."""
    by_key = {name.casefold(): name for name in right}
    key = word.casefold()
    found = difflib.get_close_matches(key, by_key, n=1, cutoff=0.6)
    if not found:
        # A short word that begins or ends another is meant, though its ratio is poor: Zagreb, Europe/Zagreb.
        found = [k for k in by_key if len(key) >= 2 and (k.startswith(key) or k.endswith(key))][:1]
    return f"; did you mean {by_key[found[0]]}?" if found else ""


def collect(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The names that the raw file defines, also of entries that are wrong: a fault must not breed others."""
    people = _ids(data, "people")
    return {
        "person": people,
        "team": _ids(data, "teams") or ("everyone",),
        "policy": ("standard", *_ids(data, "policies")),
        "calendar": ("always", *_ids(data, "calendars")),
        "channel": _ids(data, "channels"),
        "channel or mail": ("mail", *_ids(data, "channels")),
        "person or role": (*ROLES, *people),
        "mailbox": _ids(data, "mailboxes"),
        "offered language": _languages(data),
    }


def _ids(data: Mapping[str, Any], section: str) -> tuple[str, ...]:
    entries = data.get(section)
    return tuple(str(name) for name in entries) if isinstance(entries, dict) else ()


def _languages(data: Mapping[str, Any]) -> tuple[str, ...]:
    organisation = data.get("organisation")
    languages = organisation.get("languages") if isinstance(organisation, dict) else None
    texts = [tag for tag in languages if isinstance(tag, str)] if isinstance(languages, list) else []
    return tuple(normal_tag(tag) for tag in texts) or ("en",)


def normal_tag(tag: str) -> str:
    """A language tag in the usual capitals of BCP 47 §2.1.1: sr-latn becomes sr-Latn."""
    first, *rest = tag.strip().split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def one_of(sort: str) -> AfterValidator:
    """A check that a name is one of its sort."""

    def check(name: str) -> str:
        names = defined.get()[sort]
        if name not in names:
            offered = f"; there is {', '.join(names)}" if names else ""
            raise ValueError(f"no {sort} {name!r}" + (nearest(name, names) or offered))
        return name

    return AfterValidator(check)


PersonName = Annotated[str, one_of("person")]
TeamName = Annotated[str, one_of("team")]
PolicyName = Annotated[str, one_of("policy")]
CalendarName = Annotated[str, one_of("calendar")]
ChannelName = Annotated[str, one_of("channel")]
WayName = Annotated[str, one_of("channel or mail")]
TargetName = Annotated[str, one_of("person or role")]
MailboxName = Annotated[str, one_of("mailbox")]
OfferedLanguage = Annotated[str, AfterValidator(normal_tag), one_of("offered language")]
