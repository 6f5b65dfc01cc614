"""`autoack check`: the configuration, then every server once; exit 1 if anything fails."""

import socket
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from autoack.cli import main
from autoack.mail.imap_connection import Connection
from autoack.store import migrate
from tests import office
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.hook import serving
from tests.servers.smtp import SmtpServer

Check = Callable[..., tuple[int, dict[str, str]]]


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
def check(tmp_path: Path, account: Account, smtp: SmtpServer, capsys: pytest.CaptureFixture[str]) -> Check:
    """`check({"mailboxes.support.imap.port": 9})`: the exit code, and what was found by what was tried."""

    def run(changes: dict[str, Any] | None = None) -> tuple[int, dict[str, str]]:
        servers = {
            "mailboxes.support.imap.port": account.port,
            "mailboxes.support.imap.username": account.name,
            "mailboxes.support.imap.password": account.password,
            "mailboxes.support.smtp.port": smtp.port,
        }
        settings = office.settings(tmp_path, servers | (changes or {}))
        code = main(["check", "--config", str(settings.path)])
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == f"{settings.path}: good; mailboxes: {', '.join(settings.mailboxes)}"
        found = {}
        for line in lines[1:]:
            mark = "FAILED" if "FAILED" in line else "good"
            what, _, detail = line.partition(mark)
            found[what.strip()] = f"{mark}: {detail.strip()}"
        return code, found

    return run


def test_all_is_well(check: Check, tmp_path: Path, smtp: SmtpServer) -> None:
    migrate.upgrade(f"sqlite:///{tmp_path / 'autoack.db'}", datetime(2026, 11, 1, tzinfo=UTC))
    assert check() == (
        0,
        {
            "database": "good: up to date",
            "support: IMAP": "good: logged in; watches INBOX; answers are read in Sent",
            "support: SMTP": "good: test mail to sara@vocar.example accepted",
        },
    )
    assert [mail.recipients for mail in smtp.received] == [("sara@vocar.example",)]
    assert smtp.received[0].sender == "", "as receipts are sent, so that a server that refuses <> shows"


def test_the_sent_folder_is_found_by_itself(check: Check) -> None:
    _, found = check({"mailboxes.support.imap.sent": "auto"})
    assert found["support: IMAP"].endswith("answers are read in Sent")


def test_a_mailbox_without_sent_folder_is_right_where_the_configuration_says_so(check: Check) -> None:
    code, found = check({"mailboxes.support.imap.sent": None})
    assert (code, found["support: IMAP"]) == (
        0,
        "good: logged in; watches INBOX; no folder of answers is read",
    )


@pytest.mark.parametrize(
    ("changes", "what", "told"),
    [
        ({"mailboxes.support.imap.port": 9}, "support: IMAP", "127.0.0.1:9"),
        ({"mailboxes.support.imap.password": "falsch"}, "support: IMAP", "refused"),
        (
            {"mailboxes.support.imap.folders": ["INBOX", "Upiti"]},
            "support: IMAP",
            "no folder Upiti; there are: ",
        ),
        ({"mailboxes.support.imap.sent": "Poslano"}, "support: IMAP", "no folder Poslano; there are: "),
        ({"mailboxes.support.smtp.port": 9}, "support: SMTP", "127.0.0.1:9"),
        ({"database": {"url": "sqlite:///nowhere/autoack.db"}}, "database", "create the folder"),
        (
            {"database": {"url": "postgresql://autoack@127.0.0.1:9/autoack"}},
            "database",
            "postgresql database autoack on 127.0.0.1",
        ),
    ],
    ids=["IMAP port", "password", "folder", "sent", "SMTP port", "SQLite folder", "PostgreSQL port"],
)
def test_what_fails_is_told_and_the_rest_is_tried_all_the_same(
    check: Check, changes: dict[str, Any], what: str, told: str
) -> None:
    code, found = check(changes)
    assert code == 1
    assert [tried for tried, result in found.items() if result.startswith("FAILED")] == [what]
    assert told in found[what]
    assert "falsch" not in str(found)


