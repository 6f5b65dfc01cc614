"""Links by which a reader of a digest acts on a thread: each writes a mail with a command to the mailbox."""

from urllib.parse import quote

from autoack.core.policy import Mailbox


def act_link(mailbox: Mailbox, ref: str, command: str) -> str:
    """A mailto link (RFC 6068) to the mailbox: the reference in the subject, the command as the first line."""
    # RFC 6068 §5: lines of a body end in CRLF.
    return f"mailto:{quote(mailbox.address, safe='@')}?subject={quote(ref)}&body={_line(command)}"


def _line(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")
