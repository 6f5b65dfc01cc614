"""The digest as a mail: one sentence on how the day was, what burns, the figures, and a table attached."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from autoack.core.digest import Digest
from autoack.core.policy import Mailbox
from autoack.letters.digest_figures import (
    Better,
    Line,
    Table,
    better,
    group_tables,
    helpless,
    mail_lines,
    times_table,
)
from autoack.letters.digest_rows import Section, due_section, overdue_section
from autoack.letters.digest_table import table_of
from autoack.letters.digest_voices import Voices, voices
from autoack.letters.digest_words import Words, language_for, words_in
from autoack.letters.letter import Letter

_WIRE = policy.SMTP.clone(max_line_length=998)  # RFC 5322 §2.1.1: header fields are not folded before that


@dataclass(frozen=True, slots=True)
class DigestLetter(Letter):
    """The digest as it goes out. `csv` is the attached table, None where none is wanted."""

    csv: bytes | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the templates fill in."""

    language: str
    subject: str
    organisation: str  # and the teams that it is about
    title: str
    date: str
    sentence: str
    state: str
    tiles: tuple[tuple[str, str, bool], ...]  # label, value, whether it alarms
    better: Better
    help_heading: str
    help: str
    lists: tuple[Section, ...]
    voices: Voices | None
    times_heading: str
    times: Table | None
    times_none: str
    times_note: str
    groups_heading: str
    groups: tuple[Table, ...]
    groups_note: str
    mails_heading: str
    mails: tuple[Line, ...]
    csv_note: str


def compose(
    digest: Digest, mailbox: Mailbox, message_id: str, now: datetime, *, attach: bool, secret: str
) -> DigestLetter:
    """The digest as a mail from `mailbox` to its person, dated `now`; with `attach` the table comes along.

    `secret`, the installation's, signs the links.
    """
    words = words_in(language_for(digest.person.language))
    page = _page(digest, words, attach, secret)
    text = _templates().get_template("digest.txt.jinja").render(d=page)
    html = _without_indents(_templates().get_template("digest.html.jinja").render(d=page))
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


def _without_indents(html: str) -> str:
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"


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


def _page(digest: Digest, words: Words, attach: bool, secret: str) -> Page:
    return Page(
        language=words.language,
        subject=_subject(digest, words),
        organisation=_about(digest, words),
        title=words("title"),
        date=words.full_date(digest.night.date),
        sentence=_sentence(digest, words),
        state=words("state", moment=words.moment(digest.as_of, digest.zone)),
        tiles=(
            (words("tiles.overdue"), str(len(digest.overdue)), bool(digest.overdue)),
            (words("tiles.past_resolve"), str(digest.past_resolve), bool(digest.past_resolve)),
            (words("tiles.due"), str(len(digest.due)), False),
            (words("tiles.answered"), str(digest.answered), False),
        ),
        better=better(digest, words),
        help_heading=words("help.heading"),
        help=helpless(digest, words),
        lists=(
            overdue_section(digest, words, attach=attach, secret=secret),
            due_section(digest, words, attach=attach),
        ),
        voices=voices(digest, words, attach=attach),
        times_heading=words("times.heading"),
        times=times_table(digest, words),
        times_none=words("times.none"),
        times_note=words("times.note"),
        groups_heading=words("groups.heading"),
        groups=group_tables(digest, words),
        groups_note=words("groups.note"),
        mails_heading=words("mails"),
        mails=tuple(mail_lines(digest, words)),
        csv_note=words("csv_note") if attach and _has_rows(digest) else "",
    )


def _has_rows(digest: Digest) -> bool:
    return bool(digest.overdue or digest.due or digest.satisfaction.rated)


def _about(digest: Digest, words: Words) -> str:
    if not digest.teams:
        return digest.organisation
    teams = words.number("teams", len(digest.teams), names=", ".join(digest.teams))
    return f"{digest.organisation} · {teams}"


def _subject(digest: Digest, words: Words) -> str:
    form = "subject.late" if digest.overdue else "subject.calm"
    day = words.day(digest.night.date)
    return words(form, overdue=len(digest.overdue), due=len(digest.due), day=day)


def _sentence(digest: Digest, words: Words) -> str:
    late = words("calm")
    if digest.overdue:
        longest = max(overdue.item.waited for overdue in digest.overdue)
        late = words.number("late", len(digest.overdue), longest=words.length(longest.total_seconds()))
    return f"{late}; {words.number('answered', digest.answered)}."
