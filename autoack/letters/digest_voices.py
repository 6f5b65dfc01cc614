"""What customers say, in words for the digest: ratings and their averages, complaints and praise by month."""

from dataclasses import dataclass

from autoack.core.digest import Digest
from autoack.core.satisfaction import Average, Rated
from autoack.letters.digest_figures import Table
from autoack.letters.digest_rows import cleaned
from autoack.letters.digest_words import Words

SHOWN = 10  # ratings; the attached table has them all
_WORDS_LENGTH = 300
_TITLE_LENGTH = 120
_NAME_LENGTH = 60
_RED, _AMBER, _GREEN = "#b3261e", "#d9890f", "#3d8b5f"
# Of the bar beside a rating and of its stars; and the class that dark screens know them by.
_COLOURS = {
    1: (_RED, "alarm"),
    2: (_RED, "alarm"),
    3: (_AMBER, "fair"),
    4: (_GREEN, "good"),
    5: (_GREEN, "good"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One rating in words."""

    stars: str  # ★★☆☆☆
    said: str  # 2 of 5
    words: str
    title: str
    who: str
    ref: str
    colour: str
    tone: str


@dataclass(frozen=True, slots=True)
class Voices:
    """The section; `ratings` and `months` are None where there is nothing to count."""

    heading: str
    ratings: Table | None
    voices: tuple[Voice, ...]
    more: str
    months: Table | None


def voices(digest: Digest, words: Words, *, attach: bool) -> Voices | None:
    """What customers say; None where they said nothing in all the time that the digest looks at."""
    said = digest.satisfaction
    if not said.anything:
        return None
    rest = len(said.rated) - SHOWN
    where = words("more_csv") if attach else ""
    return Voices(
        heading=words("voices.heading"),
        ratings=_ratings(digest, words),
        voices=tuple(_voice(rated, words) for rated in said.rated[:SHOWN]),
        more=words.number("voices.more", rest, where=where).strip() if rest > 0 else "",
        months=_months(digest, words),
    )


def stars(number: int) -> str:
    """As people draw it: ★★☆☆☆."""
    return "★" * number + "☆" * (5 - number)


def _ratings(digest: Digest, words: Words) -> Table | None:
    said = digest.satisfaction
    times = (said.day, said.week, said.week_before)
    if not (said.week.count or said.week_before.count):
        return None
    heads = ("", words("voices.day"), words("times.now"), words("times.before"))
    counts = (words("voices.ratings"), *(str(time.count) for time in times))
    averages = (words("voices.average"), *(_mean(time, words) for time in times))
    return Table(heads, (counts, averages))


def _mean(average: Average, words: Words) -> str:
    return "–" if average.stars is None else words.decimal(average.stars)


def _voice(rated: Rated, words: Words) -> Voice:
    colour, tone = _COLOURS[rated.stars]
    return Voice(
        stars=stars(rated.stars),
        said=words("voices.stars", n=rated.stars),
        words=cleaned(rated.words, _WORDS_LENGTH),
        title=cleaned(rated.subject, _TITLE_LENGTH) or words("no_subject"),
        who=cleaned(rated.customer, _NAME_LENGTH) or words("no_customer"),
        ref=rated.ref,
        colour=colour,
        tone=tone,
    )


def _months(digest: Digest, words: Words) -> Table | None:
    months = digest.satisfaction.months
    if not months:
        return None
    heads = (words("voices.month"), words("voices.complaints"), words("voices.praise"))
    return Table(
        heads,
        tuple((words.month(month.first), str(month.complaints), str(month.praise)) for month in months),
    )
