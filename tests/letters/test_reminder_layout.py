"""What stands in a paragraph of its own in a letter to the team."""

from dataclasses import replace

import pytest

from autoack.core.delivery import MailKind
from tests.letters.test_compose import LANGUAGES, THREAD, composer, in_reminder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.ESCALATION])
def test_what_went_wrong_does_not_run_into_the_sentence_before_it(language: str, kind: MailKind) -> None:
    bad = replace(THREAD, undeliverable="550 no such user", strong_language=True)
    body = composer().reminder(in_reminder(language, kind=kind, thread=bad)).text.partition("-- \n")[0]
    said = [line for line in body.split("\n\n") if "550" in line or line.count("Ivan Horvat") == 1]
    assert not any("550" in paragraph and "22 " in paragraph for paragraph in said)
    assert "\n\n\n" not in body.rstrip("\n")
