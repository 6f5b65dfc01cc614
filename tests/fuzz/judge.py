"""The whole pure path for any bytes, with what must hold of every outcome; shared by the fuzzer and the tests."""

import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances
from autoack.core.message import Mail, Unparseable
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known
from autoack.letters.compose import Composer
from autoack.letters.receipts import receipt_for
from autoack.letters.templates import Templates
from tests import office

FOUND = Path(__file__).with_name("found.zip")  # inputs that earlier runs found worth keeping
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONGEST = 0.050  # seconds of CPU for one megabyte or less


def path() -> Callable[[bytes], None]:
    """A function that takes a mail along the path and raises AssertionError where an outcome is not as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        desk = office.settings(Path(folder)).desk
    mailbox = desk.mailboxes["support"]
    composer = Composer(desk, Templates(None))
    met = Circumstances(NOW, NOW - timedelta(seconds=2))
    first = parse(read_file(office.mail(message_id="<first@kupac.example>")))
    assert isinstance(first, Mail)
    opened = decide(first, desk, mailbox, Known(), met)

    def judge(raw: bytes) -> None:
        known = Known()
        learn(known, first, opened)  # so that there is a thread to answer to
        mail = parse(read_file(raw))
        if isinstance(mail, Unparseable):
            assert mail.reason and mail.because
            return
        assert not any(c in mail.subject for c in "\r\n\0"), mail.subject
        for number in range(2):  # the second time it is a duplicate
            decision = decide(mail, desk, mailbox, known, met)
            assert decision.verdict.reason and decision.verdict.because
            assert number == 0 or not decision.wants_receipt
            if decision.wants_receipt:
                letter, row = receipt_for(mail, decision, mailbox, composer, salt="fuzz", now=NOW)
                _assert_sane(letter.raw, row.to)
            learn(known, mail, decision)

    return judge


def _assert_sane(raw: bytes, to: str) -> None:
    """The receipt is one mail to one person, whatever the customer's mail held."""
    header = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    assert header.isascii() or not to.isascii(), header  # RFC 6532: an address may be what is not
    assert b"\r" not in header.replace(b"\r\n", b"") and b"\n" not in header.replace(b"\r\n", b"")
    names = [
        line.partition(b":")[0].lower() for line in header.split(b"\r\n") if line[:1] not in (b" ", b"\t")
    ]
    for name in (b"from", b"to", b"subject", b"message-id", b"auto-submitted"):
        assert names.count(name) == 1, name
    assert not set(names) & {b"bcc", b"cc"}
    assert not set(to) & set("\r\n \0<>,"), to


def seconds(judge: Callable[[bytes], None], raw: bytes, tries: int = 3) -> float:
    """CPU seconds that this mail takes, the least of a few tries: a neighbour's load is not its fault."""
    least = float("inf")
    for _ in range(tries):
        began = time.thread_time()
        judge(raw)
        least = min(least, time.thread_time() - began)
        if least < LONGEST:
            break
    return least


def found() -> dict[str, bytes]:
    """The kept inputs by name."""
    if not FOUND.exists():
        return {}
    with ZipFile(FOUND) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def keep(inputs: Iterable[tuple[str, bytes]]) -> None:
    """Keep these inputs, and no others; the same inputs give the same file."""
    with ZipFile(FOUND, "w", ZIP_DEFLATED) as archive:
        for name, raw in sorted(inputs):
            archive.writestr(ZipInfo(name), raw, ZIP_DEFLATED)
