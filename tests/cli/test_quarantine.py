"""`autoack quarantine`: mails that could not be taken in, and trying them again."""

import pytest

from autoack.core.message import Place
from autoack.store import quarantine
from tests.cli.conftest import Desk


@pytest.fixture
def two_aside(desk: Desk) -> Desk:
    """UIDs 7 and 8 are in quarantine."""
    for uid in (7, 8):
        place = Place("support", "INBOX", 1, uid)
        desk.database.transact(quarantine.put, place, desk.now, "no-sender", "The mail has no From.")
    return desk


def tried_again(desk: Desk) -> list[bool]:
    return [aside.retry for aside in desk.database.read(quarantine.listing)]


def test_a_mail_is_listed_with_its_place_and_reason(two_aside: Desk) -> None:
    first, second = two_aside.run("quarantine", "--json").json
    assert first == {
        "id": first["id"],
        "mailbox": "support",
        "folder": "INBOX",
        "uidvalidity": 1,
        "uid": 7,
        "at": two_aside.local(two_aside.now),
        "reason": "no-sender",
        "because": "The mail has no From.",
        "retry": False,
    }
    assert second["uid"] == 8


def test_for_a_person_it_is_said_in_words(two_aside: Desk) -> None:
    out = two_aside.run("quarantine").out
    assert "support/INBOX UID 7" in out
    assert "no-sender: The mail has no From." in out


def test_nothing_is_said_in_words_and_as_an_empty_array(desk: Desk) -> None:
    assert desk.run("quarantine").out == "Every mail could be taken in.\n"
    assert desk.run("quarantine", "--json").json == []


def test_retry_asks_for_all_or_for_one(two_aside: Desk) -> None:
    number = two_aside.run("quarantine", "--json").json[1]["id"]
    assert two_aside.run("quarantine", "--retry", "--id", number).code == 0
    assert tried_again(two_aside) == [False, True]
    assert two_aside.run("quarantine", "--retry").out.startswith("2 will be taken in again")
    assert tried_again(two_aside) == [True, True]
    assert "(will be tried again)" in two_aside.run("quarantine").out


def test_a_number_that_there_is_not_and_one_without_retry_are_refused(two_aside: Desk) -> None:
    two_aside.run("quarantine", "--retry", "--id", 99).refused(
        1, "autoack: there is no mail 99 in quarantine; `autoack quarantine` lists them"
    )
    two_aside.run("quarantine", "--id", 1).refused(
        2, "autoack: --id goes with --retry (see autoack quarantine --help)"
    )
