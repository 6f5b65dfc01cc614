"""Fetches mails as Arrivals: header, structure, flags and the first octets of the text, never an attachment.

Everything is asked for with PEEK (RFC 3501 §6.4.5): reading sets no flag. A batch takes one command for heads
and one for each set of section numbers, nearly always one or two. Where a server cannot tell of a mail what
is asked, less is asked of that mail alone, and it comes as far as it can be told: the others do not wait.
"""

import imaplib
from collections.abc import Sequence
from datetime import datetime

from autoack.core.message import Arrival, Part, Place, RawMail
from autoack.core.mime import wanted_sections
from autoack.mail.bodystructure import Multipart, read_structure
from autoack.mail.imap_connection import Connection
from autoack.mail.imap_response import Value, read_internal_date

HEADER_OCTETS = 262_144
TEXT_OCTETS = 65_536

_HEADER = f"BODY.PEEK[HEADER]<0.{HEADER_OCTETS}>"
_DATES = ("INTERNALDATE", "FLAGS")
_HEAD = ("RFC822.SIZE", *_DATES, _HEADER)

Items = dict[bytes, Value]


class Fetcher:
    """Fetches from the folder that `client` has open.

    `now` (aware) stands in for an INTERNALDATE that cannot be told.
    """

    def __init__(
        self, client: Connection, mailbox: str, folder: str, uidvalidity: int, now: datetime
    ) -> None:
        self._client = client
        self._mailbox = mailbox
        self._folder = folder
        self._uidvalidity = uidvalidity
        self._now = now
        self._gmail = ("X-GM-THRID",) if client.has_capability("X-GM-EXT-1") else ()

    def fetch(self, uids: Sequence[int]) -> list[Arrival]:
        """Those mails that are still there, in the order of `uids`. Raises what imaplib and sockets do."""
        heads = self._heads(uids)
        structures = {uid: read_structure(items.get(b"BODYSTRUCTURE")) for uid, items in heads.items()}
        bodies = self._bodies({uid: parts for uid, (parts, _) in structures.items()})
        return [
            self._arrival(uid, heads[uid], structures[uid], bodies.get(uid, {}))
            for uid in uids
            if uid in heads
        ]

    def _heads(self, uids: Sequence[int]) -> dict[int, Items]:
        asked = (*_HEAD, *self._gmail, "BODYSTRUCTURE")
        try:
            heads = self._client.fetch_items(uids, asked)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if len(uids) > 1:
                return self._one_by_one(uids)
            return self._less(uids[0])
        for uid in [uid for uid, items in heads.items() if not _whole(items)]:
            heads.update(self._less(uid))
        missing = [uid for uid in uids if uid not in heads]
        if missing:
            heads.update(self._silent(missing))
        return heads

    def _silent(self, uids: Sequence[int]) -> dict[int, Items]:
        """Of those that the answer did not hold, what can be told of the ones that are still there.

        Nothing, where the server will not: then they are put aside, and not passed over.
        """
        listed = ",".join(map(str, uids))
        there = set(self._client.search(["UID", listed]))
        heads: dict[int, Items] = {}
        for uid in (uid for uid in uids if uid in there):
            heads[uid] = {}
            heads.update(self._less(uid))
        return heads

    def _one_by_one(self, uids: Sequence[int]) -> dict[int, Items]:
        """Each mail by itself: one of which the server tells nothing at all holds up no other.

        Raises where that is so of every one: then it is the server that is not well.
        """
        heads: dict[int, Items] = {}
        refusals: dict[int, imaplib.IMAP4.error] = {}
        for uid in uids:
            try:
                heads.update(self._heads([uid]))
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                refusals[uid] = error
        if refusals and not heads:
            raise next(iter(refusals.values()))
        return heads | {uid: {} for uid in refusals}

    def _less(self, uid: int) -> dict[int, Items]:
        """What can be told of a mail without its structure; that failing, without its header."""
        try:
            return self._client.fetch_items([uid], _HEAD)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            return self._client.fetch_items([uid], _DATES)

    def _bodies(self, parts: dict[int, tuple[Part, ...]]) -> dict[int, dict[str, bytes]]:
        alike: dict[tuple[str, ...], list[int]] = {}
        for uid, its_parts in parts.items():
            alike.setdefault(tuple(wanted_sections(its_parts)), []).append(uid)
        bodies: dict[int, dict[str, bytes]] = {}
        for sections, uids in alike.items():
            if sections:
                bodies.update(self._texts(uids, sections))
        return bodies

    def _texts(self, uids: Sequence[int], sections: Sequence[str]) -> dict[int, dict[str, bytes]]:
        asked = [f"BODY.PEEK[{section}]<0.{TEXT_OCTETS}>" for section in sections]
        try:
            found = self._client.fetch_items(uids, asked)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if len(uids) > 1:
                return {uid: texts for one in uids for uid, texts in self._texts([one], sections).items()}
            return {}
        return {
            uid: {section: _octets(items.get(f"BODY[{section}]".encode())) for section in sections}
            for uid, items in found.items()
        }

    def _arrival(
        self,
        uid: int,
        items: Items,
        structure: tuple[tuple[Part, ...], tuple[Multipart, ...]],
        bodies: dict[str, bytes],
    ) -> Arrival:
        size, thread = items.get(b"RFC822.SIZE"), items.get(b"X-GM-THRID")
        return Arrival(
            place=Place(self._mailbox, self._folder, self._uidvalidity, uid),
            received_at=read_internal_date(items.get(b"INTERNALDATE")) or self._now,
            flags=read_flags(items),
            raw=RawMail(
                header=_octets(items.get(b"BODY[HEADER]")),
                parts=structure[0],
                bodies=bodies,
                size=size if isinstance(size, int) else 0,
                multiparts=structure[1],
            ),
            gmail_thread=str(thread) if isinstance(thread, int) else None,
        )


def read_flags(items: Items) -> frozenset[str]:
    """The flags among the items of a mail, as the server writes them: "\\\\Answered"."""
    flags = items.get(b"FLAGS")
    if not isinstance(flags, tuple):
        return frozenset()
    return frozenset(flag.decode("ascii", "replace") for flag in flags if isinstance(flag, bytes))


def _whole(items: Items) -> bool:
    return b"BODY[HEADER]" in items and b"INTERNALDATE" in items


def _octets(value: Value) -> bytes:
    if isinstance(value, int):
        return b"%d" % value
    return value if isinstance(value, bytes) else b""
