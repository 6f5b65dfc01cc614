"""The daemon on the real clock, with real servers: what comes is answered, due dates ring, other hands may act."""

import asyncio
import logging
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from autoack.app import daemon as app
from autoack.clock import WallClock
from autoack.core.delivery import MailKind, OutboxState, Outgoing
from autoack.core.thread import State
from autoack.errors import AlreadyRunning
from autoack.store import meta, outbox, threads
from autoack.store.engine import Database
from tests import office
from tests.app.conftest import SOON, MakeOffice, ServiceManager, running
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.proxy import proxy_to
from tests.servers.smtp import SmtpServer

ANA = "Ana Marić <ana.maric@kupac.example>"
IVAN = "Ivan Horvat <ivan.horvat@kupac.example>"
LADDER = [
    {"at": "1s", "notify": "on_duty"},
    {"at": "2s", "notify": "lead"},
    {"at": "3s", "notify": "manager"},
]
# The lead hears every second, for as long as a test may take.
PRESSING = {"policies.standard": {"ladder": [{"at": "1s", "notify": "lead", "repeat": "1s", "times": 60}]}}


def question(sender: str = IVAN, number: int = 1) -> bytes:
    return office.mail(sender=sender, message_id=f"<{number}@kupac.example>")


def answer(to: str, number: int = 1) -> bytes:
    return office.mail(
        "Stiže u srijedu.",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to=to,
        message_id=f"<odgovor-{number}@vocar.example>",
        answers=f"<{number}@kupac.example>",
    )


def received(smtp: SmtpServer) -> list[EmailMessage]:
    return [message_from_bytes(mail.raw, policy=policy.default) for mail in list(smtp.received)]


def refs(database: Database) -> dict[str, str]:
    """The reference of each customer's thread, by the customer's name."""

    def listed(conn: Any) -> dict[str, str]:
        found = threads.listing(conn, WallClock().now(), include_closed=True)
        return {thread.customer_name or "": thread.ref for thread in found}

    return database.read(listed)


def about(smtp: SmtpServer, ref: str, kind: str = "escalate") -> int:
    """How many reminders of this thread have gone out."""
    return sum(mail["X-Autoack"] == f"{ref}; kind={kind}" for mail in received(smtp))


async def until_recorded(database: Database) -> None:
    """Until a customer's thread is on record; another thread writes it."""
    async with asyncio.timeout(SOON):
        while not refs(database):  # noqa: ASYNC110 - the daemon writes rows and sets no event
            await asyncio.sleep(0.01)


async def more(smtp: SmtpServer, ref: str, count: int) -> None:
    """Until that many more reminders of this thread have gone out."""
    enough = about(smtp, ref) + count
    await smtp.wait_until(lambda: about(smtp, ref) >= enough, SOON)


# --- receipts ---------------------------------------------------------------------------------------------


