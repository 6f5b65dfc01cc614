"""Where secrets come from: the file itself, a file of their own, a credentials directory, the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from autoack.settings.document import Problem
from autoack.settings.shape import find

_SHARED = Path("/run/secrets")  # where Docker and Podman put them
_LARGEST = 16_384

# The sections that hold a secret, and its key; beside each stands KEY_file.
SECRETS = (
    (("mailboxes", "*", "imap"), "password"),
    (("mailboxes", "*", "imap", "oauth"), "client_secret"),
    (("mailboxes", "*", "smtp"), "password"),
    (("channels", "*"), "url"),
    (("web",), "token"),
)


def hide_secrets(data: dict[str, Any]) -> dict[str, Any]:
    """Wrap every secret that stands in `data`, in place: from here on no repr shows it."""
    for pattern, key in (*SECRETS, (("database",), "url")):
        for _, section in find(data, pattern):
            if isinstance(section, dict) and isinstance(section.get(key), str):
                section[key] = SecretStr(section[key])
    return data


def drop_overruled(data: dict[str, Any], stronger: dict[str, Any]) -> dict[str, Any]:
    """Drop `password_file` where a stronger source gives `password`, in place, and the other way round."""
    for pattern, key in SECRETS:
        overruling = dict(find(stronger, pattern))
        for loc, section in find(data, pattern):
            given = overruling.get(loc)
            if isinstance(section, dict) and isinstance(given, dict):
                if key in given:
                    section.pop(f"{key}_file", None)
                elif f"{key}_file" in given:
                    section.pop(key, None)
    return data


def fetch_secrets(data: dict[str, Any], folder: Path, environ: Mapping[str, str]) -> list[Problem]:
    """Put the secrets that files hold into `data`, in place. `folder`: what paths are relative to."""
    problems = []
    for pattern, key in SECRETS:
        for loc, section in find(data, pattern):
            if not isinstance(section, dict) or not isinstance(section.get(f"{key}_file"), str):
                continue
            name_loc = (*loc, f"{key}_file")
            if section.get(key) is not None:
                problems.append(Problem(name_loc, f"give either {key} or {key}_file", on="key"))
                continue
            secret = _read(section[f"{key}_file"].strip(), folder, environ)
            if isinstance(secret, SecretStr):
                section[key] = secret
            else:
                problems.append(Problem(name_loc, secret))
    return problems + _missing_secrets(data)


def _read(name: str, folder: Path, environ: Mapping[str, str]) -> SecretStr | str:
    """The secret, or what is wrong."""
    paths = _places(name, folder, environ)
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        return f"no such file; looked for {', '.join(map(str, paths))}"
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode().rstrip("\r\n")
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        return f"{path} is not UTF-8 text"
    if not text:
        return f"{path} is empty"
    if any(ord(char) < 32 for char in text):
        return f"{path} holds more than one line"
    return SecretStr(text)


def _places(name: str, folder: Path, environ: Mapping[str, str]) -> list[Path]:
    """A path is a path; a bare name is a credential of systemd or a container, or a file beside ours."""
    if "/" in name:
        return [folder / name]
    handed = environ.get("CREDENTIALS_DIRECTORY")
    return [place / name for place in ([Path(handed)] if handed else []) + [_SHARED, folder]]


def _missing_secrets(data: dict[str, Any]) -> list[Problem]:
    problems = []
    for loc, box in find(data, ("mailboxes", "*")):
        if not isinstance(box, dict):
            continue
        imap, smtp = box.get("imap"), box.get("smtp")
        if isinstance(imap, dict) and imap.get("oauth") is None and _lacks(imap, "password"):
            variable = "__".join(["AUTOACK_MAILBOXES", _variable(str(loc[-1])), "IMAP", "PASSWORD"])
            message = f"is missing; give password, password_file or oauth, or the environment's {variable}"
            problems.append(Problem((*loc, "imap", "password"), message, on="missing"))
        if isinstance(smtp, dict) and isinstance(imap, dict) and _lacks(smtp, "password"):
            user = smtp.get("username")
            if user is not None and user != (imap.get("username") or box.get("address")):
                message = f"is missing for {user!r}, who is not imap's user; give password or password_file"
                problems.append(Problem((*loc, "smtp", "password"), message, on="missing"))
    for loc, channel in find(data, ("channels", "*")):
        if isinstance(channel, dict) and _lacks(channel, "url"):
            problems.append(Problem((*loc, "url"), "is missing; give url or url_file", on="missing"))
    return problems


def _variable(name: str) -> str:
    return "".join(char if char.isalnum() else "_" for char in name).upper()


def _lacks(section: dict[str, Any], key: str) -> bool:
    return section.get(key) is None and section.get(f"{key}_file") is None
