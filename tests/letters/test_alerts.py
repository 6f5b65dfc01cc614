"""Alerts: one for each person of `alerts.to`, in their language, each trouble under a key of its own."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from autoack.core.commands import Command, Verb, command_in
from autoack.core.delivery import MailKind, Outgoing
from autoack.core.orders import Refused
from autoack.core.storm import Storm
from autoack.letters.alerts import refused_rows, storm_rows
from autoack.letters.compose import Composer
from autoack.letters.refusal import refusal_notice
from autoack.letters.template_alert import template_notice
from autoack.letters.templates import Templates
from tests import office

NOW = datetime(2026, 11, 23, 9, 7, tzinfo=UTC)
WORDS = {
    "en": (
        "Receipts for support are held back",
        "more than 200 receipts within 10 min",
        "this began today at 10:07",
    ),
    "hr": ("Potvrde za support su zadržane", "više od 200 potvrda", "to je počelo danas u 10:07"),
    "sr-Latn": ("Potvrde za support su zadržane", "podsetnici", "to je počelo danas u 10:07"),
    "sr-Cyrl": ("Потврде за support су задржане", "у року од 10 мин", "то је почело данас у 10:07"),
    "hu": (
        "Visszatartott visszaigazolások: support",
        "több mint 200 visszaigazolást",
        "ez ma 10:07-kor kezdődött",
    ),
}
REFUSALS = {
    "en": (
        "A command by email to support was refused",
        "Command: “snooze”",
        "nobody on the team",
        "DMARC check",
    ),
    "hr": ("Odbijena naredba iz e-pošte: support", "Naredba: „odgodi”", "nitko iz tima", "provjeru DMARC"),
    "sr-Latn": ("Odbijena naredba iz e-pošte: support", "Naredba: „odloži“", "niko iz tima", "DMARC proveru"),
    "sr-Cyrl": ("Одбијена наредба из е-поште: support", "Наредба: „одложи“", "нико из тима", "DMARC проверу"),
    "hu": (
        "Elutasított levélbeli parancs: support",
        "Parancs: „halasztás”",
        "a csapat egyik tagjához sem tartozik",
        "DMARC-ellenőrzésén",
    ),
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
    assert "2026-" not in text
    subject, *words = WORDS[language]
    assert letter["Subject"] == subject and len(subject) <= 60
    for said in (
        *words,
        "podrska@vocar.example",
        "autoack resume support",
        "autoack outbox",
    ):
        assert said.casefold() in text


def _told(row: Outgoing) -> tuple[str, str]:
    """The subject and the text, in one line."""
    letter = message_from_bytes(row.raw, policy=policy.default)
    part = letter.get_body(("plain",))
    assert part is not None
    return letter["Subject"], " ".join(part.get_content().replace(">", " ").split())


@pytest.mark.parametrize("language", REFUSALS)
@pytest.mark.parametrize("reason", ["stranger", "no-proof", "dmarc"])
def test_why_a_command_was_refused_is_told_in_the_readers_language(
    tmp_path: Path, language: str, reason: str
) -> None:
    desk = office.settings(tmp_path, {"alerts.to": ["luka"], "people.luka.language": language}).desk
    person = desk.people["sara"] if reason == "no-proof" else None
    refused = Refused(Command(Verb.SNOOZE, "3d"), reason, "x@stranac.example", person, "an English sentence")
    box = desk.mailboxes["support"]
    [row] = refused_rows(desk, Composer(desk, Templates(None)), box, refused, NOW.date(), salt="x", now=NOW)
    subject, command, stranger, dmarc = REFUSALS[language]
    told, text = _told(row)
    assert told == subject and len(subject) <= 60
    cause = {"stranger": stranger, "no-proof": desk.people["sara"].name, "dmarc": dmarc}
    assert all(said in text for said in ("x@stranac.example", command, cause[reason]))
    assert not any(cause[other] in text for other in cause if other != reason)
    assert "an English sentence" not in text


def test_every_command_has_a_name_in_every_language_and_the_name_is_that_command(tmp_path: Path) -> None:
    """What the alert quotes can be sent as it stands, with what the command needs behind it."""
    box = office.settings(tmp_path).desk.mailboxes["support"]
    for language in REFUSALS:
        for verb in Verb:
            refused = Refused(Command(verb), "stranger", "x@stranac.example", None, "")
            said = refusal_notice(box, refused, language).lines[1].splitlines()[1]
            word = said.partition("„" if "„" in said else "“")[2][:-1]
            argument = {Verb.SNOOZE: " 2d", Verb.ASSIGN: " sara", Verb.NOTE: " x", Verb.AWAY: " 2d"}.get(
                verb, ""
            )
            found = command_in(f"{word}{argument}")
            assert found is not None and found.verb is verb


def test_a_mail_without_a_sender_is_refused_in_words(tmp_path: Path) -> None:
    box = office.settings(tmp_path).desk.mailboxes["support"]
    refused = Refused(Command(Verb.CLOSE), "stranger", "", None, "")
    assert refusal_notice(box, refused, "hr").lines[1].startswith("Pošiljatelj: nije naveden\n")
    assert refusal_notice(box, refused, "de").lines[1].startswith("Sender: none given\n")


@pytest.mark.parametrize("language", REFUSALS)
def test_a_fault_in_a_template_is_quoted_as_the_programs_words(language: str) -> None:
    notice = template_notice("/etc/autoack/templates/receipt.hr.md:3: unexpected '}'", language)
    label, fault = notice.lines[:2]
    assert fault == "/etc/autoack/templates/receipt.hr.md:3: unexpected '}'"
    assert label.endswith(":")
