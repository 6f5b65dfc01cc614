"""The benchmark's own Dovecot."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.dovecot import DovecotServer


@contextlib.contextmanager
def private_dovecot() -> Iterator[DovecotServer]:
    """A Dovecot in a temporary folder, stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="autoack-dovecot-"))
    folder.chmod(0o755)  # its login process runs as another user
    server = DovecotServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
