"""Drafts of answers, laid in the Drafts folder of a real Dovecot, sent by an agent, edited, taken away."""

import email
import email.policy
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from autoack.core import acts
from autoack.core.drafts import Draft, DraftState
from autoack.core.ours import is_ours
from autoack.core.thread import State
from autoack.errors import MailboxError
from autoack.flows.drafts import MOST_ATTEMPTS, Drafts
from autoack.letters.drafts import Drafter
from autoack.letters.suggestions import load
from autoack.letters.templates import Templates
from autoack.mail.drafts_folder import AUTO, DraftsFolder
from autoack.mail.imap_connection import Connection
from autoack.store import drafts, threads
from autoack.store.engine import Database
from tests import office
from tests.flows.conftest import Desk, MakeDesk
from tests.mail.conftest import options_for
from tests.servers.dovecot import Account, DovecotServer

ANSWER = """\
---
id: returns
language: hr
title: Povrat robe
questions:
  - Kako mogu vratiti proizvod?
link: https://www.vocar.example/povrat
steps:
  - Zapakirajte proizvod.
  - Na paket napišite {{ ref }}.
---
Proizvod nam možete **besplatno** vratiti{% if name %}, {{ name }}{% endif %}.
"""
QUESTION = "Dobar dan,\n\nkako mogu vratiti proizvod?\n\n<b>Ivan</b> Horvat\n"
FIRST = "<1@kupac.example>"


class Room(Desk):
    """An office that lays drafts."""

    laid: Drafts
    drafter: Drafter

    async def take_in(self, folder: str = "INBOX") -> None:
        watched = self.folder(folder)
        try:
            intake = self.intake(watched, drafter=self.drafter)
            await intake.catch_up()
            await intake.look_at_flags()
        finally:
            await watched.close()

    def draft(self) -> Draft:
        found = self.database.read(drafts.by_ref, self.thread().ref)
        assert found is not None
        return found

    def told(self) -> list[str | None]:
        return [event.reason for event in self.timeline() if event.what == "draft"]


@pytest.fixture
def account(dovecot: DovecotServer) -> Account:
    return dovecot.user()


@pytest.fixture
async def room(desk: MakeDesk, account: Account, database: Database, tmp_path: Path) -> AsyncIterator[Room]:
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "returns.hr.md").write_text(ANSWER, encoding="utf-8")
    made = desk(account, database)
    made.__class__ = Room
    assert isinstance(made, Room)
    faults: list[str] = []
    suggestions = load(answers, 0, faults.append, at_once=True)
    assert faults == []
    made.drafter = Drafter(made.settings.desk, Templates(), "vocative", suggestions)
    with ThreadPoolExecutor(2) as executor:

        def opened(name: str | None) -> AbstractAsyncContextManager[DraftsFolder]:
            return DraftsFolder.opened(name or AUTO, options_for(account), executor)

        made.laid = Drafts("support", opened, database, made.clock)
        await made.take_in()
        await made.take_in("Sent")
        made.clock.pass_time(timedelta(minutes=5))
        yield made


async def asked(room: Room, text: str = QUESTION, **how: Any) -> None:
    """A customer asks, and what follows is done."""
    how = {"message_id": FIRST, "to": f"Podrška <{office.ADDRESS}>", **how}
    room.receive(office.mail(text, **how))
    await room.take_in()
    await room.laid.step()


def lying(account: Account) -> list[EmailMessage]:
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in account.messages("Drafts")]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def sent_from(draft: EmailMessage, message_id: str | None = None) -> bytes:
    """What an agent's mail client makes of a draft: date and perhaps Message-ID are its own."""
    if message_id:
        draft.replace_header("Message-ID", message_id)
    draft.replace_header("Date", "Mon, 10 Mar 2025 09:30:00 +0100")
    draft["User-Agent"] = "Mozilla Thunderbird"
    return draft.as_bytes()


# --- what is laid -----------------------------------------------------------------------------------------