async def test_a_mail_is_answered_as_it_comes_by_idle(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    async with running(make_office(), manager):
        account.append("INBOX", question())
        await smtp.wait_for(1, 5)  # polling alone would take a minute
    (receipt,) = received(smtp)
    assert receipt["In-Reply-To"] == "<1@kupac.example>"
    assert smtp.received[0].recipients == ("ivan.horvat@kupac.example",)


async def test_answers_are_suggested_and_a_faulty_file_is_told_and_left_out(
    make_office: MakeOffice,
    account: Account,
    smtp: SmtpServer,
    manager: ServiceManager,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = make_office({"texts": {"suggest": 1}})
    folder = settings.texts.answers
    folder.mkdir()
    front = "id: when\nlanguage: hr\ntitle: Rok dostave\nquestions: ['Kada stiže narudžba?']"
    answer = f"---\n{front}\nlink: https://www.vocar.example/dostava\n---\nTekst.\n"
    (folder / "when.hr.md").write_text(answer, encoding="utf-8")
    (folder / "bad.hr.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    async with running(settings, manager):
        account.append("INBOX", question())
        await smtp.wait_for(1, SOON)
    text = received(smtp)[0].get_body(("plain",))
    assert text is not None
    assert "Rok dostave: https://www.vocar.example/dostava" in text.get_content().splitlines()
    (told,) = [record.getMessage() for record in caplog.records if "answer of yours" in record.message]
    assert f"{folder}/bad.hr.md:3: the front matter is no YAML" in told


async def test_without_idle_it_looks_from_time_to_time(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    settings = make_office({"mailboxes.support.imap.idle": False, "mailboxes.support.imap.poll": "1s"})
    async with running(settings, manager):
        account.append("INBOX", question())
        await smtp.wait_for(1, SOON)


async def test_it_says_what_it_watches_and_when_it_is_ready_and_when_it_stops(
    make_office: MakeOffice, manager: ServiceManager, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(make_office(), manager):
            assert manager.told == ["READY=1"]
            events = [record.message for record in caplog.records if record.name.startswith("autoack.app")]
            assert events == ["started", "watching", "ready"]
            watching = next(record for record in caplog.records if record.message == "watching")
            assert vars(watching)["mailbox"] == "support"
        await manager.wait_for("STOPPING=1")


async def test_the_service_manager_hears_that_it_is_alive(
    make_office: MakeOffice, manager: ServiceManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    async with running(make_office(), manager):
        await manager.wait_for("WATCHDOG=1")


async def test_the_sent_folder_is_found_by_itself(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    settings = make_office({"mailboxes.support.imap.sent": "auto"} | PRESSING)
    async with running(settings, manager) as database:
        account.append("INBOX", question(ANA, 1))
        account.append("INBOX", question(IVAN, 2))
        await smtp.wait_for(2, SOON)
        account.append("Sent", answer(ANA, 1))
        ana, ivan = refs(database)["Ana Marić"], refs(database)["Ivan Horvat"]
        await more(smtp, ivan, 3)
        said = about(smtp, ana)
        await more(smtp, ivan, 2)
        assert about(smtp, ana) == said


# --- due dates --------------------------------------------------------------------------------------------


async def test_a_ladder_of_seconds_reaches_the_right_people_in_order(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    async with running(make_office({"policies.standard": {"ladder": LADDER}}), manager):
        account.append("INBOX", question())
        await smtp.wait_for(4, SOON)
    assert [mail.recipients[0].partition("@")[0] for mail in smtp.received] == [
        "ivan.horvat",
        "iva",
        "luka",
        "sara",
    ]


async def test_an_answer_stops_the_ladder_and_a_note_to_a_colleague_does_not(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    async with running(make_office(PRESSING), manager) as database:
        account.append("INBOX", question(ANA, 1))
        account.append("INBOX", question(IVAN, 2))
        await smtp.wait_for(2, SOON)
        account.append("Sent", answer("luka@vocar.example", 2))
        account.append("Sent", answer(ANA, 1))
        ana, ivan = refs(database)["Ana Marić"], refs(database)["Ivan Horvat"]
        await more(smtp, ivan, 2)
        said = about(smtp, ana)
        await more(smtp, ivan, 2)
        assert about(smtp, ana) == said
        answered = database.read(threads.by_ref, ana)
        assert answered is not None and answered.state is State.ANSWERED


async def test_the_command_line_acts_while_the_daemon_runs(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager, program: Any
) -> None:
    settings = make_office(PRESSING)
    async with running(settings, manager) as database:
        for number, name in enumerate(("Ana Marić", "Ivan Horvat", "Eva Kralj")):
            account.append("INBOX", question(f"{name} <kupac{number}@kupac.example>", number))
        await smtp.wait_for(3, SOON)
        ana, ivan, eva = (refs(database)[name] for name in ("Ana Marić", "Ivan Horvat", "Eva Kralj"))
        commands = [
            await program(*command, "--config", settings.path)
            for command in (("close", ana), ("snooze", ivan, "1h"))
        ]
        assert [(await command.ends())[0] for command in commands] == [0, 0]
        await more(smtp, eva, 1)  # what was on its way has arrived
        said = about(smtp, ana), about(smtp, ivan)
        await more(smtp, eva, 2)
        assert (about(smtp, ana), about(smtp, ivan)) == said


async def test_a_snooze_that_ends_while_the_daemon_runs_wakes_the_ladder(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager, program: Any
) -> None:
    settings = make_office(PRESSING)
    async with running(settings, manager) as database:
        account.append("INBOX", question())
        await smtp.wait_for(1, SOON)
        ref = refs(database)["Ivan Horvat"]
        started = await program("snooze", ref, "1s", "--config", settings.path)
        assert (await started.ends())[0] == 0
        await more(smtp, ref, 1)
        assert "wake" in [event.what for event in database.read(threads.timeline, ref)]


async def test_a_digest_that_is_due_goes_out_soon_after_the_start_and_once(
    make_office: MakeOffice, smtp: SmtpServer, manager: ServiceManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "NIGHTLY_EVERY", 0.05)
    settings = make_office()
    with app.opened(settings, WallClock()) as database:
        database.transact(meta.put, "created_at", "2020-01-01T00:00:00+00:00")
    for _ in range(2):
        async with running(settings, manager) as database:
            await smtp.wait_for(1, SOON)
            assert [row.kind for row in database.read(outbox.listing)] == ["digest"]
    assert len(smtp.received) == 1


# --- trouble ----------------------------------------------------------------------------------------------


async def test_after_an_outage_of_the_server_it_answers_what_came_meanwhile(
    make_office: MakeOffice,
    account: Account,
    dovecot: DovecotServer,
    smtp: SmtpServer,
    manager: ServiceManager,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(make_office(), manager):
        dovecot.stop()
        dovecot.start()
        account.append("INBOX", question())
        await smtp.wait_for(1, SOON)
    assert any(record.message.startswith("unreachable") for record in caplog.records)


async def test_a_server_that_is_down_at_the_start_is_watched_once_it_is_up(
    make_office: MakeOffice,
    account: Account,
    dovecot: DovecotServer,
    smtp: SmtpServer,
    manager: ServiceManager,
) -> None:
    account.append("INBOX", question())
    dovecot.stop()
    with Outage(dovecot.start):
        async with running(make_office({"mailboxes.support.backlog": "answer"}), manager):
            await smtp.wait_for(1, SOON)


class Outage(logging.Handler):
    """Ends when the daemon has noticed it."""

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._end: Callable[[], None] | None = end

    def emit(self, record: logging.LogRecord) -> None:
        end, self._end = self._end, None
        if end is not None:
            end()

    def __enter__(self) -> None:
        logging.getLogger("autoack.flows.watch").addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("autoack.flows.watch").removeHandler(self)
        if self._end is not None:
            self._end()


async def test_a_mailbox_that_cannot_be_reached_keeps_no_other_from_being_watched(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    away = {
        "address": "prodaja@vocar.example",
        "imap": {"host": "127.0.0.1", "port": 9, "security": "none", "password": "plum", "sent": None},
        "smtp": {"host": "127.0.0.1", "port": 9, "security": "none", "username": None},
    }
    settings = make_office({"mailboxes.sales": away, "alerts": {"to": ["luka"], "unreachable_after": "1s"}})
    with app.opened(settings, WallClock()) as database:
        stop = asyncio.Event()
        daemon = asyncio.create_task(app.Daemon(settings, database, WallClock()).run(stop))
        try:
            await smtp.wait_for(1, SOON)
            alert = received(smtp)[0]
            assert (alert["To"].addresses[0].addr_spec, "sales" in alert["Subject"]) == (
                "luka@vocar.example",
                True,
            )
            account.append("INBOX", question())
            await smtp.wait_for(2, SOON)
        finally:
            stop.set()
            await daemon
    assert "READY=1" not in manager.told


# --- without a loop ---------------------------------------------------------------------------------------


async def test_a_dry_run_decides_and_records_and_sends_nothing(
    make_office: MakeOffice, account: Account, smtp: SmtpServer
) -> None:
    account.append("INBOX", question())
    settings = make_office({"mailboxes.support.backlog": "answer"})
    with app.opened(settings, WallClock()) as database:
        assert await app.Daemon(settings, database, WallClock(), dry_run=True).once() == []
        (row,) = database.read(outbox.listing)
        assert (row.state, row.error) == (OutboxState.FAILED, "dry run: not sent")
        assert refs(database).keys() == {"Ivan Horvat"}
    assert smtp.connections == 0


@pytest.mark.parametrize("left", [OutboxState.READY, OutboxState.SENDING])
async def test_a_dry_run_leaves_what_waited_before_to_the_next_run(
    make_office: MakeOffice, account: Account, smtp: SmtpServer, left: OutboxState, manager: ServiceManager
) -> None:
    settings = make_office({"mailboxes.support.backlog": "answer"})
    now = WallClock().now()
    waiting = Outgoing(
        key="alert:before",
        kind=MailKind.ALERT,
        mailbox="support",
        to="luka@vocar.example",
        message_id="<before@vocar.example>",
        raw=b"Message-ID: <before@vocar.example>\r\nSubject: Upozorenje\r\n\r\nTekst\r\n",
        created_at=now,
        next_at=now,
        state=left,
    )
    with app.opened(settings, WallClock()) as database:
        database.transact(outbox.add, [waiting])
    account.append("INBOX", question())
    async with running(settings, manager, dry_run=True) as database:
        await until_recorded(database)
        assert database.read(outbox.by_key, waiting.key) == waiting
    assert smtp.connections == 0
    with app.opened(settings, WallClock()) as database:
        await app.Daemon(settings, database, WallClock()).once()
    assert [mail.recipients for mail in smtp.received] == [("luka@vocar.example",)]


async def test_once_tells_what_could_not_be_done_and_does_the_rest(
    make_office: MakeOffice, account: Account, smtp: SmtpServer
) -> None:
    account.append("INBOX", question())
    away = {
        "address": "prodaja@vocar.example",
        "imap": {"host": "127.0.0.1", "port": 9, "security": "none", "password": "plum"},
        "smtp": {"host": "127.0.0.1", "port": 9, "security": "none", "username": None},
    }
    settings = make_office({"mailboxes.support.backlog": "answer", "mailboxes.sales": away})
    with app.opened(settings, WallClock()) as database:
        (problem,) = await app.Daemon(settings, database, WallClock()).once()
    assert problem.startswith("sales: ")
    assert len(smtp.received) == 1


async def test_once_reads_every_folder_of_a_mailbox_though_one_is_misspelt(
    make_office: MakeOffice, account: Account
) -> None:
    settings = make_office({"mailboxes.support.backlog": "answer"})
    account.append("INBOX", question())
    with app.opened(settings, WallClock()) as database:
        assert await app.Daemon(settings, database, WallClock()).once() == []
    account.append("Sent", answer(IVAN))
    account.append("INBOX", question("Ana Marić <ana.maric@kupac.example>", 2))
    settings = make_office({"mailboxes.support.imap.folders": ["Narudzbe", "INBOX"]})
    with app.opened(settings, WallClock()) as database:
        (problem,) = await app.Daemon(settings, database, WallClock()).once()
        found = {t.customer_name: t.state for t in database.read(threads.listing, WallClock().now())}
    assert "the folder Narudzbe cannot be opened" in problem
    assert found == {"Ivan Horvat": State.ANSWERED, "Ana Marić": State.WAITING}


async def test_once_tries_a_refused_log_in_once(make_office: MakeOffice, account: Account) -> None:
    changes = {"mailboxes.support.imap.folders": ["INBOX", "Web"], "mailboxes.support.imap.sent": "auto"}
    async with proxy_to(account.port) as proxy:
        proxied = {"mailboxes.support.imap.port": proxy.port, "mailboxes.support.imap.password": "kriva"}
        settings = make_office(changes | proxied)
        with app.opened(settings, WallClock()) as database:
            (problem,) = await app.Daemon(settings, database, WallClock()).once()
    assert "the log-in was refused" in problem
    assert proxy.verbs.count("LOGIN") == 1


def test_a_second_daemon_on_the_same_sqlite_file_is_refused(make_office: MakeOffice) -> None:
    settings = make_office()
    with (
        app.opened(settings, WallClock()),
        pytest.raises(AlreadyRunning, match="another autoack"),
        app.opened(settings, WallClock()),
    ):
        pass
