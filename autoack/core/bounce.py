"""Whom a mail did not reach, and which mail that was, as a bounce tells it: in fields (RFC 3464) or in words.

What it says is a stranger's claim: only a Message-ID of a mail that we sent ties it to a thread.
"""

import re
from dataclasses import dataclass

from autoack.core.message import Mail

_MOST_TEXT = 8000  # characters of a written bounce
_MOST_RECIPIENTS = 20
_ADDRESS = r"[^\s<>()\[\],;:\"']+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]*):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_TYPED = re.compile(rf"(?:[a-z0-9-]+;)?\s*<?({_ADDRESS})>?", re.IGNORECASE)  # RFC 3464 §2.3.1: rfc822;a@b
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")  # and no IP address
_REPLY = re.compile(r"\b([45])\d\d[ -]")
# A line that is an address, or begins with one and a colon, or ends with one: qmail, Postfix, Exim, Sendmail.
_LINE = re.compile(
    rf"^[ \t>*-]*(?:<({_ADDRESS})>|({_ADDRESS}))(?=\s*(?:$|:|\.\.\.|,|\(|-\s))"
    rf"|\bRCPT TO:\s*<({_ADDRESS})>"
    rf"|\b(?:recipient|address|user|mailbox|to|an|à|primatelj|primalac|címzett|empfänger|destinatario|destinataire)"
    rf"(?: address| mailbox)?:?\s+[<\"']?({_ADDRESS})",
    re.MULTILINE | re.IGNORECASE,
)
# Where the returned mail begins: its addresses are not those that failed.
_RETURNED = re.compile(
    r"^[ >]*(?:-{2,}.{0,20}(?:copy|original|below|returned|header|message)|return-path:|received:|"
    r"message-id:|from:.*\n(?:.*\n){0,3}?to:|original message|transcript of session)",
    re.MULTILINE | re.IGNORECASE,
)
_MESSAGE_ID = re.compile(
    r"^[ \t>]*(?:x-)?(?:original-)?message-id:\s*(<[^<>\s]{1,900}>)", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bounced:
    """What a bounce says.

    `recipients` are the addresses that failed (or wait, where it is not `permanent`), case folded. `message_ids`
    may be those of the mail that bounced, the likeliest first. `status` is that of RFC 3463: `5.1.1`.
    """

    recipients: tuple[str, ...]
    message_ids: tuple[str, ...]
    permanent: bool
    status: str | None = None
    diagnostic: str = ""


def bounced_of(mail: Mail) -> Bounced | None:
    """What this bounce says; None where it names neither a recipient nor a mail.

    To be asked of mails that classification has found to be bounces.
    """
    text = (mail.new_text or mail.text)[:_MOST_TEXT]
    recipients, permanent, status, diagnostic = _of_fields(mail.report)
    if not recipients:
        recipients, permanent, status, diagnostic = _of_words(mail, text)
    identifiers = tuple(
        dict.fromkeys(
            (
                *_MESSAGE_ID.findall(mail.report),
                *_MESSAGE_ID.findall(mail.text[:_MOST_TEXT]),
                *reversed(mail.references),
            )
        )
    )
    if not recipients and not identifiers:
        return None
    return Bounced(recipients[:_MOST_RECIPIENTS], identifiers, permanent, status, diagnostic)


_Found = tuple[tuple[str, ...], bool, str | None, str]


def _of_fields(report: str) -> _Found:
    """RFC 3464 §2.3: one group of fields for each recipient; those with Action failed, else delayed."""
    groups = [
        {name.lower(): " ".join(value.split()) for name, value in reversed(_FIELD.findall(block))}
        for block in re.split(r"\n[ \t]*\n", report)
    ]
    told = [(_recipient(group), group) for group in groups]
    for action in ("failed", "delayed"):
        found = [(address, group) for address, group in told if address and _action(group) == action]
        if found:
            status = _STATUS.search(found[0][1].get("status", ""))
            diagnostic = found[0][1].get("diagnostic-code", "").partition(";")[2].strip()[:300]
            addresses = tuple(dict.fromkeys(address for address, _ in found))
            return addresses, action == "failed", status[1] if status else None, diagnostic
    return (), True, None, ""


def _recipient(group: dict[str, str]) -> str:
    """Original-Recipient is the address as the sender wrote it, before aliases (RFC 3464 §2.3.1)."""
    for name in ("original-recipient", "final-recipient"):
        match = _TYPED.match(group.get(name, ""))
        if match:
            return match[1].casefold()
    return ""


def _action(group: dict[str, str]) -> str:
    """Where Action is missing, the class of the status tells."""
    action = group.get("action", "").partition(" ")[0].lower()
    if action:
        return action
    return {"5": "failed", "4": "delayed"}.get(group.get("status", "")[:1], "")


def _of_words(mail: Mail, text: str) -> _Found:
    """X-Failed-Recipients (Exim, Gmail), else the addresses that stand where mail systems name them."""
    start = _RETURNED.search(text, 1)
    told = text[: start.start()] if start else text
    named = re.findall(_ADDRESS, mail.headers.get("X-Failed-Recipients"))
    named = named or [next(filter(None, groups)).rstrip(".") for groups in _LINE.findall(told)]
    own = {a.key for a in mail.recipients} | {mail.sender.key}
    addresses = tuple(dict.fromkeys(a.casefold() for a in named if a.casefold() not in own))
    status = _STATUS.search(told)
    reply = _REPLY.search(told)
    permanent = not (status[1] if status else reply[1] if reply else "5").startswith("4")
    line = next(
        (line.strip() for line in told.split("\n") if _STATUS.search(line) or _REPLY.search(line)), ""
    )
    return addresses, permanent, status[1] if status else None, line[:300]
