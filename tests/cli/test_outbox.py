"""`autoack outbox`: what is waiting, failed or in doubt; sending it after all, or giving it up."""

from datetime import timedelta

import pytest

from autoack.core.delivery import OutboxState
from tests.cli.conftest import REF, Desk

KEY = f"receipt:{REF}"
FIELDS = {"key", "kind", "to", "state", "attempts", "next_at", "error", "message_id"}


def test_a_mail_has_these_fields(desk: Desk) -> None:
    row = desk.queue(state=OutboxState.DEFERRED, attempts=2, error="451 4.3.0 come back later")
    (told,) = desk.run("outbox", "--json").json
    assert told.keys() >= FIELDS
    assert {field: told[field] for field in FIELDS} == {
        "key": KEY,
        "kind": "receipt",
        "to": "ivan.horvat@kupac.example",
        "state": "deferred",
        "attempts": 2,
        "next_at": desk.local(row.next_at),
        "error": "451 4.3.0 come back later",
        "message_id": f"<{KEY}@vocar.example>",
    }


def test_what_was_sent_is_listed_only_when_asked_for(desk: Desk) -> None:
    for state in OutboxState:
        desk.queue(f"receipt:{state}", state=state)
    listed = {row["state"] for row in desk.run("outbox", "--json").json}
    assert listed == {"ready", "sending", "deferred", "failed", "held"}
    assert len(desk.run("outbox", "--json", "--all").json) == len(OutboxState)


def test_for_a_person_it_shows_the_servers_words(desk: Desk) -> None:
    desk.queue(state=OutboxState.FAILED, attempts=1, error="550 5.1.1 no such user")
    said = desk.run("outbox")
    assert said.code == 0
    for part in ("failed", "ivan.horvat@kupac.example", KEY, "550 5.1.1 no such user"):
        assert part in said.out


def test_nothing_is_said_in_words_and_as_an_empty_array(desk: Desk) -> None:
    assert desk.run("outbox").out == "Nothing waits, and nothing failed.\n"
    assert desk.run("outbox", "--json").json == []


@pytest.mark.parametrize("state", [OutboxState.FAILED, OutboxState.DEFERRED])
def test_retry_lets_a_mail_go_now(desk: Desk, state: OutboxState) -> None:
    desk.queue(state=state, next_at=desk.now + timedelta(hours=4), error="451 come back later")
    said = desk.run("outbox", "--retry", KEY)
    assert (said.code, said.out) == (0, f"{KEY}: goes out now\n")
    row = desk.row()
    assert (row.state, row.error) == (OutboxState.READY, None)
    assert row.next_at < desk.now + timedelta(minutes=1)


def test_drop_gives_a_mail_up(desk: Desk) -> None:
    desk.queue()
    said = desk.run("outbox", "--drop", KEY)
    assert (said.code, said.out) == (0, f"{KEY}: dropped\n")
    assert (desk.row().state, desk.row().error) == (OutboxState.FAILED, "dropped by an operator")


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (
            ("--retry", "receipt:9"),
            1,
            "autoack: nothing under receipt:9 has failed or waits; `autoack outbox` lists the keys",
        ),
        (
            ("--retry", KEY),
            1,
            f"autoack: nothing under {KEY} has failed or waits; `autoack outbox` lists the keys",
        ),
        (("--drop", KEY), 1, f"autoack: nothing under {KEY} is unsent; `autoack outbox` lists the keys"),
        (
            ("--drop", KEY, "--retry", KEY),
            2,
            "autoack: give --retry or --drop, not both (see autoack outbox --help)",
        ),
    ],
)
def test_what_was_sent_or_never_was_is_left_alone(
    desk: Desk, arguments: tuple[str, ...], code: int, line: str
) -> None:
    desk.queue(state=OutboxState.SENT)
    desk.run("outbox", *arguments).refused(code, line)
    assert desk.row().state is OutboxState.SENT
