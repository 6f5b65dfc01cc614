"""What a change of policies and calendars does to open threads: their times counted anew, what fired stays fired.

A *timing* says what the times of threads rest on: it is kept (store/recompute.py) and compared at each start.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from autoack.core import holidays_of, ladder
from autoack.core.decision import Event
from autoack.core.policy import Calendar, Desk, Policy
from autoack.core.thread import State, Thread

Rung = tuple[str, tuple[str, ...]]  # "20h", whom it tells


@dataclass(frozen=True, slots=True)
class Timing:
    """What times rest on: a hash of all that bears on them, each policy's ladder, each mailbox's policy."""

    fingerprint: str
    ladders: Mapping[str, tuple[Rung, ...]]
    policies: Mapping[str, str]  # by mailbox

    def ladder_of(self, thread: Thread) -> tuple[Rung, ...]:
        """The ladder that the thread's fired steps were counted on."""
        policy = thread.policy if thread.policy in self.ladders else self.policies.get(thread.mailbox)
        return self.ladders.get(policy or "", ())

    def as_json(self) -> dict[str, Any]:
        """Plain values, for keeping."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Timing":
        """The timing that `as_json` gave."""
        ladders = {
            name: tuple((at, tuple(notify)) for at, notify in rungs)
            for name, rungs in kept["ladders"].items()
        }
        return cls(kept["fingerprint"], ladders, kept["policies"])


def timing_of(desk: Desk) -> Timing:
    """What times rest on by this configuration, and by the holidays that are known now."""
    policies = {name: box.policy.id for name, box in desk.mailboxes.items()}
    ladders = {name: rungs_of(policy) for name, policy in desk.policies.items()}
    parts = [sorted(policies.items()), *(_said(policy) for _, policy in sorted(desk.policies.items()))]
    return Timing(hashlib.sha256(repr(parts).encode()).hexdigest(), ladders, policies)


def rungs_of(policy: Policy) -> tuple[Rung, ...]:
    """What a policy's steps are known by."""
    return tuple((ladder.written(rung.at), rung.notify) for rung in policy.ladder)


def _said(policy: Policy) -> list[str]:
    """All of a policy that bears on times, as text."""
    values = [getattr(policy, field.name) for field in fields(policy)]
    return [_calendar(value) if isinstance(value, Calendar) else repr(value) for value in values]


def _calendar(calendar: Calendar) -> str:
    """Without the notices, which move nothing."""
    known = holidays_of.release() if calendar.country else None
    return repr((replace(calendar, closures=tuple(replace(c, notice={}) for c in calendar.closures)), known))


# --- what has fired ----------------------------------------------------------------------------------------


def carried_over(fired: Sequence[str], before: Sequence[Rung], after: Sequence[Rung]) -> tuple[str, ...]:
    """The keys of fired steps of one ladder as keys of another.

    A step is known again by its time and whom it tells, else by being the same one in the row of those that tell
    the same people: a step that is moved stays fired. What the other ladder does not have is left out.
    """
    if tuple(before) == tuple(after):
        return tuple(fired)
    same = _same_rungs(before, after)
    renamed = []
    for key in fired:
        if key == ladder.UPDATE:
            renamed.append(key)
            continue
        number, mark, again = key.partition("#")
        if number.isdecimal() and (rung := same.get(int(number) - 1)) is not None:
            renamed.append(f"{rung + 1}{mark}{again}")
    return tuple(renamed)


def _same_rungs(before: Sequence[Rung], after: Sequence[Rung]) -> dict[int, int]:
    same: dict[int, int] = {}
    for parts in (slice(0, 2), slice(1, 2)):  # time and people, people alone
        for old, rung in enumerate(before):
            if old in same:
                continue
            alike = (
                n for n, other in enumerate(after) if other[parts] == rung[parts] and n not in same.values()
            )
            if (new := next(alike, None)) is not None:
                same[old] = new
    return same


def _carried(thread: Thread, policy: Policy, before: Sequence[Rung]) -> Thread:
    """With its fired steps as those of this policy, and all that lie before them: a ladder never goes back."""
    if not thread.fired or thread.waiting_since is None or tuple(before) == (after := rungs_of(policy)):
        return thread
    fired = carried_over(thread.fired, before, after)
    steps = ladder.schedule(policy, thread.counted_since or thread.waiting_since)
    last = max((step.at for step in steps if step.key in fired), default=None)
    earlier = tuple(s.key for s in steps if last and s.at <= last and s.key not in fired)
    return replace(thread, fired=fired + earlier)


# --- the times ---------------------------------------------------------------------------------------------


def recomputed(
    thread: Thread, policy: Policy, before: Sequence[Rung], zone: ZoneInfo, now: datetime
) -> tuple[Thread, Event | None]:
    """The open thread with its times by this policy, and the line that tells which of them moved, if one did.

    `before` is the ladder that its fired steps were counted on; `zone` is for the times in that line.
    """
    changed = _carried(thread, policy, before)
    times: dict[str, Any] = {}
    if thread.state in (State.WAITING, State.SNOOZED) and thread.clock and thread.waiting_since is not None:
        times["promised_at"] = ladder.promise(policy, thread.waiting_since)
        times["resolve_at"] = ladder.resolution(policy, thread.waiting_since)
    if thread.state is not State.SNOOZED and not thread.notify:  # those wait for another thing
        times["next_step_at"], times["next_step"] = ladder.upcoming(changed, policy, now)
    if all(getattr(changed, name) == at for name, at in times.items()):
        return changed, None  # as nearly all are
    changed = replace(changed, **times)
    moved = _moved(thread, changed, zone)
    if not moved:
        return changed, None
    return changed, Event(
        now, RECOMPUTED, None, "; ".join(moved), "calendar-or-policy", thread.ref, thread.mailbox
    )


RECOMPUTED = "recomputed"  # `what` of the event

Times = tuple[datetime | None, datetime | None]  # before, after


def moved_times(detail: str) -> dict[str, Times]:
    """What the line of a `recomputed` event tells: by "promise", "resolution" or "next step"; to the minute, aware."""
    found = {}
    for part in detail.split("; "):
        told, _, after = part.partition(" → ")
        what, _, before = told.rpartition(" ")
        found[what] = _read(before), _read(after)
    return found


def _read(told: str) -> datetime | None:
    return None if told == "none" else datetime.fromisoformat(told).astimezone(UTC)


def _moved(was: Thread, now: Thread, zone: ZoneInfo) -> list[str]:
    times = (
        ("promise", was.promised_at, now.promised_at),
        ("resolution", was.resolve_at, now.resolve_at),
        ("next step", was.next_step_at, now.next_step_at),
    )
    return [f"{what} {_told(old, zone)} → {_told(new, zone)}" for what, old, new in times if old != new]


def _told(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes") if at else "none"
