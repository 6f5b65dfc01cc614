"""Spelling by hunspell (one that is played by a small program, and the real one) and by the library spylls."""

import stat
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from autoack.letters.digest_words import LANGUAGES
from autoack.letters.lint import OwnTexts, Speller, by_hunspell, by_spylls, check_texts, find_speller
from tests.letters.lint.sound import CHECK_EN, CHECK_HR, CHECK_SR_CYRL

# Speaks as hunspell does: -D names dictionaries on stderr, -a answers a line for each word.
PLAYED = """\
#!{python}
import sys
if sys.argv[1:] == ["-D"]:
    print("AVAILABLE DICTIONARIES:\\n/dict/en_US\\n/dict/hr_HR", file=sys.stderr)
    sys.exit(1)
assert sys.argv[1:5] == ["-a", "-i", "utf-8", "-d"], sys.argv
print("@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.1)")
for line in sys.stdin.buffer.read().decode().splitlines():
    word = line.removeprefix("^")
    if word == "tset":
        print("& tset 3 1: test, set, stet\\n")
    elif word == "zzxq":
        print("# zzxq 1\\n")
    else:
        print("*\\n")
"""


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speller:
    """A hunspell with dictionaries for English and Croatian."""
    program = tmp_path / "bin" / "hunspell"
    program.parent.mkdir()
    program.write_text(PLAYED.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    return find_speller()


def own(folder: Path, **texts: str) -> OwnTexts:
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return OwnTexts(folder, folder / "answers", ("hr", "en"))


def test_words_that_the_dictionary_lacks_are_found_with_the_nearest(tmp_path: Path, played: Speller) -> None:
    text = CHECK_EN.replace("a test mail", "a tset zzxq mail")
    report = check_texts(played, own(tmp_path, check__en__md=text))
    found = [(Path(f.path).name, f.line, f.rule, f.better) for f in report.findings]
    assert found == [("check.en.md", 6, "spelling", "test"), ("check.en.md", 6, "spelling", "")]


def test_words_that_are_listed_beside_the_texts_are_right(tmp_path: Path, played: Speller) -> None:
    text = CHECK_EN.replace("a test mail", "a tset zzxq mail")
    texts = own(tmp_path, check__en__md=text, spelling__txt="Tset\nzzxq\n")
    assert check_texts(played, texts).findings == ()


def test_languages_without_a_dictionary_are_named_in_one_line(tmp_path: Path, played: Speller) -> None:
    assert check_texts(played, own(tmp_path)).notes == (
        "spelling was not checked in hu, sr-Cyrl, sr-Latn: hunspell has no dictionary; "
        "Debian: apt install hunspell-hu hunspell-sr",
    )


def test_without_any_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(by_spylls, "is_installed", lambda: False)
    assert find_speller().missing(["en", "hr"]) == (
        "spelling was not checked in en, hr: neither hunspell nor spylls is installed; "
        "Debian: apt install hunspell hunspell-en-gb hunspell-hr; "
        "`pip install spylls` does in place of the program"
    )


def test_a_hunspell_that_breaks_down_is_reported_and_the_rest_is_checked(tmp_path: Path) -> None:
    speller = Speller("hunspell", {"en": "en_US"}, partial(by_hunspell.ask, "/bin/false"))
    report = check_texts(speller, own(tmp_path, check__hr__md=CHECK_HR.replace("probna", "probna probna")))
    assert [finding.rule for finding in report.findings] == ["doubled-word"]
    assert any(note.startswith("spelling was not checked in en: ") for note in report.notes)
    assert report.spelling == "spelling not checked"


def test_who_checked_what_is_said(tmp_path: Path, played: Speller) -> None:
    assert check_texts(played, own(tmp_path)).spelling == "spelling by hunspell in en, hr only"
    assert check_texts(Speller(), own(tmp_path)).spelling == "spelling not checked"
    everywhere = replace(played, dictionaries=dict.fromkeys(LANGUAGES, "en_US"))
    assert check_texts(everywhere, own(tmp_path)).spelling == "spelling by hunspell"


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """spylls is there, and the program is not."""
    pytest.importorskip("spylls")
    monkeypatch.setenv("PATH", "")


AFF = "SET UTF-8\nTRY aeiou\nSFX S Y 1\nSFX S 0 s .\nSFX T Y 1\nSFX T 0 ly{flags} .\n"


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("flags", "two_suffixes"), [("", False), ("/S", True)])
def test_the_library_reads_dictionaries_wherever_hunspell_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str, two_suffixes: bool
) -> None:
    (tmp_path / "en_GB.aff").write_text(AFF.format(flags=flags))
    (tmp_path / "en_GB.dic").write_text("2\napple/S\nnice/T\n")
    (tmp_path / "hr_HR.aff").write_text(AFF.format(flags=""))  # without its .dic it is none
    monkeypatch.setenv("DICPATH", str(tmp_path))
    monkeypatch.setattr(by_spylls, "_FOLDERS", ())
    speller = find_speller()
    assert (speller.name, list(speller.dictionaries)) == ("spylls", ["en"])
    right = ["apple", "Apples", "nicely", *(["nicelys"] if two_suffixes else [])]
    assert speller.unknown("en", [*right, "aple", "applely"]) == {"aple": "apple", "applely": "apple"}
    assert two_suffixes or "nicelys" in speller.unknown("en", ["nicelys"])
    assert speller.missing(["en", "hr"]) == (
        "spelling was not checked in hr: spylls has no dictionary; Debian: apt install hunspell-hr"
    )


