"""From which mail on a folder is read: its checkpoint at first sight, after a reset, and batch by batch.

All functions work in the caller's transaction.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from autoack.flows.intake.folder import FolderStatus, Watched
from autoack.store import folders, meta
from autoack.store.folders import Checkpoint, Counted

log = logging.getLogger(__name__)


def settle(conn: Connection, folder: Watched, status: FolderStatus, now: datetime) -> Checkpoint:
    """From which UID on the folder's mails count, now that it is open."""
    known = folders.get(conn, folder.mailbox.id, folder.name)
    if known is None:
        return _first_sight(conn, folder, status, now)
    if known.uidvalidity == status.uidvalidity:
        return known
    log.warning("UIDVALIDITY changed: mails are recognised by Message-ID", extra=folder.where)
    return _begin_anew(conn, folder, replace(known, uidvalidity=status.uidvalidity), now)


def restored(conn: Connection, folder: Watched, known: Checkpoint, now: datetime) -> Checkpoint:
    """The server has an older state of the folder: its UIDs stand for other mails now."""
    log.warning(
        "the folder is in an older state, with the same UIDVALIDITY: mails are recognised by Message-ID",
        extra=folder.where,
    )
    folders.displace(conn, folder.mailbox.id, folder.name, known.uidvalidity)
    return _begin_anew(conn, folder, known, now)


def _begin_anew(conn: Connection, folder: Watched, known: Checkpoint, now: datetime) -> Checkpoint:
    """UIDs stand for other mails now: all are read again."""
    meta.put(conn, _resync(folder), known.in_step_at.isoformat())
    renewed = replace(known, last_uid=0)
    folders.save(conn, renewed)
    folders.save_counted(conn, folder.mailbox.id, folder.name, Counted(1, now))
    return renewed


def _first_sight(conn: Connection, folder: Watched, status: FolderStatus, now: datetime) -> Checkpoint:
    """First contact is harmless (DESIGN principle 6): by default what lies there is passed over."""
    skip = folder.sent or folder.mailbox.backlog == "ignore"
    checkpoint = Checkpoint(
        mailbox=folder.mailbox.id,
        folder=folder.name,
        uidvalidity=status.uidvalidity,
        last_uid=status.uid_next - 1 if skip else 0,
        first_seen_at=now,
        in_step_at=now,
    )
    folders.save(conn, checkpoint)
    first = Counted(checkpoint.last_uid + 1, now)
    folders.save_counted(conn, folder.mailbox.id, folder.name, first)
    return checkpoint


def old_before(conn: Connection, folder: Watched, checkpoint: Checkpoint) -> tuple[datetime, bool] | None:
    """Mail from before this moment is backlog; the second value asks for its Date field to agree.

    After a change of UIDVALIDITY that is the moment at which the folder was last in step (DESIGN section 5).
    """
    resync = meta.get(conn, _resync(folder))
    if resync is not None:
        return datetime.fromisoformat(resync), True
    if folder.sent or folder.mailbox.backlog == "answer":
        return None
    return checkpoint.first_seen_at, False


def in_step(conn: Connection, folder: Watched, at: datetime) -> None:
    """The folder was read to its end."""
    checkpoint = folders.get(conn, folder.mailbox.id, folder.name)
    if checkpoint is not None:
        folders.save(conn, replace(checkpoint, in_step_at=at))
    meta.remove(conn, _resync(folder))


def advance(conn: Connection, checkpoint: Checkpoint, uids: Sequence[int], uidvalidity: int) -> None:
    """These UIDs have been dealt with."""
    if checkpoint.uidvalidity == uidvalidity and max(uids) > checkpoint.last_uid:
        folders.save(conn, replace(checkpoint, last_uid=max(uids)))


def present(conn: Connection, folder: Watched) -> Checkpoint:
    """The checkpoint of a folder that was opened before."""
    checkpoint = folders.get(conn, folder.mailbox.id, folder.name)
    assert checkpoint is not None
    return checkpoint


def _resync(folder: Watched) -> str:
    """Where it is noted that the folder is read anew, and since when it was not in step."""
    return f"resync:{folder.mailbox.id}:{folder.name}"
