"""The table that comes with the digest: every thread of its lists, for a spreadsheet."""

import csv
import io
import unicodedata
from datetime import datetime

from autoack.core.digest import Digest, Waiting
from autoack.letters.digest_words import Words

_COLUMNS = (
    "list", "ref", "mailbox", "subject", "customer", "address", "assignee",
    "waiting_since", "hours", "promised_at", "resolve_at",
)  # fmt: skip


def table_of(digest: Digest, words: Words) -> bytes:
    """All threads of both lists as CSV (RFC 4180), UTF-8 with the mark that spreadsheets look for.

    The separator is the one that a spreadsheet of the reader's country expects.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter="," if words.language == "en" else ";", lineterminator="\r\n")
    table.writerow([words(f"columns.{name}") for name in _COLUMNS])
    for overdue in digest.overdue:
        table.writerow(_cells(digest, words("lists.overdue"), overdue.thread, overdue.assignee))
    for due in digest.due:
        table.writerow(_cells(digest, words("lists.due"), due.thread, due.assignee))
    return written.getvalue().encode("utf-8-sig")


def _cells(digest: Digest, listed: str, thread: Waiting, assignee: str | None) -> list[str]:
    def local(at: datetime | None) -> str:
        return f"{at.astimezone(digest.zone):%Y-%m-%d %H:%M}" if at else ""

    waited = digest.as_of - thread.waiting_since
    cells = [
        listed,
        thread.ref,
        thread.mailbox,
        cleaned(thread.subject),
        cleaned(thread.customer_name or ""),
        thread.customer_address,
        assignee or "",
        local(thread.waiting_since),
        str(int(waited.total_seconds() // 3600)),
        local(thread.promised_at),
        local(thread.resolve_at),
    ]
    return [_harmless(cell) for cell in cells]


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins so as a formula; the words in it are a stranger's."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def cleaned(text: str) -> str:
    """A stranger's words in one line, without control characters, which could turn round their neighbours."""
    kept = (" " if c.isspace() else c for c in text if c.isspace() or _shows(c))
    return " ".join("".join(kept).split())


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf")