@pytest.mark.usefixtures("library")
def test_a_dictionary_that_the_library_cannot_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "en_GB.aff").write_text("SFX S Y many\n")
    (tmp_path / "en_GB.dic").write_text("none\n")
    speller = Speller("spylls", {"en": str(tmp_path / "en_GB")}, by_spylls.ask)
    report = check_texts(speller, own(tmp_path))
    assert report.findings == ()
    assert report.notes[-1].startswith(f"spelling was not checked in en: {tmp_path}/en_GB: ")


@pytest.mark.usefixtures("library")
def test_the_library_finds_a_slip_and_nothing_built_in(tmp_path: Path) -> None:
    """In the two languages whose dictionaries load quickly."""
    found = find_speller().dictionaries
    if not {"hr", "en"} <= found.keys():
        pytest.skip("the dictionaries hunspell-hr and hunspell-en-gb are not installed here")
    speller = replace(find_speller(), dictionaries={language: found[language] for language in ("hr", "en")})
    texts = own(tmp_path, check__hr__md=CHECK_HR.replace("probna", "prbona"))
    report = check_texts(speller, texts)
    assert [(f.rule, f.line, f.better) for f in report.findings] == [("spelling", 6, "probna")]
    assert report.spelling == "spelling by spylls in en, hr only"


@pytest.mark.parametrize(
    ("language", "sound", "right", "wrong"),
    [
        ("hr", CHECK_HR, "probna", "prbona"),
        ("en", CHECK_EN, "test mail", "tesst mail"),
        ("sr-Cyrl", CHECK_SR_CYRL, "пробна", "прбона"),
    ],
)
def test_the_real_one_finds_a_slip_and_nothing_built_in(
    tmp_path: Path, language: str, sound: str, right: str, wrong: str
) -> None:
    speller = find_speller()
    if speller.name != "hunspell" or language not in speller.dictionaries:
        pytest.skip(f"hunspell has no dictionary for {language} here")
    (tmp_path / f"check.{language}.md").write_text(sound.replace(right, wrong), encoding="utf-8")
    (found,) = check_texts(speller, OwnTexts(tmp_path, tmp_path / "answers", ("en",))).findings
    assert (found.rule, found.line) == ("spelling", 6)
    assert found.better
