"""Who waited at a moment, whose the threads were, and what had been done about them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from autoack.core.decision import Event
from autoack.core.thread import State, Thread
from autoack.core.waiting import Terms, Told, Waiting, with_terms
from autoack.store import past, threads
from autoack.store.engine import Database

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


def promises(thread: Waiting, since: datetime) -> tuple[datetime, datetime] | None:
    return (since + DAY, since + 3 * DAY) if thread.mailbox == "support" else None


def thread(ref: str, since: datetime, **changes: object) -> Thread:
    """A thread that has waited since then."""
    made = Thread(
        ref=ref,
        mailbox="support",
        subject="Račun",
        customer_address="Ivan@kupac.example",
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
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def event(ref: str | None, at: datetime, what: str, reason: str | None = None, **more: object) -> Event:
    return Event(at, what, reason=reason, thread_ref=ref, **more)  # type: ignore[arg-type]  # as above


def keep(database: Database, *things: Thread | Event) -> None:
    for thing in things:
        if isinstance(thing, Thread):
            database.transact(threads.insert, thing)
        else:
            database.transact(threads.add_events, [thing])


def waiting(database: Database, at: datetime = NOW, horizon: datetime = NOW + DAY) -> list[str]:
    return sorted(w.ref for w in database.read(past.waiting_at, at, horizon, promises))


class TestWhoWaits:
    """Threads at a moment."""

    def test_all_that_the_digest_shows_of_a_thread_comes_along(self, database: Database) -> None:
        since = NOW - 30 * HOUR
        keep(database, thread("AA-1", since, assignee="ana"))
        (found,) = database.read(past.waiting_at, NOW, NOW + DAY, promises)
        assert (found.ref, found.mailbox, found.subject, found.assignee) == (
            "AA-1",
            "support",
            "Račun",
            "ana",
        )
        assert (found.customer_address, found.customer_name) == ("Ivan@kupac.example", "Ivan Horvat")
        assert (found.waiting_since, found.promised_at, found.resolve_at) == (
            since,
            since + DAY,
            since + 3 * DAY,
        )

    def test_only_a_thread_whose_clock_runs_waits(self, database: Database) -> None:
        since = NOW - 30 * HOUR
        keep(database, *(thread(f"AA-{state}", since, state=state) for state in State))
        keep(database, thread("AA-no-clock", since, clock=False))
        assert waiting(database) == ["AA-waiting"]

    def test_a_promise_beyond_the_horizon_is_not_asked_for(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW), thread("AA-2", NOW - SECOND))
        keep(database, thread("AA-3", NOW, promised_at=NOW + 5 * DAY, resolve_at=NOW + HOUR))
        assert waiting(database) == ["AA-2", "AA-3"]

    def test_who_was_answered_after_that_moment_waited_then(self, database: Database) -> None:
        since, answered = NOW - 30 * HOUR, NOW + HOUR
        keep(
            database,
            thread("AA-1", since, state=State.ANSWERED, answered_at=answered, updated_at=answered),
            event("AA-1", since, "wait", "customer-mail"),
            event("AA-1", answered, "answer", "team-reply", seconds=31 * 3600),
        )
        assert waiting(database, NOW) == ["AA-1"]
        assert waiting(database, answered) == []

    def test_an_earlier_wait_is_found_though_the_thread_waits_anew(self, database: Database) -> None:
        first, second = NOW - 30 * HOUR, NOW + 5 * HOUR
        keep(
            database,
            thread("AA-1", second, created_at=first, updated_at=second, wait=2),
            event("AA-1", first, "wait", "customer-mail"),
            event("AA-1", NOW + HOUR, "answer", "team-reply", seconds=31 * 3600),
            event("AA-1", second, "wait", "customer-mail"),
        )
        (found,) = database.read(past.waiting_at, NOW, NOW + DAY, promises)
        assert (found.waiting_since, found.promised_at) == (first, first + DAY)

    def test_an_earlier_wait_has_the_promises_of_its_time(self, database: Database) -> None:
        """They stand in the event that began it, whatever its policy promises today, and in the counts since."""
        first, second, terms = NOW - 30 * HOUR, NOW + 5 * HOUR, self.terms(NOW - 31 * HOUR)
        moved = f"promise {terms.promised_at:%Y-%m-%dT%H:%M+00:00} → {NOW:%Y-%m-%dT%H:%M+00:00}"
        keep(
            database,
            thread("AA-1", second, created_at=first, updated_at=second, wait=2, mailbox="gone"),
            event("AA-1", first, "wait", "customer-mail", detail=with_terms("wait 1", terms)),
            event("AA-1", NOW - HOUR, "recomputed", detail=moved),
            event("AA-1", NOW + HOUR, "answer", "team-reply", seconds=31 * 3600),
            event("AA-1", second, "wait", "customer-mail"),
        )
        for at, promised in ((NOW - 2 * HOUR, terms.promised_at), (NOW, NOW)):
            (found,) = database.read(past.waiting_at, at, NOW + DAY, promises)
            assert (found.waiting_since, found.promised_at) == (terms.since, promised)
            assert found.resolve_at == terms.resolve_at

    @staticmethod
    def terms(since: datetime) -> Terms:
        return Terms(since, since + 5 * HOUR, None)

    def test_a_thread_that_came_later_did_not_wait(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW + HOUR), event("AA-1", NOW + HOUR, "wait", "customer-mail"))
        assert waiting(database, NOW, NOW + 9 * DAY) == []

    def test_the_past_of_one_thread_is_not_mixed_with_anothers(self, database: Database) -> None:
        since, later = NOW - 30 * HOUR, NOW + HOUR
        for ref, stopped_at in (("AA-1", NOW - HOUR), ("AA-2", later), ("AA-3", NOW - 2 * HOUR)):
            keep(
                database,
                thread(ref, since, state=State.CLOSED, updated_at=later),
                event(ref, since, "wait", "customer-mail"),
                event(ref, stopped_at, "close"),
            )
        assert waiting(database) == ["AA-2"]

    def test_a_digest_of_some_mailboxes_knows_no_others(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - 30 * HOUR), thread("AA-2", NOW - 30 * HOUR, mailbox="sales"))
        found = database.read(past.waiting_at, NOW, NOW + DAY, promises, frozenset({"sales"}))
        assert [w.ref for w in found] == ["AA-2"]

    def test_whose_a_thread_was_then_is_told_by_its_events(self, database: Database) -> None:
        since, later = NOW - 30 * HOUR, NOW + HOUR
        keep(database, thread("AA-1", since, assignee="vera", updated_at=later))
        keep(database, event("AA-1", since, "wait", "customer-mail"))
        keep(database, event("AA-1", NOW - HOUR, "assign", detail="assigned to ana"))
        keep(database, event("AA-1", later, "assign", detail="assigned to vera"))
        for at, person in ((NOW - 2 * HOUR, None), (NOW, "ana"), (later, "vera")):
            (found,) = database.read(past.waiting_at, at, NOW + DAY, promises)
            assert found.assignee == person

    def test_whoever_answered_first_is_known_by_their_id(self, database: Database) -> None:
        first, later = NOW - 30 * HOUR, NOW + HOUR
        keep(database, thread("AA-1", first, assignee="vera", updated_at=later))
        keep(database, event("AA-1", first, "wait", "customer-mail"))
        keep(database, event("AA-1", NOW - HOUR, "assign", detail="assigned to ana, who answered first"))
        keep(database, event("AA-1", later, "assign", detail="assigned to vera"))
        (found,) = database.read(past.waiting_at, NOW, NOW + DAY, promises)
        assert found.assignee == "ana"


class TestLastSteps:
    """What was done last about a wait."""

    def told(self, database: Database, at: datetime = NOW) -> Told | None:
        found = database.read(past.waiting_at, NOW, NOW + DAY, promises)
        return database.read(past.last_steps, found, at).get("AA-1")

    def test_the_last_step_comes_with_all_whom_it_told(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - 30 * HOUR))
        keep(database, event("AA-1", NOW - 9 * HOUR, "remind", who="ana"))
        keep(database, event("AA-1", NOW - 5 * HOUR, "escalate", who="marko"))
        keep(database, event("AA-1", NOW - 5 * HOUR, "escalate", who="vera"))
        assert self.told(database) == Told("escalate", NOW - 5 * HOUR, ("marko", "vera"))
        assert self.told(database, NOW - 6 * HOUR) == Told("remind", NOW - 9 * HOUR, ("ana",))

    def test_steps_of_an_earlier_wait_are_not_this_ones(self, database: Database) -> None:
        keep(database, thread("AA-1", NOW - 30 * HOUR, created_at=NOW - 9 * DAY))
        keep(database, event("AA-1", NOW - 8 * DAY, "escalate", who="marko"))
        assert self.told(database) is None
