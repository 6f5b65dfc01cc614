"""Every night: the digest for each of its readers, once.

A digest is an outbox row under its key: a start after the hour sends it late, a second start or replica sends
nothing. `autoack digest` builds and queues through the same functions.

With `digest.leads` each lead gets one about their teams, unless they get the whole one already.

What a digest of the past shows is counted anew from events: its figures are exact as long as retention keeps
them. The lists show the moment at which it was queued (or its own, if it never was), with whose the threads were
and what had been done, and with the promises that held then; only of an earlier wait that an older version recorded
they are counted by the policy of today. Subject, priority and category are those of now; deleted or erased threads
are missing. Mails put off, held back and in quarantine are as noted when it was queued, and left out if it never was.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from autoack.core import digest as core
from autoack.core import ladder, nights
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.digest import Digest, Facts, Standing
from autoack.core.nights import Night
from autoack.core.ours import message_id
from autoack.core.policy import Desk, Mailbox, Person
from autoack.core.satisfaction import first_month
from autoack.core.waiting import Promises, Waiting
from autoack.letters.digest import DigestLetter, compose
from autoack.store import history, meta, outbox, past

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
        night = nights.last_night(plan, zone, now, self._since)
        if night is None or night == self._done:
            return 0
        keys: list[str] = await self._database.run(_queue_once, self._desk, night, now)
        self._done = night
        if keys:
            log.info("digest of %s queued for %d people", night.isoformat(), len(keys))
        return len(keys)


def build_digest(conn: Connection, desk: Desk, person: Person, night: date, now: datetime) -> Digest:
    """The digest of that night for that person: what was sent, or what would be sent `now`."""
    teams = core.readers(desk).get(person.id, ())
    of_night = nights.night_of(desk.digest, desk.organisation.zone, night)
    sent_at = history.queued_at(conn, nights.key(night, person.id))
    as_of = nights.stands_at(of_night, now, sent_at)
    facts = _facts(conn, desk, of_night, as_of, core.scope(desk, teams))
    if as_of == now:
        standing: Standing | None = history.standing(conn, core.scope(desk, teams))
    else:
        standing = history.noted_standing(conn, nights.key(night, person.id), as_of)
    return core.build(replace(facts, standing=standing), desk, person, teams, of_night, as_of)


def _facts(
    conn: Connection, desk: Desk, night: Night, as_of: datetime, boxes: frozenset[str] | None
) -> Facts:
    zone = desk.organisation.zone
    since, until = night.since, min(as_of, night.moment)
    lately = nights.starts(desk.digest, zone, night.date, core.NIGHTS)[0]
    horizon = nights.end_of_next_day(night, zone)
    waiting = past.waiting_at(conn, as_of, horizon, _promises(desk), boxes)
    return Facts(
        waiting=waiting,
        told=past.last_steps(conn, waiting, as_of),
        answers=history.answers(conn, lately, until, as_of, boxes),
        receipts=history.receipts_sent(conn, since, until, boxes),
        not_answered=history.not_answered(conn, since, until, boxes),
        bounced=history.bounced(conn, since, until, boxes),
        failed=history.failed_mails(conn, since, until, boxes),
        ratings=history.ratings(conn, lately, until, boxes),
        voiced=history.voiced(conn, first_month(night.date, zone), until, boxes),
    )


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
    keys = {nights.key(night, person): person for person in core.readers(desk)}
    missing = keys.keys() - history.queued(conn, list(keys))
    rows, digests = [], {}
    for key in sorted(missing):
        digest = build_digest(conn, desk, desk.people[keys[key]], night, now)
        if digest.overdue or although_calm or not desk.digest.only_overdue:
            rows.append(_outgoing(key, _first_mailbox(desk), _letter(conn, desk, digest, now), now))
            digests[key] = digest
    added = sorted(outbox.add(conn, rows))
    for key in added:
        standing = digests[key].standing
        if standing is not None:
            history.note_standing(conn, key, standing, now)
    return added


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
    key = nights.key(digest.night.date, digest.person.id)
    secret = meta.installation(conn)
    identifier = message_id(key, mailbox.domain, secret)
    return compose(digest, mailbox, identifier, now, attach=desk.digest.csv, secret=secret)


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
    def promises(thread: Waiting, since: datetime) -> tuple[datetime | None, datetime | None] | None:
        known = desk.mailbox_of(thread.mailbox, thread.policy)
        if known is None:
            return None
        return ladder.promise(known.policy, since), ladder.resolution(known.policy, since)

    return promises
