"""The turns of a conversation, and how the customer's wait stands after them, in whatever order they were read.

A turn is a mail that bears on the clock: a customer asks, or the team writes to somebody. Folders are read side
by side, and a server may hand out an answer before its question; the wait follows from the turns by the times at
which they arrived, not from the order in which they were met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERYBODY = frozenset({"*"})


class Part(StrEnum):
    """What a mail is to the clock (the column `messages.turn`)."""

    ASK = "ask"  # somebody waits for us from then on
    THANKS = "thanks"  # pure thanks: it asks only where nothing came before
    REPLY = "reply"  # the team wrote; it counts where it reached a customer of the thread


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. `who` wrote it (case folded).

    `reached`, case folded: to whom a reply went, or EVERYBODY; where the answer to a question is to go.
    """

    at: datetime  # when it arrived (INTERNALDATE, aware)
    part: Part
    who: str
    reached: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait; it goes on where `answered_at` is None."""

    since: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None


def waits(turns: Sequence[Turn], customers: frozenset[str]) -> list[Wait]:
    """The waits of a conversation, the oldest first.

    `turns` in the order in which they were met, which decides between those of one second (INTERNALDATE counts
    whole seconds): what is read after an answer is not taken for answered by it. `customers` are those known
    beside the ones who ask: a reply that reaches none of them is no answer.
    """
    asking = customers | those_who_ask(turns)
    found: list[Wait] = []
    begun = False
    for turn in sorted(turns, key=_second):
        waiting = bool(found) and found[-1].answered_at is None
        if turn.part is Part.REPLY:
            if not _reaches(turn, asking):
                continue
            if waiting:
                found[-1] = Wait(found[-1].since, max(turn.at, found[-1].since), turn.who)
        elif not waiting and not (turn.part is Part.THANKS and begun):
            found.append(Wait(turn.at))
        begun = True
    return found


def answered_later(turns: Sequence[Turn], customers: frozenset[str], asked: Turn) -> bool:
    """Whether an answer that is known already arrived after this question."""
    asking = customers | those_who_ask([*turns, asked])
    return any(t.part is Part.REPLY and _reaches(t, asking) and _second(t) > _second(asked) for t in turns)


def those_who_ask(turns: Iterable[Turn]) -> frozenset[str]:
    """The addresses of everybody who wrote as a customer."""
    return frozenset().union(*({turn.who, *turn.reached} for turn in turns if turn.part is not Part.REPLY))


def _reaches(reply: Turn, customers: frozenset[str]) -> bool:
    return reply.reached == EVERYBODY or not customers.isdisjoint(reply.reached)


def _second(turn: Turn) -> datetime:
    return turn.at.replace(microsecond=0)
