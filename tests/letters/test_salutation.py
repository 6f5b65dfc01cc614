"""The greeting of a letter: right in every case, or neutral."""

import pytest

from autoack.core.identify import identify
from autoack.core.message import Address, Customer
from autoack.letters.salutation import salutation


def greeting(name: str | None, language: str, honorific: str | None = None, style: str = "vocative") -> str:
    return salutation(Customer("a@kupac.example", name, honorific), language, style)


@pytest.mark.parametrize(
    ("name", "honorific", "language", "said"),
    [
        ("Ivan Horvat", None, "hr", "Poštovani Ivane,"),
        ("Petar Perić", None, "hr", "Poštovani Petre,"),
        ("Marko Marić", None, "hr", "Poštovani Marko,"),
        ("Luka Perić", None, "hr", "Poštovani Luka,"),
        ("Ivan", None, "hr", "Poštovani Ivane,"),
        ("Milica Horvat", None, "hr", "Poštovana Milice,"),
        ("Ana Marić", None, "hr", "Poštovana Ana,"),
        ("Marija Babić", None, "hr", "Poštovana Marija,"),
        ("Zeljko Babic", None, "hr", "Poštovani Željko,"),
        ("Ana Marija Kovačević", None, "hr", "Poštovana Ana Marija,"),
        ("Ana-Marija Kovačević", None, "hr", "Poštovana Ana-Marija,"),
        ("Ivan M. Horvat", None, "hr", "Poštovani Ivane,"),
        ("Ivan Pavao Jurić", None, "hr", "Poštovani Ivan Pavao Jurić,"),
        ("Denis Marić", None, "hr", "Poštovani Denis Marić,"),
        ("Patrik Šimić", None, "hr", "Poštovani Patrik Šimić,"),
        ("Juraj Horvat", None, "hr", "Poštovani Juraj Horvat,"),
        ("Saša Petrović", None, "hr", "Dobar dan, Saša Petrović,"),
        ("Matija Babić", None, "hr", "Dobar dan, Matija Babić,"),
        ("Qwerta Asdfić", None, "hr", "Dobar dan, Qwerta Asdfić,"),
        ("I. Horvat", None, "hr", "Dobar dan, I. Horvat,"),
        ("Sanjay Patel", None, "hr", "Poštovani Sanjay Patel,"),
        ("Martin Müller", None, "hr", "Poštovani Martin Müller,"),
        ("John Smith", None, "hr", "Poštovani John Smith,"),
        ("Martin Berger", None, "hr", "Poštovani Martin Berger,"),
        ("Martin Perić", None, "hr", "Poštovani Martine,"),
        ("Robert Lisjak", None, "hr", "Poštovani Roberte,"),
        ("Martin", None, "hr", "Poštovani Martine,"),
        ("Zubak Ivan", None, "hr", "Poštovani Zubak Ivan,"),
        ("Zubak Ivan", None, "sr-Cyrl", "Поштовани Zubak Ivan,"),
        ("Giulia Rossi", None, "hr", "Poštovana Giulia Rossi,"),
        ("László Anna", None, "hr", "Dobar dan, László Anna,"),
        ("Nagyné Szabó Éva", None, "hr", "Poštovana Nagyné Szabó Éva,"),
        ("Јелена Петровић", None, "hr", "Poštovana Jelena,"),
        ("Саша Петровић", None, "hr", "Dobar dan, Saša Petrović,"),
        ("Ana Marić", "dr.", "hr", "Poštovana dr. Marić,"),
        ("Ana", "dr.", "hr", "Poštovana dr. Ana,"),
        ("Horvat", "dr.", "hr", "Dobar dan, dr. Horvat,"),
        ("Ivan Horvat", "prof. dr. sc.", "hr", "Poštovani prof. dr. sc. Horvat,"),
        ("Ivan Marić", "akademik", "hr", "Poštovani akademiče Marić,"),
        ("Ivan Horvat", "dipl. ing.", "hr", "Poštovani Ivane,"),
        ("Ivan Horvat", "mr.", "hr", "Poštovani Ivane,"),
        ("Ivan Horvat", "g.", "hr", "Poštovani gospodine Horvat,"),
        ("Saša Petrović", "gđa", "hr", "Poštovana gospođo Petrović,"),
        ("Anna Brown", "Mrs", "hr", "Poštovana gospođo Brown,"),
        ("Ivan Horvat", None, "sr-Latn", "Poštovani Ivane,"),
        ("Milos Jovanovic", None, "sr-Latn", "Poštovani Miloše,"),
        ("Jelena Petrović", "dr.", "sr-Latn", "Poštovana dr Petrović,"),
        ("Marko Petrović", "dr.", "sr-Latn", "Poštovani dr Petroviću,"),
        ("Petar Petrović", "g.", "sr-Latn", "Poštovani gospodine Petroviću,"),
        ("Milan Jovanović", "prof. dr. sc.", "sr-Latn", "Poštovani prof. dr Jovanoviću,"),
        ("Милица Јовановић", None, "sr-Latn", "Poštovana Milice,"),
        ("Милица Јовановић", None, "sr-Cyrl", "Поштована Милице,"),
        ("Milica Jovanovic", None, "sr-Cyrl", "Поштована Милице,"),
        ("Ђорђе Љубић", None, "sr-Cyrl", "Поштовани Ђорђе,"),
        ("Đorđe Ljubić", None, "sr-Cyrl", "Поштовани Ђорђе,"),
        ("Djordje Ljubic", None, "sr-Cyrl", "Поштовани Ђорђе,"),
        ("Ljiljana Njegovan", None, "sr-Cyrl", "Поштована Љиљана,"),
        ("Džemal Hadžić", None, "sr-Cyrl", "Поштовани Џемале,"),
        ("Јелена Петровић", "dr.", "sr-Cyrl", "Поштована др Петровић,"),
        ("Марко Петровић", "dr.", "sr-Cyrl", "Поштовани др Петровићу,"),
        ("Jelena Petrovic", "dr.", "sr-Cyrl", "Поштована др Јелена,"),
        ("Ivan Horvat", "g.", "sr-Cyrl", "Поштовани господине Хорват,"),
        ("Milica Petrović", "gđa", "sr-Cyrl", "Поштована госпођо Петровић,"),
        ("Saša Petrović", None, "sr-Cyrl", "Добар дан, Саша Петровић,"),
        ("Sasa Petrovic", None, "sr-Cyrl", "Добар дан, Sasa Petrovic,"),
        ("Horvat", "dr.", "sr-Cyrl", "Добар дан, др Хорват,"),
        ("Smith", "mr.", "hr", "Poštovani,"),
        ("Smith", "mr.", "hu", "Tisztelt Ügyfelünk!"),
        ("Smith", "mr.", "en", "Dear Mr Smith,"),
        ("Jane Doe", "Ms", "sr-Cyrl", "Поштована госпођо Doe,"),
        ("Matea Kos", None, "hr", "Poštovana Matea,"),
        ("Denis Ljubić", None, "sr-Cyrl", "Поштовани Денис Љубић,"),
        ("John Smith", None, "sr-Cyrl", "Поштовани John Smith,"),
        ("Jan van der Berg", None, "sr-Cyrl", "Поштовани Jan van der Berg,"),
        ("Юрий Петров", None, "sr-Cyrl", "Добар дан, Юрий Петров,"),
        ("Kovács Anna", None, "hu", "Tisztelt Kovács Anna!"),
        ("Kovács Anna", "dr.", "hu", "Tisztelt dr. Kovács Anna!"),
        ("Kovács Anna", "prof. dr.", "hu", "Tisztelt prof. dr. Kovács Anna!"),
        ("Kovács Béláné", "özv.", "hu", "Tisztelt özv. Kovács Béláné!"),
        ("Kovács Béla", "ifj. dr.", "hu", "Tisztelt ifj. dr. Kovács Béla!"),
        ("Kovács Anna", "gđa", "hu", "Tisztelt Kovács Anna!"),
        ("Јелена Петровић", None, "hu", "Tisztelt Jelena Petrović!"),
        ("John Smith", "mr.", "hu", "Tisztelt John Smith!"),
        ("Ivan Horvat", None, "en", "Dear Ivan Horvat,"),
        ("Ana", None, "en", "Dear Ana,"),
        ("Ana Marić", "dr.", "en", "Dear Dr Marić,"),
        ("Horvat", "dr.", "en", "Dear Dr Horvat,"),
        ("Ivan Horvat", "prof. dr. sc.", "en", "Dear Prof. Dr Horvat,"),
        ("John Smith", "mr.", "en", "Dear Mr Smith,"),
        ("Anna Brown", "Mrs", "en", "Dear Mrs Brown,"),
        ("Ana Marić", "gđa", "en", "Dear Ms Marić,"),
        ("Qwerta Asdfić", "dr.", "en", "Dear Dr Qwerta Asdfić,"),
        ("Ana Marić", "mr. sc.", "en", "Dear Ana Marić,"),
        ("Јелена Петровић", None, "en", "Dear Jelena Petrović,"),
        ("Kovács Anna", None, "de", "Dear Kovács Anna,"),
    ],
)
def test_a_person_is_greeted_by_name(name: str, honorific: str | None, language: str, said: str) -> None:
    assert greeting(name, language, honorific) == said


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Nagyné dr. Szabó Éva", "hu", "Tisztelt Nagyné dr. Szabó Éva!"),
        ("özv. Kovács Péterné dr. Tóth Anna", "hu", "Tisztelt özv. Kovács Péterné dr. Tóth Anna!"),
        ("Dr. Nagyné Szabó Éva", "hu", "Tisztelt dr. Nagyné Szabó Éva!"),
        ("Nagyné dr. Szabó Éva", "hr", "Poštovana Nagyné dr. Szabó Éva,"),
        ("Nagyné dr. Szabó Éva", "sr-Cyrl", "Поштована Nagyné dr. Szabó Éva,"),
        ("Nagyné dr. Szabó Éva", "en", "Dear Nagyné dr. Szabó Éva,"),
        ("Ana Horvat, dr. med.", "hr", "Poštovana dr. Horvat,"),
        ("Ivić Ana dipl. oec.", "hr", "Poštovana Ana,"),
        ("prim. dr. sc. Ana Marić, dr. med.", "hr", "Poštovana prim. dr. sc. Marić,"),
        ("izv. prof. dr. sc. Marko Babić", "hr", "Poštovani prof. dr. sc. Babić,"),
        ("vlč. Ivan Horvat", "hr", "Poštovani vlč. Horvat,"),
        ("Marko Petrović, dr med.", "sr-Latn", "Poštovani dr Petroviću,"),
        ("прим. др Марко Петровић", "sr-Cyrl", "Поштовани прим. др Петровићу,"),
        ("Rev. John Smith", "en", "Dear Rev. Smith,"),
    ],
)
def test_a_title_stands_where_its_bearer_has_it(written: str, language: str, said: str) -> None:
    assert salutation(identify(Address(written, "a@kupac.example"), "", language), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hr", "Poštovani,"),
        ("sr-Latn", "Poštovani,"),
        ("sr-Cyrl", "Поштовани,"),
        ("hu", "Tisztelt Ügyfelünk!"),
        ("en", "Hello,"),
        ("de", "Hello,"),
    ],
)
def test_without_a_name_and_where_ops_wish_it_the_greeting_is_neutral(language: str, said: str) -> None:
    assert greeting(None, language) == said
    assert greeting("Ivan Horvat", language, style="neutral") == said


