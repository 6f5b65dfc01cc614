"""Who asks for no more mail that nobody wrote is understood; who asks for anything else is not taken for them."""

import pytest

from autoack.core.unwanted import asks_for_silence

SILENCE = [
    "Nemojte mi više slati ove automatske poruke.",
    "Prestanite mi slati poruke!",
    "Ne šaljite mi više ankete.",
    "Ne želim primati automatske poruke.",
    "Odjavite me s popisa, molim.",
    "Немојте ми више писати.",
    "Не шаљите ми више поруке.",
    "Kérem, ne küldjenek nekem több levelet.",
    "Nem kérek több automatikus üzenetet.",
    "Szeretnék leiratkozni.",
    "Please stop sending me these emails.",
    "Do not email me again.",
    "No more automated emails, please.",
    "Unsubscribe me.",
]
OTHERS = [
    "Nemojte mi slati račun poštom nego e-poštom.",
    "Molim Vas, pošaljite mi više informacija.",
    "Ne mogu se odjaviti s usluge.",
    "Kako da poništim pretplatu?",
    "Kérem, küldjenek több információt.",
    "Nem kaptam meg a levelet.",
    "How can I unsubscribe from the premium plan?",
    "Please do not send the parcel before Friday.",
    "The machine stopped sending data.",
    "Hvala!",
    "",
]


@pytest.mark.parametrize("text", SILENCE)
def test_a_wish_for_silence_is_understood(text: str) -> None:
    assert asks_for_silence(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_words_are_none(text: str) -> None:
    assert not asks_for_silence(text)
