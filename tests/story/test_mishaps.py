"""Crashes, outages, pauses, two daemons: nothing is lost, and nothing is said twice."""

import pytest

from autoack.core.delivery import OutboxState
from autoack.core.thread import State
from autoack.store import meta, outbox
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, Story

ANA = "Ana Marić <ana.maric@kupac.example>"


async def test_a_crash_between_the_record_and_the_sending_loses_no_receipt(story: Story) -> None:
    await story.at("Mon 09:00")
    story.stops()
    await story.customer()
    await story.dies_before_sending()
    assert story.thread().state is State.WAITING
    story.expect_nothing()
    await story.starts()
    story.expect_receipt(IVAN)


async def test_a_crash_in_the_middle_of_an_attempt_resends_under_the_same_message_id(story: Story) -> None:
    await story.at("Mon 09:00")
    story.stops()
    await story.customer()
    await story.dies_before_sending()
    (row,) = story.database.read(outbox.listing)
    story.database.transact(outbox.claim, [row.key], story.clock.now())
    await story.at("Mon 09:15")
    await story.starts()
    assert story.expect_receipt(IVAN).message["Message-ID"] == row.message_id
    assert "resend" in [event.what for event in story.timeline()]


async def test_what_comes_while_the_daemon_is_down_is_answered_when_it_is_back(story: Story) -> None:
    await story.at("Mon 09:00")
    story.stops()
    await story.at("Mon 13:00")
    await story.customer()
    await story.at("Mon 17:00")
    await story.starts()
    story.expect_receipt(IVAN, promise="sutra do 13:00")


async def test_after_a_long_outage_people_hear_the_last_word_only(story: Story) -> None:
    """Down from Monday evening to Friday: one escalation to the manager, what was missed is on record."""
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    story.stops()
    await story.at("Fri 10:00")
    await story.starts()
    story.expect_escalation("sara", "Fri 10:00")
    story.expect_digest("Fri 10:00")  # last night's, late
    assert [event.detail for event in story.timeline() if event.what == "missed"] == [
        "reminder at 20h",
        "escalation at 24h",
        "escalation at 68h",
    ]


async def test_after_a_short_outage_too(story_with: TellStory) -> None:
    ladder = [
        {"at": "1m", "notify": "on_duty"},
        {"at": "2m", "notify": "lead"},
        {"at": "3m", "notify": "manager"},
    ]
    story = story_with({"policies.standard": {"ladder": ladder}})
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    story.stops()
    await story.at("Mon 09:04")
    await story.starts()
    story.expect_escalation("sara", "Mon 09:04")
    assert [event.detail for event in story.timeline() if event.what == "missed"] == [
        "reminder at 1m",
        "escalation at 2m",
    ]


async def test_an_answer_that_was_given_while_the_daemon_was_down_is_seen_before_anybody_is_reminded(
    story: Story,
) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    story.stops()
    await story.at("Tue 03:00")
    await story.team_replies(question)
    await story.at("Tue 10:00")
    await story.starts()
    story.expect_digest("Tue 10:00")
    story.expect_nothing()


async def test_the_digest_comes_once_a_night_though_daemons_come_and_go(story: Story) -> None:
    await story.at("Mon 20:00")
    story.stops()
    await story.at("Mon 21:00")
    await story.starts()
    story.expect_digest("Mon 21:00")
    for hour in ("21:05", "22:00", "23:59"):
        story.stops()
        await story.at(f"Mon {hour}")
        await story.starts()
    story.expect_nothing()
    await story.at("Tue 21:00")
    story.expect_digest("Tue 21:00")


async def test_paused_customers_wait_for_their_receipts_and_the_team_hears_all_the_same(story: Story) -> None:
    await story.at("Mon 09:00")
    story.database.transact(meta.pause, "support", story.clock.now())
    await story.customer()
    await story.at("Tue 07:00")
    story.expect_reminder("iva", "Tue 05:00")
    story.expect_digests("Mon")
    await story.customer("I ja čekam.", sender=ANA)
    story.expect_nothing()
    story.database.transact(meta.resume, "support")
    story.database.transact(outbox.release, "support", story.clock.now())
    await story.runs()
    story.expect_receipt(IVAN)
    story.expect_receipt(ANA)


async def test_a_receipt_that_was_held_for_longer_than_max_age_comforts_nobody_and_is_dropped(
    story: Story,
) -> None:
    await story.at("Mon 09:00")
    story.database.transact(meta.pause, "support", story.clock.now())
    await story.customer()
    await story.at("Tue 09:30")
    story.database.transact(meta.resume, "support")
    assert story.database.transact(outbox.release, "support", story.clock.now()) == (0, 1)
    await story.runs()
    story.expect_reminder("iva", "Tue 05:00")
    story.expect_escalation("luka", "Tue 09:00")
    story.expect_digests("Mon")


