"""What of Authentication-Results (RFC 8601) is believed: one server's word, whatever its form."""

import pytest

from autoack.core.authserv import dmarc_result

TRUSTED = "mx.primjer.example"


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        (["mx.primjer.example; dmarc=fail"], "fail"),
        (["mx.primjer.example; dmarc=pass header.from=kupac.example"], "pass"),
        # case, version of the server and of the method, white space, comments that nest (§2.2)
        (["MX.Primjer.Example 1; DMARC = Fail"], "fail"),
        (["(our (own) server) mx.primjer.example (x); spf=pass; dmarc/1 (p=none) = (so) fail (y)"], "fail"),
        (['"mx.primjer.example"; dmarc=fail'], "fail"),
        (["mx.primjer.example; spf=pass smtp.mailfrom=x@y.example;\tdmarc=temperror"], "temperror"),
        # words that are no result
        (["mx.primjer.example; spf=pass (dmarc=fail)"], None),
        (['mx.primjer.example; spf=pass reason="a; dmarc=fail"'], None),
        (["mx.primjer.example; spf=pass reason=dmarc=fail"], None),
        (["mx.primjer.example; arc=fail"], None),
        (["mx.primjer.example; none"], None),
        (["mx.primjer.example"], None),
        ([""], None),
        # other servers, and names that only look alike
        (["mx.elsewhere.example; dmarc=fail"], None),
        (["mx.primjer.example.evil.example; dmarc=fail"], None),
        (["evil.example mx.primjer.example; dmarc=fail"], None),
        # the topmost that speaks of DMARC counts: a filter for SPF may have written another above it
        (["mx.primjer.example; dmarc=pass", "mx.primjer.example; dmarc=fail"], "pass"),
        (["mx.primjer.example; spf=pass", "mx.primjer.example; dmarc=fail"], "fail"),
        (["mx.elsewhere.example; dmarc=pass", "mx.primjer.example; dmarc=fail"], "fail"),
    ],
)
def test_only_the_trusted_server_is_believed(fields: list[str], result: str | None) -> None:
    assert dmarc_result(fields, TRUSTED) == result


def test_a_comment_that_never_ends_hides_the_rest() -> None:
    assert dmarc_result(["mx.primjer.example; spf=pass (x; dmarc=fail"], TRUSTED) is None
    assert dmarc_result(["(" * 50_000 + "mx.primjer.example; dmarc=fail"], TRUSTED) is None
