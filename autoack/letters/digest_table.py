"""The table that comes with the digest: every thread of its lists, for a spreadsheet."""

import csv
import io
import re
from datetime import datetime

from autoack.core.digest import Digest, Item
from autoack.core.satisfaction import Rated
from autoack.letters.digest_rows import cleaned
from autoack.letters.digest_words import Words

_FORMULA = re.compile(
    r"(?:^|(?<=[,;\t]))(?=[\s\"]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
)  # and those of full width
# Zones of Europe where numbers have a decimal point.
_DECIMAL_POINT = frozenset(
    f"Europe/{city}"
    for city in ("Belfast", "Dublin", "Gibraltar", "Guernsey", "Isle_of_Man", "Jersey", "London", "Malta")
)
_COLUMNS = (
    "list", "ref", "mailbox", "team", "priority", "category", "subject", "customer", "address", "assignee",
    "waiting_since", "hours", "promised_at", "resolve_at", "step", "told_at", "told", "stars", "words",
)  # fmt: skip


def table_of(digest: Digest, words: Words) -> bytes:
    """All threads of both lists as CSV (RFC 4180), UTF-8 with the mark that spreadsheets look for.

    Separator and decimal sign are those that a spreadsheet of the desk's country expects; times are local
    and written in the one way (ISO 8601) that it takes for times in every country.
    """
    written = io.StringIO()
    delimiter = ";" if _decimal_comma(digest, words) else ","
    table = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    table.writerow([words(f"columns.{name}") for name in _COLUMNS])
    for overdue in digest.overdue:
        table.writerow(_cells(digest, words, words("lists.overdue"), overdue.item))
    for due in digest.due:
        table.writerow(_cells(digest, words, words("lists.due"), due.item))
    for rated in digest.satisfaction.rated:
        table.writerow(_rating(words, rated))
    return written.getvalue().encode("utf-8-sig")


def _decimal_comma(digest: Digest, words: Words) -> bool:
    """Whether numbers have a decimal comma there, so that lists are set apart by semicolons.

    A spreadsheet goes by the computer's country, not by its reader's language: who reads English in Zagreb has a
    Croatian one.
    """
    zone = digest.zone.key
    return words.language != "en" or (zone.startswith("Europe/") and zone not in _DECIMAL_POINT)


def _cells(digest: Digest, words: Words, listed: str, item: Item) -> list[str]:
    def local(at: datetime | None) -> str:
        return f"{at.astimezone(digest.zone):%Y-%m-%d %H:%M}" if at else ""

    thread, told = item.thread, item.told
    cells = [
        listed,
        thread.ref,
        thread.mailbox,
        item.mailbox.team.id if item.mailbox else "",
        words.label("priorities", thread.priority) or thread.priority,
        words.label("category_names", thread.category) or thread.category,
        cleaned(thread.subject),
        cleaned(thread.customer_name or ""),
        thread.customer_address,
        item.assignee or "",
        local(thread.waiting_since),
        f"{item.waited.total_seconds() / 3600:.1f}".replace(
            ".", "," if _decimal_comma(digest, words) else "."
        ),
        local(thread.promised_at),
        local(thread.resolve_at),
        (words.label("letters", told.what) or told.what) if told else "",
        local(told.at) if told else "",
        ", ".join(told.who) if told else "",
        *("", ""),
    ]
    return [_harmless(cell) for cell in cells]


def _rating(words: Words, rated: Rated) -> list[str]:
    """A rating of the day; what is only known of a wait stays empty."""
    known = {
        "list": words("lists.rated"),
        "ref": rated.ref,
        "mailbox": rated.mailbox,
        "subject": cleaned(rated.subject),
        "customer": "" if rated.customer == rated.address else cleaned(rated.customer),
        "address": rated.address,
        "stars": str(rated.stars),
        "words": cleaned(rated.words),
    }
    return [_harmless(known.get(name, "")) for name in _COLUMNS]


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins so as a formula; the words in it are a stranger's.

    Also behind a separator: a spreadsheet of another country than the reader's begins a cell there.
    """
    return _FORMULA.sub("'", cell)
