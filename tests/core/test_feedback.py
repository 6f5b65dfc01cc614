"""A rating's token is for one thread, sixty days and ratings only; the last vote of a thread holds."""

from datetime import UTC, datetime, timedelta

import pytest

from autoack.core import tokens
from autoack.core.feedback import (
    Opened,
    Void,
    Vote,
    event_of,
    link,
    of_detail,
    opened,
    token,
    voted,
)
from autoack.core.orders import LINK
from tests.store.samples import thread

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REF = "AA-7K3M-Q9TD"
SECRET = "5f0e"
MINUTE = timedelta(minutes=1)


def test_a_token_opens_its_thread_for_sixty_days() -> None:
    written = token(SECRET, REF, NOW)
    assert opened(SECRET, written, NOW) == Opened(REF, NOW + timedelta(days=60))
    assert opened(SECRET, written.lower(), NOW + timedelta(days=60) - MINUTE) == opened(SECRET, written, NOW)
    assert opened(SECRET, written, NOW + timedelta(days=60)) is Void.EXPIRED


@pytest.mark.parametrize(
    "forged",
    [
        token("another installation's", REF, NOW),
        token(SECRET, REF, NOW).replace("7K3M", "7K3N"),
        REF,
        "",
        "../../etc/passwd",
        "[" * 1000,
        f"{REF}.{tokens.token(SECRET, REF, 'ana', LINK, NOW + tokens.LASTS)}",
        f"{REF}.{tokens.token(SECRET, REF, '', LINK, NOW + tokens.LASTS)}",
        f"http:evil.example?][{token(SECRET, REF, NOW)}",
        f"{token(SECRET, REF, NOW)}][{token(SECRET, REF, NOW)}",
        f" {token(SECRET, REF, NOW)}",
        f"{token(SECRET, REF, NOW)[:-1]}\u212a",
    ],
)
def test_nothing_else_opens_one(forged: str) -> None:
    assert opened(SECRET, forged, NOW) is Void.UNKNOWN


def test_a_rating_token_is_no_command_token() -> None:
    (signed,) = tokens.tokens_of(f"[{token(SECRET, REF, NOW)}]")
    assert not tokens.is_genuine(SECRET, signed, "ana", LINK)
    assert not tokens.is_genuine(SECRET, signed, "", LINK)


def test_the_last_vote_holds_and_saying_the_same_again_is_none() -> None:
    first = voted(None, 4, " hvala \r\n puno\n", "web", NOW)
    assert first == Vote(4, "hvala \n puno", "web", NOW)
    assert voted(first, 4, "hvala \n puno", "mail", NOW + MINUTE) is None
    assert voted(first, 2, "", "mail", NOW + MINUTE) == Vote(2, "", "mail", NOW + MINUTE)


@pytest.mark.parametrize("stars", [-1, 0, 6, 50])
def test_there_are_five_stars(stars: int) -> None:
    with pytest.raises(ValueError, match="no rating"):
        voted(None, stars, "", "web", NOW)


def test_words_are_kept_up_to_a_limit() -> None:
    vote = voted(None, 5, "a" * 10_000, "web", NOW)
    assert vote is not None
    assert len(vote.words) == 4000


@pytest.mark.parametrize("words", ["", "Hvala!", "4 of 5: baš tako\ni ništa više", ": "])
def test_an_event_tells_stars_and_words_again(words: str) -> None:
    event = event_of(thread(), Vote(4, words, "web", NOW))
    assert (event.what, event.reason, event.thread_ref) == ("rated", "web", thread().ref)
    assert of_detail(event.detail) == (4, words)


@pytest.mark.parametrize(
    ("stars", "category", "low", "praise"),
    [
        (1, "question", True, False),
        (2, "praise", True, False),
        (3, "praise", False, False),
        (4, "question", False, False),
        (4, "praise", False, True),
        (5, "complaint", False, True),
    ],
)
def test_low_ones_are_for_the_lead_high_ones_for_whoever_earned_them(
    stars: int, category: str, low: bool, praise: bool
) -> None:
    vote = Vote(stars, "", "web", NOW)
    assert (vote.is_low, vote.is_praise(category)) == (low, praise)


def test_a_link_leads_to_the_page_with_the_stars_chosen() -> None:
    for url in ("https://ocjene.primjer.example", "https://ocjene.primjer.example/"):
        assert link(url, "AA-1.X", 4) == "https://ocjene.primjer.example/rate/AA-1.X?stars=4"
