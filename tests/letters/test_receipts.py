"""From mails to receipts: which kind of receipt a mail gets, and what it knows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from autoack.core.decide import decide, learn
from autoack.core.decision import Circumstances, Decision
from autoack.core.message import Mail
from autoack.core.thread import Known
from autoack.letters.compose import Composer
from autoack.letters.receipts import receipt_for
from autoack.letters.templates import Templates
from autoack.settings import Settings
from tests import office
from tests.core.mails import read

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = office.mail(message_id="<1@kupac.example>")


class Intake:
    """Takes one mail after the other; `texts` are the receipts."""

    def __init__(self, settings: Settings) -> None:
        self.desk = settings.desk
        self.known = Known()
        self.composer = Composer(settings.desk, Templates())
        self.at = NOW

    def receipt(self, octets: bytes) -> str:
        mail, decision = self.take(octets)
        assert decision.wants_receipt
        box = self.desk.mailboxes["support"]
        letter, _ = receipt_for(mail, decision, box, self.composer, salt="s", now=self.at)
        return letter.text

    def take(self, octets: bytes, **met: bool) -> tuple[Mail, Decision]:
        self.at += HOUR
        mail = read(octets)
        box = self.desk.mailboxes["support"]
        decision = decide(mail, self.desk, box, self.known, Circumstances(self.at, self.at, **met))
        learn(self.known, mail, decision)
        return mail, decision


def intake(folder: Path) -> Intake:
    changes = {
        "mailboxes.support.receipt": "every",
        "mailboxes.support.per_sender": {"receipts": 9, "within": "1d"},
    }
    return Intake(office.settings(folder, changes))


def further(text: str, number: int, sender: str = "Ivan Horvat <ivan.horvat@kupac.example>") -> bytes:
    return office.mail(
        text, sender=sender, message_id=f"<{number}@kupac.example>", answers="<1@kupac.example>"
    )


def test_a_further_mail_of_a_wait_gets_the_short_receipt(tmp_path: Path) -> None:
    desk = intake(tmp_path)
    assert "automatska potvrda" in desk.receipt(FIRST)
    text = desk.receipt(further("I još nešto: radite li u subotu?", 2))
    assert "Dodali smo je Vašem upitu" in text
    assert "automatska potvrda" not in text


def test_another_customer_who_joins_gets_a_whole_one_first(tmp_path: Path) -> None:
    desk = intake(tmp_path)
    desk.receipt(FIRST)
    eva = "Eva Perić <eva@kupac.example>"
    assert "automatska potvrda" in desk.receipt(further("I ja čekam istu narudžbu.", 2, eva))
    assert "Dodali smo je" in desk.receipt(further("Može li i meni račun na adresu firme?", 3, eva))


def test_a_new_wait_after_an_answer_gets_a_whole_one(tmp_path: Path) -> None:
    desk = intake(tmp_path)
    desk.receipt(FIRST)
    answer = office.mail(
        "Stiže u srijedu.",
        sender="Iva Perić <podrska@vocar.example>",
        to="Ivan Horvat <ivan.horvat@kupac.example>",
        message_id="<a@vocar.example>",
        answers="<1@kupac.example>",
    )
    desk.take(answer, sent_folder=True)
    assert "automatska potvrda" in desk.receipt(further("A kada stiže druga pošiljka?", 2))


def test_the_receipt_speaks_of_this_mail_not_of_what_came_before(tmp_path: Path) -> None:
    """A thread that began with a complaint stays one; a later question is thanked for as a question."""
    desk = intake(tmp_path)
    complaint = office.mail("Ovo je sramota, žalim se na dostavu.", message_id="<1@kupac.example>")
    assert "Žao nam je" in desk.receipt(complaint)
    answer = office.mail(
        "Ispričavamo se zbog kašnjenja.",
        sender="Iva Perić <podrska@vocar.example>",
        to="Ivan Horvat <ivan.horvat@kupac.example>",
        message_id="<a@vocar.example>",
        answers="<1@kupac.example>",
    )
    desk.take(answer, sent_folder=True)
    text = desk.receipt(further("Kada stiže nova pošiljka?", 2))
    assert "hvala Vam na upitu" in text
    assert "Žao nam je" not in text