def test_a_refused_test_mail_is_told_with_the_servers_words(check: Check, smtp: SmtpServer) -> None:
    smtp.script("RCPT", "550 5.1.1 no such user", times=9)
    code, found = check()
    assert (code, found["support: SMTP"]) == (
        1,
        "FAILED: test mail to sara@vocar.example: 550 5.1.1 no such user",
    )


def test_a_server_that_refuses_the_null_sender_is_told_and_will_do(check: Check, smtp: SmtpServer) -> None:
    smtp.script("MAIL", "550 5.7.1 null sender refused", when="FROM:<>", times=9)
    code, found = check()
    assert code == 0
    assert "with the mailbox's address as sender (the server refuses <>" in found["support: SMTP"]


def test_it_makes_no_database(check: Check, tmp_path: Path) -> None:
    code, found = check()
    assert (code, found["database"]) == (0, f"good: {tmp_path / 'autoack.db'} will be made at the start")
    assert not (tmp_path / "autoack.db").exists()


def test_it_leaves_the_mailbox_as_it_was(check: Check, account: Account) -> None:
    account.append("INBOX", office.mail())
    before = account.snapshot()
    check()
    assert account.snapshot() == before


@pytest.mark.parametrize("name", ["auto", "Drafts"])
def test_the_folder_of_drafts_is_tried_and_left_as_it_was(check: Check, account: Account, name: str) -> None:
    account.append("Drafts", office.mail(), ["\\Draft"])
    before = account.snapshot("Drafts")
    code, found = check({"mailboxes.support.imap.drafts": name})
    assert code == 0
    assert found["support: drafts"] == (
        "good: suggested answers are laid in Drafts, and removed where they turn out needless"
    )
    assert account.snapshot("Drafts") == before


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ("lrs", "mails may not be deleted in Drafts; let"),
        ("lrswte", "Permission denied"),
    ],
)
def test_a_folder_of_drafts_that_cannot_be_written_is_told(
    check: Check, dovecot: DovecotServer, account: Account, rights: str, told: str
) -> None:
    account.append("Drafts", office.mail())
    account.disconnect()
    dovecot.restrict(account, "Drafts", rights)
    code, found = check({"mailboxes.support.imap.drafts": "auto"})
    assert code == 1
    assert told in found["support: drafts"]


def test_a_folder_of_drafts_that_is_missing_is_told(check: Check) -> None:
    code, found = check({"mailboxes.support.imap.drafts": "Skice"})
    assert code == 1
    assert "the folder Skice cannot be opened" in found["support: drafts"]


