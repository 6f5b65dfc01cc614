"""What lint finds: where, by which rule, why it matters, and better wording where it is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. `line` counts from 1; `better` is empty where only the writer can know."""

    path: str
    line: int
    rule: str
    why: str
    better: str = ""

    def __str__(self) -> str:
        better = f"; better: {self.better}" if self.better else ""
        return f"{self.path}:{self.line}: {self.rule}: {self.why}{better}"


class SpellingFault(Exception):
    """Words could not be looked up."""
