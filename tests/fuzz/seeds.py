"""The mails that the fuzzer begins with: one of each shape, for it to bend."""

from tests import office
from tests.bench.mails import mails

_FROM = b"From: Ivan Horvat <ivan@kupac.example>\r\nTo: podrska@vocar.example\r\n"
_OUTLOOK = """Hvala, ali rok ne odgovara.

Šalje: Voćar podrška <podrska@vocar.example>
Poslano: ponedjeljak, 23. studenoga 2026. 9:12
Prima: Ivan Horvat
Predmet: Re: Narudžba

Poštovani Ivane,
javljamo se do utorka. Oznaka: AA-0000-0000
"""
_HTML = """<html><head><style>p {color: red}</style></head><body><p>Jó napot!</p><ul><li>egy</li><li>két</li></ul>
<table><tr><td>a</td><td>b</td></tr></table><blockquote type="cite">On Monday X wrote:<br>&gt; y</blockquote>
<img src="cid:x"><a href="https://kupac.example/">itt</a> &#x151; &nbsp; <!-- x --></body></html>"""


def seeds() -> list[bytes]:
    """Mails of people, robots, lists and servers."""
    return [
        *mails(10),
        office.mail(_OUTLOOK, subject="Odg: Narudžba"),
        _FROM
        + b"Subject: =?windows-1250?Q?Ra=E8un?=\r\nContent-Type: text/plain; charset=windows-1250\r\n\r\nRa\xe8un",
        _FROM
        + b"Subject: \xd0\xa0\xd0\xb0\xd1\x87\xd1\x83\xd0\xbd\r\n\r\n\xd0\xb4\xd0\xbe\xd0\xb1\xd0\xb0\xd1\x80",
        _FROM + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + _HTML.encode(),
        _parts(
            b"multipart/alternative", b"text/plain; charset=utf-8\r\n\r\nBok", b"text/html\r\n\r\n<p>Bok</p>"
        ),
        _parts(
            b"multipart/report; report-type=delivery-status",
            b"text/plain\r\n\r\nDelivery failed",
            b"message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
            b"Final-Recipient: rfc822; ivan@kupac.example\r\nAction: failed\r\nStatus: 5.1.1",
            b"message/rfc822\r\n\r\nMessage-ID: <first@kupac.example>\r\nSubject: Re: x\r\n\r\nx",
        ),
        _parts(
            b"multipart/report; report-type=disposition-notification",
            b"text/plain\r\n\r\nread",
            b"message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed",
        ),
        _parts(
            b"multipart/report; report-type=feedback-report",
            b"message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1",
        ),
        _parts(b"multipart/mixed", b"text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"),
        _parts(
            b"multipart/mixed",
            b"application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEA",
            b"text/plain; charset*=utf-8''x; name*0*=utf-8''%C4%8D; name*1=x\r\n\r\nprilog",
        ),
        _parts(b'multipart/signed; protocol="application/pkcs7-signature"', b"text/plain\r\n\r\nBok"),
        _FROM
        + b"Auto-Submitted: auto-replied (vacation); x=y\r\nSubject: Out of office: Re: x\r\n\r\nI am away.",
        _FROM
        + b"List-Id: News <news.trends.example>\r\nList-Unsubscribe: <mailto:x@trends.example>\r\n\r\nNews",
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n\r\n<ivan@kupac.example>: 550",
        _FROM + b"Authentication-Results: mx.example; dmarc=fail header.from=kupac.example\r\n\r\nx",
        _FROM
        + b"In-Reply-To: <first@kupac.example>\r\nReferences: <a@b> <first@kupac.example>\r\n\r\nHvala!",
        b"From: forms@vocar.example\r\nReply-To: =?utf-8?B?xIw=?= <a@b.example>, c@d.example\r\n\r\nIme: Ana",
    ]


def _parts(kind: bytes, *parts: bytes) -> bytes:
    between = b"\r\n--=_b\r\nContent-Type: "
    head = _FROM + b"MIME-Version: 1.0\r\nContent-Type: " + kind + b'; boundary="=_b"\r\n'
    return head + b"".join(between + part for part in parts) + b"\r\n--=_b--\r\n"
