"""What logs in to a server: a password, or access tokens that a command of the ops prints (XOAUTH2)."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr

from autoack.errors import TransportError

TOKEN_LIFETIME = 300.0  # seconds; a token's own life is unknown here, and an hour where it is told


class TokenSource(Protocol):
    """Gives access tokens; aiosmtplib takes one as its `oauth_token_generator`."""

    async def __call__(self) -> str:
        """An access token. Raises TransportError where there is none to be had."""
        ...

    def forget(self) -> None:
        """The server refused the last token: the next call gives a new one."""
        ...


@dataclass(frozen=True)
class Credentials:
    """What proves who we are: exactly one of the two is given."""

    password: SecretStr | None = None
    token: TokenSource | None = None

    def __post_init__(self) -> None:
        if (self.password is None) == (self.token is None):
            raise ValueError("credentials are a password or a source of tokens")

    async def secret(self) -> str:
        """The password, or a token that is good now. Raises TransportError where no token is to be had."""
        if self.token is not None:
            return await self.token()
        assert self.password is not None
        return self.password.get_secret_value()


class TokenCommand:
    """Runs the ops' command (no shell) and takes the first line that it prints for the access token.

    A token is kept for `lifetime` seconds, or until `forget`. Messages name the program and never quote what
    it printed: it may be the token.
    """

    def __init__(
        self, command: Sequence[str], *, timeout: float = 30.0, lifetime: float = TOKEN_LIFETIME
    ) -> None:
        if not command:
            raise ValueError("the command is empty")
        self._command = tuple(command)
        self._timeout = timeout
        self._lifetime = lifetime
        self._token: str | None = None
        self._good_until = 0.0  # by the event loop's clock
        self._one_at_a_time = asyncio.Lock()

    def __repr__(self) -> str:
        return f"TokenCommand({self._command[0]!r})"  # its arguments may be secret

    async def __call__(self) -> str:
        """An access token. Raises TransportError where the command fails or prints nothing."""
        async with self._one_at_a_time:
            now = asyncio.get_running_loop().time
            if self._token is None or now() >= self._good_until:
                self._token = await self._run()
                self._good_until = now() + self._lifetime
            return self._token

    def forget(self) -> None:
        """The server refused the last token: the next call runs the command."""
        self._token = None

    async def _run(self) -> str:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # so that what it started ends with it
            )
        except OSError as error:
            raise self._failure(f"cannot be run: {error.strerror}", permanent=True) from error
        try:
            async with asyncio.timeout(self._timeout):
                output, _ = await process.communicate()
        except TimeoutError:
            raise self._failure(f"gave no token within {self._timeout:g} s") from None
        finally:
            await _end(process)
        if process.returncode != 0:
            raise self._failure(f"ended with status {process.returncode}")
        return self._token_in(output)

    def _token_in(self, output: bytes) -> str:
        token = output.split(b"\n", 1)[0].strip()
        # RFC 6750 §2.1: a bearer token is printable ASCII without spaces.
        if not token or not all(0x21 <= octet <= 0x7E for octet in token):
            raise self._failure("printed no access token in its first line")
        return token.decode("ascii")

    def _failure(self, what: str, *, permanent: bool = False) -> TransportError:
        return TransportError(
            f"oauth.token_command {self._command[0]} {what}; run it by hand, as this user, to see why",
            permanent=permanent,
        )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
