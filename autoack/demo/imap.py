"""The demo's IMAP server: pymap with its mailboxes in memory, on a free port of loopback, for one user."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, Login
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

USER, PASSWORD = "podrska@primjer.example", "demo"
INBOX, SENT = "INBOX", "Sent"


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        return b"Server ready"  # pymap's own asks the name servers what this machine is called


@dataclass(frozen=True)
class ImapServer:
    """The running server. Mail is put into its folders as a mail server does on delivery."""

    port: int
    _folders: MailboxSet

    async def deliver(self, folder: str, raw: bytes, at: datetime) -> int:
        """Put a mail into a folder with that INTERNALDATE; returns its UID."""
        target = await self._folders.get_mailbox(folder)
        message = await target.append(AppendMessage(raw, at, frozenset()))
        return int(message.uid)

    async def contents(self, folder: str) -> list[tuple[int, frozenset[str]]]:
        """UID and flags of every mail in a folder."""
        source = await self._folders.get_mailbox(folder)
        return [
            (message.uid, frozenset(str(flag) for flag in message.permanent_flags))
            async for message in source.messages()
        ]


@asynccontextmanager
async def imap_server() -> AsyncIterator[ImapServer]:
    """Run the server as long as the context lasts."""
    login, config = await _one_user()
    async with login.demo_user_identity.new_session() as session:
        folders = session.mailbox_set
    await folders.add_mailbox(SENT)
    protocol = ProxyProtocolReader(config.proxy_protocol)
    accept = protocol.get_callback(IMAPServer(login, config))
    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield ImapServer(server.sockets[0].getsockname()[1], folders)
    finally:
        server.close()


async def _one_user() -> tuple[Login, Config]:
    config = _Config(
        Namespace(),
        host=None,
        port=0,
        tls_enabled=False,
        demo_data=False,
        demo_user=USER,
        demo_password=PASSWORD,
        hash_context=Cleartext(),
        cpu_subsystem=Subsystem.for_asyncio(),
        proxy_protocol=ProxyProtocolNoop(),
    )
    login = Login(config)
    await login.demo_user_identity.set(UserMetadata(config, USER, password=PASSWORD))
    return login, config
