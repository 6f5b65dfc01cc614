"""The figures of the digest in words: bars of a fortnight, the week against the week before, groups, mails."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from autoack.core.delivery import given_up
from autoack.core.digest import Digest
from autoack.core.returned import NO_REASON
from autoack.core.statistics import Day, Group, ResponseTimes, percent, verdict
from autoack.letters.digest_rows import cleaned
from autoack.letters.digest_words import Words

FAILURES_SHOWN = 10
_ERROR_LENGTH = 120
_HELPLESS_SHOWN = 4
_BAR_HEIGHT = 44  # pixels of the tallest bar
_BAR_LENGTH = 24  # characters of the longest bar in plain text
_SATURDAY = 5
_MARKS = {"better": "▲", "worse": "▼"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar: `late` of its `n` answers in another colour; heights in pixels, lengths in characters."""

    weekday: str
    day: int
    weekend: bool
    n: int
    late: int
    height: int
    late_height: int
    drawn: str  # for plain text


@dataclass(frozen=True, slots=True)
class Better:
    """Whether the team is getting better: in a sentence, and as bars."""

    heading: str
    mark: str
    verdict: str
    how: str  # better | worse | same | new | none
    bars: tuple[Bar, ...]
    legend: str
    legend_text: str  # in plain text there are no colours


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under column heads."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure about mails; `indent` for a part of the one above."""

    label: str
    value: str
    indent: bool = False
    alarm: bool = False


# --- on the first screen -----------------------------------------------------------------------------------


def better(digest: Digest, words: Words) -> Better:
    """Whether the last seven days were better than those before, and the bars of both."""
    now, then = digest.week.wall, digest.week_before.wall
    how = verdict(now, then)
    said = words(
        f"better.{how}",
        now=share(now.within_24h, words),
        before=share(then.within_24h, words),
        median=_short(now.median, words),
        median_before=_short(then.median, words),
    )
    tallest = max(1, *(day.answered for day in digest.trend))
    return Better(
        heading=words("better.heading"),
        mark=_MARKS.get(how, ""),
        verdict=said,
        how=how,
        bars=tuple(_bar(day, tallest, words) for day in digest.trend),
        legend=words("better.legend"),
        legend_text=words("better.legend_text"),
    )


def helpless(digest: Digest, words: Words) -> str:
    """With whom the overdue threads lie, the most first, and in which team where there are several."""
    if not digest.helpless:
        return words("help.nobody")
    people = _most([(name or words("unassigned"), n) for name, n in digest.helpless])
    late = [(group.name, group.overdue) for group in digest.by_team if group.overdue]
    if len(digest.by_team) < 2 or not late:
        return people
    return f"{people} · {words('help.teams', teams=_most(late))}"


def _most(counted: list[tuple[str, int]]) -> str:
    said = [f"{name}:\u00a0{n}" for name, n in counted[:_HELPLESS_SHOWN]]
    rest = sum(n for _, n in counted[_HELPLESS_SHOWN:])
    return " · ".join([*said, f"…: {rest}"] if rest else said)


def _bar(day: Day, tallest: int, words: Words) -> Bar:
    height = _scaled(day.answered, tallest, _BAR_HEIGHT)
    late_height = min(_scaled(day.late, tallest, _BAR_HEIGHT), height)
    length = _scaled(day.answered, tallest, _BAR_LENGTH)
    late_length = min(_scaled(day.late, tallest, _BAR_LENGTH), length)
    return Bar(
        weekday=words.weekday_short(day.date),
        day=day.date.day,
        weekend=day.date.weekday() >= _SATURDAY,
        n=day.answered,
        late=day.late,
        height=height - late_height,
        late_height=late_height,
        drawn="█" * (length - late_length) + "▒" * late_length,
    )


def _scaled(n: int, most: int, length: int) -> int:
    return max(1, round(n * length / most)) if n else 0


# --- further down ------------------------------------------------------------------------------------------


