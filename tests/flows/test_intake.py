"""Taking in the mails of a folder of a real Dovecot: what is recorded, answered, passed over, put aside."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from autoack.core.decide import decide
from autoack.core.decision import Decision
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.message import Arrival, Kind, Mail
from autoack.core.ours import message_id
from autoack.core.thread import State
from autoack.mail.inbox import Folder
from autoack.store import folders, history, meta, outbox, quarantine
from autoack.store.engine import Database
from autoack.store.tables import messages
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.servers.dovecot import Account, DovecotServer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = {"mailboxes.support.backlog": "answer"}
IVAN = "Ivan Horvat <ivan.horvat@kupac.example>"
NO_SENDER = b"Subject: Tko sam ja?\r\n\r\nBez ijednog polja s adresom.\r\n"


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


def question(number: int, **how: Any) -> bytes:
    """The question of that number, by a customer of that number."""
    sender = f"Kupac Broj <kupac{number}@kupac.example>"
    return office.mail(**{"sender": sender, "message_id": f"<{number}@kupac.example>", **how})


def answer(to: str = IVAN, **how: Any) -> bytes:
    """What Iva writes from the support mailbox about the first question."""
    return office.mail(
        "Stiže u srijedu.",
        **{
            "sender": f"Iva Perić <{office.ADDRESS}>",
            "to": to,
            "message_id": "<odgovor@vocar.example>",
            "answers": "<1@kupac.example>",
            **how,
        },
    )


def reasons(desk: Desk) -> list[tuple[int, str]]:
    """UID and reason of every mail on record."""
    query = messages.select().order_by(messages.c.folder, messages.c.uid)
    return [(row.uid, row.reason) for row in desk.database.read(lambda conn: conn.execute(query).all())]


def checkpoint(desk: Desk, folder: str = "INBOX") -> int | None:
    found = desk.database.read(folders.get, "support", folder)
    return found.last_uid if found else None


# --- first sight ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("backlog", "receipts", "states"),
    [
        ("ignore", 0, []),
        ("record", 0, [State.CLOSED, State.CLOSED]),
        ("answer", 2, [State.WAITING, State.WAITING]),
    ],
)
async def test_what_lay_there_before_is_passed_over_recorded_or_answered(
    desk: MakeDesk, account: Account, database: Database, backlog: str, receipts: int, states: list[State]
) -> None:
    room = desk(account, database, {"mailboxes.support.backlog": backlog})
    for number in (1, 2):
        room.receive(question(number), received_at=room.clock.now() - HOUR)
    await room.read()
    assert len(room.outbox()) == receipts
    assert [thread.state for thread in room.threads()] == states
    assert checkpoint(room) == 2


async def test_a_mail_that_comes_later_is_answered_whatever_the_backlog(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database)
    room.receive(question(1))
    await room.read()
    room.clock.pass_time(HOUR)
    room.receive(question(2))
    await room.read()
    (receipt,) = room.outbox()
    assert receipt.to == "kupac2@kupac.example"


async def test_an_old_mail_that_is_moved_in_later_is_backlog_too(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database)
    await room.read()
    room.receive(question(1), received_at=room.clock.now() - DAY)
    await room.read()
    assert reasons(room) == [(1, "backlog")]
    assert room.outbox() == []


async def test_mail_older_than_max_age_waits_for_an_answer_but_gets_no_receipt(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1), received_at=room.clock.now() - 25 * HOUR)
    await room.read()
    assert reasons(room) == [(1, "age")]
    assert room.thread().state is State.WAITING
    assert room.outbox() == []


async def test_the_first_sight_of_a_sent_folder_passes_over_what_is_there(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1, sender=IVAN))
    room.receive(answer(), folder="Sent")
    await room.read()
    await room.read("Sent")
    assert room.thread().state is State.WAITING
    assert checkpoint(room, "Sent") == 1


# --- every mail once --------------------------------------------------------------------------------------


async def test_a_folder_is_read_from_its_checkpoint_on_and_each_mail_once(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    assert (await room.read()).mails == 1
    room.receive(question(2))
    assert (await room.read()).mails == 1
    assert (await room.read()).mails == 0
    assert len(room.outbox()) == 2


async def test_the_checkpoint_is_the_uid_and_never_the_seen_flag(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1), flags=["\\Seen"])
    await room.read()
    assert len(room.outbox()) == 1


async def test_flags_and_octets_of_the_mailbox_stay_as_they_were(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    room.receive(question(2), flags=["\\Flagged", "$Label1"])
    room.receive(NO_SENDER)
    before = account.snapshot()
    await room.read()
    await room.read()
    assert account.snapshot() == before
    assert len(room.outbox()) == 2


async def test_a_long_backlog_is_taken_in_batch_by_batch(
    desk: MakeDesk, account: Account, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoack.flows.intake.flow.BATCH", 3)
    room = desk(account, database, ANSWERS)
    for number in range(8):
        room.receive(question(number))
    taken = await room.read()
    assert (taken.mails, taken.receipts) == (8, 8)
    assert {row.to for row in room.outbox()} == {f"kupac{n}@kupac.example" for n in range(8)}


class FailsOnce:
    """A database whose transaction breaks off just before its commit, once."""

    def __init__(self, database: Database, work: str) -> None:
        self._database, self._work = database, work
        self._failed = False

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        def broken(conn: Any, *args: Any) -> None:
            work(conn, *args)
            raise OSError("the disk is gone")

        if work.__name__ == self._work and not self._failed:
            self._failed = True
            return await self._database.run(broken, *args)
        return await self._database.run(work, *args)


async def test_a_batch_is_recorded_as_a_whole_or_not_at_all(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    room.receive(NO_SENDER)
    fails = FailsOnce(database, "record")
    with pytest.raises(OSError, match="the disk is gone"):
        await room.read(database=fails)
    assert (room.threads(), room.outbox(), room.quarantine(), reasons(room)) == ([], [], [], [])
    assert checkpoint(room) == 0
    await room.read(database=fails)
    assert (len(room.outbox()), len(room.quarantine()), checkpoint(room)) == (1, 1, 2)


async def test_the_same_mail_in_two_watched_mailboxes_gets_one_receipt(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    sales = office.DESK["mailboxes"]["support"] | {"address": "prodaja@vocar.example", "backlog": "answer"}
    room = desk(account, database, {**ANSWERS, "mailboxes.sales": sales})
    both = question(1, to=f"{office.ADDRESS}, prodaja@vocar.example")
    room.receive(both)
    room.receive(both, folder="Prodaja")
    await room.read()
    await room.read("Prodaja", "sales")
    assert [row.mailbox for row in room.outbox()] == ["support"]
    assert reasons(room) == [(1, "customer"), (1, "duplicate")]


async def test_two_copies_in_one_batch_get_one_receipt(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    room.receive(question(1))
    await room.read()
    assert len(room.outbox()) == 1
    assert reasons(room) == [(1, "customer"), (2, "duplicate")]


# --- UIDVALIDITY ------------------------------------------------------------------------------------------


def rebuild(account: Account, folder: str) -> None:
    """The server numbers the folder anew, as after a restore: same mails, same times, another UIDVALIDITY."""
    client = account.connection()
    client.select_folder(folder, readonly=True)
    kept = client.fetch(client.search(), ["BODY.PEEK[]", "INTERNALDATE"])
    client.unselect_folder()
    client.delete_folder(folder)
    client.create_folder(folder)
    for _, items in sorted(kept.items()):
        client.append(folder, items[b"BODY[]"], (), items[b"INTERNALDATE"])


async def test_after_a_change_of_uidvalidity_nothing_is_sent_again(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1), "Upiti")
    room.receive(office.mail(sender=IVAN), "Upiti")  # without a Message-ID
    await room.read("Upiti")
    rebuild(account, "Upiti")
    room.clock.pass_time(HOUR)
    await room.read("Upiti")
    assert len(room.outbox()) == 2
    assert sorted(reason for _, reason in reasons(room)) == ["customer", "customer", "duplicate", "duplicate"]


@pytest.mark.parametrize("backlog", ["ignore", "answer"])
@pytest.mark.parametrize(
    ("received", "written", "receipts"),
    [(1, 1, 1), (1, -1, 0), (-1, 1, 0), (1, None, 0)],
    ids=["both are later", "Date is earlier", "INTERNALDATE is earlier", "no Date"],
)
async def test_unknown_mail_after_a_change_of_uidvalidity_is_answered_only_if_it_is_surely_new(
    desk: MakeDesk,
    account: Account,
    database: Database,
    backlog: str,
    received: int,
    written: int | None,
    receipts: int,
) -> None:
    room = desk(account, database, {"mailboxes.support.backlog": backlog})
    account.connection().create_folder("Upiti")
    await room.read("Upiti")
    in_step = room.clock.now()
    rebuild(account, "Upiti")
    room.clock.pass_time(4 * HOUR)
    date = None if written is None else in_step + written * HOUR
    room.receive(question(2, date=date), "Upiti", received_at=in_step + received * HOUR)
    await room.read("Upiti")
    assert len(room.outbox()) == receipts


async def test_mail_that_came_while_the_folder_was_read_is_new_after_a_change_of_uidvalidity(
    desk: MakeDesk, account: Account, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(account, database)
    account.connection().create_folder("Upiti")
    await room.read("Upiti")
    room.clock.pass_time(timedelta(hours=1, milliseconds=700))
    room.receive(question(1), "Upiti")
    arrived = room.clock.now().replace(microsecond=0)  # as INTERNALDATE and Date tell it
    fetch = Folder.fetch

    async def slow(self: Folder, uids: Sequence[int]) -> list[Arrival]:
        room.receive(question(2, date=arrived), "Upiti", received_at=arrived)
        room.clock.pass_time(HOUR)
        return await fetch(self, uids)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "fetch", slow)
        await room.read("Upiti")
    rebuild(account, "Upiti")
    await room.read("Upiti")
    assert {row.to for row in room.outbox()} == {"kupac1@kupac.example", "kupac2@kupac.example"}


async def test_once_the_folder_is_in_step_again_mail_without_a_date_is_answered(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database)
    room.receive(question(1), "Upiti")
    await room.read("Upiti")
    rebuild(account, "Upiti")
    await room.read("Upiti")
    room.clock.pass_time(HOUR)
    room.receive(question(2), "Upiti")
    await room.read("Upiti")
    assert [row.to for row in room.outbox()] == ["kupac2@kupac.example"]


async def test_a_flag_stops_the_clock_also_after_a_change_of_uidvalidity(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1), "Upiti")
    await room.read("Upiti")
    rebuild(account, "Upiti")
    await room.read("Upiti")
    account.set_flags("Upiti", 1, ["\\Answered"])
    await room.read("Upiti")
    assert room.thread().state is State.ANSWERED


# --- poison -----------------------------------------------------------------------------------------------


async def test_a_mail_that_cannot_be_read_is_put_aside_and_the_others_go_on(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1))
    room.receive(NO_SENDER)
    room.receive(question(3))
    await room.read()
    (aside,) = room.quarantine()
    assert (aside.place.uid, aside.reason) == (2, "no-sender")
    assert len(room.outbox()) == 2
    assert checkpoint(room) == 3


def poisoned(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    """Deciding on this sender's mails fails."""

    def faulty(mail: Mail, *args: Any) -> Decision:
        if mail.sender.address == sender:
            raise ZeroDivisionError("a fault of ours")
        return decide(mail, *args)

    monkeypatch.setattr("autoack.flows.intake.recording.decide", faulty)


