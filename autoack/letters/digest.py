"""The digest as a mail: one sentence on how the day was, what burns, the figures, and a table attached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from autoack.core.digest import Digest, Due, FailedMail, Overdue, Waiting
from autoack.core.policy import Mailbox
from autoack.letters.digest_table import cleaned, table_of
from autoack.letters.digest_words import Words, language_for, words_in
from autoack.letters.letter import Letter

SHOWN = 50  # rows of a list: Gmail cuts a mail off at 102 KB, and the attached table has them all
FAILURES_SHOWN = 10
_SUBJECT_LENGTH = 120
_WIRE = policy.SMTP.clone(max_line_length=998)  # RFC 5322 §2.1.1: header fields are not folded before that
_RED, _AMBER, _GREEN = "#b3261e", "#d9890f", "#3d8b5f"  # of the bar beside a thread


@dataclass(frozen=True, slots=True)
class DigestLetter(Letter):
    """The digest as it goes out. `csv` is the attached table, None where none is wanted."""

    csv: bytes | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A thread in a list, in words. `alarm` is what makes it more urgent than its neighbours, or empty."""

    subject: str
    who: str
    ref: str
    when: str
    alarm: str
    colour: str


@dataclass(frozen=True, slots=True)
class Section:
    """A list of threads; `more` says how many it leaves out, `nothing` that it is empty."""

    heading: str
    count: int
    rows: tuple[Row, ...]
    more: str
    nothing: str


@dataclass(frozen=True, slots=True)
class Line:
    """A figure about mails; `indent` for a part of the one above."""

    label: str
    value: str
    indent: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """All that the templates fill in."""

    language: str
    subject: str
    organisation: str
    title: str
    date: str
    sentence: str
    state: str
    tiles: tuple[tuple[str, str, bool], ...]  # label, value, whether it alarms
    lists: tuple[Section, ...]
    times_heading: str
    times: tuple[tuple[str, str], ...]
    times_none: str
    times_note: str
    mails_heading: str
    mails: tuple[Line, ...]
    csv_note: str


def compose(
    digest: Digest, mailbox: Mailbox, message_id: str, now: datetime, *, attach: bool
) -> DigestLetter:
    """The digest as a mail from `mailbox` to its person, dated `now`; with `attach` the table comes along."""
    words = words_in(language_for(digest.person.language))
    page = _page(digest, words, attach)
    text = _templates().get_template("digest.txt.jinja").render(d=page)
    html = _templates().get_template("digest.html.jinja").render(d=page)
    table = table_of(digest, words) if attach else None
    to = _address(digest.person.name, digest.person.address)
    letter = EmailMessage(_WIRE)
    letter["From"] = _address(mailbox.from_name, mailbox.address)
    letter["To"] = to
    letter["Subject"] = page.subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5
    letter["X-Auto-Response-Suppress"] = "All"
    letter["X-Autoack"] = "digest; kind=digest"
    letter.set_content(text, cte="quoted-printable")
    letter.add_alternative(html, subtype="html", cte="quoted-printable")
    if table is not None:
        name = f"autoack-{digest.night.date.isoformat()}.csv"
        letter.add_attachment(
            table, maintype="text", subtype="csv", params={"charset": "utf-8"}, filename=name
        )
    letter["Content-Language"] = words.language  # last: making a multipart moves Content- fields into a part
    return DigestLetter(to.addr_spec, page.subject, message_id, letter.as_bytes(), text, html, csv=table)


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode("ascii")  # RFC 5890 §2.3.2.1
    return Address(name, local, domain)