def times_table(digest: Digest, words: Words) -> Table | None:
    """The week's first answers against the week before; None where there were none in both."""
    now, then = digest.week, digest.week_before
    if not now.wall.count and not then.wall.count:
        return None
    rows = [
        (words("times.count"), str(now.wall.count), str(then.wall.count)),
        *(
            (words(f"times.{name}"), *(_short(length, words) for length in lengths))
            for name, lengths in (
                ("median_open", (now.open.median, then.open.median)),
                ("p90_open", (now.open.p90, then.open.p90)),
                ("median_wall", (now.wall.median, then.wall.median)),
                ("p90_wall", (now.wall.p90, then.wall.p90)),
            )
        ),
        (words("times.within_24h"), *(share(week.wall.within_24h, words) for week in (now, then))),
        (words("times.within_3d"), *(share(week.wall.within_3d, words) for week in (now, then))),
    ]
    return Table(("", words("times.now"), words("times.before")), tuple(rows))


def group_tables(digest: Digest, words: Words) -> tuple[Table, ...]:
    """How mailboxes, teams and categories do, a table each."""
    heads = tuple(words(f"groups.{name}") for name in ("overdue", "answered", "within_24h", "median"))
    named = (
        ("mailboxes", digest.mailboxes),
        ("teams", digest.by_team),
        ("categories", digest.categories),
    )
    return tuple(
        Table((words(f"groups.{name}"), *heads), tuple(_group(group, name, words) for group in groups))
        for name, groups in named
        if groups
    )


def _group(group: Group, kind: str, words: Words) -> tuple[str, ...]:
    name = words.label("category_names", group.name) if kind == "categories" else None
    times: ResponseTimes = group.times
    return (
        name or group.name,
        str(group.overdue),
        str(times.count),
        share(times.within_24h, words),
        _short(times.median, words),
    )


def mail_lines(digest: Digest, words: Words) -> Iterator[Line]:
    """Receipts sent, mails without one by reason, addresses that bounced, and what could not be sent."""
    yield Line(words("receipts"), str(digest.receipts))
    yield Line(words("not_answered"), str(sum(n for _, _, n in digest.not_answered)))
    for label, n in _reasons(digest.not_answered, words):
        yield Line(label, str(n), indent=True)
    if digest.bounced:
        yield Line(words("bounced"), str(len(digest.bounced)), alarm=True)
        for bounce in digest.bounced[:FAILURES_SHOWN]:
            yield Line(_with_error(cleaned(bounce.address), bounce.why, words), "", indent=True)
    if digest.failed:
        yield Line(words("failed"), str(len(digest.failed)), alarm=True)
        for failed in digest.failed[:FAILURES_SHOWN]:
            kind = words.label("letters", failed.kind) or failed.kind
            what = f"{kind}, {cleaned(failed.to)}"
            yield Line(_with_error(what, failed.error, words), "", indent=True)
    if digest.standing is not None:
        for name, n in asdict(digest.standing).items():
            if n:
                yield Line(words(name), str(n), alarm=name == "quarantined")


def _reasons(counts: Iterable[tuple[str, str, int]], words: Words) -> list[tuple[str, int]]:
    """The counts by what a manager calls the reason; a reason without a name counts with its kind of mail."""
    by_label: dict[str, int] = {}
    for kind, reason, n in counts:
        label = words.label("reasons", reason) or words.label("kinds", kind) or reason
        by_label[label] = by_label.get(label, 0) + n
    return sorted(by_label.items(), key=lambda pair: (-pair[1], pair[0]))


def _with_error(what: str, error: str, words: Words) -> str:
    """Our own reason in the reader's language; a server's words as they are, marked as such."""
    why, others = given_up("" if error == NO_REASON else error)
    reasons = [words(f"given_up.{why}")] if why else []
    if others := cleaned(others, _ERROR_LENGTH):
        reasons.append(words("technical", words=others))
    return f"{what}: {'; '.join(reasons)}" if reasons else what


def share(part: float | None, words: Words) -> str:
    """A share as people read it; a dash where there is none."""
    return "–" if part is None else words.percent(percent(part))


def _short(seconds: int | None, words: Words) -> str:
    return "–" if seconds is None else words.short(seconds)
