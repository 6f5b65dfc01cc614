"""The heartbeat: a file that is young as long as the event loop turns."""

import logging
import os
from pathlib import Path

import pytest

from autoack.notify.heartbeat import beat, heartbeat_file


@pytest.mark.parametrize(
    ("environ", "file"),
    [
        ({"RUNTIME_DIRECTORY": "/run/autoack"}, Path("/run/autoack/autoack.alive")),
        ({"RUNTIME_DIRECTORY": "/run/autoack:/run/more"}, Path("/run/autoack/autoack.alive")),
        ({"RUNTIME_DIRECTORY": ""}, None),
        ({}, None),
    ],
)
def test_it_lies_in_the_first_runtime_directory(environ: dict[str, str], file: Path | None) -> None:
    assert heartbeat_file(environ) == file


def test_each_beat_makes_an_old_file_young_again(tmp_path: Path) -> None:
    file = tmp_path / "autoack.alive"
    assert beat(file)
    os.utime(file, (1, 1))
    assert beat(file)
    assert file.stat().st_mtime > 1_000_000_000


def test_a_folder_that_cannot_be_written_is_told_and_does_no_harm(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "nowhere" / "autoack.alive"
    with caplog.at_level(logging.WARNING):
        assert not beat(file)
    assert caplog.messages == [f"no heartbeat: {file}: no such file or directory"]