@pytest.mark.parametrize(
    ("name", "honorific", "language", "said"),
    [
        ("Ivan Horvat", None, "hr", "Poštovani Ivan Horvat,"),
        ("Ana Marić", "dr.", "hr", "Poštovana dr. Ana Marić,"),
        ("Ana Marić", "gđa", "hr", "Poštovana Ana Marić,"),
        ("Saša Petrović", None, "hr", "Dobar dan, Saša Petrović,"),
        ("Petar Petrović", "dr.", "sr-Latn", "Poštovani dr Petar Petrović,"),
        ("Милица Јовановић", None, "sr-Cyrl", "Поштована Милица Јовановић,"),
        ("Milica Jovanović", None, "sr-Cyrl", "Поштована Милица Јовановић,"),
        ("Milica Jovanovic", None, "sr-Cyrl", "Поштована Milica Jovanovic,"),
        ("Kovács Anna", "dr.", "hu", "Tisztelt dr. Kovács Anna!"),
        ("Ana Marić", "dr.", "en", "Dear Dr Ana Marić,"),
    ],
)
def test_plain_greetings_leave_the_name_as_it_is(
    name: str, honorific: str | None, language: str, said: str
) -> None:
    assert greeting(name, language, honorific, style="plain") == said


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Don Ivan Grubišić", "hr", "Poštovani don Ivane,"),
        ("don Marko Perić", "hr", "Poštovani don Marko,"),
        ("don Juraj Babić", "hr", "Poštovani don Juraj Babić,"),
        ("Fra Ante Perković", "hr", "Poštovani fra Ante,"),
        ("Don Johnson", "hr", "Poštovani Don Johnson,"),
        ("Don Martin", "hr", "Poštovani Don Martin,"),
        ("prof. dr. sc. don Ivan Grubišić", "hr", "Poštovani prof. dr. sc. Grubišić,"),
        ("s. Marija Klara Novak", "hr", "Poštovana Marija Klara Novak,"),
        ("J. Ana Novak", "hr", "Poštovana J. Ana Novak,"),
        ("gđica Ana Marić", "hr", "Poštovana gospođo Marić,"),
        ("Odv. Ana Kos", "hr", "Poštovana Ana,"),
        ("Angry Bird", "hr", "Poštovani,"),
        ("First Last", "hr", "Poštovani,"),
        ("Test User", "hr", "Poštovani,"),
        ("Your Name", "hr", "Poštovani,"),
        ("Ime Prezime", "hr", "Poštovani,"),
        ("Ljuta Korisnica", "hr", "Poštovani,"),
        ("Kuća Marić", "hr", "Poštovani,"),
        ("Vila Ana", "hr", "Poštovani,"),
        ("Kod Ivana", "hr", "Poštovani,"),
        ("Župnik Ivan", "hr", "Poštovani,"),
        ("Bez Imena", "hr", "Poštovani,"),
        ("Ivan Horvat ml.", "hr", "Poštovani Ivane,"),
        ("Marija Magdalena Kralj", "hr", "Poštovana Marija Magdalena,"),
        ("Adv. Marko Marković", "sr-Latn", "Poštovani Marko,"),
        ("Ljuti Kupac", "sr-Latn", "Poštovani,"),
        ("fra Petar Jurić", "sr-Latn", "Poštovani fra Petre,"),
        ("Milan-Mića Jovanović", "sr-Latn", "Dobar dan, Milan-Mića Jovanović,"),
        ("gđica Milica Petrović", "sr-Latn", "Poštovana gospođo Petrović,"),
        ("Адв. Марко Марковић", "sr-Cyrl", "Поштовани Марко,"),
        ("Име Презиме", "sr-Cyrl", "Поштовани,"),
        ("Бесни Корисник", "sr-Cyrl", "Поштовани,"),
        ("о. Марко Петровић", "sr-Cyrl", "Поштовани Марко Петровић,"),
        ("Протојереј Марко Петровић", "sr-Cyrl", "Поштовани,"),
        ("фра Анте Перковић", "sr-Cyrl", "Поштовани фра Анте,"),
        ("Vezetéknév Keresztnév", "hu", "Tisztelt Ügyfelünk!"),
        ("Teszt Elek", "hu", "Tisztelt Ügyfelünk!"),
        ("Elégedetlen Vásárló", "hu", "Tisztelt Ügyfelünk!"),
        ("Mérges Ügyfél", "hu", "Tisztelt Ügyfelünk!"),
        ("Ferenc atya", "hu", "Tisztelt Ügyfelünk!"),
        ("Szent Pál", "hu", "Tisztelt Ügyfelünk!"),
        ("Szabó István ev.", "hu", "Tisztelt Szabó István!"),
        ("Kovács J. Péter", "hu", "Tisztelt Kovács J. Péter!"),
        ("Don Ivan Grubišić", "hu", "Tisztelt Ivan Grubišić!"),
        ("Angry Bird", "en", "Hello,"),
        ("First Last", "en", "Hello,"),
        ("Firstname Lastname", "en", "Hello,"),
        ("Happy Camper", "en", "Hello,"),
        ("Don Johnson", "en", "Dear Don Johnson,"),
        ("Don Ivan Grubišić", "en", "Dear Ivan Grubišić,"),
        ("Grace Hope", "en", "Dear Grace Hope,"),
        ("Mary-Jane O'Neill", "en", "Dear Mary-Jane O'Neill,"),
        ("Smith, John (Mr)", "en", "Dear John Smith,"),
    ],
)
def test_a_display_name_is_greeted_as_a_careful_native_would(written: str, language: str, said: str) -> None:
    """Clergy, callings, jokes, and what stands where nobody has filled in a name."""
    assert salutation(identify(Address(written, "a@kupac.example"), "", language), language) == said


def test_a_priest_is_called_by_the_whole_name_where_ops_wish_names_left_as_they_are() -> None:
    assert greeting("Ante Perković", "hr", "fra", style="plain") == "Poštovani fra Ante Perković,"
    assert greeting("Vanja Perić", "hr", "fra") == "Dobar dan, Vanja Perić,"
