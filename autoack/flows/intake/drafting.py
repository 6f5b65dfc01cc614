"""Drafts of answers for the mails of a batch: recorded with them, laid later (`flows/drafts`)."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from autoack.core.policy import Mailbox
from autoack.core.thread import Known
from autoack.letters.drafts import Drafter
from autoack.store import drafts
from autoack.store.intake import Entry

log = logging.getLogger(__name__)


def draft_answers(
    conn: Connection,
    entries: Sequence[Entry],
    known: Known,
    drafter: Drafter | None,
    mailbox: Mailbox,
    salt: str,
    now: datetime,
) -> None:
    """Record a draft for each of these new mails that an answer fits; a thread gets one, once."""
    if drafter is None:
        return
    before = drafts.having(conn, {entry.decision.thread.ref for entry in entries if entry.decision.thread})
    for entry in entries:
        thread = entry.decision.thread
        if thread is None or thread.ref in before:
            continue
        try:
            made = drafter.draft(entry.mail, entry.decision, known, mailbox, salt=salt, now=now)
        except Exception:  # the mail itself is on record and answered all the same
            log.exception("a draft could not be written", extra={"ref": thread.ref})
            continue
        if made:
            draft, answer = made
            drafts.add(conn, draft, f"the answer {answer.id} ({answer.language}) fits")
