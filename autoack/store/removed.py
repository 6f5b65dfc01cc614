"""Waits whose mails somebody threw away end; they go on where the mails come back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from autoack.core import acts
from autoack.core.decision import Event
from autoack.core.pause import taken_up
from autoack.core.policy import Policy
from autoack.core.thread import State, Thread
from autoack.core.waits import scheduled
from autoack.store import outbox, threads


def end(conn: Connection, refs: Iterable[str], now: datetime) -> int:
    """Close these threads, where a customer waits; what was not sent yet is not sent. Returns how many."""
    ended = [thread for thread in threads.by_refs(conn, refs).values() if thread.state is State.WAITING]
    for thread in ended:
        act = acts.removed(thread, now)
        threads.update(conn, act.thread)
        threads.add_events(conn, [act.event])
        outbox.withdraw(conn, [thread.ref], act.needless, now, "needless: the mail was removed")
    return len(ended)


def resume(conn: Connection, thread: Thread, policy: Policy, now: datetime) -> bool:
    """A mail of this thread lies in a watched folder again: its wait goes on, if that ended by the removal."""
    turns = [
        event for event in threads.timeline(conn, thread.ref) if event.what in ("close", "wait", "reopen")
    ]
    if thread.state is not State.CLOSED or not turns or turns[-1].reason != "removed":
        return False
    again = taken_up(replace(thread, closed_at=None), policy, now)
    threads.update(conn, scheduled(again, policy, now))
    because = "a mail that had been removed lies in the folder again"
    threads.add_events(conn, [Event(now, "wait", None, because, "moved-back", thread.ref, thread.mailbox)])
    return True
