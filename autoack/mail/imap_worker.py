"""Runs blocking IMAP calls in worker threads, so that a cancelled task leaves no worker behind."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

from autoack.errors import MailboxError
from autoack.mail.imap_connection import Connection, Dialling, ImapOptions, connect

_Result = TypeVar("_Result")


async def in_thread(
    executor: Executor, client: Connection, call: Callable[..., _Result], *arguments: Any
) -> _Result:
    """`call(*arguments)` in a worker, whose errors it raises; the call works on `client`.

    Cancelled, it cuts the connection and sees the worker out: there are never two on one connection.
    """
    working = asyncio.get_running_loop().run_in_executor(executor, call, *arguments)
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        client.abort()
        with contextlib.suppress(Exception):
            await working
        raise


async def open_connection(options: ImapOptions, executor: Executor) -> Connection:
    """A connection that is logged in; an access token that is refused is replaced once.

    Raises MailboxError, and TransportError where no token is to be had.
    """
    tokens = options.credentials.token
    try:
        return await _connect(options, executor)
    except MailboxError as error:
        if tokens is None or not error.permanent:
            raise
    tokens.forget()
    return await _connect(options, executor)


async def _connect(options: ImapOptions, executor: Executor) -> Connection:
    secret = await options.credentials.secret()
    dialling = Dialling()
    connecting = asyncio.get_running_loop().run_in_executor(executor, connect, options, secret, dialling)
    try:
        return await asyncio.shield(connecting)
    except asyncio.CancelledError:
        connecting.add_done_callback(
            _discard
        )  # a thread that dials cannot be stopped, but by connect_timeout
        dialling.give_up()
        raise


def _discard(connecting: "asyncio.Future[Connection]") -> None:
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().discard()