async def test_a_draft_lies_in_the_folder_as_a_reply_to_the_customer(room: Room, account: Account) -> None:
    await asked(room, subject="Povrat", headers={"References": "<0@kupac.example>"})
    (draft,) = lying(account)
    ((flags, raw),) = account.snapshot("Drafts").values()
    assert flags == {"\\Draft", "\\Seen"}
    assert draft["From"] == f"Voćar podrška <{office.ADDRESS}>"
    assert draft["To"] == "Ivan Horvat <ivan.horvat@kupac.example>"
    assert draft["Subject"] == "Re: Povrat"
    assert (draft["In-Reply-To"], draft["References"]) == (FIRST, f"<0@kupac.example> {FIRST}")
    assert draft["Content-Language"] == "hr"
    for mark in ("X-Autoack", "Auto-Submitted", "X-Auto-Response-Suppress"):
        assert mark not in draft
    assert not is_ours(draft["Message-ID"])
    assert b"autoack" not in raw
    ref = room.thread().ref
    assert body(draft, "plain").startswith(
        "Poštovani Ivane,\n\nhvala Vam na poruci „Povrat”.\n\n"
        "Proizvod nam možete besplatno vratiti, Ivan Horvat.\n\n"
        f"1. Zapakirajte proizvod.\n2. Na paket napišite {ref}.\n\nhttps://www.vocar.example/povrat\n\n"
        "Ako Vam treba još nešto, samo odgovorite na ovu poruku ili nas nazovite na broj +385 21 555 111. "
        f"Oznaka Vašeg upita je {ref}.\n\n"
        "Srdačan pozdrav\nVoćar podrška\n\n"
        "Dana 10. 3. 2025. u 09:05 Ivan Horvat <ivan.horvat@kupac.example> piše:\n"
        "> Dobar dan,\n>\n> kako mogu vratiti proizvod?\n>\n> <b>Ivan</b> Horvat\n"
    )
    html = body(draft, "html")
    assert "<strong>besplatno</strong>" in html
    assert "&lt;b&gt;Ivan&lt;/b&gt; Horvat</blockquote>" in html
    assert room.told() == ["ready", "laid"]
    kept = room.draft()
    assert (kept.state, kept.folder, kept.uid, kept.size) == (DraftState.LAID, "Drafts", 1, len(raw))


async def test_nothing_is_laid_twice(room: Room, account: Account) -> None:
    await asked(room)
    await asked(room, message_id="<2@kupac.example>", answers=FIRST)
    assert await room.laid.step() is False
    assert len(lying(account)) == 1


async def test_a_draft_comes_with_a_later_mail_as_long_as_nobody_has_answered(
    room: Room, account: Account
) -> None:
    await asked(room, "Dobar dan, imam jedno pitanje.\n\nIvan Horvat\n")
    assert lying(account) == []
    await asked(room, message_id="<2@kupac.example>", answers=FIRST)
    (draft,) = lying(account)
    assert draft["In-Reply-To"] == "<2@kupac.example>"


@pytest.mark.parametrize(
    "text",
    [
        "Dobar dan,\n\nkada stiže moja narudžba?\n",
        f"{QUESTION}\nOvo je sramota, žalim se na proizvod.",
        f"{QUESTION}\nVi ste obični lopovi!",
    ],
    ids=["another matter", "complaint", "insult"],
)
async def test_none_where_no_answer_fits_or_a_person_is_needed(
    room: Room, account: Account, text: str
) -> None:
    await asked(room, text)
    assert lying(account) == []
    assert room.told() == []


async def test_none_where_the_team_has_begun(room: Room, account: Account) -> None:
    await asked(room, "Dobar dan, imam jedno pitanje.\n\nIvan Horvat\n")
    reply = office.mail("Recite.", sender=office.ADDRESS, to="ivan.horvat@kupac.example", answers=FIRST)
    account.append("Sent", reply, received_at=room.clock.now())
    await room.take_in("Sent")
    room.clock.pass_time(timedelta(minutes=1))
    await asked(room, message_id="<2@kupac.example>", answers=FIRST)
    assert room.thread().state is State.WAITING
    assert lying(account) == []


async def test_none_where_the_mail_is_answered_before_it_is_laid(room: Room, account: Account) -> None:
    room.receive(office.mail(QUESTION, message_id=FIRST), flags=["\\Answered"])
    await room.take_in()
    await room.laid.step()
    room.receive(office.mail(QUESTION, message_id="<9@kupac.example>", sender="ana@kupac.example"))
    await room.take_in()
    (waiting,) = [thread for thread in room.threads() if thread.state is State.WAITING]
    room.database.transact(threads.update, acts.close(waiting, room.settings.desk, room.clock.now()).thread)
    await room.laid.step()
    assert lying(account) == []
    found = room.database.read(drafts.by_ref, waiting.ref)
    assert found is not None
    assert (found.state, found.raw) == (DraftState.NEEDLESS, None)


