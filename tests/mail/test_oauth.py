"""Access tokens that a command of the ops prints."""

import asyncio
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from autoack.errors import TransportError
from autoack.mail.oauth import Credentials, TokenCommand


def counting(folder: Path) -> list[str]:
    """A command that prints token-1, token-2, … and the like on further lines."""
    script = (
        "import pathlib, sys\n"
        "runs = pathlib.Path(sys.argv[1])\n"
        "runs.write_text(runs.read_text() + '.' if runs.exists() else '.')\n"
        "print(f'token-{len(runs.read_text())}\\nexpires: soon')\n"
    )
    return [sys.executable, "-c", script, str(folder / "runs")]


async def test_the_first_line_is_the_token_and_it_is_kept(tmp_path: Path) -> None:
    tokens = TokenCommand(counting(tmp_path))
    assert set(await asyncio.gather(tokens(), tokens(), tokens())) == {"token-1"}


async def test_a_refused_token_is_replaced(tmp_path: Path) -> None:
    tokens = TokenCommand(counting(tmp_path))
    assert await tokens() == "token-1"
    tokens.forget()
    assert await tokens() == "token-2"


async def test_an_old_token_is_replaced(tmp_path: Path) -> None:
    tokens = TokenCommand(counting(tmp_path), lifetime=0)
    assert [await tokens(), await tokens()] == ["token-1", "token-2"]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("print('s3cret'); raise SystemExit(3)", "ended with status 3"),
        ("print('')", "printed no access token"),
        ("print('two s3cret words')", "printed no access token"),
        ("print('s3cret\\x07')", "printed no access token"),
    ],
)
async def test_a_failure_names_the_command_and_not_what_it_printed(script: str, told: str) -> None:
    with pytest.raises(TransportError, match=told) as caught:
        await TokenCommand([sys.executable, "-c", script])()
    assert sys.executable in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert not caught.value.permanent


async def test_a_command_that_is_not_there_is_permanent(tmp_path: Path) -> None:
    with pytest.raises(TransportError, match="cannot be run") as caught:
        await TokenCommand([str(tmp_path / "missing")])()
    assert caught.value.permanent


async def test_a_command_that_hangs_is_ended_with_all_that_it_started() -> None:
    tokens = TokenCommand(["sh", "-c", "sleep 600 & sleep 600"], timeout=0.2)
    with pytest.raises(TransportError, match=r"no token within 0\.2 s"):
        await asyncio.wait_for(tokens(), 20)


async def test_credentials_are_one_of_the_two_and_show_neither() -> None:
    password = Credentials(password=SecretStr("tajna"))
    token = Credentials(token=TokenCommand(["print-token", "--key=tajna"]))
    assert await password.secret() == "tajna"
    assert "tajna" not in f"{password!r} {token!r}"
    with pytest.raises(ValueError, match="a password or"):
        Credentials()
