"""One IMAP connection: opened, logged in, and able to idle. All here blocks: it runs in worker threads."""

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from imapclient import IMAPClient, SocketTimeout

from autoack.mail import tls
from autoack.mail.imap_errors import mailbox_error
from autoack.mail.imap_response import Value, read_fetch
from autoack.mail.oauth import Credentials

# imaplib refuses longer lines. A SEARCH in a folder with 100,000 mails reaches its own limit of a million
# octets; this one is for two million mails.
imaplib._MAXLINE = 20_000_000  # type: ignore[attr-defined]  # typeshed does not know it

FAREWELL = 2.0  # seconds that a polite end may take


@dataclass(frozen=True)
class ImapOptions:
    """How a mailbox's server is reached. Timeouts are in seconds of real time."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str
    credentials: Credentials
    ssl_context: ssl.SSLContext | None = None  # the system's authorities
    idle: bool = True
    connect_timeout: float = 8.0  # less than a stop may take: a thread that dials is waited for
    read_timeout: float = 60.0


class Connection(IMAPClient):  # type: ignore[misc]  # imapclient ships no types
    """An imapclient connection with the few things that imapclient does not do as we need them."""

    def __init__(self, options: ImapOptions) -> None:
        encrypted = options.security == "tls"
        super().__init__(
            options.host,
            options.port,
            ssl=encrypted,
            ssl_context=_context(options) if encrypted else None,
            timeout=SocketTimeout(options.connect_timeout, options.read_timeout),
        )
        self._imap.debug = (
            0  # imapclient would have every line, mails' words included, written to its debug log
        )
        self.normalise_times = False
        self.idling = False
        # imapclient sends a command in two pieces; Nagle's algorithm would hold back the second for 40 ms.
        self._imap.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def authenticate(self, username: str, secret: str, *, oauth: bool) -> None:
        """Logs in by XOAUTH2, LOGIN, or where that cannot be, AUTHENTICATE PLAIN."""
        if oauth:
            self.oauth2_login(username, secret)
        elif f"{username}{secret}".isascii() and not self.has_capability("LOGINDISABLED"):
            self.login(username, secret)
        else:  # LOGIN knows ASCII only (RFC 3501 §6.2.3, §9); SASL PLAIN is UTF-8 (RFC 4616 §2)
            self.plain_login(username, secret)
        self.capabilities()  # asked once, now: `untagged_responses` is cleared later

    def fetch_items(self, uids: Sequence[int], items: Sequence[str]) -> dict[int, dict[bytes, Value]]:
        """UID FETCH: the items of each mail that is still there, by UID (see `read_fetch`)."""
        listed = ",".join(map(str, uids))
        status, records = self._imap.uid("FETCH", listed, f"({' '.join(items)})")
        self._checkok("fetch", status, records)
        found = read_fetch(records)
        return {uid: found[uid] for uid in uids if uid in found}

    def search_above(self, uid: int, since: date | None = None) -> list[int]:
        """UID SEARCH: the UIDs higher than `uid`, sorted; with `since`, by INTERNALDATE (RFC 3501 §6.4.4).

        News that the server tells from the beginning of this command on is kept for `has_news`; with `since`
        earlier news too, for then mails that came meanwhile are perhaps not among those found.
        """
        if since is None:
            self._imap.untagged_responses.clear()
        # `*` is the highest UID there is, also where it is below the number before (RFC 3501 §6.4.8).
        wanted = ["UID", f"{uid + 1}:*", *(["SINCE", since] if since else [])]
        return sorted(found for found in self.search(wanted) if found > uid)

    def search_keyword(self, keyword: str) -> list[int]:
        """UID SEARCH KEYWORD: the UIDs of the mails that carry it; none where the server will not hear of it."""
        try:
            return sorted(self.search(f"KEYWORD {keyword}"))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            return []

    def has_news(self) -> bool:
        """Whether the server told of new mail, or of flags, since the last search without `since` began.

        IDLE would not tell it again. Flags told at the end of a command may have come after it looked: only
        FETCH takes such answers for its own.
        """
        told = self._imap.untagged_responses
        return bool(told.get("EXISTS") or told.get("FETCH"))

    def enter_idle(self) -> bool:
        """Begins to idle (RFC 2177). True where there is news already: then nothing need be waited for.

        What the server sends before or together with its `+` waits in imaplib's buffer, where the socket does
        not show it as readable.
        """
        self._idle_tag = self._imap._command("IDLE")
        self.idling = True
        news = False
        while self._imap._get_response() is not None:  # None stands for the `+`
            self._imap._check_bye()
            if self._imap.tagged_commands[self._idle_tag]:
                self._end_idle()  # refused
            news = True
        return news or self._holds_input()

    def leave_idle(self) -> None:
        """Ends idling, if it does, and reads what the server has said meanwhile."""
        if self.idling:
            self._imap.send(b"DONE\r\n")
            while not self._imap.tagged_commands[self._idle_tag]:
                self._imap._get_response()
                self._imap._check_bye()  # some servers take their time between BYE and the end
            self._end_idle()

    def _end_idle(self) -> None:
        self.idling = False
        self._checkok("idle", *self._imap.tagged_commands.pop(self._idle_tag))

    def _holds_input(self) -> bool:
        """Whether something was read from the socket, or decrypted, that nobody has asked for yet."""
        if getattr(self._imap, "_readbuf", None):  # imaplib's own buffer, from Python 3.14 on
            return True
        reader = self._imap.__dict__.get("file")  # a BufferedReader, before that
        sock = self._imap.sock
        sock.settimeout(0)
        try:
            return bool(reader.peek(1)) if reader is not None else _pending(sock)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self._set_read_timeout()

    def abort(self) -> None:
        """Cuts the connection, also under the hands of a worker: what it reads ends at once. Never waits."""
        with contextlib.suppress(OSError):
            self._imap.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Takes leave if the server is quick to answer, and closes the socket in any case."""
        try:
            self._imap.sock.settimeout(FAREWELL)
            self.leave_idle()
            self.logout()
        except (OSError, ValueError, imaplib.IMAP4.error):
            self.discard()

    def discard(self) -> None:
        """Closes the socket without a word."""
        self.abort()
        with contextlib.suppress(OSError, ValueError):
            self._imap.shutdown()


class Dialling:
    """A connection in the making, which may be given up from another thread."""

    def __init__(self) -> None:
        self._client: Connection | None = None
        self._given_up = False

    def reached(self, client: Connection) -> None:
        """The server was reached; the log-in comes next."""
        self._client = client
        if self._given_up:
            client.abort()

    def give_up(self) -> None:
        """Cut the connection, now or as soon as the server is reached."""
        self._given_up = True
        if self._client is not None:
            self._client.abort()


def connect(options: ImapOptions, secret: str, dialling: Dialling) -> Connection:
    """A connection that is logged in. Raises MailboxError."""
    try:
        client = Connection(options)
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        raise mailbox_error(error, options.host, options.port) from error
    dialling.reached(client)
    try:
        if options.security == "starttls":
            client.starttls(_context(options))
        client.authenticate(options.username, secret, oauth=options.credentials.token is not None)
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        client.discard()
        # from None: the server's words may quote the secret
        raise mailbox_error(error, options.host, options.port, secret=secret) from None
    return client


def _context(options: ImapOptions) -> ssl.SSLContext:
    return options.ssl_context or tls.context()


def _pending(sock: Any) -> bool:
    return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0
