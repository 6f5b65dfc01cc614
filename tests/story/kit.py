"""What stories are told with: a support desk, its customers, and a clock that the story moves.

    await story.at("Mon 09:00")
    question = await story.customer("Kada stiže moja narudžba?")
    story.expect_receipt(to=IVAN, promise="do utorka, 11. ožujka, u 9:00")
    await story.at("Tue 05:00")
    story.expect_reminder(to="iva")
    await story.team_replies(question)

IMAP, SMTP and the database are real. The daemon's steps run at each moment at which something is due, each
time in a new daemon: whatever it must know, it knows from the database. Every mail that goes out has to be
expected; the fixture ends each story with `expect_nothing`.
"""

import asyncio
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from autoack.app.daemon import Daemon
from autoack.core import acts, recurring
from autoack.core.decision import Event
from autoack.core.nights import moment
from autoack.core.thread import Thread
from autoack.settings import Settings
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database, open_database
from tests import office
from tests.servers.dovecot import Account
from tests.servers.smtp import SmtpServer
from tests.story.clock import StoryClock

ZAGREB = ZoneInfo("Europe/Zagreb")
# Long past: a server gives no mail an INTERNALDATE of the future. No public holiday is near.
BEGIN = datetime(2025, 3, 10, 8, 0, tzinfo=ZAGREB)  # a Monday
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
IVAN = "Ivan Horvat <ivan.horvat@kupac.example>"


@dataclass(frozen=True)
class Written:
    """A mail that somebody wrote in the story, and where it lies."""

    message: EmailMessage
    folder: str
    uid: int
    at: datetime

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass(frozen=True)
class Sent:
    """A mail that went out, with its envelope and the story's time."""

    message: EmailMessage
    envelope_sender: str
    to: str
    at: datetime

    @property
    def kind(self) -> str:
        return str(self.message["X-Autoack"]).rpartition("kind=")[2]

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def __repr__(self) -> str:
        return f"{self.at.astimezone(ZAGREB):%a %H:%M} {self.kind} to {self.to}: {self.subject}"


