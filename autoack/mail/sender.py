"""Hands mails to an SMTP server over one connection that is kept and reused (RFC 5321, RFC 6409).

Every attempt ends in a Result; nothing but cancellation is raised. What is wrong with the way to the server
(connection, TLS, login) is temporary for the mail: ops mend it, and the mail goes.
"""

import asyncio
import base64
import contextlib
import socket
import ssl
from dataclasses import dataclass
from typing import Literal

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse, SMTPResponseException

from autoack.core.delivery import Answer, Result
from autoack.errors import SubmissionError
from autoack.mail import tls
from autoack.mail.dialogue import Dialogue
from autoack.mail.oauth import Credentials
from autoack.mail.transaction import Transaction

FAREWELL = 2.0  # seconds that a polite end may take
_ATTEMPT = 9  # timeouts that one attempt may take; the outbox takes one of ten minutes for abandoned
_LOGIN_WANTED = (530, 534, 535, 538)  # RFC 4954 §6; some servers say so to MAIL or DATA only
_TRANSACTION = ("mail", "rcpt", "data")


@dataclass(frozen=True)
class SmtpOptions:
    """How a mailbox's server is reached. Times are in seconds of real time.

    A `username` needs `credentials`; without one there is no login. `local_hostname` is what we call
    ourselves; None: the address of our end of the connection (RFC 5321 §4.1.4). A connection is closed when
    it was not used for `idle` seconds.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    ssl_context: ssl.SSLContext | None = None  # the system's authorities
    username: str | None = None
    credentials: Credentials | None = None
    timeout: float = 60.0
    local_hostname: str | None = None
    idle: float = 60.0


class Submission:
    """One connection: opened when it is first needed, and again when it was lost."""

    def __init__(self, options: SmtpOptions) -> None:
        self._options = options
        self._smtp: aiosmtplib.SMTP | None = None
        self._dialogue: Dialogue | None = None
        self._stage = ""
        self._secret = ""
        self._again = False
        self._one_at_a_time = asyncio.Lock()
        self._used_at = 0.0
        self._idle_timer: asyncio.TimerHandle | None = None
        self._idle_task: asyncio.Task[None] | None = None

    async def send(self, *, sender: str, to: str, raw: bytes) -> Result:
        """Hand over one mail; `sender` "" is the null sender `<>`. `raw` has CRLF, and no dot doubled.

        TEMPORARY with "unknown" in its detail: the server may have taken the mail, and did not tell us.
        """
        async with self._one_at_a_time:
            result = await self._attempt(sender, to, raw)
            if self._again:
                result = await self._attempt(sender, to, raw)
            self._close_when_idle()
            return result

    async def close(self) -> None:
        """Take leave of the server and close the connection; a later `send` opens a new one."""
        async with self._one_at_a_time:
            await self._leave()

    # --- one attempt ---------------------------------------------------------------------------------------

    async def _attempt(self, sender: str, to: str, raw: bytes) -> Result:
        reused, self._again = self._connected, False
        try:
            async with asyncio.timeout(_ATTEMPT * self._options.timeout) as limit:
                dialogue = self._dialogue if reused and self._dialogue else await self._connect()
                transaction = Transaction(dialogue, limit, self._options.timeout)
                reply = await self._transfer(transaction, sender, to, raw)
        except Exception as error:  # whatever it is, it is this mail's result, and not the end of the rest
            await self._clear_up(error)
            self._again = self._another_try_may_help(error, reused)
            return _explain(error, self._stage, self._options, self._secret)
        except asyncio.CancelledError:
            self._drop()
            raise
        return Result(Answer.ACCEPTED, f"{reply.code} {_one_line(reply.message)}")

    async def _transfer(self, transaction: Transaction, sender: str, to: str, raw: bytes) -> SMTPResponse:
        try:
            return await transaction.run(sender, to, raw)
        finally:
            self._stage = transaction.stage

    async def _clear_up(self, error: Exception) -> None:
        """Leave the connection fit for the next mail, or closed."""
        refused = isinstance(error, SMTPResponseException) and error.code > 0
        never_sent = isinstance(error, ValueError)  # the address cannot be written in a command
        # Servers differ in what is left of the envelope after a refusal; RSET leaves nothing.
        in_step = self._stage in _TRANSACTION and (refused or never_sent)
        if not (in_step and await self._ask(b"RSET", self._options.timeout)):
            self._drop()

    def _another_try_may_help(self, error: Exception, reused: bool) -> bool:
        """Whether it was the connection or the token that had grown too old. Nothing was handed over yet."""
        credentials = self._options.credentials
        if isinstance(error, aiosmtplib.SMTPAuthenticationError) and credentials and credentials.token:
            credentials.token.forget()
            return True
        return reused and self._stage == "mail" and not self._connected

    # --- the connection ------------------------------------------------------------------------------------

    @property
    def _connected(self) -> bool:
        return self._dialogue is not None and self._dialogue.is_open

    async def _ask(self, command: bytes, seconds: float) -> bool:
        """Whether the server agrees to this command within so many seconds."""
        if self._dialogue is None:
            return False
        with contextlib.suppress(SMTPException, TimeoutError):
            async with asyncio.timeout(seconds):
                self._dialogue.say(command + b"\r\n")
                return (await self._dialogue.reply()).code // 100 == 2
        return False

    async def _connect(self) -> Dialogue:
        options, self._stage = self._options, "connect"
        smtp = self._smtp = aiosmtplib.SMTP(
            hostname=options.host,
            port=options.port,
            timeout=options.timeout,
            use_tls=options.security == "tls",
            start_tls=False,  # None would go on in clear where the server offers no TLS
            tls_context=None if options.security == "none" else options.ssl_context or tls.context(),
            local_hostname=options.local_hostname or "localhost",  # until there is a connection: see below
        )
        await smtp.connect()
        if options.local_hostname is None:
            smtp.local_hostname = _literal(smtp.get_transport_info("sockname")[0])
        if options.security == "starttls":
            await smtp.starttls()
        await smtp.ehlo()
        if options.username is not None and options.credentials is not None:
            self._stage = "auth"
            await self._log_in(smtp, options.username, options.credentials)
        self._dialogue = Dialogue(smtp)
        return self._dialogue

    async def _log_in(self, smtp: aiosmtplib.SMTP, username: str, credentials: Credentials) -> None:
        self._secret = await credentials.secret()
        if credentials.token is None:
            await smtp.login(username, self._secret)
        elif "xoauth2" in smtp.server_auth_methods:
            await smtp.auth_xoauth2(username, self._secret)
        else:
            raise SubmissionError("the server offers no XOAUTH2, which a sign-in by access token needs")

    async def _leave(self) -> None:
        if self._connected:
            await self._ask(b"QUIT", FAREWELL)
        self._drop()

    def _drop(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None
        smtp, self._smtp, self._dialogue = self._smtp, None, None
        if smtp is not None:
            transport = smtp.transport
            smtp.close()
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()  # close() of a TLS connection waits half a minute for the other side

    def _close_when_idle(self) -> None:
        self._used_at = asyncio.get_running_loop().time()
        if self._idle_timer is None and self._connected:
            self._look_again_in(self._options.idle)

    def _look_again_in(self, seconds: float) -> None:
        # One timer that finds out how long it was, and not a new one for each mail.
        self._idle_timer = asyncio.get_running_loop().call_later(seconds, self._end_if_idle)

    def _end_if_idle(self) -> None:
        loop, self._idle_timer = asyncio.get_running_loop(), None
        left = self._used_at + self._options.idle - loop.time()
        if self._one_at_a_time.locked():
            self._look_again_in(self._options.idle)
        elif left > 0:
            self._look_again_in(left)
        else:
            self._idle_task = loop.create_task(self.close())  # the reference keeps the task alive


# --- what went wrong, in words -----------------------------------------------------------------------------


def _explain(error: Exception, stage: str, options: SmtpOptions, secret: str) -> Result:
    """The Result for what aiosmtplib, the socket or the token source raised."""
    if isinstance(error, SMTPResponseException) and error.code in _LOGIN_WANTED:
        stage = "auth"
    if stage in _TRANSACTION:
        return _explain_transaction(error, stage)
    what = _told_at_login(error) if stage == "auth" else _told_at_connect(error)
    for shown in _forms_of(secret, options.username or ""):
        what = what.replace(shown, "***")
    return Result(Answer.TEMPORARY, f"SMTP {options.host}:{options.port}: {what}", stage)


def _explain_transaction(error: Exception, stage: str) -> Result:
    if isinstance(error, SMTPResponseException) and error.code > 0:
        permanent = 500 <= error.code < 600
        return Result(Answer.PERMANENT if permanent else Answer.TEMPORARY, _words(error), stage)
    if isinstance(error, ValueError):
        why = f"the address cannot be written in an SMTP command (RFC 5321 §4.1.2): {_one_line(str(error))}"
        return Result(Answer.PERMANENT, why, stage)
    what = _told_by_system(error)
    if stage == "data":
        what += "; whether the server took the mail is unknown"
    return Result(Answer.TEMPORARY, f"after {stage.upper()}: {what}", stage)


def _told_at_login(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"the log-in was refused: {_words(error)}; mend smtp.username or its secret"
    return f"the log-in failed: {_told_by_system(error)}"


def _told_at_connect(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"the server refused the connection: {_words(error)}"
    return _told_by_system(error)


def _told_by_system(error: Exception) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    match cause:
        case ssl.SSLCertVerificationError():
            mend = "set smtp.ca_file to the authority that signed it, or smtp.host to the name that it bears"
            what = f"the server's certificate is not trusted: {cause.verify_message}; {mend}"
        case ssl.SSLError():
            what = f"TLS failed: {cause.reason or cause}; is smtp.security right for this port?"
        case socket.gaierror():
            what = f"the name is not known: {cause.strerror}"
        case TimeoutError():
            what = "no answer in time"
        case SMTPResponseException():
            what = _words(cause)
        case OSError(strerror=str(strerror)):
            what = strerror
        case _:
            what = _one_line(str(cause))
    return what or type(cause).__name__


def _words(error: SMTPResponseException) -> str:
    code = f"{error.code} " if error.code > 0 else ""
    return f"{code}{_one_line(error.message)}"


def _one_line(text: str) -> str:
    """A server's words, fit for a table, a log and a terminal."""
    line = " ".join(text.split())[:500]
    return line if line.isprintable() else "".join(c if c.isprintable() else "?" for c in line)


def _forms_of(secret: str, username: str) -> list[str]:
    """The secret as it may stand in a reply of a server that repeats what it was told."""
    if not secret:
        return []
    sent = [secret, f"\0{username}\0{secret}", f"user={username}\1auth=Bearer {secret}\1\1"]
    return [*(base64.b64encode(form.encode()).decode() for form in sent), secret]


def _literal(address: str) -> str:
    """An IP address as EHLO wants it (RFC 5321 §4.1.3)."""
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
