"""Puts the web pages together, where `web` is configured: only then are their packages imported."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from autoack.clock import Clock
from autoack.flows.feedback import Feedback
from autoack.letters.compose import Composer
from autoack.settings import Settings
from autoack.store import meta
from autoack.store.engine import Database

if TYPE_CHECKING:
    from autoack.web.server import WebServer


def web_server(
    settings: Settings,
    database: Database,
    composer: Composer,
    clock: Clock,
    mailboxes: Callable[[], Mapping[str, bool]],
) -> "WebServer | None":
    """The server of the pages, not begun; None where there is no `web`. `mailboxes` tells which are watched."""
    web = settings.file.web
    if web is None:
        return None
    from autoack.web.server import WebServer  # noqa: PLC0415 - as the first sentence says
    from autoack.web.site import site  # noqa: PLC0415 - as the first sentence says

    desk = settings.desk
    app = site(
        desk.organisation,
        Feedback(desk, database, composer),
        clock,
        mailboxes=mailboxes,
        database=lambda: database.run(meta.installation),
    )
    return WebServer(app, web.listen)
