"""Pure thanks start no wait; thanks with anything more do. In Croatian, Serbian, Hungarian and English."""

from pathlib import Path

import pytest

from autoack.core.thanks import is_pure_thanks
from autoack.core.thread import State
from tests import office
from tests.core.test_decide import ANSWER, FIRST, HOUR, NOW, Desk, waiting

PURE = {
    "hr": [
        "Puno hvala, sve je riješeno. Lijep pozdrav, Ana",
        "Zahvaljujem na pomoći, sve radi.",
        "Hvala lijepa!\nIvan Horvat",
        "Super, hvala!",
        "Riješeno, hvala na trudu.",
    ],
    "sr-Latn": ["Najlepše hvala, rešeno je.", "Hvala puno na pomoći!"],
    "sr-Cyrl": ["Хвала Вам пуно на брзом одговору.", "Хвала лепо, све је решено. Поздрав, Ана"],
    "hu": [
        "Nagyon köszönöm, megoldódott.",
        "Köszi, minden rendben.",
        "Hálás köszönet a segítségért! Üdv, Kiss Anna",
    ],
    "en": [
        "Thanks a lot for the quick reply.",
        "Thanks, that solved it.",
        "Many thanks, everything works now. Best regards, John Smith",
    ],
}
MORE = {
    "hr": [
        "Hvala. Molim još račun.",
        "Hvala, trebam i 2 komada.",
        "Hvala na ničemu.",
        "Hvala, nije riješeno.",
        "Hvala, javite kad stigne.",
        "Hvala unaprijed!",
        "Hvala, a kutija je i dalje oštećena.",
    ],
    "sr-Latn": ["Hvala, ali nije rešeno.", "Unapred hvala."],
    "sr-Cyrl": [
        "Хвала, још нешто.",
        "Хвала. Молим Вас пошаљите рачун.",
        "Хвала, а када стиже?",
        "Хвала унапред.",
    ],
    "hu": [
        "Köszönöm, mikor érkezik?",
        "Köszönöm. Kérem küldjék el a számlát is.",
        "Köszönöm, nem oldódott meg.",
        "Előre is köszönöm!",
    ],
    "en": [
        "Thanks, but it still does not work.",
        "Thank you in advance.",
        "Thanks for nothing.",
        "Thanks, order 4711",
        "No thanks, I want my money back.",
        "Thank you, one more thing: the second box is missing",
    ],
}


def pairs(words: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in words.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), pairs(PURE))
def test_nothing_but_thanks(language: str, text: str) -> None:
    assert is_pure_thanks(text, language)


@pytest.mark.parametrize(("language", "text"), pairs(MORE))
def test_questions_requests_doubts_numbers_and_thanks_in_advance_are_more(language: str, text: str) -> None:
    assert not is_pure_thanks(text, language)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Ivan's question has its answer."""
    desk = Desk(office.settings(tmp_path))
    desk.take(FIRST)
    desk.take(ANSWER, NOW + HOUR, sent_folder=True)
    return desk


def thanks(attachment: bool) -> bytes:
    plain = office.mail("Hvala!", message_id="<t@kupac.example>", answers="<1@kupac.example>")
    if not attachment:
        return plain
    header, _, _ = plain.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept = b"\n".join(line for line in header.split(b"\n") if not line.lower().startswith(b"content-"))
    return b"".join(
        (
            kept + b"\nContent-Type: multipart/mixed; boundary=cut\n\n",
            b"--cut\nContent-Type: text/plain; charset=utf-8\n\nHvala!\n",
            b"--cut\nContent-Type: image/jpeg; name=slika.jpg\n",
            b"Content-Disposition: attachment; filename=slika.jpg\n\nx\n--cut--\n",
        )
    )


def test_thanks_after_an_answer_leave_the_thread_answered(desk: Desk) -> None:
    decision = desk.take(thanks(attachment=False), NOW + 2 * HOUR)
    assert decision.thread is not None
    assert decision.thread.state is State.ANSWERED


def test_thanks_with_an_attachment_wait_to_be_looked_at(desk: Desk) -> None:
    assert waiting(desk.take(thanks(attachment=True), NOW + 2 * HOUR)).wait == 2
