"""Tries whether the web pages could be served: their port is free, or a running daemon of ours has it."""

import http.client
import json

from autoack.errors import WebError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask whoever listens everywhere
_WITHIN = 5.0  # seconds


def try_web(listen: tuple[str, int]) -> str:
    """What was found; blocks for some seconds at most. Raises WebError where the pages could not be served."""
    from autoack.web.server import bind  # noqa: PLC0415 - only who has web pages pays for them

    host, port = listen
    try:
        bind(listen).close()
    except WebError:
        if _is_ours(_EVERYWHERE.get(host, host), port):
            return f"served on port {port} by a daemon that runs"
        raise
    return f"port {port} is free"


def _is_ours(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_WITHIN)
    try:
        connection.request("GET", "/healthz")
        told = json.loads(connection.getresponse().read(10_000))
        return isinstance(told, dict) and {"status", "mailboxes"} <= told.keys()
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()
