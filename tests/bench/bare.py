"""The bare loop: what fetching, parsing, a row and a fixed mail cost with the same libraries and nothing else.

imapclient fetches the header and 8 KiB of text in batches of 200, the email package parses them (compat32), SQLite
takes one transaction a batch, and aiosmtplib sends one fixed receipt each over four connections that are reused.
"""

import asyncio
import email
import resource
import sqlite3
import sys
import time

import aiosmtplib
from imapclient import IMAPClient

BATCH, CONNECTIONS = 200, 4
RECEIPT = (
    "From: podrska@vocar.example\r\nTo: {to}\r\nSubject: Re: {subject}\r\nAuto-Submitted: auto-replied\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe have your mail.\r\n"
)


async def main(imap_port: int, user: str, password: str, smtp_port: int, database: str) -> None:
    client = IMAPClient("127.0.0.1", imap_port, ssl=False)
    client.login(user, password)
    client.select_folder("INBOX", readonly=True)
    rows = sqlite3.connect(database)
    rows.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE mails (uid INTEGER PRIMARY KEY, sender, subject)"
    )
    queue: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
    print(time.time(), flush=True)
    senders = [asyncio.create_task(_send(queue, smtp_port)) for _ in range(CONNECTIONS)]
    uids = client.search("ALL")
    for start in range(0, len(uids), BATCH):
        batch = uids[start : start + BATCH]
        found = await asyncio.to_thread(client.fetch, batch, ["BODY.PEEK[HEADER]", "BODY.PEEK[TEXT]<0.8192>"])
        with rows:
            for uid, items in found.items():
                mail = email.message_from_bytes(items[b"BODY[HEADER]"] + items[b"BODY[TEXT]<0>"])
                sender = mail["From"].partition("<")[2].partition(">")[0]
                rows.execute("INSERT INTO mails VALUES (?, ?, ?)", (uid, sender, mail["Subject"]))
                queue.put_nowait((sender, mail["Subject"]))
    for _ in senders:
        queue.put_nowait(None)
    await asyncio.gather(*senders)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(usage.ru_utime + usage.ru_stime, flush=True)


async def _send(queue: asyncio.Queue[tuple[str, str] | None], port: int) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as smtp:
        while (mail := await queue.get()) is not None:
            to, subject = mail
            await smtp.sendmail("", [to], RECEIPT.format(to=to, subject=subject).encode())


if __name__ == "__main__":
    imap_port, user, password, smtp_port, database = sys.argv[1:]
    asyncio.run(main(int(imap_port), user, password, int(smtp_port), database))
