"""Thousands of mails, connections that break again and again, UIDs that change in the middle: each mail once.

Their number is AUTOACK_SOAK; without it they are 1,000, which takes some fifteen seconds.
"""

import asyncio
import itertools
import os
import random
from collections import Counter

from tests.hazards.conftest import Room, question
from tests.hazards.test_mailboxes import renumber

MAILS = int(os.environ.get("AUTOACK_SOAK", "1000"))
AT_ONCE = 50
SEED = 20_261_122
LONGEST = 120.0  # seconds until a mail must be on record: after UIDs have changed, all are read again


def lay(room: Room, numbers: range) -> None:
    """These mails arrive, by one command."""
    now = room.clock.now()
    mails = [{"msg": question(number, date=now), "date": now} for number in numbers]
    status, told = room.account.connection().multiappend("Upiti", mails)
    assert status == "OK", told  # imapclient does not look at it


async def test_every_mail_is_recorded_exactly_once(room: Room) -> None:
    chance = random.Random(SEED)
    room.proxy.cut_after = (chance.randint(10, 60) for _ in itertools.count())
    server_away = asyncio.Lock()

    async def log_in(verb: str) -> None:
        if verb == "LOGIN":
            async with server_away:
                return

    room.proxy.on_command = log_in
    room.account.connection().create_folder("Upiti")
    room.watch("Upiti", poll=1, timeout=5)
    for first in range(0, MAILS, AT_ONCE):
        if first == MAILS // 2:
            # Nobody may have the folder open meanwhile: Dovecot's sessions would write the old Maildir's index into
            # the new one, and it refuses what is appended then ("Corrupted transaction log file … indexid changed").
            async with server_away:
                room.proxy.cut()
                await asyncio.to_thread(renumber, room.account, "Upiti")
                room.account.disconnect()
        upto = first + AT_ONCE
        await asyncio.to_thread(lay, room, range(first, upto))
        await room.until_count(upto, LONGEST)
    once = Counter(f"kupac{number}@kupac.example" for number in range(MAILS))
    assert Counter(room.customers()) == once
    assert Counter(room.receipts()) == once
    assert Counter(thread.customer_address for thread in room.threads()) == once
    assert room.quarantine() == []
    assert len({row.uidvalidity for row in room.rows()}) == 2
    assert room.proxy.cuts > 0
