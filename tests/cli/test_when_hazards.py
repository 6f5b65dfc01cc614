"""Times as an operator may mistype them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.cli.common import parse_when
from autoack.errors import ConfigError


@pytest.mark.parametrize("text", ["99999999999d", "²d", "d", ""])
def test_a_length_that_no_time_has_is_told(text: str) -> None:
    with pytest.raises(ConfigError, match="is no time"):
        parse_when(text, ZoneInfo("UTC"), datetime(2026, 11, 22, tzinfo=UTC))
