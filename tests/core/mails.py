"""Mails that tests write, and the desk that reads them."""

from zoneinfo import ZoneInfo

from autoack.core.message import Mail
from autoack.core.mime import read_file
from autoack.core.parse import parse

ZAGREB = ZoneInfo("Europe/Zagreb")


def octets(body: str | None = "Kada stiže moja narudžba?", **fields: str | None) -> bytes:
    """A mail from Ivan to the desk; `X_Loop="a"` adds or replaces a field, None leaves it out."""
    header: dict[str, str | None] = {
        "Return-Path": "<ivan@kupac.example>",
        "From": "Ivan Horvat <ivan@kupac.example>",
        "To": "podrska@primjer.example",
        "Subject": "Narudžba",
        "Date": "Mon, 23 Nov 2026 09:59:58 +0100",
        "Message-ID": "<m1@kupac.example>",
        "Content-Type": "text/plain; charset=utf-8",
    }
    for name, value in fields.items():
        header[name.replace("_", "-")] = value
    lines = [f"{name}: {value}" for name, value in header.items() if value is not None]
    return ("\r\n".join(lines) + "\r\n\r\n" + (body or "").replace("\n", "\r\n")).encode()


def read(raw: bytes) -> Mail:
    """The mail in these octets; they must be readable."""
    mail = parse(read_file(raw))
    assert isinstance(mail, Mail), mail
    return mail


def mail(body: str | None = "Kada stiže moja narudžba?", **fields: str | None) -> Mail:
    """The same as `octets`, read."""
    return read(octets(body, **fields))


def multipart(kind: str, *parts: str, **fields: str | None) -> Mail:
    """A mail of that multipart type (with parameters); each part brings its own header fields."""
    body = "".join(f"--cut\n{part}\n" for part in parts) + "--cut--\n"
    return mail(body, **{"Content_Type": f"{kind}; boundary=cut", **fields})
