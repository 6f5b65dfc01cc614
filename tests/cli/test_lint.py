"""`autoack lint`: own texts by the configuration, findings with their place, exit codes."""

from pathlib import Path

import pytest

from autoack.cli import main
from tests.cli.conftest import Desk
from tests.letters.lint.sound import CHECK_EN


@pytest.fixture(autouse=True)
def no_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("autoack.letters.lint.by_spylls.is_installed", lambda: False)


def plant(desk: Desk, text: str) -> Path:
    path = desk.settings.texts.templates / "check.en.md"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_found_where_nothing_is_wrong(desk: Desk) -> None:
    plant(desk, CHECK_EN)
    said = desk.run("lint")
    assert said.code == 0
    assert said.out.endswith(" texts checked, spelling not checked: nothing found\n")
    assert said.err.startswith("spelling was not checked in ")
    assert said.err.count("\n") == 1


def test_a_finding_has_its_place_and_makes_the_exit_code_1(desk: Desk) -> None:
    path = plant(desk, CHECK_EN.replace("test mail.", "test mail!!"))
    said = desk.run("lint")
    assert said.code == 1
    assert said.out.splitlines()[0] == f"{path}:6: punctuation: a run of punctuation: !!; better: !"
    assert said.out.endswith(" texts checked, spelling not checked: 1 found\n")


def test_json_is_one_array_and_paths_are_as_one_types_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = plant(desk, CHECK_EN.replace("{{ mailbox }}", "{{ mailbx }}"))
    monkeypatch.chdir(path.parent)
    said = desk.run("lint", "--json")
    assert said.code == 1
    import json

    assert json.loads(said.out) == [
        {
            "file": "check.en.md",
            "line": 2,
            "rule": "variable",
            "why": "check has no value mailbx",
            "better": "mailbox",
        }
    ]


def test_without_a_configuration_the_built_in_texts_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["lint"]) == 0
    told = capsys.readouterr()
    assert "nothing found" in told.out
    assert "only the built-in texts are checked" in told.err


def test_a_configuration_that_is_not_there_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "--config", str(tmp_path / "none.yaml")]) == 2
    assert "no such file" in capsys.readouterr().err
