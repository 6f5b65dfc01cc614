"""Alerts: one for each person of `alerts.to`, in their language, each trouble under a key of its own."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from autoack.core.delivery import MailKind
from autoack.core.storm import Storm
from autoack.letters.alerts import storm_rows
from autoack.letters.compose import Composer
from autoack.letters.templates import Templates
from tests import office

NOW = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
WORDS = {
    "en": ("Receipts for support are held back", "more than 200 receipts within 10m"),
    "hr": ("Potvrde za support su zadržane", "više od 200 potvrda"),
    "sr-Latn": ("Potvrde za support su zadržane", "podsetnici"),
    "sr-Cyrl": ("Потврде за support су задржане", "више од 200 потврда"),
    "hu": ("Visszatartott visszaigazolások: support", "több mint 200 visszaigazolást"),
}


@pytest.mark.parametrize("language", WORDS)
def test_ops_hear_of_a_storm_in_their_language(tmp_path: Path, language: str) -> None:
    desk = office.settings(tmp_path, {"alerts.to": ["luka"], "people.luka.language": language}).desk
    composer, storm = Composer(desk, Templates(None)), Storm(NOW, NOW)
    [row] = storm_rows(desk, composer, desk.mailboxes["support"], storm, salt="x", now=NOW)
    assert (row.kind, row.to, row.mailbox) == (MailKind.ALERT, "luka@vocar.example", "support")
    assert row.key == "alert:storm:support:2026-11-23T09:07:00+00:00:luka"
    letter = message_from_bytes(row.raw, policy=policy.default)
    part = letter.get_body(("plain",))
    assert part is not None
    text = " ".join(part.get_content().replace(">", " ").split()).casefold()
    subject, words = WORDS[language]
    assert letter["Subject"] == subject and len(subject) <= 60
    for said in (
        words,
        "podrska@vocar.example",
        "2026-11-23 10:07",
        "autoack resume support",
        "autoack outbox",
    ):
        assert said.casefold() in text
