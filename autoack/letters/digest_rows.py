"""The lists of the digest in words: what is overdue, and what falls due."""

import unicodedata
from dataclasses import dataclass

from autoack.core.digest import Digest, Due, Item, Overdue
from autoack.core.waiting import Waiting
from autoack.letters.digest_words import Words
from autoack.letters.links import act_link, commands_of_the_digest

SHOWN = 20  # overdue threads: a mail is no ledger; Gmail cuts one off at 102 KB, and the attached table has them all
DUE_SHOWN = 10
_SUBJECT_LENGTH = 120
_NAME_LENGTH = 60
_NAMES_SHOWN = 3
_RED, _AMBER, _GREEN = "#b3261e", "#d9890f", "#3d8b5f"  # of the bar beside a thread


@dataclass(frozen=True, slots=True)
class Link:
    """What a reader can do with a thread."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A thread in a list, in words. `alarm` is what makes it more urgent than its neighbours, or empty."""

    subject: str
    who: str
    ref: str
    when: str
    alarm: str
    done: str
    colour: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A list of threads; `more` says how many it leaves out, `nothing` that it is empty."""

    heading: str
    count: int
    rows: tuple[Row, ...]
    more: str
    nothing: str
    act_note: str = ""


def overdue_section(digest: Digest, words: Words, *, attach: bool, secret: str) -> Section:
    """What is overdue, the most urgent first; `secret` is the installation's and signs the links."""
    return Section(
        heading=words("overdue"),
        count=len(digest.overdue),
        rows=tuple(_overdue_row(overdue, digest, words, secret) for overdue in digest.overdue[:SHOWN]),
        more=_more(len(digest.overdue), SHOWN, words, attach=attach),
        nothing=words("nothing_overdue"),
        act_note=_act_note(digest.overdue[:SHOWN], words),
    )


def due_section(digest: Digest, words: Words, *, attach: bool) -> Section:
    """What falls due by tomorrow night, the earliest first."""
    return Section(
        heading=words("due"),
        count=len(digest.due),
        rows=tuple(_due_row(due, digest, words) for due in digest.due[:DUE_SHOWN]),
        more=_more(len(digest.due), DUE_SHOWN, words, attach=attach),
        nothing=words("nothing_due"),
    )


def cleaned(text: str, length: int | None = None) -> str:
    """A stranger's words in one line, without control characters, which could turn round their neighbours.

    What is longer than `length` characters ends in an ellipsis.
    """
    kept = (" " if c.isspace() else c for c in text if c.isspace() or _shows(c))
    line = " ".join("".join(kept).split())
    if length is not None and len(line) > length:
        return line[: length - 1].rstrip() + "…"
    return line


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf")


def told_words(item: Item, digest: Digest, words: Words) -> str:
    """What was done about it last, and whom that told; that nothing was."""
    if item.told is None:
        return words("told.none")
    names = ", ".join(item.told.who[:_NAMES_SHOWN])
    if len(item.told.who) > _NAMES_SHOWN:
        names += f" +{len(item.told.who) - _NAMES_SHOWN}"
    return words(f"told.{item.told.what}", who=names, moment=words.moment(item.told.at, digest.zone))


def _overdue_row(overdue: Overdue, digest: Digest, words: Words, secret: str) -> Row:
    item = overdue.item
    waited = words("waited", length=words.length(item.waited.total_seconds()))
    since = words("overdue_since", moment=words.moment(overdue.since, digest.zone))
    alarms = [
        words("high_priority") if item.thread.priority == "high" else "",
        words("past_resolve") if overdue.past_resolve else "",
    ]
    return Row(
        subject=_title(item.thread, words),
        who=_who(item, words),
        ref=item.thread.ref,
        when=f"{waited} · {since}",
        alarm=" · ".join(alarm for alarm in alarms if alarm),
        done=told_words(item, digest, words),
        colour=_RED if any(alarms) else _AMBER,
        links=_links(item, digest, words, secret),
    )


def _due_row(due: Due, digest: Digest, words: Words) -> Row:
    form = "due_resolve" if due.resolve else "due_reply"
    return Row(
        subject=_title(due.item.thread, words),
        who=_who(due.item, words),
        ref=due.item.thread.ref,
        when=words(form, moment=words.moment(due.at, digest.zone)),
        alarm=words("high_priority") if due.item.thread.priority == "high" else "",
        done="",
        colour=_GREEN,
    )


def _links(item: Item, digest: Digest, words: Words, secret: str) -> tuple[Link, ...]:
    box, ref = item.mailbox, item.thread.ref
    if box is None:
        return ()
    close, snooze, assign = commands_of_the_digest(words.language)
    # Whom to write after `assign`: below, where no command is read.
    commands = {
        "close": (close, ""),
        "snooze": (snooze, ""),
        "assign": (assign, ", ".join(box.team.members)),
    }
    return tuple(
        Link(
            words(f"acts.{name}"),
            act_link(box, digest.person, ref, command, below=below, secret=secret, now=digest.as_of),
        )
        for name, (command, below) in commands.items()
    )


def _act_note(shown: tuple[Overdue, ...], words: Words) -> str:
    return words("act_note") if any(overdue.item.mailbox for overdue in shown) else ""


def _more(count: int, shown: int, words: Words, *, attach: bool) -> str:
    if count <= shown:
        return ""
    where = words("more_csv") if attach else "autoack threads"
    return f"{words.number('more', count - shown)} {where}"


def _title(thread: Waiting, words: Words) -> str:
    return cleaned(thread.subject, _SUBJECT_LENGTH) or words("no_subject")


def _who(item: Item, words: Words) -> str:
    thread = item.thread
    customer = cleaned(thread.customer_name or "", _NAME_LENGTH) or cleaned(
        thread.customer_address, _NAME_LENGTH
    )
    return f"{customer or words('no_customer')} · {item.assignee or words('unassigned')}"
