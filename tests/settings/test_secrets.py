"""Secrets come from several places, and show up in none."""

import json
import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from autoack.errors import ConfigError
from autoack.settings import load
from tests.settings.sample import FULL, LEAST, faults, least_with, read, write

SECRET = "hunter2-Ž"  # the secret of these tests
BY_FILE = LEAST.replace("password: plum", "password_file: imap-password")


def password(folder: Path, text: str, **environ: str) -> str:
    """The IMAP password that a configuration gives."""
    found = read(folder, text, **environ).mailboxes["help"].imap.password
    assert isinstance(found, SecretStr)
    return found.get_secret_value()


def test_a_secret_may_lie_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "imap-password").write_text("beside\n")
    assert password(tmp_path, BY_FILE) == "beside"


def test_a_path_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "imap").write_text("in a folder\r\n")
    assert password(tmp_path, BY_FILE.replace("imap-password", "keys/imap")) == "in a folder"
    assert password(tmp_path, BY_FILE.replace("imap-password", f"{tmp_path}/keys/imap")) == "in a folder"


def test_a_handed_credential_beats_a_file_beside(tmp_path: Path) -> None:
    handed = tmp_path / "handed"
    handed.mkdir()
    (handed / "imap-password").write_text("handed")
    (tmp_path / "imap-password").write_text("beside")
    assert password(tmp_path, BY_FILE, CREDENTIALS_DIRECTORY=str(handed)) == "handed"


def test_the_environment_beats_the_file_in_either_form(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("other")
    assert password(tmp_path, LEAST, AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD="given") == "given"
    assert password(tmp_path, BY_FILE, AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD="given") == "given"
    assert password(tmp_path, LEAST, AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD_FILE="other") == "other"


@pytest.mark.parametrize("secret", ["null", "true", "007", "[a", "{b: c}", "#x", "*x", "a b ", "12:30"])
def test_a_secret_from_the_environment_is_taken_as_it_is(tmp_path: Path, secret: str) -> None:
    assert password(tmp_path, LEAST, AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD=secret) == secret


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no such file; looked for /run/secrets/imap-password, {folder}/imap-password"),
        (b"", "{folder}/imap-password is empty"),
        (b"\n", "{folder}/imap-password is empty"),
        (b"one\ntwo", "{folder}/imap-password holds more than one line"),
        (b"\xff\xfe", "{folder}/imap-password is not UTF-8 text"),
    ],
)
def test_a_secret_that_cannot_be_had_is_told_at_its_key(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "imap-password").write_bytes(content)
    place = "8:53: mailboxes.help.imap.password_file: "
    assert faults(tmp_path, BY_FILE) == [place + told.format(folder=tmp_path)]


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "imap-password").mkdir()
    assert faults(tmp_path, BY_FILE)[0].endswith("imap-password cannot be read: Is a directory")


def test_a_secret_is_given_once(tmp_path: Path) -> None:
    text = LEAST.replace("password: plum", "password: plum, password_file: imap-password")
    assert faults(tmp_path, text) == [
        "8:54: mailboxes.help.imap.password_file: give either password or password_file"
    ]


def test_a_secret_that_is_missing_is_told_with_its_variable(tmp_path: Path) -> None:
    assert faults(tmp_path, LEAST.replace(", password: plum", "")) == [
        "8:5: mailboxes.help.imap.password: is missing; give password, password_file or oauth, "
        "or the environment's AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD"
    ]


def test_another_user_of_smtp_needs_a_secret_of_their_own(tmp_path: Path) -> None:
    text = LEAST.replace("smtp.vocar.example", "smtp.vocar.example, username: other")
    assert faults(tmp_path, text) == [
        "9:5: mailboxes.help.smtp.password: is missing for 'other', who is not imap's user; "
        "give password or password_file"
    ]


def test_channels_and_the_web_take_secrets_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "chat-url").write_text("json://fig@h")
    (tmp_path / "web-token").write_text("fig")
    settings = read(
        tmp_path, least_with("channels: {chat: {url_file: chat-url}}\nweb: {token_file: web-token}")
    )
    url, web = settings.file.channels["chat"].url, settings.file.web
    assert url is not None
    assert url.get_secret_value() == "json://fig@h"
    assert web is not None
    assert web.token == SecretStr("fig")


def test_no_secret_is_shown(tmp_path: Path) -> None:
    text = FULL
    for secret in ("plum", "pear", "fig", "json://token@chat.vocar.example"):
        text = (
            text.replace(secret, SECRET)
            if "://" not in secret
            else text.replace("token@chat", f"{SECRET}@chat")
        )
    settings = read(tmp_path, text)
    smtp = settings.mailboxes["help"].smtp.password
    assert smtp is not None
    assert smtp.get_secret_value() == SECRET
    assert SECRET in settings.database_url
    shown = [repr(settings), str(settings), repr(settings.file), settings.file.model_dump_json()]
    shown += [repr(box) for box in settings.mailboxes.values()]
    shown += [json.dumps(settings.file.model_dump(mode="json"), ensure_ascii=False)]
    assert [text for text in shown if SECRET in text] == []


def test_no_error_shows_a_secret(tmp_path: Path) -> None:
    text = FULL.replace("plum", SECRET).replace("pear", f"[{SECRET}]").replace("postgresql:", "postgres:")
    text = text.replace("token: fig", f"token: {{a: {SECRET}}}").replace("url: ", f"ulr: {SECRET}, url: ")
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path, {"AUTOACK_DATABASE__URL": f"mysql://{SECRET}@h", "AUTOACK_CHANNELS__CHAT__UTL": SECRET})
    error = caught.value
    assert len(error.problems) >= 5
    seen: BaseException | None = error
    while seen is not None:
        assert SECRET not in str(seen) + repr(seen)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def test_no_log_shows_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # pydantic-settings logs all that its sources give when this variable is set.
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "true")
    text = LEAST.replace("plum", SECRET).replace(
        "organisation:", f"database: {{url: 'postgresql://{SECRET}@h/d'}}\norganisation:"
    )
    with caplog.at_level(logging.DEBUG):
        read(tmp_path, text, AUTOACK_MAILBOXES__HELP__SMTP__PASSWORD=SECRET)
    assert "mailboxes" in caplog.text
    assert SECRET not in caplog.text
