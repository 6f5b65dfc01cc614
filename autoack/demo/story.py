"""Plays the script against the running daemon: lays the mails into the mailbox, lets time fly to what comes next."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from autoack.core import opening_hours
from autoack.core.policy import Desk
from autoack.core.thread import Thread
from autoack.demo import record
from autoack.demo.clock import StoryClock
from autoack.demo.imap import INBOX, SENT, ImapServer
from autoack.demo.keep import Keep
from autoack.demo.mails import write
from autoack.demo.smtp import Delivery, SmtpServer
from autoack.demo.timeline import Timeline, lasted, told
from autoack.demo.week import BACKLOG, END, WEEK, Outcome, Scene, moment
from autoack.errors import CheckFailed
from autoack.store import threads
from autoack.store.engine import Database

P = ParamSpec("P")
T = TypeVar("T")

MAILBOX = "support"
_PATIENCE = 15.0  # seconds of real time that the daemon may take for one thing
_LOOK = 0.01  # seconds between looks whether it is done
_MARKS = {Outcome.ANSWER: ("↩", "green"), Outcome.COLLEAGUES: ("↔", "dim"), Outcome.SILENCE: ("✉", "dim")}
_STEPS = {"remind": ("◷", "yellow", "reminder"), "escalate": ("▲", "red", "escalation")}


@dataclass
class Played:
    """A scene as it went: where its mail lies, what the daemon made of it, what it sent for it."""

    scene: Scene
    uid: int
    real: float  # time.monotonic() when the mail lay in the mailbox
    taken: record.Taken | None = None
    sent: list[Delivery] = field(default_factory=list)


class Story:
    """The week. `play` tells it as it goes; `played` has the scenes as they went, by name.

    `pause`: seconds of real time to read what was told before time goes on.
    """

    def __init__(
        self,
        desk: Desk,
        database: Database,
        clock: StoryClock,
        imap: ImapServer,
        smtp: SmtpServer,
        timeline: Timeline,
        keep: Keep,
        *,
        pause: float,
    ) -> None:
        self.played: dict[str, Played] = {}
        self._waiting = 0
        self._desk = desk
        self._database = database
        self._clock = clock
        self._imap = imap
        self._smtp = smtp
        self._timeline = timeline
        self._keep = keep
        self._pause = pause
        self._told = 0  # deliveries

    async def play(self) -> None:
        """From Monday morning to Sunday night. Raises CheckFailed where the daemon leaves something undone."""
        await self._begin()
        for scene in WEEK:
            await self._fly(moment(scene.at))
            await self._perform(scene)
        await self._fly(END)

    async def ask(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the database says."""
        return await asyncio.to_thread(lambda: self._database.read(question, *args, **kwargs))

    def status(self) -> str:
        """Where the week stands, in a line."""
        now = self._clock.now()
        office = self._desk.mailboxes[MAILBOX].policy.calendar
        state = "open" if opening_hours.is_open(office, now) else "closed"
        waiting = f"{self._waiting} waiting for an answer" if self._waiting else "nobody waits"
        return f"{told(now)} · office {state} · {waiting}"

    # --- time ----------------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        for folder in (INBOX, SENT):
            await self._wait(f"{folder} is not watched", record.is_watched, MAILBOX, folder)
        self._timeline.event(
            self._clock.now(),
            "●",
            "bold",
            "autoack begins to watch podrska@primjer.example",
            f" · {len(BACKLOG)} old mails lie there and stay unanswered",
        )

    async def _fly(self, goal: datetime) -> None:
        """Let time pass until `goal`, with a stop wherever something falls due by itself."""
        while (due := await self.ask(record.next_due, self._desk, self._clock.now())) < goal:
            await self._clock.travel(due)
            await self._rest("what fell due was not done")
            if new := self._new_deliveries():
                await self._tell_by_itself(new)
                await asyncio.sleep(self._pause)
        await self._clock.travel(goal)

    async def _rest(self, complaint: str) -> None:
        """Wait until the daemon has done all that is due."""
        await self._wait(complaint, lambda conn: record.at_rest(conn, self._desk, self._clock.now()))
        self._waiting = await self.ask(record.waiting)

    async def _wait(
        self,
        complaint: str,
        question: Callable[Concatenate[Connection, P], bool],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        until = time.monotonic() + _PATIENCE
        while not await self.ask(question, *args, **kwargs):
            if time.monotonic() > until:
                raise CheckFailed(f"{told(self._clock.now())}: {complaint} within {_PATIENCE:g} s")
            await asyncio.sleep(_LOOK)

    # --- mails ---------------------------------------------------------------------------------------------

    async def _perform(self, scene: Scene) -> None:
        """A mail arrives, or a copy of an answer lies in the Sent folder; then what follows from it."""
        self._announce(scene)
        at = self._clock.now()
        uid = await self._imap.deliver(scene.folder, write(scene.draft, at, self._replied_to(scene)), at)
        played = self.played[scene.name] = Played(scene, uid, time.monotonic())
        await self._wait(f"{scene.name} was not taken in", record.taken_in, MAILBOX, scene.folder, uid)
        await self._rest(f"what follows from {scene.name} was not done")
        played.taken = await self.ask(record.verdict, scene.folder, uid)
        played.sent = self._new_deliveries()
        await self._tell_consequence(played)
        await asyncio.sleep(self._pause)

    def _replied_to(self, scene: Scene) -> str | None:
        if scene.answers is None:
            return None
        before = self.played[scene.answers]
        if scene.to_receipt and before.sent:
            return str(before.sent[0].message["Message-ID"])
        return before.scene.draft.message_id

    def _new_deliveries(self) -> list[Delivery]:
        new = self._smtp.deliveries[self._told :]
        self._told += len(new)
        for delivery in new:
            self._keep.add(delivery)
        return new

    # --- telling -------------------------------------------------------------------------------------------

    def _announce(self, scene: Scene) -> None:
        mark, style = _MARKS.get(scene.outcome, ("✉", "cyan"))
        if scene.told:
            self._timeline.event(self._clock.now(), mark, style, scene.told)
        else:
            who = f"{scene.draft.writer.name} ({scene.language})"
            self._timeline.event(self._clock.now(), mark, style, who, f" · {scene.draft.subject}")

    async def _tell_consequence(self, played: Played) -> None:
        thread = await self._thread(played)
        for delivery in played.sent:
            promised = (
                f"answer promised by {told(thread.promised_at)}" if thread and thread.promised_at else ""
            )
            seconds = f"receipt in {max(0.01, delivery.real - played.real):.2f} s"
            self._timeline.follows(seconds, "bold", f" · {delivery.ref} · {promised}")
        if played.sent:
            return
        taken = played.taken
        if taken is None:
            self._timeline.follows("passed over", "dim")
        elif thread and taken.reason == "team" and played.scene.outcome is Outcome.ANSWER:
            self._timeline.follows(*await self._clock_stopped(thread))
        elif thread and taken.kind == "team":
            self._timeline.follows(
                f"{thread.customer_name} has no answer yet: the clock runs on",
                more=f" · {_waited(thread, self._clock.now())} so far",
            )
        elif taken.reason == "joins-wait":
            self._timeline.follows("joins the wait: no second receipt, and the clock is not set back", "dim")
        elif taken.reason == "thanks":
            self._timeline.follows("only thanks: nobody waits, no receipt", "dim")
        else:
            self._timeline.follows("no receipt", "dim", f" · {taken.because}")

    async def _clock_stopped(self, thread: Thread) -> tuple[str, str]:
        events = await self.ask(threads.timeline, thread.ref)
        answers = [event for event in events if event.what == "answer" and event.seconds is not None]
        if thread.state != "answered" or not answers:
            return "the clock did not stop", "bold red"
        return f"the clock stops after {lasted(timedelta(seconds=answers[-1].seconds or 0))}", ""

    async def _tell_by_itself(self, deliveries: list[Delivery]) -> None:
        """What the daemon sent without a mail being the cause: one line for each matter."""
        for (kind, ref), mails in _grouped(deliveries).items():
            people = ", ".join(self._person(mail.to) for mail in mails)
            at = mails[0].at
            if kind == "digest":
                self._timeline.event(at, "☾", "magenta", f"digest to {people}", f" · {mails[0].subject}")
                continue
            mark, style, what = _STEPS.get(kind, ("!", "bold", kind))
            thread = await self.ask(threads.by_ref, ref)
            waited = f" · {thread.customer_name} has waited {_waited(thread, at)}" if thread else ""
            self._timeline.event(at, mark, style, f"{what} to {people}", waited)

    def _person(self, address: str) -> str:
        person = self._desk.person_at(address)
        if person is None:
            return address
        team = self._desk.mailboxes[MAILBOX].team
        role = {team.lead: "lead", team.manager: "manager"}.get(person.id, "on duty")
        return f"{person.name} ({role})"

    async def _thread(self, played: Played) -> Thread | None:
        if played.taken is None or played.taken.ref is None:
            return None
        return await self.ask(threads.by_ref, played.taken.ref)


def _grouped(deliveries: list[Delivery]) -> dict[tuple[str, str], list[Delivery]]:
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in deliveries:
        groups.setdefault((delivery.kind, delivery.ref), []).append(delivery)
    return groups


def _waited(thread: Thread, now: datetime) -> str:
    return lasted(now - thread.waiting_since) if thread.waiting_since else "not at all"
