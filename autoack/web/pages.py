"""Puts words into pages: templates that escape every value, one style, and the headers that hold a browser to it."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from starlette.responses import HTMLResponse

from autoack.core.policy import Mailbox, Organisation
from autoack.web.words import words_in

_FOLDER = files("autoack.web").joinpath("templates")
_STYLE = _FOLDER.joinpath("style.css").read_text("utf-8").strip()
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


class Pages:
    """The pages of one organisation. `website` and `phone` are made fit for links once."""

    def __init__(self, organisation: Organisation) -> None:
        website, phone = organisation.website or "", organisation.phone or ""
        self._name = organisation.name
        self._constant: Mapping[str, object] = {
            "style": Markup(_STYLE),  # noqa: S704 - our own file, and no value of anybody's
            "organisation": organisation,
            "website": website.removeprefix("https://").removeprefix("http://").rstrip("/"),
            "phone": "".join(c for c in phone if c.isdigit() or c == "+"),
        }

    def page(
        self,
        template: str,
        language: str,
        status: int = 200,
        *,
        mailbox: Mailbox | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """The page TEMPLATE.html.jinja in this language; with a mailbox under its name and address."""
        whole = {
            **self._constant,
            "language": language,
            "words": words_in(language),
            "from_name": mailbox.from_name if mailbox else self._name,
            "mail": mailbox.address if mailbox else "",
            **values,
        }
        html = _environment().get_template(f"{template}.html.jinja").render(whole)
        return HTMLResponse(html, status, {"Content-Language": language})

    def said(self, what: str, language: str, status: int) -> HTMLResponse:
        """A page that says one thing: unknown, expired, failed or too_long."""
        words = words_in(language)
        return self.page("said", language, status, heading=words[what], text=words[f"{what}_text"])


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(lambda name: _FOLDER.joinpath(name).read_text("utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
