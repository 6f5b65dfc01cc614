"""Runs the benchmark: the same mails through a bare loop and through `autoack run`, each in a process of its own."""

import argparse
import contextlib
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests import office
from tests.bench import latency, receipts
from tests.bench.mails import mails
from tests.bench.servers import private_dovecot
from tests.servers.dovecot import Account


class Rate(NamedTuple):
    """Of one run: mails a second, CPU seconds for 1,000 mails, and the most memory in MB."""

    mails: float
    cpu: float
    memory: float


def main() -> None:
    """Print the rates of both, run by run in turn, and the ratio of the medians."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    letters = mails(chosen.mails)
    bare, daemon = [], []
    with private_dovecot() as server:
        account = server.user()
        for letter in letters:
            account.append("INBOX", letter)
        account.connection().create_folder("Sent")
        account.disconnect()
        print(
            f"{chosen.mails} mails of 2-20 KB waiting; {os.cpu_count()} cores, all servers on the same machine"
        )
        for _ in range(chosen.runs):
            bare.append(_bare(account, chosen.mails))
            _print("bare loop", bare[-1])
            daemon.append(_daemon(account, chosen.mails))
            _print("autoack", daemon[-1])
    share = statistics.median(r.mails for r in daemon) / statistics.median(r.mails for r in bare)
    print(f"autoack / bare loop, medians of {chosen.runs}: {share:.2f}")
    latency.main()
    receipts.main()


def _print(name: str, rate: Rate) -> None:
    print(
        f"{name:10}{rate.mails:7.0f} mails/s{rate.cpu:7.2f} s CPU per 1,000 mails{rate.memory:6.0f} MB",
        flush=True,
    )


def _bare(account: Account, count: int) -> Rate:
    with _folder() as folder, _sink(count) as sink:
        where = [str(account.port), account.name, account.password, str(sink.port), str(folder / "bare.db")]
        command = [sys.executable, "-m", "tests.bench.bare", *where]
        with _measured(command) as process:
            assert process.stdout is not None
            began = float(process.stdout.readline())
            done = sink.reached()
            process.stdout.read()
        return _rate(count, done - began, process)


def _daemon(account: Account, count: int) -> Rate:
    with _folder() as folder, _sink(count) as sink:
        changes = {
            "mailboxes.support.backlog": "answer",
            "mailboxes.support.storm": {"receipts": 1_000_000, "within": "1m"},
            "mailboxes.support.imap.port": account.port,
            "mailboxes.support.imap.username": account.name,
            "mailboxes.support.imap.password": account.password,
            "mailboxes.support.smtp.port": sink.port,
            "mailboxes.support.smtp.connections": 4,
            "log.format": "json",
        }
        configuration = office.settings(folder, changes).path
        command = [sys.executable, "-m", "autoack", "run", "--config", str(configuration)]
        log = folder / "log"
        with log.open("wb") as stderr, _measured(command, stderr=stderr) as process:
            done = sink.reached()
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
        return _rate(count, done - _began(log), process)


def _began(log: Path) -> float:
    """When the daemon opened its database and began: its first line says so."""
    from datetime import datetime

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    started = next(line for line in lines if line["event"] == "started")
    return datetime.fromisoformat(started["time"]).timestamp()


class _Process(subprocess.Popen[str]):
    usage: resource.struct_rusage | None = None

    def wait(self, timeout: float | None = None) -> int:  # type: ignore[override]
        """As Popen.wait, keeping what the kernel says that this one process used."""
        if self.returncode is None:
            _, status, self.usage = os.wait4(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


@contextlib.contextmanager
def _measured(command: list[str], stderr: object = None) -> Iterator[_Process]:
    process = _Process(command, stdout=subprocess.PIPE, stderr=stderr, text=True)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _rate(count: int, seconds: float, process: _Process) -> Rate:
    assert process.usage is not None
    cpu = process.usage.ru_utime + process.usage.ru_stime
    return Rate(count / seconds, cpu / count * 1000, process.usage.ru_maxrss / 1024)


class _Sink(NamedTuple):
    port: int
    process: subprocess.Popen[str]

    def reached(self) -> float:
        """When it had taken all mails."""
        assert self.process.stdout is not None
        return float(self.process.stdout.readline())


@contextlib.contextmanager
def _sink(count: int) -> Iterator[_Sink]:
    command = [sys.executable, "-m", "tests.bench.sink", str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield _Sink(int(process.stdout.readline()), process)
    finally:
        process.kill()
        process.communicate()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="autoack-bench-") as name:
        yield Path(name)


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"took {time.monotonic() - began:.0f} s")
