"""The fixtures of the stories: one story on each kind of database."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import office
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer
from tests.story.kit import Story

TellStory = Callable[..., Story]


@pytest.fixture
def story_with(
    tmp_path: Path, database_url: str, dovecot: DovecotServer, smtp: SmtpServer
) -> Iterator[TellStory]:
    """`story_with({"policies.standard": {…}})`: a story whose office is configured so."""
    told: list[Story] = []

    def begin(changes: dict[str, Any] | None = None, **begin: datetime) -> Story:
        account = dovecot.user()
        servers = {
            "database": {"url": database_url},
            "mailboxes.support.imap.port": account.port,
            "mailboxes.support.imap.username": account.name,
            "mailboxes.support.imap.password": account.password,
            "mailboxes.support.smtp.port": smtp.port,
            "mailboxes.support.backlog": "answer",
        }
        told.append(Story(office.settings(tmp_path, servers | (changes or {})), account, smtp, **begin))
        return told[-1]

    yield begin
    for story in told:
        story.close()
        story.expect_nothing()


@pytest.fixture
def story(story_with: TellStory) -> Story:
    """A story in the office as it is: the built-in policy, a digest to the manager every night."""
    return story_with()
