"""Fixtures that every test may ask for: real servers, started when first needed and stopped at the end."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.servers.memory import lay_files_there

lay_files_there()

# How long a case takes is a matter of the machine, not of the case.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

pytest_plugins = ["tests.servers.dovecot", "tests.servers.postgres", "tests.servers.smtp"]


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """A command sets up the log of its process, which here is that of all tests, the SMTP server's threads included."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
