"""Each fault that is planted into a sound text is found by its rule, on its line, and nothing else is."""

from pathlib import Path
from typing import NamedTuple

import pytest

from autoack.letters.digest_words import LANGUAGES
from autoack.letters.lint.check import findings_in
from autoack.letters.lint.files import read_answers, read_templates
from autoack.letters.lint.finding import Finding
from tests.letters.lint.sound import CHECK_EN, SOUND

ANSWERS = ("returns.en.md", "povrat.hr.md")
PROMISE_EN = "{% if promised %}**{{ promised }}**{% else %}as soon as we can{% endif %}"
LONG_HR = (
    "Vaš upit proslijedili smo kolegi koji se njime bavi, a on će ga pročitati, provjeriti u evidenciji, "
    "usporediti s narudžbom, razgovarati sa skladištem i zatim Vam poslati odgovor koji ćete moći pročitati i "
    "spremiti među svoje dokumente"
)
LONG_HU = (
    "Levelét továbbítottuk annak a munkatársunknak, aki az ügyével foglalkozik, elolvassa, összeveti a "
    "megrendeléssel, egyeztet a raktárral, utánanéz a számlának, majd megírja azt a választ, amelyet Ön "
    "később is elővehet és újra elolvashat"
)


class Planted(NamedTuple):
    """In `file`, `right` becomes `wrong`. It is found on the line where `wrong` begins, or on `line`."""

    rule: str
    file: str
    right: str
    wrong: str
    line: int = 0


