"""The command line as a whole: its help, its exit codes, one line for what a user can cause."""

import os
import subprocess
import sys

import pytest

from autoack.cli import COMMANDS, main

NAMES = [name for group in COMMANDS.values() for name, _, _ in group]


def test_the_help_lists_every_command_in_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for title in COMMANDS:
        assert f"{title}:" in out
    for name in NAMES:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_and_takes_a_configuration(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Usage: autoack {name}")
    assert "--config" in out or name in ("demo", "init", "schema", "db")


def test_help_costs_neither_database_nor_validation() -> None:
    code = "import sys; from autoack.cli import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert not {"sqlalchemy", "pydantic", "alembic", "imapclient", "aiosmtplib"} & set(loaded)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("autoack, version ")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["thread"], "autoack: No such command 'thread'."),
        (["threads", "--jsn"], "autoack: No such option '--jsn'."),
        (["show"], "autoack: Missing argument 'REF'."),
    ],
)
def test_wrong_use_is_told_in_one_line_with_the_way_to_help(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (said,) = told.err.splitlines()
    assert said.startswith(line)
    assert "--help)" in said


def test_a_reader_that_leaves_early_is_no_error() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "autoack", "schema"]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")