async def test_a_mail_on_which_our_own_code_fails_is_put_aside_and_taken_in_when_asked(
    desk: MakeDesk, account: Account, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = desk(account, database, ANSWERS)
    with monkeypatch.context() as fault:
        poisoned(fault, "kupac1@kupac.example")
        room.receive(question(1))
        room.receive(question(2))
        await room.read()
        (aside,) = room.quarantine()
        assert (aside.reason, aside.because) == ("error", "ZeroDivisionError: a fault of ours")
        assert [row.to for row in room.outbox()] == ["kupac2@kupac.example"]

    await room.read()
    assert len(room.quarantine()) == 1, "nobody has asked for another try"

    database.transact(quarantine.ask_retry)
    await room.read()
    assert room.quarantine() == []
    assert {row.to for row in room.outbox()} == {"kupac1@kupac.example", "kupac2@kupac.example"}
    assert checkpoint(room) == 2


async def test_a_retry_in_vain_stays_in_quarantine_and_is_not_tried_for_ever(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(NO_SENDER)
    await room.read()
    database.transact(quarantine.ask_retry)
    assert (await room.read()).mails == 1
    assert [aside.retry for aside in room.quarantine()] == [False]
    assert (await room.read()).mails == 0


async def test_a_mail_in_quarantine_that_was_deleted_meanwhile_is_forgotten_when_tried_again(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    uid = room.receive(NO_SENDER)
    await room.read()
    account.delete("INBOX", uid)
    database.transact(quarantine.ask_retry)
    await room.read()
    assert room.quarantine() == []


# --- answers ----------------------------------------------------------------------------------------------


@pytest.fixture
async def asked(desk: MakeDesk, account: Account, database: Database) -> Desk:
    """Ivan has asked, and both folders have been read once."""
    room = desk(account, database, ANSWERS)
    room.receive(question(1, sender=IVAN))
    await room.read()
    await room.read("Sent")
    room.clock.pass_time(HOUR)
    return room


async def test_a_copy_in_the_sent_folder_that_goes_to_the_customer_stops_the_clock(asked: Desk) -> None:
    asked.receive(answer(), "Sent")
    await asked.read("Sent")
    thread = asked.thread()
    assert (thread.state, thread.answered_at, thread.answered_by) == (
        State.ANSWERED,
        asked.clock.now(),
        office.ADDRESS,
    )
    now = asked.clock.now()
    answers = asked.database.read(history.answers, thread.created_at, now, now)
    assert [one.seconds for one in answers] == [3600]


async def test_a_copy_that_went_to_a_colleague_only_does_not(asked: Desk) -> None:
    asked.receive(answer(to="Luka Novak <luka@vocar.example>"), "Sent")
    await asked.read("Sent")
    assert asked.thread().state is State.WAITING


async def test_a_colleague_with_the_customer_in_bcc_does(asked: Desk) -> None:
    asked.receive(answer(to="luka@vocar.example", headers={"Bcc": IVAN}), "Sent")
    await asked.read("Sent")
    assert asked.thread().state is State.ANSWERED


async def test_the_flag_of_an_answer_stops_the_clock(asked: Desk) -> None:
    asked.account.set_flags("INBOX", 1, ["\\Answered"])
    await asked.read()
    assert (asked.thread().state, asked.thread().answered_by) == (State.ANSWERED, "flag")
    assert asked.timeline()[-1].reason == "flag"


@pytest.mark.parametrize("flag_first", [True, False], ids=["flag seen first", "copy seen first"])
async def test_the_flag_tells_nothing_where_the_sent_copy_went_to_a_colleague(
    asked: Desk, flag_first: bool
) -> None:
    asked.account.set_flags("INBOX", 1, ["\\Answered"])
    asked.receive(answer(to="Luka Novak <luka@vocar.example>"), "Sent")
    for folder in ("INBOX", "Sent") if flag_first else ("Sent", "INBOX"):
        await asked.read(folder)
    await asked.read()
    assert asked.thread().state is State.WAITING
    assert asked.thread().next_step == "reminder at 20h"


def urge(desk: Desk) -> None:
    """A reminder and an escalation of the only thread are queued and could not be sent yet."""
    now, ref = desk.clock.now(), desk.thread().ref
    for kind in (MailKind.REMINDER, MailKind.ESCALATION):
        row = Outgoing(
            f"{kind}:{ref}:1:20h:iva", kind, "support", "iva@vocar.example", f"<{kind}@x>", b"", now, now, ref
        )
        desk.database.transact(outbox.add, [row])


def unsent(desk: Desk) -> list[str]:
    """The kinds of mail that may still go."""
    return [row.kind for row in desk.outbox() if row.state is OutboxState.READY]


def answered_from_sent(desk: Desk) -> str:
    desk.receive(answer(), "Sent")
    return "Sent"


def answered_with_a_copy_to_the_inbox(desk: Desk) -> str:
    desk.receive(answer(sender="Iva Perić <iva@vocar.example>", headers={"Cc": office.ADDRESS}))
    return "INBOX"


def answered_by_flag(desk: Desk) -> str:
    desk.account.set_flags("INBOX", 1, ["\\Answered"])
    return "INBOX"


@pytest.mark.parametrize("how", [answered_from_sent, answered_with_a_copy_to_the_inbox, answered_by_flag])
async def test_no_reminder_goes_out_after_the_answer(asked: Desk, how: Callable[[Desk], str]) -> None:
    urge(asked)
    assert unsent(asked) == ["receipt", "escalate", "remind"]
    await asked.read(how(asked))
    assert asked.thread().state is State.ANSWERED
    assert unsent(asked) == ["receipt"]
    assert {row.error for row in asked.outbox()} == {None, "needless: answered"}


async def test_a_note_to_a_colleague_withdraws_no_reminder(asked: Desk) -> None:
    urge(asked)
    asked.receive(answer(to="Luka Novak <luka@vocar.example>"), "Sent")
    await asked.read("Sent")
    assert unsent(asked) == ["receipt", "escalate", "remind"]


async def test_a_flag_set_before_we_ever_saw_the_mail_means_no_receipt_and_no_wait(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(question(1), flags=["\\Answered"])
    await room.read()
    assert room.outbox() == []
    assert room.thread().state is State.ANSWERED


async def test_our_own_copy_under_a_message_id_that_the_provider_rewrote_is_learnt(asked: Desk) -> None:
    (receipt,) = asked.outbox()
    rewritten = receipt.raw.replace(receipt.message_id.encode(), b"<rewritten-77@provider.example>")
    asked.receive(rewritten, "Sent")
    await asked.read("Sent")
    assert asked.thread().state is State.WAITING, "our own receipt is no answer"
    reply = office.mail(
        "I još nešto?", message_id="<2@kupac.example>", answers="<rewritten-77@provider.example>"
    )
    asked.receive(reply)
    await asked.read()
    assert asked.thread().wait == 1, "the reply has found its thread"


async def test_a_reply_to_our_receipt_joins_its_thread(asked: Desk) -> None:
    (receipt,) = asked.outbox()
    asked.receive(office.mail("Dodatak.", message_id="<2@kupac.example>", answers=receipt.message_id))
    await asked.read()
    assert [event.reason for event in asked.timeline() if event.what == "mail"] == ["customer", "joins-wait"]
    assert len(asked.outbox()) == 1


# --- what a receipt is --------------------------------------------------------------------------------------


async def test_a_receipt_is_queued_under_its_key_with_a_fixed_message_id(asked: Desk) -> None:
    (receipt,) = asked.outbox()
    salt = asked.database.read(meta.installation)
    assert receipt.key.startswith("receipt:")
    assert receipt.message_id == message_id(receipt.key, "vocar.example", salt)
    assert receipt.thread_ref == asked.thread().ref
    assert receipt.expires_at == receipt.created_at + DAY
    assert [event.what for event in asked.timeline()] == ["mail", "wait", "receipt"]


async def test_while_a_mailbox_is_paused_its_receipts_are_held(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    room = desk(account, database, ANSWERS)
    database.transact(meta.pause, "support", room.clock.now())
    room.receive(question(1))
    await room.read()
    assert [row.state for row in room.outbox()] == ["held"]
    assert room.thread().state is State.WAITING


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (question(1, headers={"Auto-Submitted": "auto-replied"}), Kind.AUTO_REPLY),
        (question(1, headers={"List-Id": "<novosti.kupac.example>"}), Kind.LIST),
        (question(1, sender="MAILER-DAEMON@mx.example", subject="Undelivered Mail"), Kind.BOUNCE),
        (question(1, sender="Luka Novak <luka@vocar.example>"), Kind.TEAM),
        (question(1, headers={"X-Autoack": "AA-1111-1111 receipt"}), Kind.OWN),
    ],
    ids=lambda value: str(value) if isinstance(value, Kind) else "",
)
async def test_nobody_but_a_customer_gets_a_receipt_and_each_mail_is_on_record_with_its_reason(
    desk: MakeDesk, account: Account, database: Database, octets: bytes, kind: Kind
) -> None:
    room = desk(account, database, ANSWERS)
    room.receive(octets)
    await room.read()
    rows = database.read(lambda conn: conn.execute(messages.select()).all())
    assert [(row.kind, bool(row.because)) for row in rows] == [(kind, True)]
    assert room.outbox() == []


# --- rules ------------------------------------------------------------------------------------------------

FORM = {
    "name": "web form",
    "when": {"from": "forms@vocar.example"},
    "then": {
        "channel": "form",
        "extract": {"email": r"E-mail:\s*(\S+)", "who": r"Ime:\s*(.+)"},
        "customer": {"address": "{email}", "name": "{who}"},
        "policy": "fast",
        "notify": ["lead"],
    },
}


def filled(number: int) -> bytes:
    body = f"Ime: Ana Marić\nE-mail: Ana.Maric@kupac.example\n\nGdje je {'abcd'[number] * 5}?"
    return office.mail(body, sender="forms@vocar.example", message_id=f"<{number}@forms.example>")


async def test_what_rules_set_is_on_record_and_limits_count_for_whom_a_form_names(
    desk: MakeDesk, account: Account, database: Database
) -> None:
    rules = {"rules": [FORM], "policies.fast": {"reply_within": "2h"}, "mailboxes.support.backlog": "answer"}
    room = desk(account, database, rules)
    for number in range(4):
        room.receive(filled(number))
        await room.read()  # each in a batch of its own: what is known comes from the store
    receipts = [row for row in room.outbox() if row.kind is MailKind.RECEIPT]
    assert [row.to for row in receipts] == ["Ana.Maric@kupac.example"] * 3
    assert [reason for _, reason in reasons(room)] == ["rule", "rule", "rule", "limit"]
    first = min(room.threads(), key=lambda thread: thread.id)
    assert (first.channel, first.policy, first.notify) == ("form", "fast", ("lead",))
    assert first.waiting_since is not None
    assert first.promised_at == first.waiting_since + 2 * HOUR
