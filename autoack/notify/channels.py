"""Reaches people by services other than mail: one message by Apprise, in a thread of the channel's own.

A channel's URL is a secret. Apprise and the HTTP library below it write URLs into their logs: these are silenced
here, and only what a log line says of the outcome (`error=404`) is read from them.
"""

import asyncio
import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from pydantic import SecretStr

from autoack.core.delivery import CHANNEL, Answer, Result
from autoack.errors import ConfigError

MISSING = "channels are set, but Apprise is not installed: pip install 'autoack[channels]'"
TIMEOUT = 30.0  # seconds for one message; Apprise itself waits 4 s to connect and 4 s for an answer
_CHATTY = ("apprise", "urllib3", "requests_oauthlib", "oauthlib")
_CODE = re.compile(r"\berror=(\d{3})\b")
_WAIT_AND_TRY = frozenset({408, 425, 429})  # of the 4xx: trying again can help


class Channel:
    """One channel of the configuration: a lane of the outbox, and its one connection.

    Raises ConfigError where Apprise is not installed, or does not know such a URL.
    """

    envelope = None
    connections = 1
    per_minute = 0
    address = ""

    def __init__(self, name: str, url: SecretStr) -> None:
        self.host = name
        self._service = _service(name, url)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"channel-{name}")

    @property
    def id(self) -> str:
        """What `mailbox` says in the outbox rows of this channel."""
        return f"{CHANNEL}{self.host}"

    def connect(self) -> "Channel":
        """Each message is a connection of its own."""
        return self

    async def send(self, *, sender: str, to: str, raw: bytes) -> Result:
        """Send a message: its title is the first line of `raw`. Never raises but for a cancellation."""
        title, _, text = raw.decode("utf-8", "replace").partition("\n")
        loop = asyncio.get_running_loop()
        sending = loop.run_in_executor(self._executor, _send, self._service, title, text or title)
        try:
            return await asyncio.wait_for(sending, TIMEOUT)
        except TimeoutError:
            return Result(Answer.TEMPORARY, f"channel {self.host}: no answer within {TIMEOUT:g} s", "connect")

    async def close(self) -> None:
        """Nothing is kept open between messages."""


def _service(name: str, url: SecretStr) -> Any:
    _silence()
    try:
        apprise = import_module("apprise")
    except ImportError as error:
        raise ConfigError(f"channels.{name}: {MISSING}") from error
    # In the calling thread, and without what Apprise can keep on disk.
    asset = apprise.AppriseAsset(app_id="autoack", app_desc="autoack", async_mode=False)
    try:
        service = apprise.Apprise.instantiate(url.get_secret_value(), asset=asset, suppress_exceptions=True)
    except Exception:  # whose words may hold the URL
        service = None
    if service is None:
        raise ConfigError(
            f"channels.{name}.url: Apprise knows no such service, or a part of the URL is missing or malformed; "
            "https://appriseit.com/services/ tells how each is written"
        )
    return service


def _send(service: Any, title: str, text: str) -> Result:
    _overheard.lines = []
    try:
        taken = service.notify(body=text, title=title, body_format="text")
    except Exception as error:
        return Result(Answer.TEMPORARY, f"the service could not be used: {type(error).__name__}", "data")
    if taken:
        return Result(Answer.ACCEPTED)
    codes = [int(match[1]) for line in _overheard.lines if (match := _CODE.search(line))]
    if not codes:
        return Result(
            Answer.TEMPORARY, "the service could not be reached, or did not take the message", "data"
        )
    permanent = 400 <= codes[-1] < 500 and codes[-1] not in _WAIT_AND_TRY
    answer = Answer.PERMANENT if permanent else Answer.TEMPORARY
    return Result(answer, f"the service answered with HTTP {codes[-1]}", "data")


class _Overheard(threading.local):
    """What a service's plugin has logged in this thread during one message."""

    lines: list[str]

    def __init__(self) -> None:
        self.lines = []


class _Listening(logging.Handler):
    """Takes log lines in, and lets none out."""

    def emit(self, record: logging.LogRecord) -> None:
        _overheard.lines.append(record.getMessage())


_overheard = _Overheard()
_listening = _Listening()


def _silence() -> None:
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
        if _listening not in logger.handlers:
            logger.addHandler(_listening)
