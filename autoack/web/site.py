"""The site: which page answers which address."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from autoack.clock import Clock
from autoack.core.feedback import PATH
from autoack.core.policy import Organisation
from autoack.web.guard import Guard
from autoack.web.health import Health
from autoack.web.pages import HEADERS, Pages
from autoack.web.rating import RatingPages, Ratings
from autoack.web.words import LANGUAGES, of_browser


def site(
    organisation: Organisation,
    ratings: Ratings,
    clock: Clock,
    *,
    mailboxes: Callable[[], Mapping[str, bool]],
    database: Callable[[], Awaitable[object]],
) -> ASGIApp:
    """All pages. `mailboxes` tells whether each is watched, `database` raises StoreError where it is not well."""
    languages = tuple(tag for tag in organisation.languages if tag in LANGUAGES) or LANGUAGES[-1:]
    pages = Pages(organisation)
    rating = RatingPages(ratings, pages, clock, organisation.zone, languages)
    health = Health(mailboxes, database)

    def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        language = of_browser(request.headers.get("accept-language", ""), languages)
        answer = pages.said("unknown" if status == 404 else "failed", language, status)
        if isinstance(error, HTTPException):
            answer.headers.update(error.headers or {})
        return answer

    routes = [
        Route("/healthz", health.show),
        Route(PATH + "{token}", rating.form, methods=["GET", "POST"]),
        Route(PATH + "{token}/thanks", rating.thank),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: refused, 500: refused})
    app.router.redirect_slashes = False
    return Guard(app, HEADERS, clock)
