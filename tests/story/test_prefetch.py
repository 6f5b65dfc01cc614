"""Mail scanners, previews and assistants follow every link of every mail: that changes nothing."""

import asyncio
import re
from contextlib import suppress
from html import unescape
from http.client import HTTPConnection
from typing import Any

from sqlalchemy import Connection, select

from autoack.core import acts
from autoack.core.feedback import Vote
from autoack.flows.feedback import Feedback
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.store import ratings, threads
from autoack.store.tables import metadata
from autoack.web.server import WebServer
from autoack.web.site import site
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, Sent, Story

SOON = 10.0  # seconds
PUBLIC = "https://www.vocar.example/ocjene"  # a proxy serves us under a path of its own
BUSY: dict[str, Any] = {
    "organisation.website": "https://www.vocar.example",
    "web": {"listen": "127.0.0.1:8025", "public_url": PUBLIC},
    "policies.standard": {
        "ladder": [{"at": "20h", "notify": "on_duty"}, {"at": "24h", "notify": "lead"}],
        "holding_update": "1d",
        "survey": {"after_close": "1d"},
        "closing_note": True,
    },
    "recurring": [
        {
            "name": "Godišnja provjera",
            "customer": "Ana Marić <ana.maric@kupac.example>",
            "cron": "0 9 * * 4",
            "mailbox": "support",
            "ladder": [{"at": "3d", "notify": "lead"}],
        }
    ],
}
_NAMESPACE = "http://www.w3.org/1999/xhtml"  # a name of HTML's, no link
KINDS = {"receipt", "remind", "escalate", "notify", "update", "digest", "survey", "confirm", "rating"}


def everything(story: Story) -> dict[str, list[Any]]:
    """Every row of every table."""

    def rows(conn: Connection) -> dict[str, list[Any]]:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }

    return story.database.read(rows)


def links(mail: Sent) -> set[str]:
    """Every link of a mail, wherever it stands in it."""
    parts = [part for part in mail.message.walk() if part.get_content_maintype() == "text"]
    text = "\n".join([*map(str, mail.message.values()), *(str(part.get_content()) for part in parts)])
    return set(re.findall(r"""(?:https?://|mailto:|tel:)[^\s"'<>]+""", unescape(text)))


def fetch(port: int, method: str, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=SOON)
    try:
        connection.request(method, path, headers={"Purpose": "prefetch", "X-Moz": "prefetch"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


async def busy_week(story: Story) -> None:
    """Every kind of mail goes out: to a customer who waits, to the team, to one who is asked how it went."""
    first = await story.customer(
        "Dobar dan, jeste li otvoreni?", sender="Ana Marić <ana.maric@kupac.example>"
    )
    await story.team_replies(first)  # until an answer was seen no customer hears that we are late
    question = await story.customer()
    await story.at("Tue 10:00")
    reminder = next(mail for mail in story.sent if mail.kind == "remind")
    await story._delivered(
        "INBOX",
        "moje",
        sender="Iva Perić <iva@vocar.example>",
        answers=str(reminder.message["Message-ID"]),
        subject=f"Re: {reminder.subject}",
    )
    await story.team_replies(question)
    close(story)
    await story.at("Thu 12:00")
    survey = next(mail for mail in story.sent if mail.kind == "survey")
    quoted = "\n".join(f"> {line}" for line in survey.text.splitlines())
    words = f"5\nHvala!\n\nOn Thu, 13 Mar 2025 at 10:00, Voćar podrška wrote:\n{quoted}\n"
    await story.customer(words, answers=str(survey.message["Message-ID"]), subject="Re: Narudžba")
    await story.at("Thu 22:00")


def close(story: Story) -> None:
    """Somebody closes Ivan's thread."""

    def work(conn: Connection) -> None:
        listed = threads.listing(conn, story.clock.now())
        (thread,) = [one for one in listed if one.customer_name == "Ivan Horvat"]
        act = acts.close(thread, story.settings.desk, story.clock.now())
        threads.update(conn, act.thread)
        threads.add_events(conn, [act.event])

    story.database.transact(work)


async def test_following_every_link_of_every_mail_changes_nothing(story_with: TellStory) -> None:
    story = story_with(BUSY)
    await busy_week(story)
    assert {mail.kind for mail in story.sent} >= KINDS
    by_mail = {mail: links(mail) for mail in story.sent}
    found = set().union(*by_mail.values())
    pages = {link for link in found if link.startswith(f"{PUBLIC}/")}
    assert len({link.rstrip(")") for link in pages}) == 5, "one for each rating, in text also with a bracket"
    others = {link for link in found - pages if link.startswith("http")}
    assert others <= {"https://www.vocar.example", _NAMESPACE}, "neither ours nor the website's"
    assert any(link.startswith("mailto:") for link in found), (
        "these write a mail, and fetching them is nothing"
    )

    desk, database = story.settings.desk, story.database
    app = site(
        desk.organisation,
        Feedback(desk, database, Composer(desk, Templates(None))),
        story.clock,
        mailboxes=dict,
        database=lambda: asyncio.sleep(0),
    )
    server = WebServer(app, ("127.0.0.1", 0))
    port = server.bind()
    serving = asyncio.create_task(server.run())
    before, mails = everything(story), len(story.sent)
    try:
        for method in ("GET", "HEAD", "OPTIONS", "GET"):
            for link in sorted(pages):
                path = link.removeprefix(PUBLIC)
                status = await asyncio.to_thread(fetch, port, method, path)
                assert status == (405 if method == "OPTIONS" else 200)
                await asyncio.to_thread(fetch, port, method, path.replace("?", "/thanks?"))
        await story.runs()
        assert everything(story) == before
        assert len(story.sent) == mails
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    (held,) = [vote for thread in story.threads() if (vote := story.database.read(ratings.get, thread.ref))]
    assert held == Vote(5, "Hvala!", "mail", held.at)
    assert IVAN.partition("<")[2].rstrip(">") in {mail.to for mail in story.sent if mail.kind == "survey"}
    story.forget()