async def test_none_where_an_agent_has_begun_a_draft(room: Room, account: Account) -> None:
    begun = office.mail("Radim na tome.", sender=office.ADDRESS, to="ivan@kupac.example", answers=FIRST)
    account.append("Drafts", begun, ["\\Draft"])
    await asked(room)
    assert len(lying(account)) == 1
    assert room.draft().state is DraftState.NEEDLESS


async def test_none_where_an_agent_has_begun_to_answer_an_earlier_mail_of_the_customer(
    room: Room, account: Account
) -> None:
    await asked(room, "Dobar dan, imam jedno pitanje.\n\nIvan Horvat\n")
    begun = office.mail("Radim na tome.", sender=office.ADDRESS, to="ivan@kupac.example", answers=FIRST)
    account.append("Drafts", begun, ["\\Draft"])
    await asked(room, message_id="<2@kupac.example>", answers=FIRST)
    assert len(lying(account)) == 1
    assert room.draft().state is DraftState.NEEDLESS


async def test_a_draft_that_is_deleted_and_merely_not_expunged_is_none(room: Room, account: Account) -> None:
    begun = office.mail("Ništa od toga.", sender=office.ADDRESS, to="ivan@kupac.example", answers=FIRST)
    account.append("Drafts", begun, ["\\Draft", "\\Deleted"])
    await asked(room)
    assert room.draft().state is DraftState.LAID


async def test_in_a_dry_run_none_is_laid_then_or_later(room: Room, account: Account) -> None:
    room.database.rehearse()
    await asked(room)
    assert lying(account) == []
    assert (room.draft().state, room.draft().error) == (DraftState.FAILED, "dry run: not laid")
    (told,) = [event.detail for event in room.timeline() if event.what == "draft"]
    assert told == "the answer returns (hr) fits: dry run: not laid"


# --- what the agent sends ---------------------------------------------------------------------------------


@pytest.mark.parametrize("message_id", [None, "<abc@thunderbird.example>"], ids=["draft's id", "client's id"])
async def test_what_an_agent_sends_from_it_stops_the_clock(
    room: Room, account: Account, message_id: str | None
) -> None:
    await asked(room)
    (draft,) = lying(account)
    sent = sent_from(draft, message_id)
    account.delete("Drafts", 1)
    room.clock.pass_time(timedelta(minutes=10))
    account.append("Sent", sent, ["\\Seen"], room.clock.now())
    await room.take_in("Sent")
    thread = room.thread()
    assert (thread.state, thread.answered_by) == (State.ANSWERED, office.ADDRESS)
    await room.laid.step()
    assert room.draft().state is DraftState.LEFT
    assert room.told() == ["ready", "laid", "left"]


async def test_a_client_that_loses_what_a_draft_answers_is_understood_by_the_reference(
    room: Room, account: Account
) -> None:
    await asked(room, message_id=None)
    (draft,) = lying(account)
    assert "In-Reply-To" not in draft
    account.append("Sent", sent_from(draft, "<abc@outlook.example>"), ["\\Seen"], room.clock.now())
    await room.take_in("Sent")
    assert room.thread().state is State.ANSWERED


async def test_a_draft_that_shows_in_a_folder_of_sent_mail_is_no_answer(room: Room, account: Account) -> None:
    """Gmail's All Mail shows drafts, too; what is sent from one bears its Message-ID."""
    await asked(room)
    (raw,) = account.messages("Drafts")
    account.append("Sent", raw, ["\\Draft"], room.clock.now())
    await room.take_in("Sent")
    assert room.thread().state is State.WAITING
    account.append("Sent", raw, ["\\Seen"], room.clock.now())
    await room.take_in("Sent")
    assert room.thread().state is State.ANSWERED


# --- what is taken away -----------------------------------------------------------------------------------


async def answered_otherwise(room: Room, account: Account) -> None:
    room.clock.pass_time(timedelta(minutes=10))
    reply = office.mail("Evo.", sender=office.ADDRESS, to="ivan.horvat@kupac.example", answers=FIRST)
    account.append("Sent", reply, ["\\Seen"], room.clock.now())
    await room.take_in("Sent")
    assert room.thread().state is State.ANSWERED
    await room.laid.step()


