"""FETCH responses and BODYSTRUCTURE, from good servers and from bad ones."""

from datetime import UTC, datetime

import pytest

from autoack.mail.bodystructure import MAX_PARTS, read_structure
from autoack.mail.imap_response import Record, Value, read_fetch, read_internal_date

TEXT = '("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 120 4 NIL NIL NIL NIL)'
HTML = '("text" "html" ("charset" "utf-8") NIL NIL "7bit" 300 9 NIL NIL NIL NIL)'
PDF = '("application" "pdf" NIL NIL NIL "base64" 6844 NIL ("attachment" ("filename" "racun.pdf")) NIL NIL)'
FORWARDED = (
    '("message" "rfc822" NIL NIL NIL "7bit" 900 ("Mon, 1 Nov 2026" NIL NIL NIL NIL NIL NIL NIL NIL NIL) '
    f'{TEXT} 20 NIL ("inline" NIL) NIL NIL)'
)


def structure(text: str) -> Value:
    """The value of BODYSTRUCTURE as it stands in a response."""
    return read_fetch([f"1 (UID 1 BODYSTRUCTURE {text})".encode()])[1][b"BODYSTRUCTURE"]


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (part.section, part.content_type, part.disposition) for part in read_structure(structure(text))[0]
    ]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        pytest.param(TEXT, ["1 text/plain"], id="a single text is section 1"),
        pytest.param(f'({TEXT}{HTML} "alternative")', ["1 text/plain", "2 text/html"], id="alternatives"),
        pytest.param(
            f'(({TEXT}{HTML} "alternative" ("boundary" "b") NIL NIL){PDF} "mixed")',
            ["1.1 text/plain", "1.2 text/html", "2 application/pdf attachment"],
            id="an alternative before an attachment",
        ),
        pytest.param(
            f'({TEXT}{FORWARDED} "mixed")',
            ["1 text/plain", "2 message/rfc822 inline"],
            id="a forwarded mail is one leaf",
        ),
        pytest.param('((NIL NIL) "mixed")', ["1 application/octet-stream"], id="a part without a type"),
        pytest.param('("TEXT" "PLAIN")', ["1 text/plain"], id="a part without anything else"),
        pytest.param("NIL", [], id="nothing"),
        pytest.param("()", [], id="an empty list"),
        pytest.param('(() "mixed")', [], id="an empty part"),
    ],
)
def test_parts_have_the_section_numbers_of_rfc_3501(text: str, sections: list[str]) -> None:
    assert [" ".join(each).strip() for each in told(text)] == sections


def test_a_leaf_tells_its_charset_encoding_size_and_name() -> None:
    (text, pdf), multiparts = read_structure(structure(f'({TEXT}{PDF} "mixed" ("boundary" "b") NIL NIL)'))
    assert (text.parameters, text.encoding, text.size) == ({"charset": "utf-8"}, "quoted-printable", 120)
    assert (pdf.filename, pdf.size) == ("racun.pdf", 6844)
    assert multiparts == (("multipart/mixed", {"boundary": "b"}),)


def test_multiparts_come_outermost_first() -> None:
    report = f'(({TEXT}{HTML} "alternative"){PDF} "report" ("report-type" "delivery-status"))'
    _, multiparts = read_structure(structure(report))
    assert multiparts == (
        ("multipart/report", {"report-type": "delivery-status"}),
        ("multipart/alternative", {}),
    )


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ('("name" "racun.pdf")', "racun.pdf"),
        ('("name" "=?utf-8?q?ra=C4=8Dun=2Epdf?=")', "račun.pdf"),
        ('("name*" "utf-8\'\'ra%C4%8Dun.pdf")', "račun.pdf"),
        ('("name*0*" "utf-8\'\'ra%C4%8D" "name*1" "un.pdf")', "račun.pdf"),
        ('("name" "a \\"b\\" \\\\ c")', 'a "b" \\ c'),
        ('("name*" "no-such-charset\'\'a%C4")', "aÄ"),
        ('("name" "=?no-such?q?a?=")', "=?no-such?q?a?="),
        ('("name")', ""),
        ("NIL", ""),
    ],
)
def test_names_are_decoded_as_clients_write_them(parameters: str, name: str) -> None:
    (part,), _ = read_structure(structure(f'("application" "pdf" {parameters} NIL NIL "base64" 1)'))
    assert part.filename == name


def test_a_structure_nested_without_end_is_cut() -> None:
    parts, multiparts = read_structure(structure("(" * 5_000 + TEXT + ' "mixed")' * 5_000))
    assert len(parts) + len(multiparts) <= MAX_PARTS


def test_more_parts_than_a_letter_has_are_not_told() -> None:
    parts, _ = read_structure(structure(f'({TEXT * 5_000} "mixed")'))
    assert len(parts) < MAX_PARTS


def test_a_response_may_have_literals_where_strings_stand() -> None:
    records: list[Record] = [
        (b"5 (UID 9 BODY[HEADER]<0> {14}", b"Subject: (x)\r\n"),
        (b' BODYSTRUCTURE ("text" "plain" ("name" {5}', b'a"b)c'),
        b') NIL NIL "7bit" 3 1) FLAGS (\\Seen $Label1))',
        b"6 (UID 10 FLAGS ())",
    ]
    found = read_fetch(records)
    assert found[9][b"BODY[HEADER]"] == b"Subject: (x)\r\n"
    assert read_structure(found[9][b"BODYSTRUCTURE"])[0][0].filename == 'a"b)c'
    assert found[9][b"FLAGS"] == (b"\\Seen", b"$Label1")
    assert found[10][b"FLAGS"] == ()


def test_what_the_server_tells_unasked_is_put_with_its_mail_or_dropped() -> None:
    assert read_fetch([b"5 (FLAGS (\\Seen))", None]) == {}
    found = read_fetch([b"5 (UID 9 FLAGS (\\Seen))", b"5 (uid 9 rfc822.size 3)"])
    assert found == {9: {b"UID": 9, b"FLAGS": (b"\\Seen",), b"RFC822.SIZE": 3}}


@pytest.mark.parametrize(
    "broken", ['1 (UID 1 BODYSTRUCTURE ("a" "b" ("c', "1 (UID 1 (((", ")", "", '"', "1 UID"]
)
def test_a_malformed_response_raises_nothing(broken: str) -> None:
    for items in read_fetch([broken.encode()]).values():
        read_structure(items.get(b"BODYSTRUCTURE"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("22-Nov-2026 02:40:14 +0100", datetime(2026, 11, 22, 1, 40, 14, tzinfo=UTC)),
        (" 2-Jan-2026 00:30:00 -0330", datetime(2026, 1, 2, 4, 0, tzinfo=UTC)),
        ("30-Jun-2015 23:59:60 +0000", datetime(2015, 6, 30, 23, 59, 59, tzinfo=UTC)),
        ("31-Feb-2026 00:00:00 +0000", None),
        ("yesterday", None),
    ],
)
def test_an_internal_date_is_told_in_utc(text: str, moment: datetime | None) -> None:
    assert read_internal_date(text.encode()) == moment
    assert read_internal_date(None) is None
