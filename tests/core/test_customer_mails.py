"""Customers' mails as they come: in which language, to whom and how a receipt answers."""

from zoneinfo import ZoneInfo

import pytest

from autoack.core.identify import identify, signature_of
from autoack.core.language import choose
from autoack.core.policy import Calendar, Mailbox, Organisation, Policy, Team
from autoack.letters.salutation import salutation
from tests.core.customer_mails import MAILS, Written
from tests.core.mails import mail

LANGUAGES = ("hr", "sr-Latn", "sr-Cyrl", "hu", "en")


def language_of(written: Written, first: str = "hr") -> str:
    zone = ZoneInfo("Europe/Zagreb")
    offered = (first, *(tag for tag in LANGUAGES if tag != first))
    policy = Policy("standard", Calendar("always", zone, always=True))
    mailbox = Mailbox(
        "support", "podrska@primjer.example", "Podrška", Team("front", (), "a", "a"), policy, offered
    )
    read = mail(written.text, From=written.sender, Subject=written.subject)
    return choose(read, mailbox, Organisation("Primjer", zone, languages=offered)).language


def test_there_are_mails_of_every_language() -> None:
    counts = {tag: sum(written.language == tag for written in MAILS) for tag in LANGUAGES}
    assert sum(counts.values()) == len(MAILS) >= 60
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("written", MAILS, ids=lambda written: f"{written.sender} {written.subject}")
def test_the_customer_is_answered_in_their_language_and_by_their_name(written: Written) -> None:
    read = mail(written.text, From=written.sender, Subject=written.subject)
    assert language_of(written) == written.language
    customer = identify(read.sender, signature_of(read), written.language)
    assert customer.name == written.name
    assert salutation(customer, written.language) == written.greeting


@pytest.mark.parametrize("first", LANGUAGES)
def test_croatian_and_serbian_are_not_confused_whichever_the_mailbox_offers_first(first: str) -> None:
    """Of a few words there may be none that only one of them has: then the mailbox's first language counts."""
    found = [(written, language_of(written, first)) for written in MAILS]
    confused = [written for written, tag in found if {written.language, tag} == {"hr", "sr-Latn"}]
    other = [written for written, tag in found if tag != written.language and written not in confused]
    assert len(confused) <= len(MAILS) * 0.05, confused
    assert not other
