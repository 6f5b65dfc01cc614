"""Shows in a file that the event loop turns: for containers, where no service manager listens.

The file's age tells. A container's health check asks `find` for it (Dockerfile), so that asking costs no
interpreter. It says that the daemon is alive, not that every server can be reached: for that there are alerts,
and starting the daemon anew would not help.
"""

import logging
import os
from collections.abc import Mapping
from pathlib import Path

log = logging.getLogger(__name__)

NAME = "autoack.alive"
EVERY = 5.0  # seconds


def heartbeat_file(environ: Mapping[str, str] | None = None) -> Path | None:
    """The file in $RUNTIME_DIRECTORY, the first where there are several (systemd.exec(5)); None without one."""
    folders = (os.environ if environ is None else environ).get("RUNTIME_DIRECTORY", "")
    folder = folders.partition(":")[0]
    return Path(folder, NAME) if folder else None


def beat(file: Path) -> bool:
    """Make the file young; False where it cannot be written, which the log tells."""
    try:
        file.touch(mode=0o644)
    except OSError as error:
        log.warning("no heartbeat: %s: %s", file, (error.strerror or "cannot be written").lower())
        return False
    return True
