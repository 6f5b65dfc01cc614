"""`autoack init` writes a file that loads; `autoack schema` prints JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoack.cli import main
from autoack.cli.configure import init, schema
from autoack.settings import load

ANSWERS = {
    "--name": 'Voćar "d.o.o."',
    "--timezone": "Europe/Zagreb",
    "--address": "help@vocar.example",
    "--imap-host": "imap.vocar.example",
    "--smtp-host": "smtp.vocar.example",
    "--person": "Iva Perić <iva@vocar.example>",
}


def arguments(out: Path, **more: str) -> list[str]:
    """A command line that answers every question."""
    pairs = ANSWERS | {f"--{name}": value for name, value in more.items()}
    return ["init", "--out", str(out), *(word for pair in pairs.items() for word in pair)]


def test_what_init_writes_loads_once_the_password_is_there(tmp_path: Path) -> None:
    out = tmp_path / "new" / "autoack.yaml"
    more = ["--person", "Đuro <duro@vocar.example>", "--person", "iva2@vocar.example", "--languages", "hr,en"]
    assert main([*arguments(out), *more]) == 0
    (tmp_path / "new" / "imap-password").write_text("plum\n")
    settings = load(out, {})
    assert settings.desk.organisation.name == 'Voćar "d.o.o."'
    assert settings.desk.organisation.languages == ("hr", "en")
    assert [(p.id, p.name) for p in settings.desk.people.values()] == [
        ("iva", "Iva Perić"),
        ("đuro", "Đuro"),
        ("iva2", "iva2"),
    ]
    assert settings.mailboxes["support"].imap.host == "imap.vocar.example"
    assert settings.unused_keys == []


def test_two_people_of_one_first_name_are_told_apart(tmp_path: Path) -> None:
    more = ["--person", "Iva Horvat <iva.h@vocar.example>", "--person", "Lead <lead@vocar.example>"]
    assert main([*arguments(tmp_path / "a.yaml"), *more]) == 0
    (tmp_path / "imap-password").write_text("plum\n")
    assert list(load(tmp_path / "a.yaml", {}).desk.people) == ["iva", "iva2", "lead2"]


def test_init_says_where_the_password_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments(tmp_path / "a.yaml"))
    assert str(tmp_path / "imap-password") in capsys.readouterr().out


def test_init_does_not_write_over_a_file_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.yaml"
    out.write_text("mine")
    assert main(arguments(out)) == 2
    assert out.read_text() == "mine"
    assert "is there already; --force writes over it" in capsys.readouterr().err
    assert main([*arguments(out), "--force"]) == 0
    assert out.read_text() != "mine"


def test_without_a_terminal_every_missing_option_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(init, ["--out", str(tmp_path / "a.yaml"), "--name", "Voćar"])
    missing = ("--timezone", "--address", "--imap-host", "--smtp-host", "--person")
    assert str(result.exception).split("\n") == [
        f"{option} is missing, and there is no terminal to ask at" for option in missing
    ]
    assert not (tmp_path / "a.yaml").exists()


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("timezone", "Zagreb", "--timezone: no time zone 'Zagreb'; did you mean Europe/Zagreb?"),
        ("address", "help", "--address: 'help' is no mail address"),
        ("languages", "hr,de", "--languages: no letters in 'de'; offered: hr, sr-Latn, sr-Cyrl, hu, en"),
        ("person", "Iva", "--person: 'Iva' is no mail address"),
    ],
)
def test_an_option_that_cannot_be_right_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, told: str
) -> None:
    assert main(arguments(tmp_path / "a.yaml", **{option: value})) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "a.yaml").exists()


def test_on_a_terminal_what_is_open_is_asked_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoack.cli.configure._can_ask", lambda: True)
    lines = [
        "Voćar",
        "Zagreb",
        "Europe/Zagreb",
        "help@vocar.example",
        "",
        "",
        "Iva <iva@vocar.example>",
        "hr, hu",
    ]
    result = CliRunner().invoke(init, ["--out", str(tmp_path / "a.yaml")], input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    assert "did you mean Europe/Zagreb?" in result.output
    (tmp_path / "imap-password").write_text("plum\n")
    settings = load(tmp_path / "a.yaml", {})
    assert settings.mailboxes["support"].smtp.host == "smtp.vocar.example"
    assert settings.desk.organisation.languages == ("hr", "hu")


def test_schema_prints_json() -> None:
    result = CliRunner().invoke(schema, [])
    assert json.loads(result.output)["title"] == "autoack.yaml"


def test_the_shipped_configuration_lacks_only_its_secret(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[2] / "config" / "autoack.yaml").read_text(encoding="utf-8")
    (tmp_path / "autoack.yaml").write_text(shipped, encoding="utf-8")
    (tmp_path / "imap-password").write_text("plum\n")
    settings = load(tmp_path / "autoack.yaml", {})
    assert settings.unused_keys == []
    assert settings.desk.mailboxes["support"].backlog == "ignore"
