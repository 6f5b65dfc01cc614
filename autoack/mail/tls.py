"""The TLS contexts: one for each set of trusted authorities, shared by all connections.

A context of its own costs a connection 0.8 MB and most of its log-in's CPU time: sharing is not a nicety.
"""

import ssl
from functools import cache
from pathlib import Path

from autoack.errors import ConfigError


@cache
def context(ca_file: Path | None = None) -> ssl.SSLContext:
    """The context that trusts the authorities in `ca_file` (PEM), or without it the system's.

    It speaks TLS 1.2 or later and verifies certificate and host name.

    Raises ConfigError where the file cannot be read or holds no certificate.
    """
    try:
        made = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=ca_file)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigError(f"ca_file {ca_file}: no certificates could be read from it: {error}") from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made
