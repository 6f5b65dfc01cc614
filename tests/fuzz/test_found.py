"""What the fuzzer found stays as tests: no exception, and no input slower than the bound."""

from collections.abc import Callable

import pytest

from tests.bench.mails import mails
from tests.fuzz.judge import LONGEST, found, path, seconds


@pytest.fixture(scope="module")
def judge() -> Callable[[bytes], None]:
    """The path, with everything imported that it imports lazily."""
    ready = path()
    for raw in mails(10):
        ready(raw)
    return ready


def test_something_was_found() -> None:
    assert len(found()) > 100


def test_no_input_fails_or_is_slow(judge: Callable[[bytes], None]) -> None:
    slow = {}
    for name, raw in found().items():
        spent = seconds(judge, raw)
        if spent > LONGEST:
            slow[name] = spent
    assert not slow
