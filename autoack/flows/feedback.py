"""Takes a customer's rating from the web page: what the page shows, and what a vote does.

A token is looked at as often as anybody likes: `look` changes nothing. Only `rate`, behind a form that is sent,
records.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core import feedback
from autoack.core.feedback import Opened, Void, Vote
from autoack.core.policy import Desk, Mailbox
from autoack.core.recipients import with_absences
from autoack.letters.compose import Composer
from autoack.letters.ratings import rating_rows
from autoack.store import meta, orders, outbox, ratings, threads


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is about. `subject` is the customer's own words: to be escaped."""

    ref: str
    mailbox: Mailbox
    language: str
    subject: str
    ends_at: datetime  # until then the vote may change
    vote: Vote | None  # the one that holds now


class Feedback:
    """Ratings by links; `look` and `rate` take the token as it stands in the link."""

    def __init__(self, desk: Desk, database: Database, composer: Composer) -> None:
        self._desk = desk
        self._database = database
        self._composer = composer
        self._secret: str | None = None  # this installation's, once it was asked for

    async def look(self, token: str, now: datetime) -> Page | Void:
        """What the page shows, or why the token does not hold."""
        opened = await self._opened(token, now)
        if isinstance(opened, Void):
            return opened
        found: Page | Void = await self._database.run(self._page, opened)
        return found

    async def rate(self, token: str, stars: int, words: str, now: datetime) -> Page | Void:
        """Record the vote, in place of an earlier one; the page as it stands then, or why the token does not hold.

        Raises ValueError where it is not one of 1 to 5 stars.
        """
        opened = await self._opened(token, now)
        if isinstance(opened, Void):
            return opened
        found: Page | Void = await self._database.run(self._rate, opened, stars, words, now)
        return found

    async def _opened(self, token: str, now: datetime) -> Opened | Void:
        """What the token lets rate. Whoever guesses tokens keeps the database from nothing: it is not asked."""
        if self._secret is None:
            self._secret = await self._database.run(meta.installation)
        return feedback.opened(self._secret, token, now)

    # --- inside transactions -------------------------------------------------------------------------------

    def _page(self, conn: Connection, opened: Opened) -> Page | Void:
        thread = threads.by_ref(conn, opened.ref)
        mailbox = self._desk.mailbox_of(thread.mailbox, thread.policy) if thread else None
        if thread is None or mailbox is None:
            return Void.UNKNOWN
        vote = ratings.get(conn, thread.ref)
        return Page(thread.ref, mailbox, thread.language, thread.subject, opened.ends_at, vote)

    def _rate(self, conn: Connection, opened: Opened, stars: int, words: str, now: datetime) -> Page | Void:
        page = self._page(conn, opened)
        if not isinstance(page, Page):
            return page
        voted = ratings.vote(conn, page.ref, stars, words, "web", now)
        if voted is not None:
            people = with_absences(self._desk.people, orders.away(conn))
            salt = meta.installation(conn)
            rows = rating_rows(self._desk, self._composer, voted, people, salt=salt, now=now)
            outbox.add(conn, rows)
        return self._page(conn, opened)
