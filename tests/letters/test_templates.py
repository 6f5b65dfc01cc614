"""Templates: the ops' own before the built-in, and never at a customer's mercy."""

from pathlib import Path

import pytest

from autoack.errors import LetterError
from autoack.letters.templates import Frame, Templates

VALUES = {"salutation": "Dear Ana,", "name": "", "ref": "AA-1"}


def filled(
    folder: Path, kind: str = "note", language: str = "en", **values: str | bool
) -> tuple[str, str, str]:
    known = {**VALUES, **values}
    return Frame(Templates(folder).render(kind, language, known)).fill(known)


def test_one_template_gives_subject_text_and_html(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text(
        '---\nsubject: "About {{ ref }}"\n---\n{{ salutation }}\n\n**{{ ref }}**\n'
    )
    subject, text, html = filled(tmp_path)
    assert subject == "About AA-1"
    assert text == "Dear Ana,\n\nAA-1\n"
    assert "<strong>" in html
    assert "AA-1" in html


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }}",
        "{% raw %}",
        "<script>alert(1)</script>",
        "[a](https://evil.example)",
        "**b** _c_ `d`",
        "# e",
        "&amp;",
        "\ue000\ue001",
        "| a | b |",
        "![x](y)",
        "<https://evil.example>",
    ],
)
def test_a_value_is_never_template_markdown_or_html(tmp_path: Path, hostile: str) -> None:
    (tmp_path / "note.en.md").write_text("---\nsubject: x\n---\nA {{ ref }} Z\n")
    _, text, html = filled(tmp_path, ref=hostile)
    assert text == f"A {hostile} Z\n"
    for mark in ("<script", "<a ", "<strong", "<em", "<code", "<h1", "<img", "<table"):
        assert mark not in html


def test_a_value_of_several_lines_keeps_the_margin_of_its_quote(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text("> {{ ref }}\n")
    _, text, html = filled(tmp_path, ref="one\ntwo")
    assert text == "> one\n> two\n"
    assert "one<br>\ntwo" in html


def test_conditions_see_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "note.en.md").write_text(
        "{% if name %}named{% else %}unnamed{% endif %}{% if late %} late{% endif %}\n"
    )
    assert filled(tmp_path, late=True)[1] == "unnamed late\n"
    assert filled(tmp_path, name="Ana", late=False)[1] == "named\n"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ ref }}\n\n{{ nothing }}", "check.en.md:6: 'nothing' is undefined"),
        ("{% if %}", ":4: "),
        ("{{ ref.__class__.__mro__ }}", "unsafe"),
        (
            "{% for i in range(99) %}{% for j in range(99) %}long {{ ref }}{% endfor %}{% endfor %}",
            "writes more than",
        ),
        ("{% for i in range(90000) %}{% endfor %}", "range"),
        (
            "{% for i in range(99) %}{% for j in range(99) %}{% for k in range(99) %}" + "{% endfor %}" * 3,
            "turns",
        ),
        ("", "says nothing"),
        ("{% if false %}{{ ref }}{% endif %}\n\n&nbsp;", "says nothing"),
        ("{{ 'a' * 10000000000 }}", "small numbers"),
        ("{{ [ref] * 10000000000 }}", "small numbers"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "small numbers"),
        ("{% set a = 'long' + ref %}{{ a }}", "small numbers"),
        ("{{ ref }}\n{{ ref ~ ref }}", "check.en.md:5: there is no `~` here"),
        ("{{ ref }}\n{% set a %}{{ ref }}{{ ref }}{% endset %}", "check.en.md:5: a `set` takes one value"),
        ("{{ '%9999999999d' % 1 }}", "small numbers"),
        ("{{ '{:>9999999999}'.format(1) }}", "nothing but range"),
        ("{{ ref.ljust(9999999999) }}", "nothing but range"),
        ("{{ ref|center(9999999999) }}", "center"),
        ("{{ lipsum(9999999999) }}", "lipsum"),
        ("{% include '/etc/passwd' %}", "loader"),
        ("{{ 1 / 0 }}", "zero"),
    ],
)
def test_a_faulty_override_is_reported_and_the_built_in_takes_its_place(
    tmp_path: Path, source: str, says: str
) -> None:
    (tmp_path / "check.en.md").write_text(f"---\nsubject: x\n---\n{source}\n")
    templates = Templates(tmp_path)
    values = {**VALUES, "mailbox": "a@primjer.example", "from_name": "Primjer"}
    _, text, _ = Frame(templates.render("check", "en", values)).fill(values)
    assert "test mail" in text
    (problem,) = templates.problems
    assert "check.en.md" in problem
    assert says in problem
    templates.render("check", "en", values)
    assert len(templates.problems) == 1


@pytest.mark.parametrize("front", ["[a, b]", "subject: [", "subject: '{{'"])
def test_faulty_front_matter_is_reported_too(tmp_path: Path, front: str) -> None:
    (tmp_path / "check.en.md").write_text(f"---\n{front}\n---\nx\n")
    templates = Templates(tmp_path)
    templates.render("check", "en", {**VALUES, "mailbox": "a", "from_name": "b"})
    assert templates.problems


def test_a_language_falls_to_its_base_and_to_english(tmp_path: Path) -> None:
    (tmp_path / "note.sr.md").write_text("osnovni\n")
    (tmp_path / "note.en.md").write_text("english\n")
    assert filled(tmp_path, language="sr-Latn")[1] == "osnovni\n"
    assert filled(tmp_path, language="de")[1] == "english\n"


def test_what_takes_no_memory_is_allowed(tmp_path: Path) -> None:
    """A name for a value, a sum, and the same marks where they are plain text."""
    source = "{% set who = name or 'you' %}{% if 1 + 1 == 2 %}{{ who }} ~ {% raw %}{% set x %}{% endraw %}{% endif %}\n"
    (tmp_path / "note.en.md").write_text(source)
    assert filled(tmp_path)[1] == "you ~ {% set x %}\n"


def test_what_no_template_says_is_an_error() -> None:
    with pytest.raises(LetterError, match="nosuch"):
        Templates().render("nosuch", "en", VALUES)
