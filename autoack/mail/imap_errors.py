"""What went wrong with an IMAP server, in words for the ops, and whether trying again can help."""

import imaplib
import socket
import ssl

from imapclient.exceptions import CapabilityError, LoginError

from autoack.errors import LoginRefused, MailboxError

# RFC 5530 §3: codes of a refusal that time may mend.
_PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")


def mailbox_error(
    error: Exception, host: str, port: int, *, secret: str = "", folder: str | None = None
) -> MailboxError:
    """The MailboxError for what imapclient, imaplib or the socket raised.

    `secret` is struck out of its text. With `folder`, the server was asked to open that.
    """
    what, permanent = _told(error, folder)
    if secret:
        what = what.replace(secret, "***")
    kind = LoginRefused if permanent and isinstance(error, LoginError) else MailboxError
    return kind(f"IMAP {host}:{port}: {what}", permanent=permanent)


def _told(error: Exception, folder: str | None) -> tuple[str, bool]:
    if isinstance(error, OSError):
        return _told_by_system(error)
    text = str(error)
    text = text[2:-1] if text.startswith(("b'", 'b"')) else text
    # imapclient turns a connection that is lost during the log-in into a LoginError.
    if any(isinstance(each, imaplib.IMAP4.abort) for each in (error, error.__context__)):
        return f"the connection was lost: {text}", False
    if isinstance(error, CapabilityError):
        return f"{text}; set imap.security to what it does support", True
    if isinstance(error, LoginError):
        return f"the log-in was refused: {text}", not _passing(text)
    if folder is not None:
        return f"the folder {folder} cannot be opened: {text}", not _passing(text)
    return text, False


def _told_by_system(error: OSError) -> tuple[str, bool]:
    match error:
        case ssl.SSLCertVerificationError():
            mend = "set imap.ca_file to the authority that signed it, or imap.host to the name that it bears"
            return f"the server's certificate is not trusted: {error.verify_message}; {mend}", True
        case ssl.SSLError():
            return f"TLS failed: {error.reason or error}; is imap.security right for this port?", False
        case socket.gaierror():
            return f"the name is not known: {error.strerror}", False
        case TimeoutError():
            return "no answer in time", False
    return error.strerror or str(error) or "the connection was lost", False


def _passing(text: str) -> bool:
    return any(code in text.upper() for code in _PASSING)
