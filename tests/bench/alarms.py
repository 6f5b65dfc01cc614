"""How soon a thousand steps that are due at once go out, among a hundred thousand open threads; and what waiting costs.

The flow, the letters and SQLite are the real ones. The steps are measured twice: all for one person, who gets lists,
and spread over so many that each gets mails of their own. The idle daemon is a process of its own, on a private IMAP
server; its CPU time is read from /proc while nothing is due.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from autoack.core.ladder import Step, schedule
from autoack.core.policy import Policy
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.flows.alarms import Alarms
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from autoack.settings import Settings
from autoack.store import outbox, threads
from autoack.store.engine import Database, open_database
from autoack.store.migrate import upgrade
from autoack.store.tables import events
from autoack.store.tables import threads as table
from tests import office
from tests.bench.servers import private_dovecot
from tests.servers.dovecot import Account

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MAILS_EACH = 4  # to a person who shares the steps with others: no flood
_AT_ONCE = 5000  # rows inserted together
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Rung:
    """What it took until all that was due was in the outbox: seconds, of them CPU, and how memory grew in MB.

    `looks` are transactions.
    """

    seconds: float
    cpu: float
    memory: float
    steps: int
    mails: int
    looks: int


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.alarms")
    parser.add_argument("--threads", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--idle", type=float, default=60, help="seconds to watch the idle daemon; 0: not")
    chosen = parser.parse_args()
    for spread in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            told = "each to one of many people" if spread else "all to one person"
            rung = measure(Path(folder), chosen.threads, chosen.due, spread=spread)
            print(
                f"{chosen.threads} open threads, {rung.steps} steps due, {told}: {rung.mails} mails in the outbox "
                f"after {rung.seconds:.2f} s ({rung.cpu:.2f} s CPU), {rung.looks} transactions; "
                f"memory {rung.memory:+.0f} MB",
                flush=True,
            )
    if chosen.idle:
        _print_idle(chosen.threads, chosen.idle)


def measure(folder: Path, count: int, due: int, *, spread: bool) -> Rung:
    """Ring until nothing is due any more: `due` of `count` threads reach their first step in this minute."""
    settings = _settings(folder, due if spread else 0)
    with _database(folder) as database:
        fill(database, settings, count, due, spread=spread)
        alarms = Alarms(settings.desk, database, Composer(settings.desk, Templates(None)))
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        memory, cpu, began = _memory("VmRSS"), time.process_time(), time.monotonic()
        looks = asyncio.run(_ring(alarms))
        seconds, cpu, memory = time.monotonic() - began, time.process_time() - cpu, _memory("VmHWM") - memory
        steps = database.read(_steps_told)
        return Rung(seconds, cpu, memory, steps, len(database.read(outbox.listing)), looks)


async def _ring(alarms: Alarms) -> int:
    looks = 0
    while True:
        looks += 1
        rung = await alarms.step(NOW)
        if rung.next_at is None or rung.next_at > NOW:
            return looks


def _steps_told(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(events)) or 0


def fill(database: Database, settings: Settings, count: int, due: int, *, spread: bool) -> None:
    """So many waiting threads, of which `due` have their first step within the last minute."""
    policy = settings.desk.mailboxes["support"].policy
    first = schedule(policy, NOW)[0]
    rows: list[dict[str, Any]] = []
    for number in range(count):
        rows.append(threads.values(_thread(number, policy, first, due, spread=spread)))
        if len(rows) == _AT_ONCE or number == count - 1:
            database.transact(_insert, rows)
            rows = []


def _thread(number: int, policy: Policy, first: Step, due: int, *, spread: bool) -> Thread:
    ahead = first.at - NOW  # from the start of a wait to its first step
    is_due = number < due
    since = NOW - ahead - timedelta(seconds=60 * number / due) if is_due else NOW - ahead / 2
    thread = Thread(
        ref=f"AA-{number // 10000:04}-{number % 10000:04}",
        mailbox="support",
        subject=f"Kada stiže narudžba {number}?",
        customer_address=f"kupac{number}@kupac.example",
        customer_name="Ivan Horvat",
        honorific=None,
        language="hr",
        state=State.WAITING,
        created_at=since,
        wait=1,
        waiting_since=since,
        promised_at=since + timedelta(hours=24),
        resolve_at=since + timedelta(hours=72),
        assignee=f"p{number // MAILS_EACH}" if spread and is_due else None,
    )
    if is_due:
        return replace(thread, next_step_at=first.at - NOW + since, next_step=first.name)
    return scheduled(thread, policy, NOW)


def _insert(conn: Connection, rows: list[dict[str, Any]]) -> None:
    conn.execute(table.insert(), rows)


def _settings(folder: Path, spread: int, **changes: Any) -> Settings:
    people = {
        f"people.p{number}": {"name": "Ana Kovač", "address": f"p{number}@vocar.example", "language": "hr"}
        for number in range(-(-spread // MAILS_EACH))
    }
    ladder = [{"at": "20h", "notify": "assignee"}, {"at": "24h", "notify": "lead"}]
    return office.settings(folder, {**people, "policies.standard": {"ladder": ladder}, **changes})


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    url = f"sqlite:///{folder / 'autoack.db'}"
    upgrade(url, NOW)
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


def _memory(what: str) -> float:
    """VmRSS: of this process now; VmHWM: its peak. In MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


# --- the idle daemon -------------------------------------------------------------------------------------


def _print_idle(count: int, seconds: float) -> None:
    with private_dovecot() as server, tempfile.TemporaryDirectory() as folder:
        account = server.user()
        account.connection().create_folder("Sent")
        account.disconnect()
        used = idle(Path(folder), account, count, seconds)
    print(
        f"idle daemon with {count} open threads: {used:.2f} s CPU in {seconds:.0f} s, {used / seconds:.2%}",
        flush=True,
    )


def idle(folder: Path, account: Account, count: int, seconds: float) -> float:
    """The CPU seconds that the daemon uses in so many seconds in which nothing is due."""
    changes = {
        "mailboxes.support.imap.port": account.port,
        "mailboxes.support.imap.username": account.name,
        "mailboxes.support.imap.password": account.password,
    }
    settings = _settings(folder, 0, **changes)
    with _database(folder) as database:
        now = datetime.now(UTC)  # the daemon's clock is the wall's
        later = _later(settings, now)
        fill_with(database, later, count)
    command = [sys.executable, "-m", "autoack", "run", "--config", str(settings.path)]
    # What the first start does once, counting all times by the configuration that it finds, is not idling.
    subprocess.run([*command, "--once"], check=True, capture_output=True, timeout=600)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if '"ready"' in line or " ready" in line:
                    break
            time.sleep(10)
            before = _cpu(process.pid)
            time.sleep(seconds)
            return _cpu(process.pid) - before
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)


def _later(settings: Settings, now: datetime) -> Thread:
    """A thread of which nothing is due for hours."""
    policy = settings.desk.mailboxes["support"].policy
    first = schedule(policy, NOW)[0]
    thread = _thread(1, policy, first, 0, spread=False)
    moved = replace(thread, waiting_since=now, promised_at=now + timedelta(hours=24), created_at=now)
    return scheduled(moved, policy, now)


def fill_with(database: Database, thread: Thread, count: int) -> None:
    """So many copies of the thread."""
    for start in range(0, count, _AT_ONCE):
        copies = (
            replace(thread, ref=f"AA-{number // 10000:04}-{number % 10000:04}")
            for number in range(start, min(start + _AT_ONCE, count))
        )
        database.transact(_insert, [threads.values(one) for one in copies])


def _cpu(pid: int) -> float:
    """CPU seconds of a process, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main()
