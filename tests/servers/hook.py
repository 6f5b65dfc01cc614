"""A service that takes messages by HTTP, as chats do: what reached it, and what it is to answer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "s3cret-token-9b1d"


class Hook:
    """`url` is an Apprise URL with a secret in it. `answers` are given one after the other, then always 200."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self.open = threading.Event()  # while it is not set, nothing is answered
        self.open.set()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.open.wait(10)
                hook.received.append({"path": self.path, **message})
                self.send_response(hook.answers.pop(0) if hook.answers else 200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Not on the tests' standard error."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self.url = f"json://127.0.0.1:{self.port}/{SECRET}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """Title and text of each message that was met, in order."""
        return [(one["title"], one["message"]) for one in self.received]


@contextmanager
def serving() -> Iterator[Hook]:
    """A service on loopback."""
    hook = Hook()
    thread = threading.Thread(target=hook._server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hook
    finally:
        hook.open.set()
        hook._server.shutdown()
        hook._server.server_close()
        thread.join()
