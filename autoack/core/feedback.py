"""How a customer rates us: the signed token that lets them, the vote that holds, and who should hear of it.

A token names one thread and stands in the links of a survey. It is made as commands' tokens are
(`tokens`), for another purpose: neither passes for the other. One vote a thread holds, the last; it may be changed
as long as the token lasts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from autoack.core import tokens
from autoack.core.decision import Event
from autoack.core.thread import Thread

LASTS = timedelta(days=60)  # from the survey on
STARS = range(1, 6)
MOST_VOTES = 50  # a thread takes, changes included: whoever has a link could else fill the database
LONGEST_WORDS = 4000  # characters of a customer's words that are kept
PATH = "/rate/"  # of the page, before the token
RATED = "rated"  # `what` of the event
_LOW, _HIGH, _HIGHEST = 2, 4, 5
_FOR = "rate"  # what these tokens are for
_NOBODY = ""  # a customer is no person of the configuration: the thread says whose vote it is


class Void(Enum):
    """Why a token does not hold."""

    UNKNOWN = "unknown"  # we did not make it, or its thread is no more
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token lets rate: the thread of that reference, until then (aware)."""

    ref: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """How a customer rated us: `stars` from 1 to 5, `via` web or mail, `at` aware."""

    stars: int
    words: str
    via: str
    at: datetime

    @property
    def is_low(self) -> bool:
        """Whether the lead should hear of it at once."""
        return self.stars <= _LOW

    def is_praise(self, category: str) -> bool:
        """Whether whoever earned it should hear of it; `category` is the thread's."""
        return self.stars == _HIGHEST or (self.stars >= _HIGH and category == "praise")


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote that was recorded, and its thread."""

    thread: Thread
    vote: Vote


# --- the token ---------------------------------------------------------------------------------------------


def token(secret: str, ref: str, now: datetime) -> str:
    """The token that lets whoever has it rate this thread for 60 days: AA-7K3M-Q9TD.0H2J4M…, for a link's path.

    `secret` is this installation's.
    """
    return f"{ref}.{tokens.token(secret, ref, _NOBODY, _FOR, now + LASTS)}"


def link(public_url: str, token: str, stars: int) -> str:
    """Where the page of this token is, with so many stars chosen beforehand; to look at it records nothing."""
    return f"{public_url.rstrip('/')}{PATH}{token}?stars={stars}"


def opened(secret: str, written: str, now: datetime) -> Opened | Void:
    """What a token, as it stands in a link, lets rate; or why it does not hold."""
    found = next(iter(tokens.tokens_of(f"[{written}]")), None)
    # The whole of it and nothing else: it is repeated in links and redirects.
    if found is None or f"{found.ref}.{found.token}" != written.upper():
        return Void.UNKNOWN
    if not tokens.is_genuine(secret, found, _NOBODY, _FOR):
        return Void.UNKNOWN
    ends_at = tokens.ends_at(found)
    return Opened(found.ref, ends_at) if now < ends_at else Void.EXPIRED


# --- the vote ----------------------------------------------------------------------------------------------


def voted(before: Vote | None, stars: int, words: str, via: str, now: datetime) -> Vote | None:
    """The vote that holds from now on; None where the same was said before, as by a page that is sent twice.

    Raises ValueError where it is not one of 1 to 5 stars.
    """
    if stars not in STARS:
        raise ValueError(f"{stars} is no rating: it takes 1 to 5 stars")
    said = words.replace("\r\n", "\n").strip()[:LONGEST_WORDS]
    if before is not None and (before.stars, before.words) == (stars, said):
        return None
    return Vote(stars, said, via, now)


def event_of(thread: Thread, vote: Vote) -> Event:
    """The line for the timeline: `detail` is `STARS of 5`, and after a colon the customer's words."""
    detail = f"{vote.stars} of 5" + (f": {vote.words}" if vote.words else "")
    return Event(vote.at, RATED, thread.customer_address, detail, vote.via, thread.ref, thread.mailbox)


WITHOUT_WORDS = len("5 of 5")  # characters of a detail that are ours: the rest is the customer's


def of_detail(detail: str) -> tuple[int, str]:
    """Stars and words of such a line."""
    return int(detail[:1]), detail[WITHOUT_WORDS:].removeprefix(": ")
