"""What ops hear of a mailbox that cannot be read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from autoack.letters.unreachable import unreachable_notice

ZAGREB = ZoneInfo("Europe/Zagreb")
SINCE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
TIMES = {
    "en": "today at 09:00",
    "hr": "danas u 09:00",
    "sr-Latn": "danas u 09:00",
    "sr-Cyrl": "данас у 09:00",
    "hu": "ma 09:00-kor",
}
SUBJECTS = {
    "en": "Mailbox support cannot be read",
    "hr": "Sandučić support nije dostupan",
    "sr-Latn": "Sanduče support nije dostupno",
    "sr-Cyrl": "Сандуче support није доступно",
    "hu": "Nem olvasható postafiók: support",
}


@pytest.mark.parametrize("language", SUBJECTS)
def test_it_is_told_in_the_readers_language_with_what_the_server_said(language: str) -> None:
    why = "connection refused {0}\r\nx"
    notice = unreachable_notice("support", "INBOX/Kupci", why, SINCE, ZAGREB, NOW, language)
    assert notice.subject == SUBJECTS[language]
    said = "\n".join(notice.lines)
    for fact in (
        "support",
        "INBOX/Kupci",
        TIMES[language],
        "connection refused {0} x",
        "autoack check",
    ):
        assert fact in said
    assert len(set(notice.lines)) == len(notice.lines) == 4


def test_another_language_reads_english() -> None:
    assert (
        unreachable_notice("x", "INBOX", "gone", SINCE, ZAGREB, NOW, "de").subject
        == "Mailbox x cannot be read"
    )