def test_a_server_without_uidplus_is_told(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    has = Connection.has_capability
    monkeypatch.setattr(
        Connection, "has_capability", lambda self, name: name != "UIDPLUS" and has(self, name)
    )
    code, found = check({"mailboxes.support.imap.drafts": "auto"})
    assert code == 0
    assert (
        "the server lacks UIDPLUS (RFC 4315): those that turn out needless are never removed"
        in (found["support: drafts"])
    )


def test_the_folder_of_finished_mails_must_be_there(check: Check, account: Account) -> None:
    done = {"mailboxes.support.imap.done": {"folder": "Gotovo"}}
    code, found = check(done)
    assert (code, found["support: IMAP"].partition(";")[0]) == (1, "FAILED: no folder Gotovo")
    account.connection().create_folder("Gotovo")
    code, found = check(done)
    assert code == 0
    assert found["support: IMAP"].endswith("; what comes into Gotovo is finished")


def test_offline_asks_no_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = office.settings(tmp_path, {"mailboxes.support.imap.port": 9, "mailboxes.support.smtp.port": 9})
    assert main(["check", "--offline", "--config", str(settings.path)]) == 0
    assert capsys.readouterr().out == f"{settings.path}: good; mailboxes: support\n"


def test_keys_without_effect_yet_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed_in = {"mailboxes.support.imap.oauth": {"provider": "google"}}
    settings = office.settings(tmp_path, signed_in)
    assert main(["check", "--offline", "--config", str(settings.path)]) == 0
    assert "has no effect yet" in capsys.readouterr().err


def test_every_fault_of_the_configuration_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "autoack.yaml"
    path.write_text("organisation: {nam: Voćar}\npeople: {}\nmailboxes: {}\n", encoding="utf-8")
    assert main(["check", "--config", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) >= 3
    assert f"{path}:1:16: organisation.nam: " in told.err


def test_a_faulty_answer_is_an_error_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "answers"
    path = office.settings(tmp_path, {"texts": {"suggest": 1}}).path
    arguments = ["check", "--config", str(path), "--offline"]
    assert main(arguments) == 0
    assert f"texts.suggest is 1, but there is no answer in {folder}" in capsys.readouterr().err
    folder.mkdir()
    (folder / "returns.hr.md").write_text("---\nid: returns\nlanguage: hr\ntitle: T\n---\nY\n", "utf-8")
    assert main(arguments) == 1
    assert f"{folder}/returns.hr.md:1: questions is missing" in capsys.readouterr().err
    office.settings(tmp_path, {"texts": {"suggest": 0}})
    assert main(arguments) == 1  # the team would be shown it
    assert f"{folder}/returns.hr.md:1: questions is missing" in capsys.readouterr().err
    (folder / "returns.hr.md").unlink()
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""


def test_the_port_of_the_web_pages_is_tried(check: Check) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, found = check({"web.listen": f"127.0.0.1:{port}"})
        assert code == 1
        assert found["web"].startswith(f"FAILED: web.listen: 127.0.0.1:{port} is taken by another program")
    code, found = check({"web.listen": f"127.0.0.1:{port}"})
    assert (code, found["web"]) == (0, f"good: port {port} is free")


def test_a_daemon_that_runs_has_the_port_by_right(check: Check) -> None:
    class Healthy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/healthz" else 404)
            self.end_headers()
            self.wfile.write(b'{"status": "ok", "mailboxes": {}}')

        def log_message(self, *_: Any) -> None:
            """Not on stderr."""

    with HTTPServer(("127.0.0.1", 0), Healthy) as daemon:
        threading.Thread(target=daemon.handle_request).start()
        port = daemon.server_port
        code, found = check({"web.listen": f"127.0.0.1:{port}"})
    assert (code, found["web"]) == (0, f"good: served on port {port} by a daemon that runs")


def test_each_channel_is_tried_by_a_test_message(check: Check) -> None:
    with serving() as hook:
        hook.answers = [200, 403]
        channels = {"channels": {"slack": {"url": hook.url}}}
        _, found = check(channels)
        assert found["channel slack"] == "good: test message accepted"
        code, found = check(channels)
    assert (code, found["channel slack"]) == (1, "FAILED: test message: the service answered with HTTP 403")
    assert "autoack check" in hook.told[0][1]


def test_a_channel_of_no_use_is_an_error_even_offline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    channels = {"slack": {"url": "slak://s3cret"}, "sms": {"url": "s3cret"}}
    settings = office.settings(tmp_path, {"channels": channels})
    assert main(["check", "--offline", "--config", str(settings.path)]) == 2
    said = capsys.readouterr().err
    assert "channels.slack.url: Apprise knows no such service" in said
    assert "channels.sms.url: Apprise knows no such service" in said
    assert "s3cret" not in said


def test_channels_without_apprise_tell_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    settings = office.settings(tmp_path, {"channels": {"slack": {"url": "json://127.0.0.1/"}}})
    for command in (["check", "--offline"], ["run", "--once"]):
        assert main([*command, "--config", str(settings.path)]) == 2
        assert "pip install 'autoack[channels]'" in capsys.readouterr().err
