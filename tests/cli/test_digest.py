"""`autoack digest`: shown as it stands, or sent under its key; never twice."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from autoack.clock import WallClock
from autoack.store import meta, outbox
from tests.cli.conftest import HOUR, REF, Desk, MakeDesk
from tests.servers.smtp import SmtpServer


@pytest.fixture
def sending(make_desk: MakeDesk, smtp: SmtpServer) -> Desk:
    """An office that can send; its database was made long ago."""
    desk = make_desk({"mailboxes.support.smtp.port": smtp.port})
    long_ago = desk.now - timedelta(days=30)
    desk.database.transact(meta.put, "created_at", long_ago.isoformat())
    return desk


def keys(desk: Desk) -> list[str]:
    return [row.key for row in desk.database.read(outbox.listing)]


def test_it_shows_tonights_to_the_first_who_gets_it_and_sends_nothing(desk: Desk) -> None:
    desk.waiting(since=30 * HOUR)
    said = desk.run("digest")
    assert said.code == 0
    assert said.out.startswith("Késik: 1")
    assert REF in said.out
    assert keys(desk) == []


def test_it_shows_another_persons_and_another_nights(desk: Desk) -> None:
    said = desk.run("digest", "--for", "luka", "--date", "2026-11-20")
    assert said.code == 0
    assert "20 November 2026" in said.out


def test_a_lead_is_shown_the_teams(make_desk: MakeDesk) -> None:
    desk = make_desk({"digest.leads": True})
    assert "· team front ·" in desk.run("digest", "--for", "luka").out
    assert "csoport" not in desk.run("digest").out.partition("\n\n")[0]


def test_a_night_of_which_retention_has_forgotten_some_is_shown_with_a_word_of_warning(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk({"retention.bodies": "7d", "retention.threads": "30d"})
    said = desk.run("digest", "--date", "2020-02-29")
    assert (said.code, "2020. február 29." in said.out) == (0, True)
    assert said.err == "retention.threads keeps 30 days: of 2020-02-29 some is forgotten\n"


def test_a_night_to_come_is_refused(desk: Desk) -> None:
    said = desk.run("digest", "--date", "2999-01-01")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("the night of 2999-01-01 is still to come; tonight's is ")


def test_a_night_that_the_clock_has_not_reached_is_shown_where_its_digest_was_queued(desk: Desk) -> None:
    desk.queue("digest:2999-01-01:sara", created_at=datetime(2999, 1, 1, 20, tzinfo=UTC))
    assert "2999. január 1." in desk.run("digest", "--date", "2999-01-01").out


def test_its_html_part_can_be_written_to_a_file(desk: Desk, tmp_path: Path) -> None:
    desk.waiting(since=30 * HOUR)
    page = tmp_path / "digest.html"
    assert desk.run("digest", "--html", page).code == 0
    assert REF in page.read_text(encoding="utf-8")


def test_the_last_night_that_was_due_is_sent_once(sending: Desk, smtp: SmtpServer) -> None:
    sending.waiting(since=100 * HOUR)
    said = sending.run("digest", "--send")
    assert (said.code, said.err) == (0, "")
    (key,) = keys(sending)
    assert said.out == f"{key}: on its way; `autoack outbox` tells if it is not\n"
    assert [mail.recipients for mail in smtp.received] == [("sara@vocar.example",)]
    letter = message_from_bytes(smtp.received[0].raw, policy=policy.default)
    assert letter["Auto-Submitted"] == "auto-generated"
    again = sending.run("digest", "--send")
    assert (again.code, "was sent already" in again.out) == (0, True)
    assert len(smtp.received) == 1


def test_tonights_is_sent_ahead_of_its_hour_under_tonights_key(sending: Desk, smtp: SmtpServer) -> None:
    assert sending.run("digest", "--send", "--tonight").code == 0
    assert len(smtp.received) == 1
    assert "was sent already" in sending.run("digest", "--send", "--tonight").out
    assert len(smtp.received) == 1


def test_where_it_comes_after_midnight_tonight_is_the_coming_morning(
    make_desk: MakeDesk, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk({"mailboxes.support.smtp.port": smtp.port, "digest.at": "06:00"})
    evening = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    monkeypatch.setattr(WallClock, "now", lambda _: evening)
    assert "november 24." in desk.run("digest").out
    assert desk.run("digest", "--send", "--tonight").code == 0
    assert keys(desk) == ["digest:2026-11-24:sara"]


def test_before_the_first_night_nothing_is_due(desk: Desk) -> None:
    desk.database.transact(meta.put, "created_at", desk.now.isoformat())
    desk.run("digest", "--send").refused(
        1,
        "autoack: no night has been due yet since the database was made; `--tonight` sends tonight's now",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--tonight",), "autoack: --tonight goes with --send (see autoack digest --help)"),
        (
            ("--send", "--for", "luka"),
            "autoack: --send takes no --date, --for or --html (see autoack digest --help)",
        ),
        (("--for", "nobody"), "there is no person 'nobody'; there are: iva, luka, sara"),
        (("--date", "yesterday"), "'yesterday' is no date; write 2026-11-22"),
    ],
)
def test_wrong_use_is_told_in_one_line(desk: Desk, arguments: tuple[str, ...], line: str) -> None:
    desk.run("digest", *arguments).refused(2, line)
