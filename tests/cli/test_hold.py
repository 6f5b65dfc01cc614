"""`autoack pause` and `autoack resume`: what goes to customers is held back, and let go again."""

from datetime import timedelta

import pytest

from autoack.core.delivery import MailKind, OutboxState
from autoack.core.storm import Storm
from autoack.store import meta
from tests import office
from tests.cli.conftest import REF, Desk, MakeDesk

KEY = f"receipt:{REF}"
SALES = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example"}


def paused(desk: Desk) -> frozenset[str]:
    return desk.database.read(meta.paused)


def test_pause_holds_what_waits_for_customers_and_nothing_else(desk: Desk) -> None:
    desk.queue()
    desk.queue("remind:1", kind=MailKind.REMINDER)
    said = desk.run("pause")
    assert (said.code, said.out) == (0, "support: paused; 1 held back, and what comes from now on\n")
    assert paused(desk) == {"support"}
    assert (desk.row().state, desk.row("remind:1").state) == (OutboxState.HELD, OutboxState.READY)


def test_resume_lets_it_go_but_for_what_is_too_late(desk: Desk) -> None:
    desk.queue()
    desk.queue("receipt:late", expires_at=desk.now - timedelta(minutes=1), state=OutboxState.HELD)
    desk.run("pause")
    said = desk.run("resume")
    assert (said.code, said.out) == (0, "support: resumed; 1 released, 1 dropped as too late\n")
    assert paused(desk) == frozenset()
    assert (desk.row().state, desk.row("receipt:late").state) == (OutboxState.READY, OutboxState.FAILED)


def test_doing_it_twice_changes_nothing(desk: Desk) -> None:
    desk.queue()
    desk.run("pause")
    assert desk.run("pause").out == "support: paused; 0 held back, and what comes from now on\n"
    desk.run("resume")
    assert desk.run("resume").out == "support: resumed; 0 released, 0 dropped as too late\n"


@pytest.mark.parametrize(("arguments", "held"), [((), {"support", "sales"}), (("sales",), {"sales"})])
def test_one_mailbox_or_all(make_desk: MakeDesk, arguments: tuple[str, ...], held: set[str]) -> None:
    desk = make_desk({"mailboxes.sales": SALES})
    desk.run("pause", *arguments)
    assert paused(desk) == held


@pytest.mark.parametrize("command", ["pause", "resume"])
def test_a_mailbox_that_there_is_not_is_wrong_use(desk: Desk, command: str) -> None:
    desk.run(command, "sales").refused(2, "there is no mailbox 'sales'; there are: support")


def test_resume_ends_a_storm_and_receipts_count_anew(desk: Desk) -> None:
    desk.queue(state=OutboxState.HELD)
    desk.database.transact(meta.put_storm, "support", Storm(desk.now, desk.now))
    assert desk.run("resume").out == "support: resumed; 1 released, 0 dropped as too late\n"
    going_on, ended_at = desk.database.read(meta.storm, "support")
    assert going_on is None and ended_at is not None and ended_at >= desk.now
