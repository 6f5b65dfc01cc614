"""What tests share: a small executor, folders that are closed at the end, an SMTP server of either manner."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import SecretStr

from autoack.clock import Clock, WallClock
from autoack.mail.inbox import Credentials, Folder, ImapOptions
from tests.servers.dovecot import Account
from tests.servers.smtp import MakeServer, SmtpServer

WORKERS = 4


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    """The threads that all folders of a test share."""
    with ThreadPoolExecutor(WORKERS) as made:
        yield made


@pytest.fixture
async def folder_of(executor: ThreadPoolExecutor) -> AsyncIterator[Callable[..., Folder]]:
    """`folder_of(account, "INBOX", port=…, clock=…, …)`: a Folder, closed when the test ends."""
    made: list[Folder] = []

    def make(account: Account, name: str = "INBOX", *, clock: Clock | None = None, **options: Any) -> Folder:
        folder = Folder(
            "support", name, options_for(account, **options), executor=executor, clock=clock or WallClock()
        )
        made.append(folder)
        return folder

    yield make
    await asyncio.gather(*(folder.close() for folder in made))


@pytest.fixture(params=[False, True], ids=["one command at a time", "pipelining"])
def smtp(smtp_server: MakeServer, request: pytest.FixtureRequest) -> SmtpServer:
    """A server without TLS and login, that announces PIPELINING or does not: all that is told of it is the same."""
    server = smtp_server()
    server.pipelining = request.param
    return server


def options_for(account: Account, **changed: Any) -> ImapOptions:
    """How to reach the account's mailbox in clear, but for what is `changed`."""
    usual: dict[str, Any] = {
        "host": account.host,
        "port": account.port,
        "security": "none",
        "username": account.name,
        "credentials": Credentials(password=SecretStr(account.password)),
    }
    return ImapOptions(**{**usual, **changed})
