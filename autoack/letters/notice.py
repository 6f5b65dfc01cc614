"""What an alert says, in one language."""

from collections.abc import Sequence
from typing import NamedTuple


class Notice(NamedTuple):
    """The subject, and the paragraphs below it."""

    subject: str
    lines: Sequence[str]