@lru_cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("autoack.letters"),
        autoescape=select_autoescape(["html.jinja"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


# --- in words ----------------------------------------------------------------------------------------------


def _page(digest: Digest, words: Words, attach: bool) -> Page:
    times = digest.times
    return Page(
        language=words.language,
        subject=_subject(digest, words),
        organisation=digest.organisation,
        title=words("title"),
        date=words.full_date(digest.night.date),
        sentence=_sentence(digest, words),
        state=words("state", moment=words.moment(digest.as_of, digest.zone)),
        tiles=(
            (words("tiles.overdue"), str(len(digest.overdue)), bool(digest.overdue)),
            (words("tiles.due"), str(len(digest.due)), False),
            (words("tiles.answered"), str(times.count), False),
            (words("tiles.share"), _share(times.within_24h, words), False),
        ),
        lists=(_overdue(digest, words, attach), _due(digest, words, attach)),
        times_heading=words("times"),
        times=tuple(_times(digest, words)),
        times_none=words("times_none"),
        times_note=words("times_note"),
        mails_heading=words("mails"),
        mails=tuple(_mails(digest, words)),
        csv_note=words("csv_note") if attach and (digest.overdue or digest.due) else "",
    )


def _subject(digest: Digest, words: Words) -> str:
    form = "subject.late" if digest.overdue else "subject.calm"
    day = words.day(digest.night.date)
    return words(form, overdue=len(digest.overdue), due=len(digest.due), day=day)


def _sentence(digest: Digest, words: Words) -> str:
    late = words("calm")
    if digest.overdue:
        longest = max(overdue.waited for overdue in digest.overdue)
        late = words.number("late", len(digest.overdue), longest=words.length(longest.total_seconds()))
    return f"{late}; {words.number('answered', digest.times.count)}."


def _overdue(digest: Digest, words: Words, attach: bool) -> Section:
    rows = tuple(_overdue_row(overdue, digest, words) for overdue in digest.overdue[:SHOWN])
    more = _more(len(digest.overdue), words, attach)
    return Section(words("overdue"), len(digest.overdue), rows, more, words("nothing_overdue"))


def _due(digest: Digest, words: Words, attach: bool) -> Section:
    rows = tuple(_due_row(due, digest, words) for due in digest.due[:SHOWN])
    return Section(
        words("due"), len(digest.due), rows, _more(len(digest.due), words, attach), words("nothing_due")
    )


def _more(count: int, words: Words, attach: bool) -> str:
    if count <= SHOWN:
        return ""
    where = words("more_csv") if attach else "autoack threads"
    return f"{words.number('more', count - SHOWN)} {where}"


def _overdue_row(overdue: Overdue, digest: Digest, words: Words) -> Row:
    waited = words("waited", length=words.length(overdue.waited.total_seconds()))
    since = words("overdue_since", moment=words.moment(overdue.overdue_since, digest.zone))
    return Row(
        subject=_title(overdue.thread, words),
        who=_who(overdue.thread, overdue.assignee, words),
        ref=overdue.thread.ref,
        when=f"{waited} · {since}",
        alarm=words("past_resolve") if overdue.past_resolve else "",
        colour=_RED if overdue.past_resolve else _AMBER,
    )


def _due_row(due: Due, digest: Digest, words: Words) -> Row:
    form = "due_resolve" if due.resolve else "due_reply"
    return Row(
        subject=_title(due.thread, words),
        who=_who(due.thread, due.assignee, words),
        ref=due.thread.ref,
        when=words(form, moment=words.moment(due.due_at, digest.zone)),
        alarm="",
        colour=_GREEN,
    )


def _title(thread: Waiting, words: Words) -> str:
    subject = cleaned(thread.subject)
    if len(subject) > _SUBJECT_LENGTH:
        subject = subject[: _SUBJECT_LENGTH - 1].rstrip() + "…"
    return subject or words("no_subject")


def _who(thread: Waiting, assignee: str | None, words: Words) -> str:
    customer = cleaned(thread.customer_name or "") or thread.customer_address or words("no_customer")
    return f"{customer} · {assignee or words('unassigned')}"


# --- figures -----------------------------------------------------------------------------------------------


def _times(digest: Digest, words: Words) -> Iterator[tuple[str, str]]:
    times = digest.times
    if times.median is None or times.p90 is None:
        return
    yield words("median"), words.length(times.median)
    yield words("p90"), words.length(times.p90)
    yield words("within_24h"), _share(times.within_24h, words)
    yield words("within_3d"), _share(times.within_3d, words)


def _share(share: float | None, words: Words) -> str:
    return "–" if share is None else words.percent(share)


def _mails(digest: Digest, words: Words) -> Iterator[Line]:
    yield Line(words("receipts"), str(digest.receipts))
    yield Line(words("not_answered"), str(sum(n for _, _, n in digest.not_answered)))
    for label, n in _reasons(digest.not_answered, words):
        yield Line(label, str(n), indent=True)
    if digest.failed:
        yield Line(words("failed"), str(len(digest.failed)), alarm=True)
        yield from (_failure(failed, words) for failed in digest.failed[:FAILURES_SHOWN])
    for name, n in (
        ("deferred", digest.deferred),
        ("held", digest.held),
        ("quarantined", digest.quarantined),
    ):
        if n:
            yield Line(words(name), str(n), alarm=name == "quarantined")


def _reasons(counts: Iterable[tuple[str, str, int]], words: Words) -> list[tuple[str, int]]:
    """The counts by what a manager calls the reason; a reason without a name counts with its kind of mail."""
    by_label: dict[str, int] = {}
    for kind, reason, n in counts:
        label = words.label("reasons", reason) or words.label("kinds", kind) or reason
        by_label[label] = by_label.get(label, 0) + n
    return sorted(by_label.items(), key=lambda pair: (-pair[1], pair[0]))


def _failure(failed: FailedMail, words: Words) -> Line:
    kind = words.label("letters", failed.kind) or failed.kind
    error = f": {cleaned(failed.error)}"[:_SUBJECT_LENGTH] if failed.error else ""
    return Line(f"{kind}, {failed.to}{error}", "", indent=True)
