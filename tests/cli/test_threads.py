"""`autoack threads` and `autoack show`: the fields of DESIGN section 3, exit codes, one line for each error."""

from dataclasses import replace

from autoack.core.delivery import OutboxState
from autoack.core.thread import State
from autoack.store import outbox
from tests.cli.conftest import HOUR, REF, Desk, MakeDesk

FIELDS = {
    "ref",
    "mailbox",
    "subject",
    "customer",
    "state",
    "waiting_since",
    "promised_at",
    "next_step_at",
    "next_step",
    "overdue",
    "language",
    "category",
    "priority",
    "assignee",
    "channel",
    "strong_language",
    "policy",
    "undeliverable",
}


def refs(desk: Desk, *options: str) -> list[str]:
    return [thread["ref"] for thread in desk.run("threads", "--json", *options).json]


def test_a_thread_has_these_fields(desk: Desk) -> None:
    thread = desk.waiting(assignee="iva")
    (told,) = desk.run("threads", "--json").json
    assert told.keys() == FIELDS
    assert thread.waiting_since and thread.promised_at
    assert told == {
        "ref": REF,
        "mailbox": "support",
        "subject": "Narudžba",
        "customer": {"name": "Ivan Horvat", "address": "ivan.horvat@kupac.example"},
        "state": "waiting",
        "waiting_since": desk.local(thread.waiting_since),
        "promised_at": desk.local(thread.promised_at),
        "next_step_at": desk.local(thread.waiting_since + 20 * HOUR),
        "next_step": "reminder at 20h",
        "overdue": False,
        "language": "hr",
        "category": "question",
        "priority": "normal",
        "assignee": "iva",
        "channel": "mail",
        "strong_language": False,
        "policy": None,
        "undeliverable": None,
    }


def test_where_nobody_waits_no_promise_runs(desk: Desk) -> None:
    desk.waiting(state=State.ANSWERED, answered_at=desk.now)
    (told,) = desk.run("threads", "--json").json
    assert (told["state"], told["waiting_since"], told["promised_at"]) == ("answered", None, None)
    assert told["next_step"] == "close"


def test_the_most_urgent_comes_first_and_closed_ones_only_with_all(desk: Desk) -> None:
    desk.waiting("AA-0001-0000", since=HOUR)
    desk.waiting("AA-0002-0000", since=30 * HOUR)
    desk.waiting("AA-0003-0000", since=40 * HOUR, state=State.CLOSED)
    assert refs(desk) == ["AA-0002-0000", "AA-0001-0000"]
    assert sorted(refs(desk, "--all")) == ["AA-0001-0000", "AA-0002-0000", "AA-0003-0000"]
    assert refs(desk, "--overdue") == ["AA-0002-0000"]


def test_priority_comes_before_the_promise(desk: Desk) -> None:
    desk.waiting("AA-0001-0000", since=30 * HOUR, priority="low")
    desk.waiting("AA-0002-0000", since=20 * HOUR)
    desk.waiting("AA-0003-0000", since=HOUR, priority="high")
    assert refs(desk) == ["AA-0003-0000", "AA-0002-0000", "AA-0001-0000"]
    lines = desk.run("threads").out.splitlines()
    assert "[high] " in lines[0]
    assert "[" not in lines[1]


def test_a_caller_without_an_address_is_shown_with_the_number(desk: Desk) -> None:
    desk.waiting(
        customer_address="", customer_name=None, customer_phone="+385 91 111 222", channel="voicemail"
    )
    (told,) = desk.run("threads", "--json").json
    assert told["customer"] == {"name": None, "address": None, "phone": "+385 91 111 222"}
    assert told["channel"] == "voicemail"
    shown = desk.run("show", "AA-1111-1111").out
    assert "(no address) +385 91 111 222" in shown
    assert "by voicemail" in shown


def test_the_steps_to_come_are_those_of_the_threads_policy(make_desk: MakeDesk) -> None:
    fast = {"reply_within": "2h", "ladder": [{"at": "90m", "notify": "manager"}]}
    desk = make_desk({"policies.fast": fast})
    desk.waiting(policy="fast")
    timeline = desk.run("show", "AA-1111-1111", "--json").json["timeline"]
    assert [entry["detail"] for entry in timeline if entry["what"] == "to come"] == ["escalation at 90m"]


