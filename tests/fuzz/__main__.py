"""`make fuzz`: a coverage-guided run over the path of one mail, after which what it found is kept for the tests."""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.judge import LONGEST, found, keep, path, seconds
from tests.fuzz.seeds import seeds

KEPT = 400  # inputs; a merge keeps those that reach what no other reaches
LARGEST = 1 << 16
_FAULTS = ("crash-", "timeout-", "slow-unit-", "oom-")  # names that libFuzzer gives; kept for ever
_WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def main(arguments: list[str] | None = None) -> int:
    """Fuzz, tell what failed or was slow, and keep what was worth it; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=int, default=600)
    chosen = parser.parse_args(arguments)
    before = found()
    with tempfile.TemporaryDirectory(prefix="autoack-fuzz-") as temporary:
        folder = Path(temporary)
        corpus, smaller = folder / "corpus", folder / "smaller"
        for each in (corpus, smaller):
            each.mkdir()
        for raw in [*before.values(), *seeds()]:
            (corpus / hashlib.sha256(raw).hexdigest()[:16]).write_bytes(raw)
        words = folder / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in _WORDS))
        began = len(list(corpus.iterdir()))
        crashed = _fuzz(folder, f"-max_total_time={chosen.seconds}", f"-dict={words}", str(corpus))
        print(f"{began} inputs at the beginning, {len(list(corpus.iterdir()))} at the end")
        _fuzz(folder, "-merge=1", str(smaller), str(corpus))
        inputs = {file.name: file.read_bytes() for file in _smallest(smaller)}
        faults = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.startswith(_FAULTS)}
    faults |= {name: raw for name, raw in before.items() if name.startswith(_FAULTS)}
    failed = _replay(inputs | faults)
    keep((inputs | faults).items())
    print(f"kept {len(inputs | faults)} inputs in tests/fuzz/found.zip")
    return 1 if crashed or failed else 0


def _smallest(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda file: (file.stat().st_size, file.name))[:KEPT]


def _fuzz(folder: Path, *options: str) -> bool:
    """One run of the fuzzer in a process of its own; whether it met a failure."""
    again = folder / "again"  # how a merge starts itself anew
    again.write_text(f'#!/bin/sh\nexec {sys.executable} -m tests.fuzz.target {again} "$@"\n')
    again.chmod(0o700)
    command = [str(again), f"-artifact_prefix={folder}/", "-timeout=5"]
    command += [f"-max_len={LARGEST}", "-print_final_stats=1", "-rss_limit_mb=1024", *options]
    return subprocess.run(command, check=False).returncode != 0


def _replay(inputs: dict[str, bytes]) -> bool:
    """Each input once more without the fuzzer's burden; whether one failed or was too slow."""
    judge = path()
    times: list[tuple[float, str]] = []
    failed = False
    for name, raw in sorted(inputs.items()):
        try:
            times.append((seconds(judge, raw), name))
        except Exception as error:
            failed = True
            print(f"FAILED {name}: {type(error).__name__}: {error}")
    for spent, name in sorted(times, reverse=True)[:5]:
        print(f"{spent * 1000:7.1f} ms {name}")
    return failed or any(spent > LONGEST for spent, _ in times)


def _escaped(word: str) -> str:
    return "".join(
        c if c.isascii() and c.isalnum() else "".join(f"\\x{b:02x}" for b in c.encode()) for c in word
    )


if __name__ == "__main__":
    sys.exit(main())
