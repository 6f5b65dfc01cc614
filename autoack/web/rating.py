"""The pages on which a customer rates how it went.

The links in a survey name the stars, and mail scanners follow links: so a GET or HEAD shows, and only the form, which
a person sends, records. The address of the page is the proof; there is no cookie and nothing to log in to.
"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Protocol
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from autoack.clock import Clock
from autoack.core import feedback
from autoack.core.feedback import Void, Vote
from autoack.core.plain import lines_of, shortened, visible_line
from autoack.core.policy import Mailbox
from autoack.letters.times import calendar_day
from autoack.web.pages import Pages
from autoack.web.words import of_browser, words_in

MOST_WORDS = 2000  # characters in the field
_LARGEST_BODY = 32 * 1024  # octets: those words in letters of three octets each, escaped
_LONGEST_SUBJECT = 200
_MOST_FIELDS = 10
_VOID = {Void.UNKNOWN: ("unknown", 404), Void.EXPIRED: ("expired", 410)}


class Rated(Protocol):
    """What a page is about. `subject` and words are the customer's own; the vote may change till `ends_at`."""

    @property
    def ref(self) -> str: ...
    @property
    def mailbox(self) -> Mailbox: ...
    @property
    def language(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def vote(self) -> Vote | None: ...


class Ratings(Protocol):
    """Looks at what a token lets rate, and records a vote."""

    async def look(self, token: str, now: datetime) -> Rated | Void: ...

    async def rate(self, token: str, stars: int, words: str, now: datetime) -> Rated | Void: ...


class TooLong(Exception):
    """More was sent than a person's rating can hold."""


class RatingPages:
    """Handlers of `/rate/TOKEN` and `/rate/TOKEN/thanks`. `languages` are those that are offered."""

    def __init__(
        self, ratings: Ratings, pages: Pages, clock: Clock, zone: tzinfo, languages: tuple[str, ...]
    ) -> None:
        self._ratings = ratings
        self._pages = pages
        self._clock = clock
        self._zone = zone
        self._languages = languages

    async def form(self, request: Request) -> Response:
        """Show the form, or take it in."""
        return await (self._record(request) if request.method == "POST" else self._show(request))

    async def _show(self, request: Request) -> Response:
        """The form, with the stars of the link chosen; changes nothing."""
        token = request.path_params["token"]
        rated = await self._ratings.look(token, self._clock.now())
        if isinstance(rated, Void):
            return self._void(request, rated)
        return self._form(rated, _stars(request.query_params.get("stars", "")))

    async def _record(self, request: Request) -> Response:
        """Take the form in; then a page of its own, so that reloading sends nothing twice."""
        token = request.path_params["token"]
        try:
            form = _fields(await _body(request))
        except TooLong:
            answer = self._pages.said("too_long", self._browsers(request), 413)
            answer.headers["Connection"] = "close"
            return answer
        except ClientDisconnect:
            return Response(status_code=400)
        stars, words = _stars(form.get("stars", "")), lines_of(form.get("words", ""))[:MOST_WORDS]
        now = self._clock.now()
        if stars is None:
            rated = await self._ratings.look(token, now)
            if isinstance(rated, Void):
                return self._void(request, rated)
            return self._form(rated, None, words=words, status=422)
        voted = await self._ratings.rate(token, stars, words, now)
        if isinstance(voted, Void):
            return self._void(request, voted)
        # Relative (RFC 9110 §10.2.2): a proxy may serve us under a path of its own.
        return RedirectResponse(f"{token}/thanks", 303)

    async def thank(self, request: Request) -> Response:
        """What is on record, with thanks; the form again where nothing is."""
        token = request.path_params["token"]
        rated = await self._ratings.look(token, self._clock.now())
        if isinstance(rated, Void):
            return self._void(request, rated)
        if rated.vote is None:
            return RedirectResponse(f"../{token}", 303)
        vote, words = rated.vote, words_in(rated.language)
        return self._pages.page(
            "thanks",
            rated.language,
            mailbox=rated.mailbox,
            low=vote.is_low,
            given=vote.stars,
            drawn=_drawn(vote.stars),
            name=words["choices"][vote.stars - 1],
            said=vote.words,
            token=token,
            until=self._until(rated),
        )

    def _form(
        self, rated: Rated, chosen: int | None, *, words: str | None = None, status: int = 200
    ) -> HTMLResponse:
        vote = rated.vote
        if chosen is None and status == 200 and vote is not None:
            chosen = vote.stars
        names = words_in(rated.language)["choices"]
        return self._pages.page(
            "rate",
            rated.language,
            status,
            mailbox=rated.mailbox,
            ref=rated.ref,
            subject=shortened(visible_line(rated.subject), _LONGEST_SUBJECT),
            choices=[_choice(stars, names, chosen) for stars in reversed(feedback.STARS)],
            given=vote.stars if vote else None,
            said=words if words is not None else vote.words if vote else "",
            missing=status == 422,
            longest=MOST_WORDS,
            until=self._until(rated),
        )

    def _until(self, rated: Rated) -> str:
        """Until when the vote may be changed."""
        day = calendar_day(rated.ends_at.astimezone(self._zone).date(), rated.language).replace(" ", "\u00a0")
        return str(words_in(rated.language)["until"]).format(day=day)

    def _void(self, request: Request, why: Void) -> HTMLResponse:
        what, status = _VOID[why]
        return self._pages.said(what, self._browsers(request), status)

    def _browsers(self, request: Request) -> str:
        return of_browser(request.headers.get("accept-language", ""), self._languages)


def _choice(stars: int, names: list[str], chosen: int | None) -> Mapping[str, object]:
    return {"stars": stars, "said": names[stars - 1], "drawn": _drawn(stars), "chosen": stars == chosen}


def _drawn(stars: int) -> str:
    return "★" * stars + "☆" * (5 - stars)


def _stars(text: str) -> int | None:
    """The number of stars; None for everything else."""
    return next((stars for stars in feedback.STARS if text == str(stars)), None)


async def _body(request: Request) -> bytes:
    """What the form sent. Raises TooLong."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise TooLong
    return bytes(body)


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form (application/x-www-form-urlencoded), the first of each name. Raises TooLong."""
    try:
        found = parse_qs(body.decode("ascii", "replace"), max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        raise TooLong from None
    return {name: values[0] for name, values in found.items()}
