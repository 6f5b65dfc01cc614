"""What a person of the team reads when their words were meant for the customer."""

from datetime import timedelta

import pytest

from autoack.core.commands import Command, Verb
from autoack.core.fulfil import Fulfilled, Result
from autoack.core.orders import Order
from autoack.core.policy import Person
from autoack.letters.confirmation import ConfirmationFacts
from tests.letters.test_compose import ANA, LANGUAGES, MAILBOX, NOW, THREAD, composer

ID = "<autoack.1@primjer.example>"
COPY = {
    "hr": "možete ih kopirati odavde",
    "sr-Latn": "možete da ih kopirate odavde",
    "sr-Cyrl": "можете да их копирате одавде",
    "hu": "innen kimásolhatja",
    "en": "you can copy them from here",
}
NO_WORDS = {
    "hr": "u odgovoru nije bilo teksta",
    "sr-Latn": "u odgovoru nije bilo teksta",
    "sr-Cyrl": "у одговору није било текста",
    "hu": "a válaszban nem volt szöveg",
    "en": "your reply contained no text",
}


NOBODY = {
    "hr": "nismo poslali nikome",
    "sr-Latn": "nismo poslali nikome",
    "sr-Cyrl": "нисмо послали никоме",
    "hu": "nem küldtük el senkinek",
    "en": "were sent to nobody",
}


def not_delivered(language: str, words: str) -> str:
    person = Person(ANA.id, ANA.name, ANA.address, language=language)
    order = Order(person, None, THREAD.ref, NOW - timedelta(hours=1), ID, in_time=True, to_reminder=True)
    done = Fulfilled(Result.NOT_DELIVERED, THREAD)
    facts = ConfirmationFacts(MAILBOX, order, done, words, ("<q@primjer.example>",), ID, NOW)
    return " ".join(composer().confirmation(facts).text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_the_customer_did_not_get_come_back_to_be_copied(language: str) -> None:
    told = not_delivered(language, "Poštovani, račun je u prilogu.")
    assert "> Poštovani, račun je u prilogu." in told
    assert COPY[language] in told and NO_WORDS[language] not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_were_no_words_none_are_offered_to_be_copied(language: str) -> None:
    for words in ("", " \n "):
        told = not_delivered(language, words)
        assert NO_WORDS[language] in told
        assert COPY[language] not in told and ":  " not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("result", [Result.DONE, Result.AS_IT_IS])
def test_words_below_a_command_are_said_to_have_gone_nowhere(language: str, result: Result) -> None:
    person = Person(ANA.id, ANA.name, ANA.address, language=language)
    close = Command(Verb.CLOSE)
    order = Order(person, close, THREAD.ref, NOW - timedelta(hours=1), ID, in_time=True, to_reminder=True)

    def told(words: str) -> str:
        facts = ConfirmationFacts(
            MAILBOX, order, Fulfilled(result, THREAD), words, ("<q@x.example>",), ID, NOW
        )
        return " ".join(composer().confirmation(facts).text.split())

    said = told("zatvori\n\nPoštovani,\n\n\u00a0\n\nračun je u prilogu.\n")
    assert NOBODY[language] in said
    assert "> Poštovani, > > račun je u prilogu." in said
    assert NOBODY[language] not in told(f"zatvori\n\nHvala!\n{ANA.name}\n+385 1 234 567\n")
