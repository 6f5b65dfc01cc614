"""Every night one digest for each reader: late if need be, never twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest

from autoack.core import acts
from autoack.core.decision import Event
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.digest import Standing
from autoack.core.ours import is_ours
from autoack.core.policy import (
    AlertPlan,
    Calendar,
    Desk,
    DigestPlan,
    Duration,
    Mailbox,
    Organisation,
    Person,
    Policy,
    Retention,
    Team,
)
from autoack.core.thread import State, Thread
from autoack.flows.nightly import Nightly, build_digest, digest_letter, queue
from autoack.store import outbox, threads
from autoack.store.engine import Database, open_database

ZAGREB = ZoneInfo("Europe/Zagreb")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # 21:00 in Zagreb; the databases were made on 1 November
KEYS = ["digest:2026-11-21:marko", "digest:2026-11-21:vera"]


def desk(**plan: object) -> Desk:
    people = {
        "ana": Person("ana", "Ana Kovač", "ana@primjer.example", language="hr"),
        "marko": Person("marko", "Marko Babić", "marko@primjer.example", language="en"),
        "vera": Person("vera", "Vera Jurić", "vera@primjer.example", language="hr"),
    }
    calendar = Calendar("always", ZAGREB, always=True)
    standard = Policy("standard", calendar)
    team = Team("front", ("ana",), "marko", "vera")
    boxes = {
        name: Mailbox(name, f"{name}@primjer.example", "Primjer", team, standard, ("hr",))
        for name in ("podrska", "prodaja")
    }
    readers = {"at": time(21), "to": ("marko", "vera"), **plan}
    return Desk(
        organisation=Organisation("Primjer d.o.o.", ZAGREB),
        people=people,
        teams={"front": team},
        calendars={"always": calendar},
        policies={"standard": standard},
        mailboxes=boxes,
        digest=DigestPlan(**readers),  # type: ignore[arg-type]  # a test's own shorthand
        alerts=AlertPlan(("marko",)),
        retention=Retention(),
    )


def digests(database: Database) -> list[Outgoing]:
    return [row for row in database.read(outbox.listing) if row.kind is MailKind.DIGEST]


def keys(database: Database) -> list[str]:
    return sorted(row.key for row in digests(database))


def wait(database: Database, ref: str, since: datetime, **changes: object) -> Thread:
    """A customer has waited since then, and that is on record."""
    made = Thread(
        ref=ref,
        mailbox="podrska",
        subject="Račun",
        customer_address="ivan@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=since,
        updated_at=since,
        wait=1,
        waiting_since=since,
        promised_at=since + DAY,
        resolve_at=since + 3 * DAY,
    )
    thread = replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand
    database.transact(threads.insert, thread)
    told(database, ref, since, "wait", "customer-mail")
    return thread


def answer(database: Database, thread: Thread, at: datetime) -> None:
    database.transact(
        threads.update,
        replace(thread, state=State.ANSWERED, answered_at=at, answered_by="ana", updated_at=at),
    )
    assert thread.waiting_since is not None
    seconds = int((at - thread.waiting_since).total_seconds())
    told(database, thread.ref, at, "answer", "team-reply", seconds)


def told(
    database: Database, ref: str, at: datetime, what: str, reason: str, seconds: int | None = None
) -> None:
    event = Event(at, what, None, "", reason, ref, "podrska", seconds)
    database.transact(threads.add_events, [event])


@pytest.fixture
def second_replica(database: Database, database_url: str) -> Iterator[Database]:
    """Another daemon's way into the same database."""
    other = open_database(database_url)
    yield other
    other.close()


