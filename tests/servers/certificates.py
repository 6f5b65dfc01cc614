"""A certificate authority of the tests' own, made with the `openssl` command for each run."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")


@dataclass(frozen=True)
class Certificate:
    """Files in PEM: the authority to trust, and a server's certificate with its key."""

    ca_file: Path
    cert_file: Path
    key_file: Path


def make_certificate(folder: Path) -> Certificate:
    """A new authority, and a certificate by it for localhost and 127.0.0.1, as files in `folder`."""
    made = Certificate(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    ca_key = folder / "ca-key.pem"
    _request(
        *("-subj", "/CN=Authority of the tests", "-keyout", ca_key, "-out", made.ca_file),
        *("-addext", "keyUsage=critical,keyCertSign"),
    )
    _request(
        *("-subj", "/CN=localhost", "-keyout", made.key_file, "-out", made.cert_file),
        *("-CA", made.ca_file, "-CAkey", ca_key),
        *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        *("-addext", "basicConstraints=critical,CA:FALSE"),
    )
    return made


def _request(*arguments: str | Path) -> None:
    command = ["openssl", "req", "-x509", *_NEW_KEY, *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
