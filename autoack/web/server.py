"""The web server: uvicorn in the daemon's loop, with limits that it lacks, and without its hands on signals.

What one client can do is bounded: the size of a request, the time until it has come whole, the number of
connections. A connection too many is dropped, so that a flood never takes the files away that mailboxes need.
"""

import asyncio
import errno
import logging
import socket
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from autoack.errors import WebError

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 100
REQUEST_WITHIN = 10.0  # seconds until the header of a request has come
IDLE_FOR = 5  # seconds that a connection may wait for its next request
FINISH_WITHIN = 3  # seconds for the answers that are on their way when the server stops
_LARGEST_HEADER = 16 * 1024  # octets
_BACKLOG = 128


def bind(listen: tuple[str, int]) -> socket.socket:
    """A socket on that address and port. Raises WebError where there is none to be had."""
    host, port = listen
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise WebError(_why(host, port, error)) from error
    bound.setblocking(False)
    return bound


class WebServer:
    """Serves `app` on `listen` until it is cancelled."""

    def __init__(self, app: ASGIApp, listen: tuple[str, int]) -> None:
        self._app = app
        self._listen = listen
        self._bound: socket.socket | None = None

    def bind(self) -> int:
        """Take the port before anything else is begun; returns it. Raises WebError."""
        self._bound = bind(self._listen)
        return int(self._bound.getsockname()[1])

    def close(self) -> None:
        """Give a port back that was taken and never served."""
        if self._bound is not None:
            self._bound.close()
            self._bound = None

    async def run(self) -> None:
        """Serve; when cancelled, finish what is under way and give the port back.

        The steps of uvicorn's own `serve`, but for its signal handlers and its waking ten times a second.
        """
        bound, self._bound = self._bound or bind(self._listen), None
        server = Server(_config(self._app))
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        try:
            await server.startup(sockets=[bound])
            log.info("web pages are served", extra={"listen": _written(*self._listen)})
            await asyncio.Event().wait()
        finally:
            if server.started:
                await server.shutdown(sockets=[bound])
            bound.close()


class _Connection(H11Protocol):
    """A client's connection that ends if its request does not come, or if there are too many."""

    _refused = False
    _timer: asyncio.TimerHandle | None = None
    _met: object = None  # the request that the timer waited for

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn has it so
        self._refused = len(self.connections) >= MOST_CONNECTIONS
        if self._refused:
            transport.abort()
            return
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        if not self._refused:
            super().data_received(data)
            self._stop_timer_if_met()

    def on_response_complete(self) -> None:
        self._await_request()
        super().on_response_complete()
        self._stop_timer_if_met()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        if not self._refused:
            super().connection_lost(exc)

    def _await_request(self) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(REQUEST_WITHIN, self.transport.abort)

    def _stop_timer_if_met(self) -> None:
        if self.cycle is not self._met:
            self._met = self.cycle
            self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _config(app: ASGIApp) -> Config:
    """Nothing that a client says is logged: addresses of pages are secrets of those who were sent them."""
    options: dict[str, Any] = {
        "http": _Connection,
        "ws": "none",
        "lifespan": "off",
        "interface": "asgi3",
        "log_config": None,
        "log_level": "critical",
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "date_header": False,
        "timeout_keep_alive": IDLE_FOR,
        "timeout_graceful_shutdown": FINISH_WITHIN,
        "h11_max_incomplete_event_size": _LARGEST_HEADER,
    }
    return Config(app, **options)


def _why(host: str, port: int, error: OSError) -> str:
    where = _written(host, port)
    if error.errno == errno.EADDRINUSE:
        return f"web.listen: {where} is taken by another program; stop that one, or choose another port"
    if error.errno == errno.EACCES:
        return f"web.listen: {where} may not be used by this user; choose a port from 1024 on"
    if error.errno in (errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN):
        return f"web.listen: {host} is no address of this machine; 127.0.0.1 and 0.0.0.0 always are"
    reason = (error.strerror or str(error)).lower()
    return f"web.listen: {where} cannot be listened on: {reason}"


def _written(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
