"""The daemon in the team's own folders: drafts that it lays and takes away, and what the team marks as finished."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from autoack.cli import main
from autoack.clock import WallClock
from autoack.core.drafts import DraftState
from autoack.core.thread import State, Thread
from autoack.store import drafts, folders, threads
from autoack.store.engine import Database
from tests import office
from tests.app.conftest import SOON, MakeOffice, ServiceManager, running
from tests.servers.dovecot import Account
from tests.servers.smtp import SmtpServer

FIRST = "<1@kupac.example>"
QUESTION = office.mail("Dobar dan,\n\nkako mogu vratiti proizvod?\n\nIvan Horvat\n", message_id=FIRST)
ANSWER = """\
---
id: returns
language: hr
title: Povrat robe
questions: ['Kako mogu vratiti proizvod?']
---
Pošaljite nam paket s oznakom {{ ref }}.
"""
DRAFTS = {"mailboxes.support.imap.drafts": "auto"}


def with_answer(folder: Path) -> None:
    (folder / "answers").mkdir()
    (folder / "answers" / "returns.hr.md").write_text(ANSWER, encoding="utf-8")


async def until(holds: Callable[[], bool]) -> None:
    """Until it holds; other threads and servers bring it about."""
    async with asyncio.timeout(SOON):
        while not holds():  # noqa: ASYNC110 - the daemon sets no event
            await asyncio.sleep(0.02)


def found(database: Database) -> list[Thread]:
    return database.read(lambda conn: threads.listing(conn, WallClock().now(), include_closed=True))


def state(database: Database) -> list[State]:
    return [thread.state for thread in found(database)]


def _seen_done(conn: Connection) -> bool:
    return folders.get(conn, "support", "done:Gotovo") is not None


def _draft_state(database: Database, ref: str) -> DraftState | None:
    kept = database.read(drafts.by_ref, ref)
    return kept.state if kept else None


async def test_a_draft_comes_and_goes_and_no_answer_is_suggested_to_the_customer(
    make_office: MakeOffice, tmp_path: Path, account: Account, smtp: SmtpServer, manager: ServiceManager
) -> None:
    with_answer(tmp_path)
    async with running(make_office(DRAFTS), manager) as database:
        account.append("INBOX", QUESTION)
        await until(lambda: len(account.messages("Drafts")) == 1)
        (thread,) = found(database)
        (draft,) = account.messages("Drafts")
        assert thread.ref.encode() in draft
        await smtp.wait_for(1, SOON)
        assert "Pošaljite nam paket".encode() not in smtp.received[0].raw
        reply = office.mail("Evo.", sender=office.ADDRESS, to="ivan.horvat@kupac.example", answers=FIRST)
        account.append("Sent", reply)
        await until(lambda: _draft_state(database, thread.ref) is DraftState.REMOVED)
        assert account.messages("Drafts") == []


def test_run_once_lays_drafts_and_a_dry_run_does_not(
    make_office: MakeOffice, tmp_path: Path, account: Account
) -> None:
    with_answer(tmp_path)
    path = make_office({**DRAFTS, "mailboxes.support.backlog": "answer"}).path
    account.append("INBOX", QUESTION)
    assert main(["run", "--once", "--dry-run", "--config", str(path)]) == 0
    assert account.messages("Drafts") == []
    (tmp_path / "autoack.db").unlink()
    assert main(["run", "--once", "--config", str(path)]) == 0
    assert len(account.messages("Drafts")) == 1
    assert main(["run", "--once", "--config", str(path)]) == 0
    assert len(account.messages("Drafts")) == 1


@pytest.mark.parametrize("way", ["keyword", "folder"])
async def test_what_the_team_marks_as_finished_is_closed_as_it_is_marked(
    make_office: MakeOffice, account: Account, manager: ServiceManager, way: str
) -> None:
    account.connection().create_folder("Gotovo")
    done = {"mailboxes.support.imap.done": {"keyword": "$Gotovo", "folder": "Gotovo"}}
    async with running(make_office(done), manager) as database:
        uid = account.append("INBOX", QUESTION)
        await until(lambda: state(database) == [State.WAITING])
        if way == "keyword":
            account.set_flags("INBOX", uid, ["$Gotovo"])  # by IDLE: polling would take a minute
        else:
            # The first look at the folder passes over what lies there.
            await until(lambda: database.read(_seen_done))
            client = account.connection()
            client.select_folder("INBOX")
            client.move([uid], "Gotovo")
            client.unselect_folder()
        await until(lambda: state(database) == [State.CLOSED])
        account.append("INBOX", office.mail("Još nešto?", message_id="<2@kupac.example>", answers=FIRST))
        await until(lambda: state(database) == [State.WAITING])


async def test_a_folder_of_finished_mails_that_is_missing_holds_nothing_up(
    make_office: MakeOffice,
    account: Account,
    smtp: SmtpServer,
    manager: ServiceManager,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        settings = make_office({"mailboxes.support.imap.done": {"folder": "Gotovo"}})
        async with running(settings, manager):
            account.append("INBOX", QUESTION)
            await smtp.wait_for(1, SOON)
            await until(lambda: "the folder Gotovo cannot be opened" in caplog.text)
