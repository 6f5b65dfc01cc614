"""Checkpoints."""

from dataclasses import replace

from autoack.store import folders
from autoack.store.engine import Database
from autoack.store.folders import Checkpoint
from tests.store.samples import HOUR, NOW

INBOX = Checkpoint("support", "INBOX", 7, 41, NOW, NOW)


def test_a_folder_that_was_never_met_has_no_checkpoint(database: Database) -> None:
    assert database.read(folders.get, "support", "INBOX") is None


def test_the_last_checkpoint_counts_and_folders_do_not_mix(database: Database) -> None:
    sent = replace(INBOX, folder="Sent", last_uid=4_294_967_295, uidvalidity=4_294_967_295)
    later = replace(INBOX, last_uid=42, in_step_at=NOW + HOUR)
    for checkpoint in (INBOX, sent, later):
        database.transact(folders.save, checkpoint)
    assert database.read(folders.get, "support", "INBOX") == later
    assert database.read(folders.get, "support", "Sent") == sent
