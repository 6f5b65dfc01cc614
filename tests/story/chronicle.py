"""A told story as text, for people to read: every mail in and out, and each step, on the time axis of Zagreb."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import select

from autoack.core.delivery import MailKind
from autoack.store.tables import events, threads
from tests.story.kit import ZAGREB, Sent, Story, Written

_DIGEST_LINES = 10  # of its text: the day in a sentence, the four figures, who needs help
_SHOWN_BY_THE_MAIL = ("receipt", "digest")  # events that say no more than the mail beside them


def chronicle(story: Story) -> str:
    """The whole story, a day a chapter. References are numbered: they differ from run to run."""
    entries = sorted(_entries(story), key=_place)
    lines: list[str] = []
    day = None
    for at, _, said in entries:
        local = at.astimezone(ZAGREB)
        if local.date() != day:
            day = local.date()
            lines += ["", f"===== {local:%A, {local.day} %B %Y}", ""]
        first, *rest = said
        lines += [
            f"{_clock(local)}  {first}",
            *(f"{'':{len(_clock(local)) + 2}}{line}".rstrip() for line in rest),
        ]
    return _numbered("\n".join(lines).lstrip("\n") + "\n", story)


def _entries(story: Story) -> Iterator[tuple[datetime, int, list[str]]]:
    """Each with its moment and its place in that moment: what came, what follows, what went out."""
    for written in story.written:
        yield written.at, 0, _came(written)
    for at, what in _events(story):
        yield at, 1, [what]
    for sent in story.sent:
        yield sent.at, 2, _went(sent)


def _place(entry: tuple[datetime, int, list[str]]) -> tuple[datetime, int, list[str]]:
    """Mails that go out in the same moment have no order."""
    at, place, said = entry
    return at, place, said if place == 2 else []


def _came(written: Written) -> list[str]:
    message = written.message
    head = f">> {message['From']} to {message['To']}: {message['Subject']}"
    copies = f" (Bcc {message['Bcc']})" if message["Bcc"] else ""
    where = "" if written.folder == "INBOX" else f" [{written.folder}]"
    own = (line for line in message.get_content().splitlines() if line and not line.startswith(">"))
    return [head + copies + where, *(f"   | {line}" for line in own)]


def _went(sent: Sent) -> list[str]:
    return [f"<< {sent.kind} to {sent.to}: {sent.subject}", *(f"   | {line}" for line in _told(sent))]


def _told(sent: Sent) -> Iterator[str]:
    """What it says, without the foot; of a mail to the team what stands before the customer's own words."""
    lines = [line.rstrip() for line in sent.text.splitlines() if line.strip()]
    if sent.kind == MailKind.DIGEST:
        return iter(lines[:_DIGEST_LINES])
    return takewhile(lambda line: line != "--" and not line.startswith(">"), lines)


def _events(story: Story) -> Iterator[tuple[datetime, str]]:
    of = events.c
    every = (
        select(of.at, threads.c.ref, of.what, of.who, of.detail, of.reason)
        .select_from(events.outerjoin(threads, threads.c.id == of.thread_id))
        .where(of.what.not_in(_SHOWN_BY_THE_MAIL))
        .order_by(of.id)
    )
    for at, ref, what, who, detail, reason in story.database.read(lambda conn: conn.execute(every).all()):
        said = " · ".join(part for part in (what, who, detail) if part)
        yield at, f"   {ref or 'no thread'}: {said}" + (f" ({reason})" if reason else "")


def _clock(local: datetime) -> str:
    """With the zone's name on a day on which the clocks change."""
    changes = local.utcoffset() != (local + timedelta(days=1)).utcoffset() or (
        local.utcoffset() != (local - timedelta(days=1)).utcoffset()
    )
    return f"{local:%H:%M %Z}" if changes else f"{local:%H:%M}"


def _numbered(text: str, story: Story) -> str:
    """The text with AA-0000-0001 for the reference of the first thread, and so on."""
    by_age = sorted(story.threads(), key=lambda thread: thread.created_at)
    for number, thread in enumerate(by_age, start=1):
        text = text.replace(thread.ref, f"AA-0000-{number:04}")
    return text
