"""`make corpus CORPUS=DIR`: how the labelled mails of a folder are judged, and whether the bounds hold."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from autoack.clock import WallClock
from tests import office
from tests.corpus.measure import VERDICTS, Judged, bounds, judge_corpus, mislabelled


def main(arguments: list[str] | None = None) -> int:
    """Print the tables, every miss and the bounds; 1 where a bound is missed, 2 where there is no corpus."""
    parser = argparse.ArgumentParser(prog="make corpus CORPUS=DIR")
    parser.add_argument("folder", type=Path, help="holds manifest.tsv and the mails that it names")
    folder = parser.parse_args(arguments).folder
    if not (folder / "manifest.tsv").is_file():
        print(f"{folder}: there is no manifest.tsv; say make corpus CORPUS=DIR", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        judged = judge_corpus(folder, office.settings(Path(temporary)), WallClock().now())
    wrong_labels = mislabelled()
    counted = [mail for mail in judged if mail.file not in wrong_labels]
    print(f"{len(judged)} mails, {len(judged) - len(counted)} of them apart, for their label is wrong\n")
    _print_table("label", counted, [mail.label for mail in counted])
    _print_table("label and source", counted, [f"{mail.label:12}{mail.source}" for mail in counted])
    _print_misses(counted)
    _print_apart(judged, wrong_labels)
    kept = bounds(counted)
    for bound in kept:
        share = f"{bound.wrong / bound.of:.1%}" if bound.of else "none there"
        allowed = f"at most {bound.share:.0%}" if bound.share else "at most 0"
        held = "ok    " if bound.holds else "missed"
        print(f"{held} {bound.name}: {bound.wrong} of {bound.of} ({share}; {allowed})")
    return 0 if all(bound.holds for bound in kept) else 1


def _print_table(name: str, judged: Iterable[Judged], groups: Iterable[str]) -> None:
    """How many mails of each group got which verdict, as which kind."""
    verdicts: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[str]] = {}
    for mail, group in zip(judged, groups, strict=True):
        verdicts.setdefault(group, Counter())[mail.verdict] += 1
        kinds.setdefault(group, Counter())[mail.kind] += 1
    width = max((len(group) for group in [*verdicts, name]), default=0) + 2
    columns = [*VERDICTS, "exception"]
    print(f"{name:{width}}{'mails':>6}" + "".join(f"{column:>12}" for column in columns) + "  kinds")
    for group in sorted(verdicts):
        row, found = verdicts[group], kinds[group]
        told = ", ".join(f"{kind or '-'} {number}" for kind, number in found.most_common())
        print(
            f"{group:{width}}{row.total():6}" + "".join(f"{row[column]:12}" for column in columns), f" {told}"
        )
    print()


def _print_misses(judged: Iterable[Judged]) -> None:
    for mail in judged:
        if mail.missed:
            print(f"{mail.file}: {mail.verdict} ({mail.kind}, {mail.reason})\n    {mail.because}")
    print()


def _print_apart(judged: Iterable[Judged], wrong_labels: dict[str, str]) -> None:
    for mail in judged:
        if mail.file in wrong_labels:
            print(f"apart: {mail.file}: {mail.verdict} ({mail.kind}, {mail.reason})")
            print(f"    {mail.label} is not what it is: {wrong_labels[mail.file]}")
    print()


if __name__ == "__main__":
    sys.exit(main())