class Story:
    """One story: verbs for what people do, `expect_…` for what has to follow."""

    def __init__(
        self, settings: Settings, account: Account, smtp: SmtpServer, begin: datetime = BEGIN
    ) -> None:
        self.settings = settings
        self.account = account
        self.smtp = smtp
        self.clock = StoryClock(begin)
        self.database: Database = open_database(settings.database_url)
        self.database.transact(meta.put, "created_at", self.clock.now().isoformat())
        self._numbers = itertools.count(1)
        self.written: list[Written] = []
        self.sent: list[Sent] = []
        self._unexpected: list[Sent] = []
        self._up = True

    # --- time ------------------------------------------------------------------------------------------

    async def at(self, when: str) -> None:
        """It becomes the next "Tue 09:00", the wall clock of Zagreb; what is due on the way is done in time."""
        target = self._next(when)
        while self._up and (due := self._next_due()) is not None and due <= target:
            assert due > self.clock.now(), f"left undone at {self._now()}"
            self.clock.move_to(due)
            await self.runs()
        self.clock.move_to(target)
        await self.runs()

    def _next(self, when: str) -> datetime:
        day, hour = when.split()
        now = self._now()
        date = now.date() + timedelta(days=(DAYS.index(day) - now.weekday()) % 7)
        target = datetime.combine(date, time.fromisoformat(hour), ZAGREB)
        return target if target >= now else target + timedelta(days=7)

    def _now(self) -> datetime:
        return self.clock.now().astimezone(ZAGREB)

    def _next_due(self) -> datetime | None:
        """When a thread, a mail that was put off, a recurring entry, or the digest is next due."""
        plan, today = self.settings.desk.digest, self._now().date()
        nights = (moment(plan, ZAGREB, today + timedelta(days=n)) for n in (0, 1))
        tonight = min(night for night in nights if night > self.clock.now())

        def first(conn: Connection) -> list[datetime | None]:
            return [threads.next_due_at(conn), outbox.next_at(conn, "support")]

        entries = (recurring.times_of(entry, ZAGREB) for entry in self.settings.desk.recurring)
        again = [times.next_after(self.clock.now()) for times in entries]
        return min(at for at in [*self.database.read(first), *again, tonight] if at is not None)

    # --- the daemon ------------------------------------------------------------------------------------

    async def runs(self) -> None:
        """The daemon, if it is up, does all that there is to do."""
        if self._up:
            problems = await self._daemon().once()
            assert problems == []
        for mail in self.smtp.received[len(self.sent) :]:
            message = message_from_bytes(mail.raw, policy=policy.default)
            self.sent.append(Sent(message, mail.sender, mail.recipients[0], self.clock.now()))
            self._unexpected.append(self.sent[-1])

    def stops(self) -> None:
        """The daemon ends; mails go on coming."""
        self._up = False
        self.database.close()
        self.database = open_database(self.settings.database_url)

    async def starts(self) -> None:
        """Another daemon starts on the same database."""
        self._up = True
        await self.runs()

    async def replicas_run(self) -> None:
        """Two daemons on two machines do all that there is to do, side by side (PostgreSQL)."""
        other = open_database(self.settings.database_url)
        try:
            twin = Daemon(self.settings, other, self.clock)
            for problems in await asyncio.gather(self._daemon().once(), twin.once()):
                assert problems == []
        finally:
            other.close()
        await self.runs()

    async def dies_before_sending(self) -> None:
        """The daemon takes in what is there, and is killed before it sends anything."""

        class Dies(Daemon):
            async def send_ready(self) -> None:
                raise KeyboardInterrupt

        try:
            await Dies(self.settings, self.database, self.clock).once()
        except KeyboardInterrupt:
            self.stops()

    def _daemon(self) -> Daemon:
        return Daemon(self.settings, self.database, self.clock)

    # --- what people do --------------------------------------------------------------------------------

    async def customer(
        self,
        text: str = "Dobar dan,\n\nkada stiže moja narudžba?\n\nIvan Horvat\n",
        *,
        sender: str = IVAN,
        **how: Any,
    ) -> Written:
        """Somebody writes to the support address."""
        return await self._delivered("INBOX", text, sender=sender, **how)

    async def team_replies(
        self, asked: Written, text: str = "Stiže u srijedu.", *, who: str = "Iva Perić", **how: Any
    ) -> Written:
        """One of the team answers from a mail client: the copy comes into Sent."""
        usual = {"to": str(asked.message["From"]), "answers": asked.message_id}
        sender = f"{who} <{office.ADDRESS}>"
        return await self._delivered("Sent", text, **{"sender": sender, **usual, **how})

    async def _delivered(self, folder: str, text: str, **how: Any) -> Written:
        message_id = f"<{next(self._numbers)}@mail.example>"
        octets = office.mail(text, **{"message_id": message_id, "date": self.clock.now(), **how})
        uid = self.account.append(folder, octets, received_at=self.clock.now())
        message = message_from_bytes(octets, policy=policy.default)
        self.written.append(Written(message, folder, uid, self.clock.now()))
        await self.runs()
        return self.written[-1]

    def operator(self, act: Callable[..., acts.Act], *arguments: Any) -> None:
        """Somebody acts on the only thread: `operator(acts.assign, "luka")`."""

        def work(conn: Connection) -> None:
            (thread,) = threads.listing(conn, self.clock.now(), include_closed=True)
            done = act(thread, *arguments, self.clock.now())
            threads.update(conn, done.thread)
            threads.add_events(conn, [done.event])

        self.database.transact(work)

    # --- what has to follow ----------------------------------------------------------------------------

    def expect(self, kind: str, to: str, *, subject: str | None = None, says: tuple[str, ...] = ()) -> Sent:
        """The first mail not yet expected that is of this kind and goes to this person or address."""
        person = self.settings.desk.people.get(to)
        address = person.address if person else to.rpartition("<")[2].rstrip(">")
        found = next((m for m in self._unexpected if (m.kind, m.to) == (kind, address)), None)
        assert found is not None, f"no {kind} to {address}; there are: {self._unexpected}"
        self._unexpected.remove(found)
        assert subject is None or found.subject == subject
        for words in says:
            assert words in re.sub(r"[ \r\n]+", " ", found.text), f"{words!r} is not in:\n{found.text}"
        return found

    def expect_receipt(self, to: str = IVAN, *, promise: str | None = None, **what: Any) -> Sent:
        """A receipt has gone to this customer; `promise` is the time that it states, in its words."""
        found = self.expect("receipt", to, **what)
        assert promise is None or promise in found.text.replace("\n", " "), found.text
        return found

    def expect_reminder(self, to: str, at: str, **what: Any) -> Sent:
        """A reminder has gone to this person of the team at that time ("Tue 05:00")."""
        return self._at(at, self.expect("remind", to, **what))

    def expect_escalation(self, to: str, at: str, **what: Any) -> Sent:
        """The same, told to somebody above."""
        return self._at(at, self.expect("escalate", to, **what))

    def expect_digest(self, at: str, to: str = "sara", **what: Any) -> Sent:
        """The nightly digest has gone to the manager."""
        return self._at(at, self.expect("digest", to, **what))

    def expect_digests(self, *days: str) -> None:
        """The nightly digest has gone to the manager in these nights, at its hour."""
        for day in days:
            self.expect_digest(f"{day} 21:00")

    def expect_nothing(self) -> None:
        """No other mail has gone out."""
        assert self._unexpected == []

    def forget(self) -> None:
        """All that has gone out was looked at in another way."""
        self._unexpected.clear()

    def _at(self, at: str, found: Sent) -> Sent:
        assert f"{found.at.astimezone(ZAGREB):%a %H:%M}" == at, found
        return found

    # --- what is on record -----------------------------------------------------------------------------

    def thread(self) -> Thread:
        """The only thread."""
        (only,) = self.threads()
        return only

    def threads(self) -> list[Thread]:
        """All threads, also closed ones."""
        return self.database.read(lambda conn: threads.listing(conn, self.clock.now(), include_closed=True))

    def timeline(self) -> list[Event]:
        """What happened to the only thread."""
        return self.events(self.thread().ref)

    def events(self, ref: str) -> list[Event]:
        """What happened to this thread."""
        return self.database.read(threads.timeline, ref)

    def close(self) -> None:
        """The story is told."""
        self.database.close()
