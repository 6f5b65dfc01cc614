"""Turns the octets that were fetched of a mail into a Mail, or says why that cannot be; it never raises.

Header fields are scanned once and decoded when they are asked for; of the body only one text part is read.
"""

import hashlib
import re

from autoack.core.addresses import parse_addresses, parse_date, parse_ids, parse_message_id
from autoack.core.html_text import html_to_text
from autoack.core.message import Address, Headers, Mail, Part, RawMail, Unparseable
from autoack.core.mime import report_sections, scan_fields, text_section
from autoack.core.quoted import split_letter
from autoack.core.words import LONGEST_FIELD, clean_body, decode_field, decode_transfer

# What clients write before the subject of a mail that is forwarded; WG is German, PD Polish and Croatian.
_FORWARDS = re.compile(r"(?:fwd?|wg|pd|prosl\w{0,12}|просл\w{0,12}|tov\w{0,12})\s*:", re.IGNORECASE)
_MOST_FIELDS = 20  # of one name, that are read for addresses
_MOST_REFERENCES = 100  # the first and the newest; a list grows without bound


def parse(raw: RawMail) -> Mail | Unparseable:
    """The mail, or the reason why it has to be put aside."""
    try:
        return _parse(raw)
    except Exception as error:  # whatever a stranger's octets may do, the batch goes on
        return Unparseable(
            "unreadable",
            f"The mail could not be read: {type(error).__name__}: {error}",
            fingerprint=_hash(raw.header),
        )


def _parse(raw: RawMail) -> Mail | Unparseable:
    fields = [(name.lower(), value) for name, value in scan_fields(raw.header)]
    if not fields:
        return Unparseable("no-header", "The mail has no header field at all.", fingerprint=_hash(raw.header))
    by_name: dict[str, list[str]] = {}
    for name, value in fields:
        by_name.setdefault(name, []).append(value)
    first = {name: values[0] for name, values in by_name.items()}
    message_id = parse_message_id(decode_field(first.get("message-id", "")))
    sender = _sender(first)
    if sender is None:
        why = "The mail has no From, Sender, Reply-To or Return-Path: nobody can be answered."
        return Unparseable("no-sender", why, message_id, _hash((message_id or "").encode() or raw.header))
    headers = Headers(fields, decode_field)
    subject = decode_field(first.get("subject", ""))
    text = _text(raw)
    letter = split_letter(text, forwards=_FORWARDS.match(subject) is not None)
    return Mail(
        message_id=message_id,
        fingerprint=_fingerprint(message_id, headers, subject, text),
        sender=sender,
        reply_to=_mailboxes(by_name.get("reply-to", [])),
        to=_mailboxes(by_name.get("to", [])),
        cc=_mailboxes(by_name.get("cc", [])),
        bcc=_mailboxes(by_name.get("bcc", [])),
        subject=subject,
        date=parse_date(first.get("date", "")),
        references=_references(first),
        headers=headers,
        parts=raw.parts,
        text=text,
        new_text=letter.new_text,
        signature=letter.signature,
        size=raw.size,
        multiparts=raw.multiparts,
        report=_report(raw),
    )


def _sender(first: dict[str, str]) -> Address | None:
    """The author (RFC 5322 §3.6.2): the first of From; where it is missing, who else stands there."""
    if "from" in first:
        found = parse_addresses(first["from"])
        return next((a for a in found if a.address), found[0] if found else Address("", ""))
    for name in ("sender", "reply-to", "return-path"):
        if name in first:
            return next(iter(parse_addresses(first[name])), Address("", ""))
    return None


def _mailboxes(values: list[str]) -> tuple[Address, ...]:
    """Every address of the fields of that name; RFC 5322 §3.6 allows one, some write two."""
    found: list[Address] = []
    left = LONGEST_FIELD  # characters, for all of them together
    for value in values[:_MOST_FIELDS]:
        found += (a for a in parse_addresses(value[:left]) if a.address)
        left -= len(value)
        if left <= 0:
            break
    return tuple(found)


def _references(first: dict[str, str]) -> tuple[str, ...]:
    ids = parse_ids(first.get("references", "")) + parse_ids(first.get("in-reply-to", ""))
    if len(ids) > _MOST_REFERENCES:
        ids = ids[:1] + ids[1 - _MOST_REFERENCES :]
    return tuple(dict.fromkeys(ids))


def _text(raw: RawMail) -> str:
    section = text_section(raw.parts)
    part = next((p for p in raw.parts if p.section == section), None)
    if part is None:
        return ""
    octets = decode_transfer(raw.bodies.get(part.section, b""), part.encoding)
    text = clean_body(octets, part.parameters.get("charset", "").strip("'\" ").lower())
    if part.content_type == "text/html":
        return html_to_text(text)
    return _unflow(text, part).strip("\n")


def _report(raw: RawMail) -> str:
    """What a report tells in fields: its own, and the header of the mail that it is about."""
    wanted = report_sections(raw.parts)
    texts = (
        clean_body(decode_transfer(raw.bodies.get(part.section, b""), part.encoding), "utf-8").strip()
        for part in raw.parts
        if part.section in wanted
    )
    fields, *rest = (*texts, "")
    return "\n\n".join([fields, *(text.partition("\n\n")[0] for text in rest)]).strip()


def _unflow(text: str, part: Part) -> str:
    """Joins the lines that format=flowed broke for transport (RFC 3676 §4), within one depth of quoting."""
    if part.parameters.get("format", "").lower() != "flowed":
        return text
    delete = part.parameters.get("delsp", "").lower() == "yes"
    lines: list[str] = []
    flows = False
    for stuffed in text.split("\n"):
        quoted = stuffed.startswith(">")
        line = stuffed.removeprefix(" ")  # §4.4
        if flows and not quoted and line != "-- ":
            lines[-1] = (lines[-1][:-1] if delete else lines[-1]) + line
        else:
            lines.append(line)
        flows = not quoted and line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _fingerprint(message_id: str | None, headers: Headers, subject: str, text: str) -> str:
    """What tells this mail from every other, wherever it lies: the same in each folder and mailbox."""
    if message_id is not None:
        return _hash(message_id.encode())
    return _hash("\0".join((headers.get("date"), headers.get("from"), subject, text)).encode())


def _hash(octets: bytes) -> str:
    return hashlib.blake2b(octets, digest_size=16).hexdigest()
