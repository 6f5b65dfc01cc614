"""What ops hear of a mailbox that cannot be read."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.letters.unreachable import unreachable_notice

SINCE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Zagreb"))
SUBJECTS = {
    "en": "Mailbox support cannot be read",
    "hr": "Sandučić support nije dostupan",
    "sr-Latn": "Sanduče support nije dostupno",
    "sr-Cyrl": "Сандуче support није доступно",
    "hu": "Nem olvasható postafiók: support",
}


@pytest.mark.parametrize("language", SUBJECTS)
def test_it_is_told_in_the_readers_language_with_what_the_server_said(language: str) -> None:
    notice = unreachable_notice("support", "INBOX/Kupci", SINCE, "connection refused {0}\r\nx", language)
    assert notice.subject == SUBJECTS[language]
    said = "\n".join(notice.lines)
    for fact in (
        "support",
        "INBOX/Kupci",
        "2026-11-23 09:00 CET",
        "connection refused {0} x",
        "autoack check",
    ):
        assert fact in said
    assert len(set(notice.lines)) == len(notice.lines) == 4


def test_another_language_reads_english() -> None:
    assert unreachable_notice("support", "INBOX", SINCE, "gone", "de").subject == SUBJECTS["en"]
