"""A thread's timeline as `show` tells it: what happened and why, what waits to be sent, and what is to come."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from autoack.cli.common import iso, local
from autoack.core import ladder
from autoack.core.decision import Event
from autoack.core.delivery import OutboxState, Outgoing
from autoack.core.message import Verdict
from autoack.core.plain import lines_of, visible_line
from autoack.core.policy import Desk
from autoack.core.thread import State, Thread

Entry = dict[str, object]
Met = tuple[datetime, str | None, str]  # when a mail was recorded, its sender, its subject
Judged = Iterable[tuple[Met, Verdict]]

_OTHERS_WORDS = frozenset({"mail", "thanks", "note"})  # events whose detail somebody wrote, not we
_SILENCE = "close"  # what ends an answered thread is that nothing comes
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?[+-]\d\d:\d\d")


def happened(events: Sequence[Event], judged: Judged, zone: ZoneInfo) -> list[Entry]:
    """What is on record, in its order; a mail with its verdict in the words of `explain`."""
    verdicts: dict[Met, list[Verdict]] = defaultdict(list)
    for key, verdict in judged:
        verdicts[key].append(verdict)
    entries = [_past(event, zone) for event in events]
    # Mails with the same words in one moment: by their reasons. A line may give another reason than the verdict.
    for same_reason in (True, False):
        for event, entry in zip(events, entries, strict=True):
            met = verdicts.get((event.at, event.who, event.detail))
            found = next((one for one in met or () if one.reason == event.reason or not same_reason), None)
            if met and found and "because" not in entry:
                met.remove(found)
                entry |= {"verdict": str(found.outcome), "kind": str(found.kind), "because": found.because}
    return entries


def to_come(unsent: Sequence[Outgoing], thread: Thread, desk: Desk, now: datetime) -> list[Entry]:
    """The mails that wait or are held back, and why; the steps that will be taken unless somebody answers."""
    entries = [*_unsent(unsent, desk.organisation.zone, now), *_steps(thread, desk, now)]
    return sorted(entries, key=lambda entry: datetime.fromisoformat(str(entry["at"])))


def lines(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    """An entry for a person's eyes; a stranger's words cannot move the cursor or add a line of their own."""
    detail = lines_of(str(entry["detail"])) if entry["what"] == "note" else visible_line(str(entry["detail"]))
    if entry["what"] not in _OTHERS_WORDS:
        detail = _MOMENT.sub(lambda moment: local(datetime.fromisoformat(moment[0]), zone), detail)
    first, *more = detail.split("\n")
    words = [str(word) for word in (entry["what"], entry["who"], first) if word]
    reason = f" ({entry['reason']})" if entry["reason"] else ""
    yield f"{local(datetime.fromisoformat(str(entry['at'])), zone)}  {' · '.join(words)}{reason}"
    yield from (f"  {line}".rstrip() for line in more)
    if entry.get("because"):
        yield f"  {entry['verdict']}, {entry['kind']}: {visible_line(str(entry['because']))}"


def _past(event: Event, zone: ZoneInfo) -> Entry:
    return {
        "at": iso(event.at, zone),
        "what": event.what,
        "who": event.who,
        "detail": event.detail,
        "reason": event.reason,
    }


def _unsent(unsent: Sequence[Outgoing], zone: ZoneInfo, now: datetime) -> list[Entry]:
    return [
        {
            "at": iso(max(row.next_at, now), zone),
            "what": "held" if row.state is OutboxState.HELD else "to come",
            "who": row.to,
            "detail": f"{row.kind}: {row.error}" if row.error else str(row.kind),
            "reason": "receipt_delay" if row.state is OutboxState.READY and row.next_at > now else None,
        }
        for row in unsent
    ]


def _steps(thread: Thread, desk: Desk, now: datetime) -> list[Entry]:
    mailbox, zone = desk.mailbox_of(thread.mailbox, thread.policy), desk.organisation.zone
    if mailbox is None or thread.next_step_at is None or thread.next_step == _SILENCE:
        return []
    if thread.state is not State.WAITING or thread.waiting_since is None:
        return [_coming(max(thread.next_step_at, now), zone, "", thread.next_step or "")]
    return [
        _coming(max(step.at, now), zone, ", ".join(step.notify), step.name)
        for step in ladder.schedule(mailbox.policy, thread.counted_since or thread.waiting_since)
        if step.key not in thread.fired
    ]


def _coming(at: datetime, zone: ZoneInfo, who: str, what: str) -> Entry:
    return {"at": iso(at, zone), "what": "to come", "who": who or None, "detail": what, "reason": None}
