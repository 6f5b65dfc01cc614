"""Tells the service manager how we are: READY, WATCHDOG, STOPPING (sd_notify(3)); silent where there is none."""

import os
import socket
from collections.abc import Mapping


def notify(state: str, environ: Mapping[str, str] | None = None) -> bool:
    """Send one state line to $NOTIFY_SOCKET, also in the abstract namespace; False where there is no such socket.

    A service manager that does not listen is no reason to fail.
    """
    address = (os.environ if environ is None else environ).get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(1.0)
            channel.connect(address)
            channel.sendall(state.encode())
    except OSError:
        return False
    return True


def watchdog_seconds(environ: Mapping[str, str] | None = None) -> float | None:
    """How often the service manager wants to hear of us: half of WatchdogSec (sd_watchdog_enabled(3))."""
    microseconds = (os.environ if environ is None else environ).get("WATCHDOG_USEC", "")
    return int(microseconds) / 2_000_000 if microseconds.isdigit() and int(microseconds) > 0 else None
