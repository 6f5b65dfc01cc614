"""Messages by Apprise to a real service on loopback; the URL, which is a secret, shows nowhere."""

import asyncio
import io
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from autoack.core.delivery import Answer
from autoack.errors import ConfigError
from autoack.notify import channels
from autoack.notify.channels import Channel
from tests.servers.hook import SECRET, Hook, serving

MESSAGE = "AA-1111-1111: čeka 22 h\nRok za odgovor: danas u 10:00.".encode()


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving() as service:
        yield service


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that would stand in the daemon's log at its most talkative. (pytest's own capture listens to loggers
    that do not pass on what they hear, too.)"""
    written, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def channel(url: str) -> Channel:
    return Channel("slack", SecretStr(url))


async def sent(way: Channel) -> tuple[Answer, str]:
    result = await way.send(sender="", to="slack (vera)", raw=MESSAGE)
    return result.answer, result.detail


async def test_a_message_has_its_first_line_as_title(hook: Hook) -> None:
    assert await sent(channel(hook.url)) == (Answer.ACCEPTED, "")
    assert hook.told == [("AA-1111-1111: čeka 22 h", "Rok za odgovor: danas u 10:00.")]


async def test_a_message_of_one_line_is_title_and_text(hook: Hook) -> None:
    await channel(hook.url).send(sender="", to="", raw=b"support cannot be read")
    assert hook.told == [("support cannot be read", "support cannot be read")]


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (500, Answer.TEMPORARY),
        (503, Answer.TEMPORARY),
        (429, Answer.TEMPORARY),
        (400, Answer.PERMANENT),
        (403, Answer.PERMANENT),
        (404, Answer.PERMANENT),  # the hook was taken away
    ],
)
async def test_what_the_service_answers_says_whether_trying_again_can_help(
    hook: Hook, code: int, answer: Answer
) -> None:
    hook.answers = [code]
    assert await sent(channel(hook.url)) == (answer, f"the service answered with HTTP {code}")


async def test_a_service_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    answer, detail = await sent(channel(f"json://127.0.0.1:{port}/{SECRET}"))
    assert (answer, detail) == (
        Answer.TEMPORARY,
        "the service could not be reached, or did not take the message",
    )


async def test_a_service_that_does_not_answer_holds_up_nobody(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "TIMEOUT", 0.3)
    hook.open.clear()
    way = channel(hook.url)
    sending = asyncio.create_task(sent(way))
    turns = 0
    while not sending.done():  # the loop goes on turning
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 2
    assert await sending == (Answer.TEMPORARY, "channel slack: no answer within 0.3 s")


@pytest.mark.parametrize("code", [200, 404, 500])
async def test_no_log_error_or_repr_has_the_url(
    hook: Hook, code: int, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    hook.answers = [code]
    way = channel(hook.url)
    _, detail = await sent(way)
    assert hook.received[0]["path"] == f"/{SECRET}", "the secret was in use"
    printed = "".join(capfd.readouterr())
    assert SECRET not in logged.getvalue() + detail + repr(way) + printed
    assert "json://" not in logged.getvalue()


@pytest.mark.parametrize("url", [f"nonsense://{SECRET}", f"{SECRET}", f"slack://{SECRET}", "json://"])
def test_a_url_that_apprise_does_not_know_is_an_error_that_does_not_show_it(
    url: str, logged: io.StringIO
) -> None:
    with pytest.raises(ConfigError) as error:
        channel(url)
    assert str(error.value).startswith("channels.slack.url: Apprise knows no such service")
    assert SECRET not in str(error.value) + logged.getvalue()


def test_without_apprise_the_error_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigError, match=r"pip install 'autoack\[channels\]'"):
        channel("json://127.0.0.1/x")


def test_the_rest_of_autoack_does_without_apprise() -> None:
    code = "import sys; sys.modules['apprise'] = None; import autoack.app.daemon, autoack.cli"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
