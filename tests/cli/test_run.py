"""`autoack run --once` and `--dry-run`: one round of all the work; its exit codes, and what the log says.

The daemon as a process of its own: tests/app/test_process.py.
"""

import json
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from autoack.cli import main
from autoack.clock import WallClock
from autoack.settings import Settings
from autoack.store import outbox, threads
from autoack.store.engine import open_database
from tests import office
from tests.servers.dovecot import Account, DovecotServer
from tests.servers.smtp import SmtpServer


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
def settings(tmp_path: Path, account: Account, smtp: SmtpServer) -> Settings:
    return office.settings(tmp_path, servers(account, smtp))


def servers(account: Account, smtp: SmtpServer) -> dict[str, Any]:
    return {
        "mailboxes.support.imap.port": account.port,
        "mailboxes.support.imap.username": account.name,
        "mailboxes.support.imap.password": account.password,
        "mailboxes.support.smtp.port": smtp.port,
        "mailboxes.support.backlog": "answer",
    }


def run(settings: Settings, *options: str) -> int:
    return main(["run", *options, "--config", str(settings.path)])


def test_once_migrates_takes_in_sends_and_ends(
    settings: Settings, account: Account, smtp: SmtpServer
) -> None:
    account.append("INBOX", office.mail())
    assert run(settings, "--once") == 0
    assert [mail.recipients for mail in smtp.received] == [("ivan.horvat@kupac.example",)]


def test_once_more_says_nothing_again(settings: Settings, account: Account, smtp: SmtpServer) -> None:
    account.append("INBOX", office.mail())
    for _ in range(3):
        assert run(settings, "--once") == 0
    assert len(smtp.received) == 1


def test_a_dry_run_sends_nothing_and_records_everything(
    settings: Settings, account: Account, smtp: SmtpServer
) -> None:
    account.append("INBOX", office.mail())
    assert run(settings, "--once", "--dry-run") == 0
    assert smtp.received == []
    database = open_database(settings.database_url)
    (row,) = database.read(outbox.listing)
    database.close()
    assert row.error == "dry run: not sent"


def test_what_could_not_be_done_is_told_and_the_exit_code_says_so(
    tmp_path: Path, account: Account, smtp: SmtpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = servers(account, smtp) | {"mailboxes.support.imap.port": 9, "log": {"level": "error"}}
    assert run(office.settings(tmp_path, broken), "--once") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("autoack: support: ")
    assert "127.0.0.1:9" in line


def test_a_wrong_configuration_is_told_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "autoack.yaml"
    path.write_text("organisation: {name: Voćar}\n", encoding="utf-8")
    assert main(["run", "--config", str(path)]) == 2
    assert f"{path}:1:" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_a_configuration_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--config", str(tmp_path / "nowhere.yaml")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "nowhere.yaml" in line


def test_a_log_line_is_json_where_nobody_sits_at_a_terminal(
    settings: Settings, account: Account, capsys: pytest.CaptureFixture[str], smtp: SmtpServer
) -> None:
    smtp.script("RCPT", "550 5.1.1 no such user")
    account.append("INBOX", office.mail())
    assert run(settings, "--once") == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    refused = next(line for line in lines if line["event"] == "not sent: 550 5.1.1 no such user")
    assert refused.keys() >= {"time", "level", "logger", "event", "key", "attempt"}
    assert refused["level"] == "warning"


def test_a_changed_policy_counts_open_threads_anew_at_the_start(
    tmp_path: Path, account: Account, smtp: SmtpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    account.append("INBOX", office.mail())
    assert run(office.settings(tmp_path, servers(account, smtp)), "--once") == 0
    shorter = servers(account, smtp) | {"policies.standard": {"reply_within": "2h"}}
    settings = office.settings(tmp_path, shorter)
    capsys.readouterr()
    for _ in range(2):
        assert run(settings, "--once") == 0
    assert (
        capsys.readouterr().err.count("policies or calendars changed: 1 of 1 open threads have new times")
        == 1
    )
    database = open_database(settings.database_url)
    (thread,) = database.read(threads.listing, WallClock().now())
    told = [
        event.detail for event in database.read(threads.timeline, thread.ref) if event.what == "recomputed"
    ]
    database.close()
    assert thread.promised_at is not None and thread.waiting_since is not None
    assert thread.promised_at - thread.waiting_since == timedelta(hours=2)
    assert len(told) == 1
    assert told[0].startswith("promise ")


def test_a_calendar_that_stays_closed_keeps_the_daemon_from_starting(
    tmp_path: Path, account: Account, smtp: SmtpServer, capsys: pytest.CaptureFixture[str]
) -> None:
    shut = {"hours": {"mon-fri": "08:00-16:00"}, "closed": [{"from": "2020-01-01", "to": "2999-12-31"}]}
    changes = servers(account, smtp) | {"calendars.shop": shut, "policies.standard": {"calendar": "shop"}}
    settings = office.settings(tmp_path, changes)
    for command in (["run", "--once"], ["check", "--offline"]):
        assert main([*command, "--config", str(settings.path)]) == 2
        said = capsys.readouterr().err
        assert "calendars.shop.closed[0]: this calendar does not open within 400 days of " in said
        assert f"{settings.path}:" in said


def test_a_template_that_cannot_be_used_is_replaced_and_told_by_mail(
    settings: Settings, account: Account, smtp: SmtpServer
) -> None:
    folder = settings.path.parent / "templates"
    folder.mkdir()
    (folder / "receipt.hr.md").write_text("{{ salutation }}\n\n{{ narudzba }}\n", encoding="utf-8")
    account.append("INBOX", office.mail(message_id="<1@kupac.example>"))
    assert run(settings, "--once") == 0
    sent = {mail.recipients[0]: message_from_bytes(mail.raw, policy=policy.default) for mail in smtp.received}
    assert sent["ivan.horvat@kupac.example"]["X-Autoack"].endswith("kind=receipt")
    alert = sent["sara@vocar.example"].get_body(("plain",))
    assert alert is not None
    assert "receipt.hr.md" in alert.get_content()
    assert "narudzba" in alert.get_content()
