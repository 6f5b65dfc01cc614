"""Writes the mails of the demo's week as the clients of their writers would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

# What tells these clients from others in the mails that they send.
CLIENTS: dict[str, dict[str, str]] = {
    "Outlook": {
        "X-Mailer": "Microsoft Outlook 16.0",
        "Thread-Index": "AdxdLk3uFq0sJx2hT0Wm0V7o4Zp9lA==",
        "X-MS-Has-Attach": "",
        "Content-Language": "hr-HR",
    },
    "Thunderbird": {"User-Agent": "Mozilla Thunderbird"},
    "a phone": {"X-Mailer": "iPhone Mail (23B85)"},
}


@dataclass(frozen=True)
class Writer:
    """Somebody who writes."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Draft:
    """A mail before it has a date. `bounced` makes it the report that this address could not be reached."""

    name: str
    writer: Writer
    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    bounced: str | None = None

    @property
    def message_id(self) -> str:
        """The Message-ID, with its brackets."""
        return f"<{self.name}.20261123@{self.writer.domain}>"


def write(draft: Draft, at: datetime, answers: str | None = None) -> bytes:
    """The mail, dated `at`; `answers` is the Message-ID that it replies to."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(draft.writer)
    mail["To"] = draft.to
    mail["Subject"] = draft.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = draft.message_id
    if answers:
        mail["In-Reply-To"] = answers
        mail["References"] = answers
    for name, value in draft.headers.items():
        mail[name] = value
    mail.set_content(draft.text, cte="quoted-printable")
    if draft.bounced:
        _make_report(mail, draft.bounced)
    return mail.as_bytes()


def _address(writer: Writer) -> Address:
    local, _, domain = writer.address.rpartition("@")
    return Address(writer.name, local, domain)


def _make_report(mail: EmailMessage, recipient: str) -> None:
    """Multipart/report as a mail server returns it (RFC 3464)."""
    mail.make_mixed()
    failed = {"Final-Recipient": f"rfc822; {recipient}", "Action": "failed", "Status": "5.1.1"}
    status = EmailMessage(policy=SMTP)
    status["Content-Type"] = "message/delivery-status"
    status.set_payload([_fields({"Reporting-MTA": "dns; mx.primjer.example"}), _fields(failed)])
    mail.attach(status)
    mail.set_type("multipart/report")
    mail.set_param("report-type", "delivery-status")


def _fields(fields: Mapping[str, str]) -> EmailMessage:
    block = EmailMessage(policy=SMTP)
    for name, value in fields.items():
        block[name] = value
    return block
