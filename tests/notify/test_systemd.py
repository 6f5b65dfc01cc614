"""What the service manager hears (sd_notify(3), sd_watchdog_enabled(3)), over real sockets."""

import socket
from pathlib import Path

import pytest

from autoack.notify.systemd import notify, watchdog_seconds


@pytest.mark.parametrize("abstract", [False, True], ids=["in the file system", "abstract"])
def test_a_state_reaches_the_socket_that_is_named(tmp_path: Path, abstract: bool) -> None:
    name = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.settimeout(5)
        manager.bind("\0" + name if abstract else name)
        assert notify("READY=1", {"NOTIFY_SOCKET": f"@{name}" if abstract else name})
        assert manager.recv(100) == b"READY=1"


def test_without_a_service_manager_nothing_happens() -> None:
    assert not notify("READY=1", {})


@pytest.mark.parametrize("name", ["gone", "file"])
def test_a_service_manager_that_does_not_listen_is_no_reason_to_fail(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    assert not notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / name)})


@pytest.mark.parametrize(
    ("said", "seconds"), [("30000000", 15.0), ("1", 0.0000005), ("0", None), ("", None), ("soon", None)]
)
def test_the_watchdog_wants_to_hear_of_us_twice_within_its_time(said: str, seconds: float | None) -> None:
    assert watchdog_seconds({"WATCHDOG_USEC": said}) == seconds


def test_without_a_watchdog_there_is_none() -> None:
    assert watchdog_seconds({}) is None
