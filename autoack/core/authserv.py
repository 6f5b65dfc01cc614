"""What a server that the ops trust says of a mail's authentication (RFC 8601)."""

import re
from collections.abc import Iterable

_QUOTED_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*+"?|[()]|\\.')
_RESULT = re.compile(r"\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)")


def dmarc_result(fields: Iterable[str], trusted: str) -> str | None:
    """What the topmost Authentication-Results of this authserv-id that speaks of DMARC says: `pass`, `fail` …

    `fields` are the values in the order of the header, the newest first. Fields of other servers are not
    read: anybody can write them (§1.6). Of one server there may be several, one of each of its filters.
    """
    for field in fields:
        server, *results = _bare(field).lower().split(";")
        if (server.split() or [""])[0] != trusted.lower():
            continue
        for result in results:
            match = _RESULT.match(result)
            if match and match[1] == "dmarc":
                return match[2]
    return None


def _bare(value: str) -> str:
    """The value without its comments (RFC 5322 §3.2.2), which nest, and without what is quoted."""
    kept: list[str] = []
    depth, position = 0, 0
    for match in _QUOTED_OR_COMMENT.finditer(value):
        if depth == 0:
            kept.append(value[position : match.start()])
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(depth - 1, 0)
        elif depth == 0:
            # The authserv-id may be quoted (§2.2); elsewhere, what is quoted is somebody's words.
            kept.append(match[0].strip('"') if not value[: match.start()].strip() else '""')
        position = match.end()
    if depth == 0:
        kept.append(value[position:])
    return " ".join(kept)
