"""A sample office for the tests: its configuration, its people, and the mails that reach it."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml

from autoack.settings import Settings, load_text

ADDRESS = "podrska@vocar.example"
DESK: dict[str, Any] = {
    "organisation": {
        "name": "Voćar d.o.o.",
        "address": "Trg 1, 21000 Split",
        "phone": "+385 21 555 111",
        "timezone": "Europe/Zagreb",
        "languages": ["hr", "sr-Latn", "sr-Cyrl", "hu", "en"],
    },
    "people": {
        "iva": {"name": "Iva Perić", "address": "iva@vocar.example", "language": "hr"},
        "luka": {"name": "Luka Novak", "address": "luka@vocar.example", "language": "en"},
        "sara": {"name": "Sára Kiss", "address": "sara@vocar.example", "language": "hu"},
    },
    "teams": {"front": {"members": ["iva"], "lead": "luka", "manager": "sara"}},
    "mailboxes": {
        "support": {
            "address": ADDRESS,
            "from_name": "Voćar podrška",
            "imap": {"host": "127.0.0.1", "security": "none", "password": "plum", "sent": "Sent"},
            "smtp": {"host": "127.0.0.1", "security": "none", "username": None},
        }
    },
}


def settings(folder: Path, changes: Mapping[str, Any] | None = None) -> Settings:
    """The office's settings; `changes` maps dotted keys to values: {"mailboxes.support.backlog": "answer"}."""
    tree = _copy(DESK)
    for dotted, value in (changes or {}).items():
        *above, last = dotted.split(".")
        section = tree
        for part in above:
            section = section.setdefault(part, {})
        section[last] = value
    path = folder / "autoack.yaml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_text(path.read_bytes(), path, {})


def mail(
    text: str = "Dobar dan,\n\nkada stiže moja narudžba?\n\nIvan Horvat\n",
    *,
    sender: str = "Ivan Horvat <ivan.horvat@kupac.example>",
    to: str = ADDRESS,
    subject: str = "Narudžba",
    message_id: str | None = None,
    answers: str | None = None,
    date: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A mail as a mail client writes it. `answers`: the Message-ID that it replies to."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    if date:
        message["Date"] = format_datetime(date)
    if answers:
        message["In-Reply-To"] = answers
        message["References"] = answers
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def _copy(tree: Any) -> Any:
    return {key: _copy(value) for key, value in tree.items()} if isinstance(tree, dict) else tree