async def test_it_is_removed_alone_when_somebody_answers_otherwise(room: Room, account: Account) -> None:
    await asked(room)
    others = office.mail("Moj nacrt.", sender=office.ADDRESS, to="ana@kupac.example")
    account.append("Drafts", others, ["\\Draft", "\\Deleted"])
    await answered_otherwise(room, account)
    assert [draft["To"] for draft in lying(account)] == ["ana@kupac.example"]  # EXPUNGE would take it, too
    assert (room.draft().state, room.draft().raw) == (DraftState.REMOVED, None)
    assert room.told() == ["ready", "laid", "removed"]


async def test_it_is_removed_when_the_thread_is_closed(room: Room, account: Account) -> None:
    await asked(room)
    room.database.transact(
        threads.update, acts.close(room.thread(), room.settings.desk, room.clock.now()).thread
    )
    await room.laid.step()
    assert lying(account) == []


async def test_it_stays_while_the_customer_waits_or_the_thread_is_put_aside(
    room: Room, account: Account
) -> None:
    await asked(room)
    await room.laid.step()
    until = room.clock.now() + timedelta(days=1)
    aside = acts.snooze(room.thread(), until, room.clock.now()).thread
    room.database.transact(threads.update, aside)
    await room.laid.step()
    assert len(lying(account)) == 1


async def test_an_edited_draft_is_left(room: Room, account: Account) -> None:
    """A mail client lays the edited draft beside the old one, which it deletes."""
    await asked(room)
    (draft,) = lying(account)
    account.append("Drafts", sent_from(draft), ["\\Draft"])
    account.delete("Drafts", 1)
    await answered_otherwise(room, account)
    assert len(lying(account)) == 1
    assert room.draft().state is DraftState.LEFT
    assert room.timeline()[-1].detail == (
        "left in Drafts: it no longer lies where we laid it: it was edited, moved, sent or deleted"
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"size": 17}, "it was edited"),
        ({"uidvalidity": 17}, "made anew"),
        ({"raw": b"Subject: Re: Drugo\r\n\r\n"}, "it was edited"),
        ({"raw": None}, "no longer known"),
        ({"uid": None}, "no longer known"),
    ],
)
async def test_what_is_not_for_certain_what_we_laid_is_left(
    room: Room, account: Account, change: dict[str, Any], why: str
) -> None:
    await asked(room)
    was = room.draft()
    room.database.transact(drafts.change, was, replace(was, **change), room.clock.now())
    await answered_otherwise(room, account)
    assert len(lying(account)) == 1
    assert room.draft().state is DraftState.LEFT
    assert why in (room.draft().error or "")


async def test_one_that_is_no_draft_any_more_is_left(room: Room, account: Account) -> None:
    await asked(room)
    account.set_flags("Drafts", 1, ["\\Seen"])
    await answered_otherwise(room, account)
    assert len(lying(account)) == 1


