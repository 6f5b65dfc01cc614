"""Which promise counts for a mail: the first reply's, the next reply's, the resolution's, by category and customer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Mail
from autoack.core.mime import read_file
from autoack.core.parse import parse
from autoack.core.thread import Known, Thread
from autoack.core.waiting import Terms, terms_in
from tests import office

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
POLICIES = {
    "policies.standard": {"reply_within": "24h", "resolve_within": "72h"},
    "policies.fast": {"reply_within": "4h", "resolve_within": "12h"},
}
COMPLAINTS_ARE_FAST = {"name": "fast", "when": {"category": "complaint"}, "then": {"policy": "fast"}}
BIG_IS_FAST = {"name": "big", "when": {"from": ["*@velik.example"]}, "then": {"policy": "fast"}}
INSIDE_IS_FAST = {"name": "inside", "when": {"from": ["*@vocar.example"]}, "then": {"policy": "fast"}}
IVAN = "Ivan Horvat <ivan@kupac.example>"


class Desk:
    """Takes one mail after the other, as a batch of the intake does."""

    def __init__(self, folder: Path, *rules: dict[str, Any], **more: Any) -> None:
        self.desk = office.settings(folder, {"rules": list(rules), **POLICIES, **more}).desk
        self.known = Known()

    def take(self, octets: bytes, at: datetime = NOW, *, sent_folder: bool = False) -> Decision:
        mail = parse(read_file(octets))
        assert isinstance(mail, Mail)
        met = Circumstances(now=at, received_at=at, sent_folder=sent_folder)
        decision = decide(mail, self.desk, self.desk.mailboxes["support"], self.known, met)
        learn(self.known, mail, decision)
        return decision


def promised(decision: Decision) -> tuple[datetime | None, datetime | None]:
    assert decision.thread is not None
    return decision.thread.promised_at, decision.thread.resolve_at


@pytest.mark.parametrize(
    ("sender", "words", "fast"),
    [
        (IVAN, "Kada stiže moja narudžba?", False),
        (IVAN, "Želim podnijeti reklamaciju, paket je stigao oštećen.", True),
        ("Nabava <nabava@velik.example>", "Kada stiže naša narudžba?", True),
        ("Ena Babić <ena@vocar.example>", "Ne radi mi pisač.", True),
    ],
)
def test_a_policy_by_category_by_customer_and_for_colleagues(
    tmp_path: Path, sender: str, words: str, *, fast: bool
) -> None:
    rules = (COMPLAINTS_ARE_FAST, BIG_IS_FAST, INSIDE_IS_FAST)
    desk = Desk(tmp_path, *rules, **{"organisation.internal_customers": True})
    decision = desk.take(office.mail(words, sender=sender))
    reply, resolution = (4, 12) if fast else (24, 72)
    assert promised(decision) == (NOW + reply * HOUR, NOW + resolution * HOUR)
    assert decision.receipt_promise == NOW + reply * HOUR


def test_the_next_reply_has_a_promise_of_its_own(tmp_path: Path) -> None:
    """From the customer's first mail after our answer; the event tells the terms of each wait."""
    desk = Desk(tmp_path)
    first = desk.take(office.mail("Kada stiže moja narudžba?", sender=IVAN, message_id="<1@kupac.example>"))
    assert promised(first) == (NOW + 24 * HOUR, NOW + 72 * HOUR)
    answer = office.mail(
        "Stiže sutra.",
        sender="Iva Perić <iva@vocar.example>",
        to=IVAN,
        message_id="<2@vocar.example>",
        headers={"In-Reply-To": "<1@kupac.example>"},
    )
    desk.take(answer, NOW + HOUR, sent_folder=True)
    further = office.mail(
        "A gdje je račun?",
        sender=IVAN,
        message_id="<3@kupac.example>",
        headers={"In-Reply-To": "<2@vocar.example>"},
    )
    again = desk.take(further, NOW + 30 * HOUR)
    assert promised(again) == (NOW + 54 * HOUR, NOW + 102 * HOUR)
    assert [kept(decision) for decision in (first, again)] == [
        Terms(NOW, *promised(first)),
        Terms(NOW + 30 * HOUR, *promised(again)),
    ]


def kept(decision: Decision) -> Terms | None:
    """What the event that begins the wait keeps of it."""
    (began,) = (event for event in decision.events if event.what == "wait")
    return terms_in(began.detail)


def test_a_thread_whose_wait_goes_on_keeps_its_promise(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.take(office.mail("Kada stiže moja narudžba?", sender=IVAN, message_id="<1@kupac.example>"))
    more = office.mail(
        "Javite mi, molim Vas.",
        sender=IVAN,
        message_id="<2@kupac.example>",
        headers={"In-Reply-To": "<1@kupac.example>"},
    )
    thread = desk.take(more, NOW + 20 * HOUR).thread
    assert isinstance(thread, Thread)
    assert (thread.wait, thread.promised_at) == (1, NOW + 24 * HOUR)
