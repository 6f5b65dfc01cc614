"""One Markdown source, two forms."""

from autoack.letters.markdown import parse, to_html, to_text

SOURCE = """\
# Naslov

Prvi **odlomak**
u dva retka.

1. jedan
2. dva
   - unutra

> navod
>
> dalje

|  |  |
|---|---|
| Oznaka | AA |
| Predmet | Upit |

Vidi [pomoć](https://primjer.example/pomoc) i <https://primjer.example>.
"""


def test_text_reads_as_people_type_it() -> None:
    assert (
        to_text(parse(SOURCE))
        == """\
Naslov

Prvi odlomak
u dva retka.

1. jedan
2. dva
   - unutra

> navod
>
> dalje

Oznaka: AA
Predmet: Upit

Vidi pomoć <https://primjer.example/pomoc> i https://primjer.example.
"""
    )


def test_html_has_inline_styles_and_no_empty_heading() -> None:
    html = to_html(parse(SOURCE))
    assert '<p style="margin' in html
    assert '<a href="https://primjer.example/pomoc" style="' in html
    assert "<thead>" not in html
    assert "<strong>odlomak</strong>" in html


def test_raw_html_is_shown_and_not_obeyed() -> None:
    assert "<script>" not in to_html(parse("a <script>alert(1)</script>\n\n<script>b</script>"))


def test_a_picture_is_its_words_for_letters_fetch_nothing() -> None:
    tokens = parse("![Logo <i>](https://primjer.example/a.png) ![a][b]\n\n[b]: http://primjer.example/b.png")
    assert "Logo &lt;i&gt; a</p>" in to_html(tokens)
    assert to_text(tokens) == "Logo <i> a\n"


def test_no_bracket_stands_behind_an_address() -> None:
    """Mail programs that make links of addresses would take it along."""
    there = "https://primjer.example/a?stars=5"
    source = f"- [5]({there})\n- [4]({there})\n\nSee [here]({there}), please\nor [there]({there})\nor call."
    assert to_text(parse(source)) == (
        f"- 5: {there}\n- 4: {there}\n\nSee here <{there}>, please\nor there: {there}\nor call.\n"
    )
