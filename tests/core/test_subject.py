"""What a subject says of its mail: the matter, a reply, a forward."""

import pytest

from autoack.core.subject import answers, bare_subject, forwards, same_matter


@pytest.mark.parametrize(
    "subject", ["Re: Upit", "RE[2]: Upit", "Odg.: Upit", "Vá: Upit", "AW: Upit", "Пр: Upit"]
)
def test_a_reply_is_seen_in_every_language(subject: str) -> None:
    assert (answers(subject), forwards(subject)) == (True, False)
    assert bare_subject(subject) == "Upit"


@pytest.mark.parametrize("subject", ["Fwd: Re: Upit", "WG: Upit", "Továbbítás: Upit", "Прослеђено: Upit"])
def test_the_outermost_prefix_tells_a_forward(subject: str) -> None:
    assert (answers(subject), forwards(subject)) == (False, True)
    assert bare_subject(subject) == "Upit"


@pytest.mark.parametrize(
    "subject", ["Upit", "Recept: juha", "Software: kvar", "Reklamacija", "Forward: vijesti", ""]
)
def test_a_subject_without_a_prefix_is_neither(subject: str) -> None:
    assert (answers(subject), forwards(subject)) == (False, False)
    assert bare_subject(subject) == subject


def test_the_same_matter_in_other_letters() -> None:
    assert same_matter("ODG: Račun ZA listopad") == same_matter("Re: račun za Listopad")
    assert same_matter("Račun") != same_matter("Računi")
