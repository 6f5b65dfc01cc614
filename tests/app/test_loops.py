"""Systems that answer each other: two desks of different organisations, and a responder that marks nothing.

The servers are real. What they do not do is deliver: a postman takes what the SMTP server got to the mailboxes.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from autoack.clock import WallClock
from autoack.settings import Settings
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.app.conftest import SOON, MakeOffice, ServiceManager, running
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.smtp import SmtpServer

OTHER = "help@tiskara.example"
RESPONDER = "ured@servis.example"
AWAY = "Hvala na poruci. Ured je zatvoren do ponedjeljka. Zaprimljeno {when}, broj {number}."

Respond = Callable[[EmailMessage, int], dict[str, Any]]


def anew(answered: EmailMessage, number: int) -> dict[str, Any]:
    """A mail of its own each time: no prefix, no reference to what it answers."""
    return {"subject": "Ured je zatvoren"}


def by_subject(answered: EmailMessage, number: int) -> dict[str, Any]:
    """The subject of what it answers, once more under a prefix and a number of its own."""
    return {"subject": f"Re: [S-{number}] {answered['Subject']}"}


def threaded(answered: EmailMessage, number: int) -> dict[str, Any]:
    """As a mail program answers: with the Message-ID of what it answers."""
    return {"subject": f"Re: {answered['Subject']}", "answers": str(answered["Message-ID"])}


class Postman:
    """Delivers what the SMTP server takes, and answers for the responder; counts the mails of each pair."""

    def __init__(self, smtp: SmtpServer, boxes: dict[str, Account], respond: Respond) -> None:
        self.sent: Counter[tuple[str, str]] = Counter()
        self._smtp, self._boxes, self._respond = smtp, boxes, respond
        self._numbers = itertools.count(1)
        self._seen = 0

    async def deliver(self) -> None:
        """What has come since, for ever."""
        while True:
            while len(self._smtp.received) <= self._seen:  # noqa: ASYNC110 - another thread receives
                await asyncio.sleep(0.01)
            mail = self._smtp.received[self._seen]
            self._seen += 1
            message = message_from_bytes(mail.raw, policy=policy.default)
            sender = message["From"].addresses[0].addr_spec
            for recipient in mail.recipients:
                self.sent[sender, recipient] += 1
                if recipient == RESPONDER:
                    self.bring(sender, self._answer(message))
                elif recipient in self._boxes:
                    self.bring(recipient, mail.raw)

    def bring(self, address: str, octets: bytes) -> None:
        """A mail comes into the mailbox of that address."""
        self._boxes[address].append("INBOX", octets)

    def _answer(self, message: EmailMessage) -> bytes:
        number = next(self._numbers)
        now = WallClock().now()
        text = AWAY.format(when=format_datetime(now), number=1000 + number)
        sender = message["From"].addresses[0].addr_spec
        self.sent[RESPONDER, sender] += 1
        return written(
            RESPONDER, sender, text, f"<{number}@servis.example>", **self._respond(message, number)
        )


def written(sender: str, to: str, text: str, message_id: str, **how: Any) -> bytes:
    """A mail without any mark of a system."""
    return office.mail(
        text,
        sender=sender,
        to=to,
        message_id=message_id,
        date=WallClock().now(),
        **{"subject": "Upit", **how},
    )


@pytest.fixture
def other(tmp_path: Path, make_office: MakeOffice, dovecot: DovecotServer) -> tuple[Settings, Account]:
    """Another organisation, with a folder, a database and a mailbox of its own, and the same servers."""
    account = dovecot.user()
    folder = tmp_path / "other"
    folder.mkdir()
    people = {
        who: {"name": who.title(), "address": f"{who}@tiskara.example", "language": "en"}
        for who in ("iva", "luka", "sara")
    }
    here = make_office()
    changes = {
        "organisation.name": "Tiskara",
        "people": people,
        "mailboxes.support.address": OTHER,
        "mailboxes.support.imap.port": account.port,
        "mailboxes.support.imap.username": account.name,
        "mailboxes.support.imap.password": account.password,
        "mailboxes.support.smtp.port": here.mailboxes["support"].smtp.port,
    }
    return office.settings(folder, changes), account


@asynccontextmanager
async def at_work(postman: Postman) -> AsyncIterator[None]:
    work = asyncio.create_task(postman.deliver())
    try:
        yield
    finally:
        work.cancel()
        await asyncio.wait([work])


async def until_met(database: Database, sender: str, reason: str) -> None:
    """Until a mail of that sender was recorded for that reason; another thread writes it."""

    def met(conn: Any) -> list[str]:
        return list(
            conn.scalars(
                messages.select().with_only_columns(messages.c.reason).where(messages.c.sender == sender)
            )
        )

    async with asyncio.timeout(SOON):
        while reason not in database.read(met):  # noqa: ASYNC110 - the daemon writes it and sets no event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("respond", "ends"),
    [(anew, "loop"), (by_subject, "loop"), (threaded, "joins-wait")],
    ids=["anew", "by subject", "threaded"],
)
async def test_two_desks_and_a_responder_fall_silent_after_two_mails_each(
    make_office: MakeOffice,
    account: Account,
    other: tuple[Settings, Account],
    smtp: SmtpServer,
    manager: ServiceManager,
    respond: Respond,
    ends: str,
) -> None:
    settings, account_of_other = other
    postman = Postman(smtp, {office.ADDRESS: account, OTHER: account_of_other}, respond)
    async with (
        running(make_office(), manager) as database,
        running(settings, manager) as database_of_other,
        at_work(postman),
    ):
        # People at the other desk and at the responder's office write first, by hand.
        postman.bring(
            office.ADDRESS, written(OTHER, office.ADDRESS, "Kad stiže papir?", "<1@tiskara.example>")
        )
        postman.bring(OTHER, written(office.ADDRESS, OTHER, "Kad su gotovi letci?", "<1@vocar.example>"))
        for desk in (office.ADDRESS, OTHER):
            postman.bring(desk, written(RESPONDER, desk, "Nudimo popravak pisača.", f"<0.{desk}>"))
        # Each ends with a mail that gets no answer; what it was kept from would have come by then.
        await until_met(database, RESPONDER, ends)
        await until_met(database_of_other, RESPONDER, ends)
        await until_met(database, OTHER, "own")
        await until_met(database_of_other, office.ADDRESS, "own")
        for box, here in ((account, database), (account_of_other, database_of_other)):
            await everything_is_read(box, here)
    assert max(postman.sent.values()) <= 2, postman.sent
    assert postman.sent[office.ADDRESS, OTHER] == postman.sent[OTHER, office.ADDRESS] == 1
    assert postman.sent[office.ADDRESS, RESPONDER] >= 1 <= postman.sent[OTHER, RESPONDER]


async def everything_is_read(account: Account, database: Database) -> None:
    """Until each mail in INBOX is on record, and nothing is left to send."""

    def recorded(conn: Any) -> int:
        return len(conn.execute(messages.select()).all())

    async with asyncio.timeout(SOON):
        while database.read(recorded) < len(account.messages()):  # noqa: ASYNC110 - the daemon writes them and sets no event
            await asyncio.sleep(0.01)