PLANTED = [
    # Subjects
    Planted("subject-length", "check.hr.md", "Slanje radi:", "Slanje iz ovog sandučića ponovno radi kako treba:"),
    Planted("subject-length", "check.en.md", "Sending works:", "Sending from this mailbox works as it should again:"),
    Planted("subject-front", "check.hr.md", "Slanje radi", "Obavijest o slanju"),
    Planted("subject-front", "check.hu.md", "Működik a küldés", "Tájékoztatás a küldésről"),
    Planted("subject-front", "check.en.md", "Sending works: {{ mailbox }}", "{{ organisation }}: sending works"),
    Planted("subject-front", "check.sr-Cyrl.md", "Слање ради", "Обавештење о слању"),
    Planted("subject-missing", "check.en.md", '---\nsubject: "Sending works: {{ mailbox }}"\n---\n', "", 1),
    # How it is typed
    Planted("capitals", "check.en.md", "Sending works", "SENDING WORKS"),
    Planted("capitals", "receipt.hr.md", "Uredno smo", "UREDNO smo"),
    Planted("capitals", "check.hu.md", "Ez próbalevél", "EZ EGY PRÓBA"),
    Planted("capitals", "receipt.sr-Cyrl.md", "Уредно смо", "УРЕДНО смо"),
    Planted("punctuation", "receipt.en.md", "safely.", "safely!!!"),
    Planted("punctuation", "receipt.hu.md", "hozzánk.", "hozzánk..."),
    Planted("punctuation", "check.hr.md", "radi: {{ mailbox }}", "radi?! {{ mailbox }}"),
    Planted("spacing", "receipt.hr.md", "primili.", "primili ."),
    Planted("spacing", "receipt.en.md", "To add anything, reply", "To add anything , reply"),
    Planted("spacing", "receipt.sr-Cyrl.md", "је {{ ref }}.", "је {{ ref }} ."),
    Planted("spacing", "receipt.hu.md", "Azonosító: {{ ref }}", "Azonosító : {{ ref }}"),
    Planted("spacing", "receipt.hr.md", "na {{ phone }}.{% endif %}", "na {{ phone }} !{% endif %}"),
    Planted("spacing", "receipt.en.md", "{% endif %}. It has", "{% endif %}, it came ; it has"),
    Planted("spacing", "receipt.sr-Latn.md", "Uredno smo", "Uredno  smo"),
    Planted("spacing", "receipt.en.md", "safely.", "safely.Thank you."),
    Planted("spacing", "receipt.hu.md", "hozzátenne valamit, válaszoljon", "hozzátenne valamit,válaszoljon"),
    Planted("spacing", "receipt.hr.md", "Oznaka upita je {{ ref }}", "Oznaka upita:{{ ref }}"),
    Planted("spacing", "check.sr-Cyrl.md", "Слање ради: {{ mailbox }}", "Слање ради : {{ mailbox }}"),
    Planted("spacing", "returns.en.md", "  - Pack the goods.", "  - Pack the goods ."),
    Planted("spacing", "povrat.hr.md", "title: Povrat robe", "title: Povrat  robe"),
    Planted("quotes", "receipt.hr.md", "{{ subject }}”", "{{ subject }}“"),
    Planted("quotes", "receipt.hr.md", "{{ subject }}”", '{{ subject }}"'),
    Planted("quotes", "receipt.sr-Latn.md", "{{ subject }}“", "{{ subject }}”"),
    Planted("quotes", "receipt.sr-Cyrl.md", "{{ subject }}“", "{{ subject }}”"),
    Planted("quotes", "receipt.hu.md", "{{ subject }}” tárgyú", "{{ subject }}“ tárgyú"),
    Planted("emoji", "receipt.hr.md", "primili.", "primili 😀."),
    Planted("emoji", "receipt.en.md", "safely.", "safely :-)."),
    Planted("doubled-word", "receipt.en.md", "has reached", "has has reached"),
    Planted("doubled-word", "receipt.hr.md", "smo je", "smo smo je"),
    Planted("doubled-word", "receipt.sr-Cyrl.md", "ову поруку", "ову ову поруку"),
    Planted("doubled-word", "receipt.hu.md", "Válaszolunk Önnek {% if", "Válaszolunk Önnek a {% if"),
    Planted("end-mark", "receipt.hr.md", "Uredno smo je primili.", "Uredno smo je primili"),
    Planted("end-mark", "receipt.hr.md", "Ponovno radimo {{ opens }}.", "Ponovno radimo {{ opens }}"),
    Planted("end-mark", "returns.en.md", "your money back.", "your money back"),
    Planted("list-marks", "returns.en.md", "2. Put the slip in.", "2. Put the slip in"),
    Planted("list-marks", "povrat.hr.md", "  - Zapakirajte robu.", "  - Zapakirajte robu"),
    Planted("negative", "receipt.en.md", "It has reached us safely.", "You should have sent the bill."),
    Planted("negative", "receipt.hr.md", "Uredno smo je primili.", "Niste naveli broj narudžbe."),
    Planted("negative", "receipt.sr-Cyrl.md", "Уредно смо је примили.", "Морате да сачекате."),
    Planted("negative", "receipt.hu.md", "Rendben megérkezett", "Nem adta meg a számát, de megérkezett"),
    Planted("promotion", "receipt.hr.md", "Uredno smo je primili.", "Danas je 20% popusta."),
    Planted("promotion", "receipt.en.md", "It has reached us safely.", "Today it is 20% off."),
    Planted("pronunciation", "receipt.sr-Latn.md", "Uredno smo je primili.", "Razumijemo i uredno smo je primili."),
    Planted("script", "receipt.sr-Cyrl.md", "поруку.", "пopуку."),  # o and p are Latin
    Planted("script", "receipt.sr-Cyrl.md", "Уредно смо", "Uredno smo"),
    Planted("script", "receipt.sr-Latn.md", "poruku", "poruкu"),  # к is Cyrillic
    Planted("script", "receipt.en.md", "We will", "Wе will"),  # е is Cyrillic
    Planted("left-over", "receipt.en.md", "It has reached us", "It has reached [name]"),
    Planted("left-over", "povrat.hr.md", "Vam novac", "Vam {iznos}"),
    Planted("left-over", "receipt.en.md", "It has reached us", "It has TODO reached us"),
    Planted("left-over", "receipt.en.md", "It has reached us", "It <b class='x'>has</b> reached us"),
    Planted("left-over", "receipt.en.md", "It has", "![Logo](https://www.fruit.example/a.png) It has"),
    Planted("negative", "receipt.en.md", "It has reached us safely.", "Please do not reply to it."),
    Planted("negative", "receipt.hr.md", "Uredno smo je primili.", "Na nju ne odgovarajte."),
    Planted("address-form", "receipt.hr.md", "Uredno smo je primili.", "Uskoro ćemo ti odgovoriti."),
    # Words
    Planted("slang", "receipt.en.md", "as soon as we can", "asap"),
    Planted("slang", "receipt.hr.md", "Uredno smo", "Super, uredno smo"),
    Planted("slang", "receipt.hu.md", "Rendben megérkezett", "Szuper, megérkezett"),
    Planted("negative", "receipt.en.md", "It has reached us safely.", "Unfortunately it took a while."),
    Planted("negative", "receipt.hr.md", "Uredno smo je primili.", "Nažalost, stigla je kasno."),
    Planted("negative", "receipt.sr-Cyrl.md", "Уредно смо је примили.", "Нажалост, стигла је касно."),
    Planted("negative", "receipt.hu.md", "Rendben megérkezett", "Sajnos később érkezett"),
    Planted("promotion", "receipt.hr.md", "Uredno smo je primili.", "Iskoristite popust."),
    Planted("promotion", "returns.en.md", "at our cost.", "with our special offer."),
    Planted("apology", "receipt.en.md", "We are sorry for the delay.", "We are sorry."),
    Planted("apology", "receipt.en.md", "for the delay", "for any inconvenience"),
    Planted("apology", "receipt.hr.md", "zbog kašnjenja", "zbog mogućih neugodnosti"),
    Planted("apology", "receipt.sr-Latn.md", "Izvinjavamo se zbog kašnjenja.", "Izvinjavamo se."),
    Planted("apology", "receipt.sr-Cyrl.md", "због кашњења", "због непријатности"),
    Planted("apology", "receipt.hu.md", "a késésért", "az esetleges kellemetlenségekért"),
    Planted("apology", "receipt.en.md", "We are sorry for the delay.", "Sorry about that."),
    Planted("apology", "receipt.en.md", "We are sorry for the delay.", "We apologise for this and will call you."),
    Planted("apology", "receipt.en.md", "We are sorry for the delay.", "We are sorry that this happened."),
    Planted("apology", "receipt.hr.md", "Ispričavamo se zbog kašnjenja.", "Žao nam je zbog toga."),
    Planted("apology", "receipt.hr.md", "Ispričavamo se zbog kašnjenja.", "Zbog toga se ispričavamo."),
    Planted("apology", "receipt.sr-Latn.md", "Izvinjavamo se zbog kašnjenja.", "Žao nam je što se to desilo."),
    Planted("apology", "receipt.sr-Cyrl.md", "Извињавамо се због кашњења.", "Извините због тога."),
    Planted("apology", "receipt.hu.md", "Elnézését kérjük a késésért.", "Elnézést emiatt."),
    Planted("apology", "receipt.hu.md", "Elnézését kérjük a késésért.", "Ezért elnézését kérjük."),
    Planted("pronunciation", "receipt.hr.md", "Uredno smo je primili.", "Rešenje je u izradi."),
    Planted("pronunciation", "receipt.sr-Latn.md", "Uredno smo je primili.", "Riječ je uredno stigla."),
    Planted("pronunciation", "receipt.sr-Cyrl.md", "Уредно смо је примили.", "Захтјев је уредно стигао."),
    Planted("address-form", "receipt.hr.md", "Uredno smo je primili.", "Tvoja poruka je stigla."),
    Planted("address-form", "receipt.sr-Cyrl.md", "Уредно смо је примили.", "Твоја порука је стигла."),
    Planted("address-form", "receipt.hr.md", "Uredno smo je primili.", "Možemo ti poslati kopiju."),
    Planted("slang", "receipt.hr.md", "Uredno smo je primili.", "Sorry, tek smo je primili."),
    Planted("address-form", "receipt.hu.md", "Rendben megérkezett hozzánk.", "A leveled megérkezett hozzánk."),
    Planted("sentence-length", "receipt.hr.md", "Uredno smo je primili", LONG_HR),
    Planted("sentence-length", "receipt.hu.md", "Rendben megérkezett hozzánk", LONG_HU),
    Planted("paragraph-length", "receipt.en.md", "To add anything", "It is noted. " * 6 + "To add anything", 7),
    Planted("steps", "returns.en.md", "link: https://www.fruit.example/returns\n", "", 14),
    Planted("steps", "povrat.hr.md", "  - Predajte", "  - Priložite račun.\n  - Predajte", 8),
    # Whole letters
    Planted("greeting", "receipt.en.md", "{{ salutation }}", "Dear customer,"),
    Planted("greeting", "receipt.hr.md", "{{ salutation }}", "Poštovani korisniče,"),
    Planted("greeting", "receipt.hu.md", "{{ salutation }}\n\n", "", 1),
    Planted("greeting", "povrat.hr.md", "Robu nam", "Poštovani, robu nam"),
    Planted("close", "receipt.en.md", "Kind regards,\n", "", 9),
    Planted("close", "receipt.hu.md", "Üdvözlettel:\n", "", 9),
    Planted("close", "receipt.sr-Cyrl.md", "Срдачан поздрав,\n", "", 9),
    Planted("signature", "receipt.hr.md", "Srdačan pozdrav\n{{ from_name }}", "Srdačan pozdrav"),
    Planted("contact", "receipt.en.md", "To add anything, reply to this email. ", "", 10),
    Planted("contact", "receipt.sr-Cyrl.md", "Ако желите нешто да додате, одговорите на ову поруку. ", "", 10),
    Planted("thanks", "receipt.en.md", "Thank you for your message", "We have your message", 1),
    Planted("receipt-content", "receipt.en.md", PROMISE_EN, "soon", 1),
    Planted("receipt-content", "receipt.hr.md", "{{ ref }}", "u predmetu", 1),
    Planted("typed-promise", "receipt.hr.md", "čim je pročitamo", "u roku od 24 sata"),
    Planted("typed-promise", "receipt.sr-Cyrl.md", "чим је прочитамо", "за 24 сата"),
    # What keeps a file from being used
    Planted("variable", "receipt.en.md", "reference is {{ ref }}", "reference is {{ reff }}{{ ref }}"),
    Planted("variable", "receipt.hr.md", "{%- if phone %}", "{%- if phone and telefon %}"),
    Planted("variable", "povrat.hr.md", "Vam novac", "Vam {{ iznos }}"),
    Planted("variable", "povrat.hr.md", "Robu nam", "{{ name }}, robu nam"),
    Planted("variable", "povrat.hr.md", "  - Predajte", "  - Poštovani {{ name }}, predajte"),
    Planted("variable", "receipt.en.md", "It has reached us", "It has reached us, {{ name }}"),
    Planted("template", "receipt.hu.md", "{% if promised %}", "{% if %}"),
    Planted("template", "receipt.en.md", "{{ ref }}", "{{ ref|reversed }}"),
    Planted("template", "check.hr.md", 'subject: "Slanje', 'subject: Slanje: "'),
    Planted("front-matter", "check.en.md", '---\n{{ sal', 'subjekt: x\n---\n{{ sal'),
    Planted("front-matter", "returns.en.md", "title: How to send something back\n", "", 1),
    Planted("front-matter", "returns.en.md", "language: en", "language: hr"),
    Planted("front-matter", "povrat.hr.md", "steps:", "koraci:"),
    Planted("front-matter", "returns.en.md", "link: https://www.fruit.example/returns", "link: our site"),
]  # fmt: skip


