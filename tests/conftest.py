"""Fixtures that every test may ask for: real servers, started when first needed and stopped at the end."""

pytest_plugins = ["tests.servers.dovecot", "tests.servers.postgres", "tests.servers.smtp"]
