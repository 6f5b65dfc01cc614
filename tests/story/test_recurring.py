"""Customers who need a look from time to time: the team is asked to write, and what follows is a matter like others."""

from typing import Any

from autoack.core import acts
from autoack.core.thread import State, Thread
from tests import office
from tests.story.conftest import TellStory
from tests.story.kit import IVAN, Story

YEARLY = "Godišnja provjera pretplate"
CARE: dict[str, Any] = {
    "recurring": [
        {
            "name": YEARLY,
            "customer": IVAN,
            "cron": "0 9 * * 3",
            "mailbox": "support",
            "ladder": [{"at": "1d", "notify": "lead"}, {"at": "3d", "notify": "manager"}],
        }
    ],
    "policies.standard": {"holding_update": "1d", "survey": {"after_close": "1d"}},
    "digest": {"at": "21:00", "when": "overdue"},
}


def opened(story: Story) -> Thread:
    """The last thread that was opened for the team."""
    return [one for one in story.threads() if one.subject == YEARLY][-1]


async def test_the_team_is_told_and_writes(story_with: TellStory) -> None:
    """Wednesday at nine the team hears of it with the customer's history; the customer hears nothing by itself."""
    story = story_with(CARE)
    question = await story.customer()
    story.expect_receipt()
    await story.team_replies(question)
    earlier = story.thread()
    await story.at("Wed 09:00")
    told = story.expect("notify", "iva", says=(YEARLY, "Ivan Horvat", "vrijeme je da se javimo"))
    assert f"10. 3. 2025. {earlier.ref}: Narudžba (odgovoreno)" in told.text
    thread = opened(story)
    assert (thread.state, thread.customer_address) == (State.WAITING, "ivan.horvat@kupac.example")
    assert told.subject == f"Vrijeme je da se javimo: Ivan Horvat, {thread.ref}"
    story.expect_nothing()
    await story.at("Thu 08:30")
    await story._delivered(
        "Sent",
        "Dobar dan,\n\njeste li zadovoljni uslugom?\n\nIva Perić\n",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to=IVAN,
        subject=f"{YEARLY} [{thread.ref}]",
    )
    assert opened(story).state is State.ANSWERED
    answered = [event for event in story.events(thread.ref) if event.what == "answer"]
    assert [event.seconds for event in answered] == [None], "it counts for no statistics of answers"
    await story.at("Tue 12:00")
    story.expect_nothing()


async def test_what_the_customer_answers_is_a_matter_like_others(story_with: TellStory) -> None:
    story = story_with(CARE)
    await story.at("Wed 09:00")
    story.expect("notify", "iva")
    ref = opened(story).ref
    written = await story._delivered(
        "Sent",
        "Dobar dan, trebate li nas?",
        sender=f"Iva Perić <{office.ADDRESS}>",
        to=IVAN,
        subject=f"{YEARLY} [{ref}]",
    )
    await story.at("Wed 10:00")
    await story.customer(
        "Da, molim Vas nazovite me.", answers=written.message_id, subject=f"Re: {YEARLY} [{ref}]"
    )
    thread = opened(story)
    assert (thread.ref, thread.state, thread.wait, thread.policy) == (ref, State.WAITING, 2, None)
    story.expect_receipt(promise="sutra do 10:00")
    await story.at("Thu 09:30")
    story.expect_reminder("iva", "Thu 06:00", says=("čeka naš odgovor već 20 sati",))


async def test_nobody_writes(story_with: TellStory) -> None:
    """Its own ladder runs, in other words than a customer's wait has; the digest shows it when it is overdue."""
    story = story_with(CARE)
    await story.at("Wed 09:00")
    told = story.expect("notify", "iva", says=("Ranijih razgovora",))
    ref = opened(story).ref
    assert f"subject=Godi%C5%A1nja%20provjera%20pretplate%20%5B{ref}%5D" in str(
        told.message.get_body(("html",))
    ).replace("=\n", "").replace("=3D", "=")
    await story.at("Sat 10:00")
    story.expect_escalation("luka", "Thu 09:00", says=("24 hours ago, and nobody has written yet",))
    story.expect_escalation(
        "sara", "Sat 09:00", says=("Már 3 napja jelentkeznünk kellett volna ügyfelünknél: Ivan Horvat",)
    )
    story.expect_digest("Thu 21:00", says=(YEARLY,))
    story.expect_digest("Fri 21:00")
    story.operator(acts.close, story.settings.desk)
    await story.at("Mon 09:00")
    story.expect_nothing()


async def test_it_comes_again_and_once_each_time(story_with: TellStory) -> None:
    story = story_with(CARE)
    await story.at("Wed 09:00")
    await story.runs()
    story.expect("notify", "iva")
    story.operator(acts.close, story.settings.desk)
    await story.at("Tue 09:00")
    story.expect_nothing()
    await story.at("Wed 09:00")
    await story.runs()
    story.expect("notify", "iva")
    assert len(story.threads()) == 2


async def test_a_time_that_was_missed_is_made_up_for(story_with: TellStory) -> None:
    story = story_with(CARE)
    await story.at("Tue 12:00")
    story.stops()
    await story.at("Fri 15:00")
    await story.starts()
    story.expect("notify", "iva")
    (event,) = [one for one in story.events(opened(story).ref) if one.what == "recurring"]
    assert event.reason == "outage" and "missed, and made up for now" in event.detail
    story.expect_nothing()


async def test_of_two_replicas_one_tells(story_with: TellStory, database_url: str) -> None:
    story = story_with(CARE)
    await story.at("Wed 08:59")
    story.clock.move_to(story._next("Wed 09:00"))
    if database_url.startswith("postgresql"):
        await story.replicas_run()
    else:
        await story.runs()
    story.expect("notify", "iva")
    assert len(story.threads()) == 1
