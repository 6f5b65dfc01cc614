"""The environment beats the file; a variable that means nothing is told."""

from pathlib import Path

import pytest

from tests.settings.sample import LEAST, faults, read


def test_a_variable_beats_the_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        LEAST,
        AUTOACK_MAILBOXES__HELP__IMAP__PORT="1993",
        AUTOACK_MAILBOXES__HELP__IMAP__IDLE="false",
        AUTOACK_MAILBOXES__HELP__MAX_AGE="2d",
        AUTOACK_DATABASE__URL="postgresql://h/d",
        AUTOACK_LOG__LEVEL="debug",
    )
    assert (settings.mailboxes["help"].imap.port, settings.mailboxes["help"].imap.idle) == (1993, False)
    assert settings.desk.mailboxes["help"].max_age.days == 2
    assert settings.database_url == "postgresql+psycopg://h/d"
    assert settings.log.level == "debug"


@pytest.mark.parametrize("languages", ["[hr, en]", '["hr", "en"]'])
def test_lists_and_maps_are_written_in_yaml_or_json(tmp_path: Path, languages: str) -> None:
    settings = read(tmp_path, LEAST, AUTOACK_ORGANISATION__LANGUAGES=languages, AUTOACK_LOG="{format: json}")
    assert settings.desk.organisation.languages == ("hr", "en")
    assert settings.log.format == "json"


def test_names_of_the_ops_are_found_without_capitals_and_signs(tmp_path: Path) -> None:
    text = LEAST.replace("help:", "Help-Desk:")
    settings = read(tmp_path, text, AUTOACK_MAILBOXES__HELP_DESK__FROM_NAME="Desk")
    assert settings.desk.mailboxes["Help-Desk"].from_name == "Desk"


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    settings = read(tmp_path, LEAST, AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD="")
    password = settings.mailboxes["help"].imap.password
    assert password is not None
    assert password.get_secret_value() == "plum"


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        (
            "AUTOACK_MAILBOXES__HLEP__IMAP__PASSWORD",
            "no such key; did you mean AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD?",
        ),
        (
            "AUTOACK_MAILBOXES__HELP__IMAP__PASWORD",
            "no such key; did you mean AUTOACK_MAILBOXES__HELP__IMAP__PASSWORD?",
        ),
        (
            "AUTOACK_MAILBOX__HELP__IMAP__PORT",
            "no such key; did you mean AUTOACK_MAILBOXES__HELP__IMAP__PORT?",
        ),
        ("AUTOACK_DIGEST__AT__HOUR", "no such key"),
        ("AUTOACK_A__", "no such key"),
    ],
)
def test_a_misspelt_variable_is_an_error(tmp_path: Path, variable: str, told: str) -> None:
    assert faults(tmp_path, LEAST, **{variable: "7"}) == [f"{variable}: {told}"]


def test_a_single_unknown_word_only_warns(tmp_path: Path) -> None:
    settings = read(tmp_path, LEAST, AUTOACK_DIGSET="7", AUTOACK_HOME="/x", OTHER__THING="y")
    assert settings.warnings == [
        "AUTOACK_DIGSET: no such key; the variable has no effect; did you mean AUTOACK_DIGEST?",
        "AUTOACK_HOME: no such key; the variable has no effect",
    ]


def test_a_wrong_value_is_told_by_its_variable_beside_the_faults_of_the_file(tmp_path: Path) -> None:
    lines = faults(
        tmp_path,
        LEAST.replace("Europe/Zagreb", "Europe/Zagrep"),
        AUTOACK_DIGEST__AT="25:00",
        AUTOACK_ORGANISATION__LANGUAGES="hr",
        AUTOACK_X__Y="1",
    )
    assert lines == [
        "1:39: organisation.timezone: no time zone 'Europe/Zagrep'; did you mean Europe/Zagreb?",
        "AUTOACK_X__Y: no such key",
        "AUTOACK_ORGANISATION__LANGUAGES: organisation.languages: a list is needed",
        "AUTOACK_DIGEST__AT: digest.at: '25:00' is no time of day; times are 00:00 to 23:59",
    ]