def found_in(folder: Path, name: str, content: str) -> list[Finding]:
    """What is found in that file, alone in a folder."""
    (folder / name).write_text(content, encoding="utf-8")
    read = read_answers if name in ANSWERS else read_templates
    return sorted({finding for text in read(folder, LANGUAGES) for finding in findings_in(text)})


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_in_a_sound_text(tmp_path: Path, name: str) -> None:
    assert found_in(tmp_path, name, SOUND[name]) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p.rule} {p.file} {p.wrong[:20]}")
def test_a_planted_fault_is_found_and_its_mended_twin_is_clean(tmp_path: Path, planted: Planted) -> None:
    sound = SOUND[planted.file]
    assert sound.count(planted.right) >= 1
    spoilt = sound.replace(planted.right, planted.wrong, 1)
    line = planted.line or spoilt[: spoilt.index(planted.wrong)].count("\n") + 1
    found = found_in(tmp_path, planted.file, spoilt)
    assert {(finding.rule, finding.line) for finding in found} == {(planted.rule, line)}
    assert found_in(tmp_path, planted.file, sound) == []


@pytest.mark.parametrize(
    ("file", "right", "also_right"),
    [
        ("check.hr.md", "probna poruka.", "probna poruka; SMS PIN i IBAN, PDF, DOC, HZZO i HTTPS ostaju."),
        (
            "check.hr.md",
            "probna poruka.",
            "probna poruka: ti upiti, stari uređaj, ima vremena, rečeno je i učinjeno…",
        ),
        ("check.hu.md", "próbalevél.", "próbalevél. Az az ügy rendben van, ennek ez az oka."),
        ("check.en.md", "a test mail.", "a test mail. He had had it, i.e. 3.5 hours: 10:30–14:00!"),
        ("check.sr-Cyrl.md", "пробна порука.", "пробна порука; PDF, autoack и web остају како јесу."),
        ("povrat.hr.md", "besplatno.", "besplatno. Popust se pritom vraća."),
        ("receipt.hr.md", "Uredno smo je primili.", "Morate li nešto dodati, tu smo."),
        (
            "check.hr.md",
            "probna poruka.",
            "probna poruka (.pdf, .5 i 10:30, 1,5 kg): d.o.o. na primjer.example; itd. … Sve je tu!\\\nJavite se.",
        ),
        ("check.en.md", "This is a test mail.", "| a   | b    |\n| --- | :--: |\n| `x` | `:y` |"),
        (
            "receipt.hr.md",
            "primili.",
            "primili.{% if phone %} Zovite{% else %} Pišite{% endif %}, molimo Vas.",
        ),
        ("receipt.hr.md", "Uredno smo je primili.", "{% if phone %}Zovite.{% else %}Pišite.{% endif %}"),
        ("povrat.hr.md", "Robu nam", "{% if name %}{{ name }}, robu{% else %}Robu{% endif %} nam"),
        ("povrat.hr.md", "  - Predajte", "  - Predajte, {{ name or organisation }},"),
        ("receipt.en.md", "for the delay.", "about that delay. It came late, and we are sorry for that."),
        ("receipt.en.md", "for the delay.", "you had to wait. We regret the delay."),
        (
            "receipt.hr.md",
            "zbog kašnjenja.",
            "zbog toga što kasnimo. Paket je kasnio i zbog toga nam je žao.",
        ),
        ("receipt.sr-Latn.md", "zbog kašnjenja.", "zbog tog kašnjenja. Izvinite na čekanju."),
        ("receipt.sr-Cyrl.md", "због кашњења.", "због тога, јер је стигла касно."),
        ("receipt.hu.md", "a késésért.", "azért, hogy várnia kellett. Sajnáljuk a késést."),
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(
    tmp_path: Path, file: str, right: str, also_right: str
) -> None:
    assert right in SOUND[file]
    assert found_in(tmp_path, file, SOUND[file].replace(right, also_right)) == []


def test_a_space_before_a_mark_is_right_in_french_before_some(tmp_path: Path) -> None:
    said = "C’est reçu ! Une question ? Écrivez-nous : {{ mailbox }} ; merci , merci ."
    (tmp_path / "check.fr.md").write_text(CHECK_EN.replace("This is a test mail.", said), encoding="utf-8")
    (text,) = read_templates(tmp_path, ("fr",))
    assert [f.better for f in findings_in(text) if f.rule == "spacing"] == ["merci,", "merci."]


def test_every_rule_has_its_planted_faults() -> None:
    from autoack.letters.lint.rules import LETTER_RULES, SOURCE_RULES, TEXT_RULES

    assert {*TEXT_RULES, *LETTER_RULES, *SOURCE_RULES} <= {planted.rule for planted in PLANTED}
    assert len(PLANTED) >= 40
