"""Signed tokens: for one thread, one person, one kind of link, and a time; anything else is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from autoack.core.tokens import LASTS, Signed, ends_at, is_genuine, token, tokens_of, without_tokens, written

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REF = "AA-7K3M-Q9TD"
SECRET = "5f0e"


def _signed(secret: str = SECRET, ref: str = REF, person: str = "ana", kind: str = "act") -> Signed:
    return Signed(ref, token(secret, ref, person, kind, NOW + LASTS))


def test_what_we_signed_is_genuine_and_tells_when_it_ends() -> None:
    signed = _signed()
    assert is_genuine(SECRET, signed, "ana", "act")
    assert ends_at(signed) == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    "forged",
    [
        _signed(secret="another installation's"),
        _signed(person="luka"),
        _signed(kind="rate"),
        _signed()._replace(ref="AA-0000-0000"),
        Signed(REF, token(SECRET, REF, "ana", "act", NOW)[:6] + _signed().token[6:]),
        Signed(REF, "0" * 22),
        Signed(REF, _signed().token[:-1] + ("0" if _signed().token[-1] != "0" else "1")),
    ],
)
def test_what_we_did_not_sign_is_not(forged: Signed) -> None:
    assert not is_genuine(SECRET, forged, "ana", "act")


@pytest.mark.parametrize("letter", ["\u212a", "\u017f", "\u0130", "\u0131"], ids=["kelvin", "ſ", "İ", "ı"])
def test_letters_that_only_look_like_ours_make_no_token(letter: str) -> None:
    """To a search that minds no case these are K, S and I."""
    assert tokens_of(written(REF, _signed().token[:-1] + letter)) == ()
    assert tokens_of(written(REF[:-1] + letter, _signed().token)) == ()


def test_it_is_found_again_in_a_subject_whatever_the_case() -> None:
    signed = _signed()
    stands = written(*signed)
    assert tokens_of(f"Re: close {stands}") == (signed,)
    assert tokens_of(stands.lower()) == (signed,)
    assert tokens_of(stands.replace(".", "·")) == (signed,)
    assert tokens_of(f"{stands} {stands}") == (signed,)
    assert without_tokens(f"close {stands}").strip() == "close"


def test_other_texts_hold_none() -> None:
    assert tokens_of("AA-7K3M-Q9TD") == ()
    assert tokens_of("[AA-7K3M-Q9TD]") == ()
    assert tokens_of("[AA-7K3M-Q9TD.0123]") == ()
