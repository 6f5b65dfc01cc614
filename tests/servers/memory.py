"""Where the tests' files lie: in memory where there is room, for a disk makes each commit wait for its platter."""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 2_000_000_000  # bytes


def fast_place() -> str | None:
    """A folder in memory with room, in which programs may be run; None (the usual place) where there is none."""
    if not _MEMORY.is_dir() or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return None
    if os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC or shutil.disk_usage(_MEMORY).free < _ROOM:
        return None
    return str(_MEMORY)


def lay_files_there() -> None:
    """From now on temporary files of this process and of its children lie there, unless TMPDIR names a place."""
    place = fast_place()
    if place is not None and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = place
        tempfile.tempdir = None
