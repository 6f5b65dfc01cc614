"""What a mail is about, whether it is heated, and whether it is thanks and nothing more."""

import pytest

from autoack.core.category import category, strong_language
from autoack.core.thanks import is_pure_thanks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Podnosim REKLAMACIJU na uređaj.", "complaint"),
        ("Nisam zadovoljan uslugom.", "complaint"),
        ("Желим да уложим приговор.", "complaint"),
        ("Нисам задовољна.", "complaint"),
        ("Panaszt szeretnék tenni.", "complaint"),
        ("This is unacceptable, when will it come?", "complaint"),
        ("Kada stiže pošiljka?", "question"),
        ("Zanima me cijena.", "question"),
        ("Да ли радите суботом", "question"),
        ("Érdeklődnék az ár felől.", "question"),
        ("I was wondering about the price.", "question"),
        ("Great service, can you do it again?", "question"),
        ("Pohvale vašoj ekipi!", "praise"),
        ("Zadovoljna sam uslugom.", "praise"),
        ("Све похвале!", "praise"),
        ("Nagyon elégedett vagyok.", "praise"),
        ("Excellent service, well done.", "praise"),
        ("Šaljem račun u prilogu.", "other"),
        ("A családom üdvözletét küldöm.", "other"),
        # Words that lie near, and mean something else.
        ("Dostava je bila bez prigovora.", "other"),
        ("Nemam nikakvih pritužbi.", "other"),
        ("Nincs semmi panaszom.", "other"),
        ("I have no complaints.", "other"),
        ("Thank you for your wonderful service!", "praise"),
        ("A complimentary breakfast is included.", "other"),
        ("I was not very happy with it.", "complaint"),
        ("I would be very happy with a refund.", "other"),
        ("Nisam oduševljena.", "complaint"),
        ("Ovdje je poveznica: https://kupac.example/slika?id=5", "other"),
        ("Kako se vidi na slici, pukao je.", "other"),
        ("Молим за информацију.", "question"),
        ("Kiváló munka volt.", "praise"),
        ("Kiváló minőségű papírt keresek.", "other"),
        ("Vaš majstor je bio divan i sve je popravio.", "praise"),
        ("Колегиница је била предивна.", "praise"),
        ("Hvala vam na brzoj i ljubaznoj pomoći!", "praise"),
        ("Хвала вам од срца на помоћи!", "praise"),
        ("Nagyon köszönöm a gyors segítséget!", "praise"),
        ("Your colleague was wonderful.", "praise"),
        ("Interesuje me cena.", "question"),
        ("Интересује ме цена.", "question"),
        ("I would like to know the price.", "question"),
        # Praise that goes on with what is wrong, and what only would be good.
        ("Hvala na brzoj pomoći, ali i dalje ne radi.", "other"),
        ("Хвала на помоћи, али и даље не ради.", "other"),
        ("Köszönöm a gyors segítséget, de nem működik.", "other"),
        ("Excellent service, but my invoice is missing.", "other"),
        ("Bilo bi odlično da odgovorite.", "other"),
        ("", "other"),
    ],
)
def test_a_mail_has_one_category(text: str, expected: str) -> None:
    assert category(text, "") == expected


def test_the_subject_counts_too() -> None:
    assert category("U prilogu je račun.", "Žalba") == "complaint"


@pytest.mark.parametrize(
    ("text", "heated"),
    [
        ("Vi ste lopovi i prevaranti!", True),
        ("Ово је срање.", True),
        ("Jebote, opet ne radi", True),
        ("Ez egy szar.", True),
        ("This is bullshit.", True),
        ("Gospodin Budalić pita za cijenu.", False),
        ("A baromfi származása, három száraz szárny.", False),
        ("A családom csalódott.", False),
        ("Nisam zadovoljan.", False),
        ("Scunthorpe, Dick and governance", False),
        ("Pickup vozilo stiže iz Jebel Alija.", False),
        ("Ukraden mi je bicikl; lopov je pobjegao.", False),
        ("A thief stole my parcel, the frame hangs crooked.", False),
        ("The pain is debilitating.", False),
        ("Die Ausstellung ist faszinierend.", False),
        ("Géci Gergely rendelése", False),
        ("Plišani majmun za dijete", False),
        ("Kretanje pošiljke", False),
        ("У прилогу је говор директора.", False),
        ("Pizda vam materina", True),
        ("Лопови једни!", True),
        ("You are thieves!", True),
        ("How identity thieves work", False),
        ("Hülye az egész.", True),
        ("Ovo je prava svinjarija!", True),
        ("Idite kvragu.", True),
        ("Idite svi dođavola!", True),
        ("Које свињарије, идите до ђавола!", True),
        ("Menjenek a pokolba!", True),
        ("What the hell is going on?", True),
        ("Svinjar i svinjac na farmi, Đavolja varoš.", False),
        ("Knjiga „Vrag prije podne” i film o đavolu", False),
        ("A pokol napja, az A-pokolgép", False),
        ("Hell in the Pacific, on DVD; hello", False),
    ],
)
def test_strong_language_is_heard_and_names_are_not(text: str, heated: bool) -> None:
    assert strong_language(text) is heated


@pytest.mark.parametrize(
    "text",
    [
        "Hvala!",
        "Hvala, riješeno!",
        "Hvala Vam puno na brzom odgovoru, sve radi.",
        "Poštovani,\n\nzahvaljujem na pomoći.\n\nLijep pozdrav,\nIvan Horvat",
        "Hvala Ana!",
        "Хвала пуно, решено је.",
        "Hvala puno, rešeno je.",
        "Köszönöm szépen a gyors választ!",
        "Thank you so much, it works now.\n\nBest regards\nIvan",
        "Thanks :)",
    ],
)
def test_thanks_and_nothing_else(text: str) -> None:
    assert is_pure_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ok",
        "Ivan Horvat",
        "Hvala, a kada stiže?",
        "Hvala, ali i dalje ne radi",
        "Hvala.\n\nČekam odgovor",
        "Hvala. Šaljem broj AB-123456",
        "Hvala, moj broj je 12345",
        "Hvala, javite se",
        "Хвала, али још не ради",
        "Köszönöm, de még nem működik",
        "Thanks! When will it ship",
        "Thank you. Please cancel my order",
        "Thanks, the printer is broken again",
        "Hvala " * 60,
    ],
)
def test_thanks_with_anything_more_is_a_mail_that_waits(text: str) -> None:
    assert not is_pure_thanks(text)


def test_the_language_of_the_thread_narrows_the_words_and_english_stays() -> None:
    assert is_pure_thanks("Köszönöm!", "hu")
    assert not is_pure_thanks("Köszönöm!", "hr")
    assert is_pure_thanks("Hvala!", "sr-Latn")
    assert is_pure_thanks("Thanks!", "sr-Cyrl")
    assert is_pure_thanks("Danke, thanks", "xx") is False