class TestOnce:
    """The night comes once."""

    async def test_nothing_comes_before_its_hour(self, database: Database) -> None:
        nightly = Nightly(desk(), database)
        assert await nightly.step(MOMENT - DAY) == 2  # the night before
        assert await nightly.step(MOMENT - timedelta(seconds=1)) == 0
        assert keys(database) == ["digest:2026-11-20:marko", "digest:2026-11-20:vera"]

    async def test_at_its_hour_each_reader_gets_one(self, database: Database) -> None:
        assert await Nightly(desk(), database).step(MOMENT) == 2
        assert keys(database) == KEYS

    async def test_asked_again_it_does_nothing(self, database: Database) -> None:
        nightly = Nightly(desk(), database)
        await nightly.step(MOMENT)
        assert [await nightly.step(MOMENT + n * HOUR) for n in range(24)] == [0] * 24
        assert keys(database) == KEYS

    async def test_a_second_daemon_that_night_sends_nothing(
        self, database: Database, second_replica: Database
    ) -> None:
        await Nightly(desk(), database).step(MOMENT)
        assert await Nightly(desk(), second_replica).step(MOMENT + HOUR) == 0
        assert keys(database) == KEYS

    async def test_a_start_after_the_hour_sends_it_late(self, database: Database) -> None:
        assert await Nightly(desk(), database).step(MOMENT + 11 * HOUR) == 2
        assert keys(database) == KEYS

    async def test_nights_that_were_missed_are_not_made_up_for_but_the_last(self, database: Database) -> None:
        assert await Nightly(desk(), database).step(MOMENT + 2 * DAY + HOUR) == 2
        assert keys(database) == ["digest:2026-11-23:marko", "digest:2026-11-23:vera"]

    async def test_the_day_on_which_the_database_was_made_has_its_first_night(
        self, database: Database
    ) -> None:
        made = Nightly(desk(), database)
        assert await made.step(datetime(2026, 11, 1, 19, 59, tzinfo=UTC)) == 0
        assert await made.step(datetime(2026, 11, 1, 20, 0, tzinfo=UTC)) == 2

    @pytest.mark.parametrize(
        ("day", "comes"),
        [
            (
                date(2027, 3, 28),
                datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
            ),  # 02:30 is skipped: 03:30 on the wall
            (date(2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # 02:30 comes twice: the first
        ],
    )
    @pytest.mark.parametrize("down", [timedelta(0), 2 * HOUR])
    async def test_where_clocks_change_at_its_hour_it_comes_once_across_restarts_and_replicas(
        self, database: Database, second_replica: Database, day: date, comes: datetime, down: timedelta
    ) -> None:
        """Looked at every ten minutes by two daemons, each just started; late where both were down at its hour."""
        of = desk(at=time(2, 30))
        came, at = [], comes - 12 * HOUR
        await Nightly(of, database).step(at)  # the night before
        while at < comes + 20 * HOUR:
            for replica in (database, second_replica) if not comes <= at < comes + down else ():
                came += [at] * await Nightly(of, replica).step(at)
            at += timedelta(minutes=10)
        assert came == [comes + down] * 2
        assert keys(database)[-2:] == [f"digest:{day.isoformat()}:{who}" for who in ("marko", "vera")]

    async def test_who_had_it_already_does_not_get_it_again(self, database: Database) -> None:
        early = MOMENT - 3 * HOUR
        only_vera = desk(to=("vera",))
        assert database.transact(queue, only_vera, NIGHT, early) == ["digest:2026-11-21:vera"]
        assert await Nightly(desk(), database).step(MOMENT) == 1
        assert keys(database) == KEYS


class TestCalm:
    """`when: overdue`: no mail where nothing burns."""

    async def test_nothing_overdue_sends_nothing_that_night_also_when_asked_later(
        self, database: Database
    ) -> None:
        wait(database, "AA-1", MOMENT - DAY + HOUR)
        calm = desk(only_overdue=True)
        assert await Nightly(calm, database).step(MOMENT) == 0
        assert await Nightly(calm, database).step(MOMENT + 2 * HOUR) == 0  # a restart: by now it is overdue
        assert await Nightly(calm, database).step(MOMENT + DAY) == 2

    async def test_something_overdue_sends_it(self, database: Database) -> None:
        wait(database, "AA-1", MOMENT - DAY - HOUR)
        assert await Nightly(desk(only_overdue=True), database).step(MOMENT) == 2

    def test_who_asks_for_it_gets_it_all_the_same(self, database: Database) -> None:
        calm = desk(only_overdue=True)
        assert database.transact(queue, calm, NIGHT, MOMENT) == []
        asked = database.transact(lambda conn: queue(conn, calm, NIGHT, MOMENT, although_calm=True))
        assert asked == KEYS


class TestLeads:
    """`leads: true`: each lead gets their team's."""

    @staticmethod
    def two_teams(**plan: object) -> Desk:
        """podrska is led by marko, prodaja by ana."""
        of = desk(to=("vera",), leads=True, **plan)
        box = of.mailboxes["prodaja"]
        sales = replace(box, team=Team("sales", ("ana",), "ana", "vera"))
        return replace(of, mailboxes={**of.mailboxes, "prodaja": sales})

    async def test_a_lead_gets_one_about_the_teams_mailboxes_once(self, database: Database) -> None:
        wait(database, "AA-1", MOMENT - 30 * HOUR)
        wait(database, "AA-2", MOMENT - 30 * HOUR, mailbox="prodaja")
        of = self.two_teams()
        assert await Nightly(of, database).step(MOMENT) == 3
        assert await Nightly(of, database).step(MOMENT + HOUR) == 0
        shown = {
            person: [
                o.item.thread.ref
                for o in database.read(build_digest, of, of.people[person], NIGHT, MOMENT).overdue
            ]
            for person in ("vera", "marko", "ana")
        }
        assert {person: sorted(refs) for person, refs in shown.items()} == {
            "vera": ["AA-1", "AA-2"],
            "marko": ["AA-1"],
            "ana": ["AA-2"],
        }
        row = database.read(outbox.by_key, "digest:2026-11-21:ana")
        assert row is not None
        body = message_from_bytes(row.raw, policy=policy.default).get_body(("plain",))
        assert body is not None
        assert "Primjer d.o.o. · tim sales · Pregled dana" in body.get_content()

    async def test_a_calm_team_is_left_alone_where_only_overdue_counts(self, database: Database) -> None:
        wait(database, "AA-1", MOMENT - 30 * HOUR)
        await Nightly(self.two_teams(only_overdue=True), database).step(MOMENT)
        assert keys(database) == KEYS


class TestRow:
    """What is queued."""

    async def test_it_goes_at_once_through_the_first_mailbox_in_the_readers_language(
        self, database: Database
    ) -> None:
        late = MOMENT + HOUR
        await Nightly(desk(), database).step(late)
        rows = {row.key: database.read(outbox.by_key, row.key) for row in digests(database)}
        vera, marko = rows["digest:2026-11-21:vera"], rows["digest:2026-11-21:marko"]
        assert vera is not None
        assert marko is not None
        assert (vera.to, vera.mailbox, vera.thread_ref) == ("vera@primjer.example", "podrska", None)
        assert (vera.state, vera.created_at, vera.next_at) == (OutboxState.READY, late, late)
        mail = message_from_bytes(vera.raw, policy=policy.default)
        assert mail["Message-ID"] == vera.message_id
        assert is_ours(vera.message_id)
        assert vera.message_id != marko.message_id
        assert "Ništa ne kasni" in mail["Subject"]
        assert "Nothing overdue" in message_from_bytes(marko.raw, policy=policy.default)["Subject"]

    async def test_the_table_is_left_out_where_nobody_wants_it(self, database: Database) -> None:
        await Nightly(desk(csv=False), database).step(MOMENT)
        row = database.read(outbox.by_key, KEYS[0])
        assert row is not None
        assert b"text/csv" not in row.raw


class TestContents:
    """The digest tells what the database knows."""

    def told(self, database: Database, now: datetime, night: date = NIGHT) -> list[str]:
        of = desk()
        digest = database.read(build_digest, of, of.people["vera"], night, now)
        return [overdue.item.thread.ref for overdue in digest.overdue]

    def test_before_its_hour_it_shows_how_things_stand(self, database: Database) -> None:
        wait(database, "AA-1", MOMENT - DAY - 5 * HOUR)
        assert self.told(database, MOMENT - 6 * HOUR) == []
        assert self.told(database, MOMENT - 4 * HOUR) == ["AA-1"]

    def test_sent_late_it_shows_who_waits_now(self, database: Database) -> None:
        thread = wait(database, "AA-1", MOMENT - 2 * DAY)
        answer(database, thread, MOMENT + HOUR)
        wait(database, "AA-2", MOMENT - DAY + HOUR)
        assert self.told(database, MOMENT + 2 * HOUR) == ["AA-2"]

    def test_a_past_digest_is_what_was_sent(self, database: Database) -> None:
        thread = wait(database, "AA-1", MOMENT - 2 * DAY)
        answered = wait(database, "AA-2", MOMENT - DAY)
        answer(database, answered, MOMENT - HOUR)
        of = desk()
        sent = database.read(build_digest, of, of.people["vera"], NIGHT, MOMENT)
        database.transact(queue, of, NIGHT, MOMENT)
        answer(database, thread, MOMENT + HOUR)
        wait(database, "AA-3", MOMENT - 2 * DAY, created_at=MOMENT + HOUR, updated_at=MOMENT + HOUR)
        assert database.read(build_digest, of, of.people["vera"], NIGHT, MOMENT + 9 * DAY) == sent
        assert [o.item.thread.ref for o in sent.overdue] == ["AA-1"]
        assert sent.answered == 1

    async def test_weeks_later_every_night_of_a_week_gives_the_very_letter_that_was_sent(
        self, database: Database
    ) -> None:
        of = self.with_leads()
        nightly = Nightly(of, database)
        for n in range(7):
            night = MOMENT + n * DAY
            morning = night - 11 * HOUR
            old = wait(database, f"AA-{n}-1", morning, priority="high" if n == 3 else "normal")
            wait(database, f"AA-{n}-2", morning, mailbox="prodaja", category="complaint", assignee="ana")
            await nightly.step(night)
            given = acts.assign(old, "ana", night + HOUR)
            database.transact(threads.update, given.thread)
            reminded = Event(night + 3 * HOUR, "remind", "ana", "reminder at 20h", None, old.ref, "podrska")
            database.transact(threads.add_events, [given.event, reminded])
            if n % 2:
                answer(database, given.thread, night + 26 * HOUR)
            elif n == 4:
                shut = acts.close(given.thread, of, night + 27 * HOUR)
                again = acts.reopen(shut.thread, of, night + 28 * HOUR)
                database.transact(threads.update, again.thread)
                database.transact(threads.add_events, [shut.event, again.event])
        for row in digests(database):
            sent = database.read(outbox.by_key, row.key)
            assert sent is not None
            _, day, person = row.key.split(":")
            later = MOMENT + 40 * DAY
            found = database.read(digest_letter, of, of.people[person], date.fromisoformat(day), later)
            mail, anew = (message_from_bytes(raw, policy=policy.default) for raw in (sent.raw, found.raw))
            assert [part.get_content() for part in mail.walk() if not part.is_multipart()] == [
                part.get_content() for part in anew.walk() if not part.is_multipart()
            ]
        assert len(digests(database)) == 7 * 3

    @staticmethod
    def with_leads() -> Desk:
        return desk(leads=True, to=("vera", "ana"))

    def test_what_stood_still_is_told_as_it_was_and_not_at_all_where_nobody_noted_it(
        self, database: Database
    ) -> None:
        of, vera = desk(), desk().people["vera"]
        held = Outgoing(
            "receipt:1",
            MailKind.RECEIPT,
            "podrska",
            "ivan@kupac.example",
            "<1@primjer.example>",
            b"x",
            MOMENT,
            MOMENT,
            state=OutboxState.HELD,
        )
        database.transact(outbox.add, [held])
        database.transact(queue, of, NIGHT, MOMENT)
        database.transact(outbox.drop, "receipt:1", MOMENT + HOUR, "no use")
        then = database.read(build_digest, of, vera, NIGHT, MOMENT + 9 * DAY)
        never = database.read(build_digest, of, vera, NIGHT - DAY, MOMENT + 9 * DAY)
        assert (then.standing, never.standing) == (Standing(held=1), None)

    def test_an_early_wait_is_judged_by_the_policy_that_a_rule_gave_its_thread(
        self, database: Database
    ) -> None:
        of = desk()
        strict = replace(of.policies["standard"], id="vip", reply_within=Duration(seconds=3600))
        again, first = MOMENT + 5 * HOUR, MOMENT - 2 * HOUR
        wait(database, "AA-1", again, created_at=first, policy="vip")
        told(database, "AA-1", first, "wait", "customer-mail")
        told(database, "AA-1", MOMENT + HOUR, "answer", "team-reply", 3 * 3600)
        of = replace(of, policies={**of.policies, "vip": strict})
        shown = database.read(build_digest, of, of.people["vera"], NIGHT, MOMENT + 9 * DAY)
        assert [o.since for o in shown.overdue] == [MOMENT - HOUR]

    def test_a_past_night_without_a_digest_shows_its_own_moment(self, database: Database) -> None:
        thread = wait(database, "AA-1", MOMENT - 2 * DAY)
        answer(database, thread, MOMENT + HOUR)
        assert self.told(database, MOMENT + 9 * DAY) == ["AA-1"]

    def test_an_earlier_wait_is_judged_by_its_mailboxs_policy(self, database: Database) -> None:
        again = MOMENT + 5 * HOUR
        first = MOMENT - 30 * HOUR
        wait(database, "AA-1", again, created_at=first)
        told(database, "AA-1", first, "wait", "customer-mail")
        told(database, "AA-1", MOMENT + HOUR, "answer", "team-reply", 31 * 3600)
        wait(database, "AA-2", again, created_at=first, mailbox="gone")
        told(database, "AA-2", first, "wait", "customer-mail")
        assert self.told(database, MOMENT + 9 * DAY) == ["AA-1"]

    def test_the_letter_shows_the_same(self, database: Database) -> None:
        wait(database, "AA-1", MOMENT - 30 * HOUR, assignee="ana")
        of = desk()
        letter = database.read(digest_letter, of, of.people["vera"], NIGHT, MOMENT)
        assert "Ivan Horvat · Ana Kovač · AA-1" in letter.text
        assert letter.subject == "Kasni: 1, rok do sutra: 0 (21. studenoga)"
