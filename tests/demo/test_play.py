"""The demo plays its week, and tells the truth about it: what did not go as told is told as false."""

import io
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autoack.core.thread import State
from autoack.demo import claims, play, story
from autoack.demo.claims import Evidence
from autoack.demo.keep import prepare
from autoack.demo.timeline import Timeline
from autoack.errors import CheckFailed, ConfigError

SPEED = 500_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the week is laid down."""
    return tmp_path_factory.mktemp("week")


@pytest.fixture(scope="module")
def asked() -> set[object]:
    """The hosts that were looked up while the week was played."""
    return set()


@pytest.fixture(scope="module")
def week(folder: Path, asked: set[object]) -> Evidence:
    """One week, really played."""
    look_up = socket.getaddrinfo

    def note(host: object, *arguments: Any, **options: Any) -> Any:
        asked.add(host)
        return look_up(host, *arguments, **options)  # type: ignore[arg-type]  # whatever it was

    def refuse(*arguments: object) -> str:
        raise AssertionError(f"a name server was asked for {arguments}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", note)
        for name in ("getfqdn", "gethostbyaddr"):
            patch.setattr(socket, name, refuse)
        evidence = play.perform(folder, Timeline(_console()), speed=SPEED)
    assert evidence is not None
    return evidence


def test_the_week_goes_as_told(week: Evidence) -> None:
    assert [sentence for holds, sentence in claims.check(week) if not holds] == []


def test_nothing_but_loopback_is_spoken_to(week: Evidence, asked: set[object]) -> None:
    assert asked <= {"127.0.0.1"}


def test_every_mail_lies_in_the_folder_as_eml_and_html_and_is_listed(week: Evidence, folder: Path) -> None:
    letters, pages = sorted(folder.glob("*.eml")), sorted(folder.glob("[0-9]*.html"))
    assert [path.read_bytes() for path in letters] == [delivery.raw for delivery in week.deliveries]
    assert [path.read_text("utf-8") for path in pages] == [d.html for d in week.deliveries]
    index = (folder / "index.html").read_text("utf-8")
    assert all(f'href="{path.name}"' in index for path in (*letters, *pages))


def _without_one_receipt(e: Evidence) -> Evidence:
    lost = next(d for d in e.deliveries if d.kind == "receipt")
    return replace(e, deliveries=[d for d in e.deliveries if d is not lost])


def _with_one_twice(e: Evidence) -> Evidence:
    return replace(e, deliveries=[*e.deliveries, e.deliveries[0]])


def _with_senders(e: Evidence) -> Evidence:
    return replace(
        e, deliveries=[replace(d, envelope_sender="podrska@primjer.example") for d in e.deliveries]
    )


def _to_a_robot(e: Evidence) -> Evidence:
    return replace(e, deliveries=[*e.deliveries, replace(e.deliveries[0], to="news@trends.example")])


def _without(kind: str) -> Callable[[Evidence], Evidence]:
    return lambda e: replace(e, deliveries=[d for d in e.deliveries if d.kind != kind])


def _with_flag(e: Evidence) -> Evidence:
    return replace(e, folders={**e.folders, "INBOX": [(101, frozenset({"\\Seen"})), *e.folders["INBOX"][1:]]})


def _with_mail_moved(e: Evidence) -> Evidence:
    return replace(e, folders={**e.folders, "INBOX": e.folders["INBOX"][1:]})


def _still_waiting(e: Evidence) -> Evidence:
    return replace(e, threads={ref: replace(t, state=State.WAITING) for ref, t in e.threads.items()})


def _waits_after_thanks(e: Evidence) -> Evidence:
    return replace(e, threads={ref: replace(t, wait=t.wait + 1) for ref, t in e.threads.items()})


def _slow(e: Evidence) -> Evidence:
    played = {name: replace(p, real=p.real - 60) for name, p in e.played.items()}
    return replace(e, played=played)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_without_one_receipt, "Every customer who asked got one receipt"),
        (_with_one_twice, "Every customer who asked got one receipt"),
        (_with_one_twice, "Every mail was sent once"),
        (_without_one_receipt, "Every mail was sent once"),
        (_slow, "Each was sent within five seconds"),
        (_with_senders, "Receipts have the empty envelope sender"),
        (_to_a_robot, "A bounce, a vacation notice and a newsletter got nothing"),
        (_still_waiting, "Answers from Outlook"),
        (_waits_after_thanks, "A thank-you began no wait"),
        (_waits_after_thanks, "A new question after an answer"),
        (_without("remind"), "Nagy Eszter waited"),
        (_without("escalate"), "Nagy Eszter waited"),
        (_without("escalate"), "Milica Jovanović waited longer"),
        (_without("escalate"), "Mails among colleagues did not stop it"),
        (_without("digest"), "The manager got one digest a night"),
        (_without("digest"), "Tuesday's digest names"),
        (_with_flag, "The mailbox is as the writers left it"),
        (_with_mail_moved, "The mailbox is as the writers left it"),
        (lambda e: replace(e, logged_errors=1), "The daemon met no error"),
        (lambda e: replace(e, played={}), "A second mail joined its wait"),
    ],
)
def test_what_did_not_happen_is_told_as_false(
    week: Evidence, spoil: Callable[[Evidence], Evidence], sentence: str
) -> None:
    (holds,) = [holds for holds, told in claims.check(spoil(week)) if told.startswith(sentence)]
    assert not holds


def test_a_sentence_that_does_not_hold_fails_the_demo(
    week: Evidence, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    console = _console()
    for evidence, as_told in ((week, True), (_with_flag(week), False)):
        monkeypatch.setattr(play, "perform", lambda *_, told=evidence, **__: told)
        assert play.play(console, speed=1, pause=0, out=tmp_path) is as_told
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().count("✘ FALSE") == 1


class Idle:
    """A daemon that does nothing."""

    def __init__(self, *_: object) -> None:
        pass

    async def run(self, stop: Any) -> None:
        await stop.wait()


class Crashing(Idle):
    """A daemon that fails at once."""

    async def run(self, stop: Any) -> None:
        raise RuntimeError("no more")


class Leaving(Idle):
    """A daemon that goes home early."""

    async def run(self, stop: Any) -> None:
        return


@pytest.mark.parametrize(
    ("daemon", "complaint"),
    [
        (Idle, "Mon 07:55: INBOX is not watched within"),
        (Crashing, "the daemon failed: no more"),
        (Leaving, "the daemon ended before the week did"),
    ],
)
def test_a_daemon_that_leaves_something_undone_is_told_in_a_sentence(
    daemon: type, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(play, "Daemon", daemon)
    monkeypatch.setattr(story, "_PATIENCE", 0.3)
    with pytest.raises(CheckFailed, match=complaint):
        play.perform(tmp_path, Timeline(_console()), speed=SPEED)


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(ConfigError, match="not empty"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    assert prepare(tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize(
    ("found", "program"), [("/usr/bin/autoack", "autoack"), (None, f"{sys.executable} -m autoack")]
)
def test_the_way_to_look_further_is_one_that_works_here(
    found: str | None, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout that ran `make demo` has no `autoack` on the PATH."""
    monkeypatch.setattr(shutil, "which", lambda name: found)
    assert play.program() == program


def _console() -> Console:
    return Console(file=io.StringIO(), width=100, highlight=False)
