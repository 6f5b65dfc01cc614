"""Mail addresses, hosts and web addresses as ops write them.

Each function takes what the YAML file or the environment holds and raises ValueError with the mend.
Local parts are ASCII: what we send does not ask servers for SMTPUTF8 (RFC 6531).
"""

import re
from ipaddress import ip_address

from autoack.settings.scalars import text_of

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322 §3.2.3
_LABEL = r"\w(?:[\w-]*\w)?"  # international labels too: IDNA comes with the sending
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ADDRESS = re.compile(
    rf"{_ATOM}(?:\.{_ATOM})*@{_DOMAIN.pattern}"
)  # RFC 5321 §4.1.2 without quoted local parts
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_GLOB = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+|[^\s@,;<>]*\*[^\s@,;<>]*")
_HOST = re.compile(rf"{_DOMAIN.pattern}\.?")
_LISTEN = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:]*):(?P<port>[0-9]{1,5})")


def read_address(value: object) -> str:
    """A mail address without a display name."""
    text = text_of(value, "a mail address")
    if not _ADDRESS.fullmatch(text):
        named = _NAMED.fullmatch(text)
        hint = f"; did you mean {named['address'].strip()}?" if named and "@" in named["address"] else ""
        raise ValueError(f"{text!r} is no mail address{hint}")
    return text


def read_named_address(value: object) -> tuple[str, str]:
    """`Ana Kovač <ana@primjer.example>`, or the address alone: name ("" without one) and address."""
    text = text_of(value, "a name and address such as Ana Kovač <ana@primjer.example>")
    named = _NAMED.fullmatch(text)
    if named:
        return named["name"].strip().strip('"').strip(), read_address(named["address"])
    return "", read_address(text)


def read_glob(value: object) -> str:
    """A mail address in which `*` stands for anything; case folded."""
    text = text_of(value, "a mail address or a glob such as *@firma.example")
    if not _GLOB.fullmatch(text):
        hint = f"; did you mean *@{text}?" if "." in text and _DOMAIN.fullmatch(text) else ""
        raise ValueError(f"{text!r} is neither a mail address nor a glob{hint}")
    return text.casefold()


def read_domain(value: object) -> str:
    """A domain, case folded."""
    text = text_of(value, "a domain such as primjer.example")
    if not _DOMAIN.fullmatch(text):
        after = text.rpartition("@")[2]
        hint = f"; did you mean {after}?" if "@" in text and after else ""
        raise ValueError(f"{text!r} is no domain{hint}")
    return text.casefold()


def read_host(value: object) -> str:
    """A host name or IP address, without a port."""
    text = text_of(value, "a host name")
    if is_ip(text) or _HOST.fullmatch(text):
        return text
    name, colon, port = text.rpartition(":")
    hint = f"; did you mean {name}, and port: {port}?" if colon and port.isdigit() and name else ""
    raise ValueError(f"{text!r} is no host name{hint}")


def is_ip(host: str) -> bool:
    """Whether it is an IPv4 or IPv6 address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether it names this machine only."""
    return ip_address(host).is_loopback if is_ip(host) else host.rstrip(".").lower() == "localhost"


def read_listen(value: object) -> tuple[str, int]:
    """`127.0.0.1:8025`: host and port."""
    text = text_of(value, "an address and port such as 127.0.0.1:8025")
    match = _LISTEN.fullmatch(text)
    if not match or not 0 < int(match["port"]) < 65536:
        raise ValueError(f"{text!r} is no address and port; write 127.0.0.1:8025")
    return read_host(match["host"].strip("[]") or "0.0.0.0"), int(match["port"])  # noqa: S104  # `:8025` asks for it


def read_web_address(value: object) -> str:
    """An http or https URL."""
    text = text_of(value, "a web address such as https://www.primjer.example")
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        hint = f"; did you mean https://{text}?" if re.fullmatch(r"[\w.-]+\.\w+(?:/\S*)?", text) else ""
        raise ValueError(f"{text!r} is no web address{hint}")
    return text
