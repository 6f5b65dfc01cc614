"""Judges the labelled mails of a corpus as `autoack explain` does, and holds the judgments to bounds.

A corpus is a folder with a manifest.tsv; its first four columns are the file, its label, its kind and its
source, under one line of headings.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

from autoack.cli.explain import explanation
from autoack.settings import Settings

HUMANS = ("human_new", "human_reply")
NEVER_ANSWERED = ("bounce", "autoreply", "list")
VERDICTS = ("receipt", "record", "ignore", "quarantine")
_MISLABELLED = Path(__file__).with_name("mislabelled.tsv")


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail of the corpus with the judgment on it. `readable`: a From and text stand in it."""

    file: str
    label: str
    source: str
    verdict: str  # "exception" where judging failed
    kind: str
    reason: str
    because: str
    readable: bool = True

    @property
    def missed(self) -> bool:
        """Whether the judgment is another than one would wish for this label."""
        if self.verdict == "exception":
            return True
        if self.label in HUMANS:
            return self.verdict != "receipt"
        if self.label == "malformed":
            return self.verdict == "quarantine" and self.readable
        return self.verdict == "receipt"


@dataclass(frozen=True, slots=True)
class Bound:
    """How many of these mails were judged wrongly, and how many may be."""

    name: str
    wrong: int
    of: int
    share: float = 0.0  # of all, at most

    @property
    def holds(self) -> bool:
        """Whether it is kept."""
        return self.wrong <= self.share * self.of


def judge_corpus(folder: Path, settings: Settings, now: datetime) -> list[Judged]:
    """Every mail of the manifest, each alone, as if it arrived now."""
    return [_judge(folder, row, settings, now) for row in _rows(folder / "manifest.tsv")[1:]]


def _judge(folder: Path, row: list[str], settings: Settings, now: datetime) -> Judged:
    file, label, _, source = row[:4]
    try:
        told = explanation(folder / file, settings, now)
    except Exception as error:  # the others are measured all the same, and this one is a miss
        told = dict.fromkeys(("kind", "reason"), "") | {"verdict": "exception", "because": repr(error)}
    verdict, kind, reason, because = (str(told[key]) for key in ("verdict", "kind", "reason", "because"))
    readable = _has_sender_and_text((folder / file).read_bytes())
    return Judged(file, label, source, verdict, kind, reason, because, readable)


def _has_sender_and_text(octets: bytes) -> bool:
    """As another parser reads it: a From with an address, and a text part that is not empty."""
    message = message_from_bytes(octets)
    text = (part for part in message.walk() if part.get_content_maintype() == "text")
    return "@" in str(message.get("From", "")) and any(str(part.get_payload()).strip() for part in text)


def mislabelled() -> dict[str, str]:
    """Mails whose label is wrong, with the reason: they are counted apart."""
    return {row[0]: row[1] for row in _rows(_MISLABELLED)}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


def bounds(judged: Iterable[Judged]) -> list[Bound]:
    """What must hold of a corpus."""
    mails = list(judged)

    def bound(name: str, labels: Iterable[str], wrong: Callable[[Judged], bool], share: float = 0.0) -> Bound:
        among = [mail for mail in mails if mail.label in labels]
        return Bound(name, sum(map(wrong, among)), len(among), share)

    return [
        *(bound(f"{label} answered", (label,), _answered) for label in NEVER_ANSWERED),
        bound("noreply answered", ("noreply",), _answered, 0.10),
        bound("humans ignored or put aside", HUMANS, lambda m: m.verdict not in ("receipt", "record")),
        bound("humans whose receipt is withheld", HUMANS, lambda m: not _answered(m), 0.01),
        bound("malformed put aside though readable", ("malformed",), lambda m: m.missed),
        bound("exceptions", {m.label for m in mails}, lambda m: m.verdict == "exception"),
    ]


def _answered(mail: Judged) -> bool:
    return mail.verdict == "receipt"
