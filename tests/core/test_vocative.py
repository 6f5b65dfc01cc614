"""How Croatian and Serbian call people by their given names."""

import pytest

from autoack.core.given_names import Gender, gender
from autoack.core.south_slavic_names import EITHER, FEMALE, MALE
from autoack.core.vocative import vocative

# Written by hand from the grammars' rules, not taken from the code.
CALLED = """
Ivan Ivane · Stjepan Stjepane · Zoran Zorane · Goran Gorane · Dragan Dragane · Milan Milane · Jovan Jovane ·
Bojan Bojane · Dejan Dejane · Dušan Dušane · Srđan Srđane · Bogdan Bogdane · Slobodan Slobodane · Stefan Stefane ·
Mladen Mladene · Ognjen Ognjene · Marin Marine · Martin Martine · Davorin Davorine · Vukašin Vukašine ·
Milutin Milutine · Antun Antune · Anton Antone · Šimun Šimune · Leon Leone · Kristijan Kristijane ·
Marijan Marijane · Damjan Damjane · Tin Tine · Sven Svene · Vedran Vedrane · Josip Josipe · Filip Filipe ·
Jakov Jakove · Tomislav Tomislave · Miroslav Miroslave · Branislav Branislave · Krunoslav Krunoslave ·
Vjekoslav Vjekoslave · Mislav Mislave · Stanislav Stanislave · Vojislav Vojislave · Radoslav Radoslave ·
Vladislav Vladislave · Petar Petre · Aleksandar Aleksandre · Mitar Mitre · Lazar Lazare · Božidar Božidare ·
Oskar Oskare · Vladimir Vladimire · Krešimir Krešimire · Zvonimir Zvonimire · Branimir Branimire ·
Damir Damire · Tihomir Tihomire · Dalibor Dalibore · Igor Igore · Davor Davore · Viktor Viktore ·
Teodor Teodore · Todor Todore · Nenad Nenade · Milorad Milorade · David Davide · Vid Vide · Robert Roberte ·
Emil Emile · Danijel Danijele · Mihael Mihaele · Gabrijel Gabrijele · Mihovil Mihovile · Rudolf Rudolfe ·
Miloš Miloše · Uroš Uroše · Dragoš Dragoše · Boris Borise · Vuk Vuče · Novak Novače · Predrag Predraže ·
Miodrag Miodraže · Pavao Pavle · Matej Mateju · Andrej Andreju · Domagoj Domagoju · Amir Amire · Emir Emire ·
Edin Edine · Senad Senade · Kenan Kenane · Adnan Adnane · Muhamed Muhamede ·
Marko Marko · Darko Darko · Ivo Ivo · Željko Željko · Zdravko Zdravko · Branko Branko · Pero Pero · Mario Mario ·
Mirko Mirko · Vlado Vlado · Hrvoje Hrvoje · Ante Ante · Mate Mate · Jure Jure · Šime Šime · Stipe Stipe ·
Đorđe Đorđe · Pavle Pavle · Blagoje Blagoje · Radoje Radoje · Luka Luka · Nikola Nikola · Ilija Ilija ·
Andrija Andrija · Nemanja Nemanja · Siniša Siniša · Nebojša Nebojša · Ljubiša Ljubiša · Slaviša Slaviša ·
Kosta Kosta · Strahinja Strahinja · Aleksa Aleksa · Ivica Ivica · Jurica Jurica · Tomica Tomica · Toni Toni ·
Mustafa Mustafa ·
Ana Ana · Marija Marija · Ivana Ivana · Jelena Jelena · Katarina Katarina · Petra Petra · Vesna Vesna ·
Snežana Snežana · Snježana Snježana · Ljiljana Ljiljana · Đurđa Đurđa · Željka Željka · Nataša Nataša ·
Lucija Lucija · Tea Tea · Iva Iva · Dunja Dunja · Amra Amra · Mirjana Mirjana · Ines Ines · Nives Nives ·
Karmen Karmen · Doris Doris · Milica Milice · Zorica Zorice · Ljubica Ljubice · Slavica Slavice · Danica Danice ·
Dragica Dragice · Anica Anice · Marica Marice · Katica Katice · Verica Verice · Ružica Ružice · Đurđica Đurđice ·
Jelica Jelice · Ankica Ankice · Štefica Štefice
"""
UNCERTAIN = """
Denis Patrik Dominik Erik Blaž Ambroz Juraj Jan Alojz Tarik Faruk Isak Haris Elvis Njegoš Tomaš Franc Fran
Sergej Saša Vanja Matija Andrea Sava Noa Jasmin Sandi Miša Kim Robin Nikita Luca John Michael Giulia
Sanjay Jürgen Éva Zsolt László Péter Anaïs Qwert Horvat
"""
SHARED = """
Vanja Saša Matija Andrea Sava Noa Misha Robin Alex Luca Béla Qwert
"""
ROWS = [tuple(row.split()) for row in CALLED.split("·")]


def test_the_table_is_long() -> None:
    assert len(ROWS) == len(set(ROWS)) > 150


@pytest.mark.parametrize(("name", "called"), ROWS)
def test_a_name_whose_vocative_is_certain(name: str, called: str) -> None:
    assert vocative(name) == called


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("Zeljko", "Željko"),
        ("Milos", "Miloše"),
        ("Djordje", "Đorđe"),
        ("Dorde", "Đorđe"),
        ("Sinisa", "Siniša"),
        ("Snezana", "Snežana"),
        ("Ruzica", "Ružice"),
        ("Милица", "Milice"),
        ("Ђорђе", "Đorđe"),
        ("Љубица", "Ljubice"),
        ("Његош", None),
        ("Џемал", "Džemale"),
        ("Огњен", "Ognjene"),
    ],
)
def test_names_typed_without_marks_or_in_cyrillic_are_the_same_names(typed: str, called: str | None) -> None:
    assert vocative(typed) == called


@pytest.mark.parametrize("name", UNCERTAIN.split())
def test_a_form_that_is_not_certain_is_never_guessed(name: str) -> None:
    assert vocative(name) is None


@pytest.mark.parametrize("name", SHARED.split())
def test_names_that_men_and_women_bear_settle_no_gender(name: str) -> None:
    assert gender(name) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Nikola", Gender.MALE),
        ("Ivica", Gender.MALE),
        ("Perica", Gender.MALE),
        ("Danica", Gender.FEMALE),
        ("Ines", Gender.FEMALE),
        ("Ana-Marija", Gender.FEMALE),
        ("Ivan-Ana", None),
        ("Lászlóné", Gender.FEMALE),
        ("Giulia", Gender.FEMALE),
        ("John", Gender.MALE),
        ("Милица", Gender.FEMALE),
    ],
)
def test_gender_is_what_the_name_settles(name: str, told: Gender | None) -> None:
    assert gender(name) is told


def test_no_name_is_listed_for_two_genders() -> None:
    men, women, either = (set(names.split()) for names in (MALE, FEMALE, EITHER))
    assert not men & women
    assert not (men | women) & either


def test_every_vocative_keeps_the_names_first_letters() -> None:
    for name in f"{MALE} {FEMALE}".split():
        called = vocative(name)
        assert called is None or called[: len(name) - 3] == name[: len(name) - 3]