async def test_without_uidplus_nothing_is_removed(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(room)
    has = Connection.has_capability
    monkeypatch.setattr(
        Connection, "has_capability", lambda self, name: name != "UIDPLUS" and has(self, name)
    )
    await answered_otherwise(room, account)
    assert len(lying(account)) == 1
    assert "lacks UIDPLUS" in (room.draft().error or "")


# --- crashes and failures ---------------------------------------------------------------------------------


class PowerCutError(BaseException):
    """Ends the work where it stands: nothing catches it."""


async def test_a_crash_after_the_append_lays_no_second_one(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay = DraftsFolder.lay

    async def cut(self: DraftsFolder, *args: Any, **how: Any) -> None:
        await lay(self, *args, **how)
        raise PowerCutError

    monkeypatch.setattr(DraftsFolder, "lay", cut)
    with pytest.raises(PowerCutError):
        await asked(room)
    monkeypatch.setattr(DraftsFolder, "lay", lay)
    assert (room.draft().state, room.draft().attempts) == (DraftState.READY, 1)
    room.clock.pass_time(timedelta(minutes=1))
    await room.laid.step()
    assert len(lying(account)) == 1
    assert (room.draft().state, room.draft().uid) == (DraftState.LAID, 1)
    await answered_otherwise(room, account)
    assert lying(account) == []


async def test_one_that_a_crash_left_unrecorded_is_found_and_removed_when_the_thread_is_answered(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay = DraftsFolder.lay

    async def cut(self: DraftsFolder, *args: Any, **how: Any) -> None:
        await lay(self, *args, **how)
        raise PowerCutError

    monkeypatch.setattr(DraftsFolder, "lay", cut)
    with pytest.raises(PowerCutError):
        await asked(room)
    await answered_otherwise(room, account)
    await room.laid.step()
    assert lying(account) == []
    assert room.told() == ["ready", "laid", "removed"]


async def test_what_an_agent_edited_after_a_crash_is_theirs(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay = DraftsFolder.lay

    async def cut(self: DraftsFolder, *args: Any, **how: Any) -> None:
        await lay(self, *args, **how)
        raise PowerCutError

    monkeypatch.setattr(DraftsFolder, "lay", cut)
    with pytest.raises(PowerCutError):
        await asked(room)
    (draft,) = lying(account)
    account.append("Drafts", sent_from(draft), ["\\Draft"])
    account.delete("Drafts", 1)
    await answered_otherwise(room, account)
    await room.laid.step()
    assert len(lying(account)) == 1
    assert room.draft().state is DraftState.LEFT


async def test_a_server_that_fails_is_asked_again_with_growing_pauses(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[timedelta] = []
    begun = room.clock.now()

    async def refuse(self: DraftsFolder, *args: Any, **how: Any) -> None:
        tried.append(room.clock.now() - begun)
        raise MailboxError("no space left")

    lay = DraftsFolder.lay
    monkeypatch.setattr(DraftsFolder, "lay", refuse)
    await asked(room)
    for _ in range(30):
        room.clock.pass_time(timedelta(minutes=1))
        await room.laid.step()
    minutes = [int(at.total_seconds() // 60) for at in tried]
    assert minutes == [0, 1, 6, 21]
    assert room.draft().error == "no space left"
    monkeypatch.setattr(DraftsFolder, "lay", lay)
    room.clock.pass_time(timedelta(hours=1))
    await room.laid.step()
    assert len(lying(account)) == 1


async def test_after_three_days_it_is_given_up(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(self: DraftsFolder, *args: Any, **how: Any) -> None:
        raise MailboxError("no space left")

    monkeypatch.setattr(DraftsFolder, "lay", refuse)
    begun = room.clock.now()
    await asked(room)
    for _ in range(MOST_ATTEMPTS):
        room.clock.pass_time(timedelta(hours=4))
        await room.laid.step()
    assert (room.draft().state, room.draft().raw) == (DraftState.FAILED, None)
    assert room.timeline()[-1].detail == f"failed after {MOST_ATTEMPTS} attempts: no space left"
    assert room.clock.now() - begun > timedelta(days=3)


@pytest.mark.parametrize(
    "error",
    [MailboxError("NO it looks like spam"), RuntimeError("a fault")],
    ids=["refused", "a fault of ours"],
)
async def test_one_that_fails_keeps_no_other_from_being_laid(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    lay = DraftsFolder.lay

    async def refuse_one(self: DraftsFolder, raw: bytes, message_id: str, *, perhaps_there: bool) -> Any:
        if b"ivan.horvat" in raw:
            raise error
        return await lay(self, raw, message_id, perhaps_there=perhaps_there)

    monkeypatch.setattr(DraftsFolder, "lay", refuse_one)
    others = ["ana", "luka", "mia"]
    room.receive(office.mail(QUESTION, message_id=FIRST))
    for number, name in enumerate(others, 2):
        room.receive(
            office.mail(QUESTION, message_id=f"<{number}@k.example>", sender=f"{name}@kupac.example")
        )
    await room.take_in()
    while await room.laid.step():
        pass
    assert [one for one in others for draft in lying(account) if f"{one}@" in draft["To"]] == others
    (ivans,) = [thread for thread in room.threads() if "ivan" in thread.customer_address]
    found = room.database.read(drafts.by_ref, ivans.ref)
    assert found is not None
    assert (found.state, found.attempts, found.error) == (DraftState.READY, 1, str(error))
    for one in room.threads():
        if one.ref != ivans.ref:
            laid = room.database.read(drafts.by_ref, one.ref)
            assert laid is not None and laid.state is DraftState.LAID


async def test_a_draft_that_cannot_be_written_harms_no_mail(
    room: Room, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **how: Any) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(Drafter, "draft", broken)
    await asked(room)
    assert room.thread().state is State.WAITING
    assert len(room.outbox()) == 1
    assert lying(account) == []
