"""What the intake asks of a folder and of the database, and which folder it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from autoack.core.message import Arrival
from autoack.core.policy import Mailbox


class FolderStatus(Protocol):
    """What a server tells of a folder that is opened (RFC 3501 §6.3.1)."""

    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid_next(self) -> int: ...
    @property
    def fresh(self) -> bool: ...


class Folder(Protocol):
    """A watched folder, as this flow needs it."""

    mailbox: str
    name: str

    async def open(self) -> FolderStatus: ...
    async def uids_above(self, uid: int) -> list[int]: ...
    async def fetch(self, uids: Sequence[int]) -> list[Arrival]: ...
    async def dates(self, uids: Sequence[int]) -> dict[int, datetime]: ...
    async def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]: ...
    async def with_keyword(self, keyword: str) -> list[int]: ...
    async def thrown_away(self, message_ids: Sequence[str]) -> set[str]: ...


class Database(Protocol):
    """Runs a unit of work in one transaction, off the event loop."""

    async def run(self, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder of a mailbox that is read. `sent`: a folder of sent mail."""

    mailbox: Mailbox
    name: str
    sent: bool

    @property
    def where(self) -> dict[str, str]:
        """The same for the log."""
        return {"mailbox": self.mailbox.id, "folder": self.name}
