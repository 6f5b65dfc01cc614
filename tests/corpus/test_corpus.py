"""The measuring command: what it counts, what it tells, and when it fails."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import office
from tests.corpus import measure
from tests.corpus.__main__ import main

QUESTION = office.mail()
ROBOT = office.mail(headers={"Auto-Submitted": "auto-generated"})
LIST = office.mail(headers={"List-Id": "<vijesti.example>"})
NOBODY = b"Subject: x\r\n\r\nTko sam ja?\r\n"


def corpus(folder: Path, mails: Mapping[str, bytes]) -> str:
    """A folder with these mails; a file `human_new/a.eml` has the label human_new."""
    rows = ["file\tlabel\tkind\tsource"]
    for file, octets in mails.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(octets)
        rows.append(f"{file}\t{Path(file).parent}\tsort\tour/own")
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(folder)


def test_where_every_mail_is_judged_rightly_all_bounds_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mails = {
        "human_new/a.eml": QUESTION,
        "noreply/b.eml": ROBOT,
        "list/c.eml": LIST,
        "malformed/d.eml": NOBODY,
    }
    assert main([corpus(tmp_path, mails)]) == 0
    told = capsys.readouterr().out
    assert "missed" not in told
    assert "ok     list answered: 0 of 1 (0.0%; at most 0)" in told
    assert "human_new   our/own" in told
    assert "a.eml" not in told  # only misses are named


@pytest.mark.parametrize(
    ("file", "octets", "bound"),
    [
        ("bounce/x.eml", QUESTION, "bounce answered: 1 of 1 (100.0%; at most 0)"),
        ("autoreply/x.eml", QUESTION, "autoreply answered: 1 of 1"),
        ("list/x.eml", QUESTION, "list answered: 1 of 1"),
        ("noreply/x.eml", QUESTION, "noreply answered: 1 of 1 (100.0%; at most 10%)"),
        ("human_new/x.eml", ROBOT, "humans ignored or put aside: 1 of 1"),
        ("human_reply/x.eml", NOBODY, "humans ignored or put aside: 1 of 1"),
        (
            "human_new/x.eml",
            office.mail(headers={"X-Spam-Flag": "YES"}),
            "humans whose receipt is withheld: 1 of 1",
        ),
    ],
)
def test_a_wrong_judgment_is_named_and_misses_its_bound(
    file: str, octets: bytes, bound: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([corpus(tmp_path, {file: octets})]) == 1
    told = capsys.readouterr().out
    assert f"missed {bound}" in told
    assert f"{file}: " in told


def test_one_answered_robot_in_ten_is_within_the_bound(tmp_path: Path) -> None:
    robots = {f"noreply/{number}.eml": ROBOT for number in range(9)}
    assert main([corpus(tmp_path, {**robots, "noreply/x.eml": QUESTION})]) == 0


def test_a_failure_to_judge_is_a_miss_and_the_others_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = measure.explanation

    def failing(path: Path, *more: object) -> dict[str, object]:
        if path.name == "x.eml":
            raise ValueError("broken")
        return whole(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(measure, "explanation", failing)
    assert main([corpus(tmp_path, {"malformed/x.eml": QUESTION, "human_new/a.eml": QUESTION})]) == 1
    told = capsys.readouterr().out
    assert "missed exceptions: 1 of 2" in told
    assert "malformed/x.eml: exception" in told
    assert "ok     humans whose receipt is withheld: 0 of 1" in told


def test_a_wrong_label_is_counted_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.corpus.__main__.mislabelled", lambda: {"noreply/x.eml": "a person wrote it"})
    assert main([corpus(tmp_path, {"noreply/x.eml": QUESTION})]) == 0
    told = capsys.readouterr().out
    assert "apart: noreply/x.eml: receipt" in told
    assert "noreply is not what it is: a person wrote it" in told


def test_without_a_manifest_it_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "there is no manifest.tsv" in capsys.readouterr().err
