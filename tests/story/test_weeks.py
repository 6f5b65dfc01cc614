"""Whole weeks at the support desk: who writes, who answers, and who hears of it when."""

from datetime import datetime

from autoack.core import acts
from autoack.core.thread import State
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, ZAGREB, Story

OFFICE = {
    "calendars.office": {"hours": {"mon-fri": "08:00-16:00"}},
    "policies.standard": {
        "calendar": "office",
        "reply_within": "1d",
        "resolve_within": "3d",
        "ladder": [{"at": "75%", "notify": "on_duty"}, {"at": "1d", "notify": "lead"}],
    },
}


async def test_an_ordinary_week(story: Story) -> None:
    """A question, a receipt, an answer in time, thanks, and fourteen days later the matter is closed."""
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(
        IVAN, subject="Re: Narudžba", promise="sutra do 09:00", says=("Poštovani Ivane", "+385 21")
    )
    await story.at("Mon 11:30")
    answer = await story.team_replies(question)
    assert story.thread().state is State.ANSWERED
    await story.at("Tue 10:00")
    story.expect_digest("Mon 21:00", says=("medián: 2\u00a0ó 30\u00a0p",))
    await story.customer("Hvala Vam!", answers=answer.message_id, subject="Re: Narudžba")
    assert story.thread().state is State.ANSWERED, "pure thanks start no wait"
    story.expect_nothing()
    await story.at("Mon 11:00")
    story.expect_digests("Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    await story.at("Mon 10:59")
    story.expect_digests("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert story.thread().state is State.ANSWERED
    await story.at("Mon 11:30")
    assert story.thread().state is State.CLOSED
    assert story.timeline()[-1].reason == "silence"


async def test_nobody_answers(story: Story) -> None:
    """The one on duty is reminded after 20 hours, the lead after 24 and 68, the manager after 72."""
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Fri 12:00")
    story.expect_reminder(
        "iva", "Tue 05:00", says=("čeka naš odgovor već 20 sati", "kada stiže moja narudžba")
    )
    story.expect_escalation("luka", "Tue 09:00", says=("waiting for our answer for 24 hours",))
    story.expect_escalation("luka", "Thu 05:00", says=("2 days and 20 hours",))
    story.expect_escalation("sara", "Thu 09:00", says=("már 3 napja vár",))
    story.expect_digest("Mon 21:00", says=("Egyetlen válasz sem késik",))
    story.expect_digest("Tue 21:00", says=("1 megkeresésre késik a válasz",))
    story.expect_digests("Wed", "Thu")


async def test_a_reply_at_any_time_stops_the_ladder(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Tue 06:00")
    story.expect_reminder("iva", "Tue 05:00")
    await story.team_replies(question, who="Luka Novak")
    await story.at("Fri 12:00")
    story.expect_digests("Mon", "Tue", "Wed", "Thu")


async def test_a_reply_from_ones_own_address_that_reaches_the_inbox_counts_too(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.customer(
        "Stiže u srijedu.",
        sender="Iva Perić <iva@vocar.example>",
        to=IVAN,
        answers=question.message_id,
        headers={"Cc": "podrska@vocar.example"},
    )
    assert (story.thread().state, story.thread().answered_by) == (State.ANSWERED, "iva@vocar.example")


async def test_asking_a_colleague_is_no_answer_to_the_customer(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 10:00")
    await story.team_replies(question, "Znaš li ti to?", to="Luka Novak <luka@vocar.example>")
    await story.at("Tue 08:00")
    story.expect_reminder("iva", "Tue 05:00")
    story.expect_digests("Mon")
    await story.team_replies(question, to=f"luka@vocar.example, {IVAN}")
    await story.at("Tue 20:00")
    assert story.thread().state is State.ANSWERED


async def test_nobody_else_gets_an_answer(story: Story) -> None:
    """No bounce, vacation notice, newsletter, colleague; not even our own mail that came back."""
    await story.at("Mon 09:00")
    await story.customer(
        "Your message could not be delivered.", sender="MAILER-DAEMON@mx.example", subject="Undelivered Mail"
    )
    await story.customer("Nisam u uredu.", headers={"Auto-Submitted": "auto-replied"})
    await story.customer("Novo u ponudi!", headers={"List-Id": "<novosti.kupac.example>"})
    await story.customer("Zovite me.", sender="Luka Novak <luka@vocar.example>", subject="Ručak")
    await story.customer("Samo.", headers={"X-Autoack": "AA-1111-1111; kind=receipt"})
    await story.customer("Ne odgovarajte.", sender="no-reply@trgovina.example")
    await story.at("Fri 09:00")
    story.expect_digests("Mon", "Tue", "Wed", "Thu")
    assert [thread for thread in story.threads() if thread.state is State.WAITING] == []


async def test_a_vacation_notice_of_a_colleague_stops_no_clock(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.customer(
        "Odsutna sam do petka.",
        sender="Iva Perić <iva@vocar.example>",
        to=IVAN,
        answers=question.message_id,
        headers={"Auto-Submitted": "auto-replied"},
    )
    assert story.thread().state is State.WAITING


async def test_each_customer_is_answered_in_their_own_language_and_script(story: Story) -> None:
    await story.at("Mon 09:00")
    for sender, text, subject, language, promise in (
        (
            "Јован Петровић <jovan@kupac.example>",
            "Добар дан, када стиже пакет?",
            "Пакет",
            "sr-Cyrl",
            "сутра до 09:00",
        ),
        (
            "Jovana Ilić <jovana@kupac.example>",
            "Dobar dan, gde je moj paket? Čekam već nedelju dana.",
            "Paket",
            "sr-Latn",
            "sutra do 09:00",
        ),
        (
            "Nagy Éva <eva@vevo.example>",
            "Jó napot kívánok! Mikor érkezik meg a csomagom?",
            "Csomag",
            "hu",
            "holnap 09:00-ig",
        ),
        (
            "John Smith <john@client.example>",
            "Hello, when will my parcel arrive?",
            "Parcel",
            "en",
            "by 09:00 tomorrow",
        ),
    ):
        await story.customer(text, sender=sender, subject=subject)
        receipt = story.expect_receipt(sender, subject=f"Re: {subject}")
        assert receipt.message["Content-Language"] == language
        assert promise in receipt.text, receipt.text


async def test_a_weekend_does_not_count_at_a_desk_with_office_hours(story_with: TellStory) -> None:
    """A question on Friday at 15:00 is promised for Monday at 15:00; reminders come when the desk is open."""
    story = story_with(OFFICE)
    await story.at("Fri 15:00")
    story.expect_digests("Mon", "Tue", "Wed", "Thu")
    await story.customer()
    story.expect_receipt(IVAN, promise="do ponedjeljka, 17. ožujka, u 15:00")
    await story.at("Tue 09:00")
    story.expect_reminder("iva", "Mon 13:00")
    story.expect_escalation("luka", "Mon 15:00")
    story.expect_digests("Fri", "Sat", "Sun", "Mon")


async def test_a_question_in_the_night_hears_when_the_desk_opens(story_with: TellStory) -> None:
    story = story_with(OFFICE)
    await story.at("Mon 23:30")
    await story.customer()
    story.expect_receipt(
        IVAN,
        says=(
            "Sada smo izvan radnog vremena",
            "do srijede, 12. ožujka, u 08:00",
            "na raspolaganju sutra od 08:00",
        ),
    )
    story.expect_digests("Mon")


async def test_a_promise_of_a_day_over_the_change_to_summer_time_is_24_hours(story_with: TellStory) -> None:
    story = story_with(begin=datetime(2025, 3, 29, 8, 0, tzinfo=ZAGREB))
    await story.at("Sat 09:00")
    await story.customer()
    story.expect_receipt(IVAN, promise="sutra do 10:00")
    await story.at("Sun 12:00")
    story.expect_reminder("iva", "Sun 06:00")
    story.expect_escalation("luka", "Sun 10:00")
    story.expect_digests("Sat")


async def test_a_reminder_repeats_until_somebody_answers(story_with: TellStory) -> None:
    ladder = [{"at": "1h", "notify": "lead", "repeat": "30m", "times": 2}]
    story = story_with({"policies.standard": {"ladder": ladder}})
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 15:00")
    for at in ("Mon 10:00", "Mon 10:30", "Mon 11:00"):
        story.expect_escalation("luka", at)


async def test_quiet_time_holds_reminders_back_but_not_what_is_urgent(story_with: TellStory) -> None:
    ladder = [{"at": "2h", "notify": "on_duty"}, {"at": "3h", "notify": "manager", "urgent": True}]
    quiet = {"policies.standard": {"ladder": ladder, "quiet": "office"}}
    story = story_with({"calendars.office": OFFICE["calendars.office"], **quiet})
    await story.at("Mon 18:00")
    await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Tue 09:00")
    story.expect_escalation("sara", "Mon 21:00")
    story.expect_reminder("iva", "Tue 08:00")
    story.expect_digests("Mon")


async def test_further_mail_joins_the_wait_and_mail_after_the_answer_begins_another(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    await story.at("Mon 12:00")
    await story.customer("I još nešto: radite li u subotu?", answers=question.message_id)
    assert story.thread().wait == 1
    await story.at("Mon 16:00")
    answer = await story.team_replies(question)
    await story.at("Tue 08:00")
    story.expect_digests("Mon")
    await story.customer("A kada u nedjelju?", answers=answer.message_id)
    story.expect_receipt(IVAN, promise="sutra do 08:00")
    assert story.thread().wait == 2
    await story.at("Wed 09:00")
    story.expect_reminder("iva", "Wed 04:00")
    story.expect_escalation("luka", "Wed 08:00")
    story.expect_digests("Tue")


async def test_a_closed_thread_opens_again_when_its_customer_writes(story: Story) -> None:
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN)
    story.operator(acts.close, story.settings.desk)
    await story.at("Tue 10:00")
    story.expect_digests("Mon")
    assert story.thread().state is State.CLOSED
    await story.customer("Još uvijek čekam!", answers=question.message_id)
    story.expect_receipt(IVAN)
    assert (story.thread().state, story.thread().wait) == (State.WAITING, 2)


async def test_a_thread_that_is_opened_again_by_hand_has_its_clock_from_then_on(story: Story) -> None:
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    story.operator(acts.close, story.settings.desk)
    await story.at("Tue 10:00")
    story.operator(acts.reopen, story.settings.desk)
    await story.at("Wed 08:00")
    story.expect_reminder("iva", "Wed 06:00")
    story.expect_digests("Mon", "Tue")


async def test_a_thread_put_aside_is_quiet_and_then_comes_back(story: Story) -> None:
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    story.operator(acts.snooze, datetime(2025, 3, 11, 7, 0, tzinfo=ZAGREB))
    await story.at("Tue 06:59")
    story.expect_digests("Mon")
    story.expect_nothing()
    # What lay aside did not wait: the ladder goes on where it stood, here at its beginning.
    await story.at("Wed 07:00")
    story.expect_digests("Tue")
    story.expect_reminder("iva", "Wed 03:00")
    story.expect_escalation("luka", "Wed 07:00")
    story.expect_nothing()


async def test_an_assigned_thread_is_its_assignees(story_with: TellStory) -> None:
    ladder = [{"at": "1h", "notify": "assignee"}]
    story = story_with({"policies.standard": {"ladder": ladder}})
    await story.at("Mon 09:00")
    await story.customer()
    story.expect_receipt(IVAN)
    story.operator(acts.assign, "sara")
    await story.runs()
    story.expect("assigned", "sara", says=("Ivan Horvat", "kada stiže moja narudžba", story.thread().ref))
    await story.at("Mon 11:00")
    story.expect_reminder("sara", "Mon 10:00")


async def test_a_rule_that_assigns_tells_whose_it_is_at_once_and_once(story_with: TellStory) -> None:
    rules = [{"name": "big", "when": {"from": "*@kupac.example"}, "then": {"assignee": "luka"}}]
    story = story_with({"rules": rules})
    await story.at("Mon 09:00")
    question = await story.customer()
    story.expect_receipt(IVAN, says=("o Vašem upitu brine Luka Novak",))
    await story.at("Mon 09:01")
    story.expect("assigned", "luka")
    await story.customer("I još nešto?", answers=str(question.message["Message-ID"]))
    await story.at("Mon 12:00")
    story.expect_nothing()


async def test_one_person_does_not_get_receipts_without_end(story: Story) -> None:
    await story.at("Mon 09:00")
    for number in range(5):
        await story.customer(f"Pitanje broj {number}?", subject=f"Pitanje {number}")
    for _ in range(3):
        story.expect_receipt(IVAN)
    story.expect_nothing()
    assert len([thread for thread in story.threads() if thread.state is State.WAITING]) == 5
    await story.at("Tue 09:30")
    await story.customer("Šesto pitanje?", subject="Šesto")
    story.expect_receipt(IVAN, subject="Re: Šesto")
    for person in ("iva", "luka"):  # five at once are one mail
        story.expect("remind-list", person)
    story.expect_digests("Mon")
