"""Leases: one replica a mailbox, until its lease runs out."""

from autoack.store import leases
from autoack.store.engine import Database
from tests.store.samples import HOUR, NOW


def test_a_lease_is_one_holders_until_it_runs_out(database: Database) -> None:
    assert database.transact(leases.acquire, "mailbox:support", "one", NOW, HOUR) is True
    assert database.transact(leases.acquire, "mailbox:support", "two", NOW, HOUR) is False
    assert database.transact(leases.acquire, "mailbox:sales", "two", NOW, HOUR) is True
    assert database.transact(leases.acquire, "mailbox:support", "two", NOW + HOUR, HOUR) is True
    assert database.transact(leases.acquire, "mailbox:support", "one", NOW + HOUR, HOUR) is False


def test_its_holder_may_renew_a_lease(database: Database) -> None:
    database.transact(leases.acquire, "mailbox:support", "one", NOW, HOUR)
    assert database.transact(leases.acquire, "mailbox:support", "one", NOW + HOUR / 2, HOUR) is True
    assert database.transact(leases.acquire, "mailbox:support", "two", NOW + HOUR, HOUR) is False


def test_only_its_holder_gives_a_lease_back(database: Database) -> None:
    database.transact(leases.acquire, "mailbox:support", "one", NOW, HOUR)
    database.transact(leases.release, "mailbox:support", "two")
    assert database.transact(leases.acquire, "mailbox:support", "two", NOW, HOUR) is False
    database.transact(leases.release, "mailbox:support", "one")
    assert database.transact(leases.acquire, "mailbox:support", "two", NOW, HOUR) is True
