"""Every night: the digest for each of its readers, once.

A digest is an outbox row under its key: a start after the hour sends it late, a second start or replica sends
nothing. `autoack digest` builds and queues through the same functions.

What a digest of the past shows: the figures of its time are exact as long as retention keeps events and
mails. The lists show the moment at which it was queued (or its own, if it never was): there the last wait of
a thread is exact; of an earlier one the promises are counted anew by the policy of today. Subject and
assignee, deferred and held mails and the quarantine are those of now; deleted or erased threads are missing.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core import digest as core
from autoack.core import ladder
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.digest import Digest, Promises
from autoack.core.ours import message_id
from autoack.core.policy import Desk, Mailbox, Person
from autoack.letters.digest import DigestLetter, compose
from autoack.store import history, meta, outbox

log = logging.getLogger(__name__)

_DONE = "digest_done"  # the fact in `meta`: the date of the last night that was dealt with


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


class Nightly:
    """Sends the digest when its hour has come."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database
        self._since: datetime | None = None  # when the database was made
        self._done: date | None = None  # the last night that needs no further look

    async def step(self, now: datetime) -> int:
        """Queue the digests of the last night, if that has not been done; returns how many are new."""
        plan, zone = self._desk.digest, self._desk.organisation.zone
        if self._since is None:
            self._since = await self._database.run(meta.created_at)
        night = core.last_night(plan, zone, now, self._since)
        if night is None or night == self._done:
            return 0
        keys: list[str] = await self._database.run(_queue_once, self._desk, night, now)
        self._done = night
        if keys:
            log.info("digest of %s queued for %d people", night.isoformat(), len(keys))
        return len(keys)


def build_digest(conn: Connection, desk: Desk, person: Person, night: date, now: datetime) -> Digest:
    """The digest of that night for that person: what was sent, or what would be sent `now`."""
    organisation = desk.organisation
    of_night = core.night_of(desk.digest, organisation.zone, night)
    sent_at = history.queued_at(conn, core.key(night, person.id))
    as_of = core.stands_at(of_night, now, sent_at)
    horizon = core.end_of_next_day(of_night, organisation.zone)
    facts = history.facts(conn, of_night, as_of, horizon, _promises(desk))
    return core.build(facts, organisation, person, desk.people, of_night, as_of)


def digest_letter(conn: Connection, desk: Desk, person: Person, night: date, now: datetime) -> DigestLetter:
    """The same as a mail, dated `now`: `autoack digest` shows it, the outbox sends it."""
    digest = build_digest(conn, desk, person, night, now)
    return _letter(conn, desk, digest, now)


def queue(
    conn: Connection, desk: Desk, night: date, now: datetime, *, although_calm: bool = False
) -> list[str]:
    """Queue the digests of that night that were never queued; returns their keys.

    With `when: overdue` a night with nothing overdue gets none, unless somebody asks (`although_calm`).
    """
    keys = {core.key(night, person): person for person in desk.digest.to}
    missing = keys.keys() - history.queued(conn, list(keys))
    rows = []
    for key in sorted(missing):
        digest = build_digest(conn, desk, desk.people[keys[key]], night, now)
        if digest.overdue or although_calm or not desk.digest.only_overdue:
            rows.append(_outgoing(key, _first_mailbox(desk), _letter(conn, desk, digest, now), now))
    return sorted(outbox.add(conn, rows))


def _queue_once(conn: Connection, desk: Desk, night: date, now: datetime) -> list[str]:
    """As `queue`, unless the night was dealt with before: a calm one is not judged anew at a later hour."""
    done = meta.get(conn, _DONE)
    if done is not None and done >= night.isoformat():
        return []
    keys = queue(conn, desk, night, now)
    meta.put(conn, _DONE, night.isoformat())
    return keys


def _letter(conn: Connection, desk: Desk, digest: Digest, now: datetime) -> DigestLetter:
    mailbox = _first_mailbox(desk)
    key = core.key(digest.night.date, digest.person.id)
    identifier = message_id(key, mailbox.domain, meta.installation(conn))
    return compose(digest, mailbox, identifier, now, attach=desk.digest.csv)


def _outgoing(key: str, mailbox: Mailbox, letter: DigestLetter, now: datetime) -> Outgoing:
    return Outgoing(
        key=key,
        kind=MailKind.DIGEST,
        mailbox=mailbox.id,
        to=letter.to,
        message_id=letter.message_id,
        raw=letter.raw,
        created_at=now,
        next_at=now,
    )


def _first_mailbox(desk: Desk) -> Mailbox:
    return next(iter(desk.mailboxes.values()))


def _promises(desk: Desk) -> Promises:
    def promises(mailbox: str, since: datetime) -> tuple[datetime | None, datetime | None] | None:
        known = desk.mailboxes.get(mailbox)
        if known is None:
            return None
        return ladder.promise(known.policy, since), ladder.resolution(known.policy, since)

    return promises
