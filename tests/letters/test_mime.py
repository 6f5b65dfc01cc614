"""Messages as the standard library's parser, and so every mail program, reads them."""

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest

from autoack.letters.mime import Attachment, Head, ascii_domain, message

PARENT = "<parent@kupac.example>"


def head(**fields: object) -> Head:
    known: dict[str, object] = {
        "sender": ("Primjer podrška", "podrska@primjer.example"),
        "to": ("Ivan Horvat", "ivan@kupac.example"),
        "subject": "Re: Upit",
        "message_id": "<autoack.0123@primjer.example>",
        "sent_at": datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        "language": "hr",
        "auto_submitted": "auto-replied",
        "kind": "receipt",
        "ref": "AA-7K3M-9QXD",
    }
    return Head(**{**known, **fields})  # type: ignore[arg-type]


def written(text: str = "tekst\n", html: str = "<p>tekst</p>\n", **fields: object) -> bytes:
    raw = message(head(**fields), text, html)
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return raw


def read(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Upit",
        "Re: Račun č ć ž š đ ő ű",
        "Re: Рачун за новембар " * 8,
        "Re: " + "long words " * 40,
        "x" * 500,
        "Re: =?utf-8?q?no?=",
        "😀" * 60,
        "Re: " + "y" * 2000,
        "č" * 17 + "😀č😀",
    ],
)
def test_a_subject_arrives_as_it_was(subject: str) -> None:
    assert read(written(subject=subject))["Subject"] == subject.strip()


@pytest.mark.parametrize(
    "name",
    [
        "Ivan Horvat",
        "Ana Marić",
        "Horvat, Ivan",
        'Ivan "Iko" Horvat',
        "Јелена Петровић",
        "a@b.example",
        "back\\slash",
        "=?utf-8?q?x?=",
    ],
)
def test_a_name_arrives_as_it_was_and_names_one_person(name: str) -> None:
    raw = written(to=(name, "ivan@kupac.example"), sender=(name, "podrska@primjer.example"))
    for field in (read(raw)["To"], read(raw)["From"]):
        assert [a.display_name for a in field.addresses] == [name.strip()]


def test_a_long_name_is_cut_where_rfc_2047_joins_it_again() -> None:
    name = "Primjer d.o.o. (podrška) " * 9
    field = email.message_from_bytes(written(to=(name, "ivan@kupac.example")))["To"]
    assert str(make_header(decode_header(field))) == f"{name.strip()} <ivan@kupac.example>"


def test_line_breaks_in_a_name_subject_or_address_add_no_field() -> None:
    evil = "a\r\nBcc: victim@kupac.example\r\n\r\nbody"
    mail = read(written(subject=evil, to=(evil, f"{evil}@kupac.example")))
    assert mail["Bcc"] is None
    assert len(mail["To"].addresses) == 1
    assert mail["Content-Language"] == "hr"


def test_references_are_the_parents_and_the_parent_byte_for_byte() -> None:
    long = "<" + "x" * 200 + "=?utf-8?q?@" + "y" * 300 + ".example>"
    raw = written(in_reply_to=long, references=("<a@b>", "<c$d+e/f@g>", "<a@b>", long))
    assert b"\r\nReferences: <a@b>\r\n <c$d+e/f@g>\r\n " + long.encode() + b"\r\n" in raw
    assert b"\r\nIn-Reply-To: " + long.encode() + b"\r\n" in raw


def test_what_is_no_message_id_is_left_out_of_references() -> None:
    bad = ("<a\r\nb@c>", "<" + "x" * 1200 + "@y>", "<\udcc8@računalo>")
    mail = read(written(in_reply_to="rubbish", references=(*bad, "<good@x>")))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<good@x>"
    assert read(written())["References"] is None


def test_many_references_keep_the_first_and_the_last() -> None:
    chain = [f"<{n}@kupac.example>" for n in range(500)]
    kept = str(read(written(in_reply_to=PARENT, references=tuple(chain)))["References"]).split()
    assert kept[0] == chain[0]
    assert kept[-2:] == [chain[-1], PARENT]
    assert len(kept) == 50


def test_both_texts_arrive_as_they_were() -> None:
    text = "Poštovani,\n\n.\nFrom sada\n-- \n" + "č" * 3000 + " =3D\nкрај\n"
    html = "<p>Добар дан</p>\n" * 50
    mail = read(written(text=text, html=html))
    assert mail.get_content_type() == "multipart/alternative"
    plain, rich = mail.iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n").rstrip() == text.rstrip()
    assert rich.get_content().replace("\r\n", "\n").rstrip() == html.rstrip()


def test_a_text_cannot_end_its_part() -> None:
    mail = read(written(text="--=_alt_0123\n--=_alt_0123--\n"))
    assert len(list(mail.iter_parts())) == 2


def test_an_attachment_comes_beside_the_letter() -> None:
    raw = message(
        head(), "t\n", "<p>h</p>\n", [Attachment("digest.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfa;b")]
    )
    mail = read(raw)
    assert mail.get_content_type() == "multipart/mixed"
    (attachment,) = mail.iter_attachments()
    assert (attachment.get_filename(), attachment.get_payload(decode=True)) == (
        "digest.csv",
        b"\xef\xbb\xbfa;b",
    )
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "t"


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("ivan@kupac.example", "ivan@kupac.example"),
        ("ivan@čaša.example", "ivan@xn--aa-dma15a.example"),
        ("žan@kupac.example", "žan@kupac.example"),
        ("a b@kupac.example", "ab@kupac.example"),
        ("a..b@kupac.example", '"a..b"@kupac.example'),
        ('"a b"@kupac.example', '"ab"@kupac.example'),
        ("x@a>,<y@b", '"x@a>,<y"@b'),
    ],
)
def test_an_address_is_one_address_with_an_ascii_domain(address: str, on_the_wire: str) -> None:
    assert ascii_domain(address) == on_the_wire