async def test_a_server_that_is_busy_for_a_while_gets_the_receipt_later(story: Story) -> None:
    await story.at("Mon 09:00")
    story.smtp.script("RCPT", "451 4.3.0 come back later", times=2)
    await story.customer()
    story.expect_nothing()
    await story.at("Mon 09:30")
    story.expect_receipt(IVAN)
    (row,) = story.database.read(outbox.listing)
    assert (row.state, row.attempts) == (OutboxState.SENT, 3)


async def test_a_refused_receipt_fails_with_the_servers_words_and_the_manager_reads_of_it(
    story: Story,
) -> None:
    await story.at("Mon 09:00")
    story.smtp.script("RCPT", "550 5.1.1 no such user", when="ivan.horvat")
    await story.customer()
    await story.customer(sender=ANA)
    story.expect_receipt(ANA)
    await story.at("Mon 21:00")
    story.expect("bounced", "iva")
    story.expect_digest("Mon 21:00", says=("ivan.horvat@kupac.example", "550 5.1.1 no such user"))


async def test_where_the_null_sender_is_refused_the_mailbox_itself_sends(story: Story) -> None:
    await story.at("Mon 09:00")
    story.smtp.script("MAIL", "550 5.7.1 null sender refused", when="FROM:<>", times=9)
    await story.customer()
    assert story.expect_receipt(IVAN).envelope_sender == "podrska@vocar.example"


async def test_receipts_go_out_with_the_null_sender_and_reminders_with_the_mailboxs(story: Story) -> None:
    await story.at("Mon 09:00")
    await story.customer()
    assert story.expect_receipt(IVAN).envelope_sender == ""
    await story.at("Tue 05:00")
    assert story.expect_reminder("iva", "Tue 05:00").envelope_sender == "podrska@vocar.example"
    story.expect_digests("Mon")


async def test_a_bounce_of_our_receipt_is_noted_in_its_thread_and_answered_by_nobody(story: Story) -> None:
    await story.at("Mon 09:00")
    await story.customer()
    receipt = story.expect_receipt(IVAN)
    await story.customer(
        f"<ivan.horvat@kupac.example>: user unknown\n\nMessage-ID: {receipt.message['Message-ID']}",
        sender="MAILER-DAEMON@mx.example",
        subject="Undelivered Mail Returned to Sender",
        answers=str(receipt.message["Message-ID"]),
    )
    assert story.thread().state is State.WAITING
    assert "mailer-daemon@mx.example" in [event.who for event in story.timeline()]
    await story.at("Mon 09:01")
    told = story.expect(
        "bounced", "iva", says=("Ivan Horvat ne dobiva našu poštu: posljednja nam se poruka vratila.",)
    )
    assert story.thread().ref in told.subject
    story.expect_nothing()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_replicas_side_by_side_say_everything_once(story: Story) -> None:
    await story.at("Mon 09:00")
    story.stops()
    for number in range(5):
        await story.customer(f"Pitanje broj {number}?", sender=f"kupac{number}@kupac.example")
    await story.replicas_run()
    for number in range(5):
        story.expect_receipt(f"kupac{number}@kupac.example")
    await story.at("Tue 05:00")
    await story.replicas_run()
    story.expect("remind-list", "iva")
    story.expect_digest("Tue 05:00")


async def test_the_mailbox_is_never_touched(story_with: TellStory) -> None:
    story = story_with()
    await story.at("Mon 09:00")
    question = await story.customer()
    await story.customer(sender=ANA, subject="Drugo")
    await story.team_replies(question)
    before = {folder: story.account.snapshot(folder) for folder in ("INBOX", "Sent", "Drafts", "Trash")}
    await story.at("Wed 09:00")
    assert {folder: story.account.snapshot(folder) for folder in before} == before
    story.expect_receipt(IVAN)
    story.expect_receipt(ANA)
    story.expect_reminder("iva", "Tue 05:00")
    story.expect_escalation("luka", "Tue 09:00")
    story.expect_digests("Mon", "Tue")


async def test_whoever_is_in_charge_hears_that_a_server_refuses_the_customers_address(story: Story) -> None:
    """The receipt is refused when it is sent: no bounce will ever come."""
    await story.at("Mon 09:00")
    story.smtp.script("RCPT", "550 5.1.1 no such user", when="ivan.horvat@")
    await story.customer()
    await story.runs()
    story.expect("bounced", "iva", says=("550 5.1.1 no such user",))
    story.expect_nothing()
    assert story.thread().undeliverable == "550 5.1.1 no such user"
    assert story.thread().state is State.WAITING