def test_threads_of_one_mailbox(desk: Desk) -> None:
    desk.waiting("AA-0001-0000")
    desk.waiting("AA-0002-0000", mailbox="former")
    assert refs(desk, "--mailbox", "support") == ["AA-0001-0000"]


def test_a_line_for_a_person_says_who_waits_for_how_long_and_what_comes(desk: Desk) -> None:
    desk.waiting(since=30 * HOUR)
    said = desk.run("threads")
    assert said.code == 0
    (line,) = said.out.splitlines()
    for part in (REF, "OVERDUE", "1d06h", "Ivan Horvat: Narudžba"):
        assert part in line


def test_no_thread_is_said_in_words_and_as_an_empty_array(desk: Desk) -> None:
    assert desk.run("threads").out == "No thread is open.\n"
    assert desk.run("threads", "--overdue").out == "No thread is overdue.\n"
    assert desk.run("threads", "--json").json == []


def test_a_mailbox_that_there_is_not_is_wrong_use(desk: Desk) -> None:
    said = desk.run("threads", "--mailbox", "sales")
    said.refused(2, "autoack: there is no mailbox 'sales'; there are: support (see autoack threads --help)")


def test_a_threads_timeline_has_what_was_and_what_is_to_come(desk: Desk) -> None:
    thread = desk.waiting()
    told = desk.run("show", REF.lower(), "--json").json
    assert told.keys() == FIELDS | {"timeline"}
    assert all(entry.keys() == {"at", "what", "who", "detail", "reason"} for entry in told["timeline"])
    assert thread.waiting_since
    assert told["timeline"][0] == {
        "at": desk.local(thread.waiting_since),
        "what": "mail",
        "who": "ivan.horvat@kupac.example",
        "detail": "Narudžba",
        "reason": "customer",
    }
    assert [(entry["who"], entry["detail"]) for entry in told["timeline"][1:]] == [
        ("on_duty", "reminder at 20h"),
        ("lead", "escalation at 24h"),
        ("lead", "escalation at 68h"),
        ("manager", "escalation at 72h"),
    ]
    assert {entry["what"] for entry in told["timeline"][1:]} == {"to come"}


def test_what_was_sent_is_in_the_timeline(desk: Desk) -> None:
    desk.waiting()
    row = desk.queue(thread_ref=REF)
    desk.database.transact(outbox.claim, [row.key], desk.now)
    gone = replace(row, state=OutboxState.SENT, sent_at=desk.now)
    desk.database.transact(outbox.finish, [gone], desk.now)
    timeline = desk.run("show", REF, "--json").json["timeline"]
    sent = next(entry for entry in timeline if entry["what"] == "sent")
    assert sent["detail"] == "receipt ivan.horvat@kupac.example"


def test_for_a_person_the_timeline_is_a_line_each(desk: Desk) -> None:
    desk.waiting()
    said = desk.run("show", REF)
    assert said.code == 0
    assert "Ivan Horvat <ivan.horvat@kupac.example>" in said.out
    assert "mail · ivan.horvat@kupac.example · Narudžba (customer)" in said.out
    assert "to come · manager · escalation at 72h" in said.out


def test_after_an_answer_nothing_is_to_come(desk: Desk) -> None:
    desk.waiting(state=State.ANSWERED, answered_at=desk.now)
    timeline = desk.run("show", REF, "--json").json["timeline"]
    assert [entry["what"] for entry in timeline] == ["mail"]


def test_an_unknown_reference_is_told_in_one_line(desk: Desk) -> None:
    desk.run("show", "AA-9999-9999").refused(
        1, "autoack: there is no thread AA-9999-9999; `autoack threads --all` lists them"
    )


def test_a_database_that_was_never_made_is_told_in_one_line(desk: Desk) -> None:
    desk.database.close()
    (desk.settings.path.parent / "autoack.db").unlink()
    said = desk.run("threads")
    assert said.code == 1
    assert said.err == (
        "autoack: the database is not up to date; run `autoack db upgrade` or start the daemon\n"
    )
