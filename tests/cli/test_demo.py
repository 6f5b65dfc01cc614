"""`autoack demo` as a person or a CI job runs it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def test_once_goes_as_told_and_names_its_folder(tmp_path: Path) -> None:
    out = tmp_path / "mails"
    done = _run("--once", "--speed", "500000", "--out", str(out), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert str(out / "index.html") in done.stdout
    assert done.stdout.count("✔ true") >= 20
    assert "FALSE" not in done.stdout
    assert len(list(out.glob("*.eml"))) == len(list(out.glob("[0-9]*.html"))) > 20

    # What the last lines say to try works.
    (config,) = re.findall(r"--config (\S+)", done.stdout)
    threads = _autoack("threads", "--all", "--config", config)
    assert threads.returncode == 0
    assert "Milica Jovanović: Povraćaj novca" in threads.stdout


def test_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    for arguments, code in (((), 0), (("--once",), 1)):
        out = tmp_path / f"mails{code}"
        process = subprocess.Popen(
            [sys.executable, "-m", "autoack", "demo", *arguments, "--out", str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        assert process.stdout
        told = ""
        while "receipt in" not in told:
            told = process.stdout.readline()
            assert told, "it ended by itself"
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (code, "")
        assert f"Stopped. So far   {out / 'index.html'}" in rest
        assert list(out.glob("*.eml"))


def test_a_folder_in_use_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    done = _run("--once", "--out", str(tmp_path), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path} is not empty: name a new folder for the demo's mails\n"


def _run(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return _autoack("demo", *arguments, cwd=cwd)


def _autoack(*arguments: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "autoack", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=ENVIRONMENT,
        cwd=cwd,
    )
